"""Made-up corpora to measure with: the same each time, right by every rule, and edited without a fault."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest
import yaml

from generator.errors import Problem
from generator.pipeline import check
from tests.bench.corpus import records, write_project
from tests.bench.cost import CommandError, cost_of
from tests.bench.edits import edits
from tests.bench.folder import Folder
from tests.bench.hugo_site import convert
from tests.bench.yaml_text import record_text
from tests.projects import ROOT, files_of

SIZE = 40


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus") / "project"
    write_project(folder, SIZE, seed=7)
    return folder


def problems(folder: Path) -> list[Problem]:
    return list(check(folder / "content")[1])


def test_the_same_seed_gives_the_same_bytes() -> None:
    assert list(records(20, 7)) == list(records(20, 7))


def test_another_seed_gives_others() -> None:
    assert not {text for _, text in records(20, 7)} & {text for _, text in records(20, 8)}


def test_no_rule_is_broken(corpus: Path) -> None:
    assert problems(corpus) == []


def test_all_that_the_real_content_has_can_occur() -> None:
    """Every field and status of every kind; so can what it will have some day, withdrawn and renamed parts."""
    real = {field for file in (ROOT / "content").glob("*/*.yaml") for field in fields(file.parent.name, file.read_text(encoding="utf-8"))}
    made = {field for seed in range(8) for name, text in records(SIZE, seed) for field in fields(name.partition("/")[0], text)}
    assert real - made == set()
    assert {
        "briefings.withdrawn",
        "briefings.formerly",
        "briefings.claims.withdrawn",
        "briefings.claims.formerly",
        "sources.withdrawn",
    } <= made


def fields(folder: str, text: str) -> Iterator[str]:
    yield from _paths(yaml.load(text, Loader=yaml.CBaseLoader), folder)


def _paths(tree: object, path: str) -> Iterator[str]:
    for inner in tree if isinstance(tree, list) else ():
        yield from _paths(inner, path)
    for name, inner in tree.items() if isinstance(tree, dict) else ():
        yield f"{path}.{name}" + (f"={inner}" if name == "status" else "")
        if name not in ("changes", "names"):
            yield from _paths(inner, f"{path}.{name}")


def test_a_record_reads_back_as_it_was() -> None:
    tree = {
        "title": "One: two # three", "when": "[2017-11-02..2017-11-03]", "lat": "-9.5", "long": " ".join(["word"] * 60), "refs": ["a", "b#c"],
        "paragraphs": "One.\n\nTwo: three.", "items": [{"id": "x", "text": "“Quoted”, it’s", "none": []}, {"id": "y"}], "names": ["-", "A: b", "A # b"],
    }  # fmt: skip
    assert yaml.load(record_text("place", tree), Loader=yaml.CBaseLoader) == tree


KINDS_OF_EDITS = (
    "the figure", "other words", "new claim", "which supersedes", "which disputes", "new sheet", "new source", "is gone", "is called",
    "records that name it follow", "the sheet", "the claim", "the source", "the place", "a comment", ".md.j2", "mkdocs.yml", ".css", "index.md", "undo",
)  # fmt: skip


def test_edits_leave_no_rule_broken(tmp_path: Path) -> None:
    write_project(tmp_path, 20, seed=7)
    told = []
    for number, words in zip(range(120), edits(tmp_path, seed=4), strict=False):
        told.append(words)
        if number % 30 == 29:
            assert problems(tmp_path) == [], told
    assert [kind for kind in KINDS_OF_EDITS if not any(kind in words for words in told)] == []


def test_what_a_history_tells_is_not_changed_behind_its_back(tmp_path: Path) -> None:
    write_project(tmp_path, 20, seed=7)
    folder = Folder(tmp_path)
    name, claim = next(
        (name, claim)
        for name, tree in folder.of("briefing").items()
        for claim in tree["claims"]
        if any(change["path"] == f"claims[{claim['id']}].status_note" for entry in tree.get("updates", ()) for change in entry["changes"])
    )
    tree = deepcopy(folder.trees["briefing", name])
    next(each for each in tree["claims"] if each["id"] == claim["id"])["status_note"] = "It was otherwise."
    folder.change(("briefing", name), tree, "correction", "Why.", tell=False)
    assert problems(tmp_path) == []


def test_edits_are_the_same_each_time(tmp_path: Path) -> None:
    for name in ("one", "other"):
        write_project(tmp_path / name, 20, seed=7)
    first, second = (list(zip(range(40), edits(tmp_path / name, seed=3), strict=False)) for name in ("one", "other"))
    assert first == second
    assert files_of(tmp_path / "one") == files_of(tmp_path / "other")


def test_an_undone_edit_leaves_the_bytes_that_were_there(tmp_path: Path) -> None:
    write_project(tmp_path, 20, seed=7)
    states = [files_of(tmp_path)]
    undone = 0
    for _, words in zip(range(60), edits(tmp_path, seed=5), strict=False):
        states.append(files_of(tmp_path))
        changed = {file for file in {**states[-1], **states[-2]} if states[-1].get(file) != states[-2].get(file)}
        assert changed, words
        if words.startswith("undo: "):
            undone += 1
            assert any(all(state.get(file) == states[-1].get(file) for file in changed) for state in states[:-2]), words
    assert undone


def test_hugo_gets_every_record(corpus: Path, tmp_path: Path) -> None:
    convert(corpus, tmp_path / "site")
    made = {file.relative_to(tmp_path / "site" / "content").with_suffix("") for file in (tmp_path / "site" / "content").glob("*/*.md")}
    there = {file.relative_to(corpus / "content").with_suffix("") for file in (corpus / "content").glob("*/*.yaml")}
    assert {name for name in made if name.name != "_index"} == there


def test_the_cost_of_a_command_is_that_of_all_it_starts() -> None:
    work = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; b = bytearray(80_000_000); time.sleep(0.6)'])"
    cost = cost_of(["python3", "-c", work], limit=60)
    assert cost.memory > 80_000_000
    assert 0 < cost.processor <= cost.seconds * 2


def test_a_command_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(CommandError, match="more than 0 min"):
        cost_of(["python3", "-c", "import time; time.sleep(100)"], limit=0.3)


def test_a_command_that_fails_says_why() -> None:
    with pytest.raises(CommandError, match="not so"):
        cost_of(["python3", "-c", "raise SystemExit('not so')"], limit=60)
