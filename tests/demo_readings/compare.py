"""How far two blind readings of the demo agree with each other, with its truth and with a warehouse.

`python tests/demo_readings/compare.py WAREHOUSE` of a demo of two weeks: `folkmoot demo --weeks 2`.
"""

import csv
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from folkmoot.demo.content import load
from warehouse.store import reading

HERE = Path(__file__).parent
Key = tuple[str, str]
"""A post, and what it takes a stance toward (`post 41624`, `proposal escrow_protection`)."""
READINGS = ("first", "second")
_NO_SIDE = "none"
"""Nothing that would tell a side: for whom counts sides the same as `neutral`."""


def truth() -> dict[Key, str]:
    """Every stance that the truth marks."""
    return {
        (f"{thread.site}:{post.id}", f"post {m.toward}" if m.toward else f"proposal {m.proposal}"): m.stance
        for thread in load().threads
        for post in thread.posts
        for m in post.stances
    }


def read() -> dict[Key, tuple[str, str]]:
    """Both readings of each stance."""
    with (HERE / "stances.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {(r["post"], r["toward"]): (_side(r["first"]), _side(r["second"])) for r in rows}


def found(warehouse: Path) -> dict[Key, set[str]]:
    """Every stance that the warehouse holds."""
    stances: dict[Key, set[str]] = {}
    with reading(warehouse) as db:
        for row in db.rows("SELECT post_id, target_post_id, proposal_id, stance FROM stances"):
            target = row["target_post_id"]
            toward = f"post {target.split(':')[1]}" if target else f"proposal {row['proposal_id']}"
            stances.setdefault((row["post_id"], toward), set()).add(row["stance"])
    return stances


def counted(warehouse: Path) -> list[tuple[Key, str]]:
    """The stances that count a person for or against a proposal."""
    with reading(warehouse) as db:
        rows = list(db.rows("SELECT post_id, proposal_id, stance FROM counted_stances"))
    return [((row["post_id"], f"proposal {row['proposal_id']}"), row["stance"]) for row in rows]


def lines(warehouse: Path) -> Iterator[str]:
    marked, both, held = truth(), read(), found(warehouse)
    for kind in ("post", "proposal"):
        keys = [key for key in both if key in marked and key[1].startswith(f"{kind} ")]
        yield f"stances toward {kind}s that the truth marks: {len(keys)}"
        yield _share("  the readings agree with each other", (both[k][0] == both[k][1] for k in keys))
        yield _share(
            "  a reading agrees with the truth", (side == marked[k] for k in keys for side in both[k])
        )
        yield _share("  the warehouse agrees with the truth", (marked[k] in held.get(k, ()) for k in keys))
        yield _share(
            "  the warehouse agrees with a reading", (s in held.get(k, ()) for k in keys for s in both[k])
        )
    beside = [key for key in both if key not in marked and key in held]
    yield f"stances toward proposals held beside the truth: {len(beside)}"
    yield _share("  a reading agrees with them", (side in held[k] for k in beside for side in both[k]))
    counting = [(key, side) for key, side in counted(warehouse) if key in marked or key in both]
    yield f"stances toward proposals that count somebody, marked or read: {len(counting)}"
    said = (side in ({marked[key]} if key in marked else both[key]) for key, side in counting)
    yield _share("  the truth, or where it is silent a reading, agrees", said)


def passages() -> Iterator[str]:
    """What the readings say of the passages about proposals: those that the truth marks, and others."""
    marked = {
        (f"{thread.site}:{post.id}", " ".join(m.excerpt.split())): m
        for thread in load().threads
        for post in thread.posts
        for m in post.proposals
    }
    with (HERE / "proposals.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    known = [(row, m) for row in rows if (m := marked.get((row["post"], row["excerpt"])))]
    yield f"passages that the truth marks: {len(known)}"
    yield _share(
        "  a reading gives the same code", (r[f"{n}_code"] == m.id for r, m in known for n in READINGS)
    )
    yield _share(
        "  a reading gives the same act", (r[f"{n}_act"] == m.act for r, m in known for n in READINGS)
    )
    others = [row for row in rows if (row["post"], row["excerpt"]) not in marked]
    yield f"passages found beside the truth, of which these were drawn: {len(others)}"
    about = (row[f"{n}_act"] != _NO_SIDE for row in others for n in READINGS)
    yield _share("  a reading takes them for a request, talk of one, or advice", about)


def _side(label: str) -> str:
    return "neutral" if label == _NO_SIDE else label


def _share(what: str, right: Iterable[bool]) -> str:
    told = list(right)
    return f"{what}: {sum(told)} of {len(told)} = {sum(told) / max(1, len(told)):.3f}"


if __name__ == "__main__":
    print(*lines(Path(sys.argv[1])), *passages(), sep="\n")
