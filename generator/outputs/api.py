"""The records as JSON, version 1: a file for each, an index for each kind, and the schemas that they follow.

Within a version, fields may be added, and none changes its meaning or goes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..kinds import FOLDERS, KINDS, Kind
from ..markup import plain
from ..records import Briefing, Record
from ..urls import Target, record_uri
from ..views import parts
from ..views.library import Library
from .api_schema import LIST, ROOT, schemas
from .computed import Computer
from .file import OutputFile, Site
from .pieced import Pieced, json_list, json_piece, written
from .values import API, COMPUTED, Describer, Value, date, record_path

VERSION = "1.0"


def api(library: Library, site: Site) -> Iterator[OutputFile]:
    """Every file of the API."""
    yield from site_files(library, site)
    for kind in KINDS:
        records = library.whole.of_kind(kind).values()
        yield lists(site)[kind].file(list_piece(library, site, kind, record) for record in records)
        for record in records:
            yield from record_files(library, site, kind, record)


def site_files(library: Library, site: Site) -> Iterator[OutputFile]:
    """What the API is, and the schemas of its files."""
    yield _file(f"{API}/index.json", _root(library, site))
    for name, schema in schemas().items():
        yield _file(f"{API}/schema/{name}.json", {"$id": site.address(f"{API}/schema/{name}.json"), **schema})


def record_files(library: Library, site: Site, kind: Kind, record: Record) -> Iterator[OutputFile]:
    """A record's file, and what leads to it from the ids that it had."""
    say = Describer(library, site)
    yield _file(record_path(kind, record.id), _record(library, site, say, Computer(library, site, say), kind, record))
    for former in record.formerly:
        moved = {"kind": kind, "id": former, "moved_to": say.reference(kind, record.id)}
        yield _file(record_path(kind, former), {**_head(site, FOLDERS[kind]), **moved})


def lists(site: Site) -> Mapping[Kind, Pieced]:
    """The list of the records of each kind."""
    return {kind: json_list(f"{API}/{FOLDERS[kind]}.json", {**_head(site, LIST), "kind": kind}, "records") for kind in KINDS}


def list_piece(library: Library, site: Site, kind: Kind, record: Record) -> bytes:
    """A record in the list of its kind."""
    return json_piece(_entry(Describer(library, site), kind, record))


def _file(path: str, value: Mapping[str, Value]) -> OutputFile:
    return OutputFile(path, written(value).encode())


def _head(site: Site, schema: str) -> dict[str, Value]:
    return {"version": VERSION, "schema": site.address(f"{API}/schema/{schema}.json")}


def _root(library: Library, site: Site) -> dict[str, Value]:
    kinds = [
        {"kind": kind, "count": len(library.whole.of_kind(kind)), "api": site.address(f"{API}/{FOLDERS[kind]}.json")} for kind in KINDS
    ]
    about = {"name": site.name, "url": site.address("/"), "description": site.description, "terms": site.terms}
    return {**_head(site, ROOT), "site": about, "kinds": kinds}


def _entry(say: Describer, kind: Kind, record: Record) -> dict[str, Value]:
    updated = parts.updated(record) if isinstance(record, Briefing) else record.updates[-1].at if record.updates else None
    return {
        **say.reference(kind, record.id),
        "updated": date(updated) if updated else None,
        "withdrawn": plain(record.withdrawn) if record.withdrawn else None,
    }


def _record(library: Library, site: Site, say: Describer, computer: Computer, kind: Kind, record: Record) -> dict[str, Value]:
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
