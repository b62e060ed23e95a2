"""MediaWiki: talk pages, each heading a thread and each signature a comment, and lists of such pages.

Known from MediaWiki 1.39. Pages of other kinds on which people talk are read as well. A talk page and its
archives are one board; a thread goes by its first comment, so that it stays itself in the archive. What
nobody signed is nobody's, and edits do not show.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import unquote

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup, untangle
from parse.html_fields import attribute, captured, find, find_all
from parse.html_platform import HtmlPlatform
from parse.html_site import site_title
from parse.html_table import Mark, Selectors, Sight
from parse.json_fields import fragment
from parse.model import Author, Board, Link, LinkKind, PageKind, Post, Reading, Thread
from parse.page import Document
from parse.software.talk_page import Comment, Section, sections

_TALK = re.compile(
    r"(?:[^:/]+[_ ])?(?:talk|dis[ck]ussion|discusión|discussion[ei]|overleg|discussão|обсуждение|"
    r"diskuse|dyskusja|keskustelu|ノート|讨论|討論|토론)(?:[_ ][^:/]+)?:",
    re.I,
)
_ARCHIVE = re.compile(
    r"(?:/|%2F)[^/]*?(?:archi[vef]|arquivo|arkiv|arkisto|архив|過去ログ|存档|存檔|보존).*\Z", re.I
)
_LISTED = ".mw-allpages-chunk a[href], .mw-prefixindex-list a[href], .mw-category a[href]"
_FURTHER = '.mw-allpages-nav a[href], .mw-prefixindex-nav a[href], #mw-pages > a[href*="pagefrom="]'
_NAME = re.compile(r'"wgPageName":"((?:[^"\\]|\\.)*)"')


class MediaWiki(HtmlPlatform):
    name = "mediawiki"
    marks = (
        Mark("MediaWiki", 'meta[name="generator"][content^="MediaWiki"]', 0.9),
        Mark("mw-parser-output", "body.mediawiki .mw-parser-output", 0.9),
    )
    table = Selectors(
        post="#mw-content-text",
        body="#mw-content-text, .mw-parser-output",
        author="",
        time="",
        title="#firstHeading",
        login="#userloginForm form",
        missing=".noarticletext",
        thread_page="body.ns-talk",
        board_page=_LISTED,
    )
    quotes = QuoteMarkup(block="blockquote, .inline-quote-talk", drop=(".mw-editsection",))
    thread_url = re.compile(r"(?!)")
    board_url = re.compile(
        r"[?&]title=([^&#]+)|/(?:wiki|title|index\.php)/([^?&#]+)|(?<!/)/([^/?&#:]+:[^?&#]+)"
    )
    significant = ("title", "namespace", "from", "prefix", "pagefrom")

    def read(self, doc: Document) -> Reading:
        sight, content = self.sight(doc), find(doc, self.table.body)
        found = sections(content) if content is not None else []
        spoken = [section for section in found if section.comments]
        board, kind = self.talk(sight), PageKind.THREAD if spoken else self.kind(sight, ())
        is_talk = kind is PageKind.THREAD and content is not None
        ids = dict[str, int]()
        return Reading(
            platform=self.name,
            kind=kind,
            canonical_url=sight.own,
            site_title=site_title(doc),
            board=board if is_talk else None,
            boards=(board,) if is_talk else (),
            threads=tuple(self.section(section, board, sight, ids) for section in spoken),
            links=tuple(dict.fromkeys(self.inward(sight))),
            warnings=("nobody has signed what stands here",) if self.is_mute(kind, found, spoken) else (),
        )

    def is_mute(self, kind: PageKind, found: Sequence[Section], spoken: Sequence[Section]) -> bool:
        """An article, or a talk page whose sections are signed in a way that is not known."""
        return kind is PageKind.OTHER or (kind is PageKind.THREAD and bool(found) and not spoken)

    def inward(self, sight: Sight) -> Iterator[Link]:
        """Lists of pages lead to talk pages, and these to their archives."""
        for link in find_all(sight.doc, _FURTHER):
            yield Link(url=self.linked(link, sight), kind=LinkKind.BOARD)
        listed = find_all(sight.doc, _LISTED)
        for link in listed or find_all(sight.doc, ".mw-parser-output a[href]:not(.new)"):
            url = self.linked(link, sight)
            name, kind = self.page_at(url), LinkKind.THREAD if listed else LinkKind.PAGE
            is_wanted = _TALK.match(name) if listed else self.is_archive(name, sight)
            if is_wanted and url != sight.own:
                yield Link(url=url, kind=kind)

    def linked(self, link: LexborNode, sight: Sight) -> str:
        return self.canonical(sight.url(attribute(link, "href")))

    def is_archive(self, name: str, sight: Sight) -> bool:
        """Whether a page is an archive of the talk shown."""
        return bool(_ARCHIVE.search(name)) and _ARCHIVE.sub("", name) == self.talk(sight).id

    def listed_at(self, url: str) -> tuple[LinkKind, str] | None:
        """A talk page is read again as one thread is, its archives as further pages of it."""
        name = self.page_at(url)
        return (LinkKind.THREAD, _ARCHIVE.sub("", name)) if _TALK.match(name) else None

    def page_at(self, url: str) -> str:
        m = self.board_url.search(url)
        return unquote(captured(m)).replace(" ", "_") if m else ""

    def talk(self, sight: Sight) -> Board:
        """The talk page that this is, or an archive of; by its name, whatever the form of the address."""
        m = _NAME.search(sight.doc.text)
        name = _ARCHIVE.sub("", m[1] if m else self.page_at(sight.own))
        return Board(id=name, title=name.replace("_", " "), url=_ARCHIVE.sub("", sight.own))

    def section(self, section: Section, board: Board, sight: Sight, ids: dict[str, int]) -> Thread:
        url = f"{sight.own}#{section.anchor}"
        posts: list[Post] = []
        for comment in section.comments:
            post = self.comment(comment, sight)
            post_id = _once(f"{board.id}#{post.id}", ids)
            parent = None if comment.answers is None else posts[comment.answers].id
            posts.append(replace(post, id=post_id, position=len(posts) + 1, url=url, reply_to=parent))
        return Thread(
            id=posts[0].id,
            title=section.title,
            url=url,
            board=board,
            started_at=posts[0].posted_at,
            page_number=1,
            page_count=1,
            posts=tuple(posts),
        )

    def comment(self, comment: Comment, sight: Sight) -> Post:
        """Called as the site's own script calls it: by who signed, and when."""
        at, body = sight.time(comment.signed_at), untangle(fragment(comment.html), self.quotes)
        stamp = at.strftime("%Y%m%d%H%M00") if at else comment.signed_at
        return Post(
            id=f"c-{comment.author}-{stamp}".replace(" ", "_"),
            text=body.text,
            full_text=body.full_text,
            quotes=body.quotes,
            author=Author(name=comment.author, profile_url=self.canonical(sight.url(comment.link))),
            author_method="byline",
            author_confidence=1.0,
            posted_at=at,
        )


def _once(name: str, known: dict[str, int]) -> str:
    """Of what somebody signed within one minute, each has a name of its own."""
    known[name] = known.get(name, 0) + 1
    return name if known[name] == 1 else f"{name}-{known[name]}"


platform = MediaWiki()
