"""A claim by itself, to be shown on other pages: as it stands, or as it stood, with what became of it since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..markup import plain
from ..records import Briefing, Claim
from ..urls import Target, card_uri, record_uri
from . import parts
from .history import ChangeView, PartChange, part_changes
from .library import Library, record_target
from .parts import ClaimLink, ClaimView
from .versions import VersionView, as_of, entries_of, has_versions, readable_versions, version_targets, version_view


@dataclass(frozen=True, slots=True)
class CardView:
    """A claim by itself.

    Attributes:
        uri: where the card is.
        said: the claim in plain words.
        claim: the claim with all that belongs to it; None for one that does not stand any more.
        sheet: the sheet, as the card's state of it calls it.
        as_of: up to when its sources were looked at in that state, in words; empty for a claim that does not stand.
        here: the claim's place on the sheet as it stands, or the sheet's.
        withdrawn: why it was taken back; None where it was not.
        gone: whether the sheet has it no more.
        changes: entries that changed it: since its state, or since the sheet was first published.
        state: which earlier state the card shows; None for the claim as it stands.
        stood: the claim's place in that state.
        superseded, contradicted: claims that overtake or deny it by now, where it is an earlier state that is shown.
    """

    uri: str
    said: str
    claim: ClaimView | None
    sheet: Target
    as_of: str
    here: Target
    withdrawn: str | None = None
    gone: bool = False
    changes: tuple[PartChange, ...] = ()
    state: VersionView | None = None
    stood: Target | None = None
    superseded: tuple[ClaimLink, ...] = ()
    contradicted: tuple[ClaimLink, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether it is not any more what it was."""
        return bool(self.withdrawn or self.gone or self.changes or self.superseded or self.contradicted)


def card_views(library: Library, whole: Briefing, *, pinned: bool = True) -> Iterator[CardView]:
    """Every card of a sheet's claims: as they stand, under each id that they have or had, then as they stood.

    Args:
        library: all records.
        whole: the sheet, with what was withdrawn from it.
        pinned: whether there are those of what stood before.
    """
    briefing = library.catalog.briefings.get(whole.id)
    entries = entries_of(library, briefing) if briefing else ()
    changes = part_changes(entries)
    today = {claim.id: parts.claim_view(library, briefing, claim) for claim in briefing.claims} if briefing else {}
    for claim in whole.claims:
        for sheet_id in (whole.id, *whole.formerly):
            for claim_id in (claim.id, *claim.formerly):
                uri = card_uri(sheet_id, claim_id)
                yield _live(library, whole, claim, today.get(claim.id), uri, changes.get(claim.id, ()))
    if pinned and briefing and has_versions(library, whole):
        yield from _pinned(library, whole, today, entries)


def _live(
    library: Library, whole: Briefing, claim: Claim, view: ClaimView | None, uri: str, changes: tuple[PartChange, ...] = ()
) -> CardView:
    """A claim as it stands, or that it does not any more."""
    sheet = record_target(library, "briefing", whole.id)
    if view:
        return CardView(uri, plain(claim.text), view, sheet, whole.as_of.words, view.target, changes=changes)
    here = sheet if whole.withdrawn else parts.claim_target(whole.id, claim)
    return CardView(uri, plain(claim.text), None, sheet, "", here, plain(whole.withdrawn or claim.withdrawn or ""))


def _pinned(library: Library, whole: Briefing, today: Mapping[str, ClaimView], entries: tuple[ChangeView, ...]) -> Iterator[CardView]:
    now = {claim_id: claim for claim in whole.claims for claim_id in (*claim.formerly, claim.id)}
    targets = version_targets(whole)
    for version in readable_versions(library, whole):
        assert isinstance(version.record, Briefing)
        number = len(version.record.updates)
        state = version_view(library, whole, number, entries)
        seen = as_of(library, version)
        then = seen.catalog.briefings[whole.id]
        since = part_changes(entries[: len(entries) - number])
        name = targets[number].uri.removesuffix(".md").rpartition("/")[2]
        for claim in version.record.claims:
            uri, living = card_uri(whole.id, claim.id, name), now.get(claim.id)
            view = today.get(living.id) if living else None
            if claim.withdrawn:
                yield _live(library, whole, living or claim, view, uri)
            else:
                yield _as_it_stood(library, whole, seen, then, claim, living, view, uri, state, since)


def _as_it_stood(
    library: Library, whole: Briefing, seen: Library, then: Briefing, claim: Claim, now: Claim | None, today: ClaimView | None, uri: str,
    state: VersionView, since: dict[str, tuple[PartChange, ...]],
) -> CardView:  # fmt: skip
    view = parts.claim_view(seen, then, claim)
    return CardView(
        uri=uri,
        said=plain(claim.text),
        claim=view,
        sheet=Target(then.title, record_uri("briefing", whole.id)),
        as_of=then.as_of.words,
        here=parts.claim_target(whole.id, now) if now else record_target(library, "briefing", whole.id),
        withdrawn=plain(now.withdrawn) if now and now.withdrawn else None,
        gone=now is None,
        changes=since.get(now.id, ()) if now else (),
        state=state,
        stood=Target("", state.here.uri, claim.id),
        superseded=_new(today.superseded_by, view.superseded_by) if today else (),
        contradicted=_new(today.disputes, view.disputes) if today else (),
    )


def _new(now: tuple[ClaimLink, ...], then: tuple[ClaimLink, ...]) -> tuple[ClaimLink, ...]:
    """Links that were not there before, whatever the words of the other claim were."""
    known = {(link.target.uri, link.target.anchor) for link in then}
    return tuple(link for link in now if (link.target.uri, link.target.anchor) not in known)
