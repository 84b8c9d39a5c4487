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
    return {"$schema": DIALECT, "title": kind, **{key: value for key, value in made.items() if key != "title"}}


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
