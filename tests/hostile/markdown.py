"""Records to HTML without a site around it, and what of it is other than with ordinary words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from markdown import Markdown

from generator import policy
from generator.pipeline import Project as Source
from generator.pipeline import check, pages_of
from generator.render import RenderedPage
from tests.projects import ROOT

from .pages import Seen, differences, read_in, seen
from .records import slots
from .sweep import CONTROLS, Texts, project_of

MARKDOWN = Markdown(
    extensions=["attr_list", "md_in_html", "def_list", "tables", "toc", "fenced_code"],
    extension_configs={"tables": {"use_align_attribute": True}, "toc": {"toc_depth": 2}},
)
"""With what mkdocs.yml turns on, and what MkDocs adds by itself."""
_OF_CONTROL = re.compile(rf"-{CONTROLS[1]}(?=[/.])")
_BEGINNING = "<!doctype html>\n<html lang=en><head><title>x</title></head><body>\n"


def rendered(folder: Path, families: Mapping[int, Texts]) -> dict[str, RenderedPage]:
    """The pages of families, by their files. The records have no problem."""
    project = project_of(folder, families)
    records, problems = check(project.content)
    assert problems == ()
    return {
        page.uri: page for page in pages_of(Source(project.content, ROOT / "site_templates", "Name", "https://facts.example/"), records)
    }


def html(page: RenderedPage) -> str:
    """A page's HTML, as other builders make it too."""
    _, _, body = page.text.split("---\n", 2)
    return f"{_BEGINNING}{MARKDOWN.reset().convert(body)}</body></html>"


def faults(pages: Mapping[str, RenderedPage], families: Mapping[int, Texts]) -> Iterator[str]:
    """Whatever is other on a family's own pages than on those of ordinary words. Former addresses and versions between are left out."""
    for uri in pages:
        if not is_controls(uri) or "/old-" in uri or "/at/20" in uri:
            continue
        control = seen(html(pages[uri]))
        for number, texts in families.items():
            if number not in CONTROLS:
                found = of_control(uri, number)
                yield from (f"{found}: {fault}" for fault in _faults(control, families[CONTROLS[1]], html(pages[found]), texts))


def read_by_readers(pages: Mapping[str, RenderedPage], families: Mapping[int, Texts]) -> set[str]:
    """The paths of all fields that the control's pages show."""
    words = families[CONTROLS[1]]
    return {slots()[place] for uri in pages if is_controls(uri) for place in read_in(seen(html(pages[uri])), words)}


def _faults(control: Seen, words: Texts, made: str, texts: Texts) -> Iterator[str]:
    yield from (f"line {fault.line}: {fault.found}: {fault.tag}" for fault in policy.faults(made, ()))
    yield from differences(control, words, seen(made), texts)


def is_controls(uri: str) -> bool:
    """Whether a file tells of records of the control alone."""
    return bool(_OF_CONTROL.search(uri))


def of_control(uri: str, number: int) -> str:
    """The file of another family that is what a file of the control is."""
    return _OF_CONTROL.sub(f"-{number}", uri)
