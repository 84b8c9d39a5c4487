"""Trees of text to YAML, in the style of the records, at some hundred thousand lines a second."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

Tree = dict[str, Any]

WIDTH = 110
_PLAIN = re.compile(r"-?[^\W_][^\n]*[^\s:]|[^\W_]")
_IN_BRACKETS = re.compile(r"[a-z0-9][a-z0-9#-]*")


def record_text(kind: str, tree: Tree) -> str:
    """A record's file: the line by which editors find its schema, then its fields."""
    return f"# yaml-language-server: $schema=../../schema/{kind}.json\n" + "\n".join(_group(tree, "")) + "\n"


def _group(tree: Tree, indent: str) -> Iterator[str]:
    for name, value in tree.items():
        if isinstance(value, str):
            yield f"{indent}{name}: {_scalar(value, indent)}"
        elif isinstance(value, dict):
            yield f"{indent}{name}:"
            yield from _group(value, indent + "  ")
        elif all(isinstance(item, str) and _IN_BRACKETS.fullmatch(item) for item in value) and len(value) < 6:
            yield f"{indent}{name}: [{', '.join(value)}]"
        else:
            yield f"{indent}{name}:"
            yield from _items(value, indent + "  ")


def _items(items: list[Any], indent: str) -> Iterator[str]:
    for item in items:
        if isinstance(item, str):
            yield f"{indent}- {_scalar(item, indent)}"
        else:
            lines = list(_group(item, indent + "  "))
            lines[0] = f"{indent}- {lines[0].lstrip()}"
            yield from lines


def _scalar(text: str, indent: str) -> str:
    if "\n" in text:
        return "|-\n" + "\n".join(f"{indent}  {line}" if line else "" for line in text.split("\n"))
    if len(text) > WIDTH - 20:
        return ">-\n" + "\n".join(f"{indent}  {line}" for line in _wrapped(text))
    if _PLAIN.fullmatch(text) and ": " not in text and " #" not in text:
        return text
    return json.dumps(text, ensure_ascii=False)


def _wrapped(text: str) -> Iterator[str]:
    while len(text) > WIDTH and (end := text.rfind(" ", 1, WIDTH)) > 0:
        yield text[:end]
        text = text[end + 1 :]
    yield text
