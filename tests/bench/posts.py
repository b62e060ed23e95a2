"""Any number of posts in the words of the demo community: the same seed gives the same posts."""

import random
import re
import tomllib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from analyze.model import Findings, ModerationEvent, ProposalMention, Span, Stance
from parse.model import Author, Board, Post, Quote, Reply, Thread
from parse.page import Page
from warehouse import findings
from warehouse.batch import Batch
from warehouse.load import load
from warehouse.store import writing

BEGIN = datetime(2025, 1, 1, tzinfo=UTC)
YEAR = 365 * 24 * 3600
POSTS_A_THREAD = 20
CODES = (
    "client_metrics_disclosure", "readiness_test", "arbitration_fee", "client_vetting",
    "escrow_protection", "rating_system", "conduct_rules", "support_response",
)  # fmt: skip


@cache
def sentences() -> tuple[str, ...]:
    """Every sentence that the demo community says."""
    folder = Path(__file__).parents[2] / "folkmoot" / "demo" / "threads"
    found: list[str] = []
    for file in sorted(folder.glob("*.toml")):
        for post in tomllib.loads(file.read_text("utf-8")).get("post", ()):
            if "quote" not in (body := str(post.get("body", ""))):
                found += re.findall(r"[^.!?\n]{12,}[.!?]", body)
    return tuple(found)


def people(count: int) -> list[Author]:
    staff = max(1, count // 200)
    return [
        Author(
            name=f"member {number}",
            user_id=str(number),
            login=f"m{number}",
            profile_url=f"https://forum.example/u/{number}",
            role="Community Manager" if number < staff else None,
            is_staff=number < staff,
        )
        for number in range(count)
    ]


def batches(posts: int, *, a_batch: int = 10_000, seed: int = 1) -> Iterator[Batch]:
    """`posts` posts in threads of twenty, one page each, as they come from the parser."""
    chance = random.Random(seed)
    members = people(max(20, posts // 50))
    number = 0
    while number < posts:
        made = []
        for _ in range(min(a_batch, posts - number) // POSTS_A_THREAD or 1):
            made.append(_thread(number, members, chance))
            number += POSTS_A_THREAD
        yield Batch(
            site_id="forum",
            platform="khoros",
            base_url="https://forum.example/",
            site_title="The forum",
            threads=tuple(thread for thread, _ in made),
            pages=tuple(page for _, page in made),
        )


def _thread(first: int, members: Sequence[Author], chance: random.Random) -> tuple[Thread, Page]:
    begun = BEGIN + timedelta(seconds=chance.randrange(YEAR))
    url = f"https://forum.example/t/{first}"
    page = Page(
        url=url, body=str(first).encode(), fetched_at=BEGIN + timedelta(days=400), archive_file="f.warc.gz",
        archive_offset=first * 1000, archive_length=900,
    )  # fmt: skip
    posts: list[Post] = []
    replies: list[Reply] = []
    for position in range(1, POSTS_A_THREAD + 1):
        parent = chance.choice(posts) if posts else None
        posts.append(_post(first + position, position, parent, begun, page.page_id, members, chance))
        if parent is not None:
            replies.append(
                Reply(post=posts[-1].id, parent=parent.id, method="native", confidence=1.0, is_primary=True)
            )
    board = Board(
        id=f"b{first % 12}", title=f"Board {first % 12}", url=f"https://forum.example/b/{first % 12}"
    )
    title = chance.choice(sentences())[:80]
    return (
        Thread(id=str(first), title=title, url=url, board=board, started_at=begun, posts=tuple(posts), replies=tuple(replies)),
        page,
    )  # fmt: skip


def _post(
    id: int,
    position: int,
    parent: Post | None,
    begun: datetime,
    page_id: str,
    members: Sequence[Author],
    chance: random.Random,
) -> Post:
    text = " ".join(chance.choices(sentences(), k=chance.randint(1, 8)))
    quotes: tuple[Quote, ...] = ()
    if parent is not None and chance.random() < 0.3:
        quotes = (
            Quote(
                ordinal=1, depth=1, text=parent.text[:200], source_post_id=parent.id, source_ref=parent.id,
                source_method="link", source_confidence=1.0,
                attributed_to=parent.author.name if parent.author else None,
            ),
        )  # fmt: skip
    # A few write most: the square makes low numbers frequent.
    author = members[int(chance.random() ** 2 * len(members))]
    return Post(
        id=str(id),
        text=text,
        full_text="\n".join((*(quote.text for quote in quotes), text)),
        author=author,
        author_method="byline",
        author_confidence=1.0,
        position=position,
        posted_at=begun + timedelta(hours=position * chance.random() * 10),
        url=f"https://forum.example/p/{id}",
        like_count=chance.randrange(5),
        quotes=quotes,
        page_id=page_id,
    )


def found_in(batch: Batch, *, seed: int = 1) -> Iterator[Findings]:
    """Findings of a plausible number at plausible places: a fifth name a proposal, a third take a side."""
    chance = random.Random(seed)
    for thread in batch.threads:
        code = chance.choice(CODES)
        for post in thread.posts:
            yield _found(post, code, chance)


def _found(post: Post, code: str, chance: random.Random) -> Findings:
    end = min(len(post.text), 80)
    side = chance.choice(("support", "support", "oppose", "mixed"))
    span = (Span(start=0, end=end),)
    act = chance.choice(("propose", "discuss", "discuss"))
    names = chance.random() < 0.2
    toward = chance.random() < 0.35 and (post.position or 1) > 1
    mention = ProposalMention(start=0, end=end, proposal_id=code, act=act, confidence=0.8, rule="bench")
    return Findings(
        id=f"forum:{post.id}",
        proposals=(mention,) if names else (),
        is_proposal=names,
        proposal_score=0.8 if names else 0.0,
        stance=Stance(stance=side, confidence=0.7, rule="bench", evidence=span) if toward else None,
        positions=(Stance(stance=side, confidence=0.7, rule="bench", proposal_id=code, evidence=span),)
        if names
        else (),
        moderation=(ModerationEvent(kind="thread_locked", start=0, end=end, confidence=0.9, rule="bench"),)
        if chance.random() < 0.002
        else (),
    )


def fill(path: Path, posts: int) -> None:
    """A published warehouse of that many posts, tagged with the default codebook."""
    from analyze import codebook

    codes = codebook.load(None)
    with writing(path) as db:
        run = findings.begin_run(db, version="bench", codebook=codes)
        for number, batch in enumerate(batches(posts)):
            load(db, batch)
            findings.save(db, run, list(found_in(batch, seed=number)))
        findings.end_run(db, run, posts)
