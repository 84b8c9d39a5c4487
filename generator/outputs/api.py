"""The records as JSON, version 1: a file for each, an index for each kind, and the schemas that they follow.

Within a version, fields may be added, and none changes its meaning or goes.
"""

from __future__ import annotations

from collections.abc import Iterator

import simplejson

from ..kinds import FOLDERS, KINDS, Kind
from ..markup import plain
from ..records import Briefing, Record
from ..urls import Target, record_uri
from ..views import parts
from ..views.library import Library
from .api_schema import LIST, ROOT, schemas
from .computed import Computer
from .file import OutputFile, Site
from .values import API, COMPUTED, Describer, Value, date, record_path

VERSION = "1.0"


def api(library: Library, site: Site) -> Iterator[OutputFile]:
    """Every file of the API."""
    say = Describer(library, site)
    computer = Computer(library, site, say)
    yield _file(f"{API}/index.json", _root(library, site))
    for kind in KINDS:
        records = library.whole.of_kind(kind)
        entries = [_entry(say, kind, record) for record in records.values()]
        yield _file(f"{API}/{FOLDERS[kind]}.json", {**_head(site, LIST), "kind": kind, "records": entries})
        for record in records.values():
            yield _file(record_path(kind, record.id), _record(library, site, say, computer, kind, record))
            for former in record.formerly:
                moved = {"kind": kind, "id": former, "moved_to": say.reference(kind, record.id)}
                yield _file(record_path(kind, former), {**_head(site, FOLDERS[kind]), **moved})
    for name, schema in schemas().items():
        yield _file(f"{API}/schema/{name}.json", {"$id": site.address(f"{API}/schema/{name}.json"), **schema})


def _file(path: str, value: Value) -> OutputFile:
    """Numbers keep their digits: 1.10 stays 1.10, which is a number in JSON too."""
    return OutputFile(path, (simplejson.dumps(value, indent=2, ensure_ascii=False, use_decimal=True) + "\n").encode())


def _head(site: Site, schema: str) -> dict[str, Value]:
    return {"version": VERSION, "schema": site.address(f"{API}/schema/{schema}.json")}


def _root(library: Library, site: Site) -> Value:
    kinds = [
        {"kind": kind, "count": len(library.whole.of_kind(kind)), "api": site.address(f"{API}/{FOLDERS[kind]}.json")} for kind in KINDS
    ]
    about = {"name": site.name, "url": site.address("/"), "description": site.description, "terms": site.terms}
    return {**_head(site, ROOT), "site": about, "kinds": kinds}


def _entry(say: Describer, kind: Kind, record: Record) -> Value:
    updated = parts.updated(record) if isinstance(record, Briefing) else record.updates[-1].at if record.updates else None
    return {
        **say.reference(kind, record.id),
        "updated": date(updated) if updated else None,
        "withdrawn": plain(record.withdrawn) if record.withdrawn else None,
    }


def _record(library: Library, site: Site, say: Describer, computer: Computer, kind: Kind, record: Record) -> Value:
    owner = record if isinstance(record, Briefing) else None
    fields = say.fields(record, record.id, lambda part: computer.of_part(owner, part) if owner else None)
    standing = library.catalog.of_kind(kind).get(record.id)
    return {
        **_head(site, FOLDERS[kind]),
        "kind": kind,
        "id": record.id,
        "url": site.page(Target("", record_uri(kind, record.id))),
        "record": fields,
        # From a withdrawn source claims still hang, but nothing follows from a withdrawn record.
        COMPUTED: computer.of_record(standing) if standing and not record.withdrawn else None,
    }
