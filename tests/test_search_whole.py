"""A whole index made from the last one is the one that would be made anew."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.search import whole
from generator.search.files import digest
from generator.search.kept import Base, load
from generator.search.merging import Earlier
from tests.projects import files_of
from tests.searched import varied_page as page

COUNT = 30


class Pages:
    """Pages, and the last index of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def copy(self, folder: Path) -> "Pages":
        """The same, to be changed."""
        return Pages(shutil.copytree(self.folder, folder / "copy", ignore=shutil.ignore_patterns("anew")))

    def write(self, number: int, text: str) -> None:
        file = self.folder / "site" / f"p{number}" / "index.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def remove(self, which: Callable[[str], bool]) -> None:
        for file in (self.folder / "site").glob("*/index.html"):
            if which(file.read_text(encoding="utf-8")):
                file.unlink()

    def index(self, base: Base | None) -> Path:
        site, made = self.folder / "site", self.folder / ("again" if base else "anew")
        pages = {file.relative_to(site).as_posix(): digest(file.read_bytes()) for file in sorted(site.glob("*/index.html"))}
        whole.make(pages, lambda path: site / path, made, self.folder / "kept", base)
        return made


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    pages = Pages(tmp_path_factory.mktemp("first"))
    for number in range(COUNT):
        pages.write(number, page(number))
    pages.index(None)
    return pages


EDITS: dict[str, Callable[[Pages], None]] = {
    "nothing": lambda pages: None,
    "a page changed": lambda pages: pages.write(7, page(7).replace("Number", "Another number and Zürich")),
    "a page more": lambda pages: pages.write(COUNT, page(COUNT)),
    "a page less": lambda pages: pages.remove(lambda text: "Page 9<" in text),
    "a page in another language": lambda pages: pages.write(8, page(8).replace("lang=", 'lang="de" data-was=')),
    "a language less": lambda pages: pages.remove(lambda text: '"ar"' in text),
    "a field less": lambda pages: pages.remove(lambda text: "data-pagefind-meta" in text),
    "a filter less": lambda pages: pages.remove(lambda text: "data-place" in text and "Town 3" in text),
    "a page with a field": lambda pages: pages.write(1, page(0).replace("<p>", '<p data-pagefind-meta="also">Also this</p><p>')),
    "most changed": lambda pages: [pages.write(number, page(number + 1)) for number in range(COUNT - 2)] and None,
}


@pytest.mark.parametrize("edit", EDITS)
def test_it_is_the_one_that_would_be_made_anew(first: Pages, tmp_path: Path, edit: str) -> None:
    pages = first.copy(tmp_path)
    EDITS[edit](pages)
    base = load(pages.folder / "kept")
    assert base
    again = files_of(pages.index(base))
    assert not base.folder.exists(), "another is kept in its place"
    assert again == files_of(pages.index(None))


def test_only_changed_pages_are_read(first: Pages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    usual = whole.run

    def run(files: dict[str, Path], folder: Path, *, earlier: Earlier | None) -> object:
        read.extend(files)
        return usual(files, folder, earlier=earlier)

    monkeypatch.setattr(whole, "run", run)
    base = load(first.folder / "kept")
    assert base
    changed = {**base.digests, "p3/index.html": "another"}
    whole.make(changed, lambda path: first.folder / "site" / path, tmp_path / "made", None, base)
    assert read == ["p3/index.html"]


@pytest.mark.parametrize("damage", ["filters", "words", "a fragment"])
def test_a_damaged_one_is_not_used(first: Pages, tmp_path: Path, damage: str) -> None:
    pages = first.copy(tmp_path)
    EDITS["a page changed"](pages)
    base = load(pages.folder / "kept")
    assert base
    match damage:
        case "filters":
            (base.folder / "filters.json").write_text("{}")
        case "words":
            next((base.folder / "index" / "index").iterdir()).write_bytes(b"")
        case "a fragment":
            next((base.folder / "index" / "fragment").iterdir()).unlink()
    again = files_of(pages.index(base))
    assert again == files_of(pages.index(None))


def test_one_that_another_build_takes_away_meanwhile_is_missed(first: Pages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = first.copy(tmp_path)
    EDITS["a page changed"](pages)
    base = load(pages.folder / "kept")
    assert base
    usual = Base.without

    def taken_away(base: Base, addresses: set[str]) -> Earlier:
        found = usual(base, addresses)
        shutil.rmtree(base.folder)
        return found

    monkeypatch.setattr(Base, "without", taken_away)
    again = files_of(pages.index(base))
    assert again == files_of(pages.index(None))
