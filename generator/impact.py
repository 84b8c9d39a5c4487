"""What becomes of the site when a record or a claim changes or goes.

Which pages show a record is not guessed from references: the pages are made once as they are and once with the record
by another name, and those that differ are the answer, lists, maps and feeds of links included.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .catalog import Catalog, part_key
from .errors import UsageError, field_path
from .independence import has_two_witnesses
from .living import living
from .load import Loaded
from .markup import plain
from .parse import Mark
from .records import FOLDERS, KINDS, MODELS, Briefing, Claim, Kind, LocalRef
from .references import references
from .validate import nearest
from .wording import counted

OTHER = "\u2021"
"""Put behind a name to make it another: a sign that no record uses."""
NAMED = ("name", "title", "text", "publisher")
"""Fields that a page shows where it shows the record."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is asked about: a record, or a claim in one."""

    kind: Kind
    record_id: str
    claim_id: str = ""
    figure_ids: frozenset[str] = frozenset()
    """Of the claim's figures, which go where it goes."""

    @property
    def parts(self) -> frozenset[str]:
        """Ids of what of a briefing it is."""
        return self.figure_ids | ({self.claim_id} if self.claim_id else set())

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id}{'#' + self.claim_id if self.claim_id else ''}"


@dataclass(frozen=True, slots=True)
class Mention:
    """A field that names the subject."""

    path: str
    mark: Mark
    field: str


@dataclass(frozen=True, slots=True)
class Loss:
    """A claim that would be left with less: briefing id, claim, and what it would lack."""

    briefing_id: str
    claim: Claim
    lacks: str


def find(catalog: Catalog, name: str) -> Subject:
    """The record or claim that an editor means by `rawa`, `place:rawa`, `content/places/rawa.yaml` or `sheet#claim`.

    Raises:
        UsageError: nothing, or more than one thing, has that name.
    """
    record_id, _, claim_id = name.partition("#")
    kind, _, rest = record_id.rpartition(":")
    record_id = rest.rpartition("/")[2].removesuffix(".yaml")
    found = [
        known.kind
        for known in catalog.documents.values()
        if known.record.id == record_id and kind in ("", known.kind) and (not claim_id or known.kind == "briefing")
    ]
    if not found:
        near = nearest(record_id, tuple(known.record.id for known in catalog.documents.values()))
        raise UsageError(f"no record `{record_id}`" + (f"; did you mean `{near}`?" if near else ""))
    if len(found) > 1:
        raise UsageError(f"`{record_id}` is {' and '.join(found)}; say which: {found[0]}:{record_id}")
    if claim_id and (record_id, claim_id) not in catalog.claims:
        raise UsageError(f"no claim `{claim_id}` in `{record_id}`")
    figures = catalog.claims[record_id, claim_id].figures if claim_id else ()
    return Subject(found[0], record_id, claim_id, frozenset(figure.id for figure in figures))


def renamed(catalog: Catalog, subject: Subject) -> Catalog:
    """The catalog with the subject by another name, so that every page that shows it differs."""
    record: Any = catalog.loaded(subject.kind, subject.record_id).record
    if subject.claim_id:
        claims = tuple(_other(claim) if claim.id == subject.claim_id else claim for claim in record.claims)
        record = record.model_copy(update={"claims": claims})
    else:
        record = _other(record)
    loaded = replace(catalog.loaded(subject.kind, subject.record_id), record=record)
    return with_record(catalog, loaded)


def _other(part: Any) -> Any:
    return part.model_copy(update={name: f"{getattr(part, name)}{OTHER}" for name in NAMED if isinstance(getattr(part, name, None), str)})


def with_record(catalog: Catalog, loaded: Loaded) -> Catalog:
    """The catalog with another record in a record's place."""
    records = {**catalog.of_kind(loaded.kind), loaded.record.id: loaded.record}
    changed: dict[str, Any] = {FOLDERS[loaded.kind]: records, "documents": {**catalog.documents, loaded.key: loaded}}
    if isinstance(loaded.record, Briefing):
        changed["claims"] = {**catalog.claims, **{(loaded.record.id, claim.id): claim for claim in loaded.record.claims}}
    return replace(catalog, **changed)


def mentions(catalog: Catalog, subject: Subject) -> Iterator[Mention]:
    """Every field that names the subject, by file and place."""
    for kind in KINDS:
        for record_id in catalog.of_kind(kind):
            document = catalog.loaded(kind, record_id).document
            for reference in references(MODELS[kind], document.data):
                if _names(record_id, reference.target, reference.value, subject):
                    yield Mention(document.path, document.mark(reference.where), field_path(reference.where))


def _names(owner: str, target: Any, value: str, subject: Subject) -> bool:
    if isinstance(target, LocalRef):
        sheet, part = part_key(owner, value)
        return sheet == subject.record_id and part in subject.parts
    return not subject.claim_id and value == subject.record_id and subject.kind in target.kinds


def losses(catalog: Catalog, subject: Subject) -> tuple[Loss, ...]:
    """The claims that would lack something without the subject: a source, a second witness, a speaker, what overtook them."""
    standing = living(catalog)
    found: list[Loss] = []
    for (briefing_id, _), claim in standing.claims.items():
        lacks = _lacks(standing, briefing_id, claim, subject)
        if lacks:
            found.append(Loss(briefing_id, claim, lacks))
    return tuple(found)


def _lacks(catalog: Catalog, briefing_id: str, claim: Claim, subject: Subject) -> str:
    if subject.kind == "source":
        cited = {citation.source for citation in claim.sources}
        if cited == {subject.record_id}:
            return "its only source"
        rest = [source for source in cited if source != subject.record_id]
        if subject.record_id in cited and claim.status == "corroborated" and not has_two_witnesses(catalog, rest):
            return "its second independent witness"
    if subject.kind in ("actor", "person") and set(claim.said_by) == {subject.record_id}:
        return "its only speaker"
    if subject.kind == "measure" and any(figure.measure == subject.record_id for figure in claim.figures):
        return "the measure of its figure"
    if subject.kind == "briefing" and claim.status in ("superseded", "disputed"):
        field = "supersedes" if claim.status == "superseded" else "disputes"
        going = [other for (sheet, _), other in catalog.claims.items() if sheet == subject.record_id and subject.claim_id in ("", other.id)]
        stays = briefing_id != subject.record_id or (subject.claim_id and claim.id != subject.claim_id)
        named = {part_key(subject.record_id, reference) for other in going for reference in getattr(other, field)}
        if stays and (briefing_id, claim.id) in named:
            return "what overtook it" if field == "supersedes" else "the claim on the other side"
    return ""


def told(catalog: Catalog, subject: Subject, pages: Sequence[str]) -> Iterator[str]:
    """What `briefbook impact` prints.

    Args:
        catalog: all records.
        subject: what was asked about.
        pages: addresses of the pages that show it.
    """
    yield f"{counted(len(pages), 'page')} would change with {subject}:"
    yield from (f"  {address}" for address in pages)
    yield ""
    named = tuple(mentions(catalog, subject))
    yield f"Named in {counted(len(named), 'place')}" + (":" if named else ".")
    yield from (f"  {mention.path}:{mention.mark.line}:{mention.mark.col}: {mention.field}" for mention in named)
    yield ""
    lost = losses(catalog, subject)
    yield f"Without it, {counted(len(lost), 'claim')} would lack something" + (":" if lost else ".")
    yield from (f"  {loss.briefing_id}#{loss.claim.id}: {loss.lacks} ({plain(loss.claim.text)})" for loss in lost)
