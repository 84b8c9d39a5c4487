"""What several tests share."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

from generator.pipeline import Project as Source
from generator.pipeline import check, explain
from generator.report import Report
from tests.many import add_many
from tests.projects import Project, flood_project

CASES = Path(__file__).parent / "cases"

# Whoever runs the tests may like colours; the tests read plain text.
for name in ("FORCE_COLOR", "NO_COLOR"):
    os.environ.pop(name, None)

# The same examples on every run: a red test is red for everyone, and says something of the change at hand.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A folder of valid records of all kinds, to break."""
    return Path(shutil.copytree(CASES / "base" / "content", tmp_path / "content"))


@pytest.fixture(scope="session")
def report_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Report]:
    """Give what is told of a case of `cases/problems`, made once for all tests."""

    @cache
    def made(case: str) -> Report:
        content = Path(shutil.copytree(CASES / "base" / "content", tmp_path_factory.mktemp("case") / "content"))
        shutil.copytree(CASES / "problems" / case / "content", content, dirs_exist_ok=True)
        records, problems = check(content, "content")
        return explain(Source(content, content, "Name"), problems, records)

    return made


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A small project of its own, to change and build."""
    return flood_project(tmp_path / "project")


def _once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], Project]) -> Project:
    """A project made by the first process that asks, for all that run tests at the same time."""
    mine = tmp_path_factory.getbasetemp()
    folder = (mine.parent if "PYTEST_XDIST_WORKER" in os.environ else mine) / name
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if (folder / "made").exists():
            return Project(folder / "project")
        made = make(folder / "project")
        (folder / "made").touch()
        return made


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The same project, built once for all tests that only look at it."""

    def make(folder: Path) -> Project:
        made = flood_project(folder)
        made.build()
        return made

    return _once(tmp_path_factory, "built", make)


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The same project with hundreds of records more, built."""

    def make(folder: Path) -> Project:
        made = flood_project(folder)
        add_many(made, places=250, sources=340, actors=120, briefings=50)
        made.build()
        return made

    return _once(tmp_path_factory, "many", make)
