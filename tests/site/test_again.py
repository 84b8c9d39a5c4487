"""A build that remembers gives the site that one without memory gives, and makes no more than it must."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.projects import DAM, ROOT, Project, files_of, run

EDITS: dict[str, Callable[[Project], object]] = {
    "an entry": lambda project: append(project, "briefings/fable-flood.yaml", DAM),
    "a template": lambda project: edit(project, "../site_templates/pages/place.md.j2", "{#title}", "· a place {#title}"),
    "a new record": lambda project: project.write("places/nowhere.yaml", "name: Nowhere\nkind: village\n"),
}


def edit(project: Project, name: str, old: str, new: str) -> None:
    file = project.content / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def append(project: Project, name: str, text: str) -> None:
    file = project.content / name
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


def clean_site(project: Project, folder: Path, **environment: str) -> dict[str, str]:
    """What a build without memory gives."""
    shutil.copytree(project.folder, folder, ignore=shutil.ignore_patterns(".cache", "site"))
    clean = Project(folder)
    clean.build(**environment)
    return files_of(clean.site)


def made(project: Project) -> set[tuple[str, float]]:
    """The objects that were made, with their times."""
    folder = project.folder / ".cache" / "briefbook"
    return {(file.name, file.stat().st_mtime) for file in folder.rglob("objects/*/*")}


@pytest.mark.parametrize("name", EDITS)
def test_after_an_edit_it_is_the_site_of_a_clean_build(project: Project, tmp_path: Path, name: str) -> None:
    project.build()
    before = files_of(project.site)
    EDITS[name](project)
    project.build()
    after = files_of(project.site)
    assert after == clean_site(project, tmp_path / "clean")
    assert after != before


def test_without_an_edit_nothing_is_made(project: Project) -> None:
    project.build()
    site, objects = files_of(project.site), made(project)
    project.build()
    assert files_of(project.site) == site
    assert made(project) == objects


def test_a_page_that_somebody_changed_in_its_place_is_made_again(project: Project) -> None:
    project.build()
    site = files_of(project.site)
    page = project.site / "places/lower-example/index.html"
    page.write_text("changed in its place", encoding="utf-8")
    project.build()
    project.build()
    assert files_of(project.site) == site


def test_a_cache_that_is_gone_or_no_folder_is_no_harm(project: Project) -> None:
    project.build()
    site = files_of(project.site)
    shutil.rmtree(project.folder / ".cache")
    project.build()
    assert files_of(project.site) == site
    shutil.rmtree(project.folder / ".cache")
    (project.folder / ".cache").write_text("a file", encoding="utf-8")
    project.build()
    assert files_of(project.site) == site


def test_mkdocs_by_itself_gives_the_same_site(project: Project, tmp_path: Path) -> None:
    project.build()
    done = run("mkdocs", "build", "--site-dir", tmp_path / "other", cwd=project.folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert files_of(tmp_path / "other") == files_of(project.site)


FAULTS = {
    "what the pages may not hold": '<p style="color: red">red</p>',
    "a link to no page": "[to nowhere](nowhere.md)",
    "a link to no place on the page": "[to nowhere](#nowhere)",
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_was_refused_is_refused_again_until_it_is_mended(project: Project, name: str) -> None:
    project.build()
    site = files_of(project.site)
    edit(project, "../site_templates/pages/place.md.j2", "{#title}", f"{{#title}}\n\n{FAULTS[name]}\n")
    first, second = project.run("build"), project.run("build")
    assert first.returncode == second.returncode == 1
    assert first.stdout == second.stdout != ""
    edit(project, "../site_templates/pages/place.md.j2", f"{{#title}}\n\n{FAULTS[name]}\n", "{#title}")
    project.build()
    assert files_of(project.site) == site


def test_a_place_that_others_link_to_is_missed_when_it_is_gone(project: Project) -> None:
    """The pages that link to it stay as they are."""
    edit(project, "../site_templates/pages/source.md.j2", "{#title}", "{#title}\n\n[There](../places/upper-example.md#names)\n")
    project.build()
    site = files_of(project.site)
    edit(project, "../site_templates/pages/place.md.j2", "## Names {#names}", "## Names {#names}\n\n## More {#more}")
    project.build()
    edit(project, "../site_templates/pages/place.md.j2", "## Names {#names}\n\n## More {#more}", "## Names {#other}")
    refused = project.run("build")
    assert refused.returncode == 1
    assert "sources/" in refused.stdout and "#names" in refused.stdout
    edit(project, "../site_templates/pages/place.md.j2", "## Names {#other}", "## Names {#names}")
    project.build()
    assert files_of(project.site) == site


def test_other_settings_and_a_refused_build_take_nothing_from_the_next(project: Project) -> None:
    project.build()
    site = files_of(project.site)
    edit(project, "../mkdocs.yml", "templates_dir: site_templates", "templates_dir: site_templates\n      review_day: 2030-01-01")
    broken = project.write("places/nowhere.yaml", "name: [")
    assert project.run("build").returncode == 1
    broken.unlink()
    edit(project, "../mkdocs.yml", "\n      review_day: 2030-01-01", "")
    project.build()
    assert files_of(project.site) == site


def test_a_damaged_ledger_is_no_harm(project: Project) -> None:
    project.build()
    site = files_of(project.site)
    (ledger,) = (project.folder / ".cache/briefbook").rglob("sites/*.sqlite")
    whole = ledger.read_bytes()
    ledger.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    project.build()
    assert files_of(project.site) == site


BESIDE = """
import sys
from generator import forked
from generator.cli import main

forked.processes = lambda: 2
read = []
usual = forked.Ahead.result
forked.Ahead.result = lambda self, *patience: read.append(usual(self)) or read[-1]
try:
    main(sys.argv[1:])
finally:
    print(sum(found is not None for found in read), "of", len(read))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere one process does it all")
def test_what_other_processes_read_meanwhile_is_what_is_there(project: Project, tmp_path: Path) -> None:
    """What is in the folder of the site before the last, and the pages to be found."""

    def build() -> str:
        command = [sys.executable, "-c", BESIDE, "-C", str(project.folder), "build", "--quiet"]
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    build()
    for does in EDITS.values():
        does(project)
        told = build()
    assert told == "2 of 2\n", "the spare site looked through, and the index"
    (project.site / "places/lower-example/index.html").unlink()  # it is the spare one in the build after the next
    project.write("places/nowhere.yaml", "name: Somewhere\nkind: village\n")
    build()
    build()
    assert files_of(project.site) == clean_site(project, tmp_path / "clean")
