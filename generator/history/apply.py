"""The changes of an entry, applied to a record's facts: forward to the version after it, backward to the one before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NoReturn

from pydantic import BaseModel

from ..errors import BriefbookError
from ..records.base import Change
from ..validate import nearest
from .changes import have_ids, shown
from .facts import NO_FACTS, NoFieldError, Shape, Tree, fact_at, facts, shape_at
from .paths import FORM, ORDER, Item, Path, read_path, write_path

Part = Literal["path", "from", "to"]


@dataclass(frozen=True, slots=True)
class Misfit:
    """A change that does not fit the record: which one, which part of it, and why."""

    index: int
    part: Part
    found: str
    expected: str
    hint: str = ""


class MisfitError(BriefbookError):
    """Changes that do not fit the version that they were to be applied to."""

    def __init__(self, misfits: Sequence[Misfit]) -> None:
        self.misfits = tuple(misfits)
        super().__init__("; ".join(f"{misfit.found}; {misfit.expected}" for misfit in misfits))


def forward(model: type[BaseModel], tree: Mapping[str, Tree], changes: Sequence[Change]) -> dict[str, Tree]:
    """The facts after some changes.

    Args:
        model: of the record.
        tree: the record before them.
        changes: of one entry.

    Raises:
        MisfitError: something other than their `from` stands there.
    """
    return _surely(applied(model, tree, changes, back=False))


def backward(model: type[BaseModel], tree: Mapping[str, Tree], changes: Sequence[Change]) -> dict[str, Tree]:
    """The facts before some changes: the inverse of `forward`.

    Raises:
        MisfitError: something other than their `to` stands there.
    """
    return _surely(applied(model, tree, changes, back=True))


def _surely(result: tuple[dict[str, Tree], list[Misfit]]) -> dict[str, Tree]:
    tree, misfits = result
    if misfits:
        raise MisfitError(misfits)
    return tree


def applied(
    model: type[BaseModel], tree: Mapping[str, Tree], changes: Sequence[Change], *, back: bool
) -> tuple[dict[str, Tree], list[Misfit]]:
    """The facts with all changes made that fit, and what is wrong with the others."""
    result = facts(model, tree)  # a tree of its own, as are the values in the edits: both may be changed
    edits: list[_Edit] = []
    misfits: list[Misfit] = []
    told = _Told()
    for index, change in enumerate(changes):
        try:
            edits.append(_edit(model, index, change, told, back=back))
        except _UnfitError as unfit:
            misfits.append(unfit.misfit(index))
    for edit in sorted(edits, key=_back_order if back else _forth_order):
        try:
            _make(model, result, edit)
        except _UnfitError as unfit:
            misfits.append(unfit.misfit(edit.index))
    return facts(model, result), sorted(misfits, key=lambda misfit: misfit.index)


@dataclass(frozen=True, slots=True)
class _Edit:
    """A change as it is to be made: what should stand there, and what will."""

    index: int
    path: Path
    expected: Tree
    put: Tree
    back: bool

    @property
    def checked(self) -> Part:
        """The part of the change that says what should stand there."""
        return "to" if self.back else "from"

    @property
    def renames(self) -> bool:
        """Whether it gives an item of a list another id."""
        return len(self.path) > 2 and self.path[-1] == "id" and isinstance(self.path[-2], Item)

    @property
    def orders(self) -> bool:
        """Whether it puts a list in order."""
        return self.path[-1] == ORDER


class _UnfitError(Exception):
    def __init__(self, part: Part, found: str, expected: str, hint: str = "") -> None:
        self.part: Part = part
        self.found, self.expected, self.hint = found, expected, hint
        super().__init__(found)

    def misfit(self, index: int) -> Misfit:
        return Misfit(index, self.part, self.found, self.expected, self.hint)


class _Told:
    """The paths of an entry so far: no value may be told of twice, by itself or within another."""

    def __init__(self) -> None:
        self._paths: set[Path] = set()
        self._around: dict[Path, Path] = {}

    def add(self, path: Path) -> None:
        around = [path[:size] for size in range(1, len(path))]
        outer = next((each for each in around if each in self._paths), None)
        inner = self._around.get(path)
        if path in self._paths:
            found = f"`{write_path(path)}` twice in one entry"
        elif outer or inner:
            found = f"`{write_path(inner or path)}` inside of `{write_path(outer or path)}`, in one entry"
        else:
            self._paths.add(path)
            self._around.update(dict.fromkeys(around, path))
            return
        raise _UnfitError("path", found, "each value once in an entry", "leave one of the two")


# Paths name items by the ids that they have after the entry. So ids come first on the way forward, from the outermost
# list inwards, and last on the way back, from the innermost outwards. A list is put in order when it is complete.


def _forth_order(edit: _Edit) -> tuple[int, int, int]:
    return (0, len(edit.path), edit.index) if edit.renames else (1 + edit.orders, 0, edit.index)


def _back_order(edit: _Edit) -> tuple[int, int, int]:
    if edit.renames or edit.orders:
        steps_to_list = len(edit.path) - (2 if edit.renames else 1)
        return (1, -steps_to_list, int(edit.orders))
    return (0, 0, edit.index)


def _edit(model: type[BaseModel], index: int, change: Change, told: _Told, *, back: bool) -> _Edit:
    path = read_path(change.path)
    if path is None:
        raise _UnfitError("path", shown(change.path), FORM, "items of a list stand in brackets, by their id")
    if change.from_ is None and change.to is None:
        raise _UnfitError("path", "a change with neither `from` nor `to`", "what stood there, what stands there, or both")
    told.add(path)
    try:
        before, after = fact_at(model, path, change.from_), fact_at(model, path, change.to)
    except NoFieldError as error:
        near = nearest(error.step, error.names)
        hint = "it may change without an entry: delete this" if error.step in NO_FACTS else f"did you mean `{near}`?" if near else ""
        raise _UnfitError("path", f"`{error.step}`, which is no field with a history", FORM, hint) from None
    return _Edit(index, path, after, before, back) if back else _Edit(index, path, before, after, back)


def _make(model: type[BaseModel], tree: dict[str, Tree], edit: _Edit) -> None:
    """Make one change in the tree."""
    last = edit.path[-1]
    if edit.renames:
        _rename(model, tree, edit)
    elif last == ORDER:
        _put_in_order(model, tree, edit)
    elif isinstance(last, Item):
        _put_item(model, tree, edit, last.id)
    else:
        group = _at(model, tree, edit.path[:-1])
        if not isinstance(group, dict):
            raise _UnfitError("path", f"`{last}` in {shown(group)}", "a field of a group of fields")
        _expect(edit, group.get(last))
        if edit.put is None:
            group.pop(last, None)
        else:
            group[last] = edit.put


def _at(model: type[BaseModel], tree: Tree, path: Path) -> Tree:
    """The value at a path; None where a field is not there."""
    for number, step in enumerate(path):
        if isinstance(step, Item):
            tree = _item(_items(model, tree, path[:number]), step.id)
        elif isinstance(tree, dict):
            tree = tree.get(step)
        else:
            raise _UnfitError("path", f"`{step}` in {shown(tree)}", "a field of a group of fields")
    return tree


def _items(model: type[BaseModel], value: Tree, path: Path) -> list[dict[str, Any]]:
    """A list whose items have ids."""
    if value is None or value == []:
        return []
    if not have_ids(value, Shape(shape_at(model, path).model)):
        raise _UnfitError(
            "path", f"an id in `{write_path(path)}`", "a list whose items have ids", f"write the whole of `{write_path(path)}`"
        )
    return value


def _item(items: list[dict[str, Any]], name: str) -> dict[str, Any]:
    for item in items:
        if item["id"] == name:
            return item
    ids = tuple(str(item["id"]) for item in items)
    near = nearest(name, ids)
    raise _UnfitError("path", f"`{name}`, which is not there", "the id of an item", f"did you mean `{near}`?" if near else "")


def _list_at(model: type[BaseModel], tree: dict[str, Tree], path: Path) -> list[dict[str, Any]]:
    """The list at a path, put there empty when there is none."""
    items = _items(model, _at(model, tree, path), path)
    group, name = _at(model, tree, path[:-1]), path[-1]
    if not isinstance(group, dict) or isinstance(name, Item):
        raise _UnfitError("path", f"`{write_path(path)}`", "a list whose items have ids")
    if not items:
        group[name] = items
    return items


def _expect(edit: _Edit, found: Tree) -> None:
    if found != edit.expected:
        _differs(edit, found)


def _differs(edit: _Edit, found: Tree) -> NoReturn:
    stands, when = ("stands", "after") if edit.back else ("stood", "before")
    raise _UnfitError(edit.checked, f"{shown(edit.expected)}, but {shown(found)} {stands} there", f"the value {when} this entry")


def _put_item(model: type[BaseModel], tree: dict[str, Tree], edit: _Edit, name: str) -> None:
    other: Part = "from" if edit.back else "to"
    for part, value in ((edit.checked, edit.expected), (other, edit.put)):
        if value is not None and not (isinstance(value, dict) and value.get("id") == name):
            raise _UnfitError(part, shown(value), f"the whole item, with `id: {name}`")
    items = _list_at(model, tree, edit.path[:-1])
    place = next((number for number, item in enumerate(items) if item["id"] == name), len(items))
    _expect(edit, items[place] if place < len(items) else None)
    items[place : place + 1] = [] if edit.put is None else [edit.put]


def _rename(model: type[BaseModel], tree: dict[str, Tree], edit: _Edit) -> None:
    after = edit.expected if edit.back else edit.put
    named = edit.path[-2]
    assert isinstance(named, Item)
    if after != named.id or not isinstance(edit.expected, str) or not isinstance(edit.put, str):
        raise _UnfitError("to", shown(after), f"`{named.id}`, the id by which the path names it", "give both ids")
    items = _items(model, _at(model, tree, edit.path[:-2]), edit.path[:-2])
    item = _item(items, edit.expected)
    if any(other["id"] == edit.put for other in items):
        raise _UnfitError("from" if edit.back else "to", f"{shown(edit.put)}, which another item has", "an id of its own")
    item["id"] = edit.put


def _put_in_order(model: type[BaseModel], tree: dict[str, Tree], edit: _Edit) -> None:
    items = {str(item["id"]): item for item in _items(model, _at(model, tree, edit.path[:-1]), edit.path[:-1])}
    wanted = edit.put if isinstance(edit.put, list) else []
    if sorted(map(str, wanted)) != sorted(items):
        part: Part = "from" if edit.back else "to"
        raise _UnfitError(part, shown(edit.put), f"the ids {', '.join(items)}, in their order", "give all of them, each once")
    ordered = [items[name] for name in wanted]
    _at(model, tree, edit.path[:-1])[:] = ordered
