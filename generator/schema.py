"""JSON Schema per kind of record, for completion and help while editing.

There are two: the schema of a kind, which holds for any project, and the same with the ids of this one's records,
by which an editor completes `said_by: [` and says on hovering whose id it is. The second is what stands in `schema/`.
An id that is not among them is no mistake to an editor: people write the reference first and the record after it,
and the language servers know no finding that is milder than an error. `check` and the preview tell of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from .catalog import Catalog
from .errors import with_article
from .listing import Listed, OwnParts, list_of, own_parts
from .records import KINDS, MODELS, Kind
from .records.references import NAMES

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FOLDER = "schema"
"""Where `briefbook schema --write` puts them, beside mkdocs.yml. The first line of a record points there."""
Schema = dict[str, Any]


def schema(kind: Kind) -> Schema:
    """The schema of one kind, for any project."""
    return _made(kind, lambda part: None)


def local_schema(kind: Kind, records: Catalog) -> Schema:
    """The schema of one kind, with the ids that there are."""
    return _local(kind, lambda named: list_of(named, records), own_parts(records))


def _local(kind: Kind, listed: Callable[[str], Listed], own: Sequence[OwnParts]) -> Schema:
    lists: Schema = {}

    def refer(part: Schema) -> None:
        named = part[NAMES]
        form: Schema = {name: part.pop(name) for name in ("type", "pattern", "patternErrorMessage", "maxLength") if name in part}
        lists.setdefault(_pointer(named), _either(named, listed(named), form))
        part["$ref"] = f"#/$defs/{_pointer(named)}"

    made = _made(kind, refer)
    made.setdefault("$defs", {}).update(lists)
    if kind == "briefing":
        _add_own_parts(made, own)
    return made


def _add_own_parts(made: Schema, own: Sequence[OwnParts]) -> None:
    """What a briefing names of itself. All briefings have one schema, so each is known by its title."""
    raw = json.loads(_of_model("briefing"))
    conditions = []
    for briefing in own:
        names = {part: f"{part}-of-{briefing.briefing}" for part in briefing.parts}
        # Any other text will do here: what form it must have is said above.
        made["$defs"] |= {name: _either(part, briefing.parts[part], {"type": "string"}) for part, name in names.items()}
        is_this = {"properties": {"title": {"const": briefing.title}}, "required": ["title"]}
        conditions.append({"if": is_this, "then": _with_own(raw, raw["$defs"], names)})
    if conditions:
        made["allOf"] = conditions


def _with_own(part: Schema, groups: Schema, names: Mapping[str, str]) -> Schema:
    """Of a schema just what leads to the fields that name parts of the briefing itself, and these with a list of them."""
    if "$ref" in part:
        return _with_own(groups[part["$ref"].rpartition("/")[2]], groups, names)
    if NAMES in part:
        own = names.get(part[NAMES].partition(" or ")[0])
        return {"$ref": f"#/$defs/{own}"} if own else {}
    for choice in part.get("anyOf", ()):
        if found := _with_own(choice, groups, names):
            return found
    if "items" in part:
        items = _with_own(part["items"], groups, names)
        return {"items": items} if items else {}
    fields = {name: _with_own(field, groups, names) for name, field in part.get("properties", {}).items()}
    return {"properties": {name: field for name, field in fields.items() if field}} if any(fields.values()) else {}


def _made(kind: Kind, refer: Callable[[Schema], None]) -> Schema:
    made: Schema = json.loads(_of_model(kind))
    made["properties"].pop("id", None)
    made["required"] = [name for name in made.get("required", []) if name != "id"]
    _fit_for_editors(made, made.get("$defs", {}), refer)
    return {"$schema": DIALECT, "title": kind, **{key: value for key, value in made.items() if key != "title"}}


@cache
def _of_model(kind: Kind) -> str:
    return json.dumps(MODELS[kind].model_json_schema(by_alias=True))


def _fit_for_editors(part: Any, groups: Schema, refer: Callable[[Schema], None]) -> None:
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
        if NAMES in part:
            refer(part)
            del part[NAMES]
        elif part.get("type") == "number" and "examples" in part:
            part["examples"] = [float(example) if "." in example else int(example) for example in part["examples"]]
        elif part.get("format") == "edtf":
            part["type"] = ["string", "integer"]
        elif part.get("type") == "string" and not part.keys() & {"pattern", "enum", "const"}:
            part["type"] = ["string", "number", "boolean"]
        for field in part.get("properties", {}).values():
            group = field.get("items", {}).get("$ref", "").rpartition("/")[2]
            if group:
                field.setdefault("description", groups[group]["description"])
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        _fit_for_editors(inner, groups, refer)


def _pointer(named: str) -> str:
    return named.replace(" ", "-").replace("#", "-")


def _either(named: str, listed: Listed, form: Schema) -> Schema:
    """One of the ids that are listed, or another of the same form."""
    made: Schema = {"description": f"Id of {with_article(named)}"}
    if not listed:
        return {**made, **form}
    known: Schema = {"enum": list(listed), "enumDescriptions": list(listed.values())}
    if "patternErrorMessage" in form:
        known["errorMessage"] = form["patternErrorMessage"]
    # A known id is both, and an editor shows the titles of both: the second has none to show, which `""` would not say.
    return {**made, "anyOf": [known, {"title": " ", **form}]}


# --- files --------------------------------------------------------------------------------------------


def schema_text(made: Schema) -> str:
    """A schema for people to read."""
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


def write_schemas(project_dir: Path, records: Catalog) -> list[Path]:
    """Write every kind's schema with the ids of these records. Returns the files.

    One that is the same as before is left alone, so that an editor does not read it again.
    """
    folder = project_dir / FOLDER
    folder.mkdir(exist_ok=True)
    files = []
    listed, own = cache(lambda named: list_of(named, records)), own_parts(records)
    for kind in KINDS:
        file = folder / f"{kind}.json"
        # On one line, which takes a tenth of the time to write: the preview does so at each change.
        made = json.dumps(_local(kind, listed, own), ensure_ascii=False).encode()
        if not file.is_file() or file.read_bytes() != made:
            file.write_bytes(made)
        files.append(file)
    return files


def modeline(kind: Kind) -> str:
    """The first line of a record, by which editors find its schema."""
    return f"# yaml-language-server: $schema=../../{FOLDER}/{kind}.json"
