"""What the workflows run, run here in their order: on a branch of a clone, with make, git and the command itself.

Only what GitHub itself does is left out: checking out, setting up Python, and the command `gh`, whose call is written down.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.projects import ROOT, flood_project, read_html, words
from tests.repository import ALONE, WHO, git, published

FLOOD = "briefings/fable-flood.yaml"
WORKFLOWS = ROOT / ".github" / "workflows"


@dataclass
class Runner:
    """A clone on a branch called mine, with a server that holds main, and a set-up that is already done."""

    folder: Path
    tools: Path

    @property
    def content(self) -> Path:
        return self.folder / "content"

    def replace(self, name: str, old: str, new: str) -> None:
        file = self.content / name
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1
        file.write_text(text.replace(old, new), encoding="utf-8")

    def commit(self) -> None:
        git(self.folder, "commit", "--quiet", "--all", "--message", "Mine")

    def run(self, workflow: str, job: str, context: dict[str, str]) -> list[subprocess.CompletedProcess[str]]:
        """Each command of a job, its `${{ … }}` filled in from the context, until one fails."""
        steps: list[dict[str, Any]] = yaml.safe_load((WORKFLOWS / workflow).read_text(encoding="utf-8"))["jobs"][job]["steps"]
        output, summary = self.tools / "output", self.tools / "summary"
        output.write_text("")
        variables = {name: value for name, value in context.items() if name.startswith("GITHUB_")}
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "GITHUB_", "MAKE"))},
            **WHO, **ALONE, **variables,
            "GITHUB_OUTPUT": str(output), "GITHUB_STEP_SUMMARY": str(summary), "GITHUB_WORKSPACE": str(self.folder),
            "PATH": f"{self.tools}{os.pathsep}{os.environ['PATH']}",
        }  # fmt: skip
        done: list[subprocess.CompletedProcess[str]] = []
        for step in (step for step in steps if "run" in step):
            if done and done[-1].returncode and "failure()" not in str(step.get("if")):
                continue
            said = dict(line.split("=", 1) for line in output.read_text().splitlines())
            known = {**context, **{f"steps.published.outputs.{name}": value for name, value in said.items()}}
            filled = {name: _filled(str(value), known) for name, value in step.get("env", {}).items()}
            assert "${{" not in step["run"], "what somebody typed must never be part of a command"
            command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
            done.append(
                subprocess.run(command, cwd=self.folder, env={**environment, **filled}, capture_output=True, text=True, check=False)
            )
        return done


def _filled(text: str, known: dict[str, str]) -> str:
    return re.sub(r"\$\{\{ *([\w.]+) *\}\}", lambda found: known[found[1]], text)


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    project = flood_project(tmp_path / "published")
    for name in ("Makefile", "requirements.lock", "pyproject.toml", ".gitignore"):
        shutil.copy(ROOT / name, project.folder)
    (project.folder / ".gitignore").write_text("/.venv\n")
    published(project)
    server, folder, tools = tmp_path / "server.git", tmp_path / "clone", tmp_path / "tools"
    git(tmp_path, "clone", "--quiet", "--bare", str(project.folder), str(server))
    git(tmp_path, "clone", "--quiet", str(server), str(folder))
    git(folder, "switch", "--quiet", "--create", "mine")
    git(folder, "push", "--quiet", "--set-upstream", "origin", "mine")
    (folder / ".venv/bin").mkdir(parents=True)
    python = folder / ".venv/bin/python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    for stamp in (".made", ".runtime"):
        (folder / ".venv" / stamp).touch()
    tools.mkdir()
    (tools / "gh").write_text(f'#!/bin/sh\necho "$@" >> {tools}/gh-calls\n')
    (tools / "gh").chmod(0o755)
    return Runner(folder, tools)


DISPATCHED = {
    "GITHUB_EVENT_NAME": "workflow_dispatch", "GITHUB_REF_NAME": "mine", "GITHUB_ACTOR": "ditor", "GITHUB_ACTOR_ID": "7",
    "github.event.repository.default_branch": "main", "github.event.before": "", "github.token": "none",
}  # fmt: skip


def test_an_editor_with_a_browser_alone(runner: Runner) -> None:
    runner.replace(FLOOD, "        value: 200\n", "        value: 210\n")
    runner.commit()

    # The pull request, as it would be merged, is refused: nothing tells of the change.
    git(runner.folder, "switch", "--quiet", "--detach", "origin/main")
    git(runner.folder, "merge", "--quiet", "--no-ff", "mine", "--message", "Merge mine")
    asked = {"GITHUB_EVENT_NAME": "pull_request", "github.event.repository.default_branch": "main", "github.event.before": ""}
    found, checked, shown = runner.run("check.yml", "records", asked)
    assert (found.returncode, shown.returncode) == (0, 0), found.stderr + shown.stderr
    assert checked.returncode != 0
    assert re.search(r"^::error file=content/briefings/fable-flood\.yaml,line=\d+,.*was `200`", checked.stdout, re.MULTILINE)
    page = read_html(f"<div>{(runner.tools / 'summary').read_text(encoding='utf-8')}</div>")
    assert words(next(page.iter("strong"))).startswith("1 figure changed; ")
    assert [words(element) for element in page.iter("del")] == ["200 people"]

    # The entry is written, and pushed to the branch.
    git(runner.folder, "switch", "--quiet", "mine")
    note = "It said \"210\"; $(touch sprung) `touch sprung` 'all' & more."
    typed = {"inputs.file": f"content/{FLOOD}", "inputs.kind": "correction", "inputs.note": note, "inputs.known": "2021-05-05"}
    for done in runner.run("amend.yml", "amend", {**DISPATCHED, **typed}):
        assert done.returncode == 0, done.stdout + done.stderr
    assert git(runner.folder, "log", "-1", "--format=%s%n%an", "origin/mine").splitlines() == [f"correction: {note}", "E. Ditor"]
    entry = yaml.safe_load((runner.content / FLOOD).read_text(encoding="utf-8"))["updates"][-1]
    assert (entry["note"], str(entry["known"]), len(entry["changes"])) == (note, "2021-05-05", 1)
    assert not (runner.folder / "sprung").exists()
    assert (runner.tools / "gh-calls").read_text() == "workflow run check.yml --ref mine\n"

    # The branch is checked again, and good.
    for done in runner.run("check.yml", "records", DISPATCHED):
        assert done.returncode == 0, done.stdout + done.stderr


def test_what_the_branch_did_not_change(runner: Runner) -> None:
    before = git(runner.folder, "rev-parse", "HEAD")
    typed = {"inputs.file": f"content/{FLOOD}", "inputs.kind": "update", "inputs.note": "Nothing.", "inputs.known": ""}
    for done in runner.run("amend.yml", "amend", {**DISPATCHED, **typed}):
        assert done.returncode == 0, done.stdout + done.stderr
    assert git(runner.folder, "rev-parse", "HEAD") == before
    assert not (runner.tools / "gh-calls").exists()
