"""One file's bytes to a tree of text, with the place of everything: the YAML front door.

Records use a small, safe part of YAML: groups of fields, lists, and text. Every scalar stays the text
it was written as (`no`, `1.10`, `12:30` and `2017-11-03` included). Anchors, aliases, tags, merge keys,
directives and several documents in a file are refused: records do not need them, and they are how
YAML files surprise, hang or run code. Whatever the bytes, the answer is a tree or located problems.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from typing import Any

import yaml

from .errors import PROBLEM_LIMIT, Fix, Meant, Problem, Related, Severity, ValuePath, at_most, field_path, quoted
from .mending import character_code, in_quotes, in_single_quotes, line_end, replaced, rest_in_quotes, whole_line
from .records import Quoted
from .slips import FIELDS, Plain, html_instead, slip_at, swallowed
from .syntax import syntax_problem
from .text import decode, suspicious_text, unseen, what_is

SIZE_LIMIT = 2_000_000
"""Bytes in one file. The largest real record has some 100,000."""
DEPTH_LIMIT = 20
"""Levels of nesting. Records need 7."""
COUNT_LIMIT = 100_000
"""Values in one file, names of fields among them. The largest real record has some 3,000; each may be a problem, which takes 3 kB."""

_DIRECTIVE = re.compile(r"^%(?:YAML|TAG)\b", re.MULTILINE)
"""A directive. Looked for beforehand, since libyaml holds each against all before it."""

try:  # libyaml reads ten times as fast; PyYAML is complete without it
    _Parser: Any = yaml.cyaml.CParser  # type: ignore[attr-defined]  # the stubs leave it out
except AttributeError:  # pragma: no cover - wheels for the common platforms have libyaml
    _Parser = yaml.SafeLoader


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a value and its field's name stand; lines and columns from 1.

    `end` is the place just behind the value: None for a list or group without brackets, which has no clear one.
    A field's name is on one line, and ends before `key_end`. An item of a list has its own place for that of a name.
    """

    line: int
    col: int
    end: tuple[int, int] | None
    key_line: int
    key_col: int
    key_end: int


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
        return Mark(1, 1, None, 1, 1, 1)

    def value(self, where: ValuePath) -> Any:
        """What stands at a path; None where nothing does."""
        value: Any = self.data
        for step in where:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def problem(
        self,
        where: ValuePath,
        found: str,
        expected: str,
        hint: str = "",
        *,
        at_key: bool = False,
        related: Related | None = None,
        like: ValuePath = (),
        fix: Fix | None = None,
        severity: Severity = "error",
    ) -> Problem:
        """A problem at a value, or at its field's name. A hint that is `Meant` says what to write in that very place."""
        mark = self.mark(where)
        line, col, end = (mark.key_line, mark.key_col, (mark.key_line, mark.key_end)) if at_key else (mark.line, mark.col, mark.end)
        if fix is None and isinstance(hint, Meant) and end and end[0] == line:
            fix = Fix(line, col, *end, hint.instead)
        return Problem(
            self.path, line, col, field_path(where), found, expected, hint, severity, related=related, end=end, fix=fix, like=like
        )


def parse(path: str, raw: bytes) -> tuple[Document | None, list[Problem]]:
    """Read one file. A syntax error ends the reading of that file; other problems are collected."""
    if len(raw) > SIZE_LIMIT:
        # The reader stops just past the limit, so the full size is not known here.
        return None, [Problem(path, 1, 1, "", f"more than {SIZE_LIMIT:,} bytes", "a smaller file", "split the record")]
    text, problems = decode(path, raw)
    if text is None:
        return None, problems
    problems = at_most(suspicious_text(path, text))
    if problems:
        return None, problems
    directive = _DIRECTIVE.search(text)
    if directive:
        line = text.count("\n", 0, directive.start()) + 1
        end, fix = line_end(text.split("\n"), line), whole_line(line)
        return None, [Problem(path, line, 1, "", "a YAML directive (%)", "fields", "delete the line that starts with %", end=end, fix=fix)]
    builder = _Builder(path, text)
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
        return None, [*builder.problems, syntax_problem(path, text, error, builder.last_quoted, builder.open_bracket)]
    finally:
        if parser is not None and hasattr(parser, "dispose"):
            parser.dispose()
    return _finish(path, text, builder)


@dataclass(slots=True)
class _Open:
    """A list or group that is being read."""

    value: dict[str, Any] | list[Any]
    where: ValuePath
    place: tuple[int, int]
    in_brackets: bool = False
    is_left_out: bool = False
    """Whether it is in a field that stands there a second time, so that its places are those of the first."""
    key: str | None = None
    key_mark: tuple[int, int, int] = (1, 1, 1)
    first_seen: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    skip_value: bool = False


class _Builder:
    """Puts parse events together, within the budgets."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.problems: list[Problem] = []
        self.root: Any = None
        self.has_root = False
        self.marks: dict[ValuePath, Mark] = {}
        self.plain: list[Plain] = []
        self.last_quoted: tuple[Any, Any] | None = None
        """Where the last quoted text began and ended: what an error right behind it is about."""
        self._stack: list[_Open] = []
        self._documents = 0
        self._line_count = text.count("\n") + 1
        self._count = 0

    def take(self, event: Any) -> bool:
        """Add one event; True when reading on is useless."""
        line, col = event.start_mark.line + 1, event.start_mark.column + 1
        if line > self._line_count:  # the parser puts an empty value behind a last line without a line end
            line, col = line_end(self.lines, self._line_count)
        if len(self.problems) > PROBLEM_LIMIT:
            return True
        if isinstance(event, yaml.DocumentStartEvent):
            return self._start_document(line, col)
        if isinstance(event, yaml.AliasEvent):
            alias = f"*{event.anchor}"
            fix = replaced(line, col, col + len(alias), in_quotes(alias))
            return self._refuse(line, col, f"`{alias}`, a YAML alias", "text", f"quote it: {in_quotes(alias)}", fix)
        if isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):  # a union would be made anew for each event
            self._close(self._stack.pop(), event.end_mark)
            self._value_is_done()
            return False
        if not isinstance(event, yaml.NodeEvent):
            return False
        return self._start_node(event, line, col)

    @cached_property
    def lines(self) -> list[str]:
        """The text's lines. They are wanted where something is wrong, and then again and again."""
        return self.text.split("\n")

    @property
    def open_bracket(self) -> tuple[int, int] | None:
        """Where the innermost bracket stands that is still open."""
        return next((top.place for top in reversed(self._stack) if top.in_brackets), None)

    def _start_document(self, line: int, col: int) -> bool:
        self._documents += 1
        if self._documents > 1:
            return self._refuse(line, col, "a second document (`---`)", "one record in a file", "move it to a file of its own")
        return False

    def _start_node(self, event: Any, line: int, col: int) -> bool:
        if event.anchor:
            is_text = isinstance(event, yaml.ScalarEvent)
            hint = "put the text in quotes" if is_text else "delete it, and write the values out wherever they are needed"
            expected = "text" if is_text else "values without an anchor"
            return self._refuse(
                line, col, f"`&{event.anchor}`, a YAML anchor", expected, hint, self._quoted(line, col) if is_text else None
            )
        if event.tag:
            core = event.tag.removeprefix("tag:yaml.org,2002:")
            tag = f"!!{core}" if core != event.tag else core if core.startswith("!") else f"!<{core}>"
            hint = "put the text in quotes, or delete the tag"
            return self._refuse(line, col, f"{quoted(tag)}, a YAML tag", "plain text", hint, self._quoted(line, col))
        self._count += 1
        if self._count > COUNT_LIMIT:
            return self._refuse(line, col, f"more than {COUNT_LIMIT:,} values", "a smaller record", "split the record")
        if len(self._stack) >= DEPTH_LIMIT:
            return self._refuse(
                line, col, f"more than {DEPTH_LIMIT} levels of nesting", "a flatter record", "close the brackets, or indent less"
            )
        top = self._stack[-1] if self._stack else None
        if top is not None and isinstance(top.value, dict) and top.key is None:
            return self._take_key(top, event, line, col)
        where = self._place()
        value: Any
        behind: tuple[int, int] | None = None
        if isinstance(event, yaml.ScalarEvent):
            end: Any = event.end_mark
            behind = (end.line + 1, end.column + 1) if end.line < self._line_count else (line, col)
            value = event.value if not event.style else Quoted(event.value)
            if not event.style:
                self.plain.append(Plain(line, col, *behind, where, bool(self._stack) and self._stack[-1].in_brackets))
            elif event.style in ("'", '"'):
                self.last_quoted = (event.start_mark, event.end_mark)
                self._refuse_escaped(event, where, line, col)
        else:
            value = {} if isinstance(event, yaml.MappingStartEvent) else []
        self._put(value, where, line, col, behind)
        if isinstance(event, yaml.ScalarEvent):
            self._value_is_done()
        else:
            above = self._stack[-1] if self._stack else None
            is_left_out = above is not None and (above.is_left_out or above.skip_value)
            self._stack.append(_Open(value, where, (line, col), bool(event.flow_style), is_left_out))
        return False

    def _refuse_escaped(self, event: Any, where: ValuePath, line: int, col: int) -> None:
        """A backslash code can write what the file itself may not hold, as `"C:\\bin"` does by mistake."""
        odd = unseen(event.value) if event.style == '"' else ""
        if odd:
            lines, end = self.lines, (event.end_mark.line + 1, event.end_mark.column + 1)
            found, hint = (
                f'{what_is(odd)[0]}, inside "double quotes"',
                "use 'single quotes', in which a backslash is a backslash; or delete the character",
            )
            fix, code = in_single_quotes(lines, line, col), character_code(lines, line, col, end, odd)
            if code:
                fix, hint = code, f"delete {quoted(lines[code.line - 1][code.col - 1 : code.end_col - 1])}"
            self.problems.append(Problem(self.path, line, col, field_path(where), found, "visible text", hint, end=end, fix=fix))

    def _take_key(self, top: _Open, event: Any, line: int, col: int) -> bool:
        if not isinstance(event, yaml.ScalarEvent):
            return self._refuse(line, col, "a list or group as a field's name", "a plain name", "remove the `?` or the brackets")
        if event.value == "<<" and not event.style:
            return self._refuse(line, col, "`<<`, a YAML merge key", "the fields themselves", "write the fields out")
        name = event.value
        end: Any = event.end_mark
        # In braces a name may go on in the next line.
        end_col = end.column + 1 if end.line + 1 == line else line_end(self.lines, line)[1]
        top.key, top.key_mark, top.skip_value = name, (line, col, end_col), False
        if name in top.first_seen:
            first = top.first_seen[name]
            self.problems.append(
                Problem(
                    self.path, line, col, field_path((*top.where, name)),
                    f"`{name}` a second time (first on line {first[0]})", "each field once", "merge the two, or delete one",
                    related=Related(self.path, *first[:2], "first defined here", (first[0], first[2])), end=(line, end_col),
                )
            )  # fmt: skip
            top.skip_value = True
        else:
            top.first_seen[name] = top.key_mark
        return False

    def _place(self) -> ValuePath:
        if not self._stack:
            return ()
        top = self._stack[-1]
        step = len(top.value) if isinstance(top.value, list) else top.key
        assert step is not None
        return (*top.where, step)

    def _put(self, value: Any, where: ValuePath, line: int, col: int, behind: tuple[int, int] | None) -> None:
        if not self._stack:
            self.root, self.has_root = value, True
            self.marks[()] = Mark(line, col, behind, line, col, col)
            return
        top = self._stack[-1]
        if isinstance(top.value, list):
            top.value.append(value)
            mark = Mark(line, col, behind, line, col, col)
        elif not top.skip_value:
            assert top.key is not None
            top.value[top.key] = value
            mark = Mark(line, col, behind, *top.key_mark)
        else:
            return
        if not top.is_left_out:
            self.marks[where] = mark

    def _close(self, done: _Open, end: Any) -> None:
        """What stood in brackets ends at the second of them."""
        mark = self.marks.get(done.where)
        if mark and done.in_brackets and not done.is_left_out:
            self.marks[done.where] = replace(mark, end=(end.line + 1, end.column + 1))

    def _value_is_done(self) -> None:
        if self._stack and isinstance(self._stack[-1].value, dict):
            self._stack[-1].key = None

    def _refuse(self, line: int, col: int, found: str, expected: str, hint: str, fix: Fix | None = None) -> bool:
        where = self._place() if self._stack and (isinstance(self._stack[-1].value, list) or self._stack[-1].key) else ()
        end = (fix.end_line, fix.end_col) if fix and fix.col == col and fix.end_line == line else None
        if fix and fix.end_line > line:
            end = line_end(self.lines, line)
        self.problems.append(Problem(self.path, line, col, field_path(where), found, expected, hint, end=end, fix=fix))
        return True

    def _quoted(self, line: int, col: int) -> Fix | None:
        """Quotes around a text without any, where it is clear that it ends with its line."""
        in_brackets = bool(self._stack) and self._stack[-1].in_brackets
        return None if in_brackets else rest_in_quotes(self.lines, line, col)


def _finish(path: str, text: str, builder: _Builder) -> tuple[Document | None, list[Problem]]:
    problems = builder.problems
    if not builder.has_root or builder.root == "":
        return None, [*problems, Problem(path, 1, 1, "", "an empty file", "a record's fields", "fill it in, or delete the file")]
    if not isinstance(builder.root, dict):
        mark = builder.marks[()]
        what = "a list" if isinstance(builder.root, list) else f"the text {quoted(builder.root)}"
        lines = text.split("\n")
        slip = slip_at(lines[mark.line - 1]) if isinstance(builder.root, str) else None
        if slip:
            return None, [*problems, slip.problem(path, mark.line)]
        return None, [
            *problems,
            html_instead(path, text)
            or Problem(
                path, mark.line, mark.col, "", what, FIELDS, "start with a field, such as `title: …`", end=line_end(lines, mark.line)
            ),
        ]
    problems.extend(islice(swallowed(path, text, builder.plain), PROBLEM_LIMIT + 1))
    return Document(path, builder.root, builder.marks), problems
