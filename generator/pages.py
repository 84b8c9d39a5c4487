"""Which pages the site has: each record's, each index, and the pages about all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

from .catalog import Catalog
from .edtf import Edtf
from .living import living
from .markup import plain
from .outputs import OutputFile
from .outputs.alternates import BRIEFINGS_FEEDS, CHANGES_FEEDS, Alternate, alternates, list_alternates
from .outputs.guide import data_view
from .outputs.jsonld import LinkedData
from .outputs.link_pictures import Card, card_of
from .records import KINDS, Briefing, Kind, Record
from .urls import DATA, HOME, SEARCH, STATUSES, YEARS, Target, cite_uri, record_file, record_id_of, record_uri
from .views import changes, entities, home, indexes, listings
from .views.backlinks import backlinks
from .views.briefing import briefing_view
from .views.citing import cite_view
from .views.concerns import Key, newest_days, occasions
from .views.facets import Facets, facets_of
from .views.history import ChangeView, record_changes
from .views.library import Library, record_target
from .views.paging import ListPage
from .views.renames import renames
from .views.timeline import timeline_views
from .views.versions import as_of, entries_of, readable_versions, version_targets, version_view
from .views.withdrawn import withdrawn_view


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
        updated: ISO day of the last change, of the record or of what the page shows of others; None where no record knows one.
        kind: the kind of record for the search's filter; None keeps the page out of the search.
        facets: what else the search can sort it out by.
        wide: whether it takes the room of the page's own contents list too.
        moved: where to, for an address that a record had before.
        at_rest: whether the page is kept for those who have its address, and for no search or list.
        history: entries of the record's history, newest first.
        alternates: what the page can be had as.
        published: ISO day on which it was first published; None when there is none.
        jsonld: what stands there as linked data, in JSON that is safe inside a page; may be empty.
        card: its picture for links to it; None for the site's.
    """

    uri: str
    template: str
    title: str
    description: str
    view: object
    edit_file: str | None = None
    updated: str | None = None
    kind: Kind | None = None
    facets: Facets = field(default_factory=dict)
    wide: bool = False
    moved: Target | None = None
    at_rest: bool = False
    history: tuple[ChangeView, ...] = ()
    alternates: tuple[Alternate, ...] = ()
    published: str | None = None
    jsonld: str = ""
    card: Card | None = None


def library(catalog: Catalog, review_day: Edtf | None = None) -> Library:
    """The catalog with everything turned around that pages ask for.

    Args:
        catalog: all records.
        review_day: the day by which reviews are judged to be due.
    """
    standing = living(catalog)
    return Library(standing, backlinks(standing), catalog, review_day, renames(catalog))


def pages(records: Library, linked: LinkedData | None = None, files: Sequence[OutputFile] = ()) -> Iterator[Page]:
    """Every page, in order of address within each kind.

    Args:
        records: all records.
        linked: tells what stands on a page as linked data too; without it, no page has any.
        files: every file of the site that is no page; without them, no page tells of them.
    """
    days = {key: day.text for key, day in newest_days(occasions(records.whole)).items()}
    uris = []
    for page in chain(_record_pages(records), _site_pages(records, days), _pages_at_rest(records)):
        uris.append(page.uri)
        kept = page.kind and records.catalog.of_kind(page.kind).get(record_id_of(page.uri))
        dated = replace(page, updated=days.get((page.kind, record_id_of(page.uri)))) if page.kind else page
        if linked and page.kind and kept:
            yield replace(dated, jsonld=linked.of_record(page.kind, kept))
        elif linked and page.uri == HOME:
            yield replace(dated, jsonld=linked.of_site())
        else:
            yield dated
    if files:
        about = "Every claim, number, place and event of this site as data: tables, maps and JSON, and how to read them."
        yield Page(DATA, "data.md.j2", "Data and feeds", about, data_view(records, files, uris), updated=max(days.values(), default=None))


def _record_pages(records: Library) -> Iterator[Page]:
    catalog = records.catalog
    for briefing in catalog.briefings.values():
        yield _record_page(records, briefing, "briefing", plain(briefing.answer), briefing_view(records, briefing))
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


def _record_page(records: Library, record: Record, kind: Kind, description: str, view: object) -> Page:
    return Page(
        uri=record_uri(kind, record.id),
        template=f"{kind}.md.j2",
        title=record_target(records, kind, record.id).text,
        description=description,
        view=view,
        edit_file=record_file(kind, record.id),
        kind=kind,
        facets=facets_of(records, record),
        history=record_changes(records, kind, record),
        alternates=alternates(kind, record.id),
        published=record.published.text if isinstance(record, Briefing) else None,
        card=card_of(record) if isinstance(record, Briefing) else None,
    )


def _pages_at_rest(records: Library) -> Iterator[Page]:
    """What keeps its address though something else has taken its place: earlier versions, what was withdrawn, old names."""
    for kind in KINDS:
        for record in records.whole.of_kind(kind).values():
            target = record_target(records, kind, record.id)
            if isinstance(record, Briefing):
                yield from _pages_beside(records, record)
            # A withdrawn source is still what some claims name: its own page says so.
            if record.withdrawn and kind != "source":
                yield _withdrawn_page(records, kind, record, record_uri(kind, record.id))
            for former in record.formerly:
                yield _moved_page(record_uri(kind, former), target)
                if isinstance(record, Briefing) and record.updates:
                    for version in version_targets(record):
                        yield _moved_page(version.uri.replace(f"/{record.id}/", f"/{former}/", 1), version)
                if kind == "briefing":
                    yield _moved_page(cite_uri(former), Target(f"Cite: {target.text}", cite_uri(record.id)))


def _moved_page(uri: str, target: Target) -> Page:
    return Page(uri, "moved.md.j2", target.text, "", target, moved=target, at_rest=True)


def _pages_beside(records: Library, briefing: Briefing) -> Iterator[Page]:
    """What a sheet has besides its own page: how to cite it, and how it stood before."""
    if briefing.withdrawn:
        # Nothing of it is to be cited any more, but who comes to do so learns why.
        target = record_target(records, "briefing", briefing.id)
        yield _moved_page(cite_uri(briefing.id), target)
    else:
        cited = cite_view(records, records.catalog.briefings[briefing.id])
        about = "How to cite this sheet and each of its claims, and how to show a claim on another page."
        title = f"Cite: {briefing.title}"
        yield Page(cite_uri(briefing.id), "cite.md.j2", title, about, cited, updated=cited.updated.text, at_rest=True)
    for version in readable_versions(records, briefing):
        number = len(version.record.updates)
        found = version_view(records, briefing, number)
        if version.record.withdrawn:
            yield _withdrawn_page(records, "briefing", version.record, found.here.uri)
            continue
        seen = as_of(records, version)
        view = briefing_view(seen, seen.catalog.briefings[briefing.id], found)
        about = f"An earlier version of this sheet: {found.here.text}."
        title = f"{view.briefing.title} ({found.here.text})"
        yield Page(found.here.uri, "briefing.md.j2", title, about, view, updated=view.updated.text, at_rest=True)


def _withdrawn_page(records: Library, kind: Kind, record: Record, uri: str) -> Page:
    return Page(
        uri,
        "withdrawn.md.j2",
        record_target(records, kind, record.id).text,
        f"Withdrawn: {plain(record.withdrawn or '')}",
        withdrawn_view(record),
        edit_file=record_file(kind, record.id),
        at_rest=True,
        history=entries_of(records, record) if isinstance(record, Briefing) else record_changes(records, kind, record),
    )


def _site_pages(records: Library, days: Mapping[Key, str]) -> Iterator[Page]:
    """Pages about more than one record. Each shows something of most others: it is as new as the newest."""
    newest = max(days.values(), default=None)
    yield Page(
        HOME, "home.md.j2", "Home", "", home.home_view(records), updated=newest, wide=True, alternates=(*CHANGES_FEEDS, *BRIEFINGS_FEEDS)
    )
    for page in _list_pages("briefings.md.j2", "briefing", indexes.briefing_pages(records), newest):
        yield replace(page, alternates=BRIEFINGS_FEEDS)
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
        yield replace(_list_page("changes.md.j2", "Changes", about, listed, listed, newest), alternates=CHANGES_FEEDS)
    yield from _listings(records, newest)
    yield Page(SEARCH, "search.md.j2", "Search", "", None)


def _listings(records: Library, newest: str | None) -> Iterator[Page]:
    """What the search can narrow by and what is no record: it has pages for those without JavaScript."""
    years = listings.year_listings(records)
    about = "Every year that sheets tell of, newest first."
    yield Page(YEARS, "listings.md.j2", "Years", about, years, updated=newest)
    for year in years:
        told = f"Every sheet that tells of {year.target.text}, newest first, with the number of its claims."
        for page in year.pages:
            yield _list_page("sheets.md.j2", year.target.text, told, page, page, newest)
    statuses = listings.status_listings(records)
    about = "How well claims stand, and on which sheets each status is found."
    yield Page(STATUSES, "listings.md.j2", "Statuses", about, statuses, updated=newest)
    for status in statuses:
        told = f"Every sheet with a {status.key} claim, newest first, and how many of its claims are."
        for page in status.pages:
            yield _list_page("sheets.md.j2", status.target.text, told, page, page, newest)


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
