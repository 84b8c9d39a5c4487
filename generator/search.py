"""The search index, made by Pagefind from the finished pages."""

from __future__ import annotations

import gzip
import hashlib
import json
import subprocess
import sys
from pathlib import Path

from .errors import BriefbookError

FOLDER = "pagefind"
"""Where in the site the index goes. The theme's script looks for it there."""


class SearchError(BriefbookError):
    """Pagefind failed."""


def index(site_dir: Path) -> None:
    """Index the pages of a site, into the site.

    Raises:
        SearchError: Pagefind could not run or did not finish.
    """
    command = [sys.executable, "-m", "pagefind", "--site", str(site_dir), "--output-subdir", FOLDER, "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode or not (site_dir / FOLDER / "pagefind.js").is_file():
        raise SearchError(f"the search index could not be made: {(done.stderr or done.stdout).strip()[-500:]}")
    _put_in_order(site_dir / FOLDER)


# --- the same pages, the same index -------------------------------------------------------------------
#
# Pagefind 1.5 writes filters and their values in an order that differs from run to run, and names files by
# their content. So the lists are sorted here and the files named anew, by names of the same length. The
# files are gzipped CBOR, in which only numbers, texts and arrays occur.

_MAGIC = b"pagefind_dcd"
_NUMBER, _TEXT, _ARRAY = 0, 3, 4
_FILTERS, _SORTS = 3, 4
"""Where in the index's table of contents these lists are."""


def _put_in_order(folder: Path) -> None:
    """Make the index depend on the pages alone. An index of a form unknown here is left as it is."""
    entry_file = folder / "pagefind-entry.json"
    entry = json.loads(entry_file.read_bytes())
    for language in entry["languages"].values():
        contents = folder / f"pagefind.{language['hash']}.pf_meta"
        data = _unpacked(contents)
        for file in sorted((folder / "filter").glob("*.pf_filter")):
            before, name, after = data.rpartition(file.stem.encode())
            if name:
                data = before + _rewritten(file, "", _sorted_at(_unpacked(file), 1)).encode() + after
        data = _sorted_at(_sorted_at(data, _FILTERS), _SORTS)
        language["hash"] = _rewritten(contents, "pagefind.", data)
    text = json.dumps(entry, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    entry_file.write_text(text, encoding="utf-8", newline="\n")


def _unpacked(file: Path) -> bytes:
    return gzip.decompress(file.read_bytes())


def _rewritten(file: Path, prefix: str, data: bytes) -> str:
    """Write a file's new content under a name that follows from it; returns the name's part that Pagefind calls hash."""
    language, _, digest = file.stem.removeprefix(prefix).rpartition("_")
    renamed = f"{language}_{hashlib.sha256(data).hexdigest()[: len(digest)]}"
    file.unlink()
    file.with_name(f"{prefix}{renamed}{file.suffix}").write_bytes(gzip.compress(data, mtime=0))
    return renamed


def _sorted_at(data: bytes, number: int) -> bytes:
    """The data with one of its lists, whose items begin with their name, in order of name."""
    if not data.startswith(_MAGIC):
        return data
    try:
        start, end = _parts(data, len(_MAGIC))[number]
        items = sorted(_parts(data, start), key=lambda item: _name(data, item[0]))
    except (IndexError, ValueError):
        return data
    return data[: end - sum(last - first for first, last in items)] + b"".join(data[first:last] for first, last in items) + data[end:]


def _name(data: bytes, at: int) -> bytes:
    """The text that the array at this place begins with."""
    first, last = _parts(data, at)[0]
    return data[_head(data, first)[2] : last]


def _parts(data: bytes, at: int) -> list[tuple[int, int]]:
    """Where each item of the array at this place starts and ends."""
    kind, count, at = _head(data, at)
    if kind != _ARRAY:
        raise ValueError("no array")
    found = []
    for _ in range(count):
        end = _end(data, at)
        found.append((at, end))
        at = end
    return found


def _end(data: bytes, at: int) -> int:
    """Where the item at this place ends."""
    kind, count, after = _head(data, at)
    if kind == _ARRAY:
        parts = _parts(data, at)
        return parts[-1][1] if parts else after
    if kind == _TEXT:
        return after + count
    if kind == _NUMBER:
        return after
    raise ValueError("neither number, text nor array")


def _head(data: bytes, at: int) -> tuple[int, int, int]:
    """An item's type, its number or length, and where what follows begins."""
    kind, size = data[at] >> 5, data[at] & 31
    if size < 24:
        return kind, size, at + 1
    if size > 27:
        raise ValueError("no length")
    after = at + 1 + 2 ** (size - 24)
    return kind, int.from_bytes(data[at + 1 : after], "big"), after
