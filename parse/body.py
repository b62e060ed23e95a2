"""One post's body: the author's own words apart from the tree of quotes, however deep it nests."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from selectolax.lexbor import LexborNode

from parse.html_fields import every, first
from parse.model import Quote
from parse.quotes import attributions, heads
from parse.quotes.heads import NO_HEAD, QuoteHead
from parse.quotes.plain import (
    Body,
    may_quote,
    shielded,
    take_attribution,
    unshielded,
    untangle_text,
    without_empty,
)
from parse.text_flow import (
    BREAK,
    ITEM,
    MARKS,
    PARAGRAPH,
    SILENT,
    alternative,
    collapsed,
    ends_line,
    item_mark,
    preformatted,
    render,
)
from parse.tree import Tree


def no_reference(_block: LexborNode) -> QuoteHead:
    """For markup that says nothing about the source beside the words of its head."""
    return NO_HEAD


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteMarkup:
    """How a platform writes a quote: a table that its adapter fills. Selectors are CSS."""

    block: str = "blockquote"
    """The outermost element of a quote. A body that is itself such an element is not a quote."""
    head: str | None = None
    """Inside the block: "Jane wrote:". Without it the first words of the block are searched for a head."""
    head_before: str | None = None
    """An element before the block that is its head (SMF 2.0)."""
    content: str | None = None
    """Inside the block: the quoted words, where something else stands beside them."""
    drop: tuple[str, ...] = ()
    """Anywhere in the body: not content (signatures, edit notices, "click to expand")."""
    describe: Callable[[LexborNode], QuoteHead] = no_reference
    """From a block: what its attributes and links say. The words of the head fill in a missing name."""
    ends_at_rule: bool = False
    """Khoros: words after the last <hr> inside a quote are the replier's."""


PLAIN = QuoteMarkup()
_NONE: frozenset[int] = frozenset()
_UNFINISHED = Quote(ordinal=0, depth=0, text="")
"""Keeps the place of a quote in document order until its end is reached."""


def untangle(body: LexborNode, markup: QuoteMarkup = PLAIN) -> Body:
    """The own words and the quotes of a post, from the element that holds its body.

    Quotes come flat, in document order, with ordinal, depth and parent. Markup inside the own words that
    is text (`>` lines, [quote] tags) is untangled as well. The tree is only read, never changed.
    """
    reader = _Reader(markup, body)
    reader.walk(body)
    return unshielded(reader.body())


@dataclass(slots=True)
class _Open:
    """A quote whose end has not been reached."""

    block: int
    parent: "_Open | None"
    before: list[str]
    """The flow around the quote, and how much of it was written when the quote began."""
    before_length: int
    head: QuoteHead
    has_head: bool
    last_rule: int | None
    index: int
    depth: int
    flow: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    """Words beside the content element; the quote's words where it has no such element."""
    content: int | None = None
    """The content element that is open."""


class _Reader:
    def __init__(self, markup: QuoteMarkup, body: LexborNode) -> None:
        self.markup = markup
        self.full: list[str] = []
        self.own: list[tuple[int, list[str]]] = [(0, [])]
        self.quotes: list[Quote] = []
        self.target = self.own[0][1]
        self.open: _Open | None = None
        self.pending_head: LexborNode | None = None
        self.preformatted = self.code = 0
        self.counted: dict[int, int] = {}
        self.blocks = {block.mem_id for block in every(body, markup.block)} - {body.mem_id}
        has_quotes = bool(self.blocks)
        self.heads = _ids(body, markup.head) if has_quotes else _NONE
        self.heads_before = _ids(body, markup.head_before) if has_quotes else _NONE
        self.contents = _ids(body, markup.content) if has_quotes else _NONE
        self.dropped = _ids(body, ", ".join(markup.drop))

    def walk(self, body: LexborNode) -> None:
        """Depth first along the links between nodes: the stack is ours, so no depth is too much."""
        above: list[LexborNode] = []
        node = body.first_child
        while node is not None:
            tag = node.tag
            if tag == "-text":
                self.say(node.text_content or "")
                inside = None
            elif tag == "br":
                self.mark(BREAK)
                inside = None
            else:
                inside = self.enter(node, tag)
            if inside is not None:
                above.append(node)
                node = inside
                continue
            following = node.next
            while following is None and above:
                closed = above.pop()
                self.leave(closed)
                following = closed.next
            node = following
        self.close_all()

    def enter(self, node: LexborNode, tag: str | None) -> LexborNode | None:
        """Take in one element; its first child where that is to be read as well."""
        if tag == "img":
            self.say(alternative(node))
            return None
        if tag is None or tag in SILENT or tag == "-comment" or node.mem_id in self.dropped:
            return None
        if self.blocks and self.is_part_of_quote(node):
            return None
        if tag in MARKS:
            self.mark(MARKS[tag])
            if tag == "li":
                self.mark(ITEM + item_mark(node, self.counted))
        self.preformatted += tag == "pre"
        self.code += tag == "code"
        child = node.first_child
        if child is None:  # an empty quote ends where it begins
            self.leave(node)
        return child

    def is_part_of_quote(self, node: LexborNode) -> bool:
        """Begin or end a quote here; True for a head, whose words are nobody's."""
        here, quote = node.mem_id, self.open
        if here in self.blocks:
            self.begin(node)
        elif here in self.heads_before or (here in self.heads and quote and not quote.has_head):
            self.take_head(node)
            return True
        elif quote and here == quote.last_rule:
            self.close()
        elif quote and here in self.contents and quote.content is None:
            quote.content = here
            self.retarget()
        return False

    def leave(self, node: LexborNode) -> None:
        tag = node.tag
        self.code -= tag == "code"
        if tag in MARKS:
            self.mark(MARKS[tag])
            self.preformatted -= tag == "pre"
            if tag == "li":
                self.mark(ITEM)
        elif tag in ("td", "th"):
            self.mark(" ")
        quote = self.open
        if quote is None:
            return
        if quote.block == node.mem_id:
            self.close()
        elif quote.content == node.mem_id:
            quote.content = None
            self.retarget()

    def say(self, text: str) -> None:
        if self.preformatted:
            text = preformatted(text)
        if self.code:
            text = shielded(text)  # a bare `<pre>` may be the body of a mail
        text = collapsed(text)
        self.full.append(text)
        self.target.append(text)

    def mark(self, mark: str) -> None:
        self.full.append(mark)
        self.target.append(mark)

    def take_head(self, node: LexborNode) -> None:
        self.full.extend((PARAGRAPH, collapsed(node.text()), PARAGRAPH))
        if node.mem_id in self.heads_before:
            self.pending_head = node
            self.target.append(PARAGRAPH)
        elif self.open:
            self.open.head = _merged(self.open.head, attributions.marked_head(node.text()))
            self.open.has_head = True

    def begin(self, block: LexborNode) -> None:
        head = self.markup.describe(block)
        before = self.pending_head
        if before is not None:
            head = _merged(head, attributions.marked_head(before.text()))
            self.pending_head = None
        self.quotes.append(_UNFINISHED)
        self.open = _Open(
            block=block.mem_id,
            parent=self.open,
            before=self.target,
            before_length=len(self.target),
            head=head,
            has_head=before is not None,
            last_rule=_closing_rule(block) if self.markup.ends_at_rule else None,
            index=len(self.quotes) - 1,
            depth=self.open.depth + 1 if self.open else 1,
        )
        self.full.append(PARAGRAPH)
        self.target.append(PARAGRAPH)
        self.retarget()

    def close(self) -> None:
        quote = self.open
        assert quote is not None
        self.finish(quote)
        self.open = quote.parent
        if self.open is None:
            self.own.append((len(self.quotes), []))
        self.full.append(PARAGRAPH)
        self.retarget()
        self.target.append(PARAGRAPH)

    def close_all(self) -> None:
        while self.open is not None:
            self.close()

    def retarget(self) -> None:
        quote = self.open
        if quote is None:
            self.target = self.own[-1][1]
        elif self.contents and quote.content is None:
            self.target = quote.outside
        else:
            self.target = quote.flow

    def finish(self, quote: _Open) -> None:
        text, head = render(quote.flow) or render(quote.outside), quote.head
        if head.line:
            text = _without_head(quote, text, head.line)
        elif not quote.has_head:
            found, text = heads.split(text)
            if found is None and head.attributed_to is None and not _is_parents(quote):
                found = _take_line(quote.before, quote.before_length)
            head = _merged(head, found or NO_HEAD)
        self.quotes[quote.index] = Quote(
            ordinal=quote.index + 1,
            depth=quote.depth,
            parent=quote.parent.index + 1 if quote.parent else None,
            text=text,
            attributed_to=head.attributed_to,
            source_ref=head.source_ref,
            source_thread_id=head.source_thread_id,
        )

    def body(self) -> Body:
        if len(self.own) == 1:
            text = render(self.own[0][1])
            return untangle_text(text) if may_quote(text) else Body(text, text, ())
        return self.mixed(render(self.full))

    def mixed(self, full_text: str) -> Body:
        """Own words between quotes may quote in plain text too; ordinals then follow the document."""
        texts: list[str] = []
        quotes: list[Quote] = []
        for number, (start, pieces) in enumerate(self.own):
            text = render(pieces)
            plain = untangle_text(text) if may_quote(text) else Body(text, text, ())
            texts.append(plain.text)
            quotes.extend(_shifted(plain.quotes, len(quotes)))
            end = self.own[number + 1][0] if number + 1 < len(self.own) else start
            quotes.extend(_shifted(self.quotes[start:end], len(quotes) - start))
        return Body("\n\n".join(filter(None, texts)), full_text, without_empty(tuple(quotes)))


def _ids(body: LexborNode, selector: str | None) -> frozenset[int]:
    """What matches in the body, and perhaps elsewhere on its page."""
    if not selector:
        return _NONE
    tree = body.parser
    return tree.ids(selector) if isinstance(tree, Tree) else frozenset(n.mem_id for n in body.css(selector))


def _shifted(quotes: tuple[Quote, ...] | list[Quote], by: int) -> list[Quote]:
    if not by:
        return list(quotes)
    return [
        replace(quote, ordinal=quote.ordinal + by, parent=quote.parent + by if quote.parent else None)
        for quote in quotes
    ]


def _merged(one: QuoteHead, other: QuoteHead) -> QuoteHead:
    if one is NO_HEAD or other is NO_HEAD:
        return other if one is NO_HEAD else one
    return QuoteHead(
        attributed_to=one.attributed_to or other.attributed_to,
        source_ref=one.source_ref or other.source_ref,
        source_thread_id=one.source_thread_id or other.source_thread_id,
    )


def _closing_rule(block: LexborNode) -> int | None:
    """The last <hr> of a Khoros quote, unless no quoted words stand before it: then it is the opening one."""
    if first(block, "hr") is None:
        return None
    last, words, words_before = None, "", ""
    for child in block.iter(include_text=True):
        if child.tag == "hr":
            last, words_before = child.mem_id, words
        elif child.tag != "-comment":
            words += "\n" + (child.text() if child.tag != "br" else "")
    _, quoted = heads.split(words_before.strip())
    return last if quoted.strip() else None


def _is_parents(quote: _Open) -> bool:
    """Whether the line above a nested quote is the head of the quote around it, not its own.

    It is, when it is the first line there and no head stands above the outer quote either, or is known to be.
    """
    outer = quote.parent
    if outer is not None and outer.head.line:
        return render(outer.flow[: quote.before_length]) == outer.head.line
    if outer is None or outer.has_head or outer.head.attributed_to:
        return False
    above = heads.read_line(_last_line(outer.before, outer.before_length))
    return above is None and "\n" not in render(outer.flow[: quote.before_length])


def _last_line(flow: list[str], length: int) -> str:
    return render(flow[max(0, length - 12) : length]).rpartition("\n")[2]


def _without_head(quote: _Open, text: str, line: str) -> str:
    """The quoted words; the line that is known to be their head goes, in the quote or right above it."""
    first_line, _, rest = text.partition("\n")
    if first_line == line:
        return rest.lstrip("\n")
    start, end = _last_piece(quote.before, quote.before_length)
    if render(quote.before[start:end]) == line:
        quote.before[start:end] = [""] * (end - start)
    return text


def _last_piece(flow: list[str], length: int) -> tuple[int, int]:
    """Where in the flow its last line begins and ends."""
    end = length
    while end and (ends_line(flow[end - 1]) or not flow[end - 1].strip()):
        end -= 1
    start = end
    while start and not ends_line(flow[start - 1]):
        start -= 1
    return start, end


def _take_line(flow: list[str], length: int) -> QuoteHead | None:
    """The head that stands as the last line before a quote whose own head was lost, taken out of the flow.

    Preformatted words are one piece of the flow, however many lines; mail programs wrap a head over several.
    """
    start, end = _last_piece(flow, length)
    lines = render(flow[start:end]).split("\n")
    head = take_attribution(lines)
    if head is NO_HEAD:
        return None
    flow[start:end] = [preformatted("\n".join(lines)), *[""] * (end - start - 1)]
    return head
