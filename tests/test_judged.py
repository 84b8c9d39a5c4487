"""Builds and `check`, which remember what was judged, find in the records what a look at all of them finds."""

from __future__ import annotations

import io
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from generator.cache import Cache
from generator.content import Content
from generator.errors import Problem
from generator.ledger import question
from generator.load import load
from generator.pipeline import Project as Source
from generator.pipeline import check
from generator.progress import Lines, Quiet
from generator.questions import answers
from generator.records import Briefing
from generator.views.excerpts import excerpts
from tests.projects import Project

from .conftest import CASES

PROBLEMS = sorted((CASES / "problems").iterdir())


def built(content: Path, folder: Path) -> tuple[Problem, ...]:
    """What a build finds."""
    with closing(Cache(folder / "cache")) as cache, closing(Content(Source(content, folder, "Name"), cache, Quiet())) as known:
        return known.judged()[1]


@pytest.mark.parametrize("case", PROBLEMS, ids=lambda case: case.name)
def test_case(case: Path, content: Path, tmp_path: Path) -> None:
    """The first time, after the mistake was made in records that were valid, and after it was mended."""
    valid = Path(shutil.copytree(content, tmp_path / "valid"))
    assert built(content, tmp_path) == ()
    shutil.copytree(case / "content", content, dirs_exist_ok=True)
    expected = check(content, "content")[1]
    assert built(content, tmp_path) == expected
    assert built(content, tmp_path) == expected, "the second time, when nothing has changed"
    shutil.rmtree(tmp_path / "cache")
    assert built(content, tmp_path) == expected, "without memory"
    shutil.rmtree(content)
    valid.rename(content)
    assert built(content, tmp_path) == ()


def test_a_record_under_a_name_that_none_can_have(content: Path, tmp_path: Path) -> None:
    """Its own line is enough: what names it is told nothing."""
    assert built(content, tmp_path) == ()
    place = content / "places/upper-example.yaml"
    place.rename(place.with_suffix(".yml"))
    expected = check(content, "content")[1]
    assert [problem.path for problem in expected] == ["content/places/upper-example.yml"]
    assert built(content, tmp_path) == expected
    place.with_suffix(".yml").rename(place)
    assert built(content, tmp_path) == ()


@pytest.mark.parametrize("can_remember", [True, False])
def test_check_says_the_same_each_time(project: Project, can_remember: bool) -> None:
    if not can_remember:
        (project.folder / ".cache").write_text("a file", encoding="utf-8")
    fine = project.invoke("check")
    assert fine.stdout.startswith("No problems in ")
    project.write("places/nowhere.yaml", "name: Nowhere\nkind: village\nwithin: fable-vally\n")
    first, second = project.invoke("check"), project.invoke("check")
    assert first.returncode == second.returncode == 1
    assert first.stdout == second.stdout
    assert "fable-vally" in first.stdout
    (project.content / "places/nowhere.yaml").unlink()
    assert project.invoke("check").stdout == fine.stdout


def test_check_does_not_wait_for_a_build(project: Project) -> None:
    fine = project.invoke("check").stdout
    source = Source(project.content, project.folder / "site_templates", "Name")
    with closing(Cache(project.folder / ".cache/briefbook")) as cache, closing(Content(source, cache, Quiet())):
        assert project.invoke("check").stdout == fine


def test_a_build_says_that_it_waits_for_another(content: Path, tmp_path: Path) -> None:
    source, said = Source(content, tmp_path, "Name"), io.StringIO()
    with closing(Cache(tmp_path / "cache")) as cache, closing(Content(source, cache, Quiet())) as first:
        Content(source, cache, SaysAndFrees(said, first)).close()
    assert said.getvalue() == "briefbook: waiting for another build of this site\n"


class SaysAndFrees(Lines):
    """Lets the first go on as soon as the second has said that it waits."""

    def __init__(self, stream: io.StringIO, first: Content) -> None:
        super().__init__(stream)
        self.first = first

    def say(self, what: str) -> None:
        super().say(what)
        self.first._lock.close()


def test_a_figure_answers_otherwise_when_its_claim_is_withdrawn(content: Path) -> None:
    """Nothing in the figure itself changes, but pages that show it do."""

    def answer() -> dict[int, bytes]:
        loaded = next(each for each in load(content).records if each.record.id == "fable-flood")
        return answers(loaded, b"", excerpts("briefing", loaded.record))

    sheet = content / "briefings/fable-flood.yaml"
    briefing = next(each.record for each in load(content).records if each.record.id == "fable-flood")
    assert isinstance(briefing, Briefing)
    claim = next(claim for claim in briefing.claims if claim.figures)
    asked = question("part", briefing.id, claim.figures[0].id)
    before = answer()[asked]
    text = sheet.read_text(encoding="utf-8")
    sheet.write_text(text.replace(f"- id: {claim.id}\n", f"- id: {claim.id}\n    withdrawn: It was a mistake.\n", 1), encoding="utf-8")
    assert answer()[asked] != before
