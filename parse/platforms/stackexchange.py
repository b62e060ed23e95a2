"""Stack Exchange (Stack Overflow, its kin and their meta sites): questions, answers and comments on each.

Known from saved pages of 2015 to 2022 and from what reads today's. Lists are crawled by activity.
Comments that a page does not show stand where robots.txt lets no program in (`/posts/…/comments`).
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup, untangle
from parse.feedback import is_done
from parse.html_fields import (
    attribute,
    captured,
    count_in,
    every,
    find,
    find_all,
    first,
    has_class,
    number_in,
    text_of,
)
from parse.html_platform import HtmlPlatform
from parse.html_table import UNEDITED, Edit, Mark, Selectors, Sight
from parse.json_fields import whole
from parse.model import Author, Board, PageKind, PlatformEvent, Post, Thread, ThreadRow
from parse.quotes.plain import EMPTY, Body
from parse.software import question_notices, questions, signatures
from parse.software.questions import COMMENT
from parse.urls import parameter, split, tidy

_SHORT = re.compile(r"/q/(\d+)(?:/\d+)?(?=[/?#]|\Z)")
_SLUG = re.compile(r"(/questions/\d+/[^/?#]+)/[^?#]*")
_POST_LINK = re.compile(r"/a/(\d+)|#(?:answer-)?(\d+)\Z|/questions/\d+/[^/?#]+/(\d+)(?=[?#]|\Z)")
_COMMENT_LINK = re.compile(r"#comment-?(\d+)")
_LIST = re.compile(r"/questions(?:/tagged/[^/?#]+)?/?(?:\?|\Z)")
_TAB = re.compile(r"(?<=[?&]tab=)\w+")
_SCORE = re.compile(r"([-–\N{MINUS SIGN}]?)\s*(\d[\d,]*)")
_ASKED = re.compile(r"\basked\b")


class StackExchange(HtmlPlatform):
    name = "stackexchange"
    marks = (
        Mark("data-answerid", ".answer[data-answerid]", 0.95),
        Mark("data-questionid", "#question[data-questionid], .question[data-questionid]", 0.95),
        Mark("s-post-summary", "[id^=question-summary-].s-post-summary", 0.95),
        Mark("question-summary-", ".question-summary[id^=question-summary-]", 0.95),
        Mark("sstatic.net/", 'link[href*="sstatic.net/"][rel*=icon]', 0.9),
        Mark("question-hyperlink", "#question-header .question-hyperlink", 0.8),
        Mark("s-post-summary", ".s-post-summary .s-post-summary--content-title", 0.8),
    )
    table = Selectors(
        post="div[data-questionid], div[data-answerid], li[id^=comment-], tr[id^=comment-]",
        body=".js-post-body, .s-prose, .post-text, .comment-copy",
        author=".post-signature .user-details a[href*='/users/'], .comment-user",
        time=".post-signature .relativetime, .comment-date [title], time[itemprop=dateCreated]",
        solution=".js-accepted-answer-indicator:not(.d-none), .vote-accepted-on",
        hidden=".deleted-answer, .deleted-comment",
        title="#question-header h1, h1",
        solved=".accepted-answer, .vote-accepted-on",
        pager=".pager:not(.page-sizer) a[href], .s-pagination:not(.page-sizer) a[href], "
              ".pager-answers a[href]",
        current_page=".s-pagination .is-selected, .page-numbers.current",
        thread_page="#question-header",
        row=".s-post-summary, .question-summary",
        row_link=".s-post-summary--content-title a[href], h3 a[href], a.question-hyperlink",
        boards="#tags-browser a.post-tag[href], .tag-cell a.post-tag[href]",
        board_page="#questions, #mainbar .js-search-results, .no-search-results",
        login="form#login-form, form[action*='/users/login']",
        missing=".revision-comment, .error-page, .page-not-found, h1:lexbor-contains(\"page not found\" i)",
    )  # fmt: skip
    quotes = QuoteMarkup(
        block="blockquote:not(.spoiler)",
        drop=(".d-none", ".snippet-ctas", *question_notices.NOTICES.split(", ")),
    )
    thread_url = re.compile(r"/questions/(\d+)")
    board_url = re.compile(r"/questions/tagged/([^/?#]+)|/(questions|unanswered)/?(?=[?#]|\Z)")
    significant = ("tab", "sort", "pagesize", "page")
    user_url = signatures.USER

    def canonical(self, url: str) -> str:
        """Ways to a post lead to its question, all orders of its answers are one; lists by activity."""
        plain = _SLUG.sub(r"\1", _SHORT.sub(r"/questions/\1", url, count=1), count=1)
        if self.thread_url.search(plain):
            return self.without_first_page(tidy(plain, ("page",)))
        kept = _TAB.sub(lambda m: m[0].lower(), super().canonical(plain))
        is_plain = _LIST.search(kept) and not parameter(kept, "tab") and not parameter(kept, "sort")
        path, _, query = kept.partition("?")
        return f"{path}?{questions.BY_ACTIVITY}{'&' if query else ''}{query}" if is_plain else kept

    def own_url(self, sight: Sight) -> str:
        """Fetched by its number alone, only the page itself tells the whole address of a question."""
        fetched = sight.doc.page.url
        is_short = self.thread_url.search(fetched) and not re.search(r"/questions/\d+/[^/?#]", fetched)
        return self.canonical(self.stated_url(sight.doc)) if is_short else super().own_url(sight)

    def kind(self, sight: Sight, posts: Sequence[LexborNode]) -> PageKind:
        """The front page shows what is new and leads to the list of everything."""
        kind = super().kind(sight, posts)
        return PageKind.INDEX if kind is PageKind.BOARD and _is_home(sight) else kind

    def boards(self, sight: Sight) -> tuple[Board, ...]:
        all_of_it = Board(
            id="questions", title="Questions", url=sight.url(f"/questions?{questions.BY_ACTIVITY}")
        )
        return (all_of_it,) if _is_home(sight) else super().boards(sight)

    def board_here(self, sight: Sight) -> Board | None:
        """Headings of lists say how they are sorted, too."""
        board = super().board_here(sight)
        return board and replace(board, title=board.id, url=self.canonical(tidy(board.url, ())))

    # A post

    def post_id(self, node: LexborNode) -> str | None:
        if _is_comment(node):
            number = attribute(node, "data-comment-id") or number_in(node.id or "")
            return f"{COMMENT}{number}" if number else None
        return attribute(node, "data-answerid") or attribute(node, "data-questionid") or None

    def post_at(self, url: str) -> str | None:
        if m := _COMMENT_LINK.search(url):
            return f"{COMMENT}{m[1]}"
        m = _POST_LINK.search(url)
        return captured(m) if m else None

    def post_url(self, node: LexborNode, post_id: str, sight: Sight) -> str | None:
        start = self.thread_start(sight.own)
        if _is_comment(node):
            return f"{start}#comment{post_id.removeprefix(COMMENT)}_{self.reply_to(node)}"
        return start if _is_question(node) else sight.url(f"/a/{post_id}")

    def body(self, node: LexborNode) -> Body:
        """Comments stand inside the post they are on, so the first body is the post's own."""
        content = node.css_first(self.table.body)
        return untangle(content, self.quotes) if content else EMPTY

    def author(self, node: LexborNode, sight: Sight) -> Author | None:
        """The last signature is the owner's; the one before it, if any, the editor's."""
        if not _is_comment(node):
            signed = every(node, ".post-signature")
            return signatures.signed(signed[-1], sight) if signed else None
        name = first(node, ".comment-user")
        return signatures.person(name, sight) if name is not None and text_of(name) else None

    def linked_author(self, node: LexborNode, sight: Sight) -> Author | None:
        """Whoever deleted the account has no link; the next one is somebody else's."""
        return None

    def edit(self, node: LexborNode, sight: Sight, author: Author | None) -> Edit:
        notice = next(filter(signatures.is_edit, every(node, ".post-signature")[:-1]), None)
        if notice is None or _is_comment(node):
            return UNEDITED
        editor = signatures.signed(notice, sight) or author
        by_staff = editor is not None and editor.is_staff and (author is None or editor.key != author.key)
        at = sight.time(self.time_shown(first(notice, ".relativetime")))
        return Edit(at=at, by=editor.name if editor else None, by_staff=by_staff)

    def dated(self, node: LexborNode, sight: Sight) -> str:
        """What the community owns is signed without a date; the machine's date stands elsewhere then."""
        if _is_comment(node):
            return self.time_shown(first(node, ".comment-date [title]"))
        signed = [sign for sign in every(node, ".post-signature") if not signatures.is_edit(sign)]
        shown = next((time for sign in signed[::-1] if (time := first(sign, ".relativetime"))), None)
        created = find(sight.doc, "time[itemprop=dateCreated]") if _is_question(node) else None
        return self.time_shown(shown or created or first(node, "time[itemprop=dateCreated]"))

    def time_shown(self, node: LexborNode | None) -> str:
        """A comment's says below what licence it was written, too."""
        return super().time_shown(node).partition(", License")[0]

    def likes(self, node: LexborNode) -> int | None:
        stated = attribute(node, "data-comment-score") or attribute(node, "data-score")
        if not stated and _is_comment(node):
            return count_in(text_of(first(node, ".comment-score"))) or 0
        m = _SCORE.search(stated or text_of(first(node, ".js-vote-count, .vote-count-post")))
        return (whole(m[2].replace(",", "")) or 0) * (-1 if m[1] else 1) if m else None

    def position(self, node: LexborNode) -> int | None:
        """Answers stand in the order of votes, comments below each; only the question's place is certain."""
        return 1 if _is_question(node) else None

    def reply_to(self, node: LexborNode) -> str | None:
        """A comment answers what it stands under; an answer the question."""
        above = node.parent if _is_comment(node) else None
        while above is not None and above.is_element_node:
            if own := attribute(above, "data-answerid") or attribute(above, "data-questionid"):
                return own
            above = above.parent
        return attribute(node, "data-parentid") or None

    # The thread

    def settled(self, found: Sequence[tuple[LexborNode, Post]], sight: Sight) -> Sequence[Post]:
        """The question stands above every page of answers, with its comments."""
        accepted = {post.id for node, post in found if has_class(node, "accepted-answer")}
        asked = next((post.id for node, post in found if _is_question(node)), None)
        is_later = self.paging(sight)[0] > 1
        posts = [
            replace(
                post,
                is_solution=post.id in accepted or (post.is_solution and post.id != asked),
                reply_to=post.reply_to or (asked if post.id != asked else None),
                is_copy=is_later and asked in (post.id, post.reply_to) and not _is_answer(node),
            )
            for node, post in found
        ]
        return tuple(questions.with_answered({post.id: post for post in posts}.values()))

    def thread(self, sight: Sight, posts: Sequence[Post], url: str) -> Thread:
        """An answer that was accepted solves a question, but makes no wish come true."""
        thread, question = super().thread(sight, posts, url), _question(sight)
        ending = questions.ending(super().title(sight))
        status = questions.status(_tags(sight), ending)
        return replace(
            thread,
            started_at=next((post.posted_at for post in posts if post.position == 1), None),
            stated_reply_count=_stated_replies(sight) if thread.page_count == 1 else None,
            view_count=count_in(attribute(find(sight.doc, "[title^='Viewed ']"), "title")),
            is_locked=bool(ending) or (question is not None and question_notices.is_locked(question)),
            is_solved=is_done(status) if status else thread.is_solved,
            status=status,
        )

    def title(self, sight: Sight) -> str:
        return questions.plain_title(super().title(sight))

    def crumb_board(self, sight: Sight) -> Board | None:
        parts = split(sight.own)
        return questions.board(_tags(sight), f"{parts.scheme}://{parts.netloc}")

    def events(self, sight: Sight) -> tuple[PlatformEvent, ...]:
        question = _question(sight)
        return tuple(question_notices.events(question, sight)) if question else ()

    # Listings

    def row(self, node: LexborNode, sight: Sight) -> ThreadRow | None:
        """Sorted by age, a row with answers does not tell when the last was written."""
        row = super().row(node, sight)
        shown = first(node, ".s-user-card--time, .started")
        count = _answers(node)
        is_last = shown is not None and (not _ASKED.search(text_of(shown)) or count == 0)
        last = sight.time(self.time_shown(first(shown, ".relativetime"))) if shown and is_last else None
        return row and replace(
            row,
            title=questions.plain_title(row.title),
            is_locked=questions.ending(row.title) is not None,
            reply_count=count,
            last_post_at=last,
        )


def _is_comment(node: LexborNode) -> bool:
    return (node.id or "").startswith("comment-")


def _is_question(node: LexborNode) -> bool:
    return bool(attribute(node, "data-questionid"))


def _is_answer(node: LexborNode) -> bool:
    return bool(attribute(node, "data-answerid"))


def _question(sight: Sight) -> LexborNode | None:
    return find(sight.doc, "div[data-questionid]")


def _tags(sight: Sight) -> list[str]:
    question = _question(sight)
    return list(dict.fromkeys(map(text_of, every(question, "a.post-tag[rel=tag]")))) if question else []


def _stated_replies(sight: Sight) -> int | None:
    """Answers and comments, with those that a click would show."""
    answers = attribute(find(sight.doc, "[data-answercount]"), "data-answercount")
    lists = find_all(sight.doc, ".js-comments-list[data-remaining-comments-count]")
    more = [whole(attribute(each, "data-remaining-comments-count")) or 0 for each in lists]
    shown = len(find_all(sight.doc, "li[id^=comment-], tr[id^=comment-]"))
    return int(answers) + shown + sum(more) if answers.isdecimal() else None


def _answers(row: LexborNode) -> int | None:
    """The second of three numbers: votes, answers, views."""
    numbers = every(row, ".s-post-summary--stats-item-number")
    shown = numbers[1] if len(numbers) > 1 else first(row, ".status strong, .status .mini-counts")
    return count_in(text_of(shown))


def _is_home(sight: Sight) -> bool:
    return split(sight.own).path in ("", "/")


platform = StackExchange()
