"""After each edit, of whatever kind, a build that remembers gives the same bytes as one that does not."""

from __future__ import annotations

import re
from itertools import islice
from pathlib import Path

from tests.bench.same import differences
from tests.projects import Project, files_of

from .test_again import clean_site, edit

KINDS = (
    "the new claim", "other words", "is withdrawn", "briefing .* is .* now", "the claim .* is .* now", "the place .* is at", r"\.md\.j2",
    "about/index.md", r"mkdocs\.yml: without",
)  # fmt: skip
"""In words: an addition, a change, what is withdrawn, renamed and moved, a template, a hand-written page, a setting of the theme."""
EXTENSION = """
from markdown import Extension
from markdown.postprocessors import Postprocessor

class Loud(Postprocessor):
    def run(self, text):
        return text.replace("<h2", "<h2 data-edition={edition}")

def makeExtension(**settings):
    made = Extension()
    made.extendMarkdown = lambda md: md.postprocessors.register(Loud(md), "loud", 0)
    return made
"""


def test_random_edits_of_made_up_records(tmp_path: Path) -> None:
    seen = []
    for words, files in islice(differences(tmp_path, briefings=2, seed=11, corpus=1), 10):
        assert files == [], words
        seen.append(words)
    assert [kind for kind in KINDS if not any(re.search(kind, words) for words in seen)] == []


def test_another_version_of_a_dependency(project: Project, tmp_path: Path) -> None:
    packages = tmp_path / "packages"

    def install(edition: int) -> None:
        for old in packages.glob("*.dist-info"):
            old.rmdir()
        (packages / f"loud-{edition}.dist-info").mkdir(parents=True)
        (packages / "loud.py").write_text(EXTENSION.format(edition=edition), encoding="utf-8")

    edit(project, "../mkdocs.yml", "markdown_extensions:\n", "markdown_extensions:\n  - loud\n")
    around = {"PYTHONPATH": str(packages)}
    install(1)
    project.build(**around)
    before = files_of(project.site)
    install(2)
    project.build(**around)
    assert b"<h2 data-edition=2" in (project.site / "places/lower-example/index.html").read_bytes()
    assert files_of(project.site) != before
    assert files_of(project.site) == clean_site(project, tmp_path / "clean", **around)
