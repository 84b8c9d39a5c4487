"""Claims, figures and quotations as tables for spreadsheets and statistics: a row for each that stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, get_args

from ..edtf import PATTERN, Edtf
from ..markup import plain
from ..records import Briefing, Claim
from ..records.briefing import Qualifier
from ..urls import Target, record_id_of
from ..views import parts
from ..views.library import Library
from ..views.parts import CitationView, ClaimLink, ClaimView, FigureView, QuoteView
from .csvw import Cell, Column, Description, Table, as_csv, as_headings, as_metadata, as_rows
from .file import OutputFile, Site
from .pieced import Pieced

DATA = "data"
"""The folder of the data sets."""


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim, and its full address."""

    view: ClaimView
    url: str


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure, the claim that states it, and its full address."""

    claim: ClaimRow
    view: FigureView
    url: str


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """A quotation, and its full address."""

    view: QuoteView
    url: str


def table_files(library: Library, site: Site) -> Iterator[OutputFile]:
    """The tables, a description of each beside it where tools look for it, and one of all with their relations."""
    yield from descriptions(site)
    for table in tables(library, site, library.catalog.briefings.values()):
        yield OutputFile(f"{DATA}/{table.file}", as_csv(table))


def descriptions(site: Site) -> Iterator[OutputFile]:
    """What the tables hold, for each and for all together."""
    found, about = _tables(), _about(site)
    for table in found:
        yield OutputFile(f"{DATA}/{table.file}-metadata.json", as_metadata([table], about))
    yield OutputFile(f"{DATA}/csv-metadata.json", as_metadata(found, about))


def headings() -> tuple[Pieced, ...]:
    """What stands around the rows of each table."""
    return tuple(Pieced(f"{DATA}/{table.file}", first := as_headings(table), b"", b"", first) for table in _tables())


def row_pieces(library: Library, site: Site, briefing: Briefing) -> Iterator[tuple[str, bytes]]:
    """The rows of a sheet in each table, with the table's file."""
    return ((f"{DATA}/{table.file}", as_rows(table)) for table in tables(library, site, [briefing]))


def tables(library: Library, site: Site, briefings: Iterable[Briefing]) -> tuple[Table[Any], ...]:
    """Every table, with the rows of some sheets."""
    found = list(briefings)
    claims = [_claim(library, site, briefing, claim) for briefing in found for claim in briefing.claims]
    figures = [FigureRow(row, figure, site.page(figure.target)) for row in claims for figure in row.view.figures]
    quotes = [parts.quote_view(library, briefing, quote) for briefing in found for quote in briefing.quotes]
    return _tables(claims, figures, [QuoteRow(view, site.page(view.target)) for view in quotes])


def _tables(claims: Sequence[ClaimRow] = (), figures: Sequence[FigureRow] = (), quotes: Sequence[QuoteRow] = ()) -> tuple[Table[Any], ...]:
    return (
        Table("claims", "Claims", "Statements of fact, each with who makes it, when and on which sources.", CLAIMS, "url", claims),
        Table(
            "figures",
            "Figures",
            "Numbers that somebody stated, each with its qualifier, unit and date, and who states it.",
            FIGURES,
            "url",
            figures,
            ("claim", "claims", "claim"),
        ),
        Table(
            "quotes",
            "Quotations",
            "Words in quotation marks, each with whose they are and who prints them.",
            QUOTES,
            "url",
            quotes,
        ),
    )


def _claim(library: Library, site: Site, briefing: Briefing, claim: Claim) -> ClaimRow:
    view = parts.claim_view(library, briefing, claim)
    return ClaimRow(view, site.page(view.target))


_LICENCE = re.compile(r"https?://creativecommons\.org/(?:licenses|publicdomain)/[a-z0-9./-]+")


def _about(site: Site) -> Description:
    """Whose the tables are. Terms in words are told in words; only an address in them can be a licence for machines."""
    licence = _LICENCE.search(site.terms)
    about = {
        "dc:publisher": site.name,
        "dc:source": site.address("/"),
        "dc:rights": site.terms,
        "dc:license": {"@id": licence[0]} if licence else "",
    }
    return {name: value for name, value in about.items() if value}


# --- columns ------------------------------------------------------------------------------------------

R = TypeVar("R")
Inner = TypeVar("Inner")

_EDTF = {"base": "string", "format": PATTERN}
_STATUS = {"base": "string", "format": "|".join(parts.STATUSES)}
_QUALIFIER = {"base": "string", "format": "|".join(get_args(Qualifier))}


def _lifted(columns: tuple[Column[Inner], ...], inner: Callable[[R], Inner]) -> tuple[Column[R], ...]:
    """Columns of something that a row holds."""

    def lift(column: Column[Inner]) -> Column[R]:
        return Column(
            column.name,
            column.about,
            lambda row: column.of(inner(row)),
            column.datatype,
            column.many,
            column.required,
            column.property,
        )

    return tuple(lift(column) for column in columns)


def _date(name: str, about: str, of: Callable[[R], Edtf | None], *, required: bool = False) -> tuple[Column[R], ...]:
    """A date as written, and the first and last day that it can mean."""

    def first(row: R) -> Cell:
        date = of(row)
        return date.earliest if date and date.start else None

    def last(row: R) -> Cell:
        date = of(row)
        return date.latest if date and date.end else None

    def written(row: R) -> Cell:
        date = of(row)
        return date.text if date else None

    return (
        Column(name, f"{about}, as an EDTF date: no finer than known", written, _EDTF, required=required),
        Column(f"{name}_earliest", f"The first day that {name} can mean; empty where that end is open", first, "date"),
        Column(f"{name}_latest", f"The last day that {name} can mean; empty where that end is open", last, "date"),
    )


def _named(ids: str, names: str, about: str, of: Callable[[R], tuple[Target, ...]], *, required: bool = False) -> tuple[Column[R], ...]:
    """Records by their ids, and in the same order by their names."""
    return (
        Column(ids, f"{about}: ids", lambda row: [record_id_of(target.uri) for target in of(row)], many=True, required=required),
        Column(names, f"{about}: names, in the same order", lambda row: [target.text for target in of(row)], many=True, required=required),
    )


def _sources(of: Callable[[R], tuple[CitationView, ...]]) -> tuple[Column[R], ...]:
    beside = "in the order of sources; an empty line where there is none"
    return (
        Column("sources", "What it rests on, best first: ids", lambda row: [view.source.id for view in of(row)], many=True, required=True),
        Column(
            "source_publishers", "Who put them out, in the order of sources", lambda row: [v.source.publisher for v in of(row)], many=True
        ),
        Column("source_titles", "Their headlines, in the order of sources", lambda row: [v.source.title for v in of(row)], many=True),
        Column(
            "source_dates",
            f"When they were published, as EDTF dates, {beside}",
            lambda row: [view.source.date.text if view.source.date else None for view in of(row)],
            many=True,
        ),
        Column("source_locators", f"Where in them, {beside}", lambda row: [view.locator for view in of(row)], many=True),
        Column(
            "source_urls",
            f"Where they can be read, {beside}",
            lambda row: [view.source.url for view in of(row)],
            "anyURI",
            many=True,
        ),
    )


def _links(links: tuple[ClaimLink, ...]) -> list[str]:
    return [f"{record_id_of(link.target.uri)}#{link.target.anchor}" for link in links]


def _prose(text: str | None) -> str | None:
    return plain(text) if text else None


_BRIEFING: tuple[Column[ClaimView | QuoteView], ...] = (
    Column("briefing", "Id of the briefing that it stands in", lambda view: view.briefing.id, required=True),
    Column("briefing_title", "Headline of that briefing", lambda view: view.briefing.title, required=True),
)

_SAID: tuple[Column[ClaimView], ...] = (
    *_named("said_by", "said_by_names", "Who says so", lambda view: view.said_by, required=True),
    Column("role", "What the speaker was at the time", lambda view: view.claim.role),
    Column("channel", "How it was said", lambda view: view.claim.channel),
    *_date("said_on", "When it was said", lambda view: view.claim.said_on, required=True),
)

_STANDING: tuple[Column[ClaimView], ...] = (
    *_sources(lambda view: view.citations),
    Column("independent_origins", "The independent origins of its sources, by name", lambda view: view.origins, many=True),
    Column(
        "status",
        "corroborated: by two independent origins or more; reported: by one party or chain of sources; "
        "disputed: another source says otherwise; superseded: overtaken by a later fact or better figure",
        lambda view: view.claim.status,
        _STATUS,
        required=True,
    ),
    Column("status_note", "Why this status", lambda view: _prose(view.claim.status_note)),
    Column("disputed_by", "Claims that say otherwise, by their keys", lambda view: _links(view.disputes), many=True),
    Column("superseded_by", "Claims that overtake or correct it, by their keys", lambda view: _links(view.superseded_by), many=True),
)


def _key(view: ClaimView | FigureView | QuoteView) -> str:
    return f"{record_id_of(view.target.uri)}#{view.target.anchor}"


CLAIMS: tuple[Column[ClaimRow], ...] = (
    Column("claim", "Key of the claim: its briefing and its id there", lambda row: _key(row.view), required=True),
    *_lifted(_BRIEFING, lambda row: row.view),
    Column("url", "Where it can be read", lambda row: row.url, "anyURI", required=True, property="schema:url"),
    Column("text", "The claim, in the briefing's words", lambda row: plain(row.view.claim.text), required=True, property="schema:text"),
    *_lifted(_SAID, lambda row: row.view),
    *_date("happened", "When the thing happened", lambda row: row.view.claim.happened),
    Column("phrase", "The words the source used for the date", lambda row: row.view.claim.phrase),
    *_named("places", "place_names", "The places it is about", lambda row: row.view.places),
    *_named("about", "about_names", "The actors and people it is about", lambda row: row.view.about),
    *_lifted(_STANDING, lambda row: row.view),
)

FIGURES: tuple[Column[FigureRow], ...] = (
    Column("figure", "Key of the figure: its briefing and its id there", lambda row: _key(row.view), required=True),
    *_lifted(_BRIEFING, lambda row: row.claim.view),
    Column("url", "Where it can be read", lambda row: row.url, "anyURI", required=True, property="schema:url"),
    Column("claim", "Key of the claim that states it", lambda row: _key(row.claim.view), required=True),
    Column("claim_text", "That claim, in the briefing's words", lambda row: plain(row.claim.view.claim.text), required=True),
    Column("measure", "What is counted: id", lambda row: row.view.figure.measure, required=True),
    Column("measure_title", "What is counted: in words", lambda row: row.view.measure.text, required=True),
    Column("words", "The number as a reader reads it, with its qualifier and unit", lambda row: row.view.value, required=True),
    Column("value", "The number; empty for a range", lambda row: row.view.figure.value, "decimal", property="schema:value"),
    Column("low", "Lower end of a range", lambda row: row.view.figure.low, "decimal", property="schema:minValue"),
    Column("high", "Upper end of a range", lambda row: row.view.figure.high, "decimal", property="schema:maxValue"),
    Column("qualifier", "The word the source put before it", lambda row: row.view.figure.qualifier, _QUALIFIER),
    Column("unit", "What the number is in", lambda row: row.view.figure.unit, required=True, property="schema:unitText"),
    Column("scope", "Whom or where it covers, when narrower than the measure", lambda row: row.view.figure.scope),
    *_date("as_of", "The date that the number is about", lambda row: row.view.figure.as_of, required=True),
    Column("printed_as", "How a later text passed it on", lambda row: row.view.figure.printed_as),
    *_lifted(_SAID, lambda row: row.claim.view),
    *_lifted(_STANDING, lambda row: row.claim.view),
)

QUOTES: tuple[Column[QuoteRow], ...] = (
    Column("quote", "Key of the quotation: its briefing and its id there", lambda row: _key(row.view), required=True),
    *_lifted(_BRIEFING, lambda row: row.view),
    Column("url", "Where it can be read", lambda row: row.url, "anyURI", required=True, property="schema:url"),
    Column("text", "The words as printed", lambda row: row.view.quote.text, required=True, property="schema:text"),
    *_named("said_by", "said_by_names", "Whose words they are", lambda row: row.view.said_by, required=True),
    Column("role", "What the speaker was at the time", lambda row: row.view.quote.role, required=True),
    Column("channel", "How it was said", lambda row: row.view.quote.channel, required=True),
    *_date("said_on", "When it was said", lambda row: row.view.quote.said_on, required=True),
    Column("language", "The language in which it was said: its BCP 47 tag", lambda row: row.view.quote.language, required=True),
    Column("translation", "Who translated it, and what is known of the original", lambda row: _prose(row.view.quote.translation)),
    Column("altered", "Words that the printer changed, as printed", lambda row: [item[0] for item in row.view.alterations], many=True),
    Column(
        "altered_original",
        "What they replaced, in the same order",
        lambda row: [original for _, original, _ in row.view.alterations],
        many=True,
    ),
    Column(
        "other_renderings",
        "How many other renderings are known; the briefing's file in the API has them",
        lambda row: len(row.view.variants),
        "nonNegativeInteger",
        required=True,
    ),
    Column("claims", "Claims that these words make, by their keys", lambda row: _links(row.view.claims), many=True),
    *_sources(lambda row: row.view.citations),
    Column("note", "What a reader should know of it", lambda row: _prose(row.view.quote.note)),
)
