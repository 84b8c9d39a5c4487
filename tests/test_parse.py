"""Bytes to a tree: any bytes give a tree or located problems, and text stays as it was typed."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.errors import Problem
from generator.parse import Document, parse

from .conftest import CASES

VALID = [path.read_bytes() for path in sorted((CASES / "base" / "content").rglob("*.yaml"))]
BROKEN = [path.read_bytes() for path in sorted((CASES / "problems").rglob("*.yaml")) if path.is_file()]
SYNTAX = st.sampled_from([b"\n", b" ", b"\t", b": ", b":", b"- ", b"-", b"[", b"]", b"{", b"}", b"'", b'"', b"#", b" #", b"&a ", b"*a", b"!x ", b"|", b">", b"?", b"@", b"`", b"%", b",", b"---\n", b"...\n", b"\\", b"\x00", b"\xff", b"\xe2\x80\x9c", b"\xef\xbb\xbf", b"\xc2\xa0", b"\xf0\x9f\x8c\x8a", b"\r", b"\r\n", b"  "])  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    raw = draw(st.sampled_from(VALID + BROKEN))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(raw)))
        raw = raw[:at] + draw(SYNTAX | st.just(b"")) + raw[at + draw(st.integers(0, 3)) :]
    return raw


def lines_of(raw: bytes) -> list[str]:
    text = raw.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def check(raw: bytes) -> None:
    document, problems = parse("x.yaml", raw)
    assert document or problems
    lines = lines_of(raw)
    for problem in problems:
        assert isinstance(problem, Problem)
        assert 1 <= problem.line <= len(lines), str(problem)
        assert 1 <= problem.col <= len(lines[problem.line - 1]) + 1, str(problem)
        assert problem.found
        assert problem.expected
        str(problem).encode("utf-8")
    if document:
        for mark in document.marks.values():
            assert 1 <= mark.line <= len(lines)
            assert 1 <= mark.col <= len(lines[mark.line - 1]) + 1
        assert only_text(document.data)


def only_text(value: object) -> bool:
    if isinstance(value, dict):
        return all(isinstance(key, str) and only_text(item) for key, item in value.items())
    return all(only_text(item) for item in value) if isinstance(value, list) else isinstance(value, str)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    check(raw)


@given(st.lists(SYNTAX | st.sampled_from([b"title", b"a", b"1.10", b"text"]), max_size=40).map(b"".join))
def test_any_yaml_like_text_is_read_or_refused(raw: bytes) -> None:
    check(raw)


@settings(max_examples=600)
@given(mutated())
@example(b"title: Depth\n?")  # a value behind the last line
def test_a_slip_in_a_record_is_read_or_refused(raw: bytes) -> None:
    check(raw)


def tree(raw: str) -> Document:
    document, problems = parse("x.yaml", raw.encode())
    assert problems == []
    assert document
    return document


TYPED = ["no", "NO", "Null", "~", "1.10", "12:30", "0123", "0x1F", "1_000", "2017-11-03", "2017-13-45", "=", "+4420", "true", "1e3", ".5", ".inf", "-0", "y", "on", "9" * 4301, "a:b", "a#b", "http://example.org/#x", "C:\\Users", "it's", 'say "x"', "<<", "100%", "-5 degrees", "?x", ":x"]  # fmt: skip


@pytest.mark.parametrize("text", TYPED, ids=lambda text: text[:16])
def test_text_stays_as_typed(text: str) -> None:
    assert tree(f"title: {text}\n").data["title"] == text
    assert tree(f"title:\n  - {text}\n").data["title"] == [text]


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp"))))
def test_quoted_text_stays_as_typed(text: str) -> None:
    assert tree("title: '" + text.replace("'", "''") + "'\n").data["title"] == text


def test_a_text_may_go_on_in_the_next_line() -> None:
    assert tree("list:\n  - one text\n    over two lines\n  - another\n").data["list"] == ["one text over two lines", "another"]


def test_keys_stay_text() -> None:
    assert list(tree("on: a\n1: b\n~: c\nNo: d\n2017-11-03: e\n").data) == ["on", "1", "~", "No", "2017-11-03"]


def test_no_more_values_than_a_record_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a lower limit, since so many take seconds."""
    monkeypatch.setattr("generator.parse.COUNT_LIMIT", 10)
    assert tree("list: [a, a, a, a, a, a, a]\n").data["list"] == ["a"] * 7
    document, problems = parse("x.yaml", b"list: [a, a, a, a, a, a, a, a]\n")
    assert document is None
    assert [str(problem) for problem in problems] == ["x.yaml:1:29: list[7]: more than 10 values; a smaller record; split the record"]


def test_places_are_counted_in_characters() -> None:
    document = tree("title: \N{WATER WAVE} über\nlist: [\N{WATER WAVE}, x]\n")
    assert (document.mark(("list", 1)).line, document.mark(("list", 1)).col) == (2, 11)
    assert document.mark(("list", 1, "gone", 3)) == document.mark(("list", 1))
