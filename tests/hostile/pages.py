"""What a page holds: its elements, and where which text stands. As a browser's parser reads it."""

from __future__ import annotations

import html
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from tinyhtml5.parser import HTMLParser

from generator import markup, prose
from generator.facets import joined

from .sweep import takes

MARKS = frozenset({"bdi", "em", "p", "strong"})
"""What a text may bring with it: a direction of its own, and in prose emphasis and paragraphs. None has an attribute."""
DRAWN = frozenset({"a", "circle", "desc", "g", "line", "path", "rect", "svg", "text", "title"})
"""What pictures are made of. How many there are depends on how long labels are."""
_ELSEWHERE = re.compile(r"\s*([a-z][a-z0-9+.-]*:|[/\\]{2})", re.IGNORECASE)
ONCE = frozenset({"meta content"})
"""Kinds of places where a text may stand less often: a sheet whose title no picture for links can show has none of its own, to be named."""
_TURNS = re.compile("[\u200e\u200f]")
_NUMBER = re.compile(r"\d+")
_SPACE = re.compile(r"[ \t\n\r\f]+")

Outline = Counter[str]
Stands = Mapping[str, str]
"""By kind of place (`text`, `title`, `img alt`, `json`): all that stands in places of that kind."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A page as far as it can be compared with another.

    Attributes:
        outline: each element by its name, id, classes and the names of its attributes. Numbers are left out, and links that have
            nothing but an address, since prose may have such.
        links: addresses of these.
        stands: what can be read, and where.
        faults: what no page may hold, and parse errors.
    """

    outline: Outline
    links: tuple[str, ...]
    stands: Stands
    faults: tuple[str, ...]


def one_spaced(text: str) -> str:
    """A text as HTML shows it: ordinary spaces in a row are one."""
    return _SPACE.sub(" ", text).strip(" ")


def _forms(takes: str, text: str) -> Iterator[set[str]]:
    """How a reader may see a text: as it is, also with a capital at the start of a sentence; of prose, without its marks.

    Values of a facet stand in one attribute, as their separator needs it; in an address what is no letter is in %XX. A claim within
    a sentence has no full stop.
    """
    for form in {one_spaced(text)} | ({one_spaced(markup.plain(text))} if takes == "prose" else set()):
        yield {form, form[:1].upper() + form[1:]}
        yield from ({joined([form])}, {unquote(form)}, {form.removesuffix(".")})


def _counted(kind: str, stands: str, takes: str, text: str) -> int:
    """How often a text stands in places of a kind, in one of its forms."""
    alike = _ALIKE.get(kind, str)
    return max(sum(stands.count(alike(form)) for form in found) for found in _forms(takes, text))


def _with_spaces_alike(text: str) -> str:
    return " ".join(text.split())


def _drawn(text: str) -> str:
    return _with_spaces_alike(_TURNS.sub("", text))


_ALIKE: Mapping[str, Callable[[str], str]] = MappingProxyType({"a aria-label": _drawn, "picture": _drawn, "search": _with_spaces_alike})
"""What makes no difference in kinds of places: in pictures marks that turn the direction of text, and sorts of space."""


def missing(control: Stands, words: Mapping[str, str], stands: Stands, texts: Mapping[str, str], *, once: bool = False) -> Iterator[str]:
    """Texts that do not stand where the words of the control stand.

    Args:
        control: what stands where, of ordinary words.
        words: these, each of which stands nowhere else, by the place in the records.
        stands: the same of other texts.
        texts: these, by the same places.
        once: whether it is enough that they stand there once, however often the words do.
    """
    for kind, found in control.items():
        for place, word in words.items():
            wanted = min(found.count(word), 1) if once or kind in ONCE else found.count(word)
            if wanted and (count := _counted(kind, stands.get(kind, ""), takes(place), texts[place])) < wanted:
                yield f"{place} stands {count} times instead of {wanted} in {kind}: {texts[place]!r}"


def differences(control: Seen, words: Mapping[str, str], page: Seen, texts: Mapping[str, str]) -> Iterator[str]:
    """How a page differs from one of ordinary words, but for the texts that stand in the place of these.

    Args:
        control, words: the page of ordinary words, and these.
        page, texts: the other, and its texts.
    """
    yield from page.faults
    yield from (f"an element more: {element}" for element in page.outline - control.outline)
    yield from (f"an element less: {element}" for element in control.outline - page.outline)
    own = {unquote(link) for text in texts.values() for link in prose.links(text)}
    usual = {_NUMBER.sub("0", link) for link in control.links}
    yield from (f"a link to {link}" for link in page.links if unquote(link) not in own and _NUMBER.sub("0", link) not in usual)
    yield from missing(control.stands, words, page.stands, texts)


def read_in(page: Seen, words: Mapping[str, str]) -> set[str]:
    """The places in the records of which a page shows the words to readers: in its text, its links and for those who see no pictures."""
    told = "\n".join(page.stands.get(kind, "") for kind in ("text", "img alt", "a href"))
    return {place for place, word in words.items() if word in told}


def seen(text: str) -> Seen:
    """Read a page."""
    parser = HTMLParser()
    tree = parser.parse(text)
    outline: Outline = Counter()
    links: list[str] = []
    faults = [f"line {place[0]}: {code} {details}" for place, code, details in parser.errors]
    stands: dict[str, list[str]] = defaultdict(list)
    for element, drawn in _elements(tree):
        tag = _tag(element)
        attributes = {_name(name): value for name, value in element.attrib.items()}
        for name, value in attributes.items():
            stands[f"{tag} {name}"].append(read_twice(f"{tag} {name}")(value))
        if tag == "script":
            if attributes.get("type") == "application/ld+json":
                stands["json"] += strings(json.loads(element.text or ""))
        elif tag == "title" and not drawn:
            stands["title"].append("".join(element.itertext()))
        elif attributes.get("data-copy") == "CSL-JSON":
            stands["json"] += strings(json.loads("".join(element.itertext())))
        if drawn:
            faults += [f"<{tag}> in a picture"] * (tag not in DRAWN)
            faults += [f"{name}={value} in a picture" for name, value in attributes.items() if _may_run(name, value)]
            stands["picture"] += ["".join(element.itertext())] * (tag in ("title", "desc"))
        elif tag == "a" and attributes.keys() == {"href"}:
            links.append(attributes["href"])
        elif tag not in MARKS or attributes:
            outline[line(tag, attributes.get("id", ""), attributes.get("class", ""), " ".join(sorted(attributes)))] += 1
    body = next(element for element in tree.iter() if _tag(element) == "body")
    stands["text"].append("".join(_read(body)))
    return Seen(outline, tuple(links), {kind: one_spaced("\n".join(found)) for kind, found in stands.items()}, tuple(faults))


def _may_run(name: str, value: str) -> bool:
    return name.startswith("on") or name == "style" or (name in ("href", "src") and bool(_ELSEWHERE.match(value)))


def read_twice(kind: str) -> Callable[[str], str]:
    """What is done to the text of an attribute: addresses have %XX, and what the search sorts out by has codes for characters twice."""
    return unquote if kind.endswith(" href") else html.unescape if kind.startswith("div data-") else str


def line(tag: str, name: str, classes: str, attributes: str) -> str:
    """An element in an outline."""
    return f"<{tag}> #{_NUMBER.sub('0', name)} .{classes} [{attributes}]"


def _elements(tree: Element, drawn: bool = False) -> Iterator[tuple[Element, bool]]:
    for child in tree:
        if isinstance(child.tag, str):
            yield child, drawn
            yield from _elements(child, drawn or _tag(child) == "svg")


def _read(element: Element) -> Iterator[str]:
    """The text of an element, without what scripts and pictures hold, and what is there for other programs."""
    if isinstance(element.tag, str) and _tag(element) not in ("script", "style", "svg") and "data-copy" not in element.attrib:
        yield element.text or ""
        for child in element:
            yield from _read(child)
            yield child.tail or ""


def _tag(element: Element) -> str:
    return _name(element.tag)


def _name(name: str) -> str:
    return name.rpartition("}")[2]


def strings(value: Any) -> Iterator[str]:
    """All texts in what JSON holds, names of fields too."""
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, list):
        for item in value:
            yield from strings(item)
    elif isinstance(value, str):
        yield value
