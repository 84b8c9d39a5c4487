"""What changed between two versions of a record, field by field.

Items of a list whose groups have an `id` are told apart by it; one with another id that names the former one in
`formerly` is the same item. Every other list is one value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeGuard

from pydantic import BaseModel

from ..errors import quoted
from ..records.base import Change
from ..records.references import id_fault
from ..wording import from_where_they_differ
from .facts import Shape, Tree, facts, fields
from .paths import ORDER, Item, Path, can_be_a_step, write_path

SHOWN = 60
"""Characters of a value in a message."""


def changes_between(model: type[BaseModel], old: Mapping[str, Tree], new: Mapping[str, Tree]) -> tuple[Change, ...]:
    """The changes that make one version of a record into the other, by their facts.

    Each path is named once. What was added has no `from`, what was removed no `to`. Where a list's new order does not
    follow from the other changes, a change of the path `claims[]` gives the ids in order, before and after.

    Args:
        model: of the record.
        old, new: its trees.
    """
    return tuple(_changes((), Shape(model), facts(model, old), facts(model, new)))


def a_change(path: Path, before: Tree, after: Tree) -> Change:
    """A change as an entry holds it; None is a value that is not there."""
    values = {name: value for name, value in (("from", before), ("to", after)) if value is not None}
    return Change.model_validate({"path": write_path(path), **values})


def _changes(path: Path, shape: Shape, before: Tree, after: Tree) -> Iterator[Change]:
    if _same(before, after):
        return
    if isinstance(before, dict) and isinstance(after, dict) and (shape.model or _by_name(before, after)):
        inner = fields(shape.model) if shape.model else {}
        for name in dict.fromkeys([*before, *after]):
            yield from _changes((*path, name), inner.get(name, Shape(spelled=shape.spelled)), before.get(name), after.get(name))
    elif have_ids(before, shape) and have_ids(after, shape):
        yield from _item_changes(path, shape, before, after)
    else:
        yield a_change(path, before, after)


def _same(before: Tree, after: Tree) -> bool:
    """Alike in all, the order of names included: the first of a place's names is that of its own country."""
    return bool(before == after) and repr(before) == repr(after)


def _by_name(before: dict[str, Tree], after: dict[str, Tree]) -> bool:
    """Whether each name of a group without a model can be told by itself."""
    return _in_step(list(before), list(after)) and all(map(can_be_a_step, {**before, **after}))


def have_ids(value: Tree, shape: Shape) -> TypeGuard[list[dict[str, Any]]]:
    """Whether a value is a list of groups that each have an id of their own."""
    if not (shape.model and "id" in fields(shape.model) and isinstance(value, list) and value):
        return False
    ids = [item.get("id") if isinstance(item, dict) else None for item in value]
    return all(isinstance(each, str) and not id_fault(each) for each in ids) and len(set(ids)) == len(ids)


def _item_changes(path: Path, shape: Shape, before: list[dict[str, Tree]], after: list[dict[str, Tree]]) -> Iterator[Change]:
    old, new = ({str(item["id"]): item for item in items} for items in (before, after))
    was = _ids_before(old, new)
    for name, item in new.items():
        yield from _changes((*path, Item(name)), Shape(shape.model), old[was[name]] if name in was else None, item)
    now = {former: name for name, former in was.items()}
    for name, item in old.items():
        if name not in now:
            yield a_change((*path, Item(name)), item, None)
    if not _in_step([now.get(name, name) for name in old], list(new)):
        yield a_change((*path, ORDER), list(old), list(new))


def _ids_before(old: Mapping[str, Tree], new: Mapping[str, dict[str, Tree]]) -> dict[str, str]:
    """For each item that stood there before: its id now, and then."""
    was = {name: name for name in new if name in old}
    taken = set(was)
    for name, item in new.items():
        former = item.get("formerly")
        for each in former if name not in was and isinstance(former, list) else ():
            if isinstance(each, str) and each in old and each not in taken:
                was[name] = each
                taken.add(each)
                break
    return was


def _in_step(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether each order follows from the other: what was removed stood last, and so does what was added."""
    before, after = set(old), set(new)
    stayed = [name for name in old if name in after]
    return [*stayed, *(name for name in new if name not in before)] == [*new] and [
        *stayed, *(name for name in old if name not in after)
    ] == [*old]  # fmt: skip


def shown(value: Tree) -> str:
    """A value as a message names it: in back-quotes, on one line, shortened."""
    return "nothing" if value is None else quoted(_flat(value), SHOWN)


def shown_both(before: Tree, after: Tree) -> tuple[str, str]:
    """Two values as a message names them side by side, so that it shows in what they differ."""
    if before is None or after is None:
        return shown(before), shown(after)
    one, other = from_where_they_differ(_flat(before), _flat(after), SHOWN)
    return quoted(one, SHOWN), quoted(other, SHOWN)


def _flat(value: Tree) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_flat(part)}" for name, part in value.items())
    return ", ".join(map(_flat, value)) if isinstance(value, list | tuple) else str(value)
