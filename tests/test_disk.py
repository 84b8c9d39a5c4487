"""What builds have left that were killed is told from what others are at work on."""

from __future__ import annotations

import os
import sys

import pytest

from generator.disk import is_abandoned, owner


@pytest.mark.skipif(sys.platform == "win32", reason="no fork")
def test_what_a_process_leaves_is_abandoned_when_it_has_ended() -> None:
    end, start = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(start)
        os.read(end, 1)  # until nobody holds the other end
        os._exit(0)
    try:
        with os.fdopen(start, "wb"):
            assert not is_abandoned(f".site-{pid}-x", ".site-")
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
        if sys.platform == "linux":  # elsewhere it counts only when nobody can ask any more how it ended
            assert is_abandoned(f"{pid}-x")
    finally:
        os.close(end)
        os.waitpid(pid, 0)
    assert is_abandoned(f"{pid}-x")


@pytest.mark.parametrize("name", ["", "x-1", "1", "1-x", "²5-x"])
def test_what_may_be_in_use_is_not(name: str) -> None:
    assert not is_abandoned(name)


def test_what_another_run_with_the_same_number_has_left_is() -> None:
    """In a container, each may be number 1."""
    assert not is_abandoned(f".site-{owner()}x", ".site-")
    assert is_abandoned(f"{os.getpid()}-0a1b2c3d-x")


def test_a_number_that_no_process_can_have_is_that_of_none() -> None:
    assert is_abandoned(f"{10**30}-x")
