"""A sheet can be read, shared and printed at four depths, without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

BRIEFING = "briefings/deir-ez-zor-al-qaim-2017-11-03/"
DEPTHS = ["One sentence", "One minute", "Overview", "Everything"]
LANDMARKS = {"One sentence": "#answer", "One minute": "#highlights", "Overview": "#unknowns", "Everything": "#claims"}
"""What each depth adds to the one before."""
WORDS = {"One sentence": 120, "One minute": 700, "Overview": 3000}
"""At most this many, chips and labels included."""


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def sheet(request: pytest.FixtureRequest, new_page: Callable[..., Page], site: str) -> Page:
    page = new_page(java_script_enabled=request.param, viewport={"width": 360, "height": 800})
    page.goto(site + BRIEFING)
    return page


def choose(page: Page, depth: str) -> None:
    page.get_by_role("navigation", name="How much to read").get_by_role("link", name=depth, exact=True).click()


def test_at_first_all_of_it_is_there(sheet: Page) -> None:
    for landmark in LANDMARKS.values():
        expect(sheet.locator(landmark)).to_be_visible()


@pytest.mark.parametrize("depth", DEPTHS)
def test_each_depth_shows_its_own_and_hides_what_lies_deeper(sheet: Page, depth: str) -> None:
    choose(sheet, depth)
    shown = DEPTHS[: DEPTHS.index(depth) + 1]
    for name, landmark in LANDMARKS.items():
        expect(sheet.locator(landmark)).to_be_visible(visible=name in shown)
    more = sheet.get_by_role("navigation", name="Read more of it").get_by_role("link")
    expect(more).to_have_text(DEPTHS[DEPTHS.index(depth) + 1 :])


@pytest.mark.parametrize("depth", WORDS)
def test_a_depth_is_as_short_as_it_says(page: Page, site: str, depth: str) -> None:
    page.goto(site + BRIEFING)
    choose(page, depth)
    assert len(page.get_by_role("article").inner_text().split()) <= WORDS[depth]


def test_a_link_to_a_detail_opens_the_depth_where_it_lies(sheet: Page) -> None:
    choose(sheet, "One minute")
    sheet.get_by_role("link", name="Evidence for point 2").click()
    expect(sheet.locator("#fighters-1500")).to_be_in_viewport()
    sheet.go_back()
    expect(sheet.locator("#fighters-1500")).to_be_hidden()


def test_a_link_to_evidence_opens_it_and_the_way_back_leads_to_where_it_was(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(site + BRIEFING)
    choose(page, "One minute")
    point = page.get_by_role("link", name="Evidence for point 5")
    point.scroll_into_view_if_needed()
    left = page.evaluate("scrollY")
    assert left > 300
    point.click()
    expect(page.locator("#threat-remains ~ details > p").first).to_be_in_viewport()
    page.go_back()
    expect(point).to_be_in_viewport()
    page.wait_for_function("left => Math.abs(scrollY - left) < 40", arg=left)


def test_voices_are_told_which_depth_is_shown(page: Page, site: str) -> None:
    page.goto(site + BRIEFING)
    current = page.locator(".bb-depths a[aria-current=true]:visible")
    expect(current).to_have_text("Everything")
    choose(page, "Overview")
    expect(current).to_have_text("Overview")


def test_a_source_number_of_the_minute_leads_to_the_source(sheet: Page) -> None:
    choose(sheet, "One minute")
    sheet.locator(".bb-figures").get_by_role("link", name="Source 1", exact=True).first.click()
    expect(sheet.locator("#ref-1")).to_be_in_viewport()


@pytest.mark.parametrize("depth", DEPTHS[1:])
def test_every_source_number_that_is_printed_has_its_source(sheet: Page, depth: str) -> None:
    choose(sheet, depth)
    sheet.emulate_media(media="print")
    refs = sheet.locator('a[href^="#ref-"]:visible')
    targets = {refs.nth(index).get_attribute("href") for index in range(0, refs.count(), 7)}
    assert targets
    for target in targets:
        expect(sheet.locator(str(target))).to_be_visible()


def test_evidence_opens_by_keyboard(page: Page, site: str) -> None:
    page.goto(site + BRIEFING)
    evidence = page.locator("#fighters-1500 ~ details").first
    expect(evidence.get_by_text("Superseded by:")).to_be_hidden()
    evidence.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(evidence.get_by_text("Superseded by:")).to_be_visible()


def test_paper_shows_the_evidence_and_the_addresses_and_no_controls(sheet: Page) -> None:
    sheet.emulate_media(media="print")
    expect(sheet.get_by_role("navigation", name="How much to read")).to_be_hidden()
    expect(sheet.locator("#fighters-1500 ~ details").first.get_by_text("Superseded by:")).to_be_visible()
    expect(sheet.locator("#cite + pre")).to_contain_text(f"/{BRIEFING}")


def test_paper_says_where_the_page_is_and_the_screen_does_not(page: Page, site: str) -> None:
    page.goto(site + "places/rawa/")
    address = page.locator("article").get_by_text("/places/rawa/", exact=False).last
    expect(address).to_be_hidden()
    page.emulate_media(media="print")
    expect(address).to_be_visible()
    assert page.locator("link[rel=canonical]").get_attribute("href") == address.inner_text()


def test_paper_carries_the_addresses_of_the_sources(page: Page, site: str) -> None:
    page.goto(site + BRIEFING)
    page.emulate_media(media="print")
    link = page.locator("#ref-1 .bb-original")
    printed = link.evaluate("node => getComputedStyle(node, '::after').content")
    assert str(link.get_attribute("href")) in printed
