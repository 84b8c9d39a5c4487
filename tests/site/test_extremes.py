"""Whatever the subject, and however little or much there is of it: no page shows an empty part, a stray sign or a gap."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from xml.etree.ElementTree import Element

import pytest

from tests.extremes import SUBJECTS, make
from tests.projects import Project, fragment, only, read_html, words
from tests.test_html import errors

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = {
    *HEADINGS, "address", "article", "blockquote", "caption", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "footer", "form",
    "li", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul", "br", "svg",
}  # fmt: skip
HOLDERS = {*HEADINGS, "p", "li", "ul", "ol", "div", "section", "nav", "a", "td", "th", "tbody", "blockquote", "summary", "span"}
SHOWN = {"img", "svg", "input", "select", "button"}
EMPTY_ON_PURPOSE = {"bb-search-page", "bb-shown", "one-sentence", "one-minute", "brief", "full"}
"""What the script fills, and the anchors of the depths."""
COUNTED = "claim|value|source|briefing|origin|event|place|actor|measure|change|point"
STRAY = re.compile(
    r"^[·;:,.)–]|[·;,:—–(]$|\(\s*\)|“\s*”|[(“]\s|\s[,;:.)”](?:\s|$)|[,;:·(—]\s*[,;:.·)]|(?<!\.)\.\.(?!\.)|\bNone\b(?! yet)"
    rf"|\b1 (?:{COUNTED})s\b|\b(?:[02-9]|\d[\d,]*\d) (?:{COUNTED})\b"
)
LEADS_TO_A_LIST = re.compile(r"^In .*:$|(?:listed|Repeated by|What the marks mean):$|^—$")
"""Lines that rightly end in a sign: what stands before a list, and a table's sign for nothing."""


def blocks(element: Element) -> Iterator[str]:
    """The lines of text that a reader sees, each by itself."""
    line = ""

    def walk(node: Element) -> Iterator[str]:
        nonlocal line
        breaks = node.tag in BLOCKS
        if breaks:
            yield line
            line = ""
        if node.tag not in ("svg", "pre"):  # data has signs of its own
            line += node.text or ""
            for child in node:
                yield from walk(child)
                line += child.tail or ""
        if breaks:
            yield line
            line = ""

    for found in walk(element):
        if found.strip():
            yield " ".join(found.split())


def has_content(element: Element) -> bool:
    return bool(words(element)) or any(node.tag in SHOWN for node in element.iter())


def empty_parts(article: Element) -> Iterator[str]:
    """Headings with nothing below them, and boxes, lists, cells and links with nothing in them."""
    drawn = {id(node) for picture in article.iter("svg") for node in picture.iter()}
    for node in article.iter():
        if id(node) not in drawn and node.tag in HOLDERS and not has_content(node) and node.get("id") not in EMPTY_ON_PURPOSE:
            yield f"an empty <{node.tag} {node.attrib}>"
    for heading, below in pairwise([*under_headings(article), None]):
        assert heading is not None
        node, filled = heading
        if not filled and (below is None or below[0].tag <= node.tag):
            yield f"nothing below “{words(node)}”"


def under_headings(article: Element) -> list[tuple[Element, bool]]:
    """Each heading, and whether there is anything between it and the next."""
    found: list[tuple[Element, bool]] = []

    def walk(node: Element, in_heading: bool) -> None:
        if node.tag in HEADINGS:
            found.append((node, False))
            in_heading = True
        elif found and not in_heading and (node.tag in SHOWN or (node.text or "").strip()):
            found[-1] = (found[-1][0], True)
        for child in node:
            walk(child, in_heading)
            if found and not in_heading and (child.tail or "").strip():
                found[-1] = (found[-1][0], True)

    walk(article, False)
    return found


def faults(article: Element) -> Iterator[str]:
    for line in blocks(article):
        if (found := STRAY.search(line)) and not LEADS_TO_A_LIST.search(line):
            yield f"“{found[0]}” in “{line[:200]}”"
    yield from empty_parts(article)
    levels = [int(node.tag[1]) for node in article.iter() if node.tag in HEADINGS]
    if levels[:1] != [1] or any(after > before + 1 for before, after in pairwise(levels)):
        yield f"headings of the levels {levels}"


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Project]:
    @cache
    def built(subject: str) -> Project:
        project = make(tmp_path_factory.mktemp(subject) / "project", SUBJECTS[subject]())
        done = project.invoke("build")
        assert done.returncode == 0, done.stdout + done.stderr
        return project

    return built


@pytest.mark.parametrize("subject", SUBJECTS)
def test_no_page_has_a_gap(build: Callable[[str], Project], subject: str) -> None:
    project = build(subject)
    found = {}
    for file in project.site.rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        found[file.relative_to(project.site).as_posix()] = [*faults(only(read_html(text), "article")), *errors(text)]
    assert len(found) > 10
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(
    "body",
    [
        "<h1>x</h1><p>Ada · </p>",
        "<h1>x</h1><p>Ada ()</p>",
        "<h1>x</h1><p>one, . two</p>",
        "<h1>x</h1><p>Acme Inc..</p>",
        "<h1>x</h1><p>1 of 1 claims</p>",
        "<h1>x</h1><p>12 claim here</p>",
        "<h1>x</h1><p>by None</p>",
        "<h1>x</h1><p>y</p><h2>Events</h2>",
        "<h1>x</h1><p>y</p><h2>Events</h2><div></div><h2>Places</h2><p>y</p>",
        "<h1>x</h1><p>y</p><h3>Events</h3><p>y</p>",
        "<h1>x</h1><p>y</p><div></div>",
        "<h1>x</h1><p>y</p><ul></ul>",
    ],
)
def test_a_gap_would_be_found(body: str) -> None:
    assert list(faults(fragment(body)))


def test_right_to_left_names_are_kept_apart(build: Callable[[str], Project]) -> None:
    """Else the date after an Arabic name stands in two halves on either side of it."""
    project = build("everything")
    for address in ("/briefings/the-trial/", "/sources/", "/people/eva-muster/"):
        page = only(project.page(address), "article")
        assert "صحيفة المثال" in [words(name) for name in page.iter("bdi")], address
    assert not list(project.page("/briefings/the-storm/").iter("bdi"))
