"""A machine that fails: builds that are killed, disks that are full, folders that cannot be written, files that are damaged."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tests.projects import ROOT, Done, Project, files_of

DEADLINE = 60
"""Seconds for what takes less than five on an idle machine."""
PLACE = "places/upper-example.yaml"
WORDS = ("A village", "A hamlet", "A town")
"""What the record says the place is; each makes another site."""

Site = dict[str, str]
"""Every file's path and digest."""


def state_of(project: Project) -> int:
    """Which of the words the record has."""
    text = (project.content / PLACE).read_text(encoding="utf-8")
    (found,) = (number for number, word in enumerate(WORDS) if f"summary: {word} on" in text)
    return found


def edit(project: Project, state: int) -> None:
    """Have the record say one of the words."""
    if state != state_of(project):
        project.replace(PLACE, f"summary: {WORDS[state_of(project)]} on", f"summary: {WORDS[state]} on")


def clean_sites(project: Project, folder: Path, count: int = len(WORDS)) -> list[Site]:
    """What builds without memory give, by what the record says."""
    found = []
    for state in range(count):
        clean = copied(project, folder / str(state))
        edit(clean, state)
        clean.build()
        found.append(files_of(clean.site))
        shutil.rmtree(clean.folder)
    return found


def copied(project: Project, folder: Path) -> Project:
    """The same project in another place, without its site and memory."""
    shutil.copytree(project.folder, folder, ignore=shutil.ignore_patterns(".cache", "site"))
    return Project(folder)


def site_of(project: Project) -> Site | None:
    """What is published; None when nothing is."""
    return files_of(project.site) if project.site.exists() else None


# --- builds ---------------------------------------------------------------------------------------------


@dataclass
class Build:
    """A running build, in a session of its own as a terminal gives it one."""

    process: subprocess.Popen[str]
    begun: float = field(default_factory=time.monotonic)

    def lasts(self, seconds: float) -> bool:
        """Whether it is still at it that long after it began."""
        try:
            self.process.wait(max(0, self.begun + seconds - time.monotonic()))
        except subprocess.TimeoutExpired:
            return True
        return False

    def kill(self, number: int, *, group: bool) -> None:
        """Send a signal to all of its processes, or to the first."""
        if self.process.poll() is None:
            (os.killpg if group else os.kill)(self.process.pid, number)

    def end(self) -> Done:
        """Wait for its end."""
        # Not for that of the pipes, which processes that it leaves behind hold open.
        self.process.wait(DEADLINE)
        assert self.process.stdout and self.process.stderr
        self.process.stdout.seek(0)
        self.process.stderr.seek(0)
        with self.process.stdout as out, self.process.stderr as err:
            return Done(self.process.args, self.process.returncode, out.read(), err.read())

    def left_behind(self) -> list[str]:
        """Its processes that go on without it, after a while in which they can notice."""
        end = time.monotonic() + DEADLINE / 3
        while found := _of_session(self.process.pid):
            if time.monotonic() > end:
                break
            time.sleep(0.02)
        return found


def _of_session(session: int) -> list[str]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            values = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(values[3]) == session and values[0] != "Z":
                found.append((folder / "cmdline").read_text().replace("\0", " "))
        except (OSError, ValueError):
            continue  # it has just ended
    return found


def start(project: Project, *arguments: str | Path, inside: list[str] | None = None, **environment: str) -> Build:
    """Begin to build."""
    folder = temporary(project)
    command = [*(inside or ()), sys.executable, "-m", "generator", "-C", str(project.folder), "build", *map(str, arguments)]
    out, err = (os.fdopen(os.memfd_create("said"), "w+", encoding="utf-8") for _ in range(2))
    process: subprocess.Popen[str] = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=out, stderr=err, start_new_session=True,
        env={**os.environ, "TMPDIR": str(folder), **environment},
    )  # fmt: skip
    process.stdout, process.stderr = out, err
    return Build(process)


def ended_as_told(done: Done, number: int) -> None:
    """See that a build ended as a signal wants it, with a line."""
    if str(ROOT / "generator") not in done.stderr and "Traceback" in done.stderr:
        return  # Python itself, before any code of ours
    if done.returncode > 0:
        assert (done.returncode, done.stderr) == (128 + number, "briefbook: interrupted\n")
    else:  # before there was anything to tidy up, or when all was done
        assert (done.returncode in (0, -number), done.stderr) == (True, "")


def temporary(project: Project) -> Path:
    """A folder for temporary files, beside the project."""
    folder = project.folder.with_name(f"{project.folder.name}-temporary")
    folder.mkdir(exist_ok=True)
    return folder


def build(project: Project, *arguments: str | Path, inside: list[str] | None = None, **environment: str) -> Done:
    """Build in a process of its own, which may do as it likes."""
    return start(project, *arguments, inside=inside, **environment).end()


def builds(project: Project, expected: Site) -> None:
    """Build within this process, and see that it is well and gives a certain site."""
    done = project.invoke("build")
    assert done.returncode == 0, done.stdout + done.stderr
    assert differing(site_of(project), expected) == []


def forget(project: Project) -> None:
    """Remove all that was ever built of it."""
    for folder in (".cache", "site"):
        shutil.rmtree(project.folder / folder, ignore_errors=True)


def lasting(project: Project, is_first: bool) -> float:
    """How many seconds a build lasts here that nobody disturbs: the first, or one after an edit."""
    assert build(project).returncode == 0
    edit(project, (state_of(project) + 1) % len(WORDS))
    if is_first:
        forget(project)
    begun = time.monotonic()
    assert build(project).returncode == 0
    return time.monotonic() - begun


def under_way(project: Project, is_first: bool, seconds: float, chance: random.Random) -> tuple[Site | None, int, Build]:
    """A build of another state, at some moment within so many seconds; with the site before, and the state."""
    if is_first:
        forget(project)
    before, state = site_of(project), (state_of(project) + 1 + chance.randrange(2)) % len(WORDS)
    edit(project, state)
    running = start(project)
    running.lasts(chance.uniform(0, seconds))
    return before, state, running


def differing(found: Site | None, expected: Site | None) -> list[str]:
    """The paths at which two sites are not the same."""
    one, other = found or {}, expected or {}
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


def left_over(project: Project) -> list[str]:
    """What builds have made and nobody needs."""
    known = {"content", "site_templates", "mkdocs.yml", "site", "schema", ".cache"}
    memory = project.folder / ".cache" / "briefbook"
    found = [path for path in project.folder.iterdir() if path.name not in known]
    found += temporary(project).iterdir()
    found += [path for path in memory.glob("*") if path.name not in {"1", "search", "spare"}]
    found += [path for path in memory.glob("1/objects/*/*") if len(path.name) != 38]
    found += memory.glob("1/aside/*")
    found += memory.glob("search/last/.*")
    for folder in ("spare/*", "search/last/*/"):
        found += sorted(memory.glob(folder))[1:]
    return [str(path.relative_to(project.folder.parent)) for path in found]


# --- files ----------------------------------------------------------------------------------------------


def emptied(file: Path, chance: random.Random) -> None:
    file.write_bytes(b"")


def halved(file: Path, chance: random.Random) -> None:
    os.truncate(file, file.stat().st_size // 2)


def flipped(file: Path, chance: random.Random) -> None:
    """Some of its bytes are others."""
    data = bytearray(file.read_bytes())
    for _ in range(3 + len(data) // 10_000 if data else 0):
        data[chance.randrange(len(data))] ^= chance.randrange(1, 256)
    with file.open("r+b") as stream:
        stream.write(data)


def made_a_folder(file: Path, chance: random.Random) -> None:
    deleted(file, chance)
    (file / "folder").mkdir(parents=True)
    (file / "folder" / "file").write_text("something else")


def made_a_file(file: Path, chance: random.Random) -> None:
    deleted(file, chance)
    file.write_text("something else")


def deleted(file: Path, chance: random.Random) -> None:
    shutil.rmtree(file) if file.is_dir() and not file.is_symlink() else file.unlink()


def moved_away(file: Path, chance: random.Random) -> None:
    """It is a link to where it is now."""
    project = next(folder for folder in file.parents if (folder / "mkdocs.yml").exists())
    elsewhere = project.with_name(f"elsewhere-{chance.randrange(10**9)}")
    file.rename(elsewhere)
    file.symlink_to(elsewhere)


def dangling(file: Path, chance: random.Random) -> None:
    deleted(file, chance)
    file.symlink_to("nowhere")


Damage = Callable[[Path, random.Random], None]
TO_FILES: tuple[Damage, ...] = (emptied, halved, flipped, made_a_folder, deleted, moved_away, dangling)
TO_FOLDERS: tuple[Damage, ...] = (made_a_file, deleted, moved_away, dangling)


def cache_files(project: Project) -> dict[str, list[Path]]:
    """What builds remember, by what kind of file or folder it is."""
    memory = project.folder / ".cache" / "briefbook"
    kinds = {
        "database": "1/entries.sqlite*",
        "ledger": "1/sites/*.sqlite*",
        "lock": "1/sites/*.lock",
        "template": "1/templates/*/*",
        "object": "1/objects/*/*",
        "name of the last index": "search/last/last",
        "manifest": "search/last/*/manifest.json",
        "words": "search/last/*/words.json",
        "index": "search/last/*/index/**/*",
        "spare site": "spare/*/**/*",
        "folder of all": ".",
        "folder of the form": "1",
        "folder of objects": "1/objects",
        "some objects": "1/objects/*",
        "folder of ledgers": "1/sites",
        "folder of templates": "1/templates",
        "templates": "1/templates/*",
        "folder of the search": "search",
        "last index": "search/last",
        "an index": "search/last/*/",
        "spare sites": "spare",
        "a spare site": "spare/*",
    }
    found = {kind: sorted(memory.glob(pattern) if pattern != "." else [memory]) for kind, pattern in kinds.items()}
    return {kind: [path for path in paths if path.is_file() or kind in FOLDERS] for kind, paths in found.items()}


FOLDERS = {
    "folder of all", "folder of the form", "folder of objects", "some objects", "folder of ledgers", "folder of templates", "templates",
    "folder of the search", "last index", "an index", "spare sites", "a spare site",
}  # fmt: skip


# --- disks ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Disks:
    """Disks that only some processes see, so that none is left when these end."""

    process: int
    _stdin: int = -1

    @property
    def inside(self) -> list[str]:
        """What a command begins with to see them."""
        return ["nsenter", f"--target={self.process}", "--mount", f"--wdns={ROOT}"]

    def run(self, *command: str | Path) -> None:
        """Run a command that sees them."""
        done = subprocess.run([*self.inside, *map(str, command)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    def seen(self, path: Path) -> Path:
        """A path there, from here."""
        return Path(f"/proc/{self.process}/root{path}")


@contextmanager
def disks() -> Iterator[Disks]:
    """Begin with the same disks that there are."""
    process = subprocess.Popen(
        ["unshare", "--mount", "--propagation=private", "sh", "-c", "echo ready; read end"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdin and process.stdout
    try:
        assert process.stdout.readline() == "ready\n"
        yield Disks(process.pid)
    finally:
        process.stdin.close()
        process.wait()
        process.stdout.close()


@cache
def why_no_disks() -> str:
    """Why disks cannot be had here; nothing when they can."""
    if sys.platform != "linux" or not all(map(shutil.which, ("unshare", "nsenter"))):
        return "disks of one's own are had on Linux, with unshare and nsenter"
    done = subprocess.run(["unshare", "--mount", "mount", "-t", "tmpfs", "none", "/media"], capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else f"no disks of one's own: {done.stderr.strip()}"


ROOMY = 200 * 2**20
"""Bytes of a disk with room for all."""


class Disk:
    """A project on a disk of its own, with its temporary files."""

    def __init__(self, disks: Disks, folder: Path, project: Project) -> None:
        folder.mkdir(exist_ok=True)
        disks.run("mount", "-t", "tmpfs", "-o", f"size={ROOMY}", "none", folder)
        self.disks, self.folder = disks, folder
        self.project = copied(project, disks.seen(folder) / "project")
        (disks.seen(folder) / "temporary").mkdir()

    @property
    def used(self) -> int:
        """Bytes that are taken."""
        found = os.statvfs(self.disks.seen(self.folder))
        return (found.f_blocks - found.f_bfree) * found.f_bsize

    def size(self, size: int) -> None:
        """Make it so many bytes large."""
        self.disks.run("mount", "-o", f"remount,size={size}", self.folder)

    def build(self) -> Done:
        """Build there."""
        return self._start().end()

    def _start(self) -> Build:
        return start(Project(self.folder / "project"), inside=self.disks.inside, TMPDIR=str(self.folder / "temporary"))

    def peak(self) -> int:
        """The most bytes that a build needs meanwhile."""
        before = most = self.used
        running = self._start()
        while running.process.poll() is None:
            most = max(most, self.used)
        assert running.end().returncode == 0
        return most - before
