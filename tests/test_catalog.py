"""All records together: text as typed, references resolved or reported, each cause once."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.catalog import find_speaker, part_key
from generator.pipeline import check

# What YAML readers turn into something else: truth values, nothing, numbers, minutes, dates.
TYPED = ["no", "NO", "Yes", "~", "Null", "null", "1.10", "12:30", "0123", "0o17", "0x1F", "1_000", "2017-11-03", "2017-13-45", "=", "+4420", "true", ".inf", "1e3", "on", "y", "-5 degrees", "List<String>"]  # fmt: skip


@pytest.mark.parametrize("text", TYPED)
def test_text_comes_through_as_typed(text: str, content: Path) -> None:
    (content / "places" / "spot.yaml").write_text(
        f"name: {text}\nkind: '{text}'\nnames: {{no: {text}}}\nvariants: [{text}, \"{text}\"]\nadmin:\n  - {text}\nsummary: {text}\n",
        encoding="utf-8",
    )
    records, problems = check(content)
    assert problems == ()
    place = records.places["spot"]
    assert {place.name, place.kind, place.names["no"], *place.variants, *place.admin, place.summary} == {text}


def test_unicode_comes_through_as_typed(content: Path) -> None:
    """69: joiners inside words, right-to-left marks and composed characters are text."""
    text = "می‌خواهم 👩‍🚒 ‏دير الزور‏ é é 𝒲"
    (content / "places" / "spot.yaml").write_text(f"name: {text}\nkind: place\n", encoding="utf-8")
    records, problems = check(content)
    assert problems == ()
    assert records.places["spot"].name == text


def test_partial_dates_stay_partial(content: Path) -> None:
    person = check(content)[0].people["ada-ferry"]
    assert [str(role.from_) for role in person.roles] == ["2018"]
    assert [str(role.to) for role in person.roles] == ["2022-03"]


def test_claims_are_found_by_briefing_and_id(content: Path) -> None:
    records, _ = check(content)
    assert records.claims["fable-flood", "cl-rose"].said_by == ("fable-rescue",)
    assert part_key("fable-flood", "cl-rose") == part_key("other", "fable-flood#cl-rose") == ("fable-flood", "cl-rose")
    assert find_speaker(records, "ada-ferry").name == "Ada Ferry"
    assert find_speaker(records, "fable-rescue").name == "Fable Valley Rescue"


def test_a_reference_to_a_broken_record_is_no_second_problem(content: Path) -> None:
    for path in content.rglob("*.yaml"):
        if path.parent.name != "briefings":
            path.write_text("broken: [\n", encoding="utf-8")
    _, problems = check(content, "content")
    assert len(problems) == 13
    assert {(problem.line, problem.field) for problem in problems} == {(1, "")} or all(
        "briefings" not in problem.path for problem in problems
    )


def test_a_broken_record_still_has_its_references_checked(content: Path) -> None:
    path = content / "sources" / "gazette-wire-copy.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("grade: B", "grade: Z").replace("example-wire-flood", "example-wire-food"),
        encoding="utf-8",
    )
    _, problems = check(content, "content")
    assert [(problem.field, problem.hint) for problem in problems] == [("grade", ""), ("carries[0]", "did you mean `example-wire-flood`?")]


def test_every_reference_of_the_base_is_needed(content: Path) -> None:
    """Take any one record away, and whatever named it says so."""
    named = {
        "places/upper-example",
        "places/fable-valley",
        "actors/fable-rescue",
        "actors/example-wire",
        "people/ada-ferry",
        "sources/rescue-release",
        "measures/people-moved",
    }
    for name in sorted(named):
        path = content / f"{name}.yaml"
        text = path.read_text(encoding="utf-8")
        path.unlink()
        problems = check(content, "content")[1]
        assert any(name.split("/")[1] in problem.found for problem in problems), name
        path.write_text(text, encoding="utf-8")


def test_every_field_that_names_a_record_is_followed(content: Path) -> None:
    """Spoil each id in the briefing in turn: each time there is a problem on that very line."""
    path = content / "briefings" / "fable-flood.yaml"
    lines = path.read_text(encoding="utf-8").split("\n")
    fields = ("places:", "actors:", "said_by:", "about:", "sources:", "source:", "- gazette", "measure:", "supersedes:", "disputes:", "claims: [", "highlights:", "front:", "starting_point:", "file:", "answer:")  # fmt: skip
    tried = 0
    for number, line in enumerate(lines):
        if line.strip().removeprefix("- ").startswith(fields) or line.strip().startswith("- gazette"):
            spoilt = (
                line.replace("]", "zq]", 1)
                if "answer" not in line and "]" in line
                else line.replace("upper-example)", "upperzq)")
                if "answer" in line
                else line + "zq"
            )
            path.write_text("\n".join([*lines[:number], spoilt, *lines[number + 1 :]]), encoding="utf-8")
            problems = check(content, "content")[1]
            assert number + 1 in {problem.line for problem in problems}, spoilt
            tried += 1
    assert tried > 30
