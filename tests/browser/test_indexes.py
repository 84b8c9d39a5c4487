"""The first page and long lists in a real browser: by keyboard, without JavaScript, on small screens."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import faults
from tests.projects import Project

LISTS = [
    "",
    "briefings/",
    "places/page/2/",
    "actors/",
    "people/",
    "sources/page/2/",
    "measures/",
    "map/",
    "map/page/2/",
    "changes/",
    "timeline/page/2/",
    "places/upper-example/",
    "places/upper-example/events/3/",
]


@pytest.fixture(scope="session")
def many_site(many: Project, serve_folder: Callable[..., str]) -> str:
    """Serve the site of many records, and give its address."""
    return serve_folder(many.site, under="/facts") + "/"


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_sticks_out_at_the_side(new_page: Callable[..., Page], many_site: str, width: int) -> None:
    page = new_page(viewport={"width": width, "height": 800})
    for path in LISTS:
        page.goto(many_site + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing(new_page: Callable[..., Page], many_site: str, width: int) -> None:
    page = new_page(viewport={"width": width, "height": 800})
    found = []
    for path in LISTS:
        page.goto(many_site + path)
        found += [f"{path}: {fault['id']}: {fault['nodes'][0]['html'][:120]}" for fault in faults(page)]
    assert found == []


def test_through_the_pages_by_keyboard(page: Page, many_site: str) -> None:
    page.goto(many_site + "sources/")
    pager = page.get_by_role("navigation", name="Pages")
    expect(pager.locator("[aria-current=page]")).to_contain_text("1")
    pager.get_by_role("link").first.focus()
    expect(pager.get_by_role("link", name=re.compile("^Next page: "))).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(many_site + "sources/page/2/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sources, page 2")
    pager.get_by_role("link", name=re.compile("^← Previous page: ")).focus()
    stops = ["Next page: ", "1 ", "3 ", "4 ", "5 "]
    for stop in stops:
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_have_text(re.compile(f"^{stop}"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(many_site + "sources/page/5/")
    expect(pager.get_by_role("link", name=re.compile("^Next"))).to_have_count(0)


def test_a_letter_leads_to_its_names_on_another_page(page: Page, many_site: str) -> None:
    page.goto(many_site + "actors/")
    page.get_by_role("navigation", name="Parts of the list").get_by_role("link", name="Z", exact=True).click()
    expect(page).to_have_url(many_site + "actors/page/2/#letter-z")
    expect(page.locator("#letter-z")).to_be_in_viewport()


def test_the_first_page_searches(page: Page, site: str) -> None:
    page.goto(site)
    box = page.get_by_role("article").get_by_role("search").get_by_role("searchbox", name="Search this site")
    box.fill("Husaybah & co")
    page.keyboard.press("Enter")
    expect(page).to_have_url(site + "search/?q=Husaybah+%26+co")
    expect(page.locator("#bb-search-page").get_by_role("searchbox")).to_have_value("Husaybah & co")
    expect(page.locator("#bb-search-page").get_by_role("status")).to_contain_text("found")


def test_the_first_page_leads_to_lists_where_no_script_can_search(new_page: Callable[..., Page], site: str) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(site)
    page.get_by_role("searchbox", name="Search this site").fill("Rawa")
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_url(site + "search/?q=Rawa")
    page.get_by_role("article").get_by_role("link", name="Places").click()
    expect(page.get_by_role("article").get_by_role("link", name="Rawa", exact=True)).to_be_visible()


def test_from_the_first_page_by_place_actor_and_date(page: Page, site: str) -> None:
    for section, link, heading in (
        ("By place", "Al-Qaim", "Al-Qaim"),
        ("By actor", "Islamic State", "Islamic State"),
        ("By date", "2017", "Briefings"),
    ):
        page.goto(site)
        expect(page.get_by_role("heading", name=section)).to_be_visible()
        # Not the map's own link of the same name.
        page.locator("article li").get_by_role("link", name=link, exact=True).first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
