"""Thread pages of forums that do not exist, laid out at random: how many are read whole as of unknown make?

What a post stands in, how its author and its date are written, what stands around its words and around the
thread are drawn independently of each other; the words are drawn from a list. Nothing was fitted to a page.

    python tests/parse/layouts.py [FIRST LAST]    pages read whole, and which choices are read worse than others
"""

import random
import re
import sys
from collections import Counter, defaultdict
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime, timedelta

from parse.model import ParseError
from parse.page import Page
from parse.registry import read

NOW = datetime(2026, 11, 1, tzinfo=UTC)
NAMES = (
    "Ann Lee", "bob77", "K. Meyer", "xX_Kat_Xx", "Dr Bell", "moonlight", "old_timer", "Sven", "Maria Lopez",
    "The Gardener", "jd", "Rust-Bucket", "Tomás", "pixelpusher", "Hannah B", "anon42", "kilo.watt", "zed",
)  # fmt: skip
WORDS = (
    "the", "a", "of", "to", "and", "in", "that", "is", "was", "for", "on", "it", "with", "as", "at", "by",
    "be", "this", "have", "from", "or", "had", "not", "are", "but", "what", "all", "were", "we", "when",
    "can", "there", "use", "each", "which", "she", "how", "if", "will", "up", "other", "about", "out",
    "many", "then", "them", "these", "so", "some", "her", "would", "make", "like", "him", "into", "time",
    "has", "look", "two", "more", "write", "go", "see", "number", "way", "could", "people", "than", "first",
    "water", "been", "call", "oil", "its", "now", "find", "long", "down", "day", "did", "get", "come",
    "made", "may", "part", "over", "new", "sound", "take", "only", "little", "work", "know", "place",
)  # fmt: skip
SHORT = ("Yes.", "+1", "Thanks!", "Same here.", "No idea, sorry.", "Bump.")


@dataclass(frozen=True)
class Layout:
    """The choices; the first value of each is the plain one."""

    box: str = "div"
    classes: str = "telling"
    author: str = "link"
    date: str = "2 Mar 2026 10:01"
    dated_in: str = "span"
    order: str = "author first"
    joined_by: str = "blank"
    byline: str = "above"
    avatar: bool = False
    rank: bool = False
    account: bool = False
    number: bool = False
    buttons: str = "none"
    likes: bool = False
    signature: bool = False
    subject: bool = False
    body: str = "paragraphs"
    opening: str = "as replies"
    wrapped: int = 0
    posts: int = 5
    quotes: bool = False
    ids: bool = False
    crumbs: bool = False
    pager: bool = False
    beside: bool = False
    similar: bool = False
    form: bool = False
    foot: bool = False


CHOICES = {
    "box": ("div", "article", "li", "tr", "two tr", "dl", "flat", "section"),
    "classes": ("telling", "senseless", "none"),
    "author": ("link", "bold", "span", "link by number"),
    "date": ("2 Mar 2026 10:01", "2026-03-02 10:01", "2026-03-02T10:01:00Z", "March 2, 2026 at 10:01 am",
             "02.03.2026, 10:01", "Mar 2, 2026 10:01 AM", "3 days ago"),
    "dated_in": ("span", "time", "nothing", "link"),
    "order": ("author first", "date first"),
    "joined_by": ("blank", "sign", "posted by", "lines", "columns"),
    "byline": ("above", "below"),
    "buttons": ("none", "links", "buttons"),
    "body": ("paragraphs", "breaks", "divisions", "bare"),
    "opening": ("as replies", "article", "bare"),
    "wrapped": (0, 1, 2),
    "posts": (5, 3, 8, 15),
}  # fmt: skip


@dataclass(frozen=True)
class Said:
    author: str
    at: datetime
    paragraphs: tuple[str, ...]

    @property
    def text(self):
        return " ".join(" ".join(self.paragraphs).split())


def drawn(seed):
    """A layout, each of its choices by chance."""
    return chosen(Layout, CHOICES, random.Random(seed))


def chosen(layout, choices, rng):
    return layout(**{each.name: rng.choice(choices.get(each.name, (False, True))) for each in fields(layout)})


def sentence(rng, fewest=5, most=18):
    words = " ".join(rng.choice(WORDS) for _ in range(rng.randint(fewest, most)))
    return words.capitalize() + rng.choice("...!?")


def paragraph(rng):
    return " ".join(sentence(rng) for _ in range(rng.randint(1, 4)))


def thread(count, rng):
    """The posts of a thread: a long one, then answers, of which some are short."""
    at, people, said = (
        datetime(2026, rng.randint(1, 9), rng.randint(1, 28), 9, 5, tzinfo=UTC),
        list(NAMES),
        [],
    )
    rng.shuffle(people)
    for number in range(count):
        is_short = number and rng.random() < 0.1
        words = [rng.choice(SHORT)] if is_short else [paragraph(rng) for _ in range(rng.randint(1, 3))]
        author = people[0] if not number else rng.choice(people[: max(3, count)])
        said.append(Said(author, at, tuple(words)))
        at += timedelta(minutes=rng.randint(1, 3000))
    return said


class Forum:
    """One forum's way to show a thread."""

    def __init__(self, layout, seed):
        self.layout, self.rng = layout, random.Random(f"{seed} page")
        self.profile = self.rng.choice(("/user/{0}", "/member.php?u={1}", "/u/{0}", "/profile/{0}"))
        self.sign = self.rng.choice(("-", "|", "·", "&raquo;"))
        self.title = sentence(self.rng, 3, 7).rstrip(".!?")
        self.account = {name: (self.rng.randint(1, 5000), self.rng.randint(2005, 2024)) for name in NAMES}
        self.signatures = {name: self.rng.choice(("", sentence(self.rng, 4, 9))) for name in NAMES}

    def named(self, name):
        if self.layout.classes == "none":
            return ""
        letters = random.Random(name).sample("bcdfghjklmnpqrstvwz", 4)
        return f' class="{name if self.layout.classes == "telling" else "".join(letters)}"'

    def author(self, said):
        number, slug = 100 + NAMES.index(said.author), re.sub(r"\W+", "-", said.author.lower()).strip("-")
        if self.layout.author == "bold":
            return f"<b{self.named('name')}>{said.author}</b>"
        if self.layout.author == "span":
            return f"<span{self.named('name')}>{said.author}</span>"
        shape = "profile.php?id={1}" if self.layout.author == "link by number" else self.profile
        return f'<a href="{shape.format(slug, number)}"{self.named("name")}>{said.author}</a>'

    def date(self, said, number):
        at = said.at
        hour, half = at.hour % 12 or 12, "am" if at.hour < 12 else "pm"
        exact = f"{at:%Y-%m-%d %H:%M}"
        text = {
            "2 Mar 2026 10:01": f"{at.day} {at:%b %Y %H:%M}",
            "2026-03-02 10:01": exact,
            "2026-03-02T10:01:00Z": f"{at:%Y-%m-%dT%H:%M:%SZ}",
            "March 2, 2026 at 10:01 am": f"{at:%B} {at.day}, {at.year} at {hour}:{at:%M} {half}",
            "02.03.2026, 10:01": f"{at:%d.%m.%Y, %H:%M}",
            "Mar 2, 2026 10:01 AM": f"{at:%b} {at.day}, {at.year} {hour}:{at:%M} {half.upper()}",
            "3 days ago": f"{(NOW - at).days} days ago",
        }[self.layout.date]
        if self.layout.dated_in == "time":
            return f'<time datetime="{at:%Y-%m-%dT%H:%M:%SZ}">{text}</time>'
        if self.layout.date == "3 days ago":
            return f'<span{self.named("date")} title="{exact}">{text}</span>'
        if self.layout.dated_in == "link":
            return f'<a href="#p{number}"{self.named("date")}>{text}</a>'
        return text if self.layout.dated_in == "nothing" else f"<span{self.named('date')}>{text}</span>"

    def byline(self, said, number):
        author, date = self.author(said), self.date(said, number)
        if self.layout.joined_by == "posted by":
            return f"Posted by {author} on {date}"
        first, last = (author, date) if self.layout.order == "author first" else (date, author)
        if self.layout.joined_by == "lines":
            return f"<div{self.named('line')}>{first}</div><div{self.named('line-below')}>{last}</div>"
        return f"{first} {self.sign} {last}" if self.layout.joined_by == "sign" else f"{first} {last}"

    def about(self, said):
        """What is told of an account."""
        posts, year = self.account[said.author]
        told = f'<img src="/a/{NAMES.index(said.author)}.png" alt="" width="48">' * self.layout.avatar
        told += (
            f"<div{self.named('rank')}>{'Senior Member' if posts > 900 else 'Member'}</div>"
            * self.layout.rank
        )
        since = f"<div{self.named('count')}>Posts: {posts}</div><div{self.named('joined')}>Joined: Mar {year}</div>"
        return told + since * self.layout.account

    def body(self, said, quoted):
        quote = (
            f"<blockquote><b>{quoted.author} wrote:</b><br>{quoted.paragraphs[0]}</blockquote>"
            if quoted
            else ""
        )
        tag = {"paragraphs": "p", "divisions": "div"}.get(self.layout.body)
        words = (
            "".join(f"<{tag}>{each}</{tag}>" for each in said.paragraphs)
            if tag
            else "<br><br>".join(said.paragraphs)
        )
        body = quote + (words if self.layout.body == "bare" else f"<div{self.named('text')}>{words}</div>")
        signature = self.signatures[said.author] if self.layout.signature else ""
        return body + (f'<div class="signature">{signature}</div>' if signature else "")

    def tail(self, number):
        tail = f"<span{self.named('likes')}>{self.rng.randint(0, 9)} likes</span>" * self.layout.likes
        pressed = {
            "none": "",
            "links": "".join(
                f'<a href="/{do}/{number}">{do.title()}</a> ' for do in ("reply", "quote", "report")
            ),
            "buttons": "<button>Reply</button><button>Report</button>",
        }[self.layout.buttons]
        return tail + (f"<div{self.named('tools')}>{pressed}</div>" if pressed else "")

    def post(self, said, number, quoted):
        layout = self.layout
        mark = f'<a{self.named("no")} href="/t/7?post={number}#p{number}">#{number}</a> ' * layout.number
        place = f' id="p{number}"' * layout.ids
        words = f"<div{self.named('subject')}>Re: {self.title}</div>" * layout.subject + self.body(
            said, quoted
        )
        who = f"{self.author(said)}{self.about(said)}"
        when = f"<div{self.named('when')}>{mark}{self.date(said, number)}</div>"
        if layout.box == "tr":
            cells = f"<td{self.named('who')}>{who}</td><td{self.named('main')}>{when}{words}{self.tail(number)}</td>"
            return f"<tr{self.named('post')}{place}>{cells}</tr>"
        if layout.box == "two tr":
            above = (
                f'<tr{self.named("head")}{place}><td colspan="2">{mark}{self.date(said, number)}</td></tr>'
            )
            cells = (
                f"<td{self.named('who')}>{who}</td><td{self.named('main')}>{words}{self.tail(number)}</td>"
            )
            return f"{above}<tr{self.named('post')}>{cells}</tr>"
        byline = f"{mark}{self.byline(said, number)}"
        if layout.box == "dl":
            return f"<dt{place}>{byline}</dt><dd>{words}{self.tail(number)}</dd>"
        if layout.box == "flat":
            head, said_in = (
                f"<div{self.named('by')}{place}>{byline}</div>",
                f"<div{self.named('said')}>{words}",
            )
            return f"{head}{said_in}{self.tail(number)}</div>"
        if layout.joined_by == "columns":
            main = f"<div{self.named('main')}>{when}{words}{self.tail(number)}</div>"
            inner = f"<div{self.named('who')}>{who}</div>{main}"
        else:
            head = f"<div{self.named('by')}>{byline}{self.about(said)}</div>"
            inner = head + words + self.tail(number)
            inner = inner if layout.byline == "above" else words + head + self.tail(number)
        inner = f"<div{self.named('in')}>" * layout.wrapped + inner + "</div>" * layout.wrapped
        return f"<{layout.box}{self.named('post')}{place}>{inner}</{layout.box}>"

    def page(self, said):
        layout, quoted = self.layout, [None] * len(said)
        if layout.quotes:
            quoted = [
                self.rng.choice(said[:n]) if n and self.rng.random() < 0.4 else None for n in range(len(said))
            ]
        is_apart = layout.opening != "as replies"
        posts = [self.post(s, n, q) for n, (s, q) in enumerate(zip(said, quoted, strict=True), 1)][is_apart:]
        around = {"tr": "table", "two tr": "table", "li": "ol", "dl": "dl"}.get(layout.box, "div")
        answers = f"<{around}{self.named('posts')}>{''.join(posts)}</{around}>"
        opening = f"<h1>{self.title}</h1>"
        if is_apart:
            words = "".join(f"<p>{each}</p>" for each in said[0].paragraphs)
            line = "p" if layout.opening == "bare" and layout.joined_by != "lines" else "div"
            opening += f"<{line}{self.named('meta')}>{self.byline(said[0], 1)}</{line}>{words}"
            opening = (
                f"<article{self.named('entry')}>{opening}</article>"
                if layout.opening == "article"
                else opening
            )
            answers = f"<h2>{len(posts)} Comments</h2>{answers}"
        return (
            f'<!doctype html><html lang="en"><head><title>{self.title} - Garden Talk</title></head><body>'
            f'<div{self.named("nav")}><a href="/">Home</a> <a href="/search">Search</a> <a href="/login">Log in</a></div>'
            f"{self.before()}<div{self.named('content')}>{opening}{answers}</div>{self.after()}</body></html>"
        )

    def before(self):
        crumbs = f'<a href="/">Home</a> &raquo; <a href="/board/3">General talk</a> &raquo; {self.title}'
        recent = "".join(
            f'<li><a href="/t/{n}">{sentence(self.rng, 3, 7)}</a> by <a href="{self.profile.format("guest", n)}">'
            f"{self.rng.choice(NAMES)}</a></li>"
            for n in range(20, 26)
        )
        return (
            f"<div{self.named('crumbs')}>{crumbs}</div>" * self.layout.crumbs
            + self.pages()
            + f"<div{self.named('side')}><h3>Recent threads</h3><ul>{recent}</ul></div>" * self.layout.beside
        )

    def pages(self):
        links = 'Page <b>1</b> <a href="/t/7?page=2">2</a> <a href="/t/7?page=3">3</a> <a href="/t/7?page=2">Next</a>'
        return f"<div{self.named('pages')}>{links}</div>" * self.layout.pager

    def after(self):
        rows = "".join(
            f'<tr><td><a href="/t/{n}">{sentence(self.rng, 3, 7)}</a></td><td>{self.rng.choice(NAMES)}</td>'
            f"<td>{self.rng.randint(0, 40)}</td><td>2 Oct 2026 12:{n}</td></tr>"
            for n in range(30, 34)
        )
        form = (
            '<form action="/reply" method="post"><h3>Write a reply</h3><textarea name="m"></textarea></form>'
        )
        foot = '<a href="/privacy">Privacy</a> | <a href="/contact">Contact</a>'
        return (
            self.pages()
            + form * self.layout.form
            + f"<h3>Similar threads</h3><table>{rows}</table>" * self.layout.similar
            + f"<div{self.named('foot')}>{foot}</div>" * self.layout.foot
        )


@dataclass(frozen=True)
class Score:
    """Of the posts of a page: how many there are, were found word for word, have their author, their time."""

    posts: int
    found: int
    authors: int
    times: int
    invented: int

    @property
    def is_whole(self):
        return self.posts == self.found == self.authors == self.times and not self.invented


def score(layout, seed):
    said = thread(layout.posts, random.Random(f"{seed} thread"))
    return compared(said, Forum(layout, seed).page(said))


def compared(said, html):
    """How the posts that are read from a page compare with what was said on it."""
    try:
        reading = read(Page(url="https://forum.example.org/t/7", body=html.encode(), fetched_at=NOW))
    except ParseError:
        return Score(len(said), 0, 0, 0, 0)
    posts = [post for each in reading.threads for post in each.posts]
    waiting = defaultdict(list)
    for post in posts:
        waiting[" ".join(post.text.split())].append(post)
    pairs = [(one, waiting[one.text].pop(0)) for one in said if waiting[one.text]]
    return Score(
        posts=len(said),
        found=len(pairs),
        authors=sum(bool(post.author) and post.author.name == one.author for one, post in pairs),
        times=sum(post.posted_at == one.at for one, post in pairs),
        invented=len(posts) - len(pairs),
    )


def report(scored):
    """Lines on many pages, each known by its seed, with its layout and its score."""
    scores = {seed: each for seed, (_, each) in scored.items()}
    whole = [seed for seed, each in scores.items() if each.is_whole]
    total = {each.name: sum(getattr(s, each.name) for s in scores.values()) for each in fields(Score)}
    yield f"{len(whole)} of {len(scores)} pages whole; {total}"
    chosen = {seed: asdict(layout).items() for seed, (layout, _) in scored.items()}
    often = Counter(choice for choices in chosen.values() for choice in choices)
    well = Counter(choice for seed in whole for choice in chosen[seed])
    for choice in sorted(often, key=lambda choice: well[choice] / often[choice]):
        yield f"{well[choice] / often[choice]:.2f}  {choice[0]}: {choice[1]}"


if __name__ == "__main__":
    span = [int(number) for number in sys.argv[1:3]] or [0, 600]
    print("\n".join(report({seed: (drawn(seed), score(drawn(seed), seed)) for seed in range(*span)})))
