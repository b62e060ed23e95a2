"""The demo community as Discourse's JSON tells it: categories, lists, topics, chunks of posts."""

import json
import re
from datetime import datetime
from hashlib import sha256
from html import escape
from typing import Any
from urllib.parse import parse_qsl

from folkmoot.demo.answer import ROBOTS, Answer, slug, words_to_html
from folkmoot.demo.markup import Block, QuoteBlock, Words, read_body
from folkmoot.demo.model import Person, Poll, Thread
from folkmoot.demo.view import ShownPost, View

POSTS_A_TOPIC = 20
TOPICS_A_PAGE = 5
_ACTION_IDS = 900_000_000
"""Small actions are posts, too; theirs are above all ids of the content."""
_TOPIC = re.compile(r"/t/(?:[^/]+/)?(\d+)(?:/\d+)?(?:\.json)?")
_CHUNK = re.compile(r"/t/(?:[^/]+/)?(\d+)/posts\.json")
_CATEGORY = re.compile(r"/c/(?:[\w-]+/)*?(\d+)(?:/l/latest)?(?:\.json)?")
_HOME = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="generator" content="Discourse 3.4.0 - https://github.com/discourse/discourse">
<meta property="og:site_name" content="{title}"></head>
<body><noscript>This forum needs JavaScript.</noscript></body></html>"""


class DiscourseApi:
    """Answers requests for the JSON of one site. `view` may be changed between requests."""

    def __init__(self, view: View, base: str) -> None:
        self.view = view
        self.base = base

    def answer(self, path: str, query: str) -> Answer:
        """The JSON at a path, with an ETag; an error in JSON as Discourse words it where there is nothing."""
        if path == "/robots.txt":
            return ROBOTS
        if path == "/":
            return Answer(body=_HOME.format(title=escape(self.view.title)).encode())
        found = self.found(path, parse_qsl(query))
        if found is None:
            words = "The requested URL or resource could not be found."
            return _json({"errors": [words], "error_type": "not_found"}, status=404)
        return _json(found)

    def found(self, path: str, query: list[tuple[str, str]]) -> dict[str, Any] | None:
        page = next((int(value) for key, value in query if key == "page" and value.isdecimal()), 0)
        if path in ("/site.json", "/categories.json"):
            return self.categories(path)
        if path == "/posts.json":
            return {"latest_posts": self.newest()}
        if path == "/latest.json":
            return self.listing(list(self.view.threads), page, "/latest")
        if m := _CATEGORY.fullmatch(path):
            return self.category(int(m[1]), page)
        m = _CHUNK.fullmatch(path) or _TOPIC.fullmatch(path)
        thread = self.view.thread(int(m[1])) if m else None
        if m is None or thread is None:
            return None
        if path.endswith("/posts.json"):
            wanted = {value for key, value in query if key == "post_ids[]"}
            posts = [post for post in self.stream(thread) if str(post["id"]) in wanted]
            return {"post_stream": {"posts": posts}, "id": thread.id}
        return self.topic(thread)

    # Lists

    def category_id(self, board_id: str) -> int:
        return 5 + [board.id for board in self.view.boards].index(board_id)

    def categories(self, path: str) -> dict[str, Any]:
        entries = [
            {
                "id": self.category_id(board.id),
                "name": board.title,
                "slug": board.id,
                "description": board.description,
                "topic_count": len(self.view.listing(board.id)),
            }
            for board in self.view.boards
        ]
        if path == "/site.json":
            return {"categories": entries, "post_action_types": [{"id": 2, "name_key": "like"}]}
        return {"category_list": {"can_create_category": False, "categories": entries}}

    def category(self, number: int, page: int) -> dict[str, Any] | None:
        board = next((b for b in self.view.boards if self.category_id(b.id) == number), None)
        if board is None:
            return None
        return self.listing(self.view.listing(board.id), page, f"/c/{board.id}/{number}/l/latest")

    def listing(self, threads: list[Thread], page: int, path: str) -> dict[str, Any]:
        latest = sorted(threads, key=self.view.last_post_at, reverse=True)
        end = (page + 1) * TOPICS_A_PAGE
        topics = [self.row(thread) for thread in latest[page * TOPICS_A_PAGE : end]]
        topic_list: dict[str, Any] = {"per_page": TOPICS_A_PAGE, "topics": topics}
        if end < len(latest):
            topic_list["more_topics_url"] = f"{path}?page={page + 1}"
        return {"users": [], "topic_list": topic_list}

    def row(self, thread: Thread) -> dict[str, Any]:
        stream = self.stream(thread)
        last = _stamp(self.view.last_post_at(thread))
        return {
            "id": thread.id,
            "title": thread.title,
            "fancy_title": thread.title,
            "slug": slug(thread.title).lower(),
            "posts_count": len(self.view.shown_posts(thread)),
            "highest_post_number": stream[-1]["post_number"],
            "created_at": _stamp(thread.posts[0].at),
            "last_posted_at": last,
            "bumped_at": last,
            "pinned": thread.sticky,
            "closed": thread.locked_in(self.view.week),
            "archived": False,
            "visible": True,
            "views": thread.views,
            "tags": list(thread.labels),
            "category_id": self.category_id(thread.board),
            "has_accepted_answer": thread.solved,
        }

    def newest(self) -> list[dict[str, Any]]:
        posts = [post for thread in self.view.threads for post in self.stream(thread)]
        return sorted(posts, key=lambda post: str(post["created_at"]), reverse=True)[:20]

    # Topics

    def topic(self, thread: Thread) -> dict[str, Any]:
        stream = self.stream(thread)
        accepted = next((post for post in stream if post["accepted_answer"]), None)
        return {
            **self.row(thread),
            "post_stream": {"posts": stream[:POSTS_A_TOPIC], "stream": [post["id"] for post in stream]},
            "chunk_size": POSTS_A_TOPIC,
            "accepted_answer": accepted
            and {"post_number": accepted["post_number"], "username": accepted["username"]},
        }

    def stream(self, thread: Thread) -> list[dict[str, Any]]:
        """Posts and small actions in the order of time; numbers count what has since been removed as well."""
        numbers = self.numbers(thread)
        posts = [self.post(thread, shown, numbers) for shown in self.view.shown_posts(thread)]
        posts += [self.action(thread, *each, numbers) for each in self.actions(thread)]
        return sorted(posts, key=lambda post: int(post["post_number"]))

    def actions(self, thread: Thread) -> list[tuple[str, str, datetime]]:
        """What moderators did to the topic: code, person, time."""
        done = []
        if thread.moved_by and thread.moved_at:
            done.append(("category_changed", thread.moved_by, thread.moved_at))
        if thread.locked_by and thread.locked_at and thread.locked_in(self.view.week):
            done.append(("closed.enabled", thread.locked_by, thread.locked_at))
        return done

    def numbers(self, thread: Thread) -> dict[int | str, int]:
        """The number of every post by its id, and of every small action by its code."""
        moments: list[tuple[datetime, int | str]] = [(post.at, post.id) for post in thread.posts]
        moments += [(moment, code) for code, _, moment in self.actions(thread)]
        ordered = sorted(moments, key=lambda each: each[0])
        return {key: number for number, (_, key) in enumerate(ordered, 1)}

    def post(self, thread: Thread, shown: ShownPost, numbers: dict[int | str, int]) -> dict[str, Any]:
        post, edited = shown.post, shown.edited
        parent = post.reply_to and next((p for p in thread.posts if p.id == post.reply_to), None)
        return {
            **self.entry(thread, post.id, shown.author, post.at, numbers[post.id]),
            "cooked": "".join(self.block(block, thread) for block in read_body(shown.body)),
            "updated_at": _stamp(edited.at if edited else post.at),
            "version": 2 if edited else 1,
            "edit_reason": edited.reason or None if edited else None,
            "reply_to_post_number": numbers[parent.id] if parent else None,
            "reply_to_user": {"username": self.view.person(parent.by).login} if parent else None,
            "actions_summary": [{"id": 2, "count": shown.likes}] if shown.likes else [],
            "accepted_answer": post.solution,
            **({"polls": [self.poll(post.poll)]} if post.poll else {}),
        }

    def poll(self, poll: Poll) -> dict[str, Any]:
        """How the vote stands in this week."""
        is_late = self.view.week > 1
        now = self.view.community.crawled_at[self.view.week - 1]
        return {
            "name": "poll",
            "title": escape(poll.question),
            "type": "multiple" if poll.max_choices > 1 else "regular",
            "max": poll.max_choices,
            "status": "closed" if poll.closes_at and poll.closes_at <= now else "open",
            "results": "always",
            "close": _stamp(poll.closes_at) if poll.closes_at else None,
            "voters": poll.voters_in_week2 if is_late else poll.voters,
            "options": [
                {
                    "id": f"{number:032x}",
                    "html": escape(choice.text),
                    "votes": choice.votes_in_week2 if is_late else choice.votes,
                }
                for number, choice in enumerate(poll.choices, 1)
            ],
        }

    def action(
        self, thread: Thread, code: str, person: str, at: datetime, numbers: dict[int | str, int]
    ) -> dict[str, Any]:
        post_id = _ACTION_IDS + thread.id * 10 + len(code) % 10
        return {
            **self.entry(thread, post_id, self.view.person(person), at, numbers[code]),
            "cooked": "",
            "post_type": 3,
            "action_code": code,
        }

    def entry(
        self, thread: Thread, post_id: int, author: Person, at: datetime, number: int
    ) -> dict[str, Any]:
        """What posts and small actions have in common."""
        return {
            "id": post_id,
            "username": author.login,
            "name": author.name,
            "user_id": author.user_id,
            "user_title": author.role if author.staff else None,
            "moderator": author.staff,
            "admin": False,
            "staff": author.staff,
            "created_at": _stamp(at),
            "updated_at": _stamp(at),
            "post_number": number,
            "post_type": 1,
            "topic_id": thread.id,
            "topic_slug": slug(thread.title).lower(),
            "hidden": False,
            "user_deleted": False,
            "version": 1,
            "accepted_answer": False,
        }

    def block(self, block: Block, thread: Thread) -> str:
        if isinstance(block, Words):
            return words_to_html(block.text, self.mention)
        inner = "".join(self.block(deeper, thread) for deeper in block.blocks)
        if block.name is None and block.post is None:
            return f"<blockquote>{inner}</blockquote>"
        attributes, name = self.source(block)
        title = f'<div class="title"><div class="quote-controls"></div> {escape(name)}:</div>'
        return f'<aside class="quote no-group" {attributes}>{title}<blockquote>{inner}</blockquote></aside>'

    def source(self, block: QuoteBlock) -> tuple[str, str]:
        """The attributes that say whom and which post a quote holds, and the name in its title."""
        if block.post is None or block.person is None:
            return f'data-username="{escape(block.name or "")}"', block.name or ""
        login = self.view.person(block.person).login
        topic = self.view.thread_with(block.post)
        number = self.numbers(topic).get(block.post) if topic else None
        if topic is None or number is None:
            return f'data-username="{login}"', login
        return f'data-username="{login}" data-post="{number}" data-topic="{topic.id}"', login

    def mention(self, login: str) -> str:
        return f'<a class="mention" href="/u/{login}">@{login}</a>'


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _json(data: dict[str, Any], status: int = 200) -> Answer:
    body = json.dumps(data, ensure_ascii=False).encode()
    etag = f'W/"{sha256(body).hexdigest()[:32]}"' if status == 200 else None
    return Answer(status=status, content_type="application/json; charset=utf-8", body=body, etag=etag)
