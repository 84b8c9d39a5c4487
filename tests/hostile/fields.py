"""Every field of every kind of record that takes free text, found in the models themselves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from pydantic import BaseModel, BeforeValidator, TypeAdapter, ValidationError

from generator.parse import parse
from generator.records import MODELS
from generator.records.text import Line, Prose, Verbatim
from generator.records.values import Url

FREE = {"line": Line, "prose": Prose, "verbatim": Verbatim, "url": Url}
"""Types of text. Of an address much is refused, but what is not lands in pages too."""
CLOSED = frozenset({"_id", "_part_ref", "_language", "_country"})
"""How the types judge that allow letters, digits and little else."""
ANY_KEY = "*"
"""In a path, the name of a field that the editor chooses, such as a language."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field that takes text.

    Attributes:
        path: the kind of record and the names of the fields that lead there: `briefing.claims.figures.scope`.
        takes: a name in FREE; `any` where the model asks for nothing; `closed` for ids and codes.
    """

    path: str
    takes: str


def text_fields() -> dict[str, Field]:
    """All that take free text, by path."""
    return {field.path: field for field in every_field() if field.takes != "closed"}


def closed_fields() -> dict[str, Field]:
    """All that take an id or a code, by path."""
    return {field.path: field for field in every_field() if field.takes == "closed"}


@cache
def every_field() -> tuple[Field, ...]:
    """All that take some sort of text, whatever it is for."""
    return tuple(found for kind, model in MODELS.items() for found in _of_model(model, kind))


def _of_model(model: type[BaseModel], path: str) -> Iterator[Field]:
    hints = get_type_hints(model, include_extras=True)
    for name, info in model.model_fields.items():
        if not info.exclude:  # an id is the file's name
            yield from _of_type(hints[name], f"{path}.{info.alias or name}")


def _of_type(annotation: Any, path: str) -> Iterator[Field]:
    if annotation is Any:
        yield Field(path, "any")
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from _of_model(annotation, path)
    elif get_origin(annotation) is dict:
        yield from _of_type(get_args(annotation)[1], f"{path}.{ANY_KEY}")
    elif annotation is str:
        yield Field(path, "str")
    elif get_origin(annotation) is Annotated:
        inner, *marks = get_args(annotation)
        judges = [mark.func for mark in marks if isinstance(mark, BeforeValidator)]
        if inner is str and judges:
            yield Field(path, _taken_by(judges))
        else:
            yield from _of_type(inner, path)
    else:
        for part in get_args(annotation):
            yield from _of_type(part, path)


def _taken_by(judges: list[Any]) -> str:
    if {judge.__name__ for judge in judges} & CLOSED:
        return "closed"
    names = [name for name, kind in FREE.items() for mark in get_args(kind) if isinstance(mark, BeforeValidator) and mark.func in judges]
    return names[0] if names else "str"


@cache
def _adapter(takes: str) -> TypeAdapter[str]:
    return TypeAdapter(FREE[takes])


@cache
def is_taken(takes: str, text: str) -> bool:
    """Whether a field of that type takes a text, as it would come from a file."""
    document, problems = parse("x.yaml", b"x: " + yaml_text(text).encode("utf-8", "surrogatepass") + b"\n")
    if problems or document is None:
        return False
    try:
        _adapter(takes).validate_python(document.data["x"])
    except ValidationError:
        return False
    return True


def yaml_text(text: str) -> str:
    """A text as it can stand in a YAML file, whatever it is: JSON is YAML too."""
    return json.dumps(text, ensure_ascii=False)
