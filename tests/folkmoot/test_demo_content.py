"""The demo community holds what it promises, and its truth is consistent with its words."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from folkmoot.demo.content import load
from folkmoot.demo.entry import ContentError
from folkmoot.demo.markup import MarkupError, QuoteBlock, own_words, read_body, walk_quotes
from folkmoot.demo.model import Community, MarkedEvent, Post, Thread, VanishedPost

CODES = {
    "client_metrics_disclosure",
    "readiness_test",
    "arbitration_fee",
    "client_vetting",
    "escrow_protection",
    "rating_system",
    "conduct_rules",
    "support_response",
    "other",
}
KINDS = {
    "posts_removed",
    "post_removed",
    "posts_edited",
    "post_edited_by_staff",
    "inline_redaction",
    "post_hidden",
    "thread_locked",
    "thread_unlocked",
    "thread_moved",
    "thread_merged",
    "thread_split",
    "thread_retitled",
    "thread_removed",
    "conduct_reminder",
    "user_warned",
    "user_banned",
}
TRIMMED = re.compile(r"\[…\]|…|\.\.\.")


@pytest.fixture(scope="module")
def community() -> Community:
    return load()


def posts(community: Community) -> Iterator[tuple[Thread, Post]]:
    return ((thread, post) for thread in community.threads for post in thread.posts)


def bodies(post: Post) -> list[str]:
    """Everything the post ever said: now, before a moderator edited it, and in the second week."""
    later = post.week2.body if post.week2 else None
    return [body for body in (post.body, post.body_before_edit, later) if body]


def flat(text: str) -> str:
    return " ".join(text.split())


def said(thread: Thread, post_id: int) -> list[str]:
    """The own words of every version of a post, vanished ones included, each on one line."""
    versions = [body for post in thread.posts if post.id == post_id for body in bodies(post)]
    versions += [post.body for post in thread.vanished if post.id == post_id]
    return [flat(own_words(read_body(body))) for body in versions]


def writer(thread: Thread, post_id: int) -> str:
    written: list[Post | VanishedPost] = [*thread.posts, *thread.vanished]
    return next(post.by for post in written if post.id == post_id)


def stands_in(words: str, version: str) -> bool:
    """The pieces between trimmings stand in this order in the version."""
    at = 0
    pieces = [words] if words in version else TRIMMED.split(words)
    for piece in (piece.strip() for piece in pieces):
        found = version.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return True


def test_it_is_large_enough(community: Community) -> None:
    assert len(community.threads) >= 48
    assert sum(1 for _ in posts(community)) >= 480
    assert len({post.by for _, post in posts(community)}) >= 64
    assert sum(person.staff for person in community.people.values()) >= 3
    assert len({thread.board for thread in community.threads}) == len(community.boards) == 5
    assert {site.platform for site in community.sites} == {"khoros", "discourse"}


def test_its_truth_is_rich_enough(community: Community) -> None:
    marks = [mark for _, post in posts(community) for mark in post.proposals]
    assert len(marks) >= 90
    assert {mark.id for mark in marks} == CODES
    assert {mark.act for mark in marks} == {"propose", "discuss", "advise"}
    stances = Counter(stance.stance for _, post in posts(community) for stance in post.stances)
    assert sum(stances.values()) >= 150
    assert all(stances[name] >= 10 for name in ("support", "oppose", "mixed", "neutral"))


def test_it_has_the_shapes_that_are_hard(community: Community) -> None:
    sizes = [len(thread.posts) for thread in community.threads if thread.site == "community"]
    assert sum(size > 10 for size in sizes) >= 8, "threads of more than one page"
    assert any(thread.layout == "threaded" for thread in community.threads)
    assert any(thread.moved_from for thread in community.threads)
    assert any(thread.locked_in(1) for thread in community.threads)
    assert any(thread.vanished for thread in community.threads)
    quotes = [
        (depth, quote) for _, post in posts(community) for depth, quote in walk_quotes(read_body(post.body))
    ]
    assert max(depth for depth, _ in quotes) == 3
    assert any(quote.name for _, quote in quotes)
    silent = [thread for thread in community.threads if not any(post.proposals for post in thread.posts)]
    assert len(silent) >= 8, "threads without any proposal"


def test_the_second_week_changes_a_few_things(community: Community) -> None:
    everything = list(posts(community))
    new = [thread for thread in community.threads if thread.week == 2]
    grown = {thread.id for thread, post in everything if post.week == 2 and thread.week == 1}
    changed = [post for _, post in everything if post.week2]
    assert len(new) == 1
    assert len(grown) == 9
    assert len(changed) == 3
    assert sum(post.removed_in_week == 2 for _, post in everything) == 3
    assert sum(thread.locked_in(2) and not thread.locked_in(1) for thread in community.threads) == 1
    answered = [t for t in community.threads if t.status_in(1) != t.status_in(2)]
    assert len(answered) == 3
    assert {thread.id for thread in answered} <= grown
    assert any(post.week2.edited.by != post.by for post in changed if post.week2 and post.week2.edited)


def test_every_wish_and_nothing_else_has_a_status(community: Community) -> None:
    wishes = {board.id for board in community.boards if board.is_for_ideas}
    for thread in community.threads:
        assert (thread.status is not None) == (thread.board in wishes), thread.file


def test_ids_are_unique_and_names_known(community: Community) -> None:
    for site in ("community", "workshop"):
        here = [thread for thread in community.threads if thread.site == site]
        ids = [post.id for thread in here for post in thread.posts]
        ids += [post.id for thread in here for post in thread.vanished]
        assert len(ids) == len(set(ids))
        topics = [thread.id for thread in community.threads if thread.site == site]
        assert len(topics) == len(set(topics))
    people = community.people.values()
    assert len({person.login for person in people}) == len(people)
    assert len({person.user_id for person in people}) == len(people)


def test_everybody_writes_where_they_are_a_member(community: Community) -> None:
    boards = {board.id: board.site for board in community.boards}
    for thread, post in posts(community):
        assert boards[thread.board] == thread.site, thread.file
        assert thread.site in community.people[post.by].sites, (thread.file, post.by)
        assert community.people[post.by].joined <= post.at.date().isoformat(), (thread.file, post.by)


def test_times_rise_and_keep_to_their_week(community: Community) -> None:
    first, second = community.crawled_at
    for thread in community.threads:
        times = [post.at for post in thread.posts]
        assert times == sorted(times), thread.file
        assert len(set(times)) == len(times), thread.file
    for thread, post in posts(community):
        assert (post.at < first) == (post.week == 1), (thread.file, post.id)
        assert post.at < second
        if post.edited:
            assert post.at < post.edited.at < (first if post.week == 1 else second), (thread.file, post.id)
        if post.week2 and post.week2.edited:
            assert first < post.week2.edited.at < second


def test_a_khoros_thread_bears_the_id_of_its_opening_post(community: Community) -> None:
    for thread in community.threads:
        if thread.site == "community":
            assert thread.id == thread.posts[0].id, thread.file
        else:
            assert thread.layout == "linear", thread.file


def test_replies_shown_and_true_lead_to_earlier_posts(community: Community) -> None:
    for thread in community.threads:
        gone = {post.id: post.at for post in thread.vanished}
        shown = {post.id: post.at for post in thread.posts}
        assert not thread.posts[0].answers
        for post in thread.posts[1:]:
            assert post.answers, (thread.file, post.id, "whom does it answer?")
            assert len(set(post.answers)) == len(post.answers)
            assert all((shown | gone)[answered] < post.at for answered in post.answers), (
                thread.file,
                post.id,
            )
            assert post.reply_to is None or shown[post.reply_to] < post.at
            threaded = thread.layout == "threaded"
            if thread.site == "community":
                assert (post.reply_to is not None) == threaded, (thread.file, post.id)


def test_quoted_words_stand_in_the_post_they_name(community: Community) -> None:
    for thread, post in posts(community):
        for body in bodies(post):
            for _, quote in walk_quotes(read_body(body)):
                if quote.post is None:
                    continue
                assert quote.person == writer(thread, quote.post), (thread.file, post.id)
                assert any(stands_in(flat(quote.words), v) for v in said(thread, quote.post)), (
                    thread.file,
                    post.id,
                    quote.words,
                )


def test_words_quoted_without_a_post_stand_somewhere(community: Community) -> None:
    everything = [flat(own_words(read_body(post.body))) for _, post in posts(community)]
    for thread, post in posts(community):
        for _, quote in walk_quotes(read_body(post.body)):
            if quote.post is None:
                assert any(stands_in(flat(quote.words), other) for other in everything), thread.file


def test_a_nested_quote_was_quoted_by_the_post_around_it(community: Community) -> None:
    for thread, post in posts(community):
        for _, quote in walk_quotes(read_body(post.body)):
            for inner in quote.blocks:
                if isinstance(inner, QuoteBlock) and inner.post is not None:
                    around = next(p for p in thread.posts if p.id == quote.post)
                    cited = {found.post for _, found in walk_quotes(read_body(around.body))}
                    assert inner.post in cited, (thread.file, post.id, inner.words)


def test_marked_passages_stand_in_the_authors_own_words(community: Community) -> None:
    for thread, post in posts(community):
        own = own_words(read_body(post.body))
        for mark in post.proposals:
            assert mark.excerpt in own, (thread.file, post.id, mark.excerpt)


def test_stances_are_toward_something_answered_or_coded(community: Community) -> None:
    for thread, post in posts(community):
        for mark in post.stances:
            assert mark.stance in {"support", "oppose", "mixed", "neutral"}
            assert (mark.toward is None) != (mark.proposal is None)
            if mark.proposal is not None:
                assert mark.proposal in CODES
        toward = [mark.toward for mark in post.stances if mark.toward is not None]
        assert len(toward) == len(set(toward)), (thread.file, post.id)
        assert set(toward) <= set(post.answers), (thread.file, post.id, "a stance toward a post not answered")


def test_moderation_is_of_known_kinds_and_shows(community: Community) -> None:
    for thread in community.threads:
        events: list[MarkedEvent] = [*thread.moderation, *(e for p in thread.posts for e in p.moderation)]
        for event in events:
            assert event.kind in KINDS, thread.file
            assert event.method in {"notice", "redaction", "platform", "recrawl"}
            assert event.by is None or community.people[event.by].staff
        for post in thread.posts:
            if any(event.method == "notice" for event in post.moderation):
                assert community.people[post.by].staff, (thread.file, post.id)
            texts = " ".join(bodies(post)[:1] + bodies(post)[-1:])
            redacted = any(event.kind == "inline_redaction" and event.about == post.id for event in events)
            assert ("**Edited for community guidelines**" in texts) == redacted, (thread.file, post.id)


def test_a_mistake_is_named(tmp_path: Path) -> None:
    boards, people = tmp_path / "boards.toml", tmp_path / "people.toml"
    with pytest.raises(ContentError, match=r"boards\.toml.*reinstall"):
        load(tmp_path)
    boards.write_text("crawled_at = []\n")
    people.write_text("")
    with pytest.raises(ContentError, match=r"boards\.toml: 'crawled_at' should be two times"):
        load(tmp_path)
    people.write_text('[[person]]\nid = "ann"\n')
    with pytest.raises(ContentError, match=r"people\.toml, person ann: 'name' is missing"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("lickes = 3", "post 7: unknown key 'lickes'"),
        ('answers = "7"', "post 7: 'answers' should be of type list"),
        ('likes = "many"', "post 7: 'likes' should be of type int"),
        ("edited = { by = 'ann', at = 2026-01-02T10:00:00 }", "post 7, edited: 'at' has no zone"),
    ],
)
def test_a_mistake_in_a_thread_is_named(tmp_path: Path, line: str, complaint: str) -> None:
    (tmp_path / "threads").mkdir()
    (tmp_path / "boards.toml").write_text("crawled_at = [2026-01-01T00:00:00Z, 2026-01-08T00:00:00Z]\n")
    (tmp_path / "people.toml").write_text("")
    (tmp_path / "threads" / "a.toml").write_text(
        '[thread]\nid = 7\nsite = "s"\nboard = "b"\ntitle = "T"\nviews = 1\n'
        f'[[post]]\nid = 7\nby = "ann"\nat = 2026-01-01T10:00:00Z\nbody = "x"\n{line}\n'
    )
    with pytest.raises(ContentError, match=rf"a\.toml, {complaint}"):
        load(tmp_path)


@pytest.mark.parametrize(
    "body", ["[quote]never closed", "closed[/quote] too early", "[quote=a#1][quote]x[/quote]"]
)
def test_a_body_whose_quotes_do_not_match_is_refused(body: str) -> None:
    with pytest.raises(MarkupError):
        read_body(body)
