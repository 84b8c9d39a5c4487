"""Citations: what reference managers read of them is what the records say, and their links lead to the state that is cited."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import simplejson
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pybtex.database import BibliographyData, Entry, parse_string
from pylatexenc.latex2text import LatexNodes2Text

from generator.edtf import parse
from generator.markup import plain
from generator.outputs import Site, bibtex, csl
from generator.outputs.citation import sentence
from generator.pages import pages
from generator.records import Briefing
from generator.urls import page_path
from generator.views.citing import Work, works
from tests.extremes import NOTHING, actor, claim, source
from tests.extremes import make as make_project
from tests.outputs.conftest import SITE, Made

FLOOD = "briefings/fable-flood"
HOSTILE = '</script><b>"x"</b> ]]> {{ 7*7 }} =1+1 100% A&B #1 $2 a~b c^d ‘q’ \\x שלום عليكم @misc{y, z'


def bib(made: Made, briefing_id: str) -> BibliographyData:
    """What BibTeX reads; an entry whose key is there already is refused."""
    return parse_string(made.files[f"briefings/{briefing_id}/cite.bib"].decode(), "bibtex")


def items(made: Made, briefing_id: str) -> list[dict[str, Any]]:
    found = simplejson.loads(made.files[f"briefings/{briefing_id}/cite.json"])
    assert isinstance(found, list)
    return found


def as_printed(value: str) -> str:
    """A field's text as TeX sets it."""
    text: str = LatexNodes2Text(strict_latex_spaces=True).latex_to_text(value)
    return text.replace("ˆ", "^")  # the reader's own choice of a sign for \textasciicircum


def sheets(made: Made) -> Iterator[tuple[Briefing, tuple[Work, ...]]]:
    for briefing in made.library.catalog.briefings.values():
        yield briefing, works(made.library, briefing)


# --- BibTeX -------------------------------------------------------------------------------------------------


def test_bibtex_is_read_back(some: Made) -> None:
    keys: set[str] = set()
    for briefing, found in sheets(some):
        entries = bib(some, briefing.id).entries
        assert list(entries) == [briefing.id, *(f"{briefing.id}:{claim.id}" for claim in briefing.claims)]
        assert not keys & set(entries)
        keys |= set(entries)
        last = briefing.updates[-1].at if briefing.updates else briefing.published
        for work, entry in zip(found, entries.values(), strict=True):
            assert isinstance(entry, Entry)
            assert [str(person) for person in entry.persons["author"]] == [f"{{{SITE.name}}}"]
            assert entry.fields["date"] == last.text
            assert entry.fields["year"] == last.text[:4]
            assert entry.fields["url"] == SITE.page(work.permanent)
        assert as_printed(entries[briefing.id].fields["title"]) == briefing.title
        for claim_ in briefing.claims:
            entry = entries[f"{briefing.id}:{claim_.id}"]
            title, note = as_printed(entry.fields["title"]), as_printed(entry.fields["note"])
            assert title.endswith(f", {claim_.said_on.words}: {plain(claim_.text).removesuffix('.')}")
            assert f"Status: {claim_.status}." in note
            assert all(some.records.sources[cited.source].publisher in note for cited in claim_.sources)
            assert as_printed(entry.fields["howpublished"]) == f"As given in “{briefing.title}”"
    assert keys


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1))
def test_any_text_stays_within_its_field(text: str) -> None:
    entries = parse_string(f"@misc{{k, title = {{{bibtex.escape(text)}}}, note = {{end}}}}\n@misc{{next, note = {{n}}}}", "bibtex").entries
    assert list(entries) == ["k", "next"]
    assert entries["k"].fields["note"] == "end"


@pytest.mark.parametrize("text", [HOSTILE.partition(" @misc")[0], "{a} b {c{d}}", "a_b", "100 % & more", "C:\\x", "é 東京 دير", "~^#$"])
def test_text_means_what_it_says(text: str) -> None:
    assert as_printed(bibtex.escape(text)) == text


@pytest.mark.parametrize("text", ["}", "{", "}{", "a } b { c", "{{}"])
def test_a_brace_without_its_other_half_is_written_by_name(text: str) -> None:
    escaped = bibtex.escape(text)
    assert escaped.count("textbrace") == len(text.replace(" ", "").translate(str.maketrans("", "", "abc")))
    assert parse_string(f"@misc{{k, title = {{{escaped}}}}}", "bibtex").entries["k"].fields["title"] == escaped


# --- CSL ----------------------------------------------------------------------------------------------------

DATE = {
    "type": "object",
    "properties": {
        "date-parts": {"type": "array", "minItems": 1, "maxItems": 2, "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}}},
        "circa": {"type": ["boolean", "string", "number"]},
        "literal": {"type": "string"},
    },
    "additionalProperties": False,
    "minProperties": 1,
}  # fmt: skip
TEXT = {"type": "string", "minLength": 1}
ITEM = {
    "type": "object",
    "properties": {
        "id": TEXT, "type": {"const": "webpage"}, "title": TEXT, "container-title": TEXT, "abstract": TEXT, "version": TEXT,
        "author": {"type": "array", "items": {"type": "object", "properties": {"literal": TEXT}, "additionalProperties": False}},
        "issued": DATE, "original-date": DATE, "URL": {"type": "string", "format": "uri"}, "language": TEXT, "note": TEXT, "custom": {"type": "object"},
    },
    "required": ["id", "type", "title", "author", "issued", "URL"],
    "additionalProperties": False,
}  # fmt: skip
"""The rules of CSL-JSON 1.0.2 for the fields that are used here. Nothing else is, and no day of access."""


def test_csl_follows_its_rules_and_the_records(some: Made) -> None:
    judge = Draft202012Validator({"type": "array", "items": ITEM})
    for briefing, found in sheets(some):
        read = items(some, briefing.id)
        judge.validate(read)
        assert [item["id"] for item in read] == [work.key for work in found]
        assert read[0]["title"] == briefing.title
        assert read[0]["abstract"] == plain(briefing.answer)
        for claim_, item in zip(briefing.claims, read[1:], strict=True):
            custom = item["custom"]
            assert item["container-title"] == briefing.title
            assert custom["said_on"]["edtf"] == claim_.said_on.text
            assert (custom["status"], custom["text"], custom["as_of"]) == (claim_.status, plain(claim_.text), briefing.as_of.text)
            assert [given["locator"] for given in custom["sources"]] == [cited.locator for cited in claim_.sources]
            assert item["title"].startswith(", ".join(custom["said_by"]))


@pytest.mark.filterwarnings("ignore:The following arguments for Reference are unsupported. custom")
def test_a_style_sets_our_citations(base: Made) -> None:
    read = items(base, "fable-flood")
    shelf = CiteProcJSON(read)
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, shelf, formatter.plain)
    for item in read:
        bibliography.register(Citation([CitationItem(item["id"])]))
    printed = [str(entry) for entry in bibliography.bibliography()]
    assert any("River Fable floods two villages" in text and "2021" in text for text in printed)
    rose = next(text for text in printed if "#cl-rose" in text)
    assert "Fable Valley Rescue, 2 May 2021: The river rose" in rose
    assert "https://example.org/sheets/briefings/fable-flood/at/2021-05-06/#cl-rose" in rose


@pytest.mark.parametrize(
    ("edtf", "said"),
    [
        ("2017-11-03", {"date-parts": [[2017, 11, 3]]}),
        ("2017-11", {"date-parts": [[2017, 11]]}),
        ("2017", {"date-parts": [[2017]]}),
        ("2017-10~", {"date-parts": [[2017, 10]], "circa": True}),
        ("2017?", {"date-parts": [[2017]], "circa": True}),
        ("2017-10-26/2017-11", {"date-parts": [[2017, 10, 26], [2017, 11]]}),
        ("[2017-11-02..2017-11-03]", {"literal": "between 2 and 3 November 2017"}),
        ("2017-09-05/..", {"literal": "since 5 September 2017"}),
        ("[..2017-11-03]", {"literal": "by 3 November 2017"}),
    ],
)
def test_a_date_is_no_finer_than_known(edtf: str, said: object) -> None:
    assert csl.date(parse(edtf)) == said


# --- permanent links ----------------------------------------------------------------------------------------


def test_every_permanent_link_is_a_page_of_the_site(some: Made) -> None:
    made = {page_path(page.uri): page for page in pages(some.library)}
    for briefing, found in sheets(some):
        for work in found:
            page = made[page_path(work.permanent.uri)]
            view: Any = page.view
            anchors = {view.claim.id for group in view.claims for view in group.claims}
            assert work.permanent.anchor in {*anchors, ""}
            assert view.briefing.id == briefing.id
            assert plain(view.briefing.answer) == plain(briefing.answer)


def test_a_sheet_without_entries_is_cited_by_its_own_address(content: Path, make: Callable[[Path], Made]) -> None:
    file = content / f"{FLOOD}.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text[: text.index("updates:")], encoding="utf-8")
    made = make(content)
    entry = bib(made, "fable-flood").entries["fable-flood:cl-rose"]
    assert entry.fields["url"] == "https://example.org/sheets/briefings/fable-flood/#cl-rose"
    assert (entry.fields["date"], entry.fields["version"]) == ("2021-05-04", "2021-05-04")
    assert "original-date" not in items(made, "fable-flood")[0]


def test_a_citation_keeps_to_the_newest_entry_of_a_day(content: Path, make: Callable[[Path], Made]) -> None:
    file = content / f"{FLOOD}.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "  - {at: 2021-05-06, kind: update, note: Again.}\n", encoding="utf-8")
    made = make(content)
    sheet = items(made, "fable-flood")[0]
    assert sheet["version"] == "2021-05-06-2"
    assert sheet["URL"].endswith("/briefings/fable-flood/at/2021-05-06-2/")
    assert sheet["custom"]["newest"] == "https://example.org/sheets/briefings/fable-flood/"


def test_in_a_sentence(base: Made) -> None:
    sheet, rose, moved, *_ = works(base.library, base.library.catalog.briefings["fable-flood"])
    assert sentence(sheet, SITE) == (
        "“River Fable floods two villages”, The site, first published 4 May 2021, last changed 6 May 2021, sources looked at up to 6 May 2021. "
        "https://example.org/sheets/briefings/fable-flood/at/2021-05-06/"
    )
    assert sentence(rose, SITE) == (
        "Fable Valley Rescue (channel: news release), 2 May 2021: The river rose over its banks at Upper Example on 2 May 2021 (corroborated). "
        "As given in “River Fable floods two villages”, The site, as of 6 May 2021, "
        "https://example.org/sheets/briefings/fable-flood/at/2021-05-06/#cl-rose"
    )
    assert sentence(moved, Site("The site")).endswith("The site, as of 6 May 2021")


# --- what must not be cited, and what must not break out ----------------------------------------------------


def test_what_was_withdrawn_is_not_cited(content: Path, make: Callable[[Path], Made]) -> None:
    file = content / f"{FLOOD}.yaml"
    text = file.read_text(encoding="utf-8")
    gone = text.replace("    disputes: [cl-dam-held]\n", "    withdrawn: It was another dam.\n").replace(
        "disagreements:\n  - id: df-dam\n    question: Did the dam hold?\n    claims: [cl-dam-held, cl-dam-leaked]\n    reading: Both may be right of different days.\n", ""
    ).replace("sources: [rescue-release]\n    status: disputed", "sources: [rescue-release]\n    status: reported")  # fmt: skip
    file.write_text(gone, encoding="utf-8")
    made = make(content)
    assert "fable-flood:cl-dam-leaked" not in bib(made, "fable-flood").entries
    assert "fable-flood:cl-dam-held" in bib(made, "fable-flood").entries
    file.write_text(text + "withdrawn: It never rained.\n", encoding="utf-8")
    made = make(content)
    assert not [path for path in made.files if path.endswith(("cite.bib", "cite.json"))]
    (page,) = [page for page in pages(made.library) if page.uri == f"{FLOOD}/cite.md"]
    assert page.moved and page.moved.uri == f"{FLOOD}.md"


def test_hostile_text_comes_back_as_it_was(tmp_path: Path, make: Callable[[Path], Made]) -> None:
    said = HOSTILE.replace("\\", "\\\\")  # in prose a backslash escapes
    project = make_project(
        tmp_path / "hostile",
        {
            "briefings/odd": {**NOTHING, "title": HOSTILE, "highlights": ["cl"], "claims": [claim("cl", said, "odd-actor", {"source": "odd-source", "locator": HOSTILE}, role=HOSTILE)]},
            "actors/odd-actor": actor(HOSTILE),
            "sources/odd-source": source(HOSTILE, HOSTILE, publisher_actor="odd-actor"),
        },
    )  # fmt: skip
    made = make(project.content)
    sheet, one = items(made, "odd")
    assert (sheet["title"], one["container-title"], one["custom"]["said_by"]) == (HOSTILE, HOSTILE, [HOSTILE])
    assert one["custom"]["text"] == HOSTILE
    assert one["custom"]["sources"][0]["locator"] == HOSTILE
    entries = bib(made, "odd").entries
    assert list(entries) == ["odd", "odd:cl"]
    assert list(entries["odd:cl"].fields) == ["title", "howpublished", "date", "year", "month", "version", "url", "note", "language"]
    # This reader knows no brace by its name.
    without_braces = HOSTILE.translate(str.maketrans("", "", "{}")).split()
    assert as_printed(entries["odd"].fields["title"]).split() == without_braces
