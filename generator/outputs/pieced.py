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
