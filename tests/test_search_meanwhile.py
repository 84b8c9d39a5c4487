"""An index begun before every page is made comes to the same as one that is made at the end, or is not used."""

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from generator.search import FOLDER, Look, Ready, index, look_ahead, prepare
from generator.search.kept import DELTA
from generator.search.second import room
from tests.projects import ROOT, files_of
from tests.searched import MANY, Site, site_of, write_page

BY_HAND = "p5"
"""The folder whose page somebody else makes."""


def copy_of(site: Site, folder: Path) -> Site:
    return Site(shutil.copytree(site.folder, folder / "site"), shutil.copytree(site.kept, folder / "kept"), dict(site.digests))


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return site_of(tmp_path_factory.mktemp("many"), MANY)


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return site_of(tmp_path_factory.mktemp("few"), 21)


@pytest.fixture(params=["many", "few"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Site:
    """A copy to change."""
    return copy_of(request.getfixturevalue(request.param), tmp_path)


def begun(site: Site, folder: Path) -> Ready | None:
    """What is made of the pages but for the one that is not there yet."""
    finished = folder / "finished"  # where a page is found by its digest
    for path, digest in site.digests.items():
        (finished / digest).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(site.folder / path, finished / digest)
    known = {path: digest for path, digest in site.digests.items() if not path.startswith(f"{BY_HAND}/")}
    return prepare(known, lambda digest: finished / digest, [BY_HAND], site.kept, folder / "ready")


def indexed(site: Site, ready: Ready | None = None, looked: Look | None = None) -> dict[str, str]:
    index(site.folder, site.digests, site.kept, None, ready, looked)
    return files_of(site.folder)


def test_it_is_the_index_of_an_edited_site(site: Site, tmp_path: Path) -> None:
    site.edit(7, "something")
    site.edit(9001, "news")
    site.remove(3)
    twin = copy_of(site, tmp_path / "twin")
    ready = begun(site, tmp_path)
    looked = look_ahead(site.folder / FOLDER, site.kept)
    assert ready
    assert indexed(site, ready, looked) == indexed(twin)
    assert not ready.folder.exists(), "it is moved, not made again"


def test_without_an_edit_there_is_nothing_in_it(site: Site, tmp_path: Path) -> None:
    before = files_of(site.folder)
    ready = begun(site, tmp_path)
    assert ready and ready.second and ready.second.is_empty
    assert indexed(site, ready, look_ahead(site.folder / FOLDER, site.kept)) == before


def test_a_page_that_turns_out_otherwise_is_not_overlooked(site: Site, tmp_path: Path) -> None:
    site.edit(7, "something")
    twin = copy_of(site, tmp_path / "twin")
    ready = begun(site, tmp_path)
    for each in (site, twin):
        each.edit(5, "another thing")
    assert ready and not ready.is_of(site.digests)
    assert indexed(site, ready) == indexed(twin)


@pytest.mark.parametrize("change", ["gone", "more", "another"])
def test_other_pages_are_another_index(site: Site, tmp_path: Path, change: str) -> None:
    ready = begun(site, tmp_path)
    assert ready and ready.is_of(site.digests)
    match change:
        case "gone":
            site.remove(5)
        case "more":
            site.edit(9002)
        case "another":
            site.edit(8, "something")
    assert not ready.is_of(site.digests)


def test_another_whole_index_since_then(many: Site, tmp_path: Path) -> None:
    """Another build has kept it."""
    site = copy_of(many, tmp_path)
    site.edit(7, "something")
    ready, looked = begun(site, tmp_path), look_ahead(site.folder / FOLDER, site.kept)
    other = copy_of(site, tmp_path / "other")
    for number in range(10, 11 + room(MANY)):
        other.edit(number, "more")
    other.kept = site.kept
    other.index()
    twin = Site(shutil.copytree(site.folder, tmp_path / "twin"), shutil.copytree(site.kept, tmp_path / "twin-kept"), site.digests)
    assert indexed(site, ready, looked) == indexed(twin)


def test_a_look_is_not_believed_about_another_folder(many: Site, tmp_path: Path) -> None:
    site = copy_of(many, tmp_path)
    site.edit(7, "something")
    ready, looked = begun(site, tmp_path), look_ahead(site.folder / FOLDER, site.kept)
    assert ready and looked
    twin = copy_of(site, tmp_path / "twin")
    wrong = replace(ready, second=None) if ready.second is None else ready
    assert indexed(site, wrong, looked._replace(base=tmp_path)) == indexed(twin)


def test_a_look_that_came_too_early_costs_another_look_and_no_whole_index(many: Site, tmp_path: Path) -> None:
    site = copy_of(many, tmp_path)
    site.edit(7, "something")
    ready, looked = begun(site, tmp_path), look_ahead(tmp_path / "nothing", site.kept)
    assert ready and looked and looked.needed.new
    twin = copy_of(site, tmp_path / "twin")
    assert indexed(site, ready, looked) == indexed(twin)
    assert (site.folder / FOLDER / DELTA).exists()


def test_what_is_gone_from_the_kept_index_is_seen_at_the_end(many: Site, tmp_path: Path) -> None:
    site = copy_of(many, tmp_path)
    site.edit(7, "something")
    ready, looked = begun(site, tmp_path), look_ahead(tmp_path / "nothing", site.kept)
    assert ready and looked
    next((looked.base / "index" / "fragment").iterdir()).unlink()
    shutil.rmtree(site.folder / FOLDER)
    assert not (tmp_path / "site" / FOLDER / DELTA).exists()
    assert indexed(site, ready, looked) == site.whole()


@pytest.mark.skipif(sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2, reason="there is nobody to do it meanwhile")
def test_another_process_does_it(few: Site, tmp_path: Path) -> None:
    site = copy_of(few, tmp_path)
    path = write_page(site.folder, 7, "something")
    code = """
import sys
from pathlib import Path
from generator.search import Indexing
from generator.search.kept import load
site, kept, path, folder = map(Path, sys.argv[1:])
pages = {**load(kept).digests, str(path): "new"}
files = {digest: site / path for path, digest in pages.items()}
indexing = Indexing(pages, lambda digest: site / path, [], kept, folder)
ready = indexing.result()
print(ready is not None and ready.is_of(pages), (ready.folder / "pagefind.js").exists())
indexing.stop()
print(folder.exists())
in_vain = Indexing({**pages, str(path): "newer"}, lambda digest: site / path, [], kept, folder)
while not folder.exists():
    pass
in_vain.stop()
print(folder.exists())
"""
    done = subprocess.run(
        [sys.executable, "-c", code, site.folder, site.kept, path, tmp_path / "ready"],
        cwd=ROOT, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert done.stdout.split() == ["True", "True", "False", "False"], "nor is anything left when it is stopped at work"
