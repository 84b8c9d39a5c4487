"""What views compute, and that it agrees with what the rules judge."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from generator.catalog import Catalog
from generator.edtf import parse
from generator.errors import Problem
from generator.outputs import Site
from generator.pages import library, pages
from generator.pipeline import check
from generator.records import Briefing, Citation, Erratum
from generator.render import render
from generator.rules import corroborated_has_two_origins
from generator.views import parts
from generator.views.briefing import BriefingView, briefing_view
from generator.views.entities import control_dates, person_view, place_view, source_view
from generator.views.indexes import name_pages
from generator.views.sections import sections, unsupported_without
from tests.projects import BASE, ROOT, with_briefings


def test_what_falls_without_a_source_is_what_the_checker_would_refuse() -> None:
    catalog, problems = check(ROOT / "content")
    assert problems == ()
    records = library(catalog)
    listed = refused = 0
    for source in catalog.sources.values():
        alone, weaker = unsupported_without(records, source.id, records.backlinks.claims_by_source[source.id])
        named = {(briefing.id, claim.id) for briefing, claim in (*alone, *weaker) if claim.status == "corroborated"}
        resolved = source_view(records, source, sections(records, "source", source.id))
        # A source that nobody has read supports nothing, so this is the catalog without it.
        without = replace(catalog, sources={**catalog.sources, source.id: source.model_copy(update={"read": "not_read"})})
        there = library(without)
        found = [problem for each in without.documents.values() for problem in corroborated_has_two_origins(there, each)]
        citing = {(claim.briefing.id, claim.claim.id) for group in resolved.claims.entries for claim in group.claims}
        fallen = {_claim_at(catalog, problem) for problem in found}
        assert fallen & citing == named, source.id
        listed, refused = listed + len(named), refused + len(fallen & citing)
    assert listed == refused > 10


def _claim_at(catalog: Catalog, problem: Problem) -> tuple[str, str]:
    briefing = catalog.briefings[Path(problem.path).stem]
    return briefing.id, briefing.claims[int(problem.field.split("[")[1].split("]")[0])].id


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
    assert [entry.update for entry in view.history] == [later, update]
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
        (rendered,) = render([page], ROOT / "site_templates", Site("Name"))
        return rendered.text

    briefing = base.briefings["fable-flood"]
    published, looked_at = "first published 4 May 2021", "sources looked at up to 6 May 2021."
    changed = text(briefing)
    assert f"Name, {published}, last changed 6 May 2021, {looked_at}" in changed
    assert f"Name, {published}, {looked_at}" in text(briefing.model_copy(update={"updates": ()}))
    assert " For 2 claims here, the only source for 1." in changed
    assert " For 3 claims here, the only source for 2." in changed
    assert " For 1 claim here, the only source for it." in changed


def test_a_rival_claim_of_another_sheet_is_that_sheets_own(flood: Sheet, base: Catalog) -> None:
    """Two sheets may each have a claim of that id."""
    first = base.briefings["fable-flood"]
    other = first.model_copy(update={"id": "fable-storm"})
    question = first.disagreements[0].model_copy(update={"claims": ("cl-dam-held", "fable-storm#cl-dam-held")})
    (view,) = flood(others=[other], disagreements=(question,)).disagreements
    assert [position.target.uri for position in view.positions] == ["briefings/fable-flood.md", "briefings/fable-storm.md"]


@pytest.fixture
def storm(base: Catalog) -> Briefing:
    """Another sheet, later, with parts of the same names; one of its claims overtakes one of the flood's."""
    first = base.briefings["fable-flood"]
    claims = tuple(
        claim.model_copy(
            update={
                "supersedes": ("fable-flood#cl-moved",) if claim.id == "cl-moved-later" else (),
                "disputes": (),
                "said_on": parse("2021-06-02"),
            }
        )
        for claim in first.claims
    )
    return first.model_copy(
        update={"id": "fable-storm", "title": "A storm", "covers": parse("2021-06-01"), "claims": claims, "disagreements": (), "fronts": ()}
    )


def test_a_sheet_may_begin_with_what_another_tells(flood: Sheet, storm: Briefing) -> None:
    view = flood(others=[storm], highlights=("fable-storm#cl-moved-later",), starting_point=None)
    (highlight,) = view.highlights
    assert (highlight.target.uri, highlight.target.anchor) == ("briefings/fable-storm.md", "cl-moved-later")
    # Its sources are this sheet's first, and its figure is the one to see, with this sheet's values beside it.
    assert [use.citation.source.id for use in view.sources if use.depth == "minute"] == ["rescue-release"]
    (item,) = view.key_figures
    assert item.figure.target.uri == "briefings/fable-storm.md"
    assert [other.target.uri for other in item.others] == ["briefings/fable-flood.md"] * 2
    assert view.claim_count == 5, "a claim of another sheet is not counted as this one's"


def test_a_key_figure_of_another_sheet_is_that_sheets_own(flood: Sheet, storm: Briefing) -> None:
    (item,) = flood(others=[storm], key_figures=("fable-storm#fg-moved",)).key_figures
    assert item.figure.target.uri == "briefings/fable-storm.md"


def test_events_of_other_sheets_stand_among_ones_own(flood: Sheet, storm: Briefing) -> None:
    (event,) = storm.events
    storm = storm.model_copy(update={"events": (event.model_copy(update={"date": parse("2021-05-01")}),)})
    view = flood(others=[storm], other_events=("fable-storm#ev-rise",))
    assert [event.briefing.id for event in view.events] == ["fable-storm", "fable-flood"]
    assert view.events[0].front is None, "a strand of another sheet is none of this one's"
    assert [heading.text for heading, _ in view.strip] == ["Upstream", "On other sheets"]
    assert [len(front.events) for front in view.fronts] == [1]


def test_related_sheets_are_shown_on_both(flood: Sheet, storm: Briefing, base: Catalog) -> None:
    view = flood(others=[storm], related=("fable-storm",))
    assert ([other.target.text for other in view.later], view.earlier) == (["A storm"], ())
    named_there = flood(others=[storm.model_copy(update={"related": ("fable-flood",), "covers": parse("2020")})])
    assert ([other.target.text for other in named_there.earlier], named_there.later) == (["A storm"], ())
    assert len(flood(others=[storm.model_copy(update={"related": ("fable-flood",)})], related=("fable-storm",)).later) == 1, "once"


def test_a_sheet_says_where_there_is_later_information(flood: Sheet, storm: Briefing) -> None:
    view = flood(others=[storm])
    assert ([target.text for target in view.overtaken], view.overtaken_count) == (["A storm"], 1)
    assert [(other.target.text, other.overtakes) for other in view.later] == [("A storm", 1)], "related, though neither says so"
    assert flood().overtaken == (), "what its own claims overtook is told at those claims"


def test_abbreviations_in_a_sheets_words_are_spelt_out(base: Catalog) -> None:
    wire, rescue = base.actors["example-wire"], base.actors["fable-rescue"]
    actors = {**base.actors, wire.id: wire.model_copy(update={"variants": ("EW", "Wire")})}
    actors[rescue.id] = rescue.model_copy(update={"variants": ("FVR", "EU")})
    briefing = base.briefings["fable-flood"].model_copy(update={"context": "EW and the EWT. FVR’s boats.", "answer": "The EU and NATO."})
    records = library(replace(with_briefings(base, briefing), actors=actors))
    assert [(short, target.text) for short, target in briefing_view(records, briefing).short_names] == [
        ("EU", rescue.name),
        ("EW", wire.name),
        ("FVR", rescue.name),
    ]
    twice = {**actors, wire.id: wire.model_copy(update={"variants": ("EU",)})}
    records = library(replace(with_briefings(base, briefing), actors=twice))
    assert [short for short, _ in briefing_view(records, briefing).short_names] == ["FVR"], "what two are called tells nothing"


def test_figures_of_one_claim_are_no_rivals(flood: Sheet, base: Catalog) -> None:
    figure = base.claims["fable-flood", "cl-moved-later"].figures[0]
    part = figure.model_copy(update={"id": "fg-children"})
    (item, other) = flood({"cl-moved-later": {"figures": (figure, part)}}).key_figures
    assert [rival.figure.id for rival in item.others] == [rival.figure.id for rival in other.others] == ["fg-moved"]


def test_an_area_passes_for_no_town_on_a_map_of_several(flood: Sheet, base: Catalog) -> None:
    valley = base.places["fable-valley"]
    point = base.places["upper-example"].coordinates
    assert point is not None
    wide = valley.model_copy(update={"coordinates": point.model_copy(update={"precision_km": Decimal(80)})})
    records = library(replace(base, places={**base.places, "fable-valley": wide}))
    assert [view.place.id for view in parts.place_points(records, ["fable-valley", "upper-example"], ())] == ["upper-example"]
    assert [view.place.id for view in parts.place_points(records, ["fable-valley"], ())] == ["fable-valley"], "on its own page"


def test_what_a_source_has_wrong_is_said_where_it_is_listed(base: Catalog) -> None:
    erratum = Erratum(says="The water came in [June](place:upper-example).", instead="In May.", sources=cited("rescue-release"))
    source = base.sources["gazette-own-report"].model_copy(update={"errata": (erratum,)})
    records = library(replace(base, sources={**base.sources, source.id: source}))
    text = {page.uri: page.text for page in render(pages(records), ROOT / "site_templates", Site("Name"))}
    assert "## Corrections to it" in text["sources/gazette-own-report.md"]
    assert "[June](../places/upper-example.md)" in text["sources/gazette-own-report.md"]
    assert "1 correction to it." in text["briefings/fable-flood.md"]
    assert "gazette-own-report" in text["sources/rescue-release.md"].partition("Also used on")[2], "what shows it says that it does"


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
    records = library(with_briefings(base, first, earlier))
    groups = place_view(records, base.places["upper-example"], sections(records, "place", "upper-example")).claims.entries
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
    view = person_view(records, records.catalog.people["ada-ferry"], sections(records, "person", "ada-ferry"))
    assert [item.role.title for item in view.roles] == ["Clerk", "Mayor of Upper Example", "Minister"]
    assert view.last_role.role.title == "Minister"
    (entry,) = (entry for page in name_pages(records, "person") for entry in page.entries)
    assert entry.note == "Minister"
    (page,) = (page for page in pages(records) if page.uri == "people/ada-ferry.md")
    assert page.description == "Minister"
