"""What the search shows, and how it is heard."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

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


def test_the_menu_is_told_apart_in_both_palettes(new_page: Callable[..., Page], site: str) -> None:
    for scheme in ("light", "dark"):
        page = new_page(viewport={"width": 360, "height": 740}, color_scheme=scheme, reduced_motion="reduce")
        page.goto(site + "timeline/", wait_until="networkidle")
        page.get_by_role("button", name="Menu").click()
        assert [fault["id"] for fault in faults(page)] == []
