"""Problems printed, as wide and as colourful as the place that they are printed to."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from . import formats
from .catalog import Catalog
from .errors import Problem
from .excerpt import ROOM
from .pipeline import Project, explain

FORMATS = ("text", "json", "github")
SHOWN, SHOWN_ELSEWHERE = 50, 1_000
"""So many problems are printed on a terminal, and where a program may read them, unless all are asked for."""
GUTTER = 10
"""Cells for the number of a line."""
COLOURS: dict[str, dict[str, Any]] = {
    "place": {"bold": True},
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "good": {"fg": "green", "bold": True},
    "quiet": {"fg": "cyan"},
}


def tell(project: Project, problems: Sequence[Problem], records: Catalog | None, output: str = "text", *, everything: bool = False) -> None:
    """Print problems, and on standard error how many there are.

    Args:
        project: where they were found.
        problems: in order.
        records: what could be read, for examples.
        output: one of `FORMATS`.
        everything: each problem for itself, however many there are.
    """
    if output == "json":
        click.echo(formats.as_json(explain(project, problems, records, fold=False)))
        return
    is_terminal = sys.stdout.isatty()
    # What is wider than a page is harder to read than what is cut.
    room = max(ROOM // 2, min(shutil.get_terminal_size().columns - GUTTER, ROOM)) if is_terminal else ROOM
    limit = None if everything else SHOWN if is_terminal else SHOWN_ELSEWHERE
    told = explain(project, problems, records, limit=limit, fold=not everything, room=room)
    lines = (
        formats.as_text(told, _styled, spaced=is_terminal)
        if output == "text"
        else formats.as_github(told, lambda path: in_repository(project.file_of(path)))
    )
    colour = _colour()
    for line in lines:
        click.echo(line, color=colour)
    click.echo(told.summary, err=True)


def _styled(text: str, role: str) -> str:
    return click.style(text, **COLOURS[role])


def _colour() -> bool | None:
    """Whether to print in colour: as the environment asks, else on a terminal only."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return True if os.environ.get("FORCE_COLOR") else None


def in_repository(file: Path) -> str:
    """A file as the checkout of a workflow has it, or as seen from here."""
    return Path(os.path.relpath(file, os.environ.get("GITHUB_WORKSPACE") or Path.cwd())).as_posix()
