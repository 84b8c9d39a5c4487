"""A new site beside the old one, verified, then put in its place in one step.

Whoever reads `site/` meanwhile sees the whole old site or the whole new one. A build that fails or is
killed leaves the old one, and at most a staging folder that the next build removes.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from .cache import Cache
from .disk import is_abandoned, owner
from .errors import BriefbookError, UsageError
from .forked import Ahead
from .hashing import digest
from .progress import Progress, Quiet
from .search import FOLDER as SEARCH_FOLDER
from .search import Indexing, index, is_searched
from .search import Look as IndexLook
from .search import look_ahead as look_at_index
from .site_tree import Notes, arrange, looked_at, replace
from .spare_site import Look as SiteLook
from .spare_site import double, is_known, keep, look_ahead, note, spare_of, take, what_is_in

LATER = 19
"""How much less than others what looks ahead gets of the machine, as Unix counts it: the least, since whoever needs it waits for others."""
PATIENCE = 1
"""Seconds to wait for it then: on a machine that is busy with something else, to look oneself is quicker."""
_STAGING = ".briefbook-staging-"
_RETIRED = ".briefbook-retired-"
_PREVIEW = "preview-"
MARKER = f"{SEARCH_FOLDER}/briefbook.txt"
"""Says that a folder is a site of ours, which the next one may replace. A sitemap alone could be anybody's."""
MUST_EXIST = (MARKER, "index.html", "404.html", "sitemap.xml", f"{SEARCH_FOLDER}/pagefind.js")


class PublishError(BriefbookError):
    """The new site is not whole, or could not be put in place."""


@dataclass(frozen=True, slots=True)
class Made:
    """What belongs into a site besides what is in the folder that it was built in.

    Attributes:
        cache: has it.
        objects: by path in the site, the object that is to be there.
        searched: the paths of those that are pages for the search.
        indexing: adds these to the search since a while ago, if somebody does.
    """

    cache: Cache
    objects: Mapping[str, str]
    searched: Collection[str] = ()
    indexing: Indexing | None = None


class _Look(NamedTuple):
    """What a look at the site before the last told, at its files and at its search."""

    site: SiteLook
    search: IndexLook | None


def publish(site_dir: Path, build: Callable[[Path], Made | None], progress: Progress | None = None, memory: Path | None = None) -> int:
    """Build into a staging folder, put a new site together, and swap it with the published one.

    The site before the last is kept beside the cache: most of it can stay in the next.

    Args:
        site_dir: the published folder; need not exist.
        build: puts what is new into an empty folder, and says what else belongs into the site; None when that is all of it.
        progress: is told how far it is; by default nobody is.
        memory: the folder of the cache that the build will use, to look through the site before the last meanwhile.

    Returns:
        The number of pages published.

    Raises:
        PublishError: what was built is not a whole site.
        UsageError: the folder is not one that a site may replace.
    """
    progress = progress or Quiet()
    site_dir = Path(os.path.abspath(site_dir))  # noqa: PTH100 - keeps a symlink's own name, which resolve() would not
    _refuse_precious(site_dir)
    try:
        site_dir.parent.mkdir(parents=True, exist_ok=True)
        _remove_leftovers(site_dir)
        staging = Path(tempfile.mkdtemp(prefix=f"{_STAGING}{owner()}", dir=site_dir.parent))
    except OSError as error:
        raise UsageError(f"{site_dir} cannot be made: {error.strerror}") from error
    site = staging.with_name(f"{staging.name}-site")
    name = digest(str(site_dir)).hex()
    looking = Ahead(lambda: _look_ahead(memory, spare_of(memory, name))) if memory else None
    indexing: Indexing | None = None
    try:
        made = build(staging)
        if made is None:
            count = _verify(staging, {path: size for path, (size, *_) in looked_at(staging).items()})
            staging.chmod(0o755)
            _put_in_place(staging, site_dir)
            return count
        indexing = made.indexing
        with closing(made.cache) as cache:
            spare = spare_of(cache.folder, name)
            look = looking.result(PATIENCE) if looking else None  # before it is taken from under the eyes of whoever looks
            take(spare, site)
            searched = {*made.searched, *_kept(_searched_in(staging), cache)}
            known = what_is_in(site, cache, look.site if look else None)
            notes = arrange(site, made.objects, staging, known.notes, known.there, cache, progress)
            pages = {path: notes[path][0] for path in sorted(searched)}
            ready = indexing.result() if indexing else None
            index(site, pages, last_index(cache.folder), progress, ready, look.search if look and known.is_from_look else None)
            count = _verify(site, {path: note[1] for path, note in notes.items()})
            site.chmod(0o755)
            note(site, notes, cache)
            _put_in_place(site, site_dir)
            if not is_known(site, cache):
                # There was none before, or nobody knows what is in it: the next edit would have to put all files in place.
                double(site_dir, site, spare, notes, cache)
            keep(site, spare, cache)
    except OSError as error:
        error.filename = error.filename or str(staging)  # where most is written; a full disk does not say
        raise
    finally:
        if looking:
            looking.stop()
        if indexing:
            indexing.stop()
        shutil.rmtree(staging, ignore_errors=True)
        shutil.rmtree(site, ignore_errors=True)
        with suppress(OSError):
            _remove_leftovers(site_dir)  # once more: of a killed build some process may have ended only after we began
    return count


def _look_ahead(memory: Path, spare: Path) -> _Look:
    if hasattr(os, "nice"):
        os.nice(LATER)
    return _Look(look_ahead(memory, spare), look_at_index(spare / SEARCH_FOLDER, last_index(memory)))


def last_index(memory: Path) -> Path:
    """Where the last whole index is kept, for all sites and previews that are made of the same records."""
    return memory / "search" / "last"


class Preview:
    """A folder that follows what is built, for those who look at it meanwhile."""

    def __init__(self, home: Path, progress: Progress) -> None:
        """Take the folder of the cache, to be in it, and what is told how far work is."""
        for folder in home.glob(f"{_PREVIEW}*"):
            if is_abandoned(folder.name, _PREVIEW):
                shutil.rmtree(folder, ignore_errors=True)
        self._progress, self._last_index = progress, last_index(home)
        self._home = tempfile.TemporaryDirectory(prefix=f"{_PREVIEW}{owner()}", dir=home, ignore_cleanup_errors=True)
        self.folder = Path(self._home.name) / "site"
        self.folder.mkdir()
        self._notes: Notes = {}
        self.is_whole = False
        """Whether it shows a site."""

    @property
    def contents(self) -> dict[str, str]:
        """By path, what tells the content of a file from any other."""
        return {path: note[0] for path, note in self._notes.items()}

    def glimpse(self, objects: Mapping[str, str], cache: Cache) -> bool:
        """Show some files of the next site at once, among those of the one that is there.

        Returns:
            Whether that made a difference.
        """
        new = {path: name for path, name in objects.items() if self._notes.get(path, ("",))[0] != name}
        if not self.is_whole or not new or not self.folder.is_dir():
            return False
        self._notes |= replace(self.folder, new, self._notes, cache)
        return True

    def show(self, built: Path, objects: Mapping[str, str], cache: Cache) -> None:
        """Show what was built, and the objects beside it.

        Args:
            built: a folder with what is new; it stays as it is.
            objects: by path in the site, the object that is to be there; none while there is no site to show.
            cache: has the objects.
        """
        if not self.folder.is_dir():  # somebody has deleted what is remembered, and this with it
            self.folder.mkdir(parents=True)
            self._notes = {}
        staging = Path(self._home.name) / "staging"
        shutil.copytree(built, staging, dirs_exist_ok=True)
        # Nobody else changes this folder.
        self._notes = arrange(self.folder, objects, staging, self._notes, self._notes.keys(), cache, self._progress)
        self.is_whole = bool(objects)

    def index(self, built: Path, searched: Collection[str]) -> None:
        """Index what is shown for the search.

        Args:
            built: the folder with what was new.
            searched: the paths of other pages for the search.
        """
        pages = {*searched, *(path for path, _ in _searched_in(built))}
        index(self.folder, {path: self._notes[path][0] for path in sorted(pages)}, self._last_index, self._progress)

    def close(self) -> None:
        """Remove it."""
        self._home.cleanup()


def _searched_in(staging: Path) -> Iterator[tuple[str, bytes]]:
    """The pages for the search among those that were built just now, with their content."""
    for file in staging.rglob("*.html"):
        content = file.read_bytes()
        if is_searched(content):
            yield file.relative_to(staging).as_posix(), content


def _kept(pages: Iterable[tuple[str, bytes]], cache: Cache) -> Iterator[str]:
    """Keep pages as objects, so that the next site's index can be begun before they are made."""
    for path, content in pages:
        cache.keep(content)
        yield path


def _refuse_precious(site_dir: Path) -> None:
    """A wrong `--site-dir` must not cost anybody their files."""
    if site_dir.is_symlink():
        raise UsageError(f"{site_dir} is a symbolic link; name the folder itself")
    if site_dir.exists():
        if not site_dir.is_dir():
            raise UsageError(f"{site_dir} is a file, not a folder for the site")
        entries = list(site_dir.iterdir())
        if entries and not (site_dir / MARKER).is_file():
            raise UsageError(f"{site_dir} holds something that was not built here; choose an empty folder")
        if (site_dir / ".git").exists():
            raise UsageError(
                f"{site_dir} has a history of its own (.git), which a new site would replace; build elsewhere and copy it there"
            )
    elif site_dir.parent == site_dir:
        raise UsageError("the site cannot replace the root folder")


def _verify(site: Path, sizes: Mapping[str, int]) -> int:
    """Count the pages, and make sure that nothing a site needs is missing or empty.

    Args:
        site: the new site.
        sizes: of its files, by path.
    """
    missing = [name for name in MUST_EXIST if not (site / name).is_file()]
    if missing:
        raise PublishError(f"the new site lacks {', '.join(missing)}")
    pages = [path for path in sizes if path.endswith(".html")]
    empty = [path for path in pages if not sizes[path]]
    if empty:
        raise PublishError(f"the new site has empty pages, such as {empty[0]}")
    return len(pages)


def _put_in_place(staging: Path, site_dir: Path) -> None:
    """Exchange the two folders; afterwards the old site, if there was one, is in `staging`."""
    _write_down(staging)
    if not site_dir.exists():
        staging.rename(site_dir)
    elif not _exchange(staging, site_dir):
        # Two renames: where the system has no exchange, there is an instant without a site.
        retired = site_dir.parent / f"{_RETIRED}{owner()}{site_dir.name}"
        site_dir.rename(retired)
        try:
            staging.rename(site_dir)
        except BaseException:
            retired.rename(site_dir)
            raise
        retired.rename(staging)


def _write_down(site: Path) -> None:
    """Have the system write its disk: were the power cut, a site in its place could be one of empty files."""
    if sys.platform != "linux":
        if hasattr(os, "sync"):
            os.sync()
        return
    folder = os.open(site, os.O_RDONLY)
    try:
        if ctypes.CDLL(None, use_errno=True).syncfs(folder):
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(site))
    finally:
        os.close(folder)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two paths in one step, where the system can: renameat2 on Linux, renamex_np on macOS."""
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            rename_swap = 2
            done: int = libc.renamex_np(os.fsencode(one), os.fsencode(other), ctypes.c_uint(rename_swap))
        else:
            at_fdcwd, rename_exchange = -100, 2
            done = libc.renameat2(at_fdcwd, os.fsencode(one), at_fdcwd, os.fsencode(other), ctypes.c_uint(rename_exchange))
    except (AttributeError, OSError, TypeError):
        return False
    return bool(done == 0)


def _remove_leftovers(site_dir: Path) -> None:
    """Clear up after builds that were killed; bring back a site that one had just set aside."""
    for folder in sorted(site_dir.parent.glob(f"{_RETIRED}*-{site_dir.name}")):
        if is_abandoned(folder.name, _RETIRED):
            if site_dir.exists():
                shutil.rmtree(folder, ignore_errors=True)
            else:
                folder.rename(site_dir)
    for folder in site_dir.parent.glob(f"{_STAGING}*"):
        if is_abandoned(folder.name, _STAGING):
            shutil.rmtree(folder, ignore_errors=True)
