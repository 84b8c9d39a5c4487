"""A project's files while they are edited: what they held before, and who names whom."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from copy import deepcopy
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from generator.history import changes_between
from generator.kinds import FOLDERS, Kind
from generator.records import MODELS, LocalRef, Ref
from generator.references import Reference, references

from .yaml_text import Tree, record_text

Key = tuple[Kind, str]
_FIRST = date(2027, 1, 1)


class Folder:
    """The records of a project as trees, and its files as they were before each edit."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.trees: dict[Key, Tree] = {}
        for kind, name in FOLDERS.items():
            for file in sorted((folder / "content" / name).glob("*.yaml")):
                self.trees[kind, file.stem] = _tree(file.read_text(encoding="utf-8"))
        self._done: list[tuple[str, dict[Path, bytes | None]]] = []
        self._before: dict[Path, bytes | None] = {}

    # --- reading ----------------------------------------------------------------------------------------

    def of(self, kind: Kind) -> dict[str, Tree]:
        """The records of a kind that stand."""
        return {name: tree for (each, name), tree in self.trees.items() if each == kind and "withdrawn" not in tree}

    def named(self) -> Iterator[tuple[Key, Reference]]:
        """Every reference, with the record that it stands in."""
        for (kind, record_id), tree in self.trees.items():
            for reference in references(MODELS[kind], tree):
                yield (kind, record_id), reference

    def mentioned(self, name: str, beside: Collection[Path] = ()) -> bool:
        """Whether an id stands in any file but these, be it in what was so before."""
        word = re.compile(rf"(?<![a-z0-9-]){re.escape(name)}(?![a-z0-9-])")
        files = (file for file in (self.folder / "content").rglob("*.yaml") if file not in beside)
        return any(word.search(file.read_text(encoding="utf-8")) for file in files)

    def parts_named(self) -> set[tuple[str, str]]:
        """The parts of briefings that something names: briefing and part."""
        found: set[tuple[str, str]] = set()
        for (_, record_id), reference in self.named():
            if isinstance(reference.target, LocalRef):
                other, _, part = reference.value.rpartition("#")
                found.add((other or record_id, part))
        return found

    def file(self, key: Key) -> Path:
        """Where a record is written."""
        return self.folder / "content" / FOLDERS[key[0]] / f"{key[1]}.yaml"

    def day(self) -> str:
        """The day of the edit: one later each time."""
        return (_FIRST + timedelta(days=len(self._done))).isoformat()

    # --- writing ----------------------------------------------------------------------------------------

    def write(self, file: Path, content: bytes | None) -> None:
        """Write or, with None, delete a file; what it held is kept for `undo`."""
        self._before.setdefault(file, file.read_bytes() if file.exists() else None)
        if content is None:
            file.unlink()
        else:
            file.write_bytes(content)
        self._read_again(file)

    def put(self, key: Key, tree: Tree) -> None:
        """Write a record."""
        self.write(self.file(key), record_text(key[0], tree).encode())

    def change(self, key: Key, tree: Tree, kind: str, note: str, *, tell: bool = True) -> None:
        """Write a record's new state, with an entry that tells what changed.

        Without one only where there is no history that a silent change would belie.
        """
        old = self.trees[key]
        if tell or "updates" in old:
            changes = [change.model_dump(by_alias=True, exclude_none=True) for change in changes_between(MODELS[key[0]], old, tree)]
            tree = {**tree, "updates": [*old.get("updates", []), {"at": self.day(), "kind": kind, "note": note, "changes": changes}]}
        self.put(key, tree)

    def renamed(self, kind: Kind, old: str, new: str, part: str = "") -> dict[Key, Tree]:
        """Copies of all records that name a record, or a part of a briefing, with its new name in them."""
        found: dict[Key, Tree] = {}
        for key, reference in self.named():
            value = _renamed(key, reference, kind, old, new, part)
            if value is None:
                continue
            tree = found.setdefault(key, deepcopy(self.trees[key]))
            if reference.in_prose:
                text = str(_at(tree, reference.where))
                for end in (")", "#") if not part else (")",):
                    text = text.replace(f"({_link(kind, reference.value, end, part)}", f"({_link(kind, value, end, part)}")
                _set(tree, reference.where, text)
            else:
                _set(tree, reference.where, value)
        return found

    def done(self, words: str) -> str:
        """End an edit."""
        self._done.append((words, self._before))
        self._before = {}
        return words

    def undo(self, back: int) -> str | None:
        """Undo one of the last edits, if nothing has come to rest on it since."""
        if back > len(self._done):
            return None
        words, before = self._done[-back]
        later = {file for _, files in self._done[len(self._done) - back + 1 :] for file in files}
        if later & set(before):
            return None
        made = [file for file, content in before.items() if content is None and file.suffix == ".yaml"]
        if any(self.mentioned(file.stem, before) for file in made):
            return None
        for file, content in before.items():
            if content is not None or file.exists():
                self.write(file, content)
        return f"undo: {words}"

    def _read_again(self, file: Path) -> None:
        kind = next((kind for kind, name in FOLDERS.items() if file.parent == self.folder / "content" / name), None)
        if kind and file.exists():
            self.trees[kind, file.stem] = _tree(file.read_text(encoding="utf-8"))
        elif kind:
            del self.trees[kind, file.stem]


def _tree(text: str) -> Tree:
    found: Tree = yaml.load(text, Loader=yaml.CBaseLoader)
    return found


def _renamed(key: Key, reference: Reference, kind: Kind, old: str, new: str, part: str) -> str | None:
    """What a reference says after a renaming; None when it names something else."""
    if isinstance(reference.target, Ref):
        return new if not part and kind in reference.target.kinds and reference.value == old else None
    other, hash_mark, name = reference.value.rpartition("#")
    if kind != "briefing":
        return None
    if part:
        return f"{other}{hash_mark}{new}" if name == part and (other or key[1]) == old else None
    return f"{new}#{name}" if other == old else None


def _link(kind: Kind, value: str, end: str, part: str) -> str:
    record = value if part else value.partition("#")[0]
    return f"{kind}:{record}{end}"


def _at(tree: Any, where: tuple[str | int, ...]) -> Any:
    for step in where:
        tree = tree[step]
    return tree


def _set(tree: Any, where: tuple[str | int, ...], value: str) -> None:
    inner = _at(tree, where[:-1])
    inner[where[-1]] = value
