"""Briefbook beside Hugo + Pagefind and MkDocs + Material, on the same made-up records: `python -m tests.bench`.

All that it writes is below one folder of its own, which it removes.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random

from tools.browser import find_browser

from .corpus import write_project
from .cost import CommandError
from .report import Measured, machine, table
from .search_cost import searched
from .sites import BUILDERS, Builder, Ours, edit_figure, editable
from .words import Words

RANKS = (100, 1_000, 5_000)
"""What is searched for: a common word, one that is not, and a rare one."""


def main() -> None:
    """Measure as the command line says, and print tables."""
    given = _arguments()
    work = given.keep or Path(tempfile.mkdtemp(prefix="briefbook-bench-"))
    browser = find_browser() if given.search else None
    shown = subprocess.run([browser, "--version"], capture_output=True, text=True, check=True).stdout.strip() if browser else "no browser"
    print(machine(shown, given.cards), flush=True)
    try:
        for size in given.sizes:
            print(_at_size(size, work / str(size), given), flush=True)
    finally:
        if not given.keep:
            shutil.rmtree(work, ignore_errors=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="What a site costs here and elsewhere, side by side.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000, 10000], metavar="N", help="numbers of briefings")
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="runs of each; MkDocs has one from 2,000 briefings on")
    parser.add_argument("--edits", type=int, metavar="N", help="edits after each other; by default as many as runs")
    parser.add_argument("--against", nargs="*", choices=list(BUILDERS), default=list(BUILDERS), help="whom to compare with")
    parser.add_argument("--without-ours", action="store_true", help="measure the others alone")
    parser.add_argument("--no-search", dest="search", action="store_false", help="leave the browser out")
    parser.add_argument(
        "--cards", choices=("all", "live", "none"), default="none", help="which cards for other pages ours makes; the others make none"
    )
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--limit", type=float, default=30, metavar="MINUTES", help="stop a command that takes longer")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="work in this folder and leave all there")
    return parser.parse_args()


def _at_size(size: int, work: Path, given: argparse.Namespace) -> str:
    project = work / "project"
    _say(f"{size:,} briefings: writing the records")
    records = write_project(project, size, given.seed, given.cards)
    classes: list[type[Builder]] = [*(() if given.without_ours else (Ours,)), *(BUILDERS[name] for name in given.against)]
    columns = []
    for made in classes:
        folder = work / made.__name__.lower()
        folder.mkdir(parents=True)
        columns.append(Measured(made(project, folder, given.limit * 60)))
    for each in columns:
        _attempt(each, lambda each: each.builder.prepare())
        for number in range(1 if size >= 2_000 and not each.builder.rebuilds else given.runs):
            _attempt(each, lambda each, number=number: _cold(each, number))  # type: ignore[misc]  # bound as it is now
    sheets = editable(project, given.seed)[: given.edits or given.runs]
    for each in columns:  # one after the other, as somebody edits: what another builds in between would take the disk's memory
        for file in sheets if each.builder.rebuilds else ():
            edit_figure(file)
            _attempt(each, lambda each, file=file: _edited(each, file))  # type: ignore[misc]  # as above
    queries = _queries(project, given.seed) * given.runs
    for each in columns:
        if not each.failed:
            files = [file for file in each.builder.site.rglob("*") if file.is_file()]
            each.files, each.pages = len(files), sum(file.suffix == ".html" for file in files)
            each.size = sum(file.stat().st_size for file in files)
        if given.search:
            _attempt(each, lambda each: each.searches.extend(searched(each.builder, queries)))
    if not given.keep:
        shutil.rmtree(work, ignore_errors=True)
    return table(size, records, given.runs, given.edits or given.runs, columns)


def _queries(project: Path, seed: int) -> list[str]:
    """Words that stand in the sheets, of about these ranks."""
    files = sorted((project / "content" / "briefings").glob("*.yaml"))[:100]
    there = {word for file in files for word in re.findall(r"\w+", file.read_text(encoding="utf-8").lower())}
    words = Words(Random(seed))
    return [next(word for word in map(words.ranked, range(rank, rank + 1_000)) if word in there) for rank in RANKS]


def _cold(each: Measured, number: int) -> None:
    _say(f"{each.builder.name}: cold build {number + 1}")
    each.builder.forget()
    each.cold.append(each.builder.build())
    _say(f"{each.cold[-1].seconds:.1f} s")
    for name, cost in each.builder.steps.items():
        each.steps.setdefault(name, []).append(cost)


def _edited(each: Measured, file: Path) -> None:
    _say(f"{each.builder.name}: a figure changed in {file.stem}")
    each.builder.follow(file)
    each.edit.append(each.builder.build())
    _say(f"{each.edit[-1].seconds:.2f} s")


def _attempt(each: Measured, what: Callable[[Measured], None]) -> None:
    """Do the next thing, unless something before it failed."""
    if not each.failed:
        try:
            what(each)
        except CommandError as error:
            each.failed = str(error).partition("\n")[0]
            _say(f"{each.builder.name}: {error}")


def _say(words: str) -> None:
    print(f"  {words} (load {os.getloadavg()[0]:.1f})", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
