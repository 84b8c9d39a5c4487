"""Hostile texts in every field, in a real browser: nothing runs, nothing is asked for, and pages are built as with ordinary words."""

import re
from collections.abc import Callable
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.hostile.browser import NARROW, addresses, differing, of_controls, visit, watch
from tests.hostile.sweep import FIRST, by_class, project_of, with_controls
from tests.projects import Project

FAMILIES = with_controls([by_class(24)])
LIKE = (
    "sheet-1/",
    "place-1/",
    "actor-1/",
    "person-1/",
    "source-1/",
    "measure-1/",
    "/cite/",
    "at/first/",
    "embed/sheet-1/cl-a/",
    "light/sheet-1/",
)
"""A page of each template with texts of records."""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = project_of(tmp_path_factory.mktemp("hostile") / "project", FAMILIES)
    project.build()
    return project


@pytest.fixture(scope="module")
def root(hostile: Project, serve_folder: Callable[..., str]) -> str:
    return serve_folder(hostile.site, under="/facts") + "/"


def test_pages_are_those_of_ordinary_words(new_page: Callable[..., Page], hostile: Project, root: str) -> None:
    page = new_page(viewport={"width": NARROW, "height": 740})
    found = watch(page)
    for address in of_controls(hostile.site):
        if address.endswith(LIKE):
            found += differing(page, root, address, [FIRST], FAMILIES)
    assert not found, "\n".join(found)


def test_lists_of_records_run_nothing(new_page: Callable[..., Page], hostile: Project, root: str) -> None:
    page = new_page(viewport={"width": NARROW, "height": 740})
    found = watch(page)
    for address in addresses(hostile.site):
        if not any(character.isdigit() for character in address):
            found += visit(page, root, address)
    assert not found, "\n".join(found)


def test_nothing_runs_without_the_policy_either(new_page: Callable[..., Page], hostile: Project, root: str) -> None:
    """Escaping alone does it: the policy is a second lock."""
    page = new_page(viewport={"width": NARROW, "height": 740}, bypass_csp=True)
    found = watch(page)
    for name in ("briefings/sheet", "places/place", "sources/source", "light/sheet"):
        found += visit(page, root, f"{name}-{FIRST}/")
    assert not found, "\n".join(found)


# --- the search -----------------------------------------------------------------------------------------

RESULTS = """(list) => [...list.querySelectorAll("*")].map((element) => [element.localName, ...element.getAttributeNames()].join(" "))"""
MADE_OF = {"li", "a href", "span class", "p", "mark", "ul"}
"""What the search page makes results of."""
TITLES = ("place.name", "actor.name", "person.name", "source.title", "measure.title", "briefing.title")


def asked(text: str) -> str:
    """Words of a text that the search can look for."""
    return " ".join(re.findall(r"[^\W_]+", text)[:6])


@pytest.mark.parametrize("where", ["dialog", "page"])
def test_the_search_shows_texts_as_texts(new_page: Callable[..., Page], root: str, where: str) -> None:
    page = new_page(bypass_csp=True)
    found = watch(page)
    page.goto(root if where == "dialog" else f"{root}search/")
    if where == "dialog":
        page.keyboard.press("/")
    box = page.get_by_role("dialog", name="Search") if where == "dialog" else page.locator("#bb-search-page")
    for name in TITLES:
        title = FAMILIES[FIRST][name]
        if len(asked(title)) < 3:
            continue
        box.get_by_role("searchbox").fill(asked(title))
        expect(box.get_by_role("status")).to_contain_text("found")
        expect(box.locator("ol > li > a", has_text=title).first).to_be_visible()
        assert set(box.locator("ol").evaluate(RESULTS)) <= MADE_OF
        box.get_by_role("searchbox").fill(title)
        expect(box.get_by_role("status")).not_to_be_empty()
    assert page.evaluate("window.__hit ?? null") is None
    assert not found, "\n".join(found)


@pytest.mark.parametrize("address", ["search/", "timeline/"])
def test_what_stands_in_an_address_is_text(new_page: Callable[..., Page], root: str, address: str) -> None:
    """Both pages begin with what their address says, which somebody else may have written."""
    page = new_page(bypass_csp=True)
    found = watch(page)
    for text in (
        "<img src=x onerror=top.__hit=1>",
        '"><script>top.__hit=1</script>',
        "javascript:top.__hit=1",
        "__proto__",
        "&lt;svg onload=top.__hit=1&gt;",
    ):
        said = urlencode(dict.fromkeys(("q", "place", "actor", "strand", "source", "year", "sort", "group"), text))
        page.goto(f"{root}{address}?{said}#{quote(text)}")
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.__hit ?? null") is None, text
        assert page.locator("[onerror], [onload]").count() == 0, text
    assert not found, "\n".join(found)
