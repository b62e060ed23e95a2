"""Holds a warehouse of the demo against the demo's truth.

`python tests/demo_truth.py WAREHOUSE [WEEK]` prints a line a figure and every mistake.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from folkmoot.demo.content import load
from folkmoot.demo.markup import Block, QuoteBlock, read_body
from folkmoot.demo.model import Choice, Community, Post, Thread
from warehouse.store import Warehouse, reading

LINKED = {"workshop"}
"""Sites whose quotes link to the post; the others only name its author."""


@dataclass(frozen=True)
class Check:
    """One thing that the truth says, and whether the warehouse says it too."""

    figure: str
    right: bool
    what: str


@dataclass(frozen=True)
class Truth:
    db: Warehouse
    community: Community
    week: int

    def found_as(self, thread: Thread, post: int) -> set[str]:
        """The ids under which a post of the truth can be held: of one that vanished, those of its author's ghosts."""
        by = next((self.community.people[v.by].name for v in thread.vanished if v.id == post), None)
        if by is None:
            return {f"{thread.site}:{post}"}
        return {
            r["post_id"]
            for r in self.ghost_rows()
            if (r["thread_id"], r["name"]) == (f"{thread.site}:{thread.id}", by)
        }

    def ghost_rows(self) -> list[dict[str, Any]]:
        return self.rows(
            "SELECT post_id, thread_id, name FROM posts LEFT JOIN authors USING (author_id) WHERE state = 'ghost'"
        )

    def rows(self, sql: str) -> list[dict[str, Any]]:
        return self.db.query(sql).to_pylist()

    def posts(self) -> Iterator[tuple[Thread, Post, str]]:
        for thread in self.community.threads:
            if thread.week <= self.week:
                for post in thread.posts_in(self.week):
                    yield thread, post, f"{thread.site}:{post.id}"

    def checks(self) -> Iterator[Check]:
        yield from self.bylines()
        yield from self.edges()
        yield from self.quotes()
        yield from self.ghosts()
        yield from self.moderation()
        yield from self.statuses()
        yield from self.polls()
        yield from self.proposals()
        yield from self.asking()
        yield from self.stances()
        yield from self.people()

    def bylines(self) -> Iterator[Check]:
        found = {
            r["post_id"]: r["name"]
            for r in self.rows(
                "SELECT post_id, name FROM posts LEFT JOIN authors USING (author_id) WHERE state <> 'ghost'"
            )
        }
        names = {}
        for _, post, key in self.posts():
            names[key] = self.community.people[post.by].name
            yield Check(
                "authors", found.get(key) == names[key], f"{key}: {found.get(key)!r} is {names[key]!r}"
            )

    def edges(self) -> Iterator[Check]:
        found = {
            r["post_id"]: r
            for r in self.rows("SELECT post_id, parent_post_id, method FROM replies WHERE is_primary")
        }
        for thread, post, key in self.posts():
            if not post.answers:
                continue
            got = found.get(key, {}).get("parent_post_id")
            method = found.get(key, {}).get("method")
            if post.reply_to:
                want = f"{thread.site}:{post.reply_to}"
                yield Check("native edges", got == want, f"{key}: {got} is {want}")
            wanted = self.found_as(thread, post.answers[0])
            yield Check("all edges", got in wanted, f"{key}: {got} ({method}) is one of {wanted}")

    def quotes(self) -> Iterator[Check]:
        found: dict[str, list[dict[str, Any]]] = {}
        for row in self.rows("SELECT * FROM quotes ORDER BY post_id, ordinal"):
            found.setdefault(row["post_id"], []).append(row)
        for thread, post, key in self.posts():
            body = post.week2.body if self.week == 2 and post.week2 and post.week2.body else post.body
            wanted = list(_flat(read_body(body)))
            got = found.get(key, [])
            figure = "linked quotes" if thread.site in LINKED else "text-only quotes"
            if len(got) != len(wanted):
                yield Check("quotes found", False, f"{key}: {len(got)} quotes, there are {len(wanted)}")
                continue
            for quote, row in zip(wanted, got, strict=True):
                yield Check("quotes found", True, key)
                if quote.post:
                    want = f"{thread.site}:{quote.post}"
                    ghost = any(v.id == quote.post for v in thread.vanished)
                    right = row["source_method"] == "ghost" if ghost else row["source_post_id"] == want
                    yield Check(
                        figure, right, f"{key}: {row['source_post_id']} is {want}: {row['text'][:60]!r}"
                    )

    def ghosts(self) -> Iterator[Check]:
        rows = self.ghost_rows()
        wanted = [
            (f"{t.site}:{t.id}", self.community.people[v.by].name)
            for t in self.community.threads
            for v in t.vanished
        ]
        for thread_id, name in wanted:
            right = any(r["thread_id"] == thread_id and r["name"] == name for r in rows)
            yield Check("ghosts", right, f"{thread_id}: a post of {name} lives in quotes only; found {rows}")

    def moderation(self) -> Iterator[Check]:
        rows = self.rows("SELECT thread_id, post_id, kind, method FROM moderation_events")
        for thread in self.community.threads:
            of_thread = [(event, None) for event in thread.moderation]
            of_posts = [(event, post) for post in thread.posts for event in post.moderation]
            for event, post in of_thread + of_posts:
                if event.week > self.week:
                    continue
                near = [r for r in rows if r["thread_id"] == f"{thread.site}:{thread.id}"]
                right = any(r["kind"] == event.kind and r["method"] == event.method for r in near)
                where = f"{thread.site}:{post.id if post else thread.id}"
                told = [(r["kind"], r["method"], r["post_id"]) for r in near]
                yield Check("moderation", right, f"{where}: {event.kind} by {event.method}; found {told}")

    def statuses(self) -> Iterator[Check]:
        """What was said to have become of each idea, week by week."""
        found: dict[str, list[str]] = {}
        for row in self.rows("SELECT thread_id, status FROM thread_statuses ORDER BY seen_at"):
            found.setdefault(row["thread_id"], []).append(row["status"])
        for thread in self.community.threads:
            said = [thread.status_in(week) for week in range(1, self.week + 1)]
            wanted = list(dict.fromkeys(status for status in said if status))
            key = f"{thread.site}:{thread.id}"
            if wanted or key in found:
                got = found.get(key, [])
                yield Check("statuses", got == wanted, f"{key}: {got} is {wanted}")

    def polls(self) -> Iterator[Check]:
        """What was put to the vote, and how each crawl saw it stand."""
        found: dict[str, list[tuple[str, list[int]]]] = {}
        told = "SELECT post_id, option, list(votes ORDER BY seen_at) AS votes FROM poll_votes JOIN polls USING (poll_id)"
        for row in self.rows(
            f"{told} GROUP BY post_id, option_number, option ORDER BY post_id, option_number"
        ):
            found.setdefault(row["post_id"], []).append((row["option"], row["votes"]))
        for thread in self.community.threads:
            for post in thread.posts_in(self.week):
                key = f"{thread.site}:{post.id}"
                if post.poll or key in found:
                    choices = post.poll.choices if post.poll else ()
                    wanted = [(choice.text, self._counts(choice)) for choice in choices]
                    yield Check("polls", found.get(key) == wanted, f"{key}: {found.get(key)} is {wanted}")

    def _counts(self, choice: Choice) -> list[int]:
        return list(dict.fromkeys((choice.votes, choice.votes_in_week2)[: self.week]))

    def proposals(self) -> Iterator[Check]:
        rows = self.rows(
            "SELECT post_id, proposal_id, act, excerpt, origin FROM proposal_mentions LEFT JOIN proposals USING (proposal_id)"
        )
        for _, post, key in self.posts():
            for marked in post.proposals:
                near = [r for r in rows if r["post_id"] == key and _overlap(r["excerpt"], marked.excerpt)]
                ids = {r["proposal_id"] if r["origin"] == "codebook" else "other" for r in near}
                told = [(r["proposal_id"], r["act"]) for r in near]
                yield Check(
                    "proposals",
                    marked.id in ids,
                    f"{key}: {marked.id} ({marked.act}) {marked.excerpt[:110]!r}; {told}",
                )
                if marked.id in ids:
                    right = any(r["act"] == marked.act for r in near)
                    yield Check("acts", right, f"{key}: {marked.act} {marked.excerpt[:90]!r}; {told}")

    def asking(self) -> Iterator[Check]:
        """Which posts propose anything: of those that the warehouse says do, and of those that do."""
        said = {
            r["post_id"] for r in self.rows("SELECT post_id FROM proposal_mentions WHERE act = 'propose'")
        }
        for _, post, key in self.posts():
            does = any(marked.act == "propose" for marked in post.proposals)
            if key in said:
                yield Check("posts said to propose", does, f"{key}: {post.body[:140]!r}")
            if does:
                yield Check("posts that propose", key in said, f"{key}: {post.body[:140]!r}")

    def stances(self) -> Iterator[Check]:
        rows = self.rows("SELECT post_id, target_post_id, proposal_id, stance, rule, excerpt FROM stances")
        for thread, post, key in self.posts():
            for marked in post.stances:
                if marked.toward:
                    target = f"{thread.site}:{marked.toward}"
                    ids = self.found_as(thread, marked.toward)
                    near = [r for r in rows if r["post_id"] == key and r["target_post_id"] in ids]
                    figure = "stances toward posts"
                else:
                    target = marked.proposal
                    near = [r for r in rows if r["post_id"] == key and r["proposal_id"] == target]
                    figure = "stances toward proposals"
                told = [(r["stance"], r["rule"]) for r in near]
                right = any(r["stance"] == marked.stance for r in near)
                yield Check(
                    figure, right, f"{key}: {marked.stance} toward {target}; {told}: {post.body[:140]!r}"
                )
                yield Check("stances", right, key)

    def people(self) -> Iterator[Check]:
        """Who is for or against a coded proposal, by what they said last: of those counted, and of those marked."""
        marked: dict[tuple[str, str], str] = {}
        for thread, post, _ in sorted(self.posts(), key=lambda one: one[1].at):
            by = f"{thread.site}: {self.community.people[post.by].name}"
            asked = {(m.id, by): "support" for m in post.proposals if m.act == "propose" and m.id != "other"}
            told = {(m.proposal, by): m.stance for m in post.stances if m.proposal and m.stance != "neutral"}
            marked |= {**asked, **told}
        rows = self.rows(
            "SELECT proposal_id, site_id || ': ' || name AS person, stance FROM positions "
            "JOIN authors USING (author_id) JOIN proposals USING (proposal_id) WHERE origin = 'codebook'"
        )
        counted = {(r["proposal_id"], r["person"]): r["stance"] for r in rows}
        for key in marked.keys() | counted.keys():
            is_, said = marked.get(key), counted.get(key)
            if said:
                yield Check("people counted for or against", said == is_, f"{key}: {said} is {is_}")
            if is_:
                yield Check("people who are for or against", said == is_, f"{key}: {is_}, counted as {said}")


def _flat(blocks: tuple[Block, ...]) -> Iterator[QuoteBlock]:
    for block in blocks:
        if isinstance(block, QuoteBlock):
            yield block
            yield from _flat(block.blocks)


def _overlap(one: str, other: str) -> bool:
    a, b = " ".join(one.split()), " ".join(other.split())
    return a in b or b in a or bool(set(a.lower().split()) and _shared(a, b) >= 0.5)


def _shared(a: str, b: str) -> float:
    first, second = a.lower().split(), b.lower().split()
    return sum(word in second for word in first) / min(len(first), len(second))


def figures(checks: list[Check]) -> dict[str, tuple[int, int]]:
    """For each figure: how many are right, of how many."""
    found: dict[str, tuple[int, int]] = {}
    for check in checks:
        right, of = found.get(check.figure, (0, 0))
        found[check.figure] = (right + check.right, of + 1)
    return found


def compare(warehouse: Path, week: int) -> list[Check]:
    with reading(warehouse) as db:
        return list(Truth(db, load(), week).checks())


if __name__ == "__main__":
    found = compare(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    for check in found:
        if not check.right and (len(sys.argv) < 4 or check.figure in sys.argv[3:]):
            print(f"[{check.figure}] {check.what}")
    for figure, (right, of) in figures(found).items():
        print(f"{figure}: {right}/{of} = {right / of:.3f}")
