"""Files that reference managers read: how to cite each sheet and its claims, as BibTeX and CSL-JSON."""

from __future__ import annotations

from collections.abc import Iterator

from ..records import Briefing
from ..urls import cite_file
from ..views.citing import works
from ..views.library import Library
from . import bibtex, csl
from .file import OutputFile, Site


def citation_files(library: Library, site: Site) -> Iterator[OutputFile]:
    """Both files of each sheet that stands."""
    for briefing in library.catalog.briefings.values():
        yield from citations_of(library, site, briefing)


def citations_of(library: Library, site: Site, briefing: Briefing) -> Iterator[OutputFile]:
    """Both files of a sheet."""
    found = works(library, briefing)
    yield OutputFile(cite_file(briefing.id, "bib"), "\n".join(bibtex.entry(work, site) for work in found).encode())
    yield OutputFile(cite_file(briefing.id, "json"), (csl.document(found, site) + "\n").encode())
