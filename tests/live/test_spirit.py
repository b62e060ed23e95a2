"""Spirit: a front page that lists all topics, and stones where comments were removed."""

from datetime import timedelta
from pathlib import Path

from real_forum import Forum, only_live, running

from parse.model import PostState

pytestmark = only_live


def test_a_week_in_a_real_forum(tmp_path: Path) -> None:
    with running("django-spirit==0.14.3", "spirit_site.py", tmp_path, "/") as forum:
        first = forum.visit()
        assert first.outcome == "finished"
        assert first.failures == ()
        before = forum.truth()
        assert forum.shown() == before

        forum.do("change")
        second = forum.visit()
        after = forum.truth()
        assert second.failures == ()
        assert forum.shown(second.run_id).items() <= after.items()
        assert after.items() - before.items() <= forum.shown(second.run_id).items()  # replies, topic, edit
        assert closed(forum, second.run_id) == {"Safety question 6"}
        assert second.requests <= first.requests / 2

        third = forum.visit()
        assert third.pages_fetched == 1  # the front page

        rotated = forum.visit(rotation=timedelta(0))  # the stone lies deep in its topic, and the count stays
        assert removed(forum, rotated.run_id) == before.keys() - after.keys()
        assert forum.shown(rotated.run_id) == after


def removed(forum: Forum, run_id: str) -> set[str]:
    """Posts that the forum itself shows as removed."""
    posts = [post for thread in forum.threads(run_id) for post in thread.posts]
    return {post.id for post in posts if post.state is PostState.REMOVED}


def closed(forum: Forum, run_id: str) -> set[str]:
    kinds = [(thread.title, event.kind) for thread in forum.threads(run_id) for event in thread.events]
    return {title for title, kind in kinds if kind == "thread_locked"}
