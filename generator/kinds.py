"""The kinds of record, and the folder of each."""

from __future__ import annotations

from typing import Literal, get_args

Kind = Literal["briefing", "place", "actor", "person", "source", "measure"]
KINDS: tuple[Kind, ...] = get_args(Kind)
FOLDERS: dict[Kind, str] = {
    "briefing": "briefings",
    "place": "places",
    "actor": "actors",
    "person": "people",
    "source": "sources",
    "measure": "measures",
}
"""Below the content folder, and in the site's addresses."""
