"""Indexes of parts of a site put together to one, which depends on the pages alone.

Pagefind has all that it indexes in memory, gigabytes for ten thousand long pages; of parts it needs as much as of the
largest. What it makes also varies with the order in which a disk lists files: here, pages are numbered by their names,
and these follow from what is stored of them. So it makes no difference how pages are parted, or which of them come from
an earlier index.
"""

from __future__ import annotations

import hashlib
import heapq
import json
import re
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from .files import as_json, link
from .form import CHUNKS, FIELDS, FILTERS, PAGES, read, unpacked, write

ENTRY = "pagefind-entry.json"
PROGRAMS = ("pagefind.js", "pagefind-worker.js", "wasm.unknown.pagefind")
"""What is the same in every index."""
FRAGMENT = ".pf_fragment"
SHORTEST = 7
"""Letters of a digest in the name of what is stored of a page, at least; more for those that would have the same name. A browser fetches
all names before its first search, and what is random cannot be compressed: one letter more for each of 15,000 pages is 8 kB more."""
FULL = 20_000
"""So many places of words are in one file of words, and those of one word more: as Pagefind has it."""


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


class Earlier(NamedTuple):
    """An index of which most is to be in the new one. Nothing in it is changed.

    Attributes:
        folder: where its files are.
        filters: those of its pages, as of an `Index`.
        without: the addresses of pages that are left out.
    """

    folder: Path
    filters: Mapping[str, Mapping[str, Sequence[str]]]
    without: Collection[str]


class _Stored(NamedTuple):
    """What is stored of a page.

    Attributes:
        digest: of it.
        address: of the page.
        fields: in which the page has words, besides its text.
        file: where it is.
        row: what the table of contents says of it.
    """

    digest: str
    address: str
    fields: frozenset[str]
    file: Path
    row: list[Any]


class _Part(NamedTuple):
    """What a part has of one language.

    Attributes:
        folder: the part's.
        contents: its table of contents.
        pages: its pages, by their numbers; None for those that are left out.
    """

    folder: Path
    contents: list[Any]
    pages: list[_Stored | None]


def merge(parts: Sequence[Path], folder: Path, mark: str = "", earlier: Earlier | None = None) -> Index:
    """Put indexes together.

    Args:
        parts: the folders of indexes, which are used up.
        folder: an empty folder for the one.
        mark: what the names of its fragments end with: those of two indexes that are read together must differ.
        earlier: one more.

    Raises:
        CBORError, EOFError, IndexError, KeyError, OSError, TypeError, ValueError, zlib.error: their files have another form
            than Pagefind 1.5 gives them.
    """
    (folder / "index").mkdir()
    (folder / "fragment").mkdir()
    folders = [*parts, earlier.folder] if earlier else list(parts)
    entries = [json.loads((each / ENTRY).read_bytes()) for each in folders]
    of_tags: dict[str, list[_Part]] = {}
    for each, entry in zip(folders, entries, strict=True):
        without = earlier.without if earlier and each == earlier.folder else ()
        for tag in entry["languages"]:
            part = _part(each, entry, tag, without)
            if any(part.pages):
                of_tags.setdefault(tag, []).append(part)
    made = Index(folder, {}, {}, {tag: [] for tag in of_tags})
    languages = {tag: dict(language) for entry in entries for tag, language in entry["languages"].items() if tag in of_tags}
    for tag, found in of_tags.items():
        short = _short(page.digest for part in found for page in part.pages if page)
        names = [[f"{tag}_{short[page.digest]}{mark}" if page else None for page in part.pages] for part in found]
        pages = sorted(
            (name, page)
            for part, own in zip(found, names, strict=True)
            for page, name in zip(part.pages, own, strict=True)
            if page and name
        )
        number = {name: place for place, (name, _) in enumerate(pages)}
        fields = sorted({field for _, page in pages for field in page.fields})
        for name, page in pages:
            made.fragments[page.address] = name
            _take(page.file, folder / "fragment" / f"{name}{FRAGMENT}", earlier)
        streams = []
        for part, own in zip(found, names, strict=True):
            _take_filters(part, own, earlier, made.filters)
            streams.append(_words(part, [number[name] if name else None for name in own], fields))
        contents: list[Any] = [found[0].contents[0], [[name, *page.row[1:]] for name, page in pages], [], [], [], fields]
        contents[CHUNKS] = list(_chunks(_together(streams), folder / "index", tag, made.words[tag]))
        languages[tag] |= {"hash": write(folder, f"pagefind.{tag}_", ".pf_meta", contents), "page_count": len(pages)}
    programs = {*PROGRAMS, *(f"wasm.{language['wasm']}.pagefind" for language in languages.values())}
    for each in folders:
        for file in each.iterdir():
            target = folder / file.name
            if file.name in programs and not target.exists():
                _take(file, target, earlier)
    for each in parts:
        shutil.rmtree(each)
    (folder / ENTRY).write_bytes(as_json({**entries[0], "languages": languages}))
    return made


def _take(file: Path, target: Path, earlier: Earlier | None) -> None:
    """Have a file in another place: from an earlier index as the same file, since that stays as it is."""
    if earlier and file.is_relative_to(earlier.folder):
        link(file, target)
    else:
        file.rename(target)


def _part(folder: Path, entry: Mapping[str, Any], tag: str, without: Collection[str]) -> _Part:
    contents = read(folder / f"pagefind.{entry['languages'][tag]['hash']}.pf_meta")
    if len(contents) != FIELDS + 1:
        raise ValueError("a table of contents of another form")
    pages = [_stored(folder / "fragment" / f"{row[0]}{FRAGMENT}", row, contents[FIELDS]) for row in contents[PAGES]]
    return _Part(folder, contents, [None if page.address in without else page for page in pages])


def _stored(file: Path, row: list[Any], fields: Sequence[str]) -> _Stored:
    data = unpacked(file)
    found = json.loads(data)
    return _Stored(hashlib.sha256(data).hexdigest(), str(found["url"]), frozenset(fields) & found["meta"].keys(), file, row)


def _short(digests: Iterable[str]) -> dict[str, str]:
    """As much of each digest as tells it from the others. None begins with another, so they are in the digests' order."""
    found = sorted(digests)
    shared = [_shared(one, other) for one, other in pairwise(found)]
    return {
        digest: digest[: max(SHORTEST, before + 1, after + 1)]
        for digest, before, after in zip(found, [0, *shared], [*shared, 0], strict=True)
    }


def _take_filters(part: _Part, names: Sequence[str | None], earlier: Earlier | None, filters: dict[str, dict[str, list[str]]]) -> None:
    """Note the values that the pages of a part give."""
    if earlier and part.folder == earlier.folder:
        for row, name in zip(part.contents[PAGES], names, strict=True):
            for filter_name, of_pages in earlier.filters.items() if name else ():
                if name and row[0] in of_pages:
                    filters.setdefault(filter_name, {})[name] = list(of_pages[row[0]])
    for _, file in part.contents[FILTERS]:
        filter_name, values = read(part.folder / "filter" / f"{file}.pf_filter")
        for value, numbers in values:
            for number in numbers:
                if name := names[number]:
                    filters.setdefault(filter_name, {}).setdefault(name, []).append(value)


Word = tuple[str, list[list[Any]], list[tuple[str, list[list[Any]]]]]
"""A word, the pages that have it, and its other spellings with theirs. A page is its number, places, places in fields."""


def _words(part: _Part, numbers: Sequence[int | None], fields: Sequence[str]) -> Iterator[Word]:
    """The words of a part, in order, with the numbers that pages and fields have in the whole."""
    own = part.contents[FIELDS]
    # One of which no page has any more comes up nowhere.
    field = None if own == fields else [fields.index(name) if name in fields else -1 for name in own]
    for _, _, name in part.contents[CHUNKS]:
        (words,) = read(part.folder / "index" / f"{name}.pf_index")
        for word, pages, spellings in words:
            yield word, _numbered(pages, numbers, field), [(form, _numbered(of_form, numbers, field)) for form, of_form in spellings]


def _numbered(pages: list[list[Any]], numbers: Sequence[int | None], field: Sequence[int] | None) -> list[list[Any]]:
    """Pages by their numbers in the whole. In a part, each but the first has the difference from the one before.

    Among the places in fields, a number below zero begins a field: that of the field, times -1, less 1.
    """
    found, number = [], 0
    for step, places, in_fields in pages:
        number += step
        if numbers[number] is None:
            continue
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
        others = [[form, _stepped(of_form)] for form, of_form in sorted(spellings.items()) if of_form]
        if pages or others:
            yield [word, _stepped(pages), others]


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
            shared = _shared(before[1], first)
            before[1], first = before[1][: shared + 1], first[: shared + 1]
            yield before
        before = [first, last, write(folder, f"{tag}_", ".pf_index", [chunk])]
    if before:
        yield before


def _shared(one: str, other: str) -> int:
    """How many letters are the same with which two words begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (letter, its) in pairs if letter != its), min(len(one), len(other)))


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
