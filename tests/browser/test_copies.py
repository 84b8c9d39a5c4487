"""Citations, cards and light copies in a browser: to be copied, shown on other pages, and read without anything else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser.axe import faults
from tests.extremes import NOTHING, actor, claim, figure, measure, source
from tests.extremes import make as make_project

SHEET = "deir-ez-zor-al-qaim-2017-11-03"
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=\"alert(2)\"> ]]> {{ 7*7 }} =1+1 & 'q' שלום"
CARD, LIGHT, CITE = "embed/odd/cl/", "light/odd/", "briefings/odd/cite/"


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory, serve_folder: Callable[..., str]) -> str:
    """A site whose every text would be more, if it could."""
    number = figure("fg", "odd-measure", HOSTILE, value=1, scope=HOSTILE)
    entry = {
        "at": "2022-03-02",
        "kind": "correction",
        "note": HOSTILE,
        "changes": [{"path": "claims[cl].role", "from": f"not {HOSTILE}", "to": HOSTILE}],
    }
    project = make_project(
        tmp_path_factory.mktemp("odd") / "project",
        {
            "briefings/odd": {
                **NOTHING, "title": HOSTILE, "answer": HOSTILE, "highlights": ["cl"], "updates": [entry],
                "claims": [claim("cl", HOSTILE, "odd-actor", {"source": "odd-source", "locator": HOSTILE}, role=HOSTILE, figures=[number])],
            },
            "actors/odd-actor": actor(HOSTILE),
            "sources/odd-source": source(HOSTILE, HOSTILE, publisher_actor="odd-actor"),
            "measures/odd-measure": measure(HOSTILE, HOSTILE),
        },
    )  # fmt: skip
    project.build()
    return serve_folder(project.site, under="/facts") + "/"


@pytest.fixture
def asked(page: Page) -> list[str]:
    """What the page asks for; a dialog fails the test."""
    found: list[str] = []

    def refuse(dialog: Dialog) -> None:
        dialog.dismiss()
        found.append(f"dialog: {dialog.message}")

    page.on("dialog", refuse)
    page.on("request", lambda request: found.append(request.url))
    return found


@pytest.mark.parametrize(
    ("path", "files"),
    [(CARD, ["assets/card.css"]), (f"{CARD}at/first/", ["assets/card.css"]), (LIGHT, [])],
)
def test_hostile_text_is_shown_and_does_nothing(page: Page, odd: str, asked: list[str], path: str, files: list[str]) -> None:
    page.goto(odd + path, wait_until="networkidle")
    assert asked == [odd + path, *(odd + file for file in files)]
    expect(page.locator("main")).to_contain_text(HOSTILE)
    assert page.locator("script, img, [onerror]").count() == 0


def test_citations_are_there_to_be_read_without_a_script(new_page: Callable[..., Page], odd: str) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(odd + CITE)
    blocks = [str(text) for text in page.locator(".bb-copy").all_text_contents()]
    assert sum(HOSTILE in text for text in blocks) == 2
    frames = [text for text in blocks if text.startswith("<iframe")]
    assert [f"/{CARD}" in text for text in frames] == [True, True]
    assert f"/{CARD}at/2022-03-02/" in frames[1]
    assert page.locator("button", has_text="Copy").count() == 0


def test_a_block_is_copied_by_keyboard(new_page: Callable[..., Page], odd: str) -> None:
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(odd + CITE)
    button = page.get_by_role("button", name="Copy citation").nth(1)
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".bb-copied")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator(".bb-copy").nth(3).text_content()
    page.keyboard.press("Tab")
    expect(page.locator(".bb-copied")).to_be_empty()


def test_without_a_clipboard_there_is_no_button(new_page: Callable[..., Page], odd: str) -> None:
    page = new_page()
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.goto(odd + CITE, wait_until="networkidle")
    assert page.locator(".bb-copy").count() > 3
    assert page.locator("button", has_text="Copy").count() == 0


@pytest.mark.parametrize("code", [0, 1])
def test_a_card_is_shown_on_another_site(page: Page, odd: str, serve_folder: Callable[..., str], tmp_path: Path, code: int) -> None:
    """With the very code that the page gives, in another origin's page."""
    page.goto(odd + CITE)
    frame = str(page.locator(".bb-copy", has_text="<iframe").nth(code).text_content())
    path = frame.partition('src="')[2].partition('"')[0]
    # The site's settings say where it will stand; here it stands elsewhere.
    there = odd + path[path.index("embed/") :]
    (tmp_path / "index.html").write_text(f"<!doctype html><title>Another</title>{frame.replace(path, there)}", encoding="utf-8")
    page.goto(serve_folder(tmp_path) + "/")
    assert page.locator("iframe").get_attribute("title") == f"{HOSTILE}, 3 February 2022: {HOSTILE}"
    shown = page.frame_locator("iframe")
    expect(shown.locator("h1")).to_have_text(HOSTILE)
    # Its style sheet was let in, though the frame is an origin of its own.
    expect(shown.locator("article")).to_have_css("border-top-width", "1px")
    shown.get_by_role("link", name="This claim with its evidence").click()
    page.wait_for_url(f"{odd}briefings/odd/#cl")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [300, 1280])
def test_axe_finds_nothing(new_page: Callable[..., Page], site: str, width: int, scheme: Any) -> None:
    page = new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    found = []
    for path in (f"briefings/{SHEET}/cite/", f"embed/{SHEET}/fighters-1500/", f"embed/{SHEET}/fighters-1500/at/first/", f"light/{SHEET}/"):
        page.goto(site + path)
        found += [
            f"{path}: {fault['id']}: {fault['nodes'][0]['html'][:120]}"
            for fault in faults(page, "of colours" if scheme == "dark" else "all")
        ]
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert found == []


def test_every_claim_of_a_sheet_leads_to_how_to_cite_it(page: Page, site: str) -> None:
    page.goto(f"{site}briefings/{SHEET}/")
    hrefs = page.locator("a", has_text="cite").evaluate_all(
        "links => links.filter(link => link.textContent === 'cite').map(link => link.href)"
    )
    assert len(hrefs) == page.locator("h3.bb-claim").count() > 20
    page.goto(hrefs[3])
    expect(page.locator(f"[id='{hrefs[3].partition('#')[2]}']")).to_be_in_viewport()
    page.goto(f"{site}briefings/{SHEET}/")
    page.get_by_role("link", name="light copy").click()
    page.wait_for_url(f"{site}light/{SHEET}/")
    expect(page.get_by_role("heading", level=2).first).to_have_text("Main points")
