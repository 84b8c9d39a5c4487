"""Hostile texts of every class in every field, on every page of real sites, in a real browser."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.hostile.browser import NARROW, addresses, differing, moves, of_controls, visit, watch
from tests.hostile.files import missing_in_files
from tests.hostile.strings import CLASSES
from tests.hostile.sweep import FIRST, Texts, by_class, project_of, with_controls
from tests.projects import Project

pytestmark = pytest.mark.deep

EACH = 5
"""Families of a site."""
SITES = range(-(-len(CLASSES) // EACH))

Site = tuple[Project, dict[int, Texts], str]


@pytest.fixture(scope="module", params=SITES)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, serve_folder: Callable[..., str]) -> Site:
    families = with_controls(by_class(number) for number in range(request.param * EACH, (request.param + 1) * EACH))
    project = project_of(tmp_path_factory.mktemp("hostile") / "project", families)
    project.build()
    return project, families, serve_folder(project.site, under="/facts") + "/"


def test_pages_are_those_of_ordinary_words(new_page: Callable[..., Page], site: Site) -> None:
    project, families, root = site
    page = new_page(viewport={"width": NARROW, "height": 740})
    found = watch(page)
    for address in of_controls(project.site):
        found += differing(page, root, address, list(range(FIRST, FIRST + EACH)), families)
    assert not found, "\n".join(found)


def test_nor_does_any_other_page_do_anything(new_page: Callable[..., Page], site: Site) -> None:
    """Lists of records, former addresses, and all pages again without their policy: escaping alone does it."""
    project, _, root = site
    page = new_page(viewport={"width": NARROW, "height": 740}, bypass_csp=True)
    found = watch(page)
    for address in addresses(project.site):
        if not moves(project.site, address):
            found += visit(page, root, address)
    assert not found, "\n".join(found)


def test_files_for_programs_have_the_same_texts(site: Site) -> None:
    project, families, _ = site
    found = list(missing_in_files(Path(project.site), families))
    assert not found, "\n".join(found)
