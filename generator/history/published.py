"""The records against what was published: nothing that readers have seen changes without an entry, nor disappears.

What was published comes in as files, so that where they come from is no concern of this stage.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from ..catalog import Catalog
from ..errors import Problem, ValuePath, quoted
from ..living import PARTS
from ..load import Loaded
from ..parse import Document, parse
from ..records import FOLDERS, MODELS, Kind, Update
from ..records.base import Change
from .apply import applied
from .changes import changes_between, shown, shown_both
from .facts import Tree, facts
from .paths import ORDER, Item, Path, read_path
from .versions import amend_command

PROBLEMS_EACH = 20
"""So many untold changes of one record are told; who rewrote a whole sheet needs no longer list."""
KINDS_BY_FOLDER: Mapping[str, Kind] = {folder: kind for kind, folder in FOLDERS.items()}


@dataclass(frozen=True, slots=True)
class Published:
    """The records as they were published.

    Attributes:
        revision: what the version is called.
        names: the files of its records, such as `places/rawa.yaml`.
        changed: what is in those that are not the same now.
    """

    revision: str
    names: frozenset[str]
    changed: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Untold:
    """What an editor changed since a record was published, and no entry tells; or why that cannot be said.

    Attributes:
        changes: what no entry tells.
        since: what they changed: what was published, or that as a later entry left it.
        problems: entries that are not as they were published, or do not fit it.
    """

    changes: tuple[Change, ...]
    since: str
    problems: tuple[Problem, ...] = ()


def record_problems(loaded: Loaded, published: Published) -> list[Problem]:
    """What changed in a record since it was published, and no entry tells."""
    old = published_form(loaded, published)
    return [*_deleted(loaded, old, published.revision), *_untold_problems(loaded, old, published.revision)] if old else []


def _deleted(loaded: Loaded, old: Document, revision: str) -> Iterator[Problem]:
    """Parts of a briefing that were published and are no more, whatever an entry tells of them."""
    for group, part_id in _deleted_parts(loaded, old):
        yield loaded.document.problem(
            (group,), f"`{group}[{part_id}]` is gone, though {revision} has it", "every part that was published",
            "bring it back and say in `withdrawn` why it no longer stands; or, if it has another id now, name this one in `formerly` there",
        )  # fmt: skip


def _deleted_parts(loaded: Loaded, old: Document) -> Iterator[tuple[str, str]]:
    """The same as the list that each was in, and its id."""
    for group in PARTS:
        kept = {name for part in getattr(loaded.record, group, ()) for name in (part.id, *part.formerly)}
        before = old.data.get(group)
        for part in before if isinstance(before, list) else ():
            part_id = part.get("id") if isinstance(part, dict) else None
            if isinstance(part_id, str) and part_id not in kept:
                yield group, part_id


def gone_problems(catalog: Catalog, published: Published, shown_as: str) -> Iterator[Problem]:
    """Records that were published and are no more."""
    heirs = {(loaded.kind, former) for loaded in catalog.documents.values() for former in loaded.record.formerly}
    for name in sorted(published.changed):
        folder, _, file = name.partition("/")
        kind, record_id = KINDS_BY_FOLDER[folder], file.removesuffix(".yaml")
        there = (kind, record_id) in catalog.documents or (kind, record_id) in catalog.broken or (kind, record_id) in heirs
        if not there and parse(name, published.changed[name])[0]:
            yield Problem(
                f"{shown_as}/{name}", 1, 1, "", f"no such file, though {published.revision} has it", "every record that was published",
                "bring it back and say in `withdrawn` why it no longer stands; or, if it has another id now, name this one in `formerly` there",
            )  # fmt: skip


def published_name(loaded: Loaded, published: Published) -> str | None:
    """The file in which a record was published: its own, or else that of an id it had formerly; None if it is new."""
    names = (f"{FOLDERS[loaded.kind]}/{name}.yaml" for name in (loaded.record.id, *loaded.record.formerly))
    return next((name for name in names if name in published.names), None)


def published_form(loaded: Loaded, published: Published) -> Document | None:
    """A record as it was published; None if it is the same now, or new. What could not be read then was on no page."""
    name = published_name(loaded, published)
    return parse(name, published.changed[name])[0] if name and name in published.changed else None


def untold(loaded: Loaded, old: Document, revision: str) -> Untold:
    """What changed since a record was published and is in none of the entries made since.

    Args:
        loaded: the record now.
        old: as it was published.
        revision: what that version is called.
    """
    document, model = loaded.document, MODELS[loaded.kind]
    kept, now = _entries(old.data), _entries(document.data)
    for number, entry in enumerate(kept):
        if number >= len(now) or now[number] != entry:
            where: ValuePath = ("updates", number) if number < len(now) else ("updates",)
            name = f"the entry of {entry.get('at')}, {quoted(str(entry.get('note')))},"
            problem = document.problem(
                where, f"{name} is not as it stands in {revision}", "every published entry as it was: a history is kept for ever",
                "bring it back, and say what has changed since in an entry below it",
            )  # fmt: skip
            return Untold((), revision, (problem,))
    base: Mapping[str, Tree] = old.data
    problems: list[Problem] = []
    new = loaded.record.updates[len(kept) :]
    for number, update in enumerate(new, len(kept)):
        base, misfits = applied(model, base, update.changes, back=False)
        problems.extend(
            document.problem(("updates", number, "changes", misfit.index, misfit.part), misfit.found, misfit.expected, misfit.hint)
            for misfit in misfits
        )
    changes = () if problems else changes_between(model, base, document.data)
    return Untold(changes, f"the entry of {new[-1].at}" if new else revision, tuple(problems))


def _entries(tree: Mapping[str, Tree]) -> list[dict[str, Tree]]:
    entries = tree.get("updates")
    return [facts(Update, entry) for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []


def _untold_problems(loaded: Loaded, old: Document, revision: str) -> Iterator[Problem]:
    found = untold(loaded, old, revision)
    yield from found.problems
    paths = {change.path: cast("Path", read_path(change.path)) for change in found.changes}
    # Where an item came or went, the list's new order is no change of its own.
    lists = {path[:-1] for path in paths.values() if isinstance(path[-1], Item) and path[-1] != ORDER}
    deleted = {f"{group}[{part_id}]" for group, part_id in _deleted_parts(loaded, old)}
    changes = [
        change
        for change in found.changes
        if change.path not in deleted
        and (loaded.kind == "briefing" or not _holds(change.to, change.from_))
        and not (paths[change.path][-1] == ORDER and paths[change.path][:-1] in lists)
    ]
    for change in changes[:PROBLEMS_EACH]:
        path = paths[change.path]
        where, what = _place(loaded.document.data, path), _what(change, path, found.since)
        yield loaded.document.problem(where, what, "an entry in `updates` that tells of it", amend_command(loaded))
    if len(changes) > PROBLEMS_EACH:
        more = f"{len(changes) - PROBLEMS_EACH} more changes since {found.since}"
        yield loaded.document.problem((), more, "an entry in `updates` that tells of them", amend_command(loaded))


def _what(change: Change, path: Path, since: str) -> str:
    """A change that no entry tells, in words."""
    if path[-1] == ORDER:
        return f"`{change.path}` in another order, was {shown(change.from_)} in {since}"
    if change.to is None:
        return f"`{change.path}` is gone, was {shown(change.from_)} in {since}"
    before, after = shown_both(change.from_, change.to)
    return f"{after}, {'new since' if change.from_ is None else f'was {before} in'} {since}"


def _place(tree: Tree, path: Path) -> ValuePath:
    """Where a path leads in a file; as far as it does, when what it names is gone."""
    where: list[str | int] = []
    for step in path:
        if isinstance(step, Item):
            items = tree if isinstance(tree, list) else []
            number = next((index for index, item in enumerate(items) if isinstance(item, dict) and item.get("id") == step.id), None)
            if number is None:
                break
            where.append(number)
            tree = items[number]
        elif isinstance(tree, dict) and step in tree:
            where.append(step)
            tree = tree[step]
        else:
            break
    return tuple(where)


def _holds(after: Tree, before: Tree) -> bool:
    """Whether all that stood there still does, in its order."""
    if before is None or before == after:
        return True
    if isinstance(before, dict) and isinstance(after, dict):
        return all(name in after and _holds(after[name], value) for name, value in before.items())
    if isinstance(before, list) and isinstance(after, list):
        rest = iter(after)
        return all(any(_holds(item, value) for item in rest) for value in before)
    return False
