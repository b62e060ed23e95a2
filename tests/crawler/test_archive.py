"""What was fetched can be read back byte for byte, also from a file that somebody cut."""

import gzip
import struct
import warnings
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from zstandard import ZstdCompressionDict, ZstdCompressor, ZstdDecompressor, train_dictionary

from crawler import archive
from crawler.archive import Archive, CutArchive, read_pages, repair
from crawler.model import Fetched, Place


def fetched(url: str = "http://forum.example/t/1", body: bytes = b"<p>Hello</p>", **other: object) -> Fetched:
    values: dict[str, object] = {
        "url": url,
        "status": 200,
        "headers": (("Content-Type", "text/html; charset=utf-8"),),
        "body": body,
        "fetched_at": datetime(2026, 3, 1, 12, 0, 0, 123456, UTC),
        "run_id": "run-1",
        "is_page": True,
        "request_headers": (("User-Agent", "Folkmoot"),),
    }
    return Fetched(**(values | other))  # type: ignore[arg-type]


def archived(root: Path, *items: Fetched) -> list[Place]:
    writer = Archive(root, "site")
    places = [writer.append(item) for item in items]
    writer.close()
    return places


def test_a_page_comes_back_as_it_was(tmp_path: Path) -> None:
    (place,) = archived(tmp_path, fetched(body="<p>Grüße</p>".encode()))
    (page,) = read_pages(tmp_path / place.file)
    assert page.body == "<p>Grüße</p>".encode()
    assert page.fetched_at == datetime(2026, 3, 1, 12, 0, 0, 123456, UTC)
    assert (page.url, page.status, page.run_id) == ("http://forum.example/t/1", 200, "run-1")
    assert page.content_type == "text/html; charset=utf-8"
    assert (page.archive_offset, page.archive_length) == (place.offset, place.length)


@pytest.mark.parametrize("site", ["forum.example.org", "127.0.0.1-8080", "a-b", "plain"])
def test_a_site_is_written_on_in_the_file_it_was_written_to(tmp_path: Path, site: str) -> None:
    """A site that nobody gave a name has that of its host, dots and all."""
    for number in range(3):
        writer = Archive(tmp_path, site)
        writer.append(fetched(url=f"http://forum.example/t/{number}"))
        writer.close()
    (file,) = (tmp_path / site).glob("*")
    assert len(list(read_pages(file))) == 3


def test_what_else_lies_beside_an_archive_does_not_disturb_it(tmp_path: Path) -> None:
    archived(tmp_path, fetched())
    for name in ("other.warc.gz", "site-backup.warc.gz", "site-00001-copy.warc.gz"):
        (tmp_path / "site" / name).write_bytes(b"")
    (place,) = archived(tmp_path, fetched())
    assert place.file == "site/site-00001.warc.gz"


def test_the_archive_keeps_the_encoding_and_the_reader_undoes_it(tmp_path: Path) -> None:
    packed = gzip.compress(b"<p>long</p>" * 1000)
    headers = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"))
    (place,) = archived(tmp_path, fetched(body=packed, headers=headers))
    (page,) = read_pages(tmp_path / place.file)
    assert page.body == b"<p>long</p>" * 1000


def test_a_page_that_was_packed_in_pieces_is_read_whole(tmp_path: Path) -> None:
    packed = gzip.compress(b"<p>This and ") + gzip.compress(b"that</p>")
    headers = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"))
    (place,) = archived(tmp_path, fetched(body=packed, headers=headers))
    (page,) = read_pages(tmp_path / place.file)
    assert page.body == b"<p>This and that</p>"


def test_reading_starts_where_it_stopped(tmp_path: Path) -> None:
    places = archived(tmp_path, *(fetched(f"http://forum.example/t/{n}") for n in range(5)))
    urls = [page.url for page in read_pages(tmp_path / places[3].file, start=places[3].offset)]
    assert urls == ["http://forum.example/t/3", "http://forum.example/t/4"]


def test_only_content_is_read(tmp_path: Path) -> None:
    robots = fetched("http://forum.example/robots.txt", is_page=False)
    (_, place) = archived(tmp_path, robots, fetched())
    assert [page.url for page in read_pages(tmp_path / place.file)] == ["http://forum.example/t/1"]


def test_a_file_that_is_full_is_followed_by_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "ROLL_AT", 1_000)
    archived(tmp_path, *(fetched(f"http://forum.example/t/{n}") for n in range(3)))
    (again,) = archived(tmp_path, fetched("http://forum.example/t/3"))
    files = sorted((tmp_path / "site").glob("*.warc.gz"))
    assert [file.name for file in files] == ["site-00001.warc.gz", "site-00002.warc.gz"]
    assert again.file == "site/site-00002.warc.gz"
    assert [page.url[-1] for file in files for page in read_pages(file)] == ["0", "1", "2", "3"]


@pytest.mark.parametrize("cut", [1, 40, 200])
def test_a_cut_tail_is_said_and_repaired(tmp_path: Path, cut: int) -> None:
    places = archived(tmp_path, *(fetched(f"http://forum.example/t/{n}") for n in range(3)))
    file = tmp_path / places[2].file
    with file.open("r+b") as out:
        out.truncate(places[2].offset + cut)
    told: list[str] = []
    assert len(list(read_pages(file, failed=told.append))) == 2
    assert len(told) == 1
    assert "cut off" in told[0]
    assert repair(file) == places[2].offset
    (again,) = archived(tmp_path, fetched("http://forum.example/t/2"))
    assert again.offset == places[2].offset
    assert [page.url[-1] for page in read_pages(file)] == ["0", "1", "2"]


def test_a_cut_file_warns_where_nobody_listens(tmp_path: Path) -> None:
    (place,) = archived(tmp_path, fetched())
    file = tmp_path / place.file
    file.write_bytes(file.read_bytes()[:-20])
    with pytest.warns(CutArchive, match="at byte"):
        list(read_pages(file))


def test_garbage_and_nothing_are_said(tmp_path: Path) -> None:
    garbage, empty = tmp_path / "garbage.warc.gz", tmp_path / "empty.warc.gz"
    garbage.write_bytes(b"\x1f\x8bnot really gzip at all")
    empty.write_bytes(b"")
    told: list[str] = []
    assert list(read_pages(garbage, failed=told.append)) == []
    assert list(read_pages(tmp_path / "absent.warc.gz", failed=told.append)) == []
    assert list(read_pages(empty, failed=told.append)) == []
    assert len(told) == 2


def test_plain_and_foreign_archives_are_read(tmp_path: Path) -> None:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    http += b"5\r\nHello\r\n0\r\n\r\n"
    image = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG"
    plain = tmp_path / "other.warc"
    plain.write_bytes(foreign("http://a.example/x", http) + foreign("http://a.example/y", image))
    (page,) = read_pages(plain)
    assert (page.url, page.body) == ("http://a.example/x", b"Hello")
    whole = tmp_path / "one-member.warc.gz"
    whole.write_bytes(gzip.compress(plain.read_bytes()))
    assert [page.body for page in read_pages(whole)] == [b"Hello"]


@pytest.mark.parametrize("stated", ["99999999999999", "9" * 40])
def test_a_record_that_states_a_length_beyond_all_bounds_is_said(tmp_path: Path, stated: str) -> None:
    plain = tmp_path / "other.warc"
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nHello"
    plain.write_bytes(
        foreign("http://a.example/x", http)
        + foreign("http://a.example/y", http).replace(str(len(http)).encode(), stated.encode())
    )
    told: list[str] = []
    assert [page.url for page in read_pages(plain, failed=told.append)] == ["http://a.example/x"]
    assert stated in told[0]


def foreign(url: str, block: bytes) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Date: 2020-01-02T03:04:05Z\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def test_what_follows_a_damaged_record_is_read_and_never_cut_off(tmp_path: Path) -> None:
    places = archived(tmp_path, *(fetched(f"http://forum.example/t/{n}") for n in range(5)))
    file = tmp_path / places[2].file
    whole = file.read_bytes()
    for at in (places[2].offset + 1, places[2].offset + 30, places[2].offset + places[2].length - 4):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 8]) + whole[at + 1 :])
        told: list[str] = []
        assert [page.url[-1] for page in read_pages(file, failed=told.append)] == ["0", "1", "3", "4"]
        assert f"byte {places[2].offset}" in told[0]
        assert repair(file) == file.stat().st_size == len(whole)


def test_a_record_that_holds_the_page_itself_is_read(tmp_path: Path) -> None:
    plain = tmp_path / "other.warc"
    page = foreign("http://a.example/x", b"<p>Hello</p>").replace(b"Type: response", b"Type: resource")
    plain.write_bytes(page.replace(b"WARC-Date", b"Content-Type: text/html\r\nWARC-Date"))
    assert [(page.url, page.body) for page in read_pages(plain)] == [("http://a.example/x", b"<p>Hello</p>")]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (b"WARC-Date: 2020-01-02T03:04:05Z\r\n", b"", "date"),
        (b"2020-01-02T03:04:05Z", b"yesterday", "date"),
        (b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n", "encoded as br"),
    ],
)
def test_a_page_that_cannot_be_read_is_named_and_costs_no_other(
    tmp_path: Path, old: bytes, new: bytes, says: str
) -> None:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nHello"
    block = http.replace(old, new)
    bad = foreign("http://a.example/x", block)
    bad = bad if old in http else bad.replace(old, new)
    plain = tmp_path / "other.warc"
    plain.write_bytes(bad + foreign("http://a.example/y", http))
    told: list[str] = []
    assert [page.url for page in read_pages(plain, failed=told.append)] == ["http://a.example/y"]
    assert says in told[0]


def test_a_gzip_bomb_in_an_archive_costs_a_line_not_the_memory(tmp_path: Path) -> None:
    bomb = gzip.compress(b"\0" * 100_000_000)
    headers = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"))
    (place, _) = archived(tmp_path, fetched(body=bomb, headers=headers), fetched())
    told: list[str] = []
    assert [page.url for page in read_pages(tmp_path / place.file, failed=told.append)] == [fetched().url]
    assert "more than 32 MB" in told[0]


def framed(records: list[bytes], dictionary: ZstdCompressionDict | None, *, packed: bool = False) -> bytes:
    """A `.warc.zst` as Archive Team writes it: a frame a record, before them the dictionary."""
    packer = ZstdCompressor(dict_data=dictionary)
    frames = b"".join(map(packer.compress, records))
    if not dictionary:
        return frames
    data = ZstdCompressor().compress(dictionary.as_bytes()) if packed else dictionary.as_bytes()
    return struct.pack("<II", 0x184D2A5D, len(data)) + data + frames


HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
RECORDS = [
    foreign(f"http://a.example/{n}", HTTP + b"<p>%d. %s</p>" % (n, str(n**99).encode() * 3))
    for n in range(300)
]
DICTIONARY = train_dictionary(8_000, RECORDS)


@pytest.mark.parametrize("dictionary", [None, DICTIONARY], ids=["alone", "with a dictionary"])
@pytest.mark.parametrize("packed", [False, True])
def test_archives_packed_with_zstandard_are_read(
    tmp_path: Path, dictionary: ZstdCompressionDict | None, packed: bool
) -> None:
    file = tmp_path / "other.warc.zst"
    file.write_bytes(framed(RECORDS, dictionary, packed=packed))
    pages = list(read_pages(file))
    assert [page.body for page in pages] == [record.partition(HTTP)[2][:-4] for record in RECORDS]
    last = file.read_bytes()[pages[-1].archive_offset :]
    assert len(last) == pages[-1].archive_length
    assert ZstdDecompressor(dict_data=dictionary).decompress(last) == RECORDS[-1]


@pytest.mark.parametrize("dictionary", [None, DICTIONARY], ids=["alone", "with a dictionary"])
def test_a_damaged_frame_costs_its_page_alone(tmp_path: Path, dictionary: ZstdCompressionDict | None) -> None:
    file = tmp_path / "other.warc.zst"
    file.write_bytes(framed(RECORDS[:5], dictionary))
    second = list(read_pages(file))[1]
    whole = bytearray(file.read_bytes())
    whole[second.archive_offset + 6 : second.archive_offset + 12] = bytes(6)
    file.write_bytes(whole)
    told: list[str] = []
    assert [page.url[-1] for page in read_pages(file, failed=told.append)] == ["0", "2", "3", "4"]
    assert f"byte {second.archive_offset}; read on" in told[0]


@pytest.mark.parametrize(
    "content",
    [
        framed(RECORDS[:3], DICTIONARY)[:900],
        struct.pack("<II", 0x184D2A5D, 1 << 31),
        struct.pack("<II", 0x184D2A5D, 8) + b"\x28\xb5\x2f\xfd no",
        ZstdCompressor().compress(b"\0" * 600_000_000),
        ZstdCompressor(dict_data=DICTIONARY).compress(RECORDS[0]),
    ],
    ids=["cut", "long dictionary", "damaged dictionary", "bomb", "lost dictionary"],
)
def test_what_no_frame_holds_is_said(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "other.warc.zst"
    file.write_bytes(content)
    told: list[str] = []
    assert list(read_pages(file, failed=told.append)) == []
    assert len(told) == 1 and str(file) in told[0]


def test_a_page_that_a_browser_got_packed_with_zstandard_is_read(tmp_path: Path) -> None:
    body = b"<p>Hello.</p>" * 9
    http = HTTP.replace(b"\r\n\r\n", b"\r\nContent-Encoding: zstd\r\n\r\n")
    blocks = [http + ZstdCompressor().compress(body), http + body]
    plain = tmp_path / "other.warc"
    plain.write_bytes(b"".join(foreign("http://a.example/x", block) for block in blocks))
    assert [page.body for page in read_pages(plain)] == [body, body]


@settings(max_examples=40, deadline=None)
@given(bodies=st.lists(st.binary(max_size=300), min_size=1, max_size=6), cut=st.integers(0, 400))
def test_whatever_is_cut_the_whole_records_stay(
    tmp_path_factory: pytest.TempPathFactory, bodies: list[bytes], cut: int
) -> None:
    root = tmp_path_factory.mktemp("cut")
    places = archived(root, *(fetched(body=body) for body in bodies))
    file = root / places[0].file
    size = max(file.stat().st_size - cut, 0)
    with file.open("r+b") as out:
        out.truncate(size)
    kept = [body for body, place in zip(bodies, places, strict=True) if place.offset + place.length <= size]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CutArchive)
        assert [page.body for page in read_pages(file)] == kept
    repair(file)
    assert [page.body for page in read_pages(file)] == kept
