"""Feeds as Atom (RFC 4287)."""

from __future__ import annotations

from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from .feed import ATOM, Entry, Feed, instant
from .file import OutputFile, Site

NAMESPACE = "http://www.w3.org/2005/Atom"


def atom(feed: Feed, site: Site, path: str = "") -> OutputFile:
    """A feed as a file.

    Args:
        feed: what to write.
        site: whose it is.
        path: where, if not at its own place.
    """
    # The namespace is written as the attribute that it is: the writer's own way gives every name a prefix.
    root = Element("feed", {"xmlns": NAMESPACE, "xml:lang": "en"})
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "subtitle", feed.about)
    _add(root, "updated", instant(feed.updated))
    author = SubElement(root, "author")
    _add(author, "name", site.name)
    if site.url:
        _add(author, "uri", site.url)
    SubElement(root, "link", {"rel": "self", "type": ATOM, "href": site.address(feed.path)})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.url})
    if site.terms:
        _add(root, "rights", site.terms)
    for entry in feed.entries:
        root.append(_entry(entry))
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    return OutputFile(path or feed.path, f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode())


def _entry(entry: Entry) -> Element:
    made = Element("entry")
    _add(made, "id", entry.id)
    _add(made, "title", entry.title)
    _add(made, "published", instant(entry.published))
    _add(made, "updated", instant(entry.updated))
    SubElement(made, "category", {"term": entry.category, "label": entry.label})
    SubElement(made, "link", {"rel": "alternate", "type": "text/html", "href": entry.url})
    for title, url in entry.related:
        SubElement(made, "link", {"rel": "related", "type": "text/html", "title": title, "href": url})
    _add(made, "summary", entry.summary)
    _add(made, "content", entry.html).set("type", "html")
    return made


def _add(parent: Element, name: str, text: str) -> Element:
    made = SubElement(parent, name)
    made.text = text
    return made
