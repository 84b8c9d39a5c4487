"""JSON Schema per kind of record, for completion and help while editing.

There are two: the schema of a kind, which holds for any project, and the same with the ids of this one's records,
by which an editor completes `said_by: [` and says on hovering whose id it is. The second is what stands in `schema/`.
An id that is not among them is no mistake to an editor: people write the reference first and the record after it,
and the language servers know no finding that is milder than an error. `check` and the preview tell of it.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from .catalog import Catalog, items_of
from .errors import with_article
from .markup import plain
from .records import KINDS, MODELS, Actor, Kind, Place, Source
from .records.references import NAMES, id_fault

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FOLDER = "schema"
"""Where `briefbook schema --write` puts them, beside mkdocs.yml. The first line of a record points there."""
MOST = 1_000
"""So many ids of one sort are listed. With five times as many, an editor takes a second and a half for every key."""

Schema = dict[str, Any]
Listed = Mapping[str, str]
"""Ids, and for each what it is the id of."""


def schema(kind: Kind) -> Schema:
    """The schema of one kind, for any project."""
    return _made(kind, lambda part: None)


def local_schema(kind: Kind, records: Catalog) -> Schema:
    """The schema of one kind, with the ids that there are."""
    return _local(kind, lambda named: list_of(named, records))


def _local(kind: Kind, listed: Callable[[str], Listed]) -> Schema:
    lists: Schema = {}

    def refer(part: Schema) -> None:
        named = part[NAMES]
        if named not in lists:
            lists[named] = _either(named, listed(named), part)
        for name in ("type", "pattern", "patternErrorMessage", "maxLength"):
            part.pop(name, None)
        part["$ref"] = f"#/$defs/{_pointer(named)}"

    made = _made(kind, refer)
    made.setdefault("$defs", {}).update({_pointer(named): group for named, group in lists.items()})
    return made


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
    other: Schema = {name: form[name] for name in ("type", "pattern", "patternErrorMessage", "maxLength") if name in form}
    made: Schema = {"description": f"Id of {with_article(named)}"}
    if not listed:
        return {**made, **other}
    known: Schema = {"enum": list(listed), "enumDescriptions": list(listed.values()), "errorMessage": form["patternErrorMessage"]}
    # A known id is both, and an editor shows the titles of both: the second has none to show, which `""` would not say.
    return {**made, "anyOf": [known, {"title": " ", **other}]}


# --- which ids there are ------------------------------------------------------------------------------


def list_of(named: str, records: Catalog) -> Listed:
    """The ids that a field may name, in order; none when they are too many to be listed."""
    found: dict[str, str] = {}
    for each in named.split(" or "):
        ids = dict(_records(each, records) if each in KINDS else _parts(each.rpartition("#")[2], records, elsewhere="#" in each))
        if len(found) + len(ids) <= MOST:
            found |= ids
    return dict(sorted(found.items()))


def _records(kind: Kind, records: Catalog) -> Iterator[tuple[str, str]]:
    for record_id, record in records.of_kind(kind).items():
        yield record_id, _short(_described(record))
    for (other, record_id), document in records.broken.items():
        if other == kind:
            data = document.data if document else {}
            name = data.get("name", data.get("title"))
            yield record_id, _short(f"{name} (with problems)" if isinstance(name, str) and name else "A record with problems")


def _described(record: Any) -> str:
    if isinstance(record, Source):
        return f"{record.title} ({record.publisher}{f', {record.date.words}' if record.date else ''})"
    if isinstance(record, Place | Actor):
        return f"{record.name} ({record.kind})"
    return str(getattr(record, "name", "") or getattr(record, "title", ""))


def _parts(part: str, records: Catalog, *, elsewhere: bool) -> Iterator[tuple[str, str]]:
    """The claims, figures or fronts of all briefings: an editor has one schema for every briefing.

    Out of their trees, so that a briefing keeps its claims while something else in it is broken.
    """
    trees = {record_id: loaded.document.data for (kind, record_id), loaded in records.documents.items() if kind == "briefing"}
    trees |= {record_id: document.data for (kind, record_id), document in records.broken.items() if kind == "briefing" and document}
    for briefing_id, data in sorted(trees.items()):
        before = f"{briefing_id}#" if elsewhere else ""
        where = "" if elsewhere or len(trees) == 1 else f" ({briefing_id})"
        claims = items_of(data, "claims")
        owned = {
            "front": [(front, front) for front in items_of(data, "fronts")],
            "claim": [(claim, claim) for claim in claims],
            "figure": [(figure, claim) for claim in claims for figure in items_of(claim, "figures")],
        }
        for item, said in owned[part]:
            text = said.get("title", said.get("text"))
            if isinstance(item.get("id"), str) and not id_fault(item["id"]):
                yield before + item["id"], (_short(plain(text)) if isinstance(text, str) else "") + where


def _short(text: str) -> str:
    if len(text) <= 120 and "\n" not in text:
        return text
    return textwrap.shorten(text, 120, placeholder=" …")


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
    listed = cache(lambda named: list_of(named, records))
    for kind in KINDS:
        file = folder / f"{kind}.json"
        # On one line, which takes a tenth of the time to write: the preview does so at each change.
        made = json.dumps(_local(kind, listed), ensure_ascii=False).encode()
        if not file.is_file() or file.read_bytes() != made:
            file.write_bytes(made)
        files.append(file)
    return files


def modeline(kind: Kind) -> str:
    """The first line of a record, by which editors find its schema."""
    return f"# yaml-language-server: $schema=../../{FOLDER}/{kind}.json"
