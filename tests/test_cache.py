"""What builds remember: nothing in it is ever wrong, whatever becomes of its folder."""

from __future__ import annotations

import os
import pickle
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.cache import FORM, Cache, LostError, forget
from generator.hashing import digest
from generator.kept_values import unpickled
from generator.urls import Target


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def cache(folder: Path) -> Iterator[Cache]:
    found = Cache(folder)
    yield found
    found.close()


def again(cache: Cache, limit: int = 10**9) -> Cache:
    cache.close()
    return Cache(cache.folder, limit)


def objects(folder: Path) -> list[Path]:
    return [file for file in (folder / FORM / "objects").rglob("*") if file.is_file()]


def test_it_counts_where_a_text_ends() -> None:
    assert digest("ab", "c") != digest("a", "bc") != digest("abc")
    assert digest("é") == digest("é".encode())


def test_what_was_put_is_there_the_next_time(cache: Cache) -> None:
    cache.put("pages", b"key", ("value", Target("words", "uri")))
    assert cache.get("pages", b"key") == ("value", Target("words", "uri"))
    assert cache.get("other", b"key") is None
    later = again(cache)
    assert later.get("pages", b"key") == ("value", Target("words", "uri"))
    later.close()


def test_an_object_is_linked_into_a_site(cache: Cache, tmp_path: Path) -> None:
    name = cache.keep(b"content")
    found = cache.link(name, str(tmp_path / "file"))
    assert (tmp_path / "file").read_bytes() == b"content"
    assert found.st_nlink == 2
    assert cache.keep(b"content") == name, "the same content is kept once"
    assert len(objects(cache.folder)) == 1


@pytest.mark.parametrize("what", ["changed", "deleted"])
def test_an_object_that_is_not_as_it_was_left_is_not_there(cache: Cache, tmp_path: Path, what: str) -> None:
    name = cache.keep(b"content")
    later = again(cache)
    (file,) = objects(cache.folder)
    file.write_bytes(b"CONTENT") if what == "changed" else file.unlink()
    os.utime(file, ns=(1, 1)) if what == "changed" else None
    with pytest.raises(LostError):
        later.link(name, str(tmp_path / "file"))
    assert not (tmp_path / "file").exists()
    assert not later.has(name)
    later.keep(b"content")
    later.link(name, str(tmp_path / "file"))
    assert (tmp_path / "file").read_bytes() == b"content"
    later.close()


def test_a_damaged_database_is_an_empty_one(cache: Cache) -> None:
    cache.put("pages", b"key", 1)
    cache.close()
    for file in (cache.folder / FORM).glob("entries.sqlite*"):
        file.write_bytes(b"no database at all" * 100)
    later = Cache(cache.folder)
    assert later.get("pages", b"key") is None
    later.put("pages", b"key", 2)
    assert again(later).get("pages", b"key") == 2


def test_a_damaged_value_is_none(cache: Cache) -> None:
    cache.put("pages", b"key", ["value"])
    cache.close()
    with sqlite3.connect(cache.folder / FORM / "entries.sqlite") as database:
        database.execute("UPDATE entry SET value = ?", (b"\x80\x05broken",))
    later = Cache(cache.folder)
    assert later.get("pages", b"key") is None
    later.close()


def test_a_value_in_the_place_of_another_is_none(cache: Cache) -> None:
    """A database does not notice when some of its bytes become others."""
    cache.put("pages", b"one", 1)
    cache.put("pages", b"two", 2)
    cache.close()
    with sqlite3.connect(cache.folder / FORM / "entries.sqlite") as database:
        database.execute("UPDATE entry SET value = (SELECT value FROM entry WHERE key = ?) WHERE key = ?", (b"two", b"one"))
    later = Cache(cache.folder)
    assert [later.get("pages", key) for key in (b"one", b"two")] == [None, 2]
    later.close()


@pytest.mark.parametrize("name", ["entries.sqlite", "objects", ""])
@pytest.mark.parametrize("what", ["a folder", "a file"])
def test_something_else_in_the_place_of_a_file_or_folder(cache: Cache, name: str, what: str) -> None:
    cache.close()
    place = cache.folder / FORM / name
    shutil.rmtree(place) if place.is_dir() else place.unlink()
    if what == "a folder":
        (place / "something").mkdir(parents=True)
    else:
        place.write_text("something")
    later = Cache(cache.folder)
    later.put("pages", b"key", 1)
    assert later.has(later.keep(b"content"))
    last = again(later)
    assert last.get("pages", b"key") == 1
    last.close()


def test_all_is_forgotten_where_the_folder_is_a_link(tmp_path: Path) -> None:
    """Such as to another disk."""
    (tmp_path / "disk" / "folder").mkdir(parents=True)
    (tmp_path / "cache").symlink_to(tmp_path / "disk")
    forget(tmp_path / "cache")
    assert (tmp_path / "cache").is_symlink()
    assert list((tmp_path / "disk").iterdir()) == []


def test_nothing_but_values_comes_out_of_it() -> None:
    """A value that would run something on its way is no value of ours."""
    assert unpickled(pickle.dumps(os.system)) is None
    assert unpickled(pickle.dumps({"a": (1, "b", {2})})) == {"a": (1, "b", {2})}


def test_above_its_limit_it_keeps_what_the_last_build_used_or_its_site_needs(cache: Cache) -> None:
    old = cache.keep(b"old" * 1000)
    needed = cache.keep(b"needed" * 1000)
    used = cache.keep(b"used" * 1000)
    cache.put("pages", b"old", 1)
    cache.put("pages", b"used", 2)
    cache.put("pages", b"needed", 3)
    small = again(cache, limit=100)
    assert small.has(used)
    assert small.get("pages", b"used") == 2
    new = small.keep(b"new" * 1000)
    small.still_used([needed], [("pages", b"needed")])
    later = again(small)
    assert [later.has(name) for name in (old, used, new, needed)] == [False, True, True, True]
    assert [later.get("pages", key) for key in (b"old", b"used", b"needed")] == [None, 2, 3]
    assert len(objects(cache.folder)) == 3
    later.close()


def test_what_is_no_folder_becomes_one_and_the_rest_stays(cache: Cache) -> None:
    """Of two processes that find it so at once, neither may take from the other what that has made since."""
    name, aside = cache.keep(b"content"), cache.folder / FORM / "aside"
    cache.flush()
    aside.rmdir()
    aside.write_text("something else")
    later = again(cache)
    assert later.has(name)
    assert later.keep(b"other") != name
    later.close()


def test_a_folder_that_is_deleted_while_it_is_used_is_told_apart_from_a_full_disk(cache: Cache) -> None:
    cache.keep(b"content")
    shutil.rmtree(cache.folder)
    with pytest.raises(LostError, match="gone"):
        cache.keep(b"other")


def test_without_a_site_nothing_is_thrown_away(cache: Cache) -> None:
    """A build that was refused has asked for almost nothing, and the next needs all of it."""
    old = cache.keep(b"old" * 1000)
    refused = again(cache, limit=100)
    later = again(refused)
    assert later.has(old)
    later.close()


def test_it_is_not_gone_through_again_before_it_has_grown(cache: Cache) -> None:
    """A large site is above any limit by itself."""
    used = cache.keep(b"used" * 1000)
    small = again(cache, limit=100_000)
    small._limit = 100
    small.still_used([used], ())
    small = again(small, limit=100_000)
    old = small.keep(b"old" * 1000)
    small.still_used([used], ())
    later = again(small)
    assert later.has(old)
    later.close()


def test_two_builds_at_once_keep_what_both_made(cache: Cache) -> None:
    other = Cache(cache.folder)
    cache.put("pages", b"one", 1)
    other.put("pages", b"two", 2)
    one, same = cache.keep(b"the same"), other.keep(b"the same")
    cache.flush()
    other.flush()
    later = Cache(cache.folder)
    assert [later.get("pages", key) for key in (b"one", b"two")] == [1, 2]
    assert one == same and later.has(one)
    later.close()
    other.close()


def test_a_folder_that_goes_while_it_is_used_is_made_again(cache: Cache, tmp_path: Path) -> None:
    cache.keep(b"before")
    shutil.rmtree(cache.folder / FORM / "objects")
    with pytest.raises(LostError):
        cache.link(digest(b"before").hex(), str(tmp_path / "file"))
    assert cache.link(cache.keep(b"after"), str(tmp_path / "file"))


@pytest.mark.parametrize("what", ["was never noted", "was touched"])
def test_an_object_is_known_by_what_is_in_it(cache: Cache, tmp_path: Path, what: str) -> None:
    """A build may be killed before it notes what it wrote."""
    cache.write(digest(b"content").hex(), b"content") if what == "was never noted" else cache.keep(b"content")
    (file,) = objects(cache.folder)
    os.utime(file, ns=(1, 1))
    name = digest(b"content").hex()
    later = again(cache)
    assert later.has(name)
    later.link(name, str(tmp_path / "file"))
    last = again(later)
    file.write_bytes(b"CONTENT")
    os.utime(file, ns=(2, 2))
    assert not last.has(name), "it is noted now, and changed since"
    last.close()
