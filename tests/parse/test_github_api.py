"""GitHub's answers in files: one issue in several of them, lists of lists, and what only looks like one."""

import importlib.util
import itertools
import json
from dataclasses import replace
from pathlib import Path

import pytest

from parse.model import ParseError
from parse.page import Document
from parse.registry import platforms, read
from parse.threads import assemble, resolve

_SPEC = importlib.util.spec_from_file_location("golden_folders", Path(__file__).parent / "golden.py")
golden = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(golden)

ISSUE = "tides/tables/issues/12"


def page(case):
    return golden.page_of(golden.ROOT / "github_api" / case)


def read_as(data):
    return read(replace(page("issues"), body=json.dumps(data).encode()))


def parts(case):
    return [thread for thread in read(page(case)).threads if thread.id == ISSUE]


def is_claimed(data):
    doc = Document(replace(page("issues"), body=json.dumps(data).encode()))
    return platforms()["github_api"].detect(doc) > 0


@pytest.mark.parametrize("order", list(itertools.permutations(("issues", "comments", "gh_view"))))
def test_an_issue_is_put_together_from_all_that_was_saved_of_it_in_any_order(order):
    held = None
    for case in order:
        held = resolve(assemble(held, parts(case)))
    numbered = [(post.id.rpartition("/")[2], post.position) for post in held.posts]
    assert numbered[:3] == [("12#0", 1), ("issuecomment-1601", 2), ("issuecomment-1602", 3)]
    assert sorted(numbered[3:]) in (
        [("issuecomment-1604", a), ("issuecomment-1605", b)] for a, b in ((4, 5), (5, 4))
    )
    assert (held.title, held.status, held.posts[0].like_count) == ("Tables for Tromsø 🌊", "Open", 14)
    quote = held.posts[1].quotes[0]
    assert (quote.source_post_id, quote.source_method) == (f"{ISSUE}#0", "text")


def test_pages_of_a_list_in_one_file_and_the_results_of_a_search_are_the_issues_in_them():
    listed = json.loads(page("issues").body)
    flat = read_as(listed).threads
    assert read_as([listed[:2], listed[2:]]).threads == flat
    assert read_as({"total_count": 5, "incomplete_results": False, "items": listed}).threads == flat


def test_a_review_that_only_approves_says_nothing():
    said = json.loads(page("review_comments").body)
    whole = read_as(said).threads
    assert (
        read_as([*said, {**said[-1], "id": 19, "body": "", "html_url": said[-1]["html_url"] + "9"}]).threads
        == whole
    )
    pull = json.loads(page("gh_pull").body)
    assert [post.id for post in read_as({**pull, "comments": []}).threads[0].posts] == [
        "tides/tables/pull/8#0",
        "PRR_kw18",
    ]


def test_edges_of_a_connection_are_its_nodes():
    answer = json.loads(page("discussions").body)
    shown = read_as(answer).threads
    found = answer["data"]["repository"]["discussions"]
    found["edges"] = [{"cursor": "x", "node": node} for node in found.pop("nodes")]
    comments = found["edges"][0]["node"]["comments"]
    comments["edges"] = [{"node": node} for node in comments.pop("nodes")]
    assert read_as([answer]).threads == shown


@pytest.mark.parametrize(
    "other",
    [
        # Stories elsewhere that lead to an issue, and the same answer from Gitea, which is another's.
        {"hits": [{"title": "Tides", "url": "https://github.com/tides/tables/issues/12", "author": "pia"}]},
        {"id": 1, "type": "story", "by": "pia", "title": "T", "url": "https://github.com/tides/tables/pull/9"},
        {"number": 12, "title": "T", "body": "", "user": {"login": "pia"}, "state": "open", "is_locked": False,
         "html_url": "https://code.example.org/tides/tables/issues/12"},
        [{"body": "No.", "user": {"login": "pia"}, "issue_url": "https://code.example.org/tides/tables/issues/12",
          "html_url": "https://code.example.org/tides/tables/issues/12#issuecomment-5"}],
    ],
)  # fmt: skip
def test_what_only_leads_to_github_or_is_made_like_it_is_not_claimed(other):
    assert not is_claimed(other)


def test_an_answer_without_issues_that_is_said_to_be_github_s_is_refused_in_words():
    body = b'{"message": "Not Found", "documentation_url": "https://docs.github.com/rest/issues/7"}'
    with pytest.raises(ParseError, match="neither issues nor comments of GitHub"):
        read(replace(page("issues"), body=body), "github_api")
