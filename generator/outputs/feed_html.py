"""What entries of feeds say, as HTML: made as a tree, so that whatever a record holds stays the text it is.

A reader of feeds shows it without our style sheet, so nothing in it leans on one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from .. import prose
from ..edtf import Edtf
from ..markup import runs_from_right
from ..records import Briefing, Claim, Quote, Record, Update
from ..urls import Target, record_uri
from ..views import parts
from ..views.changes import CHANGED
from ..views.history import ChangeView, FieldChange
from ..views.key_figures import highlight_keys
from ..views.library import Library, record_target
from ..views.parts import CitationView, ClaimView
from .file import Site

Piece = str | Element
LABELS = {"breaking": "Breaking", "update": "Update", "explainer": "Explainer", "final": "Final"}


Said = Mapping[str, Claim | Quote]
"""By anchor of a claim, figure or quotation: the claim or quotation that it is or is in."""


def said_in(record: Record) -> Said:
    """What somebody says in a sheet, the withdrawn parts included; nothing in other records."""
    if not isinstance(record, Briefing):
        return {}
    found: dict[str, Claim | Quote] = {quote.id: quote for quote in record.quotes}
    for claim in record.claims:
        found |= dict.fromkeys((claim.id, *(figure.id for figure in claim.figures)), claim)
    return found


def change_html(library: Library, site: Site, view: ChangeView, said: Said, before: Target | None) -> str:
    """An entry of a history: what was done, why, from what to what, and where to read on.

    Args:
        library: all records.
        site: where links lead.
        view: the entry.
        said: what somebody says in the record.
        before: the record as it stood before, where that can be read.
    """
    blocks = [_paragraph(_element("b", f"{done(view.update)}:"), " ", *_prose(site, view.update.note))]
    if view.groups:
        blocks.append(_element("ul", *(_element("li", *_group(library, site, said, *group)) for group in view.groups)))
    ways = [_link(site, view.record)]
    ways += [_link(site, view.version, "As it stood after this entry")] if view.version else []
    ways += [_link(site, before, "As it stood before")] if before else []
    blocks.append(_paragraph(*_joined(ways, " · ")))
    return _written(blocks)


def sheet_html(library: Library, site: Site, briefing: Briefing) -> str:
    """A sheet that stands: its answer, and what it says first, each with who says so."""
    blocks = [_paragraph(*paragraph) for paragraph in _paragraphs(site, briefing.answer)]
    blocks.append(_paragraph(f"{LABELS[briefing.label]} · {sheet_dates(briefing)}"))
    if briefing.updates:
        last = briefing.updates[-1]
        blocks.append(_paragraph(_element("b", f"{done(last)}:"), " ", *_prose(site, last.note)))
    claims = [
        parts.claim_view(library, library.heads[sheet], library.catalog.claims[sheet, name]) for sheet, name in highlight_keys(briefing)
    ]
    blocks.append(_paragraph(_element("b", "Main points")))
    blocks.append(_element("ul", *(_element("li", *_claim(library, site, view)) for view in claims)))
    return _written(blocks)


def withdrawn_html(site: Site, reason: str) -> str:
    """A record that no longer stands: why, and nothing of what it said."""
    return _written([_paragraph(_element("b", "Withdrawn."), " ", *_prose(site, reason))])


def done(update: Update) -> str:
    """What an entry did, and when. One made in hindsight says so, and does not pass for older than it is."""
    word = CHANGED[update.kind].text
    return f"{word} {update.at.words}{f' (known since {update.known.words}, entered here in hindsight)' if update.known else ''}"


def sheet_dates(briefing: Briefing) -> str:
    """The days of a sheet, as its page has them."""
    said = f"events: {briefing.covers.words} · sources looked at up to {briefing.as_of.words} · first published here {briefing.published.words}"
    return f"{said} · last changed {parts.updated(briefing).words}" if briefing.updates else said


def was_now(field: FieldChange) -> list[Piece]:
    """A field's value before and after, as pages tell it: what both share once, where that helps."""
    if any(piece.kind == "kept" for piece in field.pieces):
        tags = {"gone": "del", "new": "ins"}
        shown = [_element(tags[piece.kind], _words(piece.text)) if piece.kind in tags else _words(piece.text) for piece in field.pieces]
        return _joined(shown, " ")
    before, after = _element("del", _words(field.before or "")), _element("ins", _words(field.after or ""))
    if field.before and field.after:
        return ["was ", before, ", now ", after]
    if field.after:
        return ["added ", after]
    if field.before:
        return ["removed " if field.after is None else "emptied, was ", before]
    return ["changed" if field.after is None else "emptied"]


def _group(library: Library, site: Site, said: Said, target: Target | None, fields: Sequence[FieldChange]) -> Iterator[Piece]:
    """What an entry changed at one place, with whose words or numbers stand there."""
    if target:
        part = said.get(target.anchor)
        yield _link(site, target)
        yield from (" (", *_attribution(library, site, part), ")") if part else ()
        yield ": "
    for number, field in enumerate(fields):
        yield from ("; " if number else "", f"{field.name}: " if field.name else "", *was_now(field))


def _claim(library: Library, site: Site, view: ClaimView) -> Iterator[Piece]:
    disputed = view.disputes and view.claim.status in ("corroborated", "reported")
    yield from (
        _link(site, view.target),
        " ",
        _element("br"),
        *_attribution(library, site, view.claim, ", also disputed" if disputed else ""),
    )


def _attribution(library: Library, site: Site, part: Claim | Quote, marked: str = "") -> Iterator[Piece]:
    """How sure a claim is, who says it, in what role, when, and on which sources; of a quotation the same but the first."""
    status = "withdrawn" if part.withdrawn else part.status if isinstance(part, Claim) else ""
    yield from (_element("b", status.capitalize()), marked, " · ") if status else ()
    yield from _joined([_link(site, speaker) for speaker in speakers_of(library, part.said_by)], ", ")
    manner = "; ".join(filter(None, (part.role, part.channel and f"channel: {part.channel}")))
    yield from (" (", _words(manner), ")") if manner else ()
    yield f", {part.said_on.words} · {'source' if len(part.sources) == 1 else 'sources'} "
    for number, citation in enumerate(parts.citations(library, part.sources)):
        yield from (", " if number else "", *_citation(site, citation))


def speakers_of(library: Library, speaker_ids: Iterable[str]) -> Iterator[Target]:
    """Whoever speaks, also where that record was withdrawn, as what it said may have been."""
    for speaker_id in speaker_ids:
        yield record_target(library, "actor" if speaker_id in library.whole.actors else "person", speaker_id)


def _citation(site: Site, citation: CitationView) -> Iterator[Piece]:
    date: Edtf | None = citation.source.date
    yield _link(site, Target(citation.target.text, citation.target.uri), f"{citation.source.publisher}{f', {date.words}' if date else ''}")
    yield from (" (", _words(citation.locator), ")") if citation.locator else ()


# --- a tree of HTML -----------------------------------------------------------------------------------


def _element(tag: str, *pieces: Piece, **attributes: str) -> Element:
    made = Element(tag, attributes)
    for piece in pieces:
        if not isinstance(piece, str):
            made.append(piece)
        elif len(made):
            made[-1].tail = f"{made[-1].tail or ''}{piece}"
        else:
            made.text = f"{made.text or ''}{piece}"
    return made


def _paragraph(*pieces: Piece) -> Element:
    return _element("p", *pieces)


def _words(text: str) -> Piece:
    """Words that may run from right to left, kept from turning round what stands beside them."""
    return _element("bdi", text) if runs_from_right(text) else text


def _joined(pieces: Sequence[Piece], between: str) -> list[Piece]:
    return [item for number, piece in enumerate(pieces) for item in ((between, piece) if number else (piece,))]


def _link(site: Site, target: Target, text: str = "") -> Element:
    language = {"lang": target.lang} if target.lang and not text else {}
    return _element("a", _words(text or target.text), href=site.page(target), **language)


def _prose(site: Site, text: str) -> list[Piece]:
    """A prose field on one line."""
    return [piece for number, found in enumerate(_paragraphs(site, text)) for piece in ([" "] if number else []) + found]


_MARKS = {"em_open": "em", "strong_open": "strong"}


def _paragraphs(site: Site, text: str) -> list[list[Piece]]:
    """A prose field's paragraphs, with its emphasis and links."""
    found = []
    for paragraph in prose.paragraphs(text):
        holders: list[tuple[Element, list[Piece]]] = [(Element("p"), [])]
        for token in prose.tokens(paragraph):
            if token.type in _MARKS:
                holders.append((Element(_MARKS[token.type]), []))
            elif token.type == "link_open":
                holders.append((Element("a", {"href": _address(site, str(token.attrs["href"]))}), []))
            elif token.type.endswith("_close"):
                made, pieces = holders.pop()
                holders[-1][1].append(_element(made.tag, *pieces, **made.attrib))
            else:
                holders[-1][1].append(_words(token.content))
        found.append(holders[0][1])
    return found


def _address(site: Site, url: str) -> str:
    found = prose.record_link(url)
    return site.page(Target("", record_uri(*found[:2]), found[2])) if found else url


def _written(blocks: Iterable[Element]) -> str:
    return "\n".join(ElementTree.tostring(block, encoding="unicode", method="html") for block in blocks)
