"""Feeds as JSON Feed 1.1."""

from __future__ import annotations

import simplejson

from .feed import Entry, Feed, instant
from .file import OutputFile, Site
from .values import Value

VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(feed: Feed, site: Site, path: str) -> OutputFile:
    """A feed as a file at this path."""
    author = {"name": site.name, **({"url": site.url} if site.url else {})}
    value: Value = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.url,
        "feed_url": site.address(path),
        "description": feed.about,
        "language": "en",
        "authors": [author],
        "items": [_item(entry) for entry in feed.entries],
    }
    return OutputFile(path, (simplejson.dumps(value, indent=2, ensure_ascii=False) + "\n").encode())


def _item(entry: Entry) -> Value:
    return {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.html,
        "date_published": instant(entry.published),
        "date_modified": instant(entry.updated),
        "tags": [entry.label],
    }
