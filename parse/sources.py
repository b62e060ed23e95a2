"""Which post a quote comes from: by the id in its markup, else by its words and its author.

Confidences are measured, not felt: of the answers given with .9 and more, at least 97 % are right on board
threads with known sources; below SILENT no answer is given.
"""

import re
from bisect import bisect
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from parse.model import Post, Quote
from parse.names import Names
from parse.quotes.heads import LONGEST_NAME
from parse.shingles import Hit, Index, Wording, wording

SILENT = 0.5
"""An answer less sure than this is not given."""

_REDACTED = ("edited", "removed", "redacted", "moderated")
_REDACTION = re.compile(rf"[\[(*]{{1,3}}\s*(?:{'|'.join(_REDACTED)})\b[^\])*\n]{{0,80}}[\])*]{{1,3}}", re.I)
_ELIDED = ("snip", "..", "…", "cut")
_ELISION = re.compile(r"[\[(<]\s*(?:snip(?:ped)?|\.{2,}|…|cut)\s*[\])>]", re.I)
UNHEARD = 0.25
"""Coverage below which a quote's words are nowhere in the thread."""
_LOOKED_AT = 30
"""Posts of the named author that are searched for words which are nobody's own."""
_BY_SIBLINGS = 0.6
_BY_CHANGE = 0.6
_SETTLED = 0.9
"""Confidence above which other quotes of the same post add nothing."""
_FEW_WORDS = 4
"""Fewer are said by many, so that they tell nothing without a name."""
_ALIAS_WORDS = 6
"""Words that a quote must have for its source to prove who a strange name is."""


def search(posts: Sequence[Post], thread_id: str) -> "Search":
    """A search over the posts of one thread, its strange names explained; `.quotes()` answers for all."""
    prepared = Search(posts, thread_id)
    prepared.learn_aliases(posts)
    return prepared


def comparable(text: str) -> Wording:
    """A text as sources compare it: without redactions and marks of elision."""
    if "[" in text or "*" in text or "(" in text or "<" in text:
        lowered = text.lower()  # hardly a text has any of the words for which the expressions look
        if any(word in lowered for word in _REDACTED):
            text = _REDACTION.sub(" ", text)
        if any(word in lowered for word in _ELIDED):
            text = _ELISION.sub(" ", text)
    return wording(text)


class Search:
    """Everything in a thread that may be quoted, prepared once."""

    def __init__(self, posts: Sequence[Post], thread_id: str) -> None:
        self.posts = posts
        self.thread_id = thread_id
        self.keys = [post.author.key if post.author else None for post in self.posts]
        self._wordings: dict[str, Wording] = {}
        self.index = Index([comparable(post.text) for post in self.posts])
        self.names = Names(post.author for post in self.posts if post.author)
        self._full: dict[int, Wording] = {}
        self._quoting: dict[str, list[int]] = {}
        self._of_author: dict[str, list[int]] = {}
        for number, (post, key) in enumerate(zip(self.posts, self.keys, strict=True)):
            if key is not None:
                self._of_author.setdefault(key, []).append(number)
                if post.quotes:
                    self._quoting.setdefault(key, []).append(number)
        self._by_id: dict[str, int] = {}
        self._by_position: dict[str, int] = {}
        for number, post in enumerate(self.posts):
            self._by_position.setdefault(str(post.position), number)
            for each in (post.id, *post.aliases):
                self._by_id.setdefault(each, number)

    def wording(self, quote: Quote) -> Wording:
        """What a quote says, to be compared: it is looked up more than once."""
        found = self._wordings.get(quote.text)
        if found is None:
            found = self._wordings[quote.text] = comparable(quote.text)
        return found

    def learn_aliases(self, posts: Sequence[Post]) -> None:
        """Strange names in attributions, explained by whose posts hold the words (a renamed account)."""
        votes: dict[str, Counter[str | None]] = {}
        for post in posts:
            for quote in post.quotes:
                name = quote.attributed_to
                if name and not self.names.find(name):
                    votes.setdefault(name, Counter()).update(self._proven_author(quote))
        for name, found in votes.items():
            if len(found) == 1 and (key := next(iter(found))) is not None:
                self.names.learn(name, key, 0.9)

    def _proven_author(self, quote: Quote) -> set[str | None]:
        words = self.wording(quote)
        if len(words.words) < _ALIAS_WORDS:
            return set()
        keys = {self.keys[number] for number in self.index.holders(words)}
        return keys if len(keys) == 1 else set()

    def quotes(self) -> list[tuple[Quote, ...]]:
        """The quotes of each post, with the source of every one that can be known: id, method, confidence.

        Linear in the size of the thread. What an earlier run inferred is answered anew; what a link
        answered, or a search across threads, is kept where nothing better is found.
        """
        return [self._of_post(post, number) if post.quotes else () for number, post in enumerate(self.posts)]

    def _of_post(self, post: Post, number: int) -> tuple[Quote, ...]:
        """The quotes of a post, each with its source; what one leaves open the others may settle.

        People answer a post piece by piece: of two posts that hold the same words, or for words that the
        named author has edited since, the one is meant from which the other pieces come.
        """
        found = [self.resolved(quote, post, number, {}) for quote in post.quotes]
        taken = Counter(quote.source_post_id or "" for quote in found)
        del taken[""]
        if not taken or (len(taken) == 1 and taken.total() == len(found)):
            return tuple(found)
        return tuple(
            quote
            if (quote.source_confidence or 0.0) > _SETTLED
            else self._with_siblings(self._among_siblings(quote, post, number, taken), found, number)
            for quote in found
        )

    def _among_siblings(self, quote: Quote, post: Post, number: int, taken: Counter[str]) -> Quote:
        return self.resolved(quote, post, number, taken - Counter([quote.source_post_id or ""]))

    def _with_siblings(self, quote: Quote, siblings: Sequence[Quote], number: int) -> Quote:
        """Words that nobody holds, quoted between pieces of one post of the author named: edited since."""
        if quote.source_post_id or not quote.attributed_to or quote.source_thread_id:
            return quote
        sources = {
            each.source_post_id
            for each in siblings
            if each.depth == quote.depth and each.parent == quote.parent and each.source_post_id
            and each.attributed_to == quote.attributed_to and each.source_thread_id is None
        }  # fmt: skip
        if len(sources) != 1 or not self.is_unheard(quote, number):
            return quote
        return with_source(quote, sources.pop(), "author", _BY_SIBLINGS)

    def is_unheard(self, quote: Quote, number: int) -> bool:
        """Whether no other post holds anything like these words."""
        hits = [hit for hit in self.index.find(self.wording(quote), number) if hit.post != number]
        return not hits or hits[0].coverage < UNHEARD

    def resolved(self, quote: Quote, quoting: Post, number: int, taken: Mapping[str, int]) -> Quote:
        """The quote with its source, as far as it can be known.

        `taken` counts, by post id, how many quotes of the same post come from where.
        """
        quote = self._with_bare_name(quote)
        is_elsewhere = quote.source_thread_id not in (None, self.thread_id)
        if is_elsewhere and quote.source_method != "text":
            return quote if quote.source_post_id else with_source(quote, thread_id=quote.source_thread_id)
        linked = self._linked(quote)
        if linked is not None:
            return with_source(quote, self.posts[linked].id, "link", 0.99)
        if quote.source_post_id and quote.source_method == "link" and not quote.source_ref:
            return quote
        best = self._best(quote, quoting, number, taken)
        known = (quote.source_confidence or 0.0) if is_elsewhere else 0.0
        if best and best[1] >= max(SILENT, known):
            return with_source(quote, self.posts[best[0]].id, best[2], round(best[1], 3))
        return with_source(quote) if quote.source_method and not is_elsewhere else quote

    def _with_bare_name(self, quote: Quote) -> Quote:
        """ "Ann:" as the first line of a quote is a head only if there is an Ann; else a document's."""
        first, end, rest = quote.text.partition("\n")
        if quote.attributed_to or not end or not first.endswith(":") or len(first) > LONGEST_NAME:
            return quote
        means = self.names.find(first[:-1])
        if max(means.values(), default=0.0) < 0.95:
            return quote
        return replace(quote, attributed_to=first[:-1].strip(" @"), text=rest.lstrip("\n"))

    def _linked(self, quote: Quote) -> int | None:
        ref = quote.source_ref
        if ref is None:
            return None
        if ref.startswith("#"):
            return self._by_position.get(ref[1:])
        return self._by_id.get(ref)

    def _best(
        self, quote: Quote, quoting: Post, number: int, taken: Mapping[str, int]
    ) -> tuple[int, float, str] | None:
        """The likeliest source, its confidence, and by what it was found."""
        words = self.wording(quote)
        named = self.names.find(quote.attributed_to) if quote.attributed_to else None
        if not words.words:
            return self._latest_by(named, number)
        if (answered := self._answered(quote, words, named, quoting)) is not None:
            return answered, 0.97 if len(words.words) >= _FEW_WORDS else 0.9, "text"
        hits = self._near(words, named, number) if named else []
        hits = hits or self._anywhere(words, named, number)
        if named and all(hit.coverage < UNHEARD for hit in hits):
            return self._in_shown(words, named, number) or self._taken_out(named, quoting, number)
        if len(hits) > 1:
            plain = " ".join(quote.text.split())
            hits.sort(key=lambda hit: self._rank(hit, plain, named, quoting, number, taken))
        if not hits:
            return None
        best, *ranked = hits
        rivals = sum(1 for hit in ranked if self._is_rival(hit, best, named))
        strength = (named or {}).get(self.keys[best.post] or "", 0.0)
        if named and not strength and _names(self.posts[best.post], quote.attributed_to or ""):
            return None  # whoever holds the words names their author: he quotes them without markup
        sure = _confidence(best, len(words.words), named, strength, rivals)
        if self._is_later(best.post, quoting):
            sure *= 0.5
        return best.post, sure, "text"

    def _answered(
        self, quote: Quote, words: Wording, named: dict[str, float] | None, quoting: Post
    ) -> int | None:
        """The post that the quoting one is known to answer, where it holds the words: others may, too."""
        parent = self._by_id.get(quoting.reply_to or "") if quote.depth == 1 else None
        if parent is None or self.posts[parent].id == quoting.id:
            return None  # nobody answers himself, but pages have said so
        if named is not None and self.keys[parent] not in named:
            return None
        return parent if self.index.among(words, [parent]) else None

    def _near(self, words: Wording, named: dict[str, float], number: int) -> list[Hit]:
        """The posts of the named author around a quote that hold it word for word: nearly always enough."""
        around = (n for key in named for n in _around(self._of_author.get(key, ()), number))
        return self.index.among(words, (n for n in around if n != number))

    def _anywhere(self, words: Wording, named: dict[str, float] | None, number: int) -> list[Hit]:
        hits = [hit for hit in self.index.find(words, number) if hit.post != number]
        if named and not any(self.keys[hit.post] in named and hit.coverage >= UNHEARD for hit in hits):
            # Others may hold the words in one piece because they quoted them, too, and lost the markup.
            own = {n for key in named for n in self._of_author.get(key, ())} - {number}
            hits += [hit for hit in self.index.similar(words, own) if hit.coverage >= UNHEARD]
        return hits

    def _in_shown(
        self, words: Wording, named: dict[str, float], number: int
    ) -> tuple[int, float, str] | None:
        """Words that the named author's post shows, but not as own: quoted in it, or lost in its markup."""
        best, best_share = -1, 0.8
        for key in named:
            for other in _nearest(self._quoting.get(key, ()), number):
                share = words.share_in(self._shown(other))
                if share > best_share:
                    best, best_share = other, share
        return (
            (best, 0.8 * _by_coverage(Hit(best, best_share, best_share == 1)), "text") if best >= 0 else None
        )

    def _taken_out(
        self, named: dict[str, float], quoting: Post, number: int
    ) -> tuple[int, float, str] | None:
        """Words that are nowhere: of the named author's posts before, one alone has been changed since."""
        changed = [
            (other, _BY_CHANGE * named[key], "author")
            for key in named
            for other in _nearest(self._of_author.get(key, ()), number)
            if _has_changed(self.posts[other], quoting)
        ]
        return changed[0] if len(changed) == 1 else None

    def _shown(self, number: int) -> Wording:
        if number not in self._full:
            self._full[number] = comparable(self.posts[number].full_text)
        return self._full[number]

    def _rank(
        self,
        hit: Hit,
        plain: str,
        named: dict[str, float] | None,
        quoting: Post,
        number: int,
        taken: Mapping[str, int],
    ) -> tuple[float, ...]:
        """Smaller is better: the named author, then the closer wording, letter for letter if need be, then
        the post from which other quotes come, then the nearest before."""
        post = self.posts[hit.post]
        strength = (named or {}).get(self.keys[hit.post] or "", 0.0)
        later = hit.post > number or self._is_later(hit.post, quoting)
        differs = not (hit.is_exact and plain in " ".join(post.text.split()))
        closeness = hit.coverage * (0.4 + 0.6 * (strength > 0))
        return (-closeness, differs, -taken.get(post.id, 0), later, abs(number - hit.post))

    def _is_rival(self, hit: Hit, best: Hit, named: dict[str, float] | None) -> bool:
        if named and (self.keys[best.post] in named) and self.keys[hit.post] not in named:
            return False
        return hit.coverage >= best.coverage - 0.1

    def _is_later(self, number: int, quoting: Post) -> bool:
        """Whether a post was written after the one that quotes it: then it can hardly be the source."""
        then, now = self.posts[number].posted_at, quoting.posted_at
        return bool(then and now and then > now)

    def _latest_by(self, named: dict[str, float] | None, number: int) -> tuple[int, float, str] | None:
        """For a quote without words (an image): the named author's last post before it."""
        last = {key: _nearest(self._of_author.get(key, ()), number)[:1] for key in named or ()}
        before, key = max(((posts[0], key) for key, posts in last.items() if posts), default=(None, ""))
        return None if named is None or before is None else (before, 0.6 * named[key], "author")


def _has_changed(post: Post, quoting: Post) -> bool:
    """Whether words of a post may be gone since it was quoted: it shows a redaction, or a later edit."""
    then, now = post.edited_at, quoting.posted_at
    return bool(then and now and then > now) or (
        any(mark in post.text for mark in "[(*") and _REDACTION.search(post.text) is not None
    )


def _names(post: Post, name: str) -> bool:
    return name.casefold() in post.full_text.casefold()


def _nearest(numbers: Sequence[int], before: int) -> Sequence[int]:
    """The last numbers before one, the nearest first."""
    at = bisect(numbers, before - 1)
    return numbers[max(0, at - _LOOKED_AT) : at][::-1]


def _around(numbers: Sequence[int], number: int) -> Sequence[int]:
    """The last numbers before one, and the next behind it."""
    at = bisect(numbers, number)
    return numbers[max(0, at - _LOOKED_AT) : at + _LOOKED_AT // 2]


def _confidence(hit: Hit, length: int, named: dict[str, float] | None, strength: float, rivals: int) -> float:
    """How sure a source is, from how much of the quote it holds, how long that is, and whose post it is."""
    if strength:
        sure = _by_coverage(hit) if length > 1 else 0.8
        sure *= 0.9 + 0.1 * strength
        return sure * 0.82 if rivals else sure
    if named:
        # The named person is here, but others hold the words: misattributed, or said before.
        return 0.7 if hit.is_exact and length > 7 and not rivals else 0.0
    if named is not None:
        return (0.9 if length > 5 else 0.55) * _by_coverage(hit) * (0.8 if rivals else 1)
    if length < _FEW_WORDS:
        return 0.0
    return _by_coverage(hit) * (0.97 if length > 7 else 0.8) * (0.8 if rivals else 1)


def _by_coverage(hit: Hit) -> float:
    if hit.is_exact:
        return 0.99
    return max(0.0, min(0.97, 0.3 + 0.85 * hit.coverage))


def with_source(
    quote: Quote,
    post_id: str | None = None,
    method: str | None = None,
    confidence: float | None = None,
    thread_id: str | None = None,
) -> Quote:
    """The quote with this source. Spelled out: `dataclasses.replace` takes four times as long."""
    return Quote(
        ordinal=quote.ordinal,
        depth=quote.depth,
        text=quote.text,
        parent=quote.parent,
        attributed_to=quote.attributed_to,
        source_ref=quote.source_ref,
        source_post_id=post_id,
        source_thread_id=thread_id,
        source_method=method,
        source_confidence=confidence,
    )
