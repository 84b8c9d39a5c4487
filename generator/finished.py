"""What is known of finished pages, in the cache and while a site is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from .cache import Cache, LostError

Link = tuple[str, str, str]
"""A link to another page: that page's file, the place on it or nothing, and the link as it is written."""


class Html(NamedTuple):
    """A finished page. Tens of thousands are read at each build, which takes a tuple half of the time.

    Attributes:
        uri: its Markdown file.
        path: its file in the site.
        key: by which it is found among those that were made.
        object: its content among the objects of the cache.
        places: a digest of the places on it.
        updated: the day of its last change; None where none is known.
        at_rest: whether it is in no list, the sitemap included.
        searched: whether it is for the search.
    """

    uri: str
    path: str
    key: bytes
    object: str
    places: bytes
    updated: str | None
    at_rest: bool
    searched: bool

    @property
    def entries(self) -> tuple[tuple[str, bytes], ...]:
        """What the cache has of it besides."""
        return ("html", self.key), ("places", self.key)


@dataclass(frozen=True, slots=True)
class Places:
    """What links need of a page, and what it needs of others.

    Attributes:
        anchors: places on it that can be linked to.
        links: its own links to other pages.
    """

    anchors: frozenset[str]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Fresh:
    """What is told of a page that was made just now.

    Attributes:
        html: the page.
        places: its places and links.
        stamp: that of its object.
        edit_file: the file to edit, from the content folder; None for pages made of many.
        said: levels and messages that MkDocs logged meanwhile.
        found: what was looked for and found in it.
    """

    html: Html
    places: Places
    stamp: tuple[int, int]
    edit_file: str | None
    said: tuple[tuple[int, str], ...]
    found: tuple[Any, ...]

    @property
    def is_final(self) -> bool:
        """Whether the next build may take it as it is. What a warning was given of is made again, for the warning."""
        return not self.said and not self.found


def take(fresh: Fresh, cache: Cache) -> None:
    """Keep a page that was made, perhaps in another process."""
    cache.know(fresh.html.object, fresh.stamp)
    cache.put("places", fresh.html.key, fresh.places)
    if fresh.is_final:
        cache.put("html", fresh.html.key, fresh.html)


def places_of(cache: Cache, key: bytes) -> Places:
    """The places and links of a page.

    Raises:
        LostError: they are not in the cache any more.
    """
    found = cache.get("places", key)
    if not isinstance(found, Places):
        raise LostError("the links of a page are gone from the cache")
    return found
