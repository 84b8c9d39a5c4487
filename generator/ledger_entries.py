"""What a ledger is told: of a record that was read, and of a unit of work that was done."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .kinds import Kind
from .mentions import Mention

Key = tuple[Kind, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A record's file as it was read.

    Attributes:
        key: the record's kind and id.
        digest: of the file.
        answers: to each question that it answers, a digest of the answer.
        mentions: what it says of others.
        read: whatever was read from it, in the form in which it is kept.
        refs: its references, in the same form.
        data: its tree, in the same form.
        broken: whether it is no valid record.
        stands: whether it was not withdrawn.
        excerpts: by name, what others are told of it, in the same form.
    """

    key: Key
    digest: bytes
    answers: Mapping[int, bytes]
    mentions: Sequence[Mention]
    read: bytes
    refs: bytes
    data: bytes
    broken: bool = False
    stands: bool = False
    excerpts: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Done:
    """What a unit of work came to.

    Attributes:
        unit: its name.
        asked: the questions that it asked, as numbers.
        made: what it made.
        mentions: what else it says of others, for units that come later.
        pieces: its pieces of files that many share, with the file of each.
        final: whether the next build may take it as it is. What a warning was given of is done again, for the warning.
    """

    unit: str
    asked: Collection[int]
    made: Any
    mentions: Sequence[Mention] = field(default=())
    pieces: Sequence[tuple[str, bytes]] = field(default=())
    final: bool = True
