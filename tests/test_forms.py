"""`briefbook new`: a form whose open fields are just those that are needed, and which passes once they are filled in."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from generator.errors import field_path
from generator.forms import PARTS, form, part_form
from generator.parse import parse
from generator.pipeline import check
from generator.records import FOLDERS, KINDS, MODELS, Kind
from generator.records.base import HISTORY_FIELDS
from generator.schema import schema
from generator.validate import validate
from tests.projects import Project, flood_project

# What an editor writes into the open fields of each kind, by the field's path.
FILLED: dict[Kind, dict[str, str]] = {
    "briefing": {
        "title": "A second flood",
        "label": "breaking",
        "published": "2021-06-02",
        "as_of": "2021-06-02",
        "covers": "2021-06-01",
        "answer": "The river rose again.",
        "highlights[0]": "cl-again",
        "claims[0].id": "cl-again",
        "claims[0].text": "The river rose again on 1 June 2021.",
        "claims[0].said_by[0]": "fable-rescue",
        "claims[0].said_on": "2021-06-01",
        "claims[0].sources[0].source": "rescue-release",
        "claims[0].status": "reported",
    },
    "place": {"name": "Nether Example", "kind": "village"},
    "actor": {"name": "Example Daily", "kind": "newspaper", "description": "Another newspaper."},
    "person": {
        "name": "Bo Weir",
        "roles[0].title": "Lock keeper",
        "roles[0].sources[0].source": "rescue-release",
        "roles[0].as_of": "2021",
    },
    "source": {
        "publisher": "Example Daily",
        "title": "Again",
        "language": "en",
        "type": "news_original",
        "grade": "A",
        "grade_reason": "Its own reporter was there.",
        "read": "full_text",
        "date": "2021-06-02",
    },
    "measure": {"title": "Bridges closed", "unit": "bridges", "scope": "The whole valley.", "comparability": "Counted on different days."},
}
PART_FILLED = {
    "front": {"title": "Downstream", "text": "The water came later."},
    "claim": {"text": "It rained.", "said_by[0]": "fable-rescue", "said_on": "2021-05-01", "sources[0].source": "rescue-release", "status": "reported"},
    "figure": {"measure": "people-moved", "value": "12", "unit": "people", "as_of": "2021-05-02"},
    "quote": {
        "text": "It rained.", "said_by[0]": "ada-ferry", "role": "Mayor", "channel": "not stated", "said_on": "2021-05-01", "language": "en",
        "sources[0].source": "rescue-release",
    },
    "event": {"title": "Rain", "date": "2021-05-01", "claims[0]": "cl-rose"},
    "photo": {"alt": "Rain", "caption": "It rained.", "credit": "not given", "licence": "not given", "sources[0].source": "rescue-release"},
    "disagreement": {"question": "Did it rain?", "claims[0]": "cl-rose", "reading": "It did."},
    "unknown": {"question": "How much did it rain?", "text": "Nobody has said."},
}  # fmt: skip


def fill(text: str, values: dict[str, str]) -> str:
    """Write values behind the open fields, as an editor does, keeping every other character."""
    document, _ = parse("form.yaml", text.encode())
    assert document
    lines = text.split("\n")
    for where, mark in sorted(document.marks.items(), key=lambda item: item[1].line, reverse=True):
        value = values.get(field_path(where))
        if value is not None:
            assert lines[mark.key_line - 1].rstrip().endswith((":", "-"))
            lines[mark.key_line - 1] += f" {value}"
    assert values.keys() <= {field_path(where) for where in document.marks}
    return "\n".join(lines)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project in which the command wrote a form of each kind."""
    project = flood_project(tmp_path_factory.mktemp("forms") / "project")
    for kind in KINDS:
        done = project.invoke("new", kind, f"new-{kind}")
        assert done.returncode == 0, done.stderr
        assert f"{FOLDERS[kind]}/new-{kind}.yaml" in done.stdout
    return project


def file_of(project: Project, kind: Kind) -> Path:
    return project.content / FOLDERS[kind] / f"new-{kind}.yaml"


@pytest.mark.parametrize("kind", KINDS)
def test_the_open_fields_are_just_the_problems(filled: Project, kind: Kind) -> None:
    text = file_of(filled, kind).read_text(encoding="utf-8")
    assert text == form(kind, f"new-{kind}")
    document, problems = parse("form.yaml", text.encode())
    assert document and not problems
    _, problems = validate(kind, f"new-{kind}", document)
    assert {problem.field for problem in problems} == set(FILLED[kind])
    for problem in problems:
        line = text.split("\n")[problem.line - 1]
        assert not line.lstrip().startswith("#"), "the problem is shown where the editor fills it in"
        assert problem.hint or problem.expected


@pytest.mark.parametrize("kind", KINDS)
def test_filled_in_it_passes(tmp_path: Path, kind: Kind) -> None:
    project = flood_project(tmp_path)
    file = project.content / FOLDERS[kind] / f"new-{kind}.yaml"
    file.write_text(fill(form(kind, f"new-{kind}"), FILLED[kind]), encoding="utf-8")
    catalog, problems = check(project.content)
    assert problems == ()
    assert f"new-{kind}" in catalog.of_kind(kind)


@pytest.mark.parametrize("kind", KINDS)
def test_deleting_the_marks_opens_every_field_there_is(kind: Kind) -> None:
    """Each commented line is one that works, at the right depth, once its `# ` is gone."""
    text = form(kind, "x")
    commented = re.compile(r"^(\s*)# ((?:\s*)(?:- )?(?:[a-z_]+:.*|-)|\s*# .*|#)$", re.MULTILINE)
    help_line = re.compile(r"^\s*# (?!\s*(?:- )?[a-z_]+:|\s*-$|\s*#).*$", re.MULTILINE)
    for _ in range(4):
        text = commented.sub(r"\1\2", help_line.sub("", text))
    data = yaml.load(text, yaml.BaseLoader)
    assert set(data) == set(schema(kind)["properties"]) - HISTORY_FIELDS


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_explained(kind: Kind) -> None:
    text = " ".join(form(kind, "x").replace("#", " ").split())
    for name, info in MODELS[kind].model_fields.items():
        if not info.exclude and name not in HISTORY_FIELDS:
            assert " ".join((info.description or "").replace("#", " ").split()) in text


def test_a_form_points_to_its_schema(filled: Project) -> None:
    for kind in KINDS:
        file = file_of(filled, kind)
        first = file.read_text(encoding="utf-8").partition("\n")[0]
        target = (file.parent / first.partition("$schema=")[2]).resolve()
        assert target == (filled.folder / "schema" / f"{kind}.json").resolve()
        assert target.is_file()


@pytest.mark.parametrize("kind", KINDS)
def test_help_stands_above_what_it_explains(kind: Kind) -> None:
    """At the same depth, that of a list's first field at the depth of its dash; and no two lines are empty together."""
    lines = form(kind, "x").split("\n")
    for above, line in pairwise(lines):
        assert line.strip("# ") or above.strip("# ") or line != above
        field = re.fullmatch(r"((?:\s|# )*)(- )?[a-z_]+:", line)
        if field and re.match(r"\s*# [A-Z`]", above):
            text = re.sub(r"# (?=[A-Z`]).*", "", above)
            assert len(field[1].removesuffix("# ")) == len(text), f"{above}\n{line}"


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_has_an_example_or_a_choice(kind: Kind) -> None:
    """Groups apart, whose fields have."""
    lines = form(kind, "x").split("\n")
    for number, line in enumerate(lines):
        field = re.fullmatch(r"(?:\s|# )*(?:- )?([a-z_]+):", line)
        below = lines[number + 1] if number + 1 < len(lines) else ""
        is_group = re.fullmatch(r"(?:\s|# )*  (?:# [A-Z`].*|- (?!source)[a-z_]+:)", below)
        if field and not is_group and field[1] not in ("source", "locator", "ar"):
            helped = " ".join(lines[max(0, number - 3) : number])
            assert re.search(r"such as|Such as|One of|true for|: .*, |`.*`", helped), f"{field[1]}: {helped}"


def test_what_a_rule_asks_for_is_open() -> None:
    assert "\ndate:\n" in form("source", "x")
    assert "\n    as_of:\n" in form("person", "x")
    assert "\n        value:\n" in part_form("figure", "x")


# --- parts of a briefing --------------------------------------------------------------------------------


@pytest.mark.parametrize("part", PARTS)
def test_a_part_is_printed_and_no_file_is_changed(project: Project, part: str) -> None:
    before = {file: file.read_bytes() for file in project.folder.rglob("*") if file.is_file()}
    done = project.invoke("new", part, f"new-{part}")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == part_form(part, f"new-{part}")
    assert f"`{PARTS[part][0]}:`" in done.stdout
    assert {file: file.read_bytes() for file in project.folder.rglob("*") if file.is_file()} == before


@pytest.mark.parametrize("part", PARTS)
def test_pasted_and_filled_in_it_passes(project: Project, part: str) -> None:
    name = PARTS[part][0]
    indent = "    " if part == "figure" else ""
    filled = {f"{name}[0].{path}": value for path, value in PART_FILLED[part].items()}
    snippet = fill(f"{name}:\n{part_form(part, f'new-{part}')}", filled).removeprefix(f"{name}:\n")
    if part == "disagreement":  # it has two claims at least
        snippet = snippet.replace("- cl-rose", "- cl-rose\n      - cl-moved")
    file = project.content / "briefings" / "fable-flood.yaml"
    text = file.read_text(encoding="utf-8")
    at = f"\n{indent}{name}:\n"
    assert at in text
    file.write_text(text.replace(at, f"{at}{snippet}", 1), encoding="utf-8")
    records, problems = check(project.content)
    assert problems == ()
    assert f"new-{part}" in str(records.briefings["fable-flood"])


@pytest.mark.parametrize(
    ("part", "part_id", "said"),
    [
        ("claim", "timeline", "did you mean `the-timeline`?"),
        ("claim", "ref-1", "keeps for itself"),
        ("claim", "Cl_X", "did you mean `cl-x`?"),
    ],
)
def test_what_cannot_be_a_part_is_refused(project: Project, part: str, part_id: str, said: str) -> None:
    done = project.invoke("new", part, part_id)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


@pytest.mark.parametrize(
    ("kind", "record_id", "said"),
    [
        ("place", "upper-example", "exists already"),
        ("place", "Upper-Example", "did you mean `upper-example`?"),
        ("place", "upper_example", "did you mean `upper-example`?"),
        ("place", "../../escape", "an id is"),
        ("place", "a/b", "an id is"),
        ("place", "-x", "an id is"),
        ("place", "", "an id is"),
        ("place", "x" * 81, "81 characters"),
        ("place", "r\u0430wa", "U+0430"),
        ("place", "index", "did you mean `the-index`?"),
        ("place", "con", "the system keeps for itself"),
        ("plaice", "x", "plaice"),
    ],
)
def test_what_cannot_be_new_is_refused(project: Project, kind: str, record_id: str, said: str) -> None:
    before = {file: file.read_bytes() for file in project.folder.parent.rglob("*") if file.is_file()}
    done = project.invoke("new", kind, "--", record_id)
    assert done.returncode == 2, done.stdout
    assert said in done.stderr
    assert {file: file.read_bytes() for file in project.folder.parent.rglob("*") if file.is_file()} == before
