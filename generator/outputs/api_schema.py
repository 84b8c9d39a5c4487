"""JSON Schemas of the API's files, made from the same models as the files."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from ..edtf import DAY_PATTERN
from ..kinds import FOLDERS, KINDS, Kind
from ..records import MODELS
from ..records.references import NAMES
from .values import COMPUTED

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
LIST = "list"
ROOT = "index"

_TEXT: Schema = {"type": "string"}
_ADDRESS: Schema = {"type": "string", "format": "uri-reference"}
_NUMBER: Schema = {"type": ["number", "null"]}
_DAY: Schema = {"type": ["string", "null"], "format": "date"}


def _object(properties: Schema, description: str = "", optional: tuple[str, ...] = ()) -> Schema:
    made = {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }
    return {"description": description, **made} if description else made


def _list(item: Schema) -> Schema:
    return {"type": "array", "items": item}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


_DATE = _object(
    {"edtf": {**_TEXT, "description": "As the record has it, in EDTF"}, "words": _TEXT, "earliest": _DAY, "latest": _DAY},
    "A date no finer than known. `earliest` and `latest` are the first and last day that it can mean; null where that end is open.",
)
_REFERENCE = _object(
    {"kind": {"enum": list(KINDS)}, "id": _TEXT, "name": _TEXT, "url": _ADDRESS, "api": _ADDRESS},
    "Another record: its page, and its file here.",
)
_PART = _object(
    {"kind": _TEXT, "briefing": _TEXT, "id": _TEXT, "name": _TEXT, "url": _ADDRESS, "api": _ADDRESS},
    "A part of a briefing: its place on the page, and the briefing's file here.",
)
_PARTS, _RECORDS = _list(_ref("part")), _list(_ref("reference"))

_SPOKEN: Schema = {"claims_by": _PARTS, "claims_about": _PARTS, "quotes": _PARTS, "events": _PARTS}
_FIGURE = _object(
    {
        "figure": _ref("part"),
        "claim": _ref("part"),
        "value": _NUMBER,
        "low": _NUMBER,
        "high": _NUMBER,
        "qualifier": {"type": ["string", "null"]},
        "unit": _TEXT,
        "as_of": _ref("date"),
        "said_by": _RECORDS,
        "said_on": _ref("date"),
        "sources": _RECORDS,
        "status": _TEXT,
    }
)
_LEFT_OUT: Schema = {
    "type": "object",
    "additionalProperties": {"type": "integer"},
    "description": "By name of a list here: how many of its entries there is no room for. The tables of claims, figures and quotes have all",
}
_OF_RECORD: dict[Kind, Schema] = {
    "briefing": {
        "plain_answer": _TEXT,
        "updated": _ref("date"),
        "claims_by_status": {"type": "object", "additionalProperties": {"type": "integer"}},
        "related": _RECORDS,
        "versions": _list(_object({"as_it_stood": _TEXT, "url": _ADDRESS})),
    },
    "place": {"contains": _RECORDS, "claims": _PARTS, "events": _PARTS, "left_out": _LEFT_OUT},
    "actor": {
        **_SPOKEN,
        "members": _RECORDS,
        "people": _RECORDS,
        "places_held": _RECORDS,
        "carried_by": _RECORDS,
        "left_out": _LEFT_OUT,
    },
    "person": {**_SPOKEN, "left_out": _LEFT_OUT},
    "source": {
        "origins": _list(_TEXT),
        "carried_by": _RECORDS,
        "claims": _PARTS,
        "claims_on_it_alone": _PARTS,
        "claims_with_no_second_witness_without_it": _PARTS,
        "quotes": _PARTS,
        "records": _RECORDS,
        "left_out": _LEFT_OUT,
    },
    "measure": {"figures": _list(_FIGURE), "left_out": _LEFT_OUT},
}
_OF_PART: Schema = {
    "Claim": {
        "url": _ADDRESS,
        "plain_text": _TEXT,
        "independent_origins": _list(_TEXT),
        "disputed_by": _PARTS,
        "superseded_by": _PARTS,
        "review_is_overdue": {"type": "boolean"},
    },
    "Figure": {"url": _ADDRESS, "words": _TEXT},
    "Quote": {"url": _ADDRESS},
    "Event": {"url": _ADDRESS},
}


@cache
def schemas() -> dict[str, Schema]:
    """Every schema by the name of its file: one for each kind, one for their lists, one for the list of these."""
    defs = {"date": _DATE, "reference": _REFERENCE}
    head = {"version": {**_TEXT, "pattern": r"^1\."}, "schema": _ADDRESS}
    entry = _object({**_REFERENCE["properties"], "updated": _or_null(_ref("date")), "withdrawn": {"type": ["string", "null"]}})
    site = _object({"name": _TEXT, "url": _ADDRESS, "description": _TEXT, "terms": _TEXT})
    kinds = _object({"kind": {"enum": list(KINDS)}, "count": {"type": "integer"}, "api": _ADDRESS})
    return {
        **{FOLDERS[kind]: _of_kind(kind, head) for kind in KINDS},
        LIST: {"$schema": DIALECT, **_object({**head, "kind": {"enum": list(KINDS)}, "records": _list(entry)}), "$defs": defs},
        ROOT: {"$schema": DIALECT, **_object({**head, "site": site, "kinds": _list(kinds)})},
    }


def _of_kind(kind: Kind, head: Schema) -> Schema:
    model: Schema = json.loads(json.dumps(MODELS[kind].model_json_schema(by_alias=True)))
    groups = model.pop("$defs", {})
    model["properties"].pop("id", None)
    for name, group in {"": model, **groups}.items():
        _as_written_out(group)
        if name in _OF_PART:
            group["properties"][COMPUTED] = _object(_OF_PART[name])
            group["required"].append(COMPUTED)
    base: Schema = {**head, "kind": {"const": kind}, "id": _TEXT}
    computed = _or_null(_object(_OF_RECORD[kind]))
    standing = _object({**base, "url": _ADDRESS, "record": _ref("record"), COMPUTED: computed})
    moved = _object({**base, "moved_to": _ref("reference")}, "What is at an id that the record had before")
    defs = {"date": _DATE, "reference": _REFERENCE, "part": _PART, "record": model, **groups}
    return {"$schema": DIALECT, "title": kind, "oneOf": [standing, moved], "$defs": defs}


def _as_written_out(group: Schema) -> None:
    """A model's schema, in place, for what it is written out as: every field is there, dates and references are spelt out."""
    if "anyOf" in group:  # a citation, which editors may write as its id alone
        described = group.pop("description", "")
        group |= {"description": described, **group.pop("anyOf")[-1]}
    group["properties"] = {name: _field(field) for name, field in group["properties"].items()}
    group["required"] = list(group["properties"])
    group["additionalProperties"] = False


def _field(field: Schema) -> Schema:
    """The schema of a field's values, without what helps to write them."""
    kept = {name: value for name, value in field.items() if name in _KEPT}
    if NAMES in field:
        kept = _ref("part" if "#" in field[NAMES] or field[NAMES] in _OWN_PARTS else "reference")
    elif field.get("format") == "edtf" or field.get("pattern") == f"^{DAY_PATTERN}$":
        kept = _ref("date")
    elif "items" in field:
        kept["items"] = _field(field["items"])
    elif "anyOf" in field:
        kept["anyOf"] = [_field(choice) for choice in field["anyOf"]]
    if "additionalProperties" in field:
        kept["additionalProperties"] = _field(field["additionalProperties"])
    return {**kept, "description": field["description"]} if "description" in field else kept


_OWN_PARTS = frozenset({"claim", "figure", "event", "front", "anchor"})
_KEPT = frozenset({"$ref", "type", "enum", "const", "format", "description", "anyOf"})
