"""What readers will see of an edit, said before it is published: facts from old to new, and the pages that change."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.projects import Project, read_html, words
from tests.repository import Repository, published

FLOOD = "briefings/fable-flood.yaml"
TITLE = "River Fable floods two villages"
SHEET = "/briefings/fable-flood/"

A_SOURCE = """\
publisher: Fable Rescue
title: Second release
date: 2021-05-07
url: https://rescue.example/second
language: en
type: primary
grade: B
grade_reason: First hand.
read: full_text
"""


@pytest.fixture
def repository(project: Project) -> Repository:
    return published(project)


def said(project: Project, *arguments: str) -> list[str]:
    done = project.invoke("diff", *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()


def test_nothing(repository: Repository) -> None:
    assert said(repository.project) == ["Nothing that readers see changed."]


def test_what_readers_do_not_see(repository: Repository) -> None:
    repository.project.replace(FLOOD, "title: River", "# A note to ourselves.\ntitle: River")
    assert said(repository.project) == ["Nothing that readers see changed."]


def test_a_changed_figure(repository: Repository) -> None:
    repository.project.replace(FLOOD, "        value: 200\n", "        value: 210\n")
    lines = said(repository.project)
    assert lines[0].startswith("1 figure changed; ")
    assert f"  {TITLE}: about 210 people: value: 200 people → 210 people" in lines
    pages = [line.strip() for line in lines if line.startswith("  /")]
    assert {SHEET, "/measures/people-moved/"} <= set(pages)
    assert "/places/lower-example/" not in pages
    assert len(pages) == int(re.search(r"; (\d+) pages changed$", lines[0])[1])  # type: ignore[index]  # it matches


def test_a_correction_that_its_entry_tells(repository: Repository) -> None:
    project = repository.project
    project.replace(FLOOD, "        value: 200\n", "        value: 210\n")
    assert project.invoke("amend", project.content / FLOOD, "--kind", "correction", "--note", "A slip.").returncode == 0
    lines = said(project)
    # The sheet was called otherwise once, and its new version has a way from there too.
    assert re.fullmatch(r"1 figure corrected, 1 entry added; \d+ pages changed, 2 new; \d+ feeds", lines[0]), lines[0]
    assert f"  {TITLE}: about 210 people: value: 200 people → 210 people" in lines
    new = sorted(line for line in lines if line.endswith(", new"))
    assert [re.fullmatch(r"  /briefings/(fable-\w+)/at/[\d-]+/, new", line)[1] for line in new] == ["fable-flood", "fable-water"]  # type: ignore[index]  # all match


def _withdraw(project: Project) -> None:
    project.replace(FLOOD, "    status: superseded\n", "    status: superseded\n    withdrawn: The mayor never said so.\n")
    project.replace(FLOOD, "    supersedes: [cl-moved]\n", "")


def _rename(project: Project) -> None:
    (project.content / "places/lower-example.yaml").rename(project.content / "places/nether-example.yaml")
    for file in project.content.rglob("*.yaml"):
        file.write_text(file.read_text(encoding="utf-8").replace("lower-example", "nether-example"), encoding="utf-8")
    with (project.content / "places/nether-example.yaml").open("a", encoding="utf-8") as record:
        record.write("formerly: [lower-example]\n")


EDITS: dict[str, tuple[Callable[[Project], object], str]] = {
    "new record": (lambda project: project.write("sources/second.yaml", A_SOURCE), r"1 source added; \d+ pages? changed, 1 new"),
    "gone": (lambda project: (project.content / "sources/old-atlas.yaml").unlink(), r"1 source removed; \d+ pages? changed, 1 gone"),
    "withdrawn": (_withdraw, r"1 claim withdrawn, 1 claim changed; \d+ pages changed"),
    "renamed": (_rename, r"(1 place changed.*|.*changed); \d+ pages changed, 1 new; 2 feeds"),
    "record itself": (
        lambda project: project.replace(FLOOD, "label: update\n", "label: final\n"),
        r"1 briefing changed; 5 pages changed; 8 feeds",
    ),
    "all unknowns gone": (
        lambda project: project.replace(
            FLOOD,
            "unknowns:\n  - id: un-cost\n    question: What did it cost?\n    text: Nobody has said.\n    sources: [gazette-own-report]\n",
            "",
        ),
        r"1 briefing changed; 4 pages changed",
    ),
    "two parts": (
        lambda project: (
            project.replace(FLOOD, "    text: About 200 people left", "    text: Some 200 people left"),
            project.replace(FLOOD, "    question: What did it cost?", "    question: What was the cost?"),
        ),
        r"1 claim changed, 1 unknown changed; \d+ pages? changed",
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_edits_in_a_sentence(repository: Repository, name: str) -> None:
    edit, expected = EDITS[name]
    edit(repository.project)
    assert re.fullmatch(expected, said(repository.project)[0]), said(repository.project)


def test_a_page_for_the_pull_request(repository: Repository) -> None:
    """It is one piece of HTML, whatever is in the records."""
    project = repository.project
    project.replace(FLOOD, "    question: What did it cost?", "    question: '<img src=x> & \"what\" @all?'")
    done = project.invoke("diff", "--format", "html")
    assert "\n\n" not in done.stdout
    page = read_html(f"<div>{done.stdout}</div>")
    assert [element.text for element in page.iter("h3")] == [TITLE]
    assert [words(element) for element in page.iter("del")] == ["What did it cost?"]
    assert [words(element) for element in page.iter("ins")] == ['<img src=x> & "what" @all?']
    assert words(next(page.iter("strong"))) == "1 unknown changed; 4 pages changed"
    assert SHEET in [words(element) for element in page.iter("code")]


def test_records_with_problems_are_told_as_ever(repository: Repository) -> None:
    repository.project.replace(FLOOD, "label: update\n", "label: finall\n")
    done = repository.project.invoke("diff")
    assert done.returncode == 1
    assert "label: the text `finall`" in done.stdout


def test_outside_git(project: Project) -> None:
    done = project.invoke("diff")
    assert done.returncode == 2
    assert "in no git repository" in done.stderr


def test_before_there_were_records(project: Project) -> None:
    repository = published(project, project.folder / "site_templates")
    repository.git("status")
    done = project.invoke("diff", "--against", "HEAD")
    assert done.returncode == 2


def test_what_was_published_may_break_a_later_rule(repository: Repository) -> None:
    """A rule that came later must not keep an editor from seeing what an edit does."""
    project = repository.project
    project.replace(FLOOD, "label: update\n", "label: finall\n")
    repository.commit("Was allowed then")
    project.replace(FLOOD, "label: finall\n", "label: final\n")
    lines = said(project, "--against", "HEAD")
    assert lines[0].startswith("1 briefing added; ")
