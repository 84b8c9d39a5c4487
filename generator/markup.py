"""Text from records made safe for where it lands. The one owner of escaping into Markdown and HTML.

A record's text is data: whatever it looks like, a page shows it as the text it is. Every character that
Markdown, an extension of it, HTML or a template could take for more than itself is written as a numeric
entity. Entities mean the same in every Markdown builder and nothing starts with one.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import quote

from markupsafe import Markup

from . import prose
from .kinds import Kind
from .wording import SITE_LANGUAGE

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>&|~^=#+!$\"]|^[-:]|^\d+(?=[.)](?:\s|$))")
_SPACE = re.compile(r"[ \t\n\v\f\r]{2,}|[\t\n\v\f\r]")
"""A lone space needs no other in its place."""
_FAR = re.compile("[\u0590-\U0010ffff]")
"""No letter before these runs from right to left; most texts have none but quotes and dashes."""
REMEMBERED = 8_000
"""Names, titles and claims come again and again, on one page and on the next. So many are kept as they are written: a few megabytes."""

RecordLink = Callable[[Kind, str, str], str]
"""The address for a record link in prose: kind, id, anchor."""


def escape(text: object) -> Markup:
    """Plain text for anywhere in a Markdown page: paragraphs, headings, table cells, link texts."""
    return text if isinstance(text, Markup) else _escaped(str(text))


@lru_cache(REMEMBERED)
def _escaped(text: str) -> Markup:
    return Markup(_SPECIAL.sub(_entity, _one_line(text)))


def _one_line(text: str) -> str:
    """The text without line breaks. A no-break space is a character like any other, and stays."""
    return _SPACE.sub(" ", text).strip(" ")


def _entity(match: re.Match[str]) -> str:
    found = match[0]
    # "1." at the start of a line would be a list: the first digit is enough.
    return f"&#{ord(found[0])};{found[1:]}"


def render_prose(text: str, link: RecordLink) -> Markup:
    """A prose field as Markdown: emphasis, strong and links as such, all else escaped.

    Paragraphs are separated by a blank line.
    """
    return Markup("\n\n".join(_paragraph(part, link) for part in prose.paragraphs(text)))


_PLAIN_TOKENS = {"em_open": "<em>", "em_close": "</em>", "strong_open": "<strong>", "strong_close": "</strong>"}
"""As HTML, since builders differ on what asterisks mean that stand together or beside an entity."""


def _paragraph(text: str, link: RecordLink) -> str:
    parts: list[str] = []
    addresses: list[str] = []
    for token in prose.tokens(text):
        if token.type == "text":
            parts.append(str(_SPECIAL.sub(_entity, token.content)))
        elif token.type == "link_open":
            addresses.append(_address(str(token.attrs["href"]), link))
            parts.append("[")
        elif token.type == "link_close":
            parts.append(f"]({addresses.pop()})")
        elif token.type in _PLAIN_TOKENS:
            parts.append(_PLAIN_TOKENS[token.type])
        else:
            parts.append(str(_SPECIAL.sub(_entity, token.content or "")))
    return "".join(parts)


def _address(url: str, link: RecordLink) -> str:
    found = prose.record_link(url)
    return link(*found) if found else link_address(url)


def link_address(url: str) -> str:
    """A web address inside a Markdown link, with what would end the link written as %XX."""
    address = quote(url, safe="%/:?#@!$&'()*+,;=~.-_")
    if not _balanced(address):
        address = address.replace("(", "%28").replace(")", "%29")
    return address.replace("&", "&amp;")


def _balanced(text: str) -> bool:
    depth = 0
    for char in text:
        depth += (char == "(") - (char == ")")
        if depth < 0:
            return False
    return depth == 0


def in_language(text: str, tag: str) -> Markup:
    """Words in another language than the templates', marked as such for voices, fonts and direction."""
    if not tag or tag.partition("-")[0] == SITE_LANGUAGE:
        return apart(text)
    return Markup(f'<span lang="{html.escape(tag)}" dir="auto">{escape(text)}</span>')


def apart(text: str) -> Markup:
    """Words that may run from right to left, kept from turning round what stands beside them."""
    words = escape(text)
    return Markup(f"<bdi>{words}</bdi>") if runs_from_right(text) else words


@lru_cache(REMEMBERED)
def plain(text: str) -> str:
    """A prose field without its marks, for titles, descriptions and data."""
    return " ".join("".join(token.content for token in prose.tokens(part) if token.content) for part in prose.paragraphs(text))


def runs_from_right(text: str) -> bool:
    """Whether some of a text runs from right to left, so that it could turn round what stands beside it."""
    return not text.isascii() and any(unicodedata.bidirectional(char) in ("R", "AL") for char in _FAR.findall(text))


def escape_verbatim(text: str) -> str:
    """Plain text for HTML that keeps every space, such as source text: nothing in it is HTML or Markdown."""
    return _SPECIAL.sub(_entity, text)


def escape_html(text: str) -> str:
    """Plain text for HTML content or a quoted attribute."""
    return html.escape(_one_line(text), quote=True)
