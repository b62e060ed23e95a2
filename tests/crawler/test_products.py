"""Whole crawls of places where products are argued about, whose pages tell a script and no link what there is more."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

import quick
from trapsite import Reply, serving

from crawler.archive import read_pages
from crawler.model import SiteSpec, SiteSummary
from parse.registry import read


class Place:
    """A site on loopback; its subclass draws what is asked for, or nothing."""

    url = ""

    def __init__(self) -> None:
        self.log: list[str] = []

    def answer(self, path: str, _: Mapping[str, str]) -> Reply:
        self.log.append(path)
        body = self.draw(path)
        if body is None:
            return Reply(b"no", 404)
        kind = "application/json" if body.startswith("{") else "text/html; charset=utf-8"
        return Reply(body.encode(), headers={"Content-Type": kind})

    def draw(self, path: str) -> str | None:
        raise NotImplementedError

    def asked(self) -> list[str]:
        return [path for path in self.log if path not in ("/robots.txt", "/sitemap.xml")]


def crawl(place: Any, root: Path, start: str) -> SiteSummary:
    with serving(place):
        spec = SiteSpec(id="place", start=(place.url + start,), delay=0, allow_private=True)
        (summary,) = quick.crawl([spec], root, contact="me@example.org")
    return summary


def held(root: Path) -> dict[str, set[str]]:
    """The ids of the posts in the archive, by the id of their thread."""
    found: dict[str, set[str]] = {}
    for file in sorted((root / "place").glob("*.warc.gz")):
        for page in read_pages(file):
            for thread in read(page).threads:
                found.setdefault(thread.id, set()).update(post.id for post in thread.posts)
    return found


class Hub(Place):
    """Steam's discussions of one app: two boards, two things a page."""

    boards: ClassVar = {"0": {"10001": 0, "10002": 5, "10003": 2}, "2": {"20001": 3}}
    """The comments of each topic of each board."""

    def draw(self, path: str) -> str | None:
        if path == "/app/7/discussions/":
            return f"<body>{self.side()}</body>"
        m = re.fullmatch(r"/app/7/discussions/(\d)/(?:(\d+)/)?(?:\?(?:ctp|fp)=(\d+))?", path)
        if m is None:
            return None
        start = (int(m[3] or 1) - 1) * 2
        return self.topic(m[1], m[2], start) if m[2] else self.board(m[1], start)

    def side(self) -> str:
        links = (
            f'<a href="{self.url}/app/7/discussions/{board}/">Board {board}</a>' for board in self.boards
        )
        return "".join(
            f'<div class="rightbox_list_option"><div class="forum_list_name">{link}</div></div>'
            for link in links
        )

    def board(self, board: str, start: int) -> str:
        rows = "".join(
            f'<div class="forum_topic"><a class="forum_topic_overlay" href="{self.url}/app/7/discussions/{board}/{gid}/">'
            f'</a><div class="forum_topic_reply_count">{count}</div><div class="forum_topic_name">Topic {gid}</div></div>'
            for gid, count in list(self.boards[board].items())[start : start + 2]
        )
        told = {"total_count": len(self.boards[board]), "start": start, "pagesize": 2}
        script = f"<script>InitializeForum( {json.dumps(told)}, 'x' );</script>"
        return f'<body><div class="forum_area">{rows}</div>{self.side()}{script}</body>'

    def topic(self, board: str, gid: str, start: int) -> str:
        count = self.boards[board][gid]
        said = "".join(self.comment(gid, n) for n in range(start + 1, min(start + 2, count) + 1))
        told = {"feature2": gid, "total_count": count, "start": start, "pagesize": 2}
        return (
            f'<body><div class="forum_breadcrumbs"><a href="{self.url}/app/7/discussions/{board}/">Board</a></div>'
            f'<div class="forum_op" id="forum_op_{gid}"><div class="forum_op_header"><div class="authorline">'
            f'<a class="forum_op_author" href="/id/ann" data-miniprofile="1">Ann</a>'
            f'<span class="date" data-timestamp="1714200000">x</span></div></div><div class="topic">Topic {gid}</div>'
            f'<div class="content">Please look at {gid}.</div></div>'
            f'<div class="forumtopic_comments"><div class="commentthread_comments">{said}</div></div><script>'
            f'InitializeCommentThread( "ForumTopic", "ForumTopic_1_2_{gid}", {json.dumps(told)}, "x" );</script></body>'
        )

    def comment(self, gid: str, n: int) -> str:
        return (
            f'<div class="commentthread_comment" id="comment_{gid}{n:03}"><div class="commentthread_comment_author">'
            f'<a class="commentthread_author_link" href="/id/bo" data-miniprofile="2"><bdi>Bo</bdi></a>'
            f'<span class="commentthread_comment_timestamp" data-timestamp="{1714200000 + n}">x</span></div>'
            f'<div class="commentthread_comment_text">Answer {n}.</div>'
            f'<div class="forum_comment_permlink"><a href="#c{gid}{n:03}">#{n}</a></div></div>'
        )


def test_pages_of_topics_and_of_comments_are_found_by_what_a_script_is_told(tmp_path: Path) -> None:
    hub = Hub()
    summary = crawl(hub, tmp_path, "/app/7/discussions/")
    assert (summary.outcome, summary.failures) == ("finished", ())
    topics = {gid: count for board in hub.boards.values() for gid, count in board.items()}
    assert held(tmp_path) == {gid: {gid, *(f"{gid}{n:03}" for n in range(1, count + 1))}
                              for gid, count in topics.items()}  # fmt: skip
    pages = 1 + 2 + 1 + sum(max(1, -(-count // 2)) for count in topics.values())
    assert len(hub.asked()) == len(set(hub.asked())) == pages


class Instance(Place):
    """Lemmy: a community whose pages carry ten comments of a post, while its interface gives fifty."""

    talks: ClassVar = {"310": 64, "311": 3, "312": 50}

    def draw(self, path: str) -> str | None:
        if path == "/c/harbours":
            found = {"posts": [self.post(number) for number in self.talks]}
            return self.page({"postsRes": {"state": "success", "data": found}})
        if m := re.fullmatch(r"/post/(\d+)", path):
            shown = {"comments": self.comments(m[1], 0, 10)}
            return self.page(
                {"postRes": {"data": {"post_view": self.post(m[1])}}, "commentsRes": {"data": shown}}
            )
        m = re.fullmatch(
            r"/api/v3/comment/list\?post_id=(\d+)&type_=All&limit=50&sort=Old(?:&page=(\d+))?", path
        )
        if m is None:
            return None
        start = (int(m[2] or 1) - 1) * 50
        return json.dumps({"comments": self.comments(m[1], start, start + 50)})

    def page(self, route: dict[str, Any]) -> str:
        told = json.dumps({"site_res": {}, "routeData": route})
        return f"<html><head><script>window.isoData = {told};\nif (light) {{ set(); }}</script></head></html>"

    def post(self, number: str) -> dict[str, Any]:
        post = {"id": int(number), "name": f"Post {number}", "published": "2024-02-01T09:00:00Z",
                "ap_id": f"{self.url}/post/{number}"}  # fmt: skip
        community = {"id": 7, "name": "harbours", "actor_id": f"{self.url}/c/harbours"}
        counts = {"comments": self.talks[number], "score": 1}
        return {"post": post, "creator": {"id": 1, "name": "ann"}, "community": community, "counts": counts}

    def comments(self, number: str, start: int, end: int) -> list[dict[str, Any]]:
        return [self.comment(number, n) for n in range(start, min(end, self.talks[number]))]

    def comment(self, number: str, n: int) -> dict[str, Any]:
        name, published = f"{number}{n:03}", "2024-02-01T10:00:00Z"
        said = {"id": int(name), "post_id": int(number), "content": f"Answer {n}.", "path": f"0.{name}",
                "published": published, "ap_id": f"{self.url}/comment/{name}"}  # fmt: skip
        post = self.post(number)
        return {"comment": said, "creator": {"id": 2, "name": "bo"}, "post": post["post"],
                "community": post["community"], "counts": {"score": 1}}  # fmt: skip


def test_comments_that_a_page_leaves_out_are_asked_for_where_they_are(tmp_path: Path) -> None:
    instance = Instance()
    summary = crawl(instance, tmp_path, "/c/harbours")
    assert (summary.outcome, summary.failures) == ("finished", ())
    assert held(tmp_path) == {
        number: {f"post-{number}", *(f"{number}{n:03}" for n in range(count))}
        for number, count in instance.talks.items()
    }
    assert len(instance.asked()) == len(set(instance.asked())) == 8
