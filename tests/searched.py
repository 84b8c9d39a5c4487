"""Sites of many small pages, for what is done with their index."""

import gzip
import json
import shutil
from pathlib import Path
from typing import Any

from generator.search import FOLDER, index
from generator.search.files import digest
from generator.search.kept import DELTA
from generator.search.pagefind import FEW_PAGES
from generator.search.state import STATE
from tests.projects import files_of

KINDS = ["place", "actor", "briefing", "source", "measure", "person", "page"]
MANY = FEW_PAGES + 20


def write_page(site: Path, number: int, text: str = "", around: str = "") -> str:
    """Write a page; returns its path in the site."""
    path = f"p{number}/index.html"
    (site / path).parent.mkdir(parents=True, exist_ok=True)
    facets = (
        f'data-pagefind-filter="place[data-place],year[data-year],kind:{KINDS[number % len(KINDS)]}" '
        f'data-place="Town {number % 3}|Both" data-year="{2000 + number % 5}"'
    )
    language = "fr" if number % 4 == 0 else "en"
    body = f"<body>{around}<div data-pagefind-body {facets}><h1>Page {number}</h1><p>It said {text or f'nothing{number}'}.</p></div></body>"
    (site / path).unlink(missing_ok=True)
    (site / path).write_text(f'<html lang="{language}"><title>T</title>{body}</html>', encoding="utf-8")
    return path


def make_site(folder: Path, count: int = 21) -> Path:
    for number in range(count):
        write_page(folder, number)
    return folder


def unpacked(file: Path) -> bytes:
    return gzip.decompress(file.read_bytes())


def state_of(site: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((site / FOLDER / STATE).read_bytes())
    return found


def fragments_of(index_folder: Path) -> dict[str, dict[str, Any]]:
    """What is stored of each page, by its name."""
    files = (index_folder / "fragment").glob("*")
    return {file.stem: json.loads(unpacked(file).removeprefix(b"pagefind_dcd")) for file in files}


def facet_of(index_folder: Path, files: dict[str, Any], name: str) -> dict[str, list[str]]:
    """By address of a page: its values."""
    folder = index_folder / "facets"
    pages, facet = (json.loads((folder / file).read_bytes()) for file in (files["pages"], files["facets"][name]))
    stored = fragments_of(index_folder)
    numbers = [[found] if isinstance(found, int) else found for found in facet["of"]]
    return {stored[page]["url"]: [facet["values"][number] for number in found] for page, found in zip(pages, numbers, strict=True)}


class Site:
    """Many pages, and an index of them that was kept."""

    def __init__(self, folder: Path, kept: Path, digests: dict[str, str]) -> None:
        self.folder = folder
        self.kept = kept
        self.digests = digests

    def edit(self, number: int, text: str = "", around: str = "") -> None:
        path = write_page(self.folder, number, text, around)
        self.digests[path] = digest((self.folder / path).read_bytes())

    def remove(self, number: int) -> None:
        shutil.rmtree(self.folder / f"p{number}")
        del self.digests[f"p{number}/index.html"]

    def index(self) -> dict[str, Any]:
        index(self.folder, self.digests, self.kept)
        return state_of(self.folder)

    def name(self, number: int) -> str:
        """The fragment that the first index has of a page."""
        (found,) = (name for name, page in fragments_of(self.folder / FOLDER).items() if page["url"] == f"/p{number}/")
        return found

    def delta(self) -> dict[str, dict[str, Any]]:
        return fragments_of(self.folder / FOLDER / DELTA)

    def whole(self) -> dict[str, str]:
        """What the site would be with everything indexed."""
        copy = self.folder.with_name("whole")
        shutil.copytree(self.folder, copy, ignore=shutil.ignore_patterns(FOLDER))
        index(copy, self.digests)
        return files_of(copy)


def site_of(folder: Path, count: int) -> Site:
    """Pages with their index."""
    site = Site(folder / "site", folder / "kept", {})
    for number in range(count):
        site.edit(number)
    site.index()
    return site


TEXTS = [
    "Rawa was taken. Rāwa is its name, and Rāwah too.",
    "The café of Kamal; attachés wait, and a cafe.",
    "Fighters left, a fighter stayed, fighting went on in Kamal.",
    "القائم and القايم, a name in two spellings.",
    "Prices: 1,302,517 and 000; e-mail and so_called.",
]


def varied_page(number: int) -> str:
    """A page in one of three languages, with words that have several spellings; some have a field, some a filter."""
    text = TEXTS[number % len(TEXTS)] + f" Number {number} of them; " + "again " * (number % 4)
    names = f'<p data-pagefind-meta="names" data-pagefind-weight="8">Kamāl {number}</p>' if number % 3 == 0 else ""
    place = f'data-pagefind-filter="place[data-place]" data-place="Town {number % 4}"' if number % 2 else ""
    language = ("en", "ar", "fr")[number % 7 % 3]
    return f'<html lang="{language}"><body><div data-pagefind-body {place}><h1>Page {number}</h1>{names}<p>{text}</p></div></body></html>'
