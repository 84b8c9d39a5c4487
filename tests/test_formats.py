"""Problems printed: for a terminal, for a pipe, for programs, for GitHub."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from generator.errors import Problem
from generator.formats import as_github, as_json, as_text
from generator.report import report
from tests.projects import ROOT, Done, Project, told

NOTHING: list[str] = []


def many(count: int, severity: str = "error") -> list[Problem]:
    return [Problem("content/a.yaml", number, 1, "", f"`x{number}`", "y", severity=severity) for number in range(1, count + 1)]  # type: ignore[arg-type]  # one of the two


# --- text ---------------------------------------------------------------------------------------------


def break_in_three_files(project: Project) -> None:
    project.replace("places/upper-example.yaml", "summary:", "sumary:")
    project.replace("sources/old-atlas.yaml", "grade: C", "grade: Z")
    project.write("places/spot.yaml", "name: The Spot\nkind: crossing\nwithin: fable-vally\n")


def test_a_pipe_gets_each_problem_at_the_head_of_a_line(project: Project) -> None:
    break_in_three_files(project)
    done = project.invoke("check")
    assert [line.partition(";")[0] for line in told(done)] == [
        "content/places/spot.yaml:3:9: within: no place `fable-vally`",
        "content/places/upper-example.yaml:14:1: sumary: the unknown field `sumary`",
        "content/sources/old-atlas.yaml:6:8: grade: the text `Z`",
    ]
    assert done.stdout.splitlines()[1:3] == ["     3 | within: fable-vally", "       |         ^^^^^^^^^^^"]
    assert "\x1b" not in done.stdout
    assert done.stderr == "3 problems in 3 files\n"


def test_build_prints_the_same(project: Project) -> None:
    break_in_three_files(project)
    assert project.invoke("build").stdout == project.invoke("check").stdout


def test_so_does_export(project: Project, tmp_path: Path) -> None:
    break_in_three_files(project)
    assert project.invoke("export", tmp_path / "out").stdout == project.invoke("check").stdout


def test_a_mistake_in_a_template_is_shown_with_its_line(project: Project) -> None:
    file = project.templates / "place.md.j2"
    file.write_text(file.read_text(encoding="utf-8").replace("{{ place.name }}", "{{ place.nmae }}", 1), encoding="utf-8")
    done = project.invoke("build")
    assert "{{ place.nmae }}" in done.stdout.splitlines()[1]


def coloured(project: Project, **environment: str) -> bool:
    clean = {"NO_COLOR": "", "FORCE_COLOR": "", "TERM": "xterm", **environment}
    return "\x1b[" in project.run("check", **clean).stdout


def test_colour_is_for_those_who_ask(project: Project) -> None:
    break_in_three_files(project)
    assert not coloured(project)
    assert coloured(project, FORCE_COLOR="1")
    assert not coloured(project, FORCE_COLOR="1", NO_COLOR="1")
    assert not coloured(project, FORCE_COLOR="1", TERM="dumb")


@pytest.mark.skipif(sys.platform == "win32", reason="terminals as POSIX has them")
def test_a_terminal_gets_colour_and_room(project: Project) -> None:
    import pty

    break_in_three_files(project)
    ours, theirs = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    done = subprocess.run(
        [sys.executable, "-m", "generator", "-C", project.folder, "check"],
        cwd=ROOT,
        stdout=theirs,
        stderr=subprocess.PIPE,
        env={**environment, "TERM": "xterm", "COLUMNS": "60"},
        check=False,
    )
    os.close(theirs)
    text = b""
    while chunk := _read(ours):
        text += chunk
    shown = text.decode("utf-8").replace("\r\n", "\n")
    assert done.returncode == 1
    assert "\x1b[1mcontent/places/spot.yaml:3:9:\x1b[0m within: no place" in shown
    assert shown.count("\n\n") == 3, "an empty line after each"


def _read(end: int) -> bytes:
    try:
        return os.read(end, 65_536)
    except OSError:  # what Linux says when the other end is closed
        return b""


def test_a_thousand_are_printed_and_all_when_asked(project: Project) -> None:
    names = [f"titel{number}" for number in range(1_100)]
    project.write("places/odd.yaml", "name: x\nkind: x\n" + "".join(f"{name}: x\n" for name in names))
    done = project.invoke("check")
    assert len(told(done)) == 1_000
    assert done.stdout.splitlines()[-1] == "  … and 100 more; to see all of them: briefbook check --all"
    assert done.stderr == "1100 problems in 1 file\n"
    assert len(told(project.invoke("check", "--all"))) == 1_100


def test_all_means_each_for_itself(project: Project) -> None:
    (project.content / "sources" / "rescue-release.yaml").unlink()
    assert len(told(project.invoke("check"))) == 1
    done = project.invoke("check", "--all")
    assert len(told(done)) == 4
    assert "more like it" not in done.stdout


def test_long_lists_of_places_are_cut() -> None:
    problems = [Problem("a.yaml", number, 1, "", "`x`", "y") for number in range(1, 10)]
    assert list(as_text(report(problems, lambda path: NOTHING)))[-1] == (
        "  and 8 more like it: a.yaml:2:1, a.yaml:3:1, a.yaml:4:1, a.yaml:5:1, a.yaml:6:1, …"
    )


# --- JSON ---------------------------------------------------------------------------------------------


def test_json_has_what_a_program_needs(project: Project) -> None:
    project.write("measures/depth.yaml", "title: Depth\nunit: m\nscope: x\ncomparability: x\ntitle: Height\n")
    project.write("places/spot.yaml", "name: The Spot\nkind: crossing\nwithin: fable-vally\n")
    done = project.invoke("check", "--format", "json")
    assert (done.returncode, done.stderr) == (1, "")
    second, dangling = json.loads(done.stdout)
    assert second["related"] == {
        "path": "content/measures/depth.yaml",
        "line": 1,
        "col": 1,
        "note": "first defined here",
        "excerpt": {"line": 1, "text": "title: Depth", "marks": "^^^^^"},
    }
    assert second["fix"] is None
    assert dangling["fix"] == {"line": 3, "col": 9, "end_line": 3, "end_col": 20, "text": "fable-valley"}
    assert dangling["known"][0] == {"id": "fable-valley", "name": "Fable Valley"}
    assert dangling["excerpt"] == {"line": 3, "text": "within: fable-vally", "marks": "        ^^^^^^^^^^^"}


def test_json_has_an_example(project: Project) -> None:
    project.replace("sources/old-atlas.yaml", "grade: C", "grade: Z")
    (problem,) = json.loads(project.invoke("check", "--format", "json").stdout)
    assert problem["example"] == {"path": "content/sources/example-wire-flood.yaml", "line": 8, "text": "grade: A"}


def test_json_names_every_problem(project: Project) -> None:
    (project.content / "sources" / "rescue-release.yaml").unlink()
    assert len(json.loads(project.invoke("check", "--format", "json").stdout)) == 4


@pytest.mark.parametrize("char", ["\u202e", "\u200b", "\x85", "\x7f", "\udcff", "\U000e0041", "\u2028"])
def test_json_hides_nothing(char: str) -> None:
    text = as_json(report([Problem(f"a{char}.yaml", 1, 2, "", f"`{char}`", "y")], lambda path: NOTHING))
    assert text.isascii()
    assert json.loads(text)[0]["found"] == f"`{char}`"


# --- GitHub -------------------------------------------------------------------------------------------

COMMAND = re.compile(r"::(?P<name>\w+) (?P<properties>[^:]*)::(?P<message>.*)")
"""As the runner takes a line apart."""


def read(line: str) -> tuple[str, dict[str, str], str]:
    match = COMMAND.fullmatch(line)
    assert match, line
    properties = dict(part.split("=", 1) for part in match["properties"].split(","))
    decoded = {name: _decoded(value.replace("%3A", ":").replace("%2C", ",")) for name, value in properties.items()}
    return match["name"], decoded, _decoded(match["message"])


def _decoded(text: str) -> str:
    return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


def test_a_problem_is_an_annotation(project: Project) -> None:
    project.write("places/spot.yaml", "name: The Spot\nkind: crossing\nwithin: fable-vally\n")
    done = project.run("check", "--format", "github", GITHUB_WORKSPACE=str(project.folder.parent))
    assert done.returncode == 1
    assert done.stderr.endswith("1 problem in 1 file\n")
    name, properties, message = read(done.stdout.rstrip("\n"))
    assert name == "error"
    assert properties == {
        "file": f"{project.folder.name}/content/places/spot.yaml",
        "line": "3",
        "col": "9",
        "endColumn": "20",
        "title": "within: no place `fable-vally`",
    }
    assert message == project.invoke("check").stdout.splitlines()[0]


def test_what_would_end_a_command_is_written_as_codes() -> None:
    problem = Problem("a,b:c%.yaml", 2, 1, "x", "100%, a: `b`", "c\nd", end=(3, 1))
    (line,) = as_github(report([problem], lambda path: NOTHING))
    assert (
        line
        == "::error file=a%2Cb%3Ac%25.yaml,line=2,col=1,title=x%3A 100%25%2C a%3A `b`::a,b:c%25.yaml:2:1: x: 100%25, a: `b`; c<U+000A>d"
    )
    assert read(line)[1]["title"] == "x: 100%, a: `b`"


def test_ten_of_each_sort_are_annotations_and_the_rest_is_text() -> None:
    lines = list(as_github(report([*many(12), *many(12, "warning")], lambda path: NOTHING)))
    assert [line.startswith("::error ") for line in lines[:12]] == [True] * 10 + [False] * 2
    assert [line.startswith("::warning ") for line in lines[12:]] == [True] * 10 + [False] * 2
    assert lines[10] == "content/a.yaml:11:1: `x11`; y"
    assert lines[23].startswith("content/a.yaml:12:1: warning: `x12`")


def test_the_text_of_a_record_is_no_command() -> None:
    """Runners take `##[…]` for a command wherever it stands in a line, and `::` at the head of one."""
    problems = [Problem("content/a.yaml", number, 1, "", f"`##[add-mask]x{number}` ::stop-commands::", "y") for number in range(1, 13)]
    for line in as_github(report(problems, lambda path: ["::error::x"] * 20)):
        assert "##[" not in line
        assert line.startswith(("::error ", "content/a.yaml:"))


def test_more_like_it_is_in_the_message() -> None:
    problems = [Problem("a.yaml", number, 1, "", "`x`", "y") for number in (1, 2)]
    (line,) = as_github(report(problems, lambda path: NOTHING))
    assert read(line)[2] == "a.yaml:1:1: `x`; y\nand 1 more like it: a.yaml:2:1"


def test_no_problem_is_told_in_words(project: Project) -> None:
    done: Done = project.invoke("check", "--format", "github")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("No problems in ")
