"""The navigation of mkdocs.yml is the same on every page, whoever makes the page."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
import yaml

from tests.projects import Project, read_html

PAGES = ("index.html", "places/index.html", "places/lower-example/index.html", "about/method/index.html", "404.html")


def set_navigation(project: Project, nav: list[object] | None) -> None:
    file = project.folder / "mkdocs.yml"
    settings = yaml.safe_load(file.read_text(encoding="utf-8"))
    del settings["nav"]
    if nav is not None:
        settings["nav"] = nav
    file.write_text(yaml.safe_dump(settings, sort_keys=False), encoding="utf-8")


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def navigation_of(file: Path) -> list[str]:
    """What the entries of a page's navigation are called."""
    tree = read_html(file.read_text(encoding="utf-8"))
    (nav,) = [each for each in tree.iter("nav") if each.get("aria-label") == "Navigation"]
    return [text_of(link) for link in nav.iter("a")]


@pytest.mark.parametrize(
    ("nav", "titles"),
    [
        pytest.param(
            ["index.md", "briefings/index.md", {"Where": "map.md"}, "places/lower-example.md", "years/index.md", "about/method.md"],
            ["Home", "Briefings", "Where", "Lower Example", "Years", "About"],
            id="without titles",
        ),
        pytest.param(None, ["About"], id="without a navigation"),
    ],
)
def test_entries_are_called_what_their_pages_are(project: Project, nav: list[object] | None, titles: list[str]) -> None:
    set_navigation(project, nav)
    project.build()
    for page in PAGES:
        assert navigation_of(project.site / page) == titles, page
    project.replace("places/lower-example.yaml", "name: Lower Example", "name: Lowest Example")
    project.build()
    renamed = [title.replace("Lower", "Lowest") for title in titles]
    for page in PAGES:
        assert navigation_of(project.site / page) == renamed, page


def test_titles_are_what_was_typed(project: Project) -> None:
    """In a record, in mkdocs.yml and above a page that is written by hand: none of it is HTML."""
    odd = "List<String> &lt;i&gt; \"q\" & 'x' </title><b>"
    nav = ["index.md", "places/lower-example.md", {f"a {odd}": [{f"b {odd}": "map.md"}, "about/method.md"]}]
    set_navigation(project, nav)
    project.replace("places/lower-example.yaml", "name: Lower Example", f"name: {json.dumps(odd)}")
    project.write("about/method.md", f"---\ntitle: {json.dumps(f'c {odd}')}\ndescription: {json.dumps(f'd {odd}')}\n---\n\nBy hand.\n")
    project.build()
    for page in PAGES:
        assert navigation_of(project.site / page) == ["Home", odd, f"b {odd}", f"c {odd}"], page
    tree = read_html((project.site / "about" / "method" / "index.html").read_text(encoding="utf-8"))
    assert [text_of(element) for tag in ("title", "h1") for element in tree.iter(tag)] == [f"c {odd} – Fable Valley Facts", f"c {odd}"]
    told = {meta.get("name") or meta.get("property"): meta.get("content") for meta in tree.iter("meta")}
    assert (told["og:title"], told["description"], told["og:description"]) == (f"c {odd}", f"d {odd}", f"d {odd}")
    assert f"a {odd}" in text_of(next(nav for nav in tree.iter("nav") if nav.get("aria-label") == "Navigation"))
