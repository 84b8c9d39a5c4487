"""Random edits, after each of which a build that remembers and one that does not must give the same site.

python -m tests.bench.same DIR --briefings 8 --edits 500 --seed 1
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from tests.bench.corpus import write_project
from tests.bench.edits import edits
from tests.projects import files_of, run


def differences(folder: Path, briefings: int, seed: int) -> Iterator[tuple[str, list[str]]]:
    """Each edit in words, with the files that differ after it.

    Args:
        folder: an empty folder to work in.
        briefings: how many the corpus has.
        seed: chance.
    """
    project = folder / "project"
    write_project(project, briefings, seed)
    for number, edit in enumerate(_with_first(project, seed)):
        _build(project, project / "site")
        clean = folder / "clean"
        shutil.rmtree(clean, ignore_errors=True)
        shutil.copytree(project, clean, ignore=shutil.ignore_patterns("site", ".cache"))
        _build(clean, clean / "site")
        found, wanted = files_of(project / "site"), files_of(clean / "site")
        yield f"{number}: {edit}", sorted(path for path in found.keys() | wanted.keys() if found.get(path) != wanted.get(path))


def _with_first(project: Path, seed: int) -> Iterator[str]:
    yield "as it was written"
    yield from edits(project, seed)


def _build(project: Path, site: Path) -> None:
    done = run("generator", "-C", project, "build", "--site-dir", site)
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)


def main() -> None:
    """Say what differs, and end with 1 if anything does."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--briefings", type=int, default=8)
    parser.add_argument("--edits", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    wrong = 0
    for edit, files in islice(differences(given.folder, given.briefings, given.seed), given.edits + 1):
        wrong += bool(files)
        print(f"{edit}: {'the same' if not files else f'{len(files)} files differ: {files[:20]}'}", flush=True)
    print(f"{given.edits} edits, {wrong} with differences")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
