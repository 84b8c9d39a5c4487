"""SVG text: the one place where text from records is escaped, and the frame of every picture."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CONTROLS = re.compile("[\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""C1 controls, and the marks that turn the direction of text: each label has its own direction here."""
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}
_SPECIAL = re.compile("[&<>\"']")
_SAFE_HREF = re.compile(r"(?:https?:|mailto:)|[^:]*(?:[/?#]|$)", re.IGNORECASE)
_PREFIX = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


def clean(text: str) -> str:
    """Text on one line, without characters that XML forbids or that turn the direction of what follows."""
    if text.isprintable():  # as most is: then there is none of them
        return " ".join(text.split())
    return " ".join(_CONTROLS.sub("", _NOT_XML.sub("", re.sub(r"[\t\n\r]", " ", text))).split())


def escape(text: str) -> str:
    """Text as it may stand in an element or an attribute, whatever it holds."""
    return _SPECIAL.sub(lambda found: _ESCAPES[found[0]], clean(text))


def shorten(text: str, limit: int) -> str:
    """Cleaned text of at most `limit` characters; an ellipsis says that more was there."""
    text = clean(text)
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def number(value: float) -> str:
    """At most one decimal, never `-0`, no needless zero: `3.5`, `12`, `.4`."""
    text = f"{value:.1f}".rstrip("0").rstrip(".")
    if text in ("-0", ""):
        return "0"
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def is_rtl(text: str) -> bool:
    """True when the first letter with a direction of its own runs from right to left (Unicode UAX #9, P2 and P3)."""
    for char in text:
        direction = unicodedata.bidirectional(char)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return False


def attributes(values: Iterable[tuple[str, str | float | None]]) -> str:
    """Attributes, each after a space; None leaves one out."""
    parts = []
    for name, value in values:
        if value is not None:
            parts.append(f' {name}="{escape(value) if isinstance(value, str) else number(value)}"')
    return "".join(parts)


def text_element(
    x: float,
    y: float,
    text: str,
    css: str,
    size: float,
    *,
    anchor: str = "start",
    language: str = "",
    fill: str = "#1f2328",
    weight: str | None = None,
) -> str:
    """A `<text>`. `anchor` is about left and right on the paper, whatever the direction of the script."""
    rtl = is_rtl(text)
    if rtl:
        anchor = {"start": "end", "end": "start"}.get(anchor, anchor)
    inside = attributes(
        (
            ("class", css),
            ("x", x),
            ("y", y),
            ("font-size", size),
            ("fill", fill),
            ("font-weight", weight),
            ("text-anchor", None if anchor == "start" else anchor),
            ("direction", "rtl" if rtl else None),
            ("lang", language or None),
        )
    )
    return f"<text{inside}>{escape(text)}</text>"


def link(body: str, href: str, label: str) -> str:
    """The body inside a link, or alone when the address is empty or no web address (such as `javascript:`).

    Without a label it is for the pointer alone: the keyboard passes it by. Then it belongs into a group that is
    `aria-hidden`, with the same link elsewhere.
    """
    href = clean(href)
    if not href or not _SAFE_HREF.match(href):
        return body
    named = (("aria-label", label),) if label else (("tabindex", "-1"),)
    return f"<a{attributes((('class', 'bb-link'), ('href', href), *named))}>{body}</a>"


def document(css: str, width: float, height: float, title: str, desc: str, id_prefix: str, body: str) -> str:
    """The whole picture, named by its title and told by its description.

    The role is `img`. Where links are inside it is `group`: whatever is inside an `img` is hidden from
    assistive technology, links too (WAI-ARIA 1.2, "children presentational").
    """
    if not _PREFIX.fullmatch(id_prefix):
        raise ValueError(f"an id prefix is ASCII letters, digits, - and _, starting with a letter: {id_prefix!r}")
    role = "group" if "<a " in body else "img"
    head = attributes(
        (
            ("xmlns", "http://www.w3.org/2000/svg"),
            ("class", f"bb-picture {css}"),
            ("viewBox", f"0 0 {number(width)} {number(height)}"),
            ("width", width),
            ("height", height),
            ("role", role),
            ("aria-labelledby", f"{id_prefix}-title"),
            ("aria-describedby", f"{id_prefix}-desc"),
            ("font-family", "system-ui, sans-serif"),
        )
    )
    title_line = f'<title id="{id_prefix}-title">{escape(title)}</title><desc id="{id_prefix}-desc">{escape(desc)}</desc>'
    return f"<svg{head}>{title_line}{body}</svg>"
