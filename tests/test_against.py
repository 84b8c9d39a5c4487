"""`check --against`: what was published neither changes nor disappears without a word."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.projects import Project, own_project
from tests.repository import Repository, published

FLOOD = "briefings/fable-flood.yaml"
PATH = f"content/{FLOOD}"
TITLE = "title: River Fable floods two villages\n"
ENTRY = "  - at: 2021-05-07\n    kind: correction\n    note: It was one village.\n    changes:\n"
TOLD = f'an entry in `updates` that tells of it; briefbook amend {PATH} --kind correction --note "…"'
KEPT = (
    "every part that was published; bring it back and say in `withdrawn` why it no longer stands; "
    "or, if it has another id now, name this one in `formerly` there"
)


@pytest.fixture
def repository(project: Project) -> Repository:
    return published(project)


def said(repository: Repository) -> list[str]:
    """The problems, without what is the same in all: the revision, and the way out."""
    done = repository.project.invoke("check", "--against", "HEAD")
    commit = repository.git("rev-parse", "--short=10", "HEAD")
    assert done.returncode == (1 if done.stdout.startswith("content/") else 0)
    return [
        line.replace(f"HEAD ({commit})", "HEAD").removesuffix(f"; {TOLD}")
        for line in done.stdout.splitlines()
        if line.startswith("content/")
    ]


def test_nothing_changed(repository: Repository) -> None:
    done = repository.project.invoke("check", "--against", "HEAD")
    commit = repository.git("rev-parse", "--short=10", "HEAD")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith(
        f", 1 event.\nOf 14 records published in HEAD ({commit}), 0 changed since, and their entries tell all they must.\n"
    )


def test_without_a_revision_git_is_not_asked(project: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert project.invoke("check").returncode == 0
    done = project.invoke("check", "--against", "HEAD")
    assert (done.returncode, done.stderr) == (2, "briefbook: git is not installed, or not on the PATH; history is read with it\n")


def test_a_changed_fact(repository: Repository) -> None:
    repository.project.replace(FLOOD, TITLE, "title: River Fable floods a village\n")
    assert said(repository) == [f"{PATH}:1:8: title: `River Fable floods a village`, was `River Fable floods two villages` in HEAD"]


def test_a_fact_added_and_one_removed(repository: Repository) -> None:
    repository.project.replace(FLOOD, "    channel: news release\n", "    role: A unit of volunteers\n")
    assert said(repository) == [
        f"{PATH}:15:5: claims[0]: `claims[cl-rose].channel` is gone, was `news release` in HEAD",
        f"{PATH}:18:11: claims[0].role: `A unit of volunteers`, new since HEAD",
    ]


def test_a_claim_that_vanished(repository: Repository) -> None:
    project = repository.project
    text = (project.content / FLOOD).read_text()
    gone = text[text.index("  - id: cl-dam-held") : text.index("  - id: cl-dam-leaked")]
    project.write(FLOOD, text.replace(gone, "").replace("status: disputed\n    disputes: [cl-dam-held]", "status: reported").replace("[cl-dam-held, cl-dam-leaked]", "[cl-rose, cl-dam-leaked]"))  # fmt: skip
    assert [line for line in said(repository) if "claims[cl-dam" in line] == [
        f"{PATH}:15:3: claims: `claims[cl-dam-held]` is gone, though HEAD has it; {KEPT}",
        f"{PATH}:61:5: claims[3]: `claims[cl-dam-leaked].disputes` is gone, was `cl-dam-held` in HEAD",
    ]
    assert len(said(repository)) == 4, "that the claims behind it moved up is no change"


def test_claims_in_another_order(repository: Repository) -> None:
    project = repository.project
    text = (project.content / FLOOD).read_text()
    held, leaked, rest = (text.index(mark) for mark in ("  - id: cl-dam-held", "  - id: cl-dam-leaked", "quotes:\n"))
    project.write(FLOOD, text[:held] + text[leaked:rest] + text[held:leaked] + text[rest:])
    order = "cl-rose, cl-moved, cl-moved-later, cl-dam-held, cl-dam-leak…"
    assert said(repository) == [f"{PATH}:15:3: claims: `claims[]` in another order, was `{order}` in HEAD"]


def test_what_readers_do_not_see_may_change(repository: Repository) -> None:
    project = repository.project
    project.replace(FLOOD, TITLE, f"# Checked by two.\n{TITLE}")
    project.replace(FLOOD, "    review_by: 2021-06-01\n", "    review_by: 2021-07-01\n")
    project.replace(FLOOD, "context: The Fable floods every spring.\n", "context: >-\n  The Fable floods\n  every spring.\n")
    assert said(repository) == []


def test_an_entry_that_tells_all(repository: Repository) -> None:
    project = repository.project
    project.replace(FLOOD, TITLE, "title: River Fable floods a village\n")
    entry = f"{ENTRY}      - path: title\n        from: River Fable floods two villages\n        to: River Fable floods a village\n"
    project.write(FLOOD, (project.content / FLOOD).read_text() + entry)
    assert said(repository) == []
    done = project.invoke("check", "--against", "HEAD")
    assert "Of 14 records published in HEAD" in done.stdout
    assert "1 changed since, and their entries tell all they must.\n" in done.stdout
    project.replace(FLOOD, "label: update\n", "label: final\n")
    assert said(repository) == [f"{PATH}:2:8: label: `final`, was `update` in the entry of 2021-05-07"], "the entry does not tell that"


def test_an_entry_that_tells_it_wrong(repository: Repository) -> None:
    """Each side of a change is looked at: what was published, and what stands there now."""
    project = repository.project
    project.replace(FLOOD, TITLE, "title: River Fable floods a village\n")
    entry = f"{ENTRY}      - path: title\n        from: River Fable flooded\n        to: River Fable floods a village\n"
    whole = (project.content / FLOOD).read_text()
    project.write(FLOOD, whole + entry)
    where = f"{PATH}:139:15: updates[1].changes[0]"
    assert said(repository) == [
        f"{where}.from: `River Fable flooded`, but `River Fable floods two villages` stood there; the value before this entry"
    ]
    project.write(
        FLOOD, whole + entry.replace("from: River Fable flooded", "from: River Fable floods two villages").replace("floods a", "floods one")
    )
    assert said(repository) == [f"{PATH}:1:8: title: `River Fable floods a village`, was `River Fable floods one village` in the entry of 2021-05-07"]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("note: A later number of people.", "note: A later number.", "127:5: updates[0]"),
        ("  - at: 2021-05-06\n", "  - at: 2021-05-05\n", "127:5: updates[0]"),
        ("to: [cl-rose, cl-moved-later]", "to: [cl-rose, cl-moved-later] \n    known: 2021-05-04", "127:5: updates[0]"),
        ("from: [cl-rose]", "from: [cl-moved]", "127:5: updates[0]"),
    ],
)
def test_an_entry_is_kept_for_ever(repository: Repository, old: str, new: str, where: str) -> None:
    repository.project.replace(FLOOD, old, new)
    expected = (
        "every published entry as it was: a history is kept for ever; bring it back, and say what has changed since in an entry below it"
    )
    assert said(repository) == [
        f"{PATH}:{where}: the entry of 2021-05-06, `A later number of people.`, is not as it stands in HEAD; {expected}"
    ]


def test_an_entry_that_is_gone(repository: Repository) -> None:
    project = repository.project
    text = (project.content / FLOOD).read_text()
    project.write(FLOOD, text[: text.index("updates:")])
    assert [line.partition(";")[0] for line in said(repository)] == [
        f"{PATH}:1:1: updates: the entry of 2021-05-06, `A later number of people.`, is not as it stands in HEAD"
    ]


def test_another_spelling_of_an_entry_is_the_same_entry(repository: Repository) -> None:
    repository.project.replace(FLOOD, "note: A later number of people.", "note: >-\n      A later number\n      of people.")
    assert said(repository) == []


def test_an_entry_before_a_published_one_changes_the_past(repository: Repository) -> None:
    new = "updates:\n  - at: 2021-05-05\n    kind: clarification\n    note: It was spring.\n"
    repository.project.replace(FLOOD, "updates:\n", new)
    assert ["is not as it stands in HEAD" in line for line in said(repository)] == [True]


def test_many_changes_are_told_in_short(repository: Repository) -> None:
    project = repository.project
    claims = "".join(
        f"  - id: cl-{number}\n    text: More.\n    said_by: [fable-rescue]\n    said_on: 2021-05-04\n    sources: [rescue-release]\n    status: reported\n"
        for number in range(30)
    )
    project.replace(FLOOD, "quotes:\n", f"{claims}quotes:\n")
    found = said(repository)
    assert len(found) == 21
    assert f"{PATH}:1:1: 10 more changes since HEAD; an entry in `updates` that tells of them; briefbook amend {PATH} --kind correction --note \"…\"" in found  # fmt: skip


# --- other kinds --------------------------------------------------------------------------------------------

PLACE = "places/upper-example.yaml"
PERSON = "people/ada-ferry.yaml"


def test_other_records_may_grow(repository: Repository) -> None:
    project = repository.project
    project.replace(PERSON, "variants: [A. Ferry]\n", "variants: [Ferry, A. Ferry]\nnote: Called by both names.\n")
    project.replace(PERSON, "roles:\n", "roles:\n  - title: Clerk\n    as_of: 2015\n    sources: [old-atlas]\n")
    assert said(repository) == []


def test_other_records_do_not_change_silently(repository: Repository) -> None:
    project = repository.project
    project.replace(PERSON, "name: Ada Ferry", "name: Ada B. Ferry")
    project.replace(PERSON, "to: 2022-03", "to: 2022-04")
    found = [line.partition("; an entry")[0] for line in said(repository)]
    assert len(found) == 2
    assert found[0].endswith("name: `Ada B. Ferry`, was `Ada Ferry` in HEAD")
    assert "to: 2022-04; sources: gazette-own-report`, was `" in found[1] and "to: 2022-03; " in found[1]
    assert (
        'briefbook amend content/people/ada-ferry.yaml --kind correction --note "…"' in project.invoke("check", "--against", "HEAD").stdout
    )


def test_what_another_record_loses_is_told(repository: Repository) -> None:
    project = repository.project
    project.write(PLACE, "name: P\nkind: town\nvariants: [One, Two, Three]\n")
    repository.commit()
    project.replace(PLACE, "variants: [One, Two, Three]", "variants: [One, Three, Four]")
    assert [line.partition("; an entry")[0].partition(": ")[2] for line in said(repository)] == [
        "variants: `One, Three, Four`, was `One, Two, Three` in HEAD"
    ]


# --- records that are gone ----------------------------------------------------------------------------------


def test_a_record_does_not_disappear(repository: Repository) -> None:
    file = repository.project.content / "measures" / "depth.yaml"
    file.write_text("title: Depth\nunit: m\nscope: There.\ncomparability: One gauge.\n")
    repository.commit()
    file.unlink()
    assert said(repository) == [
        "content/measures/depth.yaml:1:1: no such file, though HEAD has it; every record that was published; "
        "bring it back and say in `withdrawn` why it no longer stands; or, if it has another id now, name this one in `formerly` there"
    ]


def test_a_record_under_another_id_is_the_same(repository: Repository) -> None:
    """It is held against what it was under the former one."""
    folder = repository.project.content / "measures"
    (folder / "depth.yaml").write_text("title: Depth\nunit: m\nscope: There.\ncomparability: One gauge.\n")
    repository.commit()
    (folder / "depth.yaml").rename(folder / "height.yaml")
    (folder / "height.yaml").write_text("title: Height\nunit: m\nscope: There.\ncomparability: One gauge.\nformerly: [depth]\n")
    assert [line.partition("; an entry")[0] for line in said(repository)] == [
        "content/measures/height.yaml:1:8: title: `Height`, was `Depth` in HEAD"
    ]


def test_two_records_that_become_one(repository: Repository) -> None:
    """The one that stays is held against itself alone."""
    folder = repository.project.content / "measures"
    for name in ("depth", "height"):
        (folder / f"{name}.yaml").write_text(f"title: {name}\nunit: m\nscope: There.\ncomparability: One gauge.\n")
    repository.commit()
    (folder / "depth.yaml").unlink()
    (folder / "height.yaml").write_text("title: height\nunit: m\nscope: There.\ncomparability: One gauge.\nformerly: [depth]\n")
    assert said(repository) == []


def test_a_broken_record_is_not_gone(repository: Repository) -> None:
    repository.project.replace("measures/people-moved.yaml", "unit: people", "unti: people")
    assert [line.partition(": ")[2].partition(";")[0] for line in said(repository)] == ["unti: the unknown field `unti`"]


def test_what_could_not_be_read_was_not_published(repository: Repository) -> None:
    project = repository.project
    project.write("measures/draft.yaml", "title: [Depth\n")
    repository.commit()
    project.write("measures/draft.yaml", "title: Depth\nunit: m\nscope: There.\ncomparability: One gauge.\n")
    assert said(repository) == []
    (project.content / "measures" / "draft.yaml").unlink()
    assert said(repository) == []


def test_problems_for_programs(repository: Repository) -> None:
    repository.project.replace(FLOOD, TITLE, "title: Other\n")
    done = repository.project.invoke("check", "--format", "json", "--against", "HEAD")
    (problem,) = json.loads(done.stdout)
    assert (done.returncode, problem["field"], problem["line"], problem["col"]) == (1, "title", 1, 8)


def test_a_checkout_with_other_line_breaks_is_the_same(repository: Repository) -> None:
    for file in repository.project.content.rglob("*.yaml"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    done = repository.project.invoke("check", "--against", "HEAD")
    assert (done.returncode, done.stdout.endswith(", 14 changed since, and their entries tell all they must.\n")) == (0, True)


def test_our_own_records(tmp_path: Path) -> None:
    repository = published(own_project(tmp_path / "own"))
    name = "briefings/deir-ez-zor-al-qaim-2017-11-03.yaml"
    repository.project.replace(name, "label: explainer", "label: final")
    done = repository.project.invoke("check", "--against", "HEAD")
    assert "label: `final`, was `explainer` in HEAD" in done.stdout
    assert done.stderr == "1 problem in 1 file\n"
