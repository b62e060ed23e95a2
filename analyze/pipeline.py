"""The pipeline: one tuple of components, each of which declares what it needs and what it assigns.

A component is made from the codebook and then reads one statement at a time through a shared `View`: the
sentences, and in each the keys that the gate found, the component's own among them. It returns the findings
so far with its own fields filled in. None keeps anything from one statement to the next.
"""

import signal
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import lru_cache, partial
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from typing import Protocol, runtime_checkable

from analyze import codebook as codebooks
from analyze import train
from analyze.codebook import Codebook
from analyze.foreign import foreign_language
from analyze.gate import Gate, Key
from analyze.linear import Linear
from analyze.model import TASKS, AnalyzeError, Findings, Statement
from analyze.taggers import moderation, proposals, stance
from analyze.view import View, view

_BATCH = 500
FEW = 2_000
"""Statements for which no processes are started: each of them takes as long to compile its lexicons."""
_RELEASE = "1"


class Component(Protocol):
    """What a tagger is. `task` is one of `analyze.model.TASKS`."""

    task: str
    needs: frozenset[str]
    """Fields of `Findings` it reads where they are filled: their component runs before it."""
    assigns: frozenset[str]
    """Fields of `Findings` it fills."""
    reads_codebook: bool
    """Whether it looks for the codebook's phrases, which may be in any language: it sees every statement, the
    others only those that are or may be in English."""
    keys: frozenset[Key]
    """What its rules are woken by (see `analyze.gate`)."""

    def __init__(self, codebook: Codebook) -> None: ...

    def tag(self, seen: View, found: Findings) -> Findings:
        """`found`, with the fields it assigns filled in."""


@runtime_checkable
class Trainable(Protocol):
    """A component whose weights a team can correct with its own codings (analyze.train)."""

    weights: Linear

    def evidence(self, seen: View) -> tuple[str, ...]:
        """The features by which it judges the statement as a whole."""

    def with_weights(self, weights: Linear) -> Component:
        """The same component with other weights."""


COMPONENTS: tuple[type[Component], ...] = (
    proposals.Tagger,
    stance.Tagger,
    moderation.Tagger,
)
"""In the order in which they run."""


class Tagger:
    """Tags statements with a codebook. Made once (it compiles lexicons), used for any number of statements.

    `models` is the folder of what `folkmoot train` learnt, if there is one. Raises AnalyzeError if `tasks`
    names something that is not a task.
    """

    def __init__(self, codebook: Codebook, tasks: Sequence[str] = TASKS, models: Path | None = None) -> None:
        if unknown := set(tasks) - set(TASKS):
            raise AnalyzeError(f"{', '.join(sorted(unknown))} is no task; the tasks are {', '.join(TASKS)}.")
        check_order(COMPONENTS)
        chosen = [component for component in COMPONENTS if component.task in tasks]
        self.components = tuple(_corrected(component(codebook), models) for component in chosen)
        self.gate = Gate(key for component in self.components for key in component.keys)

    def tag(self, statements: Iterable[Statement]) -> Iterator[Findings]:
        """Findings for each statement, in order; memory does not grow with their number."""
        return map(self.tag_one, statements)

    def tag_one(self, statement: Statement) -> Findings:
        seen = view(statement, self.gate)
        language = foreign_language(seen)
        found = Findings(id=statement.id, language=language)
        for component in self.components:
            if language is None or component.reads_codebook:
                found = component.tag(seen, found)
        return found


def _corrected(component: Component, models: Path | None) -> Component:
    if models is None or not isinstance(component, Trainable):
        return component
    weights = train.saved(models, component.task)
    return component.with_weights(weights) if weights else component


def examples(
    codings: Iterable[tuple[Statement, str]], codebook: Codebook, task: str
) -> tuple[list[train.Example], Linear]:
    """What `analyze.train.train` needs: coded statements as their component sees them; its weights.

    Raises AnalyzeError if the task has no weights that could be corrected.
    """
    tagger = Tagger(codebook, [task])
    (component,) = tagger.components
    if not isinstance(component, Trainable):
        raise AnalyzeError(
            f"The task {task} cannot be trained: its codings say whether a post moderates, not what was done."
        )
    made = [
        train.Example(features=component.evidence(view(statement, tagger.gate)), label=label)
        for statement, label in codings
    ]
    return made, component.weights


def check_order(components: Sequence[type[Component]]) -> None:
    """Raises AnalyzeError where a component needs what only a later one assigns."""
    assigned: set[str] = set()
    for component in components:
        if missing := component.needs - assigned:
            raise AnalyzeError(
                f"The {component.task} component needs {', '.join(sorted(missing))}, which nothing before it "
                "assigns. Put the component that does before it in analyze.pipeline.COMPONENTS."
            )
        assigned |= component.assigns


def tag_parallel(
    statements: Iterable[Statement],
    codebook_path: Path | None,
    tasks: Sequence[str],
    workers: int,
    models: Path | None = None,
) -> Iterator[Findings]:
    """Like `Tagger.tag`, on `workers` processes that return findings (spaCy Docs cost more to send).

    Order is kept, and no more than a few batches wait at a time. Fewer than FEW statements, or `workers`
    below 2, stay in this process.
    """
    codebook = codebooks.load(codebook_path)  # an unusable one is reported here, not by a broken pool
    rest = iter(statements)
    head = list(islice(rest, FEW)) if workers > 1 else []
    rest = chain(head, rest)
    if len(head) < FEW:
        yield from Tagger(codebook, tasks, models).tag(rest)
        return
    work = partial(_tag_batch, codebook_path, tuple(tasks), models)
    # Not forked: the caller may hold DuckDB's threads.
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_prepare_worker)
    try:
        waiting: deque[Future[list[Findings]]] = deque()
        while batch := list(islice(rest, _BATCH)):
            with _uninterrupted():
                waiting.append(pool.submit(work, batch))
            if len(waiting) > 2 * workers:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    except BrokenProcessPool:
        raise AnalyzeError(
            "a process that tags was killed, for want of memory perhaps; try again with --workers 1"
        ) from None
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Ctrl-C waits, and processes started in here never hear of it: one that still loads its modules would
    show a traceback."""
    if sys.platform == "win32":  # which cannot hold signals
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _prepare_worker() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer


@lru_cache(maxsize=1)
def _worker_tagger(codebook_path: Path | None, tasks: tuple[str, ...], models: Path | None) -> Tagger:
    return Tagger(codebooks.load(codebook_path), tasks, models)


def _tag_batch(
    codebook_path: Path | None, tasks: tuple[str, ...], models: Path | None, batch: list[Statement]
) -> list[Findings]:
    return list(_worker_tagger(codebook_path, tasks, models).tag(batch))


def version(models: Path | None = None) -> str:
    """The release and a digest of all that decides a finding: code, lexicons, weights, what was learnt."""
    digest = sha256(_shipped_digest())
    for task in TASKS:
        learnt = models / f"{task}.tsv" if models else None
        digest.update(learnt.read_bytes() if learnt and learnt.exists() else b"-")
    return f"{_RELEASE}.{digest.hexdigest()[:10]}"


@lru_cache(maxsize=1)
def _shipped_digest() -> bytes:
    digest = sha256()
    for file in _package_files(files("analyze")):
        if file.name.endswith((".py", ".toml", ".tsv")):
            digest.update(file.read_bytes())
    return digest.digest()


def _package_files(folder: Traversable) -> Iterator[Traversable]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _package_files(entry)
        else:
            yield entry


def __getattr__(name: str) -> str:
    # VERSION is worked out when it is first asked for: nothing is read at import.
    if name == "VERSION":
        return version()
    raise AttributeError(name)
