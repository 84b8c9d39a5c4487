"""Each claim's cards: pages so small that others can show them in a frame."""

from __future__ import annotations

from collections.abc import Iterator

from .outputs import Cards, OutputFile
from .records import Briefing
from .standalone import Standalone, html_file
from .urls import page_path, way
from .views.card import card_views
from .views.library import Library

STYLE = "/assets/card.css"
"""Shared by all cards: a browser asks for it once."""
_POLICY = "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'"


def cards(library: Library, pages: Standalone, which: Cards = "all") -> Iterator[OutputFile]:
    """Every card, as the claim stands and as it stood.

    Raises:
        ContentError: a template is missing or broken; the problem says where.
    """
    for briefing in library.whole.briefings.values():
        yield from cards_of(library, pages, briefing, which)


def cards_of(library: Library, pages: Standalone, whole: Briefing, which: Cards = "all") -> Iterator[OutputFile]:
    """A sheet's cards.

    Raises:
        ContentError: as above.
    """
    for view in card_views(library, whole, pinned=which == "all") if which != "none" else ():
        style = way(page_path(view.uri), STYLE)
        yield html_file(view.uri, pages.page("card.html.j2", view.uri, view=view, style=style, policy=_POLICY))
