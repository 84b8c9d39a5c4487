"""The page about the data names what there is and nothing else, with examples that are what the files hold."""

from __future__ import annotations

import csv
import io
import posixpath
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import simplejson

from generator.outputs import OutputFile
from generator.outputs.alternates import list_alternates
from generator.pages import pages
from generator.render import render
from tests.outputs.conftest import SITE, Made
from tests.projects import ROOT, Project, links, only, words
from tests.test_html import errors


def text_of(made: Made, *more: str) -> str:
    """The page's Markdown, with further files there."""
    files = [OutputFile(path, content) for path, content in made.files.items() if path.startswith(("api/", "data/"))]
    files += [OutputFile(path, b"") for path in more]
    (page,) = (page for page in pages(made.library, files=files) if page.uri == "data.md")
    return render([page], ROOT / "site_templates", SITE)[0].text


def examples(project: Project) -> list[str]:
    return ["".join(block.itertext()) for block in project.page("/data/").iter("pre")]


def data_of(project: Project, path: str) -> Any:
    return simplejson.loads((project.site / path).read_bytes(), use_decimal=True)


def test_every_link_leads_to_a_file_or_page(built: Project) -> None:
    found = set()
    for link in links(only(built.page("/data/"), "article")):
        if not urlsplit(link).scheme:
            path = posixpath.normpath(posixpath.join("data", link.partition("#")[0]))
            assert (built.site / path).exists(), link
            found.add(path)
    assert {f"data/{name}" for name in ("claims.csv", "figures.csv", "quotes.csv", "places.geojson", "events.geojson")} <= found
    assert {"api/v1/index.json", "api/v1/places.json", "api/v1/schema/places.json", "api/v1/briefings/fable-flood.json"} <= found


def test_the_examples_are_what_the_files_hold(built: Project) -> None:
    claim, row, feature = examples(built)
    first = data_of(built, "api/v1/briefings/fable-flood.json")["record"]
    whole = next(item for item in first["claims"] if item["id"] == first["highlights"][0]["id"])
    shown = simplejson.loads(claim, use_decimal=True)
    assert shown["computed"].items() <= whole["computed"].items()
    assert {**shown, "computed": whole["computed"]}.items() <= whole.items()
    table = (built.site / "data" / "claims.csv").read_bytes().decode()
    assert list(csv.reader(io.StringIO(row, newline=""), strict=True)) == list(csv.reader(io.StringIO(table, newline=""), strict=True))[:2]
    place = simplejson.loads(feature, use_decimal=True)
    held = next(item for item in data_of(built, "data/places.geojson")["features"] if item["id"] == place["id"])
    assert place["geometry"] == held["geometry"] and place["properties"].items() <= held["properties"].items()


def test_examples_can_be_scrolled_by_keyboard(built: Project) -> None:
    blocks = [code for pre in built.page("/data/").iter("pre") for code in pre.iter("code")]
    assert len(blocks) == 3 and all(code.get("tabindex") == "0" for code in blocks)


def test_hostile_text_stays_in_its_block(project: Project) -> None:
    hostile = '=1+1 </code></pre></script>]]> *x* {{ y }} {: #z } `q` [a](https://b.example) <b>&amp; "s"   x'
    project.replace(
        "briefings/fable-flood.yaml",
        "text: The river rose over its banks at Upper Example on 2 May 2021.",
        f"text: {simplejson.dumps(hostile)}\n    phrase: {simplejson.dumps(hostile)}",
    )
    project.replace("places/upper-example.yaml", "name: Upper Example", f"name: {simplejson.dumps(hostile)}")
    project.build()
    assert errors((project.site / "data" / "index.html").read_text(encoding="utf-8")) == []
    claim, row, feature = examples(project)
    assert simplejson.loads(claim)["text"] == hostile
    (read,) = csv.DictReader(io.StringIO(row, newline=""), strict=True)
    assert read["phrase"] == f"'{hostile}" and read["place_names"] == f"'{hostile}"
    assert simplejson.loads(feature)["properties"]["name"] == hostile


ELSEWHERE = {
    "feeds/changes.atom": "changes.atom",
    "feeds/briefings.atom": "briefings.atom",
    "feeds/briefings.json": " or [briefings.json]",
    "feeds/briefings/fable-flood.atom": "One for each briefing",
    "embed/fable-flood/cl-rose/index.html": "A card for each claim",
}


def test_what_is_not_there_is_not_named(base: Made) -> None:
    text = text_of(base)
    assert not [said for said in [*ELSEWHERE.values(), "## For feed readers"] if said in text]


@pytest.mark.parametrize("path", ELSEWHERE)
def test_what_is_there_is_named(base: Made, path: str) -> None:
    text = text_of(base, "feeds/changes.atom", "feeds/briefings.atom", path)
    assert ELSEWHERE[path] in text and f"]({path})" in text


def test_without_records_there_is_a_page_all_the_same(tmp_path: Path, make: Callable[[Path], Made]) -> None:
    (tmp_path / "content").mkdir()
    text = text_of(make(tmp_path / "content"))
    assert "claims.csv" in text and "Examples" not in text


def test_lists_say_in_their_heads_what_they_can_be_had_as(some: Made) -> None:
    said = [alternate.path for page in pages(some.library) for alternate in list_alternates(page.uri)]
    assert len(said) == 5 and set(said) <= set(some.files)


def test_the_first_page_and_the_head_of_lists_lead_here(built: Project) -> None:
    assert "data/" in set(links(only(built.page("/"), "article")))
    heads = [
        (link.get("type"), link.get("href")) for link in built.page("/measures/").iter("link") if "alternate" in link.get("rel", "").split()
    ]
    assert ("text/csv", "../data/figures.csv") in heads
    assert "with its qualifier, unit and date" in words(built.page("/data/"))
