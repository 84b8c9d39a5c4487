"""Tables as CSV (RFC 4180), and what is in their columns as CSV on the Web (W3C), both from one description."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Generic, TypeVar

import simplejson

Row = TypeVar("Row")
Cell = str | Decimal | date | int | Sequence[str | None] | None
Description = Mapping[str, Any]

BETWEEN = "\n"
"""Between several values in a cell. Names, titles and addresses have one line each: none holds it."""

_FORMULA = "[\\s'\"\\u200b-\\u200f\\u2060\\ufeff]*[=+\\-@＝＋－＠\\t\\r\\n]"
"""How a text begins that a spreadsheet would take for a formula, or could, once it has passed over spaces and quotation marks."""
_BEGINS_A_FORMULA = re.compile(_FORMULA)
UNDO = f"^'(?={_FORMULA})"
"""The apostrophe that `guarded` puts before a text, and no other."""


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A column, and how to fill it.

    Attributes:
        name: its heading.
        about: what stands in it.
        of: what stands in it in a row.
        datatype: as CSV on the Web says it.
        many: whether a cell can hold several values.
        required: whether no cell is empty.
        property: the name of what it tells, in a vocabulary that others know.
    """

    name: str
    about: str
    of: Callable[[Row], Cell]
    datatype: str | Description = "string"
    many: bool = False
    required: bool = False
    property: str = ""


@dataclass(frozen=True, slots=True)
class Table(Generic[Row]):
    """A table.

    Attributes:
        name: its file, without the ending.
        title: what it is called.
        about: what its rows are.
        columns: in order; the first is the key of a row.
        address: the column that says where the row's thing can be read.
        rows: in order.
        refers: a column of this table, and the table and column whose values it takes.
    """

    name: str
    title: str
    about: str
    columns: tuple[Column[Row], ...]
    address: str
    rows: Sequence[Row]
    refers: tuple[str, str, str] | None = None

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.name}.csv"


def as_csv(table: Table[Any]) -> bytes:
    """The table, with a heading for each column."""
    return as_headings(table) + as_rows(table)


def as_headings(table: Table[Any]) -> bytes:
    """Its first line."""
    return _lines([[column.name for column in table.columns]])


def as_rows(table: Table[Any]) -> bytes:
    """What comes after it."""
    return _lines([_cell(column.of(row)) for column in table.columns] for row in table.rows)


def _lines(rows: Iterable[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()


def _cell(value: Cell) -> str:
    match value:
        case None:
            return ""
        case str():
            return guarded(value)
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case int():
            return str(value)
    return BETWEEN.join(guarded(item or "") for item in value)


def guarded(text: str) -> str:
    """A text that no spreadsheet runs: one that begins like a formula has an apostrophe before it.

    An apostrophe is among what may stand before a formula, so a text that has one of its own there gets another: one is always ours.
    """
    return f"'{text}" if _BEGINS_A_FORMULA.match(text) else text


GUARD = (
    "A text that a spreadsheet could take for a formula has an apostrophe before it: one that begins with =, +, -, @ or their "
    "full-width forms, also after spaces and quotation marks, or with a tab or a line break. Numbers and dates are as they are. "
    f"To have the text itself, take away from each value what this regular expression finds: {UNDO}"
)
"""What a reader of the tables must know of that."""


def as_metadata(tables: Iterable[Table[Any]], about: Description) -> bytes:
    """What is in one table or several, with what they refer to in each other.

    Args:
        tables: the tables; a single one is described by itself.
        about: whose they are, and under which terms.
    """
    found = list(tables)
    context = ["http://www.w3.org/ns/csvw", {"@language": "en"}]
    if len(found) == 1:
        described = {"@context": context, **about, **_described(found[0])}
    else:
        described = {"@context": context, **about, "tables": [_described(table, referring=True) for table in found]}
    return (simplejson.dumps(described, indent=2, ensure_ascii=False) + "\n").encode()


_DIALECT = {"encoding": "utf-8", "lineTerminators": ["\r\n"], "header": True, "trim": False, "skipBlankRows": False}


def _described(table: Table[Any], *, referring: bool = False) -> Description:
    schema: dict[str, Any] = {
        "aboutUrl": f"{{+{table.address}}}",
        "primaryKey": table.columns[0].name,
        "columns": [_column(column) for column in table.columns],
    }
    if table.refers and referring:
        ours, other, theirs = table.refers
        schema["foreignKeys"] = [{"columnReference": ours, "reference": {"resource": f"{other}.csv", "columnReference": theirs}}]
    return {
        "url": table.file,
        "dc:title": table.title,
        "dc:description": f"{table.about} Several values in a cell stand on lines of their own. {GUARD}",
        "dialect": _DIALECT,
        "tableSchema": schema,
    }


def _column(column: Column[Any]) -> Description:
    described: dict[str, Any] = {
        "name": column.name,
        "titles": column.name,
        "dc:description": column.about,
        "datatype": column.datatype,
    }
    if column.many:
        described["separator"] = BETWEEN
    if column.required:
        described["required"] = True
    if column.property:
        described["propertyUrl"] = column.property
    return described
