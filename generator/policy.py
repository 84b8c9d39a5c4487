"""What a published page may load and run, and what of a page that rule would block.

Pages carry a Content-Security-Policy: a script that got in by a record, however it did, stays dead text.
The only inline scripts it allows are the theme's own, by their hashes. What it would block is told while
building, since a reader's browser blocks without a word.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

_DATA_BLOCK = re.compile(r"application/(?:[\w.-]+\+)?json", re.IGNORECASE)
"""A script element of this type is not run."""
_BLOCKED = frozenset({"applet", "base", "embed", "frame", "iframe", "object", "style"})
_ADDRESSES = frozenset({"action", "formaction", "href", "src", "xlink:href"})
_ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)

_HINT = re.compile(
    r"""<(?:applet|base|embed|frame|iframe|object|style)\b
    | <script(?![^>]*\s(?:src=|type="application/))
    | [\s"'/](?:on[a-z]+|style)\s*=
    | javascript:
    | src\s*=\s*["']?\s*(?:[a-z][a-z0-9+.-]*:)?//
    | <link(?=[^>]*\bstylesheet\b)[^>]*//""",
    re.VERBOSE,
)
"""A page, in lower case, without any of these has no fault: a parser would take ten times as long to say so."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a page that the policy blocks.

    Attributes:
        tag: the start tag as it stands in the page.
        line: its line in the page, from 1.
        found: what it is, in words.
    """

    tag: str
    line: int
    found: str


def inline_scripts(html: str) -> tuple[str, ...]:
    """The text of each script that the page holds and a browser would run."""
    return tuple(script for script, _ in _read(html).scripts)


def content_security_policy(scripts: Collection[str]) -> str:
    """The policy that allows these inline scripts, and otherwise only what comes from the site itself.

    WebAssembly is the search's. Pictures may be data, since the theme's style sheet holds its icons.
    `frame-ancestors` and reports need a header, which a static host may not send.
    """
    hashes = "".join(f" 'sha256-{b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" for script in sorted(set(scripts)))
    return (
        f"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{hashes}; style-src 'self'; img-src 'self' data:; media-src 'self'; "
        "font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'"
    )


def faults(html: str, allowed: Collection[str]) -> tuple[Fault, ...]:
    """What of a page is blocked when only the `allowed` inline scripts may run."""
    rest = html
    for script in allowed:
        rest = rest.replace(f"<script>{script}</script>", "")
    if not _HINT.search(rest.lower()):
        return ()
    page = _read(html)
    scripts = [fault for script, fault in page.scripts if script not in allowed]
    return tuple(sorted([*page.faults, *scripts], key=lambda fault: fault.line))


def _read(html: str) -> _Page:
    page = _Page()
    page.feed(html)
    page.close()
    return page


class _Page(HTMLParser):
    """Collects a page's inline scripts, and whatever no page may hold."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.scripts: list[tuple[str, Fault]] = []
        self.faults: list[Fault] = []
        self._script: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in reversed(attrs)}
        self.faults.extend(self._fault(found) for found in _blocked(tag, values))
        if tag == "script" and "src" not in values and not _DATA_BLOCK.fullmatch(values.get("type", "").strip()):
            self._script = []
            self.scripts.append(("", self._fault("an inline script")))

    def handle_data(self, data: str) -> None:
        if self._script is not None:
            self._script.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._script is not None:
            self.scripts[-1] = ("".join(self._script), self.scripts[-1][1])
            self._script = None

    def _fault(self, found: str) -> Fault:
        return Fault(self.get_starttag_text() or "", self.getpos()[0], found)


def _blocked(tag: str, attributes: dict[str, str]) -> Iterator[str]:
    if tag in _BLOCKED:
        yield f"the element <{tag}>"
    for name, value in attributes.items():
        address = re.sub(r"[\x00-\x20]", "", value)  # as a browser reads it
        if name == "style":
            yield "a style attribute"
        elif name.startswith("on") or (name in _ADDRESSES and address.lower().startswith("javascript:")):
            yield f"a script in the attribute {name}"
        elif _ELSEWHERE.match(address) and (name == "src" or (name == "href" and "stylesheet" in attributes.get("rel", "").lower())):
            yield "something loaded from another host"
