"""The search index, made by Pagefind from the finished pages."""

from __future__ import annotations

import gzip
import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import cbor2

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
    (site_dir / FOLDER / "briefbook.txt").write_text("Built by Briefbook, which may replace this whole site.\n", encoding="utf-8")


# --- the same pages, the same index -------------------------------------------------------------------
#
# Pagefind 1.5 writes filters, their values and sort keys in an order that differs from run to run, and names
# files by their content. So these lists are sorted here and the files named anew, by names of the same
# length. Each file is gzipped: a magic word, then CBOR (RFC 8949). The table of contents is
# [version, pages, index chunks, [[filter, file]], [[sort key, …]], …], a filter [name, [[value, pages]]].

_MAGIC = b"pagefind_dcd"
_FILTERS, _SORTS = 3, 4


def _put_in_order(folder: Path) -> None:
    """Make the index depend on the pages alone.

    Raises:
        SearchError: the files have another form than Pagefind 1.5 gives them.
    """
    entry_file = folder / "pagefind-entry.json"
    entry = json.loads(entry_file.read_bytes())
    try:
        for language in entry["languages"].values():
            contents_file = folder / f"pagefind.{language['hash']}.pf_meta"
            contents = _read(contents_file)
            for item in contents[_FILTERS]:
                file = folder / "filter" / f"{item[1]}.pf_filter"
                name, values = _read(file)
                item[1] = _write_anew(file, "", [name, sorted(values)])
            contents[_FILTERS].sort()
            contents[_SORTS].sort()
            language["hash"] = _write_anew(contents_file, "pagefind.", contents)
    except (cbor2.CBORError, IndexError, KeyError, TypeError, ValueError) as error:
        raise SearchError(f"the search index has an unknown form; is Pagefind newer than 1.5? ({error})") from error
    text = json.dumps(entry, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    entry_file.write_text(text, encoding="utf-8", newline="\n")


def _read(file: Path) -> list[Any]:
    data = gzip.decompress(file.read_bytes())
    if not data.startswith(_MAGIC):
        raise ValueError(f"{file.name} begins otherwise")
    content: list[Any] = cbor2.loads(data[len(_MAGIC) :])
    return content


def _write_anew(file: Path, prefix: str, content: list[Any]) -> str:
    """Write a file's new content under a name that follows from it; returns the part that Pagefind calls hash."""
    data = _MAGIC + cbor2.dumps(content)
    language, _, digest = file.stem.removeprefix(prefix).rpartition("_")
    renamed = f"{language}_{hashlib.sha256(data).hexdigest()[: len(digest)]}"
    file.unlink()
    file.with_name(f"{prefix}{renamed}{file.suffix}").write_bytes(gzip.compress(data, mtime=0))
    return renamed
