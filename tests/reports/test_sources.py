"""Every piece of evidence leads to its archived page, and what stands there brings its bytes back."""

import hashlib
import html
import io
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

Reporter = Callable[..., Path]
PAGE = "<p>I want a thing — schön</p>".encode()


def test_every_quote_leads_to_the_archived_page_that_shows_it(community_report: Path) -> None:
    entries = (community_report / "sources.html").read_text(encoding="utf-8")
    evidence = sorted((community_report / "proposals").glob("*-support-1.html"))
    assert evidence
    for page in evidence:
        text = page.read_text(encoding="utf-8")
        threads = re.findall(r'href="https://forum\.example\.com/p/s:t(\d+)-', text)
        places = re.findall(r'href="\.\./sources\.html#([^"]+)">archived<', text)
        assert len(threads) == len(places) == text.count('<blockquote class="evidence">')
        for thread, place in zip(threads, places, strict=True):
            entry = entries.partition(f'id="{place}"')[2].partition("</li>")[0]
            assert f'href="https://forum.example.com/t/{thread}"' in entry
            assert f"warcio extract --payload s/s-00001.warc.gz {1000 * int(thread)}" in entry


def archived(rows, folder: Path) -> dict[str, bytes]:
    """A page in a WARC and one in a file of its own, each with a post; what the server sent by file."""
    thread, author = rows.thread(1, "One thread"), rows.author("Ann")
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True)
    headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    for body in (b"another page", PAGE):
        offset = buffer.tell()
        record = writer.create_warc_record(
            "https://f.example/", "response", io.BytesIO(body), http_headers=headers
        )
        writer.write_record(record)
    (folder / "my forum.warc.gz").write_bytes(buffer.getvalue())
    (folder / "mails.mbox").write_bytes(b"From somebody\n" + PAGE + b"\nFrom somebody else\n")
    digest = hashlib.sha256(PAGE).hexdigest()
    first = rows.page("https://f.example/1", "my forum.warc.gz", offset, content_sha256=digest)
    second = rows.page(
        "https://f.example/2", "mails.mbox", 14, archive_length=len(PAGE), content_sha256=digest
    )
    for position, page in enumerate((first, second), start=1):
        rows.post(thread, position, author, "I want a thing", None, page_id=page)
    return {"my forum.warc.gz": PAGE, "mails.mbox": PAGE}


def test_the_command_beside_an_archived_page_prints_the_bytes_of_the_stated_sum(
    report: Reporter, tmp_path: Path, communities
) -> None:
    rows = communities.Rows()
    rows.site()
    sent = archived(rows, tmp_path)
    text = (report(rows.save(tmp_path / "w.duckdb")) / "sources.html").read_text(encoding="utf-8")
    commands = [html.unescape(found) for found in re.findall(r"<p><code>(.*?)</code></p></li>", text)]
    assert len(commands) == len(sent)
    path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    for command in commands:
        printed = subprocess.run(
            command, shell=True, cwd=tmp_path, capture_output=True, check=True, env={"PATH": path}
        )
        assert f"SHA-256 <code>{hashlib.sha256(printed.stdout).hexdigest()}</code>" in text


def test_a_long_list_of_archived_pages_is_paged(report: Reporter, tmp_path: Path, communities) -> None:
    rows = communities.Rows()
    rows.site()
    thread, author = rows.thread(1, "One thread"), rows.author("Ann")
    for position in range(1, 206):
        page = rows.page(f"https://f.example/{position:03}", "s.warc.gz", position)
        rows.post(thread, position, author, "words", None, page_id=page)
    folder = report(rows.save(tmp_path / "long.duckdb"))
    last = (folder / "sources" / "2.html").read_text(encoding="utf-8")
    assert "https://f.example/201" in last
    assert last.count("warcio extract") == 5
    thread_page = next((folder / "threads").iterdir()).read_text(encoding="utf-8")
    assert "../sources.html#a-page0-" in thread_page
    assert "../sources/2.html#a-page204-" in thread_page


def test_where_names_are_pseudonyms_no_address_of_an_archived_page_tells_them(
    report: Reporter, tmp_path: Path, communities
) -> None:
    rows = communities.Rows()
    rows.site()
    thread = rows.thread(1, "One thread")
    page = rows.page("https://f.example/users/ottilie", "s.warc.gz")
    rows.post(thread, 1, rows.author("member-00000000ff"), "words", None, page_id=page)
    text = (report(rows.save(tmp_path / "veiled.duckdb")) / "sources.html").read_text(encoding="utf-8")
    assert "warcio extract --payload s.warc.gz 0" in text
    assert "ottilie" not in text
