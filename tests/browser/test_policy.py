"""Pages obey their Content-Security-Policy, and it stops what should not run."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import PATHS

LISTEN = """
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (event) => violations.push(`${event.effectiveDirective} ${event.blockedURI}`));
"""
PLACE = "places/rawa/"


def violations(page: Page) -> list[str]:
    return page.evaluate("violations")  # type: ignore[no-any-return]  # a list of texts


@pytest.fixture
def watched(new_page: Callable[..., Page]) -> Page:
    page = new_page(viewport={"width": 360, "height": 740})
    page.add_init_script(LISTEN)
    return page


def test_no_page_asks_for_what_its_policy_forbids(watched: Page, site: str) -> None:
    for path in PATHS:
        watched.goto(site + path)
        assert watched.locator("meta[http-equiv=Content-Security-Policy]").count() == 1, path
        assert violations(watched) == [], path


def test_nor_do_the_search_the_menu_and_the_palette(watched: Page, site: str) -> None:
    watched.goto(site + PLACE)
    watched.get_by_role("button", name="Switch to dark mode").click()
    expect(watched.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    watched.get_by_role("button", name="Menu").click()
    watched.get_by_role("navigation", name="Menu").get_by_role("link", name="Timeline").click()
    watched.wait_for_load_state("networkidle")
    watched.keyboard.press("/")
    watched.keyboard.type("Husaybah")
    expect(watched.get_by_role("dialog", name="Search").get_by_role("status")).to_contain_text("found")
    watched.reload()
    expect(watched.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    assert violations(watched) == []


@pytest.mark.parametrize(
    ("planted", "directive"),
    [
        ("<script>document.title = 'taken'</script>", "script-src-elem inline"),
        ("<img src='data:,' alt='' onerror=\"document.title = 'taken'\">", "script-src-attr inline"),
        ("<p style='color: red'>x</p>", "style-src-attr inline"),
        ("<script src='https://elsewhere.example/x.js'></script>", "script-src-elem https://elsewhere.example/x.js"),
        ("<img src='https://elsewhere.example/x.png' alt=''>", "img-src https://elsewhere.example/x.png"),
        ("<img srcset='https://elsewhere.example/x.png 1x' alt=''>", "img-src https://elsewhere.example/x.png"),
        ("<video poster='https://elsewhere.example/x.png'></video>", "img-src https://elsewhere.example/x.png"),
        ("<svg><image href='https://elsewhere.example/x.png'/></svg>", "img-src https://elsewhere.example/x.png"),
        (r"<img src='\\elsewhere.example/x.png' alt=''>", "img-src http://elsewhere.example/x.png"),
        ("<script src='data:,document.title=1'></script>", "script-src-elem data"),
        ("<audio src='data:audio/wav;base64,AA=='></audio>", "media-src data"),
    ],
)
def test_what_gets_into_a_page_by_hand_is_stopped(
    watched: Page, built_site: Path, serve_folder: Callable[..., str], tmp_path: Path, problems: list[str], planted: str, directive: str
) -> None:
    copy = Path(shutil.copytree(built_site, tmp_path / "site"))
    file = copy / PLACE / "index.html"
    file.write_text(file.read_text(encoding="utf-8").replace("</article>", f"{planted}</article>", 1), encoding="utf-8")
    watched.goto(f"{serve_folder(copy)}/{PLACE}")
    watched.wait_for_function("violations.length > 0")
    assert violations(watched) == [directive]
    assert watched.title() != "taken"
    assert any(re.search("Content Security Policy", problem) for problem in problems)
    problems.clear()
