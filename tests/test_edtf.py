"""Dates: what is read, what it can mean, how it is said."""

from __future__ import annotations

import re
from datetime import date

import edtf as second_opinion
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator.edtf import DAY_PATTERN, MONTHS, PATTERN, Edtf, EdtfError, Point, parse

MARKS = st.sampled_from(["", "", "", "~", "?", "%"])


@st.composite
def points(draw: st.DrawFn) -> str:
    day = draw(st.dates())
    text = draw(st.sampled_from([f"{day:%Y}".zfill(4), f"{day.year:04}-{day:%m}", f"{day.year:04}-{day:%m-%d}"]))
    return text + draw(MARKS)


@st.composite
def spans(draw: st.DrawFn) -> str:
    start, end = sorted([draw(points()), draw(points())])
    start, end = draw(st.sampled_from([(start, end), (start, end), ("", end), (start, "")]))
    text = draw(st.sampled_from([f"{start or '..'}/{end or '..'}", f"[{start}..{end}]"]))
    try:
        parse(text)
    except EdtfError:
        assume(False)  # `~` sorts a range the wrong way round
    return text


dates = points() | spans()


@given(dates)
def test_a_date_stays_as_written(text: str) -> None:
    read = parse(text)
    assert str(read) == text
    assert parse(str(read)) == read


@given(dates)
def test_editors_take_every_date_that_is_read(text: str) -> None:
    assert re.search(PATTERN, text)
    assert bool(re.fullmatch(DAY_PATTERN, text)) == parse(text).is_exact_day


@pytest.mark.parametrize(
    "text", ["2017-13", "2017-11-32", "03-02-2017", "yesterday", "2017-2-3", "2017/02/03", "c. 2017", "[2017-11-02]", ""]
)
def test_editors_refuse_most_of_what_is_not(text: str) -> None:
    assert not re.search(PATTERN, text)


@given(dates)
def test_bounds_are_in_order_and_as_fine_as_the_text(text: str) -> None:
    read = parse(text)
    assert read.earliest <= read.latest
    assert read.is_exact_day == bool(re.fullmatch(r"\d{4}-\d\d-\d\d", text))
    if read.is_exact_day:
        assert read.earliest == read.latest == date.fromisoformat(text)


@given(dates)
def test_bounds_agree_with_a_second_opinion(text: str) -> None:
    read = parse(text)
    if read.start is None or read.end is None:
        return  # that library raises on open ends
    try:
        other = second_opinion.parse_edtf(text)
    except second_opinion.EDTFParseException:
        assert read.form == "one_of", "that library reads few forms in square brackets, and all others"
        return
    assert tuple(other.lower_strict()[:3]) == read.earliest.timetuple()[:3]
    assert tuple(other.upper_strict()[:3]) == read.latest.timetuple()[:3]


@given(dates)
def test_words_are_no_finer_than_the_date(text: str) -> None:
    read = parse(text)
    words = read.words
    ends = [point for point in ({read.start, read.end} if read.form == "point" else [read.start, read.end]) if point]
    days = sum(point.day is not None for point in ends)
    months = sum(point.month is not None for point in ends)
    assert len(re.findall(r"(?<!\d)(?<!AD )\d{1,2}(?!\d)", words)) == days
    assert sum(words.count(month) for month in MONTHS) <= months
    assert bool(months) == any(month in words for month in MONTHS)
    assert ("about" in words) == any(point.mark in ("~", "%") for point in ends)
    assert ("uncertain" in words) == any(point.mark in ("?", "%") for point in ends)
    for point in ends:
        assert str(point.year) in words


@given(st.lists(dates, max_size=6))
def test_order_is_one_order(texts: list[str]) -> None:
    read = [parse(text) for text in texts]
    turned = read[::-1]
    assert sorted(turned, key=lambda d: d.sort_key) == sorted(read, key=lambda d: d.sort_key)


@given(st.text() | st.text(alphabet="0123456789-/.[]~?%X ", max_size=24))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        assert isinstance(parse(text), Edtf)
    except EdtfError as error:
        assert str(error)
        assert error.hint


SAID = {
    "2017-11-03": "3 November 2017",
    "2017-11": "November 2017",
    "2017": "2017",
    "2017-10-27~": "about 27 October 2017",
    "2017?": "2017 (uncertain)",
    "2017-11%": "about November 2017 (uncertain)",
    "2017-10-26/2017-11-03": "26 October to 3 November 2017",
    "2017-11-02/2017-11-03": "2 to 3 November 2017",
    "2016-12-31/2017-01-01": "31 December 2016 to 1 January 2017",
    "2017-10/2017-11": "October to November 2017",
    "2016/2017": "2016 to 2017",
    "2017-10-26~/2017-11-03": "about 26 October 2017 to 3 November 2017",
    "2017-09-05/..": "since 5 September 2017",
    "../2017-11": "until November 2017",
    "[2017-11-02..2017-11-03]": "between 2 and 3 November 2017",
    "[..2017-11-03]": "by 3 November 2017",
    "[2017-11-03..]": "3 November 2017 or later",
    "2024-02-29": "29 February 2024",
    "0001-01-01": "1 January AD 1",
    "9999-12-31": "31 December 9999",
}


@pytest.mark.parametrize("text", SAID)
def test_words(text: str) -> None:
    assert parse(text).words == SAID[text]


def test_a_month_is_no_first_day() -> None:
    read = parse("2017-02")
    assert read.start == Point(2017, 2, None)
    assert (read.earliest, read.latest) == (date(2017, 2, 1), date(2017, 2, 28))
    assert "1" not in read.words.removesuffix("2017")


def test_open_ends_reach_as_far_as_dates_go() -> None:
    assert parse("../2017-11").earliest == date.min
    assert parse("2017-09-05/..").latest == date.max


@pytest.mark.parametrize(
    "text",
    ["", "..", "/", "2017-11-03/", "/2017", "../..", "[..]", "[]", "[2017]", "2017-00", "2017-01-00", "2017-1", "17", "2017-11-0X", "201X", "2017-21", "2017-11-03T10", "2017-11-03Z", "-2017", "y20170000", " 2017", "2017\n", "２０１７", "2017-02-29", "2100-02-29", "2017-11-03/2017-11-02", "[2017-11-03..2017-11-02]", "[2017..2018..2019]", "2017/2018/2019", "2017..2018", "~2017", "2017~~"],
)  # fmt: skip
def test_other_forms_are_refused(text: str) -> None:
    with pytest.raises(EdtfError):
        parse(text)


@pytest.mark.parametrize("text", ["~2017", "c. 2017", "2017/02/03", "2017.2.3", "20170203", "2017-2-3", "2017-02-03–2017-02-05", "2017-02-03/05", "2017-02~?", "２０１７", "2017-25-12", "2017-02-03T10:00Z", "2018/2017", " 2017 "])  # fmt: skip
def test_a_date_that_is_suggested_is_a_date(text: str) -> None:
    with pytest.raises(EdtfError) as caught:
        parse(text)
    meant = re.search(r"did you mean (\S+)\?", caught.value.hint)
    assert meant, caught.value.hint
    parse(meant[1])


@pytest.mark.parametrize("text", ["03-02-2017", "3/2/2017", "03.02.2017", "02/03/17"])
def test_a_date_that_could_be_two_is_not_guessed(text: str) -> None:
    with pytest.raises(EdtfError) as caught:
        parse(text)
    assert "did you mean" not in caught.value.hint
