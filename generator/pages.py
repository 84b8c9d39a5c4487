"""Which pages the site has: each record's, each list, and those that there are once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from .catalog import Catalog
from .edtf import Edtf
from .list_pages import CUT_LISTS, LISTS
from .outputs import OutputFile
from .outputs.alternates import BRIEFINGS_FEEDS, CHANGES_FEEDS
from .outputs.guide import data_view
from .outputs.jsonld import LinkedData
from .page import Page
from .record_pages import further_cuts, further_page, record_pages
from .records import KINDS
from .titles import TITLES
from .urls import DATA, HOME, SEARCH
from .views import home, reading
from .views.concerns import all_mentions
from .views.library import Library
from .views.shelf import InMemory


def library(catalog: Catalog, review_day: Edtf | None = None) -> Library:
    """Records that are all in memory, as views read them.

    Args:
        catalog: all records.
        review_day: the day by which reviews are judged to be due.
    """
    shelf = InMemory(catalog, lambda: all_mentions(found))
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


def home_page(records: Library, linked: LinkedData | None = None) -> Page:
    """The first page."""
    ways = (*CHANGES_FEEDS, *BRIEFINGS_FEEDS)
    view = home.home_view(records)
    updated = view.briefings[0].updated.text if view.briefings else None
    page = Page(HOME, "home.md.j2", TITLES[HOME], "", view, updated=updated, wide=True, alternates=ways)
    return replace(page, jsonld=linked.of_site()) if linked else page


def search_page() -> Page:
    """The page of the search."""
    return Page(SEARCH, "search.md.j2", TITLES[SEARCH], "", None)


def data_page(records: Library, files: Sequence[OutputFile], uris: Collection[str]) -> Page:
    """The page about the data; see `data_view`."""
    about = "Every claim, number, place and event of this site as data: tables, maps and JSON, and how to read them."
    return Page(DATA, "data.md.j2", TITLES[DATA], about, data_view(records, files, uris))
