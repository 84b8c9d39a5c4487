"""Which pages the site has: each record's, each index, and the pages about all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .catalog import Catalog
from .markup import plain
from .records import FOLDERS, Kind
from .urls import CHANGES, HOME, MAP, SEARCH, index_uri, record_file, record_uri
from .views import entities, site
from .views.backlinks import backlinks
from .views.briefing import briefing_view
from .views.parts import Library
from .views.timeline import timeline_views


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
    """

    uri: str
    template: str
    title: str
    description: str
    view: object
    edit_file: str | None = None
    updated: str | None = None
    kind: Kind | None = None


def library(catalog: Catalog) -> Library:
    """The catalog with everything turned around that pages ask for."""
    return Library(catalog, backlinks(catalog))


def pages(records: Library) -> Iterator[Page]:
    """Every page, in order of address within each kind."""
    catalog = records.catalog
    for briefing in catalog.briefings.values():
        view = briefing_view(records, briefing)
        yield _record_page("briefing", briefing.id, briefing.title, plain(briefing.answer), view, view.updated)
    for place in catalog.places.values():
        yield _record_page("place", place.id, place.name, plain(place.summary or ""), entities.place_view(records, place))
    for actor in catalog.actors.values():
        yield _record_page("actor", actor.id, actor.name, plain(actor.description), entities.actor_view(records, actor))
    for person in catalog.people.values():
        title = person.roles[-1].title
        yield _record_page("person", person.id, person.name, title, entities.person_view(records, person))
    for source in catalog.sources.values():
        about = f"{source.publisher}: {source.title}"
        yield _record_page("source", source.id, source.title, about, entities.source_view(records, source))
    for measure in catalog.measures.values():
        yield _record_page("measure", measure.id, measure.title, plain(measure.scope), entities.measure_view(records, measure))
    yield from _site_pages(records)


def _record_page(kind: Kind, record_id: str, title: str, description: str, view: object, updated: str | None = None) -> Page:
    return Page(
        uri=record_uri(kind, record_id),
        template=f"{kind}.md.j2",
        title=title,
        description=description,
        view=view,
        edit_file=record_file(kind, record_id),
        updated=updated,
        kind=kind,
    )


def _site_pages(records: Library) -> Iterator[Page]:
    newest = max((entry.updated.text for entry in site.briefing_entries(records)), default=None)
    yield Page(HOME, "home.md.j2", "Home", "", site.home_view(records), updated=newest)
    for kind in FOLDERS:
        uri, title = index_uri(kind), site.NAMES[kind][1]
        if kind == "briefing":
            yield Page(uri, "briefings.md.j2", title, "", site.BriefingIndexView(site.briefing_entries(records)), updated=newest)
        else:
            yield Page(uri, "index.md.j2", title, "", site.index_view(records, kind), updated=newest)
    for uri, view in timeline_views(records):
        title = "Timeline" if view.number == 1 else f"Timeline, page {view.number}"
        yield Page(uri, "timeline.md.j2", title, "", view, updated=newest)
    yield Page(MAP, "map.md.j2", "Map", "", site.map_view(records), updated=newest)
    yield Page(CHANGES, "changes.md.j2", "Changes", "", site.changes_view(records), updated=newest)
    yield Page(SEARCH, "search.md.j2", "Search", "", None, updated=newest)
