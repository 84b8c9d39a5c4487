"""The timeline's pages: every event once, in time, in words, under the groups that a reader looks for."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from generator.catalog import Catalog
from generator.edtf import parse
from generator.outputs import Site
from generator.pages import library, pages
from generator.pipeline import check
from generator.render import render
from generator.views.timeline import EVENTS_PER_PAGE, ROWS_IN_STRIP, TimelineView, timeline_cuts, timeline_view
from tests.projects import BASE, ROOT, with_briefings


@pytest.fixture(scope="module")
def base() -> Catalog:
    catalog, problems = check(BASE)
    assert problems == ()
    return catalog


def with_events(catalog: Catalog, *events: dict[str, Any], briefing: str = "fable-flood") -> Catalog:
    """The catalog with these events in its briefing, each like the one that is there but for what is given."""
    old = catalog.briefings["fable-flood"]
    like = old.events[0]
    made = tuple(
        like.model_copy(update={"id": f"ev-{number}", **event, "date": parse(event.get("date", "2021-05-02"))})
        for number, event in enumerate(events, 1)
    )
    new = old.model_copy(update={"id": briefing, "events": made})
    claims = {(briefing, claim.id): claim for claim in new.claims}
    return replace(catalog, briefings={**catalog.briefings, briefing: new}, claims={**catalog.claims, **claims})


def views(catalog: Catalog) -> list[TimelineView]:
    records = library(catalog)
    return [timeline_view(records, cut) for cut in timeline_cuts(records)]


def text(catalog: Catalog, uri: str = "timeline.md") -> str:
    (page,) = (page for page in pages(library(catalog)) if page.uri == uri)
    (rendered,) = render([page], ROOT / "site_templates", Site("Name"))
    return rendered.text


def listed(view: TimelineView) -> list[str]:
    return [entry.view.event.date.text for year in view.years for month in year.months for entry in month.entries]


def test_events_stand_under_their_year_and_month(base: Catalog) -> None:
    dates = ["2021-05-04", "2020", "2021", "2021-04-30/2021-05-02", "[..2021-06-01]", "2020-12~", "2021-01-01"]
    (view,) = views(with_events(base, *({"date": when} for when in dates)))
    assert [(year.year, month.title, len(month.entries)) for year in view.years for month in year.months] == [
        (2020, "", 1),
        (2020, "December 2020", 1),
        (2021, "", 1),
        (2021, "January 2021", 1),
        (2021, "April 2021", 1),
        (2021, "May 2021", 1),
        (2021, "June 2021", 1),
    ]
    assert sorted(listed(view)) == sorted(dates)


@pytest.mark.parametrize(
    ("when", "phrase", "words"),
    [
        ("[2017-11-02..2017-11-03]", None, "**Between 2 and 3 November 2017**: ["),
        ("2017-10-27~", "several days ago", "**About 27 October 2017** (in the source’s words “several days ago”): ["),
        ("2017-11", None, "**November 2017** (day not stated): ["),
        ("2014", "in 2014", "**2014** (in the source’s words “in 2014”; month and day not stated): ["),
        ("2017-10-26/..", None, "**Since 26 October 2017**: ["),
        ("2017-11-03", None, "**3 November 2017**: ["),
    ],
)
def test_dates_are_said_in_words_first(base: Catalog, when: str, phrase: str | None, words: str) -> None:
    assert f"\n1. {words}The river rises](" in text(with_events(base, {"date": when, "phrase": phrase}))


def test_an_event_names_all_it_is_found_by(base: Catalog) -> None:
    page = text(with_events(base, {"places": ("upper-example", "lower-example"), "actors": ("fable-rescue", "ada-ferry")}))
    assert '{: data-place="upper-example lower-example" data-actor="fable-rescue ada-ferry" data-strand="fable-flood.upstream" }' in page
    (item,) = re.findall(r"^1\. .*$", page, re.MULTILINE)
    for link in (
        "places/upper-example.md",
        "places/lower-example.md",
        "actors/fable-rescue.md",
        "people/ada-ferry.md",
        "fable-flood.md#upstream",
    ):
        assert link in item
    for value in ("upper-example", "lower-example", "fable-rescue", "ada-ferry", "fable-flood.upstream"):
        assert f'<option value="{value}">' in page


def test_the_briefing_is_named_where_there_are_several(base: Catalog) -> None:
    assert "In [" not in text(base)
    assert text(with_events(base, {"title": "Another"}, briefing="fable-storm")).count("In [River Fable floods two villages]") == 2


def test_strands_of_several_briefings_are_told_apart(base: Catalog) -> None:
    (view,) = views(base)
    assert [strand.name for strand in view.strands] == ["Upstream"]
    flood, storm = base.briefings["fable-flood"], with_events(base, {}, briefing="fable-storm").briefings["fable-storm"]
    both = with_briefings(base, flood, storm.model_copy(update={"title": "A storm on the Fable"}))
    (view,) = views(both)
    assert [(strand.key, strand.name) for strand in view.strands] == [
        ("fable-storm.upstream", "Upstream – A storm on the Fable"),
        ("fable-flood.upstream", "Upstream – River Fable floods two villages"),
    ]


def test_the_picture_is_by_strand_within_one_briefing(base: Catalog) -> None:
    (view,) = views(with_events(base, {"front": None, "date": "2020"}, {}, {}))
    assert view.by_strand
    assert [(target.text, target.uri, len(found)) for target, found in view.strip] == [
        ("Upstream", "briefings/fable-flood.md", 2),
        ("Of no strand", "", 1),
    ]
    assert 'href="../briefings/fable-flood/#upstream" aria-label="Upstream"' in text(base)


def test_the_picture_is_by_place_where_strands_are_not_shared(base: Catalog) -> None:
    catalog = with_events(base, {"places": ("lower-example", "upper-example")}, {"places": (), "date": "2020"}, briefing="fable-storm")
    (view,) = views(catalog)
    assert not view.by_strand
    assert [(target.text, len(found)) for target, found in view.strip] == [
        ("Upper Example", 2),
        ("Lower Example", 1),
        ("At no named place", 1),
    ]
    assert 'href="../places/lower-example/" aria-label="Lower Example"' in text(catalog)


def test_of_many_places_the_picture_shows_the_busiest(base: Catalog) -> None:
    like = base.places["upper-example"]
    places = {f"place-{number:02}": like.model_copy(update={"id": f"place-{number:02}", "name": f"Place {number}"}) for number in range(30)}
    twice = [{"places": (place,), "front": None} for place in places for _ in range(2 if place < "place-05" else 1)]
    (view,) = views(with_events(replace(base, places={**base.places, **places}), *twice))
    assert len(view.strip) == ROWS_IN_STRIP
    assert view.strip[-1][0].text == "At other places"
    assert {"Place 0", "Place 1", "Place 2", "Place 3", "Place 4"} <= {target.text for target, _ in view.strip}
    drawn = [event.event.id for _, found in view.strip for event in found]
    assert sorted(drawn) == sorted(
        event.event.id for year in view.years for month in year.months for event in (e.view for e in month.entries)
    )
    assert len(view.places) == 30


def test_many_events_come_in_pages_that_name_their_time(base: Catalog) -> None:
    many = with_events(base, *({"date": f"{1990 + number // 12}-{number % 12 + 1:02}-15"} for number in range(2 * EVENTS_PER_PAGE + 1)))
    found = views(many)
    assert [view.list.here.uri for view in found] == ["timeline.md", "timeline/page/2.md", "timeline/page/3.md"]
    dates = [when for view in found for when in listed(view)]
    assert dates == sorted(dates) and len(set(dates)) == 2 * EVENTS_PER_PAGE + 1
    assert [len(view.list.entries) for view in found] == [300, 300, 1]
    named = [step.label for step in found[0].list.steps if step]
    assert named == ["January 1990 to December 2014", "January 2015 to December 2039", "January 2040"]
    second = text(many, "timeline/page/2.md")
    assert re.findall('<nav class="bb-pager" aria-label="([^"]*)"', second) == ["Pages, above the list", "Pages"]
    assert "# Timeline, page 2 {#title}\n" in second
    assert "January 2015 to December 2039: page 2 of 3." in second
    assert "[← Previous page: January 1990 to December 2014](../../timeline.md)" in second
    assert "[Next page: January 2040 →](3.md)" in second
    assert 'href="../../../briefings/fable-flood/#ev-301"' in second


def test_without_events_there_is_a_page_all_the_same(base: Catalog) -> None:
    page = text(with_events(base))
    assert "No event has been recorded yet." in page
    assert "<svg" not in page and "<select" not in page
