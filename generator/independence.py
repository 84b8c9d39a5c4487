"""How many independent origins stand behind a claim.

A source that repeats another is no second witness. Sources are followed through `carries` to where a
text began; ten copies of one agency story have one origin, the agency. The unit is the publisher, not the
story: two stories of one newsroom are one origin too. Grade D sources show that something circulated and
are no origin; nor is a source that repeats something without naming it.
"""

from __future__ import annotations

from collections.abc import Iterable

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
        if source is None or current in seen or source.grade == "D":
            continue
        seen.add(current)
        for carried in source.carries:
            if carried in catalog.sources:
                waiting.append(carried)
            else:
                found.add(carried)
        if not source.carries and not source.carries_unnamed:
            found.add(source.publisher_actor or source.publisher.casefold())
    return frozenset(found)


def claim_origins(catalog: Catalog, claim: Claim) -> frozenset[str]:
    """The independent origins of a claim's sources."""
    return origins(catalog, (citation.source for citation in claim.sources))


def origins(catalog: Catalog, source_ids: Iterable[str]) -> frozenset[str]:
    """The origins of several sources together."""
    found: frozenset[str] = frozenset()
    for source_id in source_ids:
        found |= source_origins(catalog, source_id)
    return found
