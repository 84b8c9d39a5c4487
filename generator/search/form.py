"""The form of Pagefind 1.5's files.

Each is gzipped: a magic word, then CBOR (RFC 8949). The table of contents is [version, [[page's fragment, words]],
[[first word, last word, file]], [[filter, file]], [[sort key, …]], [name of a field]], a filter [name, [[value, [page's number]]]], an
index file [[[word, [[page's number, [place], [place in a field]]], [[spelling, [page as before]]]]]], a fragment JSON.
"""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path
from typing import Any

import cbor2

MAGIC = b"pagefind_dcd"
PAGES, CHUNKS, FILTERS, SORTS, FIELDS = 1, 2, 3, 4, 5
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


def write(folder: Path, prefix: str, ending: str, content: list[Any]) -> str:
    """Write a file under a name that follows from what is in it; returns the part that Pagefind calls hash.

    Args:
        folder: where it goes.
        prefix: what the name begins with, and that part too after any `pagefind.`: `pagefind.en_`, `en_`.
        ending: what it ends with, such as `.pf_meta`.
        content: what goes in.
    """
    data = MAGIC + cbor2.dumps(content)
    name = f"{prefix}{hashlib.sha256(data).hexdigest()[:10]}"
    (folder / f"{name}{ending}").write_bytes(gzip.compress(data, mtime=0))
    return name.removeprefix("pagefind.")
