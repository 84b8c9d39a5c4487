"""Indexes of parts put together say what one of everything says, however the pages were parted."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from generator.search import pagefind
from generator.search.form import CHUNKS, FIELDS, PAGES, read, unpacked
from generator.search.merging import ENTRY, merge
from generator.search.pagefind import run
from tests.projects import files_of
from tests.searched import varied_page


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("site")
    found = {}
    for number in range(45):
        file = folder / f"p{number}" / "index.html"
        file.parent.mkdir()
        file.write_text(varied_page(number), encoding="utf-8")
        found[file.relative_to(folder).as_posix()] = file
    return found


@pytest.fixture(scope="module")
def whole(site: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run(site, tmp_path_factory.mktemp("whole") / "index").folder


@pytest.mark.parametrize("together", [1, 7, 44, 45])
def test_it_makes_no_difference_how_pages_are_parted(
    site: dict[str, Path], whole: Path, tmp_path: Path, together: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pagefind, "TOGETHER", together)
    made = run(dict(reversed(site.items())), tmp_path / "index")
    assert files_of(made.folder) == files_of(whole)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["index"], "nothing is left beside it"


def told(folder: Path) -> dict[str, Any]:
    """By language and word: who has it where, and in which spelling; by language and page: how long it is, and what is stored of it."""
    found: dict[str, Any] = {}
    for tag, language in json.loads((folder / ENTRY).read_bytes())["languages"].items():
        contents = read(folder / f"pagefind.{language['hash']}.pf_meta")
        stored = [json.loads(unpacked(folder / "fragment" / f"{name}.pf_fragment")) for name, *_ in contents[PAGES]]
        found |= {f"{tag} {page['url']}": (row[1:], page) for page, row in zip(stored, contents[PAGES], strict=True)}
        urls = [page["url"] for page in stored]
        assert len(urls) == language["page_count"]
        for first, last, name in contents[CHUNKS]:
            (words,) = read(folder / "index" / f"{name}.pf_index")
            assert words[0][0].startswith(first) and words[-1][0].startswith(last)
            for word, pages, spellings in words:
                found[f"{tag} {word}"] = {
                    spelling: sorted(places(of_spelling, urls, contents[FIELDS])) for spelling, of_spelling in [("", pages), *spellings]
                }
    return found


def places(pages: list[list[Any]], urls: list[str], fields: list[str]) -> list[tuple[str, Any, Any]]:
    found, number = [], 0
    for step, at, in_fields in pages:
        number += step
        named = [fields[-1 - place] if place < 0 else place for place in in_fields]
        found.append((urls[number], at, named))
    return found


def test_it_says_what_pagefind_says_of_all_pages_at_once(site: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = next(iter(site.values())).parent.parent
    command = [sys.executable, "-m", "pagefind", "--site", root, "--output-path", tmp_path / "own", "--quiet"]
    subprocess.run(command, check=True, capture_output=True)
    own = told(tmp_path / "own")
    monkeypatch.setattr(pagefind, "TOGETHER", 4)
    made = run(site, tmp_path / "index")
    assert told(made.folder) == own
    assert {f"{tag} {word}" for tag, words in made.words.items() for word in words} == {key for key in own if " /" not in key}
    assert sorted(made.filters["place"][made.fragments["/p1/"]]) == ["Town 1"]


def test_two_pages_whose_names_would_be_the_same_get_longer_ones(
    site: dict[str, Path], whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.search.merging.SHORTEST", 1)
    made = run(site, tmp_path / "index")
    names = set(made.fragments.values())
    assert len(names) == len(site) and max(map(len, names)) < 10
    assert [(one, other) for one in names for other in names if one != other and other.startswith(one)] == []
    assert told(made.folder) == told(whole)


def test_another_form_is_not_taken_for_an_index(whole: Path, tmp_path: Path) -> None:
    (tmp_path / "part").mkdir()
    (tmp_path / "part" / ENTRY).write_text('{"languages": {"en": {"hash": "en_1"}}}')
    (tmp_path / "part" / "pagefind.en_1.pf_meta").write_bytes(b"PAGEFIND")
    (tmp_path / "index").mkdir()
    with pytest.raises((OSError, ValueError)):
        merge([tmp_path / "part"], tmp_path / "index")
