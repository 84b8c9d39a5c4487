"""What the site gives to machines: the records as data, in the forms that others read."""

from __future__ import annotations

from collections.abc import Iterator

from ..views.library import Library
from .api import api
from .citations import citation_files
from .feed import is_feed
from .feeds import feeds
from .file import Cards, OutputFile, Site
from .geojson import geojson
from .link_pictures import link_pictures
from .robots import robots
from .tables import table_files

__all__ = ["Cards", "OutputFile", "Site", "is_feed", "outputs"]


def outputs(library: Library, site: Site) -> Iterator[OutputFile]:
    """Every file of the site that is no page."""
    yield from api(library, site)
    yield from feeds(library, site)
    yield from robots(site)
    yield from link_pictures(library, site)
    yield from citation_files(library, site)
    yield from geojson(library, site)
    yield from table_files(library, site)
