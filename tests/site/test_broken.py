"""Broken content, templates and usage: every problem is located, nothing is published, nothing is lost."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.projects import Done, Project, files_of, flood_project, run, told

PROBLEM = re.compile(r"(?P<path>[\w./-]+):(?P<line>\d+):(?P<col>\d+): (?:(?P<field>[\w.\[\]]+): )?(?P<said>.+)")


def no_traceback(done: Done) -> None:
    assert "Traceback" not in done.stdout + done.stderr
    assert ".py" not in done.stdout + done.stderr


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with its site, to break and mend again."""
    project = flood_project(tmp_path_factory.mktemp("published") / "project")
    project.build()
    return project


@pytest.fixture
def broken(published: Project) -> Iterator[Callable[[], Project]]:
    """Give the project, and put back everything but the site afterwards."""
    before = {
        file: file.read_bytes()
        for folder in ("content", "site_templates")
        for file in (published.folder / folder).rglob("*")
        if file.is_file()
    }
    settings = (published.folder / "mkdocs.yml").read_bytes()
    site = files_of(published.site)
    yield lambda: published
    for folder in ("content", "site_templates"):
        for file in (published.folder / folder).rglob("*"):
            if file.is_file() and file not in before:
                file.unlink()
    for file, data in before.items():
        file.write_bytes(data)
    (published.folder / "mkdocs.yml").write_bytes(settings)
    assert files_of(published.site) == site, "the published site was touched"
    assert [path.name for path in published.folder.iterdir() if path.name.startswith(".briefbook")] == []


def break_in_ten_ways(project: Project) -> None:
    """One mistake in each of ten files."""
    project.write("places/bad-yaml.yaml", 'name: "Never closed\nkind: village\n')
    project.write("places/two-names.yaml", "name: One\nkind: village\nname: Two\n")
    project.write("places/near-name.yaml", "name: Near\nkind: village\nsumary: A village.\n")
    project.write("places/wrong-type.yaml", "name: Wrong\nkind:\n  - village\n")
    project.replace("sources/gazette-own-report.yaml", "date: 2021-05-04", "date: 2021-02-30")
    project.write("places/dangling.yaml", "name: Dangling\nkind: village\nwithin: fable-vally\n")
    project.write("places/Upper-Example.yaml", "name: Twin\nkind: village\n")
    project.write("briefings/no-as-of.yaml", BRIEFING.replace("as_of: 2021-05-03", "scope: upstream"))
    project.write("briefings/two-copies.yaml", BRIEFING.replace("status: reported", "status: corroborated"))
    project.write("briefings/cycle.yaml", CYCLE)


BRIEFING = """\
title: Another flood
label: update
published: 2021-05-04
as_of: 2021-05-06
covers: 2021-05-02
answer: The river rose.
highlights: [cl-a]
claims:
  - id: cl-a
    text: The river rose.
    said_by: [fable-rescue]
    said_on: 2021-05-02
    sources: [gazette-wire-copy, example-wire-flood]
    status: reported
    figures:
      - id: fg-a
        measure: people-moved
        value: 200
        unit: people
        as_of: 2021-05-03
"""
CYCLE = """\
title: A third flood
label: update
published: 2021-05-04
as_of: 2021-05-06
covers: 2021-05-02
answer: The river rose.
highlights: [cl-a]
claims:
  - id: cl-a
    text: The river rose.
    said_by: [fable-rescue]
    said_on: 2021-05-02
    sources: [rescue-release]
    status: superseded
    supersedes: [cl-b]
  - id: cl-b
    text: The river fell.
    said_by: [fable-rescue]
    said_on: 2021-05-03
    sources: [rescue-release]
    status: superseded
    supersedes: [cl-a]
"""
MISTAKES = [
    # path, line, field, words that must be in what is said
    ("content/briefings/cycle.yaml", 15, "claims[0].supersedes[0]", "cl-a → cl-b → cl-a"),
    ("content/briefings/no-as-of.yaml", 16, "claims[0].figures[0]", "as_of"),
    ("content/briefings/two-copies.yaml", 14, "claims[0].status", "example-wire"),
    ("content/places/Upper-Example.yaml", 1, "", "upper-example"),
    ("content/places/bad-yaml.yaml", 1, "", "quot"),
    ("content/places/dangling.yaml", 3, "within", "did you mean `fable-valley`?"),
    ("content/places/near-name.yaml", 3, "sumary", "did you mean `summary`?"),
    ("content/places/two-names.yaml", 3, "name", "first on line 1"),
    ("content/places/wrong-type.yaml", 3, "kind", "a list"),
    ("content/sources/gazette-own-report.yaml", 4, "date", "2021-02-30"),
]


@pytest.mark.parametrize("command", ["check", "build"])
def test_ten_mistakes_are_ten_problems(broken: Callable[[], Project], command: str) -> None:
    project = broken()
    break_in_ten_ways(project)
    done = project.run(command)
    assert done.returncode == 1
    no_traceback(done)
    lines = told(done)
    found = [match for line in lines if (match := PROBLEM.fullmatch(line))]
    assert len(found) == len(lines) == len(MISTAKES), done.stdout
    for match, (path, line, field, said) in zip(found, MISTAKES, strict=True):
        assert (match["path"], int(match["line"])) == (path, line), match[0]
        assert (match["field"] or "") == field, match[0]
        assert said in match["said"], match[0]
        assert match["said"].count("; ") >= 1, f"no hint: {match[0]}"
    assert done.stderr.endswith(f"{len(MISTAKES)} problems in {len(MISTAKES)} files\n")


def test_problems_as_json(broken: Callable[[], Project]) -> None:
    project = broken()
    break_in_ten_ways(project)
    done = project.run("check", "--format", "json")
    assert done.returncode == 1
    assert [(problem["path"], problem["line"]) for problem in json.loads(done.stdout)] == [(path, line) for path, line, _, _ in MISTAKES]


def test_mkdocs_itself_refuses_too(broken: Callable[[], Project]) -> None:
    project = broken()
    break_in_ten_ways(project)
    done = run("mkdocs", "build", "--strict", cwd=project.folder)
    assert done.returncode == 1
    assert "content/places/near-name.yaml:3:1" in done.stderr
    assert "Traceback" not in done.stderr


# --- templates --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "old", "new", "line"),
    [
        ("place.md.j2", "# {{ place.name }}", "# {{ place.name }", 3),
        ("place.md.j2", "# {{ place.name }}", "# {{ place.nmae }}", 3),
        ("place.md.j2", "# {{ place.name }}", "# {{ plaice }}", 3),
        ("source.md.j2", "# {{ source.title", "{% if source %}\n# {{ source.title", None),
        ("timeline.md.j2", "# {{ page.title }}", "{% include 'missing.md.j2' %}", 1),
    ],
)
def test_a_mistake_in_a_template_is_located(broken: Callable[[], Project], name: str, old: str, new: str, line: int | None) -> None:
    project = broken()
    file = project.templates / name
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")
    if line is not None:
        line = text[: text.index(old)].count("\n") + 1
    done = project.invoke("build")
    assert done.returncode == 1
    no_traceback(done)
    match = PROBLEM.fullmatch("\n".join(told(done)))
    assert match, done.stdout
    assert match["path"] == f"site_templates/pages/{name}"
    assert done.stderr.endswith("1 problem in 1 file\n")
    assert line is None or int(match["line"]) == line


# --- hand-written pages -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("[gone](../places/nowhere.md)", "places/nowhere.md"),
        ("[gone](../places/upper-example.md#nowhere)", "nowhere"),
        ("![gone](../images/none.png)", "images/none.png"),
        ("[gone](#nowhere)", "nowhere"),
    ],
)
def test_a_dead_link_in_a_hand_written_page_stops_the_build(broken: Callable[[], Project], link: str, said: str) -> None:
    project = broken()
    project.write("about/method.md", f"# Method\n\nSee {link}.\n")
    done = project.invoke("build")
    assert done.returncode == 1
    no_traceback(done)
    assert "about/method.md" in done.stdout
    assert said in done.stdout


def test_a_good_link_does_not(broken: Callable[[], Project], tmp_path: Path) -> None:
    project = broken()
    project.write("about/method.md", "# Method\n\nSee [it](../places/upper-example.md#names) and ![it](../images/bridge.png).\n")
    done = project.invoke("build", "--site-dir", tmp_path / "site")
    assert done.returncode == 0, done.stdout


def test_a_hand_written_page_in_a_records_place_is_refused(broken: Callable[[], Project]) -> None:
    project = broken()
    project.write("timeline.md", "# Mine\n")
    done = project.invoke("build")
    assert done.returncode == 1
    assert "timeline.md" in done.stdout


# --- usage ------------------------------------------------------------------------------------------------


def usage(done: Done, said: str) -> None:
    assert done.returncode == 2, done.stdout + done.stderr
    no_traceback(done)
    assert said in done.stderr


def test_no_settings(tmp_path: Path) -> None:
    usage(Project(tmp_path).invoke("check"), "no mkdocs.yml")
    usage(run("generator", "build", cwd=tmp_path), "no mkdocs.yml")
    assert list(tmp_path.iterdir()) == []


def test_no_such_folder(tmp_path: Path) -> None:
    usage(Project(tmp_path / "nowhere").invoke("check"), "no mkdocs.yml")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  - briefbook:\n      templates_dir: site_templates\n", "  - search\n", "briefbook"),
        ("templates_dir: site_templates", "templates_dir: nowhere", "nowhere"),
        ("docs_dir: content", "docs_dir: nowhere", "nowhere"),
        ("site_dir: site", "site_dir: content", "site_dir"),
        ("site_name: Fable Valley Facts", "site_name: [", "mkdocs.yml"),
        ("site_name: Fable Valley Facts", "site_nmae: x", "site_name"),
    ],
)
def test_wrong_settings(broken: Callable[[], Project], old: str, new: str, said: str) -> None:
    project = broken()
    file = project.folder / "mkdocs.yml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    usage(project.invoke("build"), said)


def test_an_unknown_setting_is_told_and_harmless(broken: Callable[[], Project], caplog: pytest.LogCaptureFixture) -> None:
    project = broken()
    with (project.folder / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("site_nmae: x\n")
    assert project.invoke("check").returncode == 0
    assert "site_nmae" in caplog.text


def test_unknown_words(project: Project) -> None:
    usage(project.invoke("new", "plaice", "x"), "plaice")
    usage(project.invoke("new", "place", "Not An Id"), "not-an-id")
    usage(project.invoke("publish"), "publish")
    usage(project.invoke("check", "--format", "xml"), "xml")
    usage(project.invoke("build", "--strict"), "--strict")


def test_folders_that_hold_other_things(project: Project, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "thesis.txt").write_text("years of work", encoding="utf-8")
    usage(project.invoke("build", "--site-dir", other), "not built here")
    usage(project.invoke("export", other), "not empty")
    usage(project.invoke("build", "--site-dir", project.content), "not built here")
    usage(project.invoke("build", "--site-dir", project.folder), "not built here")
    assert [(file.name, file.read_text(encoding="utf-8")) for file in other.iterdir()] == [("thesis.txt", "years of work")]


def test_the_project_is_found_from_a_folder_inside(published: Project) -> None:
    done = run("generator", "check", cwd=published.content / "places")
    assert done.returncode == 0
    assert "No problems in 1 briefing, 3 places" in done.stdout


def test_check_changes_nothing(broken: Callable[[], Project]) -> None:
    """But for what it remembers."""
    project = broken()

    def files() -> dict[str, str]:
        return {name: digest for name, digest in files_of(project.folder).items() if not name.startswith(".cache/")}

    before = files()
    assert project.invoke("check").returncode == 0
    assert files() == before
