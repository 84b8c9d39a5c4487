"""The whole story: a folder of records in, pages out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from . import history, rules
from .catalog import Catalog, catalog
from .edtf import Edtf
from .errors import ContentError, Problem, errors_only, in_order
from .history import Published
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
        today: the day by which reviews are judged to be due; without one, none is.
    """

    content_dir: Path
    templates_dir: Path
    site_name: str
    site_url: str = ""
    today: Edtf | None = None


def check(content_dir: Path, shown_as: str = "content", published: Published | None = None) -> tuple[Catalog, tuple[Problem, ...]]:
    """Read the records and judge them.

    Args:
        content_dir: the records' folder.
        shown_as: how problems name it.
        published: what was last published, to hold the records against; None leaves that out.

    Returns:
        The catalog of all readable records, and every problem found, sorted.
    """
    records, problems = check_now(content_dir, shown_as)
    return records, in_order([*problems, *history.check(records, published, shown_as)])


def check_now(content_dir: Path, shown_as: str = "content") -> tuple[Catalog, list[Problem]]:
    """The same for the records as they stand, whatever they tell of their past."""
    content = load(content_dir, shown_as)
    records, unresolved = catalog(content)
    return records, [*content.problems, *unresolved, *rules.check(records)]


def build_pages(project: Project) -> list[RenderedPage]:
    """Records to Markdown pages.

    Raises:
        ContentError: the records or the templates have problems; all of them are in it.
    """
    records, problems = check(project.content_dir, project.content_dir.name)
    if errors_only(problems):
        raise ContentError(problems)
    return render(pages(library(records, project.today)), project.templates_dir, project.site_name, project.site_url)
