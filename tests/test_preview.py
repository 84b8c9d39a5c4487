"""The preview's page of problems: the same lines as on a terminal, as text whatever is in them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import Element

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import Problem
from generator.pipeline import Project, check, explain
from generator.preview import problems_page
from generator.report import Report, report
from tests.projects import fragment, words

from .conftest import CASES

EXTENSIONS = ["attr_list", "md_in_html", "def_list", "tables", "toc"]
"""Those of mkdocs.yml."""


def shown(page: str) -> Element:
    html = markdown.markdown(page, extensions=EXTENSIONS)
    assert words(fragment(html)) == words(fragment(markdown.markdown(page))), "an address without a page has no extensions"
    return fragment(html)


def page_of(content: Path, limit: int = 50) -> str:
    records, problems = check(content, "content")
    return problems_page(explain(Project(content, content, "Name"), problems, records, limit=limit))


@pytest.mark.parametrize("case", sorted(case.name for case in (CASES / "problems").iterdir()))
def test_every_case_makes_a_page(case: str, report_of: Callable[[str], Report]) -> None:
    page = shown(problems_page(report_of(case)))
    assert " in the content" in words(page)
    assert all(element.text for element in page.iter("mark"))


def test_a_problem_is_shown_with_its_lines(content: Path) -> None:
    for case in ("40-near", "14-duplicate-key", "26-grade"):
        shutil.copytree(CASES / "problems" / case / "content", content, dirs_exist_ok=True)
    page = shown(page_of(content))
    text = words(page)
    assert text.startswith("3 problems in the content The preview shows your pages again as soon as this is mended.")
    assert "content/briefings/small.yaml, line 13, column 15 (claims[0].sources[0]) 13 | sources: [rescue-relase]" in text
    assert "Found: no source `rescue-relase` Expected: the id of a source Try: did you mean `rescue-release`?" in text
    assert "Known sources: rescue-release (Statement on the flood), " in text
    assert "Mended: 13 | sources: [rescue-release]" in text
    assert "First defined here, content/measures/depth.yaml, line 1: 1 | title: Depth of the water" in text
    assert "As in content/sources/example-wire-flood.yaml, line 8: 8 | grade: A" in text
    marked = [element.text for element in page.iter("mark")]
    assert marked == ["rescue-relase", "rescue-release", "title", "title", "E"]


def test_one_cause_and_what_is_left_out_are_said(content: Path) -> None:
    (content / "sources" / "rescue-release.yaml").unlink()
    for number in range(4):
        (content / "measures" / f"m{number}.yaml").write_text(f"title{number}: x\n", encoding="utf-8")
    text = words(shown(page_of(content, limit=2)))
    assert "And 3 more like it: content/briefings/fable-flood.yaml, line" in text
    assert "more." in text


HOSTILE = ["<script>x()</script>", "</code></pre></section><b>", "*a* `b` [c](javascript:x)", "{: onclick=x }", "--8<-- x", "&lt;b&gt; &#60;", "![x](https://x)", "$a$ ~~b~~", "\u202e\u200b\x1b[31m"]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_it_is_markup(text: str) -> None:
    problem = Problem(text, 1, 1, text, text, text, text, end=(1, 5))
    page = shown(problems_page(report([problem], lambda path: [text])))
    assert {element.tag for element in page.iter()} <= {"body", "h1", "p", "section", "strong", "pre", "code", "mark", "ul", "li"}
    assert not any(element.attrib for element in page.iter() if element.tag != "h1")
    for visible in text.replace("\u202e", "<U+202E>").replace("\u200b", "<U+200B>").replace("\x1b", "<U+001B>").split():
        assert visible in words(page)


@given(st.text(max_size=30), st.integers(1, 40), st.integers(1, 40))
def test_spaces_stay_where_they_are(line: str, col: int, end: int) -> None:
    line = line.replace("\n", "").replace("\r", "")
    made = report([Problem("a.yaml", 1, col, "x", "y", "z", end=(1, end))], lambda path: [line])
    (pre,) = shown(problems_page(made)).iter("pre")
    here = made.entries[0].here
    assert here
    assert "".join(pre.itertext()).removeprefix("   1 | ").rstrip() == (here.before + (here.place or " ") + here.after).rstrip()
