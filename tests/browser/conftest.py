"""Fixtures that show pages to a real browser, and fail the test when a page has a problem."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request, Response, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from tools.browser import FLAGS as QUIETLY
from tools.browser import NONE_FOUND, find_browser

ROOT = Path(__file__).resolve().parents[2]
LOOPBACK = "127.0.0.1"

FLAGS = [
    *QUIETLY,
    # A page that asks another host is caught, and never answered.
    f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {LOOPBACK}, EXCLUDE localhost",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, so that `-m "not browser"` leaves them out."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give a started browser; without one, skip, or under CI fail."""
    path = find_browser()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail(NONE_FOUND, pytrace=False)
        pytest.skip(NONE_FOUND)
    with sync_playwright() as playwright:
        started = _launch(playwright, path)
        yield started
        started.close()


def _launch(playwright: Playwright, path: str) -> Browser:
    def launch(*, sandbox: bool) -> Browser:
        return playwright.chromium.launch(executable_path=path, headless=True, args=FLAGS, chromium_sandbox=sandbox)

    root = hasattr(os, "geteuid") and os.geteuid() == 0
    if not root:
        try:
            return launch(sandbox=True)
        except PlaywrightError:
            pass  # some systems grant an ordinary user no sandbox
    return launch(sandbox=False)


@pytest.fixture
def problems() -> Iterator[list[str]]:
    """Collect the problems of the test's pages; one still listed at the end fails the test.

    A test that means to cause a problem looks at the list and then clears it.
    """
    found: list[str] = []
    yield found
    if found:
        pytest.fail("problems in the browser:\n  " + "\n  ".join(dict.fromkeys(found)), pytrace=False)


@pytest.fixture
def new_page(browser: Browser, problems: list[str]) -> Iterator[Callable[..., Page]]:
    """Give a function that opens a page in a fresh context; it takes Playwright's context options."""
    contexts: list[BrowserContext] = []

    def open_page(**options: Any) -> Page:
        context = browser.new_context(**options)
        contexts.append(context)
        _watch(context, problems)
        return context.new_page()

    yield open_page
    for context in contexts:
        for page in context.pages:
            page.wait_for_load_state("load")
            page.evaluate("0")  # by its answer, all that the page has said before is here too
        context.close()


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """Give a page in a fresh context."""
    return new_page()


def _watch(context: BrowserContext, problems: list[str]) -> None:
    def on_console(message: ConsoleMessage) -> None:
        # A failed load is told below, with its address.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            problems.append(f"console error: {message.text}")

    def on_request(request: Request) -> None:
        if _foreign(request.url):
            problems.append(f"foreign request: {request.url}")

    def on_failed(request: Request) -> None:
        # Leaving a page aborts what it was still loading.
        if not _foreign(request.url) and request.failure != "net::ERR_ABORTED":
            problems.append(f"failed request: {request.url}: {request.failure}")

    def on_response(response: Response) -> None:
        if response.status >= HTTPStatus.BAD_REQUEST:
            problems.append(f"failed request: {response.url}: {response.status}")

    def on_socket(url: str) -> None:
        if _foreign(url):
            problems.append(f"foreign request: {url}")

    context.on("console", on_console)
    context.on("weberror", lambda error: problems.append(f"page error: {error.error}"))
    context.on("request", on_request)
    context.on("requestfailed", on_failed)
    context.on("response", on_response)
    context.on("page", lambda page: page.on("websocket", lambda socket: on_socket(socket.url)))


def _foreign(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname not in {LOOPBACK, "localhost"}


class _Handler(SimpleHTTPRequestHandler):
    """Serves a folder as a plain static host does, its own page for what is not found included."""

    protocol_version = "HTTP/1.1"
    extensions_map = {  # noqa: RUF012 (as in the base class)
        **SimpleHTTPRequestHandler.extensions_map,
        ".html": "text/html; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".mjs": "text/javascript; charset=utf-8",
        ".json": "application/json",
        ".svg": "image/svg+xml",
        ".webp": "image/webp",
        ".woff2": "font/woff2",
        ".xml": "application/xml",
        ".wasm": "application/wasm",
        ".pagefind": "application/octet-stream",
        ".pf_filter": "application/octet-stream",
        ".pf_fragment": "application/octet-stream",
        ".pf_index": "application/octet-stream",
        ".pf_meta": "application/octet-stream",
    }

    def __init__(self, *args: Any, under: str, **options: Any) -> None:
        self.under = under
        super().__init__(*args, **options)

    def translate_path(self, path: str) -> str:
        if not path.startswith(self.under + "/"):
            return super().translate_path("/outside-of-what-is-served")
        return super().translate_path(path.removeprefix(self.under))

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        not_found = Path(self.directory, "404.html")
        if code != HTTPStatus.NOT_FOUND or not not_found.is_file():
            super().send_error(code, message, explain)
            return
        body = not_found.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", self.extensions_map[".html"])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: pytest's output is for the tests."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):  # the browser hung up, as it does when a page is left
            super().handle_error(request, client_address)


@pytest.fixture(scope="session")
def serve_folder() -> Iterator[Callable[..., str]]:
    """Give a function that serves a folder on loopback and returns its address, without a slash at the end.

    With `under="/name"` the folder is served below that path, as project pages are.
    """
    servers: list[_Server] = []

    def serve(folder: Path, under: str = "") -> str:
        server = _Server((LOOPBACK, 0), partial(_Handler, directory=str(folder), under=under))
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        return f"http://{LOOPBACK}:{server.server_port}{under}"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the repository's own content once, as a user does, and give the folder of the site."""
    folder = tmp_path_factory.mktemp("built") / "site"
    command = [sys.executable, "-m", "generator", "build", "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode or not (folder / "index.html").is_file():
        pytest.fail(f"the site was not built (exit code {done.returncode}):\n{done.stdout}{done.stderr}", pytrace=False)
    return folder


@pytest.fixture(scope="session")
def site(built_site: Path, serve_folder: Callable[..., str]) -> str:
    """Serve the site's own content below a path, as project pages are, and give its address."""
    return serve_folder(built_site, under="/briefbook") + "/"
