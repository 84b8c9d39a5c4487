"""A sheet as linked data: its claims, numbers, quotations and corrections, each with who says it, when, and where.

schema.org has no word for a claim's status, for what a claim disputes or supersedes, nor for how well it is supported, and
its ratings are verdicts, which these sheets do not give. The status is said in words; the relations are in the API alone.
So are other renderings of a quotation, and places within a source.
"""

from __future__ import annotations

from typing import Any

from ..markup import plain
from ..records import Briefing, Claim, Figure, Quote
from ..views import parts
from ..views.history import FieldChange, field_changes
from ..wording import SITE_LANGUAGE, language_name
from .jsonld_nodes import Node, Nodes, day, node, period, sentences

CITED_IN_FULL = 24
"""A sheet with more sources leaves their titles and addresses, and its places' names, to their own pages, which have the same ids: all readers load it."""


def report(nodes: Nodes, briefing: Briefing, **more: Any) -> Node:
    """A sheet, with the claims, quotations and numbers in it, and with these properties more."""
    sheet = nodes.url("briefing", briefing.id)
    cited: list[Any] = [*briefing.claims, *briefing.quotes, *briefing.unknowns]
    placed: list[Any] = [*briefing.fronts, *briefing.claims, *briefing.events]
    sources = [citation.source for part in cited for citation in part.sources]
    if briefing.starting_point:
        sources.insert(0, briefing.starting_point)
    distinct = dict.fromkeys(sources)
    is_short = len(distinct) <= CITED_IN_FULL
    cite = nodes.source if is_short else nodes.source_alone
    places = [place for part in placed for place in part.places]
    who = [name for front in briefing.fronts for name in front.actors] + [name for claim in briefing.claims for name in claim.about]
    return node(
        "Report",
        id=sheet,
        url=sheet,
        headline=briefing.title,
        abstract=plain(briefing.answer),
        datePublished=day(briefing.published),
        dateModified=day(parts.updated(briefing)),
        version=len(briefing.updates) + 1,
        inLanguage=SITE_LANGUAGE,
        temporalCoverage=period(briefing.covers),
        **more,
        about=[
            *(nodes.references if is_short else nodes.named_elsewhere)("place", dict.fromkeys(places)),
            *map(nodes.speaker, dict.fromkeys(who)),
        ],
        citation=[cite(source_id) for source_id in distinct],
        hasPart=[
            *(_claim(nodes, briefing, claim) for claim in briefing.claims),
            *(_quotation(nodes, briefing, quote) for quote in briefing.quotes),
        ],
        correction=_corrections(nodes, briefing),
    )


def _claim(nodes: Nodes, briefing: Briefing, claim: Claim) -> Node:
    return node(
        "Claim",
        id=nodes.url("briefing", briefing.id, claim.id),
        text=plain(claim.text),
        author=[nodes.speaker(name) for name in claim.said_by],
        datePublished=day(claim.said_on),
        temporalCoverage=period(claim.happened),
        description=sentences(claim.status.capitalize(), None if claim.said_on.is_exact_day else f"Said {claim.said_on.words}"),
        appearance=nodes.references("source", (citation.source for citation in claim.sources)),
        mentions=[_observation(nodes, briefing, claim, figure) for figure in claim.figures],
    )


def _observation(nodes: Nodes, briefing: Briefing, claim: Claim, figure: Figure) -> Node:
    """A number. Its name says it as the page does, with qualifier, unit and date: the bare value is never all there is."""
    view = parts.figure_view(nodes.library, briefing, claim, figure)
    lowest, highest = figure.low, figure.high
    if figure.value is not None:
        lowest = figure.value if figure.qualifier in _AT_LEAST else None
        highest = figure.value if figure.qualifier in _AT_MOST else None
    return node(
        "Observation",
        id=nodes.url("briefing", briefing.id, figure.id),
        name=f"{view.value}, {view.dated}",
        value=figure.value if lowest is None and highest is None else None,
        minValue=lowest,
        maxValue=highest,
        unitText=figure.unit,
        observationDate=day(figure.as_of),
        variableMeasured=nodes.reference("measure", figure.measure),
        description=sentences(figure.scope, f"Printed {figure.printed_as}" if figure.printed_as else None),
    )


def _quotation(nodes: Nodes, briefing: Briefing, quote: Quote) -> Node:
    """Words with whose they are. `spokenByCharacter` is for those that an author makes a character say."""
    foreign = quote.language.partition("-")[0] != SITE_LANGUAGE
    language = SITE_LANGUAGE if foreign else quote.language
    # Without a word on a translation, these may be the very words.
    known = not foreign or quote.translation is not None
    return node(
        "Quotation",
        id=nodes.url("briefing", briefing.id, quote.id),
        text=quote.text,
        creator=[nodes.speaker(name) for name in quote.said_by],
        dateCreated=day(quote.said_on),
        inLanguage=language if known else None,
        translationOfWork=node("Quotation", inLanguage=quote.language) if foreign and known else None,
        description=sentences(
            quote.role,
            f"Channel: {quote.channel}",
            None if quote.said_on.is_exact_day else f"Said {quote.said_on.words}",
            None if known else f"Said in {language_name(quote.language)}",
            *(f"“{item.shown}” stands for “{item.original}”" for item in quote.alterations),
            plain(quote.note) if quote.note else None,
        ),
        isBasedOn=nodes.references("source", (citation.source for citation in quote.sources)),
    )


def _corrections(nodes: Nodes, briefing: Briefing) -> list[Node]:
    """Entries of the history that mend what was wrong, newest first; an update mends nothing."""
    return [
        node(
            "CorrectionComment",
            text=sentences(plain(entry.note), *map(_change, field_changes(nodes.library, briefing, entry.changes))),
            datePublished=day(entry.at),
        )
        for entry in reversed(briefing.updates)
        if entry.kind == "correction"
    ]


_AT_LEAST = frozenset({"more than", "at least"})
_AT_MOST = frozenset({"up to", "as many as", "less than", "fewer than", "nearly", "just under"})
"""What the number after such a word is an end of. After `about` it is in the middle, which its name says."""


def _change(field: FieldChange) -> str:
    where = ", ".join(words for words in (field.target.text if field.target else "", field.name) if words)
    return f"{where}: {field.before or 'nothing'} → {field.after or 'nothing'}"
