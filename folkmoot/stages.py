"""The order of the stages: crawl, parse, analyze, publish, report."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice, tee
from pathlib import Path
from typing import TYPE_CHECKING, Any

from folkmoot import config, crawling
from folkmoot.errors import FolkmootError
from folkmoot.progress import Progress, progress
from folkmoot.readers import cores

if TYPE_CHECKING:
    from warehouse.store import Warehouse


def run(config_path: Path) -> dict[str, Any]:
    """Everything, for every site of a configuration; what is unchanged is not done again.

    Returns what happened in numbers, with a list of failures and one of what was left alone on purpose; a
    failing site does not stop the others.
    """
    from analyze import codebook as codebooks
    from warehouse.store import writing

    settings = config.load(config_path)
    plan = crawling.plan_of_config(config_path)
    warehouse_path = settings.path(settings.project.warehouse)
    codebook = settings.path(settings.project.codebook) if settings.project.codebook else None
    crawling.refuse_renamed(plan, warehouse_path)
    crawling.refuse_unveiled(plan, warehouse_path)
    codebooks.load(codebook)  # a slip in it is told now, not after hours of crawling
    summaries = crawling.crawl(plan)
    with writing(warehouse_path) as db:
        with progress("parse") as told:
            parsed = crawling.load_archive(db, plan, summaries, told)
        with progress("analyze") as told:
            tagged = analyze(db, codebook, told, cores())
    front = report(warehouse_path, settings.path(settings.project.report))
    return {
        "sites": len(summaries),
        "requests_made": sum(s.requests for s in summaries),
        "requests_saved": sum(s.requests_saved for s in summaries),
        "pages": parsed.pages,
        "threads_new": parsed.threads_new,
        "threads_changed": parsed.threads_changed,
        "posts_new": parsed.posts_new,
        "posts_changed": parsed.posts_changed,
        "posts_removed": parsed.posts_removed,
        "posts_tagged": tagged.posts,
        "posts_foreign": tagged.foreign,
        "warehouse": str(warehouse_path),
        "report": str(front),
        "failures": [f"{s.site_id}: {line}" for s in summaries for line in s.failures] + parsed.failures,
        "warnings": crawling.unanswered(plan) + parsed.warnings,
        "notes": [f"{s.site_id}: {line}" for s in summaries for line in s.notes],
    }


@dataclass(frozen=True, slots=True)
class Tagged:
    """What tagging came to."""

    posts: int
    foreign: dict[str, int]
    """Posts that are not in English, by language; the most frequent first."""


def analyze(db: "Warehouse", codebook_path: Path | None, told: Progress, workers: int) -> Tagged:
    """Tags the threads that need it and groups what no code covers.

    `workers` is how many processes tag where there is much to do.
    """
    from analyze import codebook as codebooks
    from analyze.carry import carry_over
    from analyze.context import Context
    from analyze.model import TASKS
    from analyze.pipeline import tag_parallel, version
    from warehouse import findings

    codebook = codebooks.load(codebook_path)
    models = models_of(db.path)
    now = version(models)
    run = findings.begin_run(db, version=now, codebook=codebook)
    batches = findings.stale(db, version=now, codebook_sha256=codebook.sha256)
    # One stream of statements, so that lexicons are compiled once and a pool never waits for the warehouse.
    to_tag, to_group = tee(batches)
    found = tag_parallel(
        (s for batch in to_tag for thread in batch for s in thread), codebook_path, TASKS, workers, models
    )
    context = Context(codebook)
    tagged = 0
    foreign: Counter[str] = Counter()
    for batch in to_group:
        carried = [
            finding
            for thread in batch
            for finding in carry_over(thread, context.link(thread, list(islice(found, len(thread)))))
        ]
        findings.save(db, run, carried)
        tagged += len(carried)
        foreign.update(finding.language for finding in carried if finding.language)
        told(tagged, "posts")
    if tagged:
        regroup(db)
    findings.end_run(db, run, tagged)
    return Tagged(tagged, dict(foreign.most_common()))


def regroup(db: "Warehouse") -> None:
    """Groups what no code covers afresh."""
    from analyze import discover
    from warehouse import findings

    findings.save_discovered(db, discover.group(findings.uncoded(db)))


def models_of(warehouse_path: Path) -> Path:
    """The folder beside a warehouse that holds what `folkmoot train` learnt."""
    from warehouse.lock import beside

    return beside(warehouse_path, ".models")


def require(warehouse_path: Path) -> None:
    """Raises FolkmootError when there is no warehouse yet."""
    if not warehouse_path.exists():
        raise FolkmootError(
            f"{warehouse_path}: there is no warehouse here; `folkmoot parse` or `folkmoot run` makes one"
        )


def report(
    warehouse_path: Path,
    out: Path,
    *,
    since: date | None = None,
    until: date | None = None,
    compare: date | None = None,
) -> Path:
    """Writes the report and returns its first page."""
    from importlib.metadata import version

    from reports.build import build

    return build(
        warehouse_path,
        out,
        since=since,
        until=until,
        compare=compare,
        now=datetime.now(UTC),
        version=version("folkmoot"),
    )
