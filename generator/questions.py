"""What a record answers to the questions that views ask, as digests: two with the same digest answer alike."""

from __future__ import annotations

import pickle

from .anchors import anchored
from .cache import digest
from .kinds import Kind
from .ledger import question
from .living import without_withdrawn
from .records import Briefing, Record
from .views.names import head_of, name_of
from .views.reading import stands


def broken_answers(kind: Kind, record_id: str, file: bytes) -> dict[int, bytes]:
    """The same of a record that cannot be read."""
    found = (question("record", kind, record_id), question("has", kind, record_id), question("ids", kind), question("broken"))
    return dict.fromkeys(found, digest(b"broken", file))


def answers(kind: Kind, record: Record, file: bytes) -> dict[int, bytes]:
    """By number of each question that a record answers: a digest of the answer. Mentions answer for themselves.

    Args:
        kind, record: the record.
        file: a digest of its file.
    """
    standing = stands(kind, record)
    found = {
        question("record", kind, record.id): file,
        question("has", kind, record.id): b"stands" if standing else b"withdrawn",
        question("ids", kind): digest(record.id, str(standing)),
        question("name", kind, record.id): digest(repr(name_of(record))),
    }
    if isinstance(record, Briefing):
        if standing:
            found[question("head", record.id)] = digest(repr(head_of(without_withdrawn(record))))
        for _, part in anchored(record):
            found[question("part", record.id, part.id)] = digest(b"" if standing else b"withdrawn", pickle.dumps(part, 5))
    return found
