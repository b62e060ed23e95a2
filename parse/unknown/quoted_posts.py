"""Which post a quote is from, where its head leads there: "Jane said" or the arrow behind it."""

from collections.abc import Callable, Collection, Iterator

from selectolax.lexbor import LexborNode

from parse.html_fields import attribute, text_of
from parse.quotes.heads import NO_HEAD, QuoteHead, says_who
from parse.unknown.ids import PERMALINK, numbers_in
from parse.unknown.marks import is_person_address


def describer(head: str, known: Collection[str]) -> Callable[[LexborNode], QuoteHead]:
    """What tells from a `<blockquote>` which post it is from.

    `head` selects what may be heads of quotes; `known` are the ids of the posts on the page.
    """

    def describe(quote: LexborNode) -> QuoteHead:
        found = (_post_at(attribute(link, "href"), known) for link in _head_links(quote, head))
        number = next(filter(None, found), None)
        return QuoteHead(source_ref=number) if number else NO_HEAD

    return describe


def _head_links(quote: LexborNode, head: str) -> Iterator[LexborNode]:
    """The links in a quote's own head; a quote in it has one as well."""
    for cite in quote.css(head):
        around = cite.parent
        while around is not None and around.tag != "blockquote":
            around = around.parent
        if around is not None and around.mem_id == quote.mem_id:
            yield from cite.css("a[href]")
    yield from (link for link in quote.css("a[href]")[:1] if _is_way_to_source(link))


def _is_way_to_source(link: LexborNode) -> bool:
    """Whether what a link says, or an arrow drawn in it, leads to where a quote is from."""
    said = text_of(link)
    return not said or says_who(said)


def _post_at(address: str, known: Collection[str]) -> str | None:
    if is_person_address(address):
        return None
    shown = [number for number in numbers_in(address) if number in known]
    told = PERMALINK.search(address)
    return shown[-1] if shown else told[1] if told else None
