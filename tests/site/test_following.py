"""A reader who would follow finds the feeds, and a crawler the pages with their days, on the site as it is built."""

from __future__ import annotations

import json
import posixpath
import re
from pathlib import Path
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import feedparser
import pytest
import tinyhtml5

from tests.projects import DAM, Project, flood_project, words

SITE_URL = "https://flood.example/facts/"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
FEEDS = {
    "/": {"/feeds/changes.atom", "/feeds/briefings.atom", "/feeds/briefings.json"},
    "/changes/": {"/feeds/changes.atom"},
    "/briefings/": {"/feeds/briefings.atom", "/feeds/briefings.json"},
    "/briefings/fable-flood/": {"/feeds/briefings/fable-flood.atom"},
    "/places/lower-example/": {"/feeds/places/lower-example.atom"},
    "/actors/fable-rescue/": {"/feeds/actors/fable-rescue.atom"},
    "/sources/old-atlas/": set(),
    "/briefings/fable-flood/at/first/": set(),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = flood_project(tmp_path_factory.mktemp("following"))
    file = project.content / "briefings/fable-flood.yaml"
    file.write_text(file.read_text(encoding="utf-8") + DAM, encoding="utf-8")
    project.build()
    return project


def at(page: str, link: str) -> str:
    """Where a link of a page leads, from the site's root."""
    return posixpath.normpath(posixpath.join(page, link))


def heads(page: Element) -> list[Element]:
    return [
        link
        for link in page.iter("link")
        if "alternate" in link.get("rel", "").split() and link.get("type") in ("application/atom+xml", "application/feed+json")
    ]


@pytest.mark.parametrize("address", FEEDS)
def test_readers_and_their_programs_find_the_feed(built: Project, address: str) -> None:
    page = built.page(address)
    offered = {at(address, link.attrib["href"]) for link in heads(page)}
    assert offered == FEEDS[address]
    assert all(link.attrib["title"] for link in heads(page))
    seen = {at(address, link.attrib["href"]): words(link) for link in page.iter("a") if "/feeds/" in at(address, link.get("href", ""))}
    assert set(seen) == {path for path in FEEDS[address] if path.endswith(".atom")}
    assert all("feed reader" in said for said in seen.values())


def test_what_the_pages_offer_is_there(built: Project) -> None:
    for path in {path for found in FEEDS.values() for path in found}:
        content = (built.site / path.lstrip("/")).read_bytes()
        if path.endswith(".json"):
            assert json.loads(content)["items"]
        else:
            feed = feedparser.parse(content)
            assert not feed.bozo
            [own] = [link.href for link in feed.feed.links if link.rel == "self"]
            assert own == SITE_URL + path.lstrip("/")


def lastmods(site: Path) -> dict[str, str | None]:
    """Each address of the sitemap, held to the rules of sitemaps.org, and its day."""
    content = (site / "sitemap.xml").read_bytes()
    root = ElementTree.fromstring(content)
    assert root.tag == f"{SITEMAP}urlset"
    assert 0 < len(root) <= 50_000 and len(content) <= 50 * 2**20
    found: dict[str, str | None] = {}
    for url in root:
        assert url.tag == f"{SITEMAP}url"
        assert [child.tag.removeprefix(SITEMAP) for child in url] in (["loc"], ["loc", "lastmod"])
        where = url.findtext(f"{SITEMAP}loc", "")
        assert where.startswith(SITE_URL) and len(where) < 2048
        day = url.findtext(f"{SITEMAP}lastmod")
        assert day is None or re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", day)
        address = urlsplit(where).path.removeprefix("/facts")
        assert address not in found
        assert (site / address.strip("/") / "index.html").is_file()
        found[address] = day
    return found


def test_the_sitemap_says_when_each_page_last_changed(built: Project) -> None:
    days = lastmods(built.site)
    newest, highlights, first = "2021-05-08", "2021-05-06", "2021-05-04"
    assert days["/briefings/fable-flood/"] == newest
    assert days["/places/lower-example/"] == newest
    assert days["/actors/fable-rescue/"] == newest
    # The dam's claim says nothing of these.
    assert days["/places/upper-example/"] == first
    assert days["/measures/people-moved/"] == highlights
    assert days["/people/ada-ferry/"] == first
    # Nothing says when these were written.
    assert days["/sources/old-atlas/"] is None
    assert days["/places/fable-valley/"] is None
    assert days["/about/method/"] is None
    assert days["/search/"] is None
    assert days["/"] == days["/changes/"] == newest


def test_what_is_at_rest_is_not_in_the_sitemap(built: Project) -> None:
    assert not [address for address in lastmods(built.site) if "/at/" in address or "fable-water" in address]
    assert (built.site / "briefings/fable-flood/at/first/index.html").is_file()


def test_crawlers_are_told_where_the_sitemap_is(built: Project) -> None:
    robots = RobotFileParser()
    robots.parse((built.site / "robots.txt").read_text(encoding="utf-8").splitlines())
    assert robots.site_maps() == [f"{SITE_URL}sitemap.xml"]
    assert robots.can_fetch("anybody", f"{SITE_URL}briefings/fable-flood/")


def test_ids_stay_when_the_site_moves(tmp_path: Path) -> None:
    project = flood_project(tmp_path)
    settings = project.folder / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    assert text.count("  - briefbook:\n") == 1
    text = text.replace("  - briefbook:\n", "  - briefbook:\n      ids_under: https://first.example.org/facts/\n")
    settings.write_text(text, encoding="utf-8")
    project.build()
    feed = feedparser.parse((project.site / "feeds/changes.atom").read_bytes())
    assert [entry.id for entry in feed.entries] == ["https://first.example.org/facts/briefings/fable-water/history/1"]
    assert feed.entries[0].link == f"{SITE_URL}briefings/fable-flood/#history"


def test_a_program_without_scripts_finds_the_feed_in_the_head(built: Project) -> None:
    """As a feed reader parses the page: by the rules of HTML, where scripts do not run."""
    document = tinyhtml5.parse((built.site / "places/lower-example/index.html").read_bytes(), namespace_html_elements=False)
    offered = [link for link in document.iterfind("./head//link") if "alternate" in link.get("rel", "").split()]
    assert "application/atom+xml" in [link.get("type") for link in offered]
