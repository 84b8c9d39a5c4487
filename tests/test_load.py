"""The content folder: what is read, and what is said of what is not."""

from __future__ import annotations

from pathlib import Path

from generator.load import load


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
