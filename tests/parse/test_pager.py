"""Pages of one thread on a forum that nobody knows, however its URLs number them."""

from datetime import UTC, datetime

import pytest

from parse.page import Page
from parse.registry import read

POST = (
    '<div class="post" id="m{0}"><a href="/user/{1}">{1}</a> <time datetime="2024-03-{2:02d}T10:00">x</time>'
    "<p>This is what post number {0} has to say about the old pier and its planks.</p></div>"
)
FORMS = {
    "/topic/5-piers/": ("/topic/5-piers/page-2", "/topic/5-piers/page-3"),
    "/topic/6-piers": ("/topic/6-piers/?st=20", "/topic/6-piers/?st=40"),
    "/topic/7-piers/": ("/topic/7-piers/page__st__20", "/topic/7-piers/page__st__40"),
    "/thread-5-1.html": ("/thread-5-2.html", "/thread-5-3.html"),
    "/t8.html": ("/t8-20.html", "/t8-40.html"),
    "/read.php?id=9": ("/read.php?page=2&id=9", "/read.php?page=3&id=9"),
    "/?p=12": ("/?p=12&page=2", "/?p=12&page=3"),
    "/forum/index.php?p=12": ("/forum/index.php?p=12&start=20", "/forum/index.php?p=12&start=40"),
    "/guests/": ("/guests/?p=2", "/guests/?p=3"),
    "/show.php?nr=9": ("/show.php?nr=9&sayfa=2", "/show.php?nr=9&sayfa=3"),
}


def page(urls, number):
    """The page of this number, with a pager that links to all others."""
    pager = " ".join(f'<a href="{url}">{n}</a>' for n, url in enumerate(urls, 1) if n != number)
    posts = "".join(POST.format(100 * number + n, name, n) for n, name in enumerate(("Ida", "Per", "Liv"), 1))
    other = '<a href="/topic/99-ships">Ships</a> <a href="/topic/99-ships/page-2">2</a>'
    body = f"<html><body><h1>Piers</h1>{pager}{posts}{other}</body></html>"
    url = f"https://coast.example{urls[number - 1]}"
    return read(Page(url=url, body=body.encode(), fetched_at=datetime(2024, 5, 1, tzinfo=UTC)))


@pytest.mark.parametrize("urls", [(first, *later) for first, later in FORMS.items()], ids=list(FORMS))
def test_all_pages_are_of_one_thread_in_their_order(urls):
    readings = [page(urls, number) for number in (1, 2, 3)]
    threads = [reading.threads[0] for reading in readings]
    assert len({thread.id for thread in threads}) == 1
    numbers = [thread.page_number or 1 for thread in threads]
    assert numbers == sorted(set(numbers))
    assert [thread.started_at is not None for thread in threads] == [True, False, False]
    for reading, own in zip(readings, urls, strict=True):
        others = {link.url for link in reading.links}
        assert {f"https://coast.example{url}" for url in urls if url not in (own, urls[0])} <= others
        assert not any("99-ships" in url for url in others)


def test_a_number_that_alone_tells_the_address_is_that_of_a_thread():
    """A site whose threads are "/?p=12" and "/?p=13" has two, and its guest book at "/" one in pages."""
    one, other = (page((f"/?p={number}",), 1).threads[0] for number in (12, 13))
    assert one.id != other.id
    book = [page(("/", "/?p=2", "/?p=3"), number).threads[0] for number in (1, 2, 3)]
    assert len({thread.id for thread in book}) == 1


def test_numbers_that_lead_to_posts_are_no_pages():
    posts = "".join(
        POST.format(300 + n, name, n).replace(
            "</time>", f'</time> <a href="/topic/5-piers/post/{812 + n}">{n}</a>'
        )
        for n, name in enumerate(("Ida", "Per", "Liv"), 1)
    )
    url = "https://coast.example/topic/5-piers"
    body = f"<html><body><h1>Piers</h1>{posts}</body></html>".encode()
    reading = read(Page(url=url, body=body, fetched_at=datetime(2024, 5, 1, tzinfo=UTC)))
    assert len(reading.threads[0].posts) == 3 and reading.links == ()


@pytest.mark.parametrize("again", ["/topic/5-piers?page=1", "/topic/5-piers?page=0"])
def test_the_first_page_with_its_number_is_no_other_page(again):
    later = [f"/topic/5-piers?page={int(again[-1]) + n}" for n in (1, 2)]
    reading = page((again, *later), 2)
    assert [link.url for link in reading.links] == [
        "https://coast.example/topic/5-piers",
        f"https://coast.example{later[1]}",
    ]


def test_later_pages_are_of_the_thread_whose_first_page_has_no_number():
    urls = ("/k/12?o=0", "/k/12?o=10", "/k/12?o=20")
    threads = [page(urls, number).threads[0] for number in (2, 3)]
    assert {thread.url for thread in threads} == {"https://coast.example/k/12"}
    first = page(("/k/12", *urls[1:]), 1)
    assert {thread.id for thread in (*threads, *first.threads)} == {first.threads[0].id}


def only_link(own, label, url):
    """The pages that a thread leads to whose pager is one link with such a label."""
    posts = "".join(POST.format(300 + n, name, n) for n, name in enumerate(("Ida", "Per", "Liv"), 1))
    body = f'<html><body><h1>Piers</h1>{posts}<a href="{url}">{label}</a></body></html>'.encode()
    reading = read(
        Page(url=f"https://coast.example{own}", body=body, fetched_at=datetime(2024, 5, 1, tzinfo=UTC))
    )
    return reading.threads[0], [link.url for link in reading.links]


def test_a_list_that_goes_on_from_a_mark_is_one_thread():
    first, pages = only_link("/p/5f2a", "Load more comments", "/p/5f2a?after=c31b")
    assert pages == ["https://coast.example/p/5f2a?after=c31b"]
    later, pages = only_link("/p/5f2a?after=c31b", "Load more comments", "/p/5f2a?after=d94e")
    assert pages == ["https://coast.example/p/5f2a?after=d94e"]
    assert (later.id, later.url) == (first.id, first.url)
    assert (first.started_at is not None, later.started_at) == (True, None)


@pytest.mark.parametrize(
    ("label", "url", "is_page"),
    [
        ("Nästa »", "/topic/5-piers?sida=2", True),
        ("Older posts", "/topic/5-piers/2", True),
        ("Next", "/topic/6-ships", False),
        ("Print", "/topic/5-piers?print=1", False),
        ("Next", "/topic/5-piers?sort=2&dir=1", False),
    ],
)
def test_a_link_says_that_it_leads_to_the_next_page(label, url, is_page):
    _, pages = only_link("/topic/5-piers", label, url)
    assert pages == ([f"https://coast.example{url}"] if is_page else [])


def test_a_switch_that_only_later_pages_have_makes_no_other_thread():
    """ "?page=2&v=0": do not count this as another visit."""
    first, links = only_link("/topic/5-piers/", "", "/topic/5-piers/?page=2&v=0")
    later, _ = only_link("/topic/5-piers/?page=2&v=0", "Piers", "/topic/5-piers/")
    assert links == ["https://coast.example/topic/5-piers/?page=2&v=0"]
    assert (later.id, later.url) == (first.id, first.url)
