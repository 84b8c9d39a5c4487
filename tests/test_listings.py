"""Records of which much is said: what their own pages have no room for is on pages that hang together."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from generator.outputs import Site
from generator.page import Page
from generator.pages import library, pages
from generator.pipeline import check
from generator.render import render
from generator.urls import section_uri
from generator.views.sections import CLAIMS, FIGURES, unsupported_without
from tests.many import sheet
from tests.projects import BASE, ROOT

SHEETS = 60
LISTS = [
    ("actors/example-wire", "says"),
    ("actors/fable-rescue", "about"),
    ("places/upper-example", "claims"),
    ("sources/rescue-release", "rests"),
]
"""Where the claims of those sheets are listed."""
CLAIM = re.compile(r"^- \[.*?\]\(\S*?briefings/([a-z0-9-]+)\.md#((?:cl|fg)-[a-z0-9-]+)\)\n\n    (.*)$", re.MULTILINE)
Made = dict[str, tuple[Page, str]]


def write_sheets(content: Path) -> None:
    """Five hundred claims and more quotations than a page has."""
    for number in range(1, SHEETS + 1):
        text = sheet(number, claims=9 if number <= 20 else 8)
        (content / f"briefings/sheet-{number:02}.yaml").write_text(text, encoding="utf-8")


def made(content: Path, *, rendered: bool = True) -> Made:
    records, problems = check(content)
    assert problems == ()
    # The sheets themselves are not looked at here.
    found = [page for page in pages(library(records)) if not page.uri.startswith("briefings/")]
    texts = [page.text for page in render(found, ROOT / "site_templates", Site("Name"))] if rendered else [""] * len(found)
    return {page.uri: (page, text) for page, text in zip(found, texts, strict=True)}


@pytest.fixture(scope="module")
def talked_of(tmp_path_factory: pytest.TempPathFactory) -> Path:
    content = tmp_path_factory.mktemp("talked-of") / "content"
    shutil.copytree(BASE, content)
    write_sheets(content)
    return content


@pytest.fixture(scope="module")
def site(talked_of: Path) -> Made:
    return made(talked_of)


@pytest.fixture
def edited(talked_of: Path, tmp_path: Path) -> Callable[..., Made]:
    """Give a function that makes the pages anew with some files changed: by name, the new text or the fields to set."""

    def make(*, rendered: bool = True, **files: str | dict[str, object]) -> Made:
        content = tmp_path / "content"
        shutil.copytree(talked_of, content, dirs_exist_ok=True)
        for name, change in files.items():
            file = next(content.glob(f"*/{name.replace('_', '-')}.yaml"))
            record = change if isinstance(change, str) else yaml.safe_dump(yaml.safe_load(file.read_text(encoding="utf-8")) | change)
            file.write_text(record, encoding="utf-8")
        return made(content, rendered=rendered)

    return make


def texts(site: Made) -> dict[str, str]:
    return {uri: text for uri, (_, text) in site.items()}


def numbers(site: Made, record: str, name: str) -> list[int]:
    found = [re.fullmatch(rf"{record}/{name}/(\d+)\.md", uri) for uri in site]
    return sorted(int(match[1]) for match in found if match)


def in_order(site: Made, record: str, name: str) -> list[str]:
    """The pages of a list, the oldest first, the record's own last."""
    return [*(f"{record}/{name}/{number}.md" for number in numbers(site, record, name)), f"{record}.md"]


def part(site: Made, uri: str, anchor: str) -> str:
    """What a page has of a list: of the record's own page, what is under its heading."""
    text = site[uri][1]
    return text.partition(f"{{#{anchor}}}")[2].partition("\n## ")[0] if uri.count("/") == 1 else text


def claims(site: Made, record: str, name: str) -> list[tuple[str, str]]:
    return [match.groups()[:2] for uri in in_order(site, record, name) for match in CLAIM.finditer(part(site, uri, name))]  # type: ignore[misc]  # two groups


@pytest.mark.parametrize(("record", "name"), LISTS)
def test_no_claim_is_lost_or_doubled_and_they_are_in_order(site: Made, talked_of: Path, record: str, name: str) -> None:
    expected = []
    for file in (talked_of / "briefings").glob("sheet-*.yaml"):
        told = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)
        expected += [(told["covers"], file.stem, claim["said_on"], claim["id"]) for claim in told["claims"]]
    found = [claim for claim in claims(site, record, name) if claim[0].startswith("sheet-")]
    assert found == [(stem, claim) for _, stem, _, claim in sorted(expected)]
    assert len(found) == 500
    assert numbers(site, record, name) == list(range(1, 13))


@pytest.mark.parametrize(("record", "name"), LISTS)
def test_every_claim_keeps_its_speaker_day_and_sources(site: Made, record: str, name: str) -> None:
    for uri in in_order(site, record, name):
        found = [match for match in CLAIM.finditer(part(site, uri, name)) if match[1].startswith("sheet-")]
        assert found
        for match in found:
            assert re.match(
                r"\*\*(Reported|Corroborated)\*\*\{.*?\} · \[Example Wire\]\(\S+\), \d+ April \d{4} · sources? \[.+\d{4}", match[3]
            )
        # And nothing that looks like one lacks them.
        assert part(site, uri, name).count(": .bb-chip }") >= len(
            re.findall(r"^- \[On sheet .*\]\(\S+\)$", part(site, uri, name), re.MULTILINE)
        )


def test_a_sheet_whose_claims_go_over_two_pages_is_named_on_both(site: Made) -> None:
    pages = [part(site, uri, "says") for uri in in_order(site, "actors/example-wire", "says")]
    sheets = [re.findall(r"^In \[Sheet (\d+)\]\([^)]*\)(, continued)?:$", text, re.MULTILINE) for text in pages]
    split = 0
    for before, after in pairwise(sheets):
        assert after[0][1] == (", continued" if before[-1][0] == after[0][0] else "")
        assert not any(continued for _, continued in after[1:])
        split += bool(after[0][1])
    assert split > 6
    assert not any("All in" in text for text in pages)


def test_pages_lead_on_and_back(site: Made) -> None:
    _, first = site["actors/example-wire/says/1.md"]
    assert 'rel="prev"' not in first and re.search(r"\[After: 41 to 80, .* →\]\(2\.md\)\{: rel=\"next\" \}", first)
    _, last = site["actors/example-wire/says/12.md"]
    assert '[After: the latest →](../../example-wire.md#says){: rel="next" }' in last
    own = part(site, "actors/example-wire.md", "says")
    assert "Here are the latest 20 of 500 claims, by when the stories of their sheets begin; [those before](example-wire/says/12.md)" in own
    assert 'aria-label="Pages: What it says"' in own and 'rel="' not in own


def test_each_page_has_its_own_title_and_description(site: Made) -> None:
    listings = [page for page, _ in site.values() if page.template == "listing.md.j2"]
    assert len({page.title for page in listings}) == len(listings) > 60
    page, text = site["places/upper-example/claims/2.md"]
    assert page.title == "Upper Example: Claims about it, 41 to 80"
    assert re.fullmatch(r"Claims about it, 41 to 80: \d{4} to \d{4}\.", page.description)
    assert "# Upper Example: Claims about it, 41 to 80 {#title}" in text
    assert "500" not in text, "how many there are in all changes with each new claim"


def test_the_search_finds_things_where_they_are_from(site: Made) -> None:
    for page, text in site.values():
        if page.template == "listing.md.j2":
            assert page.kind is None and not page.at_rest
            assert "record_kind" not in text.partition("\n---\n")[0]


def test_a_new_claim_changes_few_pages(site: Made, edited: Callable[..., Made]) -> None:
    """The newest sheet has one more claim: of each list it is in, the own page changes."""
    newest = max(range(1, SHEETS + 1), key=lambda number: (number % 12, number % 28, number))
    before, after = texts(site), texts(edited(**{f"sheet_{newest:02}": sheet(newest, 9)}))
    changed = {uri for uri in before.keys() | after.keys() if before.get(uri) != after.get(uri)}
    entities = {uri for uri in changed if "/" in uri and not uri.endswith("/index.md") and not uri.startswith(("years/", "statuses/"))}
    assert entities == {
        "actors/example-wire.md", "actors/fable-rescue.md", "places/upper-example.md", "sources/rescue-release.md",
        "sources/gazette-own-report.md", "measures/people-moved.md",
    }  # fmt: skip


def test_a_page_is_cut_off_when_the_own_one_is_full(edited: Callable[..., Made]) -> None:
    newest = max(range(1, SHEETS + 1), key=lambda number: (number % 12, number % 28, number))
    full = 8 + CLAIMS.limit.own - 20
    before, after = (texts(edited(**{f"sheet_{newest:02}": sheet(newest, claims)})) for claims in (full, full + 1))
    changed = {uri for uri in before.keys() | after.keys() if before.get(uri) != after.get(uri) and uri.startswith("actors/example-wire")}
    assert changed == {"actors/example-wire.md", "actors/example-wire/says/12.md", "actors/example-wire/says/13.md"}


def test_what_would_be_unsupported_is_told_of_all_claims(site: Made, talked_of: Path) -> None:
    records = library(check(talked_of)[0])
    alone, weaker = unsupported_without(records, "rescue-release", records.backlinks.claims_by_source["rescue-release"])
    cited = [
        (briefing, claim, {cited.source for cited in claim.sources})
        for briefing in records.catalog.briefings.values()
        for claim in briefing.claims
    ]
    assert {(briefing.id, claim.id) for briefing, claim in alone} == {
        (briefing.id, claim.id) for briefing, claim, sources in cited if sources == {"rescue-release"}
    }
    assert len(weaker) == sum(claim.status == "corroborated" and "rescue-release" in sources for _, claim, sources in cited) > 100
    own = part(site, "sources/rescue-release.md", "alone")
    assert f"of {len(alone)} claims with no other source" in own
    assert f"of {len(weaker)} claims with no second independent witness without it" in own
    pages = [site[f"sources/rescue-release/alone/{number}.md"][1] for number in numbers(site, "sources/rescue-release", "alone")]
    listed = own.count(": it has no other source") + sum(len(re.findall(r"^- \[On ", text, re.MULTILINE)) for text in pages)
    assert listed == len(alone)


def test_values_are_numbered_through_all_pages_and_the_chart_has_the_latest(site: Made) -> None:
    numbered = []
    for uri in in_order(site, "measures/people-moved", "values"):
        text = site[uri][1]
        rows = [int(number) for number in re.findall(r"^\| (\d+) \|", text, re.MULTILINE)]
        assert rows and len(rows) <= FIGURES.limit.own
        assert ("<figure" in text) == (uri == "measures/people-moved.md")
        numbered += rows
    assert numbered == list(range(1, 503))
    text = part(site, "measures/people-moved.md", "values")
    assert "Here are the latest 22 of 502 values, " in text and "The chart shows these alone." in text
    assert set(re.findall(r"<text[^>]*>(\d{3})</text>", text)) >= {str(row) for row in rows}, "by their numbers in the table"
    drawn = set(re.findall(r'href="[^"]*/briefings/([a-z0-9-]+/#fg-[a-z0-9-]+)"', text))
    assert drawn == {f"{stem}/#{figure}" for stem, figure in re.findall(r"briefings/([a-z0-9-]+)\.md#(fg-[a-z0-9-]+)\)", text)}


def test_quotations_are_in_time_where_they_are_many(site: Made) -> None:
    pages = in_order(site, "people/ada-ferry", "quotes")
    days = [
        (match[2], match[1])
        for uri in pages
        for match in re.finditer(r", Mayor(?: of Upper Example)?, (\d+ \w+) (\d{4}) · channel", part(site, uri, "quotes"))
    ]
    assert len(days) == SHEETS + 1 and len(pages) == 2
    assert [year for year, _ in days] == sorted(year for year, _ in days)


# --- what was published once ----------------------------------------------------------------------------


def test_a_former_id_leads_to_the_pages_of_the_new_one(edited: Callable[..., Made]) -> None:
    found = edited(rendered=False, upper_example={"formerly": ["old-example"]})
    for number in range(1, 13):
        page, _ = found[section_uri("place", "old-example", "claims", number)]
        assert page.moved and page.at_rest and page.moved.uri == section_uri("place", "upper-example", "claims", number)
    assert section_uri("place", "old-example", "claims", 13) not in found


def test_a_page_that_withdrawn_claims_were_on_leads_to_the_record(edited: Callable[..., Made]) -> None:
    """So many are withdrawn that the list needs one page less."""
    fewer = {}
    for number in (1, 2, 3):
        first, *others = sheet(number, 9).split("  - id: cl-")[1:]
        gone = [claim.replace("    status:", "    withdrawn: It was made up.\n    status:") for claim in others]
        fewer[f"sheet_{number:02}"] = "  - id: cl-".join([sheet(number, 9).partition("  - id: cl-")[0], first, *gone])
    found = edited(rendered=False, **fewer)
    assert numbers(found, "actors/example-wire", "says") == list(range(1, 13))
    page, _ = found["actors/example-wire/says/12.md"]
    assert page.moved and page.at_rest and (page.moved.uri, page.moved.anchor) == ("actors/example-wire.md", "says")
    assert not found["actors/example-wire/says/11.md"][0].moved
