"""What a written report holds: its figures, its links, the attributes of its elements."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path


def figures(folder: Path) -> dict:
    return json.loads((folder / "report.json").read_text(encoding="utf-8"))["figures"]


def attributes(html: str) -> set[str]:
    found: set[str] = set()
    parser = HTMLParser()
    parser.handle_starttag = lambda _, attrs: found.update(name for name, _ in attrs)  # type: ignore[method-assign]
    parser.feed(html)
    return found


def dead_links(folder: Path) -> list[str]:
    """Links within a report that lead nowhere."""
    texts = {
        page.resolve(): page.read_text(encoding="utf-8") for page in folder.rglob("*.*") if page.is_file()
    }
    places = {page: {"", *re.findall(r' id="([^"]+)"', text)} for page, text in texts.items()}
    return [
        f"{page.name}: {target}"
        for page, text in texts.items()
        for target in set(re.findall(r' href="([^"]+)"', text))
        if page.suffix == ".html" and not target.startswith(("http", "data:"))
        for file, _, fragment in [target.partition("#")]
        if fragment not in places.get((page.parent / file).resolve() if file else page, ())
    ]
