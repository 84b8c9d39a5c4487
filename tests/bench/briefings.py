"""Made-up briefings: a plan filled with text, names, dates and sources, in the measured shares.

A field that four in ten real claims have, four in ten have here. Of what no real record has yet, withdrawn and renamed
parts, there is a little: one claim in two hundred, one sheet in a hundred. Real sheets are days old; here one in six of
those without a history has an entry.
"""

from __future__ import annotations

from itertools import cycle, islice, zip_longest
from typing import Any

from .dates import Dates
from .entities import World, link, located, slug
from .past import entries
from .plan import WITHDRAWN, Opposed, Plan
from .words import Skewed, Words
from .yaml_text import Tree

_LABELS = {"explainer": 70, "update": 15, "final": 10, "breaking": 5}
_QUALIFIERS = {
    "about": 24,
    "more than": 9,
    "nearly": 3,
    "fewer than": 2,
    "up to": 1,
    "as many as": 1,
    "just under": 1,
    "at least": 1,
    "less than": 1,
}
_CITED = {1: 105, 2: 45, 3: 22, 4: 10, 5: 5, 6: 2}
"""How many sources 189 real claims have."""


class Briefings:
    """Writes one briefing after the other, on the same world."""

    def __init__(self, words: Words, world: World) -> None:
        self.words, self.rng, self.world = words, words.rng, world
        self._draw = {folder: Skewed(words.rng, ids) for folder, ids in world.ids.items()}
        self._original = Skewed(words.rng, list(world.original))
        people = world.ids["people"]
        named = [name for pair in zip_longest(world.ids["actors"], people) for name in pair if name]
        self._speakers = Skewed(words.rng, named)

    def briefing(self, plan: Plan) -> Tree:
        """The record of one sheet."""
        return _Sheet(self, plan).tree()

    def speakers(self, count: int) -> list[str]:
        """Actors and people that often come up."""
        return self._speakers.some(count)

    def some(self, folder: str, count: int) -> list[str]:
        """Records of a kind that often come up."""
        return self._draw[folder].some(count)

    def sources(self, count: int) -> list[str]:
        """The same of sources. The first two are witnesses that do not know each other."""
        first, second = self._original.some(2)
        while self.world.original[first] == self.world.original[second]:
            first, second = self._original.some(2)
        return list(dict.fromkeys([first, second, *self.some("sources", count)]))[: max(count, 2)]


class _Sheet:
    """One sheet while it is written: what it draws its names, dates and sources from."""

    def __init__(self, makes: Briefings, plan: Plan) -> None:
        self.words, self.rng, self.world, self.plan = makes.words, makes.rng, makes.world, plan
        self.dates = Dates(self.rng, plan.day)
        self.places = makes.some("places", plan.shape.places)
        self.speakers = makes.speakers(max(plan.shape.actors, 2))
        self.measures = makes.some("measures", max(plan.shape.measures, 1))
        self.sources = makes.sources(plan.shape.sources)
        self._next_source = cycle(self.sources)
        self.sizes = {measure: self._size(self.world.units[measure]) for measure in self.measures}
        self.fronts = ["-".join(self.words.draw(2)) + f"-{number}" for number in range(plan.shape.fronts)]

    def tree(self) -> Tree:
        plan, words = self.plan, self.words
        claims = [self._claim(name, opposed) for name, opposed in plan.claims.items()]
        late = [self._claim(f"late-{plan.day}", Opposed("reported"))] if words.chance(0.05) else []
        gone = [self._gone()] if words.chance(WITHDRAWN * plan.shape.claims) else []
        published = self.dates.published()
        tree: Tree = {
            "title": words.line(9.6, 2.5, 4, 13, plan.title), "label": words.pick(_LABELS), "published": published, "as_of": self.dates.after(3),
            "covers": plan.day, "answer": words.prose(49, 11, 34, 74, self._name()), "highlights": self._picked("claims", plan.shape.highlights, 0.2),
            **self._some("key_figures", self._picked("figures", plan.shape.key_figures, 0.15)),
            **self._some("fronts", [self._front(name) for name in self.fronts]), "claims": [*claims, *late, *gone],
            **self._some("quotes", [self._quote(number) for number in range(plan.shape.quotes)]),
            **self._some("events", [self._event(name) for name in plan.events]), **self._some("other_events", self._of_others("events", plan.shape.other_events)),
            **self._some("photos", [self._photo(number) for number in range(plan.shape.photos)]),
            **self._some("disagreements", [self._disagreement(number) for number in range(plan.shape.disagreements)]),
            **self._some("unknowns", [self._unknown(number) for number in range(plan.shape.unknowns)]), "context": self._context(),
            **self._some("related", [other.id for other in self.rng.sample(plan.story, min(plan.shape.related, len(plan.story)))]),
            **({"starting_point": self.sources[0]} if plan.shape.updates else {}), **({"formerly": [slug(words.name(3))]} if words.chance(0.01) else {}),
        }  # fmt: skip
        if plan.withdrawn:
            tree["withdrawn"] = words.prose(12, 3, 6, 20)
        count = plan.shape.updates or int(plan.withdrawn or words.chance(1 / 6))
        if count:
            tree["updates"] = entries(words, self.dates, tree, count, published)
        return tree

    # --- the parts --------------------------------------------------------------------------------------

    def _claim(self, name: str, opposed: Opposed) -> Tree:
        words, rng = self.words, self.rng
        figures = [self._figure(figure, number) for number, (figure, claim) in enumerate(self.plan.figures.items()) if claim == name]
        return {
            "id": name, "text": words.prose(12.5, 4.9, 4, 31, self._name()), "said_by": rng.sample(self.speakers, 2 if words.chance(0.1) else 1),
            **self._maybe(0.49, "role", 6, 2), **self._maybe(0.38, "channel", 4, 2), "said_on": self.dates.said(),
            **({"happened": self.dates.happened()} if words.chance(0.57) else {}), **self._maybe(0.08, "phrase", 3, 1), **self._in_front(0.8),
            **self._some("places", self._few(self.places, 1.2)), **self._some("about", self._few(self.speakers, 1.24)),
            "sources": self._cited(opposed.status), "status": opposed.status, "status_note": words.prose(16, 8, 2, 40, *self._links(0.2)),
            **self._some("disputes", opposed.disputes), **self._some("supersedes", opposed.supersedes), **self._some("figures", figures),
            **({"review_by": f"20{rng.randint(26, 29)}-06-30"} if words.chance(0.02) else {}),
            **({"formerly": [f"former-{name}"]} if words.chance(0.005) else {}),
        }  # fmt: skip

    def _gone(self) -> Tree:
        return {**self._claim(f"gone-{self.plan.day}", Opposed("reported")), "withdrawn": self.words.prose(12, 3, 6, 20)}

    def _figure(self, name: str, number: int) -> Tree:
        words, rng = self.words, self.rng
        measure = self.measures[number * len(self.measures) // len(self.plan.figures)]
        value = max(1, round(self.sizes[measure] * rng.uniform(0.7, 1.3)))
        numbers = {"value": f"{value}.{rng.randint(1, 9)}" if value < 100 and words.chance(0.1) else str(value)}
        qualifier = words.pick(_QUALIFIERS) if words.chance(0.55) else ""
        if words.chance(0.1):
            numbers, qualifier = {"low": str(value), "high": str(value + max(1, value // 4))}, "between"
        return {
            "id": name, "measure": measure, **numbers, **self._some("qualifier", qualifier), "unit": self.world.units[measure],
            **self._maybe(0.65, "scope", 6, 2), "as_of": self.dates.happened(), **self._maybe(0.09, "printed_as", 5, 2),
        }  # fmt: skip

    def _quote(self, number: int) -> Tree:
        words, rng = self.words, self.rng
        language = rng.choices(("ar", "en", "ru"), weights=(15, 10, 1))[0]
        claim = list(self.plan.claims)[number % len(self.plan.claims)]
        variants = [
            {"text": words.prose(12, 6, 2, 25), **self._some("said_by", self._few(self.speakers, 0.6)), **({"language": "ar"} if words.chance(0.05) else {}),
             "sources": self._sources(1), **self._maybe(0.5, "note", 8, 3)}
            for _ in range(rng.choice((0, 0, 0, 0, 0, 1, 1, 2)))
        ]  # fmt: skip
        altered = [{"shown": "[IS]", "original": words.name(), "sources": self._sources(1)}] if words.chance(0.04) else []
        return {
            "id": f"quote-{claim}-{number}", "text": words.prose(12, 5.7, 2, 25), "said_by": rng.sample(self.speakers, 1), "role": words.line(6, 2, 2, 12),
            "channel": words.line(4, 2, 1, 8), "said_on": self.dates.said(), "language": language,
            **({"translation": words.prose(12, 5, 5, 25)} if language != "en" else {}), **self._in_front(0.5),
            "claims": [claim], "sources": self._sources(rng.choice((1, 1, 1, 2))), **self._some("alterations", altered), **self._some("variants", variants),
            **self._maybe(0.58, "note", 12, 5), **({"withdrawn": words.prose(12, 3, 6, 20)} if words.chance(WITHDRAWN) else {}),
        }  # fmt: skip

    def _event(self, name: str) -> Tree:
        words, claims = self.words, list(self.plan.claims)
        return {
            "id": name, "title": words.line(5, 2, 2, 10, self._name()), "date": self.dates.happened(), **self._maybe(0.18, "phrase", 3, 1),
            **({"summary": words.prose(17, 4, 10, 28, *self._links(0.1))} if words.chance(0.64) else {}), **self._in_front(0.5),
            **self._some("places", self._few(self.places, 0.9)), "actors": self.rng.sample(self.speakers, self.rng.randint(1, 2)),
            "claims": list(dict.fromkeys([name.removeprefix("event-"), *self.rng.sample(claims, min(self.rng.randint(0, 3), len(claims)))])),
        }  # fmt: skip

    def _photo(self, number: int) -> Tree:
        words = self.words
        archive = {"taken": self.dates.said(), "file_photo": "true"} if number == 0 else {}
        return {
            "id": f"photo-{number}", "alt": words.line(9, 3, 4, 15), "caption": words.prose(25, 8, 10, 40, *self._links(0.8)), "credit": "not given",
            "licence": "not given", **archive, "sources": self._sources(1),
        }  # fmt: skip

    def _disagreement(self, number: int) -> Tree:
        count = min(12, 2 + int(self.rng.expovariate(1 / 2.2)))
        own = list(self.plan.claims)
        rivals = self.rng.sample(own, min(len(own), max(2, count - count // 4)))
        rivals += self._of_others("claims", count - len(rivals))
        return {
            "id": f"difference-{number}", "question": self.words.line(9, 3, 4, 15) + "?", "claims": rivals,
            "reading": self.words.prose(27, 10.7, 10, 54, *self._links(0.3)),
        }  # fmt: skip

    def _unknown(self, number: int) -> Tree:
        return {
            "id": f"unknown-{number}", "question": self.words.line(8, 3, 4, 15) + "?", "text": self.words.prose(20, 11.5, 6, 57, *self._links(0.3)),
            **self._some("sources", self._sources(2) if self.words.chance(0.3) else []),
        }  # fmt: skip

    def _front(self, name: str) -> Tree:
        return {
            "id": name, "title": self.words.line(6, 2, 3, 10), "text": self.words.prose(36, 14, 19, 64, *self._links(1)),
            **self._some("places", self.places[:3]), **self._some("actors", self.speakers[:5]),
        }  # fmt: skip

    def _context(self) -> str:
        share = min(4, 1 + self.plan.shape.claims // 15)
        return "\n\n".join(
            self.words.prose(45, 15, 20, 72, *self._links(0.9), *self._links(0.9), f"*{self.words.draw(1)[0]}*") for _ in range(share)
        )

    # --- what they share --------------------------------------------------------------------------------

    def _cited(self, status: str) -> list[Any]:
        """A claim's sources: two witnesses for what is corroborated, and now and then one that was withdrawn for what is not."""
        count = self.rng.choices(list(_CITED), weights=list(_CITED.values()))[0]
        found = list(islice(self._next_source, count))
        if status == "corroborated":
            found = [*self.sources[:2], *found]
        elif self.world.gone and self.words.chance(0.003):
            found.append(self.rng.choice(self.world.gone))
        return [located(self.words, source) for source in dict.fromkeys(found)]

    def _sources(self, count: int) -> list[Any]:
        """The next ones, so that each of the sheet's is cited."""
        return [located(self.words, source) for source in dict.fromkeys(islice(self._next_source, count))]

    def _picked(self, part: str, count: int, from_others: float) -> list[str]:
        """Claims or figures for a reader in a hurry, a few of them from other sheets."""
        others = self._of_others(part, sum(self.words.chance(from_others) for _ in range(count)))
        own = list(getattr(self.plan, part))
        return [*self.rng.sample(own, min(len(own), count - len(others))), *others]

    def _of_others(self, part: str, count: int) -> list[str]:
        """Parts of other sheets of the story, each once."""
        found: dict[str, None] = {}
        others = [other for other in self.plan.story if getattr(other, part)] if count else []
        for other in self.rng.choices(others, k=count) if others else ():
            found[f"{other.id}#{self.rng.choice(list(getattr(other, part)))}"] = None
        return list(found)

    def _links(self, share: float) -> list[str]:
        """A link in a text, now and then: most lead to places, some to other sheets."""
        if not self.words.chance(share):
            return []
        folder = self.rng.choices(("places", "briefings", "actors", "sources", "measures", "people"), weights=(111, 88, 7, 4, 3, 3))[0]
        if folder != "briefings":
            return link(self.world, self.words, folder, 1)
        other = self.rng.choice(self.plan.story) if self.plan.story else self.plan
        return [f"[{' '.join(self.words.draw(3))}](briefing:{other.id}#{self.rng.choice(list(other.claims))})"]

    def _name(self) -> str:
        if self.places and self.words.chance(0.6):
            return self.world.titles["places", self.rng.choice(self.places)]
        speaker = self.rng.choice(self.speakers)
        return self.world.titles.get(("actors", speaker)) or self.world.titles["people", speaker]

    def _few(self, names: list[str], mean: float) -> list[str]:
        """None, one or several."""
        count = sum(self.words.chance(mean / 3) for _ in range(3))
        return self.rng.sample(names, min(count, len(names)))

    def _in_front(self, share: float) -> Tree:
        return {"front": self.rng.choice(self.fronts)} if self.fronts and self.words.chance(share) else {}

    def _maybe(self, share: float, name: str, mean: float, spread: float) -> Tree:
        return {name: self.words.line(mean, spread, 2, 15)} if self.words.chance(share) else {}

    def _some(self, name: str, value: Any) -> Tree:
        return {name: value} if value else {}

    def _size(self, unit: str) -> float:
        return self.rng.uniform(5, 70) if unit in ("per cent", "hours", "years", "months") else 10 ** self.rng.uniform(1, 5)
