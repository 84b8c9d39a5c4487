"""Several builds at once: each ends well, and whoever reads meanwhile sees one site or another, never a mixed one."""

from __future__ import annotations

import hashlib
import os
import random
from pathlib import Path

import pytest

from tests.faults import WORDS, Build, Site, builds, differing, edit, left_over, site_of, start, state_of
from tests.previews import Preview
from tests.projects import Project, files_of

pytestmark = pytest.mark.deep


def looked_at(site: Path) -> Site | None:
    """The site as one sees it that has opened its folder; None when it was removed meanwhile."""
    folder = os.open(site, os.O_RDONLY | os.O_DIRECTORY)
    try:
        found = {}
        for here, _, names, handle in os.fwalk(".", dir_fd=folder):
            for name in names:
                with os.fdopen(os.open(name, os.O_RDONLY, dir_fd=handle), "rb") as stream:
                    found[(Path(here) / name).as_posix()] = hashlib.sha256(stream.read()).hexdigest()
    except FileNotFoundError:
        return None
    finally:
        os.close(folder)
    return found


@pytest.mark.parametrize("number", range(6))
def test_two_builds_of_one_site(victim: Project, clean: list[Site], number: int) -> None:
    chance = random.Random(number)
    builds(victim, clean[state_of(victim)])
    before = state_of(victim)
    edit(victim, (before + 1) % len(WORDS))
    running = [start(victim)]
    running[0].lasts(chance.uniform(0, 3))
    edit(victim, (before + 2) % len(WORDS))
    running.append(start(victim))
    _end_well(running)
    assert site_of(victim) in (clean[(before + 1) % len(WORDS)], clean[(before + 2) % len(WORDS)])
    builds(victim, clean[state_of(victim)])
    assert left_over(victim) == []


def test_two_sites_of_one_project(victim: Project, clean: list[Site], tmp_path: Path) -> None:
    edit(victim, (state_of(victim) + 1) % len(WORDS))
    _end_well([start(victim), start(victim, "--site-dir", tmp_path / "other")])
    assert differing(site_of(victim), clean[state_of(victim)]) == []
    assert differing(files_of(tmp_path / "other"), clean[state_of(victim)]) == []


def test_a_build_beside_a_preview(victim: Project, clean: list[Site], tmp_path: Path) -> None:
    builds(victim, clean[state_of(victim)])
    preview = Preview(victim, tmp_path)
    try:
        preview.wait("/places/upper-example/", lambda text: WORDS[state_of(victim)] in text)
        for _ in WORDS:
            edit(victim, (state_of(victim) + 1) % len(WORDS))
            _end_well([start(victim)])
            assert differing(site_of(victim), clean[state_of(victim)]) == []
            preview.wait("/places/upper-example/", lambda text: WORDS[state_of(victim)] in text)
    finally:
        preview.stop()
    builds(victim, clean[state_of(victim)])
    assert left_over(victim) == []


def _end_well(running: list[Build]) -> None:
    for each in running:
        done = each.end()
        assert done.returncode == 0, done.stderr
        assert done.stderr in ("", "briefbook: waiting for another build of this site\n")


def test_readers_see_whole_sites(victim: Project, clean: list[Site]) -> None:
    builds(victim, clean[state_of(victim)])
    looks = 0
    for _ in range(2 * len(WORDS)):
        edit(victim, (state_of(victim) + 1) % len(WORDS))
        running = start(victim)
        while running.process.poll() is None:
            found = looked_at(victim.site)
            assert found is None or found in clean
            looks += found is not None
        _end_well([running])
    assert looks > 2 * len(WORDS)
