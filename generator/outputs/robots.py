"""What crawlers are told."""

from __future__ import annotations

from collections.abc import Iterator

from .file import OutputFile, Site

ROBOTS = "robots.txt"
SITEMAP = "sitemap.xml"
"""The site builder makes it, from the pages and their days."""


def robots(site: Site) -> Iterator[OutputFile]:
    """That they may read all, and where the list of pages is; nothing while the site's address is not known.

    Crawlers look for it at the root of a host alone. Below that it does no harm, and is there to be copied.
    """
    if site.url:
        yield OutputFile(ROBOTS, f"User-agent: *\nAllow: /\n\nSitemap: {site.address(SITEMAP)}\n".encode())
