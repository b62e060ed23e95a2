"""What the demo community has to show in a given week: which threads and posts, in which words."""

from dataclasses import dataclass
from datetime import datetime

from folkmoot.demo.model import Board, Community, Edit, Person, Post, Thread


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPost:
    """A post as it stands in that week."""

    post: Post
    author: Person
    body: str
    edited: Edit | None
    likes: int
    number: int
    """1, 2, … within the thread as it was written: what has been removed leaves a gap."""
    depth: int
    """0 for the opening post; one more than the post it answers by the platform's own links."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One site in one week."""

    community: Community
    site_id: str
    week: int

    @property
    def title(self) -> str:
        return next(site.title for site in self.community.sites if site.id == self.site_id)

    @property
    def boards(self) -> tuple[Board, ...]:
        return tuple(board for board in self.community.boards if board.site == self.site_id)

    @property
    def threads(self) -> tuple[Thread, ...]:
        return tuple(t for t in self.community.threads if t.site == self.site_id and t.week <= self.week)

    def board(self, board_id: str) -> Board | None:
        return next((board for board in self.boards if board.id == board_id), None)

    def thread(self, thread_id: int) -> Thread | None:
        return next((thread for thread in self.threads if thread.id == thread_id), None)

    def thread_with(self, post_id: int) -> Thread | None:
        """The thread in which a post stands or stood."""
        return next((t for t in self.threads if any(p.id == post_id for p in t.posts)), None)

    def person(self, person_id: str) -> Person:
        return self.community.people[person_id]

    def last_post_at(self, thread: Thread) -> datetime:
        return max(post.at for post in thread.posts_in(self.week))

    def listing(self, board_id: str) -> list[Thread]:
        """The threads of a board, pinned ones first, then the latest activity first."""
        here = [thread for thread in self.threads if thread.board == board_id]
        latest = sorted(here, key=self.last_post_at, reverse=True)
        return sorted(latest, key=lambda thread: not thread.sticky)

    def moved_away(self, board_id: str) -> list[Thread]:
        """The threads of which this board keeps only a stub."""
        return [thread for thread in self.threads if thread.moved_from == board_id]

    def shown_posts(self, thread: Thread) -> list[ShownPost]:
        """The posts there are to see, oldest first."""
        numbers = {post.id: number for number, post in enumerate(thread.posts, 1)}
        visible = thread.posts_in(self.week)
        depths = {visible[0].id: 0}
        for post in visible[1:]:  # a reply whose parent is gone hangs on the opening post
            depths[post.id] = depths.get(post.reply_to or 0, 0) + 1
        return [self._shown(post, numbers[post.id], depths[post.id]) for post in visible]

    def _shown(self, post: Post, number: int, depth: int) -> ShownPost:
        change = post.week2 if self.week >= 2 else None
        return ShownPost(
            post=post,
            author=self.person(post.by),
            body=(change and change.body) or post.body,
            edited=(change and change.edited) or post.edited,
            likes=post.likes if change is None or change.likes is None else change.likes,
            number=number,
            depth=depth,
        )
