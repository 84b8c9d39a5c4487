"""Lists of sheets by year and by status: what the search page narrows to, for those without JavaScript."""

from __future__ import annotations

import pytest

from generator.catalog import Catalog
from generator.edtf import parse
from generator.outputs import Site
from generator.pages import library, pages
from generator.pipeline import check
from generator.render import render
from generator.views.facets import MOST_YEARS, facets_of, years_of
from generator.views.listings import PER_PAGE, STATUSES, status_listings, year_listings
from tests.projects import BASE, ROOT, with_briefings


@pytest.fixture(scope="module")
def base() -> Catalog:
    catalog, problems = check(BASE)
    assert problems == ()
    return catalog


def with_sheets(catalog: Catalog, *covers: str) -> Catalog:
    """A sheet for each time."""
    like = catalog.briefings["fable-flood"]
    return with_briefings(catalog, *(like.model_copy(update={"id": f"s-{n:04}", "covers": parse(when)}) for n, when in enumerate(covers)))


def text(catalog: Catalog, uri: str) -> str:
    (page,) = (page for page in pages(library(catalog)) if page.uri == uri)
    (rendered,) = render([page], ROOT / "site_templates", Site("Name"))
    return rendered.text


@pytest.mark.parametrize(
    ("date", "years"),
    [
        ("2017-11-03", [2017]), ("2016/2018-02", [2016, 2017, 2018]), ("2017-12-31/..", [2017]), ("../2017", [2017]), ("2017~", [2017]),
        ("[2017-12-30..2018-01-02]", [2017, 2018]),
    ],
)  # fmt: skip
def test_years_of_a_time(date: str, years: list[int]) -> None:
    assert list(years_of(parse(date))) == years


def test_a_long_time_stands_under_its_last_years() -> None:
    assert list(years_of(parse("0100/2000")))[:: MOST_YEARS - 1] == [2000 - MOST_YEARS + 1, 2000]
    assert list(years_of(None)) == []


def test_a_sheet_is_in_the_list_of_each_year_that_it_tells_of(base: Catalog) -> None:
    found = year_listings(library(with_sheets(base, "2016/2018", "2018-05-01", "2020")))
    assert {one.key: [entry.target.uri for page in one.pages for entry in page.entries] for one in found} == {
        2020: ["briefings/s-0002.md"],
        2018: ["briefings/s-0001.md", "briefings/s-0000.md"],
        2017: ["briefings/s-0000.md"],
        2016: ["briefings/s-0000.md"],
    }
    assert [one.key for one in found] == [2020, 2018, 2017, 2016]


def test_a_status_lists_the_sheets_that_have_it_with_how_many(base: Catalog) -> None:
    (sheet,) = base.briefings.values()
    found = {one.key: one for one in status_listings(library(base))}
    assert tuple(found) == STATUSES
    for status, one in found.items():
        count = sum(claim.status == status for claim in sheet.claims)
        assert one.claims == count
        assert [(entry.count, entry.claims) for page in one.pages for entry in page.entries] == (
            [(count, len(sheet.claims))] if count else []
        )
    alike = tuple(claim.model_copy(update={"status": "reported"}) for claim in sheet.claims)
    assert "No sheet has any." in text(with_briefings(base, sheet.model_copy(update={"claims": alike})), "statuses/superseded.md")


def test_long_lists_come_in_pages(base: Catalog) -> None:
    many = with_sheets(base, *(f"2017-{number % 12 + 1:02}-{number % 28 + 1:02}" for number in range(3 * PER_PAGE + 1)))
    (year,) = year_listings(library(many))
    assert [page.here.uri for page in year.pages] == ["years/2017.md", "years/2017/page/2.md", "years/2017/page/3.md"]
    named = [entry.target.uri for page in year.pages for entry in page.entries]
    assert len(named) == len(set(named)) == year.sheets == 3 * PER_PAGE + 1
    assert [len(page.entries) for page in year.pages] == [PER_PAGE + 1, PER_PAGE, PER_PAGE]
    second = text(many, "years/2017/page/2.md")
    assert "(../../../briefings/s-" in second
    assert "# 2017, page 2 {#title}" in second


def test_the_search_page_leads_to_them_and_they_to_sheets(base: Catalog) -> None:
    assert "(years/index.md)" in text(base, "search.md") and "(statuses/index.md)" in text(base, "search.md")
    assert "[2021](2021.md)" in text(base, "years/index.md")
    assert "(disputed.md)" in text(base, "statuses/index.md")
    assert "(../briefings/fable-flood.md)" in text(base, "years/2021.md")


def test_lists_are_not_for_the_search(base: Catalog) -> None:
    found = [page for page in pages(library(base)) if page.uri.startswith(("years/", "statuses/"))]
    assert len(found) == 2 + len(year_listings(library(base))) + len(STATUSES)
    assert [page.uri for page in found if page.kind] == []


def test_a_sheet_has_the_facets_of_its_claims(base: Catalog) -> None:
    (sheet,) = base.briefings.values()
    found = facets_of(library(base), sheet)
    assert set(found["status"]) == {claim.status for claim in sheet.claims}
    assert {base.places[place].name for claim in sheet.claims for place in claim.places} <= set(found["place"])
    assert {base.sources[one.source].publisher for claim in sheet.claims for one in claim.sources} <= set(found["source"])
    assert found["date"] == (sheet.covers.earliest.isoformat(),)
    assert facets_of(library(base), base.places["upper-example"]) == {"place": ("Upper Example",)}
