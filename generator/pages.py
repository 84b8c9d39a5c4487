"""Which pages the site has: each record's, each index, and the pages about all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from .catalog import Catalog
from .edtf import Edtf
from .history import versions
from .living import living
from .load import Loaded
from .markup import plain
from .outputs import OutputFile
from .outputs.alternates import Alternate, alternates, list_alternates
from .outputs.guide import data_view
from .records import KINDS, Briefing, Kind, Record
from .urls import DATA, HOME, SEARCH, Target, record_file, record_uri
from .views import changes, entities, home, indexes
from .views.backlinks import backlinks
from .views.briefing import briefing_view
from .views.history import ChangeView, record_changes
from .views.library import Library, record_target
from .views.paging import ListPage
from .views.timeline import timeline_views
from .views.versions import as_of, version_view


@dataclass(frozen=True, slots=True)
class Page:
    """A page before it is written out.

    Attributes:
        uri: its Markdown file, from the site's root.
        template: the file in `site_templates/pages/`.
        title: for the browser's title bar and the search; plain text.
        description: one plain sentence for search engines; may be empty.
        view: what the template shows.
        edit_file: the YAML file to edit, from the content folder; None for pages made of many.
        updated: ISO day of the last change that the records know of; None when there is none.
        kind: the kind of record for the search's filter; None keeps the page out of the search.
        wide: whether it takes the room of the page's own contents list too.
        moved: where to, for an address that a record had before.
        at_rest: whether the page is kept for those who have its address, and for no search or list.
        history: entries of the record's history, newest first.
        alternates: what the page can be had as.
    """

    uri: str
    template: str
    title: str
    description: str
    view: object
    edit_file: str | None = None
    updated: str | None = None
    kind: Kind | None = None
    wide: bool = False
    moved: Target | None = None
    at_rest: bool = False
    history: tuple[ChangeView, ...] = ()
    alternates: tuple[Alternate, ...] = ()


def library(catalog: Catalog, review_day: Edtf | None = None) -> Library:
    """The catalog with everything turned around that pages ask for.

    Args:
        catalog: all records.
        review_day: the day by which reviews are judged to be due.
    """
    standing = living(catalog)
    return Library(standing, backlinks(standing), catalog, review_day)


def pages(records: Library, files: Sequence[OutputFile] = ()) -> Iterator[Page]:
    """Every page, in order of address within each kind.

    Args:
        records: all records.
        files: every file of the site that is no page; without them, no page tells of them.
    """
    uris, newest = [], ""
    for page in _pages_of_records(records):
        uris.append(page.uri)
        newest = max(newest, page.updated or "")
        yield page
    if files:
        about = "Every claim, number, place and event of this site as data: tables, maps and JSON, and how to read them."
        yield Page(DATA, "data.md.j2", "Data and feeds", about, data_view(records, files, uris), updated=newest or None)


def _pages_of_records(records: Library) -> Iterator[Page]:
    catalog = records.catalog
    for briefing in catalog.briefings.values():
        view = briefing_view(records, briefing)
        yield _record_page(records, briefing, "briefing", plain(briefing.answer), view, view.updated.text)
    for place in catalog.places.values():
        yield _record_page(records, place, "place", plain(place.summary or ""), entities.place_view(records, place))
    for actor in catalog.actors.values():
        yield _record_page(records, actor, "actor", plain(actor.description), entities.actor_view(records, actor))
    for person in catalog.people.values():
        found = entities.person_view(records, person)
        yield _record_page(records, person, "person", found.last_role.role.title, found)
    for source in catalog.sources.values():
        about = f"{source.publisher}: {source.title}"
        yield _record_page(records, source, "source", about, entities.source_view(records, source))
    for measure in catalog.measures.values():
        yield _record_page(records, measure, "measure", plain(measure.scope), entities.measure_view(records, measure))
    yield from _site_pages(records)
    yield from _pages_at_rest(records)


def _record_page(records: Library, record: Record, kind: Kind, description: str, view: object, updated: str | None = None) -> Page:
    return Page(
        uri=record_uri(kind, record.id),
        template=f"{kind}.md.j2",
        title=record_target(records, kind, record.id).text,
        description=description,
        view=view,
        edit_file=record_file(kind, record.id),
        updated=updated or (record.updates[-1].at.text if record.updates else None),
        kind=kind,
        history=record_changes(records, kind, record),
        alternates=alternates(kind, record.id),
    )


def _pages_at_rest(records: Library) -> Iterator[Page]:
    """What keeps its address though something else has taken its place: earlier versions, what was withdrawn, old names."""
    for kind in KINDS:
        for record in records.whole.of_kind(kind).values():
            target = record_target(records, kind, record.id)
            loaded = records.whole.documents.get((kind, record.id))
            # One made in memory has no file from which to go back.
            if isinstance(record, Briefing) and record.updates and not record.withdrawn and loaded and loaded.record is record:
                yield from _version_pages(records, loaded, record)
            # A withdrawn source is still what some claims name: its own page says so.
            if record.withdrawn and kind != "source":
                yield _withdrawn_page(records, kind, record, target)
            for former in record.formerly:
                yield Page(record_uri(kind, former), "moved.md.j2", target.text, "", target, moved=target, at_rest=True)


def _version_pages(records: Library, loaded: Loaded, briefing: Briefing) -> Iterator[Page]:
    for version in versions(loaded):
        number = len(version.record.updates)
        found = version_view(records, briefing, number)
        seen = as_of(records, version)
        view = briefing_view(seen, seen.catalog.briefings[briefing.id], found)
        about = f"An earlier version of this sheet: {found.here.text}."
        title = f"{view.briefing.title} ({found.here.text})"
        yield Page(found.here.uri, "briefing.md.j2", title, about, view, updated=view.updated.text, at_rest=True)


def _withdrawn_page(records: Library, kind: Kind, record: Record, target: Target) -> Page:
    return Page(
        record_uri(kind, record.id),
        "withdrawn.md.j2",
        target.text,
        f"Withdrawn: {plain(record.withdrawn or '')}",
        record,
        edit_file=record_file(kind, record.id),
        at_rest=True,
        history=record_changes(records, kind, record),
    )


def _site_pages(records: Library) -> Iterator[Page]:
    briefings = indexes.briefing_pages(records)
    newest = max((entry.updated.text for page in briefings for entry in page.entries), default=None)
    yield Page(HOME, "home.md.j2", "Home", "", home.home_view(records), updated=newest, wide=True)
    yield from _list_pages("briefings.md.j2", "briefing", briefings, newest)
    yield from _list_pages("places.md.j2", "place", indexes.place_pages(records), newest)
    yield from _list_pages("names.md.j2", "actor", indexes.name_pages(records, "actor"), newest)
    yield from _list_pages("names.md.j2", "person", indexes.name_pages(records, "person"), newest)
    yield from _list_pages("sources.md.j2", "source", indexes.source_pages(records), newest)
    yield from _list_pages("measures.md.j2", "measure", indexes.name_pages(records, "measure"), newest)
    for timeline in timeline_views(records):
        about = "Every event of this site, earliest first, with dates no finer than the sources give them."
        yield _list_page("timeline.md.j2", "Timeline", about, timeline.list, timeline, newest)
    for view in indexes.map_pages(records):
        yield _list_page(
            "map.md.j2", "Map", "Every place of this site, by country, and how far each point can be trusted.", view.list, view, newest
        )
    for listed in changes.change_pages(records):
        about = "What was corrected, withdrawn, clarified or updated after it was first published, newest first."
        yield _list_page("changes.md.j2", "Changes", about, listed, listed, newest)
    yield Page(SEARCH, "search.md.j2", "Search", "", None, updated=newest)


INDEXES: dict[Kind, tuple[str, str]] = {
    "briefing": ("Briefings", "Every fact sheet, by the time that it tells of, newest first."),
    "place": ("Places", "Every place on this site, by country, then by name."),
    "actor": ("Actors", "Everyone who acts or speaks as a body, such as an authority, a company or a newsroom. By name."),
    "person": ("People", "Everyone who speaks or is spoken of, by name, with the role held last."),
    "source": ("Sources", "Everything that claims rest on, newest first, with how much rests on it and how good it is."),
    "measure": ("Measures", "What is counted, by name: rival numbers for the same thing stand side by side."),
}
"""The heading of each index, and what it holds and in what order."""


def _list_pages(template: str, kind: Kind, views: tuple[ListPage[Any], ...], newest: str | None) -> Iterator[Page]:
    title, about = INDEXES[kind]
    for view in views:
        yield _list_page(template, title, about, view, view, newest)


def _list_page(template: str, title: str, about: str, position: ListPage[Any], view: object, newest: str | None) -> Page:
    """A page of a list. Those after the first say in title and description which they are and what is on them."""
    here = position.here
    if position.previous:
        title, about = f"{title}, page {here.number}", f"{title}, page {here.number} of {position.count}: {here.label}."
    return Page(here.uri, template, title, about, view, updated=newest, alternates=list_alternates(here.uri))
