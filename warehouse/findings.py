"""Between the warehouse and the taggers: which posts are to be read, and what was found in them."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

import pyarrow as pa

from analyze.model import Answered, Discovered, Findings, Statement, UncodedMention
from warehouse.columns import REAL, SMALL, TEXT, TEXTS, TRUTH, Column, table
from warehouse.load import staged, transaction
from warehouse.migrate import sql_file
from warehouse.staging import stable_id
from warehouse.store import Warehouse

BATCH_POSTS = 5_000
"""Whole threads are handed out until this many posts are together."""


class Entry(Protocol):
    """A codebook entry."""

    @property
    def id(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def description(self) -> str: ...


class Codes(Protocol):
    """A codebook."""

    @property
    def sha256(self) -> str: ...
    @property
    def proposals(self) -> Sequence[Entry]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysisRun:
    run_id: str
    proposal_ids: tuple[str, ...]
    """What the codebook of this run holds."""


def watched(db: Warehouse) -> list[str]:
    """Ids of the proposals of the codebook that the last analysis had."""
    rows = db.query("SELECT proposal_id FROM proposals WHERE origin = 'codebook' ORDER BY ALL").to_pylist()
    return [row["proposal_id"] for row in rows]


def begin_run(db: Warehouse, *, version: str, codebook: Codes) -> AnalysisRun:
    """Notes a run of the taggers and brings `proposals` up to the codebook."""
    run = AnalysisRun(run_id=uuid.uuid4().hex, proposal_ids=tuple(entry.id for entry in codebook.proposals))
    with staged(db, {"in_proposals": table(codebook.proposals, _PROPOSALS)}):
        db.connection.execute(
            "INSERT OR REPLACE INTO proposals "
            "SELECT proposal_id, label, description, 'codebook' FROM in_proposals"
        )
        db.connection.execute(
            "INSERT INTO analysis_runs VALUES (?, ?, NULL, ?, ?, 0)",
            [run.run_id, datetime.now(UTC), version, codebook.sha256],
        )
    return run


def end_run(db: Warehouse, run: AnalysisRun, posts_tagged: int) -> None:
    """Closes a run. One that had nothing to do leaves no trace; codes no longer in the codebook go."""
    with transaction(db):
        if posts_tagged == 0:
            db.connection.execute("DELETE FROM analysis_runs WHERE run_id = ?", [run.run_id])
        db.connection.execute(
            "UPDATE analysis_runs SET finished_at = ?, posts_tagged = ? WHERE run_id = ?",
            [datetime.now(UTC), posts_tagged, run.run_id],
        )
        db.connection.execute(
            "DELETE FROM proposals WHERE origin = 'codebook' AND NOT list_contains(?, proposal_id)",
            [list(run.proposal_ids)],
        )


def stale(db: Warehouse, *, version: str, codebook_sha256: str) -> Iterator[list[list[Statement]]]:
    """Batches of whole threads in which a post is new, changed, or tagged by another version or codebook.

    Saving a batch before the next is asked for is fine: the list of threads is made at the start.
    """
    wanted = {"version": version, "codebook_sha256": codebook_sha256}
    threads = db.query(sql_file("tagging/stale_threads"), wanted).to_pylist()
    batch: list[str] = []
    posts = 0
    for thread in threads:
        batch.append(thread["thread_id"])
        posts += thread["posts"]
        if posts >= BATCH_POSTS:
            yield _statements(db, batch)
            batch, posts = [], 0
    if batch:
        yield _statements(db, batch)


def save(db: Warehouse, run: AnalysisRun, found: Iterable[Findings]) -> None:
    """Puts what was found in these posts in the place of what had been found in them before."""
    all_found = list(found)
    arrow = {
        "in_tagged": _tagged(run, all_found),
        "in_mentions": table(((f.id, m) for f in all_found for m in f.proposals), _MENTIONS),
        "in_stances": table(_stances(all_found), _STANCES),
        "in_events": table(((f.id, e) for f in all_found for e in f.moderation), _EVENTS),
    }
    with staged(db, arrow):
        db.connection.execute(sql_file("tagging/save"))


def uncoded(db: Warehouse) -> list[UncodedMention]:
    """Mentions of proposals that the codebook does not cover, those grouped in an earlier run included."""
    return [UncodedMention(**row) for row in db.query(sql_file("tagging/uncoded")).to_pylist()]


def save_discovered(db: Warehouse, discovered: Iterable[Discovered]) -> None:
    """Replaces the discovered proposals and says which mentions belong to them."""
    groups = list(discovered)
    arrow = {
        "in_discovered": table(groups, _PROPOSALS),
        "in_grouped": table(
            ((group.id, mention) for group in groups for mention in group.mention_ids), _GROUPED
        ),
    }
    with staged(db, arrow):
        db.connection.execute(sql_file("tagging/discovered"))


def statements_of(db: Warehouse, post_ids: Sequence[str]) -> list[Statement]:
    """These posts as the taggers read them, in the order of their threads."""
    with db.named(asked=pa.table({"post_id": pa.array(list(post_ids), pa.string())})):
        threads = db.query(
            "SELECT DISTINCT thread_id FROM posts SEMI JOIN asked USING (post_id) ORDER BY ALL"
        )
    asked = set(post_ids)
    found = _statements(db, threads["thread_id"].to_pylist())
    return [statement for thread in found for statement in thread if statement.id in asked]


def texts(db: Warehouse) -> Iterator[str]:
    """The own words of all posts that are there."""
    return (
        row["text"]
        for row in db.rows("SELECT text FROM posts WHERE state = 'visible' AND text <> '' ORDER BY post_id")
    )


def discovered(db: Warehouse, proposal_id: str) -> dict[str, Any] | None:
    """A discovered proposal with `excerpts` of its surest mentions; None when there is none of this id."""
    rows = db.query(sql_file("tagging/one_discovered"), [proposal_id]).to_pylist()
    return rows[0] if rows else None


def _statements(db: Warehouse, thread_ids: Sequence[str]) -> list[list[Statement]]:
    with db.named(wanted=pa.table({"thread_id": list(thread_ids)})):
        rows = db.query(sql_file("tagging/statements")).to_pylist()
    threads: dict[str, list[Statement]] = {}
    for row in rows:
        threads.setdefault(row.pop("thread_id"), []).append(_statement(row))
    return list(threads.values())


def _statement(row: dict[str, Any]) -> Statement:
    answers = tuple((answer["id"], answer["confidence"]) for answer in row.pop("answers"))
    several = tuple(
        Answered(post_id=one["post_id"], text=one["text"], quoted=tuple(one["quoted"]))
        for one in row.pop("several")
    )
    return Statement(**row, answers=answers, several=several)


def _tagged(run: AnalysisRun, found: Sequence[Findings]) -> pa.Table:
    tagged = table({f.id: f for f in found}.values(), _TAGGED)
    return tagged.append_column("run_id", pa.repeat(pa.scalar(run.run_id), len(tagged)))


def _stances(found: Iterable[Findings]) -> Iterator[tuple[str, Any]]:
    for each in found:
        if each.stance is not None:
            yield each.id, each.stance
        for stance in each.other_stances:
            yield each.id, stance
        for position in each.positions:
            yield each.id, position


_SPANS = pa.list_(pa.struct([("start_offset", pa.int32()), ("end_offset", pa.int32())]))

_PROPOSALS: tuple[Column, ...] = (
    ("proposal_id", TEXT, lambda entry: entry.id),
    ("label", TEXT, lambda entry: entry.label),
    ("description", TEXT, lambda entry: entry.description),
)
_GROUPED: tuple[Column, ...] = (
    ("proposal_id", TEXT, lambda pair: pair[0]),
    ("mention_id", TEXT, lambda pair: pair[1]),
)
_TAGGED: tuple[Column, ...] = (
    ("post_id", TEXT, lambda found: found.id),
    ("is_proposal", TRUTH, lambda found: found.is_proposal),
    ("proposal_score", REAL, lambda found: found.proposal_score),
    ("language", TEXT, lambda found: found.language),
)
_MENTIONS: tuple[Column, ...] = (
    (
        "mention_id",
        TEXT,
        lambda pair: stable_id(
            "mention", pair[0], pair[1].start, pair[1].end, pair[1].proposal_id, pair[1].act
        ),
    ),
    ("post_id", TEXT, lambda pair: pair[0]),
    ("proposal_id", TEXT, lambda pair: pair[1].proposal_id),
    ("act", TEXT, lambda pair: pair[1].act),
    ("start_offset", SMALL, lambda pair: pair[1].start),
    ("end_offset", SMALL, lambda pair: pair[1].end),
    ("confidence", REAL, lambda pair: pair[1].confidence),
    ("rule", TEXT, lambda pair: pair[1].rule),
    ("facets", TEXTS, lambda pair: pair[1].facets),
)
_STANCES: tuple[Column, ...] = (
    ("post_id", TEXT, lambda pair: pair[0]),
    ("target_post_id", TEXT, lambda pair: pair[1].target_post_id),
    ("proposal_id", TEXT, lambda pair: pair[1].proposal_id),
    ("stance", TEXT, lambda pair: pair[1].stance),
    ("start_offset", SMALL, lambda pair: pair[1].evidence[0].start if pair[1].evidence else None),
    ("end_offset", SMALL, lambda pair: pair[1].evidence[0].end if pair[1].evidence else None),
    ("confidence", REAL, lambda pair: pair[1].confidence),
    ("rule", TEXT, lambda pair: pair[1].rule),
    ("score", REAL, lambda pair: pair[1].score),
    (
        "more_evidence",
        _SPANS,
        lambda pair: [{"start_offset": s.start, "end_offset": s.end} for s in pair[1].evidence[1:]],
    ),
)
_EVENTS: tuple[Column, ...] = (
    ("event_id", TEXT, lambda pair: stable_id("tagged", pair[0], pair[1].kind, pair[1].start, pair[1].end)),
    ("post_id", TEXT, lambda pair: pair[0]),
    ("kind", TEXT, lambda pair: pair[1].kind),
    ("method", TEXT, lambda pair: pair[1].method),
    ("start_offset", SMALL, lambda pair: pair[1].start),
    ("end_offset", SMALL, lambda pair: pair[1].end),
    ("confidence", REAL, lambda pair: pair[1].confidence),
    ("rule", TEXT, lambda pair: pair[1].rule),
)
