"""What fuzzing begins with: the records of the other tests, and the words that records are made of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from generator.records import FOLDERS, KINDS, MODELS
from generator.validate import field_names, inner_model, literal_choices
from tests.conftest import CASES

OWN = Path(__file__).parent
INDICATORS = [
    ": ", "- ", "? ", " #", "\n  ", "\n", "[", "]", "{", "}", ", ", "&a ", "*a", "!a ", "!!str ", "!<a> ", "|\n", ">-\n", "'", "''", '"', '\\"', "\\x00", "\\u200b",
    "\\U0001f30a", "%YAML 1.2\n", "%TAG ! a\n", "---\n", "...\n", "<<: ", "@", "`", "~", "\t", "\r\n", "\u00a0", "\u3000", "\uff1a", "\u201c", "\u200b", "\ufeff",
    "\u202e", "\u0301", "\u05d0", "\U0001f30a", "\x85", "\u2028",
]  # fmt: skip
"""What means something to YAML, or looks as if it did."""
VALUES = ["true", "1500", "4.4", "2017-11-03", "2017-11", "2017-10-27~", "2017-10-26/..", "[..2017-11-03]", "https://example.org/", "[a](place:upper-example)", "fable-flood#cl-rose", "*a*", "**a**"]  # fmt: skip
MARKS = ["](", "![", "**", "__", "{: .a }", "<b>", "</p>", "<!--", "&#42;", "&lt;", "```\n", "- ", "1. ", "# ", "| a |\n|---|\n", "> ", "[a]: b\n", "https://", "\\*", "\n\n", "    "]  # fmt: skip
"""What means something to one reader of Markdown or another."""


def seeds(target: str) -> Iterator[tuple[str, bytes]]:
    """The inputs to begin with, each with a name."""
    for path in sorted(file for folder in ("corpus", "regressions") for file in (OWN / folder / target).glob("*")):
        yield path.name, path.read_bytes()
    kinds = {folder: kind for kind, folder in FOLDERS.items()}
    for path in sorted(CASES.rglob("*.yaml")):
        if path.is_file() and path.parent.name in kinds:
            raw = path.read_bytes()
            name = "-".join(path.relative_to(CASES).with_suffix("").parts)
            if target == "front_door":
                yield name, str(KINDS.index(kinds[path.parent.name])).encode() + raw
            else:
                for number, line in enumerate(line for line in raw.split(b"\n") if b": " in line):
                    yield f"{name}-{number}", line.partition(b": ")[2].strip(b"'\"")


def dictionary(target: str) -> str:
    """The words that inputs are changed by, as libFuzzer reads them."""
    words = (
        [*INDICATORS, *VALUES, *(f"{name}: " for name in sorted(_names())), *sorted(_choices())]
        if target == "front_door"
        else [*MARKS, *VALUES]
    )
    return "".join('"' + "".join(f"\\x{byte:02x}" for byte in word.encode()) + '"\n' for word in words)


def _models() -> set[type[BaseModel]]:
    """The records' models, and those inside them."""
    known: set[type[BaseModel]] = set()
    waiting: list[type[BaseModel]] = list(MODELS.values())
    while waiting:
        model = waiting.pop()
        if model not in known:
            known.add(model)
            waiting += [inner for info in model.model_fields.values() if (inner := inner_model(info.annotation))]
    return known


def _names() -> set[str]:
    return {name for model in _models() for name in field_names(model)}


def _choices() -> set[str]:
    return {choice for model in _models() for info in model.model_fields.values() for choice in literal_choices(info.annotation)}
