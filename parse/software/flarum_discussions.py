"""The discussions of Flarum from its JSON: posts, what moderators did, and where the other posts are."""

from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup, untangle
from parse.html_fields import attribute, text_of
from parse.json_fields import fragment, mapping, text, whole
from parse.model import Link, LinkKind, PlatformEvent, Poll, PollOption, Post, PostState, Thread
from parse.quotes.heads import QuoteHead
from parse.software.flarum_answer import Answer, Resource, attributes, author, boards

PAGE = 20
"""Posts a page."""
_EVENTS = {"discussionRenamed": "thread_retitled", "discussionTagged": "thread_moved",
           "discussionMerged": "thread_merged", "discussionSplit": "thread_split"}  # fmt: skip


def _describe(block: LexborNode) -> QuoteHead:
    """The mention with which the quote begins carries the id of the quoted post."""
    mention = leading_mention(block)
    name = text_of(mention).lstrip("@") or None
    return QuoteHead(source_ref=attribute(mention, "data-id") or None, attributed_to=name)


def leading_mention(node: LexborNode | None) -> LexborNode | None:
    """The mention of a post with which the first words of the node begin."""
    mention = node.css_first(".PostMention") if node else None
    return mention if mention and text_of(node).startswith(text_of(mention)) else None


MARKUP = QuoteMarkup(block="blockquote", head="blockquote .PostMention:first-child", describe=_describe)


def read_threads(answer: Answer, page_number: int | None) -> tuple[Thread, ...]:
    """The discussion asked for, or those that the posts asked for belong to.

    `page_number` is that of an HTML page; an answer of the API has none.
    """
    return tuple(
        _thread(answer, discussion, posts, page_number) for discussion, posts in _grouped(answer).items()
    )


def _grouped(answer: Answer) -> dict[str, list[Resource]]:
    """The posts of each discussion, comments and what was done, in their order."""
    first = answer.data[0]
    own = text(first.get("id")) if first.get("type") != "posts" else None
    grouped: dict[str, list[Resource]] = {own: []} if own else {}
    for (kind, _), entry in answer.known.items():
        if kind == "posts" and "contentType" in attributes(entry):
            discussion = text(next(answer.related(entry, "discussion"), {}).get("id")) or own
            if discussion and (own is None or discussion == own):
                grouped.setdefault(discussion, []).append(entry)
    for posts in grouped.values():
        posts.sort(key=lambda post: whole(attributes(post).get("number")) or 0)
    return grouped


def _thread(answer: Answer, thread_id: str, raw: Sequence[Resource], page_number: int | None) -> Thread:
    entry = answer.known.get(("discussions", thread_id), {})
    said = attributes(entry)
    url = f"{answer.site}/d/{thread_id}"
    count = whole(said.get("commentCount"))
    best = {text(post.get("id")) for post in answer.related(entry, "bestAnswerPost")}
    return Thread(
        id=thread_id,
        title=text(said.get("title")),
        url=url,
        board=next(boards(answer, entry), None),
        started_at=answer.time(said.get("createdAt")),
        stated_reply_count=count - 1 if count else None,
        view_count=whole(said.get("viewCount")),
        is_locked=said.get("isLocked") is True,
        is_sticky=said.get("isSticky") is True,
        is_solved=bool(said.get("hasBestAnswer")),
        page_number=page_number,
        posts=tuple(
            _post(answer, post, url, best) for post in raw if attributes(post).get("contentType") == "comment"
        ),
        events=tuple(event for post in raw if (event := _event(answer, post))),
        polls=tuple(_polls(answer, entry, raw)),
    )


def _polls(answer: Answer, discussion: Resource, posts: Sequence[Resource]) -> Iterator[Poll]:
    """The polls of the extension by Friends of Flarum: of a discussion, since its version 2 of posts."""
    asked: list[tuple[str | None, Resource]] = [(None, poll) for poll in answer.related(discussion, "poll")]
    asked += [(text(post.get("id")), poll) for post in posts for poll in answer.related(post, "polls")]
    for post_id, poll in asked:
        said = attributes(poll)
        yield Poll(
            id=text(poll.get("id")),
            question=text(said.get("question")),
            options=tuple(
                PollOption(text=text(chosen.get("answer")), votes=whole(chosen.get("voteCount")))
                for chosen in map(attributes, answer.related(poll, "options"))
            ),
            post_id=post_id,
            max_choices=None if said.get("allowMultipleVotes") else 1,
            is_closed=said.get("hasEnded") is True,
            closes_at=answer.time(said.get("endDate")),
        )


def _post(answer: Answer, entry: Resource, thread_url: str, best: set[str]) -> Post:
    """`best` are the ids of the posts that solve the discussion."""
    said = attributes(entry)
    number = whole(said.get("number"))
    writer = author(answer, next(answer.related(entry, "user"), None))
    editor = author(answer, next(answer.related(entry, "editedUser"), None))
    node = fragment(text(said.get("contentHtml")))
    body = untangle(node, MARKUP)
    own = next((child for child in node.iter() if child.tag != "blockquote"), None)
    return Post(
        id=text(entry.get("id")),
        text=body.text,
        full_text=body.full_text,
        quotes=body.quotes,
        aliases=(f"#{number}",) if number else (),
        author=writer,
        author_method="byline" if writer else None,
        author_confidence=1.0 if writer else None,
        position=number,
        posted_at=answer.time(said.get("createdAt")),
        edited_at=answer.time(said.get("editedAt")),
        edited_by=editor.name if editor else None,
        edited_by_staff=bool(editor and writer and editor.key != writer.key),
        url=f"{thread_url}/{number}" if number else None,
        like_count=whole(said.get("likesCount")),
        is_solution=text(entry.get("id")) in best,
        state=PostState.HIDDEN if said.get("isHidden") is True else PostState.VISIBLE,
        reply_to=attribute(leading_mention(own), "data-id") or None,
    )


def _event(answer: Answer, entry: Resource) -> PlatformEvent | None:
    """What was done to the discussion is logged among its posts."""
    said = attributes(entry)
    kind = _EVENTS.get(text(said.get("contentType")))
    if said.get("contentType") == "discussionLocked":
        is_locked = mapping(said.get("content")).get("locked") is not False
        kind = "thread_locked" if is_locked else "thread_unlocked"
    if kind is None:
        return None
    renamed = said.get("content") if kind == "thread_retitled" else None
    return PlatformEvent(
        kind=kind,
        actor=author(answer, next(answer.related(entry, "user"), None)),
        occurred_at=answer.time(said.get("createdAt")),
        excerpt=" → ".join(map(text, renamed)) if isinstance(renamed, list) else "",
    )


def page_links(answer: Answer, threads: Sequence[Thread]) -> Iterator[Link]:
    """The other pages of a discussion; of an answer of the API, the next it names."""
    if answer.following:
        yield Link(url=answer.following, kind=LinkKind.PAGE)
    for thread in threads if len(threads) == 1 else ():
        entry = answer.known.get(("discussions", thread.id), {})
        listed = sum(1 for _ in answer.related(entry, "posts"))
        last = listed or whole(attributes(entry).get("lastPostNumber")) or 0
        for number in range(1, -(-last // PAGE) + 1):
            if number != thread.page_number and (listed > len(thread.posts) or last > PAGE):
                url = f"{thread.url}?page={number}" if number > 1 else thread.url
                yield Link(url=url, kind=LinkKind.PAGE)
