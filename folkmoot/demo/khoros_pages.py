"""The demo community as Khoros shows it: index, boards, threads (linear and threaded), permalinks."""

import re
from dataclasses import replace
from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader

from folkmoot.demo.answer import ROBOTS, Answer, slug, words_to_html
from folkmoot.demo.markup import Block, Words, read_body
from folkmoot.demo.model import Board, Thread
from folkmoot.demo.view import ShownPost, View

POSTS_A_PAGE = 10
ROWS_A_PAGE = 10
ZONE = ZoneInfo("America/Los_Angeles")
"""Khoros shows the time of its community, and says nowhere which that is."""
_LOCAL_IDS = 4321
"""Khoros numbers messages anew within a community's boards; links use both numbers."""
_REDACTION = re.compile(r"\*\*Edited for ([^*<]+)\*\*")
_PATH = re.compile(
    r"/t5/(?:[^/]+/){1,2}(?P<kind>bd|idb|ct|td|idi|m)-p/(?P<id>[\w-]+)(?:/page/(?P<page>\d+))?/?"
)


class KhorosPages:
    """Answers requests for the pages of one site. `view` may be changed between requests."""

    def __init__(self, view: View, base: str) -> None:
        self.view = view
        self.base = base
        environment = Environment(loader=PackageLoader("folkmoot.demo"), autoescape=True, trim_blocks=True)
        environment.filters.update(shown=shown, exact=exact, slug=slug, board_path=board_path)
        self.templates = environment

    def answer(self, path: str, query: str) -> Answer:
        """The page at a path; query strings (session ids, tracking) make no difference."""
        if path == "/robots.txt":
            return ROBOTS
        if path == "/":
            return self.page("khoros_index", boards=self.view.boards)
        m = _PATH.fullmatch(path)
        page = int(m["page"] or 1) if m else 1
        if m and m["kind"] in ("bd", "idb", "ct"):
            return self.board(m["id"], page)
        if m and m["id"].isdecimal():
            return self.permalink(int(m["id"])) if m["kind"] == "m" else self.thread(int(m["id"]), page)
        return self.missing()

    def page(self, template: str, **values: object) -> Answer:
        made = self.templates.get_template(f"{template}.html.j2")
        return Answer(body=made.render(base=self.base, site=self.view.title, **values).encode())

    def missing(self) -> Answer:
        return replace(self.page("khoros_missing"), status=404)

    def board(self, board_id: str, page: int) -> Answer:
        board = self.view.board(board_id)
        if board is None:
            return self.missing()
        stubs = [(thread, True) for thread in self.view.moved_away(board_id)]
        rows = [(thread, False) for thread in self.view.listing(board_id)]
        pages = max(1, -(-len(rows) // ROWS_A_PAGE))
        page = min(page, pages)
        start = (page - 1) * ROWS_A_PAGE
        listed = [*(stubs if page == 1 else ()), *rows[start : start + ROWS_A_PAGE]]
        shown_rows = [(self.head(thread), moved) for thread, moved in listed]
        return self.page("khoros_board", board=board, rows=shown_rows, number=page, pages=pages)

    def head(self, thread: Thread) -> dict[str, object]:
        """What listings and thread pages both say about a thread."""
        posts = self.view.shown_posts(thread)
        return {
            "thread": thread,
            "url": self.thread_path(thread),
            "replies": len(posts) - 1,
            "last": max(post.post.at for post in posts),
            "locked": thread.locked_in(self.view.week),
            "status": thread.status_in(self.view.week),
            "author": posts[0].author,
        }

    def thread_path(self, thread: Thread) -> str:
        board = self.view.board(thread.board)
        kind = "idi" if board and board.is_for_ideas else "td"
        return f"{self.message_folder(thread)}/{kind}-p/{thread.id}"

    def message_folder(self, thread: Thread) -> str:
        board = self.view.board(thread.board)
        return f"/t5/{slug(board.title if board else thread.board)}/{slug(thread.title)}"

    def permalink(self, post_id: int) -> Answer:
        thread = self.view.thread_with(post_id)
        order = [post.post.id for post in self.ordered(thread)] if thread else []
        if thread is None or post_id not in order:
            return self.missing()
        linear = thread.layout == "linear"
        return self.thread(thread.id, order.index(post_id) // POSTS_A_PAGE + 1 if linear else 1)

    def ordered(self, thread: Thread) -> list[ShownPost]:
        """By time in the linear layout; every post below the one it answers in the threaded one."""
        posts = self.view.shown_posts(thread)
        if thread.layout == "linear":
            return posts
        children: dict[int | None, list[ShownPost]] = {}
        visible = {post.post.id for post in posts}
        for post in posts[1:]:
            parent = post.post.reply_to if post.post.reply_to in visible else thread.id
            children.setdefault(parent, []).append(post)
        order, waiting = [], posts[:1]
        while waiting:
            order.append(waiting.pop())
            waiting.extend(reversed(children.get(order[-1].post.id, ())))
        return order

    def thread(self, thread_id: int, page: int) -> Answer:
        """One page of a thread; the threaded layout has all posts on one."""
        thread = self.view.thread(thread_id)
        if thread is None:
            return self.missing()
        posts = self.ordered(thread)
        size = POSTS_A_PAGE if thread.layout == "linear" else len(posts)
        pages = -(-len(posts) // size)
        page = min(page, pages)  # a page past the end is answered with the last
        on_page = posts[(page - 1) * size : page * size]
        solution = next((post for post in posts if post.post.solution), None)
        return self.page(
            "khoros_thread",
            **self.head(thread),
            board=self.view.board(thread.board),
            folder=self.message_folder(thread),
            opening=posts[0],
            posts=[(posts.index(post) + 1, post) for post in on_page],
            solution=solution and (posts.index(solution) + 1, solution) if page == 1 else None,
            total=len(posts),
            number=page,
            pages=pages,
            local_ids=_LOCAL_IDS,
            body=self.body,
            person=self.view.person,
        )

    def body(self, text: str) -> str:
        html = "".join(self.block(block) for block in read_body(text))
        link = r'<span>**Edited for </span><a href="/t5/Tea-Break/Guidelines/m-p/3#U3">\1</a><span>**</span>'
        return _REDACTION.sub(link, html)

    def block(self, block: Block) -> str:
        """Khoros writes a quote's head as bare words between rules; it does not say which post is quoted."""
        if isinstance(block, Words):
            return words_to_html(block.text, self.mention)
        name = self.view.person(block.person).name if block.person else block.name
        head = f"<hr/>{escape(name)} wrote:" if name else ""
        inner = "".join(self.block(deeper) for deeper in block.blocks)
        return f"<blockquote>{head}{inner}{'<hr/>' if head else ''}</blockquote>"

    def mention(self, login: str) -> str:
        person = next((p for p in self.view.community.people.values() if p.login == login), None)
        if person is None:
            return f"@{login}"
        return f'<a href="/t5/user/viewprofilepage/user-id/{person.user_id}">@{login}</a>'


def board_path(board: Board) -> str:
    kind = "idb" if board.is_for_ideas else "bd"
    return f"/t5/{slug(board.title)}/{kind}-p/{board.id}"


def shown(moment: datetime) -> str:
    """As a reader sees it."""
    return moment.astimezone(ZONE).strftime("%b %d, %Y %I:%M:%S %p")


def exact(moment: datetime) -> str:
    """As machines are told, with the offset of the community's zone."""
    return moment.astimezone(ZONE).isoformat()
