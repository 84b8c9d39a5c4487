"""What is shown beside a problem: its line, the other place, the mended line, examples; and what is left out."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given

from generator.errors import Problem
from generator.formats import as_github, as_json, as_text
from generator.parse import parse
from generator.pipeline import Project, check, explain
from generator.preview import problems_page
from generator.report import Entry, Report, folded, report

from .conftest import CASES
from .test_parse import mutated


def reported(content: Path, limit: int | None = None) -> Report:
    records, problems = check(content, content.name)
    return explain(Project(content, content, "Name"), problems, records, limit=limit)


def only(content: Path, case: str) -> Entry:
    shutil.copytree(CASES / "problems" / case / "content", content, dirs_exist_ok=True)
    (entry,) = reported(content).entries
    return entry


def printed(content: Path) -> list[str]:
    return list(as_text(reported(content)))


# Each way of being wrong, as it is printed below the problem's own line.
SHOWN = {
    "40-near": """\
    13 |     sources: [rescue-relase]
       |               ^^^^^^^^^^^^^
  mended:
    13 |     sources: [rescue-release]
  known sources: rescue-release (Statement on the flood), gazette-own-report (A night on the Fable), gazette-wire-copy (Flood empties two villages)
""",
    "40-by-name": """\
    11 |     said_by: [Fable Valley Rescue]
       |               ^^^^^^^^^^^^^^^^^^^
  mended:
    11 |     said_by: [fable-rescue]
  known actors or people: fable-rescue (Fable Valley Rescue), ada-ferry (Ada Ferry), example-gazette (Example Gazette)
""",
    "40-far": """\
    13 |     sources: [nothing-like-it]
       |               ^^^^^^^^^^^^^^^
  known sources: gazette-own-report (A night on the Fable), rescue-release (Statement on the flood), gazette-wire-copy (Flood empties two villages)
""",
    "40-source-wrong-kind": """\
    13 |     sources: [fable-rescue]
       |               ^^^^^^^^^^^^
  known sources: rescue-release (Statement on the flood), gazette-own-report (A night on the Fable), gazette-wire-copy (Flood empties two villages)
""",
    "40-highlight": """\
     7 | highlights: [cl-fall]
       |              ^^^^^^^
  mended:
     7 | highlights: [cl-fell]
  known claims: cl-fell
""",
    "40-link-record": """\
     3 | summary: Near [it](place:uper-example).
       |                          ^^^^^^^^^^^^
""",
    "26-word-near": """\
     2 | label: updates
       |        ^^^^^^^
  mended:
     2 | label: update
  as in content/briefings/fable-flood.yaml:2:
     2 | label: update
""",
    "26-grade": """\
     7 | grade: E
       |        ^
  as in content/sources/example-wire-flood.yaml:8:
     8 | grade: A
""",
    "18-missing-in-claim": """\
     9 |   - id: cl-fell
       |     ^^
  as in content/briefings/fable-flood.yaml:19:
    19 |     said_on: 2021-05-02
""",
    "18-missing-title": """\
  as in content/measures/people-moved.yaml:1:
     1 | title: People who left their homes
""",
    "18-missing-source": """\
     9 |   - id: cl-fell
       |     ^^
  as in content/briefings/fable-flood.yaml:24:
    24 |     sources:
    25 |       - source: rescue-release
    26 |         locator: line 3
""",
    "17-unknown-field": """\
     3 | sumary: A crossing.
       | ^^^^^^
  mended:
     3 | summary: A crossing.
  as in content/places/upper-example.yaml:14:
    14 | summary: A village on the River Fable.
""",
    "14-duplicate-key-in-list": """\
    15 |     said_on: 2021-05-03
       |     ^^^^^^^
  first defined here, content/briefings/small.yaml:12:
    12 |     said_on: 2021-05-04
       |     -------
""",
    "19-text-for-list": """\
    11 |     said_by: fable-rescue
       |              ^^^^^^^^^^^^
  mended:
    11 |     said_by: [fable-rescue]
  known actors or people: fable-rescue (Fable Valley Rescue), ada-ferry (Ada Ferry), example-gazette (Example Gazette)
""",
    "02-colon-space": """\
     1 | title: Depth: of the water
       |             ^
  mended:
     1 | title: "Depth: of the water"
""",
    "07-sibling-one-less": """\
    12 |    said_on: 2021-05-04
       |    ^^^^^^^^^^^^^^^^^^^
  mended:
    12 |     said_on: 2021-05-04
""",
    "08-no-space-after-colon": """\
     2 | unit:m
       |     ^
  mended:
     2 | unit: m
""",
    "11-nbsp-after-colon": """\
     2 | unit:\u00a0m
       |      ^
  mended:
     2 | unit: m
""",
    "rule-publisher-is-an-actor": """\
     1 | publisher: Example Wire
       |            ^^^^^^^^^^^^
  mended:
     2 | publisher_actor: example-wire
""",
    "40-claim-of-other-briefing": """\
    15 |     disputes: [cl-rose]
       |                ^^^^^^^
  mended:
    15 |     disputes: [fable-flood#cl-rose]
  known claims: fable-flood#cl-rose, fable-flood#cl-moved, fable-flood#cl-moved-later
""",
    # A text without a link is no example of one.
    "40-half-link": """\
     3 | summary: Near [it](place:upper-example, above it.
       |                  ^^
""",
    "09-a-text": """\
     1 | Depth of the water
       | ^^^^^^^^^^^^^^^^^^
""",
    # Of the file as a whole: no line is at fault.
    "09-empty": "",
    "35-id-capital": "",
    "39-folder-strange": "",
}


@pytest.mark.parametrize("case", SHOWN)
def test_what_is_shown_below_a_problem(case: str, report_of: Callable[[str], Report]) -> None:
    first, *below = as_text(report_of(case))
    assert first == (CASES / "problems" / case / "expected.txt").read_text(encoding="utf-8").rstrip("\n")
    assert below == SHOWN[case].splitlines()


@pytest.mark.parametrize("case", sorted(case.name for case in (CASES / "problems").iterdir()))
def test_every_case_is_shown_in_lines_fit_for_a_terminal(case: str, report_of: Callable[[str], Report]) -> None:
    found = report_of(case)
    lines = list(as_text(found))
    assert [line for line in lines if not line.startswith(" ")] == [str(entry.problem) for entry in found.entries]
    assert all(line.isprintable() or "\u00a0" in line or "\u3000" in line for line in lines)
    for entry in found.entries:
        line = entry.problem.line
        if entry.here:
            end = entry.problem.end or (line, 0)
            assert line <= entry.here.number <= end[0]
        else:
            assert (line, entry.problem.col) == (1, 1)


def test_an_example_is_never_a_line_with_a_problem(content: Path) -> None:
    """Where no other record has the field, another item of the same one does, if that is right."""
    shutil.rmtree(content / "briefings")
    shutil.copytree(CASES / "problems" / "26-word-far" / "content", content, dirs_exist_ok=True)
    file = content / "briefings" / "small.yaml"
    text = file.read_text(encoding="utf-8").replace("status: reported", "status: sure")
    claims = text[text.index("  - id: cl-fell") :].replace("cl-fell", "cl-other").replace("status: sure", "status: reported")
    file.write_text(text + claims, encoding="utf-8")
    by_field = {entry.problem.field: entry for entry in reported(content).entries}
    assert by_field["label"].example is None, "the only label there is is the wrong one"
    example = by_field["claims[0].status"].example
    assert example
    assert (example.path, example.line) == ("content/briefings/small.yaml", 20)


def test_ids_of_a_first_record_have_no_example(tmp_path: Path) -> None:
    """A folder with nothing in it yet."""
    (tmp_path / "content" / "places").mkdir(parents=True)
    (tmp_path / "content" / "places" / "spot.yaml").write_text("name: Spot\nkind: x\nwithin: nowhere\n", encoding="utf-8")
    (entry,) = reported(tmp_path / "content").entries
    assert [known.id for known in entry.known] == ["spot"]
    assert entry.here


def test_no_example_is_looked_for_in_what_is_no_record(content: Path) -> None:
    assert only(content, "37-homoglyph-reference").known
    broken = [Problem("content/about/method.md", 3, 1, "", "`x`", "y", like=("title",)), Problem("nowhere", 9, 9, "", "x", "y")]
    made = report(broken, lambda path: ["a", "b", "c x"] if path.endswith(".md") else [], check(content)[0])
    assert [(entry.example, entry.known) for entry in made.entries] == [(None, ()), (None, ())]
    assert made.entries[0].here
    assert made.entries[0].here.marks() == "  ^"
    assert made.entries[1].here is None


def test_a_file_that_has_changed_meanwhile_is_shown_as_far_as_it_goes(content: Path) -> None:
    shutil.copytree(CASES / "problems" / "14-duplicate-key" / "content", content, dirs_exist_ok=True)
    records, problems = check(content, "content")
    for lines in ([], [""], ["title"], ["x"] * 5):
        made = report(problems, lambda path, lines=lines: lines, records)  # type: ignore[misc]  # bound on purpose
        assert len(list(as_text(made))) >= 1


@given(mutated())
def test_any_slip_can_be_shown(raw: bytes) -> None:
    """As text, as JSON, for GitHub and on the page; and every fix is an edit that can be made."""
    lines = raw.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    problems = parse("x.yaml", raw)[1]
    made = report(problems, lambda path: lines)
    for text in (*as_text(made), as_json(made), *as_github(made), problems_page(made)):
        assert text.replace("\n", "").replace("\t", "").isprintable() or any(
            unicodedata.category(char) in ("Zs", "Co", "Cn") for char in text
        )
    for problem in problems:
        if problem.fix:
            start, end = (problem.fix.line, problem.fix.col), (problem.fix.end_line, problem.fix.end_col)
            assert (1, 1) <= start <= end
            assert problem.fix.end_line <= len(lines) + 1
            assert problem.fix.col <= len(lines[problem.fix.line - 1]) + 1


# --- one cause, many problems ---------------------------------------------------------------------------


def test_every_mention_of_what_is_not_there_is_one_problem(content: Path) -> None:
    (content / "sources" / "rescue-release.yaml").unlink()
    found = reported(content)
    assert len(found.problems) == 4
    (entry,) = found.entries
    assert len(entry.alike) == 3
    briefing = "content/briefings/fable-flood.yaml"
    more = f"{briefing}:49:15, {briefing}:66:15, content/places/upper-example.yaml:18:15"
    assert printed(content)[-1] == f"  and 3 more like it: {more}"
    assert found.summary == "4 problems in 2 files"
    assert found.left_out == 0


def test_what_is_empty_in_two_fields_are_two_problems(content: Path) -> None:
    (content / "measures" / "depth.yaml").write_text("title:\nunit:\nscope: x\ncomparability: x\n", encoding="utf-8")
    assert len(reported(content).entries) == 2


def test_tabs_in_one_file_are_one_problem_and_in_two_files_two(content: Path) -> None:
    for name in ("depth", "height"):
        (content / "measures" / f"{name}.yaml").write_text("title: x\nscope: >-\n\tx\n\ty\n", encoding="utf-8")
    assert [len(group) for group in folded(check(content, "content")[1])] == [2, 2]


def test_many_problems_are_cut_short(content: Path) -> None:
    for number in range(30):
        (content / "measures" / f"m{number:02}.yaml").write_text(f"title{number}: x\n", encoding="utf-8")
    found = reported(content, limit=10)
    assert len(found.entries) == 10
    assert sum(1 + len(entry.alike) for entry in found.entries) + found.left_out == len(found.problems)
    assert list(as_text(found))[-1] == f"  … and {found.left_out} more; to see all of them: briefbook check --all"
    assert found.summary == f"{len(found.problems)} problems in 30 files"


def test_the_summary_tells_warnings_apart() -> None:
    warning = Problem("a.yaml", 1, 1, "", "x", "y", severity="warning")
    error = Problem("b.yaml", 1, 1, "", "x", "y")
    summaries = [report(problems, lambda path: []).summary for problems in ([warning], [error], [warning, error], [])]
    assert summaries == ["1 warning in 1 file", "1 problem in 1 file", "1 problem and 1 warning in 2 files", "0 problems in 0 files"]
