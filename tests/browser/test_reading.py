"""A reader's way through the built site: home, the briefing, a place, the search."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

BRIEFING = "briefings/deir-ez-zor-al-qaim-2017-11-03/"
WIDTHS = [pytest.param(360, id="phone"), pytest.param(1280, id="desktop")]


def test_from_home_to_a_claim_and_its_source(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_role("link", name=re.compile(r"^All \d+ briefings")).click()
    page.get_by_role("link", name=re.compile("^What Islamic State lost")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("what it kept")
    page.locator("#fighters-1500 + p").get_by_role("link", name="link to this claim").click()
    expect(page).to_have_url(re.compile(r"#fighters-1500$"))
    chip = page.locator("#fighters-1500 + p")
    expect(chip).to_contain_text("Superseded")
    expect(chip).to_contain_text("U.S. military")
    chip.get_by_role("link", name="Source 1", exact=True).click()
    expect(page).to_have_url(re.compile(r"#ref-1$"))
    page.locator("#ref-1").get_by_role("link", name="IS Loses Last Towns").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("IS Loses Last Towns After Twin Raids on Iraq-Syria Border")
    expect(page.get_by_role("heading", name="What would be unsupported without it")).to_be_visible()


def test_the_briefing_leads_to_a_place_and_back(page: Page, site: str) -> None:
    page.goto(site + BRIEFING)
    page.locator("#map ~ p").first.get_by_role("link", name="Rawa").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rawa")
    expect(page.get_by_role("heading", name="Who held it, and who says so")).to_be_visible()
    page.locator("#events + div").get_by_role("link", name="Iraqi forces take Rawa").click()
    expect(page).to_have_url(re.compile("briefings/rawa-2017-11-17/#event-rawa$"))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", ["", BRIEFING, "places/al-qaim/", "timeline/", "sources/", "measures/is-fighters-at-al-qaim/"])
def test_nothing_sticks_out_at_the_side(new_page: Callable[..., Page], site: str, path: str, width: int) -> None:
    page = new_page(viewport={"width": width, "height": 800})
    page.goto(site + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_every_link_inside_a_briefing_has_its_target(page: Page, site: str) -> None:
    page.goto(site + BRIEFING)
    missing = page.evaluate(
        """() => [...document.querySelectorAll('article a[href*="#"]')]
            .map((link) => new URL(link.getAttribute("href"), location))
            .filter((url) => url.pathname === location.pathname)
            .filter((url) => !document.getElementById(decodeURIComponent(url.hash.slice(1))))
            .map((url) => url.href)"""
    )
    assert missing == []


def test_searching_from_the_header_by_keyboard_alone(page: Page, site: str) -> None:
    page.goto(site + "places/rawa/")
    page.keyboard.press("/")
    dialog = page.get_by_role("dialog", name="Search")
    expect(dialog.get_by_role("searchbox", name="Search this site")).to_be_focused()
    page.keyboard.type("Husaybah")
    expect(dialog.get_by_role("status")).to_contain_text("found")
    page.keyboard.press("ArrowDown")
    expect(dialog.get_by_role("link", name="Husaybah crossing", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Husaybah crossing")


def test_escape_closes_the_search_and_gives_the_focus_back(page: Page, site: str) -> None:
    page.goto(site)
    opener = page.get_by_role("link", name="Search", exact=True).first
    opener.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Search")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Search")).to_be_hidden()
    expect(opener).to_be_focused()


def test_the_search_page_answers_and_leads_to_a_claim(page: Page, site: str) -> None:
    page.goto(site + "search/?q=battle-proven")
    found = page.locator("#bb-search-page")
    expect(found.get_by_role("status")).to_contain_text("page")
    found.get_by_role("link", name=re.compile("Robert P. White, 3 November 2017")).first.click()
    expect(page).to_have_url(re.compile(rf"{BRIEFING}.*#quote-"))


def test_a_search_without_a_hit_says_so(page: Page, site: str) -> None:
    page.goto(site + "search/")
    page.get_by_role("searchbox").fill("zzyzx-nowhere")
    expect(page.locator("#bb-search-page").get_by_role("status")).to_have_text("Nothing found")


def test_without_javascript_everything_but_the_search_is_there(new_page: Callable[..., Page], site: str) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(site + BRIEFING)
    expect(page.locator("#answer")).to_be_visible()
    expect(page.locator("#last-two-towns")).to_be_visible()
    page.locator("#bb-search-open").click()
    expect(page).to_have_url(site + "search/")
    page.get_by_role("article").get_by_role("link", name="Places").click()
    page.get_by_role("article").get_by_role("link", name="Al-Qaim", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Al-Qaim")


def test_the_edit_link_leads_to_the_record(page: Page, site: str) -> None:
    page.goto(site + "places/rawa/")
    assert page.get_by_role("link", name="Edit this page").get_attribute("href", timeout=5000).endswith("/content/places/rawa.yaml")  # type: ignore[union-attr]  # absent would fail just as well
