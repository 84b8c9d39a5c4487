"""What was published, as git has it: from real repositories of every kind, whatever anybody set in git."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from generator.errors import UsageError
from generator.git import Revision, extract, find_revision
from generator.git import published as published_in
from generator.history import Published
from tests.many import add_many
from tests.projects import Project, files_of, flood_project
from tests.repository import Repository, git, published

ANSWER = "answer: The River Fable rose over its banks on 2 May 2021, and about 300 people left [Upper Example](place:upper-example).\n"
FLOOD = "briefings/fable-flood.yaml"


@pytest.fixture
def repository(project: Project) -> Repository:
    return published(project)


def look(content: Path, wanted: str | None = "HEAD") -> Published:
    return published_in(content, find_revision(content, wanted))


def test_what_is_the_same_is_not_read(repository: Repository) -> None:
    found = look(repository.project.content)
    assert found.changed == {}
    files = {file.relative_to(repository.project.content).as_posix() for file in repository.project.content.rglob("*.yaml")}
    assert found.names == files


def test_what_differs_is_as_it_was(repository: Repository) -> None:
    file = repository.project.content / FLOOD
    before = file.read_bytes()
    repository.project.replace(FLOOD, ANSWER, "answer: Other.\n")
    (repository.project.content / "places" / "upper-example.yaml").unlink()
    found = look(repository.project.content)
    assert set(found.changed) == {FLOOD, "places/upper-example.yaml"}
    assert found.changed[FLOOD] == before


def test_only_the_files_asked_for(repository: Repository) -> None:
    for name in (FLOOD, "places/upper-example.yaml"):
        (repository.project.content / name).unlink()
    content = repository.project.content
    assert set(published_in(content, find_revision(content, "HEAD"), [FLOOD]).changed) == {FLOOD}


@pytest.mark.parametrize("inside", ["", "sheets/a b/ñ — “x”"])
def test_the_folder_may_be_anywhere(tmp_path: Path, inside: str) -> None:
    project = flood_project(tmp_path / "top" / inside)
    published(project, tmp_path / "top")
    project.replace(FLOOD, ANSWER, "answer: Other.\n")
    assert set(look(project.content).changed) == {FLOOD}


def test_the_records_may_be_at_the_top(project: Project) -> None:
    published(project, project.content)
    (project.content / FLOOD).unlink()
    assert set(look(project.content).changed) == {FLOOD}


def test_what_is_no_record_is_left_alone(repository: Repository) -> None:
    """Hand-written pages, pictures, links, hidden files and what lies deeper have no history here."""
    content = repository.project.content
    for name in ("places/.hidden.yaml", "places/deep/x.yaml", "places/notes.txt", "about/more.md", "x.yaml"):
        (content / name).parent.mkdir(exist_ok=True)
        (content / name).write_text("name: x\n")
    (content / "places" / "link.yaml").symlink_to("upper-example.yaml")
    repository.commit()
    for name in ("places/.hidden.yaml", "places/deep/x.yaml", "places/notes.txt", "about/more.md", "x.yaml", "places/link.yaml"):
        (content / name).unlink()
    assert look(content).changed == {}


def test_a_folder_younger_than_the_revision(tmp_path: Path) -> None:
    repository = Repository(Project(tmp_path / "p"), tmp_path / "p")
    (tmp_path / "p").mkdir()
    repository.git("init", "--quiet")
    repository.commit()
    project = flood_project(tmp_path / "p" / "later")
    assert look(project.content) == Published(find_revision(project.content, "HEAD").name, frozenset(), {})


def test_a_repository_with_longer_names(project: Project) -> None:
    published(project, None, "--object-format=sha256")
    project.replace(FLOOD, ANSWER, "answer: Other.\n")
    found = look(project.content)
    assert set(found.changed) == {FLOOD}
    assert ANSWER.encode() in found.changed[FLOOD]


# --- which revision -----------------------------------------------------------------------------------------


def test_the_last_published_version(repository: Repository, tmp_path: Path) -> None:
    """What the server has of main; of a clone without such a branch, what the server calls its own; else what is here."""
    content = repository.project.content
    here = repository.git("rev-parse", "HEAD")
    assert find_revision(content) == Revision(f"HEAD ({here[:10]})", here, "content/")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", str(repository.folder), str(clone))
    git(clone, "commit", "--quiet", "--allow-empty", "--message", "mine")
    assert find_revision(clone / "content") == Revision(f"main@{{upstream}} ({here[:10]})", here, "content/")
    git(clone, "checkout", "--quiet", "-b", "mine")
    git(clone, "branch", "--quiet", "--delete", "--force", "main")
    assert find_revision(clone / "content").name == f"origin/HEAD ({here[:10]})"


def test_a_clone_that_does_not_know_what_was_published(repository: Repository, tmp_path: Path) -> None:
    """It must not take its own branch for what readers have seen."""
    repository.git("checkout", "--quiet", "-b", "mine")
    repository.commit()
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth=1", "--branch=mine", f"file://{repository.folder}", str(clone))
    git(clone, "remote", "set-head", "origin", "--delete")
    with pytest.raises(UsageError, match="git fetch origin main:refs/remotes/origin/main"):
        find_revision(clone / "content")
    git(clone, "fetch", "--quiet", "origin", "main:refs/remotes/origin/main")
    assert find_revision(clone / "content").name.startswith("origin/main")


def test_what_others_published_since_is_no_change_of_ours(repository: Repository, tmp_path: Path) -> None:
    here = repository.git("rev-parse", "HEAD")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", str(repository.folder), str(clone))
    git(clone, "checkout", "--quiet", "-b", "mine")
    repository.project.replace(FLOOD, ANSWER, "answer: Other.\n")
    later = repository.commit()
    git(clone, "fetch", "--quiet")
    assert find_revision(clone / "content").commit == here
    assert look(clone / "content", None).changed == {}
    git(clone, "merge", "--quiet", "origin/main")
    assert find_revision(clone / "content").commit == later


def test_a_whole_version(repository: Repository, tmp_path: Path) -> None:
    """All of its ordinary files, hand-written pages and pictures too."""
    content = repository.project.content
    before = files_of(content)
    (content / "images/bridge.png").unlink()
    repository.project.replace(FLOOD, ANSWER, "answer: Other.\n")
    repository.project.write("places/new.yaml", "name: x\n")
    extract(content, find_revision(content, "HEAD"), tmp_path / "then")
    assert files_of(tmp_path / "then") == before


def test_a_version_from_before_there_were_records(tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    git(tmp_path / "project", "init", "--quiet")
    git(tmp_path / "project", "commit", "--quiet", "--allow-empty", "--message", "Nothing yet")
    project = flood_project(tmp_path / "project")
    extract(project.content, find_revision(project.content, "HEAD"), tmp_path / "then")
    assert files_of(tmp_path / "then") == {}


def test_a_revision_by_any_name(repository: Repository) -> None:
    first = repository.git("rev-parse", "HEAD")
    repository.git("tag", "v1", "--annotate", "--message", "one")
    repository.commit()
    for name in ("HEAD~1", "v1", "main^", first, first[:12]):
        assert find_revision(repository.project.content, name).commit == first
    assert find_revision(repository.project.content, first).name == first[:10]


@pytest.mark.parametrize("name", ["nowhere", "HEAD:content", "--all", "-h", "", "x\0y", "HEAD HEAD", "\u202e"])
def test_a_revision_that_is_none(repository: Repository, name: str) -> None:
    with pytest.raises(UsageError, match=r"git has no revision .* here; fetch it with: git fetch"):
        find_revision(repository.project.content, name)


def test_a_clone_that_is_too_shallow(repository: Repository, tmp_path: Path) -> None:
    first = repository.git("rev-parse", "HEAD")
    repository.commit()
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{repository.folder}", str(tmp_path / "clone"))
    with pytest.raises(UsageError, match=r"shallow clone.*git fetch --unshallow \(in a workflow: fetch-depth: 0\)"):
        find_revision(tmp_path / "clone" / "content", first)
    git(tmp_path / "clone", "fetch", "--quiet", "--unshallow")
    assert find_revision(tmp_path / "clone" / "content", first).commit == first


def test_no_repository(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(project.folder.parent))
    with pytest.raises(UsageError, match="is in no git repository"):
        find_revision(project.content, "HEAD")


def test_no_commit_yet(project: Project) -> None:
    git(project.folder, "init", "--quiet")
    with pytest.raises(UsageError, match="no commit here yet"):
        find_revision(project.content)


def test_no_git(repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="git is not installed"):
        find_revision(repository.project.content, "HEAD")


def test_a_damaged_repository(repository: Repository) -> None:
    repository.project.replace(FLOOD, ANSWER, "answer: Other.\n")
    blob = repository.git("rev-parse", f"HEAD:content/{FLOOD}")
    (repository.folder / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(UsageError, match=f"git cannot read {FLOOD} of that revision"):
        look(repository.project.content)


# --- on whose machine ---------------------------------------------------------------------------------------


def test_nobodys_settings_matter(repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither what a user or a hook sets, nor a language, nor another repository named by a variable."""
    content = repository.project.content
    repository.project.write("places/élan.yaml", "name: x\n")
    expected_commit = repository.commit()
    repository.project.replace(FLOOD, ANSWER, "answer: Other.\n")
    expected = look(content)
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "--quiet")
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\n")
    trap.chmod(0o755)
    (tmp_path / "settings").write_text(
        f"[core]\n\tfsmonitor = {trap}\n\tpager = {trap}\n\tquotePath = true\n\tabbrev = 4\n\thooksPath = {tmp_path}\n\tautocrlf = true\n"
        f'[color]\n\tui = always\n[alias]\n\tls-tree = !{trap}\n[diff]\n\texternal = {trap}\n[pager]\n\tls-tree = true\n[filter "x"]\n\tsmudge = {trap}\n'
    )
    blob = repository.git("rev-parse", f"HEAD:content/{FLOOD}")
    repository.git("replace", blob, repository.git("rev-parse", "HEAD:content/places/upper-example.yaml"))
    (repository.folder / ".git" / "info" / "attributes").write_text("*.yaml filter=x ident export-ignore text eol=crlf\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "settings"))
    for name, value in {"GIT_DIR": str(other / ".git"), "GIT_WORK_TREE": str(other), "GIT_INDEX_FILE": "x", "GIT_PREFIX": "x/", "LC_ALL": "de_DE.UTF-8", "LANGUAGE": "de", "GIT_TRACE": "1", "GIT_PAGER": str(trap)}.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    assert look(content) == expected
    assert find_revision(content).commit == expected_commit
    assert not (tmp_path / "sprung").exists()


def test_it_leaves_no_trace(repository: Repository) -> None:
    """Looking does not even refresh git's index."""
    repository.project.replace(FLOOD, ANSWER, "answer: Other.\n")
    files = {file: file.stat().st_mtime_ns for file in repository.folder.rglob("*")}
    look(repository.project.content)
    assert {file: file.stat().st_mtime_ns for file in repository.folder.rglob("*")} == files


def test_as_many_processes_for_a_thousand_records(repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = repository.project
    add_many(project, places=500, sources=500)
    repository.commit()
    shutil.rmtree(project.content / "places")
    real = shutil.which("git")
    counter = tmp_path / "bin" / "git"
    counter.parent.mkdir()
    counter.write_text(f'#!/bin/sh\necho "$5" >> {tmp_path}/calls\nexec {real} "$@"\n')
    counter.chmod(0o755)
    monkeypatch.setenv("PATH", f"{counter.parent}{os.pathsep}{os.environ['PATH']}")
    found = look(project.content)
    assert len(found.changed) == 503
    assert len((tmp_path / "calls").read_text().splitlines()) <= 5
