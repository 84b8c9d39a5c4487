"""Addresses of pages, and the links between them."""

import posixpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.records import KINDS
from generator.urls import CHANGES, HOME, MAP, SEARCH, TIMELINE, Target, index_uri, page_path, record_file, record_uri, relative, way


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        (HOME, "/"),
        (TIMELINE, "/timeline/"),
        (MAP, "/map/"),
        (CHANGES, "/changes/"),
        (SEARCH, "/search/"),
        (record_uri("briefing", "x"), "/briefings/x/"),
        (record_uri("place", "x"), "/places/x/"),
        (record_uri("actor", "x"), "/actors/x/"),
        (record_uri("person", "x"), "/people/x/"),
        (record_uri("source", "x"), "/sources/x/"),
        (record_uri("measure", "x"), "/measures/x/"),
        (index_uri("person"), "/people/"),
        (record_uri("place", "the-index"), "/places/the-index/"),
        ("about/index.md", "/about/"),
    ],
)
def test_addresses_are_as_promised(uri: str, path: str) -> None:
    assert page_path(uri) == path


def test_every_record_has_one_page_and_one_file() -> None:
    for kind in KINDS:
        assert record_uri(kind, "x").removesuffix(".md") == record_file(kind, "x").removesuffix(".yaml")
    assert len({record_uri(kind, "x") for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize(
    ("here", "target", "link"),
    [
        ("places/a.md", Target("", "places/b.md"), "b.md"),
        ("places/a.md", Target("", "briefings/b.md", "c"), "../briefings/b.md#c"),
        ("places/a.md", Target("", "places/a.md", "map"), "#map"),
        ("places/a.md", Target("", "places/a.md"), "a.md"),
        ("index.md", Target("", "places/a.md"), "places/a.md"),
        ("places/a.md", Target("", "index.md"), "../index.md"),
        ("places/a.md", Target("", "places/index.md"), "index.md"),
    ],
)
def test_links_are_relative(here: str, target: Target, link: str) -> None:
    assert relative(here, target) == link


ids = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True)
uris = st.one_of(st.builds(record_uri, st.sampled_from(KINDS), ids), st.builds(index_uri, st.sampled_from(KINDS)), st.just(HOME))


@given(uris, uris, ids | st.just(""))
def test_a_link_leads_where_it_should(here: str, there: str, anchor: str) -> None:
    path, _, found = relative(here, Target("", there, anchor)).partition("#")
    assert (posixpath.normpath(posixpath.join(posixpath.dirname(here), path)) if path else here) == there
    assert found == anchor


folders = st.lists(st.sampled_from(["a", "b", "ab"]), max_size=4).map("/".join)


@given(folders, folders.filter(bool))
def test_the_way_is_what_posixpath_says(folder: str, path: str) -> None:
    assert way(folder, path) == posixpath.relpath(path, folder or ".")
    assert way(f"/{folder}/", f"/{path}") == posixpath.relpath(f"/{path}", f"/{folder}/")
