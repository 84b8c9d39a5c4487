"""JSON Schema per kind of record, for completion and help while editing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .records import KINDS, MODELS, Kind

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FOLDER = "schema"
"""Where `briefbook schema --write` puts them, beside mkdocs.yml. The first line of a record points there."""


def schema(kind: Kind) -> dict[str, Any]:
    """The schema of one kind."""
    made = MODELS[kind].model_json_schema(by_alias=True)
    made["properties"].pop("id", None)
    made["required"] = [name for name in made.get("required", []) if name != "id"]
    _fit_for_editors(made, made.get("$defs", {}))
    return {"$schema": DIALECT, "title": kind, **{key: value for key, value in made.items() if key != "title"}}


def _fit_for_editors(part: Any, groups: dict[str, Any]) -> None:
    """Mend in place what would make an editor warn without cause, or leave a field unexplained.

    To us every scalar is text; an editor's YAML reader takes `2019` for a number and `true` for a truth value.
    A field that may be left out may not be left open, so null is no choice.
    A list of groups that has no help of its own takes that of its groups.
    """
    if isinstance(part, dict):
        choices = [choice for choice in part.pop("anyOf", ()) if choice != {"type": "null"}]
        if len(choices) == 1:
            part.update({**choices[0], **part})
        elif choices:
            part["anyOf"] = choices
        if part.get("default", "") is None:
            del part["default"]
        if part.get("type") == "string" and not part.keys() & {"pattern", "enum", "const"}:
            part["type"] = ["string", "integer"] if part.get("format") == "edtf" else ["string", "number", "boolean"]
        for field in part.get("properties", {}).values():
            group = field.get("items", {}).get("$ref", "").rpartition("/")[2]
            if group:
                field.setdefault("description", groups[group]["description"])
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        _fit_for_editors(inner, groups)


def schema_text(kind: Kind) -> str:
    """The schema as a file's text."""
    return json.dumps(schema(kind), indent=2, ensure_ascii=False) + "\n"


def write_schemas(project_dir: Path) -> list[Path]:
    """Write every kind's schema. Returns the files."""
    folder = project_dir / FOLDER
    folder.mkdir(exist_ok=True)
    files = []
    for kind in KINDS:
        file = folder / f"{kind}.json"
        file.write_text(schema_text(kind), encoding="utf-8")
        files.append(file)
    return files


def modeline(kind: Kind) -> str:
    """The first line of a record, by which editors find its schema."""
    return f"# yaml-language-server: $schema=../../{FOLDER}/{kind}.json"
