"""A report on a million posts: front page, all proposal pages and their evidence, and the threads shown."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from reports.build import build
from warehouse.store import writing

POSTS, THREADS, AUTHORS, PROPOSALS = 1_000_000, 50_000, 30_000, 40
VOCABULARY = (
    "the client asked for a refund after delivery and support closed my ticket without reading it again i would "
    "rather pay a small fee than lose three weeks of work please show how often somebody cancels before we accept "
    "contract milestone deposit dispute arbitration review rating profile newcomer test badge invoice deadline draft "
    "editor translator designer logo article payment escrow honest slow quick fair unfair agree disagree never always"
)

# Pseudo-random but the same on every machine: everything follows from hash(row number).
FILL = (
    "INSERT INTO sites BY NAME SELECT 's' AS site_id, 'khoros' AS platform, 'https://f.example/' AS base_url",
    """INSERT INTO authors BY NAME SELECT 's:a' || i AS author_id, 's' AS site_id, 'member ' || i AS name,
       i < 30 AS is_staff FROM range($authors) r(i)""",
    """INSERT INTO threads BY NAME SELECT 's:t' || i AS thread_id, 's' AS site_id, 'Thread number ' || i AS title,
       'https://f.example/t/' || i AS url, false AS is_locked, false AS is_sticky, false AS is_solved,
       'visible' AS state FROM range($threads) r(i)""",
    """INSERT INTO pages BY NAME SELECT 's:g' || i AS page_id, 's' AS site_id, 'https://f.example/t/' || i AS url,
       TIMESTAMPTZ '2026-05-01 00:00:00+00' AS fetched_at, 200 AS status, sha256(i::VARCHAR) AS content_sha256,
       's/s-00001.warc.gz' AS archive_file, i * 5000 AS archive_offset, 5000 AS archive_length
       FROM range($threads) r(i)""",
    """INSERT INTO posts BY NAME
       SELECT 's:p' || i AS post_id, 's:t' || (i // 20 % $threads) AS thread_id, 's:g' || (i // 20 % $threads) AS page_id, 's:a' || author AS author_id,
              'byline' AS author_method, i % 20 + 1 AS position,
              TIMESTAMPTZ '2023-01-02 00:00:00+00' + INTERVAL (i * 90) SECOND AS posted_at,
              'https://f.example/p/' || i AS url, text, text AS full_text, false AS is_solution,
              'visible' AS state, false AS edited_by_staff, [] AS aliases, i AS content_hash
       FROM (SELECT i, (hash(i) % $authors * (hash(i + 7) % $authors) // $authors) AS author,
                    array_to_string(list_transform(range(40), lambda x: words[1 + (hash(i * 41 + x) % len(words))::INTEGER]), ' ')
                        AS text
             FROM range($posts) r(i), (SELECT string_split($vocabulary, ' ') AS words))""",
    """INSERT INTO replies BY NAME SELECT post_id, 's:p' || (i - 1 - (hash(i) % (i % 20))::BIGINT) AS parent_post_id,
       'native' AS method, 0.9 AS confidence, true AS is_primary
       FROM (SELECT post_id, substr(post_id, 4)::BIGINT AS i FROM posts) WHERE i % 20 > 0""",
    """INSERT INTO proposals BY NAME SELECT 'p' || i AS proposal_id, 'Proposal ' || i AS label,
       CASE WHEN i < 8 THEN 'codebook' ELSE 'discovered' END AS origin FROM range($proposals) r(i)""",
    """INSERT INTO proposal_mentions BY NAME
       SELECT 'm' || i AS mention_id, post_id, 'p' || (hash(i + 1) % $proposals * (hash(i + 2) % $proposals) // $proposals)
              AS proposal_id, 'discuss' AS act, 10 AS start_offset, 60 AS end_offset,
              substr(text, 11, 50) AS excerpt, 0.5 + hash(i) % 50 / 100 AS confidence, 'r' AS rule, [] AS facets
       FROM (SELECT post_id, text, substr(post_id, 4)::BIGINT AS i FROM posts) WHERE hash(i + 3) % 10 < 3""",
    """INSERT INTO stances BY NAME
       SELECT 'v' || mention_id AS stance_id, post_id, author_id, 'proposal' AS target, proposal_id,
              (['support', 'support', 'oppose', 'mixed'])[1 + (hash(mention_id) % 4)::INTEGER] AS stance,
              start_offset, end_offset, excerpt, confidence, rule, 0.0 AS score, [] AS more_evidence
       FROM proposal_mentions JOIN posts USING (post_id)""",
    """INSERT INTO stances BY NAME
       SELECT 'w' || post_id AS stance_id, post_id, author_id, 'post' AS target, parent_post_id AS target_post_id,
              (['support', 'neutral', 'oppose'])[1 + (hash(post_id) % 3)::INTEGER] AS stance, '' AS excerpt,
              0.7 AS confidence, 'r' AS rule, 0.0 AS score, [] AS more_evidence
       FROM replies JOIN posts USING (post_id)""",
    """INSERT INTO moderation_events BY NAME
       SELECT 'e' || post_id AS event_id, thread_id, post_id, 'post_hidden' AS kind, 's:a1' AS actor_author_id,
              posted_at + INTERVAL 5 HOUR AS occurred_at, 'notice' AS method, 'hidden' AS excerpt, 0.9 AS confidence
       FROM posts WHERE hash(post_id) % 50 = 0""",
)


def filled(path: Path) -> Path:
    """A warehouse of a million posts, written by SQL alone."""
    values: dict[str, Any] = {
        "posts": POSTS, "threads": THREADS, "authors": AUTHORS, "proposals": PROPOSALS, "vocabulary": VOCABULARY,
    }  # fmt: skip
    with writing(path) as db:
        for statement in FILL:
            named = {name: value for name, value in values.items() if f"${name}" in statement}
            db.connection.execute(statement, named or None)
    return path


@pytest.fixture(scope="session")
def million(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("million") / "w.duckdb")


def test_report_on_a_million_posts(benchmark: Any, million: Path, tmp_path: Path) -> None:
    now = datetime(2026, 6, 1, tzinfo=UTC)
    index = benchmark.pedantic(
        lambda: build(million, tmp_path / "report", since=None, until=None, now=now, version="bench"),
        rounds=1,
    )
    assert index.stat().st_size < 2_000_000
