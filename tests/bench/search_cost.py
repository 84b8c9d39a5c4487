"""What a first search costs a reader: the site over loopback, in a real browser that has nothing of it yet."""

from __future__ import annotations

import gzip
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tools.browser import FLAGS, NONE_FOUND, find_browser

from .cost import CommandError
from .sites import Builder

LIMIT = 120
"""Seconds that a search may take."""
HAND = 0.5
"""Seconds from a reader's click into the field to the end of the first word: to move a hand and to press a few keys."""
_TEXT = frozenset([".html", ".js", ".css", ".json", ".svg", ".xml", ".txt"])
_TYPE = """
async ([field, result, query, limit]) => {
  const input = document.querySelector(field);
  const start = performance.now();
  input.focus();
  input.value = query;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true, key: query.slice(-1) }));
  while (!document.querySelector(result) && performance.now() - start < 1000 * limit) await new Promise((next) => setTimeout(next, 2));
  return document.querySelector(result) ? performance.now() - start : -1;
}
"""


@dataclass(frozen=True, slots=True)
class Searched:
    """One query.

    Attributes:
        seconds: from the typing to the first result, where field and word come in the same moment, as they do to no reader.
        after_focus: the same where the field was chosen so long before as that takes a hand.
        fetched: bytes of the search’s own files until then, as a host sends them that compresses text.
        visit: bytes of the whole visit, the page with the field included.
    """

    seconds: float
    after_focus: float
    fetched: int
    visit: int


def searched(builder: Builder, queries: list[str]) -> list[Searched]:
    """Open the page with the search field, type, and wait for the first result: for each query in a fresh browser's profile."""
    path = find_browser()
    if path is None:
        raise SystemExit(NONE_FOUND)
    found = []
    with _served(builder.site) as (address, sent), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, headless=True, args=FLAGS, chromium_sandbox=False)
        for query in queries:
            sent.clear()
            with _visit(browser, address, builder) as page:
                seconds = _first_result(page, builder, query)
                page.wait_for_load_state("networkidle")
            sizes = {file: _size(file) for file in dict.fromkeys(sent)}
            own = sum(size for file, size in sizes.items() if re.search(builder.search_files, file.as_posix()))
            with _visit(browser, address, builder) as page:
                page.locator(builder.search_field).first.focus()
                page.wait_for_timeout(HAND * 1000)
                after_focus = _first_result(page, builder, query)
            found.append(Searched(seconds, after_focus, own, sum(sizes.values())))
        browser.close()
    _size.cache_clear()
    return found


@contextmanager
def _visit(browser: Browser, address: str, builder: Builder) -> Iterator[Page]:
    """The page with the search field, for somebody who has never been here."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    try:
        page = context.new_page()
        page.set_default_timeout(LIMIT * 1000)
        page.goto(f"{address}/{builder.search_page}", wait_until="load")
        page.locator(builder.search_field).first.wait_for()  # ours shows it when its script is there
        yield page
    finally:
        context.close()


def _first_result(page: Page, builder: Builder, query: str) -> float:
    """Type, and wait for the first result: so many seconds."""
    milliseconds: float = page.evaluate(_TYPE, [builder.search_field, builder.search_result, query, LIMIT])
    if milliseconds < 0:
        raise CommandError(f"no result for “{query}” within {LIMIT} s")
    return milliseconds / 1000


@cache
def _size(file: Path) -> int:
    content = file.read_bytes()
    return len(gzip.compress(content, 6)) if file.suffix in _TEXT else len(content)


@contextmanager
def _served(folder: Path) -> Iterator[tuple[str, list[Path]]]:
    """Serve a folder; gives its address, and the list of files that were asked for since it was last emptied."""
    sent: list[Path] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder), sent=sent))
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", sent
    finally:
        server.shutdown()
        server.server_close()


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".js": "text/javascript", ".wasm": "application/wasm"}  # noqa: RUF012 (as in the base class)

    def __init__(self, *args: Any, sent: list[Path], **options: Any) -> None:
        self._sent = sent
        super().__init__(*args, **options)

    def do_GET(self) -> None:
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        if file.is_file():
            self._sent.append(file)
        super().do_GET()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""
