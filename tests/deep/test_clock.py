"""What time it is, or files say it is, is no part of a site, and hides no edit."""

from __future__ import annotations

import os
import time

import pytest

from tests.faults import PLACE, WORDS, Site, builds, edit, state_of
from tests.projects import Project

pytestmark = pytest.mark.deep

TIMES = {"1970": 0, "before 1970": -(10**9), "now": 0, "in ten years": 10 * 365 * 86400, "after 2038": 2**33}


@pytest.mark.parametrize("when", TIMES)
def test_an_edit_is_seen_whatever_its_time(victim: Project, clean: list[Site], when: str) -> None:
    file = victim.content / PLACE
    seconds = TIMES[when] + (time.time() if when in ("now", "in ten years") else 0)
    for _ in WORDS:
        edit(victim, (state_of(victim) + 1) % len(WORDS))
        os.utime(file, (seconds, seconds))
        builds(victim, clean[state_of(victim)])


@pytest.mark.parametrize("when", TIMES)
def test_times_of_all_that_there_is(victim: Project, clean: list[Site], when: str) -> None:
    """As after a copy, or with a clock that was wrong."""
    builds(victim, clean[state_of(victim)])
    for folder in (victim.content, victim.templates.parent, victim.site, victim.folder / ".cache"):
        for path in folder.rglob("*"):
            os.utime(path, (TIMES[when], TIMES[when]))
    for _ in WORDS:
        edit(victim, (state_of(victim) + 1) % len(WORDS))
        builds(victim, clean[state_of(victim)])
