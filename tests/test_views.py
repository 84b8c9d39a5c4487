"""What views compute, and that it agrees with what the rules judge."""

from dataclasses import replace

import pytest

from generator.edtf import parse
from generator.pages import library
from generator.pipeline import check
from generator.rules import corroborated_has_two_origins
from generator.views.briefing import BriefingView, briefing_view
from generator.views.entities import control_dates, place_view, source_view
from tests.projects import BASE, ROOT


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


def flood(**changes: object) -> BriefingView:
    """The small flood's sheet, with some of its fields changed."""
    catalog, problems = check(BASE)
    assert problems == ()
    briefing = catalog.briefings["fable-flood"].model_copy(update=changes)
    return briefing_view(library(replace(catalog, briefings={"fable-flood": briefing})), briefing)


def test_key_figures_are_those_of_the_highlights_unless_the_editor_chose() -> None:
    assert [item.figure.figure.id for item in flood().key_figures] == ["fg-moved-later"]
    assert [item.figure.figure.id for item in flood(key_figures=("fg-moved",)).key_figures] == ["fg-moved"]


def test_a_key_figure_has_the_rival_values_of_its_measure_beside_it() -> None:
    assert [[other.figure.id for other in item.others] for item in flood().key_figures] == [["fg-moved"]]


def test_sources_are_numbered_in_the_order_in_which_a_reader_comes_upon_them() -> None:
    view = flood(highlights=("cl-moved-later",))
    assert [use.citation.number for use in view.sources] == list(range(1, len(view.sources) + 1))
    minute = [use.citation.source.id for use in view.sources if use.depth == "minute"]
    assert minute == ["gazette-wire-copy", "rescue-release"]  # the text taken apart, then the highlight
    assert minute == [use.citation.source.id for use in view.sources][:2]
    assert len(view.sources) > len(minute)


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


def test_claims_about_a_place_are_kept_by_briefing() -> None:
    catalog, _ = check(BASE)
    first = catalog.briefings["fable-flood"]
    earlier = first.model_copy(update={"id": "an-earlier-flood", "covers": parse("2001-05"), "events": (), "disagreements": ()})
    records = library(
        replace(
            catalog,
            briefings={first.id: first, earlier.id: earlier},
            claims=catalog.claims | {(earlier.id, claim.id): claim for claim in earlier.claims},
        )
    )
    groups = place_view(records, catalog.places["upper-example"]).claims
    assert [group.briefing.uri for group in groups] == ["briefings/an-earlier-flood.md", "briefings/fable-flood.md"]
    assert all(group.claims for group in groups)
