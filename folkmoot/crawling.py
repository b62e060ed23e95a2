"""From a configuration or a few URLs to a crawl, and from its archive into the warehouse."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crawler.model import RECRAWL_MAX, RECRAWL_MIN, FetchDecision, SiteSpec, SiteSummary
from folkmoot.config import Config, Site, load
from folkmoot.errors import ConfigError
from folkmoot.pages import archive_sources, disown_lost
from folkmoot.progress import Progress, progress
from folkmoot.reading import ParseSummary, load_sources
from folkmoot.veils import as_read, pseudonyms
from parse.files.saved import site_of
from parse.urls import is_of_web, split

if TYPE_CHECKING:
    from warehouse.store import Warehouse

LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to crawl, in whose name, and where to keep it."""

    sites: tuple[SiteSpec, ...]
    archive: Path
    contact: str | None
    """Goes into the User-Agent; a crawl of URLs named at the command line may do without."""
    recrawl_min: timedelta = RECRAWL_MIN
    recrawl_max: timedelta = RECRAWL_MAX
    pseudonymize: bool = False

    @property
    def platforms(self) -> dict[str, str | None]:
        return {site.id: site.platform for site in self.sites}


def plan_of_config(path: Path, archive: Path | None = None) -> Plan:
    """The crawl that a configuration asks for. Raises ConfigError."""
    config = load(path)
    low, high = config.recrawl_bounds
    return Plan(
        sites=tuple(_spec(config, site, path) for site in config.site),
        archive=archive or config.path(config.project.archive),
        contact=config.project.contact,
        recrawl_min=low,
        recrawl_max=high,
        pseudonymize=config.project.pseudonymize,
    )


def with_options(plan: Plan, typed: dict[str, Any]) -> Plan:
    """The plan with what was typed at the command line in the place of what it says. Raises ConfigError."""
    of_sites = {name: value for name, value in typed.items() if name != "contact"}
    sites = tuple(replace(site, **of_sites) for site in plan.sites)
    for site in sites:
        for url in site.start:
            _check_url(url, site.delay)
    return replace(plan, sites=sites, contact=typed.get("contact", plan.contact))


def plan_of_urls(
    urls: Sequence[str],
    *,
    archive: Path,
    platform: str | None,
    max_pages: int,
    delay: float,
    contact: str | None,
    cookies: Path | None,
    allow_private: bool,
) -> Plan:
    """The crawl of URLs given on the command line: one site a host. Raises ConfigError."""
    for url in urls:
        _check_url(url, delay)
    hosts = dict.fromkeys(site_of(url) for url in urls)
    return Plan(
        sites=tuple(
            SiteSpec(
                id=host,
                start=tuple(url for url in urls if site_of(url) == host),
                platform=platform,
                delay=delay,
                max_pages=max_pages,
                allow_private=allow_private,
                cookies=cookies,
            )
            for host in hosts
        ),
        archive=archive,
        contact=contact,
    )


def unanswered(plan: Plan) -> list[str]:
    """A warning where the contact is still that of the example and strangers' servers are asked."""
    hosts = {split(url).hostname for site in plan.sites for url in site.start}
    if not (plan.contact or "").endswith("@example.com") or hosts <= set(LOOPBACK):
        return []
    return [f"contact is {plan.contact}, as in the example: name an address that you read"]


def refuse_renamed(plan: Plan, warehouse_path: Path) -> None:
    """Raises ConfigError where a site is held under another id than the configuration gives it.

    Under a second id all its posts and people would be there, and counted, twice; under that of another
    forum the posts of both would be taken for one another.
    """
    from warehouse.status import addresses
    from warehouse.store import reading

    if not warehouse_path.exists():
        return
    with reading(warehouse_path) as db:
        held = addresses(db)
    named = {site.id for site in plan.sites}
    for site in plan.sites:
        places = {_place(url) for url in site.start}
        if site.id in held and _place(held[site.id]) in places:
            continue
        # a new site may stand beside one of the same host, one that is held cannot have moved to another's
        others = (one for one in held if one != site.id and (site.id in held or one not in named))
        before = next((one for one in others if _place(held[one]) in places), None)
        if before:
            raise ConfigError(
                f"site.[{site.id}]: {warehouse_path} holds this forum as {before!r}; give it that id, or "
                "its posts and people count twice (for another community there, begin a new project)"
            )


def refuse_unveiled(plan: Plan, warehouse_path: Path) -> None:
    """Raises ConfigError where people are held under names and pseudonyms are asked for, or the reverse.

    What is held is not read again: names would stay, and whoever is read from now on be there twice.
    """
    from warehouse.status import are_pseudonyms
    from warehouse.store import reading

    if not warehouse_path.exists():
        return
    with reading(warehouse_path) as db:
        unlike = [site.id for site in plan.sites if are_pseudonyms(db, site.id) == {not plan.pseudonymize}]
    if unlike:
        held, asked = ("names", "pseudonyms") if plan.pseudonymize else ("pseudonyms", "names")
        raise ConfigError(
            f"project.pseudonymize: {warehouse_path} holds people of {', '.join(unlike)} under {held}; "
            f"to have {asked}, move that file away (not its .key): the next run reads the archive again, "
            "without asking the forum. Import codings again, and forget again who was forgotten"
        )


def _place(url: str) -> tuple[str | None, int | None]:
    return split(url).hostname, split(url).port


def crawl(plan: Plan) -> list[SiteSummary]:
    """Crawls every site of the plan into its archive."""
    from crawler.run import crawl as run_crawl

    with progress("crawl") as told:
        return run_crawl(
            plan.sites,
            plan.archive,
            contact=plan.contact,
            progress=told,
            recrawl_min=plan.recrawl_min,
            recrawl_max=plan.recrawl_max,
        )


def decisions(plan: Plan) -> list[FetchDecision]:
    """What the next crawl would fetch before it knows what listings say, and why."""
    from crawler.run import plan as decide

    return decide(plan.sites, plan.archive, recrawl_max=plan.recrawl_max)


def read_archive(plan: Plan, summaries: Sequence[SiteSummary], warehouse_path: Path) -> ParseSummary:
    """Reads what is new in the archive into the warehouse and returns what came of it."""
    from warehouse.store import writing

    with writing(warehouse_path) as db, progress("parse") as told:
        return load_archive(db, plan, summaries, told)


def load_archive(
    db: "Warehouse", plan: Plan, summaries: Sequence[SiteSummary], told: Progress
) -> ParseSummary:
    """Loads the archived pages that `db` does not hold, and the runs that fetched them: those just made, and
    earlier ones of which nobody told it, because they died or had no warehouse to go into."""
    from crawler.run import past_runs
    from folkmoot.forgotten import forget_again, starts
    from warehouse.load import load_runs

    parsed = ParseSummary()
    parsed.warnings += disown_lost(db, plan.archive)
    held = starts(db, plan.archive)
    runs = [run for run in past_runs(plan.archive) if run.site_id in plan.platforms]
    runs += summaries
    veil = pseudonyms(db) if plan.pseudonymize else as_read
    load_sources(db, archive_sources(db, plan.archive, plan.platforms), parsed, told, veil)
    # "file: URL: why" of a page whose "URL: why" a crawl has told, this one or one before
    known = {line for run in runs for line in run.failures}
    parsed.failures = [line for line in parsed.failures if line.partition(": ")[2] not in known]
    failed = {line.partition(": ")[0] for summary in summaries for line in summary.failures}
    parsed.warnings = [line for line in parsed.warnings if line.partition(": ")[0] not in failed]
    load_runs(db, {run.run_id: run for run in runs}.values())
    parsed.warnings += forget_again(db, plan.archive, held) + _ahead(db, summaries)
    return parsed


def _ahead(db: "Warehouse", summaries: Sequence[SiteSummary]) -> list[str]:
    """A warning for each site of which pages are held that are dated later than the crawl just made."""
    from warehouse.status import last_seen

    seen = last_seen(db)
    return [
        f"{summary.site_id}: pages are held that were fetched or saved at "
        f"{seen[summary.site_id]:%Y-%m-%d %H:%M} UTC, as a clock said that ran ahead of today's: "
        "edits and removals seen before then are passed over"
        for summary in summaries
        if summary.site_id in seen and seen[summary.site_id] > (summary.finished_at or summary.started_at)
    ]


def _spec(config: Config, site: Site, path: Path) -> SiteSpec:
    for url in site.start:
        try:
            _check_url(url, site.delay)
        except ConfigError as error:
            raise ConfigError(f"{path}: site.[{site.id}]: {error}") from None
    return SiteSpec(
        id=site.id,
        start=tuple(site.start),
        platform=site.platform,
        delay=site.delay,
        max_pages=site.max_pages,
        allow_private=site.allow_private,
        verify_certificates=site.verify_certificates,
        include=tuple(site.include),
        headers=tuple(site.headers.items()),
        cookies=config.path(site.cookies) if site.cookies else None,
    )


def _check_url(url: str, delay: float) -> None:
    if not is_of_web(url):
        raise ConfigError(f"{url!r} is not an http(s) URL")
    host = split(url).hostname
    if delay == 0 and host not in LOOPBACK:
        raise ConfigError(f"{host}: a delay of 0 is for loopback hosts; give other people's servers a second")
