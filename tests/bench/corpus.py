"""A corpus of any size in Briefbook's own format: `python -m tests.bench.corpus DIR --briefings 1000 --seed 7`.

The same seed gives the same files. Sheets are as full as the nineteen real ones, one in nineteen very large (see
`shapes`); the other records and their number are as `entities` says; words are drawn from twenty thousand by Zipf's law.
Every kind of record, field, status and link that the real content has occurs, and what it will have some day: withdrawn
and renamed records and parts. `briefbook check` finds nothing wrong with it.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random

from .briefings import Briefings
from .entities import world
from .plan import plans
from .words import Words
from .yaml_text import record_text

ROOT = Path(__file__).resolve().parents[2]
_KINDS = {"places": "place", "actors": "actor", "people": "person", "measures": "measure", "sources": "source"}
_PLUGIN = "  - briefbook:\n"
_ABOUT = {
    "index": "# About this site\n\nEverything on it is made up, to measure what a site of this size costs. It keeps to the [rules](rules.md).\n",
    "rules": "# Editorial rules\n\nNone: nobody said any of this.\n",
    "editing": "# For editors\n\nEvery record is a file. See the [rules](rules.md).\n",
}


def records(briefings: int, seed: int) -> Iterator[tuple[str, str]]:
    """Each record's path below `content/`, and its text."""
    words = Words(Random(seed))
    made = world(words, briefings)
    for (folder, record_id), tree in made.records.items():
        yield f"{folder}/{record_id}.yaml", record_text(_KINDS[folder], tree)
    writer = Briefings(words, made)
    for plan in plans(words, briefings):
        yield f"briefings/{plan.id}.yaml", record_text("briefing", writer.briefing(plan))


def write_project(folder: Path, briefings: int, seed: int, cards: str = "all") -> int:
    """A project of its own: the records, our templates and settings. Returns the number of records.

    Args:
        folder: a new folder.
        briefings: how many.
        seed: chance.
        cards: which cards of claims it makes, as in the plugin's settings.
    """
    content = folder / "content"
    for name in ("briefings", *_KINDS, "about"):
        (content / name).mkdir(parents=True)
    for page, text in _ABOUT.items():
        (content / "about" / f"{page}.md").write_text(text, encoding="utf-8")
    shutil.copytree(ROOT / "site_templates", folder / "site_templates")
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert settings.count(_PLUGIN) == 1
    (folder / "mkdocs.yml").write_text(settings.replace(_PLUGIN, f"{_PLUGIN}      cards: {cards}\n"), encoding="utf-8")
    count = 0
    for path, text in records(briefings, seed):
        (content / path).write_text(text, encoding="utf-8")
        count += 1
    return count


def main() -> None:
    """Write a corpus where the command line says."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.corpus", description="Write a made-up project to measure with.")
    parser.add_argument("folder", type=Path, metavar="DIR", help="a new folder")
    parser.add_argument("--briefings", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--cards", choices=("all", "live", "none"), default="all")
    given = parser.parse_args()
    print(f"{write_project(given.folder, given.briefings, given.seed, given.cards)} records in {given.folder}.")


if __name__ == "__main__":
    main()
