"""The notices above and below a question of Stack Exchange that tell what was done to it."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from parse.html_fields import every, first, shown_time, text_of
from parse.html_table import Sight
from parse.model import Author, PlatformEvent
from parse.software.signatures import person

NOTICES = ".js-post-notice, .post-notice, .question-status"
LOCK = "svg.iconLock"
_CLOSED = re.compile(r"\b(?:closed|on hold|locked|migrated to)\b", re.I)
_DUPLICATE = re.compile(r"\balready has (?:an )?answers?\b|\bas (?:a |an )?(?:exact )?duplicate\b", re.I)
_MIGRATED = re.compile(r"\bmigrated (?:to|from)\b", re.I)
_BEFORE_STOP = re.compile(r" (?=[.,:;?!])")
_LONGEST = 200


def is_locked(question: LexborNode) -> bool:
    """Whether a notice says that no more answers are taken."""
    return any("thread_locked" in _kinds(notice) for notice in every(question, NOTICES))


def events(question: LexborNode, sight: Sight) -> Iterator[PlatformEvent]:
    """Each kind of act once: a closed question may say so above its words and below them."""
    told: dict[str, PlatformEvent] = {}
    for notice in sorted(every(question, NOTICES), key=lambda notice: not _time(notice)):
        for kind in _kinds(notice):
            event = PlatformEvent(
                kind=kind,
                actor=_actor(notice, sight),
                occurred_at=sight.time(_time(notice)),
                excerpt=_words(notice)[:_LONGEST],
            )
            told.setdefault(kind, event)
    yield from told.values()


def _kinds(notice: LexborNode) -> list[str]:
    """What a notice says was done; that a question is protected, or has a bounty, is none of it."""
    words = text_of(notice)
    kinds = {
        "thread_merged": _DUPLICATE.search(words),
        "thread_moved": _MIGRATED.search(words),
        "thread_locked": _CLOSED.search(words) or _DUPLICATE.search(words) or first(notice, LOCK),
    }
    return [kind for kind, found in kinds.items() if found]


def _words(notice: LexborNode) -> str:
    """Its parts are kept apart by nothing but their frames."""
    return _BEFORE_STOP.sub("", " ".join(notice.text(separator=" ").split()))


def _time(notice: LexborNode) -> str:
    return shown_time(first(notice, ".relativetime"))


def _actor(notice: LexborNode, sight: Sight) -> Author | None:
    """Of several who closed a question together none is the one who did, unless one is a moderator."""
    named = [person(link, sight) for link in every(notice, 'a[href*="/users/"]') if text_of(link)]
    staff = [author for author in named if author.is_staff]
    return next(iter(staff if staff else named if len(named) == 1 else []), None)
