"""Blocks, in which apps of Slack lay out what they say: as the mrkdwn that people would have written."""

from collections.abc import Iterator
from typing import Any

from parse.json_fields import entries, listed, mapping, text


def written(blocks: Any) -> str:
    """The words of all blocks, a line each; pictures, buttons and rules have none."""
    return "\n".join(line for block in entries(listed(blocks)) for line in _lines(block) if line.strip())


def _lines(block: dict[str, Any]) -> Iterator[str]:
    """Rich text has elements of elements, a section a text or fields, a context texts as elements."""
    if block.get("type") == "rich_text":
        yield from (_part(part) for part in entries(listed(block.get("elements"))))
        return
    texts = [block.get("text"), *listed(block.get("fields"))]
    texts += listed(block.get("elements")) if block.get("type") == "context" else []
    yield from (text(mapping(each).get("text")) for each in texts)


def _part(part: dict[str, Any]) -> str:
    """A section, a list of them, a quote or code."""
    kind, inner = part.get("type"), list(entries(listed(part.get("elements"))))
    if kind == "rich_text_list":
        return "\n".join(f"• {_part(item)}" for item in inner)
    words = "".join(map(_word, inner))
    if kind == "rich_text_quote":
        return "\n".join(f"&gt; {line}" for line in words.split("\n"))
    return f"```{words}```" if kind == "rich_text_preformatted" else words


def _word(piece: dict[str, Any]) -> str:
    kind, words = text(piece.get("type")), text(piece.get("text"))
    if kind == "link":
        return f"<{text(piece.get('url'))}|{words}>" if words else f"<{text(piece.get('url'))}>"
    named = {
        "user": f"<@{text(piece.get('user_id'))}>",
        "channel": f"<#{text(piece.get('channel_id'))}>",
        "broadcast": f"<!{text(piece.get('range'))}>",
        "emoji": f":{text(piece.get('name'))}:",
    }
    return named.get(kind) or words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
