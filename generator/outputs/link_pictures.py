"""Pictures that other sites show of a link: one for each sheet, and one for the site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..pictures.link_picture import can_draw, card
from ..records import Briefing
from ..urls import record_uri
from ..views.library import Library
from .file import OutputFile, Site

SITE_CARD = "cards/site.png"


@dataclass(frozen=True, slots=True)
class Card:
    """A picture for links.

    Attributes:
        path: its file, from the site's root.
        alt: what can be read on it.
    """

    path: str
    alt: str


def card_of(briefing: Briefing) -> Card | None:
    """A sheet's picture; None for a title that cannot be drawn, for which the site's has to do."""
    if not can_draw(briefing.title):
        return None
    path = f"cards/{record_uri('briefing', briefing.id).removesuffix('.md')}.png"
    return Card(path, f"{briefing.title}. {_below(briefing)}")


def link_pictures(library: Library, site: Site) -> Iterator[OutputFile]:
    """Every picture for links."""
    yield site_picture(site)
    for briefing in library.catalog.briefings.values():
        yield from link_picture(site, briefing)


def site_picture(site: Site) -> OutputFile:
    """The site's."""
    about = next((words for words in (site.description, site.name) if can_draw(words)), "")
    return OutputFile(SITE_CARD, card(site.name, about, ""))


def link_picture(site: Site, briefing: Briefing) -> Iterator[OutputFile]:
    """A sheet's, if it can be drawn."""
    if found := card_of(briefing):
        yield OutputFile(found.path, card(site.name, briefing.title, _below(briefing)))


def _below(briefing: Briefing) -> str:
    """What kind of sheet it is, and which time it is about."""
    covers = briefing.covers.words
    return f"{briefing.label.capitalize()} · {covers[:1].upper()}{covers[1:]}"
