"""An extension of Python-Markdown that changes nothing but the time: addresses of links as MkDocs makes them, each once.

MkDocs works out anew for every link what it leads to and how to get there. A site's pages name each other tens of
thousands of times, and pages side by side name others alike.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

KNOWN = 50_000
"""So many links are remembered."""
_COMMON = re.compile(r"((?:\.\./)*[\w][\w./-]*\.md)(?:#([^?#%]+))?", re.ASCII)
"""A link to another page, in the form that our own pages use."""


class _Way(NamedTuple):
    """The page that a link leads to, the place on it, and the address."""

    uri: str
    anchor: str | None
    address: str


class QuickLinks(Extension):
    """To be used for all pages of a site."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[tuple[str, int, str], _Way] = {}

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Come just before MkDocs' own processor of links, which is added after all extensions."""
        md.treeprocessors.register(_Before(md, self.quick), "quick_links", 0.5)

    def quick(self, links: Any) -> Callable[[str], str]:
        """What turns a link into an address.

        Args:
            links: MkDocs' processor for a page. What it notes of links is noted all the same.
        """
        usual: Callable[[str], str] = links.path_to_url
        folder, depth = posixpath.dirname(links.file.src_uri), links.file.dest_uri.count("/")
        below = posixpath.dirname(links.file.dest_uri)
        if len(self._known) > KNOWN:
            self._known.clear()

        def address(link: str) -> str:
            way = self._known.get((folder, depth, link))
            if way is None or way.uri.startswith(below):
                made = usual(link)
                found = _COMMON.fullmatch(link)
                if found:
                    uri = posixpath.normpath(posixpath.join(folder, found[1]))
                    target = links.files.get_file_from_path(uri)
                    # From a page to one below it the way is shorter than from its neighbours.
                    if target and not target.inclusion.is_excluded() and not uri.startswith(below):
                        self._known[folder, depth, link] = _Way(uri, found[2], made)
                return made
            target = links.files.get_file_from_path(way.uri)
            if target is None:
                return usual(link)
            if way.anchor:
                links.links_to_anchors.setdefault(target, {}).setdefault(way.anchor, link)
            return way.address

        return address


class _Before(Treeprocessor):
    def __init__(self, md: Markdown, quick: Callable[[Any], Callable[[str], str]]) -> None:
        super().__init__(md)
        self._quick = quick

    def run(self, root: Element) -> None:
        if "relpath" in self.md.treeprocessors:
            links: Any = self.md.treeprocessors["relpath"]
            links.path_to_url = self._quick(links)
