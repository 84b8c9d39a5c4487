"""The fix that a message names is true: made by a program, word for word, it leads to records that pass.

Most problems carry the edit that their hint speaks of. It is made here on the cases of `cases/problems`, after a look
whether the hint says just that. Hints about a file's name, or about a line to delete, are followed as they are written.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.errors import Fix, Problem
from generator.pipeline import check

from .conftest import CASES
from .front_door import mended

PROBLEMS = sorted((CASES / "problems").iterdir())

NOT_THE_END = {
    "07-after-list": "the line belongs to no field",
    "08-no-space-only-line": "the rest of the record is missing",
    "09-text-after-end": "what follows is a second record",
    "19-text-for-claims": "a text is no claim",
    "20-blank-combining": "nothing else was in the text",
    "20-blank-escaped-zero-width": "nothing else was in the text",
    "35-traversal-former": "it is this very record",
    "36-anchor-of-the-page": "what names the claim has to follow",
    "40-own-name-as-reference": "a claim does not dispute itself",
    "40-part-of-another-sort": "other mistakes have no fix",
    "49-javascript-tab": "no address of that sort will do",
    "several-broken-source-is-one-cause": "the source breaks off",
    "several-files": "another file has a mistake without a fix",
    "several-in-one-record": "another mistake has no fix",
    "several-unreadable-briefing-is-one-cause": "the file breaks off",
}
"""Cases in which one fix is not all that there is to mend. The problem is another then."""


def problems_of(case: Path, content: Path) -> list[Problem]:
    shutil.copytree(case / "content", content, dirs_exist_ok=True)
    return list(check(content, "content")[1])


def between(text: str, fix: Fix) -> str:
    """What the fix takes away."""
    lines = text.split("\n")
    if fix.line == fix.end_line:
        return lines[fix.line - 1][fix.col - 1 : fix.end_col - 1]
    return "\n".join([lines[fix.line - 1][fix.col - 1 :], *lines[fix.line : fix.end_line - 1], lines[fix.end_line - 1][: fix.end_col - 1]])


def indent(text: str, line: int, *, of_item: bool) -> int:
    found = re.match(r"(\s*)((?:- +)*)", text.split("\n")[line - 1])
    assert found
    return len(found[1]) if of_item else len(found[0])


def starts_like(text: str, fix: Fix, line: int) -> bool:
    after = mended(text, fix)
    item = after.split("\n")[fix.line - 1].lstrip().startswith("- ")
    return indent(after, fix.line, of_item=True) == indent(after, line, of_item=item)


def is_quoted(text: str, fix: Fix, _: re.Match[str]) -> bool:
    """Quotes around what stood there, and nothing else; those that stood around it are no part of it."""
    quote, inner = fix.text[0], fix.text[1:-1]
    stood = between(text, fix)
    kept = stood[1:-1] if stood[0] == stood[-1] and stood[0] in "'\"" else stood
    return quote in "'\"" and fix.text[-1] == quote and (inner.replace("''", "'") if quote == "'" else inner) == kept


Says = Callable[[str, Fix, re.Match[str]], bool]
SAYS: list[tuple[str, Says]] = [
    # What a hint says, and whether the fix is that: the file's text, the fix, what the pattern found.
    (r"did you mean `?([^`]+?)`?\?", lambda _, fix, said: fix.text.rpartition("#")[2] == said[1].rpartition("#")[2]),
    (r"did you forget (https://)\?", lambda text, fix, said: fix.text == said[1] + between(text, fix)),
    (r"it is `([^`]+)` now|choose another, such as `([^`]+)`|say status: (\w+)$", lambda _, fix, said: fix.text in said.groups()),
    (r"write it as a list: (\[.*\])", lambda _, fix, said: fix.text == said[1]),
    (r"add (publisher_actor: .+)", lambda _, fix, said: fix.text == f"\n{said[1]}"),
    (r"remove the quotes", lambda text, fix, _: between(text, fix)[1:-1] == fix.text),
    (r"quote it: (.+)", lambda _, fix, said: fix.text == said[1]),
    (r"put the whole text in quotes of the other kind", is_quoted),
    (r"use straight quotes", lambda text, fix, _: fix.text[1:-1] == between(text, fix)[1:-1] and fix.text[0] == fix.text[-1] == '"'),
    (r"use 'single quotes'", lambda text, fix, _: fix.text[1:-1] == between(text, fix)[1:-1] and fix.text[0] == fix.text[-1] == "'"),
    (r"close it( at the end of the text)?(,|$)", lambda text, fix, _: fix.text in "]}'\"" and at_line_end(text, fix)),
    (r"align it with line (\d+)", lambda text, fix, said: starts_like(text, fix, int(said[1]))),
    (r"align the dash with the ones above", lambda text, fix, _: starts_like(text, fix, fix.line - 1)),
    (r"put (the value|the text|quotes).*(in quotes|around)", is_quoted),
    (r"add a space after the colon|put a space after the dash", lambda text, fix, _: fix.text == " " and between(text, fix) == ""),
    (r"type a plain colon and a space", lambda text, fix, _: fix.text in (": ", ":") and not between(text, fix).strip().isascii()),
    (r"replace it with (an ordinary space|spaces)", lambda text, fix, _: not fix.text.strip(" ") and between(text, fix).isspace()),
    (r"delete `(.+)`", lambda text, fix, said: fix.text == "" and between(text, fix) == said[1]),
    (r"delete the line", lambda text, fix, _: fix.text == "" and between(text, fix).count("\n") == 1),
    (r"delete it", lambda text, fix, _: fix.text == "" and len(between(text, fix)) == 1),
]


def at_line_end(text: str, fix: Fix) -> bool:
    return between(text, fix) == "" and not text.split("\n")[fix.line - 1][fix.col - 1 :].strip()


def check_that_the_hint_says_so(text: str, problem: Problem) -> None:
    assert problem.fix
    for pattern, is_true in SAYS:
        said = re.search(pattern, problem.hint)
        if said:
            assert is_true(text, problem.fix, said), f"{problem}\n{problem.fix}"
            return
    pytest.fail(f"no word of this fix in the hint: {problem}\n{problem.fix}")


@pytest.mark.parametrize("case", PROBLEMS, ids=lambda case: case.name)
def test_the_fix_is_what_the_hint_says_and_mends_it(case: Path, content: Path) -> None:
    problems = problems_of(case, content)
    # From the end, so that the places further up stay where they are.
    for problem in reversed(problems):
        if problem.fix:
            file = content.parent / problem.path
            text = file.read_text(encoding="utf-8")
            check_that_the_hint_says_so(text, problem)
            file.write_text(mended(text, problem.fix), encoding="utf-8")
    left = check(content, "content")[1]
    if not any(problem.fix for problem in problems):
        assert [str(problem) for problem in left] == [str(problem) for problem in problems], "nothing was changed"
    elif case.name in NOT_THE_END:
        assert left
        assert not {str(problem) for problem in problems if problem.fix} & {str(problem) for problem in left}
    else:
        assert left == ()


def test_a_character_that_nobody_sees_is_deleted(content: Path) -> None:
    """As a file of its own, it would not outlive every editor."""
    file = content / "measures" / "depth.yaml"
    good = "title: Depth\nunit: m\nscope: At the bridge.\ncomparability: One gauge.\n"
    file.write_text(good.replace("At the", "At\u200b the"), encoding="utf-8")
    (problem,) = check(content, "content")[1]
    assert problem.fix
    assert mended(file.read_text(encoding="utf-8"), problem.fix) == good
    file.write_text(good.replace("At the", "At\u2028the"), encoding="utf-8")
    assert [problem.fix for problem in check(content, "content")[1]] == [None]


def test_most_slips_have_a_fix(content: Path) -> None:
    """In most classes of mistakes, and in a hundred cases."""
    fixed = set()
    for case in PROBLEMS:
        broken = Path(shutil.copytree(CASES / "base" / "content", content.parent / case.name))
        if all(problem.fix for problem in problems_of(case, broken)) and case.name not in NOT_THE_END:
            fixed.add(case.name)
    assert len(fixed) > 100
    assert len({name.partition("-")[0] for name in fixed}) > 20


# --- hints that name no edit of a line ------------------------------------------------------------------


def renamed(content: Path, problem: Problem, said: re.Match[str]) -> None:
    file = content.parent / problem.path
    file.rename(file.with_name(said[1]))


def moved(content: Path, problem: Problem, said: re.Match[str]) -> None:
    folder = content.parent / problem.path
    for file in folder.iterdir():
        file.rename(content / said[1] / file.name)
    folder.rmdir()


def without_item(content: Path, problem: Problem, _: re.Match[str]) -> None:
    """A list without the item at the problem's place; the field goes with its last one."""
    file = content.parent / problem.path
    lines = file.read_text(encoding="utf-8").split("\n")
    before, after = lines[problem.line - 1][: problem.col - 1], lines[problem.line - 1][problem.col - 1 :]
    rest = re.sub(r"^[^,\]]+(, )?", "", after)
    line = re.sub(r", $", "", before) + rest if rest.startswith("]") else before + rest
    if line.endswith("[]"):
        del lines[problem.line - 1]
    else:
        lines[problem.line - 1] = line
    file.write_text("\n".join(lines), encoding="utf-8")


def written(content: Path, problem: Problem, said: re.Match[str]) -> None:
    """A line that the hint gives, in the group at the problem's place."""
    file = content.parent / problem.path
    lines = file.read_text(encoding="utf-8").split("\n")
    lines.insert(problem.line, " " * (problem.col - 1) + said[1])
    file.write_text("\n".join(lines), encoding="utf-8")


FOLLOWED: list[tuple[str, Callable[[Path, Problem, re.Match[str]], None]]] = [
    (r"rename it to (.+\.yaml)$", renamed),
    (r"did you mean `(\w+)`\?$", moved),
    (r"delete this line$|delete it here$|remove it$|or delete this line$", without_item),
    (r"add (value: \d+)$", written),
    (r"say (date_basis: not_seen)$", written),
]
BY_HAND = [
    "18-figure-without-number",
    "18-no-date",
    "35-id-capital",
    "35-id-dots",
    "35-id-long",
    "35-id-percent",
    "35-id-space",
    "35-id-underscore",
    "36-former-id-reserved",
    "36-reserved-at",
    "36-reserved-index",
    "37-accent-file",
    "39-file-depth",
    "39-file-depth-YAML",
    "39-file-depth-txt",
    "39-file-depth-yml",
    "39-folder-misspelt",
    "39-folder-singular",
    "41-disputes-itself",
    "42-former-is-itself",
    "42-former-is-living",
    "42-former-twice",
    "45-key-figure-twice",
    "several-misnamed-record-is-one-cause",
]


@pytest.mark.parametrize("name", BY_HAND)
def test_a_hint_followed_as_it_is_written_mends_it(name: str, content: Path) -> None:
    for problem in reversed(problems_of(CASES / "problems" / name, content)):
        follow, said = next((follow, said) for pattern, follow in FOLLOWED if (said := re.search(pattern, problem.hint)))
        follow(content, problem, said)
    assert check(content, "content")[1] == ()
