"""Every page is HTML that a strict parser takes without complaint, and what refers to an id finds it."""

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import pytest
from tinyhtml5.parser import HTMLParser

from tests.projects import ROOT, Project

REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "popovertarget")


def errors(html: str) -> list[str]:
    parser = HTMLParser()
    tree = parser.parse(html)
    ids = Counter(element.attrib["id"] for element in tree.iter() if "id" in element.attrib)
    return [
        *(f"line {place[0]}: {code} {details}" for place, code, details in parser.errors),
        *(f"the id {name} is there {count} times" for name, count in ids.items() if count > 1),
        *(f"{name}={value} leads nowhere" for name, value in references(tree) if value not in ids),
    ]


def references(tree: Element) -> Iterator[tuple[str, str]]:
    for element in tree.iter():
        for name in REFERENCES:
            for value in element.attrib.get(name, "").split():
                yield name, value


def test_every_page_is_valid(built: Project) -> None:
    found = {str(file.relative_to(built.site)): errors(file.read_text(encoding="utf-8")) for file in built.site.rglob("*.html")}
    assert len(found) > 20
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(
    "body",
    [
        "<p><div>x</div></p>",
        "<ul><li>x</ul></div>",
        '<a href="x" href="y">z</a>',
        "<b><i>x</b></i>",
        "<table><p>x</p></table>",
        '<p id="a">x</p><p id="a">y</p>',
        '<label for="none">x</label>',
    ],
)
def test_an_error_would_be_found(body: str) -> None:
    assert errors(f"<!doctype html><html lang=en><head><title>x</title></head><body>{body}</body></html>")


def test_pages_and_pictures_share_no_class() -> None:
    """One style sheet each: a rule for the one must not change the other."""
    assets = ROOT / "site_templates" / "theme" / "assets"
    of_pages = set(re.findall(r"\.(bb-[a-z-]+)", (assets / "briefbook.css").read_text(encoding="utf-8")))
    of_pictures = {
        name
        for file in (ROOT / "generator" / "pictures").glob("*.py")
        for name in re.findall(r"\bbb-[a-z-]+", file.read_text(encoding="utf-8"))
    }
    assert len(of_pages) > 40 and len(of_pictures) > 30
    assert of_pages & of_pictures == set()
