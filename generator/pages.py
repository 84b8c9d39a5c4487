"""Which pages the site has: each record's, each index, and the pages about all of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from types import MappingProxyType
from typing import Any

from .catalog import Catalog
from .edtf import Edtf
from .markup import plain
from .mentions import Row
from .outputs import OutputFile
from .outputs.alternates import BRIEFINGS_FEEDS, CHANGES_FEEDS, Alternate, alternates, list_alternates
from .outputs.guide import data_view
from .outputs.jsonld import LinkedData
from .outputs.link_pictures import Card, card_of
from .records import KINDS, Actor, Briefing, Kind, Measure, Person, Place, Record, Source
from .urls import DATA, HOME, SEARCH, STATUSES, YEARS, Target, cite_uri, record_file, record_uri, section_uri
from .views import changes, entities, home, indexes, listings, reading
from .views.briefing import briefing_view
from .views.citing import cite_view
from .views.concerns import all_mentions, newest
from .views.facets import Facets, facets_of
from .views.history import ChangeView, record_changes
from .views.library import Library, record_target
from .views.paging import ListPage
from .views.parts import roles_in_time
from .views.portions import Cut
from .views.sections import Sections, cuts, listing_view, sections, withdrawn_counts
from .views.timeline import TimelineCut, timeline_cuts, timeline_view
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
    """Records that are all in memory, as views read them.

    Args:
        catalog: all records.
        review_day: the day by which reviews are judged to be due.
    """
    shelf = reading.InMemory(catalog, lambda: all_mentions(found))
    found = reading.library(shelf, review_day)
    return found


def pages(records: Library, linked: LinkedData | None = None, files: Sequence[OutputFile] = ()) -> Iterator[Page]:
    """Every page, in order of address within each kind.

    Args:
        records: all records.
        linked: tells what stands on a page as linked data too; without it, no page has any.
        files: every file of the site that is no page; without them, no page tells of them.
    """
    uris = []
    for kind in KINDS:
        for record in records.whole.of_kind(kind).values():
            further = (further_page(records, page) for page in further_cuts(records, kind, record.id))
            for page in chain(record_pages(records, kind, record, linked), further):
                uris.append(page.uri)
                yield page
    of_lists = [page for make in LISTS.values() for page in make(records)]
    of_lists += [page(records, each) for cuts, page in CUT_LISTS.values() for each in cuts(records)]
    for page in [home_page(records, linked), *of_lists, search_page()]:
        uris.append(page.uri)
        yield page
    if files:
        yield data_page(records, files, uris)


def record_pages(records: Library, kind: Kind, record: Record, linked: LinkedData | None = None) -> Iterator[Page]:
    """A record's own page, and all that keeps its address though something else has taken its place.

    Args:
        records: all records.
        kind, record: the record; of a sheet, with what was withdrawn from it.
        linked: tells what stands on a page as linked data too.
    """
    standing = records.catalog.of_kind(kind).get(record.id)
    if standing:
        day = newest(records.concerns.get((kind, record.id), ()))
        listed = sections(records, kind, record.id) if kind != "briefing" else {}
        page = replace(_record_page(records, kind, standing, listed), updated=day.text if day else None)
        yield replace(page, jsonld=linked.of_record(kind, standing)) if linked else page
    yield from _pages_at_rest(records, kind, record)


def _record_page(records: Library, kind: Kind, record: Record, listed: Sections) -> Page:
    """A record that stands."""
    match record:
        case Briefing():
            found: tuple[str, object] = plain(record.answer), briefing_view(records, record)
        case Place():
            found = plain(record.summary or ""), entities.place_view(records, record, listed)
        case Actor():
            found = plain(record.description), entities.actor_view(records, record, listed)
        case Person():
            found = roles_in_time(record)[-1].title, entities.person_view(records, record, listed)
        case Source():
            found = f"{record.publisher}: {record.title}", entities.source_view(records, record, listed)
        case Measure():
            found = plain(record.scope), entities.measure_view(records, record, listed)
    description, view = found
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


def further_page(records: Library, page: Cut) -> Page:
    """What a record's own page has no room for. The search finds that where it is from."""
    found = listing_view(records, page)
    which = f"{found.part.title}, {found.part.here.words}"
    return Page(page.uri, "listing.md.j2", f"{found.owner.text}: {which}", f"{which}: {found.part.here.label}.", found)


def _pages_at_rest(records: Library, kind: Kind, record: Record) -> Iterator[Page]:
    """Of a record: its earlier versions, that it was withdrawn, its old names."""
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
    if kind != "briefing":
        yield from _listings_at_rest(records, kind, record)


def _listings_at_rest(records: Library, kind: Kind, record: Record) -> Iterator[Page]:
    """Where pages of a record's lists were before it had another name, or before a list became shorter.

    A list becomes shorter by what was withdrawn from it; what was in it once and now names another record is not known here.
    """
    gone = withdrawn_counts(records, kind, record.id)
    if not record.formerly and not any(gone.values()):
        return
    stands = record.id in records.catalog.of_kind(kind)
    target = record_target(records, kind, record.id)
    for name, section in sections(records, kind, record.id).items():
        own = replace(target, anchor=section.anchor if stands and section.entries else "")
        for number in range(1, section.form.limit.pages(len(section.entries) + gone[name]) + 1):
            there = number <= section.pages
            if not there:
                yield _moved_page(section.uri(number), own)
            for former in record.formerly:
                yield _moved_page(section_uri(kind, former, name, number), Target(target.text, section.uri(number)) if there else own)


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
    versions = readable_versions(records, briefing)
    entries = entries_of(records, briefing) if versions else ()
    for version in versions:
        number = len(version.record.updates)
        found = version_view(records, briefing, number, entries)
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


def home_page(records: Library, linked: LinkedData | None = None) -> Page:
    """The first page."""
    ways = (*CHANGES_FEEDS, *BRIEFINGS_FEEDS)
    view = home.home_view(records)
    updated = view.briefings[0].updated.text if view.briefings else None
    page = Page(HOME, "home.md.j2", "Home", "", view, updated=updated, wide=True, alternates=ways)
    return replace(page, jsonld=linked.of_site()) if linked else page


def search_page() -> Page:
    """The page of the search."""
    return Page(SEARCH, "search.md.j2", "Search", "", None)


def data_page(records: Library, files: Sequence[OutputFile], uris: Collection[str]) -> Page:
    """The page about the data; see `data_view`."""
    about = "Every claim, number, place and event of this site as data: tables, maps and JSON, and how to read them."
    return Page(DATA, "data.md.j2", "Data and feeds", about, data_view(records, files, uris))


def _briefings(records: Library) -> Iterator[Page]:
    for page in _list_pages("briefings.md.j2", "briefing", indexes.briefing_pages(records)):
        yield replace(page, alternates=BRIEFINGS_FEEDS)


def _timeline(records: Library, cut: TimelineCut) -> Page:
    about = "Every event of this site, earliest first, with dates no finer than the sources give them."
    view = timeline_view(records, cut)
    return _list_page("timeline.md.j2", "Timeline", about, view.list, view)


def _map(records: Library) -> Iterator[Page]:
    about = "Every place of this site, by country, and how far each point can be trusted."
    for view in indexes.map_pages(records):
        yield _list_page("map.md.j2", "Map", about, view.list, view)


def _changes(records: Library, cut: ListPage[Row]) -> Page:
    about = "What was corrected, withdrawn, clarified or updated after it was first published, newest first."
    view = changes.change_page(records, cut)
    newest_day = max((change.update.at.text for change in view.entries), default=None)
    return replace(_list_page("changes.md.j2", "Changes", about, view, view), updated=newest_day, alternates=CHANGES_FEEDS)


def _years(records: Library) -> Iterator[Page]:
    """What the search can narrow by and what is no record has pages for those without JavaScript."""
    found = listings.year_listings(records)
    yield Page(YEARS, "listings.md.j2", "Years", "Every year that sheets tell of, newest first.", found)
    for year in found:
        told = f"Every sheet that tells of {year.target.text}, newest first, with the number of its claims."
        for page in year.pages:
            yield _list_page("sheets.md.j2", year.target.text, told, page, page)


def _statuses(records: Library) -> Iterator[Page]:
    found = listings.status_listings(records)
    yield Page(STATUSES, "listings.md.j2", "Statuses", "How well claims stand, and on which sheets each status is found.", found)
    for status in found:
        told = f"Every sheet with a {status.key} claim, newest first, and how many of its claims are."
        for page in status.pages:
            yield _list_page("sheets.md.j2", status.target.text, told, page, page)


LISTS: Mapping[str, Callable[[Library], Iterator[Page]]] = MappingProxyType(
    {
        "briefings": _briefings,
        "places": lambda records: _list_pages("places.md.j2", "place", indexes.place_pages(records)),
        "actors": lambda records: _list_pages("names.md.j2", "actor", indexes.name_pages(records, "actor")),
        "people": lambda records: _list_pages("names.md.j2", "person", indexes.name_pages(records, "person")),
        "sources": lambda records: _list_pages("sources.md.j2", "source", indexes.source_pages(records)),
        "measures": lambda records: _list_pages("measures.md.j2", "measure", indexes.name_pages(records, "measure")),
        "map": _map,
        "years": _years,
        "statuses": _statuses,
    }
)
"""Lists by name: their pages, in order."""
CUT_LISTS: Mapping[str, tuple[Callable[[Library], Sequence[Any]], Callable[[Library, Any], Page]]] = MappingProxyType(
    {"timeline": (timeline_cuts, _timeline), "changes": (changes.change_cuts, _changes)}
)
"""Lists of what stands in many records: how each is cut into pages before anything is looked up, and how a page is made."""


def further_cuts(records: Library, kind: Kind, record_id: str) -> list[Cut]:
    """The pages of a record's lists besides its own page, before anything on them is looked up."""
    stands = kind != "briefing" and record_id in records.catalog.of_kind(kind)
    return list(cuts(sections(records, kind, record_id))) if stands else []


INDEXES: dict[Kind, tuple[str, str]] = {
    "briefing": ("Briefings", "Every fact sheet, by the time that it tells of, newest first."),
    "place": ("Places", "Every place on this site, by country, then by name."),
    "actor": ("Actors", "Everyone who acts or speaks as a body, such as an authority, a company or a newsroom. By name."),
    "person": ("People", "Everyone who speaks or is spoken of, by name, with the role held last."),
    "source": ("Sources", "Everything that claims rest on, newest first, with how much rests on it and how good it is."),
    "measure": ("Measures", "What is counted, by name: rival numbers for the same thing stand side by side."),
}
"""The heading of each index, and what it holds and in what order."""


def _list_pages(template: str, kind: Kind, views: tuple[ListPage[Any], ...]) -> Iterator[Page]:
    title, about = INDEXES[kind]
    for view in views:
        yield _list_page(template, title, about, view, view)


def _list_page(template: str, title: str, about: str, position: ListPage[Any], view: object) -> Page:
    """A page of a list. Those after the first say in title and description which they are and what is on them."""
    here = position.here
    if position.previous:
        title, about = f"{title}, page {here.number}", f"{title}, page {here.number} of {position.count}: {here.label}."
    return Page(here.uri, template, title, about, view, alternates=list_alternates(here.uri))
