"""What the search shows, and how it is heard."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.axe import faults


@pytest.mark.parametrize("query", ["fighters", "independent", "Husaybah"])
def test_parts_of_a_page_are_records_and_not_sections(page: Page, site: str, query: str) -> None:
    """Every source has a section on what rests on it, and every place one on its names: they tell a reader nothing."""
    page.goto(f"{site}search/?q={query}")
    results = page.locator("#bb-search-page ol > li")
    expect(results.first).to_be_visible()
    for address in results.locator("ul a").evaluate_all("links => links.map((link) => link.href)"):
        page.goto(address)
        heading = page.locator(":target")
        if page.locator("[data-pagefind-filter='kind:page']").count() == 0:
            assert heading.evaluate("node => node.tagName") == "H3", address


def test_a_claim_and_a_section_of_a_hand_written_page_are_parts(page: Page, site: str) -> None:
    parts = page.locator("#bb-search-page ol li li")
    page.goto(f"{site}search/?q=independent")
    expect(parts.locator("a[href*='/about/rules/#']").first).to_be_visible()
    page.goto(f"{site}search/?q=fighters")
    expect(parts.locator("a[href*='/briefings/']").first).to_have_attribute("href", re.compile("#."))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_open_dialog_has_no_fault(new_page: Callable[..., Page], site: str, width: int, scheme: str) -> None:
    page = new_page(viewport={"width": width, "height": 740}, color_scheme=scheme, reduced_motion="reduce")
    page.goto(site, wait_until="networkidle")
    page.keyboard.press("/")
    page.keyboard.type("fighters")
    dialog = page.get_by_role("dialog", name="Search")
    expect(dialog.get_by_role("status")).to_have_text(re.compile(r"^\d+ pages? found$"))
    found = faults(page)
    assert [(fault["id"], [node["html"] for node in fault["nodes"]][:2]) for fault in found] == []
    assert page.evaluate("document.querySelector('dialog').scrollWidth <= document.querySelector('dialog').clientWidth")


def test_more_results_take_the_focus(page: Page, site: str) -> None:
    page.goto(f"{site}search/?q=fighters")
    results = page.locator("#bb-search-page ol > li")
    expect(results).to_have_count(6)
    page.get_by_role("button", name="Show more").press("Enter")
    expect(results.nth(6).get_by_role("link").first).to_be_focused()


def fragments(page: Page, number: int, does: Callable[[Route], None]) -> None:
    """Have something else done with the request for what is stored of the page that is found in this place."""
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        does(route) if len(asked) == number else route.continue_()

    page.route("**/fragment/*", answer)


def addresses(page: Page) -> list[str]:
    return page.locator("#bb-search-page > ol > li > a").evaluate_all("links => links.map((link) => link.pathname)")


def test_a_result_that_cannot_be_had_is_not_in_the_way_of_others(page: Page, site: str) -> None:
    fragments(page, 3, lambda route: route.fulfill(body="what is this?"))
    page.goto(f"{site}search/?q=fighters")
    expect(page.locator("#bb-search-page").get_by_role("status")).to_have_text("The search could not be loaded.")
    results = page.locator("#bb-search-page > ol")
    expect(results.locator("> li")).to_have_count(2)
    expect(results).to_have_attribute("aria-busy", "false")
    page.get_by_role("button", name="Show more").click()
    expect(results.locator("> li")).to_have_count(8)
    found = addresses(page)
    assert len(set(found)) == len(found)


def test_more_is_asked_for_once_however_often_it_is_pressed(page: Page, site: str) -> None:
    held: list[Route] = []
    fragments(page, 7, held.append)
    page.goto(f"{site}search/?q=fighters")
    results = page.locator("#bb-search-page > ol")
    expect(results.locator("> li")).to_have_count(6)
    more = page.get_by_role("button", name="Show more")
    more.click()
    expect(results).to_have_attribute("aria-busy", "true")
    more.click()
    held.pop().continue_()
    expect(results.locator("> li")).to_have_count(12)
    found = addresses(page)
    assert len(set(found)) == len(found)


def test_who_types_on_sees_the_results_of_the_last_word_alone(page: Page, site: str) -> None:
    held: list[Route] = []
    fragments(page, 4, held.append)
    page.goto(f"{site}search/?q=fighters")
    results = page.locator("#bb-search-page > ol")
    expect(results.locator("> li")).to_have_count(3)
    page.get_by_label("Search this site").fill("Husaybah")
    status = page.locator("#bb-search-page").get_by_role("status")
    expect(status).to_have_text(re.compile("found"))
    said, found = status.text_content(), addresses(page)
    held.pop().continue_()
    page.wait_for_load_state("networkidle")
    assert (status.text_content(), addresses(page)) == (said, found)
    expect(results).to_have_attribute("aria-busy", "false")
    page.goto(f"{site}search/?q=Husaybah")
    expect(status).to_have_text(said or "")
    assert addresses(page) == found


def test_the_menu_is_told_apart_in_both_palettes(new_page: Callable[..., Page], site: str) -> None:
    for scheme in ("light", "dark"):
        page = new_page(viewport={"width": 360, "height": 740}, color_scheme=scheme, reduced_motion="reduce")
        page.goto(site + "timeline/", wait_until="networkidle")
        page.get_by_role("button", name="Menu").click()
        assert [fault["id"] for fault in faults(page)] == []
