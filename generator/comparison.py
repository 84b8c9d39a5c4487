"""What readers will see of an edit: two states of the site side by side, their records and the pages made of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from .catalog import Catalog
from .history import changes_between
from .load import Loaded
from .outputs import OutputFile, is_feed
from .pages import library
from .records import MODELS, Kind
from .records.base import UpdateKind
from .render import RenderedPage
from .urls import Target, page_path, record_uri
from .views.history import FieldChange, field_changes
from .views.library import Key, Library, record_target
from .views.names import name_of


@dataclass(frozen=True, slots=True)
class Made:
    """What readers see of a state of the site: each page and each feed, by address, as anything that tells two apart."""

    pages: Mapping[str, str]
    feeds: Mapping[str, str | bytes]


@dataclass(frozen=True, slots=True)
class Edition:
    """A state of the site: its records, and what is made of them."""

    records: Catalog
    made: Made


def made_of(pages: Iterable[RenderedPage], files: Iterable[OutputFile] = ()) -> Made:
    """What readers see of pages and files."""
    return Made({page.uri: _seen(page) for page in pages}, {file.path: file.content for file in files if is_feed(file.path)})


@dataclass(frozen=True, slots=True)
class Edit:
    """A record that is new, gone or not as it was.

    Attributes:
        record: the record.
        kind: what it is.
        how: what became of it.
        fields: what changed in one that was there before and is now.
        told: by a field's path, what the new entry that tells of it calls the change.
        entries: how many entries its history has more than before.
    """

    record: Target
    kind: Kind
    how: Literal["added", "removed", "changed"]
    fields: tuple[FieldChange, ...] = ()
    told: Mapping[str, UpdateKind] | None = None
    entries: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs: records in order of kind and id; addresses of pages from the site's root, in order; how many feeds."""

    edits: tuple[Edit, ...]
    changed: tuple[str, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    feeds: int = 0

    def __bool__(self) -> bool:
        return bool(self.edits or self.changed or self.added or self.removed or self.feeds)


def compare(old: Edition, new: Edition) -> Comparison:
    """What an edit did."""
    return difference(tuple(_edits(old.records, new.records)), old.made, new.made)


def difference(edits: tuple[Edit, ...], old: Made, new: Made) -> Comparison:
    """What edits did to what readers see."""
    before, after = old.pages, new.pages
    return Comparison(
        edits=edits,
        changed=_addresses(uri for uri, text in after.items() if uri in before and before[uri] != text),
        added=_addresses(after.keys() - before.keys()),
        removed=_addresses(before.keys() - after.keys()),
        feeds=len({path for path, _ in old.feeds.items() ^ new.feeds.items()}),
    )


def edits_of(library: Library, before: Mapping[Key, Loaded | None]) -> tuple[Edit, ...]:
    """What became of some records.

    Args:
        library: all records now.
        before: by kind and id, what each was; None for one that was not there.
    """
    documents = library.whole.documents
    now = {key: documents.get(key) for key in before}
    heirs = {(loaded.kind, former): loaded for loaded in now.values() if loaded for former in loaded.record.formerly}
    became = {key: now[key] or heirs.get(key) for key, old in before.items() if old}
    was = {loaded.key: before[key] for key, loaded in became.items() if loaded}
    found = []
    for key in sorted(before):
        loaded, old = now[key], was.get(key)
        if loaded and (old is None or old.document.data != loaded.document.data):
            found.append(_edit(library, old, loaded))
        elif not loaded and before[key] and not became.get(key):
            name = name_of(before[key].record)  # type: ignore[union-attr]  # it was there
            found.append(Edit(Target(name.text, record_uri(*key)), key[0], "removed"))
    return tuple(found)


def _seen(page: RenderedPage) -> str:
    """What readers see of a page; its day of change is for the sitemap alone."""
    return page.text.replace(f"\nupdated: '{page.updated}'\n", "\n", 1) if page.updated else page.text


def _addresses(uris: Iterator[str] | set[str]) -> tuple[str, ...]:
    return tuple(sorted(map(page_path, uris)))


def _edits(old: Catalog, new: Catalog) -> Iterator[Edit]:
    heirs = {(loaded.kind, former): loaded for loaded in new.documents.values() for former in loaded.record.formerly}
    became = {key: new.documents.get(key) or heirs.get(key) for key in old.documents}
    was = {now.key: old.documents[key] for key, now in became.items() if now}
    changed = [key for key, loaded in new.documents.items() if key not in was or was[key].document.data != loaded.document.data]
    gone = [key for key, now in became.items() if not now]
    if changed:
        here = library(new)
        for key in sorted(changed):
            yield _edit(here, was.get(key), new.documents[key])
    if gone:
        there = library(old)
        for kind, record_id in sorted(gone):
            yield Edit(record_target(there, kind, record_id), kind, "removed")


def _edit(here: Library, old: Loaded | None, new: Loaded) -> Edit:
    target = record_target(here, new.kind, new.record.id)
    if not old:
        return Edit(target, new.kind, "added")
    changes = changes_between(MODELS[new.kind], old.document.data, new.document.data)
    entries = new.record.updates[len(old.record.updates) :]
    told = {change.path: entry.kind for entry in entries for change in entry.changes}
    return Edit(target, new.kind, "changed", field_changes(here, new.record, changes), told, len(entries))
