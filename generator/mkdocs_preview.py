"""What a preview does besides building: it says what each save changed, and has a folder that follows."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import get_plugin_logger

from . import digest
from .cache import Cache
from .catalog import Catalog
from .comparison import Made, difference, edits_of
from .load import Loaded
from .outputs import is_feed
from .progress import Progress
from .publish import Preview
from .schema import write_schemas
from .site_builder import Site
from .views.library import Key, Library

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

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

    def show(self, built: Path, objects: Mapping[str, str], searched: Collection[str], cache: Cache, progress: Progress) -> None:
        """Put what was built into the preview's folder, as far as it is not there."""
        if self._preview is None:
            self._preview = Preview(cache.folder, progress)
        self._preview.show(built, objects, searched, cache)

    def serve_from(self, server: LiveReloadServer) -> None:
        """Let the server show this folder, since MkDocs empties its own at each change, and pages without their policy."""
        if self._preview:
            server.root = str(self._preview.folder)
        server.set_app(_without_policy(server.serve_request))

    def close(self) -> None:
        """Remove the folder."""
        if self._preview:
            self._preview.close()


_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>')


def _without_policy(app: WSGIApplication) -> WSGIApplication:
    """The same pages without the policy that would stop MkDocs' script from reloading them, which changes each time."""

    def served(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        told: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], *_: Any) -> Callable[[bytes], object]:
            told[:] = status, headers
            return lambda data: None

        body = app(environ, start)
        status, headers = told
        if ("Content-Type", "text/html") not in headers:
            start_response(status, headers)
            return body
        page = _POLICY.sub(b"", b"".join(body), count=1)
        start_response(status, [(name, str(len(page)) if name == "Content-Length" else value) for name, value in headers])
        return [page]

    return served
