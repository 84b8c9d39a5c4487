"""One parsed file to one typed record, or to everything that is wrong with it."""

from __future__ import annotations

import difflib
import heapq
import re
import types
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from .errors import PROBLEM_LIMIT, Problem, ValuePath, escape_char, meant, quoted
from .mending import whole_line
from .parse import Document
from .records import MODELS, Kind, Record


def validate(kind: Kind, record_id: str, document: Document) -> tuple[Record | None, list[Problem]]:
    """Read the document as a record of that kind."""
    model = MODELS[kind]
    problems = []
    if "id" in document.data:
        hint = f"the file's name is the id; delete the line (it is `{record_id}`)"
        mark = document.mark(("id",))
        fix = whole_line(mark.key_line) if mark.end and mark.end[0] == mark.key_line else None
        problems.append(document.problem(("id",), "`id` in the file", "no such field", hint, at_key=True, fix=fix))
    try:
        record = model.model_validate({**document.data, "id": record_id})
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=True)
        problems.extend(_problem(document, model, detail) for detail in _causes(model, details[: PROBLEM_LIMIT + 1]))
    return (None, problems) if problems else (record, problems)


def _causes(model: type[BaseModel], details: list[ErrorDetails]) -> list[ErrorDetails]:
    """The findings without those that only follow from another.

    Pydantic counts just the valid items of a list, so that one bad item also makes the list "too short".
    A required field whose name is misspelt is both unknown and missing.
    """
    meant = set()
    for detail in details:
        if detail["type"] == "extra_forbidden":
            *parent, name = detail["loc"]
            owner = _model_at(model, tuple(parent))
            meant.add((*parent, nearest(str(name), field_names(owner)) if owner else ""))
    return [
        detail
        for detail in details
        if not (detail["type"] == "missing" and detail["loc"] in meant)
        and not (detail["type"] == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"])
    ]


def _problem(document: Document, model: type[BaseModel], detail: ErrorDetails) -> Problem:
    """One of pydantic's findings in the words and places of the file."""
    where = _real_path(document, detail["loc"])
    context = detail.get("ctx", {})
    kind = detail["type"]
    if kind == "refused":
        hint = context["hint"]
        if context["found"] == "empty" and _is_required(model, where):
            hint = "fill it in"
        return document.problem(where, context["found"], context["expected"], hint, like=where)
    if kind == "extra_forbidden":
        return _unknown_field(document, model, where)
    if kind == "missing":
        parent, name = where[:-1], str(where[-1])
        hint = f"add {name}: {_sample(model, where)}"
        return document.problem(parent, f"no `{name}`", f"`{name}`: {_help(model, where)}", hint, like=where)
    value = detail["input"]
    found = _named(value)
    if kind == "literal_error":
        choices = choices_at(model, where)
        near = nearest(value, choices) if isinstance(value, str) else ""
        listed = ", ".join(f"`{choice}`" for choice in choices)
        return document.problem(where, found, f"one of {listed}", meant(near) if near else "", like=where)
    if kind in ("tuple_type", "list_type"):
        if isinstance(value, str) and value.startswith("-"):
            hint = "put a space after each dash"
        elif isinstance(value, str) and value[:1] in _LIKE_LIST_MARKS:
            hint = f"type a plain {_LIKE_LIST_MARKS[value[0]]}; this is {escape_char(value[0])}"
        elif isinstance(value, str) and value:
            items = value.strip("[]")
            hint = f"write it as a list: [{items[:40]}]"
            hint = meant(f"[{items}]", hint) if len(items) <= 40 and not re.search(r"[\[\]{}#:]", items) else hint
        else:
            hint = "start each item with `- `"
        return document.problem(where, found, "a list", hint, like=where)
    if kind in ("model_type", "dict_type"):
        return document.problem(where, found, "a group of fields", "put each field on its own line: `name: value`", like=where)
    if kind == "too_short":
        found = f"{len(value)} items" if value else "an empty list"
        return document.problem(where, found, f"at least {context['min_length']}", "add one", like=where)
    if kind == "too_long":
        return document.problem(where, f"{len(value)} items", f"at most {context['max_length']}", "remove the least important")
    return document.problem(where, found, detail["msg"].lower())


_LIKE_LIST_MARKS = {
    "–": "dash and a space",
    "—": "dash and a space",
    "−": "dash and a space",
    "•": "dash and a space",
    "［": "bracket",
    "【": "bracket",
}
"""Characters that look like the beginning of a list."""


def _named(value: Any) -> str:
    if isinstance(value, str):
        return f"the text {quoted(value)}" if value else "nothing"
    return "a list" if isinstance(value, list) else "a group of fields"


def _real_path(document: Document, loc: tuple[int | str, ...]) -> ValuePath:
    """Pydantic's path without the steps that are not in the file (`[key]`, shorthand citations)."""
    steps = tuple(step for step in loc if step != "[key]")
    known = 0
    while known < len(steps) and steps[: known + 1] in document.marks:
        known += 1
    if isinstance(document.value(steps[:known]), str):
        return steps[:known]  # a citation written as its id alone
    # One step past what exists names a missing field.
    return steps[: known + 1]


def _unknown_field(document: Document, model: type[BaseModel], where: ValuePath) -> Problem:
    name = str(where[-1])
    owner = _model_at(model, where[:-1])
    names = field_names(owner) if owner else ()
    near = nearest(name, names)
    fitting = meant(near) if near else f"the fields here are {', '.join(names)}"
    like = (*where[:-1], near) if near else ()
    return document.problem(where, f"the unknown field `{name[:60]}`", "a field of this record", fitting, at_key=True, like=like)


def nearest(text: str, choices: tuple[str, ...]) -> str:
    """The choice most like the text, or nothing when none is near."""
    exact = {choice.lower(): choice for choice in choices}
    wanted = text.lower().replace(" ", "_")
    if wanted in exact:
        return exact[wanted]
    found = difflib.get_close_matches(text.lower(), likeliest(text.lower(), list(exact)), n=1, cutoff=0.7)
    return exact[found[0]] if found else ""


COMPARED = 200
"""So many choices are compared letter by letter, which takes some 30 µs each."""


def likeliest(text: str, choices: list[str]) -> list[str]:
    """The choices that share a third of the text, which one slip of the finger leaves whole; all of them where they are few."""
    if len(choices) <= COMPARED:
        return choices
    size = max(1, len(text) // 3)
    thirds = (text[:size], text[size:-size], text[-size:])
    shared = [(sum(third in choice for third in thirds), choice) for choice in choices]
    ranked = heapq.nsmallest(COMPARED, ((-count, abs(len(choice) - len(text)), choice) for count, choice in shared if count))
    return [choice for _, _, choice in ranked]


# --- asking the models ------------------------------------------------------------------------------


@cache
def field_names(model: type[BaseModel]) -> tuple[str, ...]:
    """The names of a model's fields as editors write them."""
    return tuple(info.alias or name for name, info in model.model_fields.items() if not info.exclude)


def _field_at(model: type[BaseModel], where: ValuePath) -> tuple[type[BaseModel], str] | None:
    """The model and attribute name that a path leads to."""
    owner = _model_at(model, where[:-1])
    if owner is None:
        return None
    for name, info in owner.model_fields.items():
        if where[-1] in (name, info.alias):
            return owner, name
    return None


def _model_at(model: type[BaseModel], where: ValuePath) -> type[BaseModel] | None:
    """The model that the value at a path is read with."""
    current: type[BaseModel] | None = model
    for step in where:
        if current is None:
            return None
        if isinstance(step, int):
            continue
        found = next((info for name, info in current.model_fields.items() if step in (name, info.alias)), None)
        current = inner_model(found.annotation) if found else None
    return current


def inner_model(annotation: Any) -> type[BaseModel] | None:
    """The model inside `tuple[Annotated[Model, …], ...] | None`, if there is one."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (Annotated, tuple, Union, types.UnionType):
        for part in get_args(annotation):
            found = inner_model(part)
            if found:
                return found
    return None


def _is_required(model: type[BaseModel], where: ValuePath) -> bool:
    at = _field_at(model, where) if where and isinstance(where[-1], str) else None
    return bool(at and at[0].model_fields[at[1]].is_required())


def _help(model: type[BaseModel], where: ValuePath) -> str:
    at = _field_at(model, where)
    text = (at[0].model_fields[at[1]].description if at else None) or ""
    return text if text[:2].isupper() else text.lower()


def _sample(model: type[BaseModel], where: ValuePath) -> str:
    """What the value of a field may be, never to be taken for what it is."""
    choices = choices_at(model, where)
    if choices:
        return f"one of {', '.join(choices)}"
    at = _field_at(model, where)
    example = example_of(at[0].model_fields[at[1]]) if at else ""
    return f"…, such as {example}" if example else "…"


def example_of(info: FieldInfo) -> str:
    """A field's example as it would be written in a record, on one line; nothing where it has none."""
    example = info.examples[0] if info.examples else ""
    if isinstance(example, dict):
        return "{" + ", ".join(f"{name}: {value}" for name, value in example.items()) + "}"
    return f"[{', '.join(example)}]" if isinstance(example, list) else str(example)


def choices_at(model: type[BaseModel], where: ValuePath) -> tuple[str, ...]:
    """The words that the field at a path allows, if it names them."""
    at = _field_at(model, where)
    return literal_choices(at[0].model_fields[at[1]].annotation) if at else ()


def literal_choices(annotation: Any) -> tuple[str, ...]:
    """The words that a `Literal` inside an annotation allows."""
    if get_origin(annotation) is Literal:
        return tuple(str(choice) for choice in get_args(annotation))
    for part in get_args(annotation):
        found = literal_choices(part)
        if found:
            return found
    return ()
