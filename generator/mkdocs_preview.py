"""What a preview does besides building: it says what each save changed, and has a folder that follows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import nullcontext
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import get_plugin_logger

from . import digest
from .cache import Cache
from .catalog import Catalog
from .comparison import Made, difference, edits_of
from .load import Loaded
from .outputs import is_feed
from .preview_server import Window
from .progress import Progress
from .publish import Preview
from .schema import write_schemas
from .site_builder import Site
from .views.library import Key, Library
from .watching import observer_of_changes

log = get_plugin_logger("briefbook")

CHANGES_SAID = 8
"""Of what an edit did, so many facts and pages are said after each save."""
FEW_RECORDS = 2_000
"""Sheets and sources: with more, schemas for editors are written when a preview begins, and not at each change."""


class Following:
    """A preview from its first build to its last."""

    def __init__(self) -> None:
        """Begin before the first build."""
        self._shown: Made | None = None
        self._before: dict[Key, Loaded | None] = {}
        self._preview: Preview | None = None
        self._window: Window | None = None

    def write_schemas(self, config: MkDocsConfig, records: Catalog | None) -> None:
        """Keep the schemas for editors up to date. Without them, editing goes on."""
        if records and (self._shown is None or len(records.sources) + len(records.briefings) <= FEW_RECORDS):
            try:
                write_schemas(Path(config.config_file_path).parent, records)
            except OSError as error:
                log.warning(f"no schemas for editors: {error}")

    def note(self, before: Mapping[Key, Loaded | None]) -> None:
        """Remember what records were the last time that all was well."""
        self._before = {**before, **self._before}

    def say_what_changed(self, library: Library, site: Site) -> None:
        """What became of facts and pages since then."""
        feeds = {path: name for path, name in site.files.items() if is_feed(path)}
        seen = Made({uri: page.object for uri, page in site.pages.items()}, feeds)
        if self._shown:
            for line in digest.as_lines(difference(edits_of(library, self._before), self._shown, seen), CHANGES_SAID):
                log.info(line)
        self._shown, self._before = seen, {}

    def glimpse(self, objects: Mapping[str, str], cache: Cache) -> None:
        """Show the pages of what was just saved; all else follows when it is made."""
        if self._preview and self._window:
            with self._window.changing():
                is_new = self._preview.glimpse(objects, cache)
            if is_new:
                self._window.shows(self._preview.contents)
                log.info(f"{', '.join(sorted(objects))} can be seen; what else this changes is being made")

    def show(self, built: Path, objects: Mapping[str, str], searched: Collection[str], cache: Cache, progress: Progress) -> None:
        """Put what was built into the preview's folder, as far as it is not there."""
        if self._preview is None:
            self._preview = Preview(cache.folder, progress)
        with self._window.changing() if self._window else nullcontext():
            self._preview.show(built, objects, cache)
        if self._window:
            self._window.shows(self._preview.contents)
        if objects:
            self._preview.index(built, searched)

    def serve_from(self, server: LiveReloadServer, watched: Iterable[str]) -> None:
        """Let the server show this folder, since MkDocs empties its own at each change, and have it told what changes.

        Args:
            server: MkDocs' own.
            watched: the files and folders that it was told to watch so far.
        """
        if self._preview:
            self._window = Window(self._preview.folder, server.mount_path)
            self._window.shows(self._preview.contents)
            server.set_app(self._window)
        observer = observer_of_changes(map(Path, watched))
        if observer:
            for path in watched:
                server.unwatch(path)
            server.observer = observer  # type: ignore[assignment]  # it says which of several it uses, and needs none of them
            for path in watched:
                server.watch(path)

    def close(self) -> None:
        """Remove the folder."""
        if self._preview:
            self._preview.close()
