"""A family of records, one or two of each kind, in which each field of text holds a text of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.extremes import Fields

from .fields import ANY_KEY

JUDGED_BY_OTHERS = frozenset(
    {"briefing.photos.file", *(f"{kind}.updates.changes.path" for kind in ("briefing", "place", "actor", "person", "source", "measure"))}
)
"""Texts that have to name something that is there: a picture's file, a field of the record. No other text gets in."""


@dataclass(frozen=True, slots=True)
class Text:
    """A place for a text; with `like`, the one that stands elsewhere."""

    like: str = ""


TEXT = Text()


def slots() -> dict[str, str]:
    """The name of each place for a text that no other has, with its field's path.

    A field that stands in a family several times has several: `briefing.claims.text`, `briefing.claims.text+1`.
    """
    return {name: path for name, path, text in _walk_all(0) if not text.like}


def told() -> dict[str, str]:
    """The places of texts that a history tells of, each with that of the text which stands there now."""
    walked = [*_walk_all(0)]
    before = [name for name, path, _ in walked if path.endswith(".changes.from")]
    return dict(zip(before, [name for name, path, _ in walked if path.endswith(".changes.to")], strict=True))


def reached() -> set[str]:
    """The paths of all fields that a family fills."""
    return {path for _, path, _ in _walk_all(0)} | JUDGED_BY_OTHERS


def family(number: int, text: Callable[[str], str]) -> dict[str, Fields]:
    """The records of a family, by file.

    The sheet of family 0 is one that those of all others are related to.

    Args:
        number: in their ids.
        text: what stands in a place, by its name.
    """
    counts: dict[str, int] = {}
    return {f"{folder}/{stem}-{number}": _filled(kind, fields, counts, text) for folder, stem, kind, fields in _records(number)}


def _walk_all(number: int) -> Iterator[tuple[str, str, Text]]:
    found: list[tuple[str, str, Text]] = []
    counts: dict[str, int] = {}
    for _, _, kind, fields in _records(number):
        _filled(kind, fields, counts, str, found)
    yield from found


def _filled(
    path: str, value: Any, counts: dict[str, int], text: Callable[[str], str], found: list[tuple[str, str, Text]] | None = None
) -> Any:
    if isinstance(value, Text):
        count = counts.get(path, 0)
        counts[path] = count + (not value.like)
        name = value.like or (f"{path}+{count}" if count else path)
        if found is not None:
            found.append((name, path, value))
        return text(name)
    if isinstance(value, list):
        return [_filled(path, item, counts, text, found) for item in value]
    if isinstance(value, dict):
        below = ANY_KEY if path.endswith(".names") else None
        return {key: _filled(f"{path}.{below or key}", item, counts, text, found) for key, item in value.items()}
    return value


def _records(n: int) -> Iterator[tuple[str, str, str, Fields]]:
    """Folder, first part of the id, kind and fields of each record."""
    cited = {"source": f"source-{n}", "locator": TEXT}
    alone = f"source-{n}"
    person, actor, place, area, measure = f"person-{n}", f"actor-{n}", f"place-{n}", f"area-{n}", f"measure-{n}"

    def entry(day: int, kind: str, path: str, now: Any, was: Any = TEXT) -> Fields:
        return {"at": f"2021-06-{day:02}", "kind": kind, "note": TEXT, "changes": [{"path": path, "from": was, "to": now}]}

    def figure(name: str, as_of: str, **value: Any) -> Fields:
        return {"id": name, "measure": measure, "unit": Text("measure.unit"), "as_of": as_of, "scope": TEXT, "printed_as": TEXT, **value}

    def claim(name: str, **more: Any) -> Fields:
        return {
            "id": name, "text": TEXT, "said_by": [person, actor], "role": TEXT, "channel": TEXT, "said_on": "2021-05-02", "happened": "2021-05-01",
            "phrase": TEXT, "front": "fr-a", "places": [place, area], "about": [actor], "sources": [cited], "status": "reported", "status_note": TEXT, **more,
        }  # fmt: skip

    def event(name: str, **more: Any) -> Fields:
        return {
            "id": name,
            "title": TEXT,
            "date": "2021-05-02",
            "phrase": TEXT,
            "summary": TEXT,
            "front": "fr-a",
            "places": [place],
            "actors": [person],
            "claims": ["cl-a"],
            **more,
        }

    def quote(name: str, **more: Any) -> Fields:
        return {
            "id": name, "text": TEXT, "said_by": [person], "role": TEXT, "channel": TEXT, "said_on": "2021-05-02", "language": "ar", "translation": TEXT,
            "front": "fr-a", "claims": ["cl-a"], "sources": [cited], "alterations": [{"shown": TEXT, "original": TEXT, "sources": [cited]}],
            "variants": [{"text": TEXT, "said_by": [actor], "language": "fr", "sources": [cited], "note": TEXT}], "note": TEXT, **more,
        }  # fmt: skip

    yield "briefings", "sheet", "briefing", {
        "title": TEXT, "label": "update", "published": "2021-05-04", "as_of": "2021-05-06", "covers": "2021-05-02/2021-05-04", "answer": TEXT,
        "highlights": ["cl-a", "cl-b"], "key_figures": ["fg-a", "fg-b"],
        "fronts": [{"id": "fr-a", "title": TEXT, "text": TEXT, "places": [place], "actors": [actor]}],
        "claims": [
            claim("cl-a", status="disputed", figures=[figure("fg-a", "2021-05-02", value=1.5)]),
            claim("cl-b", status="disputed", disputes=["cl-a"], figures=[figure("fg-b", "2021-05-03", low=2, high=3)], review_by="2021-07-01"),
            claim("cl-c", withdrawn=TEXT),
        ],
        "quotes": [quote("qt-a"), quote("qt-b", withdrawn=TEXT)],
        "events": [event("ev-a"), event("ev-b", withdrawn=TEXT)],
        "photos": [
            {"id": f"ph-{name}", "alt": TEXT, "caption": TEXT, "credit": TEXT, "licence": TEXT, "sources": [cited], **more}
            for name, more in (("a", {"file": "bridge.png"}), ("b", {"taken": "2019", "file_photo": True}))
        ],
        "disagreements": [{"id": "df-a", "question": TEXT, "claims": ["cl-a", "cl-b"], "reading": TEXT}],
        "unknowns": [{"id": "un-a", "question": TEXT, "text": TEXT, "sources": [cited]}],
        "context": TEXT, "starting_point": alone, "formerly": [f"old-sheet-{n}"], "related": ["sheet-0"] if n else [],
        "other_events": ["sheet-0#ev-a"] if n else [],
        "updates": [
            entry(1, "update", "title", Text("briefing.title")),
            entry(2, "correction", "claims[cl-a].text", Text("briefing.claims.text")),
            entry(3, "clarification", "claims[cl-a].figures[fg-a].scope", Text("briefing.claims.figures.scope")),
        ],
    }  # fmt: skip
    yield "briefings", "gone-sheet", "briefing", {
        "title": TEXT, "label": "final", "published": "2021-05-04", "as_of": "2021-05-06", "covers": "2021-05", "answer": TEXT, "highlights": ["cl-a"],
        "claims": [{"id": "cl-a", "text": TEXT, "said_by": [person], "said_on": "2021-05-02", "sources": [alone], "status": "reported"}], "withdrawn": TEXT,
    }  # fmt: skip
    point = {"lat": 10 + n / 10, "lon": 20 + n / 10, "precision_km": 2, "sources": [cited], "note": TEXT}
    yield "places", "place", "place", {
        "name": TEXT, "kind": TEXT, "names": {"ar": TEXT, "fr": TEXT}, "variants": [TEXT, TEXT], "country": "SY", "admin": [TEXT, TEXT], "within": area, "coordinates": point,
        "summary": TEXT, "control": [{"holder": actor, "when": "2021-05", "sources": [cited], "note": TEXT}], "sources": [cited], "formerly": [f"old-place-{n}"],
        "updates": [entry(1, "correction", "name", Text("place.name")), entry(2, "update", "variants", [Text("place.variants"), Text("place.variants+1")], [TEXT, TEXT])],
    }  # fmt: skip
    yield "places", "area", "place", {"name": TEXT, "kind": TEXT}
    yield "places", "gone-place", "place", {"name": TEXT, "kind": TEXT, "withdrawn": TEXT}
    yield "actors", "actor", "actor", {
        "name": TEXT, "kind": TEXT, "names": {"he": TEXT}, "variants": [TEXT], "part_of": f"body-{n}", "description": TEXT, "sources": [cited],
        "updates": [entry(1, "correction", "name", Text("actor.name"))],
    }  # fmt: skip
    yield "actors", "body", "actor", {"name": TEXT, "kind": TEXT, "description": TEXT}
    yield "actors", "gone-actor", "actor", {"name": TEXT, "kind": TEXT, "description": TEXT, "withdrawn": TEXT}
    yield "people", "person", "person", {
        "name": TEXT, "names": {"fa": TEXT}, "variants": [TEXT], "roles": [{"title": TEXT, "actor": actor, "as_of": "2021", "sources": [cited]}], "note": TEXT,
        "updates": [entry(1, "correction", "name", Text("person.name"))],
    }  # fmt: skip
    yield (
        "people",
        "gone-person",
        "person",
        {"name": TEXT, "roles": [{"title": TEXT, "as_of": "2021", "sources": [alone]}], "withdrawn": TEXT},
    )
    yield "sources", "source", "source", {
        "publisher": TEXT, "publisher_actor": actor, "title": TEXT, "author": TEXT, "date": "2021-05-02", "url": TEXT, "archive_url": TEXT, "language": "ar", "type": "news_original",
        "grade": "A", "grade_reason": TEXT, "read": "full_text", "carries_unnamed": TEXT, "note": TEXT, "errata": [{"says": TEXT, "instead": TEXT, "sources": [cited]}],
        "updates": [entry(1, "correction", "title", Text("source.title"))],
    }  # fmt: skip
    yield "sources", "gone-source", "source", {
        "publisher": TEXT, "publisher_actor": actor, "title": TEXT, "date_basis": "not_seen", "language": "en", "type": "repost", "grade": "D", "grade_reason": TEXT, "read": "not_read", "withdrawn": TEXT,
    }  # fmt: skip
    yield "measures", "measure", "measure", {
        "title": TEXT, "unit": TEXT, "scope": TEXT, "comparability": TEXT, "updates": [entry(1, "correction", "title", Text("measure.title"))],
    }  # fmt: skip
    yield "measures", "gone-measure", "measure", {"title": TEXT, "unit": TEXT, "scope": TEXT, "comparability": TEXT, "withdrawn": TEXT}
