"""How many independent origins stand behind a claim.

A source that repeats another is no second witness. Sources are followed through `carries` to where a
text began; ten copies of one agency story have one origin, the agency. The unit is the publisher, not the
story: two stories of one newsroom are one origin too. Grade D sources show that something circulated and
are no origin; nor is a source that repeats something without naming it, that nobody has read, or that was withdrawn. A part of a
body speaks as that body: a command's release and its army's are one origin.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from .catalog import Catalog
from .records import Claim


def source_origins(catalog: Catalog, source_id: str) -> frozenset[str]:
    """The origins of one source: actor ids, or publishers' names in lower case where they are no actors here.

    Each source on the way is looked at once, so cycles of `carries`, which the rules report, end here too:
    a source that only leads back to itself has no origin.
    """
    found: set[str] = set()
    seen: set[str] = set()
    waiting = [source_id]
    while waiting:
        current = waiting.pop()
        source = catalog.sources.get(current)
        if source is None or current in seen or source.grade == "D" or source.read == "not_read" or source.withdrawn:
            continue
        seen.add(current)
        for carried in source.carries:
            if carried in catalog.sources:
                waiting.append(carried)
            else:
                found.add(_whole(catalog, carried))
        if not source.carries and not source.carries_unnamed:
            found.add(_whole(catalog, source.publisher_actor) if source.publisher_actor else source.publisher.casefold())
    return frozenset(found)


def _whole(catalog: Catalog, actor_id: str) -> str:
    """The outermost body that an actor is part of."""
    seen = {actor_id}
    while (actor := catalog.actors.get(actor_id)) and actor.part_of and actor.part_of not in seen:
        actor_id = actor.part_of
        seen.add(actor_id)
    return actor_id


def has_two_witnesses(catalog: Catalog, source_ids: Iterable[str]) -> bool:
    """Whether two of these sources, neither of which repeats the other, can be traced to different origins."""
    known = [(source_id, source_origins(catalog, source_id)) for source_id in dict.fromkeys(source_ids)]
    return any(
        len(origins_of_one | origins_of_other) >= 2
        and origins_of_one
        and origins_of_other
        and other not in _repeated(catalog, one)
        and one not in _repeated(catalog, other)
        for (one, origins_of_one), (other, origins_of_other) in combinations(known, 2)
    )


def _repeated(catalog: Catalog, source_id: str) -> frozenset[str]:
    """Every source that a source repeats, by whatever way."""
    seen: set[str] = set()
    waiting = [source_id]
    while waiting:
        source = catalog.sources.get(waiting.pop())
        fresh = [carried for carried in source.carries if carried in catalog.sources and carried not in seen] if source else []
        seen |= set(fresh)
        waiting += fresh
    return frozenset(seen)


def claim_origins(catalog: Catalog, claim: Claim) -> frozenset[str]:
    """The independent origins of a claim's sources."""
    return origins(catalog, (citation.source for citation in claim.sources))


def origins(catalog: Catalog, source_ids: Iterable[str]) -> frozenset[str]:
    """The origins of several sources together."""
    found: frozenset[str] = frozenset()
    for source_id in source_ids:
        found |= source_origins(catalog, source_id)
    return found
