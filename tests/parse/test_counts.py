"""Numbers as pages write them: what is none, or larger than any forum has, is no number."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from parse.html_fields import count_in
from parse.structured_data import items


@pytest.mark.parametrize(
    ("shown", "count"),
    [
        ("1,487 Views", 1487),
        ("2.3k", 2300),
        ("4M replies", 4_000_000),
        ("no replies", None),
        ("99999999999999999999", None),
        ("99999999999999999999k", None),
        (f"{'9' * 400}.5k", None),
    ],
)
def test_a_count_as_people_are_shown_it(shown: str, count: int | None):
    assert count_in(shown) == count


@pytest.mark.parametrize(
    ("stated", "count"),
    [("12", 12), ('"12"', 12), ('"²"', None), ('"many"', None), ("1e400", None), ("-3", None)],
)
def test_likes_as_a_page_declares_them(stated: str, count: int | None):
    post = f'{{"@type": "DiscussionForumPosting", "text": "Words.", "upvoteCount": {stated}}}'
    (item,) = items(LexborHTMLParser(f'<script type="application/ld+json">{post}</script>'))
    assert (item.text, item.likes) == ("Words.", count)


def test_json_that_is_nearly_json_is_read_as_it_is_meant():
    post = '<!-- {"@type": "Comment", /* the words */ "text": "See /* here", "name": "x",} -->'
    (item,) = items(LexborHTMLParser(f'<script type="application/ld+json">{post}</script>'))
    assert item.text == "See /* here"
