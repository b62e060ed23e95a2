import pytest
from hypothesis import given
from hypothesis import strategies as st

from parse.registry import platforms
from parse.urls import absolute, parameter, tidy

SESSIONS = [
    "https://forum.example.org/viewtopic.php?t=4&sid=0123456789abcdef0123456789abcdef",
    "https://forum.example.org/viewtopic.php?sid=0123456789abcdef0123456789abcdef&t=4#p21",
    "https://FORUM.example.org:443/viewtopic.php?t=4&utm_source=mail&fbclid=x",
    "https://forum.example.org/viewtopic.php?t=4&s=0123456789abcdef0123456789abcdef",
    "https://forum.example.org/viewtopic.php?PHPSESSID=abc&t=4",
    "https://user:secret@forum.example.org/viewtopic.php?t=4&hilit=word",
]


@pytest.mark.parametrize("url", SESSIONS)
def test_sessions_tracking_and_fragments_make_no_other_page(url):
    assert tidy(url) == "https://forum.example.org/viewtopic.php?t=4"


def test_what_means_something_stays():
    assert (
        tidy("https://f.example.org/index.php?topic=4.15;sid=1")
        == "https://f.example.org/index.php?topic=4.15"
    )
    assert tidy("https://f.example.org/list?s=new") == "https://f.example.org/list?s=new"
    assert tidy("https://f.example.org/a?b=1&c=2", ("c",)) == "https://f.example.org/a?c=2"
    assert tidy("https://f.example.org/a;jsessionid=1F?b=1") == "https://f.example.org/a?b=1"


def test_parameters_are_read_whatever_separates_them():
    assert parameter("https://f.example.org/index.php?action=profile;u=7#top", "u") == "7"
    assert parameter("https://f.example.org/?a=1&b=x%20y", "b") == "x y"
    assert parameter("https://f.example.org/?a=1", "b") is None


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("viewtopic.php?t=4", "https://f.example.org/board/viewtopic.php?t=4"),
        ("./viewtopic.php?t=4", "https://f.example.org/board/viewtopic.php?t=4"),
        ("../index.php", "https://f.example.org/index.php"),
        ("/t5/x", "https://f.example.org/t5/x"),
        ("?page=2", "https://f.example.org/board/index.php?page=2"),
        ("#p4", "https://f.example.org/board/index.php?f=1#p4"),
        ("//cdn.example.org/x", "https://cdn.example.org/x"),
        ("https://other.example.org/", "https://other.example.org/"),
        ("mailto:jane@example.org", "mailto:jane@example.org"),
        ("a/../b", "https://f.example.org/board/b"),
        ("", "https://f.example.org/board/index.php?f=1"),
    ],
)
def test_links_lead_where_a_browser_goes(href, expected):
    assert absolute("https://f.example.org/board/index.php?f=1", href) == expected


@given(st.text(max_size=80))
def test_no_link_makes_it_fail(href):
    absolute("https://f.example.org/board/index.php?f=1", href)
    absolute("file:///tmp/page.html", href)
    tidy(href)
    parameter(href, "a")


URLS = [
    "https://f.example.org/t5/Clients/Who-pays/td-p/9001/page/3?x=1#M5",
    "https://f.example.org/t/who-pays/12/7?u=jane",
    "https://f.example.org/c/ideas/5",
    "https://f.example.org/viewtopic.php?f=2&t=4&start=20&sid=0123456789abcdef",
    "https://f.example.org/showthread.php?345-Is-a-test-fair/page2&s=0123456789abcdef0123",
    "https://f.example.org/showthread.php?t=345&page=1",
    "https://f.example.org/threads/is-a-test-fair.345/page-2?order=x",
    "https://f.example.org/forums/getting-started.12/page-1",
    "https://f.example.org/index.php?topic=4.15;wap2",
    "https://f.example.org/anything/else?a=b",
]


@pytest.mark.parametrize("url", URLS)
def test_a_canonical_url_is_its_own_canonical_url(url):
    for platform in platforms().values():
        once = platform.canonical(url)
        assert platform.canonical(once) == once, platform.name


@pytest.mark.parametrize(
    ("platform", "one", "other"),
    [
        ("khoros", "/t5/B/S/td-p/9001/page/1", "/t5/B/S/td-p/9001?sid=1#M501"),
        ("khoros", "/t5/B/S/td-p/9001/highlight/true", "/t5/B/S/td-p/9001/jump-to/first-unread-message"),
        ("discourse", "/t/who-pays/12/7?u=jane", "/t/who-pays/12.json"),
        ("discourse", "/c/ideas/5", "/c/ideas/5/l/latest.json?page=0"),
        ("phpbb", "/viewtopic.php?f=2&t=4&hilit=fee", "/viewtopic.php?t=4&start=0&view=print"),
        ("vbulletin", "/showthread.php?t=345&page=1", "/showthread.php?s=0123456789abcdef01&t=345"),
        ("vbulletin", "/showthread.php?345-Test/page1", "/showthread.php?345-Test&p=7&viewfull=1#post7"),
        ("xenforo", "/threads/test.345/page-1", "/threads/test.345/latest"),
        ("xenforo", "/threads/test.345", "/threads/test.345/post-1002#post-1002"),
        ("invision", "/index.php?/topic/82-test/&page=1", "/index.php?/topic/82-test/&tab=comments"),
        ("invision_classic", "/index.php?/topic/82-test/", "/index.php?/topic/82-test/&s=0123456789abcdef"),
        ("phpbb", "/t312-test", "/t312-test?highlight=fee"),
    ],
)
def test_two_ways_to_one_page_have_one_url(platform, one, other):
    canonical = platforms()[platform].canonical
    site = "https://f.example.org"
    assert canonical(site + one) == canonical(site + other)


@pytest.mark.parametrize(
    ("platform", "one", "other"),
    [
        ("fluxbb", "/viewtopic.php?pid=7", "/viewtopic.php?pid=8"),
        ("vbulletin", "/showthread.php?p=7", "/showthread.php?p=8"),
        ("mybb", "/showthread.php?pid=7", "/showthread.php?pid=8"),
        ("smf", "/index.php?msg=7", "/index.php?msg=8"),
        ("phpbb", "/t312p15-test", "/t312p30-test"),
        ("invision", "/index.php?/topic/82-test/", "/index.php?/topic/83-test/"),
        ("invision", "/index.php?/topic/82-test/&page=2", "/index.php?/topic/82-test/&page=3"),
    ],
)
def test_two_contents_have_two_urls(platform, one, other):
    base, canonical = "https://f.example.org", platforms()[platform].canonical
    assert canonical(base + one) != canonical(base + other)


def test_posts_of_a_topic_are_asked_for_at_one_address_however_it_is_written():
    chunk = "https://talk.example.org/t/12/posts.json?post_ids[]=7&post_ids[]=8"
    discourse = platforms()["discourse"]
    assert discourse.canonical(chunk.replace("[]", "%5B%5D")) == discourse.canonical(chunk) == chunk


@pytest.mark.parametrize("query", ["sida=2", "side=3", "language=2", "sidor=4"])
def test_a_parameter_that_begins_like_a_session_id_is_kept(query):
    assert tidy(f"https://forum.example.org/t/5?{query}&sid=0a1b") == f"https://forum.example.org/t/5?{query}"
