"""What the page about the data shows: what there is of it in this build, and examples taken from that."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import simplejson

from ..catalog import part_key
from ..kinds import FOLDERS, KINDS
from ..records import Briefing
from ..urls import Target, page_path
from ..views.indexes import newest_briefing
from ..views.library import Library, record_target
from .file import OutputFile
from .geojson import PLACES
from .tables import DATA
from .values import API, COMPUTED, record_path


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest briefing, whose files stand for those of all.

    Attributes:
        target: its page.
        file: its file in the API.
        cite: the page on how to cite it, if there is one.
        feed: its own feed, if there is one.
        card: a claim of it to be shown elsewhere, if it can be.
        claim: the first of its highlights as the API has it, shortened.
    """

    target: Target
    file: Target
    cite: Target | None
    feed: Target | None
    card: Target | None
    claim: str


@dataclass(frozen=True, slots=True)
class DataView:
    """The page about the data.

    Attributes:
        files: what there is, by its address.
        lists: for each kind of record, the list of all.
        schemas: for each kind, the schema of a record.
        newest: the newest briefing; None while there is none.
        row: the headings of a table and its first row; empty while it has none.
        feature: a place on a map, shortened; empty while none has a point.
    """

    files: Mapping[str, Target]
    lists: tuple[Target, ...]
    schemas: tuple[Target, ...]
    newest: Newest | None
    row: str
    feature: str


def data_view(library: Library, files: Iterable[OutputFile], pages: Collection[str]) -> DataView:
    """What there is, so that nothing else is named.

    Args:
        library: all records.
        files: every file of the site that is no page.
        pages: the Markdown file of every page.
    """
    content = {file.path: file.content for file in files}
    there = {path.removesuffix("index.html"): Target("", path) for path in content}
    there |= {page_path(uri).lstrip("/"): Target("", uri) for uri in pages}
    newest = newest_briefing(library)
    return DataView(
        files=there,
        lists=tuple(Target(FOLDERS[kind], f"{API}/{FOLDERS[kind]}.json") for kind in KINDS),
        schemas=tuple(Target(FOLDERS[kind], f"{API}/schema/{FOLDERS[kind]}.json") for kind in KINDS),
        newest=_newest(library, newest, content, there) if newest else None,
        row=_row(content[f"{DATA}/claims.csv"]),
        feature=_feature(content[PLACES]),
    )


def _newest(library: Library, briefing: Briefing, content: Mapping[str, bytes], there: Mapping[str, Target]) -> Newest:
    owner, claim_id = part_key(briefing.id, briefing.highlights[0])
    folder = FOLDERS["briefing"]
    return Newest(
        target=record_target(library, "briefing", briefing.id),
        file=there[record_path("briefing", briefing.id)],
        cite=there.get(f"{folder}/{briefing.id}/cite/"),
        feed=there.get(f"feeds/{folder}/{briefing.id}.atom"),
        card=there.get(f"embed/{owner}/{claim_id}/"),
        claim=_claim(content[record_path("briefing", owner)], claim_id),
    )


def _claim(briefing: bytes, claim_id: str) -> str:
    found = next(claim for claim in _read(briefing)["record"]["claims"] if claim["id"] == claim_id)
    shown = _only(found, "id", "text", "said_by", "said_on", "status", COMPUTED)
    return _written({**shown, COMPUTED: _only(found[COMPUTED], "url", "independent_origins")})


def _feature(places: bytes) -> str:
    found = next((feature for feature in _read(places)["features"] if feature["geometry"]), None)
    if not found:
        return ""
    shown = _only(found["properties"], "name", "place_kind", "country", "precision_km", "stands_for", "url")
    return _written({**found, "properties": shown})


def _row(table: bytes) -> str:
    """The headings and the first row as they stand in the file, line breaks inside of cells included."""
    rows = list(zip(csv.reader(io.StringIO(table.decode(), newline="")), range(2), strict=False))
    if len(rows) < 2:
        return ""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(row for row, _ in rows)
    return text.getvalue().removesuffix("\n")


def _read(content: bytes) -> Any:
    return simplejson.loads(content, use_decimal=True)


def _written(value: Mapping[str, Any]) -> str:
    return str(simplejson.dumps(value, indent=2, ensure_ascii=False, use_decimal=True))


def _only(value: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value[name] for name in names}
