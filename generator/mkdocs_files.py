"""Finished pages as MkDocs is given them: files that it can link to, entries of its sitemap, links that it would check."""

from __future__ import annotations

import html
import logging
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from .cache import Cache
from .finished import Html, Places, places_of
from .hashing import DIGEST, digest

log = logging.getLogger("mkdocs.plugins.briefbook.links")


class StoredFile(File):
    """A file of the site whose content is an object of the cache. It can be linked to as the page that it may be."""

    def __init__(self, uri: str, path: str, name: str, cache: Cache, config: MkDocsConfig, key: bytes = b"") -> None:
        """Take its source, its place in the site, the name of the object, and by what its places are found."""
        super().__init__(uri, None, config.site_dir, config.use_directory_urls, dest_uri=path, inclusion=InclusionLevel.NOT_IN_NAV)
        self.abs_src_path = None
        self._object, self._cache, self._key = name, cache, key
        self._page: Page | None = None
        self.finished = False

    def is_documentation_page(self) -> bool:
        """Whether MkDocs is to make a page of it."""
        return False

    def copy_file(self, dirty: bool = False) -> None:
        """Put it into the site."""
        Path(self.abs_dest_path).parent.mkdir(parents=True, exist_ok=True)
        self._cache.link(self._object, self.abs_dest_path)

    @property
    def page(self) -> Any:
        """Its page in the navigation; in its place, once that is made, what MkDocs asks of a page that is linked to."""
        return _Known(places_of(self._cache, self._key).anchors) if self.finished and self._key else self._page

    @page.setter
    def page(self, page: Page | None) -> None:
        self._page = page


@dataclass(frozen=True, slots=True)
class _Known:
    present_anchor_ids: frozenset[str]


class StoredFiles(Files):
    """The site's files, those of ours only as far as somebody asks for them."""

    def __init__(self, files: Files, find: Callable[[str], StoredFile | None]) -> None:
        """Take the other files, and how to find one of ours."""
        super().__init__(list(files))
        self._find = find
        self._found: dict[str, StoredFile] = {}
        self._finished = False

    def get_file_from_path(self, path: str) -> File | None:
        """The file of that path."""
        other = super().get_file_from_path(path)
        if other is not None:
            return other
        if path not in self._found and (found := self._find(path)):
            found.finished = self._finished
            self._found[path] = found
        return self._found.get(path)

    def finish(self) -> None:
        """The navigation is made."""
        self._finished = True
        for file in self._found.values():
            file.finished = True


PLACES_KEPT = 2_000
"""The places on so many pages are in memory. Neighbouring pages mostly link to the same ones."""


def check_links(
    pages: Mapping[str, Html], others: Mapping[str, frozenset[str]], files: Container[str], config: MkDocsConfig, cache: Cache
) -> None:
    """Log links of finished pages that lead nowhere.

    What was in order the last time still is, where neither page has changed.

    Args:
        pages: the finished pages, by their Markdown files.
        others: by file, the places on pages that MkDocs makes itself.
        files: whatever else can be linked to.
        config: says how bad that is.
        cache: remembers what was in order.
    """
    site = digest("key and places", config.docs_dir, config.site_url or "")
    # Of sixty thousand pages, so as sets, and in one value each: a page's key, and the digest of its places.
    now = {uri: page.key + page.places for uri, page in pages.items()}
    now |= {uri: digest(*sorted(anchors)) for uri, anchors in others.items()}
    before: Mapping[str, bytes] = cache.get("links", site) or {}
    changed = {uri for uri, _ in now.items() - before.items()}
    moved = {uri for uri, known in before.items() - now.items() if known[-DIGEST:] != now.get(uri, b"")[-DIGEST:]}
    # Mostly a page has more places than before. To find who links to one that is gone, the links of all pages are read.
    moved = {uri for uri in moved if uri not in pages or not _has_all(cache, before[uri][:-DIGEST], pages[uri].key)}
    fine = True

    @lru_cache(PLACES_KEPT)
    def anchors_of(uri: str) -> frozenset[str] | None:
        return places_of(cache, pages[uri].key).anchors if uri in pages else others.get(uri)

    for uri in pages if moved else [uri for uri in pages if uri in changed]:
        for target, anchor, link in places_of(cache, pages[uri].key).links:
            if not (uri in changed or target in moved):
                continue
            if target not in now and target not in files:
                fine = False
                log.log(
                    config.validation.links.not_found,
                    f"{_contains(uri, link)} the target '{target}' is not found among documentation files.",
                )
            elif anchor and (there := anchors_of(target)) is not None and anchor not in there:
                fine = False
                log.log(
                    config.validation.links.anchors, f"{_contains(uri, link)} the doc '{target}' does not contain an anchor '#{anchor}'."
                )
    if fine and now != before:
        cache.put("links", site, now)


def _has_all(cache: Cache, before: bytes, now: bytes) -> bool:
    """Whether a page has all the places that it had; not where nobody knows what it had."""
    old = cache.get("places", before)
    return isinstance(old, Places) and old.anchors <= places_of(cache, now).anchors


def _contains(uri: str, link: str) -> str:
    return f"Doc file '{uri}' contains a link '{link}', but"


def sitemap_entries(pages: Mapping[str, Html], config: MkDocsConfig) -> str:
    """The sitemap's entries of finished pages, as sitemaps.org 0.9 has them: a template takes a second for ten thousand."""
    root = f"{config.site_url.rstrip('/')}/" if config.site_url else "/"
    entries = []
    for _, page in sorted(pages.items()):
        if not page.at_rest:
            address = html.escape(root + quote(page.path.removesuffix("index.html")))
            day = f"\n        <lastmod>{html.escape(page.updated)}</lastmod>" if page.updated else ""
            entries.append(f"    <url>\n        <loc>{address}</loc>{day}\n    </url>")
    return "\n".join(entries)
