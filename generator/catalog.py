"""All records by kind and id, with every reference resolved or reported."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast

from .anchors import ANCHORED, clashing_anchors
from .errors import Problem, Related, meant, quoted, with_article
from .load import RESERVED_IDS, Content, Loaded
from .parse import Document
from .records import FOLDERS, KINDS, MODELS, Actor, Briefing, Claim, Kind, LocalRef, Measure, Person, Place, Source
from .records.references import id_fault, suggested_id
from .references import Reference, references
from .validate import nearest


@dataclass(frozen=True, slots=True)
class Catalog:
    """Every readable record, each mapping in order of id."""

    briefings: Mapping[str, Briefing]
    places: Mapping[str, Place]
    actors: Mapping[str, Actor]
    people: Mapping[str, Person]
    sources: Mapping[str, Source]
    measures: Mapping[str, Measure]
    claims: Mapping[tuple[str, str], Claim]
    """By briefing id and claim id."""
    documents: Mapping[tuple[Kind, str], Loaded]

    broken: Mapping[tuple[Kind, str], Document | None] = field(default_factory=dict)
    """What exists but is no valid record, with its tree if its file could be parsed."""

    def of_kind(self, kind: Kind) -> Mapping[str, Any]:
        """All records of one kind, by id."""
        return cast("Mapping[str, Any]", getattr(self, FOLDERS[kind]))

    def loaded(self, kind: Kind, record_id: str) -> Loaded:
        """One record with where it was read from."""
        return self.documents[kind, record_id]


def catalog(content: Content) -> tuple[Catalog, list[Problem]]:
    """Put the records together; problems are dangling or ambiguous references and clashing ids."""
    by_kind: dict[Kind, dict[str, Any]] = {kind: {} for kind in KINDS}
    for loaded in content.records:
        by_kind[loaded.kind][loaded.record.id] = loaded.record
    built = Catalog(
        briefings=by_kind["briefing"],
        places=by_kind["place"],
        actors=by_kind["actor"],
        people=by_kind["person"],
        sources=by_kind["source"],
        measures=by_kind["measure"],
        claims={(briefing.id, claim.id): claim for briefing in by_kind["briefing"].values() for claim in briefing.claims},
        documents={loaded.key: loaded for loaded in content.records},
        broken=content.broken,
    )
    problems: list[Problem] = []
    for kind, record_id, document in _all_documents(content):
        for reference in references(MODELS[kind], document.data):
            told = _unresolved(built, content, record_id, document, reference)
            # In prose, the name is but a part of the text that a fix would replace.
            problems.extend(replace(problem, fix=None, like=()) if reference.in_prose else problem for problem in told)
    for loaded in content.records:
        if isinstance(loaded.record, Briefing):
            problems.extend(clashing_anchors(loaded, loaded.record))
            problems.extend(_missing_images(content, loaded, loaded.record))
    problems.extend(_clashing_former_ids(built))
    problems.extend(_clashing_speakers(built))
    return built, problems


def _all_documents(content: Content) -> Iterator[tuple[Kind, str, Document]]:
    for loaded in content.records:
        yield loaded.kind, loaded.record.id, loaded.document
    for (kind, record_id), document in content.broken.items():
        if document:
            yield kind, record_id, document


def _unresolved(built: Catalog, content: Content, owner: str, document: Document, reference: Reference) -> Iterator[Problem]:
    if isinstance(reference.target, LocalRef):
        yield from _unresolved_part(built, content, owner, document, reference.target, reference)
        return
    kinds, wanted = reference.target.kinds, reference.value
    if any(wanted in built.of_kind(kind) or (kind, wanted) in content.broken for kind in kinds):
        return
    known = tuple(record_id for kind in kinds for record_id in built.of_kind(kind))
    elsewhere = [kind for kind in KINDS if wanted in built.of_kind(kind)]
    near = _nearest_id(wanted, known)
    names = " or ".join(kinds)
    hint: str
    renamed = next((record.id for kind in kinds for record in built.of_kind(kind).values() if wanted in record.formerly), "")
    if renamed:
        found, hint = f"`{wanted}`, a former id", meant(renamed, f"it is `{renamed}` now")
    elif near:
        found, hint = f"no {names} `{wanted}`", meant(near)
    elif elsewhere:
        found, hint = f"`{wanted}`, which is {with_article(elsewhere[0])}", f"name the {names} instead"
    else:
        found, hint = f"no {names} `{wanted}`", f"write it with: briefbook new {kinds[0]} {wanted}"
    yield document.problem(reference.where, found, f"the id of {with_article(names)}", hint, like=reference.where)


def _nearest_id(wanted: str, known: tuple[str, ...]) -> str:
    """The id that was probably meant. Ids that share a date are alike in that alone: their names must be alike too."""
    near = nearest(wanted, known)
    name, other = _DATED.sub("", wanted), _DATED.sub("", near)
    return near if name == other or nearest(name, (other,)) else ""


_DATED = re.compile(r"-\d{4}(-\d{2})*$")


def _unresolved_part(
    built: Catalog, content: Content, owner: str, document: Document, target: LocalRef, reference: Reference
) -> Iterator[Problem]:
    briefing_id, _, part_id = reference.value.rpartition("#")
    if briefing_id in ("", owner):
        data, where = document.data, "this briefing"
    elif briefing_id in built.briefings:
        data, where = built.loaded("briefing", briefing_id).document.data, f"`{briefing_id}`"
    elif ("briefing", briefing_id) in content.broken:
        return
    else:
        near = nearest(briefing_id, tuple(built.briefings))
        hint = meant(f"{near}#{part_id}") if near else ""
        yield document.problem(reference.where, f"no briefing `{briefing_id}`", "briefing#claim", hint, like=reference.where)
        return
    known = part_ids(data, target.part)
    # An id that is no id is reported where it stands, and so are claims that are no list.
    if part_id in known or part_id in map(suggested_id, known) or not isinstance(data.get("claims"), list):
        return
    now = _former_part_ids(data, target.part).get(part_id)
    if now:
        hint = f"it is `{briefing_id}#{now}` now" if briefing_id else f"it is `{now}` now"
        yield document.problem(reference.where, f"`{part_id}`, a former id", f"the id of {with_article(target.part)}", hint)
        return
    known = tuple(name for name in known if not id_fault(name))
    near = nearest(part_id, known)
    hint = meant(f"{briefing_id}#{near}" if briefing_id else near, f"did you mean `{near}`?") if near else ""
    if not near and target.elsewhere:
        others = [other for other, claim in built.claims if claim == part_id]
        hint = meant(f"{others[0]}#{part_id}") if others else ""
    if not hint and not known:
        hint = f"{where} has no {target.part}s"
    if not hint:
        hint = f"there are {', '.join(known[:6])}{' …' if len(known) > 6 else ''}"
    found, expected = f"no {target.part} `{part_id}` in {where}", f"the id of {with_article(target.part)}"
    yield document.problem(reference.where, found, expected, hint, like=reference.where)


def part_ids(data: Mapping[str, Any], part: str) -> tuple[str, ...]:
    """The ids of a briefing's claims, figures or fronts, or all its anchors, from its tree: it may be invalid elsewhere."""
    return tuple(str(item["id"]) for item in _parts(data, part) if isinstance(item.get("id"), str))


def _former_part_ids(data: Mapping[str, Any], part: str) -> dict[str, str]:
    """The ids that such parts had before, and those they have now, from the same tree."""
    renamed = [item for item in _parts(data, part) if isinstance(item.get("formerly"), list) and isinstance(item.get("id"), str)]
    return {former: str(item["id"]) for item in reversed(renamed) for former in item["formerly"] if isinstance(former, str)}


def _parts(data: Mapping[str, Any], part: str) -> list[dict[str, Any]]:
    groups = {"claim": ("claims",), "figure": (), "event": ("events",), "front": ("fronts",)}.get(part, ANCHORED)
    found = [item for group in groups for item in items_of(data, group)]
    if part in ("figure", "anchor"):
        found += [figure for claim in items_of(data, "claims") for figure in items_of(claim, "figures")]
    return found


def items_of(data: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """The items of a list of groups, from a tree that may be invalid elsewhere."""
    value = data.get(name)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def texts_at(data: Mapping[str, Any], group: str, name: str) -> list[str]:
    """All texts in a list field of a group's items, from a tree that may be invalid elsewhere."""
    lists = [item[name] for item in items_of(data, group) if isinstance(item.get(name), list)]
    return [text for found in lists for text in found if isinstance(text, str)]


def _clashing_former_ids(built: Catalog) -> Iterator[Problem]:
    """A redirect needs an address that is free, and one place to lead to."""
    first: dict[tuple[Kind, str], Loaded] = {}
    for loaded in built.documents.values():
        for index, former in enumerate(loaded.record.formerly):
            other = first.setdefault((loaded.kind, former), loaded)
            if former == loaded.record.id:
                found, hint, related = f"`{former}`, which is this record's id", "delete this line", None
            elif former in built.of_kind(loaded.kind):
                path = built.loaded(loaded.kind, former).document.path
                found, related = f"`{former}`, the id of a living {loaded.kind}", Related(path, 1, 1, "the other record")
                hint = "give the other record another id, or delete this line"
            elif former in RESERVED_IDS:
                found, hint, related = f"`{former}`, which the system keeps for itself", "delete this line", None
            elif other is not loaded:
                found, hint = f"`{former}`, which {other.record.id} was called too", "keep it where most readers want to go"
                mark = other.document.mark(("formerly",))
                related = Related(other.document.path, mark.key_line, mark.key_col, "the other record", (mark.key_line, mark.key_end))
            elif former in loaded.record.formerly[:index]:
                found, hint, related = f"`{former}` a second time", "delete it here", None
            else:
                continue
            yield loaded.document.problem(("formerly", index), found, "an id no longer in use", hint, related=related)


def _missing_images(content: Content, loaded: Loaded, briefing: Briefing) -> Iterator[Problem]:
    for index, photo in enumerate(briefing.photos):
        if photo.file is not None and photo.file not in content.images:
            near = nearest(photo.file, tuple(sorted(content.images)))
            yield loaded.document.problem(
                ("photos", index, "file"), f"no file {quoted(photo.file)} in content/images", "a file there",
                meant(near) if near else "add the file, or remove the line if it is not reproduced",
            )  # fmt: skip


def _clashing_speakers(built: Catalog) -> Iterator[Problem]:
    """Fields that take two kinds need ids that tell them apart."""
    for kind, others in (("person", ("actor",)), ("source", ("actor",))):
        for other in others:
            for record_id in built.of_kind(cast(Kind, kind)):
                if record_id in built.of_kind(cast(Kind, other)):
                    path = built.loaded(cast(Kind, kind), record_id).document.path
                    twin = built.loaded(cast(Kind, other), record_id).document.path
                    yield Problem(
                        path, 1, 1, "", f"the id `{record_id}`, which {other} {twin} has too", "an id of its own",
                        "rename this file", related=Related(twin, 1, 1, "the other record"),
                    )  # fmt: skip


def find_speaker(built: Catalog, speaker_id: str) -> Actor | Person:
    """The actor or person with that id."""
    return built.actors.get(speaker_id) or built.people[speaker_id]


def part_key(briefing_id: str, reference: str) -> tuple[str, str]:
    """A reference to a part, `id` or `briefing#id`, seen from a briefing: (briefing id, part id)."""
    other, _, part_id = reference.rpartition("#")
    return other or briefing_id, part_id
