"""What is known of the folder of the site before the last is what is in it, whoever looks and whatever has been done to it."""

import errno
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from generator import spare_site
from generator.cache import Cache
from generator.forked import Ahead
from generator.progress import Quiet
from generator.site_tree import SEARCH, arrange, looked_at
from generator.spare_site import Look, double, keep, look_ahead, note, spare_of, take, what_is_in
from tests.projects import Project, files_of

CONTENTS = {"index.html": b"home", "a/index.html": b"a", "a/b/index.html": b"b", "c.json": b"c"}


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    cache = Cache(tmp_path / "memory")
    yield cache
    cache.close()


@pytest.fixture
def spare(tmp_path: Path, cache: Cache) -> Path:
    """One that was arranged, noted and put away."""
    site, staged = tmp_path / "site", tmp_path / "staged"
    site.mkdir()
    staged.mkdir()
    notes = arrange(site, {path: cache.keep(content) for path, content in CONTENTS.items()}, staged, {}, set(), cache, Quiet())
    note(site, notes, cache)
    cache.flush()
    spare = spare_of(cache.folder, "name")
    keep(site, spare, cache)
    return spare


def nothing(spare: Path) -> None:
    pass


def changed(spare: Path) -> None:
    (spare / "a/index.html").unlink()
    (spare / "a/index.html").write_bytes(b"x")


def removed(spare: Path) -> None:
    (spare / "c.json").unlink()


def added(spare: Path) -> None:
    (spare / "a/new.html").write_bytes(b"new")


@pytest.mark.parametrize(("does", "lost"), [(nothing, ""), (changed, "a/index.html"), (removed, "c.json"), (added, "")])
def test_a_look_ahead_finds_what_a_look_finds(
    tmp_path: Path, spare: Path, cache: Cache, does: Callable[[Path], None], lost: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    does(spare)
    look = look_ahead(cache.folder, spare)
    assert bool(look.differing) == (does is not nothing)
    site = tmp_path / "next"
    take(spare, site)
    expected = looked_at(site)
    monkeypatch.delattr(spare_site, "looked_at")  # so that it fails should it look again
    known = what_is_in(site, cache, look)
    assert known.is_from_look and known.there == expected.keys()
    assert known.notes.keys() == CONTENTS.keys() - {lost}


def test_another_process_looks(tmp_path: Path, spare: Path, cache: Cache) -> None:
    changed(spare)
    looking = Ahead(lambda: look_ahead(cache.folder, spare))
    found = looking.result()
    assert found is None or found.differing.keys() == {"a/index.html"}, "where there is one core, nobody does"


@pytest.mark.parametrize("look", [None, Look("other", {}), Look("", {})])
def test_who_comes_too_late_is_not_believed(tmp_path: Path, spare: Path, cache: Cache, look: Look | None) -> None:
    removed(spare)
    site = tmp_path / "next"
    take(spare, site)
    known = what_is_in(site, cache, look)
    assert not known.is_from_look and known.there == looked_at(site).keys()
    assert known.notes.keys() == CONTENTS.keys() - {"c.json"}


def test_each_arrangement_has_its_own_mark(spare: Path, cache: Cache) -> None:
    first = look_ahead(cache.folder, spare)
    notes = what_is_in(spare, cache, None).notes
    note(spare, notes, cache)
    cache.flush()
    assert look_ahead(cache.folder, spare).mark != first.mark


@pytest.mark.parametrize("what", ["a file", "a link"])
def test_only_a_folder_is_taken(spare: Path, tmp_path: Path, what: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    spare.rename(elsewhere)
    spare.write_text("a file") if what == "a file" else spare.symlink_to(elsewhere)
    take(spare, tmp_path / "next")
    assert list((tmp_path / "next").iterdir()) == []
    assert not (tmp_path / "next").is_symlink()
    assert (elsewhere / "index.html").read_bytes() == b"home"


def test_a_folder_without_notes_is_looked_at(tmp_path: Path, cache: Cache) -> None:
    site = tmp_path / "site"
    take(spare_of(cache.folder, "none"), site)
    (site / "index.html").write_bytes(b"x")
    assert what_is_in(site, cache, look_ahead(cache.folder, site)) == ({}, {"index.html"}, False)


def test_its_notes_stay_when_much_of_the_cache_is_thrown_away(tmp_path: Path, spare: Path, cache: Cache) -> None:
    """Else all of it would be put into it anew by the next build."""
    cache.close()
    small = Cache(cache.folder, limit=1)
    site = tmp_path / "site"
    spare.rename(site)  # as it is while it is the published one
    small.still_used((), ())
    small.keep(b"something new")
    keep(site, spare, small)
    small.close()
    after = Cache(cache.folder)
    known = what_is_in(spare, after, None)
    assert known.notes.keys() == CONTENTS.keys()
    after.close()


def test_the_first_edit_has_a_site_to_begin_with(project: Project) -> None:
    project.build()
    memory = project.folder / ".cache" / "briefbook"
    (spare,) = (memory / "spare").iterdir()
    published = files_of(project.site)
    assert files_of(spare) == published
    with closing(Cache(memory)) as cache:
        look = look_ahead(memory, spare)
        known = what_is_in(spare, cache, look)
    assert known.is_from_look and look.differing == {}
    assert known.notes.keys() == {path for path in published if not path.startswith(f"{SEARCH}/")}


def test_one_that_nobody_knows_is_replaced(project: Project) -> None:
    """Such as when the cache was deleted, and the site was not."""
    project.build()
    shutil.rmtree(project.folder / ".cache")
    project.build()
    memory = project.folder / ".cache" / "briefbook"
    (spare,) = (memory / "spare").iterdir()
    assert files_of(spare) == files_of(project.site)
    assert look_ahead(memory, spare).differing == {}


def test_where_there_can_be_no_links_there_is_none(tmp_path: Path, spare: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*paths: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr("generator.spare_site.os.link", refused)
    double(spare, tmp_path / "double", tmp_path / "spare", {}, cache)
    assert not (tmp_path / "double").exists()
