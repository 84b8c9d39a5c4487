"""Linked data in the head of each page: what stands there, in the words of schema.org, for search engines and archives."""

from __future__ import annotations

import re
from collections.abc import Collection

import simplejson
from markupsafe import Markup
from simplejson.encoder import JSONEncoderForHTML

from ..records import Briefing, Kind, Record
from ..urls import HOME, Target
from ..views.library import Library
from ..wording import SITE_LANGUAGE
from .file import Site
from .jsonld_nodes import Node, Nodes, node, sentences
from .jsonld_sheet import report

CONTEXT = "https://schema.org"

DATASETS = {
    "api/v1/index.json": ("Records", "Every record of this site with its sources, status and history", "application/json"),
    "data/claims.csv": ("Claims", "Every claim of this site with its speaker, date, sources and status", "text/csv"),
    "data/figures.csv": ("Figures", "Every stated number of this site with its qualifier, unit, date, speaker and sources", "text/csv"),
    "data/places.geojson": ("Places", "Every place of this site that has a point, with how good the point is", "application/geo+json"),
    "data/events.geojson": ("Events", "Every event of this site by place, with dates no finer than known", "application/geo+json"),
}
"""Files that hold a whole set of data: what it is, what is in it, its media type. Named only where the site has them."""


class LinkedData:
    """Says pages as JSON-LD."""

    def __init__(self, library: Library, site: Site, files: Collection[str] = ()) -> None:
        """Take all records, where their pages are, and the paths of the site's files that are no pages."""
        self._library, self._site, self._files = library, site, frozenset(files)
        words = Markup(site.terms).striptags()  # as the foot of a page has them, which may be HTML
        self._terms: Node = {"license": licence(words), "copyrightNotice": words} if words else {}

    def of_record(self, kind: Kind, record: Record) -> str:
        """A record's page."""
        nodes = Nodes(self._library, self._site)
        if isinstance(record, Briefing):
            return _written(report(nodes, record, isPartOf=self._website(), publisher=nodes.publisher(), **self._terms))
        return _written(nodes.record(kind, record))

    def of_site(self) -> str:
        """The first page: the site, and the sets of data that it offers."""
        nodes = Nodes(self._library, self._site)
        shared = {"inLanguage": SITE_LANGUAGE, "publisher": nodes.publisher(), **self._terms}
        datasets = [
            node(
                "Dataset",
                name=f"{self._site.name}: {name}",
                description=sentences(about),
                isAccessibleForFree=True,
                distribution=node("DataDownload", contentUrl=self._site.address(path), encodingFormat=form),
                **self._terms,
            )
            for path, (name, about, form) in DATASETS.items()
            if path in self._files
        ]
        catalog = node("DataCatalog", name=f"{self._site.name}: data", dataset=datasets) if datasets else None
        site = self._website()
        return _written(site | node("WebSite", url=site["@id"], description=self._site.description, **shared, hasPart=catalog))

    def _website(self) -> Node:
        return node("WebSite", id=self._site.page(Target("", HOME)), name=self._site.name)


_CREATIVE_COMMONS = re.compile(r"\bCC[ -](BY(?:-NC)?(?:-SA|-ND)?)[ -]([1-4]\.0)\b|\bCC0(?: (1\.0))?\b")


def licence(terms: str) -> str | None:
    """The address of the one licence that the terms name beyond doubt; without one, nothing."""
    found = {
        f"https://creativecommons.org/publicdomain/zero/{match[3] or '1.0'}/"
        if match[2] is None
        else f"https://creativecommons.org/licenses/{match[1].lower()}/{match[2]}/"
        for match in _CREATIVE_COMMONS.finditer(terms)
    }
    return found.pop() if len(found) == 1 else None


def _written(root: Node) -> str:
    """As JSON on one line that nothing in it can end or turn into markup."""
    return simplejson.dumps(
        {"@context": CONTEXT, **root}, cls=JSONEncoderForHTML, ensure_ascii=False, use_decimal=True, separators=(",", ":")
    )
