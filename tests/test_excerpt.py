"""A line as a terminal shows it: the marks stand under the place that is meant, whatever the characters before it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.excerpt import ROOM, excerpt


def cells(text: str) -> int:
    """Cells that a terminal gives to a printable text."""
    return sum(0 if unicodedata.category(char) in ("Mn", "Me") else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


@pytest.mark.parametrize(
    ("line", "col", "end_col", "shown", "marks"),
    [
        ("kind: city", 7, 11, "kind: city", "      ^^^^"),
        ("kind:", 6, 6, "kind:", "     ^"),
        ("kind: city", 7, None, "kind: city", "      ^"),
        ("kind: city", 7, 99, "kind: city", "      ^^^^"),
        ("kind: city", 99, None, "kind: city", "          ^"),
        ("", 1, None, "", "^"),
        # A tab has no width of its own: it is shown by its name.
        ("\tkind: city", 1, 2, "<U+0009>kind: city", "^^^^^^^^"),
        ("kind:\tcity", 7, 11, "kind:<U+0009>city", "             ^^^^"),
        ("a\u202eb: x", 2, 3, "a<U+202E>b: x", " ^^^^^^^^"),
        ("a\x1b[31m: x", 6, 7, "a<U+001B>[31m: x", "            ^"),
        ("caf\udce9: x", 4, 5, "caf<0xE9>: x", "   ^^^^^^"),
        # Wide characters take two cells, those that stand on others none.
        ("名前: 洪水 x", 5, 7, "名前: 洪水 x", "      ^^^^"),
        ("e\u0301te\u0301: x", 8, 9, "e\u0301te\u0301: x", "     ^"),
        ("e\u0301te\u0301: x", 5, 6, "e\u0301te\u0301: x", "  ^"),
        ("🌊🌊: x", 5, 6, "🌊🌊: x", "      ^"),
        # Letters that run from right to left are marked as a whole: terminals differ in whether they turn them.
        ("ar: دير الزور", 5, 14, "ar: دير الزور", "    ^^^^^^^^^"),
        ("ar: دير الزور", 7, 8, "ar: دير الزور", "    ^^^^^^^^^"),
        ("ar: [חיפה, עכו] x", 14, 15, "ar: [חיפה, עכו] x", "     ^^^^^^^^^"),
        ("ar: חיפה 12 x", 10, 12, "ar: חיפה 12 x", "    ^^^^^^^"),
        ("ar: חיפה x", 10, 11, "ar: חיפה x", "         ^"),
        ("12 חיפה x", 1, 3, "12 חיפה x", "^^"),
    ],
)
def test_marks_stand_under_the_place(line: str, col: int, end_col: int | None, shown: str, marks: str) -> None:
    made = excerpt(3, line, col, end_col)
    assert (made.number, made.line, made.marks()) == (3, shown, marks)


def test_a_long_line_is_cut_around_the_place() -> None:
    made = excerpt(1, "a" * 500 + "HERE" + "b" * 500, 501, 505, room=40)
    assert made.line == "…" + "a" * 17 + "HERE" + "b" * 17 + "…"
    assert made.marks() == " " * 18 + "^^^^"


@pytest.mark.parametrize(
    ("line", "col", "end_col", "shown"),
    [
        ("HERE" + "b" * 500, 1, 5, "HERE" + "b" * 35 + "…"),
        ("a" * 500 + "HERE", 501, 505, "…" + "a" * 35 + "HERE"),
        ("ab: " + "H" * 500, 5, 505, "ab: " + "H" * 34 + "…"),
        ("名" * 40 + "HERE", 41, 45, "…" + "名" * 17 + "HERE"),
        ("a" * 36 + "HERE", 37, 41, "a" * 36 + "HERE"),
    ],
)
def test_where_it_is_cut(line: str, col: int, end_col: int, shown: str) -> None:
    assert excerpt(1, line, col, end_col, room=40).line == shown


@given(st.text(max_size=60), st.integers(0, 70), st.integers(0, 20), st.integers(20, 120))
def test_any_line_can_be_shown(line: str, col: int, length: int, room: int) -> None:
    made = excerpt(1, line, col, col + length, room)
    assert cells(made.line) <= room
    assert cells(made.before) == made.indent
    assert made.width == max(1, cells(made.place))
    assert not [char for char in made.line if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")]


@given(st.text(alphabet="ab名é\u0301 א", max_size=40), st.integers(1, 41))
def test_what_fits_is_shown_whole_with_the_character_in_its_place(line: str, col: int) -> None:
    made = excerpt(1, line, col, room=ROOM)
    assert made.line == line
    assert len(made.before) <= max(0, min(col - 1, len(line)))
    if col <= len(line):
        assert len(made.before) + len(made.place) >= col


def test_a_line_of_megabytes_takes_no_time() -> None:
    assert "HERE" in excerpt(1, "x" * 2_000_000 + "HERE" + "y" * 2_000_000, 2_000_001, 2_000_005).line
