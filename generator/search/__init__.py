"""The search index, made by Pagefind from the finished pages.

An edit does not pay for indexing everything again. The last whole index is kept. Of a few pages the next one is made of
it and of what has changed. Of many, what has changed since goes into a small second one beside it, which the search page
reads together with the first, passing over what the first still says of these pages; when that grows, the two become one.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from ..disk import remove
from ..progress import Progress
from . import whole
from .files import digest
from .kept import DELTA, link_into, load, tidy
from .meanwhile import Indexing, Look, Ready, look, look_ahead, prepare
from .pagefind import BODY, FEW_PAGES, SearchError
from .second import Second, add
from .state import STATE

__all__ = ["FOLDER", "Indexing", "Look", "Ready", "SearchError", "index", "is_searched", "look_ahead", "prepare"]

FOLDER = "pagefind"
"""Where in the site the index goes. The theme's script looks for it there."""


def index(
    site_dir: Path,
    pages: Mapping[str, str] | None = None,
    kept: Path | None = None,
    progress: Progress | None = None,
    ready: Ready | None = None,
    looked: Look | None = None,
) -> None:
    """Index the pages of a site, into the site.

    The same pages give the same files; with `kept`, the same pages and the same index in it do.

    Args:
        site_dir: the site.
        pages: the files of all pages for the search, from there, each with a digest of what is in it; without it, all that
            are marked for it.
        kept: a folder for the last whole index; without it, everything is indexed.
        progress: is told when that is long work.
        ready: an index that somebody has made, perhaps of other pages.
        looked: what was seen of the site's index since when nobody can have changed it, if somebody has looked.

    Raises:
        SearchError: Pagefind could not run or did not finish.
    """
    target = site_dir / FOLDER
    # A site may have no page yet that is worth finding; Pagefind then reads what there is.
    chosen = (_marked(site_dir) if pages is None else pages) or {"index.html": ""}
    if ready and not ready.is_of(chosen):
        ready = None
    if ready and ready.second is None:
        remove(target)
        ready.folder.rename(target)
    elif not (kept and _add(site_dir, chosen, kept, ready, looked)):
        if progress and len(chosen) > FEW_PAGES:
            progress.say(f"indexing {len(chosen):,} pages for the search")
        remove(target)
        whole.make(chosen, lambda path: site_dir / path, target, kept, load(kept) if kept else None)
    (target / "briefbook.txt").write_text("Built by Briefbook, which may replace this whole site.\n", encoding="utf-8")


def is_searched(html: bytes) -> bool:
    """Whether a page is marked for the search."""
    return BODY in html


def _add(site_dir: Path, pages: Mapping[str, str], kept: Path, ready: Ready | None, looked: Look | None) -> bool:
    """Put the last whole index into the site, with a second one of what has changed since; False where that cannot be done."""
    target = site_dir / FOLDER
    place = target / DELTA
    shutil.rmtree(place, ignore_errors=True)
    second = _moved(ready, place) if ready else None
    if second is None or looked is None or looked.base != second.base:
        base = load(kept)
        if base is None:
            return False
        looked = look(target, base)
        if second is None or second.base != base.folder:
            second = add(base, pages, lambda path: site_dir / path, place)
    if second is None or looked is None:
        return False
    # What was seen may not be so any more, by whoever writes into the site: then there is another look.
    if not (_is_linked(looked, target, second.base) or _is_linked(look(target, load(kept)), target, second.base)):
        return False
    tidy(second.base)
    (target / STATE).write_bytes(second.state)
    return True


def _is_linked(looked: Look | None, target: Path, base: Path) -> bool:
    """Put the whole index that is kept there into a folder; False where that cannot be done."""
    if looked is None or looked.base != base:
        return False
    try:
        link_into(looked.base, target, looked.needed)
    except OSError:
        return False
    return True


def _moved(ready: Ready, place: Path) -> Second | None:
    """A second index that is made, put in its place; None where that cannot be done."""
    if ready.second and not ready.second.is_empty:
        try:
            place.parent.mkdir(exist_ok=True)
            ready.folder.rename(place)
        except OSError:
            return None
    return ready.second


def _marked(site_dir: Path) -> dict[str, str]:
    """All pages that are marked for the search."""
    found = {}
    for file in sorted(site_dir.rglob("*.html")):
        data = file.read_bytes()
        if BODY in data:
            found[file.relative_to(site_dir).as_posix()] = digest(data)
    return found
