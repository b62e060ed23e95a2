"""Polls: what was put to the vote stands once in its thread, with the votes that any of its pages shows."""

from datetime import UTC, datetime

import pytest

from parse.model import Poll, PollOption, Post, Thread
from parse.page import Page
from parse.registry import read
from parse.threads import assemble


def poll(*votes, number="1", **more):
    options = tuple(PollOption(text=f"Option {n}", votes=count) for n, count in enumerate(votes, 1))
    return Poll(id=number, question="A test?", options=options, **more)


def thread(*polls, number=1, posts=("7", "8")):
    return Thread(
        id="3",
        title="Tests",
        url="https://forum.example.org/t/3",
        page_number=number,
        page_count=2,
        posts=tuple(Post(id=each, text="Well.", full_text="Well.") for each in posts),
        polls=polls,
    )


def test_a_poll_above_every_page_is_one_poll_of_the_opening_post():
    whole = assemble(None, [thread(poll(3, 4)), thread(poll(3, 5), number=2, posts=("9",))])
    assert whole.polls == (poll(3, 5, post_id="7"),)


def test_a_page_that_keeps_the_votes_to_itself_takes_none_back():
    whole = assemble(None, [thread(poll(3, 4)), thread(poll(None, None), number=2, posts=("9",))])
    assert [option.votes for option in whole.polls[0].options] == [3, 4]


def test_a_poll_without_a_question_asks_what_its_thread_is_called():
    asked = Poll(id="1", question="", options=(PollOption(text="Yes"), PollOption(text="No")))
    assert assemble(None, [thread(asked)]).polls[0].question == "Tests"


def test_a_poll_of_a_later_page_alone_waits_for_who_opened_the_thread():
    late = thread(poll(3, 4), number=2, posts=("9",))
    assert assemble(None, [late]).polls[0].post_id is None
    held = assemble(None, [thread()])
    assert assemble(held, [late]).polls[0].post_id == "7"


PHPBB = """<html><body id="phpbb" class="section-viewtopic"><h2 class="topic-title"><a href="./viewtopic.php?t=4">T</a></h2>
<form class="topic_poll"><div class="content"><h2 class="poll-title">{question}</h2><fieldset class="polls">{options}
<dl class="poll_total_votes"><dt>&nbsp;</dt><dd>Total votes: 9</dd></dl></fieldset></div></form>
<div id="p1" class="post"><div class="postbody"><p class="author">by <a class="username">Ann</a> &raquo;
<time datetime="2024-05-13T10:00:05+00:00">then</time></p><div class="content">Vote.</div></div></div></body></html>"""
OPTION = '<dl><dt>{name}</dt><dd class="resultbar"><div class="pollbar1">{votes}</div></dd></dl>'


def polls_of(options, question="A test?"):
    body = PHPBB.format(options=options, question=question)
    now = datetime(2024, 6, 1, tzinfo=UTC)
    page = Page(url="https://forum.example.org/viewtopic.php?t=4", body=body.encode(), fetched_at=now)
    return read(page).threads[0].polls


def test_no_votes_are_not_the_same_as_votes_unknown():
    shown = polls_of(OPTION.format(name="Yes", votes=0) + OPTION.format(name="No", votes="1,204"))
    assert [option.votes for option in shown[0].options] == [0, 1204]
    unknown = polls_of("<dl><dt>Yes</dt></dl><dl><dt>No</dt></dl>")
    assert [option.votes for option in unknown[0].options] == [None, None]


@pytest.mark.parametrize(
    "options", ["", OPTION.format(name="Only", votes=1), "<dl><dt></dt><dd>3</dd></dl>" * 4]
)
def test_what_leaves_no_choice_is_no_poll(options):
    assert polls_of(options) == ()


def test_votes_that_do_not_fit_their_options_are_not_guessed():
    shown = polls_of(OPTION.format(name="Yes", votes=4) + "<dl><dt>No</dt></dl>")
    assert [option.votes for option in shown[0].options] == [None, None]


def test_a_thousand_options_are_read_in_order():
    shown = polls_of("".join(OPTION.format(name=f"Option {n}", votes=n) for n in range(1000)))
    assert [(option.text, option.votes) for option in shown[0].options][998:] == [
        ("Option 998", 998),
        ("Option 999", 999),
    ]
