"""What must hold between records. Each rule is a function from the catalog to problems.

The types already see to it that every claim, figure and quote has a speaker, a source and, for figures,
an as-of date. Here is what takes more than one field to judge.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from .catalog import Catalog, part_key, texts_at
from .errors import Fix, Problem, meant, with_article
from .independence import claim_origins, has_two_witnesses
from .living import living, nothing_rests_on_what_was_withdrawn
from .load import Loaded
from .records import Briefing, Claim, Kind

ClaimKey = tuple[str, str]
Rule = Callable[[Catalog], Iterator[Problem]]
Node = TypeVar("Node", str, ClaimKey)


def check(catalog: Catalog) -> list[Problem]:
    """Every rule on every record."""
    standing = living(catalog)
    return [*nothing_rests_on_what_was_withdrawn(catalog), *(problem for rule in RULES for problem in rule(standing))]


def corroborated_has_two_origins(catalog: Catalog) -> Iterator[Problem]:
    """`corroborated` needs sources of two independent origins."""
    for loaded, briefing in _briefings(catalog):
        for index, claim in _claims(briefing):
            if claim.status != "corroborated" or any(citation.source not in catalog.sources for citation in claim.sources):
                continue
            found = sorted(claim_origins(catalog, claim))
            if has_two_witnesses(catalog, (citation.source for citation in claim.sources)):
                continue
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


def something_stands_behind_it(catalog: Catalog) -> Iterator[Problem]:
    """A claim or quotation has a source that was not withdrawn."""
    gone = {source.id for source in catalog.sources.values() if source.withdrawn}
    for loaded, briefing in _briefings(catalog) if gone else ():
        for group in ("claims", "quotes"):
            for index, part in enumerate(getattr(briefing, group)):
                if not part.withdrawn and {citation.source for citation in part.sources} <= gone:
                    yield loaded.document.problem(
                        (group, index, "sources"), "only sources that were withdrawn", "a source that stands",
                        "name another, or say in `withdrawn` why this no longer stands",
                    )  # fmt: skip


def disputed_names_the_other_side(catalog: Catalog) -> Iterator[Problem]:
    """`disputed` needs a claim on the other side, stored on either."""
    involved = _named_by_broken(catalog, "disputes")
    if involved is None:
        return
    for (briefing_id, claim_id), claim in catalog.claims.items():
        for reference in claim.disputes:
            involved |= {(briefing_id, claim_id), part_key(briefing_id, reference)}
    for loaded, briefing in _briefings(catalog):
        for index, claim in _claims(briefing):
            if claim.status == "disputed" and (briefing.id, claim.id) not in involved:
                yield loaded.document.problem(
                    ("claims", index, "status"),
                    "`disputed`, but no claim disputes it",
                    "the claim on the other side",
                    f"add `disputes: [{claim.id}]` to that claim, or say status: reported",
                )


def superseded_is_said_on_both_sides(catalog: Catalog) -> Iterator[Problem]:
    """A claim is `superseded` exactly when another claim supersedes it."""
    by: dict[ClaimKey, ClaimKey] = {}
    perhaps = _named_by_broken(catalog, "supersedes")
    for (briefing_id, claim_id), claim in catalog.claims.items():
        for reference in claim.supersedes:
            by.setdefault(part_key(briefing_id, reference), (briefing_id, claim_id))
    for loaded, briefing in _briefings(catalog):
        for index, claim in _claims(briefing):
            later = by.get((briefing.id, claim.id))
            if claim.status == "superseded" and later is None and perhaps is not None and (briefing.id, claim.id) not in perhaps:
                yield loaded.document.problem(
                    ("claims", index, "status"), "`superseded`, but no claim supersedes it", "the later claim",
                    f"add `supersedes: [{claim.id}]` to the later claim, or choose another status",
                )  # fmt: skip
            elif later and claim.status != "superseded":
                name = later[1] if later[0] == briefing.id else "#".join(later)
                yield loaded.document.problem(
                    ("claims", index, "status"),
                    f"`{claim.status}`, though `{name}` supersedes it",
                    "`superseded`",
                    meant("superseded", "say status: superseded"),
                )


def _named_by_broken(catalog: Catalog, field: str) -> set[ClaimKey] | None:
    """The claims that briefings with other mistakes name in a field; None when one cannot be read at all.

    What such a briefing says of a claim here still counts: that the claim stands alone would be no second mistake.
    """
    named: set[ClaimKey] = set()
    for (kind, briefing_id), document in catalog.broken.items():
        if kind != "briefing":
            continue
        if document is None:
            return None
        named |= {part_key(briefing_id, reference) for reference in texts_at(document.data, "claims", field)}
    return named


def nothing_opposes_itself(catalog: Catalog) -> Iterator[Problem]:
    """No claim disputes or supersedes itself, and no dispute is written on both sides."""
    for loaded, briefing in _briefings(catalog):
        for index, claim in _claims(briefing):
            own = (briefing.id, claim.id)
            for field in ("disputes", "supersedes"):
                for number, reference in enumerate(getattr(claim, field)):
                    key = part_key(briefing.id, reference)
                    other = catalog.claims.get(key)
                    if key == own:
                        yield loaded.document.problem(
                            ("claims", index, field, number), f"`{claim.id}` itself", "another claim", "remove it"
                        )
                    elif field == "disputes" and other and own < key and own in {part_key(key[0], ref) for ref in other.disputes}:
                        yield loaded.document.problem(
                            ("claims", index, field, number),
                            f"a dispute that `{other.id}` states too",
                            "it on one side only",
                            "remove it here",
                        )


def what_is_picked_is_named_once(catalog: Catalog) -> Iterator[Problem]:
    """A highlight, key figure, event or sheet named twice would stand on the page twice."""
    for loaded, briefing in _briefings(catalog):
        for name in ("highlights", "key_figures", "other_events", "related"):
            references = getattr(briefing, name)
            keys = [part_key(briefing.id, reference) for reference in references]
            for index, key in enumerate(keys):
                if key in keys[:index]:
                    yield loaded.document.problem(
                        (name, index), f"`{references[index]}` a second time", "each of them once", "delete it here"
                    )


def others_are_others(catalog: Catalog) -> Iterator[Problem]:
    """A sheet is not related to itself, and has its own events on its timeline anyway."""
    for loaded, briefing in _briefings(catalog):
        for index, other in enumerate(briefing.related):
            if other == briefing.id:
                yield loaded.document.problem(("related", index), f"`{other}` itself", "another briefing", "delete it here")
        for index, reference in enumerate(briefing.other_events):
            if part_key(briefing.id, reference)[0] == briefing.id:
                yield loaded.document.problem(
                    ("other_events", index), f"`{reference}`, an event of this briefing", "an event of another: briefing#id",
                    "delete it here: it is on the timeline as it is",
                )  # fmt: skip


def figures_use_their_measures_unit(catalog: Catalog) -> Iterator[Problem]:
    """A figure has the unit of the measure it joins."""
    for loaded, briefing in _briefings(catalog):
        for index, claim in _claims(briefing):
            for number, figure in enumerate(claim.figures):
                measure = catalog.measures.get(figure.measure)
                if measure and figure.unit != measure.unit:
                    yield loaded.document.problem(
                        ("claims", index, "figures", number, "unit"), f"the unit `{figure.unit}`",
                        f"`{measure.unit}`, as measure `{measure.id}` has it", "change the unit here, or join another measure",
                    )  # fmt: skip


def publishers_are_linked(catalog: Catalog) -> Iterator[Problem]:
    """A source published by an actor of the catalog names it: independence counts actors, and a name alone would count twice."""
    named = {name.casefold(): actor.id for actor in catalog.actors.values() for name in (*actor.variants, actor.name)}
    for source in catalog.sources.values():
        actor_id = named.get(source.publisher.casefold())
        if actor_id and source.publisher_actor is None:
            document = catalog.loaded("source", source.id).document
            end = document.mark(("publisher",)).end
            yield document.problem(
                ("publisher",),
                f"`{source.publisher}`, who is the actor `{actor_id}`",
                "`publisher_actor` beside it",
                f"add publisher_actor: {actor_id}",
                fix=Fix(*end, *end, f"\npublisher_actor: {actor_id}") if end else None,
            )


def supersession_has_no_cycle(catalog: Catalog) -> Iterator[Problem]:
    """What is superseded does not, by any way, supersede what superseded it."""
    graph = {key: [part_key(key[0], ref) for ref in claim.supersedes] for key, claim in catalog.claims.items()}
    for cycle in _cycles(graph):
        if len(cycle) < 2:
            continue
        briefing_id, claim_id = cycle[0]
        loaded, briefing = _briefing(catalog, briefing_id)
        index = next(index for index, claim in _claims(briefing) if claim.id == claim_id)
        way = " → ".join(name if owner == briefing_id else f"{owner}#{name}" for owner, name in [*cycle, cycle[0]])
        number = graph[cycle[0]].index(cycle[1])
        yield loaded.document.problem(
            ("claims", index, "supersedes", number), f"a cycle: {way}", "the later claim supersedes the earlier", "remove one of these"
        )


def ancestry_has_no_cycle(catalog: Catalog) -> Iterator[Problem]:
    """No actor is part of itself, no place lies within itself, no source carries itself, by any way."""
    graphs: tuple[tuple[Kind, str, Mapping[str, Sequence[str]]], ...] = (
        ("actor", "part_of", {key: [actor.part_of] if actor.part_of else [] for key, actor in catalog.actors.items()}),
        ("place", "within", {key: [place.within] if place.within else [] for key, place in catalog.places.items()}),
        ("source", "carries", {key: source.carries for key, source in catalog.sources.items()}),
    )
    for kind, field, graph in graphs:
        for cycle in _cycles(graph):
            way = " → ".join([*cycle, cycle[0]])
            document = catalog.loaded(kind, cycle[0]).document
            targets = graph[cycle[0]]
            where = (field, targets.index([*cycle, cycle[0]][1])) if field == "carries" else (field,)
            yield document.problem(
                where, f"a cycle: {way}", f"{with_article(kind)} that does not lead back to itself", "remove one of these"
            )


def _briefings(catalog: Catalog) -> Iterator[tuple[Loaded, Briefing]]:
    """Each briefing as its file has it: problems stand at places in the file."""
    for briefing_id in catalog.briefings:
        yield _briefing(catalog, briefing_id)


def _briefing(catalog: Catalog, briefing_id: str) -> tuple[Loaded, Briefing]:
    loaded = catalog.loaded("briefing", briefing_id)
    assert isinstance(loaded.record, Briefing)
    return loaded, loaded.record


def _claims(briefing: Briefing) -> Iterator[tuple[int, Claim]]:
    """The claims that stand, with their places in the file."""
    return ((index, claim) for index, claim in enumerate(briefing.claims) if not claim.withdrawn)


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
