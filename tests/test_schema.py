"""JSON Schema for editors: valid itself, true of every record we have, and false of broken ones."""

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from generator.records import FOLDERS, KINDS, Kind
from generator.schema import schema, schema_text, write_schemas
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


VALIDATORS = {kind: Draft202012Validator(schema(kind), format_checker=Draft202012Validator.FORMAT_CHECKER) for kind in KINDS}
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
    assert [name for name, inner in properties(schema(kind)) if not inner.get("description")] == []


@pytest.mark.parametrize(("kind", "file"), RECORDS, ids=lambda value: value.stem if isinstance(value, Path) else value)
def test_every_record_validates(kind: Kind, file: Path) -> None:
    errors = [f"{error.json_path}: {error.message}" for error in VALIDATORS[kind].iter_errors(read(file))]
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


def test_the_files_are_the_schemas(tmp_path: Path) -> None:
    files = write_schemas(tmp_path)
    assert [file.name for file in files] == [f"{kind}.json" for kind in KINDS]
    for kind, file in zip(KINDS, files, strict=True):
        assert json.loads(file.read_text(encoding="utf-8")) == schema(kind)
        assert file.read_text(encoding="utf-8") == schema_text(kind)


def test_the_command_prints_and_writes_them(project: Project) -> None:
    assert json.loads(project.invoke("schema", "place").stdout) == schema("place")
    assert json.loads(project.invoke("schema").stdout) == {kind: schema(kind) for kind in KINDS}
    assert project.invoke("schema", "--write").returncode == 0
    assert sorted(file.name for file in (project.folder / "schema").iterdir()) == sorted(f"{kind}.json" for kind in KINDS)


@pytest.mark.parametrize(
    ("kind", "file"),
    [pair for pair in RECORDS if pair[1].is_relative_to(ROOT / "content")],
    ids=lambda value: value.stem if isinstance(value, Path) else value,
)
def test_records_point_to_their_schema(kind: Kind, file: Path) -> None:
    first = file.read_text(encoding="utf-8").partition("\n")[0]
    assert first == f"# yaml-language-server: $schema=../../schema/{kind}.json"
