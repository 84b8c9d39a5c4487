"""A whole project in a folder of its own, the command on it, and its pages as a reader's program sees them."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from xml.etree.ElementTree import Element, TreeBuilder

from click.testing import CliRunner

from generator.catalog import Catalog
from generator.cli import main
from generator.records import Briefing

ROOT = Path(__file__).resolve().parents[1]
FLOOD = ROOT / "tests" / "site" / "flood"
BASE = ROOT / "tests" / "cases" / "base" / "content"

Done = subprocess.CompletedProcess[str]
DAM = """\
  - at: 2021-05-08
    kind: clarification
    note: Which dam is meant.
    changes:
      - path: claims[cl-dam-held].text
        from: The dam held.
        to: The dam above Lower Example held.
"""
"""An entry of the flood's history: what was said of the dam, and what is."""


def run(*command: str | Path, cwd: Path = ROOT, umask: int = -1, **environment: str) -> Done:
    """Run a program of this Python's environment to its end."""
    settings = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment}
    return subprocess.run(
        [sys.executable, "-m", *map(str, command)], cwd=cwd, env=settings, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, encoding="utf-8", timeout=120, umask=umask, check=False,
    )  # fmt: skip


@dataclass(frozen=True)
class Project:
    """A folder with content, templates and mkdocs.yml."""

    folder: Path

    @property
    def content(self) -> Path:
        return self.folder / "content"

    @property
    def templates(self) -> Path:
        return self.folder / "site_templates" / "pages"

    @property
    def site(self) -> Path:
        return self.folder / "site"

    def run(self, *arguments: str | Path, umask: int = -1, **environment: str) -> Done:
        """Run `briefbook` on the project, from a folder outside of it."""
        return run("generator", "-C", self.folder, *arguments, umask=umask, **environment)

    def invoke(self, *arguments: str | Path) -> Done:
        """The same within this process, which takes a tenth of the time. An error that nobody catches is raised."""
        result = CliRunner().invoke(main, ["-C", str(self.folder), *map(str, arguments)], catch_exceptions=False)
        return Done(arguments, result.exit_code, result.stdout, result.stderr)

    def build(self, umask: int = -1, **environment: str) -> None:
        """Build the site; in a process of its own where that is to have surroundings of its own."""
        done = self.run("build", umask=umask, **environment) if environment or umask != -1 else self.invoke("build")
        assert done.returncode == 0, done.stdout + done.stderr

    def write(self, name: str, text: str) -> Path:
        """Write a file of the content."""
        file = self.content / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def replace(self, name: str, old: str, new: str) -> None:
        """Change one passage of a file of the content."""
        file = self.content / name
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        file.write_text(text.replace(old, new), encoding="utf-8")

    def page(self, address: str) -> Element:
        """The page at an address such as /places/rawa/."""
        return _read_page((self.site / address.strip("/") / "index.html").read_text(encoding="utf-8"))


def told(done: Done) -> list[str]:
    """The problems that a command printed: what is indented belongs to the line above."""
    return [line for line in done.stdout.splitlines() if not line.startswith(" ")]


def with_briefings(catalog: Catalog, *briefings: Briefing) -> Catalog:
    """The catalog with these briefings alone."""
    return replace(
        catalog,
        briefings={briefing.id: briefing for briefing in briefings},
        claims={(briefing.id, claim.id): claim for briefing in briefings for claim in briefing.claims},
    )


def flood_project(folder: Path) -> Project:
    """Another subject than the repository's own: its settings and records, our templates."""
    shutil.copytree(BASE, folder / "content")
    shutil.copytree(ROOT / "site_templates", folder / "site_templates")
    shutil.copy(FLOOD / "mkdocs.yml", folder)
    return Project(folder)


def own_project(folder: Path) -> Project:
    """The repository's own content, in another place."""
    for name in ("content", "site_templates"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return Project(folder)


def files_of(folder: Path) -> dict[str, str]:
    """Every file's path and a digest of what it holds."""
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.rglob("*") if file.is_file()
    }


# --- HTML ---------------------------------------------------------------------------------------------

_VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])


class _Reader(HTMLParser):
    """Builds a tree, and insists that every element is closed where it should be."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tree = TreeBuilder()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tree.start(tag, {name: value or "" for name, value in attrs})
        if tag in _VOID:
            self.tree.end(tag)
        else:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tree.start(tag, {name: value or "" for name, value in attrs})
        self.tree.end(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1] == tag, f"</{tag}> inside {' > '.join(self.open)}, line {self.getpos()[0]}"
        self.open.pop()
        self.tree.end(tag)

    def handle_data(self, data: str) -> None:
        if self.open:
            self.tree.data(data)


def read_html(text: str) -> Element:
    """A page as a tree; a page whose elements are not well nested is refused."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    assert not reader.open, f"never closed: {reader.open}"
    return reader.tree.close()


_read_page = lru_cache(maxsize=400)(read_html)
"""Tests look at a page many times; none changes it."""


def fragment(text: str) -> Element:
    """A piece of HTML as a tree with a root of its own."""
    return read_html(f"<body>{text}</body>")


def words(element: Element) -> str:
    """The text that a reader sees, in single spaces."""
    return " ".join("".join(element.itertext()).split())


def with_id(page: Element, name: str) -> Element:
    """The one element with this id."""
    found = [element for element in page.iter() if element.get("id") == name]
    assert len(found) == 1, f"{len(found)} elements have the id {name}"
    return found[0]


def only(page: Element, tag: str) -> Element:
    """The one element of a kind, those inside pictures apart."""
    drawn = {id(element) for picture in page.iter("svg") for element in picture.iter()}
    found = [element for element in page.iter(tag) if id(element) not in drawn]
    assert len(found) == 1, f"{len(found)} <{tag}>"
    return found[0]


def links(page: Element) -> Iterator[str]:
    """Every address that the page links to, as written."""
    for element in page.iter("a"):
        if "href" in element.attrib:
            yield element.attrib["href"]
