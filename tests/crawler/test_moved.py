"""A forum that is at another address now, on another host or port: read on there, its threads known again."""

from dataclasses import replace
from datetime import timedelta

from trapsite import START, serving
from visits import Forum

from crawler.run import plan

WEEK = START + timedelta(days=7)


def test_a_forum_at_another_address_is_read_on_there(forum: Forum) -> None:
    forum.visit()
    held = forum.held()
    topic = forum.site.topics[min(forum.site.topics)]
    new = forum.site.post(topic, "Written at the new place", WEEK)
    with serving(replace(forum.site, log=[])) as moved:
        elsewhere = Forum(moved, forum.root)
        dry = plan([elsewhere.spec()], forum.root)
        summary = elsewhere.visit()
        asked = moved.asked("/td-p/")
        again = elsewhere.visit()
    assert {decision.url for decision in dry} == {f"{moved.url}/"}
    assert (summary.outcome, summary.failures, again.outcome) == ("finished", (), "finished")
    assert any("no longer in the configuration" in note for note in summary.notes) and not again.notes
    assert sorted(asked) == [topic.path, *(f"{topic.path}/page/{n}" for n in (2, 3))]
    assert elsewhere.held() == held | {new.id}


def test_a_forum_that_only_moved_costs_its_listings(forum: Forum) -> None:
    forum.visit()
    with serving(replace(forum.site, log=[])) as moved:
        summary = Forum(moved, forum.root).visit()
    assert (summary.outcome, summary.failures) == ("finished", ())
    assert sorted(moved.asked()) == [
        "/",
        "/t5/Talk/bd-p/Talk",
        *(f"/t5/Talk/bd-p/Talk/page/{n}" for n in (2, 3, 4)),
    ]


def test_a_pass_that_was_cut_short_begins_anew_at_another_address(forum: Forum) -> None:
    assert forum.visit(max_pages=5).outcome == "limit"
    with serving(replace(forum.site, log=[])) as moved:
        summary = Forum(moved, forum.root).visit()
    assert (summary.outcome, summary.failures) == ("finished", ())
    assert len(forum.held()) == sum(len(topic.entries) for topic in forum.site.topics.values())
