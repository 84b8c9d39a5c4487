"""Records are not read again while nothing can have happened to their files, and are when something has."""

import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from generator import update
from generator.cache import Cache
from generator.content import Content
from generator.load import Found
from generator.pipeline import Project as Source
from generator.progress import Quiet

PLACE = "places/upper-example.yaml"


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if all had happened long ago."""
    monkeypatch.setattr(update, "SETTLED", 0)


@pytest.fixture
def look(content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], tuple[list[str], list[str]]]:
    """Builds as far as the records, and says which files were read, and what was wrong."""
    read: list[str] = []
    usual = update.content_of

    def reading(found: Found) -> bytes:
        read.append(Path(found.file).relative_to(content).as_posix())
        return usual(found)

    monkeypatch.setattr(update, "content_of", reading)

    def look() -> tuple[list[str], list[str]]:
        read.clear()
        with closing(Cache(tmp_path / "cache")) as cache, closing(Content(Source(content, tmp_path, "Name"), cache, Quiet())) as known:
            problems = known.judged()[1]
        return sorted(set(read)), [problem.found for problem in problems]

    return look


def test_what_is_as_it_was_is_not_read(settled: None, content: Path, look: Callable[[], tuple[list[str], list[str]]]) -> None:
    there = sorted(file.relative_to(content).as_posix() for file in content.rglob("*.yaml"))
    assert look() == (there, [])
    assert look() == ([], [])


def test_what_was_written_just_now_is_read(content: Path, look: Callable[[], tuple[list[str], list[str]]]) -> None:
    """A second writing within the same tick of the clock would not be told from the first."""
    read, _ = look()
    assert read
    assert look()[0] == read


def in_place(file: Path, data: bytes) -> None:
    file.write_bytes(data)


def by_another(file: Path, data: bytes) -> None:
    aside = file.with_suffix(".aside")
    aside.write_bytes(data)
    aside.replace(file)


@pytest.mark.parametrize("write", [in_place, by_another])
def test_a_change_is_seen_that_keeps_size_and_time(
    settled: None, content: Path, look: Callable[[], tuple[list[str], list[str]]], write: Callable[[Path, bytes], None]
) -> None:
    look()
    file = content / PLACE
    before, data = file.stat(), file.read_bytes()
    other = data.replace(b"\nkind:", b"\nkimd:", 1)
    assert other != data
    write(file, other)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    after = file.stat()
    assert (after.st_size, after.st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    read, found = look()
    assert read == [PLACE]
    assert any("kimd" in each for each in found)
    write(file, data)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert look() == ([PLACE], [])
    assert look() == ([], [])


def test_what_could_not_be_read_is_tried_again(
    settled: None, content: Path, look: Callable[[], tuple[list[str], list[str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = update.content_of

    def failing(found: Found) -> bytes:
        if Path(found.file) == content / PLACE:
            raise OSError(5, "Input/output error")
        return usual(found)

    with monkeypatch.context() as failed:
        failed.setattr(update, "content_of", failing)
        assert any("Input/output error" in each for each in look()[1])
    assert look() == ([PLACE], [])


def test_what_was_only_touched_is_read_once(settled: None, content: Path, look: Callable[[], tuple[list[str], list[str]]]) -> None:
    look()
    os.utime(content / PLACE)
    assert look() == ([PLACE], [])
    assert look() == ([], [])
