"""Generated pages through MkDocs' own stages, one at a time and in any process.

MkDocs makes every page in every build, and holds all of them in memory. Here each is taken through the same stages alone,
and finished pages are kept for the next builds.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents
from mkdocs.utils.yaml import yaml_load

from . import fingerprint, markup
from .cache import Cache
from .finished import Fresh, Html, Places
from .hashing import digest
from .loose_files import LOOSE_FOLDERS, goes_along
from .render import RenderedPage
from .search import is_searched

log = logging.getLogger("mkdocs.plugins.briefbook.html")


def can_keep(config: MkDocsConfig) -> bool:
    """Whether pages depend on nothing that we do not know: other plugins and hooks could do anything to them."""
    return set(config.plugins) == {"briefbook"} and not config.hooks and config.nav is not None


def surroundings(config: MkDocsConfig) -> bytes:
    """A digest of what goes into a page's HTML besides its Markdown: code, settings, theme, navigation."""
    elsewhere = {"site_dir", "strict", "docs_dir", "config_file_path"}  # where things are and how strict to be is in no page
    with open(config.config_file_path, "rb") as stream:
        settings = {name: value for name, value in yaml_load(stream).items() if name not in elsewhere}
    return digest(
        fingerprint.of_code(),
        json.dumps(settings, default=str, sort_keys=True),
        config.site_url or "",
        fingerprint.of_folder(Path(config.theme.custom_dir)) if config.theme.custom_dir else b"",
    )


NOT_COPIED = (".html", ".md", ".py", ".xml", ".yml", ".yaml")
"""What MkDocs leaves in a theme and does not copy."""


STAND_INS = 20_000
"""So many files that others link to are remembered."""


class _Promised(Files):
    """The site's files before any of ours is made: a link to what is not there is a promise that it will be."""

    def __init__(self, files: Files, config: MkDocsConfig) -> None:
        super().__init__(list(files))
        self._config = config
        self.promised: dict[str, File] = {}
        self._stand_ins: dict[str, File] = {}

    def get_file_from_path(self, path: str) -> File | None:
        """The file; where there is none, one that stands for it."""
        if path in self.promised:
            return self.promised[path]
        found = self._stand_ins.get(path)
        if found is None:
            found = super().get_file_from_path(path)
            if found is not None or path.startswith(".."):
                return found
            found = self._of_theme(path)
            if found is not None:
                return found
            found = self._stand_in(path)
        self.promised[path] = found
        return found

    def _of_theme(self, path: str) -> File | None:
        """A file of the theme. It has ten thousand, of which pages link to few."""
        config = self._config
        if path.endswith(NOT_COPIED):
            return None
        folder = next((folder for folder in config.theme.dirs if Path(folder, path).is_file()), None)
        if folder is None:
            return None
        found = File(path, folder, config.site_dir, config.use_directory_urls)
        self.append(found)
        return found

    def _stand_in(self, path: str) -> File:
        if len(self._stand_ins) > STAND_INS:
            self._stand_ins.clear()
        config = self._config
        found = File(path, None, config.site_dir, config.use_directory_urls, inclusion=InclusionLevel.NOT_IN_NAV)
        found.edit_uri = None
        self._stand_ins[path] = found
        return found


class PageMaker:
    """Makes the HTML of generated pages."""

    def __init__(self, config: MkDocsConfig, env: jinja2.Environment, look: Callable[[str], Sequence[Any]]) -> None:
        """Take the settings and the theme, and what to look for in each page; something found keeps a page out of the cache."""
        self._config, self._env, self._look = config, env, look
        files = Files([])
        self._handwritten = list(_handwritten(Path(config.docs_dir)))
        for uri in self._handwritten:
            files.append(File(uri, config.docs_dir, config.site_dir, config.use_directory_urls))
        set_exclusions(files, config)
        self._files = _Promised(files, config)
        with listening():  # MkDocs says the same again
            self._nav: Navigation = get_navigation(self._files, config)
        titles_as_html(self._nav)
        self._in_nav = {page.file.src_uri: page for page in self._nav.pages}
        self._around: bytes | None = None

    def begin(self, around: bytes, title_of: Callable[[str], str | None]) -> dict[str, str]:
        """Go on with all that a page depends on besides its text.

        Args:
            around: a digest of it.
            title_of: the title of a page of ours, by its file.

        Returns:
            By file, the titles of our pages in the navigation that have none there, as HTML.
        """
        untitled = {uri: page for uri, page in self._in_nav.items() if page.title is None}
        ours = {uri: markup.escape_html(title) for uri in untitled if (title := title_of(uri))}
        for uri, page in untitled.items():
            # A title that is set stays, whatever is read later.
            page.title = ours.get(uri) or self._title_in(page)
        self._around = digest(around, *self._handwritten, *(part for page in self._nav.pages for part in (str(page.title), page.url)))
        return ours

    def _title_in(self, page: Page) -> str | None:
        if page.file.src_uri not in self._handwritten:
            return None
        with listening():  # as above
            page.read_source(self._config)
            page.render(self._config, self._files)
        words_as_html(page)
        title: str | None = page.title
        self._let_go(page)
        return title

    def _let_go(self, page: Page) -> None:
        """What a page of the navigation was made of does not stay with it."""
        page.markdown = page.content = page.links_to_anchors = None
        page.toc = TableOfContents([])

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
        self._let_go(page)
        page.file.content_string = ""
        name = digest(content).hex()
        html = Html(
            uri=rendered.uri,
            path=page.file.dest_uri,
            key=key,
            object=name,
            places=digest(*sorted(places.anchors)),
            updated=rendered.updated,
            at_rest=rendered.at_rest,
            searched=is_searched(content),
        )
        return Fresh(html, places, cache.write(name, content), rendered.edit_file, tuple(said), found)

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
                    said.append(
                        (level, f"Doc file '{page.file.src_uri}' contains a link '{link}', but there is no such anchor on this page.")
                    )
        return Places(anchors, tuple(links))


def titles_as_html(nav: Navigation) -> None:
    """Take what mkdocs.yml calls pages and sections for text: themes print it without escaping."""
    waiting = list(nav.items)
    while waiting:
        item = waiting.pop()
        waiting += item.children or ()
        if item.title:
            item.title = markup.escape_html(item.title)


def words_as_html(page: Page) -> None:
    """Take what a page written by hand says of itself above its text for text, as above."""
    title = page.meta.get("title")
    for name in ("title", "description"):
        if page.meta.get(name):
            page.meta[name] = markup.escape_html(str(page.meta[name]))
    if title and page.title == title:  # not where mkdocs.yml calls it otherwise
        page.title = page.meta["title"]


def _handwritten(folder: Path) -> Iterator[str]:
    """Files of the content that go along as they are, by their paths in it."""
    for loose in LOOSE_FOLDERS:
        for here, folders, files in os.walk(folder / loose):
            folders.sort()
            inside = Path(here).relative_to(folder)
            yield from filter(goes_along, ((inside / name).as_posix() for name in sorted(files)))


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
