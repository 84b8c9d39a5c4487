"""What an edit touches done again, and nothing else."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from . import dangling, history, rules
from .errors import Problem, at_most
from .forked import spread
from .guesses import guessed
from .hashing import digest
from .kept_values import pickled
from .kinds import KINDS, Kind
from .ledger import Ledger, question
from .ledger_entries import Done, Entry, Key
from .load import Found, Listing, Loaded, content_of, read, read_from, unreadable_file
from .mentions import broken_mentions, mentions
from .parse import Document
from .progress import Progress
from .questions import answers, broken_answers
from .records import MODELS, Briefing, Record
from .references import references
from .review import overdue_in
from .shelf import Kept, LedgerShelf
from .views.excerpts import NAME, excerpts
from .views.library import Library

NOTED_TOGETHER = 500
"""Units whose results are written down at once."""
CHECK = "check/"
"""What the names of units begin with that judge a record beside the others."""


# --- records ------------------------------------------------------------------------------------------


def read_changed(ledger: Ledger, listed: Listing, progress: Progress) -> tuple[tuple[Problem, ...], dict[Key, Loaded | None]]:
    """Read the records that are not as they were the last time.

    Args:
        ledger: knows what they were, and is told what they are.
        listed: what there is.
        progress: is told how far it is.

    Returns:
        What is wrong with files that are no records, and what the records were that are not so any more.
    """
    before = ledger.digests()
    files, problems = _one_each(listed)
    changed, stamps = _looked_at(files, before)
    gone = before.keys() - files.keys()
    old = {key: _as_it_was(ledger, key) for key in (*changed, *gone) if len(changed) <= FEW}
    if changed or gone:
        work = spread(lambda number: _entry(files[changed[number]]), len(changed))
        ledger.change((entry for _, entry in progress.over("reading records", work, len(changed))), gone)
    if stamps:
        ledger.know(stamps)
    ledger.made_with("images", digest(*sorted(listed.images)), asked=[question("images")])
    return (*listed.problems, *problems), old


def _looked_at(files: Mapping[Key, Found], before: Mapping[Key, tuple[bytes, str | None]]) -> tuple[list[Key], dict[Key, str | None]]:
    """Which files are not as they were, and by what those can be known from now on that had to be read to tell."""
    changed: list[Key] = []
    stamps: dict[Key, str | None] = {}
    for key, found in files.items():
        as_read, known = before.get(key, (b"", None))
        stamp = stamp_of(found)  # before it is read: should it change in between, it is read again the next time
        if stamp and stamp == known:
            continue
        content, unreadable = _content(found)
        is_changed = _digest(found, content, unreadable) != as_read
        if is_changed:
            changed.append(key)
        if unreadable:
            stamp = None
        if stamp or known or is_changed:
            stamps[key] = stamp
    return changed, stamps


SETTLED = 3 * 10**9
"""Nanoseconds for which a file must have been as it is, so that its stamp says so: clocks of file systems are as coarse as two seconds."""


def stamp_of(found: Found) -> str | None:
    """By what it can be told, unread, that a file is as it was; None where nothing tells that.

    Whatever writes to a file, or puts another in its place, sets the time of its last change, which no program can choose,
    unlike that of its last writing. Within one tick of the clock there could be two writings.
    """
    try:
        seen = os.lstat(found.file)
    except OSError:
        return None
    if not found.is_file or time.time_ns() - seen.st_ctime_ns < SETTLED:
        return None
    # In ASCII, since a name that is not UTF-8 could not be kept.
    return f"{seen.st_dev} {seen.st_ino} {seen.st_size} {seen.st_mtime_ns} {seen.st_ctime_ns} {found.shown!a}"


FEW = 50
"""Of so many changed records it can be said what they were."""


def _as_it_was(ledger: Ledger, key: Key) -> Loaded | None:
    """A record before it is read again; None when there was none that could be read."""
    kept = ledger.read(key)
    if not isinstance(kept, Kept) or kept.record is None:
        return None
    return Loaded(key[0], kept.record, Document(kept.found.shown, ledger.data(key) or {}, {}))


def _one_each(listed: Listing) -> tuple[dict[Key, Found], list[Problem]]:
    """Files by the record that they are or should be; of two for one, what is wrong with the second."""
    files: dict[Key, Found] = {}
    problems: list[Problem] = []
    for found in listed.found:
        if found.key in files:
            problems += read(found)[2]
        else:
            files[found.key] = found
    return files, problems


def _content(found: Found) -> tuple[bytes, str]:
    """What is in a file, or why it cannot be read."""
    try:
        return content_of(found), ""
    except OSError as error:
        return b"", error.strerror or str(error)


def _digest(found: Found, content: bytes, unreadable: str) -> bytes:
    return digest(found.shown, str(found.is_file), unreadable, content)


def _entry(found: Found) -> Entry:
    content, unreadable = _content(found)
    file = _digest(found, content, unreadable)
    if unreadable:
        loaded, document = None, None
        problems = [unreadable_file(found, unreadable)]
    else:
        loaded, document, problems = read_from(found, content)
    refs = tuple(references(MODELS[found.kind], document.data)) if document else ()
    if loaded:
        problems = [*problems, *at_most(history.entry_problems(loaded))]
        told_of = excerpts(found.kind, loaded.record)
        said, told = list(mentions(found.kind, loaded.record)), answers(loaded, file, told_of)
        kept = Kept(loaded.record, found, tuple(problems))
    else:
        told_of = {}
        said = list(broken_mentions(*found.key, None if found.misnamed else document))
        told, kept = broken_answers(*found.key, file), Kept(None, found, tuple(problems))
    return Entry(
        found.key,
        file,
        told,
        said,
        pickled(kept),
        pickled(refs),
        pickled(document.data if document else None),
        loaded is None,
        NAME in told_of and told_of[NAME].stands,
        {name: pickled(excerpt) for name, excerpt in told_of.items()},
    )


# --- checks -------------------------------------------------------------------------------------------


def judged(library: Library, shelf: LedgerShelf, ledger: Ledger, listed: Listing, key: Key, note: Callable[..., object]) -> list[Problem]:
    """All that is wrong with a record, or with what should be one."""
    kind, record_id = key
    kept, refs = shelf.kept(key), ledger.refs(key)
    if kept.record is None:
        broken = library.whole.broken.get(key)
        problems = list(guessed(library, {key: broken}, kept.problems))
        if broken:
            problems += at_most(dangling.check_broken(library, kind, record_id, broken))
        return problems
    loaded = Loaded(kind, kept.record, shelf.file(key))
    if isinstance(kept.record, Briefing) and any(photo.file for photo in kept.record.photos):
        note("images")
    beside_others = chain(dangling.check(library, loaded, listed.images, refs), rules.check(library, loaded, refs))
    return [*kept.problems, *at_most(beside_others), *overdue_in(loaded, library.review_day)]


def parts_of(record: Record | None) -> dict[str, int]:
    """How many parts of each kind a sheet has, the withdrawn ones included."""
    if not isinstance(record, Briefing):
        return {}
    figures = sum(len(claim.figures) for claim in record.claims)
    return {"claim": len(record.claims), "figure": figures, "quote": len(record.quotes), "event": len(record.events)}


def key_of(unit: str) -> Key:
    """The record that a unit is about."""
    _, name, record_id = unit.split("/")
    kind: Kind = next(each for each in KINDS if each == name)
    return kind, record_id


# --- units --------------------------------------------------------------------------------------------


def do(
    ledger: Ledger,
    prefixes: Iterable[str],
    names: Sequence[str],
    work: Callable[[str], tuple[Done, Any]],
    take: Callable[[list[Any]], None],
    watch: Callable[[Iterable[Any], int], Iterable[Any]],
) -> dict[str, Any]:
    """Do what has to be done again among some units.

    Args:
        ledger: knows what was made.
        prefixes: what the names of such units begin with.
        names: the units that there are; any others are forgotten.
        work: does one, perhaps in another process; returns what it came to, and something for `take`.
        take: is told, here, what came of some that were done, before these are noted.
        watch: is given all that is done as it comes, and how many there will be, and passes it on.

    Returns:
        By name: what each unit made.
    """
    made: dict[str, Any] = {}
    known, waiting = ledger.names(prefixes), list[tuple[Done, Any]]()
    ledger.drop(known - set(names))
    known -= ledger.todo()

    def read_others() -> None:
        for prefix in prefixes:
            made.update(ledger.made(prefix))

    def note() -> None:
        take([more for _, more in waiting])
        ledger.note(done for done, _ in waiting)
        waiting.clear()

    def do_these(todo: Sequence[str], meanwhile: Callable[[], None]) -> None:
        for _, (done, more) in watch(spread(lambda number: work(todo[number]), len(todo), meanwhile), len(todo)):
            made[done.unit] = done.made
            waiting.append((done, more))
            if len(waiting) >= NOTED_TOGETHER:
                note()
        note()

    do_these([name for name in names if name not in known], read_others)
    if lost := [name for name in names if name not in made]:
        ledger.settle()
        do_these(lost, lambda: None)  # what was kept of them is damaged
    return {name: made[name] for name in names}
