"""Records as plain values for the data that others read: every field, with dates and references spelt out.

What editors wrote stands under the names that it has in their files, and is always there: what they left out is null or
an empty list. What follows from it, such as a claim's independent origins, is added apart; see `generator.outputs.computed`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel

from ..catalog import part_key
from ..edtf import Edtf
from ..markup import plain
from ..records import Claim, Kind, LocalRef, Quote, Ref
from ..records.base import HISTORY_FIELDS
from ..references import target_at
from ..urls import Target, record_uri
from ..views.history import part_name
from ..views.library import Library, record_target
from .file import Site

API = "api/v1"
COMPUTED = "computed"
"""Under this name stands what no editor wrote."""
Value = Any
"""What JSON can say: a `dict`, `list`, `str`, `bool`, `int`, `Decimal` or None."""
Extra = Callable[[BaseModel], Mapping[str, Value] | None]


def _nothing(_: BaseModel) -> None:
    return None


class Describer:
    """Says records in plain values."""

    def __init__(self, library: Library, site: Site) -> None:
        """Take what references are resolved with."""
        self._library = library
        self._site = site

    def fields(self, group: BaseModel, briefing: str = "", extra: Extra = _nothing) -> dict[str, Value]:
        """All fields of a record, or of one of its groups, in the order of the model, its history last.

        Args:
            group: the record or group.
            briefing: id of the briefing that it stands in.
            extra: what is to be added to a group, under `computed`; None for nothing.
        """
        found = {key: self._value(getattr(group, name), target, briefing, extra) for name, key, target in _columns(type(group))}
        added = extra(group)
        return found if added is None else {**found, COMPUTED: dict(added)}

    def _value(self, value: Value, target: Ref | LocalRef | None, briefing: str, extra: Extra) -> Value:
        match value:  # the most frequent first
            case str() if isinstance(target, Ref):
                return self.reference(next(kind for kind in target.kinds if value in self._library.whole.of_kind(kind)), value)
            case str() if isinstance(target, LocalRef):
                return self.part(*part_key(briefing, value))
            case str() | None:
                return value
            case tuple():
                return [self._value(item, target, briefing, extra) for item in value]
            case Edtf():
                return date(value)
            case dict():
                return {str(name): self._value(item, None, briefing, extra) for name, item in value.items()}
            case BaseModel():
                return self.fields(value, briefing, extra)
        return value

    def reference(self, kind: Kind, record_id: str) -> dict[str, str]:
        """A record as others name it."""
        target = record_target(self._library, kind, record_id)
        return {
            "kind": kind,
            "id": record_id,
            "name": target.text,
            "url": self._site.page(target),
            "api": self._site.address(record_path(kind, record_id)),
        }

    def speaker(self, speaker_id: str) -> dict[str, str]:
        """An actor or a person as others name them."""
        return self.reference("actor" if speaker_id in self._library.whole.actors else "person", speaker_id)

    def part(self, briefing_id: str, part_id: str) -> dict[str, str]:
        """A claim, figure, event or other part of a briefing as others name it."""
        part = self._library.all_parts[briefing_id, part_id]
        return {
            "kind": type(part).__name__.lower(),
            "briefing": briefing_id,
            "id": part_id,
            "name": _name(part),
            "url": self.part_url(briefing_id, part_id),
            "api": self._site.address(record_path("briefing", briefing_id)),
        }

    def part_url(self, briefing_id: str, part_id: str) -> str:
        """Where a part of a briefing can be read."""
        return self._site.page(Target("", record_uri("briefing", briefing_id), part_id))


@cache
def _columns(model: type[BaseModel]) -> tuple[tuple[str, str, Ref | LocalRef | None], ...]:
    """The fields of a model, its history last: the name in the model, the name in the data, and what their text names."""
    own_first = sorted(model.model_fields.items(), key=lambda field: field[0] in HISTORY_FIELDS)
    keys = ((name, info.alias or name) for name, info in own_first if not info.exclude)
    return tuple((name, key, target_at(model, (key,))) for name, key in keys)


def record_path(kind: Kind, record_id: str) -> str:
    """The file of a record's data, from the site's root: `api/v1/places/rawa.json`."""
    return f"{API}/{record_uri(kind, record_id).removesuffix('.md')}.json"


def _name(part: BaseModel) -> str:
    """A part of a briefing by itself: whole sentences keep their full stop, and words need no marks to be told from ours."""
    match part:
        case Claim():
            return plain(part.text)
        case Quote():
            return part.text
    return part_name(part)


def date(value: Edtf) -> dict[str, str | None]:
    """A date as it was written, in words, and the first and last day that it can mean; an open end has none."""
    return {
        "edtf": value.text,
        "words": value.words,
        "earliest": value.earliest.isoformat() if value.start else None,
        "latest": value.latest.isoformat() if value.end else None,
    }
