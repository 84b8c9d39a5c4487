"""What keeps its address though something else has taken its place, as readers come upon it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import faults
from tests.projects import Project, flood_project

BRIEFING = "briefings/deir-ez-zor-al-qaim-2017-11-03/"
FLOOD = "briefings/fable-flood.yaml"


@pytest.fixture(scope="session")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A flood with a claim and a place withdrawn, and a claim and the sheet by other ids than they had."""
    project = flood_project(tmp_path_factory.mktemp("changed") / "project")
    project.replace(FLOOD, "  - id: cl-moved\n", "  - id: cl-left\n    formerly: [cl-moved]\n")
    project.replace(FLOOD, "supersedes: [cl-moved]", "supersedes: [cl-left]")
    project.replace(FLOOD, "  - id: qt-water\n", "  - id: qt-water\n    withdrawn: She never said so.\n")
    with (project.content / "places/lower-example.yaml").open("a", encoding="utf-8") as record:
        record.write("withdrawn: There is no such village.\n")
    for old in ("    places: [lower-example]\n", "[upper-example, lower-example]", "(place:lower-example)"):
        text = (project.content / FLOOD).read_text(encoding="utf-8")
        new = {"(": "(place:upper-example)", "[": "[upper-example]"}.get(old.strip()[0], "")
        (project.content / FLOOD).write_text(text.replace(old, new), encoding="utf-8")
    project.build()
    return project


@pytest.fixture
def flood(changed: Project, serve_folder: Callable[..., str]) -> str:
    return serve_folder(changed.site) + "/"


@pytest.mark.parametrize("script", [True, False])
def test_a_former_address_leads_on(new_page: Callable[..., Page], flood: str, script: bool) -> None:
    page = new_page(java_script_enabled=script)
    page.goto(flood + "briefings/fable-water/")
    page.wait_for_url(flood + "briefings/fable-flood/")
    expect(page.get_by_role("heading", level=1)).to_have_text("River Fable floods two villages")


def test_the_part_that_was_asked_for_goes_along(page: Page, flood: str) -> None:
    page.goto(flood + "briefings/fable-water/#cl-rose")
    page.wait_for_url(flood + "briefings/fable-flood/#cl-rose")
    expect(page.locator("#cl-rose")).to_be_in_viewport()


def test_an_anchor_by_its_former_name(new_page: Callable[..., Page], flood: str) -> None:
    page = new_page(java_script_enabled=False, viewport={"width": 360, "height": 640})
    page.goto(flood + "briefings/fable-flood/#cl-moved")
    expect(page.locator("#cl-left")).to_be_in_viewport()


def test_what_was_withdrawn_says_why(page: Page, flood: str) -> None:
    page.goto(flood + "briefings/fable-flood/#qt-water")
    expect(page.locator("#qt-water")).to_be_in_viewport()
    expect(page.get_by_role("article")).to_contain_text("She never said so.")
    page.goto(flood + "places/lower-example/")
    expect(page.get_by_role("article")).to_contain_text("There is no such village.")
    assert faults(page) == []
    page.goto(flood + "places/")
    expect(page.get_by_role("link", name="Lower Example")).to_have_count(0)


@pytest.mark.parametrize("script", [True, False])
def test_an_earlier_version_says_what_it_is(new_page: Callable[..., Page], site: str, script: bool) -> None:
    page = new_page(java_script_enabled=script, viewport={"width": 360, "height": 800})
    page.goto(site + BRIEFING)
    page.get_by_role("link", name="earliest state").click()
    notice = page.locator(".bb-notice")
    expect(notice).to_be_in_viewport()
    expect(notice).to_contain_text("It never stood here on its own day.")
    expect(page.locator("#fighters-1500")).to_be_visible()
    expect(page.locator("article")).not_to_contain_text("Baghouz were taken, and with them the last ground", use_inner_text=True)
    notice.get_by_role("link", name="Read it as it stands now").click()
    page.wait_for_url(site + BRIEFING)


def test_every_version_can_be_walked_through(page: Page, site: str) -> None:
    page.goto(site + BRIEFING + "at/first/")
    seen = 1
    while page.get_by_role("link", name="The version after").count():
        with page.expect_navigation():
            page.get_by_role("link", name="The version after").click()
        seen += 1
    expect(page.locator(".bb-notice")).to_contain_text("Nothing has changed since.")
    page.goto(site + BRIEFING)
    assert page.get_by_role("link", name="That version").count() == seen - 1


def test_the_search_knows_the_sheet_as_it_stands_alone(page: Page, site: str, built_site: Path) -> None:
    assert (built_site / BRIEFING / "at/first/index.html").is_file()
    page.goto(site + "search/?q=Deir+ez-Zor")
    expect(page.locator(f"a[href*='{BRIEFING}']").first).to_be_visible()
    assert page.locator("a[href*='/at/']").count() == 0
