"""Citations as CSL-JSON 1.0.2, which Zotero, Pandoc and citeproc processors read.

Dates are no finer than known. There is none of access: a build asks no clock, and who cites knows the day.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import simplejson

from ..edtf import Edtf, Point
from ..views.citing import CitedSource, Said, Work
from .citation import note, title
from .file import Site

Item = dict[str, Any]


def document(works: Iterable[Work], site: Site, indent: int | None = 1) -> str:
    """Items in a list, as readers of the format expect even one."""
    return str(simplejson.dumps([item(work, site) for work in works], indent=indent, ensure_ascii=False))


def item(work: Work, site: Site) -> Item:
    """One item. A claim is an entry of its sheet; what CSL has no field for stands under `custom`, the gist of it in the note."""
    said = work.said
    return {
        "id": work.key,
        "type": "webpage",
        "title": title(work),
        **({"container-title": work.sheet} if said else {"abstract": work.answer}),
        "author": [{"literal": site.name}],
        "issued": date(work.issued),
        **({"original-date": date(work.published)} if work.changed else {}),
        "version": work.version,
        "URL": site.page(work.permanent),
        "language": "en",
        "note": note(work),
        "custom": {
            "as_of": work.as_of.text,
            "published": work.published.text,
            "newest": site.page(work.newest),
            **(_said(said) if said else {}),
        },
    }


def _said(said: Said) -> Item:
    return {
        "said_by": list(said.by),
        "role": said.role,
        "channel": said.channel,
        "said_on": {"edtf": said.on.text, **date(said.on)},
        "text": said.words,
        "status": said.status,
        "sources": [_source(source) for source in said.sources],
    }


def _source(source: CitedSource) -> Item:
    dated = {"edtf": source.date.text, **date(source.date)} if source.date else None
    return {"publisher": source.publisher, "title": source.title, "date": dated, "url": source.url, "locator": source.locator}


def date(value: Edtf) -> Item:
    """A date as CSL has it. For what it cannot say, such as one unknown day of several, the words are given."""
    if value.form == "one_of" or value.start is None or value.end is None:
        return {"literal": value.words}
    points = [value.start] if value.form == "point" else [value.start, value.end]
    found: Item = {"date-parts": [_parts(point) for point in points]}
    return {**found, "circa": True} if any(point.mark for point in points) else found


def _parts(point: Point) -> list[int]:
    return [part for part in (point.year, point.month, point.day) if part is not None]
