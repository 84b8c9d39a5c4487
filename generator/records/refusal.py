"""How a field says no: what was found, what was expected, what would mend it."""

from __future__ import annotations

from typing import NoReturn

from pydantic_core import PydanticCustomError


class Quoted(str):
    """A scalar that stood in quotes: never a number, whatever it looks like."""


def refuse(found: str, expected: str, hint: str = "") -> NoReturn:
    """Stop the validation of one value, with the three parts of a problem. A hint may be `Meant`."""
    raise PydanticCustomError("refused", "{found}", {"found": found, "expected": expected, "hint": hint})


def kind_of(value: object) -> str:
    """What a value is, in a writer's words."""
    if isinstance(value, dict):
        return "a group of fields"
    if isinstance(value, list | tuple):
        return "a list"
    return "text"
