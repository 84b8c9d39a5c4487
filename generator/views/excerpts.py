"""What pages about others tell of a record: its name, a sheet's head, a claim. To keep these apart saves reading all of it."""

from __future__ import annotations

from typing import Any, NamedTuple

from ..anchors import anchored
from ..kinds import Kind
from ..living import without_withdrawn
from ..records import Briefing, Record
from .names import head_of, line_of, name_of

NAME, HEAD, LINE = "name", "head", "line"


class Excerpt(NamedTuple):
    """One of these.

    Attributes:
        stands: whether it was not withdrawn, by itself or with all that it is part of.
        value: a `Name`, `Head` or `Line`, or a part of a sheet.
    """

    stands: bool
    value: Any


def part_name(part_id: str) -> str:
    """The name of a part of a sheet."""
    return f"part {part_id}"


def excerpts(kind: Kind, record: Record) -> dict[str, Excerpt]:
    """All of a record by name."""
    standing = stands(kind, record)
    found = {NAME: Excerpt(standing, name_of(record))}
    if isinstance(record, Briefing):
        living = without_withdrawn(record)
        found |= {HEAD: Excerpt(standing, head_of(record)), LINE: Excerpt(standing, line_of(living))}
        kept = {part.id for _, part in anchored(living)} if standing else set()
        for _, part in anchored(record):
            found.setdefault(part_name(part.id), Excerpt(part.id in kept, part))
    return found


def stands(kind: Kind, record: Record | None) -> bool:
    """Whether a record was not withdrawn. Withdrawn sources go on being named: what cites one still does."""
    return record is not None and (kind == "source" or not record.withdrawn)
