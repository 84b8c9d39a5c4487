"""What must hold between records. Each rule is a function from a record among all others to problems.

The types already see to it that every claim, figure and quote has a speaker, a source and, for figures,
an as-of date. Here is what takes more than one field to judge.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from .catalog import part_key
from .errors import Fix, Problem, meant, with_article
from .independence import claim_origins, has_two_witnesses
from .living import PARTS
from .load import Loaded
from .records import Briefing, Claim, LocalRef, Source
from .references import Reference
from .views.excerpts import stands
from .views.library import Library

ClaimKey = tuple[str, str]
Rule = Callable[[Library, Loaded], Iterator[Problem]]
Node = TypeVar("Node", str, ClaimKey)


def check(library: Library, loaded: Loaded, refs: Iterable[Reference]) -> Iterator[Problem]:
    """Every rule on a record.

    Args:
        library: all records.
        loaded: the record.
        refs: its references.
    """
    yield from nothing_rests_on_what_was_withdrawn(library, loaded, refs)
    for rule in RULES:
        yield from rule(library, loaded)


def nothing_rests_on_what_was_withdrawn(library: Library, loaded: Loaded, refs: Iterable[Reference]) -> Iterator[Problem]:
    """A living record, or part of one, names nothing that was withdrawn. Links in prose may lead to where it was."""
    if loaded.record.withdrawn:
        return
    for reference in refs:
        if reference.in_prose or _stands_in_withdrawn(loaded, reference):
            continue
        what = _withdrawn(library, loaded, reference)
        if what:
            yield loaded.document.problem(
                reference.where, f"`{reference.value}`, which was withdrawn", what, "name another, or delete it here"
            )


def _stands_in_withdrawn(loaded: Loaded, reference: Reference) -> bool:
    """Whether it is a withdrawn part that names it."""
    if not isinstance(loaded.record, Briefing) or reference.where[0] not in PARTS:
        return False
    name, index = reference.where[0], reference.where[1]
    assert isinstance(index, int)
    part: Any = getattr(loaded.record, str(name))[index]
    return bool(part.withdrawn)


def _withdrawn(library: Library, loaded: Loaded, reference: Reference) -> str:
    """What should be named instead of something withdrawn; nothing when it was not withdrawn."""
    target = reference.target
    if isinstance(target, LocalRef):
        key = part_key(loaded.record.id, reference.value)
        gone = key not in library.parts and key in library.all_parts
        return f"{'an' if target.part == 'event' else 'a'} {target.part} that stands" if gone else ""
    kinds = [kind for kind in target.kinds if kind != "source"]
    gone = any(reference.value in library.whole.of_kind(kind) and reference.value not in library.catalog.of_kind(kind) for kind in kinds)
    return "a record that stands" if gone else ""


def corroborated_has_two_origins(library: Library, loaded: Loaded) -> Iterator[Problem]:
    """`corroborated` needs sources of two independent origins."""
    catalog = library.catalog
    for index, claim in _claims(loaded):
        if claim.status != "corroborated" or any(citation.source not in catalog.sources for citation in claim.sources):
            continue
        if has_two_witnesses(catalog, (citation.source for citation in claim.sources)):
            continue
        found = sorted(claim_origins(catalog, claim))
        if not found:
            what = "none of its sources has a known origin"
        elif len(found) == 1:
            what = f"all its sources go back to `{found[0]}`"
        else:
            what = "no two of its sources are independent of each other"
        yield loaded.document.problem(
            ("claims", index, "status"),
            f"`corroborated`, but {what}",
            "sources of two independent origins",
            "add a source of another origin, or say status: reported",
        )


def something_stands_behind_it(library: Library, loaded: Loaded) -> Iterator[Problem]:
    """A claim or quotation has a source that was not withdrawn."""
    for group in ("claims", "quotes") if _standing(loaded) else ():
        for index, part in enumerate(getattr(loaded.record, group)):
            cited = [library.catalog.sources.get(citation.source) for citation in part.sources]
            if not part.withdrawn and all(source and source.withdrawn for source in cited):
                yield loaded.document.problem(
                    (group, index, "sources"), "only sources that were withdrawn", "a source that stands",
                    "name another, or say in `withdrawn` why this no longer stands",
                )  # fmt: skip


def disputed_names_the_other_side(library: Library, loaded: Loaded) -> Iterator[Problem]:
    """`disputed` needs a claim on the other side, stored on either."""
    for index, claim in _claims(loaded):
        key = (loaded.record.id, claim.id)
        if claim.status == "disputed" and not library.backlinks.disputes[key] and not _perhaps(library, "disputes", key):
            yield loaded.document.problem(
                ("claims", index, "status"),
                "`disputed`, but no claim disputes it",
                "the claim on the other side",
                f"add `disputes: [{claim.id}]` to that claim, or say status: reported",
            )


def superseded_is_said_on_both_sides(library: Library, loaded: Loaded) -> Iterator[Problem]:
    """A claim is `superseded` exactly when another claim supersedes it."""
    for index, claim in _claims(loaded):
        key = (loaded.record.id, claim.id)
        later = next(iter(library.backlinks.superseded_by[key]), None)
        if claim.status == "superseded" and later is None and not _perhaps(library, "supersedes", key):
            yield loaded.document.problem(
                ("claims", index, "status"), "`superseded`, but no claim supersedes it", "the later claim",
                f"add `supersedes: [{claim.id}]` to the later claim, or choose another status",
            )  # fmt: skip
        elif later and claim.status != "superseded":
            name = later[1] if later[0] == loaded.record.id else "#".join(later)
            yield loaded.document.problem(
                ("claims", index, "status"),
                f"`{claim.status}`, though `{name}` supersedes it",
                "`superseded`",
                meant("superseded", "say status: superseded"),
            )


def _perhaps(library: Library, field: str, key: ClaimKey) -> bool:
    """Whether a briefing with other mistakes names the claim in a field, or might, since it cannot be read at all.

    What such a briefing says of a claim here still counts: that the claim stands alone would be no second mistake.
    """
    return bool(library.mentions(f"perhaps_{field}", "#".join(key)) or library.mentions("unreadable", ""))


def nothing_opposes_itself(library: Library, loaded: Loaded) -> Iterator[Problem]:
    """No claim disputes or supersedes itself, and no dispute is written on both sides."""
    stated: dict[ClaimKey, set[ClaimKey]] = {}
    for index, claim in _claims(loaded):
        own = (loaded.record.id, claim.id)
        for field in ("disputes", "supersedes"):
            for number, reference in enumerate(getattr(claim, field)):
                key = part_key(own[0], reference)
                if key == own:
                    yield loaded.document.problem(("claims", index, field, number), f"`{claim.id}` itself", "another claim", "remove it")
                    continue
                other = library.catalog.claims.get(key) if field == "disputes" else None
                if other and key not in stated:
                    stated[key] = {part_key(key[0], each) for each in other.disputes}
                if other and own < key and own in stated[key]:
                    yield loaded.document.problem(
                        ("claims", index, field, number),
                        f"a dispute that `{other.id}` states too",
                        "it on one side only",
                        "remove it here",
                    )


def what_is_picked_is_named_once(library: Library, loaded: Loaded) -> Iterator[Problem]:
    """A highlight, key figure, event or sheet named twice would stand on the page twice."""
    briefing = _standing(loaded)
    for name in ("highlights", "key_figures", "other_events", "related") if briefing else ():
        references = getattr(briefing, name)
        seen: set[ClaimKey] = set()
        for index, reference in enumerate(references):
            key = part_key(loaded.record.id, reference)
            if key in seen:
                yield loaded.document.problem((name, index), f"`{reference}` a second time", "each of them once", "delete it here")
            seen.add(key)


def others_are_others(library: Library, loaded: Loaded) -> Iterator[Problem]:
    """A sheet is not related to itself, and has its own events on its timeline anyway."""
    briefing = _standing(loaded)
    if not briefing:
        return
    for index, other in enumerate(briefing.related):
        if other == briefing.id:
            yield loaded.document.problem(("related", index), f"`{other}` itself", "another briefing", "delete it here")
    for index, reference in enumerate(briefing.other_events):
        if part_key(briefing.id, reference)[0] == briefing.id:
            yield loaded.document.problem(
                ("other_events", index), f"`{reference}`, an event of this briefing", "an event of another: briefing#id",
                "delete it here: it is on the timeline as it is",
            )  # fmt: skip


def figures_use_their_measures_unit(library: Library, loaded: Loaded) -> Iterator[Problem]:
    """A figure has the unit of the measure it joins."""
    for index, claim in _claims(loaded):
        for number, figure in enumerate(claim.figures):
            measure = library.catalog.measures.get(figure.measure)
            if measure and figure.unit != measure.unit:
                yield loaded.document.problem(
                    ("claims", index, "figures", number, "unit"), f"the unit `{figure.unit}`",
                    f"`{measure.unit}`, as measure `{measure.id}` has it", "change the unit here, or join another measure",
                )  # fmt: skip


def publishers_are_linked(library: Library, loaded: Loaded) -> Iterator[Problem]:
    """A source published by an actor of the catalog names it: independence counts actors, and a name alone would count twice."""
    source = loaded.record
    if not isinstance(source, Source) or source.publisher_actor is not None:
        return
    actors = library.mentions("actor_called", source.publisher.casefold())
    if actors:
        actor_id, document = actors[-1][0], loaded.document
        end = document.mark(("publisher",)).end
        yield document.problem(
            ("publisher",),
            f"`{source.publisher}`, who is the actor `{actor_id}`",
            "`publisher_actor` beside it",
            f"add publisher_actor: {actor_id}",
            fix=Fix(*end, *end, f"\npublisher_actor: {actor_id}") if end else None,
        )


def supersession_has_no_cycle(library: Library, loaded: Loaded) -> Iterator[Problem]:
    """What is superseded does not, by any way, supersede what superseded it."""
    claims, own = library.catalog.claims, loaded.record.id

    def ways(key: ClaimKey) -> list[ClaimKey] | None:
        claim = claims.get(key)
        return [part_key(key[0], reference) for reference in claim.supersedes] if claim else None

    graph = _reached([(own, claim.id) for _, claim in _claims(loaded) if claim.supersedes], ways)
    for cycle in _cycles(graph):
        # It is told once, where its first claim is.
        if len(cycle) < 2 or cycle[0][0] != own:
            continue
        index = next(index for index, claim in _claims(loaded) if claim.id == cycle[0][1])
        way = " → ".join(name if owner == own else f"{owner}#{name}" for owner, name in [*cycle, cycle[0]])
        number = graph[cycle[0]].index(cycle[1])
        yield loaded.document.problem(
            ("claims", index, "supersedes", number), f"a cycle: {way}", "the later claim supersedes the earlier", "remove one of these"
        )


def ancestry_has_no_cycle(library: Library, loaded: Loaded) -> Iterator[Problem]:
    """No actor is part of itself, no place lies within itself, no source carries itself, by any way."""
    kind = loaded.kind
    field = {"actor": "part_of", "place": "within", "source": "carries"}.get(kind)
    if not field or not stands(kind, loaded.record):
        return
    records = library.catalog.of_kind(kind)

    def ways(record_id: str) -> Sequence[str] | None:
        record = records.get(record_id)
        found = getattr(record, field) if record else None
        return None if record is None else [found] if isinstance(found, str) else found or []

    graph = _reached([loaded.record.id], ways)
    for cycle in _cycles(graph):
        if cycle[0] != loaded.record.id:
            continue
        way = " → ".join([*cycle, cycle[0]])
        targets = graph[cycle[0]]
        where = (field, targets.index([*cycle, cycle[0]][1])) if field == "carries" else (field,)
        yield loaded.document.problem(
            where, f"a cycle: {way}", f"{with_article(kind)} that does not lead back to itself", "remove one of these"
        )


def _standing(loaded: Loaded) -> Briefing | None:
    """The sheet as its file has it, since problems stand at places in the file; None when it was withdrawn or is none."""
    return loaded.record if isinstance(loaded.record, Briefing) and not loaded.record.withdrawn else None


def _claims(loaded: Loaded) -> Iterator[tuple[int, Claim]]:
    """The claims that stand, with their places in the file."""
    briefing = _standing(loaded)
    return ((index, claim) for index, claim in enumerate(briefing.claims if briefing else ()) if not claim.withdrawn)


def _reached(starts: Sequence[Node], ways: Callable[[Node], Sequence[Node] | None]) -> dict[Node, Sequence[Node]]:
    """Everything that can be reached, with the ways from it; None is no way, and not there."""
    found: dict[Node, Sequence[Node]] = {}
    waiting = list(starts)
    while waiting:
        node = waiting.pop()
        targets = ways(node) if node not in found else None
        if targets is not None:
            found[node] = targets
            waiting += targets
    return found


def _cycles(graph: Mapping[Node, Sequence[Node]]) -> Iterator[list[Node]]:
    """Each cycle once, from its smallest node. Iterative, since chains may be long."""
    done: set[Node] = set()
    for start in sorted(graph):
        way: list[Node] = []
        position: dict[Node, int] = {}
        stack = [(start, 0)]
        while stack:
            node, step = stack.pop()
            if step == 0:
                if node in done:
                    continue
                position[node] = len(way)
                way.append(node)
            targets = [target for target in graph.get(node, ()) if target in graph]
            if step < len(targets):
                stack.append((node, step + 1))
                target = targets[step]
                if target in position:
                    cycle = way[position[target] :]
                    turn = cycle.index(min(cycle))
                    yield cycle[turn:] + cycle[:turn]
                elif target not in done:
                    stack.append((target, 0))
            else:
                done.add(node)
                way.pop()
                del position[node]


RULES: tuple[Rule, ...] = (
    something_stands_behind_it,
    corroborated_has_two_origins,
    disputed_names_the_other_side,
    superseded_is_said_on_both_sides,
    nothing_opposes_itself,
    figures_use_their_measures_unit,
    what_is_picked_is_named_once,
    others_are_others,
    publishers_are_linked,
    supersession_has_no_cycle,
    ancestry_has_no_cycle,
)
