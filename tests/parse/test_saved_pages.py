"""Pages that people saved with a browser or a mirroring tool: which address they had, what only goes with them."""

import plistlib
from datetime import UTC, datetime

import pytest

from parse.files.folders import files
from parse.files.saved import read, site_of
from parse.model import ParseError
from parse.page import Document

SAFARI = plistlib.dumps(
    {
        "WebMainResource": {
            "WebResourceData": "<html><body><p>Gr\u00fc\u00dfe</p></body></html>".encode("latin-1"),
            "WebResourceURL": "https://board.example.net/viewtopic.php?t=77",
            "WebResourceMIMEType": "text/html",
            "WebResourceTextEncodingName": "ISO-8859-1",
        },
        "WebSubresources": [{"WebResourceData": b"x", "WebResourceURL": "https://board.example.net/x.css"}],
    },
    fmt=plistlib.FMT_BINARY,
)
URL = "https://board.example.net/viewtopic.php?t=77&start=10"
PAGE = "<html><head>{head}</head><body><p>Grüße</p></body></html>"
NOTES = {
    "a browser": f"<!DOCTYPE html>\n<!-- saved from url=(0052){URL} -->\n" + PAGE.format(head=""),
    "SingleFile": PAGE.format(head="").replace(
        "<html>",
        f"<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: {URL} \n saved date: x\n-->",
    ),
    "Save Page WE": PAGE.format(head=f'<meta name="savepage-url" content="{URL}">'),
    "a browser, where all pages name the first": f"<!-- saved from url=(0052){URL} -->\n"
    + PAGE.format(head='<link rel="canonical" href="https://board.example.net/viewtopic.php?t=77">'),
}
MAIL = (
    f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {URL}\r\nSubject: Fees\r\n"
    "Date: Tue, 5 Nov 2024 10:11:12 -0000\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related; type="text/html"; boundary="--b"\r\n\r\n----b\r\n'
    "Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n"
    "Content-Location: https://ads.example.com/\r\n\r\n<html>buy</html>\r\n----b\r\n"
    "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n"
    f"Content-Location: {URL}\r\n\r\n<html><body><p>Gr=C3=BC=C3=9Fe, as=\r\n they say</p></body></html>\r\n----b--\r\n"
)


@pytest.mark.parametrize("text", NOTES.values(), ids=NOTES)
def test_what_saved_a_page_has_noted_where_it_stood(tmp_path, text):
    (tmp_path / "page.html").write_text(text, encoding="utf-8")
    assert read(tmp_path / "page.html").url == URL


@pytest.mark.parametrize("name", ["page.mhtml", "page.mht", "page.txt"])
def test_a_page_saved_as_one_mail_is_the_page_in_it(tmp_path, name):
    (tmp_path / name).write_bytes(MAIL.encode())
    page = read(tmp_path / name)
    assert (page.url, site_of(page.url)) == (URL, "board.example.net")
    assert "Grüße, as they say" in page.body.decode()
    assert page.fetched_at == datetime(2024, 11, 5, 10, 11, 12, tzinfo=UTC)


def test_singlefile_has_noted_when_the_page_was_saved(tmp_path):
    note = f"<!--\n Page saved with SingleFile \n url: {URL} \n saved date: Tue Nov 05 2024 11:11:12 GMT+0100 (CET)\n-->"
    (tmp_path / "page.html").write_text(f"<!DOCTYPE html> <html>{note}<body>words</body></html>")
    page = read(tmp_path / "page.html")
    assert (page.url, page.fetched_at) == (URL, datetime(2024, 11, 5, 10, 11, 12, tzinfo=UTC))


def test_what_safari_saved_is_the_page_in_it(tmp_path):
    (tmp_path / "Fees.webarchive").write_bytes(SAFARI)
    (file,) = files(tmp_path)
    page = read(file)
    assert page.url == "https://board.example.net/viewtopic.php?t=77"
    assert "Grüße" in Document(page).text


@pytest.mark.parametrize(
    "data", [b"bplist00 and no more", SAFARI[:150], plistlib.dumps({"WebMainResource": {}})]
)
def test_what_safari_saved_and_somebody_damaged_is_called_so(tmp_path, data):
    (tmp_path / "Fees.webarchive").write_bytes(data)
    with pytest.raises(ParseError, match=r"Fees.webarchive: .*web archive"):
        read(tmp_path / "Fees.webarchive")


def test_one_mail_without_an_address_still_tells_when_it_was_saved(tmp_path):
    lines = (line for line in MAIL.split("\r\n") if "Location:" not in line)
    (tmp_path / "page.mhtml").write_bytes("\r\n".join(lines).encode())
    page = read(tmp_path / "page.mhtml")
    assert (page.url, page.fetched_at.year) == ((tmp_path / "page.mhtml").resolve().as_uri(), 2024)


def test_of_a_folder_the_pages_are_read_and_not_what_a_browser_put_beside_them(tmp_path):
    for folder in ("Thread_files", "Faden-Dateien", "their_files"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "frame.html").write_text("<html>an advertisement</html>")
    for name in ("visit.har", "posts.csv", "RC.zst", "a.warc.gz", "b.warc.zst"):
        (tmp_path / name).write_bytes(b"x")
    for name in ("Thread.html", "Faden.htm", "viewtopic.php?t=5"):
        (tmp_path / name).write_text("<!DOCTYPE html>\n<html><body>words</body></html>")
    (tmp_path / "logo.png").write_bytes(b"\x89PNG")
    found = [file.name for file in files(tmp_path)]
    assert sorted(found) == [
        "Faden.htm", "RC.zst", "Thread.html", "a.warc.gz", "b.warc.zst", "frame.html", "posts.csv", "viewtopic.php?t=5", "visit.har",
    ]  # fmt: skip


def test_archives_that_cannot_be_unpacked_are_named_and_not_passed_over(tmp_path):
    name = "a.wacz"
    (tmp_path / name).write_bytes(b"PK\x03\x04" + bytes(range(200)))
    (file,) = files(tmp_path)
    with pytest.raises(ParseError, match=f"{name}.*packed"):
        read(file)
