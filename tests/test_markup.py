"""Text from records, escaped: whatever it looks like, a page shows it as the text it is."""

import re
import time
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

import markdown
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from generator import markup
from generator.records import Kind
from generator.records.values import url_fault
from tests.projects import fragment, words

EXTENSIONS = ["attr_list", "md_in_html", "def_list", "tables", "toc", "meta", "fenced_code"]
"""What mkdocs.yml turns on, and what MkDocs adds by itself."""

HOSTILE = [
    "no", "1.10", "12:30", "0123", "2017-11-03", "~", "Null", "&copy; <b>", "{{ 7*7 }}", "[x](y)", "a | b", "*not em*", "_not em_", "__init__",
    "**x**", "`code`", "``` code", "~~~", "# heading", "heading #", "heading {#id}", "===", "---", "- 5 degrees", "+ plus", "* star", "-", "+", "1. first",
    "12) twelfth", "2017. A year", "> quote", "    four spaces", ": definition", "| a | b |", "![alt](pic)", "[x][y]", "[Home]: https://evil.example",
    "*[the]: EVIL", "[^1]: note", "[^1]", "[TOC]", "{: onclick=alert(1) }", "{:.x}", "x{: .y}", "{#id .class}", "--8<-- \"/etc/passwd\"", "Note: the convoy left",
    "!!! danger", "??? more", '=== "Tab"', ":smile:", "$x^2$", "\\(x\\)", "\\*", "ends in \\", "<svg onload=alert(1)>", "<script>alert(1)</script>", "</title>",
    "</main></article>", "<!-- comment", "<![CDATA[ x ]]>", "<?php", "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>", "&lt;img&gt;", "&#42;", "&amp;amp;",
    "&", "a&b;c", "{% include 'x' %}", "{# x #}", "{##x##}", "https://example.org/a_b", "<https://example.org>", "someone@example.org", "www.example.org",
    "List<String>", "O'Brien & \"Sons\"", "^^x^^", "==x==", "~~x~~", "H~2~O", "x^2^", "a  b", "☃ 東京 e\u0301", "خانه\u200cها", "👩\u200d🚒", "10\u202f000\u00a0km", "klzzwxh:0001", "wzxhzdk:0",
]  # fmt: skip

# Everything that a record's file may hold on one line (see `generator.parse`).
_REFUSED = re.compile(r"[^\x20-\x7e\xa0-\u2027\u202f-\u205f\u2070-\ud7ff\ue000-\U0010ffff]|[\u200b\u2060\ufeff\ufffe\uffff]")
marks = st.sampled_from([*"\\`*_{}[]()<>#+-.!|~^=&:;\"'$/%@1 axн\u00a0", "](", "&#", "{:", "<b", "--", "1. ", "**", "__", "![", "http://"])
lines = (st.text(max_size=30) | st.lists(marks, max_size=12).map("".join)).map(lambda text: _REFUSED.sub("", text).strip()).filter(bool)


def one_spaced(text: str) -> str:
    """A text as HTML shows it: ordinary spaces in a row are one."""
    return re.sub(r"[ \t\n\r\f]+", " ", text).strip(" ")


def shown(element: Element) -> str:
    return one_spaced("".join(element.itertext()))


# Each place in a template where a text can land: the Markdown around it.
PLACES = {
    "paragraph": "WORD",
    "after a word": "Said: WORD end",
    "heading": "# WORD",
    "heading with an id": "### WORD {#own-id}",
    "list item": "- WORD",
    "inner list item": "- one\n    - WORD",
    "bold": "- **WORD** · rest",
    "quotation": "> “WORD”",
    "table cell": "| A | B |\n|---|---|\n| WORD | rest |",
    "link": "- [WORD](page.md) rest",
    "inside HTML": '<section class="x" markdown="1">\n\n### WORD {#own-id}\n\nWORD\n\n</section>',
    "chip": "WORD · rest\n{: .bb-chip }",
}


def python_markdown(text: str) -> str:
    return markdown.markdown(text, extensions=EXTENSIONS, extension_configs={"tables": {"use_align_attribute": True}})


def check(text: str, place: str, render: Callable[[str], str]) -> None:
    """The page is the same as with an ordinary word there, but for that word."""

    def page(word: str) -> list[Element]:
        # No page begins with a record's text: front matter and a heading come first.
        return list(fragment(render(f"# Title\n\n{PLACES[place].replace('WORD', word)}\n\nafter\n")).iter())

    plain, made = page("WORD"), page(str(markup.escape(text)))
    assert [element.tag for element in made] == [element.tag for element in plain]
    assert [element.attrib.keys() for element in made] == [element.attrib.keys() for element in plain]
    assert [shown(element) for element in made] == [one_spaced(shown(element).replace("WORD", one_spaced(text))) for element in plain]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text_everywhere(text: str, place: str) -> None:
    check(text, place, python_markdown)


@given(lines, st.sampled_from(sorted(PLACES)))
def test_any_text_is_text_everywhere(text: str, place: str) -> None:
    check(text, place, python_markdown)


commonmark = MarkdownIt("commonmark").enable("table")


@given(lines, st.sampled_from(["paragraph", "after a word", "list item", "bold", "quotation", "table cell", "link"]))
def test_other_builders_agree(text: str, place: str) -> None:
    check(text, place, commonmark.render)


@given(lines)
def test_text_fits_html_and_attributes(text: str) -> None:
    escaped = markup.escape_html(text)
    element = fragment(f'<b title="{escaped}">{escaped}</b>').find("b")
    assert element is not None
    assert shown(element) == one_spaced(element.attrib["title"]) == one_spaced(text)


def test_escaping_twice_is_escaping_once() -> None:
    assert markup.escape(markup.escape("*")) == "&#42;"


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2009", "\u3000"])
def test_spaces_that_someone_chose_are_kept(space: str) -> None:
    """A number and its unit stay on one line."""
    for made in (markup.escape(f"10{space}km"), markup.escape_html(f"10{space}km")):
        assert f"10{space}km" in made


def test_line_breaks_become_spaces() -> None:
    assert markup.escape("one\n\n# two") == "one &#35; two"


# --- prose --------------------------------------------------------------------------------------------


def nowhere(kind: Kind, record_id: str, anchor: str) -> str:
    return f"{kind}/{record_id}.md#{anchor}"


def prose_html(text: str) -> Element:
    return fragment(python_markdown(f"# Title\n\n{markup.render_prose(text, nowhere)}\n"))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("plain", "<p>plain</p>"),
        ("*em* and **strong**", "<p><em>em</em> and <strong>strong</strong></p>"),
        ("[words](https://example.org/a)", '<p><a href="https://example.org/a">words</a></p>'),
        ("[Rawa](place:rawa)", '<p><a href="place/rawa.md#">Rawa</a></p>'),
        ("[it](briefing:b#cl-x)", '<p><a href="briefing/b.md#cl-x">it</a></p>'),
        ("one\n\ntwo", "<p>one</p>\n<p>two</p>"),
        ("one\ntwo", "<p>one two</p>"),
        ("# no heading", "<p># no heading</p>"),
        ("- no list", "<p>- no list</p>"),
        ("1. no list", "<p>1. no list</p>"),
        ("`no code` <b>no tag</b> ![no](https://example.org/pic)", None),
        (r"\*no em\*", "<p>*no em*</p>"),
        ("2 * 3 * 4", "<p>2 * 3 * 4</p>"),
        ("snake_case_name", "<p>snake_case_name</p>"),
    ],
)
def test_prose(text: str, html: str | None) -> None:
    made = python_markdown(str(markup.render_prose(text, nowhere)))
    if html is None:
        assert {element.tag for element in fragment(made).iter()} <= {"body", "p", "a"}
    else:
        assert [*map(_summary, fragment(made).iter())] == [*map(_summary, fragment(html).iter())]


emphatic = st.lists(
    st.sampled_from(["*", "**", "***", "_", "__", "a", "bc", " ", ". ", "[d](https://example.org/)", "é"]), max_size=14
).map("".join)


@given(emphatic)
@example("***both***")
@example("*a **b** c*")
@example("**a *b* c**")
def test_emphasis_is_where_the_editor_put_it(text: str) -> None:
    assert list(_runs(fragment(python_markdown(f"x {markup.render_prose(text, nowhere)} x")))) == list(
        _runs(fragment(commonmark.render(f"x {text} x")))
    )


def _runs(element: Element, inside: frozenset[str] = frozenset()) -> Iterator[tuple[str, frozenset[str]]]:
    """Each visible character with the elements that it is in."""
    inside |= {element.tag}
    yield from ((char, inside) for char in element.text or "" if not char.isspace())
    for inner in element:
        yield from _runs(inner, inside)
        yield from ((char, inside) for char in inner.tail or "" if not char.isspace())


def _summary(element: Element) -> tuple[str, str, str]:
    return element.tag, element.get("href", ""), words(element)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/Bath_(city)",
        "https://example.org/?a=1&copy=2",
        "https://example.org/a*b_c*d",
        "https://example.org/%28x%29",
        "https://example.org/(((",
        "https://example.org/a'b",
        "https://example.org/~user/$1,000;x=1",
        "https://example.org/ünïcode",
        "https://example.org/[x]",
        "https://example.org/?q=`x`&lt;",
    ],
)
def test_honest_addresses_arrive(url: str) -> None:
    """As the browser would ask for them: characters outside of addresses as %XX, all others as typed."""
    link = next(fragment(python_markdown(f"[x]({markup.link_address(url)}) after")).iter("a"))
    assert _percent(link.attrib["href"]) == _percent(url)


def _percent(url: str) -> str:
    return "".join(char if char.isascii() and char not in "()[]`" else "".join(f"%{byte:02X}" for byte in char.encode()) for char in url)


@given(lines)
@example('[a](https://example.org/"onclick=x)')
@example('[a](<https://example.org/> "title")')
@example("*a [b*](https://example.org/) c*")
@example("[*[a](https://example.org/)*](https://example.org/)")
def test_prose_makes_emphasis_and_links_only(text: str) -> None:
    tree = prose_html(text)
    assert {element.tag for element in tree.iter()} <= {"body", "h1", "p", "em", "strong", "a"}
    for element in tree.iter():
        assert set(element.attrib) <= ({"href"} if element.tag == "a" else {"id"} if element.tag == "h1" else set())


@given(lines)
@example("*[the]: EVIL")
@example("a*b_c")
def test_prose_without_links_shows_what_plain_says(text: str) -> None:
    if "](" not in text:
        assert one_spaced(" ".join(shown(p) for p in prose_html(text).iter("p"))) == one_spaced(markup.plain(text))


def test_long_prose_is_quick() -> None:
    """As long as the limit allows, with what makes Markdown readers slow."""
    for piece in ("[a](", "*a ", "**a*", "[", "![", "<", "`", "\\", "&#"):
        text = (piece * 10_000)[:10_000]
        began = time.process_time()
        python_markdown(str(markup.render_prose(text, nowhere)))
        assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "java\tscript:x",
        "data:text/html,x",
        "//evil.example",
        "https://gov.example@evil.example/",
        "vbscript:x",
        "file:///etc/passwd",
    ],
)
def test_dangerous_addresses_never_get_here(url: str) -> None:
    """They are refused while reading records, so nothing here needs to drop them."""
    assert url_fault(url)
