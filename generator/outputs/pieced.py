"""Files of many like pieces, such as the rows of a table: each piece is made alone, and all are put together as they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import simplejson

from .file import OutputFile


@dataclass(frozen=True, slots=True)
class Pieced:
    """What stands around the pieces of a file.

    Attributes:
        path: the file, from the site's root.
        head: what stands before the first piece.
        between: what stands between two.
        tail: what stands after the last.
        empty: the whole file where there is no piece.
    """

    path: str
    head: bytes
    between: bytes
    tail: bytes
    empty: bytes

    def file(self, pieces: Iterable[bytes]) -> OutputFile:
        """The file with these pieces."""
        joined = self.between.join(pieces)
        return OutputFile(self.path, self.head + joined + self.tail if joined else self.empty)


Replaced = tuple[bytes, bytes]
"""A piece, and what stands in its place now."""


def with_others(content: bytes, replaced: Iterable[Replaced]) -> bytes | None:
    """A file in which some pieces are others now.

    Args:
        content: the file before.
        replaced: pieces in it, none of them empty, in the order in which they were replaced.

    Returns:
        None where it does not tell where one of them is.
    """
    for old, new in replaced:
        # It is somewhere. Where it is only once, that is its place.
        start = content.find(old)
        if start < 0 or content.find(old, start + 1) >= 0:
            return None
        around = memoryview(content)
        content = b"".join((around[:start], new, around[start + len(old) :]))
    return content


def json_list(path: str, value: Mapping[str, Any], field: str) -> Pieced:
    """A group in JSON whose last field is a list of pieces, indented as everywhere."""
    text = written({**value, field: []})
    start, end = text.rsplit("[]", 1)
    return Pieced(path, f"{start}[\n".encode(), b",\n", f"\n  ]{end}".encode(), text.encode())


def json_piece(value: Mapping[str, Any]) -> bytes:
    """A piece of such a list."""
    # A line break in a text is written as \\n, so every line is one of the form.
    return "\n".join(f"    {line}" for line in _dumped(value).split("\n")).encode()


def written(value: Mapping[str, Any]) -> str:
    """A value as a whole file. Numbers keep their digits: 1.10 stays 1.10, which is a number in JSON too."""
    return f"{_dumped(value)}\n"


def _dumped(value: Mapping[str, Any]) -> str:
    return str(simplejson.dumps(value, indent=2, ensure_ascii=False, use_decimal=True))
