"""Whatever a record's text looks like, readers and the search see it as it was typed."""

import gzip
import json
import re
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest

from tests.projects import Project, flood_project, links, only, with_id, words

PLAIN = [
    "no",
    "1.10",
    "12:30",
    "0123",
    "2017-11-03",
    "~",
    "Null",
    "a | b",
    "=",
    "+4420",
    "0x1F",
    "1_000",
    "1e3",
    ".5",
    "on",
    "Note; the convoy left",
    "O'Brien & Sons",
    "List<String>",
    "5 % of it",
    "1. first",
    "=== x",
]
"""Texts that stand in the file without quotes: YAML readers like to make something else of them."""
IN_QUOTES = [
    "&copy; <b>", "{{ 7*7 }}", "[x](y)", "*not em*", "# heading", "- 5 degrees", "`code`", "> x", "![x](https://evil.example/pic.png)", "<https://evil.example>",
    "[Home]: https://evil.example", "*[the]: EVIL", "[TOC]", "{: onclick=alert(1) }", "{#id .class}", "--8<-- \"/etc/passwd\"", "Note: the convoy left",
    "</title><script>alert(1)</script>", "</main></article></div>", "<svg onload=alert(1)>", "<base href=//evil.example>", "<!-- x", "&lt;img onerror=x&gt;", "{% include 'x' %}",
    "javascript:alert(1)", "ends in \\", "\"in quotes\"", "'single'", "خانه\u200cها", "👩\u200d🚒 10\u202f000\u00a0km", "x'><img src=x onerror=alert(1)>",
]  # fmt: skip
TEXTS = [(text, text) for text in PLAIN] + [(text, json.dumps(text, ensure_ascii=False)) for text in IN_QUOTES]

RECORDS = {
    "briefings/v-{n}": """
        title: {v}
        label: update
        published: 2021-05-04
        as_of: 2021-05-06
        covers: 2021-05-02
        answer: Plain.
        highlights: [cl-a]
        fronts: [{{id: fr, title: {q}, text: Plain., places: [v-{n}], actors: [a-{n}]}}]
        claims:
          - id: cl-a
            text: Plain claim.
            said_by: [p-{n}]
            role: {v}
            channel: {v}
            said_on: 2021-05-02
            happened: 2021-05-02
            phrase: {v}
            places: [v-{n}]
            about: [a-{n}]
            sources:
              - source: s-{n}
                locator: {v}
            status: disputed
            figures:
              - id: fg-a
                measure: m-{n}
                value: 1.10
                unit: {v}
                as_of: 2021-05-02
                scope: {v}
                printed_as: {v}
          - id: cl-b
            text: Another.
            said_by: [a-{n}]
            said_on: 2021-05-03
            sources: [s-{n}]
            status: disputed
            disputes: [cl-a]
        quotes:
          - id: qt-a
            text: {v}
            said_by: [p-{n}]
            role: {v}
            channel: {v}
            said_on: 2021-05-02
            language: en
            sources: [s-{n}]
            alterations:
              - shown: {v}
                original: {v}
                sources: [s-{n}]
            variants:
              - text: {v}
                sources: [s-{n}]
        events:
          - id: ev-a
            title: {v}
            date: 2021-05-02
            phrase: {v}
            places: [v-{n}]
            actors: [a-{n}]
            claims: [cl-a]
        photos:
          - id: ph-a
            file: bridge.png
            alt: {v}
            caption: Plain.
            credit: {v}
            licence: {v}
            sources: [s-{n}]
          - id: ph-b
            alt: {v}
            caption: Not shown.
            credit: {v}
            licence: {v}
            sources: [s-{n}]
        disagreements: [{{id: df-a, question: {q}, claims: [cl-a, cl-b], reading: Plain.}}]
        unknowns: [{{id: un-a, question: {q}, text: Plain.}}]
        """,
    "places/v-{n}": """
        name: {v}
        kind: {v}
        names: {{fr: {q}}}
        variants:
          - {v}
        admin:
          - {v}
        """,
    "actors/a-{n}": "\n        name: {v}\n        kind: {v}\n        variants:\n          - {v}\n        description: Plain.\n",
    "people/p-{n}": "\n        name: {v}\n        variants:\n          - {v}\n        roles:\n          - title: {v}\n            as_of: 2021\n            sources: [s-{n}]\n",
    "sources/s-{n}": """
        publisher: {v}
        publisher_actor: a-{n}
        title: {v}
        author: {v}
        date: 2021-05-02
        language: en
        type: news_original
        grade: A
        grade_reason: Plain.
        read: full_text
        carries_unnamed: {v}
        """,
    "measures/m-{n}": "\n        title: {v}\n        unit: {v}\n        scope: Plain.\n        comparability: Plain.\n",
}
HEADINGS = {"fr": "{}", "qt-a": "", "ev-a": "{}", "ph-a": "{}", "ph-b": "{}", "df-a": "{}", "un-a": "{}"}
NUMBERS = range(len(TEXTS))


def record(template: str, number: int, written: str, text: str) -> str:
    """A record's file: every text field holds the text, written as an editor would."""
    lines = template.format(n=number, v=written, q=json.dumps(text, ensure_ascii=False)).split("\n")
    return "\n".join(line.removeprefix("        ") for line in lines).strip() + "\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = flood_project(tmp_path_factory.mktemp("verbatim") / "project")
    for number, (text, written) in enumerate(TEXTS):
        for name, template in RECORDS.items():
            project.write(name.format(n=number) + ".yaml", record(template, number, written, text))
    project.build()
    return project


def one_spaced(text: str) -> str:
    return re.sub(r"[ \t\n]+", " ", text).strip(" ")


def shown(element: Element) -> str:
    return one_spaced("".join(element.itertext()))


def article(page: Element) -> Element:
    return only(page, "article")


ADDRESSES = [name.format(n="{n}") for name in RECORDS]
CASES = [pytest.param(number, id=text) for number, (text, _) in enumerate(TEXTS)]


@pytest.mark.parametrize("number", CASES)
def test_titles_are_as_typed(site: Project, number: int) -> None:
    text = TEXTS[number][0]
    for name in ADDRESSES:
        page = site.page(name.format(n=number))
        assert shown(only(page, "title")) == f"{one_spaced(text)} – Fable Valley Facts", name
        assert shown(only(page, "h1")) == one_spaced(text), name


@pytest.mark.parametrize("number", CASES)
def test_every_field_of_a_briefing_is_as_typed(site: Project, number: int) -> None:
    text = one_spaced(TEXTS[number][0])
    page = site.page(f"briefings/v-{number}")
    for anchor in ("fr", "ev-a", "ph-a", "ph-b", "df-a", "un-a"):
        assert shown(with_id(page, anchor)).endswith(text), anchor
    assert [shown(quote) for quote in page.iter("blockquote")] == [f"“{text}”"]
    assert [one_spaced(image.attrib["alt"]) for image in article(page).iter("img")] == [text]
    said = shown(article(page))
    for around in (
        f"the source’s words: “{text}”",
        f"“{text}” stands for “{text}”",
        f"Another rendering: “{text}”",
        f"Credit: {text}",
        f"Licence: {text}",
        f"1.10 {text}".replace(" ", "\u00a0", 1),
    ):
        assert one_spaced(around) in said or around.replace("\u00a0", " ") in said.replace("\u00a0", " "), around


@pytest.mark.parametrize("number", CASES)
def test_every_field_of_the_other_records_is_as_typed(site: Project, number: int) -> None:
    text = one_spaced(TEXTS[number][0])

    def said(name: str) -> str:
        return shown(article(site.page(name.format(n=number))))

    assert f"Also written: {text}" in said("places/v-{n}")
    assert f"French: {text}" in said("places/v-{n}")
    assert f"{text}, {text}" in said("places/v-{n}")
    assert f"Also written: {text}" in said("actors/a-{n}")
    assert f"Also written: {text}" in said("people/p-{n}")
    assert text in [shown(cell) for cell in site.page(f"people/p-{number}").iter("td")]
    assert f"Publisher: {text}" in said("sources/s-{n}")
    assert f"By: {text}" in said("sources/s-{n}")
    assert text in said("measures/m-{n}")


PICTURE = {"svg", "g", "a", "path", "circle", "rect", "line", "text", "title", "desc"}
"""What pictures are made of. Where a label stands depends on its length, so its attributes do too."""


def skeleton(page: Element) -> list[tuple[str, list[str]]]:
    """Every element with the names of its attributes; of a picture, that it is there.

    Names from right to left stand in a `bdi` of their own, which changes nothing else.
    """
    found, waiting = [], [page]
    while waiting:
        element = waiting.pop()
        if element.tag != "bdi" or element.attrib:
            found.append((element.tag, sorted(element.attrib) if element.tag != "svg" else []))
        if element.tag != "svg":
            waiting += reversed(list(element))
    return found


@pytest.mark.parametrize("number", CASES)
def test_no_text_becomes_markup(site: Project, number: int) -> None:
    """The same elements, with the same attributes, as on the page of an ordinary word."""
    for name in ADDRESSES:
        plain, page = site.page(name.format(n=0)), site.page(name.format(n=number))
        assert skeleton(page) == skeleton(plain), name
        inside = [element for picture in page.iter("svg") for element in picture.iter()]
        assert {element.tag for element in inside} <= PICTURE, name
        assert not [key for element in inside for key in element.attrib if key.startswith("on")], name
        assert not [link for link in links(page) if re.match(r"(https?:)?//evil|javascript:|y$", link)]


@pytest.mark.parametrize("index", ["", "briefings", "places", "actors", "people", "sources", "measures", "timeline", "map"])
def test_indexes_name_every_record_as_typed(site: Project, index: str) -> None:
    page = site.page(index)
    further = [site.page(f"{index}/page/{file.name}") for file in (site.site / index / "page").glob("*")]
    named = {shown(link) for each in (page, *further) for link in article(each).iter("a")}
    wanted = {one_spaced(text) for text, _ in TEXTS}
    # The first page shows the latest only.
    assert len(wanted & named) >= 5 if index == "" else wanted <= named
    # The theme's table of contents names what it lists as the page does.
    contents = {words(link) for nav in page.iter("nav") if "md-nav--secondary" in nav.get("class", "") for link in nav.iter("a")}
    assert contents <= {words(element) for element in article(page).iter() if re.fullmatch("h[2-6]", element.tag)}


def test_the_search_reads_every_text_as_typed(site: Project) -> None:
    """What Pagefind has stored of each page, title and text."""
    stored: dict[str, dict[str, Any]] = {}
    for file in (site.site / "pagefind" / "fragment").iterdir():
        data = json.loads(gzip.decompress(file.read_bytes()).removeprefix(b"pagefind_dcd"))
        stored[data["url"]] = data
    for number in NUMBERS:
        text = " ".join(TEXTS[number][0].split())
        for name in ADDRESSES:
            data = stored[f"/{name.format(n=number)}/"]
            assert " ".join(data["meta"]["title"].split()) == text, name
            assert text in " ".join(data["content"].split()), name


def test_what_the_search_reads_is_on_the_page(site: Project) -> None:
    for number in NUMBERS:
        for name in ADDRESSES:
            bodies = [element for element in site.page(name.format(n=number)).iter() if "data-pagefind-body" in element.attrib]
            assert len(bodies) == 1
            assert one_spaced(TEXTS[number][0]) in shown(bodies[0])


def test_no_file_from_outside_is_quoted(site: Project, tmp_path: Path) -> None:
    first = Path("/etc/passwd").read_text(encoding="utf-8").splitlines()[0]
    for file in site.site.rglob("*.html"):
        assert first not in file.read_text(encoding="utf-8")
