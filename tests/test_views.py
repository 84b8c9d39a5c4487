"""What views compute, and that it agrees with what the rules judge."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from generator.catalog import Catalog
from generator.edtf import parse
from generator.pages import library, pages
from generator.pipeline import check
from generator.records import Briefing, Citation
from generator.render import render
from generator.rules import corroborated_has_two_origins
from generator.views.briefing import BriefingView, briefing_view
from generator.views.entities import control_dates, person_view, place_view, source_view
from generator.views.indexes import name_pages
from tests.projects import BASE, ROOT, with_briefings


def test_what_falls_without_a_source_is_what_the_checker_would_refuse() -> None:
    catalog, problems = check(ROOT / "content")
    assert problems == ()
    records = library(catalog)
    listed = refused = 0
    for source in catalog.sources.values():
        view = source_view(records, source)
        named = {claim.claim.id for claim in (*view.weaker, *view.alone) if claim.claim.status == "corroborated"}
        # A source that nobody has read supports nothing, so this is the catalog without it.
        without = replace(catalog, sources={**catalog.sources, source.id: source.model_copy(update={"read": "not_read"})})
        briefing = next(iter(catalog.briefings.values()))
        found = list(corroborated_has_two_origins(without))
        citing = {claim.claim.id for group in view.claims for claim in group.claims}
        fallen = {briefing.claims[int(problem.field.split("[")[1].split("]")[0])].id for problem in found}
        assert fallen & citing == named, source.id
        listed, refused = listed + len(named), refused + len(fallen & citing)
    assert listed == refused > 10


@pytest.fixture(scope="module")
def base() -> Catalog:
    catalog, problems = check(BASE)
    assert problems == ()
    return catalog


Sheet = Callable[..., BriefingView]


@pytest.fixture(scope="module")
def flood(base: Catalog) -> Sheet:
    """Give a function that makes the small flood's sheet, with some fields changed: of its own, or of claims by their ids."""

    def make(claims: Mapping[str, dict[str, Any]] = {}, others: Iterable[Briefing] = (), **changes: object) -> BriefingView:
        briefing = base.briefings["fable-flood"]
        changed = tuple(claim.model_copy(update=claims.get(claim.id, {})) for claim in briefing.claims)
        briefing = briefing.model_copy(update={"claims": changed, **changes})
        return briefing_view(library(with_briefings(base, briefing, *others)), briefing)

    return make


def cited(*sources: str) -> tuple[Citation, ...]:
    return tuple(Citation(source=source) for source in sources)


def test_key_figures_are_those_of_the_highlights_unless_the_editor_chose(flood: Sheet) -> None:
    assert [item.figure.figure.id for item in flood().key_figures] == ["fg-moved-later"]
    assert [item.figure.figure.id for item in flood(key_figures=("fg-moved",)).key_figures] == ["fg-moved"]


def test_a_key_figure_has_the_rival_values_of_its_measure_beside_it(flood: Sheet) -> None:
    assert [[other.figure.id for other in item.others] for item in flood().key_figures] == [["fg-moved"]]


def test_sources_are_numbered_in_the_order_in_which_a_reader_comes_upon_them(flood: Sheet) -> None:
    view = flood(highlights=("cl-moved-later",))
    assert [use.citation.number for use in view.sources] == list(range(1, len(view.sources) + 1))
    minute = [use.citation.source.id for use in view.sources if use.depth == "minute"]
    assert minute == ["gazette-wire-copy", "rescue-release"]  # the text taken apart, then the highlight
    assert minute == [use.citation.source.id for use in view.sources][:2]
    assert len(view.sources) > len(minute)


def test_values_of_a_measure_stand_by_the_date_they_are_about(flood: Sheet, base: Catalog) -> None:
    figure = base.claims["fable-flood", "cl-moved"].figures[0]
    for as_of, order in (("2021-05-02", ["fg-moved", "fg-moved-later"]), ("2021-06", ["fg-moved-later", "fg-moved"])):
        (group,) = flood({"cl-moved": {"figures": (figure.model_copy(update={"as_of": parse(as_of)}),)}}).figures
        assert [view.figure.id for view in group.figures] == order


def test_what_the_text_says_is_every_claim_that_cites_it(flood: Sheet) -> None:
    view = flood({"cl-rose": {"sources": cited("rescue-release", "gazette-wire-copy")}})
    assert [(group.part, [found.claim.id for found in group.claims]) for group in view.claims] == [
        ("text", ["cl-rose", "cl-moved"]),
        ("others", ["cl-moved-later", "cl-dam-held", "cl-dam-leaked"]),
    ]
    assert [group.part for group in flood(starting_point=None).claims] == ["all"]


def test_the_last_change_comes_first(flood: Sheet, base: Catalog) -> None:
    (update,) = base.briefings["fable-flood"].updates
    later = update.model_copy(update={"at": parse("2021-06-01")})
    view = flood(updates=(update, later))
    assert view.history == (later, update)
    assert view.updated == later.at
    assert flood(updates=()).updated == view.briefing.published


def test_a_source_tells_how_many_claims_it_carries_alone(flood: Sheet) -> None:
    def uses(view: BriefingView) -> dict[str, tuple[int, int]]:
        return {use.citation.source.id: (use.claims, use.alone) for use in view.sources}

    expected = {"rescue-release": (3, 2), "gazette-wire-copy": (1, 1), "gazette-own-report": (2, 1), "example-wire-flood": (0, 0)}
    assert uses(flood()) == expected
    # Two places in one source are no second source.
    assert uses(flood({"cl-dam-leaked": {"sources": cited("gazette-own-report", "gazette-own-report")}})) == expected


def test_origins_are_those_of_the_sources_listed(flood: Sheet, base: Catalog) -> None:
    assert flood().origins == ("Example Gazette", "Example Wire", "Fable Valley Rescue")
    photo = base.briefings["fable-flood"].photos[0].model_copy(update={"sources": cited("old-atlas")})
    view = flood(photos=(photo,))
    assert "old-atlas" in {use.citation.source.id for use in view.sources}, "listed, though no claim rests on it"
    assert view.origins == ("Example Gazette", "Example Wire", "Fable Valley Rescue", "Nowhere Press")


def test_a_sheet_says_when_it_was_changed_and_what_rests_on_a_source_alone(base: Catalog) -> None:
    def text(briefing: Briefing) -> str:
        (page,) = (page for page in pages(library(with_briefings(base, briefing))) if page.uri == "briefings/fable-flood.md")
        (rendered,) = render([page], ROOT / "site_templates", "Name")
        return rendered.text

    briefing = base.briefings["fable-flood"]
    published, looked_at = "first published 4 May 2021", "sources looked at up to 6 May 2021."
    changed = text(briefing)
    assert f"Name, {published}, last changed 6 May 2021, {looked_at}" in changed
    assert f"Name, {published}, {looked_at}" in text(briefing.model_copy(update={"updates": ()}))
    assert " 1 claim here, on it alone." in changed
    assert " 3 claims here, 2 of them on it alone." in changed


def test_a_rival_claim_of_another_sheet_is_that_sheets_own(flood: Sheet, base: Catalog) -> None:
    """Two sheets may each have a claim of that id."""
    first = base.briefings["fable-flood"]
    other = first.model_copy(update={"id": "fable-storm"})
    question = first.disagreements[0].model_copy(update={"claims": ("cl-dam-held", "fable-storm#cl-dam-held")})
    (view,) = flood(others=[other], disagreements=(question,)).disagreements
    assert [position.target.uri for position in view.positions] == ["briefings/fable-flood.md", "briefings/fable-storm.md"]


def test_statuses_are_counted_best_supported_first(flood: Sheet) -> None:
    assert [(found.status, found.count, found.before) for found in flood().statuses] == [
        ("corroborated", 1, 0),
        ("reported", 1, 1),
        ("disputed", 2, 2),
        ("superseded", 1, 4),
    ]


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("2017-11-03", "as of 3 November 2017"),
        ("[2017-11-02..2017-11-03]", "as of a day between 2 and 3 November 2017"),
        ("2014-07/2017-11-03", "July 2014 to 3 November 2017"),
        ("2017-11-03/..", "since 3 November 2017"),
        ("[..2017-11-03]", "by 3 November 2017"),
    ],
)
def test_a_day_of_control_says_nothing_of_how_long(when: str, words: str) -> None:
    assert control_dates(parse(when)) == words


def test_claims_about_a_place_are_kept_by_briefing(base: Catalog) -> None:
    first = base.briefings["fable-flood"]
    earlier = first.model_copy(update={"id": "an-earlier-flood", "covers": parse("2001-05"), "events": (), "disagreements": ()})
    groups = place_view(library(with_briefings(base, first, earlier)), base.places["upper-example"]).claims
    assert [group.briefing.uri for group in groups] == ["briefings/an-earlier-flood.md", "briefings/fable-flood.md"]
    assert all(group.claims for group in groups)


def test_a_person_is_known_by_the_role_that_began_last(base: Catalog) -> None:
    """Whatever the order of the file."""
    ada = base.people["ada-ferry"]
    mayor = ada.roles[0]
    roles = (
        mayor.model_copy(update={"title": "Minister", "from_": parse("2022-04"), "to": None}),
        mayor,
        mayor.model_copy(update={"title": "Clerk", "from_": None, "to": None, "as_of": parse("2011")}),
    )
    records = library(replace(base, people={"ada-ferry": ada.model_copy(update={"roles": roles})}))
    view = person_view(records, records.catalog.people["ada-ferry"])
    assert [item.role.title for item in view.roles] == ["Clerk", "Mayor of Upper Example", "Minister"]
    assert view.last_role.role.title == "Minister"
    (entry,) = (entry for page in name_pages(records, "person") for entry in page.entries)
    assert entry.note == "Minister"
    (page,) = (page for page in pages(records) if page.uri == "people/ada-ferry.md")
    assert page.description == "Minister"
