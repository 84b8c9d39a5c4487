"""What changed in a record since it was published, and how it stood before.

An entry of `updates` holds changes: a path, the value before, the value after. From any version, the entries applied
backwards give each version before it, exactly.
"""

from __future__ import annotations

from ..catalog import Catalog
from ..errors import Problem
from .apply import Misfit, MisfitError, backward, forward
from .changes import changes_between, shown, shown_both
from .facts import facts
from .published import Published, Untold, gone_problems, published_form, published_name, record_problems, untold
from .versions import Version, entry_problems, versions


def check(catalog: Catalog, published: Published | None, shown_as: str) -> list[Problem]:
    """What is wrong with the entries of all records; and, given what was published, with what they do not tell.

    Args:
        catalog: the records.
        published: what they were when last published, to hold them against; None leaves that out.
        shown_as: how problems name the records' folder.
    """
    problems = list(gone_problems(catalog, published, shown_as)) if published else []
    for loaded in catalog.documents.values():
        # An untold change often belies the last entry too: one cause, told once.
        problems += (record_problems(loaded, published) if published else []) or entry_problems(loaded)
    return problems


__all__ = [
    "Misfit",
    "MisfitError",
    "Published",
    "Untold",
    "Version",
    "backward",
    "changes_between",
    "check",
    "entry_problems",
    "facts",
    "forward",
    "published_form",
    "published_name",
    "shown",
    "shown_both",
    "untold",
    "versions",
]
