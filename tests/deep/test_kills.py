"""Killed at any moment, a build leaves a whole site, and the next one goes on without help."""

from __future__ import annotations

import os
import random
import signal
import sys

import pytest

from tests.faults import Site, builds, differing, left_over, site_of, under_way
from tests.projects import Project

pytestmark = [pytest.mark.deep, pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc for what is left running")]

KILLS = int(os.environ.get("KILLS", "200"))
"""So many builds are killed: half of them the first of a project, half after an edit."""


@pytest.mark.parametrize("number", range(KILLS // 2))
def test_killed_at_any_moment(victim: Project, clean: list[Site], is_first: bool, seconds: float, number: int) -> None:
    before, state, running = under_way(victim, is_first, seconds, random.Random(f"kill {number} {is_first}"))
    running.kill(signal.SIGKILL, group=bool(number % 2))
    running.end()
    found = site_of(victim)
    assert found in (before, clean[state]), differing(found, clean[state])[:5]
    builds(victim, clean[state])
    assert running.left_behind() == []
    assert left_over(victim) == []
