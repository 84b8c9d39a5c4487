"""What a feed is, whatever form it is written in, and where each is."""

from __future__ import annotations

from dataclasses import dataclass

from ..edtf import Edtf
from ..kinds import FOLDERS, Kind

FEEDS = "feeds"
CHANGES_FEED = f"{FEEDS}/changes.atom"
BRIEFINGS_FEED = f"{FEEDS}/briefings.atom"
BRIEFINGS_JSON = f"{FEEDS}/briefings.json"
ATOM = "application/atom+xml"
JSON_FEED = "application/feed+json"
FOLLOWED: tuple[Kind, ...] = ("briefing", "place", "actor")
"""Kinds of records that have a feed each."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to tell those who follow.

    Attributes:
        id: its name for ever, an IRI; never given to anything else.
        title: plain text.
        url: the page to read.
        published: the day on which it was first published.
        updated: the day of its last change.
        category: what it is, in one word for programs.
        label: the same for people.
        summary: all of it in a few plain words.
        html: all of it.
        related: further pages to read, each with a plain title.
    """

    id: str
    title: str
    url: str
    published: Edtf
    updated: Edtf
    category: str
    label: str
    summary: str
    html: str
    related: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """Entries of one subject, newest first.

    Attributes:
        id: its name for ever, an IRI.
        path: its file, from the site's root.
        title: plain text.
        about: what is in it, and how much of it; plain text.
        url: the page on the same.
        entries: what it tells.
    """

    id: str
    path: str
    title: str
    about: str
    url: str
    entries: tuple[Entry, ...]

    @property
    def updated(self) -> Edtf | None:
        """The day of its last change; None for one that has nothing to tell yet."""
        return max((entry.updated for entry in self.entries), key=lambda day: day.sort_key, default=None)


def feed_path(kind: Kind, record_id: str) -> str:
    """The feed of a record: `feeds/places/rawa.atom`."""
    return f"{FEEDS}/{FOLDERS[kind]}/{record_id}.atom"


def is_feed(path: str) -> bool:
    """Whether a file is a feed."""
    return path.startswith(f"{FEEDS}/")


def instant(day: Edtf | None) -> str:
    """A day as the formats want it, with a time.

    Noon in Greenwich is the one that falls on the same day nearly everywhere (UTC−12 to UTC+11), so that readers are shown
    the day that the record has; midnight would be the day before in all of America. What has no day yet stands at the
    beginning of the computers' calendar, which nobody takes for a date of ours.
    """
    return f"{day.earliest.isoformat() if day else '1970-01-01'}T12:00:00Z"
