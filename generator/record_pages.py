"""The pages of a record: its own, the rest of its lists, and whatever keeps its address after something else took its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from .markup import plain
from .outputs.alternates import alternates
from .outputs.jsonld import LinkedData
from .outputs.link_pictures import card_of
from .page import Page
from .records import Actor, Briefing, Kind, Measure, Person, Place, Record, Source
from .urls import Target, cite_uri, record_file, record_uri, section_uri
from .views import entities
from .views.briefing import briefing_view
from .views.citing import cite_view
from .views.concerns import newest
from .views.facets import facets_of
from .views.history import record_changes
from .views.library import Library, record_target
from .views.parts import roles_in_time
from .views.portions import Cut
from .views.sections import Sections, cuts, listing_view, sections, withdrawn_counts
from .views.versions import as_of, entries_of, readable_versions, version_targets, version_view
from .views.withdrawn import withdrawn_view


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


def further_cuts(records: Library, kind: Kind, record_id: str) -> list[Cut]:
    """The pages of a record's lists besides its own page, before anything on them is looked up."""
    stands = kind != "briefing" and record_id in records.catalog.of_kind(kind)
    return list(cuts(sections(records, kind, record_id))) if stands else []
