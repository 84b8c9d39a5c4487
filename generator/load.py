"""The content folder to typed records. Only this module reads content.

Nothing in the folder is skipped silently: a file that is not read is a problem, so that nobody
wonders why a record does not appear.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .errors import Problem, Related, at_most, quoted
from .loose_files import LOOSE_FOLDERS, PICTURES, RESERVED, is_editors_own, loose_files
from .parse import SIZE_LIMIT, Document, parse
from .records import FOLDERS, Kind, Record
from .records.references import ID_RULE, RETYPE, id_fault, suggested_id
from .text import other_encoding
from .validate import nearest, validate

RESERVED_IDS = RESERVED | {"index", "at"}
"""Names that a page or an operating system needs for itself."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A record with where it was read from."""

    kind: Kind
    record: Record
    document: Document

    @property
    def key(self) -> tuple[Kind, str]:
        """What the catalog finds it by."""
        return self.kind, self.record.id


@dataclass(frozen=True, slots=True)
class Content:
    """All that could be read, in order of kind and id, and all that could not.

    `broken` holds what exists but is no valid record: references to it are not reported, since that would
    bury the cause under its effects. Its own references are checked as far as its file could be parsed.
    """

    records: tuple[Loaded, ...]
    broken: Mapping[tuple[Kind, str], Document | None]
    images: frozenset[str]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A file with a record.

    Attributes:
        kind, record_id: whose it is.
        file: where it is: as plain text, since to make ten thousand paths takes longer than to list the files.
        shown: how problems name it.
        misnamed: whether its name is none that a record can have; then it is judged, and is no record.
        is_file: whether it is a file to read; else it is only what would be a record, were it one.
    """

    kind: Kind
    record_id: str
    file: str
    shown: str
    misnamed: bool = False
    is_file: bool = True

    @property
    def key(self) -> tuple[Kind, str]:
        """What a catalog finds it by."""
        return self.kind, self.record_id


@dataclass(frozen=True, slots=True)
class Listing:
    """What there is in the folder.

    Attributes:
        found: the records' files, in order of kind and id.
        images: paths of the pictures.
        problems: what is wrong with files before they are read.
    """

    found: tuple[Found, ...]
    images: frozenset[str]
    problems: tuple[Problem, ...]


def load(content_dir: Path, shown_as: str = "content") -> Content:
    """Read every record below the folder.

    Args:
        content_dir: the folder.
        shown_as: how problems name it.
    """
    listed = listing(content_dir, shown_as)
    records: list[Loaded] = []
    broken: dict[tuple[Kind, str], Document | None] = {}
    problems = list(listed.problems)
    for found in listed.found:
        loaded, document, own = read(found)
        problems += own
        if loaded:
            records.append(loaded)
        elif found.misnamed:
            broken.setdefault(found.key, None)
        else:
            broken[found.key] = document
    records.sort(key=lambda loaded: (loaded.kind, loaded.record.id))
    return Content(tuple(records), broken, listed.images, tuple(problems))


def listing(content_dir: Path, shown_as: str = "content") -> Listing:
    """Every record's file below the folder, unread.

    Args:
        content_dir: the folder.
        shown_as: how problems name it.
    """
    found: list[Found] = []
    images: list[str] = []
    problems: list[Problem] = []
    folders: dict[str, Kind] = {folder: kind for kind, folder in FOLDERS.items()}
    for entry in _entries(content_dir, shown_as, problems):
        path = f"{shown_as}/{entry.name}"
        if entry.is_symlink():
            problems.append(_not_followed(path))
        elif entry.is_dir():
            kind = folders.get(entry.name)
            if kind:
                _list_kind(kind, Path(entry.path), path, found, problems)
            elif entry.name in LOOSE_FOLDERS:
                for loose in loose_files(entry.path, entry.name, shown_as):
                    problems += loose.problems
                    if entry.name == PICTURES:
                        images.append(loose.name.removeprefix(f"{PICTURES}/"))
            elif not is_editors_own(entry.name):
                near = nearest(entry.name, (*folders, *LOOSE_FOLDERS))
                hint = f"did you mean `{near}`?" if near else ""
                problems.append(
                    Problem(path, 1, 1, "", "a folder of no known kind", f"one of {', '.join((*folders, *LOOSE_FOLDERS))}", hint)
                )
        elif entry.name.endswith((".yaml", ".yml")):
            problems.append(
                Problem(path, 1, 1, "", "a record outside the folder of its kind", f"one of {', '.join(folders)}", "move it there")
            )
        elif not (is_editors_own(entry.name) or entry.name.startswith("README")):
            problems.append(
                Problem(
                    path, 1, 1, "", "a file that nothing reads", f"files in {', '.join((*folders, *LOOSE_FOLDERS))}", "move it out of here"
                )
            )
    found.sort(key=lambda each: (each.kind, each.record_id, each.misnamed))
    return Listing(tuple(found), frozenset(images), tuple(problems))


def _entries(folder: Path, shown_as: str, problems: list[Problem]) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        problems.append(Problem(shown_as, 1, 1, "", f"a folder that cannot be read ({error.strerror})", "a readable folder"))
        return []


def _not_followed(path: str) -> Problem:
    return Problem(path, 1, 1, "", "a symbolic link", "a file of its own", "copy the file here instead of linking to it")


def _list_kind(kind: Kind, folder: Path, shown_as: str, found: list[Found], problems: list[Problem]) -> None:
    entries = _entries(folder, shown_as, problems)
    # A name in lower case comes before its twins in capitals: it is theirs that is at fault.
    first = {entry.name.casefold(): entry.name for entry in sorted(entries, key=lambda entry: entry.name, reverse=True)}
    first |= {entry.name.casefold(): entry.name for entry in entries if entry.name == entry.name.casefold()}
    for entry in entries:
        path = f"{shown_as}/{entry.name}"
        stem, _, ending = entry.name.rpartition(".")
        if is_editors_own(entry.name):
            continue
        wrong = _misplaced(entry, path, stem, ending)
        if wrong:
            problems.append(wrong)
            found.append(Found(kind, suggested_id(stem) or "x", entry.path, path, misnamed=True, is_file=False))
            continue
        twin = first[entry.name.casefold()]
        fault = _twin_fault(path, f"{shown_as}/{twin}") if twin != entry.name else _name_fault(path, stem)
        if fault:
            # Its fields are judged all the same; it just is no record under this name.
            problems.append(fault)
            found.append(Found(kind, suggested_id(stem) or "x", entry.path, path, misnamed=True))
        else:
            found.append(Found(kind, stem, entry.path, path))


def _twin_fault(path: str, twin: str) -> Problem:
    return Problem(
        path, 1, 1, "", f"an id that differs from that of {twin} in capitals only", "one id",
        "delete one of the two, or give this one another name", related=Related(twin, 1, 1, "the other"),
    )  # fmt: skip


def _name_fault(path: str, stem: str) -> Problem | None:
    """Why a file's name is no id, if it is none."""
    if stem in RESERVED_IDS:
        return Problem(
            path, 1, 1, "", f"the file name `{stem}`, which the system keeps for itself", "another name", f"rename it to the-{stem}.yaml"
        )
    fault = id_fault(stem)
    if fault:
        near = suggested_id(stem)
        return Problem(
            path,
            1,
            1,
            "",
            f"the file name {quoted(stem)} has {fault}",
            f"an id: {ID_RULE}",
            f"rename it to {near}.yaml" if near else RETYPE,
        )
    return None


def _misplaced(entry: os.DirEntry[str], path: str, stem: str, ending: str) -> Problem | None:
    """Why this directory entry is no record, if it is none."""
    if entry.is_symlink():
        return _not_followed(path)
    if not stat.S_ISREG(entry.stat(follow_symlinks=False).st_mode):
        return Problem(path, 1, 1, "", "a folder" if entry.is_dir() else "a special file", "a record's file", "move it out of here")
    if ending != "yaml":
        if not stem:
            return Problem(path, 1, 1, "", "a file without .yaml", "a file that ends in .yaml", f"rename it to {entry.name}.yaml")
        good = stem.removesuffix(".yml").removesuffix(".yaml")
        is_yaml = ending.lower() in ("yml", "yaml", "txt")
        hint = f"rename it to {good}.yaml" if is_yaml else f"write it as {good}.yaml, or move it out of here"
        return Problem(path, 1, 1, "", f"a file that ends in .{ending}", "a file that ends in .yaml", hint)
    return None


def read(found: Found) -> tuple[Loaded | None, Document | None, list[Problem]]:
    """Read a record's file: the record if it is one, its tree if it could be parsed, and what is wrong with it."""
    try:
        raw = content_of(found)
    except OSError as error:
        return None, None, [unreadable_file(found, error.strerror or str(error))]
    return read_from(found, raw)


def tree_of(found: Found) -> Document | None:
    """The tree of a record's file, if it can be read and parsed. What is in it is not judged."""
    try:
        return parse(found.shown, content_of(found))[0] if found.is_file else None
    except OSError:
        return None


def unreadable_file(found: Found, reason: str) -> Problem:
    """What is wrong with a file that cannot be read."""
    return Problem(found.shown, 1, 1, "", f"a file that cannot be read ({reason})", "a readable file")


def content_of(found: Found) -> bytes:
    """What is in a record's file, as far as a record may go; nothing where it is no file to read.

    Raises:
        OSError: it cannot be read.
    """
    if not found.is_file:
        return b""
    with open(found.file, "rb") as stream:  # noqa: PTH123 - see `Found`
        return stream.read(SIZE_LIMIT + 1)


def read_from(found: Found, raw: bytes) -> tuple[Loaded | None, Document | None, list[Problem]]:
    """The same from what is in the file."""
    if not found.is_file:
        return None, None, []
    document, problems = parse(found.shown, raw)
    record = None
    if document:
        told = {(problem.line, problem.field) for problem in problems}
        record, wrong = validate(found.kind, found.record_id, document)
        # What is wrong with a value as YAML is told once, not again as what it makes of the field.
        problems.extend(problem for problem in wrong if (problem.line, problem.field) not in told)
    problems = at_most(problems)
    if record and document and not found.misnamed:
        return Loaded(found.kind, record, document), document, problems
    return None, document, problems


def lines_of(file: Path) -> list[str]:
    """The lines of a problem's file, to be shown; none where it is no text of a size to be read.

    A byte that is no text stands in them as a lone surrogate.
    """
    try:
        if not stat.S_ISREG(file.lstat().st_mode):
            return []
        with file.open("rb") as stream:
            raw = stream.read(SIZE_LIMIT + 1)
    except (OSError, ValueError):
        return []
    if len(raw) > SIZE_LIMIT or other_encoding(raw):
        return []
    text = raw.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
