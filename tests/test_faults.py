"""A sample of what `tests/deep` does at length: whatever fails, the site is whole, and the next build needs no help."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import sys
from contextlib import closing

import pytest

from tests.faults import Site, builds, differing, edit, ended_as_told, left_over, site_of, start, state_of
from tests.projects import Project, files_of, flood_project

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc for what is left running")

MEMORY = ".cache/briefbook/1"


@pytest.fixture(scope="module")
def victim(built: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project to which one thing after the other happens."""
    made = flood_project(tmp_path_factory.mktemp("victim") / "project")
    shutil.copytree(built.folder / ".cache", made.folder / ".cache", ignore=shutil.ignore_patterns("sites", "spare"))
    edit(made, 1)
    made.build()
    return made


@pytest.fixture(scope="module")
def sites(victim: Project, built: Project) -> list[Site]:
    """What it may show, by what its record says."""
    return [files_of(built.site), files_of(victim.site)]


def other(victim: Project) -> int:
    """Have its record say something else; returns what."""
    state = 1 - state_of(victim)
    edit(victim, state)
    return state


@pytest.mark.parametrize(("after", "group"), [(0.9, False), (1.3, True)], ids=["the first process", "all"])
def test_killed(victim: Project, sites: list[Site], after: float, group: bool) -> None:
    before, state = site_of(victim), other(victim)
    running = start(victim)
    running.lasts(after)
    running.kill(signal.SIGKILL, group=group)
    running.end()
    assert site_of(victim) in (before, sites[state])
    builds(victim, sites[state])
    assert running.left_behind() == []
    assert left_over(victim) == []


def test_interrupted(victim: Project, sites: list[Site]) -> None:
    before, state = site_of(victim), other(victim)
    running = start(victim)
    running.lasts(1)
    running.kill(signal.SIGINT, group=True)  # as a terminal does
    ended_as_told(running.end(), signal.SIGINT)
    assert site_of(victim) in (before, sites[state])
    assert running.left_behind() == []
    assert left_over(victim) == []


def test_two_builds_at_once(victim: Project, sites: list[Site]) -> None:
    state = other(victim)
    for running in [start(victim), start(victim)]:
        done = running.end()
        assert (done.returncode, done.stderr.replace("briefbook: waiting for another build of this site\n", "")) == (0, "")
    assert differing(site_of(victim), sites[state]) == []
    assert left_over(victim) == []


def test_a_ledger_is_believed_until_somebody_else_writes_into_it(victim: Project, sites: list[Site]) -> None:
    builds(victim, sites[state_of(victim)])
    (ledger,) = (victim.folder / MEMORY).glob("sites/*.sqlite")
    inode = ledger.stat().st_ino
    builds(victim, sites[state_of(victim)])
    assert ledger.stat().st_ino == inode
    with closing(sqlite3.connect(ledger)) as database, database:
        made = "(SELECT value FROM made WHERE name = 'record/place/lower-example')"
        assert database.execute(f"UPDATE made SET value = {made} WHERE name = 'record/place/upper-example'").rowcount == 1
    told = [victim.invoke("build").stderr for _ in range(2)]
    assert ["all is made anew" in said for said in told] == [True, False], "who waits is told why"
    assert differing(site_of(victim), sites[state_of(victim)]) == []


def test_folders_in_the_places_of_files(victim: Project, sites: list[Site]) -> None:
    for name in ("sites/*", "templates/*/*"):
        for path in (victim.folder / MEMORY).glob(name):
            path.unlink()
            (path / "something").mkdir(parents=True)
    builds(victim, sites[other(victim)])
    assert left_over(victim) == []
