"""Feeds: valid, told in full with their sources, found by those who follow a place, and with ids that outlive every edit."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import feedparser
import pytest
from jsonschema import Draft202012Validator

from generator.outputs import Site, outputs
from generator.outputs.feeds import CHANGES_TOLD, RECORD_TOLD
from generator.urls import page_path, record_uri
from tests.many import add_many
from tests.outputs.conftest import SITE, Made
from tests.projects import DAM, Project, fragment, links, words

ATOM = "{http://www.w3.org/2005/Atom}"
CHANGES, BRIEFINGS, BRIEFINGS_JSON = "feeds/changes.atom", "feeds/briefings.atom", "feeds/briefings.json"
FLOOD = "briefings/fable-flood.yaml"
SHEET = f"{SITE.url}briefings/fable-flood/"
FIRST = f"{SITE.url}briefings/fable-water"
"""The sheet's address, and the one that it was first published at."""
INSTANT = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T12:00:00Z"
HOSTILE = "</script><script>alert(1)</script> ]]> <!-- &amp; \"quoted\" 'single' =1+1 {{ x }} \u05e9\u05dc\u05d5\u05dd %s \\n"


def atoms(made: Made) -> Iterator[tuple[str, Element]]:
    for path, content in made.files.items():
        if path.startswith("feeds/") and path.endswith(".atom"):
            yield path, ElementTree.fromstring(content)


def read(made: Made, path: str) -> Any:
    """A feed as a feed reader has it."""
    found = feedparser.parse(made.files[path])
    assert not found.bozo, found.get("bozo_exception")
    return found


def ids(made: Made, path: str) -> list[str]:
    return [entry.id for entry in read(made, path).entries]


def text(parent: Element, name: str) -> str:
    [found] = parent.findall(f"{ATOM}{name}")
    assert found.text
    return found.text


def entry_with(made: Made, path: str, entry_id: str) -> Element:
    root = ElementTree.fromstring(made.files[path])
    [entry] = [entry for entry in root.findall(f"{ATOM}entry") if text(entry, "id") == entry_id]
    return entry


def shown(made: Made, path: str, entry_id: str) -> Element:
    """What an entry says, as a tree of HTML."""
    return fragment(text(entry_with(made, path, entry_id), "content"))


@pytest.fixture
def project(content: Path) -> Project:
    return Project(content.parent)


def amended(project: Project, entries: str) -> None:
    """Put entries behind those that the flood's sheet has."""
    file = project.content / FLOOD
    file.write_text(file.read_text(encoding="utf-8") + entries, encoding="utf-8")


CORRECTION = """\
  - at: 2021-05-07
    known: 2021-05-05
    kind: correction
    note: The mayor counted *households*, as [Ada Ferry](person:ada-ferry) said.
    changes:
      - path: claims[cl-moved].figures[fg-moved].value
        from: "210"
        to: "200"
"""


# --- the formats --------------------------------------------------------------------------------------


def test_readers_of_feeds_read_every_one(some: Made) -> None:
    found = dict(atoms(some))
    expected = {f"feeds/{kind}/{record_id}.atom" for kind in ("briefings", "places", "actors") for record_id in getattr(some.records, kind)}
    former = {f"feeds/briefings/{name}.atom" for sheet in some.records.briefings.values() for name in sheet.formerly}
    assert set(found) == expected | former | {CHANGES, BRIEFINGS}
    for path in found:
        feed = read(some, path)
        assert feed.version == "atom10"
        assert len(feed.entries) == len(found[path].findall(f"{ATOM}entry"))


def test_every_feed_is_as_rfc_4287_wants_it(some: Made) -> None:
    for path, feed in atoms(some):
        assert feed.tag == f"{ATOM}feed"
        entries = feed.findall(f"{ATOM}entry")
        for holder in (feed, *entries):
            assert urlsplit(text(holder, "id")).scheme == "https"
            assert text(holder, "title").strip()
            assert re.fullmatch(INSTANT, text(holder, "updated"))
            alternates = [
                (link.get("type"), link.get("hreflang")) for link in holder.findall(f"{ATOM}link") if link.get("rel") == "alternate"
            ]
            assert len(alternates) == len(set(alternates)) == 1, path
            for link in holder.findall(f"{ATOM}link"):
                assert link.attrib["href"].startswith(SITE.url)
                assert link.attrib["rel"] in ("self", "alternate", "related")
        assert text(feed.find(f"{ATOM}author"), "name") == SITE.name  # type: ignore[arg-type]  # there is one
        [own] = [link.attrib["href"] for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
        former = {f"feeds/briefings/{name}.atom": sheet.id for sheet in some.records.briefings.values() for name in sheet.formerly}
        assert own == SITE.address(f"feeds/briefings/{former[path]}.atom" if path in former else path)
        days = [text(entry, "updated") for entry in entries]
        assert days == sorted(days, reverse=True), path
        assert text(feed, "updated") == max(days, default="1970-01-01T12:00:00Z")
        names = [text(entry, "id") for entry in entries]
        assert len(names) == len(set(names)), path
        for entry in entries:
            assert text(entry, "published") <= text(entry, "updated")
            assert text(entry, "summary")
            assert fragment(text(entry, "content"))


def test_an_id_means_one_entry_in_all_feeds(some: Made) -> None:
    seen: dict[str, bytes] = {}
    for _, feed in atoms(some):
        for entry in feed.findall(f"{ATOM}entry"):
            entry.tail = None
            assert seen.setdefault(text(entry, "id"), ElementTree.tostring(entry)) == ElementTree.tostring(entry)
    assert len({text(feed, "id") for _, feed in atoms(some)}) == len({feed.find(f"{ATOM}link").get("href") for _, feed in atoms(some)})  # type: ignore[union-attr]  # each has one


ADDRESS = {"type": "string", "pattern": "^https?://"}
JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "items"],
    "additionalProperties": False,
    "$defs": {
        "author": {
            "type": "object",
            "properties": {"name": {"type": "string"}, "url": ADDRESS, "avatar": ADDRESS},
            "minProperties": 1,
            "additionalProperties": False,
        }
    },
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string", "minLength": 1},
        "home_page_url": ADDRESS,
        "feed_url": ADDRESS,
        "description": {"type": "string"},
        "language": {"const": "en"},
        "authors": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/author"}},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id"],
                "anyOf": [{"required": ["content_html"]}, {"required": ["content_text"]}],
                "additionalProperties": False,
                "properties": {
                    "id": {"type": "string", "minLength": 1},
                    "url": ADDRESS,
                    "title": {"type": "string"},
                    "summary": {"type": "string"},
                    "content_html": {"type": "string"},
                    "date_published": {"type": "string", "pattern": f"^{INSTANT}$"},
                    "date_modified": {"type": "string", "pattern": f"^{INSTANT}$"},
                    "tags": {"type": "array", "items": {"type": "string"}},
                },
            },
        },
    },
}
"""What JSON Feed 1.1 says of the fields that we use."""


def test_the_same_as_json_feed(some: Made) -> None:
    feed = json.loads(some.files[BRIEFINGS_JSON])
    Draft202012Validator(JSON_FEED).validate(feed)
    assert feed["feed_url"] == SITE.address(BRIEFINGS_JSON)
    as_atom = ElementTree.fromstring(some.files[BRIEFINGS]).findall(f"{ATOM}entry")
    assert [(item["id"], item["title"], item["content_html"], item["date_modified"], item["date_published"]) for item in feed["items"]] == [
        tuple(text(entry, name) for name in ("id", "title", "content", "updated", "published")) for entry in as_atom
    ]


# --- what they tell -----------------------------------------------------------------------------------


def test_a_sheet_is_told_with_who_says_so(base: Made) -> None:
    [entry] = read(base, BRIEFINGS).entries
    assert (entry.id, entry.link, entry.title) == (f"{FIRST}/", SHEET, "River Fable floods two villages")
    assert [(tag.term, tag.label) for tag in entry.tags] == [("update", "Update")]
    page = shown(base, BRIEFINGS, entry.id)
    told = words(page)
    assert "The River Fable rose over its banks on 2 May 2021, and about 300 people left Upper Example." in told
    assert "Update · events: 2 to 4 May 2021 · sources looked at up to 6 May 2021 · first published here 4 May 2021" in told
    assert (
        "Corroborated · Fable Valley Rescue (channel: news release), 2 May 2021 · sources Fable Valley Rescue, 4 May 2021 (line 3), "
        in told
    )
    assert {f"{SHEET}#cl-rose", f"{SITE.url}places/upper-example/", f"{SITE.url}sources/rescue-release/"} <= set(links(page))


def test_a_correction_is_told_in_full(project: Project, make: Callable[[Path], Made]) -> None:
    amended(project, CORRECTION)
    made = make(project.content)
    newest = read(made, CHANGES).entries[0]
    assert newest.id == f"{FIRST}/history/2"
    assert [(tag.term, tag.label) for tag in newest.tags] == [("correction", "Corrected")]
    assert newest.title == "Corrected: The mayor counted households, as Ada Ferry said. (River Fable floods two villages)"
    assert newest.link == f"{SHEET}#history"
    related = {link.href for link in newest.links if link.rel == "related"}
    assert related == {f"{SHEET}#fg-moved", f"{SHEET}at/2021-05-07/"}
    page = shown(made, CHANGES, newest.id)
    assert "about 200 people (Superseded · Ada Ferry (Mayor of Upper Example), 2 May 2021 · source " in words(page)
    assert [words(element) for tag in ("del", "ins") for element in page.iter(tag)] == ["210 people", "200 people"]
    assert [words(element) for element in page.iter("em")] == ["households"]
    assert {f"{SITE.url}people/ada-ferry/", f"{SHEET}at/2021-05-07/", f"{SHEET}at/2021-05-06/", SHEET} <= set(links(page))
    assert newest.summary.splitlines()[1] == "about 200 people (Ada Ferry, 2 May 2021): value: 210 people → 200 people"


def test_hindsight_says_so_and_is_no_older_than_it_is(project: Project, make: Callable[[Path], Made]) -> None:
    amended(project, CORRECTION)
    newest = read(make(project.content), CHANGES).entries[0]
    assert newest.updated == newest.published == "2021-05-07T12:00:00Z"
    assert newest.summary.startswith("Corrected 7 May 2021 (known since 5 May 2021, entered here in hindsight): ")


def test_what_was_withdrawn_is_told(project: Project, make: Callable[[Path], Made]) -> None:
    amended(
        project,
        "  - at: 2021-05-09\n    kind: withdrawal\n    note: It was about another river.\n"
        "    changes: [{path: withdrawn, to: It was about another river.}]\nwithdrawn: It was about another river.\n",
    )
    made = make(project.content)
    [told] = read(made, BRIEFINGS).entries
    assert (told.id, told.title) == (f"{FIRST}/", "Withdrawn: River Fable floods two villages")
    page = shown(made, BRIEFINGS, told.id)
    assert words(page) == "Withdrawn. It was about another river."
    assert [tag.term for tag in read(made, CHANGES).entries[0].tags] == ["withdrawal"]
    assert f"{FIRST}/history/2" in ids(made, "feeds/places/upper-example.atom")
    every_page = {page_path(record_uri("briefing", "fable-flood"))}
    for path, feed in atoms(made):
        for link in feed.iter(f"{ATOM}link"):
            where = urlsplit(link.attrib["href"]).path.removeprefix("/sheets")
            assert where in every_page or not where.startswith("/briefings/fable"), f"{path} leads to {where}, where no page is"


@pytest.mark.parametrize("kind", ["note", "value", "title"])
def test_hostile_text_stays_text(project: Project, make: Callable[[Path], Made], kind: str) -> None:
    quoted = json.dumps(HOSTILE)
    amended(
        project,
        f"  - at: 2021-05-07\n    kind: correction\n    note: {quoted if kind == 'note' else 'Why.'}\n    changes:\n"
        f"      - path: title\n        from: {quoted if kind == 'value' else 'Before.'}\n        to: River Fable floods two villages\n",
    )
    if kind == "title":
        project.replace(FLOOD, "title: River Fable floods two villages", f"title: {quoted}")
        project.replace(FLOOD, "        to: River Fable floods two villages", f"        to: {quoted}")
    made = make(project.content)
    expected = " ".join(HOSTILE.split())
    for path, feed in atoms(made):
        assert feed.tag == f"{ATOM}feed"
        for entry in read(made, path).entries:
            assert "script" not in {element.tag for element in fragment(text(entry_with(made, path, entry.id), "content")).iter()}
    page = shown(made, CHANGES, f"{FIRST}/history/2")
    assert expected in words(page)
    assert expected in " ".join(text(entry_with(made, CHANGES, f"{FIRST}/history/2"), "summary").split())
    if kind != "value":
        title = text(entry_with(made, CHANGES, f"{FIRST}/history/2"), "title")
        assert expected in title
        # The reader's program takes out what a browser would run; what is text is still there.
        assert "alert(1)" in read(made, CHANGES).entries[0].title
    Draft202012Validator(JSON_FEED).validate(json.loads(made.files[BRIEFINGS_JSON]))
    if kind == "title":
        assert json.loads(made.files[BRIEFINGS_JSON])["items"][0]["title"] == expected
        assert [element.text for element in page.iter("bdi")]


# --- who follows what ---------------------------------------------------------------------------------


def test_a_sheet_has_itself_and_its_history(project: Project, make: Callable[[Path], Made]) -> None:
    amended(project, CORRECTION)
    made = make(project.content)
    expected = [f"{FIRST}/history/2", f"{FIRST}/", f"{FIRST}/history/1"]
    assert ids(made, "feeds/briefings/fable-flood.atom") == expected
    assert made.files["feeds/briefings/fable-flood.atom"] == made.files["feeds/briefings/fable-water.atom"]


def test_who_follows_a_place_or_an_actor_is_told_what_concerns_it(project: Project, make: Callable[[Path], Made]) -> None:
    amended(project, CORRECTION + DAM)
    made = make(project.content)
    sheet, highlights, figure, dam = f"{FIRST}/", *(f"{FIRST}/history/{number}" for number in (1, 2, 3))
    assert ids(made, "feeds/places/lower-example.atom") == [dam, sheet]
    assert ids(made, "feeds/places/upper-example.atom") == [sheet]
    # What it says was put among the main points; it said that the dam held.
    assert ids(made, "feeds/actors/fable-rescue.atom") == [dam, sheet, highlights]
    assert ids(made, "feeds/places/fable-valley.atom") == []
    assert figure in ids(made, CHANGES)


def test_what_no_longer_concerns_a_place_is_told_there_too(project: Project, make: Callable[[Path], Made]) -> None:
    amended(
        project,
        "  - at: 2021-05-08\n    kind: correction\n    note: Another place.\n    changes:\n"
        "      - {path: 'claims[cl-rose].places', from: [lower-example], to: [upper-example]}\n",
    )
    made = make(project.content)
    for place in ("lower-example", "upper-example"):
        assert f"{FIRST}/history/2" in ids(made, f"feeds/places/{place}.atom")


def test_a_place_has_its_own_history(project: Project, make: Callable[[Path], Made]) -> None:
    place = "places/fable-valley.yaml"
    before = (project.content / place).read_text(encoding="utf-8")
    entry = "updates:\n  - {at: 2021-06-01, kind: correction, note: A slip., changes: [{path: kind, from: hill, to: valley}]}\n"
    project.write(place, re.sub("(?m)^kind: .*$", "kind: valley", before) + entry)
    made = make(project.content)
    assert ids(made, "feeds/places/fable-valley.atom") == [f"{SITE.url}places/fable-valley/history/1"]
    assert f"{SITE.url}places/fable-valley/history/1" in ids(made, CHANGES)


def test_feeds_do_not_grow_for_ever(project: Project, make: Callable[[Path], Made]) -> None:
    add_many(project, briefings=CHANGES_TOLD + 3)
    made = make(project.content)
    changes, place = read(made, CHANGES), read(made, "feeds/places/upper-example.atom")
    assert len(changes.entries) == CHANGES_TOLD
    assert changes.feed.subtitle.endswith(f" The newest {CHANGES_TOLD} entries of {CHANGES_TOLD + 4}.")
    assert len(place.entries) == RECORD_TOLD
    assert f"The newest {RECORD_TOLD} entries of " in place.feed.subtitle


# --- ids for ever -------------------------------------------------------------------------------------


def all_ids(made: Made) -> set[str]:
    return {name for path, _ in atoms(made) for name in ids(made, path)} | {text(feed, "id") for _, feed in atoms(made)}


def test_ids_outlive_edits(project: Project, make: Callable[[Path], Made]) -> None:
    amended(project, CORRECTION)
    before = all_ids(make(project.content))
    project.replace(FLOOD, "title: River Fable floods two villages", "title: Another headline")
    file = project.content / FLOOD
    found = file.read_text(encoding="utf-8")
    renamed = re.sub(r"(?m)^formerly: \[fable-water\]$", "formerly: [fable-water, fable-flood]", found)
    assert renamed != found
    file.unlink()
    project.write("briefings/a-flood.yaml", renamed)
    project.write(
        "briefings/z-other.yaml",
        re.sub(r"(?ms)^formerly:.*", "", found).replace("River Fable floods two villages", "Another sheet"),
    )
    made = make(project.content)
    assert before <= all_ids(made)
    assert f"{SITE.url}briefings/z-other/" in all_ids(made) - before
    assert "feeds/briefings/fable-flood.atom" in made.files


def test_ids_outlive_a_move(base: Made) -> None:
    moved = Site(SITE.name, "https://elsewhere.example.net/", ids_under=SITE.url)
    files = {file.path: file.content for file in outputs(base.library, moved)}
    after = Made(base.records, base.library, files)
    assert all_ids(after) == all_ids(base)
    assert read(after, BRIEFINGS).entries[0].link == "https://elsewhere.example.net/briefings/fable-flood/"


def test_a_site_without_an_address(base: Made) -> None:
    """Addresses begin at its root; ids must be whole all the same."""
    made = Made(base.records, base.library, {file.path: file.content for file in outputs(base.library, Site("The site"))})
    for _, feed in atoms(made):
        assert {urlsplit(text(holder, "id")).scheme for holder in (feed, *feed.findall(f"{ATOM}entry"))} == {"http"}
        assert all(link.attrib["href"].startswith("/") for link in feed.iter(f"{ATOM}link"))
    assert read(made, BRIEFINGS).entries
    assert "robots.txt" not in made.files
