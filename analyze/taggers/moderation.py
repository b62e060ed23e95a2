"""Moderation events in what people write: notices of staff, and words that staff took out of a post.

The same words are an event from a moderator and small talk from a member, so a rule of the lexicon is
believed differently for the words alone, from staff, and from a known member. Rules know common ways of
saying it; a linear model fitted on posts written for this (analyze/models/moderation) doubts what they found
and finds what staff says otherwise. Who speaks is told in analyze.voice.
"""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import cached_property
from importlib.resources import files

from analyze import redactions
from analyze.codebook import Codebook
from analyze.linear import ByKind, read_linear
from analyze.model import MODERATION, Findings, ModerationEvent
from analyze.notice_features import KINDS, NONE, features
from analyze.rules import Match, Rule, read_lexicon
from analyze.spans import Spans
from analyze.view import Sentence, View
from analyze.voice import MEMBER, STAFF, UNKNOWN, speaker

_ENOUGH = 0.5
"""What is believed less than this is not reported."""
_DOUBTED = {STAFF: 0.15, MEMBER: 0.3, UNKNOWN: 0.3}
"""What a rule found is not reported where the whole sentence makes it less likely than this."""
_SAID = 0.7
"""How likely a sentence of staff must be to moderate where no rule speaks of it. More than a half: in posts
that the model is fitted on, staff moderates twice as often as on a forum."""
_REMINDED = 0.8
"""The same of a reminder: what people should do is said of much else."""
_SAID_IN_A_CLAUSE = 0.92
"""The same of a clause, where another kind is found in its sentence."""
_UNLIKELY = 0.05
"""A rule's kind of such a chance gives way to the kind that the model is sure of."""
_BY_STAFF = 0.95
_BY_MEMBER = 0.8
"""Of a rule's confidence, where it says nothing else for members."""
_ASKED = {STAFF: 0.5, MEMBER: 0.3, UNKNOWN: 0.3}
"""What is left of a rule's confidence in a question."""
_MARKED = 0.9
_SAID_BY = {
    "post_removed": frozenset({"posts_removed", "thread_removed"}),
    "thread_moved": frozenset({"thread_split"}),
    "post_edited_by_staff": frozenset({"posts_edited"}),
    "user_warned": frozenset({"thread_locked", "user_banned"}),
}
"""Kinds that are left out of a sentence in which one of these others is found."""

_CLAUSES = re.compile(r"[;:,–—]\s|\s-\s|\s(?:and|but|so|then)\s")
_GIVES_A_REASON = re.compile(r"\W*(?:as|since|because|given|seeing|if|unless|until|while)\b")
"""How a clause begins that tells why or when something is done, not what is."""
_SAYS_NOTHING = re.compile(
    r"\W{0,20}(?:the |your )?(?:mods?|moderators?|admins?|administrators?|staff)?"
    r"(?: (?:team|hat|note|voice|edit))?(?: (?:on|off))?\W{0,20}"
    r"|(?:(?<!\S)\S{0,300}(?://|www\.)\S{0,300}\s*)+"
)
"""A sign-off or a web address alone."""
_FAMILIES = (
    {"posts_removed", "post_removed", "thread_removed", "post_hidden"},
    {"posts_edited", "post_edited_by_staff", "inline_redaction", "post_removed"},
    {"thread_moved", "thread_split"},
    {"user_warned", "user_banned"},
)
_ALIKE = {kind: frozenset().union(*(family for family in _FAMILIES if kind in family)) for kind in KINDS}
"""Kinds that the clauses of one deed may be taken for."""

_POLITE = re.compile(
    r"\W*(?:please|ok|okay|folks|guys|everyone|so|and)?\W*(?:can|could|would|will|may|how about"
    r"|why don't) "
    r"(?:we|you|i|everyone|people|all)\b"
)
_NOBODY = re.compile(
    r"\b(?:anyone|anybody|whoever|everyone|everybody|those who|people who|the (?:one|person) who"
    r"|any(?: one)? of you|all of you)\b"
)
_SOMEBODY = re.compile(r"\b(?:you(?:'(?:re|ll|ve|d))?|yours?|yourself|u|ur|he|she|his|him|her)\b|@\w")
_QUOTED = re.compile(r"“[^”\n]*”|(?<![\w\"])\"[^\"\n]*\"|(?m:^[ \t]*>.*$)")


class Tagger:
    """Fills `Findings.moderation`."""

    task = MODERATION
    needs: frozenset[str] = frozenset()
    assigns = frozenset({"moderation"})
    reads_codebook = False

    def __init__(self, codebook: Codebook) -> None:
        whole = read_lexicon("moderation")
        self._guards = whole.labelled("guard")
        self._plain = whole.labelled(*KINDS)
        self._staff = whole.labelled(*KINDS, *(f"staff {kind}" for kind in KINDS))
        self._weights = read_linear(files("analyze").joinpath("models/moderation/weights.tsv"))
        self.keys = whole.keys | redactions.WORDS
        self._members = self._plain.keys | redactions.WORDS
        """One of these is in what a member says that may be an event."""

    def tag(self, seen: View, found: Findings) -> Findings:
        """The events in the order of the text, each kind once a sentence.

        Spans are the whole sentence of a notice and the mark of a redaction. The confidence of a notice is
        the mean of what its rule and what the model of all its words say; of a redaction, set by hand.
        """
        voice = speaker(seen.statement, seen.folded)
        if voice != STAFF and all(self._members.isdisjoint(sentence.keys) for sentence in seen.sentences):
            return found
        quoted = _Quoted(seen.statement.text)
        marks = list(_redactions(seen, quoted))
        spans = Spans((mark.start, mark.end) for mark in marks)
        events = [*marks, *self._notices(seen, voice, quoted, spans)]
        if not events:
            return found
        return replace(found, moderation=tuple(sorted(events, key=lambda event: (event.start, event.kind))))

    def _notices(self, seen: View, voice: str, quoted: "_Quoted", marks: Spans) -> Iterator[ModerationEvent]:
        lexicon = self._staff if voice == STAFF else self._plain
        for sentence in seen.sentences:
            matches = [match for match in lexicon.matches(sentence) if match.start not in marks]
            marked = marks.any_in(sentence.start, sentence.end)
            # Who is not known to be staff has to say it in so many words.
            if matches or (voice == STAFF and not marked):
                yield from self._events(sentence, matches, voice, quoted)

    def _events(
        self, sentence: Sentence, matches: Sequence[Match], voice: str, quoted: "_Quoted"
    ) -> Iterator[ModerationEvent]:
        guards = self._guards.matches(sentence)
        rules = [guard.rule for guard in guards]
        events = [_event(sentence, match, rules, voice) for match in matches if match.start not in quoted]
        told = list(_undisputed([event for event in events if event]))
        said = self._staff.matches(sentence)
        chances = self._chances(features(sentence.folded, said, guards, voice))
        silent = sentence.start + 1 in quoted or _SAYS_NOTHING.fullmatch(sentence.folded)
        if told:
            found = _weighed(told, chances, voice)
        elif voice == STAFF and not matches and not silent:
            found = [_notice(sentence, kind, sure, "words") for kind, sure in _likeliest(chances, _SAID)]
        else:
            found = []
        yield from found
        if found and voice == STAFF:
            yield from self._besides(sentence, said, {event.kind for event in found})

    def _besides(
        self, sentence: Sentence, matches: Sequence[Match], found: Set[str]
    ) -> Iterator[ModerationEvent]:
        """What single clauses speak of ("… and warned the author"), besides what was found in the whole."""
        known = set(found) | {"conduct_reminder"}
        clauses = list(_clauses(sentence.folded))
        for start, end in clauses if len(clauses) > 1 else ():
            if _GIVES_A_REASON.match(sentence.folded, start, end):
                continue
            inside = [match for match in matches if start <= match.start - sentence.start < end]
            chances = self._chances(features(sentence.folded[start:end], inside, (), STAFF))
            for kind, sure in _likeliest(chances, _SAID_IN_A_CLAUSE):
                if kind not in known and _ALIKE[kind].isdisjoint(found):
                    known.add(kind)
                    yield _notice(sentence, kind, sure, "words")

    def _chances(self, shown: ByKind) -> dict[str, float]:
        return dict(zip(self._weights.labels, self._weights.probabilities(shown), strict=True))


def _clauses(folded: str) -> Iterator[tuple[int, int]]:
    """Where the clauses of a folded sentence stand, roughly."""
    edges = [0, *(edge for found in _CLAUSES.finditer(folded) for edge in found.span()), len(folded)]
    return zip(edges[::2], edges[1::2], strict=True)


def _weighed(
    told: Sequence[ModerationEvent], chances: Mapping[str, float], voice: str
) -> list[ModerationEvent]:
    """What rules found, with the model's say in how sure it is, and in the kind where a rule's is unlikely.

    Nothing, where the model doubts that anything was done.
    """
    moderates = 1 - chances[NONE]
    if moderates < _DOUBTED[voice]:
        return []
    surely = next(_likeliest(chances, _SAID), ("", 0.0))[0] if voice == STAFF else ""
    kinds = {event.kind for event in told}
    weighed = {
        kind: replace(event, kind=kind, confidence=round((event.confidence + moderates) / 2, 2))
        for event in told
        for kind in [surely if _mistaken(event.kind, surely, kinds, chances) else event.kind]
    }
    return list(weighed.values())


def _mistaken(kind: str, surely: str, told: Set[str], chances: Mapping[str, float]) -> bool:
    """Whether what rules told for one kind is of another, of which the model is sure.

    Not a reminder: whether a threat warns or reminds is for its rule to say.
    """
    if surely in {"", "conduct_reminder"} or chances[kind] >= _UNLIKELY:
        return False
    return surely not in told or kind in _ALIKE[surely]


def _likeliest(chances: Mapping[str, float], least: float) -> Iterator[tuple[str, float]]:
    """The likeliest kind and the chance that anything was done, if that is at least so much."""
    kind = max((kind for kind in chances if kind != NONE), key=chances.__getitem__)
    moderates = 1 - chances[NONE]
    if moderates >= (max(least, _REMINDED) if kind == "conduct_reminder" else least):
        yield kind, moderates


class _Quoted:
    """What a text quotes, looked for when it is asked for; the mark that opens a quotation is outside."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _spans(self) -> Spans:
        return Spans((quote.start() + 1, quote.end()) for quote in _QUOTED.finditer(self._text))

    def __contains__(self, at: int) -> bool:
        return at in self._spans


def _redactions(seen: View, quoted: _Quoted) -> Iterator[ModerationEvent]:
    if all(redactions.WORDS.isdisjoint(sentence.keys) for sentence in seen.sentences):
        return
    for start, end in redactions.marks(seen.folded):
        if start not in quoted:
            gone = redactions.nothing_left(seen.folded, start, end)
            yield ModerationEvent(
                kind="post_removed" if gone else "inline_redaction",
                start=start,
                end=end,
                confidence=_MARKED,
                rule="redaction.mark",
                method="redaction",
            )


def _undisputed(events: Sequence[ModerationEvent]) -> Iterator[ModerationEvent]:
    """The surest of each kind, without kinds that only repeat what another says of the same sentence."""
    best = {event.kind: event for event in sorted(events, key=lambda event: event.confidence)}
    for kind, event in best.items():
        stronger = _SAID_BY.get(kind, frozenset())
        if kind == "conduct_reminder" and event.confidence < _MARKED:
            stronger = frozenset(best) - {kind}
        if not stronger & best.keys():
            yield event


def _event(sentence: Sentence, match: Match, guards: Sequence[Rule], voice: str) -> ModerationEvent | None:
    """What a rule found, if enough of its confidence is left by the guards of its sentence."""
    rule, kind = match.rule, _kind(match.rule, sentence)
    sure = _believed(rule, voice)
    for guard in guards:
        if kind not in _names(guard.extra.get("spares", ())):
            sure *= _number(guard, voice, 1.0 if voice == STAFF else guard.confidence)
    if _asks(sentence, match) and not (voice == STAFF and _POLITE.match(sentence.folded)):
        sure *= _ASKED[voice]
    return _notice(sentence, kind, sure, rule.name) if sure >= _ENOUGH else None


def _kind(rule: Rule, sentence: Sentence) -> str:
    """What a rule stands for. A threat warns whom it speaks to or of; to nobody it only tells the rules."""
    at_large = rule.extra.get("at_large")
    if at_large and (_NOBODY.search(sentence.folded) or not _SOMEBODY.search(sentence.folded)):
        return str(at_large)
    return rule.label.removeprefix("staff ")


def _notice(sentence: Sentence, kind: str, sure: float, rule: str) -> ModerationEvent:
    return ModerationEvent(
        kind=kind, start=sentence.start, end=sentence.end, confidence=round(sure, 2), rule=rule
    )


def _asks(sentence: Sentence, match: Match) -> bool:
    """Whether what was found is asked. The title after "split to a new topic:" may well be a question."""
    rest = sentence.folded[match.end - sentence.start :].rstrip("\"')”")
    return rest.endswith("?") and ":" not in rest


def _believed(rule: Rule, voice: str) -> float:
    if rule.label.startswith("staff ") or voice == UNKNOWN:
        return rule.confidence
    if voice == STAFF:
        return _number(rule, "staff", _BY_STAFF)
    return _number(rule, "member", _BY_MEMBER * rule.confidence)


def _number(rule: Rule, key: str, default: float) -> float:
    value = rule.extra.get(key)
    return float(value) if isinstance(value, int | float) else default


def _names(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()
