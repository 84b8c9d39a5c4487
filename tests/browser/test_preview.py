"""A page of the preview that somebody looks at becomes what the editor saved, by itself; others stay as they are."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.previews import Preview, edit
from tests.projects import Project


@pytest.fixture
def preview(project: Project, tmp_path: Path) -> Iterator[Preview]:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    preview = Preview(project, temporary)
    yield preview
    preview.stop()


def test_the_page_that_was_saved_loads_again_and_no_other(preview: Preview, project: Project, browser: Browser) -> None:
    preview.wait("/places/upper-example/", lambda text: "A village on the River Fable" in text)
    context = browser.new_context()
    place, about = context.new_page(), context.new_page()
    place.goto(f"{preview.address}/places/upper-example/")
    about.goto(f"{preview.address}/people/")
    for page in (place, about):
        page.evaluate("window.isAsItWas = true")
    record = project.content / "places/upper-example.yaml"

    edit(record, "A village on the River Fable.", "A town by now.")
    expect(place.get_by_text("A town by now.").first).to_be_visible(timeout=30_000)
    preview.hears("1 page changed")
    assert about.evaluate("window.isAsItWas")

    edit(record, "summary:", "sumary:")
    for page in (place, about):
        expect(page.get_by_text("1 problem in the content").first).to_be_visible(timeout=30_000)
    edit(record, "sumary:", "summary:")
    expect(place.get_by_text("A town by now.").first).to_be_visible(timeout=30_000)
    expect(about.get_by_role("heading", level=1)).to_have_text("People", timeout=30_000)
    context.close()


def test_the_pages_keep_their_policy(preview: Preview, project: Project, new_page: Callable[..., Page], problems: list[str]) -> None:
    """What an editor looks at may be anybody's edit. A page that stands without the theme waits for its next state too."""
    page = new_page()
    preview.wait("/light/fable-flood/", lambda text: "data-state" in text)
    page.goto(f"{preview.address}/light/fable-flood/")
    record = project.content / "briefings/fable-flood.yaml"
    edit(record, "About 300 people left their homes.", "About 300 people fled.")
    expect(page.get_by_text("About 300 people fled.").first).to_be_visible(timeout=30_000)
    assert problems == [], "its own script was not stopped"
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'window.taken = true'}))")
    assert page.evaluate("window.taken") is None
    assert "Content Security Policy" in problems.pop()
