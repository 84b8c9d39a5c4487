"""A site's folder served while it changes, to browsers that load a page again when it has become another.

MkDocs' own server holds back every page while the site is made, and then has all open ones loaded again. Here what is
there is served at any time, and who looks at a page waits for that page alone.
"""

from __future__ import annotations

import html
import mimetypes
import posixpath
import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING
from urllib.parse import quote
from wsgiref.util import FileWrapper

from .hashing import digest
from .policy import allowing

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

PATIENCE = 50
"""Seconds after which a browser that waits is answered, so that connections of closed pages end."""
LIVE = "/livereload/"
"""Under this address a browser waits: then come the state that it knows and the page's own address."""
SHARED = "assets/"
"""What begins so shows in every page."""
NOT_FOUND = "404.html"

_POLICY = re.compile(rb'(<meta http-equiv="Content-Security-Policy" content=")([^"]*)(">)')
_SCRIPT = """
(function () {
  "use strict";
  var given = document.currentScript.dataset, known = given.state, waiting = null;
  function wait() {
    if (document.visibilityState !== "visible" || waiting) return;
    var asked = waiting = new AbortController();
    fetch(given.live + known + location.pathname, { cache: "no-store", signal: asked.signal })
      .then(function (answer) { return answer.ok ? answer.text() : Promise.reject(answer.status); })
      .then(function (state) {
        waiting = null;
        if (state !== known) location.reload(); else wait();
      })
      .catch(function () {
        if (waiting !== asked) return;
        waiting = null;
        setTimeout(wait, 2000);
      });
  }
  document.addEventListener("visibilitychange", function () {
    if (document.visibilityState === "visible") { wait(); }
    else if (waiting) { var asked = waiting; waiting = null; asked.abort(); }
  });
  wait();
})();
"""
"""Waits in pages that somebody looks at: a browser has few connections to one server."""


class Window:
    """A folder as browsers see it: a WSGI application (PEP 3333)."""

    def __init__(self, folder: Path, mount: str) -> None:
        """Take the folder and the address of its root, with a slash at both ends."""
        self._folder, self._mount = folder, mount
        self._changing = threading.Condition()
        self._states: Mapping[str, str] = {}
        self._shared = ""

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Change the folder while nobody reads in it."""
        with self._changing:
            yield

    def shows(self, contents: Mapping[str, str]) -> None:
        """Say what is in the folder now: by path, what tells a file's content from any other."""
        with self._changing:
            self._states = contents
            shared = sorted((path, content) for path, content in contents.items() if path.startswith(SHARED))
            self._shared = digest(*(part for each in shared for part in each)).hex()
            self._changing.notify_all()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        path = environ.get("PATH_INFO", "").encode("latin-1").decode("utf-8", "replace")
        if path.startswith(LIVE):
            known, _, page = path.removeprefix(LIVE).partition("/")
            start_response("200 OK", [("Content-Type", "text/plain"), ("Cache-Control", "no-store")])
            return [self._wait(known, f"/{page}").encode()]
        if path == "/" != self._mount:
            return _redirect(quote(self._mount), start_response)
        return self._serve(path, start_response)

    def _wait(self, known: str, page: str) -> str:
        """The state of a page, at once when it is another, else when it has become another or patience ends."""
        file = self._file(page)
        with self._changing:
            self._changing.wait_for(lambda: self._state(file) != known, timeout=PATIENCE)
            return self._state(file)

    def _state(self, file: str | None) -> str:
        found = self._states.get(file or "") or f"none {self._states.get(NOT_FOUND)}"
        return digest(found, self._shared).hex()[:16]

    def _file(self, path: str) -> str | None:
        """The file of an address, by its path from the folder; None for an address outside the site."""
        if not f"{path}/".startswith(self._mount):
            return None
        inside = path[len(self._mount) :]
        return posixpath.normpath(f"/{inside}index.html" if not inside or inside.endswith("/") else f"/{inside}").lstrip("/")

    def _serve(self, path: str, start_response: StartResponse) -> Iterable[bytes]:
        file = self._file(path)
        status = "200 OK"
        with self._changing:
            stream = self._open(file)
            if stream is None and file is not None and self._is_file(f"{file}/index.html"):
                return _redirect(f"{quote(path)}/", start_response)
            if stream is None:
                status, stream = "404 Not Found", self._open(NOT_FOUND)
            state = self._state(file)
        name = file if status == "200 OK" and file else NOT_FOUND
        kind = "text/javascript" if name.endswith((".js", ".mjs")) else mimetypes.guess_type(name)[0] or "application/octet-stream"
        headers = [("Content-Type", kind), ("Cache-Control", "no-cache")]
        if kind != "text/html" and stream:
            start_response(status, headers)
            return FileWrapper(stream)
        with stream or BytesIO() as opened:
            page = live(opened.read(), state)
        start_response(status, [*headers, ("Content-Length", str(len(page)))])
        return [page]

    def _open(self, file: str | None) -> IO[bytes] | None:
        try:
            return (self._folder / file).open("rb") if file else None
        except (OSError, ValueError):  # such as one with a NUL in its name
            return None

    def _is_file(self, file: str) -> bool:
        try:
            return (self._folder / file).is_file()
        except (OSError, ValueError):
            return False


def _redirect(to: str, start_response: StartResponse) -> Iterable[bytes]:
    start_response("302 Found", [("Location", to), ("Content-Type", "text/plain")])
    return []


def live(page: bytes, state: str) -> bytes:
    """A page that waits for its next state. Its policy allows that one script more, which is the same in all."""
    page = _POLICY.sub(lambda found: found[1] + _also_ours(found[2]) + found[3], page, count=1)
    body, end, rest = page.rpartition(b"</body>")
    script = f'<script data-live="{LIVE}" data-state="{state}">{_SCRIPT}</script>'.encode()
    return body + script + end + rest if end else page + script


def _also_ours(policy: bytes) -> bytes:
    return html.escape(allowing(_SCRIPT, html.unescape(policy.decode()))).encode()
