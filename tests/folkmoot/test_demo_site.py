"""The demo's servers, read over loopback by the same adapters that read real forums."""

import re
from datetime import UTC, datetime
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from folkmoot.demo.content import load
from folkmoot.demo.markup import own_words, read_body, walk_quotes
from folkmoot.demo.site import serve
from parse.model import PageKind
from parse.page import Page
from parse.registry import read


def fetch(url, **headers):
    with urlopen(Request(url, headers=headers), timeout=10) as response:
        return Page(
            url=url,
            body=response.read(),
            fetched_at=datetime.now(UTC),
            content_type=response.headers["Content-Type"],
            headers=tuple((key.lower(), value) for key, value in response.headers.items()),
        )


def walk(start):
    """Every reading that is reached from the start by the links that readings offer."""
    waiting, seen, readings = [start], {start}, []
    while waiting:
        reading = read(fetch(waiting.pop()))
        readings.append(reading)
        new = [link.url for link in reading.links if link.url not in seen]
        seen.update(new)
        waiting.extend(new)
    return readings


def posts_of(readings):
    found = {}
    for reading in readings:
        for thread in reading.threads:
            found.update({post.id: (thread, post) for post in thread.posts if not post.is_copy})
    return found


@pytest.fixture(scope="module")
def content():
    return load()


@pytest.fixture(scope="module")
def weeks():
    """The readings of both sites in both weeks: {(platform, week): readings}."""
    with serve() as site:
        urls = {"khoros": site.khoros_url, "discourse": site.discourse_url}
        found = {(name, 1): walk(url) for name, url in urls.items()}
        site.advance_week()
        found |= {(name, 2): walk(url) for name, url in urls.items()}
    return found


def shown(content, platform, week):
    site = next(site.id for site in content.sites if site.platform == platform)
    threads = [t for t in content.threads if t.site == site and t.week <= week]
    return {str(p.id): (t, p) for t in threads for p in t.posts_in(week)}


def bare(text):
    """Without emphasis; what is written as the item of a list has the mark that a browser draws."""
    return re.sub(r"[\s*]+", " ", re.sub(r"^\* ", "• ", text, flags=re.M)).strip()


@pytest.mark.parametrize("week", [1, 2])
@pytest.mark.parametrize("platform", ["khoros", "discourse"])
def test_every_post_of_the_content_is_read_as_it_was_written(content, weeks, platform, week):
    found = posts_of(weeks[platform, week])
    expected = shown(content, platform, week)
    assert found.keys() == expected.keys()
    for post_id, (thread, post) in expected.items():
        read_thread, read_post = found[post_id]
        change = post.week2 if week == 2 else None
        body = (change and change.body) or post.body
        assert (read_thread.id, read_thread.title or thread.title) == (str(thread.id), thread.title)
        assert read_post.author.name == content.people[post.by].name
        assert read_post.author.is_staff == content.people[post.by].staff
        assert read_post.posted_at == post.at
        assert bare(read_post.text) == bare(own_words(read_body(body)))


@pytest.mark.parametrize("platform", ["khoros", "discourse"])
def test_every_quote_is_found_at_its_depth_with_its_name(content, weeks, platform):
    found = posts_of(weeks[platform, 1])
    people = content.people
    for post_id, (_, post) in shown(content, platform, 1).items():
        written = [
            (depth, bare(quote.words), people[quote.person] if quote.person else quote.name)
            for depth, quote in walk_quotes(read_body(post.body))
        ]
        quotes = found[post_id][1].quotes
        assert [(q.depth, bare(q.text)) for q in quotes] == [(depth, words) for depth, words, _ in written]
        for quote, (_, _, who) in zip(quotes, written, strict=True):
            assert quote.attributed_to in ((who.name, who.login) if hasattr(who, "login") else (who,))


def test_replies_that_the_platform_shows_are_read(content, weeks):
    for platform in ("khoros", "discourse"):
        found = posts_of(weeks[platform, 1])
        for post_id, (thread, post) in shown(content, platform, 1).items():
            if post.reply_to and (platform == "discourse" or thread.layout == "threaded"):
                parent = found[str(post.reply_to)][1]
                assert found[post_id][1].reply_to in (parent.id, *parent.aliases)


def test_moderation_that_the_platform_shows_is_read(content, weeks):
    for (_, week), readings in weeks.items():
        threads = {thread.id: thread for reading in readings for thread in reading.threads if thread.title}
        for thread in content.threads:
            if str(thread.id) in threads:
                assert threads[str(thread.id)].is_locked == thread.locked_in(week)
    moved = {row.id for reading in weeks["khoros", 1] for row in reading.rows if row.is_moved}
    expected = {str(t.id) for t in content.threads if t.moved_from and t.site == "community"}
    assert moved == expected


def test_an_edit_by_staff_shows_its_editor(content, weeks):
    found = posts_of(weeks["khoros", 1])
    for post_id, (_, post) in shown(content, "khoros", 1).items():
        _, seen = found[post_id]
        assert seen.edited_at == (post.edited.at if post.edited else None)
        assert seen.edited_by_staff == bool(post.edited and post.edited.by != post.by)


def test_unchanged_json_is_not_sent_again():
    with serve() as site:
        url = f"{site.discourse_url}latest.json"
        etag = fetch(url).header("etag")
        with pytest.raises(HTTPError, match="304"):
            fetch(url, **{"If-None-Match": etag})
        site.advance_week()
        assert fetch(url, **{"If-None-Match": etag}).body


def test_a_page_past_the_end_and_a_missing_one_are_known_for_what_they_are(content):
    linear = next(t for t in content.threads if t.site == "community" and len(t.posts) > 20)
    with serve() as site:
        past = read(fetch(f"{site.khoros_url}t5/x/y/td-p/{linear.id}/page/99"))
        assert past.kind is PageKind.PAST_END
        with pytest.raises(HTTPError, match="404") as missing:
            fetch(f"{site.khoros_url}t5/x/y/td-p/1")
        assert "no longer available" in missing.value.read().decode()
        with pytest.raises(HTTPError, match="404"):
            fetch(f"{site.discourse_url}t/none/1.json")
