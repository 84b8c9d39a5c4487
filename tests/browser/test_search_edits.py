"""After an edit the search finds what it would if everything had been indexed again: no old words, no page twice."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from generator.search import FOLDER, index
from generator.search.kept import DELTA
from generator.search.pagefind import FEW_PAGES
from generator.search.state import STATE

EDITED, REMOVED, ADDED = "briefings/rawa-2017-11-17", "briefings/raqqa-2017-10", "briefings/new-sheet"
FILLER = '<html lang="en"><title>F</title><body data-pagefind-body data-pagefind-filter="kind:page"><h1>Filler {0}</h1></body></html>'
Found = tuple[str, list[str]]


def edit(site: Path, name: str, *changes: tuple[str, str], of: str = "") -> None:
    page = site / name / "index.html"
    text = (site / (of or name) / "index.html").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    page.parent.mkdir(exist_ok=True)
    page.unlink(missing_ok=True)
    page.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def sites(built_site: Path, tmp_path_factory: pytest.TempPathFactory, serve_folder: Callable[..., str]) -> tuple[str, str]:
    """The addresses of two sites with the same edits: what changed was added to the index of one, the other was indexed as a whole."""
    folder = tmp_path_factory.mktemp("edited")
    site = shutil.copytree(built_site, folder / "site")
    for number in range(FEW_PAGES):
        (site / f"filler-{number}.html").write_text(FILLER.format(number), encoding="utf-8")
    index(site, kept=folder / "kept")
    edit(
        site,
        EDITED,
        ('<h1 id="title">', '<h1 id="title">Zebra, '),
        ('data-place="', 'data-place="Zebra Town|'),
        ('data-date="2017-11-17"', 'data-date="2031-01-01"'),
        ('data-year="2017"', 'data-year="2031"'),
    )
    edit(site, ADDED, ('<h1 id="title">', '<h1 id="title">Zebra too, '), ('data-date="', 'data-date="2030-01-01" data-was="'), of=EDITED)
    shutil.rmtree(site / REMOVED)
    whole = shutil.copytree(site, folder / "whole")
    index(site, kept=folder / "kept")
    index(whole)
    assert (site / FOLDER / DELTA).is_dir() and not (whole / FOLDER / DELTA).exists()
    return serve_folder(site, under="/briefbook") + "/", serve_folder(whole, under="/briefbook") + "/"


def everything_found(page: Page) -> Found:
    """What the page says of its results, and the addresses of all of them."""
    status = page.locator("#bb-search-page").get_by_role("status")
    part = page.locator("#bb-search-page > ol")
    expect(status).to_have_text(re.compile("found"))
    results = part.locator("> li")
    more = page.get_by_role("button", name="Show more")
    while more.is_visible():
        before = results.count()
        more.click()
        expect(results).not_to_have_count(before)
        expect(part).to_have_attribute("aria-busy", "false")
    addresses = results.locator("> a").evaluate_all("links => links.map((link) => link.pathname)")
    said = status.text_content() or ""
    assert len(set(addresses)) == len(addresses) and said.startswith(f"{len(addresses) or 'Nothing'} ")
    return said, addresses


def counts(page: Page, name: str) -> list[str]:
    """The values of a facet, each with its count."""
    facet = facet_of(page, name)
    if facet.get_attribute("open") is None:
        facet.locator("summary").click()
    expect(facet.locator("li").first).to_be_attached()
    return sorted(facet.locator("li").all_text_contents())


def facet_of(page: Page, name: str) -> Locator:
    return page.locator(f"[data-facet={name}]")


def asked(page: Page, site: str, question: str) -> Found:
    page.goto(f"{site}search/?{question}")
    return everything_found(page)


def test_the_new_words_are_found_and_the_old_are_not(page: Page, sites: tuple[str, str]) -> None:
    site, _ = sites
    assert sorted(asked(page, site, "q=zebra")[1]) == [f"/briefbook/{ADDED}/", f"/briefbook/{EDITED}/"]
    found = asked(page, site, "q=Rawa")[1]
    assert f"/briefbook/{EDITED}/" in found and f"/briefbook/{ADDED}/" in found
    assert f"/briefbook/{REMOVED}/" not in asked(page, site, "q=Raqqa")[1]


@pytest.mark.parametrize("question", ["q=Rawa", "q=fighters", "q=town", "q=Raqqa", "q=Rawa&year=2031", "place=Rawa", "place=Zebra+Town"])
def test_the_same_is_found_and_counted_as_in_a_whole_index(page: Page, sites: tuple[str, str], question: str) -> None:
    found = []
    for site in sites:
        said, addresses = asked(page, site, question)
        found.append((said, sorted(addresses), counts(page, "kind"), counts(page, "place"), counts(page, "year"), counts(page, "status")))
    assert found[0] == found[1]
    assert len(found[0][1]) > 0


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_the_same_order_by_date(page: Page, sites: tuple[str, str], sort: str) -> None:
    one, other = (asked(page, site, f"q=Rawa&kind=briefing&sort={sort}") for site in sites)
    assert one == other
    ends = (1, 0) if sort == "newest" else (-2, -1)
    assert [one[1][end] for end in ends] == [f"/briefbook/{ADDED}/", f"/briefbook/{EDITED}/"]


def test_an_edited_page_keeps_its_place_among_the_best(page: Page, sites: tuple[str, str]) -> None:
    """Its score in an index of two pages says nothing beside those of hundreds."""
    site, whole = sites
    orders = [[one for one in asked(page, each, "q=Rawa")[1] if one != f"/briefbook/{ADDED}/"] for each in (site, whole)]
    places = [order.index(f"/briefbook/{EDITED}/") for order in orders]
    assert abs(places[0] - places[1]) <= 1
    assert [one for one in orders[0] if EDITED not in one][:5] == [one for one in orders[1] if EDITED not in one][:5]


def test_what_nobody_asked_for_is_not_fetched(page: Page, sites: tuple[str, str]) -> None:
    got: list[str] = []
    page.on("request", lambda request: got.append(request.url))
    page.goto(f"{sites[0]}search/")
    page.wait_for_load_state("networkidle")
    assert not [url for url in got if f"/{FOLDER}/" in url]
    page.get_by_label("Search this site").fill("Rawa")
    everything_found(page)
    assert not [url for url in got if "facets/" in url]
    assert [url for url in got if url.endswith(STATE)]
    facet_of(page, "place").locator("summary").click()
    expect(facet_of(page, "place").locator("li").first).to_be_visible()
    assert {re.sub("-[0-9a-f]+[.]json$", "", url.rpartition("/")[2]) for url in got if "facets/" in url} == {"pages", "place"}
