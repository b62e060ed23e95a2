"""A week later: what is new is fetched, what is unchanged is not, what was taken away is noticed."""

import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from trapsite import START, Reply, page
from visits import Forum

from crawler.archive import read_pages
from crawler.model import Reason
from crawler.run import past_runs, plan
from parse.registry import read

WEEK = START + timedelta(days=7)


def test_nothing_new_costs_the_front_pages(forum: Forum) -> None:
    first = forum.visit()
    again = forum.visit()
    assert (first.outcome, again.outcome) == ("finished", "finished")
    assert sorted(forum.site.asked()) == ["/", "/t5/Talk/bd-p/Talk"]
    assert again.pages_unchanged == 2
    assert again.requests_saved == first.pages_fetched - 2


def test_a_new_reply_costs_the_last_page_held_and_what_follows(forum: Forum) -> None:
    forum.visit()
    topic = forum.site.topics[min(forum.site.topics)]
    new = [forum.site.post(topic, f"Late thought {n}", WEEK + timedelta(minutes=n)) for n in range(4)]
    forum.visit()
    pages = [path for path in forum.site.asked() if "/td-p/" in path]
    assert pages == [f"{topic.path}/page/3", f"{topic.path}/page/4"]
    assert {entry.id for entry in new} <= forum.held()


def test_a_board_that_was_renamed_is_asked_for_by_its_new_address_only(forum: Forum) -> None:
    forum.visit()
    for topic in forum.site.topics.values():
        topic.board = "Commons"
    moved = Reply(b"", 301, {"Location": "/t5/Commons/bd-p/Commons"})
    forum.site.traps.append(lambda path, _: moved if path == "/t5/Talk/bd-p/Talk" else None)
    forum.visit()
    forum.visit()
    assert sorted(forum.site.asked()) == ["/", "/t5/Commons/bd-p/Commons"]


def test_listings_are_read_until_a_page_has_no_news(forum: Forum) -> None:
    forum.visit()
    topics = list(forum.site.topics.values())
    for topic in topics[:12]:
        forum.site.post(topic, "Me too", WEEK)
    new = forum.site.topic("Talk", "A new thread", 2, WEEK)
    forum.visit()
    listings = [path for path in forum.site.asked() if "/bd-p/" in path]
    assert listings == ["/t5/Talk/bd-p/Talk", "/t5/Talk/bd-p/Talk/page/2", "/t5/Talk/bd-p/Talk/page/3"]
    assert new.path in forum.site.asked()
    assert len([path for path in forum.site.asked() if "/td-p/" in path]) == 13


def test_sticky_threads_do_not_keep_a_listing_open(forum: Forum) -> None:
    rules = forum.site.topic("Talk", "House rules", 2, START, sticky=True)
    forum.visit()
    forum.site.post(rules, "Now with a rule more", WEEK)
    forum.visit()
    assert [path for path in forum.site.asked() if "/bd-p/" in path] == ["/t5/Talk/bd-p/Talk"]
    assert rules.path in forum.site.asked()


def test_a_lock_is_seen_without_a_reply(forum: Forum) -> None:
    forum.visit()
    topic = forum.site.topics[max(t.id for t in forum.site.topics.values())]
    topic.locked = True
    forum.visit()
    assert topic.path in forum.site.asked()


def test_a_deletion_that_the_count_betrays_is_looked_for_on_every_page(forum: Forum) -> None:
    forum.visit()
    topic = forum.site.topics[min(forum.site.topics)]
    del topic.entries[1]
    topic.entries[-1].at = WEEK  # so that the thread stands on the first page of its board
    forum.visit()
    assert {path for path in forum.site.asked() if "/td-p/" in path} == {
        topic.path,
        f"{topic.path}/page/2",
        f"{topic.path}/page/3",
    }


def test_a_deletion_that_a_reply_hides_shows_in_the_posts_that_move(forum: Forum) -> None:
    forum.visit()
    topic = forum.site.topics[min(forum.site.topics)]
    del topic.entries[1]
    forum.site.post(topic, "One gone, one come", WEEK)
    forum.visit()
    assert f"{topic.path}/page/3" in forum.site.asked()
    assert topic.path in forum.site.asked()


def test_a_thread_that_lost_pages_is_read_from_the_start(forum: Forum) -> None:
    forum.visit()
    topic = forum.site.topics[min(forum.site.topics)]
    del topic.entries[4:]
    topic.entries[-1].at = WEEK
    assert forum.visit().failures == ()
    assert topic.path in forum.site.asked()
    again = forum.visit()
    assert [path for path in forum.site.asked() if "/td-p/" in path] == []
    assert again.outcome == "finished"


def test_a_moved_thread_and_its_stub_are_one_thread(forum: Forum) -> None:
    forum.site.topic("Other", "Elsewhere", 2)
    forum.visit()
    before = forum.held()
    topic = forum.site.topics[min(forum.site.topics)]
    topic.board, topic.moved_from = "Other", "Talk"
    topic.entries[-1].at = WEEK  # so that stub and thread stand on the first pages of their boards
    summary = forum.visit()
    assert (summary.failures, summary.notes) == ((), ())
    assert forum.held() == before
    forum.visit()
    assert [path for path in forum.site.asked() if "/td-p/" in path] == []


def test_the_stub_of_a_thread_that_was_never_seen_leads_to_it(forum: Forum) -> None:
    topic = forum.site.topic("Hidden", "Moved away", 3, WEEK)
    topic.moved_from = "Talk"
    forum.visit(include=("/t5/Talk/",))
    assert {entry.id for entry in topic.entries} <= forum.held()


def test_the_rotation_finds_a_deletion_deep_in_a_thread(forum: Forum) -> None:
    forum.visit()
    topic = forum.site.topics[min(forum.site.topics)]
    gone = topic.entries.pop(1)
    before = len(forum.pages(topic))
    forum.visit(rotation=timedelta(0))
    again = forum.pages(topic)[before:]
    shown = {post.id for page in again for thread in read(page).threads for post in thread.posts}
    assert shown == {str(entry.id) for entry in topic.entries}
    assert str(gone.id) not in shown


def test_another_page_size_is_no_loss(forum: Forum) -> None:
    forum.visit()
    topic = forum.site.topics[min(forum.site.topics)]
    new = forum.site.post(topic, "After the redesign", WEEK)
    forum.site.page_size = 4
    assert forum.visit().failures == ()
    assert new.id in forum.held()
    assert len([path for path in forum.site.asked() if path.startswith(topic.path)]) == 4


def test_a_page_past_the_last_that_is_denied_is_not_the_end_of_its_thread(forum: Forum) -> None:
    """Some forums answer 404 for it, as they do for a thread that is gone."""
    forum.visit()
    topic = forum.site.topics[min(forum.site.topics)]
    new = forum.site.post(topic, "After the redesign", WEEK)
    forum.site.page_size = 10  # two pages where there were three
    forum.site.traps.append(lambda path, _: Reply(b"no", 404) if path == f"{topic.path}/page/3" else None)
    summary = forum.visit()
    assert f"{topic.path}/page/3" in forum.site.asked()
    assert (summary.failures, summary.notes) == ((), ())
    assert new.id in forum.held()


def test_the_rotation_finds_what_no_listing_shows(forum: Forum) -> None:
    forum.visit()
    forum.site.topics[min(forum.site.topics)].entries[1].text = "Edited in silence"
    rotated = forum.visit(rotation=timedelta(0))
    assert len([path for path in forum.site.asked() if "/td-p/" in path]) == 48
    assert rotated.requests_saved == 3
    archive = b"".join(p.body for f in (forum.root / "forum").glob("*.gz") for p in read_pages(f))
    assert b"Edited in silence" in archive


def test_a_removed_thread_is_noted_once_and_not_asked_for_again(forum: Forum) -> None:
    forum.visit()
    topic = forum.site.topics.pop(min(forum.site.topics))
    summary = forum.visit(rotation=timedelta(0))
    assert summary.failures == ()
    assert summary.notes == (f"{forum.site.url}{topic.path}: not there (404)",)
    forum.visit(rotation=timedelta(0))
    assert topic.path not in forum.site.asked()


def test_a_thread_that_its_board_has_ceased_to_show_is_looked_at_in_its_turn(forum: Forum) -> None:
    forum.visit()
    topics = sorted(forum.site.topics)
    gone = forum.site.topics.pop(topics[-2])
    forum.visit()
    assert gone.path not in forum.site.asked()
    with sqlite3.connect(forum.root / "frontier.sqlite") as frontier:
        frontier.execute("UPDATE thread SET due_at = 0")
    summary = forum.visit()
    assert summary.notes == (f"{forum.site.url}{gone.path}: not there (404)",)
    assert [path for path in forum.site.asked() if "/td-p/" in path] == [gone.path]


def test_what_failed_is_tried_in_the_next_run(forum: Forum) -> None:
    topic = forum.site.topics[min(forum.site.topics)]

    def broken(path: str, headers: Mapping[str, str]) -> Reply | None:
        return (
            Reply(b"no", 404 if path.endswith("/page/2") and "td-p" in path else 500)
            if path.startswith(topic.path)
            else None
        )

    forum.site.traps.append(broken)
    assert forum.visit().pages_failed == 1
    forum.site.traps.clear()
    assert forum.visit().pages_failed == 0
    assert len([path for path in forum.site.asked() if path.startswith(topic.path)]) == 3


def test_a_start_page_that_was_a_slip_is_not_tried_once_it_is_mended(forum: Forum) -> None:
    assert forum.visit(start=(f"{forum.site.url}/slip",)).pages_failed == 1
    summary = forum.visit()
    assert (summary.failures, forum.site.asked("/slip")) == ((), [])


def test_a_page_that_cannot_be_read_is_left_alone_after_five_runs(forum: Forum) -> None:
    topic = forum.site.topics[min(forum.site.topics)]
    broken = Reply(b"<p>A page</p>", headers={"Content-Type": "text/html"})
    forum.site.traps.append(lambda path, _: broken if path == f"{topic.path}/page/2" else None)
    asked = []
    for _ in range(6):
        forum.visit()
        asked.append(len(forum.site.asked(f"{topic.path}/page/2")))
    assert asked == [1, 1, 1, 1, 1, 0]


def test_a_challenge_to_robots_is_a_failure_and_the_next_run_tries_again(forum: Forum) -> None:
    forum.visit()
    topic = forum.site.topics[min(forum.site.topics)]
    new = forum.site.post(topic, "Said while a challenge stood before it", WEEK)
    body = b"<html><title>Just a moment...</title><noscript>Enable JavaScript and cookies</noscript><script></script>"
    wall = Reply(body, 403, {"Content-Type": "text/html"})
    forum.site.traps.append(lambda path, _: wall if topic.path in path else None)
    assert "challenge" in forum.visit().failures[0]
    forum.site.traps.clear()
    assert forum.visit().failures == ()
    assert new.id in forum.held()


def test_a_host_that_has_fallen_silent_is_left_after_a_few_pages(forum: Forum) -> None:
    forum.site.traps.append(lambda path, _: Reply(reset=True) if "/td-p/" in path else None)
    summary = forum.visit()
    assert summary.outcome == "unreachable"
    # Eight are asked for at once, and others while these wait to be tried again.
    assert len({path for path in forum.site.asked() if "/td-p/" in path}) < 36
    forum.site.traps.clear()
    assert forum.visit().outcome == "finished"  # what had not been asked for
    assert forum.visit().outcome == "finished"  # what had been, in vain
    assert len(forum.held()) == 40 * 3 + 4 * 9


def test_a_limit_is_kept_and_the_next_run_goes_on(forum: Forum) -> None:
    asked: list[str] = []
    outcomes = []
    for _ in range(4):
        outcomes.append(forum.visit(max_pages=20).outcome)
        assert len(forum.site.asked()) <= 20
        asked += forum.site.asked()
    assert outcomes[:3] == ["limit", "limit", "finished"]
    assert len(asked) - 2 == len(set(asked)) == 53
    assert len(forum.held()) == 40 * 3 + 4 * 9


def test_an_etag_saves_the_page(forum: Forum) -> None:
    def tagged(path: str, headers: Mapping[str, str]) -> Reply | None:
        if path != "/t5/Talk/bd-p/Talk":
            return None
        if headers.get("If-None-Match") == '"v1"':
            return Reply(b"", 304)
        shown = page(forum.site.board("Talk", 1), "ForumPage")
        return Reply(shown.body, 200, shown.headers | {"ETag": '"v1"'})

    forum.site.traps.append(tagged)
    first = forum.visit()
    again = forum.visit()
    assert again.pages_unchanged == 2
    assert again.pages_fetched == 1
    assert again.requests_saved == first.pages_fetched - 2
    assert again.outcome == "finished"


def test_a_last_modified_of_old_saves_the_page(forum: Forum) -> None:
    written = "Mon, 05 Jan 2026 09:00:00 GMT"

    def dated(path: str, headers: Mapping[str, str]) -> Reply | None:
        if path != "/t5/Talk/bd-p/Talk":
            return None
        if headers.get("If-Modified-Since") == written:
            return Reply(b"", 304)
        shown = page(forum.site.board("Talk", 1), "ForumPage")
        return Reply(shown.body, 200, shown.headers | {"Last-Modified": written})

    forum.site.traps.append(dated)
    forum.visit()
    again = forum.visit()
    assert (again.pages_fetched, again.pages_unchanged, again.failures) == (1, 2, ())


def test_a_last_modified_of_now_is_not_believed(forum: Forum) -> None:
    def dated(path: str, headers: Mapping[str, str]) -> Reply | None:
        if path != "/t5/Talk/bd-p/Talk":
            return None
        shown = page(forum.site.board("Talk", 1), "ForumPage")
        return Reply(shown.body, 200, shown.headers | {"Last-Modified": now()})

    forum.site.traps.append(dated)
    forum.visit()
    forum.visit()
    assert all("If-Modified-Since" not in asked.headers for asked in forum.site.log)


def now() -> str:
    from email.utils import formatdate

    return formatdate(usegmt=True)


def test_a_board_named_as_start_is_read_alone(forum: Forum) -> None:
    forum.site.topic("Other", "Elsewhere", 2)
    forum.visit(start=(f"{forum.site.url}/t5/Talk/bd-p/Talk",))
    assert not [path for path in forum.site.asked() if "/Other/" in path]
    assert len(forum.held()) == 40 * 3 + 4 * 9


def test_only_boards_below_the_prefixes_are_read(forum: Forum) -> None:
    other = forum.site.topic("Other", "Elsewhere", 2)
    forum.visit(include=("/t5/Other/",))
    assert forum.site.asked() == ["/", "/t5/Other/bd-p/Other", other.path]


def test_boards_that_are_taken_in_no_more_are_left_alone_until_they_are_again(forum: Forum) -> None:
    other = forum.site.topic("Other", "Elsewhere", 2)
    forum.visit()
    late = forum.site.post(other, "Late.", datetime.now(UTC) - timedelta(minutes=1))
    talk = forum.site.post(forum.site.topics[min(forum.site.topics)], "Late.", late.at)
    for rotation in (timedelta(days=30), timedelta(0)):
        summary = forum.visit(rotation, include=("/t5/Talk/",))
        assert (summary.outcome, [path for path in forum.site.asked() if "/Other/" in path]) == (
            "finished",
            [],
        )
    assert talk.id in forum.held() and late.id not in forum.held()
    forum.visit()
    assert late.id in forum.held()


def test_a_dry_run_asks_nobody_and_says_why(forum: Forum) -> None:
    (start,) = plan([forum.spec()], forum.root)
    assert (start.url, start.reason) == (f"{forum.site.url}/", Reason.START)
    forum.visit()
    forum.site.log.clear()
    reasons = {decision.reason for decision in plan([forum.spec()], forum.root)}
    assert reasons == {Reason.START, Reason.LISTING}
    due = plan([forum.spec()], forum.root, recrawl_max=timedelta(0))
    assert sum(decision.reason is Reason.ROTATION for decision in due) == 40
    assert forum.site.log == []


def test_every_run_is_remembered(forum: Forum) -> None:
    first, second = forum.visit(), forum.visit()
    assert past_runs(forum.root) == [first, second]
