"""An entry written into the `updates` of a record's file, every other byte left as it was.

The file is not written anew from its tree, which would lose comments, quotes and line breaks. Lines go in at one place,
and the result counts only if it reads back as the same record with that entry more.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Any

from pydantic import BaseModel

from .errors import BriefbookError
from .history import facts
from .parse import Document, parse
from .records import Update

WIDTH = 110
"""Lines are filled up to here, as far as that changes nothing in the text."""
_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_END_MARK = re.compile(r"\.\.\.(?:[ \t]|$)")
_EMPTY = re.compile(r"\[[ ]*\]")
NEAR = 3
"""So many brackets from behind may be the one that closes the list; those after it stand in comments."""
_WORD = re.compile(r"[a-z0-9][a-z0-9#-]*")
_BREAKABLE = re.compile(r"(?<=\S) (?=\S)")

Tree = Any


def with_entry(path: str, raw: bytes, model: type[BaseModel], entry: dict[str, Tree]) -> bytes:
    """A record's file with one entry more, as the last of its updates.

    Args:
        path: how the file is named.
        raw: what is in it: a record that can be read.
        model: of the record.
        entry: its fields, of text, lists and groups.

    Raises:
        BriefbookError: the file is written in a way that this cannot extend safely.
    """
    document, _ = parse(path, raw)
    if document is None:
        raise BriefbookError(f"{path} cannot be read")
    mark = codecs.BOM_UTF8 if raw.startswith(codecs.BOM_UTF8) else b""
    for candidate in _candidates(raw.removeprefix(mark).decode("utf-8"), document, entry):
        new = mark + candidate.encode("utf-8")
        if _is_the_same_but_for(entry, model, document, parse(path, new)[0]):
            return new
    raise BriefbookError(
        f"{path}: `updates` is written in a way that cannot be extended safely, so the file is as it was; "
        "write `updates` as the last field, as a list with dashes, and run this again"
    )


def _is_the_same_but_for(entry: dict[str, Tree], model: type[BaseModel], old: Document, new: Document | None) -> bool:
    if new is None or not isinstance(new.data.get("updates"), list):
        return False
    *before, last = new.data["updates"]
    kept = [facts(Update, each) for each in before] == [facts(Update, each) for each in old.data.get("updates", [])]
    return bool(kept and last == entry and facts(model, old.data) == facts(model, new.data))


def _candidates(text: str, document: Document, entry: dict[str, Tree]) -> Iterator[str]:
    """The text with the entry put in where it probably belongs, the best place first."""
    lines = _LINES.findall(text)
    end = next((number for number, line in enumerate(lines) if _END_MARK.match(line)), len(lines))
    deeper = _deeper(document)
    if "updates" not in document.data:
        indent = min(mark.key_col for where, mark in document.marks.items() if len(where) == 1) - 1
        yield _inserted(lines, end, [" " * indent + "updates:", *_written("- ", entry, indent + deeper, deeper)])
        return
    mark = document.mark(("updates",))
    next_field = min(
        (place.key_line - 1 for where, place in document.marks.items() if len(where) == 1 and place.key_line > mark.key_line), default=end
    )
    before, behind = lines[mark.line - 1][: mark.col - 1], lines[mark.line - 1][mark.col - 1 :]
    empty = _EMPTY.match(behind)
    if empty:
        lines[mark.line - 1] = before.rstrip(" ") + behind[empty.end() :]
        yield _inserted(lines, mark.line, _written("- ", entry, mark.key_col - 1 + deeper, deeper))
    elif behind.startswith("["):
        start, end_of_field = (sum(map(len, lines[:number])) for number in (mark.line - 1, next_field))
        closing = [at for at in range(start, end_of_field) if text[at] == "]"][-NEAR:]
        more = json.dumps(entry, ensure_ascii=False)
        yield from (text[:at] + comma + more + text[at:] for at in reversed(closing) for comma in (", ", " "))
    else:
        # Blank lines and comments above the next field belong to that; a comment that is indented, to the list.
        loose = len(list(takewhile(lambda line: _is_loose(line, mark.key_col - 1), reversed(lines[:next_field]))))
        new = _written("- ", entry, mark.col - 1, 0 if mark.col == mark.key_col else 2)
        yield from (_inserted(lines, place, new) for place in (next_field - loose, next_field))


def _is_loose(line: str, indent: int) -> bool:
    bare = line.strip()
    return not bare or (bare.startswith("#") and len(line) - len(line.lstrip(" ")) <= indent)


def _deeper(document: Document) -> int:
    """How much deeper than their field the lists of a file stand: 2, or 0 if all do without."""
    lists = [where for where, mark in document.marks.items() if where[-1:] == (0,) and mark.line != document.mark(where[:-1]).key_line]
    steps = {document.mark(where[:-1]).col - document.mark(where[:-1]).key_col for where in lists}
    return 0 if steps == {0} else 2


def _inserted(lines: Sequence[str], at: int, new: Sequence[str]) -> str:
    """The lines with new ones behind the first `at`, which end as their neighbours do."""
    eol = next((line[len(line.rstrip("\r\n")) :] for line in [*reversed(lines[:at]), *lines[at:]] if line.endswith(("\r", "\n"))), "\n")
    head, tail = "".join(lines[:at]), "".join(lines[at:])
    if head.endswith(("\r", "\n")) or not head:
        return head + "".join(line + eol for line in new) + tail
    return head + "".join(eol + line for line in new) + (eol + tail if tail else "")


# --- values as YAML -----------------------------------------------------------------------------------------


def _written(lead: str, value: Tree, indent: int, deeper: int) -> list[str]:
    """The lines of a value behind `name: ` or `- `, which stands at a column.

    Args:
        lead: what stands before it.
        value: a tree.
        indent: the column of the lead.
        deeper: how much deeper than their field the lists stand.
    """
    pad = " " * indent
    if isinstance(value, str):
        return _text(lead, value, indent)
    if not value:
        return [f"{pad}{lead}{'[]' if isinstance(value, list) else '{}'}"]
    in_brackets = f"{pad}{lead}[{', '.join(map(str, value))}]"
    if isinstance(value, list) and all(isinstance(each, str) and _WORD.fullmatch(each) for each in value) and len(in_brackets) <= WIDTH:
        return [in_brackets]
    inside = indent + (2 if lead == "- " or isinstance(value, dict) else deeper)
    items = [("- ", each) for each in value] if isinstance(value, list) else [(f"{_name(name)}: ", each) for name, each in value.items()]
    lines = [line for inner, each in items for line in _written(inner, each, inside, deeper)]
    return [f"{pad}- {lines[0][inside:]}", *lines[1:]] if lead == "- " else [f"{pad}{lead.rstrip()}", *lines]


def _name(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z_][\w-]*", name) else json.dumps(name, ensure_ascii=False)


def _text(lead: str, text: str, indent: int) -> list[str]:
    """A text in the plainest way that reads back as just that."""
    pad = " " * indent
    for first, *rest in _spellings(text, indent + 2, WIDTH - indent - len(lead)):
        lines = [f"{pad}{lead}{first}", *rest]
        document, problems = parse("", "\n".join(["x:", *lines, "y: y", ""]).encode("utf-8", "replace"))
        values = document.data.get("x", "") if document and not problems else ""
        if list(values.values() if isinstance(values, dict) else values) == [text]:
            return lines
    raise BriefbookError(f"a text that cannot be written into a record: {text[:60]!r}")


def _spellings(text: str, indent: int, room: int) -> Iterator[list[str]]:
    """Ways to write a text, the most readable first; not all of them keep every text as it is."""
    pad = " " * indent
    if "\n" in text:
        chomped = text.rstrip("\n")
        ending = {0: "-", 1: ""}.get(len(text) - len(chomped), "+")
        size = "2" if text.lstrip("\n").startswith(" ") else ""
        body = text if ending == "-" else text[:-1]
        yield [f"|{size}{ending}", *(pad + line if line else "" for line in body.split("\n"))]
    elif len(text) > room and " " in text:
        yield [">-", *(pad + line for line in _filled(_BREAKABLE.split(text), WIDTH - indent))]
    if text and "\n" not in text:
        yield [text]
        if '"' not in text and "\\" not in text:
            yield [f'"{text}"']
        yield ["'" + text.replace("'", "''") + "'"]
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    yield [f'"{escaped}"']


def _filled(words: Sequence[str], width: int) -> Iterator[str]:
    """The words in lines of a width; a longer word has a line of its own."""
    line = words[0]
    for word in words[1:]:
        if len(line) + 1 + len(word) <= width:
            line += f" {word}"
        else:
            yield line
            line = word
    yield line
