"""The numbers of a sheet: those to be seen first, and all of them with their rivals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..catalog import part_key
from ..records import Briefing, Claim, Figure
from ..urls import Target
from . import parts
from .library import Library
from .parts import ClaimView, FigureView, Numbers, Sheet

PartKey = tuple[str, str]
"""Briefing id and id of a claim, figure or event in it."""
FIRST_FIGURES = 3
"""Key figures of a sheet whose editor chose none and whose highlights have none."""


@dataclass(frozen=True, slots=True)
class KeyFigureView:
    """A figure to be seen first, with the other values that this sheet has for its measure."""

    figure: FigureView
    others: tuple[FigureView, ...]


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """Rival values of one measure, by the date they are about."""

    measure: Target
    figures: tuple[FigureView, ...]


def highlight_keys(briefing: Briefing) -> list[PartKey]:
    """The claims that a sheet begins with."""
    return [part_key(briefing.id, reference) for reference in briefing.highlights]


def figure_of(library: Library, briefing: Briefing, key: PartKey) -> tuple[Sheet, Claim, Figure]:
    """A figure with the claim and the sheet that it is in. Of another sheet no more is read than that: what else is in it may change."""
    if key[0] == briefing.id:
        return next((briefing, claim, figure) for claim in briefing.claims for figure in claim.figures if figure.id == key[1])
    beside = library.backlinks.figures_by_measure[library.parts[key].measure]
    return next(beside[place] for place, row in enumerate(beside.rows) if (row[0], row[2]) == key)


def key_figure_keys(library: Library, briefing: Briefing) -> list[PartKey]:
    """Those that the editor chose, or those of the highlights, or the first few."""
    if briefing.key_figures:
        return [part_key(briefing.id, reference) for reference in briefing.key_figures]
    of_highlights = [(key[0], figure.id) for key in highlight_keys(briefing) for figure in library.catalog.claims[key].figures]
    of_all = [(briefing.id, figure.id) for claim in briefing.claims for figure in claim.figures]
    return of_highlights or of_all[:FIRST_FIGURES]


def key_figures(library: Library, briefing: Briefing, groups: tuple[FigureGroup, ...], numbers: Numbers) -> tuple[KeyFigureView, ...]:
    """Each with the other values that this sheet has for its measure."""
    by_measure = {group.measure: group.figures for group in groups}
    found = []
    for key in key_figure_keys(library, briefing):
        view = parts.figure_view(library, *figure_of(library, briefing, key), numbers)
        # Figures of one claim are parts of one statement, not rivals.
        others = tuple(other for other in by_measure.get(view.measure, ()) if other.claim != view.claim)
        found.append(KeyFigureView(view, others))
    return tuple(found)


def figure_groups(claims: Iterable[ClaimView]) -> tuple[FigureGroup, ...]:
    """Figures by measure, in order of first mention."""
    groups: dict[Target, list[FigureView]] = {}
    for figure in (figure for claim in claims for figure in claim.figures):
        groups.setdefault(figure.measure, []).append(figure)
    return tuple(
        FigureGroup(measure, tuple(sorted(found, key=lambda view: (view.figure.as_of.sort_key, view.figure.id))))
        for measure, found in groups.items()
    )
