"""What a problem marks in a file, and what its fix puts where: what editors underline, and programs change.

`cases/marks.txt` holds both for each case of `cases/problems`: the place, the text that is marked, the edit.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from generator.errors import Fix, Problem
from generator.pipeline import check

from .conftest import CASES
from .test_fixes import between

PROBLEMS = sorted((CASES / "problems").iterdir())
MARKS = dict(part.split("\n", 1) for part in f"\n{(CASES / 'marks.txt').read_text(encoding='utf-8')}".split("\n= ")[1:])


def text_of(content: Path, path: str) -> str:
    file = content.parent / path
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def shown(text: str) -> str:
    short = f"{text[:40]}…{text[-20:]}" if len(text) > 80 else text
    return json.dumps(short, ensure_ascii=not text.isprintable())


def marked(content: Path, problem: Problem) -> str:
    """The problem as a line of `marks.txt`."""
    text = text_of(content, problem.path)
    said = f"{problem.path.removeprefix('content/')}:{problem.line}:{problem.col}"
    if problem.end:
        said += f" marks {shown(between(text, Fix(problem.line, problem.col, *problem.end, '')))}"
    if problem.fix:
        said += f", puts {shown(problem.fix.text)} for {shown(between(text, problem.fix))} at {problem.fix.line}:{problem.fix.col}"
    if problem.related:
        near = problem.related
        said += f", see {near.path.removeprefix('content/')}:{near.line}:{near.col}"
        if near.end:
            said += f" {shown(between(text_of(content, near.path), Fix(near.line, near.col, *near.end, '')))}"
    return said


@pytest.mark.parametrize("case", PROBLEMS, ids=lambda case: case.name)
def test_what_is_marked_and_changed(case: Path, content: Path) -> None:
    shutil.copytree(case / "content", content, dirs_exist_ok=True)
    lines = [marked(content, problem) for problem in check(content, "content")[1]]
    assert lines == MARKS.get(case.name, "").splitlines(), "\n".join([f"tests/cases/marks.txt should have:\n= {case.name}", *lines])
