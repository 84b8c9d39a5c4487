"""Compiled templates are run as they are, so only those that are as they were left are taken."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest

from generator.compiled import Compiled


def rendered(folder: Path, text: str) -> str:
    return jinja2.Environment(loader=jinja2.DictLoader({"page": text}), bytecode_cache=Compiled(folder)).get_template("page").render()


def test_a_template_is_compiled_once(tmp_path: Path) -> None:
    assert rendered(tmp_path, "One {{ 1 + 1 }}") == "One 2"
    (file,) = tmp_path.iterdir()
    before = file.stat().st_mtime_ns
    assert rendered(tmp_path, "One {{ 1 + 1 }}") == "One 2"
    assert file.stat().st_mtime_ns == before
    assert rendered(tmp_path, "Two {{ 1 + 1 }}") == "Two 2"
    assert file.stat().st_mtime_ns != before


@pytest.mark.parametrize("place", range(0, 900, 50))
def test_one_that_is_damaged_is_compiled_again(tmp_path: Path, place: int) -> None:
    rendered(tmp_path, "One {{ 1 + 1 }}")
    (file,) = tmp_path.iterdir()
    data = bytearray(file.read_bytes())
    data[place % len(data)] ^= 0xFF
    file.write_bytes(data)
    assert rendered(tmp_path, "One {{ 1 + 1 }}") == "One 2"
    file.write_bytes(data[:place])
    assert rendered(tmp_path, "One {{ 1 + 1 }}") == "One 2"


def test_where_nothing_can_be_kept_it_is_compiled_each_time(tmp_path: Path) -> None:
    assert rendered(tmp_path / "nowhere", "One {{ 1 + 1 }}") == "One 2"
