"""What the pages about all records show: home, indexes, map list, changes."""

import re
import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.edtf import parse
from generator.outputs import Site
from generator.pages import library, pages
from generator.pipeline import Project, build_pages, check
from generator.records.base import Change
from generator.render import render
from generator.urls import Target
from generator.views import changes
from generator.views.changes import CHANGES_PER_PAGE
from generator.views.history import ChangeView, FieldChange
from generator.views.home import home_view
from generator.views.indexes import PER_PAGE, IndexEntry, LocalName, briefing_pages, map_pages, name_pages, place_pages, source_pages
from generator.views.library import Library
from generator.views.paging import ListPage
from generator.wording import span
from tests.projects import BASE, ROOT, with_briefings


def test_the_south_and_the_west_are_named_on_the_map(tmp_path: Path) -> None:
    content = shutil.copytree(BASE, tmp_path / "content")
    (content / "places" / "suva.yaml").write_text(
        "name: Suva\nkind: city\ncountry: FJ\ncoordinates: {lat: -18.14, lon: 178.44, precision_km: 1, sources: [old-atlas]}\n"
        "names: {fj: Suva, hif: सुवा}\n",
        encoding="utf-8",
    )
    made = {page.uri: page.text for page in build_pages(Project(content, ROOT / "site_templates", "Name"))}
    assert re.search(r"\| \[Suva\]\(places/suva\.md\) \| 18\.14° south, 178\.44° east \| 1 km \|", made["map.md"])
    assert "## Fiji {#country-fj}" in made["map.md"]


def test_a_place_without_a_point_is_in_the_maps_list_all_the_same() -> None:
    catalog, _ = check(BASE)
    records = library(catalog)
    (view,) = map_pages(records)
    listed = {entry.record.id for entry in view.list.entries}
    assert listed == set(catalog.places)
    assert {point.place.id for point in view.points} == {place.id for place in catalog.places.values() if place.coordinates} < listed


def test_statuses_of_a_briefing_add_up_and_stand_in_a_row() -> None:
    catalog, _ = check(ROOT / "content")
    for entry in briefing_pages(library(catalog))[0].entries:
        assert [part.before for part in entry.statuses] == [
            sum(other.count for other in entry.statuses[:n]) for n in range(len(entry.statuses))
        ]
        assert sum(part.count for part in entry.statuses) == entry.claims == len(catalog.briefings[entry.briefing.id].claims)
        assert {part.status for part in entry.statuses} == {*entry.briefing.statuses}


def test_measures_tell_how_many_values_of_what_time() -> None:
    catalog, _ = check(ROOT / "content")
    entries = {entry.record.id: entry for page in name_pages(library(catalog), "measure") for entry in page.entries}
    for measure, entry in entries.items():
        dates = [figure.as_of for claim in catalog.claims.values() for figure in claim.figures if figure.measure == measure]
        assert (entry.count, entry.span) == (len(dates), span(dates))
    assert any("to" in entry.span for entry in entries.values())


def test_what_is_used_most_comes_first_and_what_is_never_used_not_at_all() -> None:
    catalog, _ = check(ROOT / "content")
    view = home_view(library(catalog))
    for way, total in ((view.places, len(catalog.places)), (view.actors, len(catalog.actors))):
        counts = [count for _, count in way.found]
        assert counts == sorted(counts, reverse=True)
        assert counts[-1] > 0
        assert way.total == total


def by_id(pages: Iterable[ListPage[IndexEntry[Any]]]) -> dict[str, IndexEntry[Any]]:
    return {entry.record.id: entry for page in pages for entry in page.entries}


def test_a_claim_by_and_about_somebody_counts_once() -> None:
    catalog, _ = check(BASE)
    claim = catalog.claims["fable-flood", "cl-rose"]
    assert claim.said_by == claim.about == ("fable-rescue",)
    counts = {name: entry.count for name, entry in by_id(name_pages(library(catalog), "actor")).items()}
    assert counts == {"fable-rescue": 3, "example-gazette": 1, "example-wire": 0}


def test_an_index_says_in_a_few_words_what_each_is() -> None:
    catalog, _ = check(BASE)
    records = library(catalog)
    upper = by_id(place_pages(records))["upper-example"]
    assert (upper.note, upper.local_name) == ("village, Fable Valley", LocalName("Exemple-le-Haut", "fr"))
    assert by_id(place_pages(records))["lower-example"].local_name is None
    assert by_id(name_pages(records, "actor"))["example-wire"].note == "news agency"
    assert by_id(name_pages(records, "person"))["ada-ferry"].note == "Mayor of Upper Example"


def rendered(records: Library, uri: str) -> str:
    (page,) = (page for page in pages(records) if page.uri == uri)
    (made,) = render([page], ROOT / "site_templates", Site("Name"))
    return made.text


def test_the_index_of_places_marks_names_in_other_languages() -> None:
    catalog, _ = check(BASE)
    text = rendered(library(catalog), "places/index.md")
    assert (
        '- [Upper Example](upper-example.md) <span lang="fr" dir="auto">Exemple-le-Haut</span> <small>village, Fable Valley · 1 claim</small>\n'
        in text
    )
    assert "- [Lower Example](lower-example.md) <small>village · 2 claims</small>\n" in text


def test_sources_without_a_date_come_last() -> None:
    catalog, _ = check(BASE)
    sources = [entry.record for page in source_pages(library(catalog)) for entry in page.entries]
    assert [source.id for source in sources] == [
        "gazette-own-report", "rescue-release", "gazette-wire-copy", "example-wire-flood", "old-atlas",
    ]  # fmt: skip
    assert sources[-1].date is None


def test_the_map_is_on_the_first_page_of_its_list() -> None:
    catalog, _ = check(BASE)
    upper = catalog.places["upper-example"]
    more = {f"upper-{number}": upper.model_copy(update={"id": f"upper-{number}"}) for number in range(PER_PAGE)}
    first, second = map_pages(library(replace(catalog, places={**catalog.places, **more})))
    assert len(first.points) == PER_PAGE + 1
    assert second.list.entries and not second.points


def test_the_first_page_shows_what_changed_last() -> None:
    catalog, _ = check(BASE)
    first = catalog.briefings["fable-flood"]
    older = first.model_copy(update={"id": "fable-drought", "covers": parse("2030"), "published": parse("2021-01-01"), "updates": ()})
    newer = first.model_copy(update={"id": "fable-storm", "covers": parse("1990"), "published": parse("2022-01-01"), "updates": ()})
    view = home_view(library(with_briefings(catalog, first, older, newer)))
    assert [entry.briefing.id for entry in view.briefings] == ["fable-storm", "fable-flood", "fable-drought"]
    (page,) = briefing_pages(library(with_briefings(catalog, first, older, newer)))
    assert [entry.briefing.id for entry in page.entries] == ["fable-drought", "fable-flood", "fable-storm"], "by what they tell of"


def change_pages(records: Library) -> list[ListPage[ChangeView]]:
    return [changes.change_page(records, cut) for cut in changes.change_cuts(records)]


def latest_changes(records: Library) -> list[ChangeView]:
    return [changes.change_of(records, row) for row in changes.latest_changes(records)]


def change(path: str, before: object = None, after: object = None) -> FieldChange:
    catalog, _ = check(BASE)
    briefing = catalog.briefings["fable-flood"]
    update = briefing.updates[0].model_copy(update={"changes": (Change.model_validate({"path": path, "from": before, "to": after}),)})
    changed = with_briefings(catalog, briefing.model_copy(update={"updates": (update,)}))
    (view,) = latest_changes(library(changed))
    (field,) = view.fields
    return field


def test_a_change_leads_to_what_was_changed() -> None:
    found = change("claims[cl-moved].figures[fg-moved].value", "300", "310")
    assert found.target == Target("about 200\u00a0people", "briefings/fable-flood.md", "fg-moved")
    assert (found.name, found.within) == ("value", ("cl-moved", "fg-moved")), "told at the claim too"
    found = change("claims[cl-moved].figures[0].value")
    assert found.target and found.target.anchor == "cl-moved"
    assert change("claims[cl-gone].text").target is None, "it is on no page any more"
    assert change("title").target is None


def test_an_id_of_digits_is_no_index() -> None:
    catalog, _ = check(BASE)
    briefing = catalog.briefings["fable-flood"]
    event = briefing.events[0].model_copy(update={"id": "2017"})
    field = Change.model_validate({"path": "events[2017].claims[0]"})
    update = briefing.updates[0].model_copy(update={"changes": (field,)})
    changed = briefing.model_copy(update={"events": (event,), "updates": (update,)})
    (view,) = latest_changes(library(with_briefings(catalog, changed)))
    assert view.fields[0].target == Target("The river rises", "briefings/fable-flood.md", "2017")


def test_a_change_says_both_values_in_words() -> None:
    found = change("x", ["a", "b"], {"source": "c", "locator": "p. 3"})
    assert (found.before, found.after) == ("a; b", "source: c; locator: p. 3")
    found = change("x", after="new")
    assert (found.before, found.after) == (None, "new")


def test_marks_are_left_out_of_prose_alone() -> None:
    """In a title or a quotation an asterisk is a character like any other: to take it away is a change that can be seen."""
    found = change("title", "The *flood* [sic](x)", "The flood")
    assert (found.before, found.after) == ("The *flood* [sic](x)", "The flood")
    found = change("quotes[qt-water].text", "*Never*\nbefore.", None)
    assert found.before == "*Never* before."
    found = change("answer", "The *river* [rose](https://example.org/).", "It rose.")
    assert found.before == "The river rose."
    found = change("claims[cl-moved]", {"text": "*About* 200."}, {"figures": [{"scope": "*all*"}]})
    assert (found.before, found.after) == ("About 200.", "figures: scope: *all*")


def test_corrections_stand_before_updates() -> None:
    catalog, _ = check(BASE)
    briefing = catalog.briefings["fable-flood"]
    entry = briefing.updates[0]
    kinds = ("update", "correction", "clarification", "withdrawal", "correction")
    updates = tuple(entry.model_copy(update={"kind": kind, "at": parse(f"2021-05-0{day}")}) for day, kind in enumerate(kinds, 1))
    changed = replace(catalog, briefings={briefing.id: briefing.model_copy(update={"updates": updates})})
    (page,) = change_pages(library(changed))
    assert [(view.update.kind, view.update.at.text[-1]) for view in page.entries] == [
        ("correction", "5"), ("correction", "2"), ("withdrawal", "4"), ("clarification", "3"), ("update", "1"),
    ]  # fmt: skip
    assert [view.update.at.text[-1] for view in latest_changes(library(changed))] == ["5", "4", "3", "2", "1"]


def test_a_page_of_changes_says_what_was_done_and_when() -> None:
    catalog, _ = check(BASE)
    briefing = catalog.briefings["fable-flood"]
    entry = briefing.updates[0]
    kinds = ["correction"] * (CHANGES_PER_PAGE + 10) + ["update"] * (CHANGES_PER_PAGE - 10)
    updates = tuple(
        entry.model_copy(update={"kind": kind, "at": parse(f"2021-{number // 28 + 1:02}-01")}) for number, kind in enumerate(kinds)
    )
    found = change_pages(library(with_briefings(catalog, briefing.model_copy(update={"updates": updates}))))
    assert [page.here.label for page in found] == ["the latest", "1 January to 1 February 2021"]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("a", "b", "was <del>a</del>, now <ins>b</ins>"),
        (None, "b", "added <ins>b</ins>"),
        ("", "b", "added <ins>b</ins>"),
        ("a", None, "removed <del>a</del>"),
        ("a", "", "emptied, was <del>a</del>"),
        (["a"], [], "removed <del>a</del>"),
        (["a", "b"], ["c", "a"], "was <del>b</del>, now <ins>c</ins>"),
        (["a", "b"], ["b", "a"], "was <del>a; b</del>, now <ins>b; a</ins>"),
        (None, "", "emptied"),
        (None, None, "changed"),
    ],
)
def test_a_change_is_said_in_words_and_never_marks_nothing(before: object, after: object, said: str) -> None:
    catalog, _ = check(BASE)
    briefing = catalog.briefings["fable-flood"]
    field = Change.model_validate({"path": "x", "from": before, "to": after})
    update = briefing.updates[0].model_copy(update={"changes": (field,)})
    records = library(with_briefings(catalog, briefing.model_copy(update={"updates": (update,)})))
    assert f"- x: {said}\n" in rendered(records, "changes.md")
