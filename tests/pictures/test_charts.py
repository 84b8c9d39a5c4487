"""Charts of stated values: nothing joined, nothing hidden, nothing finer than stated."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.edtf import parse
from generator.pictures import ChartValue, measure_chart
from generator.pictures.axes import date_axis, value_axis, value_text
from generator.pictures.geometry import Box

from .reading import SVG, labels, root, size, texts


def value(row: int, low: float, high: float, as_of: str, speaker: str = "Ryan Dillon", **more: Any) -> ChartValue:
    return ChartValue(row, low, high, parse(as_of), speaker, f"{low} people", **more)


def marks(svg: str) -> list[tuple[str, Box]]:
    """Status shapes in the plot (the key below it apart), by class."""
    found = []
    for node in root(svg).iter():
        classes = node.get("class", "").split()
        if "bb-mark" not in classes:
            continue
        if node.tag == f"{SVG}circle":
            x, y, r = (float(node.get(key, "0")) for key in ("cx", "cy", "r"))
            box = Box(x - r, y - r, x + r, y + r)
        elif node.tag == f"{SVG}rect":
            x, y, w, h = (float(node.get(key, "0")) for key in ("x", "y", "width", "height"))
            box = Box(x, y, x + w, y + h)
        else:
            numbers = [float(part) for part in node.get("d", "").replace("M", " ").replace("L", " ").replace("z", " ").split()]
            box = Box(min(numbers[0::2]), min(numbers[1::2]), max(numbers[0::2]), max(numbers[1::2]))
        if box.bottom < size(svg)[1] - 14:
            found.append((classes[1], box))
    return found


def whiskers(svg: str) -> list[tuple[str, bool]]:
    return [(node.get("d", ""), node.get("stroke-dasharray") is not None) for node in root(svg).iter() if node.get("class") == "bb-whisker"]


def check(svg: str) -> None:
    found = labels(svg)
    width, height = size(svg)
    frame = Box(0, 0, width, height).grown(0.5)
    assert all(frame.holds(text.box) for text in found)
    for index, text in enumerate(found):
        # the two lines of one label stand close together
        assert not any(text.box.overlaps(other.box, -0.5) for other in found[index + 1 :]), text.words
        assert not any(text.box.overlaps(box, -0.5) for _, box in marks(svg)), text.words


AL_QAIM = [
    value(1, 1500, 1500, "2017-10-26", "U.S.-led coalition", qualifier="about", status="disputed"),
    value(2, 1500, 1500, "2017-10-26", status="superseded"),
    value(3, 2000, 2000, "2017-10-26", "Iraqi Joint Operations Command"),
    value(4, 400, 500, "2017-10-29", "Walid al-Duleimi", status="disputed"),
    value(5, 1500, 2500, "2017-11-03"),
]


def test_every_value_is_drawn_once_and_named() -> None:
    svg = measure_chart(AL_QAIM, "IS fighters", "As stated", unit="people")
    check(svg)
    assert [css for css, _ in marks(svg)].count("bb-superseded") == 1
    assert len(marks(svg)) == 7  # three values, and both ends of two ranges
    words = [text.words for text in texts(svg)]
    assert [words.count(name) for name in ("U.S.-led coalition", "Ryan Dillon", "Walid al-Duleimi")] == [1, 2, 1]


def test_values_alike_do_not_hide_one_another() -> None:
    svg = measure_chart([value(row, 1500, 1500, "2017-10-26") for row in range(1, 6)], "Same", "Five times")
    boxes = [box for _, box in marks(svg)]
    assert len(boxes) == 5
    assert not any(a.overlaps(b) for index, a in enumerate(boxes) for b in boxes[index + 1 :])


def test_values_are_not_joined() -> None:
    svg = measure_chart([value(row, row * 100, row * 100, f"2017-11-{row:02}") for row in range(1, 9)], "Values", "Eight")
    assert whiskers(svg) == []
    assert not list(root(svg).iter(f"{SVG}polyline"))


def test_a_range_is_an_upright_line_with_marks_at_its_ends_only() -> None:
    svg = measure_chart([value(1, 400, 500, "2017-10-29")], "Range", "One")
    (data, dashed), *rest = whiskers(svg)
    assert "V" in data and "H" not in data and not dashed and not rest
    assert len(marks(svg)) == 2


@pytest.mark.parametrize(
    ("as_of", "span", "dashed"),
    [
        ("2017-10-26", False, False),
        ("2017-10", True, False),
        ("2017", True, False),
        ("2017-10-26~", True, True),
        ("[2017-10-02..2017-10-28]", True, False),
        ("2017-10-02/..", True, True),
        ("../2017-10-20", True, True),
    ],
)
def test_vague_dates_are_level_lines(as_of: str, span: bool, dashed: bool) -> None:
    svg = measure_chart([value(1, 400, 400, "2017-09-01"), value(2, 400, 400, as_of), value(3, 900, 900, "2017-12-01")], "Dates", "Vague")
    check(svg)
    level = [broken for data, broken in whiskers(svg) if "H" in data]
    assert level == ([dashed] if span else [])


@pytest.mark.parametrize(("qualifier", "upward"), [("at least", True), ("more than", True), ("up to", False), ("less than", False)])
def test_open_values_have_an_arrow(qualifier: str, upward: bool) -> None:
    svg = measure_chart([value(1, 500, 500, "2017-10-29", qualifier=qualifier)], "Open", "One")
    ((data, _),) = whiskers(svg)
    start, tip = float(data.split("V")[0].split()[1]), float(data.split("V")[1].split("M")[0])
    assert (tip < start) is upward


def test_statuses_differ_in_shape() -> None:
    statuses: Any = ("reported", "corroborated", "disputed", "superseded")
    values = [value(row, row * 100, row * 100, f"2017-10-{row:02}", status=status) for row, status in enumerate(statuses, 1)]
    svg = measure_chart(values, "Statuses", "All four")
    assert {css for css, _ in marks(svg)} == {"bb-reported", "bb-corroborated", "bb-disputed-mark", "bb-superseded"}
    shapes = {(node.tag, node.get("d", "").count("M")) for node in root(svg).iter() if "bb-mark" in node.get("class", "").split()}
    assert len(shapes) == 4
    assert {"reported", "corroborated", "disputed", "superseded"} <= {text.words for text in texts(svg)}


def test_many_values_have_the_numbers_of_their_rows() -> None:
    values = [
        value(row, row * 37 % 500, row * 37 % 500, f"2017-{row % 12 + 1:02}-{row % 27 + 1:02}", f"Speaker {row}") for row in range(1, 31)
    ]
    svg = measure_chart(values, "Many", "Thirty")
    check(svg)
    assert sorted(int(text.words) for text in labels(svg) if "bb-number" in text.classes) == list(range(1, 31))
    assert "number = row of the table" in {text.words for text in texts(svg)}


def test_values_far_apart_are_on_a_scale_that_says_so() -> None:
    values = [value(1, 3, 3, "2017-10-26"), value(2, 1000, 1000, "2017-10-27"), value(3, 30_000, 30_000, "2017-10-28")]
    svg = measure_chart(values, "Far apart", "Three", unit="people")
    check(svg)
    words = [text.words for text in texts(svg)]
    assert "people · logarithmic scale" in words and {"1", "10", "100", "1,000", "10,000", "100,000"} <= set(words)
    assert next(root(svg).iter(f"{SVG}desc")).text == "Three. Value axis: logarithmic scale."
    heights = sorted((box.top for _, box in marks(svg)), reverse=True)
    assert heights[0] - heights[1] > heights[1] - heights[2] > 20


@pytest.mark.parametrize(("amounts", "told"), [((2000, 3000), False), ((90, 95), True), ((0, 30_000), False), ((-5, 5), False)])
def test_an_axis_that_does_not_begin_at_zero_says_so(amounts: tuple[int, int], told: bool) -> None:
    svg = measure_chart([value(index, amount, amount, f"2017-10-0{index}") for index, amount in enumerate(amounts, 1)], "A", "b")
    words = {text.words for text in texts(svg)}
    assert ("axis from 90, not 0" in words) is told
    assert ("0" in words) is not told


def test_long_names_go_on_in_a_second_line() -> None:
    name = "UN Analytical Support and Sanctions Monitoring Team"
    svg = measure_chart([value(1, 20_000, 30_000, "2018-08-13", name), value(2, 14_000, 14_000, "2018-06-30~", name)], "Long", "Two")
    check(svg)
    lines = [text.words for text in texts(svg) if "bb-name" in text.classes]
    assert " ".join(lines) == f"{name} {name}"
    assert len([text for text in texts(svg) if "bb-value" in text.classes]) == 2


def test_names_stay_whole_where_the_first_places_tried_leave_no_room() -> None:
    inspector, team = "U.S. Lead Inspector General for Operation Inherent Resolve", "UN Analytical Support and Sanctions Monitoring Team"
    values = [
        value(1, 3000, 3000, "2017-12-05", qualifier="less than"),
        value(2, 1000, 1000, "2017-12-27", "U.S.-led coalition", qualifier="less than"),
        value(3, 15_500, 17_100, "2018-06-30~", inspector),
        value(4, 14_000, 14_000, "2018-06-30~", inspector),
        value(5, 20_000, 30_000, "2018-08-13", team),
    ]
    svg = measure_chart(values, "Fighters", "Five", unit="people")
    check(svg)
    names = " ".join(text.words for text in texts(svg) if "bb-name" in text.classes)
    assert names.count(inspector) == 2 and team in names


def test_two_marks_side_by_side_both_have_their_values() -> None:
    values = [
        ChartValue(row, 3, 3, parse("2017-11-03"), who, "nearly 3 years", "nearly")
        for row, who in enumerate(("Associated Press, Deutsche Welle", "Voice of America"), 1)
    ]
    svg = measure_chart(values, "Years", "Two", unit="years")
    check(svg)
    assert len([text for text in texts(svg) if "bb-value" in text.classes]) == 2


def test_labels_keep_off_the_line_of_a_date_that_is_about_right() -> None:
    svg = measure_chart(
        [value(1, 250, 250, "2017-06-01~"), value(2, 500, 500, "2017-01-01"), value(3, 90, 90, "2017-12-01")], "About", "One"
    )
    ((data, dashed),) = whiskers(svg)
    left, y, right = (float(part) for part in re.findall(r"[\d.]+", data))
    assert dashed and not any(text.box.overlaps(Box(left, y - 3, right, y + 3)) for text in labels(svg))


def test_a_hundred_values_are_all_there_and_no_number_hides_another() -> None:
    values = [value(row, row * 37 % 500, row * 37 % 500, f"2017-{row % 12 + 1:02}-{row % 27 + 1:02}", href="#x") for row in range(1, 101)]
    svg = measure_chart(values, "Many", "A hundred")
    check(svg)
    assert len(marks(svg)) == len(list(root(svg).iter(f"{SVG}a"))) == 100
    assert 20 < len([text for text in labels(svg) if "bb-number" in text.classes]) <= 100


dates = st.sampled_from(
    [
        "2017-10-26",
        "2017-10",
        "2018",
        "2017-10-27~",
        "2017-10-26/2017-11-03",
        "2017-09-05/..",
        "[2017-11-02..2017-11-03]",
        "0001",
        "9999-12-31",
    ]
)
amounts = st.one_of(st.integers(-(10**6), 10**12), st.floats(-1e6, 1e9))


@settings(max_examples=60, deadline=None)
@example([(0, -1.4e-176, "2017-10-26", "")])
@example([(0, 6e-308, "9999-12-31", "")])
@given(st.lists(st.tuples(amounts, amounts, dates, st.text(max_size=30)), min_size=1, max_size=10))
def test_any_values(found: list[tuple[float, float, str, str]]) -> None:
    values = [value(row, min(a, b), max(a, b), when, who) for row, (a, b, when, who) in enumerate(found, 1)]
    svg = measure_chart(values, "Any", "Values", unit="people")
    width, height = size(svg)
    assert all(text.box.left >= -0.1 and text.box.right <= width + 0.1 for text in texts(svg) if "bb-unit" not in text.classes)
    assert all(box.left >= 0 and box.right <= width and box.bottom <= height for _, box in marks(svg))


def test_ticks_are_round() -> None:
    assert [tick.text for tick in value_axis([400, 2500]).ticks] == ["0", "500", "1,000", "1,500", "2,000", "2,500"]
    assert [tick.text for tick in value_axis([95, 99]).ticks] == ["95", "96", "97", "98", "99"]
    assert [tick.text for tick in value_axis([0.1, 0.35]).ticks] == ["0", "0.1", "0.2", "0.3", "0.4"]
    assert value_axis([7]).low == 0
    assert [tick.text for tick in value_axis([-30, 20]).ticks] == ["−30", "−20", "−10", "0", "10", "20"]
    assert [tick.at for tick in value_axis([2, 1_000_000_000]).ticks] == [1, 100, 10_000, 1_000_000, 100_000_000, 10_000_000_000]
    assert value_text(2_500_000, 500_000) == "2.5\u00a0m"


def test_date_ticks_say_the_year_where_it_begins() -> None:
    axis = date_axis(date(2017, 11, 20), date(2018, 2, 10))
    assert [(tick.text, tick.below) for tick in axis.ticks] == [("Dec", "2017"), ("Jan", "2018"), ("Feb", "")]
    assert [tick.text for tick in date_axis(date(2001, 5, 1), date(2018, 2, 10)).ticks] == ["2005", "2010", "2015"]
    assert date_axis(date(1, 1, 1), date(9999, 12, 31)).ticks


def test_hostile_speakers_stay_text() -> None:
    evil = "</text><script>alert(1)</script>"
    chart = measure_chart([ChartValue(1, 1, 2, parse("2017"), evil, evil, href="javascript:x")], evil, evil, unit=evil)
    assert not {node.tag.removeprefix(SVG) for node in root(chart).iter()} & {"script", "a", "style"}


def test_no_values_no_chart() -> None:
    with pytest.raises(ValueError, match="no values"):
        measure_chart([], "a", "b")
    with pytest.raises(ValueError, match="no value or range"):
        value(1, 2, 1, "2017")
