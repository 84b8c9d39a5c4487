"""A sheet in one small file, for slow lines and small devices: no script, no picture, nothing else to be asked for.

It holds as much as a host can send in a first answer. What that leaves no room for is left out from the end, and the
page says so.
"""

from __future__ import annotations

import gzip
import hashlib
from base64 import b64encode
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from .outputs import OutputFile
from .records import Briefing
from .standalone import Standalone, html_file
from .urls import light_uri
from .views.briefing import BriefingView, briefing_view
from .views.library import Library, record_target

LIMIT = 14_000
"""Bytes, compressed as hosts send them: the ten packets that a new connection begins with."""


@dataclass(frozen=True, slots=True)
class Room:
    """How many of each list a page shows. The first list is the last to give way; answer and main points always stay."""

    figures: int
    disagreements: int
    unknowns: int
    claims: int

    @property
    def total(self) -> int:
        """How many things that is."""
        return self.figures + self.disagreements + self.unknowns + self.claims

    def first(self, count: int) -> Room:
        """Room for that many things."""
        kept = []
        for size in (self.figures, self.disagreements, self.unknowns, self.claims):
            kept.append(min(size, count))
            count -= kept[-1]
        return Room(*kept)


def light_copies(library: Library, pages: Standalone) -> Iterator[OutputFile]:
    """The light copy of each sheet, also under the ids that it had before.

    Raises:
        ContentError: a template is missing or broken; the problem says where.
    """
    for briefing in library.whole.briefings.values():
        yield from light_copies_of(library, pages, briefing)


def light_copies_of(library: Library, pages: Standalone, whole: Briefing) -> Iterator[OutputFile]:
    """A sheet's, under each id that it has or had.

    Raises:
        ContentError: as above.
    """
    html = _written(library, pages, whole)
    for briefing_id in (whole.id, *whole.formerly):
        yield html_file(light_uri(briefing_id), html)


def _written(library: Library, pages: Standalone, whole: Briefing) -> str:
    css = pages.text("light.css")
    digest = b64encode(hashlib.sha256(css.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    view = None if whole.withdrawn else briefing_view(library, library.catalog.briefings[whole.id])
    all_of_it = _all(view) if view else Room(0, 0, 0, 0)

    def page(count: int) -> str:
        return pages.page(
            "light.html.j2",
            light_uri(whole.id),
            view=view,
            whole=whole,
            sheet=record_target(library, "briefing", whole.id),
            room=all_of_it.first(count),
            all=all_of_it,
            css=Markup(css),  # a file of ours; an escaped one would be another than the policy names
            policy=policy,
        )

    html = page(all_of_it.total)
    if len(gzip.compress(html.encode(), mtime=0)) <= LIMIT:
        return html
    # The more is shown, the larger it is: find where it becomes too large.
    too_many = bisect_left(range(all_of_it.total), True, key=lambda count: len(gzip.compress(page(count).encode(), mtime=0)) > LIMIT)
    return page(max(too_many - 1, 0))


def _all(view: BriefingView) -> Room:
    return Room(len(view.key_figures), len(view.disagreements), len(view.unknowns), view.claim_count)
