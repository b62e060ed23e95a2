"""Builds a report: data → views → pages. Same warehouse, period, `now` and version: the same bytes."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from reports import feed, figures, words
from reports.period import Period
from reports.place import placed
from reports.render import GRAPH, TIPS, Frame, Writer
from reports.sections import (
    checked,
    contested,
    emerging,
    evidence,
    ideas,
    moderation,
    moderation_events,
    participation,
    people,
    proposal,
    proposal_rows,
    ranking,
    summary,
    unread,
)
from reports.sections import sources as archive
from reports.sections import thread as threads
from reports.sections.thread_rows import contents
from reports.source import Source, opened
from reports.views import Views
from warehouse.migrate import require_current
from warehouse.store import reading

THREAD_PAGES = 120
"""Threads shown in full: the liveliest, ideas that the front page names, the most contested, those of the
evidence, those of a proposal."""
CONTESTED_PAGES = 40


def build(
    warehouse_path: Path,
    out: Path,
    *,
    since: date | None,
    until: date | None,
    compare: date | None = None,
    now: datetime,
    version: str,
) -> Path:
    """Writes the report on a warehouse into the folder `out` and returns its front page.

    `since` and `until` are the first and the last day counted (UTC), all of it where None; `compare` is the
    day of the earlier report to tell the changes since: without it and `since`, the last report in `out` that
    is a week old. The report in `out` is replaced at the very end.
    Raises ReportError, or WarehouseError where there is no readable warehouse.
    """
    earlier = feed.told(out)
    with reading(warehouse_path) as db:
        require_current(db.connection, str(warehouse_path))
        source = opened(
            db.connection,
            since=since,
            until=until,
            compare=compare,
            earlier=feed.last_days(earlier),
            now=now,
        )
        with placed(out) as folder:
            _write(source, folder, earlier, now=now, version=version)
    return out / "index.html"


def _write(
    source: Source, folder: Path, earlier: Sequence[feed.Entry], *, now: datetime, version: str
) -> None:
    pages, views = _views(source)
    frame = _frame(views, source.period, now, version)
    behind = archive.sources(source, _shown(views), list(pages))
    writer = Writer(folder, frame, threads=pages, people=views.people.pages, sources=behind.places)
    _front_pages(writer, views)
    _proposal_pages(writer, views)
    _people_pages(writer, views)
    _source_pages(writer, behind)
    for content in contents(source, list(pages)):
        view = threads.thread(content)
        writer.page(
            view.page,
            "thread.html.j2",
            title=view.title,
            section="threads",
            scripts=(GRAPH, TIPS),
            thread=view,
        )
    _machine_files(writer, views, earlier, source.period, now)


def _views(source: Source) -> tuple[dict[str, str], Views]:
    """The views, and the page of each thread that has one."""
    tallies, weeks = proposal_rows.tallies(source), proposal_rows.weeks(source)
    disputed, counts = contested.disputed(source), source.one(summary.Summary, "summary")
    answered = ideas.found(source)
    spoken = [tally for tally in tallies if tally.has_history]
    paged = {tally.proposal_id for tally in spoken}
    known, proofs = proposal_rows.details(source, paged), evidence.found(source)
    found = proofs.sides
    lively = summary.lively(source)
    sides = [found.get(tally.proposal_id, ()) for tally in spoken]
    pages = _thread_pages(lively, answered, disputed, sides, known)
    rising = emerging.emerging(tallies, weeks, found, source.period)
    subjects = moderation.subjects(source, paged)
    acts = moderation_events.newest(source, subjects)
    timeline = moderation_events.timeline(acts, pages)
    named = people.people(
        source,
        arguments=sides,
        minds=known.minds.values(),
        actors=[event.actor_id for month in timeline for event in month.events],
        threads=pages,
        paged=[tally.proposal_id for tally in spoken],
    )
    return pages, Views(
        summary=counts,
        unread=unread.unread(source),
        checked=checked.checked(source),
        changes=summary.changes(counts, tallies, rising, lively, pages, source.period),
        ranking=ranking.ranking(tallies, weeks, found, source.period),
        outside=proofs.outside,
        ideas=ideas.ideas(answered, pages),
        emerging=rising,
        contested=contested.contested(disputed, pages, only_opposed=True),
        moderation=moderation.moderation(source, subjects),
        participation=participation.participation(source),
        proposals=tuple(
            proposal.proposal(
                tally,
                weeks.get(tally.proposal_id, []),
                known,
                proofs,
                pages,
                source.period,
            )
            for tally in spoken
        ),
        threads=contested.contested(disputed, pages, only_opposed=False),
        timeline=timeline,
        ledgers=moderation_events.ledgers(acts, pages, subjects),
        people=named,
    )


def _thread_pages(
    lively: Sequence[summary.Lively],
    answered: ideas.Found,
    disputed: Sequence[contested.Disputed],
    arguments: Sequence[Sequence[evidence.Argument]],
    known: proposal_rows.Details,
) -> dict[str, str]:
    wanted = [
        *(row.thread_id for row in lively),
        *answered.named,
        *(row.thread_id for row in disputed[:CONTESTED_PAGES]),
        *(key for sides in arguments for key in evidence.threads_of(sides, proposal.STRONGEST)),
        *(row.thread_id for rows in known.threads.values() for row in rows),
        *(row.thread_id for row in disputed),
    ]
    return {key: threads.page_of(key) for key in list(dict.fromkeys(wanted))[:THREAD_PAGES]}


def _frame(views: Views, period: Period, now: datetime, version: str) -> Frame:
    counts = views.summary
    start = words.day(period.since) if period.since else "from the beginning"
    stretch = f"{start} to {words.day(period.until)}" if period.is_dated else "without dates"
    return Frame(
        sites=counts.names,
        period=stretch,
        generated=words.minute(now.astimezone(UTC)) + " UTC",
        version=version,
        codebook=(counts.codebook_sha256 or "")[:12],
        analysis=counts.analysis_version or "",
        has_ideas=bool(views.ideas.statuses),
        has_people=bool(views.people.rows),
    )


def _front_pages(writer: Writer, views: Views) -> None:
    writer.page("index.html", "index.html.j2", title=writer.frame.sites, section="index", views=views)
    writer.page("proposals.html", "proposals.html.j2", title="Proposals", section="proposals", views=views)
    writer.page("threads.html", "threads.html.j2", title="Threads", section="threads", views=views)
    writer.page(
        "moderation.html", "moderation.html.j2", title="Moderation", section="moderation", views=views
    )
    if views.ideas.statuses:
        writer.page(ideas.PAGE, "ideas.html.j2", title="Ideas", section="ideas", views=views)
    for ledger in views.ledgers:
        writer.page(ledger.page, "acts.html.j2", title=ledger.title, section="moderation", ledger=ledger)
    writer.page("about.html", "about.html.j2", title="How to read this report", section="about", views=views)


def _proposal_pages(writer: Writer, views: Views) -> None:
    if views.outside:
        _evidence_pages(writer, "proposals.html", "Proposals", views.outside)
    for view in views.proposals:
        writer.page(
            view.page,
            "proposal.html.j2",
            title=view.label,
            section="proposals",
            proposal=view,
            strongest=proposal.STRONGEST,
        )
        for argument in (*view.arguments, *view.facet_arguments):
            _evidence_pages(writer, view.page, view.label, argument)


def _evidence_pages(writer: Writer, page: str, label: str, argument: evidence.Argument) -> None:
    """The pages of an argument of the proposal `label`, shown at `page`."""
    for number, items in enumerate(argument.pages, start=1):
        writer.page(
            argument.page(page, number),
            "evidence.html.j2",
            title=f"{label}: {argument.name}",
            section="proposals",
            of=page,
            label=label,
            argument=argument,
            items=items,
            number=number,
        )


def _people_pages(writer: Writer, views: Views) -> None:
    """Nobody has a page where names are pseudonyms."""
    if not views.people.rows:
        return
    writer.page("people.html", "people.html.j2", title="People", section="people", views=views)
    for view in views.people.rows:
        writer.page(view.page, "person.html.j2", title=view.name, section="people", person=view)


def _shown(views: Views) -> Iterator[Iterable[archive.Shown]]:
    """Whatever the report shows of posts, but the threads themselves."""
    if views.outside:
        yield views.outside.items
    for view in views.proposals:
        yield view.minds
        yield from (argument.items for argument in (*view.arguments, *view.facet_arguments))
    for month in views.timeline:
        yield month.events
    for ledger in views.ledgers:
        yield ledger.events
    for person in views.people.rows:
        yield from (person.said, person.did, person.met)


def _source_pages(writer: Writer, behind: archive.Sources) -> None:
    for number, rows in behind.pages:
        writer.page(
            archive.page_of(number),
            "sources.html.j2",
            title="Archived pages",
            section="sources",
            archive=behind,
            rows=rows,
            number=number,
        )


def _machine_files(
    writer: Writer, views: Views, earlier: Sequence[feed.Entry], period: Period, now: datetime
) -> None:
    newest = feed.entry(
        sites=writer.frame.sites,
        period=writer.frame.period,
        summary=views.changes.sentence,
        until=period.until if period.is_dated else None,
        now=now,
    )
    entries = feed.history(earlier, newest)
    parts = {"frame": writer.frame, "period": period, "reports": entries, "figures": views}
    (writer.folder / "report.json").write_text(figures.document(parts), encoding="utf-8", newline="\n")
    writer.page(
        "feed.atom",
        "feed.atom.j2",
        title=writer.frame.sites,
        section="feed",
        entries=entries,
        feed_id=feed.identity(writer.frame.sites),
    )
