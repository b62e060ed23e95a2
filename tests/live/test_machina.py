"""django-machina: its posts have ids of their own, and a deleted one leaves no trace."""

from pathlib import Path

from real_forum import only_live, running

pytestmark = only_live


def test_a_week_in_a_real_forum(tmp_path: Path) -> None:
    with running("django-machina==1.3.1", "machina_site.py", tmp_path, "/forum/") as forum:
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
        (deleted,) = before.keys() - after.keys()
        assert forum.pages_of(second.run_id, forum.thread_of(deleted)) == {1, 2}  # its whole thread was read
        assert second.requests <= first.requests / 2

        third = forum.visit()
        assert third.pages_fetched == 3  # the index and two listings
