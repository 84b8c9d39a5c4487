"""What every output is: a file of the site that is no page, and where the site stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..urls import Target, page_path


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file of the site.

    Attributes:
        path: from the site's root: `api/v1/places/rawa.json`.
        content: its bytes.
    """

    path: str
    content: bytes


Cards = Literal["all", "live", "none"]


@dataclass(frozen=True, slots=True)
class Site:
    """What outputs say of the site that they belong to.

    Attributes:
        name: what it calls itself.
        url: where it stands; empty when not known, and then addresses begin at its root.
        description: what it is about, in a sentence; may be empty.
        terms: under which its records may be used, as the foot of each page has it; may be empty.
        ids_under: what lasting ids begin with, such as the first address of a site that has moved; empty for its address.
        cards: which cards of claims it has for other pages: as claims stand and as they stood, as they stand alone, or none.
    """

    name: str
    url: str = ""
    description: str = ""
    terms: str = ""
    ids_under: str = ""
    cards: Cards = "all"

    def lasting(self, path: str) -> str:
        """An id for ever, for what must not change its name when the site moves: a full IRI, also where the address is not known."""
        return f"{(self.ids_under or self.url or 'http://localhost').rstrip('/')}/{path}"

    def address(self, path: str) -> str:
        """The full address of a path from the site's root."""
        return f"{self.url.rstrip('/')}/{path.lstrip('/')}"

    def page(self, target: Target) -> str:
        """The full address of a page, or of a place on it."""
        address = self.address(page_path(target.uri))
        return f"{address}#{target.anchor}" if target.anchor else address
