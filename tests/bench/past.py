"""A made-up history: entries whose changes lead from the record as it stands back to every version before, exactly."""

from __future__ import annotations

from typing import Any

from .dates import Dates
from .words import Words
from .yaml_text import Tree

CHANGES = 6
"""Of an entry, on average; one change in two is of a note on a status, as in the real ones."""


def entries(words: Words, dates: Dates, tree: Tree, count: int, published: str) -> list[Tree]:
    """The entries of a briefing, the oldest first.

    Args:
        words: to say what stood there before.
        dates: of the sheet.
        tree: the briefing as it stands.
        count: how many.
        published: the day before all of them.
    """
    now = _values(tree)
    added = [claim for claim in tree["claims"] if claim["id"].startswith("late-")]
    gone = [claim for claim in tree["claims"] if "withdrawn" in claim]
    found: list[Tree] = []
    for number, day in enumerate(reversed(dates.entered(published, count))):
        kind = "update" if words.chance(0.8) else words.pick({"correction": 2, "clarification": 1})
        changes: list[Tree] = []
        if number == 0 and "withdrawn" in tree:
            kind, changes = "withdrawal", [{"path": "withdrawn", "to": tree["withdrawn"]}]
        elif number == 0 and gone:
            kind, changes = "withdrawal", [{"path": f"claims[{claim['id']}].withdrawn", "to": claim["withdrawn"]} for claim in gone]
        elif number == count - 1 and added:
            changes = [{"path": f"claims[{claim['id']}]", "to": claim} for claim in added]
        paths = [path for path in words.rng.sample(list(now), min(len(now), words.rng.randint(2, 2 * CHANGES - 2))) if kind != "withdrawal"]
        changes += [change for path in paths if (change := _change(words, path, now))]
        known = {"known": dates.said()} if count > 1 else {}
        found.append({"at": day, **known, "kind": kind, "note": words.prose(14.6, 4.4, 7, 23), "changes": changes})
    return found[::-1]


def _values(tree: Tree) -> dict[str, Any]:
    """What a history can tell of, by its path: as it stands."""
    found: dict[str, Any] = {name: tree[name] for name in ("answer", "context", "highlights", "other_events", "related") if name in tree}
    for claim in tree["claims"]:
        if claim["id"].startswith(("late-", "gone-")):
            continue
        where = f"claims[{claim['id']}]"
        found |= {f"{where}.{name}": claim[name] for name in ("status", "status_note") if name in claim}
        found |= {f"{where}.figures[{figure['id']}].value": figure["value"] for figure in claim.get("figures", ()) if "value" in figure}
    for group, name in (("disagreements", "reading"), ("fronts", "text")):
        found |= {f"{group}[{part['id']}].{name}": part[name] for part in tree.get(group, ())}
    return found


def _change(words: Words, path: str, now: dict[str, Any]) -> Tree | None:
    """From something else to what stands there; from now on, that stands there."""
    to = now[path]
    before = _before(words, path.rpartition(".")[2], to)
    if before == to:
        return None
    now[path] = before
    if before is None:
        del now[path]
        return {"path": path, "to": to}
    return {"path": path, "from": before, "to": to}


def _before(words: Words, name: str, to: Any) -> Any:
    if isinstance(to, list):
        return to[:-1] or (None if name != "highlights" else to)
    if name == "status":
        return "reported"
    if name == "value":
        return (
            str(round(float(to) * words.rng.uniform(0.5, 1.6)) + 1)
            if words.chance(0.9)
            else f"{float(to) + 0.5:g}"
            if float(to) < 1000
            else to
        )
    head, end, _ = to.rpartition(". ")
    return f"{head}." if end and words.chance(0.5) else f"{to} {words.prose(9, 3, 4, 15)}"
