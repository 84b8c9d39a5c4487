"""The tables, read back through the descriptions beside them: every claim, figure and quotation, typed and whole."""

from __future__ import annotations

import csv
import io
import re
import warnings
from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import simplejson
from csvw import CSVW, TableGroup

from generator.catalog import part_key
from generator.edtf import Edtf
from generator.independence import claim_origins
from generator.markup import plain
from generator.outputs import Site, outputs
from generator.outputs.csvw import Column, Table, as_csv, as_metadata
from generator.records import Citation, Claim, Figure, Quote
from generator.views.parts import origin_name
from tests.outputs.conftest import SITE, Made

Fields = dict[str, Any]
TABLES = ("claims", "figures", "quotes")


def without_guard(value: Any, undo: str) -> Any:
    """What a reader does who follows the description."""
    if isinstance(value, list):
        return [without_guard(item, undo) for item in value]
    return re.sub(undo, "", value) if isinstance(value, str) else value


def simple(value: Any) -> Any:
    """Dates and addresses as text: the reader gives them as objects of its own."""
    if isinstance(value, list):
        return [simple(item) for item in value]
    if isinstance(value, datetime):
        assert (value.hour, value.minute) == (0, 0)
        return value.date().isoformat()
    return value.unsplit() if hasattr(value, "unsplit") else value


def write(files: dict[str, bytes], folder: Path) -> None:
    for path, content in files.items():
        if path.startswith("data/"):
            (folder / path.removeprefix("data/")).write_bytes(content)


def read(made: Made, folder: Path) -> dict[str, list[Fields]]:
    """Every table as a program that knows CSV on the Web reads it."""
    write(made.files, folder)
    group = TableGroup.from_file(folder / "csv-metadata.json")
    found = {}
    for table in group.tables:
        undo = table.common_props["dc:description"].rpartition("finds: ")[2]
        rows = [{name: simple(without_guard(value, undo)) for name, value in row.items()} for row in table.iterdicts(strict=True)]
        found[str(table.url).removesuffix(".csv")] = rows
    return found


def dates(name: str, date: Edtf | None) -> Fields:
    """A date, and what can be said of its ends."""
    return {
        name: date and date.text,
        f"{name}_earliest": date.earliest.isoformat() if date and date.start else None,
        f"{name}_latest": date.latest.isoformat() if date and date.end else None,
    }


def speakers(made: Made, ids: tuple[str, ...]) -> list[str]:
    return [(made.records.actors.get(name) or made.records.people[name]).name for name in ids]


def cited(made: Made, citations: tuple[Citation, ...]) -> Fields:
    found = [(made.records.sources[citation.source], citation.locator) for citation in citations]
    lists = {
        "sources": [source.id for source, _ in found],
        "source_publishers": [source.publisher for source, _ in found],
        "source_titles": [source.title for source, _ in found],
        "source_dates": [source.date and source.date.text for source, _ in found],
        "source_locators": [locator for _, locator in found],
        "source_urls": [source.url or "" for source, _ in found],
    }
    # One empty line is no line.
    return {name: values if values not in ([None], [""]) else [] for name, values in lists.items()}


def standing(made: Made, briefing: str, claim: Claim) -> Fields:
    """Who says so, on which sources, and how well it stands."""
    key = (briefing, claim.id)
    links = made.library.backlinks
    return {
        "said_by": list(claim.said_by),
        "said_by_names": speakers(made, claim.said_by),
        "role": claim.role,
        "channel": claim.channel,
        **dates("said_on", claim.said_on),
        **cited(made, claim.sources),
        "independent_origins": sorted(origin_name(made.library, origin) for origin in claim_origins(made.records, claim)),
        "status": claim.status,
        "status_note": plain(claim.status_note) if claim.status_note else None,
        "disputed_by": ["#".join(other) for other in dict.fromkeys(links.disputes.get(key, ()))],
        "superseded_by": ["#".join(other) for other in links.superseded_by.get(key, ())],
    }


def expected_claim(made: Made, briefing: str, claim: Claim) -> Fields:
    return {
        "claim": f"{briefing}#{claim.id}",
        "briefing": briefing,
        "briefing_title": made.records.briefings[briefing].title,
        "url": f"{SITE.url}briefings/{briefing}/#{claim.id}",
        "text": plain(claim.text),
        **standing(made, briefing, claim),
        **dates("happened", claim.happened),
        "phrase": claim.phrase,
        "places": list(claim.places),
        "place_names": [made.records.places[place].name for place in claim.places],
        "about": list(claim.about),
        "about_names": speakers(made, claim.about),
    }


def expected_figure(made: Made, briefing: str, claim: Claim, figure: Figure) -> Fields:
    return {
        "figure": f"{briefing}#{figure.id}",
        "briefing": briefing,
        "briefing_title": made.records.briefings[briefing].title,
        "url": f"{SITE.url}briefings/{briefing}/#{figure.id}",
        "claim": f"{briefing}#{claim.id}",
        "claim_text": plain(claim.text),
        "measure": figure.measure,
        "measure_title": made.records.measures[figure.measure].title,
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "qualifier": figure.qualifier,
        "unit": figure.unit,
        "scope": figure.scope,
        **dates("as_of", figure.as_of),
        "printed_as": figure.printed_as,
        **standing(made, briefing, claim),
    }


def expected_quote(made: Made, briefing: str, quote: Quote) -> Fields:
    return {
        "quote": f"{briefing}#{quote.id}",
        "briefing": briefing,
        "briefing_title": made.records.briefings[briefing].title,
        "url": f"{SITE.url}briefings/{briefing}/#{quote.id}",
        "text": quote.text,
        "said_by": list(quote.said_by),
        "said_by_names": speakers(made, quote.said_by),
        "role": quote.role,
        "channel": quote.channel,
        **dates("said_on", quote.said_on),
        "language": quote.language,
        "translation": plain(quote.translation) if quote.translation else None,
        "altered": [item.shown for item in quote.alterations],
        "altered_original": [item.original for item in quote.alterations],
        "other_renderings": len(quote.variants),
        "claims": ["#".join(part_key(briefing, ref)) for ref in quote.claims],
        **cited(made, quote.sources),
        "note": plain(quote.note) if quote.note else None,
    }


def expected(made: Made) -> dict[str, list[Fields]]:
    """What the tables should say, from the records alone."""
    briefings = made.records.briefings.values()
    claims = [(briefing.id, claim) for briefing in briefings for claim in briefing.claims if not claim.withdrawn]
    return {
        "claims": [expected_claim(made, *found) for found in claims],
        "figures": [expected_figure(made, briefing, claim, figure) for briefing, claim in claims for figure in claim.figures],
        "quotes": [expected_quote(made, briefing.id, quote) for briefing in briefings for quote in briefing.quotes if not quote.withdrawn],
    }


def in_words(rows: list[Fields]) -> list[Fields]:
    """Numbers with their digits: as numbers, 1.1 and 1.10 are equal."""
    return [{name: str(value) if isinstance(value, Decimal) else value for name, value in row.items()} for row in rows]


def test_every_row_says_what_the_records_say(some: Made, tmp_path: Path) -> None:
    found = read(some, tmp_path)
    for row in found["figures"]:
        words = row.pop("words").replace("\u00a0", " ")
        assert words.startswith(row["qualifier"] or "") and words.endswith(row["unit"])
    assert {name: in_words(rows) for name, rows in found.items()} == {name: in_words(rows) for name, rows in expected(some).items()}


def test_the_tables_are_not_empty(real: Made, tmp_path: Path) -> None:
    assert all(len(rows) > 20 for rows in read(real, tmp_path).values())


@pytest.mark.parametrize(
    "name", ["csv-metadata.json", *(f"{table}.csv-metadata.json" for table in TABLES), *(f"{table}.csv" for table in TABLES)]
)
def test_a_validator_finds_no_fault(some: Made, tmp_path: Path, name: str) -> None:
    """Of types, required values, keys and references; from a table alone, the validator finds its description itself."""
    write(some.files, tmp_path)
    assert faults(tmp_path / name) == []


def faults(file: Path) -> list[str]:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            checked = CSVW(str(file), validate=True)
            sound = checked.is_valid
        except ValueError as error:
            return [repr(error)]
    said = [str(warning.message) for warning in [*caught, *checked.warnings]]
    return said if sound and not said else said or ["not valid"]


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [
        ("claims", b",corroborated,", b",confirmed,"),
        ("claims", b"2021-05-04,2021-05-04,2021-05-04", b"4 May 2021,2021-05-04,2021-05-04"),
        ("claims", b"2021-05-04,2021-05-04,2021-05-04", b"2021-05-04,2021-05-32,2021-05-04"),
        ("claims", b"claim,briefing,", b"claim,sheet,"),
        ("figures", b",200,,,about,", b",two hundred,,,about,"),
        ("figures", b",about,people", b",roughly,people"),
        ("figures", b"fable-flood#cl-moved,", b"fable-flood#cl-nowhere,"),
        ("quotes", b",Ada Ferry,", b",,"),
    ],
)
def test_the_validator_would_find_a_fault(base: Made, tmp_path: Path, table: str, old: bytes, new: bytes) -> None:
    path = f"data/{table}.csv"
    assert old in base.files[path]
    write({**base.files, path: base.files[path].replace(old, new)}, tmp_path)
    assert faults(tmp_path / "csv-metadata.json") != []


def test_tables_are_csv_by_the_book(some: Made) -> None:
    """RFC 4180: lines end in CR LF, every row has as many cells as the first, quotation marks are doubled."""
    for name in TABLES:
        content = some.files[f"data/{name}.csv"]
        text = content.decode("utf-8")
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        assert {len(row) for row in rows} == {len(rows[0])}
        assert len(set(rows[0])) == len(rows[0])
        assert text.endswith("\r\n") and not text.startswith("\ufeff")
        outside = re.sub(r'"(?:[^"]|"")*"', "", text)
        assert outside.count("\n") == outside.count("\r\n") == len(rows)


def test_each_table_and_all_are_described_alike(some: Made) -> None:
    together = {table["url"]: table for table in simplejson.loads(some.files["data/csv-metadata.json"])["tables"]}
    assert together["figures.csv"]["tableSchema"].pop("foreignKeys")
    for name in TABLES:
        alone = simplejson.loads(some.files[f"data/{name}.csv-metadata.json"])
        assert {key: alone[key] for key in together[f"{name}.csv"]} == together[f"{name}.csv"]
        assert alone["dc:rights"] == SITE.terms and "dc:license" not in alone


# --- text that means harm -----------------------------------------------------------------------------

HOSTILE = [
    "=1+1",
    "=HYPERLINK(\"https://evil.example\",\"x\")",
    "+1",
    "-2+3",
    "@SUM(A1)",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "\t=1",
    "\r=1",
    "'=1+1",
    "''=1",
    "\"=1\"",
    " \u00a0=1",
    "\u200b=1",
    "\ufeff=1",
    "'Twas",
    "'\tx",
    "' x",
    "'",
    "a,b",
    'say "x"',
    "two\nlines",
    "two\r\nlines",
    "two\rlines",
    "\n\nabove",
    "</script>",
    "]]>",
    "מימין לשמאל",
    "\u202eabc",
    "# no comment",
    "\x1f\u2028\u2029\x85",
    "-",
]  # fmt: skip
NUMBERS = [Decimal("-5"), Decimal("1.10"), Decimal("-0.50"), Decimal("0.000000001"), Decimal("999999999999999999.999999999"), None]
Row = tuple[str, Decimal | None, list[str]]


def own_table(rows: list[Row]) -> Table[Row]:
    columns: tuple[Column[Row], ...] = (
        Column("key", "Key", lambda row: f"k{rows.index(row)}", required=True),
        Column("text", "Text", lambda row: row[0]),
        Column("number", "Number", lambda row: row[1], "decimal"),
        Column("lines", "Lines", lambda row: row[2], many=True),
    )
    return Table("own", "Own", "Ours.", columns, "key", rows)


def cells(content: bytes) -> Iterator[tuple[str, str]]:
    """Every cell with its column's heading."""
    rows = csv.reader(io.StringIO(content.decode(), newline=""), strict=True)
    head = next(rows)
    for row in rows:
        yield from zip(head, row, strict=True)


def test_hostile_text_comes_back_as_it_was(tmp_path: Path) -> None:
    single = [text for text in HOSTILE if "\n" not in text and text]
    rows: list[Row] = [
        (text, NUMBERS[number % len(NUMBERS)], [text, *single[number:]]) for number, text in enumerate(HOSTILE) if "\n" not in text
    ]
    rows += [(text, None, []) for text in HOSTILE if "\n" in text]
    table = own_table(rows)
    (tmp_path / "own.csv").write_bytes(as_csv(table))
    metadata = as_metadata([table], {})
    (tmp_path / "own.csv-metadata.json").write_bytes(metadata)
    assert faults(tmp_path / "own.csv-metadata.json") == []
    undo = simplejson.loads(metadata)["dc:description"].rpartition("finds: ")[2]
    back = [without_guard(list(row.values()), undo) for row in CSVW(str(tmp_path / "own.csv-metadata.json")).tables[0].iterdicts()]
    shown = [[f"k{number}", text or None, value, [line or None for line in lines]] for number, (text, value, lines) in enumerate(rows)]
    assert back == shown
    assert [str(row[2]) for row in back if row[2] is not None] == [f"{row[1]}" for row in rows if row[1] is not None]


def test_no_cell_begins_as_a_formula() -> None:
    """Nor does any line of one, whose place in the cell another program may change."""
    content = as_csv(own_table([(text, number, [text]) for text in HOSTILE if "\n" not in text for number in NUMBERS]))
    seen = set()
    for name, cell in cells(content):
        if name == "number":
            seen.add(cell)
        else:
            assert not re.match(r"[=+\-@＝＋－＠\t\r\n]", cell.strip(' \u00a0\u200b\ufeff"')), cell
    assert seen == {"" if number is None else f"{number:f}" for number in NUMBERS}


def test_records_that_mean_harm(content: Path, make: Callable[[Path], Made], tmp_path: Path) -> None:
    """From an editor's file to the reader's cell."""
    briefing = content / "briefings" / "fable-flood.yaml"
    text = briefing.read_text(encoding="utf-8")
    text = text.replace("text: About 200 people left their homes.", 'text: "=1+1, \\"x\\"; </script>"')
    text = text.replace("phrase: overnight", 'phrase: "＠night"')
    text = text.replace("value: 200", "value: -200.50")
    text = text.replace("text: The water came faster than [it] ever did.", 'text: "-2+3\\n\\n]]> [it] \u05d0"')
    briefing.write_text(text, encoding="utf-8")
    source = content / "sources" / "gazette-wire-copy.yaml"
    source.write_text(
        re.sub("^title: .*$", 'title: "@SUM(A1) | x; y"', source.read_text(encoding="utf-8"), flags=re.MULTILINE), encoding="utf-8"
    )
    made = make(content)
    for name in TABLES:
        for heading, cell in cells(made.files[f"data/{name}.csv"]):
            assert heading in ("value", "low", "high") or not re.match(r"[=+\-@＝＋－＠]", cell), cell
    found = read(made, tmp_path)
    claim = next(row for row in found["claims"] if row["claim"] == "fable-flood#cl-moved")
    assert claim["text"] == '=1+1, "x"; </script>' and claim["phrase"] == "＠night"
    assert claim["source_titles"] == ["@SUM(A1) | x; y"]
    assert [str(row["value"]) for row in found["figures"] if row["figure"] == "fable-flood#fg-moved"] == ["-200.50"]
    assert found["quotes"][0]["text"] == "-2+3\n\n]]> [it] \u05d0"


def test_terms_with_the_address_of_a_licence_name_it(base: Made) -> None:
    terms = 'Under <a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>.'
    files = {file.path: file.content for file in outputs(base.library, Site("Name", terms=terms))}
    described = simplejson.loads(files["data/csv-metadata.json"])
    assert described["dc:license"] == {"@id": "https://creativecommons.org/licenses/by/4.0/"}
    assert described["dc:rights"] == terms
    assert next(csv.DictReader(io.StringIO(files["data/claims.csv"].decode())))["url"].startswith("/briefings/")


def test_what_was_withdrawn_is_in_no_table(content: Path, make: Callable[[Path], Made], tmp_path: Path) -> None:
    briefing = content / "briefings" / "fable-flood.yaml"
    gone = "    withdrawn: It was not so.\n"
    text = briefing.read_text(encoding="utf-8")
    text = text.replace("    disputes: [cl-dam-held]\n", "")
    text = text.replace("  - id: cl-dam-leaked\n", f"  - id: cl-dam-leaked\n{gone}").replace(
        "  - id: qt-water\n", f"  - id: qt-water\n{gone}"
    )
    text = text.replace("claims: [cl-dam-held, cl-dam-leaked]", "claims: [cl-dam-held, cl-rose]").replace(
        "status: disputed", "status: reported"
    )
    briefing.write_text(text, encoding="utf-8")
    made = make(content)
    found = read(made, tmp_path)
    assert "fable-flood#cl-dam-leaked" not in {row["claim"] for row in found["claims"]}
    assert "fable-flood#cl-dam-held" in {row["claim"] for row in found["claims"]}
    assert "fable-flood#qt-water" not in {row["quote"] for row in found["quotes"]}
