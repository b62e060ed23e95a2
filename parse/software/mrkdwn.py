"""Bodies in Slack's mrkdwn, as its exports hold them: references in brackets, `>` escaped, code in fences."""

import re
from collections.abc import Mapping

from parse.quotes.plain import Body, shielded, unshielded, untangle_text

_CODE = re.compile(r"```.+?```", re.S)
_REFERENCE = re.compile(r"<([@#!]?)([^<>|\n]+)(?:\|([^<>\n]*))?>")
_ALL_BELOW = re.compile(r"^>>>[ \t]?(.*)\Z", re.M | re.S)
"""Three at the beginning of a line quote all that follows."""
_ESCAPED = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}
_ESCAPES = re.compile("|".join(_ESCAPED))


def untangle_mrkdwn(text: str, names: Mapping[str, str]) -> Body:
    """The own words and the quotes of a message; `names` are those of the people mentioned, by account.

    Marks of bold, lists and code stay, as the words that people wrote.
    """
    words = _ESCAPES.sub(lambda m: _ESCAPED[m[0]], _REFERENCE.sub(lambda m: _shown(m, names), text))
    words = _CODE.sub(lambda m: shielded(m[0]), words)
    return unshielded(untangle_text(_ALL_BELOW.sub(lambda m: re.sub("^", "> ", m[1], flags=re.M), words)))


def _shown(m: re.Match[str], names: Mapping[str, str]) -> str:
    """What readers see in the place of a person, a channel, a group of people, a date or a link."""
    kind, target, label = m[1], m[2], m[3] or ""
    if kind == "@":
        return f"@{names.get(target) or label or target}"
    if kind == "#":
        return f"#{label or target}"
    if kind == "!":
        return label if "^" in target else f"@{target}"
    return label or target.removeprefix("mailto:")
