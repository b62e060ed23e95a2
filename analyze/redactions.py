"""What staff leave where they took words out: "[edited for community guidelines]", "*** snip ***".

Found in folded text. What an author says of the own edit ("**Edited for clarity**") is none.
"""

import re
from collections.abc import Iterator

WORDS = frozenset(
    {"edited", "redacted", "removed", "deleted", "moderated", "censored", "snipped", "snip", "trimmed", "mod"}
    | {"moderator", "cut", "expunged", "excised", "masked", "stripped", "admin", "staff"}
)
"""One of these stands in every mark."""

_WHO = (
    r"(?:(?:an?|the|our|forum|community|site) )*(?:mods?|moderators?|admins?|administrators?|staff"
    r"|webmaster"
    r"|moderation(?: team)?|community (?:manager|team)|forum team|editors?)"
)
_DONE = (
    r"(?:edited|redacted|removed|deleted|moderated|censored|snipped|snip|trimmed|cut|expunged|excised"
    r"|masked"
    r"|stripped)"
)
_THING = (
    r"(?:content|text|links?|urls?|comments?|posts?|quotes?|words?|images?|pictures?|photos?|video"
    r"|names?"
    r"|personal (?:information|info|details|data|attacks?)|contact (?:information|info|details)"
    r"|profanity"
    r"|phone(?: number)?|e-?mail(?: address)?|language|insults?|expletive|paragraphs?|sentences?"
    r"|attachment"
    r"|off[ -]topic(?: (?:content|remarks?|comments?))?|advert\w*|spam|rant|slur|username|portion"
    r"|(?:part|section|rest|remainder)(?: of (?:the|this|that|your) (?:post|message|comment|reply))?"
    r"|identifying (?:information|details))"
)
_REASON = (
    r"(?:community|forum|board|site|our|the|house|posting|violat\w+|breach\w*|breaking|rules?"
    r"|guidelines?|policy"
    r"|tos|terms|profanit\w*|(?:(?:bad|foul|abusive|inappropriate|offensive|strong) )?language"
    r"|insults?|personal"
    r"|privacy|name[ -]?calling|flam\w+|troll\w*|spam\w*|off[ -]topic|advert\w*|self[ -]promo\w*"
    r"|solicit\w*"
    r"|harass\w*|abus\w*|contact|naming|shaming|identif\w+|inappropriate|offensive|defam\w+|legal"
    r"|copyright\w*"
    r"|unsuitable|hate|slurs?|swear\w*|vulgar\w*|obscen\w*|conduct|decency|civility|private|confidential"
    r"|political|politics|circumvent\w*|external|commercial|attack\w*|inflammatory|moderation|content)"
)
_AFTER = (
    r"(?:\s*(?:by|for|due to|because of|per|as per|under|in accordance with|pursuant to|in line with"
    r"|to comply with"
    rf"|as|[:;,–—-])\s*(?:{_WHO}|.{{0,30}}?\b{_REASON}\b)[^\]\n)}}>*]{{0,60}})"
)
_STAFF = r"(?:mod|moderator|admin|staff)"
_OPEN, _CLOSE = r"(?:\[|\(|<|\{|\*{1,3}|_{1,3}|~{1,2})\s*", r"\s*(?:\]|\)|>|\}|\*{1,3}|_{1,3}|~{1,2})"
_WIDE_OPEN, _WIDE_CLOSE = r"(?:\[|<|\{|\*{2,3}|-{2,3})\s*", r"\s*(?:\]|>|\}|\*{2,3}|-{2,3})"
_LINE = r"(?:(?<=\n)|^)\W{0,4}"

_FORMS = (
    # [edited for community guidelines], **removed by moderator**, (name removed due to privacy)
    rf"{_OPEN}(?:{_STAFF}(?:'s)? ?(?:edit|note)?\s*[:–—-]?\s*)?(?:{_THING}\s+)?"
    rf"(?:(?:has|have) been |was |were )?{_DONE}{_AFTER}{_CLOSE}",
    # [mod edit: phone number gone], [admin: name removed]
    rf"{_WIDE_OPEN}{_STAFF} ?edit(?:ed)?\s*[:;–—-][^\]\n>}}*]{{1,120}}{_WIDE_CLOSE}",
    rf"{_WIDE_OPEN}{_STAFF}\s*[:;–—-][^\]\n>}}*]{{0,40}}\b{_DONE}\b[^\]\n>}}*]{{0,60}}{_WIDE_CLOSE}",
    # [this post has been removed by a moderator]
    rf"{_WIDE_OPEN}(?:this|the|your) {_THING} (?:has been |was ){_DONE}{_AFTER}?{_WIDE_CLOSE}",
    # [link removed], [redacted], ** expletive deleted **
    rf"{_WIDE_OPEN}(?:{_THING}\s+(?:has been |have been )?(?:removed|redacted|deleted|censored|edited"
    rf"|moderated)"
    rf"|redacted|moderated|censored|expletives? deleted|removed|{_STAFF} ?(?:snip|edit(?:ed)?"
    rf"|removed)){_WIDE_CLOSE}",
    # *** snip ***; authors shorten with <snip>
    r"\*{2,3}\s*snip(?:ped)?\s*\*{2,3}",
    # a line of its own: "Edited by moderator: language", "Mod edit: insult"
    rf"{_LINE}(?:{_THING} )?(?:edited|removed|redacted|deleted|moderated)"
    rf"(?: by {_WHO}\b|\s+(?:for|due to|per|as per)\s+(?:{_REASON} ?){{1,3}})[^\n]{{0,60}}",
    rf"{_LINE}{_STAFF} edit(?:ed)?\s*[:–—-][^\n]{{0,80}}",
)
_MARK = re.compile("|".join(_FORMS))
_AUTHORS_OWN = re.compile(
    r"\b(?:clarity|typos?|spelling|grammar|formatting|length|brevity|punctuation|readability|accuracy"
    r"|emphasis"
    r"|layout|space|context|my|mine|myself|me|i|add|added|update|correct\w*|fix\w*|wording"
    r"|by (?:the )?author|by op"
    r"|by (?:user|poster))\b"
)
_NAME_HIDDEN = re.compile(
    r"\W*(?:name|names|username)\s+(?:has been |have been )?(?:removed|redacted|deleted|edited)\W*"
)
"""An author may hide a name as well: no mark of staff unless it gives a reason."""
_GONE = re.compile(
    r"\W*(?:(?:this |your )?(?:post|comment|message|content) (?:was |has been )?)?(?:removed|deleted)"
)


def marks(folded: str) -> Iterator[tuple[int, int]]:
    """(start, end) of every mark in text that `analyze.gate.fold` has folded, in order, disjoint."""
    for match in _MARK.finditer(folded):
        mark = match[0]
        if not _AUTHORS_OWN.search(mark) and not _NAME_HIDDEN.fullmatch(mark):
            lead = len(mark) - len(mark.lstrip())
            yield match.start() + lead, match.start() + len(mark.rstrip())


def nothing_left(folded: str, start: int, end: int) -> bool:
    """Whether a mark is all that is left of a post, and says that the rest was removed."""
    return folded[start:end] == folded.strip() and bool(_GONE.match(folded[start:end]))
