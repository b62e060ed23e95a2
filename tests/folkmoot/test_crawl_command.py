"""`folkmoot crawl` as typed at a terminal, on the demo's forum: what it prints where."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from folkmoot.cli import main
from folkmoot.demo.site import serve


@pytest.fixture(scope="module")
def forum():
    with serve() as site:
        yield site.discourse_url


def crawl(forum, folder, *options):
    words = ["crawl", forum, "--allow-private", "--delay", "0", "--archive", str(folder / "archive")]
    main([*words, "--warehouse", str(folder / "w.duckdb"), *options])


def test_json_is_one_object_with_what_was_fetched_and_what_was_read(forum, tmp_path, capsys):
    crawl(forum, tmp_path, "--json")
    told = json.loads(capsys.readouterr().out)
    assert [site["outcome"] for site in told["sites"]] == ["finished"]
    assert told["sites"][0]["pages_fetched"] > 0
    assert told["parsed"]["posts_new"] > 100
    assert told["parsed"]["failures"] == []


def test_the_same_command_again_reads_nothing_new(forum, tmp_path, capsys):
    crawl(forum, tmp_path)
    first = capsys.readouterr().out
    crawl(forum, tmp_path)
    assert "requests made" in first
    assert "17 new threads" in first
    assert "0 new threads, 0 new posts, 0 changed, 0 removed" in capsys.readouterr().out


def test_what_is_typed_goes_before_what_the_configuration_says(forum, tmp_path, capsys):
    config = tmp_path / "folkmoot.toml"
    config.write_text(
        f'[project]\ncontact = "a@b.c"\n[[site]]\nid = "x"\nstart = ["{forum}"]\ndelay = 30\nallow_private = true\n'
    )
    main(["crawl", "--config", str(config), "--max-pages", "3", "--delay", "0", "--json"])
    (site,) = json.loads(capsys.readouterr().out)["sites"]
    assert (site["pages_fetched"], site["outcome"]) == (3, "limit")


FENCED = {
    "/robots.txt": "User-agent: *\nDisallow: /forums/office.2/\n",
    "/": """<html id="XF" data-template="forum_list"><h1 class="p-title-value">Cars</h1>
<h3 class="node-title"><a href="/forums/cars.1/">Cars</a></h3>
<h3 class="node-title"><a href="/forums/office.2/">Office</a></h3></html>""",
    "/forums/cars.1/": """<html id="XF" data-template="forum_view"><h1 class="p-title-value">Cars</h1></html>""",
}


class Fenced(BaseHTTPRequestHandler):
    """A forum whose second board is not for robots."""

    def do_GET(self):
        body = FENCED.get(self.path, "").encode()
        self.send_response(200 if body else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def test_a_run_says_what_it_left_alone(tmp_path, capsys):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Fenced)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/"
    config = tmp_path / "folkmoot.toml"
    config.write_text(
        f'[project]\ncontact = "a@b.c"\n[[site]]\nid = "x"\nstart = ["{url}"]\ndelay = 0\nallow_private = true\n'
    )
    try:
        main(["run", "--config", str(config)])
    finally:
        server.shutdown()
    assert f"note: x: {url}forums/office.2/: robots.txt forbids it" in capsys.readouterr().err


@pytest.mark.parametrize(
    "url", ["forum.example.org", "ftp://forum.example.org/", "http://[bad/", "http://a:99999999/"]
)
def test_an_address_that_is_none_is_said_before_anything_is_fetched(url, tmp_path, capsys):
    with pytest.raises(SystemExit) as stop:
        main(["crawl", url, "--contact", "me@example.org", "--archive", str(tmp_path / "archive")])
    assert stop.value.code == 1
    assert f"{url!r} is not an http(s) URL" in capsys.readouterr().err
    assert not (tmp_path / "archive").exists()
