"""Where in a record a change is: `answer`, `claims[cl-losses].figures[fg-x].high`; `claims[]` is the order of a list."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..records.references import ID_PATTERN

FORM = "a path such as answer or claims[cl-losses].figures[fg-losses].high"
_FIELD = r"[A-Za-z0-9_-]+"
_STEP = re.compile(rf"({_FIELD})(?:\[({ID_PATTERN})?(\]))?(?:\.|$)")


@dataclass(frozen=True, slots=True)
class Item:
    """A step to the item of a list that has this id; without one, to the order of the list."""

    id: str


ORDER = Item("")
Step = str | Item
"""A field's name, or an item of the list that the step before it leads to."""
Path = tuple[Step, ...]


def read_path(text: str) -> Path | None:
    """The steps of a path, or None if it is none."""
    steps: list[Step] = []
    at = 0
    while at < len(text):
        found = _STEP.match(text, at)
        if not found or (steps and steps[-1] == ORDER):
            return None
        steps.append(found[1])
        if found[3]:
            steps.append(Item(found[2] or ""))
        at = found.end()
    return tuple(steps) if steps and not text.endswith(".") else None


def write_path(path: Path) -> str:
    """The text of a path."""
    text = ""
    for step in path:
        text += f"[{step.id}]" if isinstance(step, Item) else f".{step}" if text else step
    return text


def can_be_a_step(name: str) -> bool:
    """Whether a field's name can stand in a path. Those of the models all can."""
    return bool(re.fullmatch(_FIELD, name))
