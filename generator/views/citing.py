"""What there is to cite: each sheet and each of its claims, with the state that the citation is of."""

from __future__ import annotations

from dataclasses import dataclass

from ..edtf import Edtf
from ..markup import plain
from ..records import Briefing, Claim
from ..records.briefing import Status
from ..urls import Target, card_uri, cite_file, record_uri
from . import parts
from .library import Library, record_target, speakers
from .versions import has_versions, version_targets


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A source that a claim rests on, as a citation of the claim names it."""

    publisher: str
    title: str
    date: Edtf | None
    url: str | None
    locator: str | None


@dataclass(frozen=True, slots=True)
class Said:
    """Whose claim it is. A sheet only passes it on, so no citation of it goes without this."""

    by: tuple[str, ...]
    role: str | None
    channel: str | None
    on: Edtf
    words: str
    status: Status
    sources: tuple[CitedSource, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """Something to cite.

    Attributes:
        key: a name for it that no other has: `rawa`, `rawa:taken`.
        sheet: the sheet's title.
        answer: the sheet in one sentence.
        said: the claim; None for the sheet as a whole.
        published: when the sheet first stood here.
        changed: when it was last changed; None when it never was.
        as_of: the day up to which its sources were looked at.
        version: the name of its state.
        permanent: where that state stays, where it has an address of its own; else the sheet's.
        newest: where it can be read as it stands.
    """

    key: str
    sheet: str
    answer: str
    said: Said | None
    published: Edtf
    changed: Edtf | None
    as_of: Edtf
    version: str
    permanent: Target
    newest: Target

    @property
    def issued(self) -> Edtf:
        """The day of the state that is cited."""
        return self.changed or self.published


@dataclass(frozen=True, slots=True)
class CitedClaim:
    """A claim on the page that says how to cite it.

    Attributes:
        id: its anchor there, as on the sheet.
        formerly: anchors that it had before.
        work: what to cite.
        card: where it stands alone, to be shown on other pages, always as it is now.
        pinned: the same as it stood in the state that is cited; None where that has no address.
    """

    id: str
    formerly: tuple[str, ...]
    work: Work
    card: Target
    pinned: Target | None


@dataclass(frozen=True, slots=True)
class CiteView:
    """The page that says how to cite a sheet."""

    briefing: Briefing
    sheet: Target
    updated: Edtf
    work: Work
    state: Target | None
    """The state that is cited, where it has an address of its own."""
    claims: tuple[CitedClaim, ...]
    withdrawn: tuple[Target, ...]
    """Claims that were taken back, and so are not to be cited."""
    bibtex: Target
    csl: Target
    """The files for reference managers."""


def cite_view(library: Library, briefing: Briefing) -> CiteView:
    """Resolve what there is to cite of a sheet that stands.

    Args:
        library: all records.
        briefing: without what was withdrawn from it.
    """
    state = newest_version(library, briefing)
    gone = (claim for claim in library.whole.briefings[briefing.id].claims if claim.withdrawn)
    return CiteView(
        briefing=briefing,
        sheet=record_target(library, "briefing", briefing.id),
        updated=parts.updated(briefing),
        work=sheet_work(library, briefing, state),
        state=state,
        claims=tuple(_cited_claim(library, briefing, claim, state) for claim in briefing.claims),
        withdrawn=tuple(parts.claim_target(briefing.id, claim) for claim in gone),
        bibtex=Target("BibTeX", cite_file(briefing.id, "bib")),
        csl=Target("CSL-JSON", cite_file(briefing.id, "json")),
    )


def _cited_claim(library: Library, briefing: Briefing, claim: Claim, state: Target | None) -> CitedClaim:
    work = _work(library, briefing, claim, state)
    return CitedClaim(
        id=claim.id,
        formerly=claim.formerly,
        work=work,
        card=Target(work.sheet, card_uri(briefing.id, claim.id)),
        pinned=Target(work.sheet, card_uri(briefing.id, claim.id, work.version)) if state else None,
    )


def works(library: Library, briefing: Briefing) -> tuple[Work, ...]:
    """The sheet, then each of its claims."""
    state = newest_version(library, briefing)
    return tuple(_work(library, briefing, claim, state) for claim in (None, *briefing.claims))


def newest_version(library: Library, briefing: Briefing) -> Target | None:
    """The state of a sheet as it stands, where that has an address of its own: one that later entries leave alone."""
    return version_targets(briefing)[-1] if has_versions(library, briefing) else None


def sheet_work(library: Library, briefing: Briefing, state: Target | None) -> Work:
    """A sheet as a whole, in a state that has an address of its own; without one, as it stands."""
    return _work(library, briefing, None, state)


def _work(library: Library, briefing: Briefing, claim: Claim | None, state: Target | None) -> Work:
    anchor = claim.id if claim else ""
    newest = record_uri("briefing", briefing.id)
    return Work(
        key=f"{briefing.id}:{anchor}" if claim else briefing.id,
        sheet=briefing.title,
        answer=plain(briefing.answer),
        said=_said(library, claim) if claim else None,
        published=briefing.published,
        changed=briefing.updates[-1].at if briefing.updates else None,
        as_of=briefing.as_of,
        version=version_name(state.uri) if state else briefing.published.text,
        permanent=Target("", state.uri if state else newest, anchor),
        newest=Target("", newest, anchor),
    )


def version_name(uri: str) -> str:
    """What a version's address calls it: `2021-05-06`, `2021-05-06-2`, `first`."""
    return uri.removesuffix(".md").rpartition("/")[2]


def _said(library: Library, claim: Claim) -> Said:
    sources = [(library.catalog.sources[cited.source], cited.locator) for cited in claim.sources]
    return Said(
        by=tuple(target.text for target in speakers(library, claim.said_by)),
        role=claim.role,
        channel=claim.channel,
        on=claim.said_on,
        words=plain(claim.text),
        status=claim.status,
        sources=tuple(CitedSource(found.publisher, found.title, found.date, found.url, locator) for found, locator in sources),
    )
