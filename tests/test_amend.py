"""`amend`: what an editor changed since it was published, told in the file's own history, and nothing else touched."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from generator.pipeline import check
from generator.records import Briefing
from tests.projects import ROOT, Done, Project, files_of, own_project
from tests.repository import Repository, git, published

FLOOD = "briefings/fable-flood.yaml"
PATH = f"content/{FLOOD}"
OWN = "briefings/deir-ez-zor-al-qaim-2017-11-03.yaml"


@pytest.fixture
def repository(project: Project) -> Repository:
    return published(project)


def amend(project: Project, name: str = PATH, *options: str) -> Done:
    return project.invoke("amend", name, "--kind", "correction", "--note", "It was one village.", "--at", "2021-05-07", *options)


def test_it_tells_what_changed(repository: Repository) -> None:
    project = repository.project
    project.replace(FLOOD, "title: River Fable floods two villages\n", "title: River Fable floods a village\n")
    project.replace(FLOOD, "        value: 200\n", "        value: 100\n")
    before = (project.content / FLOOD).read_text()
    done = amend(project)
    commit = repository.git("rev-parse", "--short=10", "HEAD")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        f"{PATH}: an entry of 2021-05-07 that tells what changed since HEAD ({commit}):\n"
        "  title: `River Fable floods two villages` → `River Fable floods a village`\n"
        "  claims[cl-moved].figures[fg-moved].value: `200` → `100`\n"
    )
    assert (project.content / FLOOD).read_text() == before + (
        "  - at: 2021-05-07\n"
        "    kind: correction\n"
        "    note: It was one village.\n"
        "    changes:\n"
        "      - path: title\n"
        "        from: River Fable floods two villages\n"
        "        to: River Fable floods a village\n"
        "      - path: claims[cl-moved].figures[fg-moved].value\n"
        "        from: 200\n"
        "        to: 100\n"
    )
    assert project.invoke("check", "--against", "HEAD").returncode == 0


def test_every_other_byte_stays(repository: Repository) -> None:
    """Comments, quotes of both kinds, CRLF, a text of another script, an odd end: all as before, in front and behind."""
    project = repository.project
    text = (
        "\ufeff# yaml-language-server: $schema=../../schema/place.json\r\nname: 'Upper Example'   # as \"it\" is written\r\n\r\n"
        'kind: "village"\r\nnames:\r\n    ar: "إكزامبل ‏العليا"   # من الخريطة\r\n    zh-Hant: 上例\r\nupdates:  # oldest first\r\n'
        "-   at:   2021-05-05\r\n    kind: 'clarification'\r\n    note: >-\r\n      Not the\r\n      lower one.\r\n    # sure\r\n\r\n"
        "# --- Where ---\r\ncountry: FX\r\nvariants: [ 'Up. Ex.', \"U.E.\" ]   \r\n...\r\n# end"
    )
    file = project.content / "places" / "upper-example.yaml"
    file.write_bytes(text.encode())
    repository.commit()
    text = text.replace("上例", "上範例")
    file.write_bytes(text.encode())
    assert amend(project, "content/places/upper-example.yaml").returncode == 0
    entry = (
        "- at: 2021-05-07\r\n  kind: correction\r\n  note: It was one village.\r\n  changes:\r\n"
        "  - path: names.zh-Hant\r\n    from: 上例\r\n    to: 上範例\r\n"
    )
    mark = "    # sure\r\n"
    assert file.read_bytes() == text.replace(mark, mark + entry).encode()
    assert project.invoke("check", "--against", "HEAD").returncode == 0


def test_twice_in_a_row(repository: Repository) -> None:
    project = repository.project
    project.replace(FLOOD, "label: update\n", "label: final\n")
    assert amend(project).returncode == 0
    before = files_of(project.content)
    done = amend(project)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(rf"{PATH}: nothing changed since HEAD \(\w+\) that its entries do not tell\.\n", done.stdout)
    assert files_of(project.content) == before


def test_a_change_after_the_entry_has_one_of_its_own(repository: Repository) -> None:
    project = repository.project
    project.replace(FLOOD, "label: update\n", "label: explainer\n")
    assert amend(project).returncode == 0
    project.replace(FLOOD, "label: explainer\n", "label: final\n")
    found = project.invoke("check").stdout
    assert "updates[1].changes[0].to: `explainer`, but `final` stands there" in found
    assert f"briefbook amend {PATH} --kind correction" in found
    assert "  label: `explainer` → `final`\n" in amend(project).stdout
    assert project.invoke("check", "--against", "HEAD").returncode == 0
    briefing = check(project.content)[0].briefings["fable-flood"]
    assert [[(change.from_, change.to) for change in entry.changes] for entry in briefing.updates[1:]] == [
        [("update", "explainer")],
        [("explainer", "final")],
    ]


def test_all_at_once_on_a_real_sheet(tmp_path: Path) -> None:
    """A claim goes, one comes, one gets another id, claims change places: the entry tells it, and leads back exactly."""
    repository = published(own_project(tmp_path / "own"))
    project = repository.project
    text = (project.content / OWN).read_text(encoding="utf-8")
    text = text.replace("  - id: city-lost\n", "  - id: city-declared-lost\n    formerly: [city-lost]\n")
    text = re.sub(r"(claims: \[|disputes: \[|supersedes: \[|- )city-lost\b", r"\1city-declared-lost", text)
    start, end = text.index("  - id: threat-remains"), text.index("\n\n", text.index("  - id: threat-remains"))
    claim = text[start:end]
    text = text.replace(claim, "").replace("\nclaims:\n", f"\nclaims:\n{claim}\n", 1)
    (project.content / OWN).write_text(text, encoding="utf-8")
    assert project.invoke("check").returncode == 0, project.invoke("check").stdout
    done = project.invoke("amend", f"content/{OWN}", "--kind", "update", "--note", "Order.", "--at", "2026-12-01")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "claims[city-declared-lost].id: `city-lost` → `city-declared-lost`" in done.stdout
    assert "  claims[]: " in done.stdout
    new = (project.content / OWN).read_text(encoding="utf-8")
    assert new.startswith(text)
    assert project.invoke("check", "--against", "HEAD").returncode == 0


def test_since_when_it_was_known(repository: Repository) -> None:
    project = repository.project
    project.replace(FLOOD, "label: update\n", "label: final\n")
    assert amend(project, PATH, "--known", "2021-05~").returncode == 0
    entry = check(project.content)[0].briefings["fable-flood"].updates[-1]
    assert (str(entry.at), str(entry.known)) == ("2021-05-07", "2021-05~")


def test_the_day_is_today(repository: Repository) -> None:
    project = repository.project
    project.replace(FLOOD, "label: update\n", "label: final\n")
    days = [date.today()]
    assert project.invoke("amend", PATH, "--kind", "update", "--note", "It is over.").returncode == 0
    days.append(date.today())
    assert str(check(project.content)[0].briefings["fable-flood"].updates[-1].at) in map(str, days)


# --- what was published -------------------------------------------------------------------------------------


def test_a_new_record_needs_no_entry(repository: Repository) -> None:
    project = repository.project
    project.write("measures/depth.yaml", "title: Depth\nunit: m\nscope: There.\ncomparability: One gauge.\n")
    before = files_of(project.content)
    done = amend(project, "content/measures/depth.yaml")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(
        r"content/measures/depth\.yaml has never been published: HEAD \(\w+\) does not have it, so no entry is needed\.\n", done.stdout
    )
    assert files_of(project.content) == before


def test_a_record_under_another_id(repository: Repository) -> None:
    folder = repository.project.content / "measures"
    (folder / "depth.yaml").write_text("title: Depth\nunit: m\nscope: There.\ncomparability: One gauge.\n")
    repository.commit()
    (folder / "depth.yaml").rename(folder / "height.yaml")
    (folder / "height.yaml").write_text("title: Height\nunit: m\nscope: There.\ncomparability: One gauge.\nformerly: [depth]\n")
    done = amend(repository.project, "content/measures/height.yaml")
    assert [line.strip() for line in done.stdout.splitlines()[1:]] == ["title: `Depth` → `Height`", "formerly: nothing → `depth`"]
    assert repository.project.invoke("check", "--against", "HEAD").returncode == 0


def test_what_the_server_has_is_what_was_published(repository: Repository, tmp_path: Path) -> None:
    """Commits that were not pushed yet are no publication."""
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", str(repository.folder), str(clone))
    project = Project(clone)
    project.replace(FLOOD, "label: update\n", "label: final\n")
    Repository(project, clone).commit()
    assert "nothing changed since HEAD" in amend(project, PATH, "--against", "HEAD").stdout
    assert "that tells what changed since main@{upstream} (" in amend(project).stdout


def test_another_revision(repository: Repository) -> None:
    project = repository.project
    first = repository.git("rev-parse", "HEAD")
    project.replace(FLOOD, "label: update\n", "label: final\n")
    repository.commit()
    assert f"since {first[:10]}:\n  label: `update` → `final`\n" in amend(project, PATH, "--against", first).stdout


def test_a_file_may_be_named_from_where_one_is(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    project = repository.project
    project.replace(FLOOD, "label: update\n", "label: final\n")
    monkeypatch.chdir(project.content / "briefings")
    assert amend(project, "fable-flood.yaml").returncode == 0
    assert "nothing changed" in amend(project, str(project.content / FLOOD)).stdout
    (project.folder.parent / "link").symlink_to(project.folder)
    assert "nothing changed" in amend(Project(project.folder.parent / "link"), str(project.content / FLOOD)).stdout


# --- refused ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--note", ""], "--note: empty; text"),
        (["--note", "see [this](nowhere"], "--note: `](`, part of a link that is not whole"),
        (["--note", "x\u202ey"], "--note holds the invisible character U+202E; delete it"),
        (["--at", "2021-05"], "--at: `2021-05`; one exact day, like 2017-11-03"),
        (["--at", "7 May 2021"], "--at: `7 May 2021`: no date of an accepted form"),
        (["--at", "2021-05-05"], "--at 2021-05-05: the last entry is of 2021-05-06, and a later one cannot be older"),
        (["--known", "soon"], "--known: `soon`"),
        (["--known", "2021-05-08"], "an entry of 2021-05-07 on what was known since 2021-05-08; `known` not after `at`"),
        (["--against", "nowhere"], "git has no revision nowhere here"),
    ],
)
def test_an_entry_that_would_be_none(repository: Repository, options: list[str], said: str) -> None:
    repository.project.replace(FLOOD, "label: update\n", "label: final\n")
    before = files_of(repository.project.content)
    done = amend(repository.project, PATH, *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"briefbook: {said}")
    assert files_of(repository.project.content) == before


@pytest.mark.parametrize(
    "name", ["content/places/nowhere.yaml", "mkdocs.yml", "content/about/method.md", "content/places", "content/places/.x.yaml"]
)
def test_a_file_that_is_no_record(repository: Repository, name: str) -> None:
    repository.project.write("places/.x.yaml", "name: x\nkind: y\n")
    done = amend(repository.project, name)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{name} is no " in done.stderr


def test_a_record_with_problems(repository: Repository) -> None:
    """Its own are told, those of others are not."""
    project = repository.project
    project.replace(FLOOD, "label: update\n", "label: finall\n")
    project.replace(FLOOD, "  - id: ev-rise\n", "  - id: ev-rise\n    summary: See [it](place:nowhere).\n")
    project.write("measures/depth.yaml", "title: Depth\n")
    before = files_of(project.content)
    done = amend(project)
    assert (done.returncode, done.stderr) == (1, "2 problems in 1 file\n")
    assert [line.partition("; ")[0] for line in done.stdout.splitlines() if line.startswith(PATH)] == [
        f"{PATH}:2:8: label: the text `finall`",
        f"{PATH}:98:14: events[0].summary: no place `nowhere`",
    ]
    assert files_of(project.content) == before


def test_a_record_whose_references_lead_nowhere(repository: Repository) -> None:
    repository.project.replace(FLOOD, "  - id: ev-rise\n", "  - id: ev-rise\n    summary: See [it](place:nowhere).\n")
    done = amend(repository.project)
    assert (done.returncode, done.stderr) == (1, "1 problem in 1 file\n")


def test_a_record_behind_a_link(repository: Repository) -> None:
    (repository.project.content / "places" / "link.yaml").symlink_to("upper-example.yaml")
    done = amend(repository.project, "content/places/link.yaml")
    assert done.returncode == 1
    assert "a symbolic link" in done.stdout


def test_a_published_entry_that_was_changed(repository: Repository) -> None:
    project = repository.project
    project.replace(FLOOD, "note: A later number of people.", "note: A number.")
    project.replace(FLOOD, "label: update\n", "label: final\n")
    done = amend(project)
    assert done.returncode == 1
    assert "updates[0]: the entry of 2021-05-06, `A later number of people.`, is not as it stands in HEAD" in done.stdout


def test_an_earlier_entry_that_leads_nowhere(repository: Repository) -> None:
    """One more entry would not mend it."""
    project = repository.project
    project.replace(FLOOD, "        from: [cl-rose]\n", "        from: []\n")
    repository.commit()
    project.replace(FLOOD, "label: update\n", "label: final\n")
    before = files_of(project.content)
    done = amend(project)
    assert done.returncode == 1
    assert f"{PATH}:127:5: updates[0]: before this entry, `highlights` had an empty list" in done.stdout
    assert files_of(project.content) == before


def test_a_file_that_cannot_be_extended(repository: Repository) -> None:
    project = repository.project
    project.write("measures/depth.yaml", "{title: Depth, unit: m, scope: There., comparability: One gauge.}\n")
    repository.commit()
    project.replace("measures/depth.yaml", "There.", "Here.")
    done = amend(project, "content/measures/depth.yaml")
    assert done.returncode == 1
    assert done.stderr.startswith("briefbook: content/measures/depth.yaml: `updates` is written in a way that cannot be extended safely")


# --- withdrawals, and the file itself -----------------------------------------------------------------------


def test_a_withdrawal(repository: Repository) -> None:
    project = repository.project
    quote = "    text: The water came faster than [it] ever did.\n"
    project.replace(FLOOD, quote, f"{quote}    withdrawn: She never said so.\n")
    done = amend(project, PATH, "--kind", "withdrawal")
    assert (done.returncode, done.stderr) == (0, "")
    assert "  quotes[qt-water].withdrawn: nothing → `She never said so.`\n" in done.stdout
    briefing = check(project.content)[0].briefings["fable-flood"]
    assert isinstance(briefing, Briefing)
    assert [quote.withdrawn for quote in briefing.quotes] == ["She never said so."]


def test_a_withdrawal_of_nothing(repository: Repository) -> None:
    repository.project.replace(FLOOD, "label: update\n", "label: final\n")
    done = amend(repository.project, PATH, "--kind", "withdrawal")
    assert done.returncode == 0
    assert (
        done.stderr == "briefbook: warning: nothing in it is withdrawn; say `withdrawn: why` in what no longer stands, and run this again\n"
    )


@pytest.mark.skipif(os.name == "nt", reason="modes as POSIX has them")
def test_the_file_keeps_its_mode_and_nothing_is_left_beside_it(repository: Repository) -> None:
    project = repository.project
    project.replace(FLOOD, "label: update\n", "label: final\n")
    (project.content / FLOOD).chmod(0o640)
    assert amend(project).returncode == 0
    assert stat.S_IMODE((project.content / FLOOD).stat().st_mode) == 0o640
    assert [file.name for file in (project.content / "briefings").iterdir()] == ["fable-flood.yaml"]


@pytest.mark.skipif(sys.platform == "win32", reason="limits as POSIX has them")
def test_a_full_disk_leaves_the_file(repository: Repository) -> None:
    """No file may grow past a kilobyte, which is what a full disk looks like."""
    project = repository.project
    project.replace(FLOOD, "label: update\n", "label: final\n")
    before = files_of(project.content)
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)); from generator.cli import main; main(sys.argv[1:])"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    options = ["amend", PATH, "--kind", "update", "--note", "Over."]
    done = subprocess.run(
        [sys.executable, "-B", "-c", code, "-C", project.folder, *options],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "briefbook: File too large\n")
    assert files_of(project.content) == before
