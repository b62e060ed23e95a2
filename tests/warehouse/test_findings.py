"""What is handed to the taggers, and what the warehouse keeps of what they say."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest

from analyze.model import (
    Discovered,
    Findings,
    ModerationEvent,
    ProposalMention,
    Span,
    Stance,
    Statement,
    UncodedMention,
)
from tests.warehouse.conftest import MONDAY, WEEK, answers, batch, page, thread_of, week_one
from warehouse import findings
from warehouse.load import load
from warehouse.store import Warehouse

Rows = Callable[[str], list[dict[str, Any]]]


@dataclass(frozen=True)
class Code:
    id: str
    label: str
    description: str = ""


@dataclass(frozen=True)
class Codebook:
    sha256: str = "c1"
    proposals: tuple[Code, ...] = (Code("fee", "Lower the fee"), Code("escrow", "Escrow"))


@pytest.fixture(autouse=True)
def loaded(db: Warehouse) -> None:
    load(db, week_one())


def waiting(db: Warehouse, version: str = "1", codebook: str = "c1") -> list[Statement]:
    batches = findings.stale(db, version=version, codebook_sha256=codebook)
    return [statement for threads in batches for thread in threads for statement in thread]


def found_in_week_one() -> Iterator[Findings]:
    asks = ProposalMention(start=21, end=37, proposal_id="fee", act="propose", confidence=0.9, rule="r1")
    for_it = Stance(
        stance="support",
        confidence=0.8,
        rule="r1",
        score=0.9,
        proposal_id="fee",
        evidence=(Span(start=21, end=37),),
    )
    yield Findings(id="forum:1", proposals=(asks,), is_proposal=True, proposal_score=0.9, positions=(for_it,))
    against = Stance(
        stance="oppose",
        confidence=0.7,
        rule="r2",
        score=-0.5,
        evidence=(Span(start=0, end=2), Span(start=4, end=14)),
    )
    new = ProposalMention(start=4, end=14, proposal_id=None, act="discuss", confidence=0.5, rule="r3")
    yield Findings(id="forum:2", stance=against, proposals=(new,))
    closed = ModerationEvent(kind="thread_locked", start=0, end=22, confidence=0.95, rule="notice.closed")
    yield Findings(id="forum:3", moderation=(closed,))


def tag(db: Warehouse, version: str = "1") -> None:
    run = findings.begin_run(db, version=version, codebook=Codebook())
    found = list(found_in_week_one())
    findings.save(db, run, found)
    findings.end_run(db, run, len(found))


def test_a_thread_that_nobody_read_is_handed_out_whole(db: Warehouse) -> None:
    one, two, three = waiting(db)
    assert (one.id, one.is_opening, one.reply_to, one.answers) == ("forum:1", True, None, ())
    assert two.reply_to == "The fee is too high."  # what it quotes of the post
    assert (two.several, two.full_text) == ((), None)
    assert (two.reply_to_id, two.answers) == ("forum:1", (("forum:1", 1.0),))
    assert (three.is_staff, three.author_role) == (True, "Community Manager")


def test_a_word_or_two_quoted_stand_for_the_whole_post(db: Warehouse) -> None:
    first, second, third = week_one().threads[0].posts
    short = replace(second, quotes=(replace(second.quotes[0], text="too high"),))
    load(db, batch(thread_of(first, short, third), pages=(page(1),)))
    assert waiting(db)[1].reply_to == "The fee is too high. Please lower it."


def test_every_post_that_is_answered_for_sure_is_handed_out(db: Warehouse) -> None:
    posts = week_one().threads[0].posts
    edges = (
        answers("2", "1"),
        answers("3", "2", method="quote", confidence=0.9),
        answers("3", "1", method="address", confidence=0.6, is_primary=False),
    )
    load(db, batch(thread_of(*posts, replies=edges), pages=(page(1),)))
    _, two, three = waiting(db)
    assert two.several == ()
    assert [(one.post_id, one.text) for one in three.several] == [
        ("forum:2", "No, it is fair."),
        ("forum:1", "The fee is too high. Please lower it."),
    ]
    assert three.full_text == "This thread is closed."
    unsure = (*edges[:2], replace(edges[2], confidence=0.4))
    load(db, batch(thread_of(*posts, replies=unsure), pages=(page(1),)))
    assert waiting(db)[2].several == ()


def test_a_stance_toward_each_post_is_kept(db: Warehouse, rows: Rows) -> None:
    run = findings.begin_run(db, version="1", codebook=Codebook())
    yes = Stance(stance="support", confidence=0.8, rule="model", target_post_id="forum:2")
    no = Stance(stance="oppose", confidence=0.7, rule="model", target_post_id="forum:1")
    findings.save(db, run, [Findings(id="forum:3", stance=yes, other_stances=(no,))])
    assert rows("SELECT target_post_id, stance FROM stances ORDER BY ALL") == [
        {"target_post_id": "forum:1", "stance": "oppose"},
        {"target_post_id": "forum:2", "stance": "support"},
    ]


def test_quoted_words_stand_in_for_a_post_that_is_not_held(db: Warehouse) -> None:
    load(db, replace(week_one(), threads=(replace(week_one().threads[0], replies=()),)))
    assert waiting(db)[1].reply_to == "The fee is too high."


def test_what_was_read_is_not_read_again(db: Warehouse) -> None:
    tag(db)
    assert waiting(db) == []
    assert len(waiting(db, version="2")) == 3
    assert len(waiting(db, codebook="c2")) == 3


def test_a_changed_post_has_its_whole_thread_read_again(db: Warehouse) -> None:
    tag(db)
    again = page(1, at=MONDAY + WEEK)
    posts = [replace(post, page_id=again.page_id, like_count=3) for post in week_one().threads[0].posts]
    load(db, batch(thread_of(*posts), pages=(again,)))
    assert waiting(db) == []  # a like is no new text
    posts[1] = replace(posts[1], text="I was wrong.")
    load(db, batch(thread_of(*posts), pages=(again,)))
    assert len(waiting(db)) == 3


def test_findings_carry_the_words_they_rest_on(db: Warehouse, rows: Rows) -> None:
    tag(db)
    assert rows("SELECT excerpt, act, proposal_id FROM proposal_mentions ORDER BY post_id") == [
        {"excerpt": "Please lower it.", "act": "propose", "proposal_id": "fee"},
        {"excerpt": "it is fair", "act": "discuss", "proposal_id": None},
    ]
    assert rows(
        "SELECT target, target_post_id, author_id, excerpt, more_evidence FROM stances ORDER BY post_id"
    ) == [
        {
            "target": "proposal",
            "target_post_id": None,
            "author_id": "forum:11",
            "excerpt": "Please lower it.",
            "more_evidence": [],
        },
        {
            "target": "post",
            "target_post_id": "forum:1",
            "author_id": "forum:12",
            "excerpt": "No",
            "more_evidence": [{"start_offset": 4, "end_offset": 14}],
        },
    ]
    assert rows(
        "SELECT kind, thread_id, post_id, actor_author_id, excerpt, detected_at FROM moderation_events"
    ) == [
        {
            "kind": "thread_locked",
            "thread_id": "forum:7",
            "post_id": "forum:3",
            "actor_author_id": "forum:13",
            "excerpt": "This thread is closed.",
            "detected_at": MONDAY,
        }
    ]


def test_reading_twice_says_the_same_once(db: Warehouse, rows: Rows) -> None:
    tables = ("proposals", "proposal_mentions", "stances", "moderation_events")
    tag(db)
    before = [rows(f"FROM {table} ORDER BY ALL") for table in tables]
    tag(db, version="2")
    assert [rows(f"FROM {table} ORDER BY ALL") for table in tables] == before
    assert rows("SELECT version, posts_tagged FROM analysis_runs ORDER BY version") == [
        {"version": "1", "posts_tagged": 3},
        {"version": "2", "posts_tagged": 3},
    ]


def test_a_run_with_nothing_to_do_leaves_no_trace(db: Warehouse, rows: Rows) -> None:
    tag(db)
    run = findings.begin_run(db, version="1", codebook=Codebook())
    findings.end_run(db, run, 0)
    assert len(rows("FROM analysis_runs")) == 1


def test_a_code_that_left_the_codebook_leaves_the_proposals(db: Warehouse, rows: Rows) -> None:
    tag(db)
    smaller = Codebook(sha256="c2", proposals=(Code("fee", "Lower it"),))
    run = findings.begin_run(db, version="1", codebook=smaller)
    findings.end_run(db, run, 0)
    assert rows("SELECT proposal_id, label FROM proposals") == [{"proposal_id": "fee", "label": "Lower it"}]


def test_discovered_proposals_gather_uncoded_mentions(db: Warehouse, rows: Rows) -> None:
    tag(db)
    (mention,) = findings.uncoded(db)
    assert mention == UncodedMention(
        mention_id=mention.mention_id,
        post_id="forum:2",
        thread_id="forum:7",
        author_id="forum:12",
        excerpt="it is fair",
        topic="Arbitration fee",
        place="The forum https forum example Fees and payments",
        said_at=mention.said_at,
    )
    assert mention.said_at is not None
    group = Discovered(
        id="found_fair", label="Fair", description="Be fair", mention_ids=(mention.mention_id,)
    )
    findings.save_discovered(db, [group])
    assert rows("SELECT proposal_id FROM proposal_mentions WHERE post_id = 'forum:2'") == [
        {"proposal_id": "found_fair"}
    ]
    assert findings.uncoded(db) == [mention]
    findings.save_discovered(db, [])
    assert rows("SELECT proposal_id FROM proposal_mentions WHERE post_id = 'forum:2'") == [
        {"proposal_id": None}
    ]
    assert rows("SELECT count(*) AS n FROM proposals WHERE origin = 'discovered'") == [{"n": 0}]


def test_what_staff_ask_of_members_is_no_discovered_proposal(db: Warehouse, rows: Rows) -> None:
    run = findings.begin_run(db, version="1", codebook=Codebook())
    asks = ProposalMention(start=0, end=11, proposal_id=None, act="propose", confidence=0.9, rule="r")
    findings.save(db, run, [Findings(id=post_id, proposals=(asks,)) for post_id in ("forum:2", "forum:3")])
    assert [one.post_id for one in findings.uncoded(db)] == ["forum:2"]


def test_offsets_count_code_points(db: Warehouse, rows: Rows) -> None:
    again = page(1, at=MONDAY + WEEK)
    posts = [replace(post, page_id=again.page_id) for post in week_one().threads[0].posts]
    posts[0] = replace(posts[0], text="👩‍👩‍👧 e\u0301 lower it")
    load(db, batch(thread_of(*posts), pages=(again,)))
    run = findings.begin_run(db, version="1", codebook=Codebook())
    start = posts[0].text.index("lower")
    mention = ProposalMention(
        start=start, end=start + 8, proposal_id="fee", act="propose", confidence=1.0, rule="r"
    )
    findings.save(db, run, [Findings(id="forum:1", proposals=(mention,))])
    assert rows("SELECT excerpt FROM proposal_mentions") == [{"excerpt": "lower it"}]
