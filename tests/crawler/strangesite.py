"""A forum of a make that nobody knows, on a loopback port: `trapsite.serving` serves it.

Everything in it is invented. Posts go by keys and not by numbers, and each links to the page that it stands on;
its templates are indented, so that no head of a column stands without blanks.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha1

from trapsite import Asked, Reply, pages

START = datetime(2024, 3, 4, 9, 0, tzinfo=UTC)
NAMES = ("marga", "tomas", "ingrid", "pelle", "anouk")
SAYS = (
    "I asked at the office on Friday, and they told me that nothing is decided before the council meets.",
    "Last year it took them three weeks to answer, so I would write to them rather than call.",
    "My neighbour tried that and lost a cleat; the rail there is rotten under the paint.",
    "The landline has been dead for years, but the number on the sign works before nine.",
)
FRAME = "<html><head><title>{0}</title></head><body><header><a href='/'>Harbour</a></header>{1}</body></html>"


@dataclass
class Talk:
    board: str
    number: int
    title: str
    posts: int
    begun: datetime

    @property
    def last(self) -> datetime:
        return self.begun + timedelta(minutes=self.posts)


@dataclass
class Strange:
    """`boards` tells each board's threads by how many posts they have."""

    boards: dict[str, list[Talk]] = field(default_factory=dict)
    page_size: int = 4
    rows: int = 10
    has_marks: bool = False
    """Lists go on from a mark, "?after=8", and not by the number of a page."""
    has_ages: bool = False
    """Lists tell when a thread was last answered as "26 months ago"."""
    gone: int = 404
    """The status of what is not there; some say 200 and apologise."""
    log: list[Asked] = field(default_factory=list)
    url: str = ""

    def board(self, name: str, *sizes: int) -> list[Talk]:
        talks = self.boards.setdefault(name, [])
        for size in sizes:
            number = 10 + sum(map(len, self.boards.values()))
            title = f"Painting the {('crane', 'jetty', 'gate')[number % 3]} in year {number} of the plan"
            talks.append(Talk(name, number, title, size, START + timedelta(days=number)))
        return talks

    def asked(self) -> list[str]:
        """The paths asked for since the log was cleared, but for what every site is asked for."""
        return [each.path for each in self.log if each.path not in ("/robots.txt", "/sitemap.xml")]

    def answer(self, path: str, headers: Mapping[str, str]) -> Reply:
        self.log.append(Asked(path, 0, headers))
        place, _, query = path.replace("?after=", "?page=").partition("?page=")
        parts = [part for part in place.split("/") if part]
        number = int(query or 1)
        match parts:
            case []:
                return html("Harbour", self.index())
            case ["board", name] if name in self.boards:
                return html(name, self.listing(name, number))
            case ["talk", key] if found := [
                t for ts in self.boards.values() for t in ts if str(t.number) == key
            ]:
                return html(found[0].title, self.talk(found[0], number))
        return Reply(b"<html><body><h1>Not found</h1></body></html>", self.gone)

    def index(self) -> str:
        rows = "".join(
            f"<tr>\n<td>\n<a href='/board/{name}/'>All about {name}</a>\n<p>Whatever there is to say.</p></td>"
            f"<td>\n{len(talks)}\n</td><td>\n{sum(talk.posts for talk in talks)}\n</td></tr>"
            for name, talks in self.boards.items()
        )
        heads = "".join(f"<th>\n    {head}\n  </th>" for head in ("Forum", "Topics", "Posts"))
        return f"<table><tr>{heads}</tr>{rows}</table>"

    def listing(self, name: str, number: int) -> str:
        talks = sorted(self.boards[name], key=lambda talk: talk.last, reverse=True)
        here = talks[(number - 1) * self.rows : number * self.rows]
        rows = "".join(
            row(talk, age(talk) if self.has_ages else f"{talk.last:%d %b, %Y %H:%M}") for talk in here
        )
        heads = "".join(f"<th>\n    {head}\n  </th>" for head in ("Topic", "Replies", "Views", "Last post"))
        pager = self.pager(f"/board/{name}/", number, pages(len(talks), self.rows))
        rows = rows or "<tr><td>There are no topics in this forum.</td></tr>"
        return f"<h1>{name}</h1><table><tr>{heads}</tr>{rows}</table>{pager}"

    def talk(self, talk: Talk, number: int) -> str:
        first = (number - 1) * self.page_size
        shown = range(first, min(first + self.page_size, talk.posts))
        url = f"/talk/{talk.number}/"
        posts = "".join(post(talk, n, url if self.has_marks else f"{url}?page={number}") for n in shown)
        return f"<h1>{talk.title}</h1>{posts}" + self.pager(url, number, pages(talk.posts, self.page_size))

    def pager(self, url: str, number: int, count: int) -> str:
        if self.has_marks:
            return f"<a href='{url}?after={number + 1}'>Load more</a>" if number < count else ""
        links = (f"<a href='{url}?page={n}'>{n}</a>" for n in range(1, count + 1))
        return f"<div class='pages'>{' '.join(links)}</div>" if count > 1 else ""


def age(talk: Talk) -> str:
    return f"{(datetime.now(UTC) - talk.last).days // 30} months ago"


def row(talk: Talk, last: str) -> str:
    return (
        f"<tr>\n<td>\n<a href='/talk/{talk.number}/'>{talk.title}</a>\n</td><td>\n{talk.posts - 1}\n</td>"
        f"<td>\n{talk.number * 17}\n</td><td>\n{last}\n</td></tr>"
    )


def post(talk: Talk, n: int, url: str) -> str:
    key = sha1(f"{talk.number}.{n}".encode(), usedforsecurity=False).hexdigest()
    key = f"{key[:8]}-{key[8:12]}-{key[12:16]}-{key[16:20]}-{key[20:32]}"
    name, at = NAMES[(talk.number + n) % len(NAMES)], talk.begun + timedelta(minutes=n)
    return (
        f"<div class='post' id='post-{key}'><a href='/people/{name}'>{name}</a> <a href='{url}#post-{key}'>#{n + 1}</a>"
        f"<time datetime='{at.isoformat()}'>{at:%d %b, %Y}</time><p>{SAYS[(talk.number + n) % len(SAYS)]}</p></div>"
    )


def html(title: str, content: str) -> Reply:
    return Reply(FRAME.format(title, content).encode(), headers={"Content-Type": "text/html; charset=utf-8"})
