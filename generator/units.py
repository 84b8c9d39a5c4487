"""The site in units of work: what is made of each record, each list, and what there is once.

A unit's result depends on what it asks of the records, on the templates and on the site's settings, and on nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from .cards import cards_of
from .kinds import FOLDERS, KINDS
from .light import light_copies_of
from .list_pages import CUT_LISTS, LISTS
from .mentions import Mention
from .outputs import OutputFile, Site
from .outputs.api import list_piece, lists, record_files, site_files
from .outputs.citations import citations_of
from .outputs.feed import FOLLOWED, Entry, feed_path
from .outputs.feed_entries import record_entries
from .outputs.feeds import record_feeds, site_feeds
from .outputs.geojson import EVENTS, PLACES, collections, event_pieces, place_piece
from .outputs.jsonld import DATASETS, LinkedData
from .outputs.link_pictures import link_picture, site_picture
from .outputs.pieced import Pieced
from .outputs.robots import robots
from .outputs.tables import descriptions, headings, row_pieces
from .outputs.values import API
from .page import Page
from .pages import data_page, home_page, search_page
from .record_pages import further_cuts, further_page, record_pages
from .records import Briefing, Place
from .standalone import Standalone
from .update import key_of
from .urls import card_uri, cite_uri, page_path
from .views.concerns import mentions_of
from .views.indexes import newest_briefing
from .views.library import Key, Library

FIRST, CUTS, RECORD, FEED, LIST, PAGE, SITE = "first/", "cuts/", "record/", "feed/", "list/", "page/", "site/"
"""What the names of units begin with. The first two say what others go by: what a record concerns, what feeds tell of it, and how lists
are cut into pages."""
BEFORE = (FIRST, CUTS)
"""The first two."""
MADE = (RECORD, FEED, LIST, PAGE, SITE)
"""These make pages and files."""


@dataclass(slots=True)
class Made:
    """What a unit makes.

    Attributes:
        pages: pages of the site.
        files: files that are no pages.
        pieces: pieces of files that many units share, with the file of each.
    """

    pages: list[Page] = field(default_factory=list)
    files: list[OutputFile] = field(default_factory=list)
    pieces: list[tuple[str, bytes]] = field(default_factory=list)


def first_units(keys: Iterable[Key]) -> list[str]:
    """The units on which others rest."""
    return [*(f"{FIRST}{kind}/{record_id}" for kind, record_id in keys), *(f"{CUTS}{name}" for name in CUT_LISTS)]


def units(keys: Iterable[Key], cuts: Iterable[str]) -> list[str]:
    """All others.

    Args:
        keys: every record.
        cuts: every page of a list that is cut, by the list's name and the page's number.
    """
    keys = list(keys)
    records = [f"{RECORD}{kind}/{record_id}" for kind, record_id in keys]
    feeds = [f"{FEED}{kind}/{record_id}" for kind, record_id in keys if kind in FOLLOWED]
    lists = [*(f"{LIST}{name}" for name in LISTS), *(f"{PAGE}{name}" for name in cuts)]
    return [*records, *feeds, *lists, *(f"{SITE}{name}" for name in ("home", "feeds", "search", "data", "files"))]


def first(library: Library, site: Site, unit: str) -> tuple[list[str], list[Mention]]:
    """What one of the first units comes to: pages of lists by name; and as mentions, what is on each, what feeds tell, what that concerns."""
    if unit.startswith(CUTS):
        name = unit.removeprefix(CUTS)
        found = {f"{name}/{number}": page for number, page in enumerate(CUT_LISTS[name][0](library), 1)}
        return list(found), [(CUT, where, (page,)) for where, page in found.items()]
    kind, record_id = key_of(unit)
    further = {f"{kind}/{record_id}/{page.name}/{page.number}": page for page in further_cuts(library, kind, record_id)}
    record = library.whole.of_kind(kind)[record_id]
    told = [(ENTRY, f"{kind}:{record_id}", (number, entry)) for number, entry in record_entries(library, site, kind, record)]
    cut = [(CUT, where, (page,)) for where, page in further.items()]
    return list(further), [*mentions_of(library, kind, record), *told, *cut]


CUT = "cut"
"""The relation of a page of a list to what is on it."""
ENTRY = "entry"
"""The relation of a record to what feeds tell of it."""


def _entries(library: Library, key: Key) -> dict[int, Entry]:
    """What feeds tell of a record, by number."""
    return dict(library.mentions(ENTRY, ":".join(key)))


def pieced(site: Site) -> tuple[Pieced, ...]:
    """The files that many units share."""
    return (*lists(site).values(), *collections(site), *headings())


class Maker:
    """Makes what units stand for."""

    def __init__(self, site: Site, alone: Standalone) -> None:
        """Take what the site says of itself, and the templates of what stands without the theme."""
        self._site, self._alone = site, alone

    def make(self, library: Library, unit: str) -> Made:
        """What a unit makes.

        Raises:
            ContentError: a template has a problem.
        """
        linked = LinkedData(library, self._site, DATASETS)
        if unit.startswith(RECORD):
            return self._record(library, linked, unit)
        if unit.startswith(FEED):
            kind, record_id = key_of(unit)
            record = library.whole.of_kind(kind)[record_id]
            return Made(files=list(record_feeds(library, self._site, kind, record, partial(_entries, library))))
        if unit.startswith(LIST):
            return Made(list(LISTS[unit.removeprefix(LIST)](library)))
        if unit.startswith(PAGE):
            where = unit.removeprefix(PAGE)
            (page,) = library.mentions(CUT, where)[0]
            name = where.partition("/")[0]
            return Made([CUT_LISTS[name][1](library, page) if name in CUT_LISTS else further_page(library, page)])
        match unit.removeprefix(SITE):
            case "home":
                return Made([home_page(library, linked)])
            case "feeds":
                return Made(files=list(site_feeds(library, self._site, partial(_entries, library))))
            case "search":
                return Made([search_page()])
            case "data":
                return Made([self._data(library)])
            case "files":
                files = [*site_files(library, self._site), *robots(self._site), site_picture(self._site)]
                return Made(files=[*files, *descriptions(self._site)])
        raise ValueError(unit)

    def _record(self, library: Library, linked: LinkedData, unit: str) -> Made:
        kind, record_id = key_of(unit)
        record, site = library.whole.of_kind(kind)[record_id], self._site
        made = Made(list(record_pages(library, kind, record, linked)), list(record_files(library, site, kind, record)))
        made.pieces.append((f"{API}/{FOLDERS[kind]}.json", list_piece(library, site, kind, record)))
        standing = library.catalog.of_kind(kind).get(record_id)
        if isinstance(record, Briefing):
            made.files += cards_of(library, self._alone, record, site.cards)
            made.files += light_copies_of(library, self._alone, record)
        if isinstance(standing, Briefing):
            made.files += citations_of(library, site, standing)
            made.files += link_picture(site, standing)
            made.pieces += row_pieces(library, site, standing)
            made.pieces += ((EVENTS, piece) for piece in event_pieces(library, site, standing))
        if isinstance(standing, Place):
            made.pieces.append((PLACES, place_piece(library, site, standing)))
        return made

    def _data(self, library: Library) -> Page:
        """The page about the data needs no more of it than its examples."""
        files = [*site_files(library, self._site)]
        there = [*(f"{API}/{FOLDERS[kind]}.json" for kind in KINDS), *(pieced.path for pieced in headings()), EVENTS]
        there += ["data/csv-metadata.json", "feeds/changes.atom", "feeds/briefings.atom", "feeds/briefings.json"]
        uris = []
        if newest := newest_briefing(library):
            owner = newest.highlights[0].rpartition("#")[0] or newest.id
            for each in {newest.id, owner}:
                files += record_files(library, self._site, "briefing", library.whole.briefings[each])
            claim_id = newest.highlights[0].rpartition("#")[2]
            there.append(feed_path("briefing", newest.id))
            if self._site.cards != "none":
                there.append(f"{page_path(card_uri(owner, claim_id)).lstrip('/')}index.html")
            uris.append(cite_uri(newest.id))
        places = (library.catalog.places[place] for place in library.catalog.places)
        example = next((place for place in places if place.coordinates), None)
        pieces = [place_piece(library, self._site, example)] if example else []
        files.append(collections(self._site)[0].file(pieces))
        first = next((library.catalog.briefings[sheet] for sheet in library.catalog.briefings), None)
        found = dict(row_pieces(library, self._site, first)) if first else {}
        files += [each.file([found.get(each.path, b"")]) for each in headings()]
        known = {file.path for file in files}
        files += [OutputFile(path, b"") for path in there if path not in known]
        return data_page(library, files, uris)


def together(site: Site, pieces: Mapping[str, Iterable[bytes]]) -> Iterator[OutputFile]:
    """The files that many units share, put together from the pieces of each."""
    return (each.file(pieces.get(each.path, ())) for each in pieced(site))
