"""The content folder: what is read, and what is said of what is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.load import lines_of, listing, load, read
from generator.parse import SIZE_LIMIT


def test_records_come_in_order_of_kind_and_id(content: Path) -> None:
    loaded = load(content)
    keys = [item.key for item in loaded.records]
    assert keys == sorted(keys)
    assert len(keys) == 14
    assert loaded.problems == ()
    assert loaded.broken == {}
    assert loaded.images == {"bridge.png"}


def test_reading_twice_gives_the_same(content: Path) -> None:
    assert load(content) == load(content)


def test_what_is_broken_keeps_its_name_and_tree(content: Path) -> None:
    (content / "places" / "spot.yaml").write_text("name: The Spot\n", encoding="utf-8")
    (content / "places" / "hole.yaml").write_text("name: [\n", encoding="utf-8")
    (content / "places" / "The Hill.yaml").write_text("name: The Hill\n", encoding="utf-8")
    (content / "places" / "pond.yml").write_text("name: The Pond\n", encoding="utf-8")
    broken = load(content).broken
    assert set(broken) == {("place", "spot"), ("place", "hole"), ("place", "the-hill"), ("place", "pond")}
    tree = broken["place", "spot"]
    assert tree is not None
    assert tree.data == {"name": "The Spot"}
    assert broken["place", "hole"] is None


def test_a_record_under_no_name_for_one_is_none(content: Path) -> None:
    """However valid, and it does not stand in the way of the one that has the name."""
    place = "name: The Hill\nkind: hill\n"
    (content / "places" / "The Hill.yaml").write_text(place, encoding="utf-8")
    assert ("place", "the-hill") not in {record.key for record in load(content).records}
    assert load(content).broken == {("place", "the-hill"): None}
    (content / "places" / "the-hill.yaml").write_text("name: The Hill\n", encoding="utf-8")
    broken = load(content).broken["place", "the-hill"]
    assert broken is not None
    assert broken.path == "content/places/the-hill.yaml"


def test_a_file_that_is_gone_before_it_is_read_is_told(content: Path) -> None:
    (found, *_) = listing(content).found
    Path(found.file).unlink()
    assert [str(problem) for problem in read(found)[2]] == [
        f"{found.shown}:1:1: a file that cannot be read (No such file or directory); a readable file"
    ]


@pytest.mark.parametrize(
    ("raw", "lines"),
    [
        (b"\xef\xbb\xbfa b\r\nc\rd\n", ["a b", "c", "d", ""]),
        (b"caf\xe9", ["caf\udce9"]),
        ("\ufeffa".encode("utf-16-le"), []),
        (b"x" * SIZE_LIMIT, ["x" * SIZE_LIMIT]),
        (b"x" * (SIZE_LIMIT + 1), []),
    ],
    ids=["line breaks", "no UTF-8", "UTF-16", "large", "too large"],
)
def test_the_lines_of_a_file_are_those_that_problems_count(raw: bytes, lines: list[str], tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(raw)
    assert lines_of(tmp_path / "file") == lines


def test_what_is_no_file_has_no_lines(tmp_path: Path) -> None:
    assert lines_of(tmp_path) == lines_of(tmp_path / "none") == lines_of(tmp_path / "\0") == []


def test_paths_are_shown_as_wanted(content: Path) -> None:
    (content / "places" / "spot.yaml").write_text("", encoding="utf-8")
    assert [problem.path for problem in load(content, "docs/content").problems] == ["docs/content/places/spot.yaml"]


def test_an_empty_folder_is_no_mistake(tmp_path: Path) -> None:
    loaded = load(tmp_path)
    assert (loaded.records, loaded.problems) == ((), ())


def test_pictures_in_folders_are_found(content: Path) -> None:
    (content / "images" / "2021").mkdir()
    (content / "images" / "2021" / "dam.png").write_bytes(b"")
    assert load(content).images == {"bridge.png", "2021/dam.png"}


def test_nothing_is_written(content: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in content.rglob("*")}
    load(content)
    assert {path: path.stat().st_mtime_ns for path in content.rglob("*")} == before
