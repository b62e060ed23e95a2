"""What is erased is gone from the bytes; what stands beside it is read as before."""

import gzip

import pytest

from crawler.archive import read_pages
from crawler.erase import Erased, blank, erase
from crawler.model import CrawlError


@pytest.fixture
def warc(tmp_path):
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    path = tmp_path / "a.warc.gz"
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for number, words in enumerate(("Ann wrote", "Bo wrote", "D&#39;Arcy wrote")):
            import io

            http = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            body = f"<html><body>{words} something of length {'x' * 200}</body></html>".encode()
            writer.write_record(
                writer.create_warc_record(
                    f"https://f.example.org/{number}", "response", payload=io.BytesIO(body), http_headers=http
                )
            )
    return path


def test_a_record_at_an_offset_and_one_that_shows_a_name_are_gone(warc):
    before = list(read_pages(warc))
    erased = erase(warc, [before[0].archive_offset], lambda text: "D'Arcy" in text)
    assert erased == Erased([before[0].archive_offset, before[2].archive_offset], None)
    after = list(read_pages(warc))
    assert [(p.url, p.body, p.archive_offset) for p in after] == [
        (before[1].url, before[1].body, before[1].archive_offset)
    ]
    assert b"Ann" not in gzip.decompress(warc.read_bytes())
    assert b"Arcy" not in gzip.decompress(warc.read_bytes())


def test_erasing_twice_changes_nothing(warc):
    erase(warc, [], lambda text: "Bo wrote" in text)
    held = warc.read_bytes()
    assert erase(warc, [], lambda text: "Bo wrote" in text).offsets == []
    assert warc.read_bytes() == held


def test_what_stands_before_a_damage_is_erased_and_the_damage_is_told(warc):
    before = list(read_pages(warc))
    whole = warc.read_bytes()
    warc.write_bytes(whole[:-30])
    erased = erase(warc, [], lambda text: "wrote" in text)
    assert erased.offsets == [page.archive_offset for page in before[:2]]
    assert f"at byte {before[2].archive_offset}; what follows was not looked through" in erased.flaw
    assert list(read_pages(warc, failed=lambda _: None)) == []


def test_a_member_that_holds_no_record_is_looked_through_all_the_same(warc):
    at = warc.stat().st_size
    with warc.open("ab") as file:
        file.write(gzip.compress(b"Eve wrote, and no archive knows the form. " * 20, compresslevel=0))
    assert erase(warc, [], lambda text: "Eve" in text) == Erased([at], None)


@pytest.mark.parametrize("length", [300, 301, 5_000, 3_000_000])
def test_a_blank_has_the_length_asked_for(length):
    assert len(blank(length)) == length
    assert b"metadata" in gzip.decompress(blank(length))


def test_a_length_too_short_is_refused():
    with pytest.raises(CrawlError, match="too short"):
        blank(50)
