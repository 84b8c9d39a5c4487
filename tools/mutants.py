"""How many small faults in the code the tests find: `python -m tools.mutants --each 20`.

mutmut makes the faults ("mutants"); pyproject.toml names the modules and the tests. All of them take a day, so a sample
is drawn from each module: the same in every run, and a larger one holds the smaller, whose results are kept in `mutants/`.
`mutmut show NAME` says what one changes that no test found.

Two things it does not see. Only bodies of functions are changed, no constants, properties or cached functions. And what a
cached function calls counts as reached by the first test alone, so that others which would find the fault are not asked.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

FOLDER = Path("mutants")
FIRST = "generator.history.paths.x_can_be_a_step__*"
"""To ask for any makes all anew whose function has changed; these are few."""


def main() -> int:
    """Try a sample of each module's mutants, and print how many were found."""
    parser = argparse.ArgumentParser(prog="python -m tools.mutants", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--each", type=int, default=20, metavar="N", help="so many of each module (default: %(default)s)")
    parser.add_argument("--only", default="", metavar="PART", help="only modules whose name has this in it, such as history")
    options = parser.parse_args()
    if not _run(FIRST):
        return 1
    modules = {name: sample(found, options.each) for name, found in results().items() if options.only in name}
    untried = [name for chosen in modules.values() for name, found in chosen.items() if found is None]
    if untried and not _run(*untried):
        return 1
    after = results()
    print(*table({name: {each: after[name][each] for each in chosen} for name, chosen in modules.items()}), sep="\n")
    return 0


def results() -> dict[str, dict[str, int | None]]:
    """What came of each mutant, by module: mutmut's exit status of its tests, None while it was not tried."""
    files = sorted(FOLDER.rglob("*.py.meta"))
    found = {file.relative_to(FOLDER).as_posix().removesuffix(".meta"): json.loads(file.read_text(encoding="utf-8")) for file in files}
    return {name: each["exit_code_by_key"] for name, each in found.items()}


def sample(found: Mapping[str, int | None], size: int) -> dict[str, int | None]:
    """So many of a module's mutants, always the same ones."""
    names = sorted(found)
    random.Random(1).shuffle(names)
    return {name: found[name] for name in names[:size]}


def table(modules: Mapping[str, Mapping[str, int | None]]) -> list[str]:
    """The score of each module, and the names of those that no test noticed."""
    lines, survivors = [], []
    for name, found in modules.items():
        lived = [each for each, status in found.items() if status in (0, 5, 33)]
        lines.append(f"{len(found) - len(lived):5} of {len(found):4} found  {name}")
        survivors += lived
    return [*lines, *(["", "Not found:", *survivors] if survivors else [])]


def _run(*names: str) -> bool:
    """Let mutmut try these, one at a time: it must stand aside for whoever works on the machine."""
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", "1", *names]
    return subprocess.run(command, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
