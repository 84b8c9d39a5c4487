"""What an editor is told about broken content, one folder of `cases/problems` each.

A case holds the files that go over the valid content of `cases/base`, and the lines that `check` must print.
Most hold the mended files too (`fixed`), which must pass without a word: the hint leads somewhere.
The cases are numbered by class of mistake. What cannot be kept in a repository as a file is made in here.
"""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from generator.errors import Problem
from generator.pipeline import check

from .conftest import CASES

PROBLEMS = sorted((CASES / "problems").iterdir())
FIXED = [case for case in PROBLEMS if (case / "fixed").is_dir()]
MEASURE = "title: Depth of the water\nunit: m\nscope: At the bridge.\ncomparability: One gauge.\n"


def said(content: Path) -> list[str]:
    return [str(problem) for problem in check(content, "content")[1]]


def write(content: Path, name: str | bytes, raw: bytes) -> None:
    with open(os.path.join(os.fsencode(content), os.fsencode(name)), "wb") as file:  # noqa: PTH118, PTH123 - names that are no text
        file.write(raw)


def test_the_base_is_valid(content: Path) -> None:
    records, problems = check(content, "content")
    assert problems == ()
    assert all(records.of_kind(kind) for kind in ("briefing", "place", "actor", "person", "source", "measure"))


@pytest.mark.parametrize("case", PROBLEMS, ids=lambda case: case.name)
def test_case(case: Path, content: Path) -> None:
    shutil.copytree(case / "content", content, dirs_exist_ok=True)
    assert said(content) == (case / "expected.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("case", FIXED, ids=lambda case: case.name)
def test_the_mended_case_passes(case: Path, content: Path) -> None:
    shutil.copytree(case / "fixed", content, dirs_exist_ok=True)
    assert said(content) == []


def test_no_library_speaks() -> None:
    """Each message says what was found and what is expected, in words for editors."""
    for case in PROBLEMS:
        lines = (case / "expected.txt").read_text(encoding="utf-8").splitlines()
        assert lines, f"{case.name} has no problem"
        for line in lines:
            assert line.startswith("content/")
            assert line.count("; ") >= 1, line
            assert not any(
                word in line for word in ("pydantic", "PyYAML", "Error", "Traceback", "None", "input", "dict", "string", "block mapping")
            ), line


LINE_3 = b"title: Depth\nunit: m\n"
UTF_8 = "a file in UTF-8; save it again as UTF-8"
BYTES = {
    "10-html-in-capitals": b"<HTML>\n<BODY>\n",
    "27-utf-16-le": ("\ufeff" + MEASURE).encode("utf-16-le"),
    "27-utf-16-be": ("\ufeff" + MEASURE).encode("utf-16-be"),
    "27-utf-16-without-mark": MEASURE.encode("utf-16-le"),
    "27-utf-16-be-without-mark": MEASURE.encode("utf-16-be"),
    "27-utf-32": ("\ufeff" + MEASURE).encode("utf-32-le"),
    "27-latin-1": LINE_3 + b"scope: At the caf\xe9.\n",
    "27-overlong": LINE_3 + b"scope: \xc0\xaf\n",
    "27-surrogates-as-bytes": LINE_3 + b"scope: \xed\xa0\xbd\xed\xb8\x80\n",
    "27-beyond-unicode": LINE_3 + b"scope: \xf7\xbf\xbf\xbf\n",
    "27-after-wide-characters": LINE_3 + "scope: \N{WATER WAVE}\N{WATER WAVE}".encode() + b"\xff\n",
    "27-after-crlf": b"title: Depth\r\nunit: m\r\nscope: \xff\r\n",
    "29-nul": LINE_3 + b"scope: a\0b\n",
    "29-escape": LINE_3 + b"scope: \x1b[31mred\n",
    "29-vertical-tab": LINE_3 + b"scope: a\x0bb\n",
    "29-delete": LINE_3 + b"scope: a\x7fb\n",
    "29-nel": LINE_3 + "scope: a\x85b\n".encode(),
    "29-line-separator": LINE_3 + "scope: a\u2028b\n".encode(),
    "29-paragraph-separator": LINE_3 + "scope: a\u2029b\n".encode(),
    "29-bidi-override": LINE_3 + "scope: a\u202eb\n".encode(),
    "29-zero-width-space": LINE_3 + "scope: a\u200bb\n".encode(),
    "29-second-byte-order-mark": LINE_3 + "scope: a\ufeffb\n".encode(),
    "29-more-than-twenty": LINE_3 + ("scope: " + "\u200b" * 25 + "\n").encode(),
    "29-many": LINE_3 + "scope: \u200b\u200b\n".encode(),
    "33-too-large": b"title: '" + b"x" * 3_000_000 + b"'\n",
}
TOLD = {
    "10-html-in-capitals": ["1:1: HTML or XML; a record: fields, each `name: value`; delete the tags and write the fields"],
    "27-utf-16-le": ["1:1: a file in UTF-16; UTF-8; save it again as UTF-8"],
    "27-utf-16-be": ["1:1: a file in UTF-16; UTF-8; save it again as UTF-8"],
    "27-utf-16-without-mark": ["1:1: what looks like UTF-16; UTF-8; save it again as UTF-8"],
    "27-utf-16-be-without-mark": ["1:1: what looks like UTF-16; UTF-8; save it again as UTF-8"],
    "27-utf-32": ["1:1: a file in UTF-32; UTF-8; save it again as UTF-8"],
    "27-latin-1": [f"3:18: the byte 0xE9, which is not UTF-8; {UTF_8}"],
    "27-overlong": [f"3:8: the byte 0xC0, which is not UTF-8; {UTF_8}"],
    "27-surrogates-as-bytes": [f"3:8: the byte 0xED, which is not UTF-8; {UTF_8}"],
    "27-beyond-unicode": [f"3:8: the byte 0xF7, which is not UTF-8; {UTF_8}"],
    "27-after-wide-characters": [f"3:10: the byte 0xFF, which is not UTF-8; {UTF_8}"],
    "27-after-crlf": [f"3:8: the byte 0xFF, which is not UTF-8; {UTF_8}"],
    "29-nul": ["3:9: a NUL character; visible text; the file may be damaged, or not UTF-8"],
    "29-escape": ["3:8: the invisible character U+001B; visible text; delete it"],
    "29-vertical-tab": ["3:9: the invisible character U+000B; visible text; delete it"],
    "29-delete": ["3:9: the invisible character U+007F; visible text; delete it"],
    "29-nel": ["3:9: the line break NEL, U+0085; visible text; use an ordinary line break"],
    "29-line-separator": ["3:9: the line break U+2028; visible text; use an ordinary line break"],
    "29-paragraph-separator": ["3:9: the paragraph break U+2029; visible text; use a blank line"],
    "29-bidi-override": ["3:9: the invisible character U+202E; visible text; delete it"],
    "29-zero-width-space": ["3:9: an invisible zero-width space, U+200B; visible text; delete it"],
    "29-second-byte-order-mark": ["3:9: an invisible byte-order mark, U+FEFF, inside the text; visible text; delete it"],
    "29-more-than-twenty": [f"3:{col}: an invisible zero-width space, U+200B; visible text; delete it" for col in range(8, 28)],
    "29-many": [
        "3:8: an invisible zero-width space, U+200B; visible text; delete it",
        "3:9: an invisible zero-width space, U+200B; visible text; delete it",
    ],
    "33-too-large": ["1:1: more than 2,000,000 bytes; a smaller file; split the record"],
}


@pytest.mark.parametrize("name", BYTES)
def test_bytes_that_are_no_text(name: str, content: Path) -> None:
    write(content, "measures/depth.yaml", BYTES[name])
    assert said(content) == [f"content/measures/depth.yaml:{line}" for line in TOLD[name]]


HONEST = {
    "28-byte-order-mark": b"\xef\xbb\xbf" + MEASURE.encode(),
    "28-crlf": MEASURE.replace("\n", "\r\n").encode(),
    "28-cr": MEASURE.replace("\n", "\r").encode(),
    "28-no-final-newline": MEASURE.rstrip("\n").encode(),
    "01-tab-between": MEASURE.replace("unit: m", "unit:\tm").encode(),
    "09-one-marked-document": f"---\n{MEASURE}...\n".encode(),
    "06-comment-after-two-spaces": MEASURE.replace("unit: m", "unit: m  # metres").encode(),
    "11-typographic-quotes-inside": MEASURE.replace("unit: m", "unit: m").replace("One gauge", "“One” gauge, ‘the old’").encode(),
    "11-typographic-quotes-in-quotes": MEASURE.replace("One gauge.", '"“One gauge.”"').encode(),
    "11-full-width-colon-in-text": MEASURE.replace("One gauge.", "'\n  BBC：news\n  note：x'").encode(),
    "03-quotes-over-lines": MEASURE.replace("One gauge.", '"One\n  gauge,\n  \\"old\\"."').encode(),
    "10-rule-in-text": MEASURE.replace("One gauge.", "|\n  =======\n  One").encode(),
}


@pytest.mark.parametrize("name", HONEST)
def test_honest_forms_pass(name: str, content: Path) -> None:
    write(content, "measures/depth.yaml", HONEST[name])
    records, problems = check(content)
    assert problems == ()
    measure = records.measures["depth"]
    assert measure.unit == "m"
    assert "\r" not in measure.scope + measure.comparability


def test_lines_are_counted_alike_for_every_line_end(content: Path) -> None:
    broken = "title: Depth\nunit: [m\nscope: x\n"
    for end in ("\n", "\r\n", "\r"):
        write(content, "measures/depth.yaml", broken.replace("\n", end).encode())
        assert said(content) == [
            "content/measures/depth.yaml:2:7: a bracket that is never closed; its partner; close it, or put the text in quotes"
        ]


def test_a_named_pipe_is_not_opened(content: Path) -> None:
    os.mkfifo(content / "measures" / "pipe.yaml")
    os.mkfifo(content / "images" / "pipe.png")
    assert said(content) == [
        "content/images/pipe.png:1:1: a special file; a picture (.png, .jpg, .jpeg, .webp, .gif); move it out of here",
        "content/measures/pipe.yaml:1:1: a special file; a record's file; move it out of here",
    ]


def test_links_are_not_followed(content: Path, tmp_path: Path) -> None:
    outside = tmp_path / "secret.yaml"
    outside.write_text("secret: the canary sings\n", encoding="utf-8")
    links = ("measures/link.yaml", "images/link.png", "rivers", "loop")
    for name in links[:3]:
        (content / name).symlink_to(outside if "." in name else tmp_path)
    (content / "loop").symlink_to(content)
    told = said(content)
    assert told == [
        f"content/{name}:1:1: a symbolic link; a file of its own; copy the file here instead of linking to it" for name in sorted(links)
    ]
    assert "canary" not in str(told)


def test_an_unreadable_file_is_a_problem(content: Path) -> None:
    (content / "measures" / "depth.yaml").write_text(MEASURE, encoding="utf-8")
    (content / "measures" / "depth.yaml").chmod(0)
    if os.access(content / "measures" / "depth.yaml", os.R_OK):
        pytest.skip("this user may read everything")
    assert said(content) == ["content/measures/depth.yaml:1:1: a file that cannot be read (Permission denied); a readable file"]


def test_a_missing_folder_is_a_problem(tmp_path: Path) -> None:
    assert said(tmp_path / "nowhere") == ["content:1:1: a folder that cannot be read (No such file or directory); a readable folder"]


def test_ids_that_differ_in_capitals_only(content: Path) -> None:
    (content / "measures" / "depth.yaml").write_text(MEASURE, encoding="utf-8")
    if (content / "measures" / "Depth.yaml").exists():
        pytest.skip("this file system does not tell capitals apart")
    (content / "measures" / "Depth.yaml").write_text(MEASURE, encoding="utf-8")
    told = said(content)
    assert len(told) == 1, "the one in small letters is not at fault"
    assert told[0].startswith(
        "content/measures/Depth.yaml:1:1: an id that differs from that of content/measures/depth.yaml in capitals only"
    )


# Names that not every system can hold, so that the repository holds none of them.
NAMES = {
    "36-device": (
        "measures/con.yaml",
        "content/measures/con.yaml:1:1: the file name `con`, which the system keeps for itself; another name; rename it to the-con.yaml",
    ),
    "36-port": (
        "measures/com1.yaml",
        "content/measures/com1.yaml:1:1: the file name `com1`, which the system keeps for itself; another name; rename it to the-com1.yaml",
    ),
    "37-decomposed": (
        "measures/de\u0301pth.yaml",
        "content/measures/de\u0301pth.yaml:1:1: the file name `de\u0301pth` has U+0301 COMBINING ACUTE ACCENT; "
        "an id: lower-case ASCII letters, digits and single hyphens, at most 80 characters; rename it to depth.yaml",
    ),
    "39-folder-capital": (
        "Measures/depth.yaml",
        "content/Measures:1:1: a folder of no known kind; one of briefings, places, actors, people, sources, measures, about, images; did you mean `measures`?",
    ),
}


@pytest.mark.parametrize("case", NAMES)
def test_names_that_not_every_system_can_hold(case: str, content: Path) -> None:
    name, line = NAMES[case]
    (content / name).parent.mkdir(exist_ok=True)
    if (content / "MEASURES").exists():
        pytest.skip("this file system does not tell capitals apart")
    write(content, name, MEASURE.encode())
    assert said(content) == [line]


def test_a_file_name_that_is_no_text(content: Path) -> None:
    try:
        write(content, b"measures/d\xffpth.yaml", MEASURE.encode())
    except OSError:
        pytest.skip("this file system takes names in UTF-8 only")
    (line,) = said(content)
    line.encode("utf-8")  # it can be printed
    assert line.startswith("content/measures/d<U+DCFF>pth.yaml:1:1: the file name")


def test_control_characters_in_names_are_not_printed_raw(content: Path) -> None:
    write(content, "measures/red\x1b[31m\u202e.yaml", MEASURE.encode())
    (line,) = said(content)
    assert "\x1b" not in line
    assert "\u202e" not in line
    assert "<U+001B>" in line


def test_editors_own_files_are_left_alone(content: Path) -> None:
    for name in (".depth.yaml.swp", "depth.yaml~", ".hidden.yaml", ".yaml"):
        write(content, f"measures/{name}", b"\0not a record")
    write(content, "README.md", b"For those who write here.")
    assert said(content) == []


def test_tags_run_nothing(content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFBOOK_CANARY", "the canary sings")
    canary = tmp_path / "canary"
    bodies = [
        f"!!python/object/apply:os.system ['touch {canary}']",
        "!ENV ${BRIEFBOOK_CANARY}",
        f"!include {canary}",
        "!!python/name:os.environ",
    ]
    for number, body in enumerate(bodies):
        write(content, f"measures/m{number}.yaml", f"title: {body}\n".encode())
    told = said(content)
    assert len(told) == len(bodies)
    assert "canary sings" not in str(told)
    assert not canary.exists()


def billion_laughs() -> str:
    return "".join(f"a{n}: &a{n} [{', '.join(['*a' + str(n - 1) if n else 'x'] * 10)}]\n" for n in range(12))


@pytest.mark.parametrize(
    "text",
    [
        billion_laughs(),
        "title: " + "[" * 10_000,
        "title: " + "{a: " * 10_000,
        "".join(" " * n + "a:\n" for n in range(1_000)),
        "- " * 100_000,
        "? " * 100_000,
        "".join(f"titel{n}: x\n" for n in range(20_000)),
        "a: x\n" * 40_000,
        "title: '" + "''" * 900_000,
        "title: " + "a # b\n  " * 100_000,
        "title: " + "9" * 4_301,
    ],
    ids=lambda text: text[:12],
)
def test_bombs_are_small_change(text: str, content: Path) -> None:
    write(content, "measures/bomb.yaml", text.encode())
    assert said(content)  # one that took for ever would run into the suite's own limit


def test_many_typos_among_many_records_are_all_answered(content: Path) -> None:
    """Looking for what was meant must not grow with typos times records."""
    for number in range(1_200):
        name = f"water-{number}-level" if number % 4 else f"place-{number}"
        within = f"within: watr-{number + 1}-level\n" if number % 4 == 0 else ""
        write(content, f"places/{name}.yaml", f"name: N\nkind: pool\n{within}".encode())
    told = said(content)
    assert len(told) == 300
    assert told[0].endswith("did you mean `water-1-level`?")


def test_problems_are_sorted_and_told_once(content: Path) -> None:
    for case in ("several-files", "14-duplicate-key", "40-near"):
        shutil.copytree(CASES / "problems" / case / "content", content, dirs_exist_ok=True)
    _, problems = check(content)
    places = [(problem.path, problem.line, problem.col) for problem in problems]
    assert places == sorted(places)
    assert len(set(problems)) == len(problems)


def test_time_zone_and_working_folder_change_nothing(content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """45: times of day are refused and dates have no zone, so there is nothing for a zone to shift."""
    shutil.copytree(CASES / "problems" / "43-date-time" / "content", content, dirs_exist_ok=True)
    told = []
    for zone in ("UTC", "Pacific/Kiritimati", "America/Anchorage"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        monkeypatch.chdir(tmp_path if zone == "UTC" else content)
        told.append(said(content))
    monkeypatch.undo()
    time.tzset()
    assert told[0] == told[1] == told[2]
    assert len(told[0]) == 1


def test_the_future_is_no_mistake(content: Path) -> None:
    """46: no date is compared with today, so what passes now passes for ever."""
    briefing = content / "briefings" / "fable-flood.yaml"
    briefing.write_text(briefing.read_text(encoding="utf-8").replace("2021-05", "9021-05"), encoding="utf-8")
    assert said(content) == []


def test_a_problem_is_one_line() -> None:
    problem = Problem("a\nb.yaml", 1, 2, "title", "two\nlines\u2028three", "one", "join")
    assert str(problem) == "a<U+000A>b.yaml:1:2: title: two<U+000A>lines<U+2028>three; one; join"
