"""References that lead nowhere, and ids and names that clash: what is wrong with a record beside the others."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from .anchors import clashing_anchors
from .catalog import former_part_ids, part_ids, part_key
from .errors import Problem, Related, meant, quoted, with_article
from .kinds import KINDS, Kind
from .load import RESERVED_IDS, Loaded
from .parse import Document
from .records import MODELS, Briefing, Claim, Event, Figure, Front, LocalRef
from .records.references import id_fault, suggested_id
from .references import Reference, references
from .validate import nearest
from .views.library import Library


def check(library: Library, loaded: Loaded, images: Collection[str], refs: Iterable[Reference]) -> Iterator[Problem]:
    """What is wrong with a record beside the others.

    Args:
        library: all records.
        loaded: the record.
        images: paths of the pictures that there are.
        refs: its references.
    """
    yield from dangling(library, loaded.record.id, loaded, refs)
    if isinstance(loaded.record, Briefing):
        yield from clashing_anchors(loaded, loaded.record)
        yield from _missing_images(images, loaded, loaded.record)
    yield from _clashing_former_ids(library, loaded)
    yield from _clashing_speakers(library, loaded)


def check_broken(library: Library, kind: Kind, record_id: str, document: Document) -> Iterator[Problem]:
    """The references of a record that is otherwise wrong."""
    return dangling(library, record_id, _Tree(document), references(MODELS[kind], document.data))


class _Tree:
    """A document in the place of a loaded record."""

    def __init__(self, document: Document) -> None:
        self.document = document


def dangling(library: Library, owner: str, loaded: Loaded | _Tree, refs: Iterable[Reference]) -> Iterator[Problem]:
    """References to what there is not."""
    known = _Known()
    for reference in refs:
        told = _unresolved(library, owner, loaded, reference, known)
        # In prose, the name is but a part of the text that a fix would replace.
        yield from (replace(problem, fix=None, like=()) if reference.in_prose else problem for problem in told)


GUESSED = 100
"""For so many references of one record is asked what was meant. Among ten thousand ids, that takes 20 ms for each."""


class _Parts:
    """The ids of a sheet's parts of one sort, from its tree."""

    def __init__(self, data: Mapping[str, Any], part: str) -> None:
        self.ids = part_ids(data, part)
        # An id that is no id is reported where it stands.
        self.perhaps = {*self.ids, *map(suggested_id, self.ids)}
        self.good = tuple(name for name in self.ids if not id_fault(name))
        self.former = former_part_ids(data, part)


class _Known:
    """What the references of one record are held against. A sheet may have as many references as parts, so it is looked up once."""

    def __init__(self) -> None:
        self._parts: dict[tuple[str, str], _Parts] = {}
        self._guesses = GUESSED

    def parts(self, briefing_id: str, data: Mapping[str, Any], part: str) -> _Parts:
        """The parts of a sheet."""
        key = briefing_id, part
        if key not in self._parts:
            self._parts[key] = _Parts(data, part)
        return self._parts[key]

    def nearest(self, wanted: str, choices: tuple[str, ...]) -> str:
        """What was probably meant, for the first of them."""
        self._guesses -= 1
        return nearest(wanted, choices) if self._guesses >= 0 else ""


def _unresolved(library: Library, owner: str, loaded: Loaded | _Tree, reference: Reference, known: _Known) -> Iterator[Problem]:
    if isinstance(reference.target, LocalRef):
        yield from _unresolved_part(library, owner, loaded, reference.target, reference, known)
        return
    built = library.whole
    kinds, wanted = reference.target.kinds, reference.value
    if any(wanted in built.of_kind(kind) or (kind, wanted) in built.broken for kind in kinds):
        return
    document = loaded.document
    there_are = tuple(record_id for kind in kinds for record_id in built.of_kind(kind))
    elsewhere = [kind for kind in KINDS if wanted in built.of_kind(kind)]
    near = _nearest_id(wanted, there_are, known)
    names = " or ".join(kinds)
    hint: str
    renamed = next((rows[0][0] for kind in kinds if (rows := library.mentions("formerly", f"{kind}:{wanted}"))), "")
    if renamed:
        found, hint = f"`{wanted}`, a former id", meant(renamed, f"it is `{renamed}` now")
    elif near:
        found, hint = f"no {names} `{wanted}`", meant(near)
    elif elsewhere:
        found, hint = f"`{wanted}`, which is {with_article(elsewhere[0])}", f"name the {names} instead"
    else:
        found, hint = f"no {names} `{wanted}`", f"write it with: briefbook new {kinds[0]} {wanted}"
    yield document.problem(reference.where, found, f"the id of {with_article(names)}", hint, like=reference.where)


def _nearest_id(wanted: str, there_are: tuple[str, ...], known: _Known) -> str:
    """The id that was probably meant. Ids that share a date are alike in that alone: their names must be alike too."""
    near = known.nearest(wanted, there_are)
    name, other = _DATED.sub("", wanted), _DATED.sub("", near)
    return near if name == other or nearest(name, (other,)) else ""


_DATED = re.compile(r"-\d{4}(-\d{2})*$")


def _unresolved_part(
    library: Library, owner: str, loaded: Loaded | _Tree, target: LocalRef, reference: Reference, known: _Known
) -> Iterator[Problem]:
    part = library.all_parts.get(part_key(owner, reference.value))
    if part is not None and isinstance(part, _PARTS.get(target.part, object)):
        return
    built, document = library.whole, loaded.document
    briefing_id, _, part_id = reference.value.rpartition("#")
    if briefing_id in ("", owner):
        data, where = document.data, "this briefing"
    elif briefing_id in built.briefings:
        data, where = built.loaded("briefing", briefing_id).document.data, f"`{briefing_id}`"
    elif ("briefing", briefing_id) in built.broken:
        return
    else:
        near = known.nearest(briefing_id, tuple(built.briefings))
        hint = meant(f"{near}#{part_id}") if near else ""
        yield document.problem(reference.where, f"no briefing `{briefing_id}`", "briefing#claim", hint, like=reference.where)
        return
    parts = known.parts(briefing_id, data, target.part)
    # Claims that are no list are reported where they stand.
    if part_id in parts.perhaps or not isinstance(data.get("claims"), list):
        return
    now = parts.former.get(part_id)
    if now:
        hint = f"it is `{briefing_id}#{now}` now" if briefing_id else f"it is `{now}` now"
        yield document.problem(reference.where, f"`{part_id}`, a former id", f"the id of {with_article(target.part)}", hint)
        return
    near = known.nearest(part_id, parts.good)
    hint = meant(f"{briefing_id}#{near}" if briefing_id else near, f"did you mean `{near}`?") if near else ""
    if not near and target.elsewhere and target.part in ("claim", "anchor"):
        others = library.mentions("claims_called", part_id)
        hint = meant(f"{others[0][0]}#{part_id}") if others else ""
    if not hint and not parts.good:
        hint = f"{where} has no {target.part}s"
    if not hint:
        hint = f"there are {', '.join(parts.good[:6])}{' …' if len(parts.good) > 6 else ''}"
    found, expected = f"no {target.part} `{part_id}` in {where}", f"the id of {with_article(target.part)}"
    yield document.problem(reference.where, found, expected, hint, like=reference.where)


_PARTS: dict[str, type] = {"claim": Claim, "figure": Figure, "event": Event, "front": Front}


def _clashing_former_ids(library: Library, loaded: Loaded) -> Iterator[Problem]:
    """A redirect needs an address that is free, and one place to lead to."""
    kind = loaded.kind
    seen: set[str] = set()
    for index, former in enumerate(loaded.record.formerly):
        is_again = former in seen
        seen.add(former)
        first = library.mentions("formerly", f"{kind}:{former}")[0][0]
        if former == loaded.record.id:
            found, hint, related = f"`{former}`, which is this record's id", "delete this line", None
        elif former in library.whole.of_kind(kind):
            path = library.whole.documents[kind, former].document.path
            found, related = f"`{former}`, the id of a living {kind}", Related(path, 1, 1, "the other record")
            hint = "give the other record another id, or delete this line"
        elif former in RESERVED_IDS:
            found, hint, related = f"`{former}`, which the system keeps for itself", "delete this line", None
        elif first != loaded.record.id:
            other = library.whole.documents[kind, first]
            found, hint = f"`{former}`, which {first} was called too", "keep it where most readers want to go"
            mark = other.document.mark(("formerly",))
            related = Related(other.document.path, mark.key_line, mark.key_col, "the other record", (mark.key_line, mark.key_end))
        elif is_again:
            found, hint, related = f"`{former}` a second time", "delete it here", None
        else:
            continue
        yield loaded.document.problem(("formerly", index), found, "an id no longer in use", hint, related=related)


def _missing_images(images: Collection[str], loaded: Loaded, briefing: Briefing) -> Iterator[Problem]:
    for index, photo in enumerate(briefing.photos):
        if photo.file is not None and photo.file not in images:
            near = nearest(photo.file, tuple(sorted(images)))
            yield loaded.document.problem(
                ("photos", index, "file"), f"no file {quoted(photo.file)} in content/images", "a file there",
                meant(near) if near else "add the file, or remove the line if it is not reproduced",
            )  # fmt: skip


def _clashing_speakers(library: Library, loaded: Loaded) -> Iterator[Problem]:
    """Fields that take two kinds need ids that tell them apart."""
    record_id = loaded.record.id
    if loaded.kind in ("person", "source") and record_id in library.whole.actors:
        path, twin = loaded.document.path, library.whole.documents["actor", record_id].document.path
        yield Problem(
            path, 1, 1, "", f"the id `{record_id}`, which actor {twin} has too", "an id of its own",
            "rename this file", related=Related(twin, 1, 1, "the other record"),
        )  # fmt: skip
