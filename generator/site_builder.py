"""The whole site from the records, as far as it is not what it was."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple, Protocol

from . import units
from .cache import Cache, LostError
from .compiled import Compiled
from .content import Content, numbers
from .errors import ContentError
from .fingerprint import of_code, of_folder
from .hashing import digest
from .ledger_entries import Done
from .outputs.pieced import Pieced, Replaced, with_others
from .render import RenderedPage, Renderer
from .shelf import LedgerShelf
from .standalone import Standalone
from .update import do


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
    """A site, and what was told of its pages while they were made.

    Attributes:
        site: the site.
        faults: by Markdown file: the file to edit, and what was found in the page.
        said: by Markdown file: levels and messages.
    """

    site: Site
    faults: dict[str, tuple[str | None, tuple[Any, ...]]] = field(default_factory=dict)
    said: dict[str, tuple[tuple[int, str], ...]] = field(default_factory=dict)


class _Parts(NamedTuple):
    """What a unit made: its finished pages, and its files as objects."""

    pages: tuple[Any, ...]
    files: tuple[tuple[str, str], ...]


FEW = 3
"""So many changed records are made ahead of all else."""


class SiteBuilder:
    """Builds a site of what a project holds."""

    def __init__(self, content: Content, cache: Cache, maker: Any, around: bytes, take: Callable[[Any, Cache], None]) -> None:
        """Take the records, what builds remember, what makes HTML, what that depends on, and what is to be done with a fresh page."""
        self._content, self._cache, self._maker, self._take = content, cache, maker, take
        project = content.project
        self._around = digest(around, of_folder(project.templates_dir), str(project.site), str(project.review_day))

    def ahead(self, shelf: LedgerShelf) -> Iterator[dict[str, str]]:
        """Pages of the records that were just changed, made before all else for those who wait for them.

        What rests on how lists are cut may still be as it was. Where a template fails, there is nothing: `build` says why.

        Args:
            shelf: the records, which have been checked.

        Yields:
            By path in the site: the object that is the page.
        """
        changed = sorted(self._content.before.keys() & set(self._content.keys()))
        work = self._work(shelf) if 0 < len(changed) <= FEW else None
        for kind, record_id in changed if work else ():
            assert work
            with suppress(ContentError):
                done, told = work(f"{units.RECORD}{kind}/{record_id}")
                self._told(Told(Site({}, {})), [told])
                yield {page.path: page.object for page in done.made.pages}

    def build(self, shelf: LedgerShelf) -> Told:
        """All of it.

        Args:
            shelf: the records, which have been checked.

        Raises:
            ContentError: a template has a problem.
        """
        ledger, cache, site = self._content.ledger, self._cache, self._content.project.site
        keys = self._content.keys()
        ledger.made_with("site", digest(str(site)), units=units.BEFORE)
        cuts = do(
            ledger,
            units.BEFORE,
            units.first_units(keys),
            self._first(shelf),
            lambda told: None,
            self._content.watch("cutting lists into pages"),
        )
        ledger.made_with("around", self._around, units=units.MADE)
        told = Told(Site({}, {}))
        names = units.units(keys, (name for found in cuts.values() for name in found))
        # A fresh shelf: what the first units say is known only now.
        made = do(
            ledger,
            units.MADE,
            names,
            self._work(LedgerShelf(ledger)),
            lambda of_units: self._told(told, of_units),
            self._content.watch("making pages"),
        )
        pages = {page.uri: page for parts in made.values() for page in parts.pages}
        files = {path: name for parts in made.values() for path, name in parts.files}
        for each in units.pieced(site):
            files[each.path] = ledger.together(each.path, partial(self._kept, each), self._changed)
        told.site = Site(pages, files)
        cache.still_used(files.values(), ())
        cache.still_used((page.object for page in pages.values()), (entry for page in pages.values() for entry in page.entries))
        return told

    def _kept(self, pieced: Pieced) -> str:
        """The object that a file of pieces is."""
        return self._written(pieced.file(self._content.ledger.pieces(pieced.path)).content)

    def _changed(self, name: str, replaced: Iterable[Replaced]) -> str | None:
        """The object that such a file is with other pieces; None where it does not tell where the old ones are."""
        try:
            content = with_others(self._cache.found(name).read_bytes(), replaced)
        except (LostError, OSError):
            return None
        return None if content is None else self._written(content)

    def _written(self, content: bytes) -> str:
        """Keep an object. It is written down before the ledger names it, in case that this build is killed."""
        name = self._cache.keep(content)
        self._cache.flush()
        return name

    def _first(self, shelf: LedgerShelf) -> Callable[[str], tuple[Done, None]]:
        def work(unit: str) -> tuple[Done, None]:
            asked, library = self._content.asking(shelf)
            found, said = units.first(library, self._content.project.site, unit)
            return Done(unit, numbers(asked), found, said), None

        return work

    def _work(self, shelf: LedgerShelf) -> Callable[[str], tuple[Done, Any]]:
        project, cache = self._content.project, self._cache
        compiled = Compiled(cache.compiled(of_code()))
        maker = units.Maker(project.site, Standalone(project.templates_dir, project.site, compiled))
        renderer = Renderer(project.templates_dir, project.site, compiled)

        def work(unit: str) -> tuple[Done, Any]:
            asked, library = self._content.asking(shelf)
            made = maker.make(library, unit)
            # Of a list most pages are as they were. That is seen before they are written out.
            keys = [digest(self._around, pickle.dumps(page, 5)) if unit.startswith(units.LIST) else b"" for page in made.pages]
            pages = [self._known(key) or self._maker.html(renderer.render(page), cache) for key, page in zip(keys, made.pages, strict=True)]
            fresh = [page for page in pages if hasattr(page, "stamp")]
            finished = tuple(page.html if hasattr(page, "stamp") else page for page in pages)
            seen = [(key, page) for key, page in zip(keys, finished, strict=True) if key]
            written = [(file.path, *_stored(cache, file.content)) for file in made.files]
            parts = _Parts(finished, tuple((path, name) for path, name, _ in written))
            stamps = [(name, stamp) for _, name, stamp in written if stamp]
            is_final = all(page.is_final for page in fresh)
            return Done(unit, numbers(asked), parts, (), made.pieces, is_final), (fresh, stamps, seen if is_final else ())

        return work

    def _known(self, key: bytes) -> Any:
        """A page by what it shows, if it was made before."""
        found = self._cache.get("view", key) if key else None
        return found if found and self._cache.has(found.object) else None

    def _told(self, told: Told, of_units: Iterable[Any]) -> None:
        """Keep what was made, so that it is there when the units are noted as done."""
        for fresh, stamps, seen in of_units:
            for key, page in seen:
                self._cache.put("view", key, page)
            for name, stamp in stamps:
                self._cache.know(name, stamp)
            for page in fresh:
                self._take(page, self._cache)
                told.said[page.html.uri] = page.said
                if page.found:
                    told.faults[page.html.uri] = (page.edit_file, page.found)
        self._cache.flush()


def _stored(cache: Cache, content: bytes) -> tuple[str, tuple[int, int] | None]:
    """The object that a content is, with its stamp when it was written now."""
    name = digest(content).hex()
    return name, None if cache.has(name) else cache.write(name, content)
