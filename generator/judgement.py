"""What is wrong with a project's records, and what there is of them."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from .cache import Cache
from .catalog import Catalog
from .content import Content
from .edtf import Edtf
from .errors import Problem
from .history import Published
from .pipeline import Project, check
from .progress import Progress
from .update import parts_of
from .views import reading


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found.

    Attributes:
        records: those that can be read.
        problems: all, sorted.
        parts: how many claims, figures, quotes and events the sheets have.
    """

    records: Catalog
    problems: Sequence[Problem]
    parts: Counter[str]


@contextmanager
def judgement(project: Project, cache_dir: Path, progress: Progress, published: Published | None, day: Edtf | None) -> Iterator[Judgement]:
    """Judge the records that have changed since they were judged last.

    Where nothing can be remembered, or a build is at it just now, that is all of them.

    Args:
        project: has them.
        cache_dir: the folder with what builds remember.
        progress: is told how far it is.
        published: what was last published, to hold the records against; None leaves that out.
        day: by which reviews are due; None leaves that out.

    Yields:
        What was found. The records are read as they are asked for, until the end of `with`.
    """
    with ExitStack() as opened:
        # Remembered are records by themselves, and by the day in the settings.
        found = _remembered(project, cache_dir, progress, opened) if published is None and day == project.review_day else None
        yield found or _anew(project, published, day)


def _remembered(project: Project, cache_dir: Path, progress: Progress, opened: ExitStack) -> Judgement | None:
    try:
        cache = opened.enter_context(closing(Cache(cache_dir)))
        content = opened.enter_context(closing(Content(project, cache, progress, wait=False)))
        shelf, problems = content.judged()
    except (OSError, sqlite3.Error):
        return None
    return Judgement(reading.library(shelf).whole, problems, content.parts)


def _anew(project: Project, published: Published | None, day: Edtf | None) -> Judgement:
    records, problems = check(project.content_dir, project.content_dir.name, published, day)
    parts: Counter[str] = Counter()
    for briefing in records.briefings.values():
        parts.update(parts_of(briefing))
    return Judgement(records, problems, parts)
