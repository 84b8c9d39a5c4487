"""What keeps its address though something has taken its place: earlier versions, what was withdrawn, old names."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from generator.outputs import Site
from generator.page import Page
from generator.pages import library, pages
from generator.pipeline import Project as Source
from generator.pipeline import check, publication
from generator.render import render
from generator.views.difference import difference
from tests.projects import BASE, ROOT

FLOOD = "briefings/fable-flood.yaml"


class Edited:
    """The small flood's records, some of them changed, and the pages made of them."""

    def __init__(self, folder: Path) -> None:
        self.content = folder / "content"
        shutil.copytree(BASE, self.content)

    def change(self, name: str, **fields: object) -> dict[str, object]:
        """Set fields of a record."""
        file = self.content / name
        record = yaml.safe_load(file.read_text(encoding="utf-8")) | fields
        file.write_text(yaml.safe_dump(record, allow_unicode=True, sort_keys=False), encoding="utf-8")
        return dict(record)

    def part(self, group: str, part_id: str, **fields: object) -> None:
        """Set fields of one of the flood's parts."""
        record = yaml.safe_load((self.content / FLOOD).read_text(encoding="utf-8"))
        parts = [part | fields if part["id"] == part_id else part for part in record[group]]
        self.change(FLOOD, **{group: parts})

    def said(self) -> list[str]:
        return [str(problem) for problem in check(self.content)[1]]

    def pages(self) -> dict[str, tuple[Page, str]]:
        """Every page with its text, by the page's file."""
        records, problems = check(self.content)
        assert problems == ()
        made = list(pages(library(records)))
        return {page.uri: (page, text.text) for page, text in zip(made, render(made, ROOT / "site_templates", Site("Name")), strict=True)}


@pytest.fixture
def site(tmp_path: Path) -> Edited:
    return Edited(tmp_path)


def history(**last: object) -> list[dict[str, object]]:
    """Two entries on one day and one on a later, each about the answer."""
    return [
        {"at": "2021-05-06", "kind": "update", "note": "First.", "changes": [{"path": "answer", "from": "One.", "to": "Two."}]},
        {"at": "2021-05-06", "kind": "update", "note": "Second.", "changes": [{"path": "answer", "from": "Two.", "to": "Three."}]},
        {
            "at": "2021-05-09", "kind": "correction", "note": "Third.",
            "changes": [{"path": "answer", "from": "Three.", "to": "Four."}, {"path": "claims[cl-rose].text", "from": "The river fell.", "to": "The river rose."}],
        } | last,
    ]  # fmt: skip


@pytest.fixture
def told(site: Edited) -> Edited:
    """The flood's sheet with that history."""
    site.part("claims", "cl-rose", text="The river rose.")
    site.change(FLOOD, answer="Four.", updates=history())
    return site


def test_a_sheet_can_be_read_as_it_stood_after_each_entry(told: Edited) -> None:
    made = told.pages()
    at = "briefings/fable-flood/at/"
    answers = {
        uri.removeprefix(at): text.partition(": #answer")[0].splitlines()[-2] for uri, (_, text) in made.items() if uri.startswith(at)
    }
    assert answers == {"first.md": "One.", "2021-05-06.md": "Two.", "2021-05-06-2.md": "Three.", "2021-05-09.md": "Four."}
    assert "### The river fell. {#cl-rose " in made[f"{at}2021-05-06-2.md"][1]
    assert "### The river rose. {#cl-rose " in made[f"{at}2021-05-09.md"][1]


def test_an_earlier_version_says_so_and_what_has_changed_since(told: Edited) -> None:
    page, text = told.pages()["briefings/fable-flood/at/2021-05-06.md"]
    head = text.partition("# River")[0]
    assert "**An earlier version:** this sheet as it stood after the entry of 6 May 2021." in head
    assert "[Read it as it stands now](../../fable-flood.md)" in head
    assert "First." not in head and "Second." in head and "Third." in head
    assert "[The version before](first.md)" in head and "[The version after](2021-05-06-2.md)" in head
    assert page.at_rest and page.kind is None and "at_rest: 'true'" in text
    assert "First." in text.partition("## History")[2] and "Second." not in text.partition("## History")[2], "it knows of no later entry"


def test_the_last_version_has_not_changed_since(told: Edited) -> None:
    head = told.pages()["briefings/fable-flood/at/2021-05-09.md"][1].partition("# River")[0]
    assert "Nothing has changed since." in head and "The version after" not in head


def test_what_was_put_together_afterwards_never_looks_as_if_it_had_stood_then(site: Edited) -> None:
    site.part("claims", "cl-rose", text="The river rose.")
    site.change(FLOOD, answer="Four.", updates=history(known="2021-05-03", kind="update"))
    made = site.pages()
    head = made["briefings/fable-flood/at/2021-05-06-2.md"][1].partition("# River")[0]
    assert "It never stood here on its own day. It was put together on 9 May 2021, from what was known until 3 May 2021." in head
    assert "never stood" not in made["briefings/fable-flood/at/2021-05-06.md"][1]
    assert "Updated 9 May 2021 (known since 3 May 2021)" in made["briefings/fable-flood.md"][1]
    assert "9 May 2021 (known since 3 May 2021)" in made["changes.md"][1]


def test_a_correction_stands_at_the_claim(told: Edited) -> None:
    text = told.pages()["briefings/fable-flood.md"][1]
    at_claim = text.partition("{#cl-rose ")[2].partition("<details")[0]
    assert "- **Corrected 9 May 2021:** Third. Text: was <del>The river fell.</del>, now <ins>The river rose.</ins>\n" in at_claim


def test_an_update_stands_with_the_evidence(site: Edited) -> None:
    site.part("claims", "cl-rose", text="The river rose.")
    site.change(FLOOD, answer="Four.", updates=history(kind="update"))
    before, _, evidence = site.pages()["briefings/fable-flood.md"][1].partition("{#cl-rose ")[2].partition("<details")
    assert "**Updated 9 May 2021:**" not in before
    assert "**Updated 9 May 2021:**" in evidence.partition("</details>")[0]


def test_other_sheets_words_on_a_claim_are_for_the_version_that_knows_of_them(site: Edited) -> None:
    """Before the sheet itself says that a claim was overtaken, its page does not either."""
    site.part("claims", "cl-rose", status="superseded")
    entry = {
        "at": "2021-05-09",
        "kind": "update",
        "note": "Later.",
        "changes": [{"path": "claims[cl-rose].status", "from": "corroborated", "to": "superseded"}],
    }
    record = site.change(FLOOD, updates=[entry])
    claim = {**record["claims"][2], "id": "cl-ebb", "figures": [], "supersedes": ["fable-flood#cl-rose"], "text": "The river fell again."}  # type: ignore[index]  # a record is a tree
    del claim["figures"], claim["review_by"]
    other = {name: record[name] for name in ("title", "label", "published", "as_of", "covers", "answer")} | {
        "highlights": ["cl-ebb"],
        "claims": [claim],
    }
    (site.content / "briefings" / "fable-ebb.yaml").write_text(yaml.safe_dump(other), encoding="utf-8")
    made = site.pages()
    assert "The river fell again" in made["briefings/fable-flood/at/2021-05-09.md"][1]
    assert "The river fell again" not in made["briefings/fable-flood/at/first.md"][1]


def test_a_withdrawn_claim_stays_in_its_place_and_counts_nowhere(site: Edited) -> None:
    before = site.pages()
    assert "5 claims of its own" in before["briefings/fable-flood.md"][1]
    site.part("claims", "cl-dam-leaked", withdrawn="The report was taken back.", formerly=["cl-dam-broke"])
    assert sorted(line.split(": ", 1)[1] for line in site.said()) == [
        "claims[3].status: `disputed`, but no claim disputes it; the claim on the other side; "
        "add `disputes: [cl-dam-held]` to that claim, or say status: reported",
        "disagreements[0].claims[1]: `cl-dam-leaked`, which was withdrawn; a claim that stands; name another, or delete it here",
    ]
    site.part("claims", "cl-dam-held", status="reported")
    site.change(FLOOD, disagreements=[])
    made = site.pages()
    sheet = made["briefings/fable-flood.md"][1]
    assert "4 claims of its own" in sheet
    stone = sheet.partition("## Withdrawn {#withdrawn}")[2]
    assert "### Withdrawn: <del>The dam above Lower Example leaked.</del> {#cl-dam-leaked}" in stone
    assert "The report was taken back." in stone and '<div id="cl-dam-broke"></div>' in stone
    assert "leaked" in before["places/lower-example.md"][1] and "leaked" not in made["places/lower-example.md"][1]


def test_a_withdrawn_record_keeps_its_page_and_is_in_no_list(site: Edited) -> None:
    site.change("places/lower-example.yaml", withdrawn="There is no such place.")
    assert all("`lower-example`, which was withdrawn; a record that stands" in line for line in site.said())
    assert len(site.said()) == 2
    for claim in ("cl-dam-held", "cl-dam-leaked"):
        site.part("claims", claim, places=[])
    made = site.pages()
    page, text = made["places/lower-example.md"]
    assert "**Withdrawn.** There is no such place." in text and page.at_rest and page.kind is None
    assert "Lower Example" not in made["places/index.md"][1]


def test_a_withdrawn_source_is_no_witness(site: Edited) -> None:
    site.change("sources/gazette-own-report.yaml", withdrawn="The newspaper took it back.")
    assert any("`corroborated`, but all its sources go back to" in line for line in site.said())
    assert sum("only sources that were withdrawn" in line for line in site.said()) == 2
    site.part("claims", "cl-rose", status="reported")
    site.part("claims", "cl-dam-leaked", sources=["rescue-release", "gazette-own-report"])
    site.part("quotes", "qt-water", sources=["rescue-release"])
    made = site.pages()
    assert "**Withdrawn.** Grade" in made[FLOOD.replace(".yaml", ".md")][1]
    assert "· withdrawn · grade" in made["sources/index.md"][1]
    assert "**Withdrawn.** The newspaper took it back." in made["sources/gazette-own-report.md"][1]
    assert "It counts as no independent origin" in made["sources/gazette-own-report.md"][1]


def test_a_former_address_leads_to_the_new_one(site: Edited) -> None:
    made = site.pages()
    page, text = made["briefings/fable-water.md"]
    assert page.at_rest and "moved: briefings/fable-flood/" in text
    assert "[River Fable floods two villages](fable-flood.md)" in text


def test_an_earlier_version_names_things_as_they_are_called_now(site: Edited) -> None:
    """What was renamed since is found under its new name, and the old addresses of the sheet's versions lead on."""
    told = [
        {"path": "fronts[upstream].places", "from": ["old-example"], "to": ["upper-example"]},
        {"path": "answer", "from": "It rose at [Upper Example](place:old-example).", "to": "The river rose."},
        {"path": "claims[cl-rose].sources", "from": ["old-release", "gazette-own-report"], "to": [{"source": "rescue-release", "locator": "line 3"}, "gazette-own-report"]},
    ]  # fmt: skip
    site.change(
        FLOOD, answer="The river rose.", updates=[{"at": "2021-05-07", "kind": "clarification", "note": "Other names.", "changes": told}]
    )
    site.change("places/upper-example.yaml", formerly=["old-example"])
    site.change("sources/rescue-release.yaml", formerly=["old-release"])
    made = site.pages()
    text = made["briefings/fable-flood/at/first.md"][1]
    assert "It rose at [Upper Example](../../../places/upper-example.md)." in text
    assert "old-example" not in text
    assert "moved: briefings/fable-flood/at/first/" in made["briefings/fable-water/at/first.md"][1]
    assert "Id: was" not in made["briefings/fable-flood.md"][1]
    whole = publication(Source(site.content, ROOT / "site_templates", "Name"), check(site.content)[0])
    pinned = next(file for file in whole.files if file.path == "embed/fable-flood/cl-rose/at/first/index.html")
    assert b"sources/rescue-release/" in pinned.content


def test_a_withdrawn_sheet_keeps_its_versions_and_its_anchors(site: Edited) -> None:
    site.part("claims", "cl-rose", text="The river rose.")
    site.change(FLOOD, answer="Four.", updates=history(), withdrawn="It was another river.")
    made = site.pages()
    gone = made["briefings/fable-flood.md"][1]
    assert "**Withdrawn.** It was another river." in gone
    assert '<div id="cl-rose"></div>' in gone and '<div id="fg-moved"></div>' in gone
    assert "# River Fable floods two villages" in made["briefings/fable-flood/at/first.md"][1]
    for page in (page for uri, page in made.items() if uri.startswith("briefings/fable-flood/at/")):
        assert page[0].at_rest


def test_links_to_a_withdrawn_claims_figure_end_at_its_reason(site: Edited) -> None:
    site.part("claims", "cl-moved", withdrawn="The mayor never said so.")
    site.part("claims", "cl-moved-later", supersedes=[])
    text = site.pages()["briefings/fable-flood.md"][1]
    assert '<div id="fg-moved"></div>\n\n### Withdrawn' in text


def test_a_former_anchor_still_leads_to_its_part(site: Edited) -> None:
    site.part("claims", "cl-rose", formerly=["cl-water"])
    text = site.pages()["briefings/fable-flood.md"][1]
    assert '<div id="cl-water"></div>\n\n### The river rose' in text


def test_every_kind_of_record_shows_its_own_history(site: Edited) -> None:
    entry = {
        "at": "2021-06-01",
        "kind": "correction",
        "note": "Misspelt.",
        "changes": [{"path": "name", "from": "Lower Exmaple", "to": "Lower Example"}],
    }
    site.change("places/lower-example.yaml", updates=[entry])
    text = site.pages()["places/lower-example.md"][1]
    assert "## History" in text and "name: was <del>Lower Exmaple</del>, now <ins>Lower Example</ins>" in text


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("a short one", "another", [("gone", "a short one"), ("new", "another")]),
        (
            "the water rose in the night and twelve people left their homes at once",
            "the water rose in the night and twenty people left their homes at once",
            [
                ("kept", "the water rose in the night and"),
                ("gone", "twelve"),
                ("new", "twenty"),
                ("kept", "people left their homes at once"),
            ],
        ),
        (
            f"{'word ' * 30}twelve{' more' * 30}",
            f"{'word ' * 30}twenty{' more' * 30}",
            [
                ("left out", "…"),
                ("kept", "word word word word word word word word"),
                ("gone", "twelve"),
                ("new", "twenty"),
                ("kept", "more more more more more more more more"),
                ("left out", "…"),
            ],
        ),
        (
            "one two three four five six seven eight nine ten eleven twelve",
            "a b c d e f g h i j k l",
            [("gone", "one two three four five six seven eight nine ten eleven twelve"), ("new", "a b c d e f g h i j k l")],
        ),
    ],
)
def test_a_long_text_is_compared_word_by_word(before: str, after: str, told: list[tuple[str, str]]) -> None:
    assert [(piece.kind, piece.text) for piece in difference(before, after)] == told
