"""Indexes of parts of a site put together to one, which depends on the pages alone.

Pagefind has all that it indexes in memory, gigabytes for ten thousand long pages; of parts it needs as much as of the
largest. What it makes also varies with the order in which a disk lists files: here, pages are numbered by their names,
and these follow from what is stored of them. So it makes no difference how pages are parted.
"""

from __future__ import annotations

import hashlib
import heapq
import json
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from .files import as_json
from .form import CHUNKS, FIELDS, FILTERS, PAGES, read, unpacked, write

ENTRY = "pagefind-entry.json"
FRAGMENT = ".pf_fragment"
SHORTEST = 7
"""Letters of a digest in the name of what is stored of a page, at least: more where two would have the same name."""
FULL = 20_000
"""So many places of words are in one file of words, and those of one word more: as Pagefind has it."""
_ADDRESS = re.compile(rb'\{"url":("(?:[^"\\]|\\.)*")')


@dataclass(frozen=True, slots=True)
class Index:
    """What Pagefind made.

    Attributes:
        folder: where its files are.
        fragments: by address of a page, `/places/rawa/`, the name of what is stored of it.
        filters: by name of a filter and of a page's fragment, the values that the page gives.
        words: by language, all words, in order.
    """

    folder: Path
    fragments: dict[str, str]
    filters: dict[str, dict[str, list[str]]]
    words: dict[str, list[str]]

    def by_path(self, paths: Iterable[str]) -> dict[str, str]:
        """What is stored of each page, of those that have something."""
        return {path: self.fragments[address(path)] for path in paths if address(path) in self.fragments}


def address(path: str) -> str:
    """A page's address as Pagefind has it: `/places/rawa/` of `places/rawa/index.html`."""
    return "/" + re.sub(r"(^|(?<=/))index\.html$", "", path)


class _Stored(NamedTuple):
    """What is stored of a page.

    Attributes:
        digest: of it.
        address: of the page.
        file: where it is.
        row: what the table of contents says of it.
    """

    digest: str
    address: str
    file: Path
    row: list[Any]


class _Part(NamedTuple):
    """What a part has of one language: its folder, its table of contents, and its pages."""

    folder: Path
    contents: list[Any]
    pages: list[_Stored]


def merge(parts: Sequence[Path], folder: Path, mark: str = "") -> Index:
    """Put indexes together. Their folders are used up.

    Args:
        parts: the folders of the indexes.
        folder: an empty folder for the one.
        mark: what the names of its fragments end with: those of two indexes that are read together must differ.

    Raises:
        CBORError, EOFError, IndexError, KeyError, OSError, TypeError, ValueError, zlib.error: their files have another form
            than Pagefind 1.5 gives them.
    """
    (folder / "index").mkdir()
    (folder / "fragment").mkdir()
    entries = [json.loads((part / ENTRY).read_bytes()) for part in parts]
    languages = {tag: language for entry in entries for tag, language in entry["languages"].items()}
    of_tags = {
        tag: [_part(part, entry, tag) for part, entry in zip(parts, entries, strict=True) if tag in entry["languages"]] for tag in languages
    }
    length = _length(f"{tag} {page.digest}" for tag, found in of_tags.items() for part in found for page in part.pages)
    fragments: dict[str, str] = {}
    filters: dict[str, dict[str, list[str]]] = {}
    words: dict[str, list[str]] = {}
    for tag, found in of_tags.items():
        names = [[f"{tag}_{page.digest[:length]}{mark}" for page in part.pages] for part in found]
        pages = sorted(
            (name, page) for part, of_part in zip(found, names, strict=True) for page, name in zip(part.pages, of_part, strict=True)
        )
        number = {name: place for place, (name, _) in enumerate(pages)}
        fields = sorted({field for part in found for field in part.contents[FIELDS]})
        for name, page in pages:
            fragments[page.address] = name
            page.file.rename(folder / "fragment" / f"{name}{FRAGMENT}")
        for part, of_part in zip(found, names, strict=True):
            _take_filters(part, of_part, filters)
        streams = [_words(part, [number[name] for name in of_part], fields) for part, of_part in zip(found, names, strict=True)]
        words[tag] = []
        contents: list[Any] = [found[0].contents[0], [[name, *page.row[1:]] for name, page in pages], [], [], [], fields]
        contents[CHUNKS] = list(_chunks(_together(streams), folder / "index", tag, words[tag]))
        languages[tag] |= {"hash": write(folder, f"pagefind.{tag}_", ".pf_meta", contents), "page_count": len(pages)}
    for each in parts:
        for file in each.iterdir():
            if file.is_file() and file.suffix != ".pf_meta":
                file.replace(folder / file.name)
        shutil.rmtree(each)
    (folder / ENTRY).write_bytes(as_json({**entries[0], "languages": languages}))
    return Index(folder, fragments, filters, words)


def _part(folder: Path, entry: Mapping[str, Any], tag: str) -> _Part:
    contents = read(folder / f"pagefind.{entry['languages'][tag]['hash']}.pf_meta")
    if len(contents) != FIELDS + 1:
        raise ValueError("a table of contents of another form")
    return _Part(folder, contents, [_stored(folder / "fragment" / f"{row[0]}{FRAGMENT}", row) for row in contents[PAGES]])


def _stored(file: Path, row: list[Any]) -> _Stored:
    data = unpacked(file)
    found = _ADDRESS.match(data)
    if not found:
        raise ValueError(f"{file.name} begins otherwise")
    return _Stored(hashlib.sha256(data).hexdigest(), str(json.loads(found[1])), file, row)


def _length(digests: Iterable[str]) -> int:
    """How much of some digests tells them apart, each behind its language."""
    known = [each.rpartition(" ") for each in digests]
    length = SHORTEST
    while len({(tag, digest[:length]) for tag, _, digest in known}) < len(known):
        length += 1
    return length


def _take_filters(part: _Part, names: Sequence[str], filters: dict[str, dict[str, list[str]]]) -> None:
    for _, file in part.contents[FILTERS]:
        filter_name, values = read(part.folder / "filter" / f"{file}.pf_filter")
        of_pages = filters.setdefault(filter_name, {})
        for value, numbers in values:
            for number in numbers:
                of_pages.setdefault(names[number], []).append(value)


Word = tuple[str, list[list[Any]], list[tuple[str, list[list[Any]]]]]
"""A word, the pages that have it, and its other spellings with theirs. A page is its number, places, places in fields."""


def _words(part: _Part, numbers: Sequence[int], fields: Sequence[str]) -> Iterator[Word]:
    """The words of a part, in order, with the numbers that pages and fields have in the whole."""
    own = part.contents[FIELDS]
    field = None if own == fields else [fields.index(name) for name in own]
    for _, _, name in part.contents[CHUNKS]:
        (words,) = read(part.folder / "index" / f"{name}.pf_index")
        for word, pages, spellings in words:
            yield word, _numbered(pages, numbers, field), [(form, _numbered(of_form, numbers, field)) for form, of_form in spellings]


def _numbered(pages: list[list[Any]], numbers: Sequence[int], field: Sequence[int] | None) -> list[list[Any]]:
    """Pages by their numbers in the whole. In a part, each but the first has the difference from the one before.

    Among the places in fields, a number below zero begins a field: that of the field, times -1, less 1.
    """
    found, number = [], 0
    for step, places, in_fields in pages:
        number += step
        if field:
            in_fields = [place if place >= 0 else -1 - field[-1 - place] for place in in_fields]
        found.append([numbers[number], places, in_fields])
    return found


def _together(streams: Sequence[Iterator[Word]]) -> Iterator[list[Any]]:
    """All words in order, each once, as an index has them."""
    for word, found in groupby(heapq.merge(*streams, key=itemgetter(0)), itemgetter(0)):
        pages: list[list[Any]] = []
        spellings: dict[str, list[list[Any]]] = {}
        for _, more, forms in found:
            pages += more
            for form, of_form in forms:
                spellings.setdefault(form, []).extend(of_form)
        yield [word, _stepped(pages), [[form, _stepped(of_form)] for form, of_form in sorted(spellings.items())]]


def _stepped(pages: list[list[Any]]) -> list[list[Any]]:
    """Pages in order, each but the first with the difference from the one before."""
    pages.sort(key=itemgetter(0))
    before = 0
    for page in pages:
        page[0], before = page[0] - before, page[0]
    return pages


def _chunks(words: Iterable[list[Any]], folder: Path, tag: str, seen: list[str]) -> Iterator[list[str]]:
    """Write words into files; for each, what it begins and ends with, as far as tells it from its neighbours, and its name."""
    before: list[str] | None = None
    for chunk in _full(words):
        seen += (word for word, *_ in chunk)
        first, last = chunk[0][0], chunk[-1][0]
        if before:
            shared = next((place for place, (one, other) in enumerate(zip(before[1], first, strict=False)) if one != other), None)
            shared = min(len(before[1]), len(first)) if shared is None else shared
            before[1], first = before[1][: shared + 1], first[: shared + 1]
            yield before
        before = [first, last, write(folder, f"{tag}_", ".pf_index", [chunk])]
    if before:
        yield before


def _full(words: Iterable[list[Any]]) -> Iterator[list[list[Any]]]:
    """Words by the files that they go into."""
    chunk: list[list[Any]] = []
    size = 0
    for word in words:
        chunk.append(word)
        size += sum(len(places) + 1 for _, places, _ in word[1])
        if size >= FULL:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
