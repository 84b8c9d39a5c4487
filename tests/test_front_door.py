"""Any bytes in a record's file give a record or problems that can be shown and followed, in bounded time and memory."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import parse, update
from generator.errors import PROBLEM_LIMIT, Problem
from generator.formats import as_github
from generator.parse import SIZE_LIMIT
from generator.records import FOLDERS, KINDS, Kind
from generator.report import report
from generator.terminal import FORMATS
from tests.bombs import BOMBS, nested
from tests.front_door import among_others, found, judge, no_hidden, read
from tests.fuzz.seeds import INDICATORS, OWN, dictionary, seeds
from tests.fuzz.targets import OWN_IDS, TARGETS
from tests.projects import Project, run

from .conftest import CASES

kinds = st.sampled_from(KINDS)
VALID: list[tuple[Kind, bytes]] = [
    (kind, file.read_bytes()) for kind, folder in FOLDERS.items() for file in sorted((CASES / "base" / "content" / folder).iterdir())
]
ODD_VALUES = [
    "", "[]", "{}", "[[]]", "{a: b}", "- a", "~", "'", '"', "|\n  a", ">-\n\n", "9" * 4_301, "-0", "1e999", "0x1F", ".nan", "2017-13-45", "9" * 4_301 + "-01-01",
    "2017/2018/2019", "[2017..]", '"\\u202e"', '"\\0"', '"\\ud800"', "!!binary aGk=", "&a b", "*a", "\N{ARABIC-INDIC DIGIT ONE}", "a\u00adb", "e" + "\u0301" * 50, "\U000e0041", "\ufffd",
    "https://[", "https://[::1", "http://a@b", "https://\u2100.example", "[x](", "[x](place:)", "[" * 50, "x" * 11_000, "a" * 81, "#a", "a#b#c", "a b",
]  # fmt: skip
"""What a field may hold by mistake or on purpose, in the middle of a file."""


@st.composite
def spoilt(draw: st.DrawFn) -> tuple[Kind, bytes]:
    """A valid record after a few slips of whoever wrote, merged or generated it."""
    kind, raw = draw(st.sampled_from(VALID))
    lines = raw.decode().split("\n")
    for _ in range(draw(st.integers(1, 4))):
        at, other = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        name, colon, value = lines[at].partition(": ")
        slip = draw(st.integers(0, 9))
        if slip == 0:
            lines[at] = ""
        elif slip == 1:
            lines.insert(other, lines[at])
        elif slip == 2:
            lines[at], lines[other] = lines[other], lines[at]
        elif slip == 3:
            lines[at] = " " * draw(st.integers(0, 9)) + lines[at].lstrip()
        elif slip == 4:
            col = draw(st.integers(0, len(lines[at])))
            lines[at] = lines[at][:col] + draw(st.sampled_from(INDICATORS)) + lines[at][col + draw(st.integers(0, 2)) :]
        elif slip == 5:
            lines[at] = name + ": " + draw(st.sampled_from(ODD_VALUES) | st.text(max_size=9))
        elif slip == 6:
            lines[at:] = draw(st.sampled_from(VALID))[1].decode().split("\n")[other:]
        elif slip == 7:
            lines[at] = name + colon + "[" * draw(st.integers(1, 25)) + value
        elif slip == 8:
            lines[at] = lines[at].replace(" ", draw(st.sampled_from(["\u00a0", "\u3000", "\t", "  ", "\u200b"])), draw(st.integers(1, 3)))
        else:
            lines[at] = draw(
                st.sampled_from(
                    ["a: &a [x]\nb: [*a, *a]", "<<: {a: b}", "? a\n: b", "? [a]", "{a\n b: c}", "--- |", "...", "%YAML 1.2\n---"]
                )
            )
        lines = "\n".join(lines).split("\n")
    end = draw(st.sampled_from(["\n", "\n", "\n", "\r\n", "\r"]))
    return kind, end.join(lines).encode("utf-8", "surrogatepass")


pieces = st.sampled_from([*INDICATORS, *ODD_VALUES[:20], "title", "claims", "id", "sources", "a", "\u05d0", " "])


@settings(max_examples=60)
@given(kinds, st.binary(max_size=120))
def test_any_bytes(kind: Kind, raw: bytes) -> None:
    read(found(kind), raw)


@settings(max_examples=80)
@given(kinds, st.lists(pieces, max_size=25).map("".join))
def test_any_text_of_what_yaml_knows(kind: Kind, text: str) -> None:
    read(found(kind), text.encode())


@settings(max_examples=120)
@given(spoilt())
def test_any_record_that_was_spoilt(case: tuple[Kind, bytes]) -> None:
    read(found(case[0], OWN_IDS[case[0]]), case[1])


@settings(max_examples=30)
@given(spoilt())
def test_it_is_judged_and_reported_among_others(case: tuple[Kind, bytes]) -> None:
    among_others(found(case[0], OWN_IDS[case[0]]), case[1])


@settings(max_examples=40)
@given(spoilt())
def test_so_it_is_where_there_is_no_libyaml(case: tuple[Kind, bytes]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parse, "_Parser", yaml.SafeLoader)
        read(found(case[0], OWN_IDS[case[0]]), case[1])


# --- much of it ---------------------------------------------------------------------------------------

SMALL, LARGE = 2_000, SIZE_LIMIT // 20
"""What is asked of any file; and a size at which it is felt when time grows with its square. For the limit there is `tests/deep`."""
FELT = ["spaces before the end of a text", "spaces in a date", "marks in an id", "codes on one line"]


@pytest.mark.parametrize("name", [name for name in BOMBS if len(BOMBS[name].head) < SMALL])
def test_much_of_anything(name: str) -> None:
    among_others(found(BOMBS[name].kind, "bomb"), BOMBS[name].of_size(SMALL))


@pytest.mark.parametrize("name", FELT)
def test_time_grows_no_faster_than_the_file(name: str) -> None:
    raw = BOMBS[name].of_size(LARGE)
    began = time.process_time()
    judge(found(BOMBS[name].kind, "bomb"), raw)
    assert time.process_time() - began < 4


@pytest.mark.parametrize("name", nested(0))
def test_depth_is_refused_where_it_begins(name: str) -> None:
    _, problems = read(found("place"), nested(10_000)[name]().encode()[:LARGE])
    assert len(problems) == 1


def test_problems_without_end_end() -> None:
    _, problems = judge(found("place"), "".join(f"summa{number}: x\n" for number in range(PROBLEM_LIMIT + 500)).encode())
    assert len(problems) == PROBLEM_LIMIT + 1
    assert any("more than 2,000 problems; a record; mend the others first" in str(problem) for problem in problems)


# --- what was found -----------------------------------------------------------------------------------


@pytest.mark.parametrize("target", TARGETS)
def test_what_fuzzing_found_stays_mended(target: str) -> None:
    for file in sorted((OWN / "regressions").glob(f"{target}/*")):
        TARGETS[target](file.read_bytes())


@pytest.mark.parametrize("target", TARGETS)
def test_what_fuzzing_begins_with_is_asked_what_it_asks(target: str) -> None:
    """Some of it, by chance, but the same each time."""
    known = list(seeds(target))
    for _, data in random.Random(1).sample(known, 40):
        TARGETS[target](data)


def test_a_second_field_does_not_take_the_places_of_the_first() -> None:
    document, _ = parse.parse("x.yaml", b"a: [bad one, x]\nb: {c: d}\na: [  good,  y, z]\nb: {\n c:\n  [d]}\n")
    assert document
    assert document.data == {"a": ["bad one", "x"], "b": {"c": "d"}}
    assert [(mark.line, mark.col) for mark in map(document.mark, [("a",), ("a", 0), ("a", 1), ("b", "c")])] == [
        (1, 4),
        (1, 5),
        (1, 14),
        (2, 8),
    ]
    assert ("a", 2) not in document.marks


@pytest.mark.parametrize(
    ("text", "deleted"),
    [
        (r'a: ["\t", "\x09"]', [None, r"\x09"]),  # the second's code is not the first's
        (r'a: "\x9a\x09"', [r"\x09"]),
        (r'a: "\\x09\x09"', [r"\x09"]),
        (r'a: "\\\u0009"', [r"\u0009"]),
        (r'a: "\U00000009"', [r"\U00000009"]),
    ],
)
def test_the_code_that_is_deleted_is_the_one_that_is_meant(text: str, deleted: list[str | None]) -> None:
    _, problems = read(found("place"), text.encode())
    fixes = [problem.fix for problem in problems if "double quotes" in problem.found]
    assert [fix and (text[fix.col - 1 : fix.end_col - 1] if not fix.text else None) for fix in fixes] == deleted


def test_a_quote_inside_double_quotes_does_not_end_them() -> None:
    _, problems = read(found("place"), rb'a: "C:\new \"x\" y"' + b"\n" + rb'b: "C:\bin \"x\" y"')
    assert all(problem.fix is None or "'" not in problem.fix.text for problem in problems)


# --- the command --------------------------------------------------------------------------------------


def test_a_file_that_claims_to_be_unreadable_is_read(project: Project) -> None:
    (project.content / "places" / "odd.yaml").write_bytes(b"\0unreadable: \xff")
    assert "places/odd.yaml:1:1: what looks like UTF-16" in project.invoke("check").stdout


def names_that_are_no_text(project: Project) -> None:
    folder = os.fsencode(project.content)
    try:
        for name in (b"measures/d\xffpth.yaml", b"\xff.yaml", b"measures/\xfe.txt", b"images/\xff.png", b"measures/a\n::error::x.yaml"):
            with open(os.path.join(folder, name), "wb") as file:  # noqa: PTH118, PTH123 - names that are no text
                file.write("title: …\n".encode())
    except OSError:
        pytest.skip("this file system takes names in UTF-8 only")


SURROUNDINGS = {"strict": {"PYTHONIOENCODING": "utf-8:strict"}, "Latin-1": {"PYTHONIOENCODING": "latin-1"}}
"""Where a letter or a name that cannot be printed was once the end of it. In the C locale, Python itself gives way."""


@pytest.mark.parametrize("surroundings", SURROUNDINGS)
def test_names_that_are_no_text_are_told_of_anywhere(surroundings: str, project: Project) -> None:
    names_that_are_no_text(project)
    done = project.run("check", **SURROUNDINGS[surroundings])
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "content/measures/d<U+DCFF>pth.yaml:1:1: the file name" in done.stdout


@pytest.mark.parametrize("output", FORMATS)
def test_names_that_are_no_text_are_told_of_in_every_format(output: str, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(update, "SETTLED", 0)  # what is as old as that is remembered with its name
    names_that_are_no_text(project)
    done = project.invoke("check", "--format", output)
    assert done.returncode == 1
    no_hidden(done.stdout.split("\n"))
    assert not [line for line in done.stdout.split("\n") if line.startswith("::error::")]
    assert project.invoke("check", "--format", output).stdout == done.stdout


def test_names_of_alike_problems_begin_no_command() -> None:
    problems = [Problem(f"content/{number}\n::error::x.yaml", 1, 1, "", f"the `{number // 2}`", "y") for number in range(30)]
    lines = list(as_github(report(problems, lambda path: [])))
    assert len([line for line in lines if "more like it" in line]) == 15
    no_hidden(lines)


# --- fuzzing itself -----------------------------------------------------------------------------------


def test_without_atheris_fuzzing_says_so(tmp_path: Path) -> None:
    (tmp_path / "atheris.py").write_text("raise ImportError\n", encoding="utf-8")
    done = run("tests.fuzz", "--seconds", "1", PYTHONPATH=str(tmp_path))
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "Atheris is not here" in done.stderr


def test_the_words_are_those_of_the_models() -> None:
    words = dictionary("front_door").splitlines()
    assert '"' + "".join(f"\\x{byte:02x}" for byte in b"highlights: ") + '"' in words
    assert len(words) == len(set(words)) > 150
