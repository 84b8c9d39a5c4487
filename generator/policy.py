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
_SETS = frozenset({"imagesrcset", "srcset"})
_SENDING = frozenset({"action", "attributionsrc", "formaction", "ping"})
_DRAWING = frozenset({"clip-path", "cursor", "filter", "marker-end", "marker-mid", "marker-start", "mask"})
_ADDRESSES = frozenset({"background", "href", "poster", "src", "xlink:href"}) | _SETS | _SENDING | _DRAWING
"""Attributes that hold addresses: one, several pictures to choose from, where to send, `url()` in a drawing."""
_LINKS = frozenset({"a", "area"})
"""What they name is asked for when a reader follows it."""
_LOADED = frozenset(
    {
        "apple-touch-icon",
        "dns-prefetch",
        "icon",
        "manifest",
        "mask-icon",
        "modulepreload",
        "preconnect",
        "prefetch",
        "preload",
        "prerender",
        "stylesheet",
    }
)
"""What a <link> says of something that the browser asks for by itself."""
_MAY_BE_DATA = frozenset({"background", "poster"}) | _SETS
_PICTURES = frozenset({"feimage", "image", "img", "input"})

_CANDIDATE = re.compile(r"[\s,]*(\S*[^\s,])(?:,|[^,]*)")
_URL = re.compile(r"""url\(\s*["']?([^)]*)""", re.IGNORECASE)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//")

_REFRESH = re.compile(r"""[\s\d.;,]*(?:url\s*=\s*)?["']?\s*([^"']*)""", re.IGNORECASE)
"""What `<meta http-equiv="refresh">` says: seconds, and where to go then."""

_NAME = rf"(?!(?i:on|style|http-equiv|{'|'.join(sorted(_ADDRESSES))}))[A-Za-z][\w:-]*+"
_HERE = r'"/?(?:[\w.-]++(?:[/?#][^"]*+)?|[?#][^"]*+)?"'
_PLAIN = rf'{_NAME}(?:="[^"]*+")?'
_OTHERS = rf"(?:[ \n]+(?:{_PLAIN}|(?:href|src)={_HERE}))*+"
_HINT = re.compile(
    r"<(?=[A-Za-z])(?!(?:"
    rf'a(?:[ \n]+(?:{_PLAIN}|href=(?:{_HERE}|"https?:[^"]*+")))*+'
    r'|link rel="canonical" href="https?:[^"]*+"'
    r'|meta http-equiv="Content-Security-Policy" content="[^"]*+"'
    rf'|script(?: id="[^"]*+")? (?:type="application/(?:ld\+)?json"|src={_HERE}){_OTHERS}'
    rf"|(?!(?:script|{'|'.join(sorted(_BLOCKED))})\b)[a-z][a-z0-9-]*+{_OTHERS}"
    r")[ \n]*/?>)"
)
"""A tag that is not, letter for letter, one of the plain ones that pages are made of.

A page without any has no fault; a parser would take ten times as long to say so. Only such writing counts as
plain as leaves a parser no choice, and each `<` is looked at, so nothing can hide in quotes or comments.
"""


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
    hashes = "".join(f" {_hash(script)}" for script in sorted(set(scripts)))
    return (
        f"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{hashes}; style-src 'self'; img-src 'self' data:; media-src 'self'; "
        "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'"
    )


def allowing(script: str, policy: str) -> str:
    """A policy under which one more inline script may run, and ask the site itself."""
    directives = {name: rest for name, _, rest in (part.strip().partition(" ") for part in policy.split(";")) if name}
    for name, source in (("script-src", _hash(script)), ("connect-src", "'self'")):
        sources = [each for each in directives.get(name, "").split() if each != "'none'"]
        directives[name] = " ".join(sources if source in sources else [*sources, source])
    return "; ".join(f"{name} {rest}".strip() for name, rest in directives.items())


def _hash(script: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def faults(html: str, allowed: Collection[str]) -> tuple[Fault, ...]:
    """What of a page is blocked when only the `allowed` inline scripts may run."""
    rest = html
    for script in allowed:
        rest = rest.replace(f"<script>{script}</script>", "")
    if not _HINT.search(rest):
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
    rel = frozenset(attributes.get("rel", "").lower().split())
    for name, value in attributes.items():
        addresses = [_as_read(address) for address in _addresses(name, value)]
        if name == "style":
            yield "a style attribute"
        elif name.startswith("on") or any(address.startswith("javascript:") for address in addresses):
            yield f"a script in the attribute {name}"
        elif name in {"href", "xlink:href"} and (tag in _LINKS or (tag == "link" and not rel & _LOADED)):
            continue
        elif name == "content" and attributes.get("http-equiv", "").strip().lower() == "refresh":
            found = _REFRESH.match(value)
            if found and _ELSEWHERE.match(_as_read(found[1])):
                yield "something that leads to another host by itself"
        elif any(_ELSEWHERE.match(address) and not address.startswith("data:") for address in addresses):
            yield f"something {'sent to' if name in _SENDING else 'loaded from'} another host"
        elif any(address.startswith("data:") for address in addresses) and not (
            name in _MAY_BE_DATA or tag in _PICTURES or (tag == "link" and "icon" in rel)
        ):
            yield "data in place of a file"


def _as_read(address: str) -> str:
    """An address as a browser reads it."""
    return re.sub(r"[\x00-\x20]", "", address).replace("\\", "/").lower()


def _addresses(name: str, value: str) -> list[str]:
    if name not in _ADDRESSES:
        return []
    if name in _SETS:
        return _CANDIDATE.findall(value)
    if name in _DRAWING:
        return _URL.findall(value)
    return value.split() if name == "ping" else [value]
