"""What pages can be sorted out by: files that say for each page of an index which places, actors, … it has.

A browser fetches one when a reader opens that facet, and counts and narrows by itself: exactly, whatever has been
edited since the index was made, and without asking Pagefind again.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TypedDict

from ..facets import parted
from .files import as_json, digest
from .merging import Index

FOLDER = "facets"
_NAME = re.compile(r"[a-z]+")


class Files(TypedDict):
    """Where the facets of an index are."""

    pages: str
    """The file with the names of all pages, in the order in which the others speak of them."""
    facets: dict[str, str]


def write(made: Index) -> Files:
    """Write an index's facets beside it."""
    folder = made.folder / FOLDER
    folder.mkdir()
    pages = sorted(made.fragments.values())
    names = sorted(name for name in made.filters if _NAME.fullmatch(name))
    return {"pages": _written(folder, "pages", pages), "facets": {name: _facet(folder, name, pages, made.filters[name]) for name in names}}


def _facet(folder: Path, name: str, pages: list[str], filters: dict[str, list[str]]) -> str:
    """The values in order, and for each page the numbers of its own: a number for one, a list for more or none."""
    of_pages = [sorted({value for text in filters.get(page, ()) for value in parted(text)}) for page in pages]
    values = sorted({value for found in of_pages for value in found})
    number = {value: place for place, value in enumerate(values)}
    numbers = [[number[value] for value in found] for found in of_pages]
    return _written(folder, name, {"values": values, "of": [found[0] if len(found) == 1 else found for found in numbers]})


def _written(folder: Path, name: str, content: object) -> str:
    """Write a file under a name that follows from what is in it, so that an old copy in a browser is never taken for it."""
    data = as_json(content)
    file = f"{name}-{digest(data)[:8]}.json"
    (folder / file).write_bytes(data)
    return file
