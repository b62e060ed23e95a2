"""Bodies of Zulip's messages, in its Markdown or in the HTML that it makes of that."""

import re

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup, untangle
from parse.html_fields import attribute, first, text_of
from parse.json_fields import fragment
from parse.markdown import untangle_markdown
from parse.quotes.heads import NO_HEAD, QuoteHead
from parse.quotes.plain import Body

_QUOTE = re.compile(
    r"(?:^@_?\*\*(?P<who>[^*|\n]+)(?:\|\d+)?\*\*[ ]"
    r"(?:\[[^\]\n]+\]\((?P<url>[^)\n]*)\))?[^\n]{0,40}:[ \t]*\n+)?"
    r"^(?P<fence>`{3,}|~{3,})[ ]?quote[ \t]*\n(?P<words>.*?)(?:^(?P=fence)[ \t]*$|\Z)",
    re.M | re.S,
)
"""With the line above it that says who said these words, and where they stand."""
_NEAR = re.compile(r"/(?:near|with)/(\d+)")
_MENTION = re.compile(r"@_?\*\*([^*|\n]+)(?:\|\d+)?\*\*")
_CHANNEL = re.compile(r"#\*\*([^*\n]+)\*\*")
_HEAD = 'p:has(> .user-mention.silent:first-child):has(> a[href*="/near/"]):not(:has(> br))'


def untangle_zulip(content: str, *, is_html: bool) -> Body:
    """The own words and the quotes of a message."""
    if is_html:
        return untangle(fragment(content), _MARKUP)
    written = content.replace("\r\n", "\n")
    said = untangle_markdown(_plain(_tagged(written)))
    return Body(said.text, _plain(written).strip(), said.quotes)


def _plain(words: str) -> str:
    """People and channels by their names alone."""
    return _CHANNEL.sub(r"#\1", _MENTION.sub(r"@\1", words))


def _tagged(content: str) -> str:
    """A quote in fences as one in tags; a quote in it has shorter fences."""
    return _QUOTE.sub(lambda m: f"\n[quote{_source(m)}]\n{_tagged(m['words'])}\n[/quote]\n", content)


def _source(m: re.Match[str]) -> str:
    if not m["who"]:
        return ""
    near, who = _NEAR.search(m["url"] or ""), re.sub(r'["\[\]]', "", m["who"])
    return f'="{who}"' + (f" post_id={near[1]}" if near else "")


def _described(block: LexborNode) -> QuoteHead:
    """What the paragraph above a quote says, which may stand before another quote as well."""
    above = block.prev
    while above is not None and not above.is_element_node:
        above = above.prev
    link = first(above, 'a[href*="/near/"]') if above is not None and above.tag == "p" else None
    near = _NEAR.search(attribute(link, "href"))
    if above is None or near is None:
        return NO_HEAD
    name = text_of(first(above, ".user-mention.silent")).removeprefix("@")
    return QuoteHead(attributed_to=name or None, source_ref=near[1])


_MARKUP = QuoteMarkup(head_before=_HEAD, describe=_described)
