"""Long words and hundreds of everything stay within the page, on a phone and on paper."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.extremes import giant, make

PATHS = [
    "",
    "briefings/giant/",
    "places/place-0/",
    "people/speaker/",
    "actors/body/",
    "sources/source-0/",
    "measures/long/",
    "timeline/",
    "map/",
]


@pytest.fixture(scope="module")
def giant_site(tmp_path_factory: pytest.TempPathFactory, serve_folder: Callable[..., str]) -> str:
    project = make(tmp_path_factory.mktemp("giant") / "project", giant(60, 30, 20, 12, 6))
    project.build()
    return serve_folder(project.site, under="/facts") + "/"


@pytest.mark.parametrize("scripted", [True, False])
@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_sticks_out(new_page: Callable[..., Page], giant_site: str, width: int, scripted: bool) -> None:
    page = new_page(viewport={"width": width, "height": 800}, java_script_enabled=scripted)
    for path in PATHS:
        page.goto(giant_site + path)
        for medium in ("screen", "print"):
            page.emulate_media(media=medium)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, medium)
