"""The entry that tells what an editor changed in a record since it was published, written into its file."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from . import git
from .entries import with_entry
from .errors import ContentError, Problem, UsageError, errors_only
from .history import entry_problems, published_form, published_name, untold
from .load import Loaded
from .parse import parse
from .pipeline import check_now
from .records import FOLDERS, MODELS, Kind, Update
from .records.base import Change
from .text import unseen, what_is
from .validate import validate


@dataclass(frozen=True, slots=True)
class Amended:
    """What was done to a record's file.

    Attributes:
        path: of the file, as problems name it.
        revision: what it was held against.
        was_published: whether that has the record, under this id or a former one.
        changes: what the new entry tells; empty if the file is as it was.
    """

    path: str
    revision: str
    was_published: bool
    changes: tuple[Change, ...] = ()

    @property
    def withdraws(self) -> bool:
        """Whether something is withdrawn by it."""
        return any(change.to is not None and change.path.rpartition(".")[2] == "withdrawn" for change in self.changes)


def amend(content_dir: Path, file: Path, said: Mapping[str, str], against: str | None = None) -> Amended:
    """Write an entry for all that changed in a record since it was published and that no entry tells yet.

    Args:
        content_dir: the records' folder.
        file: the record's; from here, or as problems name it.
        said: `at`, `kind`, `note` and perhaps `known` of the entry.
        against: the git revision that was published; by default the one that was last.

    Raises:
        ContentError: the record has problems, or its earlier entries are not as they were published.
        UsageError: the file is no record, the entry would be none, or git cannot tell what was published.
    """
    update = _entry(said)
    loaded = _record(content_dir, file)
    names = [f"{FOLDERS[loaded.kind]}/{name}.yaml" for name in (loaded.record.id, *loaded.record.formerly)]
    published = git.published(content_dir, git.find_revision(content_dir, against), names)
    result = Amended(loaded.document.path, published.revision, published_name(loaded, published) is not None)
    old = published_form(loaded, published)
    if not old:
        return result
    found = untold(loaded, old, published.revision)
    if found.problems:
        raise ContentError(found.problems)
    if not found.changes:
        return result
    last = loaded.record.updates[-1:]
    if last and update.at.earliest < last[0].at.earliest:
        raise UsageError(f"--at {update.at}: the last entry is of {last[0].at}, and a later one cannot be older")
    target = content_dir / names[0]
    raw = target.read_bytes()
    entry = {**said, "changes": [change.model_dump(by_alias=True, exclude_unset=True) for change in found.changes]}
    new = with_entry(loaded.document.path, raw, MODELS[loaded.kind], entry)
    problems = _problems_then(loaded, new)
    if problems:
        raise ContentError(problems)
    _replace(target, new)
    return replace(result, changes=found.changes)


def _entry(said: Mapping[str, str]) -> Update:
    """The entry without its changes."""
    odd = unseen(said["note"])
    if odd:
        raise UsageError(f"--note holds {what_is(odd)[0]}; {what_is(odd)[1]}")
    try:
        return Update.model_validate(dict(said))
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        context = detail.get("ctx", {})
        option = f"--{detail['loc'][0]}: " if detail["loc"] else ""
        told = [context.get("found", detail["msg"]), context.get("expected", ""), context.get("hint", "")]
        raise UsageError(option + "; ".join(filter(None, told))) from None


def _record(content_dir: Path, file: Path) -> Loaded:
    """The record in a file."""
    # The folder may be reached through a link, a record itself may not.
    kinds: dict[Path, Kind] = {(content_dir / folder).resolve(): kind for kind, folder in FOLDERS.items()}
    there = [place for place in (file, content_dir.parent / file) if place.is_file()]
    target = next((place for place in there if place.parent.resolve() in kinds), None)
    if target is None or target.suffix != ".yaml" or target.name.startswith("."):
        what = "is no record; those are the .yaml files in the folders of" if there else "is no file, here or beside"
        raise UsageError(f"{file} {what} {content_dir}")
    kind = kinds[target.parent.resolve()]
    records, problems = check_now(content_dir, content_dir.name)
    path = f"{content_dir.name}/{FOLDERS[kind]}/{target.name}"
    own = [problem for problem in errors_only(problems) if problem.path == path]
    if own or (kind, target.stem) not in records.documents:
        raise ContentError(own)
    return records.loaded(kind, target.stem)


def _problems_then(loaded: Loaded, raw: bytes) -> list[Problem]:
    """What would be wrong with the entries of a record in its file as it is to be written."""
    document, problems = parse(loaded.document.path, raw)
    record, found = validate(loaded.kind, loaded.record.id, document) if document else (None, [])
    if not record or not document:
        return [*problems, *found]
    return list(entry_problems(Loaded(loaded.kind, record, document)))


def _replace(file: Path, raw: bytes) -> None:
    """Exchange a file for another in one step, so that it is whole at every moment."""
    handle, name = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(raw)
            stream.flush()
            os.fsync(stream.fileno())
        shutil.copymode(file, beside)
        beside.replace(file)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
