"""Whatever becomes of the files that builds keep, or of the published ones: the next site is whole and right."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults import (
    FOLDERS,
    TO_FILES,
    TO_FOLDERS,
    WORDS,
    Damage,
    Site,
    build,
    builds,
    cache_files,
    edit,
    left_over,
    state_of,
)
from tests.projects import Project

pytestmark = pytest.mark.deep

KINDS = (
    "database", "ledger", "lock", "template", "object", "name of the last index", "manifest", "words", "index", "spare site",
    *sorted(FOLDERS),
)  # fmt: skip
CASES = [(kind, damage) for kind in KINDS for damage in (TO_FOLDERS if kind in FOLDERS else TO_FILES)]


@pytest.fixture
def warm(victim: Project, clean: list[Site]) -> Project:
    """It, with all that there can be in its memory."""
    for _ in WORDS:
        if all(cache_files(victim).values()):
            break
        edit(victim, (state_of(victim) + 1) % len(WORDS))
        builds(victim, clean[state_of(victim)])
    assert all(cache_files(victim).values()), "what was damaged before is there again"
    return victim


@pytest.mark.parametrize(("kind", "damage"), CASES, ids=[f"{kind}, {damage.__name__}" for kind, damage in CASES])
def test_damaged_memory(warm: Project, clean: list[Site], kind: str, damage: Damage) -> None:
    chance = random.Random(f"{kind} {damage.__name__}")
    files = cache_files(warm)[kind]
    for file in chance.sample(files, min(5, len(files))):
        damage(file, chance)
    # What is damaged may be of use only for the site after the next.
    for _ in range(2):
        edit(warm, (state_of(warm) + 1) % len(WORDS))
        builds(warm, clean[state_of(warm)])
    assert left_over(warm) == []


@pytest.mark.parametrize("damage", TO_FILES, ids=lambda damage: damage.__name__)
def test_damaged_while_a_database_was_open(warm: Project, clean: list[Site], damage: Damage) -> None:
    """Beside a database that was open when the machine died there are files with what is not in it yet."""
    chance = random.Random(damage.__name__)
    for kind in ("database", "ledger"):
        (file,) = cache_files(warm)[kind]
        aside = warm.folder.with_name("aside")
        with closing(sqlite3.connect(file)) as held:
            held.execute("BEGIN")
            held.execute("SELECT count(*) FROM sqlite_master").fetchone()
            edit(warm, (state_of(warm) + 1) % len(WORDS))
            builds(warm, clean[state_of(warm)])
            shutil.copytree(file.parent, aside)
        for found in aside.glob(f"{file.name}*"):
            shutil.copyfile(found, file.parent / found.name)
        shutil.rmtree(aside)
        damage(file.with_name(f"{file.name}-{'wal' if chance.random() < 0.7 else 'shm'}"), chance)
        edit(warm, (state_of(warm) + 1) % len(WORDS))
        builds(warm, clean[state_of(warm)])


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("kind", ["database", "ledger", "template"])
def test_other_bytes(warm: Project, clean: list[Site], kind: str, seed: int) -> None:
    chance = random.Random(seed)
    file = chance.choice(cache_files(warm)[kind])
    data = bytearray(file.read_bytes())
    for _ in range(chance.choice((1, 10, 100))):
        data[chance.randrange(len(data))] = chance.randrange(256)
    with file.open("r+b") as stream:
        stream.write(data)
    for _ in range(2):
        edit(warm, (state_of(warm) + 1) % len(WORDS))
        builds(warm, clean[state_of(warm)])


def added(site: Path) -> None:
    (site / "new").mkdir()
    (site / "new" / "index.html").write_text("foreign")
    (site / "pagefind" / "new.js").write_text("foreign")


def a_folder(site: Path) -> None:
    for name in ("sitemap.xml", "places/upper-example/index.html", "pagefind/pagefind.js"):
        (site / name).unlink()
        (site / name / "folder").mkdir(parents=True)


def a_file(site: Path) -> None:
    for name in ("places/upper-example", "pagefind/fragment"):
        shutil.rmtree(site / name)
        (site / name).write_text("a file")


def all_edited(site: Path) -> None:
    for file in site.rglob("*"):
        if file.is_file() and file.name != "briefbook.txt":
            data = file.read_bytes()
            file.write_bytes(data[:-1] + b"x")


def all_replaced(site: Path) -> None:
    for file in site.rglob("*"):
        if file.is_file() and file.name != "briefbook.txt":
            file.unlink()
            file.write_text("other")


def all_emptied(site: Path) -> None:
    for file in site.rglob("*"):
        if file.is_file():
            file.write_bytes(b"")


def half_deleted(site: Path) -> None:
    for number, file in enumerate(sorted(site.rglob("*"))):
        if file.is_file() and number % 2 and file.name != "briefbook.txt":
            file.unlink()


@pytest.mark.parametrize("is_edited", [True, False], ids=["then an edit", "no edit"])
@pytest.mark.parametrize("damage", [added, a_folder, a_file, all_edited, all_replaced, all_emptied, half_deleted])
def test_damaged_site(warm: Project, clean: list[Site], damage: Callable[[Path], None], is_edited: bool) -> None:
    damage(warm.site)
    for _ in range(2):
        if is_edited:
            edit(warm, (state_of(warm) + 1) % len(WORDS))
        builds(warm, clean[state_of(warm)])
    assert build(warm).returncode == 0
