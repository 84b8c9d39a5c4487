"""JSON Schema for editors: valid itself, true of every record we have, and false of broken ones."""

import copy
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from generator.listing import MOST, list_of
from generator.pipeline import check
from generator.records import FOLDERS, KINDS, Kind
from generator.records.references import NAMES
from generator.schema import local_schema, schema, write_schemas
from tests.many import add_many
from tests.projects import BASE, ROOT, Project

Record = dict[str, Any]


class EditorsView(yaml.SafeLoader):
    """YAML 1.2's core schema, as the language server behind editors reads a record: days and `no` are text there."""


EditorsView.yaml_implicit_resolvers = {}
for name, pattern, first in (
    ("null", r"^(~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^[-+]?[0-9]+$", list("-+0123456789")),
    ("float", r"^[-+]?(\.[0-9]+|[0-9]+\.[0-9]*)([eE][-+]?[0-9]+)?$", list("-+.0123456789")),
):
    EditorsView.add_implicit_resolver(f"tag:yaml.org,2002:{name}", re.compile(pattern), first)


def read(file: Path) -> Record:
    data = yaml.load(file.read_text(encoding="utf-8"), EditorsView)
    assert isinstance(data, dict)
    return data


CATALOG = check(BASE)[0]
VALIDATORS = {kind: Draft202012Validator(schema(kind), format_checker=Draft202012Validator.FORMAT_CHECKER) for kind in KINDS}
LOCAL = {kind: Draft202012Validator(local_schema(kind, CATALOG)) for kind in KINDS}
"""With the ids of one folder's records; those of another are none the worse."""
RECORDS = [
    (kind, file) for content in (BASE, ROOT / "content") for kind in KINDS for file in sorted((content / FOLDERS[kind]).glob("*.yaml"))
]


@pytest.mark.parametrize("kind", KINDS)
def test_each_schema_is_one(kind: Kind) -> None:
    Draft202012Validator.check_schema(schema(kind))
    assert schema(kind)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema(kind)["additionalProperties"] is False
    assert "id" not in schema(kind)["properties"], "the file's name is the id"


def properties(part: object) -> Iterator[tuple[str, Record]]:
    if isinstance(part, dict):
        for name, inner in part.items():
            if name == "properties" and isinstance(inner, dict):
                yield from inner.items()
            yield from properties(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from properties(inner)


@pytest.mark.parametrize("kind", KINDS)
def test_every_property_is_explained(kind: Kind) -> None:
    """An editor shows the description on hovering over a field."""
    for made in (schema(kind), local_schema(kind, CATALOG)):
        made.pop("allOf", None)  # says of the same fields which ids a briefing has itself
        assert [name for name, inner in properties(made) if not inner.get("description")] == []


@pytest.mark.parametrize(("kind", "file"), RECORDS, ids=lambda value: value.stem if isinstance(value, Path) else value)
def test_every_record_validates(kind: Kind, file: Path) -> None:
    for validators in (VALIDATORS, LOCAL):
        errors = [f"{error.json_path}: {error.message}" for error in validators[kind].iter_errors(read(file))]
        assert errors == []


BREAKS = [
    ("unknown field", lambda record: record.update(sumary="x")),
    ("missing field", lambda record: record.pop("title")),
    ("list for text", lambda record: record.update(title=["x"])),
    ("group for a list", lambda record: record.update(claims={"id": "x"})),
    ("no such label", lambda record: record.update(label="brekaing")),
    ("no such status", lambda record: record["claims"][0].update(status="sure")),
    ("empty list", lambda record: record.update(claims=[])),
    ("too many", lambda record: record.update(highlights=list("abcdef"))),
    ("bad id", lambda record: record["claims"][0].update(id="Cl_Rose")),
    ("a month that is none", lambda record: record["events"][0].update(date=True)),
    ("no date", lambda record: record["events"][0].update(date="yesterday")),
    ("no such month", lambda record: record["claims"][0].update(said_on="2021-13-01")),
    ("no id of a speaker", lambda record: record["claims"][0].update(said_by=["Fable Valley Rescue"])),
    ("no id of a source", lambda record: record["claims"][0].update(sources=["Rescue Release"])),
    ("no id of a claim elsewhere", lambda record: record["claims"][4].update(disputes=["fable-flood/cl-rose"])),
    ("no address", lambda record: record.update(starting_point="https://example.org")),
    ("text for a number", lambda record: record["claims"][1]["figures"][0].update(value="12,500")),
    ("unknown inner field", lambda record: record["quotes"][0].update(speaker="x")),
    ("a day that is none", lambda record: record.update(published="May 2021")),
    ("empty text", lambda record: record.update(title="")),
    ("no flag", lambda record: record["photos"][0].update(file_photo="yes")),
]


@pytest.mark.parametrize("change", [change for _, change in BREAKS], ids=[name for name, _ in BREAKS])
def test_a_broken_record_does_not(change: Any) -> None:
    record = copy.deepcopy(read(BASE / "briefings" / "fable-flood.yaml"))
    change(record)
    assert not VALIDATORS["briefing"].is_valid(record)
    assert not LOCAL["briefing"].is_valid(record)


@pytest.mark.parametrize("value", ["1984", "1.10", "true", "no", "12:30", "2017-11-03", "0123"])
def test_text_that_looks_like_more_is_text_to_editors_too(value: str) -> None:
    record = read(BASE / "places" / "lower-example.yaml")
    record["name"] = record["kind"] = yaml.load(value, EditorsView)
    record["variants"] = [yaml.load(value, EditorsView)]
    assert VALIDATORS["place"].is_valid(record)


@pytest.mark.parametrize("name", ["name", "summary", "coordinates", "variants"])
def test_an_open_field_is_a_problem_to_editors_too(name: str) -> None:
    record = read(BASE / "places" / "lower-example.yaml")
    record[name] = None
    assert not VALIDATORS["place"].is_valid(record)


# --- with the ids that there are ------------------------------------------------------------------------


def known(made: Record, name: str) -> dict[str, str]:
    """The ids that an editor completes, and what it says of each."""
    listed = made["$defs"][name]["anyOf"][0]
    return dict(zip(listed["enum"], listed["enumDescriptions"], strict=True))


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_of_a_kind_holds_for_any_project(kind: Kind) -> None:
    text = json.dumps([schema(kind), local_schema(kind, CATALOG)])
    assert NAMES not in text
    assert "fable-rescue" not in json.dumps(schema(kind))
    assert "anchor" not in local_schema(kind, CATALOG).get("$defs", {})


def test_ids_are_completed_with_whose_they_are() -> None:
    made = local_schema("briefing", CATALOG)
    Draft202012Validator.check_schema(made)
    assert known(made, "actor-or-person") == {
        "ada-ferry": "Ada Ferry",
        "example-gazette": "Example Gazette (newspaper)",
        "example-wire": "Example Wire (news agency)",
        "fable-rescue": "Fable Valley Rescue (rescue service)",
    }
    assert known(made, "place")["upper-example"] == "Upper Example (village)"
    assert known(made, "source")["rescue-release"] == "Statement on the flood (Fable Valley Rescue, 4 May 2021)"
    assert known(made, "measure") == {"people-moved": "People who left their homes"}
    assert list(known(made, "claim-or-briefing-claim"))[:2] == ["fable-flood#cl-dam-held", "fable-flood#cl-dam-leaked"]
    assert known(made, "figure-or-briefing-figure")["fable-flood#fg-moved"] == "About 200 people left their homes."
    assert known(made, "event-or-briefing-event") == {"fable-flood#ev-rise": "The river rises"}
    assert known(made, "briefing") == {"fable-flood": "River Fable floods two villages"}
    claim = made["$defs"]["Claim"]["properties"]
    assert claim["said_by"]["items"] == {"$ref": "#/$defs/actor-or-person"}
    assert (claim["front"]["description"], claim["front"]["$ref"]) == ("Id of the strand it belongs to", "#/$defs/front")
    assert claim["id"]["pattern"], "a new part has an id of its own"


def test_a_briefing_completes_its_own_parts_by_their_ids_alone() -> None:
    made = local_schema("briefing", CATALOG)
    assert known(made, "front-of-fable-flood") == {"upstream": "Upstream"}
    assert known(made, "claim-of-fable-flood")["cl-rose"] == "The river rose over its banks at Upper Example on 2 May 2021."
    (condition,) = made["allOf"]
    assert condition["if"]["properties"]["title"] == {"const": "River Fable floods two villages"}
    own = condition["then"]["properties"]
    assert own["highlights"]["items"] == {"$ref": "#/$defs/claim-of-fable-flood"}
    assert own["key_figures"]["items"] == {"$ref": "#/$defs/figure-of-fable-flood"}
    assert own["claims"]["items"]["properties"]["front"] == {"$ref": "#/$defs/front-of-fable-flood"}
    assert set(own["claims"]["items"]["properties"]) == {"front", "disputes", "supersedes"}
    assert set(own["events"]["items"]["properties"]) == {"front", "claims"}
    assert "places" not in own


def test_examples_are_values_as_an_editor_would_write_them() -> None:
    """An example in quotes would be copied with them."""
    point = schema("place")["$defs"]["Coordinates"]["properties"]
    assert (point["lat"]["examples"], point["precision_km"]["examples"]) == ([35.33588], [1])
    for kind in KINDS:
        groups = schema(kind).get("$defs", {})
        for owner in (schema(kind), *groups.values()):
            for name, field in owner.get("properties", {}).items():
                for example in field.get("examples", ()):
                    value = yaml.load(example, EditorsView) if field.get("type") == "boolean" else example
                    assert Draft202012Validator({**field, "$defs": groups}).is_valid(value), f"{kind}: {name}"


def test_every_reference_is_completed() -> None:
    """No field that names something is left with its form alone."""
    for kind in KINDS:
        fields = {name for name, inner in properties(local_schema(kind, CATALOG)) if "An id has" in json.dumps(inner)}
        assert fields <= {"id", "formerly"}


def test_what_is_not_written_yet_is_no_mistake() -> None:
    record = read(BASE / "briefings" / "fable-flood.yaml")
    record["claims"][0].update(said_by=["not-yet"], sources=["not-yet", {"source": "nor-this"}], places=["x"], disputes=["other#cl-x", "y"])
    assert LOCAL["briefing"].is_valid(record)


def test_records_with_problems_are_known_too(project: Project) -> None:
    project.replace("sources/rescue-release.yaml", "grade: A", "grade: Z")
    project.replace("briefings/fable-flood.yaml", "label: update", "label: news")
    project.write("sources/unclosed.yaml", "title: 'x\n")
    made = local_schema("briefing", check(project.content)[0])
    assert known(made, "source")["rescue-release"] == "Statement on the flood (with problems)"
    assert known(made, "source")["unclosed"] == "A record with problems"
    assert "cl-rose" in known(made, "claim-of-fable-flood")
    assert "fable-flood#cl-rose" in known(made, "claim-or-briefing-claim")


def test_each_briefing_has_its_own(project: Project) -> None:
    text = (project.content / "briefings" / "fable-flood.yaml").read_text(encoding="utf-8")
    project.write(
        "briefings/second.yaml", text.replace("title: River Fable floods", "title: The Fable floods", 1).replace("cl-rose", "cl-fell")
    )
    made = local_schema("briefing", check(project.content)[0])
    Draft202012Validator.check_schema(made)
    assert [condition["if"]["properties"]["title"]["const"] for condition in made["allOf"]] == [
        "River Fable floods two villages",
        "The Fable floods two villages",
    ]
    assert "cl-rose" not in known(made, "claim-of-second")
    assert {"fable-flood#cl-rose", "second#cl-fell"} <= set(known(made, "claim-or-briefing-claim"))


def test_hundreds_are_listed(project: Project) -> None:
    """An editor still answers at once."""
    add_many(project, places=0, sources=400, actors=0, briefings=0)
    assert 400 < len(list_of("source", check(project.content)[0])) < MOST


def test_above_the_limit_there_is_the_form(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.listing.MOST", 4)
    monkeypatch.setattr("generator.listing.MOST_OWN", 4)
    made = local_schema("briefing", CATALOG)
    Draft202012Validator.check_schema(made)
    assert list(known(made, "actor-or-person")) == ["ada-ferry", "example-gazette", "example-wire", "fable-rescue"]
    for name in ("source", "claim-or-briefing-claim"):
        assert set(made["$defs"][name]) == {"description", "type", "pattern", "patternErrorMessage"} | {"maxLength"} & set(
            made["$defs"][name]
        )
    assert "allOf" not in made


def test_a_project_without_records_has_schemas(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    for kind in KINDS:
        Draft202012Validator.check_schema(local_schema(kind, check(tmp_path / "content")[0]))


def test_the_files_are_the_schemas(tmp_path: Path) -> None:
    files = write_schemas(tmp_path, CATALOG)
    assert [file.name for file in files] == [f"{kind}.json" for kind in KINDS]
    for kind, file in zip(KINDS, files, strict=True):
        assert json.loads(file.read_text(encoding="utf-8")) == local_schema(kind, CATALOG)


def test_a_file_that_stays_the_same_is_left_alone(project: Project) -> None:
    files = write_schemas(project.folder, CATALOG)
    for file in files:
        os.utime(file, (1, 1))
    project.write("measures/depth.yaml", "title: Depth\nunit: m\nscope: x\ncomparability: x\n")
    write_schemas(project.folder, check(project.content)[0])
    assert [file.stem for file in files if file.stat().st_mtime != 1] == ["briefing"]


def test_the_command_prints_and_writes_them(project: Project) -> None:
    assert json.loads(project.invoke("schema", "place").stdout) == schema("place")
    assert json.loads(project.invoke("schema").stdout) == {kind: schema(kind) for kind in KINDS}
    done = project.invoke("schema", "--write")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == len(KINDS)
    for kind in KINDS:
        assert json.loads((project.folder / "schema" / f"{kind}.json").read_text(encoding="utf-8")) == local_schema(kind, CATALOG)


def test_a_new_record_is_completed_at_once(project: Project) -> None:
    assert project.invoke("new", "actor", "flood-office").returncode == 0
    made = json.loads((project.folder / "schema" / "briefing.json").read_text(encoding="utf-8"))
    assert known(made, "actor-or-person")["flood-office"] == "A record with problems"


@pytest.mark.parametrize(
    ("kind", "file"),
    [pair for pair in RECORDS if pair[1].is_relative_to(ROOT / "content")],
    ids=lambda value: value.stem if isinstance(value, Path) else value,
)
def test_records_point_to_their_schema(kind: Kind, file: Path) -> None:
    first = file.read_text(encoding="utf-8").partition("\n")[0]
    assert first == f"# yaml-language-server: $schema=../../schema/{kind}.json"
