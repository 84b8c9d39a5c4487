"""The outputs of some records, made once for all tests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.catalog import Catalog
from generator.outputs import Site, outputs
from generator.pages import library
from generator.pipeline import check
from generator.views.library import Library
from tests.projects import BASE, ROOT

SITE = Site("The site", "https://example.org/sheets/", "What it is about.", "Terms of use.")


@dataclass(frozen=True)
class Made:
    """Some records, and every output made of them."""

    records: Catalog
    library: Library
    files: dict[str, bytes]


def made(content: Path) -> Made:
    records, problems = check(content)
    assert not [problem for problem in problems if problem.severity == "error"], problems
    whole = library(records)
    return Made(records, whole, {file.path: file.content for file in outputs(whole, SITE)})


@pytest.fixture
def make() -> Callable[[Path], Made]:
    """Give every output of the records in a folder."""
    return made


@pytest.fixture(scope="session")
def real() -> Made:
    """The site's own content."""
    return made(ROOT / "content")


@pytest.fixture(scope="session")
def base() -> Made:
    """Valid records of all kinds, on another subject."""
    return made(BASE)


@pytest.fixture(params=["real", "base"])
def some(request: pytest.FixtureRequest) -> Made:
    """Each of these in turn."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Made)
    return found
