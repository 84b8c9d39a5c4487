"""No page kind has a fault that axe can find, on a phone or a wide screen, in light or dark."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import Page

from tests.browser.axe import Rules, faults

PATHS = [
    "",
    "briefings/",
    "briefings/deir-ez-zor-al-qaim-2017-11-03/",
    "briefings/deir-ez-zor-al-qaim-2017-11-03/at/first/",
    "places/al-qaim/",
    "actors/syrian-army/",
    "people/haider-al-abadi/",
    "sources/voa-2017-11-03/",
    "sources/",
    "measures/is-fighters-at-al-qaim/",
    "timeline/",
    "map/",
    "changes/",
    "data/",
    "years/",
    "years/2017/",
    "statuses/",
    "statuses/disputed/",
    "search/",
    "about/",
    "404.html",
]


@pytest.mark.parametrize(
    ("width", "scheme", "rules"),
    [
        (1280, "light", "all"),
        (360, "light", "other"),
        (360, "dark", "of colours"),
        # Few colours are seen on one kind of screen alone.
        pytest.param(360, "light", "of colours", marks=pytest.mark.deep),
        pytest.param(1280, "dark", "of colours", marks=pytest.mark.deep),
    ],
)
def test_axe_finds_nothing(new_page: Callable[..., Page], site: str, width: int, scheme: str, rules: Rules) -> None:
    page = new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    found = []
    for path in PATHS:
        page.goto(site + path)
        found += [f"{path}: {fault['id']}: {fault['nodes'][0]['html'][:120]}" for fault in faults(page, rules)]
    assert found == []


def test_axe_would_find_something(page: Page, site: str) -> None:
    page.goto(site)
    page.evaluate(
        """() => {
            document.querySelector("article").insertAdjacentHTML("beforeend", '<img src="data:,"><p>faint</p>');
            document.querySelector("article").lastElementChild.style.color = "#ccc";
        }"""
    )
    found = {fault["id"] for fault in faults(page)}
    assert found >= {"image-alt", "color-contrast"}
    assert {fault["id"] for fault in faults(page, "of colours")} == {"color-contrast"}
    assert {fault["id"] for fault in faults(page, "other")} == found - {"color-contrast"}


def test_names_in_other_scripts_are_marked(page: Page, site: str) -> None:
    page.goto(site + "places/al-qaim/")
    assert page.locator("article [lang=ar]").first.evaluate("node => getComputedStyle(node).direction") == "rtl"


def test_headings_leave_out_no_level(page: Page, site: str) -> None:
    for path in PATHS:
        page.goto(site + path)
        levels = page.evaluate("[...document.querySelectorAll('article :is(h1,h2,h3,h4,h5,h6)')].map((node) => Number(node.tagName[1]))")
        assert levels[:1] == [1], path
        assert all(after <= before + 1 for before, after in pairwise(levels)), path
