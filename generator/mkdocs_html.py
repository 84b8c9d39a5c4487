"""Generated pages through MkDocs' own stages, each once for all builds, and on all cores.

MkDocs makes every page in every build. So what it is given of a page whose HTML is known is no page but a file to be
copied: it can be linked to, and costs nothing. The others go through the stages that MkDocs would take them through,
and are such files from then on.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from . import fingerprint
from .cache import Cache, LostError, digest
from .forked import spread

log = logging.getLogger("mkdocs.plugins.briefbook.html")

Link = tuple[str, str, str]
"""A link to a place on another page: that page's file, the place, and the link as it is written."""


@dataclass(frozen=True, slots=True)
class Html:
    """A finished page.

    Attributes:
        object: its file among the objects of the cache.
        places: a digest of the places on it.
    """

    object: str
    places: bytes


@dataclass(frozen=True, slots=True)
class Places:
    """What links need of a page, and what it needs of others.

    Attributes:
        anchors: places on it that can be linked to.
        links: its own links to places on other pages.
    """

    anchors: frozenset[str]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class _Made:
    """What a process gives back of a page: it, its places, the stamp of its file, what MkDocs logged, and what was found in it."""

    html: Html
    places: Places
    stamp: tuple[int, int]
    said: tuple[tuple[int, str], ...]
    found: Any


class StoredFile(File):
    """A file of the site whose content is an object of the cache."""

    stored: str = ""
    cache: Cache
    elsewhere: bool = False
    """Whether somebody else sees to it that it gets into the site."""

    def is_documentation_page(self) -> bool:
        """Whether MkDocs is to make a page of it."""
        return not self.stored and super().is_documentation_page()

    def copy_file(self, dirty: bool = False) -> None:
        """Put it into the site."""
        if not self.stored:
            super().copy_file(dirty)
        elif not self.elsewhere:
            os.makedirs(os.path.dirname(self.abs_dest_path), exist_ok=True)
            self.cache.link(self.stored, self.abs_dest_path)

    def store(self, name: str) -> None:
        """From now on it is the object of this name. Its address stays that of a page, if it was one."""
        _ = self.url, self.dest_uri  # made from what it is now
        self.stored = name


class PageFile(StoredFile):
    """The file of a generated page."""

    key: bytes = b""
    html: Html | None = None
    finished: bool = False
    _page: Page | None = None
    _places: Places | None = None

    @property
    def page(self) -> Any:
        """Its page, while it has one; once pages are finished, what MkDocs asks of one that is linked to."""
        if self._page is None and self.finished:
            return _Known(self.places.anchors)
        return self._page

    @page.setter
    def page(self, page: Page | None) -> None:
        self._page = page

    @property
    def places(self) -> Places:
        """Where links can lead to on it, and where its own lead."""
        if self._places is None:
            found = self.cache.get("places", self.key)
            if not isinstance(found, Places):
                raise LostError("the cache lost the links of a page; build again")
            self._places = found
        return self._places

    def finish(self, html: Html, places: Places | None = None) -> None:
        """It is made."""
        self.html, self._places = html, places
        self.store(html.object)


@dataclass(frozen=True, slots=True)
class _Known:
    present_anchor_ids: frozenset[str]


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
    settings = [{name: value for name, value in given.items() if name not in elsewhere} for given in config.user_configs]
    return digest(
        fingerprint.of_code(),
        json.dumps(settings, default=str, sort_keys=True),
        config.site_url or "",
        fingerprint.of_folder(Path(config.theme.custom_dir)) if config.theme.custom_dir else b"",
        *others,
    )


class PageMaker:
    """Makes the HTML of generated pages."""

    def __init__(
        self, config: MkDocsConfig, files: Files, nav: Navigation, env: jinja2.Environment, look: Callable[[str, Page], Any]
    ) -> None:
        """Take what every page is made with, and what to look for in each; something found keeps a page out of the cache."""
        self._config, self._files, self._nav, self._env, self._look = config, files, nav, env, look

    def make(self, pages: Sequence[PageFile], cache: Cache) -> Iterator[tuple[PageFile, Any]]:
        """Make pages and keep them; gives each with what was found in it, as they come.

        What MkDocs has to say of them is logged at the end, in the order of the pages.
        """
        said: dict[int, tuple[tuple[int, str], ...]] = {}
        for number, made in spread(lambda number: self._made(pages[number], cache), len(pages)):
            file = pages[number]
            cache.know(made.html.object, made.stamp)
            file.finish(made.html, made.places)
            if made.said:
                said[number] = made.said
            elif not made.found and file.key:
                cache.put("html", file.key, made.html)
                cache.put("places", file.key, made.places)
            yield file, made.found
        for number in sorted(said):
            for level, message in said[number]:
                log.log(level, message)

    def _made(self, file: PageFile, cache: Cache) -> _Made:
        page: Page = file.page
        with _listening() as said:
            page.read_source(self._config)
            page.render(self._config, self._files)
            page.active = True
            template = self._env.get_template(page.meta.get("template", "main.html"))
            output = template.render(get_context(self._nav, (), self._config, page))
            page.active = False
        places = self._places(page, said)
        content = output.encode("utf-8", errors="xmlcharrefreplace")
        html = Html(digest(content).hex(), digest(*sorted(places.anchors)))
        found = self._look(output, page)
        # Thousands of them are more than memory should hold.
        page.markdown = page.content = page.links_to_anchors = None
        page.toc = []
        return _Made(html, places, cache.write(content), tuple(said), found)

    def _places(self, page: Page, said: list[tuple[int, str]]) -> Places:
        anchors = frozenset(page.present_anchor_ids or ())
        links = []
        for target, found in (page.links_to_anchors or {}).items():
            for anchor, link in found.items():
                if target is not page.file:
                    links.append((target.src_uri, anchor, link))
                elif anchor not in anchors:
                    said.append(
                        (self._config.validation.links.anchors, f"{_contains(page.file, link)} there is no such anchor on this page.")
                    )
        return Places(anchors, tuple(links))


def known(cache: Cache, key: bytes) -> Html | None:
    """A page that was made before, if its file is still there."""
    found = cache.get("html", key)
    return found if isinstance(found, Html) and cache.has(found.object) else None


@contextmanager
def _listening() -> Iterator[list[tuple[int, str]]]:
    """Collect what MkDocs logs, instead of passing it on: this may be another process."""
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


# --- links to places on pages -------------------------------------------------------------------------


def check_links(pages: Mapping[str, PageFile], others: Mapping[str, frozenset[str]], level: int, cache: Cache, site: bytes) -> None:
    """Log links of finished pages to places that are not there.

    What was in order the last time still is, where neither page has changed.

    Args:
        pages: the finished pages, by file.
        others: by file, the places on pages that are made by MkDocs itself.
        level: at which to log.
        cache: remembers what was in order.
        site: a digest by which it knows this site.
    """
    now = {name: (file.key, file.html.places if file.html else b"") for name, file in pages.items()}
    now |= {name: (b"", digest(*sorted(anchors))) for name, anchors in others.items()}
    before: Mapping[str, tuple[bytes, bytes]] = cache.get("links", site) or {}
    moved = {name for name, (_, places) in now.items() if name in before and before[name][1] != places}
    fine = True
    for name, file in pages.items():
        changed = not file.key or name not in before or before[name][0] != file.key
        for target, anchor, link in file.places.links if changed or moved else ():
            if not (changed or target in moved):
                continue
            if target in pages:
                there = anchor in pages[target].places.anchors
            else:
                there = target not in others or anchor in others[target]
            if not there:
                fine = False
                log.log(level, f"{_contains(file, link)} the doc '{target}' does not contain an anchor '#{anchor}'.")
    if fine and now != before:
        cache.put("links", site, now)


def _contains(file: File, link: str) -> str:
    return f"Doc file '{file.src_uri}' contains a link '{link}', but"
