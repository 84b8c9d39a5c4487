"""The whole story: a folder of records in, pages out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path

from . import dangling, history, review, rules
from .cards import cards
from .catalog import Catalog, put_together
from .edtf import Edtf
from .errors import ContentError, Problem, at_most, errors_only, in_order
from .excerpt import ROOM
from .guesses import guessed
from .history import Published
from .light import light_copies
from .load import Content, lines_of, load
from .outputs import Cards, OutputFile, Site, outputs
from .outputs.jsonld import LinkedData
from .pages import library as library_of
from .pages import pages
from .records import MODELS
from .references import references
from .render import RenderedPage, render
from .report import Report, report
from .standalone import Standalone


@dataclass(frozen=True, slots=True)
class Project:
    """Where a site comes from.

    Attributes:
        content_dir: the records' folder.
        templates_dir: the folder with `pages/` and `html/`.
        site_name: what the site calls itself.
        site_url: where it will stand; empty when not known.
        site_description: what it is about, in a sentence; may be empty.
        terms: under which its records may be used; may be empty.
        ids_under: what lasting ids begin with; empty for the site's address.
        review_day: the day by which reviews are judged to be due; without one, none is.
        cards: which cards of claims there are for other pages.
    """

    content_dir: Path
    templates_dir: Path
    site_name: str
    site_url: str = ""
    site_description: str = ""
    terms: str = ""
    ids_under: str = ""
    review_day: Edtf | None = None
    cards: Cards = "all"

    @property
    def site(self) -> Site:
        """What the site says of itself."""
        return Site(self.site_name, self.site_url, self.site_description, self.terms, self.ids_under, self.cards)

    def file_of(self, shown: str) -> Path:
        """The file that a problem names."""
        name, _, rest = shown.partition("/")
        folder = next((folder for folder in (self.content_dir, self.templates_dir) if folder.name == name), None)
        return folder / rest if folder else self.content_dir.parent / shown


@dataclass(frozen=True, slots=True)
class Publication:
    """All that a site is made of, but for what stands in its folder by hand."""

    pages: list[RenderedPage]
    files: list[OutputFile]


class BrokenContentError(ContentError):
    """The records have problems. `records` is what could be read of them, from which examples can be taken."""

    def __init__(self, problems: Sequence[Problem], records: Catalog) -> None:
        super().__init__(problems)
        self.records = records


def check(
    content_dir: Path, shown_as: str = "content", published: Published | None = None, day: Edtf | None = None
) -> tuple[Catalog, tuple[Problem, ...]]:
    """Read the records and judge them.

    Args:
        content_dir: the records' folder.
        shown_as: how problems name it.
        published: what was last published, to hold the records against; None leaves that out.
        day: by which claims were to be looked at again, to warn of those that were not; None leaves that out.

    Returns:
        The catalog of all readable records, and every problem found, sorted.
    """
    records, problems = check_now(content_dir, shown_as)
    overdue = review.overdue_problems(records, day) if day else ()
    return records, in_order([*problems, *history.check(records, published, shown_as), *overdue])


def check_now(content_dir: Path, shown_as: str = "content") -> tuple[Catalog, list[Problem]]:
    """The same for the records as they stand, whatever they tell of their past."""
    return judged(load(content_dir, shown_as))


def judged(content: Content) -> tuple[Catalog, list[Problem]]:
    """Records that were read, put together, and every problem found in them."""
    records = put_together(content)
    library = library_of(records)
    problems = list(guessed(library, records.broken, content.problems))
    for loaded in content.records:
        refs = list(references(MODELS[loaded.kind], loaded.document.data))
        problems += at_most(chain(dangling.check(library, loaded, content.images, refs), rules.check(library, loaded, refs)))
    for (kind, record_id), document in content.broken.items():
        if document:
            problems += at_most(dangling.check_broken(library, kind, record_id, document))
    return records, problems


def build_pages(project: Project) -> list[RenderedPage]:
    """Records to Markdown pages.

    Raises:
        ContentError: the records (BrokenContentError) or the templates have problems; all of them are in it.
    """
    return pages_of(project, checked(project))


def checked(project: Project) -> Catalog:
    """The records of a project.

    Raises:
        BrokenContentError: they have problems.
    """
    records, problems = check(project.content_dir, project.content_dir.name, day=project.review_day)
    if errors_only(problems):
        raise BrokenContentError(problems, records)
    return records


def pages_of(project: Project, records: Catalog) -> list[RenderedPage]:
    """The pages of these records.

    Raises:
        ContentError: the templates have a problem.
    """
    return publication(project, records).pages


def publication(project: Project, records: Catalog) -> Publication:
    """The pages of these records, and what the site gives to machines.

    Raises:
        ContentError: the templates have a problem.
    """
    whole = library_of(records, project.review_day)
    alone = Standalone(project.templates_dir, project.site)
    files = [*outputs(whole, project.site), *cards(whole, alone, project.cards), *light_copies(whole, alone)]
    linked = LinkedData(whole, project.site, [file.path for file in files])
    return Publication(render(pages(whole, linked, files), project.templates_dir, project.site), files)


def explain(
    project: Project,
    problems: Sequence[Problem],
    records: Catalog | None = None,
    *,
    limit: int | None = None,
    fold: bool = True,
    room: int = ROOM,
) -> Report:
    """The problems with the lines they stand on, and with examples from the records; see `generator.report`."""

    @lru_cache(maxsize=16)  # problems come in the order of their files
    def lines(shown: str) -> list[str]:
        return lines_of(project.file_of(shown))

    return report(problems, lines, records, limit=limit, fold=fold, room=room)
