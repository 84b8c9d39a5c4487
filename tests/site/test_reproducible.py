"""The same input gives the same bytes, wherever and whenever it is built, and whichever command builds it."""

import os
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest

from tests.projects import Project, files_of, flood_project, own_project, run

UMASKS = [0o022, 0o077]
SURROUNDINGS = [
    {"TZ": "Pacific/Auckland", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "1", "HOME": "/nowhere", "COLUMNS": "40"},
    {
        "TZ": "America/New_York",
        "LANG": "tr_TR.UTF-8",
        "LC_ALL": "C.UTF-8",
        "PYTHONHASHSEED": "77",
        "SOURCE_DATE_EPOCH": "1",
        "PYTHONUTF8": "1",
    },
]


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Project]:
    """The repository's own content, built in two places and two surroundings, its files made in another order and at another time."""
    one = own_project(tmp_path_factory.mktemp("one") / "project")
    other = own_project(tmp_path_factory.mktemp("óther place") / "deeper" / "still" / "project of another name")
    for file in sorted(other.content.rglob("*.yaml"), reverse=True):
        data = file.read_bytes()
        file.unlink()
        file.write_bytes(data)
        os.utime(file, (1_000_000_000, 1_000_000_000))
        file.chmod(0o600)
    with ThreadPoolExecutor(2) as both:
        started = [
            both.submit(project.build, umask, **around) for project, umask, around in zip((one, other), UMASKS, SURROUNDINGS, strict=True)
        ]
    for done in started:
        done.result()
    return one, other


def test_everything_is_the_same(twins: tuple[Project, Project]) -> None:
    one, other = (files_of(project.site) for project in twins)
    assert sorted(one) == sorted(other)
    assert [name for name in one if one[name] != other[name]] == []
    assert "sitemap.xml.gz" in one
    assert [name for name in one if name.startswith("pagefind/facets/")]


def test_no_file_names_the_place_where_it_was_made(twins: tuple[Project, Project]) -> None:
    for project in twins:
        place = str(project.folder).encode()
        for file in project.site.rglob("*"):
            assert not file.is_file() or place not in file.read_bytes(), file


def test_building_again_changes_nothing(twins: tuple[Project, Project]) -> None:
    project = twins[0]
    before = files_of(project.site)
    assert project.invoke("build").returncode == 0
    assert files_of(project.site) == before


EDITS = [
    ("briefings/baghouz-2019-03-23.yaml", "        value: 70\n", "        value: 71\n"),
    ("places/rawa.yaml", "name: Rawa\n", "name: Rawah\n"),
]


def test_edits_that_are_taken_back_leave_what_a_clean_build_gave(twins: tuple[Project, Project]) -> None:
    project = twins[0]
    states = [files_of(project.site)]
    for name, old, new in [*EDITS, *((name, new, old) for name, old, new in EDITS)]:
        project.replace(name, old, new)
        project.build()
        states.append(files_of(project.site))
    assert states[-1] == states[0]
    assert all(one != next_one for one, next_one in pairwise(states))


def test_mkdocs_itself_builds_the_same(built: Project, tmp_path: Path) -> None:
    """Anyone who knows MkDocs only gets the same site."""
    project = flood_project(tmp_path / "project")
    done = run("mkdocs", "build", "--strict", cwd=project.folder)
    assert done.returncode == 0, done.stderr
    assert files_of(project.site) == files_of(built.site)


def test_a_record_that_is_gone_leaves_nothing_behind(built: Project, tmp_path: Path) -> None:
    project = flood_project(tmp_path / "project")
    project.write("places/short-lived.yaml", "name: Short-lived\nkind: village\n")
    assert project.invoke("build").returncode == 0
    assert (project.site / "places/short-lived/index.html").is_file()
    (project.content / "places/short-lived.yaml").unlink()
    assert project.invoke("build").returncode == 0
    assert files_of(project.site) == files_of(built.site)
