"""Killed at any moment, a build leaves a whole site, and the next one goes on without help."""

from __future__ import annotations

import os
import random
import signal
import sys

import pytest

from tests.faults import WORDS, Site, builds, differing, edit, forget, left_over, site_of, start, state_of
from tests.projects import Project

pytestmark = [pytest.mark.deep, pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc for what is left running")]

KILLS = int(os.environ.get("KILLS", "200"))
"""So many builds are killed: half of them the first of a project, half after an edit."""


@pytest.mark.parametrize("number", range(KILLS // 2))
def test_killed_at_any_moment(victim: Project, clean: list[Site], is_first: bool, seconds: float, number: int) -> None:
    chance = random.Random(f"kill {number} {is_first}")
    if is_first:
        forget(victim)
    before, state = site_of(victim), (state_of(victim) + 1 + chance.randrange(2)) % len(WORDS)
    edit(victim, state)
    running = start(victim)
    running.lasts(chance.uniform(0, seconds))
    running.kill(signal.SIGKILL, group=bool(number % 2))
    running.end()
    found = site_of(victim)
    assert found in (before, clean[state]), differing(found, clean[state])[:5]
    builds(victim, clean[state])
    assert running.left_behind() == []
    assert left_over(victim) == []
