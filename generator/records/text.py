"""Fields of text: a line, prose with a little Markdown, words as they were spoken."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from .. import prose
from ..errors import quoted
from ..kinds import FOLDERS
from .refusal import kind_of, refuse
from .values import url_fault

LINE_LIMIT = 300
PROSE_LIMIT = 10_000

_BLANK = re.compile(r"[\s\u00ad\u115f\u1160\u180e\u200b-\u200f\u2060-\u206f\u3164\u2800\ufe00-\ufe0f\ufeff]*")


def _text(value: object, limit: int) -> str:
    if not isinstance(value, str):
        refuse(f"{kind_of(value)}", "text", _text_hint(value))
    if _BLANK.fullmatch(value):
        refuse("nothing to read here" if value else "empty", "text", "fill it in, or remove the line")
    if len(value) > limit:
        refuse(f"{len(value):,} characters", f"at most {limit:,}", "shorten it, or split it")
    return str(value)


def _text_hint(value: object) -> str:
    if isinstance(value, dict) and len(value) == 1:
        return "a text that holds `: ` needs quotes around it"
    if isinstance(value, list):
        return "remove the leading `- ` or the brackets, or put the text in quotes"
    return ""


def _line(value: object) -> str:
    text = _text(value, LINE_LIMIT).strip()
    if "\n" in text:
        refuse("several lines", "one line of text", "join the lines")
    return text


def _prose(value: object) -> str:
    text = _text(value, PROSE_LIMIT).strip()
    half = prose.half_link(text)
    if half:
        refuse(
            f"{quoted(half)}, part of a link that is not whole",
            "[words](https://…) or [words](place:rawa)",
            "close its brackets, with nothing between them",
        )
    for url in prose.links(text):
        fault = url_fault(url)
        if fault and not prose.record_link(url):
            refuse(
                f"a link to {quoted(url)}: {fault}",
                "an address that starts with https:// or http://, or a record such as place:rawa",
                _link_hint(url),
            )
    return text


def _link_hint(url: str) -> str:
    """For a record's kind written in the plural, as its folder is."""
    folder, _, rest = url.partition(":")
    kind = next((kind for kind, name in FOLDERS.items() if name == folder.lower()), "")
    return f"did you mean {kind}:{rest}?" if kind and prose.record_link(f"{kind}:{rest}") else ""


def _verbatim(value: object) -> str:
    return _text(value, PROSE_LIMIT).strip()


_TEXT: dict[str, Any] = {"type": "string", "minLength": 1}
Line = Annotated[str, BeforeValidator(_line), WithJsonSchema({**_TEXT, "maxLength": LINE_LIMIT})]
"""Plain text on one line, shown exactly as written."""
Prose = Annotated[str, BeforeValidator(_prose), WithJsonSchema({**_TEXT, "maxLength": PROSE_LIMIT})]
"""Text in which *emphasis*, **strong** and [links](https://…) or [links](place:rawa) work, and nothing else."""
Verbatim = Annotated[str, BeforeValidator(_verbatim), WithJsonSchema({**_TEXT, "maxLength": PROSE_LIMIT})]
"""Spoken or printed words, character for character."""
