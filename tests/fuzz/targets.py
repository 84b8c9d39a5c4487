"""What is fuzzed: functions of bytes that raise where a promise is broken. They need no fuzzer, so that tests can call them too."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

import markdown

from generator import edtf, markup, prose
from generator.kinds import Kind
from generator.records import KINDS
from generator.records.values import url_fault
from generator.text import unseen
from tests.front_door import among_others, found, read
from tests.projects import fragment

OWN_IDS: dict[Kind, str] = {
    "briefing": "fable-flood",
    "place": "upper-example",
    "actor": "fable-rescue",
    "person": "ada-ferry",
    "source": "rescue-release",
    "measure": "water-level",
}
"""The valid record that an input stands for, among the others."""
EXTENSIONS = ["toc", "tables", "fenced_code", "attr_list", "md_in_html", "def_list", "generator.quick_markdown"]
"""What MkDocs turns on by itself, what mkdocs.yml does, and what builds do."""
ALLOWED = {"em": set(), "strong": set(), "a": {"href"}, "p": set(), "body": set()}
"""The elements that a record's prose may make, with their attributes."""


def front_door(data: bytes) -> None:
    """The first byte says of which kind the file is, the rest is in it."""
    if not data:
        return
    kind = KINDS[data[0] % len(KINDS)]
    file, raw = found(kind, OWN_IDS[kind]), data[1:]
    loaded, _ = read(file, raw)
    # What is no record is beside no others; of what is one, all is asked.
    if loaded:
        among_others(file, raw)


def texts(data: bytes) -> None:
    """A text as a field may hold it: on a page it makes no more than emphasis and links; as a date it is one, or is refused."""
    text = data.decode("utf-8", "ignore").replace("\r", "\n")
    if unseen(text.replace("\t", " ")):
        return
    _as_date(text.strip())
    escaped = page(str(markup.escape(text)))
    assert [element.tag for element in escaped.iter()] in (["body"], ["body", "p"]), [element.tag for element in escaped.iter()]
    if prose.half_link(text) or any(url_fault(url) and not prose.record_link(url) for url in prose.links(text)):
        return
    made = page(str(markup.render_prose(text, lambda kind, record_id, anchor: f"{kind}/{record_id}.md#{anchor}")))
    for element in made.iter():
        assert set(element.attrib) <= ALLOWED[element.tag], element.attrib
        assert not element.get("href", "https://").lower().startswith(("javascript:", "data:"))
    assert _letters(made) == _letters_of(markup.plain(text))


def page(text: str) -> Element:
    """The text as a page has it, whose first lines it never is."""
    html = markdown.markdown(f"# Title\n\n{text}\n", extensions=EXTENSIONS)
    return fragment(html.partition("</h1>")[2])


def _letters(element: Element) -> str:
    return _letters_of("".join(element.itertext()))


def _letters_of(text: str) -> str:
    return "".join(text.split())


def _as_date(text: str) -> None:
    try:
        read_as = edtf.parse(text)
    except edtf.EdtfError as error:
        assert str(error)
        assert error.hint
        return
    assert str(read_as) == text
    assert read_as.earliest <= read_as.latest
    assert read_as.words
    assert read_as.sort_key


TARGETS: dict[str, Callable[[bytes], None]] = {"front_door": front_door, "texts": texts}
