"""The whole story: a folder of records in, pages out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from . import rules
from .catalog import Catalog, catalog
from .errors import ContentError, Problem, errors_only, in_order
from .guesses import guessed
from .load import load
from .pages import library, pages
from .render import RenderedPage, render


@dataclass(frozen=True, slots=True)
class Project:
    """Where a site comes from.

    Attributes:
        content_dir: the records' folder.
        templates_dir: the folder with `pages/`.
        site_name: what the site calls itself.
        site_url: where it will stand; empty when not known.
    """

    content_dir: Path
    templates_dir: Path
    site_name: str
    site_url: str = ""


def check(content_dir: Path, shown_as: str = "content") -> tuple[Catalog, tuple[Problem, ...]]:
    """Read the records and judge them.

    Args:
        content_dir: the records' folder.
        shown_as: how problems name it.

    Returns:
        The catalog of all readable records, and every problem found, sorted.
    """
    content = load(content_dir, shown_as)
    records, unresolved = catalog(content)
    return records, in_order([*guessed(records, content.problems), *unresolved, *rules.check(records)])


def build_pages(project: Project) -> list[RenderedPage]:
    """Records to Markdown pages.

    Raises:
        ContentError: the records or the templates have problems; all of them are in it.
    """
    records, problems = check(project.content_dir, project.content_dir.name)
    if errors_only(problems):
        raise ContentError(problems)
    return render(pages(library(records)), project.templates_dir, project.site_name, project.site_url)
