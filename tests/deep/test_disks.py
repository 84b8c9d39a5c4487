"""A disk that is full, or that nobody may write to: the site stays whole, and a line says what is wrong."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults import (
    ROOMY,
    WORDS,
    Disk,
    Disks,
    Site,
    build,
    differing,
    disks,
    edit,
    forget,
    left_over,
    site_of,
    state_of,
    why_no_disks,
)
from tests.projects import Project

pytestmark = [pytest.mark.deep, pytest.mark.skipif(bool(why_no_disks()), reason=why_no_disks())]

POINTS = int(os.environ.get("POINTS", "20"))
"""So many sizes of a disk, from none left to just enough."""


@pytest.fixture(scope="module")
def alone() -> Iterator[Disks]:
    with disks() as found:
        yield found


@pytest.fixture(scope="module")
def small(alone: Disks, victim: Project, tmp_path_factory: pytest.TempPathFactory, is_first: bool) -> Disk:
    return Disk(alone, tmp_path_factory.mktemp("disk") / "small", victim)


@pytest.fixture(scope="module")
def needed(small: Disk, is_first: bool) -> int:
    if not is_first:
        for state in range(3):
            edit(small.project, state)
            assert small.build().returncode == 0
        edit(small.project, 0)
    return small.peak()


@pytest.mark.parametrize("number", range(POINTS))
def test_a_full_disk(small: Disk, needed: int, clean: list[Site], is_first: bool, number: int) -> None:
    if is_first:
        forget(small.project)
    before, state = site_of(small.project), (state_of(small.project) + 1) % len(WORDS)
    edit(small.project, state)
    small.size(small.used + 4096 + needed * number // POINTS)
    done = small.build()
    found = site_of(small.project)
    small.size(ROOMY)
    print(done.returncode, done.stderr)
    assert found in (before, clean[state]), differing(found, clean[state])[:5]
    assert "Traceback" not in done.stderr
    if done.returncode:
        assert done.returncode in (1, 2)
        assert found == before
        said = done.stderr.splitlines()
        assert all(line.startswith("briefbook: ") and str(small.folder) in line for line in said), done.stderr
        assert re.search(r"No space left on device|disk is full", said[-1])
    again = small.build()
    assert again.returncode == 0, again.stderr
    assert differing(site_of(small.project), clean[state]) == []
    assert [path for path in left_over(small.project) if "temporary" not in path] == []


# --- folders that cannot be written -----------------------------------------------------------------------


@pytest.fixture
def published(alone: Disks, tmp_path: Path, victim: Project) -> Disk:
    """A project that was built, on a disk of its own."""
    made = Disk(alone, tmp_path / "disk", victim)
    edit(made.project, 0)
    assert made.build().returncode == 0
    edit(made.project, 1)
    return made


def test_a_read_only_project(published: Disk, clean: list[Site]) -> None:
    published.disks.run("mount", "-o", "remount,ro", published.folder)
    done = build(Project(published.folder / "project"), inside=published.disks.inside)
    assert done.returncode == 2
    site = published.folder / "project" / "site"
    assert done.stderr == f"briefbook: {site} cannot be made: Read-only file system\n"
    assert site_of(published.project) == clean[0]
    published.disks.run("mount", "-o", "remount,rw", published.folder)
    assert published.build().returncode == 0
    assert site_of(published.project) == clean[1]


@pytest.mark.parametrize("is_warm", [True, False], ids=["of the last build", "new"])
def test_a_read_only_cache(published: Disk, clean: list[Site], is_warm: bool) -> None:
    """Then there is a site all the same, as if there were no memory."""
    cache = published.folder / "project" / ".cache"
    if not is_warm:
        forget(published.project)
        (published.project.folder / ".cache").mkdir()
    published.disks.run("mount", "--bind", cache, cache)
    published.disks.run("mount", "-o", "remount,bind,ro", cache)
    done = published.build()
    assert done.returncode == 0, done.stderr
    assert done.stderr.startswith(f"briefbook: nothing is remembered for the next time: {cache}/briefbook: ")
    assert done.stderr.count("\n") == 1
    assert site_of(published.project) == clean[1]
    published.disks.run("umount", cache)
    edit(published.project, 2)
    assert published.build().returncode == 0
    assert site_of(published.project) == clean[2]
    assert left_over(published.project) == []


NOBODY = ["setpriv", "--reuid=65534", "--clear-groups"]


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("setpriv"), reason="takes another user's part")
def test_somebody_else_may_not_write(alone: Disks, victim: Project, clean: list[Site]) -> None:
    """Modes of folders rather than of disks."""
    made = Disk(alone, Path("/media"), victim)  # into folders for tests, nobody else may look
    as_nobody = [*alone.inside, *NOBODY]
    if subprocess.run([*as_nobody, sys.executable, "-c", "import generator"], check=False).returncode:
        pytest.skip("somebody else may not even read the generator")
    edit(made.project, 0)
    assert made.build().returncode == 0
    edit(made.project, 1)
    done = build(Project(made.folder / "project"), inside=as_nobody)
    assert (done.returncode, done.stderr) == (2, f"briefbook: {made.folder}/project/site cannot be made: Permission denied\n")
    assert site_of(made.project) == clean[0]
