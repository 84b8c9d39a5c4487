"""What a record answers to the questions that views ask, as digests: two with the same digest answer alike."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from .anchors import ANCHORED
from .catalog import items_of
from .hashing import digest
from .kinds import Kind
from .ledger import question
from .load import Loaded
from .records import Briefing
from .views.excerpts import HEAD, LINE, NAME, Excerpt, part_name


def broken_answers(kind: Kind, record_id: str, file: bytes) -> dict[int, bytes]:
    """The same of a record that cannot be read."""
    found = (question("record", kind, record_id), question("has", kind, record_id), question("ids", kind), question("broken"))
    return dict.fromkeys(found, digest(b"broken", file))


def answers(loaded: Loaded, file: bytes, told: Mapping[str, Excerpt]) -> dict[int, bytes]:
    """By number of each question that a record answers: a digest of the answer. Mentions answer for themselves.

    Args:
        loaded: the record.
        file: a digest of its file.
        told: its excerpts.
    """
    kind, record = loaded.kind, loaded.record
    standing = told[NAME].stands
    found = {
        question("record", kind, record.id): file,
        question("has", kind, record.id): b"stands" if standing else b"withdrawn",
        question("ids", kind): digest(record.id, str(standing)),
        question("name", kind, record.id): digest(repr(told[NAME].value)),
    }
    if isinstance(record, Briefing):
        if standing:
            found[question("head", record.id)] = digest(repr(told[HEAD].value))
            found[question("line", record.id)] = digest(repr(told[LINE].value))
        for part_id, tree in _parts(loaded.document.data):
            # A figure is withdrawn with its claim, though nothing in it says so.
            stands = told[part_name(part_id)].stands
            found[question("part", record.id, part_id)] = digest(b"" if stands else b"withdrawn", json.dumps(tree, sort_keys=True))
    return found


def _parts(data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The parts of a sheet as they are written. What an object would be pickled to is not always the same."""
    for group in ANCHORED:
        for part in items_of(data, group):
            yield str(part["id"]), part
            for figure in items_of(part, "figures"):
                yield str(figure["id"]), figure
