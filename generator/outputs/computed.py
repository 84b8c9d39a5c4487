"""What follows from the records: for each record or part of one, what the data says of it that no editor wrote."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseModel

from ..independence import claim_origins
from ..markup import plain
from ..mentions import Row
from ..records import Actor, Briefing, Claim, Event, Figure, Kind, Measure, Person, Place, Quote, Record, Source
from ..review import is_overdue
from ..views import parts
from ..views.backlinks import FigureIn
from ..views.entities import origin_names
from ..views.library import Library
from ..views.neighbours import overtaken_claims, related_sheets
from ..views.rows import Rows
from ..views.sections import by_date, unsupported_without
from ..views.versions import version_targets
from .file import Site
from .values import Describer, Value, date

Computed = Mapping[str, Value]


LISTED = 300
"""Entries of a list that a record's file has, the first; the tables have all."""
_List = tuple[Rows[Any], Callable[[Row], Value]]
"""A list, and how its entries are told."""


class Computer:
    """Works out what follows from the records."""

    def __init__(self, library: Library, site: Site, describer: Describer) -> None:
        """Take all records, and what says them in plain values."""
        self._library, self._site, self._say = library, site, describer

    def of_part(self, briefing: Briefing, part: BaseModel) -> Computed | None:
        """Of a claim, figure, quote or event; None for any other group."""
        match part:
            case Claim():
                return self._of_claim(briefing, part)
            case Figure():
                return {"url": self._say.part_url(briefing.id, part.id), "words": parts.figure_words(part)}
            case Quote() | Event():
                return {"url": self._say.part_url(briefing.id, part.id)}
        return None

    def _of_claim(self, briefing: Briefing, claim: Claim) -> Computed:
        key = (briefing.id, claim.id)
        links = self._library.backlinks
        # One that was withdrawn is not among the living: it rests on nothing, and nothing answers it.
        origins = claim_origins(self._library.catalog, claim) if key in self._library.catalog.claims else ()
        return {
            "url": self._say.part_url(*key),
            "plain_text": plain(claim.text),
            "independent_origins": sorted(parts.origin_name(self._library, origin) for origin in origins),
            "disputed_by": [self._say.part(*other) for other in dict.fromkeys(links.disputes.get(key, ()))],
            "superseded_by": [self._say.part(*other) for other in links.superseded_by.get(key, ())],
            "review_is_overdue": is_overdue(claim, self._library.review_day),
        }

    def of_record(self, record: Record) -> Computed:
        """Of a whole record that stands."""
        match record:
            case Briefing():
                return self._of_briefing(record)
            case Place():
                return self._of_place(record)
            case Actor():
                return self._of_actor(record)
            case Person():
                return self._lists(**self._spoken(record.id))
            case Source():
                return self._of_source(record)
            case Measure():
                figures = by_date(self._library.backlinks.figures_by_measure[record.id])
                return self._lists(figures=(figures, lambda row: self._figure(figures.look(row))))
        raise TypeError(type(record))

    def _of_briefing(self, briefing: Briefing) -> Computed:
        overtaken = overtaken_claims(self._library, briefing)
        return {
            "plain_answer": plain(briefing.answer),
            "updated": date(parts.updated(briefing)),
            "claims_by_status": {item.status: item.count for item in parts.status_counts([claim.status for claim in briefing.claims])},
            "related": [self._say.reference("briefing", view.briefing.id) for view in related_sheets(self._library, briefing, overtaken)],
            "versions": [
                {"as_it_stood": target.text, "url": self._site.page(target)}
                for target in (version_targets(briefing) if briefing.updates else ())
            ],
        }

    def _of_place(self, place: Place) -> Computed:
        links = self._library.backlinks
        return self._lists(
            contains=(links.places_within[place.id], self._of_kind("place")),
            claims=(links.claims_by_place[place.id], self._part),
            events=(links.events_by_place[place.id], self._part),
        )

    def _of_actor(self, actor: Actor) -> Computed:
        links = self._library.backlinks
        return self._lists(
            **self._spoken(actor.id),
            members=(links.members_of[actor.id], self._of_kind("actor")),
            people=(links.people_of[actor.id], self._of_kind("person")),
            places_held=(links.places_held_by[actor.id], self._of_kind("place")),
            carried_by=(links.copies_of[actor.id], self._of_kind("source")),
        )

    def _spoken(self, speaker_id: str) -> dict[str, _List]:
        links = self._library.backlinks
        return {
            "claims_by": (links.claims_by_speaker[speaker_id], self._part),
            "claims_about": (links.claims_about[speaker_id], self._part),
            "quotes": (links.quotes_by_speaker[speaker_id], self._part),
            "events": (links.events_by_actor[speaker_id], self._part),
        }

    def _of_source(self, source: Source) -> Computed:
        links = self._library.backlinks
        alone, weaker = unsupported_without(self._library, source.id, links.claims_by_source[source.id])
        return {
            "origins": list(origin_names(self._library, source)),
            **self._lists(
                carried_by=(links.copies_of[source.id], self._of_kind("source")),
                claims=(links.claims_by_source[source.id], self._part),
                claims_on_it_alone=(alone, self._part),
                claims_with_no_second_witness_without_it=(weaker, self._part),
                quotes=(links.quotes_by_source[source.id], self._part),
                records=(links.records_citing[source.id], lambda row: self._say.reference(row[0], row[1])),
            ),
        }

    def _lists(self, **lists: _List) -> Computed:
        """Long lists as far as a file can have them, and how many entries each leaves out."""
        found: dict[str, Value] = {name: [make(row) for row in rows.rows[:LISTED]] for name, (rows, make) in lists.items()}
        left_out = {name: len(rows) - LISTED for name, (rows, _) in lists.items() if len(rows) > LISTED}
        return {**found, "left_out": left_out}

    def _part(self, row: Row) -> Value:
        return self._say.part(row[0], row[1])

    def _of_kind(self, kind: Kind) -> Callable[[Row], Value]:
        return lambda row: self._say.reference(kind, row[0])

    def _figure(self, found: FigureIn) -> Value:
        """A figure with all that it must not be shown without."""
        briefing, claim, figure = found
        return {
            "figure": self._say.part(briefing.id, figure.id),
            "claim": self._say.part(briefing.id, claim.id),
            "value": figure.value,
            "low": figure.low,
            "high": figure.high,
            "qualifier": figure.qualifier,
            "unit": figure.unit,
            "as_of": date(figure.as_of),
            "said_by": [self._say.speaker(speaker) for speaker in claim.said_by],
            "said_on": date(claim.said_on),
            "sources": [self._say.reference("source", citation.source) for citation in claim.sources],
            "status": claim.status,
        }
