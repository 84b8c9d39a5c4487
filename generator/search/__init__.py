"""The search index, made by Pagefind from the finished pages.

An edit does not pay for indexing everything again. The last whole index is kept, and what has changed since goes into
a small second one beside it, which the search page reads together with the first, passing over what the first still
says of these pages. When that grows, everything is indexed again.
"""

from __future__ import annotations

import math
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ..disk import remove
from ..progress import Progress
from . import facets
from .files import as_json, digest
from .guard import add_words
from .kept import Base, keep, load, remember, tidy
from .pagefind import BODY, FEW_PAGES, Index, SearchError, address, run

__all__ = ["FOLDER", "SearchError", "index", "is_searched"]

FOLDER = "pagefind"
"""Where in the site the index goes. The theme's script looks for it there."""
STATE = "briefbook.json"
"""Says in that folder what belongs together."""
DELTA = "delta"
"""The second index, in the folder of the first."""
MARK = "_d"
"""Ends the names of what the second index stores."""


def index(site_dir: Path, pages: Mapping[str, str] | None = None, kept: Path | None = None, progress: Progress | None = None) -> None:
    """Index the pages of a site, into the site.

    The same pages give the same files; with `kept`, the same pages and the same index in it do.

    Args:
        site_dir: the site.
        pages: the files of all pages for the search, from there, each with a digest of what is in it; without it, all that
            are marked for it.
        kept: a folder for the last whole index; without it, everything is indexed.
        progress: is told when that is long work.

    Raises:
        SearchError: Pagefind could not run or did not finish.
    """
    target = site_dir / FOLDER
    # A site may have no page yet that is worth finding; Pagefind then reads what there is.
    chosen = (_marked(site_dir) if pages is None else pages) or {"index.html": ""}
    base = load(kept) if kept else None
    if base and _add(site_dir, chosen, base):
        tidy(base)
    else:
        if progress and len(chosen) > FEW_PAGES:
            progress.say(f"indexing {len(chosen):,} pages for the search")
        remove(target)
        made = run(site_dir, chosen, target)
        found = facets.write(made)
        if kept:
            keep(kept, target, chosen, _by_path(chosen, made), found)
        _write_state(target, found, None, {}, [])
    (target / "briefbook.txt").write_text("Built by Briefbook, which may replace this whole site.\n", encoding="utf-8")


def is_searched(html: bytes) -> bool:
    """Whether a page is marked for the search."""
    return BODY in html


def room(count: int) -> int:
    """How many pages may differ from the last whole index of so many.

    Each further build indexes all of them again. With as many as the root of twice the pages, what edits of one page
    each cost together until then is what the whole index costs.
    """
    return math.isqrt(2 * count) if count > FEW_PAGES else 0


def _add(site_dir: Path, pages: Mapping[str, str], base: Base) -> bool:
    """Put the last whole index into the site, with a second one of what has changed since; False where that cannot be done."""
    changed = [path for path in pages if pages[path] not in (base.digests.get(path), base.same.get(path))]
    gone = base.digests.keys() - pages.keys()
    if len(changed) + len(gone) > room(len(base.digests)):
        return False
    target = site_dir / FOLDER
    shutil.rmtree(target / DELTA, ignore_errors=True)
    try:
        base.link_into(target)
    except OSError:
        return False
    made = run(site_dir, changed, target / DELTA, MARK) if changed else None
    if made:
        same = {path for path in changed if _stored(made, path) == base.fragment(path) != b""}
        if same:
            remember(base, base.same | {path: pages[path] for path in same})
            changed = [path for path in changed if path not in same]
            made = run(site_dir, changed, target / DELTA, MARK) if changed else None
    if made is None:
        shutil.rmtree(target / DELTA, ignore_errors=True)
    fragments = _by_path(changed, made) if made else {}
    stale = {base.fragments[path]: fragments.get(path, "") for path in (*changed, *gone) if path in base.fragments}
    found = facets.write(made) if made else None
    new = add_words(made.folder, base.words) if made else []
    if made:
        for pattern in ("pagefind.js", "pagefind-worker.js", "wasm.*.pagefind"):  # the first index has them
            for double in made.folder.glob(pattern):
                double.unlink()
    _write_state(target, base.facets, found, stale, new)
    return True


def _stored(made: Index, path: str) -> bytes:
    name = made.fragments.get(address(path))
    return (made.folder / "fragment" / f"{name}.pf_fragment").read_bytes() if name else b""


def _by_path(paths: Iterable[str], made: Index) -> dict[str, str]:
    """What is stored of each page, of those that have something."""
    return {path: made.fragments[address(path)] for path in paths if address(path) in made.fragments}


def _marked(site_dir: Path) -> dict[str, str]:
    """All pages that are marked for the search."""
    found = {}
    for file in sorted(site_dir.rglob("*.html")):
        data = file.read_bytes()
        if BODY in data:
            found[file.relative_to(site_dir).as_posix()] = digest(data)
    return found


def _write_state(target: Path, base: facets.Files, delta: facets.Files | None, stale: Mapping[str, str], words: list[str]) -> None:
    """Write what the search page needs to know before it asks for anything else.

    `stale` has the names of what the first index says of pages that have changed since, each with what the second says
    in its place, and nothing for a page that is gone. `words` are those that only the second has.
    """
    state: dict[str, Any] = {"base": base, "delta": delta, "stale": stale, "words": words}
    (target / STATE).write_bytes(as_json(state))
