"""What was published, from a git revision. Only this module knows git.

It is asked with commands that are made for programs, whose answers do not vary with anybody's settings or language.
All files come in one answer, and only those that differ from what stands in the folder now.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from .errors import UsageError, printable
from .history import Published
from .kinds import FOLDERS

LAST_PUBLISHED = ("main@{upstream}", "origin/HEAD", "origin/main")
"""Where the last published version stands, by default: the first of these that there is; HEAD where nothing is published elsewhere."""
_KEPT = ("GIT_CONFIG_", "GIT_EXEC_PATH", "GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM")
"""Variables that say where git may look and whom it may trust; some machines need them. None changes an answer."""
_FILES = ("100644", "100755")
"""Modes of ordinary files, as git names them."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A version of the records' folder that git keeps.

    Attributes:
        name: as whoever asked for it named it, and in short as git does.
        commit: what git knows it by.
        folder: the records' folder, from the top of the repository; ends with a slash unless it is the top.
    """

    name: str
    commit: str
    folder: str


def find_revision(content_dir: Path, wanted: str | None = None) -> Revision:
    """The revision that is wanted, or else the one that was last published.

    Raises:
        UsageError: there is no git, no repository or no such revision; it says what to do.
    """
    inside = _run(content_dir, "rev-parse", "--show-prefix")
    if inside.returncode:
        _refuse(content_dir, inside.stderr)
    folder = os.fsdecode(inside.stdout).removesuffix("\n")
    names = (wanted,) if wanted is not None else LAST_PUBLISHED
    if wanted is None and not _run(content_dir, "remote").stdout.strip():
        names = ("HEAD",)
    for name in names:
        # A name that begins with a dash would be taken for an option.
        answer = (
            None if name[:1] in ("-", "") or "\0" in name else _run(content_dir, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        )
        if answer and answer.returncode == 0:
            commit = answer.stdout.decode("ascii").strip()
            if wanted is None:
                commit = _left(content_dir, commit)
            return Revision(commit[:10] if commit.startswith(name) else f"{name} ({commit[:10]})", commit, folder)
    raise UsageError(_not_found(content_dir, wanted))


def _left(content_dir: Path, commit: str) -> str:
    """Where the work that stands here left that commit's line: what others published since is no change of ours."""
    found = _run(content_dir, "merge-base", "HEAD", commit)
    return found.stdout.decode("ascii").strip() if found.returncode == 0 else commit


def published(content_dir: Path, revision: Revision, names: Collection[str] | None = None) -> Published:
    """The records as a revision has them, as far as they differ from the files in the folder.

    Args:
        content_dir: the records' folder.
        revision: which version.
        names: the files to look at, such as `places/rawa.yaml`; None for all.
    """
    blobs = {name: blob for name, blob in _blobs(content_dir, revision).items() if names is None or name in names}
    changed = {name: blob for name, blob in blobs.items() if _blob_of(content_dir / name, len(blob)) != blob}
    return Published(revision.name, frozenset(blobs), _contents(content_dir, changed))


def extract(content_dir: Path, revision: Revision, target: Path) -> None:
    """Write the records' folder as a revision has it, pictures included; an empty one where that has none.

    Args:
        content_dir: the records' folder.
        revision: which version.
        target: where to; made here.
    """
    target.mkdir()
    for name, raw in _contents(content_dir, _all_blobs(content_dir, revision)).items():
        file = target / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(raw)


def _blobs(content_dir: Path, revision: Revision) -> dict[str, str]:
    """The name that git gives to each record's content, by its path in the records' folder."""
    return {name: blob for name, blob in _all_blobs(content_dir, revision).items() if _is_record(name)}


def _is_record(name: str) -> bool:
    folder, _, file = name.partition("/")
    return folder in FOLDERS.values() and "/" not in file and file.endswith(".yaml") and not file.startswith(".")


def _all_blobs(content_dir: Path, revision: Revision) -> dict[str, str]:
    """The same for every ordinary file of the folder."""
    tree = f"{revision.commit}:{revision.folder.rstrip('/')}"
    if _run(content_dir, "rev-parse", "--verify", "--quiet", tree).returncode:
        return {}  # the folder is younger than the revision
    listed = _answer(content_dir, "ls-tree", "-r", "-z", "--full-tree", tree)
    found = {}
    for line in listed.split(b"\0")[:-1]:
        about, _, raw_name = line.partition(b"\t")
        mode, _, blob = about.decode("ascii").split(" ")
        name = os.fsdecode(raw_name)
        # Git itself would refuse to check out a name that climbs.
        if mode in _FILES and ".." not in name.split("/"):
            found[name] = blob
    return found


def _blob_of(file: Path, length: int) -> str:
    """The name that git would give to a file as it stands, of as many digits as others in that repository; empty without the file."""
    try:
        raw = file.read_bytes()
    except OSError:
        return ""
    known = hashlib.sha1(usedforsecurity=False) if length == 40 else hashlib.sha256()
    known.update(b"blob %d\0" % len(raw))
    known.update(raw)
    return known.hexdigest()


def _contents(content_dir: Path, blobs: Mapping[str, str]) -> dict[str, bytes]:
    """The files themselves, from one process however many they are."""
    if not blobs:
        return {}
    answer = _answer(content_dir, "cat-file", "--batch", give=blobs.values())
    found = {}
    at = 0
    for name, blob in blobs.items():
        head, _, _ = answer[at : at + 200].partition(b"\n")
        words = head.decode("ascii", "replace").split(" ")
        if len(words) != 3 or words[0] != blob:
            raise UsageError(f"git cannot read {name} of that revision: {' '.join(words)[:100]}; fetch it again, or see git fsck")
        start = at + len(head) + 1
        at = start + int(words[2]) + 1
        found[name] = answer[start : at - 1]
    return found


def _not_found(content_dir: Path, wanted: str | None) -> str:
    if wanted is None:
        if _run(content_dir, "rev-parse", "--verify", "--quiet", "HEAD").returncode:
            return "git has no commit here yet, so nothing was published; name what was with --against REV"
        return (
            "git does not know here what was last published; fetch it with: git fetch origin main:refs/remotes/origin/main, "
            "or name it with --against REV"
        )
    name = printable(wanted) or "without a name"
    if _run(content_dir, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true":
        return (
            f"git has no revision {name} in this shallow clone; get the whole history with: "
            "git fetch --unshallow (in a workflow: fetch-depth: 0)"
        )
    return f"git has no revision {name} here; fetch it with: git fetch, or choose another (git branch --all lists them)"


def _refuse(content_dir: Path, said: bytes) -> None:
    what = said.decode("utf-8", "replace").strip().partition("\n")[0].removeprefix("fatal: ")
    if what.startswith("not a git repository"):
        raise UsageError(
            f"{content_dir} is in no git repository, so there is nothing published to compare with; see git init, or git clone"
        )
    raise UsageError(f"git says: {what}")


def _answer(content_dir: Path, *arguments: str, give: Iterable[str] = ()) -> bytes:
    done = _run(content_dir, *arguments, give=give)
    if done.returncode:
        _refuse(content_dir, done.stderr)
    return done.stdout


def _run(folder: Path, *arguments: str, give: Iterable[str] = ()) -> subprocess.CompletedProcess[bytes]:
    # Variables such as GIT_DIR, which git sets for its hooks, would lead to another repository than the folder's.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name.startswith(_KEPT)}
    environment |= {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_REPLACE_OBJECTS": "1", "GIT_TERMINAL_PROMPT": "0"}
    command = ["git", "--no-pager", "-c", "core.fsmonitor=false", "-C", str(folder), *arguments]
    asked = "".join(f"{line}\n" for line in give).encode("ascii")
    try:
        return subprocess.run(command, input=asked, capture_output=True, env=environment, check=False)
    except FileNotFoundError:
        raise UsageError("git is not installed, or not on the PATH; history is read with it") from None
