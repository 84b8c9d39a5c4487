"""How much each of the nineteen real sheets holds, as counted in `content/` on 26 November 2026.

Means: 10 claims (from 3 to 46), 4.3 figures, 1.4 quotes, 1.7 events, 2.4 events of other sheets, 1.8 disagreements of 4.2
claims each, 2.2 open questions, 1.7 related sheets, 11 different sources, 4.4 highlights, 2 key figures. One sheet in
nineteen has a quarter of all claims, most of the quotes, both photos, and the whole history: eight entries of six
changes. Whole rows are drawn, so that what goes together in one sheet does so here.
"""

from __future__ import annotations

from random import Random
from typing import NamedTuple


class Shape(NamedTuple):
    """How many of each a sheet has; places, actors and measures are those that its claims name."""

    claims: int
    figures: int
    quotes: int
    events: int
    other_events: int
    disagreements: int
    unknowns: int
    related: int
    sources: int
    highlights: int
    key_figures: int
    fronts: int
    photos: int
    updates: int
    places: int
    actors: int
    measures: int


# fmt: off - a table
REAL = (
    Shape(3, 0, 0, 2, 2, 0, 2, 1, 6, 3, 0, 0, 0, 0, 2, 6, 0),
    Shape(4, 0, 0, 1, 3, 1, 2, 1, 4, 3, 0, 0, 0, 0, 2, 5, 0),
    Shape(21, 17, 1, 2, 4, 4, 2, 3, 24, 5, 3, 0, 0, 0, 6, 15, 6),
    Shape(14, 4, 0, 3, 2, 4, 2, 3, 13, 5, 3, 0, 0, 0, 1, 10, 2),
    Shape(6, 3, 1, 3, 2, 2, 2, 0, 10, 5, 3, 2, 0, 0, 1, 9, 1),
    Shape(46, 7, 11, 4, 11, 7, 12, 3, 42, 5, 3, 2, 2, 8, 8, 25, 5),
    Shape(14, 9, 0, 3, 1, 2, 2, 2, 13, 5, 3, 0, 0, 0, 2, 16, 3),
    Shape(13, 15, 2, 0, 0, 2, 1, 3, 15, 5, 5, 0, 0, 0, 0, 8, 3),
    Shape(3, 1, 0, 1, 3, 0, 2, 2, 3, 4, 1, 0, 0, 0, 1, 4, 1),
    Shape(4, 0, 1, 2, 0, 1, 1, 1, 5, 4, 0, 2, 0, 0, 2, 5, 0),
    Shape(10, 4, 2, 2, 0, 2, 2, 2, 11, 5, 3, 0, 0, 0, 1, 6, 1),
    Shape(11, 5, 1, 2, 0, 3, 2, 2, 10, 5, 3, 0, 0, 0, 1, 9, 3),
    Shape(4, 4, 0, 1, 1, 1, 2, 1, 4, 4, 4, 0, 0, 0, 1, 4, 1),
    Shape(5, 1, 2, 1, 4, 1, 1, 1, 8, 4, 1, 0, 0, 0, 1, 6, 1),
    Shape(4, 2, 0, 1, 0, 1, 1, 1, 4, 4, 0, 0, 0, 0, 3, 6, 1),
    Shape(6, 9, 0, 0, 0, 1, 1, 2, 11, 4, 4, 0, 0, 0, 0, 7, 4),
    Shape(6, 0, 0, 0, 8, 1, 1, 1, 9, 5, 0, 0, 0, 0, 4, 7, 0),
    Shape(3, 1, 1, 1, 2, 0, 2, 1, 2, 4, 1, 0, 0, 0, 2, 6, 1),
    Shape(12, 0, 4, 4, 3, 2, 1, 3, 18, 5, 0, 0, 0, 0, 3, 18, 0),
)
# fmt: on
STORY = len(REAL)
"""So many sheets belong together: they overtake and dispute each other's claims, and share events."""


def story(rng: Random) -> list[Shape]:
    """The shapes of one story's sheets, in any order, the large counts up to a fifth more or less."""
    return [Shape(*(count if count < 6 else round(count * rng.uniform(0.8, 1.2)) for count in shape)) for shape in rng.sample(REAL, STORY)]
