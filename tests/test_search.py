"""The search index depends on the pages alone."""

import gzip
import json
from pathlib import Path

import pytest

from generator.search import FOLDER, SearchError, index
from tests.projects import files_of

KINDS = ["place", "actor", "briefing", "source", "measure", "person", "page"]


def make_site(folder: Path, count: int = 21) -> Path:
    for number in range(count):
        page = folder / f"p{number}" / "index.html"
        page.parent.mkdir(parents=True)
        language = "fr" if number % 4 == 0 else "en"
        year = f'<p data-pagefind-filter="year">{2000 + number % 5}</p>'
        body = f'<body data-pagefind-body data-pagefind-filter="kind:{KINDS[number % len(KINDS)]}"><h1>Page {number}</h1>{year}</body>'
        page.write_text(f'<html lang="{language}"><title>T</title>{body}</html>', encoding="utf-8")
    return folder


def unpacked(file: Path) -> bytes:
    return gzip.decompress(file.read_bytes())


def test_indexing_again_gives_the_same_files(tmp_path: Path) -> None:
    """Seven kinds in an order left to chance come out alike four times in a row once in a thousand million."""
    made = []
    for number in range(4):
        site = make_site(tmp_path / str(number))
        index(site)
        made.append(files_of(site))
    assert made[0] == made[1] == made[2] == made[3]


def test_names_lead_from_one_file_to_the_next(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    index(site)
    folder = site / FOLDER
    entry = json.loads((folder / "pagefind-entry.json").read_text(encoding="utf-8"))
    assert set(entry["languages"]) == {"en", "fr"}
    filters = {file.stem for file in (folder / "filter").iterdir()}
    assert len(filters) == 4
    named = set()
    for language in entry["languages"].values():
        contents = unpacked(folder / f"pagefind.{language['hash']}.pf_meta")
        named |= {name for name in filters if name.encode() in contents}
    assert named == filters
    assert len(list(folder.glob("*.pf_meta"))) == 2


def test_filters_are_in_order_and_complete(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    index(site)
    for file in (site / FOLDER / "filter").iterdir():
        data = unpacked(file)
        values = KINDS if b"dkind" in data else [str(year) for year in range(2000, 2005)]
        places = [data.find(bytes([0x60 + len(value)]) + value.encode(), 18) for value in sorted(values)]
        found = [place for place in places if place > 0]
        assert len(found) >= 5
        assert found == sorted(found)


def test_no_pages_are_an_error_and_not_an_empty_search(tmp_path: Path) -> None:
    with pytest.raises(SearchError, match="the search index could not be made"):
        index(tmp_path / "nowhere")
