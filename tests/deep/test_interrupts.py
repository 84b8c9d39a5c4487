"""Ctrl-C and a polite end at any moment: a build stops at once, says so in a line and leaves a whole site and nothing else."""

from __future__ import annotations

import os
import random
import signal
import sys
import time

import pytest

from tests.faults import Site, builds, differing, ended_as_told, left_over, site_of, under_way
from tests.projects import Project

pytestmark = [pytest.mark.deep, pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc for what is left running")]

INTERRUPTS = int(os.environ.get("INTERRUPTS", "60"))
"""So many builds are interrupted: half of them the first of a project, half after an edit."""
SOON = 10
"""Seconds in which it ends."""


@pytest.mark.parametrize("number", range(INTERRUPTS // 2))
def test_interrupted_at_any_moment(victim: Project, clean: list[Site], is_first: bool, seconds: float, number: int) -> None:
    before, state, running = under_way(victim, is_first, seconds, random.Random(f"interrupt {number} {is_first}"))
    # A terminal tells all processes; who ends a service tells the first.
    sent = signal.SIGTERM if number % 3 == 2 else signal.SIGINT
    running.kill(sent, group=sent == signal.SIGINT)
    begun = time.monotonic()
    done = running.end()
    assert time.monotonic() - begun < SOON
    ended_as_told(done, sent)
    found = site_of(victim)
    assert found in (before, clean[state]), differing(found, clean[state])[:5]
    assert running.left_behind() == []
    left = left_over(victim) if done.returncode >= 0 else []
    assert left == []
    builds(victim, clean[state])
    assert left_over(victim) == []
