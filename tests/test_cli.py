"""The command: what it prints, where it works, and how it ends."""

import json
import os
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from tests.projects import ROOT, Project, files_of, run

COMMANDS = ["amend", "build", "check", "diff", "due", "export", "impact", "new", "schema", "serve"]


def test_help_names_every_command() -> None:
    text = CliRunner().invoke(main, ["--help"]).stdout
    assert sorted(main.commands) == COMMANDS
    for name in COMMANDS:
        assert name in text
        help_text = CliRunner().invoke(main, [name, "-h"])
        assert help_text.exit_code == 0
        assert (main.commands[name].help or "").partition("\n")[0] in " ".join(help_text.stdout.split())


def test_version() -> None:
    assert version("briefbook") in CliRunner().invoke(main, ["--version"]).stdout


def test_the_installed_command_is_the_module() -> None:
    """`briefbook` and `python -m generator` are the same."""
    installed = Path(sys.executable).with_name("briefbook")
    done = subprocess.run([installed, "--help"], capture_output=True, text=True, check=True)
    assert done.stdout.replace("briefbook", "") == run("generator", "--help").stdout.replace("python -m generator", "")


def test_check_counts_what_is_there(project: Project) -> None:
    done = project.invoke("check")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "No problems in 1 briefing, 3 places, 3 actors, 1 person, 5 sources, 1 measure, 5 claims, 2 figures, 1 quote, 1 event.\n"
    )


def test_check_as_json_without_problems(project: Project) -> None:
    done = project.invoke("check", "--format", "json")
    assert (done.returncode, json.loads(done.stdout)) == (0, [])


def test_a_problem_in_json_has_every_part(project: Project) -> None:
    project.replace("places/upper-example.yaml", "summary:", "sumary:")
    done = project.invoke("check", "--format", "json")
    assert done.returncode == 1
    assert json.loads(done.stdout) == [
        {
            "path": "content/places/upper-example.yaml",
            "line": 14,
            "col": 1,
            "end_line": 14,
            "end_col": 7,
            "field": "sumary",
            "found": "the unknown field `sumary`",
            "expected": "a field of this record",
            "hint": "did you mean `summary`?",
            "severity": "error",
            "related": None,
            "fix": {"line": 14, "col": 1, "end_line": 14, "end_col": 7, "text": "summary"},
            "excerpt": {"line": 14, "text": "sumary: A village on the River Fable.", "marks": "^^^^^^"},
            "example": None,
            "known": [],
        }
    ]


def test_build_says_what_it_did(built: Project) -> None:
    done = built.invoke("build")
    assert done.returncode == 0
    pages = len(list(built.site.rglob("*.html")))
    assert done.stdout.startswith(f"Published {pages} pages in {built.site}.\n")
    assert "http.server" in done.stdout


def test_build_can_publish_elsewhere(built: Project, tmp_path: Path) -> None:
    before = files_of(built.site)
    assert built.invoke("build", "--site-dir", tmp_path / "deep" / "public").returncode == 0
    assert files_of(tmp_path / "deep" / "public") == before
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["public"]


def test_relative_folders_are_those_of_the_shell(built: Project, tmp_path: Path) -> None:
    done = run("generator", "-C", built.folder, "build", "--site-dir", "public", cwd=tmp_path, PYTHONPATH=str(ROOT))
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Published ")
    assert "in public.\n" in done.stdout
    assert (tmp_path / "public" / "index.html").is_file()


def test_bidi_and_control_characters_are_never_printed_raw(project: Project) -> None:
    project.write("places/odd.yaml", 'name: Odd\nkind: village\n"su\u202emary": x\n')
    done = project.invoke("check")
    assert done.returncode == 1
    assert "\u202e" not in done.stdout
    assert "U+202E" in done.stdout


def test_a_project_without_records_builds(project: Project) -> None:
    """The first day of a new site: settings, templates and one hand-written page."""
    for file in project.content.rglob("*"):
        if file.is_file() and file.name != "method.md":
            file.unlink()
    assert project.invoke("check").stdout.startswith("No problems in 0 briefings, 0 places, ")
    done = project.invoke("build")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (project.site / "briefings" / "index.html").is_file()


# --- when the machine fails -------------------------------------------------------------------------------


@pytest.fixture
def published(project: Project, built: Project) -> Project:
    """A project with a site, made without building it again."""
    shutil.copytree(built.site, project.site)
    return project


def test_a_failing_search_index_leaves_the_old_site(published: Project, tmp_path: Path) -> None:
    """A Pagefind that cannot run, as on a machine that it was not made for."""
    (tmp_path / "fake" / "pagefind").mkdir(parents=True)
    (tmp_path / "fake" / "pagefind" / "__init__.py").write_text("")
    (tmp_path / "fake" / "pagefind" / "__main__.py").write_text("import sys; sys.exit('cannot execute binary file')")
    before = files_of(published.site)
    done = published.run("build", PYTHONPATH=str(tmp_path / "fake"))
    assert done.returncode == 1
    assert "the search index could not be made: cannot execute binary file" in done.stderr
    assert "Traceback" not in done.stderr
    assert files_of(published.site) == before
    assert [path.name for path in published.folder.iterdir() if path.name.startswith(".")] in ([], [".cache"])


@pytest.mark.skipif(sys.platform == "win32", reason="limits as POSIX has them")
def test_a_full_disk_leaves_the_old_site(published: Project) -> None:
    """No file may grow past 30 kB, which is what a full disk looks like to the build."""
    before = files_of(published.site)
    code = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000)); from generator.cli import main; main(sys.argv[1:])"
    # Coverage would keep a file of its own in that process, which is as full for it.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    done = subprocess.run(
        [sys.executable, "-c", code, "-C", published.folder, "build"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "File too large" in done.stderr or "disk I/O error" in done.stderr
    assert "Traceback" not in done.stderr
    assert files_of(published.site) == before
    assert [path.name for path in published.folder.iterdir() if path.name.startswith(".")] in ([], [".cache"])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_record_that_cannot_be_read_is_a_problem(project: Project) -> None:
    os.mkfifo(project.content / "places" / "pipe.yaml")
    done = project.invoke("check")
    assert done.returncode == 1
    assert done.stdout.startswith("content/places/pipe.yaml:1:1: a special file")


def test_problems_are_told_wherever_the_site_goes(project: Project, tmp_path: Path) -> None:
    project.replace("briefings/fable-flood.yaml", "label: update\n", "label: rumour\n")
    done = project.invoke("build", "--site-dir", tmp_path / "public")
    assert done.returncode == 1
    assert done.stdout.startswith("content/briefings/fable-flood.yaml:2:8: label: ")
