"""Strips of events: titles apart and in the frame, known days apart from vague ones, far ones no harm to the rest."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import combinations, pairwise
from xml.etree.ElementTree import Element

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.edtf import parse
from generator.pictures import StripEvent, StripGroup, timeline_strip
from generator.pictures.breaks import broken_axis
from generator.pictures.geometry import Box
from generator.pictures.timeline import TITLED, WIDTH

from .reading import SVG, Text, root, size, texts


def strip(*groups: StripGroup) -> str:
    return timeline_strip(groups, "Events", "In time")


def dated(*dates: str) -> StripGroup:
    return StripGroup("", tuple(StripEvent(when, parse(when), f"#{when}") for when in dates))


def marks(svg: str) -> dict[str, list[Element]]:
    """Each mark's shapes, by what its tooltip says."""
    found: dict[str, list[Element]] = {}
    for node in root(svg).iter(f"{SVG}g"):
        told = node.find(f"{SVG}title")
        if told is not None:
            found.setdefault(told.text or "", []).extend(shape for shape in node if "bb-mark" in shape.get("class", "").split())
    return found


def box(shape: Element) -> Box:
    """The room of a mark, the thickness of its lines apart."""
    if shape.tag == f"{SVG}circle":
        x, y, r = (float(shape.get(key, "0")) for key in ("cx", "cy", "r"))
        return Box(x - r, y - r, x + r, y + r)
    xs, ys, x, y = [], [], 0.0, 0.0
    for command, data in re.findall(r"([MHvLl])([^MHvLl]*)", shape.get("d", "")):
        numbers = [float(part) for part in data.split()]
        if command in "ML":
            x, y = numbers
        elif command == "H":
            x = numbers[0]
        elif command == "v":
            y += numbers[0]
        else:
            x, y = x + numbers[0], y + numbers[1]
        xs.append(x)
        ys.append(y)
    return Box(min(xs), min(ys), max(xs), max(ys))


def looks(svg: str) -> list[list[str]]:
    """The looks of each mark, in the order of the strip."""
    return [[shape.get("class", "").removeprefix("bb-mark ") for shape in shapes] for shapes in marks(svg).values()]


def faults(svg: str) -> list[str]:
    """Texts outside of the frame, on one another or on a mark; marks outside of the frame."""
    width, height = size(svg)
    frame = Box(0, 0, width, height).grown(0.1)
    found: list[Text] = texts(svg)
    shapes = [box(shape) for shapes in marks(svg).values() for shape in shapes]
    bad = [f"outside: {text.words}" for text in found if not frame.holds(text.box)]
    bad += [f"outside: {shape}" for shape in shapes if not frame.holds(shape)]
    bad += [f"{a.words} on {b.words}" for a, b in combinations(found, 2) if a.box.overlaps(b.box, -0.3)]
    bad += [f"{text.words} on a mark" for text in found for shape in shapes if text.box.overlaps(shape, -0.3)]
    return bad


GROUPS = (
    StripGroup(
        "Upstream, where the river rises",
        (
            StripEvent("Al-Qaim retaken", parse("2017-11-03"), "#a"),
            StripEvent("Deir ez-Zor declared taken by the army, at some length " * 3, parse("2017-11-03")),
            StripEvent("Offensive", parse("2017-10-26/2017-11-03")),
            StripEvent("On one of these days", parse("[2017-11-02..2017-11-08]")),
        ),
        "#upstream",
    ),
    StripGroup("Downstream", (StripEvent("Siege", parse("../2017-09-05")), StripEvent("Some time in November", parse("2017-11")))),
)


def test_titles_stand_apart_and_in_the_frame() -> None:
    svg = strip(*GROUPS)
    assert size(svg)[0] == 360
    assert faults(svg) == []
    words = " ".join(text.words for text in texts(svg))
    for group in GROUPS:
        assert group.heading in words
        assert all(event.title.split(",")[0] in words for event in group.events)


def test_faults_would_be_found() -> None:
    svg = strip(*GROUPS)
    assert "outside" in " ".join(faults(svg.replace('x="', 'x="9')))
    moved = re.sub(r'(class="bb-legend bb-halo" x=")[\d.]+(" y=")[\d.]+', r"\g<1>20\g<2>70", svg)
    assert "Offensive on " in " ".join(faults(moved))
    at = box(marks(svg)["Al-Qaim retaken, 3 November 2017"][0])
    covered = re.sub(r'x="[\d.]+" y="[\d.]+"([^>]*>Offensive)', rf'x="{at.left}" y="{at.bottom}"\1', svg)
    assert "Offensive on a mark" in faults(covered)


dates = st.one_of(
    st.sampled_from(
        """2017-11-03 2017-11 2017 2018 2017-10-27~ 2017~ 2017-10-26/2017-11-03 2017-10-26~/2017-11 2017-09-05/.. ../2017-11-02 [..2017-11-03]
        [2017-11-02..2017-11-03] [2017-11-30..] 2014/2019 2017-11-03/2017-11-03 0001 9999-12-31 0001/9999""".split()  # noqa: SIM905 - a list of dates
    ),
    st.dates(date(2016, 1, 1), date(2019, 1, 1)).map(str),
)
titles = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(["IS", "takes", "Deir ez-Zor", "Wort" * 12]), min_size=1).map(" ".join))
groups = st.lists(st.tuples(titles, st.lists(st.tuples(titles, dates), min_size=1, max_size=9)), min_size=1, max_size=4)


@settings(max_examples=150)
@example([("", [("One", "2017-11-03")])])
@example([("", [("Early", "2017-10-27~"), ("Late", "2018-10-27~")])])
@example([("A", [("W" * 80, "2014/2019")]), ("B", [("Early", "0001"), ("Late", "9999-12-31")])])
@given(groups)
def test_any_events(found: list[tuple[str, list[tuple[str, str]]]]) -> None:
    made = [StripGroup(head, tuple(StripEvent(title, parse(when), "#e") for title, when in events)) for head, events in found]
    svg = strip(*made)
    assert faults(svg) == []
    assert all(shapes for shapes in marks(svg).values())


@settings(max_examples=20)
@given(st.lists(dates, min_size=TITLED + 1, max_size=150))
def test_of_many_events_there_are_marks_alone(found: list[str]) -> None:
    half = len(found) // 2
    made = [StripGroup("First", dated(*found[:half]).events), StripGroup("Second", dated(*found[half:]).events)]
    svg = strip(*made)
    said = [text.words for text in texts(svg)]
    assert f"First ({half})" in said and f"Second ({len(found) - half})" in said
    assert not any(when in said for when in found if "-" in when)
    assert faults(svg) == []
    assert size(svg)[1] < 260
    assert svg.count('tabindex="-1"') == len(found)  # the list leads there by keyboard


@pytest.mark.parametrize(
    ("when", "look"),
    [
        ("2017-11-03", ["bb-day"]),
        ("2017-11", ["bb-vague"]),
        ("2017", ["bb-vague"]),
        ("2017-10-27~", ["bb-vague"]),
        ("2017-10-27?", ["bb-vague"]),
        ("[2017-11-02..2017-11-03]", ["bb-vague"]),
        ("[..2017-11-03]", ["bb-vague", "bb-end"]),
        ("2017-10-26/2017-11-03", ["bb-lasted", "bb-end"]),
        ("2017-11-03/2017-11-03", ["bb-lasted", "bb-end"]),
        ("2017-10-05/..", ["bb-lasted", "bb-end"]),
        ("2017-09/2017-11-20", ["bb-vague", "bb-lasted", "bb-end"]),
        ("2017-09/2017-11", ["bb-vague", "bb-vague", "bb-lasted"]),
    ],
)
def test_known_days_are_points_what_lasted_is_solid_and_all_else_is_dashed(when: str, look: list[str]) -> None:
    svg = strip(dated("2017-08-01"), dated(when), dated("2017-12-24"))
    assert looks(svg) == [["bb-day"], look, ["bb-day"]]
    for shape in marks(svg)[f"{when}, {parse(when).words}"]:
        assert (shape.get("stroke-dasharray") is not None) is ("bb-vague" in shape.get("class", ""))


def test_an_open_end_reaches_the_edge_and_a_known_one_its_day() -> None:
    svg = strip(dated("2017-11-01", "2017-11-10/..", "../2017-11-20", "2017-11-30"))
    first, since, until, last = (
        [box(shape) for shape in marks(svg)[told]]
        for told in ("2017-11-01, 1 November 2017", "2017-11-10/.., since 10 November 2017", "../2017-11-20, until 20 November 2017", "2017-11-30, 30 November 2017")
    )  # fmt: skip
    axis = broken_axis(map(parse, ("2017-11-01", "2017-11-10", "2017-11-20", "2017-11-30")), WIDTH)
    assert since[0].left == pytest.approx(axis.x(date(2017, 11, 10)), abs=0.1) and since[0].right >= WIDTH - 1
    assert until[0].right == pytest.approx(axis.x(date(2017, 11, 20)), abs=0.1) and until[0].left <= 1
    assert first[0].left < since[0].left < until[0].right < last[0].right


def test_the_key_explains_what_is_there_and_nothing_else() -> None:
    def key(svg: str) -> set[str]:
        return {text.words for text in texts(svg) if "bb-note" in text.classes}

    assert key(strip(dated("2017-11-03"))) == {"an exact day"}
    assert len(key(strip(dated("2017-11-03", "2017-11-04", "2017-11-05/2017-11-07", "2017-11-04~", "2017-11-05/..", "2025-01-01")))) == 5


STORY = "2014 2017-09-05 2017-10-14 2017-10-26 2017-11-03 2017-11-03 2017-11-08/2017-11-09 2017-11-17 2017-11-19 2017-12-09 2018-12-14 2019-03-23"


def test_far_events_do_not_crowd_the_rest() -> None:
    """A year long ago and a spring much later take little room, and the axis says where time was left out."""
    found = [parse(when) for when in STORY.split()]
    axis = broken_axis(found, WIDTH)
    assert 2 <= len(axis.breaks) <= 6
    assert axis.x(date(2017, 12, 9)) - axis.x(date(2017, 10, 14)) > WIDTH * 0.4
    said = [label.text for label in axis.labels]
    assert said[0] == "2014" and said[-2:] == ["14 Dec", "23 Mar"]
    assert [label.year for label in axis.labels if label.year] == ["2017", "2018", "2019"]
    assert faults(strip(dated(*dict.fromkeys(STORY.split())))) == []


def test_a_bar_over_a_break_is_broken() -> None:
    svg = strip(dated("2014-01-01/2017-11-03", "2017-10-30", "2017-10-31", "2017-11-01", "2017-11-04"))
    (bar, _) = marks(svg)["2014-01-01/2017-11-03, 1 January 2014 to 3 November 2017"]
    assert bar.get("d", "").count("M") == 2


@pytest.mark.parametrize(
    "when", [["2017-11-03"], ["2017-11-03", "2019-01-01"], ["2015-01-01", "2017-01-01", "2019-01-01"], [f"{year}-06-01" for year in range(1990, 2020)],
     ["2017-11-01", "2017-11-02", "2017-11-20"]]
)  # fmt: skip
def test_even_times_are_not_broken(when: list[str]) -> None:
    assert broken_axis(map(parse, when), WIDTH).breaks == ()


@settings(max_examples=150)
@given(st.lists(dates, min_size=1, max_size=30))
def test_later_is_further_right_on_one_scale(found: list[str]) -> None:
    axis = broken_axis(map(parse, found), WIDTH)
    scales = [(one.right - one.left) / (one.last - one.first) for one in axis.stretches if one.last > one.first]
    assert all(scale == pytest.approx(scales[0]) for scale in scales)
    assert all(one.right < two.left and one.last < two.first for one, two in pairwise(axis.stretches))
    assert axis.stretches[0].left >= 0 and axis.stretches[-1].right <= WIDTH
    assert axis.labels
    days = [date.fromordinal(ordinal) for stretch in axis.stretches for ordinal in (stretch.first, stretch.last)]
    assert [axis.x(day) for day in days] == sorted(axis.x(day) for day in days)
    for one, two in pairwise(axis.stretches):
        assert one.right < axis.x(date.fromordinal(one.last) + timedelta(days=1)) <= two.left


def test_hostile_titles_stay_text() -> None:
    evil = "</text><script>alert(1)</script>"
    svg = timeline_strip([StripGroup(evil, (StripEvent(evil, parse("2017"), "javascript:x"),), "javascript:x")], evil, evil)
    assert not {node.tag.removeprefix(SVG) for node in root(svg).iter()} & {"script", "a", "style"}


def test_no_events_no_strip() -> None:
    with pytest.raises(ValueError, match="no events"):
        strip(StripGroup("Empty", ()))
