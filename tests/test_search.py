"""The search index depends on the pages alone, and an edit adds to it what has changed."""

import hashlib
import json
import os
import re
import select
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.facets import joined, parted
from generator.search import FOLDER, SearchError, index
from generator.search.form import PAGES, read
from generator.search.kept import DELTA, tidy
from generator.search.pagefind import run
from generator.search.second import MARK, room
from tests.projects import ROOT, files_of
from tests.searched import KINDS, MANY, Site, facet_of, fragments_of, make_site, site_of, state_of, unpacked, write_page


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it goes on to its end")
def test_pagefind_ends_with_a_build_that_is_killed(tmp_path: Path) -> None:
    (tmp_path / "fake" / "pagefind").mkdir(parents=True)
    (tmp_path / "fake" / "pagefind" / "__init__.py").write_text("")
    # Whoever reads a pipe is told when nobody can write into it any more.
    waits = (
        f"import threading; pipe = open({str(tmp_path / 'pipe')!r}, 'w'); print('started', file=pipe, flush=True); threading.Event().wait()"
    )
    (tmp_path / "fake" / "pagefind" / "__main__.py").write_text(waits)
    os.mkfifo(tmp_path / "pipe")
    page = write_page(tmp_path / "site", 1)
    code = "import sys; from pathlib import Path; from generator.search.pagefind import run; run({sys.argv[2]: Path(sys.argv[1], sys.argv[2])}, Path(sys.argv[3]))"
    command = [sys.executable, "-c", code, tmp_path / "site", page, tmp_path / "index"]
    building = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(tmp_path / "fake")})
    with (tmp_path / "pipe").open() as pipe:
        assert pipe.readline() == "started\n"
        building.kill()
        building.wait()
        assert select.select([pipe], [], [], 30)[0], "it is still there"
        assert pipe.read() == ""


# --- a whole index ------------------------------------------------------------------------------------


@pytest.fixture
def in_order() -> Iterator[Path]:
    """A folder that lists its files in the order in which they were made, as few do."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        pytest.skip("no file system in memory here")
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)


def test_the_order_in_which_a_disk_lists_files_makes_no_difference(in_order: Path) -> None:
    made = []
    for name, step in (("one", 1), ("other", -1)):
        for number in range(30)[::step]:
            write_page(in_order / name, number, "“Qaïm” and Qa’im" if number % 3 else "será")
        pages = [f"p{number}/index.html" for number in range(30)[::step]]
        run({page: in_order / name / page for page in pages}, in_order / name / FOLDER)
        made.append(files_of(in_order / name))
    assert made[0] == made[1]
    (contents,) = (in_order / "one" / FOLDER).glob("pagefind.en*.pf_meta")
    names = [name for name, _ in read(contents)[PAGES]]
    words: dict[str, set[str]] = {}
    for file in (in_order / "one" / FOLDER / "index").glob("en*.pf_index"):
        for word, pages, _ in read(file)[0]:
            words[word] = {names[number] for number in accumulate(step for step, *_ in pages)}
    stored = fragments_of(in_order / "one" / FOLDER)
    for number in (1, 2, 3):
        (name,) = (name for name, page in stored.items() if page["url"] == f"/p{number}/")
        assert words[str(number)] >= {name}, "it is found where it stands"


def test_indexing_again_gives_the_same_files(tmp_path: Path) -> None:
    """Filters of seven kinds in an order left to chance come out alike four times in a row once in a thousand million."""
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
    named = b"".join(unpacked(folder / f"pagefind.{language['hash']}.pf_meta") for language in entry["languages"].values())
    for kind in ("fragment", "index"):
        assert all(file.stem.encode() in named for file in (folder / kind).iterdir())
    assert len(list(folder.glob("*.pf_meta"))) == 2


def test_facets_are_files_of_their_own_and_complete(tmp_path: Path) -> None:
    """A browser that has no use for them fetches none."""
    site = make_site(tmp_path)
    index(site)
    base = state_of(site)["base"]
    assert sorted(base["facets"]) == ["kind", "place", "year"]
    for number in range(21):
        assert facet_of(site / FOLDER, base, "place")[f"/p{number}/"] == ["Both", f"Town {number % 3}"]
        assert facet_of(site / FOLDER, base, "kind")[f"/p{number}/"] == [KINDS[number % len(KINDS)]]
        assert facet_of(site / FOLDER, base, "year")[f"/p{number}/"] == [str(2000 + number % 5)]
    assert not (site / FOLDER / "filter").exists()
    assert not any(b"Town 1" in unpacked(file) for file in (site / FOLDER).glob("*.pf_meta"))


def test_pages_are_those_that_are_marked_or_those_that_are_named(tmp_path: Path) -> None:
    site = make_site(tmp_path / "one")
    (site / "list.html").write_text('<html lang="en"><body><p>Only a list</p></body></html>', encoding="utf-8")
    index(site)
    assert {page["url"] for page in fragments_of(site / FOLDER).values()} == {f"/p{number}/" for number in range(21)}
    whole = files_of(site)
    index(site, {f"p{number}/index.html": "any" for number in range(21)})
    assert files_of(site) == whole
    index(site, {"p3/index.html": "any"})
    assert {page["url"] for page in fragments_of(site / FOLDER).values()} == {"/p3/"}


def test_no_pages_are_an_error_and_not_an_empty_search(tmp_path: Path) -> None:
    with pytest.raises(SearchError, match="the search index could not be made"):
        index(tmp_path / "nowhere")


@given(st.lists(st.text(min_size=1)))
def test_values_come_out_of_an_attribute_as_they_went_in(values: list[str]) -> None:
    assert parted(joined(values)) == values


# --- with what was kept -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("first")
    return site_of(folder, MANY)


@pytest.fixture
def site(first: Site, tmp_path: Path) -> Site:
    """A copy to change."""
    return Site(shutil.copytree(first.folder, tmp_path / "site"), shutil.copytree(first.kept, tmp_path / "kept"), dict(first.digests))


def test_the_first_time_everything_is_indexed(first: Site) -> None:
    assert state_of(first.folder) | {"base": None} == {"base": None, "delta": None, "stale": {}, "words": []}
    assert len(fragments_of(first.folder / FOLDER)) == MANY


def test_without_an_edit_nothing_is_added(site: Site) -> None:
    before = files_of(site.folder)
    site.index()
    assert files_of(site.folder) == before


def test_an_edited_page_is_added_and_its_old_words_are_named(site: Site) -> None:
    old = site.name(7)
    site.edit(7, "something")
    state = site.index()
    ((new, stored),) = site.delta().items()
    assert stored["url"] == "/p7/" and "something" in stored["content"]
    assert new.endswith(MARK)
    assert state["stale"] == {old: new}
    assert facet_of(site.folder / FOLDER / DELTA, state["delta"], "place") == {"/p7/": ["Both", "Town 1"]}


def test_an_added_page_is_added(site: Site) -> None:
    site.edit(9001, "news")
    assert site.index()["stale"] == {}
    assert [page["url"] for page in site.delta().values()] == ["/p9001/"]


def test_a_removed_page_is_named_and_nothing_added(site: Site) -> None:
    old = site.name(3)
    site.remove(3)
    state = site.index()
    assert state["stale"] == {old: ""}
    assert state["delta"] is None
    assert not (site.folder / FOLDER / DELTA).exists()


def test_a_renamed_page_is_both(site: Site) -> None:
    old = site.name(3)
    site.remove(3)
    site.edit(9002, "nothing3")
    assert site.index()["stale"] == {old: ""}
    assert [page["url"] for page in site.delta().values()] == ["/p9002/"]


def test_an_edit_taken_back_leaves_nothing_behind(site: Site) -> None:
    before = files_of(site.folder)
    site.edit(7, "something")
    site.index()
    assert files_of(site.folder) != before
    site.edit(7)
    site.index()
    assert files_of(site.folder) == before


def test_a_page_that_says_the_same_is_not_added_and_not_looked_at_again(site: Site) -> None:
    """A list beside what the search reads changes with every edit of what it lists."""
    site.edit(7, around="<p>A list</p>")
    site.edit(8, "something")
    assert len(site.index()["stale"]) == 1
    assert [page["url"] for page in site.delta().values()] == ["/p8/"]
    # Those it would not have room for: had it not kept that they say the same, it would index everything.
    for number in range(100, 100 + room(MANY) - 1):
        site.edit(number, around="<p>A list</p>")
    assert len(site.index()["stale"]) == 1
    site.edit(9, "something")
    assert len(site.index()["stale"]) == 2


def test_more_than_there_is_room_for_is_indexed_anew_and_kept(site: Site) -> None:
    for number in range(room(MANY)):
        site.edit(number, "something")
    assert len(site.index()["stale"]) == room(MANY)
    site.edit(400, "something")
    assert site.index()["stale"] == {}
    assert len(fragments_of(site.folder / FOLDER)) == MANY
    assert files_of(site.folder) == site.whole()
    site.edit(401, "something")
    assert len(site.index()["stale"]) == 1
    assert len([entry for entry in site.kept.iterdir() if entry.is_dir()]) == 1


def test_few_pages_are_always_indexed_anew(tmp_path: Path) -> None:
    few = Site(make_site(tmp_path / "site"), tmp_path / "kept", {f"p{number}/index.html": "" for number in range(21)})
    few.index()
    few.edit(7, "something")
    assert few.index()["delta"] is None
    assert files_of(few.folder) == few.whole()


def test_the_same_pages_and_the_same_index_give_the_same_files(site: Site, tmp_path: Path) -> None:
    site.edit(7, "something")
    site.edit(9001, "news")
    site.remove(3)
    twin = shutil.copytree(site.folder, tmp_path / "twin")
    site.index()
    index(twin, dict(reversed(site.digests.items())), site.kept)
    assert files_of(site.folder) == files_of(twin)


def test_what_stands_in_the_folder_of_the_index_by_mistake_is_put_right(site: Site) -> None:
    site.edit(7, "something")
    site.index()
    right, target = files_of(site.folder), site.folder / FOLDER
    changed, gone, *_ = sorted((target / "fragment").iterdir())
    changed.unlink()
    changed.write_text("another", encoding="utf-8")
    gone.unlink()
    (target / "fragment" / "more").write_text("more", encoding="utf-8")
    site.index()
    assert files_of(site.folder) == right


def test_earlier_sites_and_what_is_kept_are_not_written_into(site: Site, tmp_path: Path) -> None:
    """They may be the same files."""
    shutil.copytree(site.folder, tmp_path / "earlier", copy_function=lambda one, other: Path(other).hardlink_to(one))
    earlier, kept = files_of(tmp_path / "earlier"), files_of(site.kept)
    site.edit(7, "something")
    site.index()
    assert files_of(tmp_path / "earlier") == earlier
    assert files_of(site.kept) == kept
    for number in range(room(MANY) + 1):
        site.edit(number, "more")
    site.index()
    assert files_of(tmp_path / "earlier") == earlier


def the_folder(kept: Path) -> Path:
    return kept / (kept / "last").read_text(encoding="utf-8")


def written_over(file: Path) -> None:
    """Another content, no longer and no shorter."""
    with file.open("r+b") as stream:
        stream.write(b"xxxx")


def cut(file: Path) -> None:
    data = file.read_bytes()
    file.unlink()
    file.write_bytes(data[: len(data) // 2])


def another_manifest(kept: Path) -> None:
    """One that says of a page what is not so."""
    file = the_folder(kept) / "manifest.json"
    before = file.read_bytes()
    data = re.sub(rb'(?<="p7/index.html":")\w+', b"something", before, count=1)
    assert data != before
    file.unlink()
    file.write_bytes(data)


def another_form(kept: Path) -> None:
    """As a later version would write it, with a name that fits."""
    manifest = (the_folder(kept) / "manifest.json").read_bytes().replace(b'"versions":[', b'"versions":[0,')
    name = hashlib.sha256(manifest).hexdigest()
    the_folder(kept).rename(kept / name)
    (kept / name / "manifest.json").write_bytes(manifest)
    (kept / "last").write_text(name, encoding="utf-8")


DAMAGE: dict[str, Callable[[Path], object]] = {
    "gone": shutil.rmtree,
    "no pointer": lambda kept: (kept / "last").unlink(),
    "a pointer to nothing": lambda kept: (kept / "last").write_text("abc", encoding="utf-8"),
    "no manifest": lambda kept: (the_folder(kept) / "manifest.json").unlink(),
    "another manifest": another_manifest,
    "half a manifest": lambda kept: cut(the_folder(kept) / "manifest.json"),
    "a fragment gone": lambda kept: next((the_folder(kept) / "index" / "fragment").iterdir()).unlink(),
    "half a fragment": lambda kept: cut(next((the_folder(kept) / "index" / "fragment").iterdir())),
    "a fragment written over": lambda kept: written_over(next((the_folder(kept) / "index" / "fragment").iterdir())),
    "the index gone": lambda kept: shutil.rmtree(the_folder(kept) / "index"),
    "another version": another_form,
}


@pytest.fixture(scope="module")
def edited(first: Site, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The site with an edit, all of it indexed."""
    folder = shutil.copytree(first.folder, tmp_path_factory.mktemp("edited") / "site", ignore=shutil.ignore_patterns(FOLDER))
    site = Site(folder, folder, dict(first.digests))
    site.edit(7, "something")
    return site.whole()


@pytest.mark.parametrize("damage", DAMAGE)
def test_what_was_kept_and_is_not_whole_is_not_used(site: Site, edited: dict[str, str], damage: str) -> None:
    DAMAGE[damage](site.kept)
    site.edit(7, "something")
    assert site.index()["delta"] is None
    assert files_of(site.folder) == edited
    site.edit(8, "something")
    assert len(site.index()["stale"]) == 1, "the new one is kept in its place"


@pytest.mark.parametrize("what", ["folder", "pointer"])
def test_something_else_in_the_place_of_what_was_kept(site: Site, edited: dict[str, str], what: str) -> None:
    if what == "folder":
        shutil.rmtree(site.kept)
        site.kept.write_text("in the way", encoding="utf-8")
    else:
        (site.kept / "last").unlink()
        (site.kept / "last" / "something").mkdir(parents=True)
    site.edit(7, "something")
    assert site.index()["delta"] is None
    assert files_of(site.folder) == edited
    site.edit(8, "something")
    assert len(site.index()["stale"]) == 1, "the new one is kept in its place"
    assert list(site.kept.glob(".*")) == []


def test_another_index_that_a_killed_build_has_left_goes_with_the_next(site: Site) -> None:
    (ours,) = (folder for folder in site.kept.iterdir() if folder.is_dir())
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass
    shutil.copytree(ours, site.kept / "another")
    shutil.copytree(ours, site.kept / f".{ended.pid}-another-new")
    (site.kept / f".{ended.pid}-last-new").write_bytes(b"anoth")
    (ours / f".{ended.pid}-same.json-new").write_bytes(b"{")
    (site.kept / f".{os.getppid()}-another-new").mkdir()
    there = {path.name for path in ours.iterdir()}
    site.edit(7, "something")
    assert site.index()["delta"] is not None
    assert {path.name for path in site.kept.iterdir()} == {"last", ours.name, f".{os.getppid()}-another-new"}, "somebody is at work on that"
    assert {path.name for path in ours.iterdir()} == there - {f".{ended.pid}-same.json-new"}


def test_the_last_one_of_another_build_stays(site: Site) -> None:
    ours = next(folder for folder in site.kept.iterdir() if folder.is_dir())
    shutil.copytree(ours, site.kept / "another")
    (site.kept / "last").write_text("another", encoding="utf-8")
    tidy(ours)
    assert (site.kept / "another").exists()


def test_two_builds_may_keep_at_once(first: Site, tmp_path: Path) -> None:
    sites = [Site(shutil.copytree(first.folder, tmp_path / name), tmp_path / "kept", dict(first.digests)) for name in ("one", "two")]
    for number, one in enumerate(sites):
        one.edit(7, f"something{number}")
    with ThreadPoolExecutor(2) as both:
        list(both.map(Site.index, sites))
    for one in sites:
        assert len(fragments_of(one.folder / FOLDER)) == MANY
    sites[0].index()
    assert {page["url"] for page in sites[0].delta().values()} <= {"/p7/"}
