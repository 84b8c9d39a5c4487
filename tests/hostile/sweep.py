"""Families of hostile texts as a project, and what each family's pages must show."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from tests.extremes import make
from tests.projects import Project

from .fields import is_taken, text_fields
from .records import family, slots, told
from .strings import ADDRESSES, CLASSES, PROSE, SPOKEN, STRINGS

_WORD = re.compile(r"\w+")
CONTROLS = (0, 1)
"""Families of ordinary words: one for others to refer to, one that refers to it as they do."""
FIRST = 2
Texts = Mapping[str, str]
"""By place, what stands there."""


@cache
def _numbers() -> Mapping[str, int]:
    return {name: number for number, name in enumerate(slots())}


def with_controls(families: Iterable[Texts]) -> dict[int, Texts]:
    """Families by number, behind those of ordinary words."""
    return {**{number: plain(number) for number in CONTROLS}, **dict(enumerate(families, FIRST))}


def project_of(folder: Path, families: Mapping[int, Texts]) -> Project:
    """A project of all their records."""
    return make(folder, {name: fields for number, texts in families.items() for name, fields in family(number, texts.__getitem__).items()})


@cache
def takes(slot: str) -> str:
    """The type of text that a place takes; where anything goes, that of the field which it tells of."""
    return text_fields()[slots()[_told().get(slot, slot)]].takes


_told = cache(told)


def plain(number: int) -> Texts:
    """Ordinary words, other ones in each place."""
    return {
        name: f"https://evil.example/ordinary-{number}-{place}-x" if takes(name) == "url" else f"Ordinary {number} words {place} here"
        for name, place in _numbers().items()
    }


def by_class(number: int) -> Texts:
    """For each place a text of another class than in families beside it: as many families as classes have each class in each place."""
    classes = [*CLASSES.values()]

    def candidates(place: int) -> Iterator[str]:
        for step in range(len(classes)):
            found = classes[(place + number + step) % len(classes)]
            first = place + number // len(classes)
            yield from (found[(first + more) % len(found)] for more in range(len(found)))

    return _texts(number, candidates)


def by_string(number: int) -> Texts:
    """For each place another string: as many families as there are strings have each string in each place."""
    return from_list(number, STRINGS)


def from_list(number: int, strings: Sequence[str]) -> Texts:
    """The same for any list."""
    return _texts(number, lambda place: (strings[(place + number + step) % len(strings)] for step in range(len(strings))))


def _texts(number: int, candidates: Callable[[int], Iterable[str]]) -> Texts:
    own = {"prose": PROSE, "verbatim": SPOKEN, "url": ADDRESSES}
    found: dict[str, str] = {}
    used: set[str] = set()
    for name, place in _numbers().items():
        kind = takes(name)
        wanted: Iterable[str] = candidates(place)
        if kind == "url" or (kind in own and (place + number) % 5 == 0):
            wanted = (own[kind][(place + number + step) % len(own[kind])] for step in range(len(own[kind])))
        # What a change leaves of a text is shown once.
        kept = set(_WORD.findall(found[_told()[name]])) if name in _told() else set()
        fitting = (text for text in wanted if is_taken(kind, text) and not kept.intersection(_WORD.findall(text)))
        first = next(fitting)
        found[name] = first if first not in used else next((text for text in fitting if text not in used), first)
        used.add(found[name])
    return found
