"""A sheet as it stood: after each entry of its history, and as it was first published."""

from __future__ import annotations

from collections import ChainMap, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from ..catalog import part_key
from ..edtf import Edtf
from ..history import Version, versions
from ..living import without_withdrawn
from ..records import Briefing, Claim, Kind, Update
from ..urls import Target, version_uri
from .backlinks import ClaimKey
from .history import ChangeView, record_changes
from .library import Library, record_target
from .names import Head, Line, Name, head_of, line_of, name_of
from .renames import as_named_now

FIRST = "first"
"""What stands in the address of a sheet as it was first published, in place of a day."""


@dataclass(frozen=True, slots=True)
class VersionView:
    """Which version of a sheet a page shows.

    Attributes:
        here: this version, named by its day.
        now: the sheet as it stands.
        entry: what made it; None as first published.
        since: the entries that came after it, oldest first.
        earlier, later: the versions before and after it.
        known_from, known_to: the time for which it tells what was known, where it was put together afterwards.
        made_on: the day on which it was put together afterwards; None when it stood on its own day.
    """

    here: Target
    now: Target
    entry: Update | None
    since: tuple[ChangeView, ...]
    earlier: Target | None
    later: Target | None
    known_from: Edtf | None
    known_to: Edtf | None
    made_on: Edtf | None


def has_versions(library: Library, briefing: Briefing) -> bool:
    """Whether a sheet can be read as it stood: not before its first entry."""
    whole = library.whole.briefings[briefing.id]
    loaded = library.whole.documents.get(("briefing", briefing.id))
    # One made in memory has no file from which to go back.
    return bool(whole.updates and loaded and loaded.record is whole)


def readable_versions(library: Library, briefing: Briefing) -> tuple[Version, ...]:
    """The versions of a sheet that have addresses, newest first, with what they name as it is called now."""
    if not has_versions(library, briefing):
        return ()
    found = versions(library.whole.documents["briefing", briefing.id])
    return tuple(replace(version, record=as_named_now(library.renames, "briefing", version)) for version in found)


def version_targets(briefing: Briefing) -> tuple[Target, ...]:
    """Where each version is: as first published, then after each entry. A second entry of a day has `-2`."""
    seen: dict[str, int] = defaultdict(int)
    # Entries made in hindsight lead back to a state that was never published.
    imagined = briefing.updates and briefing.updates[0].known
    found = [Target("its earliest state" if imagined else f"first published {briefing.published.words}", version_uri(briefing.id, FIRST))]
    for update in briefing.updates:
        day = update.at.text
        seen[day] += 1
        number = seen[day]
        name, shown = (day, update.at.words) if number == 1 else (f"{day}-{number}", f"{update.at.words}, number {number} of that day")
        found.append(Target(shown, version_uri(briefing.id, name)))
    return tuple(found)


def entries_of(library: Library, briefing: Briefing) -> tuple[ChangeView, ...]:
    """A sheet's entries, newest first, each with where the sheet can be read as it stood after it."""
    targets = version_targets(briefing)
    return record_changes(library, "briefing", briefing, dict(enumerate(targets[1:])))


def version_view(library: Library, briefing: Briefing, number: int, entries: tuple[ChangeView, ...]) -> VersionView:
    """What a page of an earlier version says of itself.

    Args:
        library: all records.
        briefing: the sheet as it stands.
        number: how many of its entries the version has.
        entries: all of them, newest first; see `entries_of`.
    """
    targets = version_targets(briefing)
    entry = briefing.updates[number - 1] if number else None
    after = briefing.updates[number] if number < len(briefing.updates) else None
    in_hindsight = after is not None and after.known is not None
    return VersionView(
        here=targets[number],
        now=record_target(library, "briefing", briefing.id),
        entry=entry,
        since=tuple(reversed(entries))[number:],
        earlier=targets[number - 1] if number else None,
        later=targets[number + 1] if number + 1 < len(targets) else None,
        known_from=next((update.known for update in reversed(briefing.updates[:number]) if _tells_news(update)), None),
        known_to=next((update.known for update in briefing.updates[number:] if _tells_news(update)), None),
        made_on=after.at if after and in_hindsight else None,
    )


def _tells_news(update: Update) -> bool:
    """Whether an entry follows the world, which a correction does not: what it mends was known before."""
    return update.kind == "update" and update.known is not None


def as_of(library: Library, version: Version) -> Library:
    """The records as an earlier version of a sheet sees them, one of `readable_versions`: itself in place of what the sheet is now.

    What other sheets say of its claims was for the most part not known then. It is left out, but for claims whose own
    mark speaks of it.
    """
    briefing = version.record
    assert isinstance(briefing, Briefing)
    until = _until(library.whole.briefings[briefing.id], len(briefing.updates))
    if until and until.in_hindsight:
        known = [other for other in briefing.related if (head := library.heads.get(other)) and head.covers.earliest < until.day]
        briefing = briefing.model_copy(update={"related": tuple(known)})
    whole = replace(library.whole, briefings=ChainMap({briefing.id: briefing}, cast("dict[str, Briefing]", library.whole.briefings)))
    briefing = without_withdrawn(briefing)
    own: dict[ClaimKey, Claim] = {(briefing.id, claim.id): claim for claim in briefing.claims}
    catalog = replace(
        whole,
        briefings=ChainMap({briefing.id: briefing}, cast("dict[str, Briefing]", library.whole.briefings)),
        claims=ChainMap(own, cast("dict[ClaimKey, Claim]", whole.claims)),
    )
    links = library.backlinks
    disputes: defaultdict[ClaimKey, list[ClaimKey]] = defaultdict(list)
    superseded_by: defaultdict[ClaimKey, list[ClaimKey]] = defaultdict(list)
    for key, claim in own.items():
        for reference in claim.disputes:
            other = part_key(briefing.id, reference)
            disputes[key].append(other)
            disputes[other].append(key)
        for reference in claim.supersedes:
            superseded_by[part_key(briefing.id, reference)].append(key)
    for key, claim in own.items():
        if claim.status == "disputed":
            disputes[key] += _others(library, links.disputes.get(key, ()), briefing, until)
        if claim.status == "superseded":
            superseded_by[key] += _others(library, links.superseded_by.get(key, ()), briefing, until)
    earlier = replace(links, disputes=dict(disputes), superseded_by=dict(superseded_by), related_to={})
    return replace(
        library,
        catalog=catalog,
        backlinks=earlier,
        whole=whole,
        names=ChainMap({("briefing", briefing.id): name_of(briefing)}, cast("dict[tuple[Kind, str], Name]", library.names)),
        heads=ChainMap({briefing.id: head_of(briefing)}, cast("dict[str, Head]", library.heads)),
        lines=ChainMap({briefing.id: line_of(briefing)}, cast("dict[str, Line]", library.lines)),
    )


@dataclass(frozen=True, slots=True)
class _Until:
    """The day on which a version was overtaken; `in_hindsight` when the version was put together afterwards."""

    day: date
    in_hindsight: bool


def _until(briefing: Briefing, number: int) -> _Until | None:
    """The end of the time that a version with so many entries tells of; None for the newest."""
    after = briefing.updates[number:]
    news = next((update.known for update in after if update.known and _tells_news(update)), None)
    if news:
        return _Until(news.latest, True)
    return _Until(after[0].at.latest, False) if after else None


def _others(library: Library, keys: Sequence[ClaimKey], briefing: Briefing, until: _Until | None) -> list[ClaimKey]:
    """Claims of other sheets that were made by then."""
    return [key for key in keys if key[0] != briefing.id and (until is None or library.whole.claims[key].said_on.earliest < until.day)]
