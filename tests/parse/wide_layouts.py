"""Thread pages of forums that do not exist, in the kinds of markup of 25 years: how many are read whole?

The shape of a post, the way elements are named, the language, how a date is written, and all that stands in and
between posts are drawn independently of each other, as in layouts.py; these are other choices. Nothing was fitted
to a page.

    python tests/parse/wide_layouts.py [FIRST LAST [LANGUAGE ...]]    pages read whole, and which choices are read
                                                                      worse; with languages, in each of them
"""

import importlib.util
import random
import re
import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

_HERE = Path(__file__).parent


def _beside(name):
    spec = importlib.util.spec_from_file_location(f"pages_{name}", _HERE / f"{name}.py")
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


layouts, tongues, trees = _beside("layouts"), _beside("tongues"), _beside("trees")
NOW = datetime(2026, 11, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Layout:
    """The choices; the first value of each is the plain one."""

    shape: str = "cards"
    naming: str = "telling"
    tongue: str = "en"
    date: str = "written"
    author: str = "link"
    avatar: str = "none"
    about: str = "none"
    words: str = "paragraphs"
    quote: str = "none"
    signature: str = "none"
    edited: bool = False
    buttons: str = "none"
    number: str = "none"
    subject: bool = False
    adverts: str = "none"
    sidebar: bool = False
    login: bool = False
    form: bool = False
    pager: bool = False
    tree: str = "flat"
    posts: int = 6

    @property
    def is_tree(self):
        """Whether answers stand in what they answer: rows of one table cannot."""
        return self.tree == "nested" and not self.shape.endswith("rows")


CHOICES = {
    "shape": ("cards", "columns in tables", "two rows", "three rows", "rows", "dl", "byline below", "comments", "custom",
              "roles", "old fonts"),
    "naming": ("telling", "hashed", "utility", "inline styles", "none", "data attributes"),
    "tongue": tuple(each.code for each in tongues.TONGUES),
    "date": ("written", "time element", "age with title"),
    "author": ("link", "bold", "link elsewhere"),
    "avatar": ("none", "picture", "linked picture", "letter"),
    "about": ("none", "lines", "one line", "list"),
    "words": ("paragraphs", "breaks", "bare"),
    "quote": ("none", "cite", "head in box", "table", "two boxes", "head before"),
    "signature": ("none", "below rule", "below underscores", "box"),
    "buttons": ("none", "links", "buttons", "list", "icons"),
    "number": ("none", "link", "bare"),
    "adverts": ("none", "once", "often"),
    "tree": ("flat", "nested", "margin"),
    "posts": (6, 3, 10, 20),
}  # fmt: skip
NAMES = {
    "utility": ("flex", "gap-4", "p-2", "border-b", "text-sm", "items-center", "mt-2", "w-full", "text-gray-500",
                "rounded-lg", "bg-white", "font-medium", "md:flex-row", "grid", "leading-6"),
    "inline styles": ("padding:4px", "color:#444", "font-size:11px", "border:1px solid #ccc", "background:#eef",
                      "margin:0 0 8px", "font-family:Verdana,sans-serif", "float:left", "width:100%"),
}  # fmt: skip


def drawn(seed):
    """A layout, each of its choices by chance."""
    return layouts.chosen(Layout, CHOICES, random.Random(f"wide {seed}"))


def spoken_in(code, laid_out):
    """The same layouts as a forum of another language has them."""
    return {seed: replace(each, tongue=code) for seed, each in laid_out.items()}


class Forum:
    """One forum's way to show a thread."""

    def __init__(self, layout, seed):
        self.layout, self.rng, self.seed = layout, random.Random(f"{seed} wide page"), seed
        spoken = (*tongues.TONGUES, *tongues.FARTHER)
        self.tongue = next(each for each in spoken if each.code == layout.tongue)
        self.template = self.rng.choice(self.tongue.dates)
        self.title = layouts.sentence(self.rng, 3, 7).rstrip(".!?")
        self.profile = self.rng.choice(
            ("/user/{0}", "/member.php?u={1}", "/u/{0}", "/@{0}", "/profile.php?id={1}")
        )
        self.accounts = {
            name: (self.rng.randint(1, 5000), self.rng.randint(2005, 2024)) for name in layouts.NAMES
        }
        self.signatures = {
            name: self.rng.choice(("", layouts.sentence(self.rng, 4, 9))) for name in layouts.NAMES
        }

    def tag(self, name, part, inner, more=""):
        """An element for a part of the page, named as this forum names things."""
        return f"<{name}{self.named(part)}{more}>{inner}</{name}>"

    def named(self, part):
        rng = random.Random(f"{self.seed} {part}")
        code = "".join(rng.choices("abcdefghijkmnpqrstuvwxyzABCDEFGH23456789", k=5))
        match self.layout.naming:
            case "telling":
                return f' class="{part}"'
            case "hashed":
                return f' class="css-{code.lower()}"' if self.seed % 2 else f' class="{part}_root__{code}"'
            case "utility":
                return f' class="{" ".join(rng.sample(NAMES["utility"], rng.randint(2, 5)))}"'
            case "inline styles":
                return f' style="{";".join(rng.sample(NAMES["inline styles"], rng.randint(1, 3)))}"'
            case "data attributes":
                return f' data-v-{code.lower()}=""'
        return ""

    def author(self, said):
        number, slug = (
            100 + layouts.NAMES.index(said.author),
            re.sub(r"\W+", "-", said.author.lower()).strip("-"),
        )
        if self.layout.author == "bold":
            return self.tag("b", "username", said.author)
        shape = self.profile if self.layout.author == "link" else "/go/{1}"
        return self.tag("a", "username", said.author, f' href="{shape.format(slug, number)}"')

    def date(self, said):
        at, iso = said.at, f"{said.at:%Y-%m-%dT%H:%M:%SZ}"
        written = tongues.dated(self.tongue, self.template, at)
        if self.layout.date == "time element":
            age = self.rng.random() < 0.5
            return self.tag(
                "time", "date", tongues.aged(self.tongue, at, NOW) if age else written, f' datetime="{iso}"'
            )
        if self.layout.date == "age with title":
            return self.tag(
                "span", "date", tongues.aged(self.tongue, at, NOW), f' title="{at:%Y-%m-%d %H:%M}"'
            )
        return self.tag("span", "date", written)

    def avatar(self, said):
        source = f'<img src="/a/{layouts.NAMES.index(said.author)}.png" alt="{said.author}" width="48">'
        return {
            "none": "", "picture": source, "linked picture": f'<a href="/pictures/{said.author[:2]}">{source}</a>',
            "letter": self.tag("span", "avatar", said.author[0].upper()),
        }[self.layout.avatar]  # fmt: skip

    def about(self, said):
        posts, year = self.accounts[said.author]
        told = [
            self.tongue.member,
            f"{self.tongue.posts}: {posts}",
            f"{self.tongue.joined}: {self.tongue.months.split()[posts % 12][:3]} {year}",
            f"{self.tongue.place}: Harbour",
        ]
        match self.layout.about:
            case "lines":
                return "".join(self.tag("div", f"about-{n}", line) for n, line in enumerate(told))
            case "one line":
                return self.tag("div", "about", " | ".join(told))
            case "list":
                return self.tag("ul", "about", "".join(f"<li>{line}</li>" for line in told))
        return ""

    def quoted(self, said):
        if said is None:
            return ""
        head, words = f"{said.author} {self.tongue.wrote}", said.paragraphs[0]
        match self.layout.quote:
            case "cite":
                return f"<blockquote><cite>{head}</cite><p>{words}</p></blockquote>"
            case "head in box":
                return f"<blockquote><div><b>{said.author}</b> {self.tongue.wrote}</div>{words}</blockquote>"
            case "table":
                return (
                    f'<table width="90%" class="quote"><tr><td><b>{head}</b></td></tr>'
                    f'<tr><td class="quote">{words}</td></tr></table>'
                )
            case "two boxes":
                return f'<div class="quote-head">{head}</div><div class="quote">{words}</div>'
            case "head before":
                return f"<p>{head}</p><blockquote>{words}</blockquote>"
        return ""

    def body(self, said, quoted):
        words = (
            "".join(f"<p>{each}</p>" for each in said.paragraphs)
            if self.layout.words == "paragraphs"
            else "<br><br>".join(said.paragraphs)
        )
        words = self.quoted(quoted) + words
        if said.is_edited:
            when = tongues.dated(self.tongue, self.template, said.at.replace(minute=59))
            note = self.tongue.edited.format(who=said.author, when=when)
            words += self.tag("div", "edited", f"<em>{note}</em>")
        words += self.signature(said)
        return words if self.layout.words == "bare" else self.tag("div", "content", words)

    def signature(self, said):
        words = self.signatures[said.author]
        if not words:
            return ""
        return {
            "none": "", "below rule": f"<hr>{words}", "below underscores": f"<br>_________________<br>{words}",
            "box": f'<div class="signature">{words}</div>',
        }[self.layout.signature]  # fmt: skip

    def buttons(self, number):
        texts = self.tongue.buttons
        match self.layout.buttons:
            case "links":
                row = " | ".join(f'<a href="/do/{n}?p={number}">{text}</a>' for n, text in enumerate(texts))
            case "buttons":
                row = "".join(f"<button>{text}</button>" for text in texts)
            case "list":
                items = (f'<li><a href="/do/{n}/{number}">{text}</a></li>' for n, text in enumerate(texts))
                row = f"<ul>{''.join(items)}</ul>"
            case "icons":
                row = f'<button aria-label="{texts[3]}"><svg></svg><span>{number % 4}</span></button>'
            case _:
                return ""
        return self.tag("div", "actions", row)

    def number(self, number):
        return {
            "none": "", "link": self.tag("a", "permalink", f"#{number}", f' href="/t/7/p/{100 + number}#p{number}"'),
            "bare": self.tag("span", "number", f"#{number}"),
        }[self.layout.number] + " "  # fmt: skip

    def post(self, said, number, quoted, inner=""):
        """One post in its shape, with those that answer it where they stand within it."""
        name, when, buttons, mark = (
            self.author(said),
            self.date(said),
            self.buttons(number),
            self.number(number),
        )
        body, face, told = self.body(said, quoted), self.avatar(said), self.about(said)
        subject = self.tag("div", "subject", f"Re: {self.title}") if self.layout.subject else ""
        who, words = f"{face}{self.tag('div', 'who', name)}{told}", f"{subject}{body}"
        tag, place = self.tag, f' id="p{number}"'
        depth = said.depth if self.layout.tree == "margin" else 0
        indent = (
            f' style="margin-left:{20 * depth}px"' if depth and self.layout.naming != "inline styles" else ""
        )
        start = f"{self.named('post')}{place}{indent}>"
        match self.layout.shape:
            case "columns in tables":
                main = tag("div", "when", mark + when) + words + buttons
                row = tag("td", "left", who, ' valign="top"') + tag("td", "right", main)
                return f"<table{start}<tr>{row}</tr></table>{inner}"
            case "two rows":
                row = f"<tr><td>{name}</td><td>{mark}{when}</td></tr>"
                return f"{row}<tr>{tag('td', 'left', face + told)}{tag('td', 'right', words + buttons)}</tr>"
            case "three rows":
                row = f'<tr><td rowspan="2">{who}</td><td>{mark}{when}</td></tr>'
                return f"{row}<tr>{tag('td', 'right', words)}</tr><tr><td></td><td>{buttons}</td></tr>"
            case "rows":
                main = tag("td", "right", f"{mark}{when}<br>{words}{buttons}")
                return f"<tr{place}>{tag('td', 'left', who)}{main}</tr>"
            case "dl":
                about = f"<dd>{told}</dd>" if told else ""
                return f"<dl{start}<dt>{mark}{name}</dt><dd>{when}</dd>{about}<dd>{words}{buttons}</dd></dl>{inner}"
            case "byline below":
                foot = tag("div", "foot", f"— {face}{name}, {when} {mark}{buttons}")
                return f"<div{start}{words}{foot}{told}</div>{inner}"
            case "comments":
                head = tag("div", "head", f"{face}<cite>{name}</cite> {tag('small', 'meta', mark + when)}")
                below = f"<ul>{inner}</ul>" if inner else ""
                return f"<li{start}{head}{told}{words}{buttons}{below}</li>"
            case "custom":
                head = f"<x-post-head>{face}{name} {when} {mark}</x-post-head>"
                main = f"<x-post-body>{told}{words}</x-post-body>"
                return f"<x-post{place}{indent}>{head}{main}{buttons}{inner}</x-post>"
            case "roles":
                head = tag("div", "head", f"{face}{name}{told} · {when} {mark}")
                return f'<div role="article" aria-label="{said.author}"{start}{head}{words}{buttons}</div>{inner}'
            case "old fonts":
                head = f'<font face="Verdana" size="1">{self.tongue.by} {name} {when} {mark}</font>'
                cells = f'<tr><td bgcolor="#ddd">{head}</td></tr><tr><td><font size="2">{face}{told}{words}</font>'
                return f'<table width="100%"{indent}>{cells}{buttons}</td></tr></table>{inner}'
        head = tag("div", "head", f"{face}{name} {tag('span', 'meta', when)} {mark}")
        return f"<div{start}{head}{told}{tag('div', 'main', words)}{buttons}{inner}</div>"

    def advert(self):
        words = "Sponsored: buy a better lamp for your garden at half the price"
        link = f'<a href="https://shop.example.com/{self.rng.randint(1, 99)}">{words}</a>'
        if self.layout.shape in ("rows", "two rows", "three rows"):
            return f'<tr><td colspan="2">{link}</td></tr>'
        return self.tag("li" if self.layout.shape == "comments" else "div", "advert", link)

    def posts(self, said, quoted):
        """All posts in order, or as a tree: those within others that answer them."""
        if self.layout.is_tree:
            return self.branch(said, quoted, None)
        shown = [self.post(each, n + 1, quoted[n]) for n, each in enumerate(said)]
        every = {"none": 0, "once": len(said), "often": 3}[self.layout.adverts]
        return "".join(
            post + (self.advert() if every and n % every == 0 and n else "")
            for n, post in enumerate(shown, 1)
        )

    def branch(self, said, quoted, parent):
        return "".join(
            self.post(each, n + 1, quoted[n], self.branch(said, quoted, n))
            for n, each in enumerate(said)
            if each.parent == parent
        )

    def page(self, said):
        quoted = [None] * len(said)
        if self.layout.quote != "none":
            quoted = [
                self.rng.choice(said[:n]) if n and self.rng.random() < 0.4 else None for n in range(len(said))
            ]
        posts = self.posts(said, quoted)
        around = {"rows": "table", "two rows": "table", "three rows": "table", "comments": "ol"}.get(
            self.layout.shape, "div"
        )
        thread = self.tag(around, "posts", posts, ' role="feed"' if self.layout.shape == "roles" else "")
        pages = f'{self.tongue.page} <b>1</b> <a href="/t/7?page=2">2</a> <a href="/t/7?page=2">{self.tongue.onward}</a>'
        pager = self.tag("div", "pages", pages) if self.layout.pager else ""
        login = (
            f'<form action="/login"><input name="u"><input type="password" name="p"><button>{self.tongue.log_in}</button></form>'
            if self.layout.login
            else ""
        )
        form = (
            f'<form action="/reply"><h3>{self.tongue.write}</h3><textarea></textarea></form>'
            if self.layout.form
            else ""
        )
        way = f'<a href="/">{self.tongue.home}</a> &gt; <a href="/board/3">General talk</a> &gt; {self.title}'
        main = f"{self.tag('div', 'way', way)}<h1>{self.title}</h1>{pager}{thread}{pager}{form}{self.side()}"
        return (
            f'<!doctype html><html lang="{self.tongue.code}"><head><title>{self.title} - Garden Talk</title></head>'
            f'<body>{login}{self.tag("div", "page", main)}<footer><a href="/contact">Contact</a></footer></body></html>'
        )

    def side(self):
        rows = "".join(
            f'<li><a href="/t/{n}">{layouts.sentence(self.rng, 3, 7)}</a> {self.tongue.by} {self.rng.choice(layouts.NAMES)}, '
            f"{tongues.dated(self.tongue, self.template, datetime(2026, 9, n, 12, 5))}</li>"
            for n in range(11, 17)
        )
        return f"<aside><h3>{self.tongue.similar}</h3><ul>{rows}</ul></aside>" * self.layout.sidebar


def score(layout, seed):
    rng = random.Random(f"{seed} wide thread")
    said = trees.thread(layouts.thread(layout.posts, rng), rng, layout.edited, layout.is_tree)
    return layouts.compared(said, Forum(layout, seed).page(said))


if __name__ == "__main__":
    span = [int(number) for number in sys.argv[1:3]] or [0, 600]
    laid_out = [{seed: drawn(seed) for seed in range(*span)}]
    if sys.argv[3:]:
        laid_out = [spoken_in(code, laid_out[0]) for code in sys.argv[3:]]
    for each in laid_out:
        print("\n".join(layouts.report({seed: (one, score(one, seed)) for seed, one in each.items()})))
