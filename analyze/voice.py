"""Who speaks: staff or a member, as far as a role or the words tell.

By the role, by a sign-off ("– the moderation team") or by a voice ("[Mod hat]", "speaking as a moderator").
"""

import re

from analyze.model import Statement

STAFF, MEMBER, UNKNOWN = "staff", "member", "unknown"
"""Who speaks, as far as it is known."""
_STAFF_ROLE = re.compile(
    r"\b(?:(?:co|super|global|community|forum|site|auto)?[\s-]*(?:mod|mods|moderators?|admins?"
    r"|administrators?)|staff"
    r"|employees?|community (?:manager|management|specialist|team)|official|support (?:team|agent"
    r"|specialist)"
    r"|site owner|list owner|maintainer|webmaster|(?:team|crew) member|founder|forum team|^team$)\b",
    re.IGNORECASE,
)
_NOT_STAFF = re.compile(r"\b(?:ex|former|retired|guru|leader|expert|veteran)\b", re.IGNORECASE)
_VOICE = re.compile(
    r"\[\s*/?\s*(?:mod|moderator|admin|staff)\s*(?:hat|voice|note|mode|edit)?(?:\s+on)?\s*[\]:]"
    r"|(?:^|\n)\W{0,4}(?:(?:your|the|forum|list|site|board|group|channel|server|friendly) ){0,2}"
    r"(?:mod(?:erator)?|admin(?:istrator)?|staff)(?:'s)?[ ]"
    r"(?:note|notice|edit|hat on|here|action|warning|message|post|announcement)\b(?! (?:of|on|for|was|is)\b)"
    r"|(?:^|\n)\W{0,4}(?:mod|moderator|admin)\s*[:\]]"
    r"|\b(?:speaking )?as (?:a|the|your|one of the) (?:forum |site |community |global )?"
    r"(?:moderator|admin|administrator|mod)\b(?=[, ]+(?:i|we|here|of)\b)"
    r"|\b(?:my|the|a) (?:mod|moderator|admin|staff)(?:'s)? (?:hat|cap|boots)\b(?=[^.\n]{0,12}\bon\b)"
    r"|\bon my (?:mod|moderator|admin|staff)(?:'s)? (?:hat|cap|boots)\b"
    r"|\b(?:official )?moderator (?:here|notice|hat on|warning|announcement)\b"
)
_SIGN_OFF = re.compile(
    r"(?:^|\n|[.!?)]\s)\s*"
    r"(?:[-–—~*_/ ]{0,4}(?:[a-z]{2,15} \(|[a-z]{2,15}, )?|thanks?(?: you)?,?\s+|cheers,?\s+|regards,?\s+|- )"
    r"(?:(?:the|your|forum|community|site|global|super|[a-z]{2,15},?)\s+){0,3}"
    r"(?:mod|moderator|moderators|admin|admins|administrator|moderation team|mod team|mods"
    r"|community team"
    r"|community manager|forum staff|staff|community management|forum team|moderating team|admin team)"
    r"(?: team)?[\s.!*_\-–—~/)]*$"
)
_VOICE_WORD = re.compile(r"mod(?!el|e\b|es\b|if|ern|ul)|admin|staff")
_SIGN_OFF_WORDS = ("mod", "admin", "staff", "team", "community m")
"""One of these stands in every voice, or sign-off: faster looked for."""


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
