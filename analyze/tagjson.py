"""The lines of `folkmoot tag`: a JSON line in, a dictionary for a JSON line out."""

import json
from collections.abc import Collection
from typing import Any

from analyze.model import MODERATION, PROPOSALS, STANCE, TASKS, AnalyzeError, Findings, Statement


def read_line(line: str, number: int) -> tuple[object, Statement]:
    """(id as given, statement) of one input line; `number` is what errors call it, counting from 1.

    Raises AnalyzeError if the line is not a JSON object with a string `text`.
    """
    try:
        row = json.loads(line)
    except ValueError as error:
        raise AnalyzeError(f"Line {number} is not valid JSON: {error}.") from error
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise AnalyzeError(f'Line {number} needs a string under "text": {{"id": 1, "text": "…"}}.')
    for key in ("reply_to", "author_role"):
        if not isinstance(row.get(key), str | None):
            raise AnalyzeError(f'Line {number}: "{key}" must be a string or left out.')
    given = row.get("id", number)
    return given, Statement(
        id=str(given), text=row["text"], reply_to=row.get("reply_to"), author_role=row.get("author_role")
    )


def as_row(given: object, found: Findings, tasks: Collection[str] = TASKS) -> dict[str, Any]:
    """One output line, with the fields of the tasks that ran; `given` is the id of the input line."""
    row: dict[str, Any] = {"id": given, "language": found.language}
    if PROPOSALS in tasks:
        row |= _proposals(found)
    if STANCE in tasks:
        row |= _stance(found)
    if MODERATION in tasks:
        row["moderation"] = [
            {
                "kind": e.kind,
                "start": e.start,
                "end": e.end,
                "confidence": round(e.confidence, 4),
                "rule": e.rule,
            }
            for e in found.moderation
        ]
    return row


def _proposals(found: Findings) -> dict[str, Any]:
    mentions = [
        {
            "start": mention.start,
            "end": mention.end,
            "proposal_id": mention.proposal_id,
            "act": mention.act,
            "confidence": round(mention.confidence, 4),
            "rule": mention.rule,
            "facets": list(mention.facets),
        }
        for mention in found.proposals
    ]
    return {
        "proposals": mentions,
        "is_proposal": found.is_proposal,
        "proposal_score": round(found.proposal_score, 4),
    }


def _stance(found: Findings) -> dict[str, Any]:
    stance = found.stance
    return {
        "stance": stance.stance if stance else None,
        "stance_score": round(stance.score, 4) if stance else None,
        "stance_evidence": [[span.start, span.end] for span in stance.evidence] if stance else [],
    }
