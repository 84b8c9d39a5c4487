"""What the long tests share."""

from __future__ import annotations

import pytest

from tests.faults import Site, clean_sites, lasting
from tests.projects import Project, flood_project


@pytest.fixture(scope="module")
def victim(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project to which one thing after the other happens."""
    return flood_project(tmp_path_factory.mktemp("victim") / "project")


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> list[Site]:
    """The sites that it may have, by what its record says."""
    folder = tmp_path_factory.mktemp("clean")
    return clean_sites(flood_project(folder / "project"), folder / "sites")


@pytest.fixture(scope="module", params=[True, False], ids=["first build", "edit"])
def is_first(request: pytest.FixtureRequest) -> bool:
    """Whether a project has neither a site nor anything remembered, or both and an edit."""
    return bool(request.param)


@pytest.fixture(scope="module")
def seconds(victim: Project, is_first: bool) -> float:
    """How long a build of it takes."""
    return lasting(victim, is_first)
