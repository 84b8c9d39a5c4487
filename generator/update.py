"""Units of work done again where an edit touches them, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from .forked import spread
from .ledger import Done, Entry, Key, Ledger
from .load import Loaded
from .mentions import mentions
from .questions import answers
from .shelf import kept

NOTED_TOGETHER = 500
"""Units whose results are written down at once."""


def take_in(ledger: Ledger, records: Mapping[Key, Loaded], digests: Mapping[Key, bytes]) -> None:
    """Note what changed in the records since the last time.

    Args:
        ledger: knows what they were.
        records: all of them.
        digests: of their files.
    """
    before = ledger.digests()
    changed = [key for key, value in digests.items() if before.get(key) != value]
    gone = before.keys() - digests.keys()
    if changed or gone:
        ledger.change((_entry(records[key], digests[key]) for key in changed), gone)


def _entry(loaded: Loaded, file: bytes) -> Entry:
    kind, record = loaded.kind, loaded.record
    return Entry(loaded.key, file, answers(kind, record, file), list(mentions(kind, record)), kept(loaded))


def do(
    ledger: Ledger, prefixes: Iterable[str], names: Sequence[str], work: Callable[[str], tuple[Done, Any]], take: Callable[[str, Any], None]
) -> dict[str, Any]:
    """Do what has to be done again among some units.

    Args:
        ledger: knows what was made.
        prefixes: what the names of such units begin with.
        names: the units that there are; any others are forgotten.
        work: does one, perhaps in another process; returns what it came to, and something for `take`.
        take: is told, here, what came of each that was done.

    Returns:
        By name: what each unit made.
    """
    made: dict[str, Any] = {}
    for prefix in prefixes:
        made |= ledger.made(prefix)
    ledger.drop(ledger.names(prefixes) - set(names))
    todo = [name for name in names if name not in made]
    waiting: list[Done] = []
    for number, (done, more) in spread(lambda number: work(todo[number]), len(todo)):
        take(todo[number], more)
        made[done.unit] = done.made
        waiting.append(done)
        if len(waiting) >= NOTED_TOGETHER:
            ledger.note(waiting)
            waiting.clear()
    ledger.note(waiting)
    return {name: made[name] for name in names}
