"""What views compute agrees with what the rules judge."""

from dataclasses import replace

from generator.pages import library
from generator.pipeline import check
from generator.rules import corroborated_has_two_origins
from generator.views.entities import source_view
from tests.projects import ROOT


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
        citing = {claim.claim.id for claim in view.claims}
        fallen = {briefing.claims[int(problem.field.split("[")[1].split("]")[0])].id for problem in found}
        assert fallen & citing == named, source.id
        listed, refused = listed + len(named), refused + len(fallen & citing)
    assert listed == refused > 10
