"""Moderation events in what people write: notices of staff, and words that staff took out of a post.

The same words are an event from a moderator and small talk from a member, so a rule of the lexicon is
believed differently for the words alone, from staff, and from a known member. Rules know common ways of
saying it; a linear model fitted on posts written for this (analyze/models/moderation) doubts what they found
and finds what staff says otherwise. Who speaks is told by the role, by a sign-off ("– the moderation team")
or by a voice ("[Mod hat]", "speaking as a moderator").
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from importlib.resources import files

from analyze import redactions
from analyze.codebook import Codebook
from analyze.linear import read_linear
from analyze.model import MODERATION, Findings, ModerationEvent, Statement
from analyze.notice_features import KINDS, MEMBER, STAFF, UNKNOWN, features
from analyze.rules import Match, Rule, read_lexicon
from analyze.spans import Spans
from analyze.view import Sentence, View

_ENOUGH = 0.5
"""What is believed less than this is not reported."""
_DOUBTED = {STAFF: 0.1, MEMBER: 0.3, UNKNOWN: 0.3}
"""What a rule found is not reported where the whole sentence makes it less likely than this."""
_SAID = 0.7
"""How likely a sentence of staff must be to moderate where no rule speaks of it. More than a half: in posts
that the model is fitted on, staff moderates twice as often as on a forum."""
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

_STAFF_ROLE = re.compile(
    r"\b(?:(?:co|super|global|community|forum|site)?[\s-]*(?:mod|mods|moderators?|admins?"
    r"|administrators?)|staff"
    r"|employees?|community (?:manager|management|specialist|team)|official|support (?:team|agent"
    r"|specialist)"
    r"|site owner|webmaster|(?:team|crew) member|founder|forum team|^team$)\b",
    re.IGNORECASE,
)
_NOT_STAFF = re.compile(r"\b(?:ex|former|retired|guru|leader|expert|veteran)\b", re.IGNORECASE)
_VOICE = re.compile(
    r"\[\s*/?\s*(?:mod|moderator|admin|staff)\s*(?:hat|voice|note|mode|edit)?(?:\s+on)?\s*[\]:]"
    r"|(?:^|\n)\W{0,4}(?:mod(?:erator)?|admin(?:istrator)?|staff)(?:'s)?[ ]"
    r"(?:note|notice|edit|hat on|here|action|warning|message|post|announcement)\b(?! (?:of|on|for|was|is)\b)"
    r"|(?:^|\n)\W{0,4}(?:mod|moderator|admin)\s*[:\]]"
    r"|\b(?:speaking )?as (?:a|the|your|one of the) (?:forum |site |community |global )?"
    r"(?:moderator|admin|administrator|mod)\b(?=[, ]+(?:i|we|here|of)\b)"
    r"|\b(?:official )?moderator (?:here|notice|hat on|warning|announcement)\b"
)
_SIGN_OFF = re.compile(
    r"(?:^|\n|[.!?)]\s)\s*(?:[-–—~*_/ ]{0,4}|thanks?(?: you)?,?\s+|cheers,?\s+|regards,?\s+|- )"
    r"(?:(?:the|your|forum|community|site|global|super|[a-z]{2,15},?)\s+){0,3}"
    r"(?:mod|moderator|moderators|admin|admins|administrator|moderation team|mod team|mods"
    r"|community team"
    r"|community manager|forum staff|staff|community management|forum team|moderating team|admin team)"
    r"(?: team)?[\s.!*_\-–—~/]*$"
)
_VOICE_WORD = re.compile(r"mod(?!el|e\b|es\b|if|ern|ul)|admin|staff")
_SIGN_OFF_WORDS = ("mod", "admin", "staff", "team", "community m")
"""One of these stands in every voice, or sign-off: faster looked for."""
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
        shown = features(sentence.folded, sentence.marked, self._staff.matches(sentence), guards, voice)
        chances = self._weights.probabilities(shown)
        moderates = 1 - chances[0]
        if told and moderates >= _DOUBTED[voice]:
            yield from (replace(one, confidence=round((one.confidence + moderates) / 2, 2)) for one in told)
        elif not matches and voice == STAFF and moderates >= _SAID and sentence.start + 1 not in quoted:
            kind = self._weights.labels[chances.index(max(chances[1:]))]
            yield _notice(sentence, kind, moderates, "words")


def speaker(statement: Statement, folded: str) -> str:
    """`staff`, `member` or, where nothing tells, `unknown`. `folded` is the statement's text, folded."""
    role = statement.author_role or ""
    if statement.is_staff or (role and _STAFF_ROLE.search(role) and not _NOT_STAFF.search(role)):
        return STAFF
    if _VOICE_WORD.search(folded) and _VOICE.search(folded):
        return STAFF
    end = folded[-80:]
    if any(word in end for word in _SIGN_OFF_WORDS) and _SIGN_OFF.search(end):
        return STAFF
    return MEMBER if role else UNKNOWN


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
            sure *= _number(guard, "staff", 1.0) if voice == STAFF else guard.confidence
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
