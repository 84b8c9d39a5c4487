"""What builds keep is read back as it was, and nothing else is."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from generator.cache import Cache
from generator.disk import remove
from generator.kept_values import pickled, unpickled
from generator.kinds import FOLDERS, KINDS
from generator.pipeline import check_now
from generator.records import Record
from generator.urls import Target
from generator.views.excerpts import excerpts

CONTENT = Path(__file__).parents[1] / "content"


@pytest.fixture(scope="module")
def records() -> list[tuple[str, Record]]:
    catalog, problems = check_now(CONTENT)
    assert problems == []
    return [(kind, record) for kind in KINDS for record in getattr(catalog, FOLDERS[kind]).values()]


def test_records_come_back_as_they_were(records: list[tuple[str, Record]]) -> None:
    assert len(records) > 100
    for _, record in records:
        found = unpickled(pickled(record))
        assert found == record
        assert found.model_fields_set == record.model_fields_set
        assert found.model_dump(exclude_unset=True) == record.model_dump(exclude_unset=True)


def test_what_others_are_told_comes_back_as_it_was(records: list[tuple[str, Record]]) -> None:
    for kind, record in records:
        told = excerpts(kind, record)  # type: ignore[arg-type]  # of KINDS
        assert {name: unpickled(pickled(value)) for name, value in told.items()} == told


class _Runs:
    """Stands for any value that does something when it is read back."""

    def __init__(self, what: object, *given: object) -> None:
        self._what, self._given = what, given

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return self._what, self._given


def test_nothing_of_ours_can_be_run_either(tmp_path: Path) -> None:
    """What somebody else has put among the kept values may name our own code too."""
    file = tmp_path / "file"
    file.write_text("mine")
    assert unpickled(pickle.dumps(_Runs(remove, file))) is None
    assert file.exists()
    assert unpickled(pickle.dumps(_Runs(Cache, tmp_path / "made"))) is None
    assert not (tmp_path / "made").exists()
    assert unpickled(pickle.dumps(_Runs(Target, "text", "uri", "anchor"))) == Target("text", "uri", "anchor")
