"""A new record, or a part of one, as a form: every field with its help, optional ones commented out."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from .errors import with_article
from .records import MODELS, Citation, Claim, Disagreement, Event, Figure, Front, Kind, Photo, Quote, Unknown
from .records.base import HISTORY_FIELDS
from .schema import modeline
from .validate import example_of, inner_model, literal_choices

WIDTH = 110
OPEN = {"Source": ("date",), "Role": ("as_of",), "Figure": ("value",)}
"""Fields that are not required, but of which a rule asks for one or another: most records have these."""
PARTS: dict[str, tuple[str, type[BaseModel]]] = {
    "front": ("fronts", Front),
    "claim": ("claims", Claim),
    "figure": ("figures", Figure),
    "quote": ("quotes", Quote),
    "event": ("events", Event),
    "photo": ("photos", Photo),
    "disagreement": ("disagreements", Disagreement),
    "unknown": ("unknowns", Unknown),
}
"""Parts of a briefing: the list that each belongs to, and what it is."""
HOW = """\
# A field without `# ` before it is needed. To use one that has it, delete that `# `.
# Dates are no finer than the source has them: 2017-11-03, 2017-11, 2017, 2017-10-27~ (about),
# 2017-10-26/2017-11-03 (it lasted). In sentences, *emphasis*, **strong**, [links](https://…) and
# [links](place:rawa) work. A text that holds a colon and a space, or a space and a #, needs quotes around it.
"""


def form(kind: Kind, record_id: str) -> str:
    """A commented record of a kind, with its required fields empty."""
    model = MODELS[kind]
    what = (model.__doc__ or "").partition("\n")[0]
    what = what[:1].lower() + what[1:]
    head = [
        modeline(kind),
        *_comment(f"{with_article(kind).capitalize()}: {what} Its id is this file's name, {record_id}: it never changes."),
        *HOW.splitlines(),
        "",
    ]
    return _text([*head, *_fields(model, spaced=True)])


def part_form(part: str, part_id: str) -> str:
    """A commented part of a briefing, to paste into its list."""
    field, model = PARTS[part]
    owner = "a claim" if model is Figure else "a briefing"
    head = _comment(
        f"{with_article(part).capitalize()}, to be pasted below `{field}:` of {owner}; where there is no such line yet, write it first."
    )
    lines = _indented(list(_fields(model, skip=("id",))), "    ", "    ")
    indent = "      " if model is Figure else "  "
    return _text([*(indent + line for line in head), f"{indent}- id: {part_id}", *((indent[2:] + line).rstrip() for line in lines)])


def _text(lines: list[str]) -> str:
    """The lines as a file's text, with no two empty ones together."""
    kept = [line for line, before in zip(lines, ["", *lines], strict=False) if line.strip("# ") or line != before]
    while kept and not kept[-1].strip("# "):
        kept.pop()
    return "\n".join(kept) + "\n"


def _fields(model: type[BaseModel], skip: tuple[str, ...] = (), *, spaced: bool = False) -> Iterator[str]:
    """The lines for a model's fields, in its own order."""
    own = [
        (info.alias or name, info)
        for name, info in model.model_fields.items()
        if not info.exclude and name not in HISTORY_FIELDS and name not in skip
    ]
    for name, info in own:
        yield from _help(info)
        lines = list(_field(name, info))
        is_open = info.is_required() or name in OPEN.get(model.__name__, ())
        yield from lines if is_open else [f"# {line}" if line else "#" for line in lines]
        if spaced or len(lines) > 1:
            yield ""


def _help(info: FieldInfo) -> Iterator[str]:
    text, choices = info.description or "", literal_choices(info.annotation)
    items = info.examples[0] if info.examples else ""
    example = ", ".join(items) if isinstance(items, list) else example_of(info)
    joined = f"{text}, such as {example}" if example and example not in text else text
    if len(joined) < WIDTH and ";" not in text and not example.endswith("."):
        yield f"# {joined}"
    else:
        yield from _comment(text)
        yield from _comment(f"Such as: {example}") if joined != text else ()
    if choices:
        yield from _comment(f"One of: {' | '.join(choices)}" + (f"; {info.default} when left out" if info.default in choices else ""))


def _comment(text: str) -> list[str]:
    return [f"# {line}" for line in textwrap.wrap(text, WIDTH - 2, break_on_hyphens=False)]


def _field(name: str, info: FieldInfo) -> Iterator[str]:
    group = inner_model(info.annotation)
    is_list = _is_list(info.annotation)
    yield f"{name}:"
    if group is Citation:
        yield "  - source:"
        yield "  #   locator:"
    elif group:
        yield from _indented(list(_fields(group)), "  - " if is_list else "  ", "    " if is_list else "  ")
    elif is_list:
        yield "  -"
    elif "dict[" in str(info.annotation):
        yield "  ar:"


def _is_list(annotation: object) -> bool:
    return "tuple[" in str(annotation)


def _indented(lines: list[str], first: str, rest: str) -> Iterator[str]:
    """The lines of a group; a list item's dash goes before the first line that is no comment, its help above the dash."""
    start = next((index for index, line in enumerate(lines) if line and not line.startswith("#")), 0)
    for index, line in enumerate(lines):
        prefix = first if index == start else first.replace("- ", "") if index < start else rest
        yield (prefix + line).rstrip()
