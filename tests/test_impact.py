"""What becomes of the site when a record or a claim changes or goes."""

from __future__ import annotations

import pytest

from tests.projects import Project

FLOOD = "content/briefings/fable-flood.yaml"


def parts(project: Project, name: str) -> tuple[list[str], list[str], list[str]]:
    """Pages that would change, fields that name it, claims that would lack something."""
    done = project.invoke("impact", name)
    assert done.returncode == 0, done.stdout + done.stderr
    first, second, third = done.stdout.split("\n\n")
    pages, named, lost = ([line.strip() for line in part.splitlines()[1:]] for part in (first, second, third))
    assert first.startswith(f"{len(pages)} page"), first
    assert f" {len(named)} place" in second
    assert f" {len(lost)} claim" in third
    return pages, named, lost


def test_a_source(project: Project) -> None:
    pages, named, lost = parts(project, "rescue-release")
    assert {"/sources/rescue-release/", "/sources/", "/briefings/fable-flood/"} <= set(pages)
    assert "/people/ada-ferry/" not in pages
    assert f"{FLOOD}:25:17: claims[0].sources[0].source" in named
    assert [line.split(":")[0:2] for line in lost if "cl-moved-later" in line] == [
        ["fable-flood#cl-moved-later", " its only source (About 300 people left their homes.)"]
    ]
    assert any(line.startswith("fable-flood#cl-rose: its second independent witness") for line in lost)


def test_a_claim(project: Project) -> None:
    pages, named, lost = parts(project, "fable-flood#cl-moved-later")
    assert "/briefings/fable-flood/" in pages
    assert any(line.endswith(": highlights[1]") for line in named)
    assert any(line.startswith("fable-flood#cl-moved: what overtook it") for line in lost)


def test_a_measure_and_a_person(project: Project) -> None:
    assert {"the measure of its figure" in line for line in parts(project, "people-moved")[2]} == {True}
    assert any("cl-moved: its only speaker" in line for line in parts(project, "person:ada-ferry")[2])


def test_what_nothing_names(project: Project) -> None:
    project.write("places/far.yaml", (project.content / "places/lower-example.yaml").read_text(encoding="utf-8"))
    pages, named, lost = parts(project, "far")
    assert "/places/far/" in pages
    assert (named, lost) == ([], [])


def test_every_page_that_shows_a_name_is_among_them(project: Project) -> None:
    """Held against the built site: another name for the place changes these pages and no others."""
    told = set(parts(project, "upper-example")[0])
    project.build()
    before = {file.relative_to(project.site).as_posix(): file.read_bytes() for file in project.site.rglob("index.html")}
    project.replace("places/upper-example.yaml", "name: Upper Example", "name: Over Example")
    project.build()
    after = {file.relative_to(project.site).as_posix(): file.read_bytes() for file in project.site.rglob("index.html")}
    changed = {"/" + name.removesuffix("index.html") for name in after if before.get(name) != after[name]}
    assert changed == told


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nowhere", "no record `nowhere`"),
        ("fable-flood#nothing", "no claim `nothing` in `fable-flood`"),
        ("upper-example#cl-rose", "no record `upper-example`"),
        ("actor:upper-example", "no record `upper-example`"),
    ],
)
def test_a_name_of_nothing(project: Project, name: str, message: str) -> None:
    done = project.invoke("impact", name)
    assert done.returncode == 2
    assert message in done.stderr


def test_a_name_of_two(project: Project) -> None:
    actor = (project.content / "actors/fable-rescue.yaml").read_text(encoding="utf-8")
    project.write("actors/fable-valley.yaml", actor)
    done = project.invoke("impact", "fable-valley")
    assert done.returncode == 2
    assert "say which: " in done.stderr
    assert project.invoke("impact", "place:fable-valley").returncode == 0
