"""Small warehouses to report on: a plausible community, an empty one, and one that means harm."""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa

from warehouse.store import writing

NOW = datetime(2026, 6, 15, 9, 30, tzinfo=UTC)

PROPOSALS = {
    "client_metrics": ("Disclose client metrics", "Show a client's cancellations, refunds and disputes."),
    "readiness_test": ("Readiness test for newcomers", "Let newcomers pass a test before they may bid."),
    "arbitration_fee": ("Lower the arbitration fee", "Make arbitration affordable for small contracts."),
    "escrow": ("Protect escrow deposits", "Keep a deposit safe until both sides agree."),
    "support_response": ("Answer support tickets faster", "A person answers within a day."),
}
SAID = {
    "support": (
        "I am all for it, this would have saved me two months of unpaid work.",
        "Yes please, we have been asking for this for years.",
        "This would be fair to both sides and costs nobody anything.",
        "Count me in, my last three disputes would never have happened.",
    ),
    "oppose": (
        "I do not want this, it only punishes people who had one bad client.",
        "Sorry, but this will scare good clients away.",
        "That helps nobody except those who already have every badge.",
        "No. We tried something like it in 2019 and it was a mess.",
    ),
    "mixed": ("Fine for large contracts, but please leave the small ones alone.",),
}
TALK = (
    "Started here in spring and the first month was slow.",
    "Same here, my client went silent after the second milestone.",
    "Can somebody tell me how long a dispute usually takes?",
    "They should simply show how often a client cancelled before I accept.",
    "I asked support and got the same canned answer three times.",
)
NAMES = (
    "Ottilie B", "K. Marchetti", "ines_draws", "Tomasz W.", "quietlinguist", "Bo Ahlgren", "Farida N",
    "copy_and_coffee", "Dele O.", "Marguerite", "s_kwan", "Pavel the Editor", "Anneke", "RuthlessRuth",
    "josé-luis", "Yusra", "old_hand_77", "Noor", "Wim", "Lakshmi P",
)  # fmt: skip


@dataclass
class Rows:
    """Rows of a warehouse by table; `add` fills in what a test does not care about."""

    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def add(self, table: str, **values: Any) -> None:
        self.tables.setdefault(table, []).append(values)

    def site(self, title: str = "The Workbench") -> None:
        self.add("sites", site_id="s", platform="khoros", base_url="https://forum.example.com/", title=title)

    def author(self, name: str, *, staff: bool = False, role: str | None = None) -> str:
        key = f"s:{name.casefold()}"
        self.add("authors", author_id=key, site_id="s", name=name, is_staff=staff, role=role)
        return key

    def thread(self, number: int, title: str, board: str | None = None, **more: Any) -> str:
        key = f"s:t{number}"
        self.add(
            "threads",
            **{
                "thread_id": key,
                "site_id": "s",
                "board_id": board,
                "title": title,
                "url": f"https://forum.example.com/t/{number}",
                "is_locked": False,
                "is_sticky": False,
                "is_solved": False,
                "state": "visible",
                **more,
            },
        )
        return key

    def page(self, url: str, file: str, offset: int = 0, **more: Any) -> str:
        """An archived page; returns its id."""
        number = len(self.tables.get("pages", []))
        self.add(
            "pages",
            **{
                "page_id": f"page{number}", "site_id": "s", "url": url, "fetched_at": NOW, "status": 200,
                "content_sha256": "0" * 64, "archive_file": file, "archive_offset": offset,
                "archive_length": 100, **more,
            },
        )  # fmt: skip
        return f"page{number}"

    def post(
        self, thread: str, position: int, author: str | None, text: str, at: datetime | None, **more: Any
    ) -> str:
        key = f"{thread}-{position}"
        self.add(
            "posts",
            **{
                "post_id": key,
                "thread_id": thread,
                "author_id": author,
                "author_method": "byline",
                "position": position,
                "posted_at": at,
                "url": f"https://forum.example.com/p/{key}",
                "text": text,
                "full_text": text,
                "is_solution": False,
                "state": "visible",
                "edited_by_staff": False,
                "aliases": [],
                "content_hash": 1,
                **more,
            },
        )
        return key

    def reply(self, post: str, parent: str, method: str = "native") -> None:
        self.add(
            "replies", post_id=post, parent_post_id=parent, method=method, confidence=0.9, is_primary=True
        )

    def quote(
        self, post: str, text: str, source: str | None, name: str | None, ordinal: int = 1, depth: int = 1
    ) -> None:
        self.add(
            "quotes", quote_id=f"{post}/{ordinal}", post_id=post, ordinal=ordinal, depth=depth, text=text,
            attributed_to=name, source_post_id=source, source_method="link" if source else None,
        )  # fmt: skip

    def proposal(self, key: str, label: str, description: str = "", origin: str = "codebook") -> None:
        self.add("proposals", proposal_id=key, label=label, description=description, origin=origin)

    def mention(
        self, post: str, proposal: str | None, words: str, start: int, act: str = "discuss", **more: Any
    ) -> None:
        number = len(self.tables.get("proposal_mentions", []))
        self.add(
            "proposal_mentions",
            **{
                "mention_id": f"m{number}", "post_id": post, "proposal_id": proposal, "act": act,
                "start_offset": start, "end_offset": start + len(words), "excerpt": words,
                "confidence": 0.9, "rule": "phrase", "facets": [], **more,
            },
        )  # fmt: skip

    def stance(self, post: str, author: str | None, stance: str, words: str, start: int, **more: Any) -> None:
        number = len(self.tables.get("stances", []))
        self.add(
            "stances",
            **{
                "stance_id": f"v{number}", "post_id": post, "author_id": author, "target": "proposal",
                "stance": stance, "start_offset": start, "end_offset": start + len(words), "excerpt": words,
                "confidence": 0.8, "rule": "cue", "score": 0.0, "more_evidence": [], **more,
            },
        )  # fmt: skip

    def event(self, thread: str, post: str | None, kind: str, at: datetime | None, **more: Any) -> None:
        number = len(self.tables.get("moderation_events", []))
        self.add(
            "moderation_events",
            **{
                "event_id": f"e{number}", "thread_id": thread, "post_id": post, "kind": kind,
                "occurred_at": at, "detected_at": NOW, "method": "notice", "excerpt": "", "confidence": 0.9, **more,
            },
        )  # fmt: skip

    def save(self, path: Path) -> Path:
        with writing(path) as db:
            for table, rows in self.tables.items():
                names = list(dict.fromkeys(name for row in rows for name in row))
                found = pa.table({name: [row.get(name) for row in rows] for name in names})
                db.connection.register("incoming", found)
                db.connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM incoming")
                db.connection.unregister("incoming")
        return path


def community() -> Rows:
    """Forty threads over a year: people who argue, staff who step in, one discovered proposal that grows."""
    rows, dice = Rows(), random.Random(7)
    rows.site()
    boards = ["Freelancers", "Payments and disputes", "Ideas"]
    for number, title in enumerate(boards):
        rows.add(
            "boards", board_id=f"s:b{number}", site_id="s", title=title, url="https://forum.example.com/b"
        )
    people = [rows.author(name) for name in NAMES]
    staff = rows.author("Clementine (staff)", staff=True, role="Community Manager")
    for key, (label, description) in PROPOSALS.items():
        rows.proposal(key, label, description)
    rows.proposal("d-1", "let me pause my profile", "Grouped from 5 passages.", origin="discovered")
    rows.proposal("codebook-silent", "Something nobody asked for")
    start = datetime(2025, 7, 7, 8, tzinfo=UTC)
    for number in range(40):
        topic = dice.choice(list(PROPOSALS))
        label = PROPOSALS[topic][0].lower()
        title = f"{dice.choice(['Why we need to', 'Please do not', 'Again:', 'Honest question:'])} {label}"
        thread = rows.thread(number, title, f"s:b{number % 3}", is_locked=number == 11)
        page = rows.page(f"https://forum.example.com/t/{number}", "s/s-00001.warc.gz", 1000 * number)
        at = start + timedelta(days=8.2 * number)
        posts: list[tuple[str, str]] = []
        for position in range(1, dice.randint(4, 26)):
            at += timedelta(hours=dice.uniform(0.5, 30))
            author = dice.choice(people)
            _say(rows, dice, thread, position, author, topic, at, posts, page)
        if number % 5 == 1:
            position = len(posts) + 1
            text = "I have removed several posts. Please keep to the subject and be kind to each other."
            notice = rows.post(thread, position, staff, text, at + timedelta(hours=3))
            rows.reply(notice, posts[-1][0], "sequence")
            rows.event(
                thread, notice, "posts_removed", at + timedelta(hours=3), excerpt="I have removed several posts",
                actor_author_id=staff, rule="removed_posts", start_offset=0, end_offset=28,
            )  # fmt: skip
            rows.event(thread, posts[-2][0], "post_hidden", at + timedelta(hours=5), actor_author_id=staff)
        if number == 11:
            rows.event(thread, None, "thread_locked", at + timedelta(days=1), method="platform")
    return rows


def _say(
    rows: Rows, dice: random.Random, thread: str, position: int, author: str, topic: str, at: datetime,
    posts: list[tuple[str, str]], page: str,
) -> None:  # fmt: skip
    lead = dice.choice(TALK)
    side = dice.choices(["support", "oppose", "mixed", ""], [5, 3, 1, 4])[0]
    words = dice.choice(SAID[side]) if side else dice.choice(TALK)
    text = f"{lead}\n\n{words} What do others think?"
    begin = len(lead) + 2
    post = rows.post(thread, position, author, text, at, page_id=page)
    if side or position == 1:
        rows.mention(post, topic, words, begin, "propose" if position == 1 else "discuss",
                     facets=["refunds"] if topic == "client_metrics" and dice.random() < 0.5 else [])  # fmt: skip
    if side:
        rows.stance(
            post, author, side, words, begin, proposal_id=topic, confidence=round(dice.uniform(0.5, 0.98), 2)
        )
    if at > datetime(2026, 5, 10, tzinfo=UTC) and dice.random() < 0.15:
        rows.mention(post, "d-1", lead, 0, "propose")
    if posts:
        parent, _ = posts[-1] if dice.random() < 0.5 else dice.choice(posts)
        rows.reply(post, parent, dice.choice(["native", "quote", "sequence"]))
        toward = dice.choices(["support", "oppose", "mixed", "neutral"], [3, 3, 1, 4])[0]
        rows.stance(post, author, toward, words, begin, target="post", target_post_id=parent, score=0.1)
        if dice.random() < 0.4:
            rows.quote(post, dict(posts)[parent], parent, "somebody")
    posts.append((post, text))


def empty() -> Rows:
    """A warehouse in which nothing was ever loaded."""
    return Rows()


EVIL = (
    "<script>document.title='owned'</script>",
    "<img src=x onerror=\"document.title='owned'\"><svg/onload=alert(1)>",
    "</style><style>body{display:none}</style>",
    "\u202egnorw eb thgim siht\u2066 and this",
    "W" * 10_000,
    "ز" * 400 + " هذا نص عربي طويل " + "م" * 3000,
    "{{ 7*7 }} {% raw %} ${7*7} <!-- --> ]]> &amp; &lt;b&gt;",
    "a" + "\u0301" * 500 + " \x00\x07\x1b[31m tail",
    "😀" * 300,
    "שלום עולם, this is <b>mixed</b> direction (test) 123",
    "",
    "   \n\n\n\n   ",
)


def hostile() -> Rows:
    """Everything a poster can choose, chosen to do harm: names, titles, words, links, roles."""
    rows = Rows()
    rows.site(EVIL[0])
    rows.add("boards", board_id="s:b", site_id="s", title=EVIL[1], url="javascript:alert(1)")
    people = [rows.author(f"{number} {text}"[:300], role=text[:200]) for number, text in enumerate(EVIL)]
    for number, text in enumerate(EVIL):
        rows.proposal(f'p{number}"><script>', text or "nameless", text, "discovered")
    start = datetime(2026, 1, 5, tzinfo=UTC)
    for number, title in enumerate(EVIL):
        thread = rows.thread(
            number, title, "s:b", url="javascript:document.title='owned'", is_locked=True, status=title
        )
        for back, status in enumerate((title, EVIL[number - 1], None)):
            seen = NOW - timedelta(days=back)
            rows.add("thread_statuses", thread_id=thread, seen_at=seen, status=status)
        rows.add(
            "polls", poll_id=f"{thread}#1", thread_id=thread, post_id=f"{thread}-1", question=title,
            option_count=len(EVIL), first_seen_at=NOW - timedelta(days=9), last_seen_at=NOW,
        )  # fmt: skip
        for option, words in enumerate(EVIL, start=1):
            for back in (9, 0):
                rows.add(
                    "poll_votes", poll_id=f"{thread}#1", option_number=option, option=words,
                    seen_at=NOW - timedelta(days=back), votes=10 - back,
                )  # fmt: skip
        earlier = None
        page = rows.page(EVIL[number], f"{title[:300]}'; rm -rf / #.warc.gz")
        for position, text in enumerate(EVIL, start=1):
            at = start + timedelta(days=7 * number + position)
            post = rows.post(
                thread, position, people[position - 1], text, at, edited_by=text[:100], page_id=page,
                url=("data:text/html,<script>1</script>", "JaVaScRiPt:alert(1)", " https://x.example/", "//evil.example")[
                    position % 4
                ],
            )  # fmt: skip
            _harm(rows, post, people[position - 1], text, number, earlier, at, thread)
            earlier = post
    return rows


def _harm(
    rows: Rows, post: str, author: str, text: str, number: int, earlier: str | None, at: datetime, thread: str
) -> None:
    proposal = f'p{number}"><script>'
    rows.mention(post, proposal, text, 0, "propose", rule=EVIL[1], facets=[EVIL[0]])
    side = ("support", "oppose", "mixed")[len(text) % 3]
    rows.stance(post, author, side, text, 0, proposal_id=proposal, rule=EVIL[0])
    rows.event(
        thread, post, "inline_redaction", at, excerpt=text, start_offset=0, end_offset=10**6, rule=text[:50]
    )
    if earlier:
        rows.reply(post, earlier, "sequence")
        rows.stance(post, author, side, text, 0, target="post", target_post_id=earlier)
        for depth in (1, 2, 3, 9):
            rows.quote(post, text, earlier, text[:80], ordinal=depth, depth=depth)
