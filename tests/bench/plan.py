"""What each made-up sheet is to hold, and which parts of others it names, before any text is written.

A claim is overtaken exactly when another says so, and a dispute stands on one side. So both are settled first, for all
sheets: a claim overtakes and disputes only what comes before it, in its sheet or in an earlier one of the same story.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from .entities import a_day, slug
from .shapes import Shape, story
from .words import Words

STATUSES = {"reported": 68, "superseded": 48, "disputed": 47, "corroborated": 26}
"""Of 189 real claims."""
OVERTAKEN_ELSEWHERE = 0.45
"""26 of the 58 real supersessions lead from one sheet to another; 6 of the 64 disputes do."""
DISPUTED_ELSEWHERE = 0.1
WITHDRAWN = 0.005


@dataclass
class Opposed:
    """A claim's status, and the earlier claims that it names."""

    status: str
    supersedes: list[str] = field(default_factory=list)
    disputes: list[str] = field(default_factory=list)


@dataclass
class Plan:
    """One sheet.

    Attributes:
        claims: by id; a sheet may hold others besides, which nothing names.
        figures: each one's claim, by its id.
        events: their ids.
        story: the sheets that it may name, itself left out.
    """

    id: str
    title: str
    day: str
    shape: Shape
    withdrawn: bool
    claims: dict[str, Opposed] = field(default_factory=dict)
    figures: dict[str, str] = field(default_factory=dict)
    events: list[str] = field(default_factory=list)
    story: list[Plan] = field(default_factory=list)


def plans(words: Words, briefings: int) -> list[Plan]:
    """All sheets, story by story."""
    found: list[Plan] = []
    while len(found) < briefings:
        shapes = story(words.rng)[: briefings - len(found)]
        sheets = [_plan(words, shape) for shape in shapes]
        standing = [sheet for sheet in sheets if not sheet.withdrawn]
        for sheet in sheets:
            sheet.story = [] if sheet.withdrawn else [other for other in standing if other is not sheet]
            _oppose(words, sheet, standing[standing.index(sheet) + 1 :] if not sheet.withdrawn else [])
        found += sheets
    return found


def _plan(words: Words, shape: Shape) -> Plan:
    title = words.name(3)
    day = a_day(words.rng, 2015, 2023)
    withdrawn = shape.claims < 8 and words.chance(WITHDRAWN * 2)
    sheet = Plan(f"{slug(title)}-{day[:7]}", title, day, shape, withdrawn)
    ids: dict[str, None] = {}
    while len(ids) < shape.claims:
        ids["-".join(words.draw(words.rng.randint(2, 3)))] = None
    sheet.claims = {claim: Opposed(words.pick(STATUSES)) for claim in ids}
    for number in range(shape.figures):
        claim = list(ids)[number % len(ids)]
        sheet.figures[f"figure-{claim}" + (f"-{number}" if number >= len(ids) else "")] = claim
    sheet.events = [f"event-{claim}" for claim in list(ids)[: shape.events]]
    return replace(sheet, shape=shape._replace(events=len(sheet.events)))


def _oppose(words: Words, sheet: Plan, later: list[Plan]) -> None:
    """See to it that what is overtaken or disputed has a claim that says so."""
    rng, own = words.rng, list(sheet.claims)
    for number, (claim, opposed) in enumerate(sheet.claims.items()):
        behind = own[number + 1 :]
        elsewhere = later and (not behind or words.chance(OVERTAKEN_ELSEWHERE if opposed.status == "superseded" else DISPUTED_ELSEWHERE))
        if opposed.status in ("superseded", "disputed"):
            field_name = "supersedes" if opposed.status == "superseded" else "disputes"
            if elsewhere:
                other = rng.choice(later)
                name = rng.choice(list(other.claims))
                getattr(other.claims[name], field_name).append(f"{sheet.id}#{claim}")
            elif behind:
                name = rng.choice(behind)
                getattr(sheet.claims[name], field_name).append(claim)
            elif opposed.status == "disputed" and number:
                name = rng.choice(own[:number])
                if name not in opposed.disputes:
                    opposed.disputes.append(name)
            else:
                opposed.status = "reported"
        if behind and words.chance(0.1):
            name = rng.choice(behind)
            if claim not in sheet.claims[name].disputes:
                sheet.claims[name].disputes.append(claim)
