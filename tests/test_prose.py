"""The small part of Markdown in prose fields."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.prose import links, paragraphs, record_link, tokens

KNOWN = {"text", "em_open", "em_close", "strong_open", "strong_close", "link_open", "link_close"}
marked = st.text(alphabet="ab *_[]()\\<>&!`#~|:/.\"'é", max_size=60) | st.text(max_size=40)
one_line = marked.map(lambda text: " ".join(text.replace("\0", " ").split()))


def plain(text: str) -> str:
    return re.sub(r"[*_\\]", "", text)


@given(one_line)
def test_nothing_but_emphasis_and_links_is_read(paragraph: str) -> None:
    assert {token.type for token in tokens(paragraph)} <= KNOWN


@given(one_line)
def test_every_mark_is_closed(paragraph: str) -> None:
    waiting: list[str] = []
    for token in tokens(paragraph):
        if token.type.endswith("_open"):
            waiting.append(token.type.removesuffix("_open"))
        elif token.type.endswith("_close"):
            assert waiting.pop() == token.type.removesuffix("_close")
    assert not waiting


@given(one_line)
def test_text_is_kept(paragraph: str) -> None:
    shown = "".join(token.content for token in tokens(paragraph) if token.type == "text")
    if any(token.type == "link_open" for token in tokens(paragraph)):
        assert len(plain(shown)) <= len(plain(paragraph))
    else:
        assert plain(shown) == plain(paragraph)


@given(st.text())
def test_paragraphs_keep_every_word(text: str) -> None:
    assert " ".join(paragraphs(text)).split() == text.split()


@given(marked)
def test_links_never_raise(text: str) -> None:
    assert all(isinstance(url, str) for url in links(text))


@pytest.mark.parametrize(
    "text",
    ["<b>bold</b>", "`code`", "# no heading", "- no item", "a | b", "&lt;b&gt; &amp;", "--8<-- 'file'", "{{ 7*7 }}", "{: onclick=x}", "https://example.org", "~~struck~~", ":smile:", "[^1]", "[x]: y", "x^2^", "==marked=="],
)  # fmt: skip
def test_other_markup_is_text(text: str) -> None:
    assert "".join(token.content for token in tokens(text)) == text


def test_emphasis_links_and_escapes() -> None:
    types = [token.type for token in tokens(r"A *b* **c** [d](place:e) \*f\*")]
    assert types == [
        "text",
        "em_open",
        "text",
        "em_close",
        "text",
        "strong_open",
        "text",
        "strong_close",
        "text",
        "link_open",
        "text",
        "link_close",
        "text",
    ]
    assert tokens(r"\*f\*")[0].content == "*f*"
    assert list(links("[d](place:e)\n\n[f](https://example.org/Bath_(city)?a=1&copy=2)")) == [
        "place:e",
        "https://example.org/Bath_(city)?a=1&copy=2",
    ]


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("place:upper-example", ("place", "upper-example", "")),
        ("briefing:fable-flood#cl-rose", ("briefing", "fable-flood", "cl-rose")),
        ("places:upper-example", None),
        ("place:Upper", None),
        ("place:", None),
        ("place:../x", None),
        ("https://example.org", None),
        ("javascript:alert", None),
    ],
)
def test_links_to_records(url: str, found: tuple[str, str, str] | None) -> None:
    assert record_link(url) == found
