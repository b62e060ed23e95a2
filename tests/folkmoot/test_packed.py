"""Pages packed in one file are read as if they lay in a folder; what is no page of it stays where it is."""

import gzip
import io
import os
import tarfile
import zipfile
from pathlib import Path

import pytest
import zstandard
from warcio.warcwriter import WARCWriter

from folkmoot.cli import main
from parse.files import packed
from warehouse.store import reading

THREAD = """<!doctype html><html><head><title>Fees</title>{link}</head><body><h1>Fees {n}</h1>
<div class="entry" id="e-1"><a href="/user/ann">Ann</a> <time datetime="2026-03-01T10:00:00Z">1 March</time>
<div class="said"><p>The fee for a dispute should be refunded when the freelancer wins the case.</p></div></div>
<div class="entry" id="e-2"><a href="/user/bo">Bo</a> <time datetime="2026-03-01T11:00:00Z">1 March</time>
<div class="said"><p>Nobody would ever settle then, and we would all pay for that in the end.</p></div></div>
<div class="entry" id="e-3"><a href="/user/cy">Cy</a> <time datetime="2026-03-02T09:00:00Z">2 March</time>
<div class="said"><p>Bo is right about settling, but Ann has a point about the small contracts too.</p></div></div>
</body></html>"""


def thread(n: int, link: bool = True) -> bytes:
    address = f'<link rel="canonical" href="https://forum.example.org/fees/{n}">' if link else ""
    return THREAD.format(link=address, n=n).encode()


PAGES = {"saved/1.html": thread(1), "saved/deep/2.html": thread(2, link=False), "saved/logo.png": b"\x89PNG"}


def zipped(file: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file


def taped(file: Path, members: dict[str, bytes]) -> Path:
    with tarfile.open(file, "w:gz" if file.suffix == ".gz" else "w") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return file


class Shop:
    """A warehouse, and what `folkmoot parse` says at the door."""

    def __init__(self, db: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.db, self._capsys = db, capsys

    def parse(self, *paths: Path) -> tuple[int, str]:
        try:
            main(["parse", *map(str, paths), "--warehouse", str(self.db)])
        except SystemExit as stop:
            return int(stop.code or 0), self._capsys.readouterr().err
        return 0, self._capsys.readouterr().err

    def ask(self, sql: str) -> list[list[object]]:
        with reading(self.db) as held:
            return [list(row.values()) for row in held.query(sql).to_pylist()]


@pytest.fixture
def shop(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shop:
    return Shop(tmp_path / "w.duckdb", capsys)


@pytest.mark.parametrize(("pack", "name"), [(zipped, "f.zip"), (taped, "f.tar"), (taped, "f.tar.gz")])
def test_a_packed_folder_is_read_and_its_pages_are_known_by_their_place_in_it(
    shop: Shop, tmp_path: Path, pack, name: str
) -> None:
    file = pack(tmp_path / name, PAGES)
    assert shop.parse(file)[0] == 0
    assert shop.ask("SELECT count(*) FROM posts") == [[6]]
    urls = shop.ask("SELECT DISTINCT url FROM threads ORDER BY url")
    assert urls == [[f"{file.as_uri()}/saved/deep/2.html"], ["https://forum.example.org/fees/1"]]
    assert shop.parse(file)[0] == 0
    assert shop.ask("SELECT count(*) FROM posts") == [[6]]


def test_a_single_page_behind_gzip_is_read_also_in_a_folder(shop: Shop, tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    (folder / "1.html.gz").write_bytes(gzip.compress(thread(1)))
    assert shop.parse(folder)[0] == 0
    assert shop.ask("SELECT count(*) FROM posts") == [[3]]


def warc(*, packed: bool) -> bytes:
    """A web archive of one page."""
    written = io.BytesIO()
    writer = WARCWriter(written, gzip=packed)
    address, headers = "https://forum.example.org/fees/1", {"Content-Type": "text/html"}
    page = io.BytesIO(thread(1))
    writer.write_record(
        writer.create_warc_record(address, "resource", payload=page, warc_headers_dict=headers)
    )
    return written.getvalue()


def test_a_web_archive_in_its_case_is_read_and_its_lists_are_not(shop: Shop, tmp_path: Path) -> None:
    case = {"archive/data.warc.gz": warc(packed=True), "pages/pages.jsonl": b'{"title": "All Pages"}'}
    assert shop.parse(zipped(tmp_path / "visit.wacz", case))[0] == 0
    assert shop.ask("SELECT count(*) FROM posts") == [[3]]


def test_a_web_archive_packed_with_zstandard_is_read_also_in_a_folder(shop: Shop, tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    (folder / "forum.warc.zst").write_bytes(zstandard.compress(warc(packed=False)))
    assert shop.parse(folder)[0] == 0
    assert shop.ask("SELECT count(*) FROM posts") == [[3]]


@pytest.mark.parametrize("pack", [zipped, taped])
def test_what_leads_out_of_an_archive_is_named_and_never_written(shop: Shop, tmp_path: Path, pack) -> None:
    names = {"../../out.html": thread(2), "C:/out.html": thread(3), "a/1.html": thread(1)}
    status, told = shop.parse(pack(tmp_path / "f.zip", names))
    assert status == 1
    assert "'../../out.html' leads out of the archive; left out" in told
    assert "'C:/out.html' leads out" in told
    assert shop.ask("SELECT count(*) FROM posts") == [[3]]
    assert not list(tmp_path.rglob("out.html"))


def test_a_link_in_an_archive_is_not_followed(shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_bytes(thread(2))
    with tarfile.open(tmp_path / "f.tar", "w") as archive:
        link = tarfile.TarInfo("a.html")
        link.type, link.linkname = tarfile.SYMTYPE, str(tmp_path / "secret.html")
        archive.addfile(link)
    status, told = shop.parse(tmp_path / "f.tar")
    assert (status, "no pages in this folder" in told) == (1, True)


def test_an_archive_that_would_fill_the_disk_is_stopped(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed, "ROOM", 1_000_000)
    bomb = {"1.html": thread(1), "2.html": b"<html>" + bytes(60_000_000), "3.html": thread(3)}
    status, told = shop.parse(zipped(tmp_path / "bomb.zip", bomb))
    assert status == 1
    assert "bomb.zip: not unpacked to its end: it holds more than" in told
    (tmp_path / "page.html.gz").write_bytes(gzip.compress(b"<html>" + bytes(60_000_000)))
    status, told = shop.parse(tmp_path / "page.html.gz")
    assert (status, "it holds more than" in told) == (1, True)


def test_of_a_cut_archive_what_stands_before_the_cut_is_read(shop: Shop, tmp_path: Path) -> None:
    file = taped(tmp_path / "f.tar", {f"{n}.html": thread(n) for n in range(1, 9)})
    file.write_bytes(file.read_bytes()[:7000])
    status, told = shop.parse(file)
    assert status == 1
    assert f"{file}: not unpacked to its end" in told
    assert 3 <= shop.ask("SELECT count(*) FROM posts")[0][0] < 24


def test_half_a_page_of_a_damaged_archive_is_no_page(shop: Shop, tmp_path: Path) -> None:
    words = " ".join(f"word{n * n}" for n in range(200_000)).encode()
    page = thread(1).replace(b"in the end.", b"in the end. " + words)
    file = zipped(tmp_path / "f.zip", {"1.html": page})
    bytes_of = bytearray(file.read_bytes())
    bytes_of[len(bytes_of) * 3 // 4 : len(bytes_of) * 3 // 4 + 40] = bytes(40)
    file.write_bytes(bytes_of)
    status, told = shop.parse(file)
    assert (status, f"{file}: not unpacked to its end" in told) == (1, True)
    assert shop.ask("SELECT count(*) FROM posts")[0][0] == 0


def test_what_an_archive_left_undated_was_saved_when_the_archive_was(shop, tmp_path):
    tape = taped(tmp_path / "f.tar", {"1.html": thread(1)})  # as tars of reproducible builds are: 1970
    os.utime(tape, (1_700_000_000, 1_700_000_000))
    alone = tmp_path / "2.html"
    alone.write_bytes(thread(2))
    os.utime(alone, (0, 0))
    assert shop.parse(tape, alone)[0] == 0
    assert shop.ask("SELECT epoch(fetched_at)::BIGINT FROM pages ORDER BY 1 LIMIT 1") == [[1_700_000_000]]
    assert shop.ask("SELECT year(min(last_seen_at)) >= 2023 FROM posts") == [[True]]
    assert shop.parse(tape, alone)[0] == 0
    assert shop.ask("SELECT count(*) FROM pages") == [[2]]
