"""The small part of Markdown that prose fields may use: emphasis, strong, links; paragraphs by blank lines.

Read with markdown-it-py (CommonMark), with every other rule off, so anything else is the text it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import cast

from markdown_it import MarkdownIt
from markdown_it.token import Token

from .kinds import KINDS, Kind

_RECORD_LINK = re.compile(rf"({'|'.join(KINDS)}):([a-z0-9-]+)(?:#([a-z0-9-]+))?")
_HALF_LINK = re.compile(rf"\]\(|\] ?\((?:https?|{'|'.join(KINDS)}):|\((?:{'|'.join(KINDS)}):[a-z0-9]")
_SPACE = re.compile(r"[ \t\n]{2,}|[\t\n]")
"""A lone space needs no other in its place."""
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_SPECIAL = re.compile(r"[*_\[\]\\]")


@lru_cache(maxsize=1)
def _reader() -> MarkdownIt:
    reader = MarkdownIt("zero").enable(["emphasis", "link", "escape"])
    # Addresses are judged by the record's validator, which can say where; nothing is dropped here.
    reader.validateLink = lambda url: True  # type: ignore[method-assign]  # how the library is told
    reader.normalizeLink = lambda url: url  # type: ignore[method-assign]  # as above
    return reader


def paragraphs(text: str) -> list[str]:
    """The text cut at blank lines, each paragraph on one line."""
    # Not by str.split(), which would take no-break spaces for ordinary ones.
    parts = (_SPACE.sub(" ", part).strip(" ") for part in (_BLANK_LINE.split(text) if "\n" in text else (text,)))
    return [part for part in parts if part]


def tokens(paragraph: str) -> Sequence[Token]:
    """One paragraph as inline tokens: text, em_open, em_close, strong_open, strong_close, link_open, link_close."""
    return _read(paragraph) if _SPECIAL.search(paragraph) else (Token("text", "", 0, content=paragraph),)


@lru_cache(maxsize=1_000)  # what is judged is read several times, and each version of a sheet has most of it; a few megabytes
def _read(paragraph: str) -> tuple[Token, ...]:
    return tuple(_reader().parseInline(paragraph)[0].children or ())


def links(text: str) -> Iterator[str]:
    """Every link's target in the text, as written."""
    for paragraph in paragraphs(text):
        if "](" in paragraph:
            for token in tokens(paragraph):
                if token.type == "link_open":
                    yield str(token.attrs["href"])


def half_link(text: str) -> str:
    """What looks like a link that did not become one, such as `](place:rawa`; empty if there is none."""
    for paragraph in paragraphs(text):
        for token in tokens(paragraph):
            found = _HALF_LINK.search(token.content) if token.type == "text" else None
            if found:
                return found[0]
    return ""


def record_link(url: str) -> tuple[Kind, str, str] | None:
    """`place:rawa` as (kind, id, anchor), or None when the target is no record."""
    match = _RECORD_LINK.fullmatch(url)
    return (cast(Kind, match[1]), match[2], match[3] or "") if match else None
