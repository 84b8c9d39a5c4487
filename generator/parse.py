"""One file's bytes to a tree of text, with the place of everything: the YAML front door.

Records use a small, safe part of YAML: groups of fields, lists, and text. Every scalar stays the text
it was written as (`no`, `1.10`, `12:30` and `2017-11-03` included). Anchors, aliases, tags, merge keys,
directives and several documents in a file are refused: records do not need them, and they are how
YAML files surprise, hang or run code. Whatever the bytes, the answer is a tree or located problems.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from .errors import Problem, Related, escape_char, field_path, quoted
from .records.base import Quoted

SIZE_LIMIT = 2_000_000
"""Bytes in one file. The largest real record has some 100,000."""
DEPTH_LIMIT = 20
"""Levels of nesting. Records need 7."""
COUNT_LIMIT = 200_000
"""Values in one file."""

ValuePath = tuple[str | int, ...]

try:  # libyaml reads ten times as fast; PyYAML is complete without it
    _Parser: Any = yaml.cyaml.CParser  # type: ignore[attr-defined]  # the stubs leave it out
except AttributeError:  # pragma: no cover - wheels for the common platforms have libyaml
    _Parser = yaml.SafeLoader


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a value and its field's name stand; lines and columns from 1."""

    line: int
    col: int
    key_line: int
    key_col: int


@dataclass(frozen=True, slots=True)
class Document:
    """One file's tree: `dict`, `list` and `str` only (`Quoted` for text in quotes)."""

    path: str
    data: dict[str, Any]
    marks: dict[ValuePath, Mark]

    def mark(self, where: ValuePath) -> Mark:
        """The place of a value, or of the nearest thing around it."""
        for size in range(len(where), -1, -1):
            found = self.marks.get(where[:size])
            if found:
                return found
        return Mark(1, 1, 1, 1)

    def problem(
        self, where: ValuePath, found: str, expected: str, hint: str = "", *, at_key: bool = False, related: Related | None = None
    ) -> Problem:
        """A problem at a value, or at its field's name."""
        mark = self.mark(where)
        line, col = (mark.key_line, mark.key_col) if at_key else (mark.line, mark.col)
        return Problem(self.path, line, col, field_path(where), found, expected, hint, related=related)


def parse(path: str, raw: bytes) -> tuple[Document | None, list[Problem]]:
    """Read one file. A syntax error ends the reading of that file; other problems are collected."""
    if len(raw) > SIZE_LIMIT:
        # The reader stops just past the limit, so the full size is not known here.
        return None, [Problem(path, 1, 1, "", f"more than {SIZE_LIMIT:,} bytes", "a smaller file", "split the record")]
    text, problems = _decode(path, raw)
    if text is None:
        return None, problems
    problems = list(_suspicious_text(path, text))
    if problems:
        return None, problems
    builder = _Builder(path)
    parser = None
    try:
        parser = _Parser(text)
        while True:
            event = parser.get_event()
            if event is None or isinstance(event, yaml.StreamEndEvent):
                break
            if builder.take(event):
                return None, builder.problems
    except yaml.YAMLError as error:
        return None, [*builder.problems, _syntax_problem(path, text, error, builder)]
    finally:
        if parser is not None and hasattr(parser, "dispose"):
            parser.dispose()
    return _finish(path, text, builder)


# --- before YAML: the bytes and the characters ---------------------------------------------------

_BOMS = {b"\xff\xfe\x00\x00": "UTF-32", b"\x00\x00\xfe\xff": "UTF-32", b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
_REFUSED = re.compile(r"[^\t\n\r\x20-\x7e\xa0-\u2027\u202f-\u205f\u2065\u2070-\ud7ff\ue000-\U0010ffff]|[\u200b\u2060\ufeff\ufffe\uffff\U000e0000-\U000e007f]")
_WHAT = {
    "\t": ("a tab", "use spaces"),
    "\0": ("a NUL character", "the file may be damaged, or not UTF-8"),
    "\x85": ("the line break NEL, U+0085", "use an ordinary line break"),
    "\u2028": ("the line break U+2028", "use an ordinary line break"),
    "\u2029": ("the paragraph break U+2029", "use a blank line"),
    "\u200b": ("an invisible zero-width space, U+200B", "delete it"),
    "\u2060": ("an invisible word joiner, U+2060", "delete it"),
    "\ufeff": ("an invisible byte-order mark, U+FEFF, inside the text", "delete it"),
}


def _decode(path: str, raw: bytes) -> tuple[str | None, list[Problem]]:
    for bom, name in _BOMS.items():
        if raw.startswith(bom):
            return None, [Problem(path, 1, 1, "", f"a file in {name}", "UTF-8", "save it again as UTF-8")]
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    if raw[:4].count(0) >= 1 and len(raw) > 3 and (raw[0] == 0) != (raw[1] == 0):
        return None, [Problem(path, 1, 1, "", "what looks like UTF-16", "UTF-8", "save it again as UTF-8")]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        line, col = _line_col(before.replace("\r\n", "\n").replace("\r", "\n"), len(before))
        found = f"the byte 0x{raw[error.start]:02X}, which is not UTF-8"
        return None, [Problem(path, line, col, "", found, "a file in UTF-8", "save it again as UTF-8")]
    return text.replace("\r\n", "\n").replace("\r", "\n"), []


def _line_col(text: str, offset: int) -> tuple[int, int]:
    before = text[:offset]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def _suspicious_text(path: str, text: str) -> Iterator[Problem]:
    """Characters and lines that no record should have, whatever YAML makes of them."""
    for match in list(_REFUSED.finditer(text))[:20]:
        line, col = _line_col(text, match.start())
        char = match[0]
        found, hint = _WHAT.get(char, (f"the invisible character U+{ord(char):04X}", "delete it"))
        yield Problem(path, line, col, "", found, "visible text", hint)
    for number, line_text in enumerate(text.split("\n"), 1):
        if re.match(r"(<{7}|>{7}|\|{7})( |$)|={7}$", line_text):
            yield Problem(
                path, number, 1, "", f"the mark of a merge conflict, {quoted(line_text)}", "one version of the text",
                "choose between the two versions and delete the marks",
            )  # fmt: skip
        indent = re.match(r"[ ]*(\t|[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000])", line_text)
        if indent and line_text.strip():
            odd = indent[1]
            name = "a tab" if odd == "\t" else f"U+{ord(odd):04X}, a space that YAML does not count,"
            yield Problem(path, number, indent.end(), "", f"{name} in the indentation", "ordinary spaces", "replace it with spaces")


# --- YAML events to a tree ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Plain:
    """Where a text without quotes begins and ends."""

    line: int
    col: int
    end_line: int
    end_col: int
    where: ValuePath


@dataclass(slots=True)
class _Open:
    """A list or group that is being read."""

    value: dict[str, Any] | list[Any]
    where: ValuePath
    in_brackets: bool = False
    key: str | None = None
    key_mark: tuple[int, int] = (1, 1)
    first_seen: dict[str, tuple[int, int]] = field(default_factory=dict)
    skip_value: bool = False


class _Builder:
    """Puts parse events together, within the budgets."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.root: Any = None
        self.has_root = False
        self.marks: dict[ValuePath, Mark] = {}
        self.plain: list[_Plain] = []
        self.last_quoted: tuple[Any, Any] | None = None
        """Where the last quoted text began and ended: what an error right behind it is about."""
        self._stack: list[_Open] = []
        self._documents = 0
        self._count = 0

    def take(self, event: Any) -> bool:
        """Add one event; True when reading on is useless."""
        line, col = event.start_mark.line + 1, event.start_mark.column + 1
        if isinstance(event, yaml.DocumentStartEvent):
            return self._start_document(event, line, col)
        if isinstance(event, yaml.AliasEvent):
            return self._refuse(line, col, f"`*{event.anchor}`, a YAML alias", "text", f'quote it: "*{event.anchor}"')
        if isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._stack.pop()
            self._value_is_done()
            return False
        if not isinstance(event, yaml.NodeEvent):
            return False
        return self._start_node(event, line, col)

    @property
    def open_bracket(self) -> tuple[int, int] | None:
        """Where the innermost bracket stands that is still open."""
        inner = next((top.where for top in reversed(self._stack) if top.in_brackets), None)
        return (self.marks[inner].line, self.marks[inner].col) if inner in self.marks else None

    def _start_document(self, event: Any, line: int, col: int) -> bool:
        self._documents += 1
        if event.version or event.tags:
            return self._refuse(line, 1, "a YAML directive (%)", "fields", "delete the line that starts with %")
        if self._documents > 1:
            return self._refuse(line, col, "a second document (`---`)", "one record in a file", "move it to a file of its own")
        return False

    def _start_node(self, event: Any, line: int, col: int) -> bool:
        if event.anchor:
            is_text = isinstance(event, yaml.ScalarEvent)
            hint = "put the text in quotes" if is_text else "delete it, and write the values out wherever they are needed"
            return self._refuse(line, col, f"`&{event.anchor}`, a YAML anchor", "text" if is_text else "values without an anchor", hint)
        if event.tag:
            core = event.tag.removeprefix("tag:yaml.org,2002:")
            tag = f"!!{core}" if core != event.tag else core if core.startswith("!") else f"!<{core}>"
            return self._refuse(line, col, f"{quoted(tag)}, a YAML tag", "plain text", "put the text in quotes, or delete the tag")
        self._count += 1
        if self._count > COUNT_LIMIT:
            return self._refuse(line, col, f"more than {COUNT_LIMIT:,} values", "a smaller record", "split the record")
        if len(self._stack) >= DEPTH_LIMIT:
            return self._refuse(line, col, f"more than {DEPTH_LIMIT} levels of nesting", "a flatter record", "close the brackets, or indent less")
        top = self._stack[-1] if self._stack else None
        if top is not None and isinstance(top.value, dict) and top.key is None:
            return self._take_key(top, event, line, col)
        where = self._place()
        value: Any
        if isinstance(event, yaml.ScalarEvent):
            value = event.value if not event.style else Quoted(event.value)
            if not event.style:
                end: Any = event.end_mark
                self.plain.append(_Plain(line, col, end.line + 1, end.column + 1, where))
            elif event.style in ("'", '"'):
                self.last_quoted = (event.start_mark, event.end_mark)
                self._refuse_escaped(event, where, line, col)
        else:
            value = {} if isinstance(event, yaml.MappingStartEvent) else []
        self._put(value, where, line, col)
        if isinstance(event, yaml.ScalarEvent):
            self._value_is_done()
        else:
            self._stack.append(_Open(value, where, bool(event.flow_style)))
        return False

    def _refuse_escaped(self, event: Any, where: ValuePath, line: int, col: int) -> None:
        """A backslash code can write what the file itself may not hold, as `"C:\\bin"` does by mistake."""
        odd = re.search(r"\t", event.value) or _REFUSED.search(event.value) if event.style == '"' else None
        if odd:
            what = _WHAT.get(odd[0], (f"the invisible character U+{ord(odd[0]):04X}",))[0]
            hint = "use 'single quotes', in which a backslash is a backslash; or delete the character"
            self.problems.append(Problem(self.path, line, col, field_path(where), f"{what}, inside \"double quotes\"", "visible text", hint))

    def _take_key(self, top: _Open, event: Any, line: int, col: int) -> bool:
        if not isinstance(event, yaml.ScalarEvent):
            return self._refuse(line, col, "a list or group as a field's name", "a plain name", "remove the `?` or the brackets")
        if event.value == "<<" and not event.style:
            return self._refuse(line, col, "`<<`, a YAML merge key", "the fields themselves", "write the fields out")
        name = event.value
        top.key, top.key_mark, top.skip_value = name, (line, col), False
        if name in top.first_seen:
            first = top.first_seen[name]
            self.problems.append(
                Problem(
                    self.path, line, col, field_path((*top.where, name)),
                    f"`{name}` a second time (first on line {first[0]})", "each field once", "merge the two, or delete one",
                    related=Related(self.path, *first, "first defined here"),
                )
            )  # fmt: skip
            top.skip_value = True
        else:
            top.first_seen[name] = (line, col)
        return False

    def _place(self) -> ValuePath:
        if not self._stack:
            return ()
        top = self._stack[-1]
        step = len(top.value) if isinstance(top.value, list) else top.key
        assert step is not None
        return (*top.where, step)

    def _put(self, value: Any, where: ValuePath, line: int, col: int) -> None:
        if not self._stack:
            self.root, self.has_root = value, True
            self.marks[()] = Mark(line, col, line, col)
            return
        top = self._stack[-1]
        if isinstance(top.value, list):
            top.value.append(value)
            self.marks[where] = Mark(line, col, line, col)
        elif not top.skip_value:
            assert top.key is not None
            top.value[top.key] = value
            self.marks[where] = Mark(line, col, *top.key_mark)

    def _value_is_done(self) -> None:
        if self._stack and isinstance(self._stack[-1].value, dict):
            self._stack[-1].key = None

    def _refuse(self, line: int, col: int, found: str, expected: str, hint: str) -> bool:
        where = self._place() if self._stack and (isinstance(self._stack[-1].value, list) or self._stack[-1].key) else ()
        self.problems.append(Problem(self.path, line, col, field_path(where), found, expected, hint))
        return True


def _finish(path: str, text: str, builder: _Builder) -> tuple[Document | None, list[Problem]]:
    problems = builder.problems
    if not builder.has_root or builder.root == "":
        return None, [*problems, Problem(path, 1, 1, "", "an empty file", "a record's fields", "fill it in, or delete the file")]
    if not isinstance(builder.root, dict):
        mark = builder.marks[()]
        what = "a list" if isinstance(builder.root, list) else f"the text {quoted(builder.root)}"
        slip = _slip(text.split("\n")[mark.line - 1]) if isinstance(builder.root, str) else None
        if slip:
            return None, [*problems, slip.problem(path, mark.line)]
        return None, [*problems, _html(path, text) or Problem(path, mark.line, mark.col, "", what, _FIELDS, "start with a field, such as `title: …`")]
    problems.extend(_swallowed(path, text, builder.plain))
    return Document(path, builder.root, builder.marks), problems


def _swallowed(path: str, text: str, plain: list[_Plain]) -> Iterator[Problem]:
    """Text that YAML silently cuts off (at ` #`), silently joins to the line above, or takes quotes and all."""
    lines = text.split("\n")
    for scalar in plain:
        field_name = field_path(scalar.where)
        line = lines[scalar.end_line - 1] if scalar.end_line <= len(lines) else ""
        # One space before `#` is taken for a slip, two for a comment, as yamllint has it.
        cut = _CUT.match(line, max(scalar.end_col - 2, 0))
        if cut:
            yield Problem(
                path, scalar.end_line, cut.end(), field_name, f"text cut off at {quoted(line[cut.end() - 1 :], 30)}", "the whole text",
                "put the value in quotes; or, if this is a comment, put two spaces before #",
            )  # fmt: skip
        if scalar.line == scalar.end_line and _FANCY.fullmatch(line, scalar.col - 1, scalar.end_col - 1):
            yield Problem(
                path, scalar.line, scalar.col, field_name, f"the quotation marks {escape_char(line[scalar.col - 1])}, which are text to YAML", 'straight quotes, "…"',
                "use straight quotes; if these belong to the text, put straight ones around them",
            )  # fmt: skip
        for number in range(scalar.line + 1, min(scalar.end_line, len(lines)) + 1):
            dash = re.match(r"\s*- ", lines[number - 1])
            slip = _slip(lines[number - 1])
            if dash or slip:
                col = len(lines[number - 1]) - len(lines[number - 1].lstrip()) + 1
                hint = slip.hint if slip else "align the dash with the ones above"
                yield Problem(
                    path, number, col, field_name, f"{quoted(lines[number - 1])} joined to the text above",
                    "a line of its own", f"{hint}; or put the whole text in quotes",
                )  # fmt: skip


# --- what the writer probably meant -----------------------------------------------------------------

_FIELDS = "fields, each `name: value`"
_SLIP = re.compile(r"\s*(?:- )?(?P<name>[A-Za-z_]+)(?P<colon>:(?=[^\s/])|:(?=[\u00a0\u2000-\u200a\u202f\u3000])|[ ]*[：︓﹕꞉])")
_CUT = re.compile(r"\S #")
_FANCY = re.compile(r"[“„][^“”„]*[“”]")
_VALUE = re.compile(r"\s*(?:- +)*(?:[\w-]+: +)?(?P<value>\S.*)")


@dataclass(frozen=True, slots=True)
class _Slip:
    """A field whose colon and space went wrong."""

    name: str
    col: int
    what: str
    hint: str

    def problem(self, path: str, line: int) -> Problem:
        return Problem(path, line, self.col, "", self.what, f"`{self.name}: value`", self.hint)


def _slip(line: str) -> _Slip | None:
    """`name:value`, or a colon or space that YAML does not know, at the head of a line."""
    found = _SLIP.match(line)
    if not found:
        return None
    name, colon, col = found["name"], found["colon"].strip(), found.end()
    if colon != ":":
        return _Slip(name, col, f"{escape_char(colon)}, which only looks like a colon", "type a plain colon and a space")
    if line[found.end()].isspace():
        return _Slip(name, col + 1, f"{escape_char(line[found.end()])}, which is no space to YAML", "replace it with an ordinary space")
    return _Slip(name, col, f"`{name}:` without a space after it", "add a space after the colon")


def _html(path: str, text: str) -> Problem | None:
    if not re.match(r"\s*<[!?a-zA-Z]", text):
        return None
    return Problem(path, 1, 1, "", "HTML or XML", f"a record: {_FIELDS}", "delete the tags and write the fields")


def _syntax_problem(path: str, text: str, error: yaml.YAMLError, builder: _Builder) -> Problem:
    """A YAML error in the words of someone who writes records."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    start = getattr(error, "context_mark", None)
    said = str(getattr(error, "problem", "") or error)
    context = str(getattr(error, "context", "") or "")
    line, col = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    lines = text.split("\n")
    if "escape" in said or "hexdecimal" in said:
        return Problem(path, line, col, "", r"a backslash that YAML reads as a code", "the text itself", "use 'single quotes' around it")
    if "simple key" in context and start:
        line, col = start.line + 1, start.column + 1  # the line that was meant as a field
    if line > len(lines):  # YAML sees one more line behind the last
        line, col = len(lines), len(lines[-1]) + 1
    here = lines[line - 1]
    before = next((number for number in range(line - 1, 0, -1) if lines[number - 1].strip()), 0)
    return (
        _html(path, text)
        or _about_quotes(path, lines, line, context, start, builder.last_quoted)
        or _about_brackets(path, lines, line, builder.open_bracket)
        or _about_first_character(path, here, line)
        or _about_colons(path, lines, line, col, said, before)
        or _about_lines(path, here, line, col, said, context, start)
        or Problem(path, line, col, "", f"text that YAML cannot read: {said}", "`name: value` lines", "check the quotes and the indentation here")
    )


def _about_quotes(path: str, lines: list[str], line: int, context: str, start: Any, last_quoted: tuple[Any, Any] | None) -> Problem | None:
    if "quoted scalar" in context and start:
        opened = start
    elif last_quoted and last_quoted[1].line + 1 == line:
        # The error stands right behind a quoted text. If that ran over lines, its end is another text's quote.
        opened, end = last_quoted
        rest = lines[line - 1][end.column :].strip()
        if opened.line == end.line and rest and rest[0] not in ",]}:#":
            return Problem(
                path, line, end.column, "", "a quotation mark with text after it", "quotes around the whole text",
                "put the whole text in quotes of the other kind, or double the quotes inside 'single quotes'",
            )  # fmt: skip
        if opened.line == end.line:
            return None
    else:
        return None
    return Problem(
        path, opened.line + 1, opened.column + 1, "", "a quotation mark that is never closed", "a quote at both ends", "close it at the end of the text"
    )


def _about_brackets(path: str, lines: list[str], line: int, opened: tuple[int, int] | None) -> Problem | None:
    if opened is None:
        return None
    if line == opened[0] and re.search(r"[\]}]", lines[line - 1][opened[1] :]):
        return Problem(path, *opened, "", "brackets that hold more than a list", "items with commas between them", "put quotes around the text")
    return Problem(path, *opened, "", "a bracket that is never closed", "its partner", "close it, or put the text in quotes")


def _about_first_character(path: str, here: str, line: int) -> Problem | None:
    """Text that begins with a character which means something to YAML."""
    found = _VALUE.match(here)
    if not found:
        return None
    value, col = found["value"], found.start("value") + 1
    if re.match(r"-[^\s-]", value) and found.start("value") == len(here) - len(here.lstrip()):
        return Problem(path, line, col, "", "a dash without a space after it", "`- item`", "put a space after the dash")
    if re.match(r"""[@`%*&!|>,\]}]|[-?] """, value):
        first = "a back-quote" if value[0] == "`" else f"`{value[0]}`"
        return Problem(path, line, col, "", f"a value that starts with {first}", "text", "put the value in quotes")
    if re.match(r"\[[^\[\]]*\]\s*[^\s#,\]}]|\{[^{}]*\}\s*[^\s#,\]}]", value):
        return Problem(path, line, col, "", f"text after a closing bracket, {quoted(value)}", "text, or a list in brackets", "put the value in quotes")
    return None


def _about_colons(path: str, lines: list[str], line: int, col: int, said: str, before: int) -> Problem | None:
    here, above = lines[line - 1], lines[before - 1] if before else ""
    slip = _slip(here)
    if slip:
        return slip.problem(path, line)
    if here.lstrip().startswith(": "):
        return Problem(path, line, col, "", "a field without a name", "`name: value`", "write the name before the colon, or delete the line")
    if "mapping values are not allowed" not in said:
        return None
    if ": " in here[: col - 1]:
        odd = re.search(r": +([“„‘«])", here)
        what = f", after {escape_char(odd[1])}, which is no quote to YAML" if odd else ""
        hint = 'use straight quotes, "…"' if odd else "put the value in quotes, or check the indentation"
        return Problem(path, line, col, "", f"a second `: ` on the line{what}", "one `name: value`", hint)
    slip = _slip(above)
    if slip:
        return slip.problem(path, before)
    if re.match(r"\s*(?:- +)*[\w-]+:( |$)", above):
        return Problem(
            path, line, len(here) - len(here.lstrip()) + 1, "", f"{quoted(here)} indented deeper than the text on line {before}",
            "the same indentation as its neighbours", f"align it with line {before}; or put the text in quotes",
        )  # fmt: skip
    return Problem(path, before or line, 1, "", f"a line that is no field: {quoted(above)}", "`name: value`", "delete it, or write it as a field")


def _about_lines(path: str, here: str, line: int, col: int, said: str, context: str, start: Any) -> Problem | None:
    if "document start" in said:
        return Problem(path, line, col, "", "text after the end of the record", "nothing after `...`", "delete the line `...`")
    if "could not find expected ':'" in said or "simple key" in context:
        return Problem(path, line, col, "", f"a line that is no field: {quoted(here)}", "`name: value`", "add the colon, or indent it under the text above")
    if "did not find expected" in said or "expected <block end>" in said:
        block = f" (the block began on line {start.line + 1})" if start else ""
        return Problem(
            path, line, col, "", f"a line that does not line up: {quoted(here)}{block}", "the same indentation as its neighbours",
            "align it with the fields around it",
        )  # fmt: skip
    return None
