"""The one form in which versions of a record are compared: two files that say the same have the same facts.

A tree of facts holds what the pages show, in the order of the model's fields. Gone is what makes no difference to
them: a value that is the default, a citation's `source:` where there is no locator, the line breaks that a paragraph
was typed with, blanks around a text. So are `updates`, which tell of the facts, and `review_by`, which is a note to ourselves.

Trees are read by the types of the fields and need not be valid, since an older version may not be by today's rules.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from .. import prose
from ..errors import BriefbookError
from ..records import Citation
from ..records.text import Line, Prose, Verbatim
from .paths import ORDER, Item, Path

Tree = Any
"""A `dict`, `list` or `str` as a file is parsed to. None is a value that is not there."""
NO_FACTS = frozenset({"updates", "review_by"})


@dataclass(frozen=True, slots=True)
class Shape:
    """What the value of a field is made of.

    Attributes:
        model: of its groups, or of the groups in its list.
        spelled: one way to write each of its texts.
        default: what it is when it is not written; None if nothing.
    """

    model: type[BaseModel] | None = None
    spelled: Callable[[str], str] = str
    default: Tree = None

    @property
    def is_prose(self) -> bool:
        """Whether its texts have emphasis and links, so that their marks are not meant to be read."""
        return self.spelled is _as_prose


class NoFieldError(BriefbookError):
    """A step to a field that there is not; `names` are those that there are."""

    def __init__(self, step: str, names: tuple[str, ...]) -> None:
        self.step, self.names = step, names
        super().__init__(step)


def facts(model: type[BaseModel], tree: Mapping[str, Tree]) -> dict[str, Tree]:
    """A record's tree, or that of one of its groups, as facts. What is no field of the model is left out."""
    shapes = fields(model)
    found = {name: _value(shape, tree[name]) for name, shape in shapes.items() if name in tree}
    return {name: value for name, value in found.items() if value != shapes[name].default}


def fact_at(model: type[BaseModel], path: Path, value: Tree) -> Tree:
    """A value as it stands at a path of a record's facts; None when it is not written there.

    Raises:
        NoFieldError: the path leads through what is no field.
    """
    if value is None or path[-1] == ORDER:
        return _value(Shape(), value)
    shape = shape_at(model, path)
    found = _value(shape, value)
    return None if found == shape.default else found


def shape_at(model: type[BaseModel], path: Path) -> Shape:
    """What the value at a path is made of.

    Raises:
        NoFieldError: the path leads through what is no field.
    """
    shape = Shape(model)
    for step in path:
        if shape.model is None or isinstance(step, Item):
            shape = Shape(shape.model, shape.spelled)
        elif step in fields(shape.model):
            shape = fields(shape.model)[step]
        else:
            raise NoFieldError(step, tuple(fields(shape.model)))
    return shape


@cache
def fields(model: type[BaseModel]) -> Mapping[str, Shape]:
    """The fields of a model that hold facts, by their names in the file."""
    hints = get_type_hints(model, include_extras=True)
    return types.MappingProxyType(
        {
            info.alias or name: replace(_shape(hints[name]), default=_as_written(info.get_default(call_default_factory=True)))
            for name, info in model.model_fields.items()
            if not info.exclude and name not in NO_FACTS
        }
    )


def _value(shape: Shape, value: Tree) -> Tree:
    if isinstance(value, str):
        return shape.spelled(str(value))
    if isinstance(value, list):
        return [_value(shape, item) for item in value]
    if isinstance(value, dict) and shape.model:
        group = facts(shape.model, value)
        alone = shape.model is Citation and list(group) == ["source"] and isinstance(group["source"], str)
        return group["source"] if alone else group
    return {name: _value(shape, item) for name, item in value.items()} if isinstance(value, dict) else value


def _as_prose(text: str) -> str:
    return "\n\n".join(prose.paragraphs(text.strip()))


_SPELLED: Mapping[Any, Callable[[str], str]] = types.MappingProxyType(
    {get_args(Line)[1]: str.strip, get_args(Verbatim)[1]: str.strip, get_args(Prose)[1]: _as_prose}
)
"""What the types of text make no difference of, by what marks the type."""


def _shape(annotation: Any) -> Shape:
    """From `tuple[Annotated[Model, …], ...] | None` and the like: the model, and the type of text, inside."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return Shape(annotation)
    parts = get_args(annotation)
    if get_origin(annotation) is Annotated:
        inner = _shape(parts[0])
        marked = next((_SPELLED[mark] for mark in parts[1:] if mark in _SPELLED), inner.spelled)
        return Shape(inner.model, marked)
    if get_origin(annotation) in (tuple, dict, Union, types.UnionType):
        inner_shapes = [_shape(part) for part in parts if part is not Ellipsis]
        model = next((shape.model for shape in inner_shapes if shape.model), None)
        return Shape(model, next((shape.spelled for shape in inner_shapes if shape.spelled is not str), str))
    return Shape()


def _as_written(default: Any) -> Tree:
    """A model's default as it would stand in a file."""
    if default is None or default is PydanticUndefined:
        return None
    if isinstance(default, bool):
        return "true" if default else "false"
    return list(default) if isinstance(default, tuple) else default
