"""The content of a project as builds know it: read where it changed, and judged where that changes anything."""

from __future__ import annotations

import fcntl
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import IO, Any

from .cache import FORM, Cache
from .database import discard
from .disk import remove
from .errors import Problem, errors_only, in_order
from .fingerprint import of_code
from .hashing import digest
from .ledger import Ledger, question
from .ledger_entries import Done, Key
from .load import Listing, Loaded, listing
from .pipeline import BrokenContentError, Project
from .progress import Progress
from .shelf import LedgerShelf
from .update import CHECK, do, judged, key_of, parts_of, read_changed
from .views import reading
from .views.library import Library

Asked = set[tuple[str, ...]]


class Content:
    """The records of one project. Only one process at a time has them open."""

    def __init__(self, project: Project, cache: Cache, progress: Progress, *, wait: bool = True) -> None:
        """Open them.

        Args:
            project: has them.
            cache: what builds remember.
            progress: is told how far they are.
            wait: whether to wait while another process has them open.

        Raises:
            BlockingIOError: another process has them, and nobody wants to wait.
            OSError, sqlite3.Error: they cannot be opened.
        """
        self.project, self.progress = project, progress
        sites = cache.folder / FORM / "sites"
        sites.mkdir(parents=True, exist_ok=True)
        name = digest(str(project.content_dir.absolute()), str(project.templates_dir.absolute())).hex()
        self._database = sites / f"{name}.sqlite"
        self._lock = _locked(sites / f"{name}.lock", progress if wait else None)
        is_discarded = _discard_if_changed(self._database, self._lock)
        self.ledger = Ledger(self._database)
        if self.ledger.begin(of_code()) or is_discarded:
            progress.say("what was made the last time was made by another version, or is damaged: all is made anew")
        self.before: dict[Key, Loaded | None] = {}
        """What the records were that have changed, as far as these are few."""
        self.parts: Counter[str] = Counter()
        """How many claims, figures, quotes and events the judged records have."""

    def close(self) -> None:
        """Let others have them."""
        if self._lock.closed:
            return
        self.ledger.close()
        _note_how_it_is_left(self._database, self._lock)
        self._lock.close()

    def check(self) -> LedgerShelf:
        """Read and judge what changed.

        Returns:
            The records.

        Raises:
            BrokenContentError: they have problems.
        """
        shelf, problems = self.judged()
        if errors_only(problems):
            raise BrokenContentError(problems, reading.library(shelf).whole)
        return shelf

    def judged(self) -> tuple[LedgerShelf, tuple[Problem, ...]]:
        """The records, and every problem found in them, sorted."""
        project, ledger = self.project, self.ledger
        listed = listing(project.content_dir, project.content_dir.name)
        of_files, self.before = read_changed(ledger, listed, self.progress)
        ledger.made_with("day", digest(str(project.review_day)), units=[CHECK])
        shelf = LedgerShelf(ledger)
        units = [f"{CHECK}{kind}/{record_id}" for (kind, record_id), *_ in ledger.there()]
        found = do(ledger, [CHECK], units, self._judging(shelf, listed), lambda told: None, self.watch("checking records"))
        for _, parts in found.values():
            self.parts.update(parts)
        return shelf, in_order([*of_files, *(problem for problems, _ in found.values() for problem in problems)])

    def watch(self, what: str) -> Callable[[Iterable[Any], int], Iterable[Any]]:
        """Have pieces of work watched while they are done."""
        return partial(self.progress.over, what)

    def _judging(self, shelf: LedgerShelf, listed: Listing) -> Callable[[str], tuple[Done, None]]:
        def work(unit: str) -> tuple[Done, None]:
            asked, library = self.asking(shelf)
            found = judged(library, shelf, self.ledger, listed, key_of(unit), lambda *words: asked.add(words))
            return Done(unit, numbers(asked), (tuple(found), parts_of(shelf.kept(key_of(unit)).record))), None

        return work

    def asking(self, shelf: LedgerShelf) -> tuple[Asked, Library]:
        """The records for one piece of work, and the questions that it asks of them."""
        asked: Asked = set()
        return asked, reading.library(shelf, self.project.review_day, lambda *words: asked.add(words))

    def keys(self) -> list[Key]:
        """Every record that can be read, in order."""
        return [key for key, is_broken, _ in self.ledger.there() if not is_broken]


def numbers(asked: Asked) -> list[int]:
    """The numbers of questions."""
    return [question(*words) for words in asked]


def _locked(file: Path, waiting: Progress | None) -> IO[bytes]:
    if file.is_dir():
        remove(file)
    stream = file.open("a+b")
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        if waiting is None:
            stream.close()
            raise
        waiting.say("waiting for another build of this site")
        fcntl.flock(stream, fcntl.LOCK_EX)
    return stream


def _discard_if_changed(database: Path, lock: IO[bytes]) -> bool:
    """Begin again where somebody else has written into the database: what is damaged may well be one still.

    The file of the lock says how it was left. It does not where a build was killed, after which the database is in step with itself.
    """
    lock.seek(0)
    left = lock.read()
    is_other = bool(left) and left != _stamp(database)
    if is_other:
        discard(database)
    lock.truncate(0)
    return is_other


def _note_how_it_is_left(database: Path, lock: IO[bytes]) -> None:
    with suppress(OSError):  # without a note, it is believed
        lock.write(_stamp(database))
        lock.flush()


def _stamp(file: Path) -> bytes:
    """What any writing to a file changes."""
    try:
        found = file.stat()
    except OSError:
        return b"none"
    return f"{found.st_ino} {found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}".encode()
