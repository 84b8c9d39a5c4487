"""A new record as a form: every field with its help, optional ones commented out."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from .records import MODELS, Citation, Kind
from .records.base import HISTORY_FIELDS
from .schema import modeline
from .validate import inner_model, literal_choices

WIDTH = 110


def form(kind: Kind, record_id: str) -> str:
    """A commented record of a kind, with its required fields empty."""
    article = "An" if kind[0] in "aeiou" else "A"
    head = [
        modeline(kind),
        f"# {article} {kind}. Its id is this file's name, {record_id}: it never changes.",
        "# Fill in the fields that are open. To use one that is commented out, delete its `# `.",
        "",
    ]
    return "\n".join([*head, *_fields(MODELS[kind], spaced=True)]) + "\n"


def _fields(model: type[BaseModel], *, spaced: bool = False) -> Iterator[str]:
    """The lines for a model's fields, required ones first within the model's own order."""
    own = [(info.alias or name, info) for name, info in model.model_fields.items() if not info.exclude and name not in HISTORY_FIELDS]
    for name, info in own:
        yield from _help(info)
        lines = list(_field(name, info))
        yield from lines if info.is_required() else [f"# {line}" if line else "#" for line in lines]
        if spaced or len(lines) > 1:
            yield ""


def _help(info: FieldInfo) -> Iterator[str]:
    choices = literal_choices(info.annotation)
    text = info.description or ""
    if choices:
        text += f" ({' | '.join(choices)})"
    elif info.examples and info.is_required():
        text += f", such as {info.examples[0]}"
    yield from (f"# {line}" for line in textwrap.wrap(text, WIDTH - 2))


def _field(name: str, info: FieldInfo) -> Iterator[str]:
    group = inner_model(info.annotation)
    is_list = _is_list(info.annotation)
    example = str(info.examples[0]) if info.examples else ""
    if group is Citation:
        yield f"{name}:"
        yield "  - source:"
        yield "  #   locator: line 12"
    elif group and is_list:
        yield f"{name}:"
        yield from _indented(list(_fields(group)), "  - ", "    ")
    elif group:
        yield f"{name}:"
        yield from _indented(list(_fields(group)), "  ", "  ")
    elif is_list:
        yield f"{name}:"
        yield "  -"
    elif "dict[" in str(info.annotation):
        yield f"{name}:"
        yield "  ar:"
    elif example and not info.is_required():
        yield f"{name}: {example}"
    else:
        yield f"{name}:"


def _is_list(annotation: Any) -> bool:
    return "tuple[" in str(annotation)


def _indented(lines: list[str], first: str, rest: str) -> Iterator[str]:
    """The lines of a group; a list item's dash goes before the first line that is no comment."""
    start = next((index for index, line in enumerate(lines) if line and not line.startswith("#")), 0)
    for index, line in enumerate(lines):
        prefix = first if index == start else rest
        yield (prefix + line).rstrip()
