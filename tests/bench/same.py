"""Random edits, after each of which a build that remembers and one that does not must give the same site.

python -m tests.bench.same DIR --briefings 8 --edits 500 --seed 1
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import shutil
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import generator.mkdocs_run  # noqa: F401 - read by every build
from generator.cli import main as briefbook
from tests.bench.corpus import write_project
from tests.bench.edits import edits
from tests.projects import files_of


def differences(folder: Path, briefings: int, seed: int, corpus: int | None = None) -> Iterator[tuple[str, list[str]]]:
    """Each edit in words, with the files that differ after it.

    Args:
        folder: an empty folder to work in.
        briefings: how many the corpus has.
        seed: chance.
        corpus: that of the records, where it is another.
    """
    project = folder / "project"
    write_project(project, briefings, seed if corpus is None else corpus)
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
    """Build in a process of its own, which begins with all modules read: that takes it as long as a small edit."""
    said = project.with_name("said.txt")
    process = multiprocessing.get_context("fork").Process(target=_command, args=(project, site, said))
    process.start()
    process.join()
    if process.exitcode:
        raise RuntimeError(said.read_text(encoding="utf-8"))


def _command(project: Path, site: Path, said: Path) -> None:
    with said.open("wb") as stream:
        for output in (1, 2):
            os.dup2(stream.fileno(), output)
    briefbook(["-C", str(project), "build", "--site-dir", str(site)])


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
