"""Generated pages through MkDocs' own stages, one at a time and in any process.

MkDocs makes every page in every build, and holds all of them in memory. Here each is taken through the same stages alone,
and finished pages are kept for the next builds. What MkDocs is given of them afterwards are files that it can link to.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents
from mkdocs.utils.yaml import yaml_load

from . import fingerprint
from .cache import Cache, LostError, digest
from .render import RenderedPage
from .search import is_searched

log = logging.getLogger("mkdocs.plugins.briefbook.html")

Link = tuple[str, str, str]
"""A link to another page: that page's file, the place on it or nothing, and the link as it is written."""


@dataclass(frozen=True, slots=True)
class Html:
    """A finished page.

    Attributes:
        uri: its Markdown file.
        path: its file in the site.
        key: by which it is found among those that were made.
        object: its content among the objects of the cache.
        places: a digest of the places on it.
        updated: the day of its last change; None where none is known.
        at_rest: whether it is in no list, the sitemap included.
        searched: whether it is for the search.
    """

    uri: str
    path: str
    key: bytes
    object: str
    places: bytes
    updated: str | None
    at_rest: bool
    searched: bool

    @property
    def entries(self) -> tuple[tuple[str, bytes], ...]:
        """What the cache has of it besides."""
        return ("html", self.key), ("places", self.key)


@dataclass(frozen=True, slots=True)
class Places:
    """What links need of a page, and what it needs of others.

    Attributes:
        anchors: places on it that can be linked to.
        links: its own links to other pages.
    """

    anchors: frozenset[str]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Fresh:
    """What is told of a page that was made just now.

    Attributes:
        html: the page.
        places: its places and links.
        stamp: that of its object.
        edit_file: the file to edit, from the content folder; None for pages made of many.
        said: levels and messages that MkDocs logged meanwhile.
        found: what was looked for and found in it.
    """

    html: Html
    places: Places
    stamp: tuple[int, int]
    edit_file: str | None
    said: tuple[tuple[int, str], ...]
    found: tuple[Any, ...]

    @property
    def is_final(self) -> bool:
        """Whether the next build may take it as it is. What a warning was given of is made again, for the warning."""
        return not self.said and not self.found


def can_keep(config: MkDocsConfig) -> bool:
    """Whether pages depend on nothing that we do not know: other plugins and hooks could do anything to them."""
    return set(config.plugins) == {"briefbook"} and not config.hooks and config.nav is not None


def surroundings(config: MkDocsConfig, *others: str | bytes) -> bytes:
    """A digest of what goes into a page's HTML besides its Markdown: code, settings, theme, navigation.

    Args:
        config: the settings.
        others: whatever else does.
    """
    elsewhere = {"site_dir", "strict", "docs_dir", "config_file_path"}  # where things are and how strict to be is in no page
    with open(config.config_file_path, "rb") as stream:
        settings = {name: value for name, value in yaml_load(stream).items() if name not in elsewhere}
    return digest(
        fingerprint.of_code(),
        json.dumps(settings, default=str, sort_keys=True),
        config.site_url or "",
        fingerprint.of_folder(Path(config.theme.custom_dir)) if config.theme.custom_dir else b"",
        *others,
    )


class _Promised(Files):
    """The site's files before any of ours is made: a link to what is not there is a promise that it will be."""

    def __init__(self, files: Files, config: MkDocsConfig) -> None:
        super().__init__(list(files))
        self._config = config
        self.promised: dict[str, File] = {}

    def get_file_from_path(self, path: str) -> File | None:
        """The file; where there is none, one that stands for it."""
        found = super().get_file_from_path(path)
        if found is None and not path.startswith(".."):
            found = self.promised.get(path)
            if found is None:
                config = self._config
                found = File(path, None, config.site_dir, config.use_directory_urls, inclusion=InclusionLevel.NOT_IN_NAV)
                found.edit_uri = None
                self.promised[path] = found
        return found


class PageMaker:
    """Makes the HTML of generated pages."""

    def __init__(self, config: MkDocsConfig, env: jinja2.Environment, look: Callable[[str], Sequence[Any]]) -> None:
        """Take the settings and the theme, and what to look for in each page; something found keeps a page out of the cache."""
        self._config, self._env, self._look = config, env, look
        files = Files([])
        files.add_files_from_theme(env, config)
        self._handwritten = list(_handwritten(Path(config.docs_dir)))
        for uri in self._handwritten:
            files.append(File(uri, config.docs_dir, config.site_dir, config.use_directory_urls, inclusion=InclusionLevel.NOT_IN_NAV))
        self._files = _Promised(files, config)
        with listening():  # MkDocs says the same again
            self._nav: Navigation = get_navigation(self._files, config)
        self._in_nav = {page.file.src_uri: page for page in self._nav.pages}
        self._around: bytes | None = None

    def untitled(self) -> list[str]:
        """Files of the pages in the navigation that have no title there."""
        return [uri for uri, page in self._in_nav.items() if page.title is None]

    def begin(self, around: bytes, titles: Mapping[str, str]) -> None:
        """Go on with all that a page depends on besides its text.

        Args:
            around: a digest of it.
            titles: the texts of pages in the navigation that have no title there.
        """
        for uri, text in titles.items():
            self._read(self._in_nav[uri], text)
            if "title" not in self._in_nav[uri].meta:
                self._in_nav[uri].render(self._config, self._files)
        self._around = digest(around, *self._handwritten, *(part for page in self._nav.pages for part in (str(page.title), page.url)))

    def _read(self, page: Page, text: str) -> None:
        page.file.content_string = text
        page.read_source(self._config)

    def html(self, rendered: RenderedPage, cache: Cache) -> Html | Fresh:
        """A page's HTML, made now or before."""
        assert self._around is not None
        key = digest(self._around, rendered.uri, rendered.edit_file or "", rendered.text)
        known = cache.get("html", key)
        if isinstance(known, Html) and cache.has(known.object):
            return known
        page = self._page(rendered)
        self._files.promised.clear()
        with listening() as said:
            self._read(page, rendered.text)
            page.render(self._config, self._files)
            page.active = True
            template = self._env.get_template(page.meta.get("template", "main.html"))
            output = template.render(get_context(self._nav, (), self._config, page))
            page.active = False
        places = self._places(page, said)
        content = output.encode("utf-8", errors="xmlcharrefreplace")
        found = tuple(self._look(output))
        page.markdown = page.content = page.links_to_anchors = None  # those of the navigation stay
        page.toc = TableOfContents([])
        page.file.content_string = ""
        html = Html(
            uri=rendered.uri,
            path=page.file.dest_uri,
            key=key,
            object=digest(content).hex(),
            places=digest(*sorted(places.anchors)),
            updated=rendered.updated,
            at_rest=rendered.at_rest,
            searched=is_searched(content),
        )
        return Fresh(html, places, cache.write(content), rendered.edit_file, tuple(said), found)

    def _page(self, rendered: RenderedPage) -> Page:
        """The page in the navigation, or one beside it: themes write all of the navigation into every page."""
        page = self._in_nav.get(rendered.uri)
        config = self._config
        if page is None:
            file = File(rendered.uri, None, config.site_dir, config.use_directory_urls, inclusion=InclusionLevel.NOT_IN_NAV)
            file.edit_uri = rendered.edit_file
            file.content_string = ""
            page = Page(None, file, config)
        return page

    def _places(self, page: Page, said: list[tuple[int, str]]) -> Places:
        anchors = frozenset(page.present_anchor_ids or ())
        links = [(uri, "", uri) for uri in self._files.promised]
        for target, found in (page.links_to_anchors or {}).items():
            for anchor, link in found.items():
                if target.src_uri != page.file.src_uri:
                    links.append((target.src_uri, anchor, link))
                elif anchor not in anchors:
                    level = self._config.validation.links.anchors
                    said.append((level, f"{_contains(page.file.src_uri, link)} there is no such anchor on this page."))
        return Places(anchors, tuple(links))


def take(fresh: Fresh, cache: Cache) -> None:
    """Keep a page that was made, perhaps in another process."""
    cache.know(fresh.html.object, fresh.stamp)
    cache.put("places", fresh.html.key, fresh.places)
    if fresh.is_final:
        cache.put("html", fresh.html.key, fresh.html)


def _handwritten(folder: Path) -> Iterator[str]:
    """Files of the content that are no records, by their paths in it."""
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        inside = Path(here).relative_to(folder)
        yield from (
            (inside / name).as_posix() for name in sorted(files) if not name.endswith((".yaml", ".yml")) and not name.startswith(".")
        )


@contextmanager
def listening() -> Iterator[list[tuple[int, str]]]:
    """Collect what MkDocs warns of, instead of passing it on."""
    said: list[tuple[int, str]] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append((record.levelno, record.getMessage()))

    logger = logging.getLogger("mkdocs")
    handlers, propagate = logger.handlers, logger.propagate
    logger.handlers, logger.propagate = [Listener(logging.WARNING)], False
    try:
        yield said
    finally:
        logger.handlers, logger.propagate = handlers, propagate


# --- what MkDocs is given of them ---------------------------------------------------------------------


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
        os.makedirs(os.path.dirname(self.abs_dest_path), exist_ok=True)
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


def places_of(cache: Cache, key: bytes) -> Places:
    """The places and links of a page.

    Raises:
        LostError: they are not in the cache any more.
    """
    found = cache.get("places", key)
    if not isinstance(found, Places):
        raise LostError("the links of a page are gone from the cache")
    return found


# --- links between pages ------------------------------------------------------------------------------


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
    site = digest(config.docs_dir, config.site_url or "")
    now = {uri: (page.key, page.places) for uri, page in pages.items()}
    now |= {uri: (b"", digest(*sorted(anchors))) for uri, anchors in others.items()}
    before: Mapping[str, tuple[bytes, bytes]] = cache.get("links", site) or {}
    moved = {uri for uri, (_, places) in before.items() if uri not in now or now[uri][1] != places}
    fine = True
    for uri, page in pages.items():
        changed = uri not in before or before[uri][0] != page.key
        for target, anchor, link in places_of(cache, page.key).links if changed or moved else ():
            if not (changed or target in moved):
                continue
            if target not in now and target not in files:
                fine = False
                log.log(
                    config.validation.links.not_found,
                    f"{_contains(uri, link)} the target '{target}' is not found among documentation files.",
                )
            elif anchor and anchor not in (
                places_of(cache, pages[target].key).anchors if target in pages else others.get(target, {anchor})
            ):
                fine = False
                log.log(
                    config.validation.links.anchors, f"{_contains(uri, link)} the doc '{target}' does not contain an anchor '#{anchor}'."
                )
    if fine and now != before:
        cache.put("links", site, now)


def _contains(uri: str, link: str) -> str:
    return f"Doc file '{uri}' contains a link '{link}', but"
