"""Every reference inside a record, found from the types of its fields."""

from __future__ import annotations

import re
import types
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from . import prose
from .errors import ValuePath
from .records import Citation, LocalRef, Ref
from .records.references import ID_PATTERN
from .records.text import Prose

_PROSE_MARK = get_args(Prose)[1]
_ID = re.compile(ID_PATTERN)
_PART_REF = re.compile(f"(?:{ID_PATTERN}#)?{ID_PATTERN}")


@dataclass(frozen=True, slots=True)
class Reference:
    """A text that names a record (`Ref`) or a part of a briefing (`LocalRef`), and where it stands."""

    where: ValuePath
    target: Ref | LocalRef
    value: str
    in_prose: bool = False
    """Whether it is a link in a text, and not the value of a field."""


def references(model: type[BaseModel], data: Any) -> Iterator[Reference]:
    """All references in a record's tree of text, links in prose included, in the order of the model's fields.

    Works on the tree as parsed, so that a record with one wrong field still has its references checked.
    """
    yield from _in_model(model, data, ())


def _in_model(model: type[BaseModel], data: Any, where: ValuePath) -> Iterator[Reference]:
    if model is Citation and isinstance(data, str):
        yield from _in_value(data, _Shape(target=Ref(("source",))), where)
    elif isinstance(data, dict):
        for name, shape in _plan(model):
            if name in data:
                yield from _in_value(data[name], shape, (*where, name))


def _in_value(value: Any, shape: _Shape, where: ValuePath) -> Iterator[Reference]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _in_value(item, shape, (*where, index))
    elif shape.model:
        yield from _in_model(shape.model, value, where)
    elif isinstance(value, str):
        # A text that is no id at all is refused by the field's type.
        form = _PART_REF if isinstance(shape.target, LocalRef) and shape.target.elsewhere else _ID
        if shape.target and form.fullmatch(value):
            yield Reference(where, shape.target, value)
        elif shape.is_prose and "](" in value:
            yield from _in_prose(value, where)


def _in_prose(text: str, where: ValuePath) -> Iterator[Reference]:
    for url in prose.links(text):
        found = prose.record_link(url)
        if found:
            kind, record_id, anchor = found
            if anchor:
                yield Reference(where, LocalRef("anchor", elsewhere=True), f"{record_id}#{anchor}", in_prose=True)
            else:
                yield Reference(where, Ref((kind,)), record_id, in_prose=True)


def target_at(model: type[BaseModel], where: ValuePath) -> Ref | LocalRef | None:
    """What the text at a path names, if it is a reference."""
    shape = _Shape(model=model)
    for step in where:
        if isinstance(step, int):
            continue
        if shape.model is None:
            return None
        shape = dict(_plan(shape.model)).get(step, _Shape())
    if shape.model is Citation:  # written as its id alone
        return Ref(("source",))
    return shape.target


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the scalars inside a field are."""

    target: Ref | LocalRef | None = None
    is_prose: bool = False
    model: type[BaseModel] | None = None


@cache
def _plan(model: type[BaseModel]) -> tuple[tuple[str, _Shape], ...]:
    """The fields of a model that can hold references: name in the file, shape."""
    hints = get_type_hints(model, include_extras=True)
    shapes = ((info.alias or name, _shape(hints[name])) for name, info in model.model_fields.items())
    return tuple((name, shape) for name, shape in shapes if shape.target or shape.is_prose or shape.model)


def _shape(annotation: Any) -> _Shape:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _Shape(model=annotation)
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *marks = get_args(annotation)
        target = next((mark for mark in marks if isinstance(mark, Ref | LocalRef)), None)
        found = _shape(inner)
        return _Shape(target or found.target, found.is_prose or _PROSE_MARK in marks, found.model)
    if origin in (tuple, Union, types.UnionType):
        shapes = [_shape(part) for part in get_args(annotation)]
        return _Shape(
            next((shape.target for shape in shapes if shape.target), None),
            any(shape.is_prose for shape in shapes),
            next((shape.model for shape in shapes if shape.model), None),
        )
    return _Shape()
