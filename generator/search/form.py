"""The form of Pagefind 1.5's files.

Each is gzipped: a magic word, then CBOR (RFC 8949). The table of contents is [version, [[page's fragment, words]],
[[first word, last word, file]], [[filter, file]], [[sort key, …]], …], a filter [name, [[value, [page's number]]]], an
index file [[[word, [page, …], [spelling, …]]]], a fragment JSON.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cbor2

MAGIC = b"pagefind_dcd"
PAGES, CHUNKS, FILTERS, SORTS = 1, 2, 3, 4
"""Places in the table of contents."""


def unpacked(file: Path) -> bytes:
    """What is in a file, as CBOR or JSON."""
    data = gzip.decompress(file.read_bytes())
    if not data.startswith(MAGIC):
        raise ValueError(f"{file.name} begins otherwise")
    return data[len(MAGIC) :]


def read(file: Path) -> list[Any]:
    """What is in a file of CBOR."""
    content: list[Any] = cbor2.loads(unpacked(file))
    return content


def encoded_words(words: Sequence[str | list[Any]]) -> bytes:
    """An index file's content of so many words: those with pages in full, others by themselves.

    Most of the second index's words have no page, and there are tens of thousands: CBOR has four forms of a length that
    short words need, which are written here as `cbor2` writes them, in a tenth of the time.
    """
    entries = (_without_pages(word) if isinstance(word, str) else cbor2.dumps(word) for word in words)
    return b"\x81" + _head(0x80, len(words)) + b"".join(entries)


def _without_pages(word: str) -> bytes:
    text = word.encode()
    return b"\x83" + _head(0x60, len(text)) + text + b"\x80\x80"


def _head(kind: int, length: int) -> bytes:
    """How a list (0x80) or a text (0x60) of a length begins: RFC 8949, section 3."""
    if length < 24:
        return bytes((kind + length,))
    for size, mark in ((1, 24), (2, 25), (4, 26)):
        if length < 1 << 8 * size:
            return bytes((kind + mark,)) + length.to_bytes(size)
    raise ValueError(f"so many: {length}")


def write(folder: Path, prefix: str, ending: str, content: list[Any]) -> str:
    """Write a file under a name that follows from what is in it; returns the part that Pagefind calls hash.

    Args:
        folder: where it goes.
        prefix: what the name begins with, and that part too after any `pagefind.`: `pagefind.en_`, `en_`.
        ending: what it ends with, such as `.pf_meta`.
        content: what goes in.
    """
    return write_encoded(folder, prefix, ending, cbor2.dumps(content))


def write_encoded(folder: Path, prefix: str, ending: str, content: bytes) -> str:
    """The same of what is CBOR already."""
    data = MAGIC + content
    name = f"{prefix}{hashlib.sha256(data).hexdigest()[:10]}"
    (folder / f"{name}{ending}").write_bytes(gzip.compress(data, mtime=0))
    return name.removeprefix("pagefind.")
