"""The whole site from the records, as far as it is not what it was."""

from __future__ import annotations

import fcntl
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Protocol

from . import units
from .cache import FORM, Cache, digest
from .catalog import Catalog
from .fingerprint import of_code, of_folder
from .ledger import Done, Ledger, question
from .pipeline import Project
from .render import RenderedPage, Renderer
from .shelf import LedgerShelf
from .standalone import Standalone
from .update import do, take_in
from .views import reading
from .views.library import Library

log = logging.getLogger("mkdocs.plugins.briefbook")


class PageMaker(Protocol):
    """Turns Markdown into the HTML of the site."""

    def html(self, rendered: RenderedPage, cache: Cache) -> Any:
        """A finished page: what is known of it, or what is told of one made now."""


@dataclass(frozen=True, slots=True)
class Site:
    """What there is of ours.

    Attributes:
        pages: by Markdown file, what is known of the finished page.
        files: by path in the site, the object that stands there.
    """

    pages: Mapping[str, Any]
    files: Mapping[str, str]


@dataclass(slots=True)
class Told:
    """A site, and what was told while it was made."""

    site: Site
    faults: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    said: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a unit made: its finished pages, and its files as objects."""

    pages: tuple[Any, ...]
    files: tuple[tuple[str, str], ...]


class SiteBuilder:
    """Builds one site. Only one at a time builds the same site; another waits."""

    def __init__(self, project: Project, cache: Cache, maker: Any, around: bytes, take: Callable[[Any, Cache], None]) -> None:
        """Take the project, what builds remember, what makes HTML, what that depends on, and what is to be done with a fresh page."""
        self._project, self._cache, self._maker, self._take = project, cache, maker, take
        sites = cache.folder / FORM / "sites"
        sites.mkdir(parents=True, exist_ok=True)
        name = digest(str(project.content_dir.absolute()), str(project.templates_dir.absolute())).hex()
        self._lock = _locked(sites / f"{name}.lock")
        self._ledger = Ledger(sites / f"{name}.sqlite")
        self._ledger.begin(of_code())
        told = [str(value) for value in (project.site, project.review_day)]
        self._around = digest(around, of_folder(project.templates_dir), *told)

    def close(self) -> None:
        """Let others build it."""
        self._ledger.close()
        self._lock.close()

    def build(self, records: Catalog) -> Told:
        """All of it.

        Raises:
            ContentError: a template has a problem.
        """
        ledger, cache = self._ledger, self._cache
        digests = {key: digest((self._project.file_of(loaded.document.path)).read_bytes()) for key, loaded in records.documents.items()}
        take_in(ledger, records.documents, digests)
        if not ledger.is_of("around", self._around):
            ledger.forget_units(but=units.CONCERNS)
        keys = sorted(digests)
        do(ledger, [units.CONCERNS], units.concerns(keys), self._concerns_of(LedgerShelf(ledger)), lambda name, more: None)
        told = Told(Site({}, {}))
        made = do(ledger, [units.RECORD, units.LIST, units.SITE], units.units(keys), self._work(LedgerShelf(ledger)), self._taking(told))
        pages = {page.uri: page for parts in made.values() for page in parts.pages}
        files = {path: name for parts in made.values() for path, name in parts.files}
        for each in units.pieced(self._project.site):
            files[each.path] = ledger.together(each.path, lambda each=each: cache.keep(each.file(ledger.pieces(each.path)).content))  # type: ignore[misc]  # a default binds it
        told.site = Site(pages, files)
        return told

    def _concerns_of(self, shelf: LedgerShelf) -> Callable[[str], tuple[Done, None]]:
        def work(unit: str) -> tuple[Done, None]:
            asked, library = self._library(shelf)
            found = units.mentioned(library, unit)
            return Done(unit, _numbers(asked), None, found), None

        return work

    def _work(self, shelf: LedgerShelf) -> Callable[[str], tuple[Done, Any]]:
        project, cache = self._project, self._cache
        maker = units.Maker(project.site, Standalone(project.templates_dir, project.site))
        renderer = Renderer(project.templates_dir, project.site)

        def work(unit: str) -> tuple[Done, Any]:
            asked, library = self._library(shelf)
            made = maker.make(library, unit)
            pages = [self._maker.html(renderer.render(page), cache) for page in made.pages]
            fresh = [page for page in pages if hasattr(page, "stamp")]
            finished = tuple(page.html if hasattr(page, "stamp") else page for page in pages)
            written = [(file.path, *_stored(cache, file.content)) for file in made.files]
            parts = _Parts(finished, tuple((path, name) for path, name, _ in written))
            stamps = [(name, stamp) for _, name, stamp in written if stamp]
            return Done(unit, _numbers(asked), parts, (), made.pieces), (fresh, stamps)

        return work

    def _taking(self, told: Told) -> Callable[[str, Any], None]:
        def take(unit: str, more: Any) -> None:
            fresh, stamps = more
            for name, stamp in stamps:
                self._cache.know(name, stamp)
            for page in fresh:
                self._take(page, self._cache)
                told.said += page.said
                if page.found:
                    told.faults[page.html.uri] = page.found

        return take

    def _library(self, shelf: LedgerShelf) -> tuple[set[tuple[str, ...]], Library]:
        asked: set[tuple[str, ...]] = set()
        return asked, reading.library(shelf, self._project.review_day, lambda *words: asked.add(words))


def _numbers(asked: set[tuple[str, ...]]) -> list[int]:
    return [question(*words) for words in asked]


def _stored(cache: Cache, content: bytes) -> tuple[str, tuple[int, int] | None]:
    """The object that a content is, with its stamp when it was written now."""
    name = digest(content).hex()
    return name, None if cache.has(name) else cache.write(content)


def _locked(file: Path) -> IO[bytes]:
    stream = file.open("ab")
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        log.info("another build of this site is running; waiting for it")
        fcntl.flock(stream, fcntl.LOCK_EX)
    return stream
