"""Everything can be reached and worked by keyboard, seen when it has the focus, and left again."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

BRIEFING = "briefings/deir-ez-zor-al-qaim-2017-11-03/"
WIDTHS = [pytest.param(360, id="phone"), pytest.param(1280, id="desktop")]
WALKED = ["", "places/al-qaim/", "search/", "about/", "404.html"]

# What can take the focus and is shown, in the page's order.
CONTROLS = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
    .filter((node) => node.checkVisibility({ visibilityProperty: true }) && !node.disabled && node.tabIndex >= 0)
    .map((node, place) => { node.dataset.place = place; return place; })"""

# Where the focus is and whether a reader can see that.
FOCUS = """() => {
    const node = document.activeElement;
    if (node === document.body) return null;
    // A link in a picture has gaps between its parts: its mark stands for it.
    const seen = node instanceof SVGElement ? node.firstElementChild : node;
    const box = seen.getClientRects()[0] ?? new DOMRect();
    const style = getComputedStyle(node);
    const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return {
        place: node.dataset.place ?? null,
        said: node.outerHTML.slice(0, 120),
        shown: box.width >= 4 && box.height >= 4 && box.left >= -1 && box.right <= innerWidth + 1 && box.top >= -1 && box.bottom <= innerHeight + 1
            && style.opacity > 0.9 && Boolean(at) && (node.contains(at) || at.contains(node)),
        marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    };
}"""


def focus(page: Page) -> dict[str, Any] | None:
    return page.evaluate(FOCUS)  # type: ignore[no-any-return]  # what FOCUS returns


def walk(page: Page, key: str = "Tab") -> list[dict[str, Any]]:
    """Every stop on the way through the page, to its end."""
    stops = []
    page.keyboard.press(key)
    while (stop := focus(page)) and len(stops) < 900:
        stops.append(stop)
        page.keyboard.press(key)
    return stops


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", WALKED)
def test_every_control_is_a_visible_stop_in_order(new_page: Callable[..., Page], site: str, path: str, width: int, key: str) -> None:
    page = new_page(viewport={"width": width, "height": 740}, reduced_motion="reduce")
    page.goto(site + path, wait_until="networkidle")
    expected = [str(place) for place in page.evaluate(CONTROLS)]
    stops = walk(page, key)
    assert [stop["said"] for stop in stops if not (stop["shown"] and stop["marked"])] == []
    reached = [stop["place"] for stop in stops if stop["place"]]
    assert reached == (expected if key == "Tab" else expected[::-1])
    assert len(expected) > 5


@pytest.mark.parametrize("width", WIDTHS)
def test_the_briefing_too(new_page: Callable[..., Page], site: str, width: int) -> None:
    """It is long: the first stops are looked at, and that nothing has an order of its own."""
    page = new_page(viewport={"width": width, "height": 740}, reduced_motion="reduce")
    page.goto(site + BRIEFING, wait_until="networkidle")
    assert page.locator("[tabindex]:not([tabindex='-1'], [tabindex='0'])").count() == 0
    for _ in range(60):
        page.keyboard.press("Tab")
        stop = focus(page)
        assert stop and stop["shown"] and stop["marked"], stop


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", [*WALKED, BRIEFING])
def test_the_first_stop_skips_to_the_content(new_page: Callable[..., Page], site: str, path: str, width: int, javascript: bool) -> None:
    page = new_page(viewport={"width": width, "height": 740}, java_script_enabled=javascript)
    page.goto(site + path)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_have_css("opacity", "1")
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.locator("article")).to_be_focused()
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(page.locator("article :focus, footer :focus")).to_have_count(1)


@pytest.mark.parametrize("javascript", [True, False])
def test_the_menu_opens_and_closes(new_page: Callable[..., Page], site: str, javascript: bool) -> None:
    page = new_page(viewport={"width": 360, "height": 740}, java_script_enabled=javascript)
    page.goto(site + "places/al-qaim/")
    button = page.get_by_role("button", name="Menu")
    menu = page.get_by_role("navigation", name="Menu")
    expect(menu).to_be_hidden()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(menu.get_by_role("link").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()
    page.keyboard.press("Space")
    page.mouse.click(340, 700)
    expect(menu).to_be_hidden()
    button.click()
    menu.get_by_role("link", name="Sources").last.click()
    expect(page).to_have_url(site + "sources/")
    expect(menu).to_be_hidden()


def test_a_link_within_the_page_closes_the_menu(new_page: Callable[..., Page], site: str) -> None:
    page = new_page(viewport={"width": 360, "height": 740})
    page.goto(site + "places/al-qaim/", wait_until="networkidle")
    menu = page.get_by_role("navigation", name="Menu")
    page.get_by_role("button", name="Menu").press("Enter")
    menu.get_by_role("link", name="Who held it").press("Enter")
    expect(menu).to_be_hidden()
    expect(page).to_have_url(re.compile("#control$"))
    expect(page.locator("#control")).to_be_in_viewport()
    page.keyboard.press("Tab")
    assert page.evaluate("document.getElementById('control').compareDocumentPosition(document.activeElement)") == 4, "on from there"


def test_the_menu_names_the_page_and_its_sections(new_page: Callable[..., Page], site: str) -> None:
    page = new_page(viewport={"width": 360, "height": 740})
    page.goto(site + "timeline/")
    page.get_by_role("button", name="Menu").click()
    menu = page.get_by_role("navigation", name="Menu")
    expect(menu.locator("[aria-current=page]")).to_have_text("Timeline")
    sections = page.locator("article h2").evaluate_all("nodes => nodes.map((node) => '#' + node.id)")
    assert menu.locator("a[href^='#']").evaluate_all("links => links.map((link) => link.getAttribute('href'))") == sections != []


def test_a_wide_screen_has_the_sidebar_and_no_menu(new_page: Callable[..., Page], site: str) -> None:
    page = new_page(viewport={"width": 1280, "height": 740})
    page.goto(site)
    expect(page.get_by_role("button", name="Menu")).to_be_hidden()
    expect(page.get_by_role("navigation", name="Navigation").get_by_role("link", name="Timeline")).to_be_visible()
    page.set_viewport_size({"width": 1000, "height": 740})
    expect(page.get_by_role("button", name="Menu")).to_be_visible()
    expect(page.get_by_role("navigation", name="Navigation")).to_be_hidden()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_search_and_back_by_keyboard(new_page: Callable[..., Page], site: str, width: int) -> None:
    page = new_page(viewport={"width": width, "height": 740})
    page.goto(site, wait_until="networkidle")
    while not page.evaluate("document.activeElement.id === 'bb-search-open'"):
        page.keyboard.press("Tab")
        assert focus(page)
    page.keyboard.press("Enter")
    page.keyboard.type("Rawa")
    dialog = page.get_by_role("dialog", name="Search")
    expect(dialog.get_by_role("status")).to_contain_text("found")
    page.keyboard.press("ArrowDown")
    first = dialog.get_by_role("link").first
    expect(first).to_be_focused()
    title = first.inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.go_back()
    expect(page).to_have_url(site)


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_palette_is_a_button(page: Page, site: str, key: str) -> None:
    page.goto(site)
    page.get_by_role("button", name="Switch to dark mode").press(key)
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    light = page.get_by_role("button", name="Switch to light mode")
    expect(light).to_be_focused()
    expect(page.get_by_role("button", name="Switch to dark mode")).to_be_hidden()
    light.press(key)
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", ["", BRIEFING])
def test_nothing_moves_for_who_wants_no_motion(new_page: Callable[..., Page], site: str, path: str, width: int) -> None:
    moving = """() => [...document.querySelectorAll("*")].filter((node) => ["", "::before", "::after"].some((part) => {
        const style = getComputedStyle(node, part);
        return parseFloat(style.transitionDuration) > 0 || style.animationName !== "none" || style.scrollBehavior === "smooth";
    })).length"""
    page = new_page(viewport={"width": width, "height": 740}, reduced_motion="reduce")
    page.goto(site + path, wait_until="networkidle")
    assert page.evaluate(moving) == 0
    page.keyboard.press("Tab")
    assert page.evaluate("document.getAnimations().length") == 0
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(moving) > 0, "the theme moves for the others"
