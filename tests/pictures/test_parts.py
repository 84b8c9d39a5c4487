"""The parts of pictures: geometry, projection, text and the basemap's files."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.pictures.geometry import Box, clip_line, clip_ring, path_data, simplify
from generator.pictures.projection import Azimuthal, EqualEarth
from generator.pictures.sphere import great_circle_km, middle, unwrap
from generator.pictures.svg import clean, escape, is_rtl, number, shorten, text_element
from generator.pictures.textwidth import text_width
from generator.pictures.tiles import LAND, GeoBox, tiles

coordinates = st.tuples(st.floats(-100, 100), st.floats(-100, 100))
BOX = Box(-10, -20, 30, 40)


@given(st.lists(coordinates, min_size=3, max_size=20))
def test_clipped_rings_stay_inside(ring: list[tuple[float, float]]) -> None:
    assert all(BOX.grown(1e-6).holds(Box(x, y, x, y)) for x, y in clip_ring(ring, BOX))


def test_a_ring_around_the_box_becomes_the_box() -> None:
    ring = clip_ring([(-99, -99), (99, -99), (99, 99), (-99, 99)], BOX)
    assert sorted(ring) == sorted(BOX.corners)


@given(st.lists(coordinates, min_size=2, max_size=20))
def test_clipped_lines_stay_inside_and_on_the_line(line: list[tuple[float, float]]) -> None:
    for piece in clip_line(line, BOX):
        for x, y in piece:
            assert BOX.grown(1e-6).holds(Box(x, y, x, y))


def test_a_line_in_and_out_makes_pieces() -> None:
    pieces = list(clip_line([(-50, 0), (50, 0), (50, 10), (-50, 10)], BOX))
    assert pieces == [[(-10, 0), (30, 0)], [(30, 10), (-10, 10)]]


@given(st.lists(coordinates, min_size=2, max_size=40), st.floats(0.1, 20))
def test_simplified_lines_stay_within_the_tolerance(line: list[tuple[float, float]], tolerance: float) -> None:
    kept = simplify(line, tolerance)
    assert kept[0] == line[0] and kept[-1] == line[-1]
    for x, y in line:
        far = min(_distance(x, y, a, b) for a, b in itertools.pairwise(kept))
        assert far <= tolerance + 1e-6


def _distance(x: float, y: float, a: tuple[float, float], b: tuple[float, float]) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    share = max(0.0, min(1.0, ((x - a[0]) * dx + (y - a[1]) * dy) / (dx * dx + dy * dy or 1)))
    return math.hypot(a[0] + share * dx - x, a[1] + share * dy - y)


def test_path_data_is_short_and_whole() -> None:
    assert path_data([[(0, 0), (1.04, -0.5), (1.04, -0.5), (2, 1)]], 10, closed=False) == "M0 0l10-5 10 15"
    assert path_data([[(0, 0), (1, 0), (1, 1), (0, 0)]], 10, closed=True) == "M0 0l10 0 0 10z"
    assert path_data([[(0, 0), (0.01, 0)]], 10, closed=False) == ""


latitudes, longitudes = st.floats(-89.9, 89.9), st.floats(-180, 180)


@given(latitudes, longitudes, st.floats(-3000, 3000), st.floats(-3000, 3000))
def test_the_azimuthal_projection_comes_back(lat: float, lon: float, x: float, y: float) -> None:
    flat = Azimuthal(lat, lon)
    back = flat.forward(*flat.inverse(x, y))
    assert back == pytest.approx((x, y), abs=1e-3)


@given(latitudes, longitudes, latitudes, longitudes)
def test_distances_from_the_middle_follow_the_formula(lat: float, lon: float, lat2: float, lon2: float) -> None:
    far = great_circle_km(lat, lon, lat2, lon2)
    x, y = Azimuthal(lat, lon).forward(lat2, lon2)
    assert math.hypot(x, y) == pytest.approx(2 * 6371.0088 * math.sin(far / 6371.0088 / 2), rel=1e-4, abs=0.05)


def test_equal_earth_has_the_published_proportions() -> None:
    flat = EqualEarth(0)
    # Šavrič et al. 2018: the poles are 0.59 of the equator long, the map 0.4867 as high as wide
    width, height = flat.forward(0, 180)[0], flat.forward(90, 0)[1]
    assert height / width == pytest.approx(0.4867, abs=0.001)
    assert flat.forward(90, 180)[0] / width == pytest.approx(0.59, abs=0.005)
    assert flat.forward(10, -180)[0] == -flat.forward(10, 180)[0]


def test_great_circles() -> None:
    assert great_circle_km(0, 0, 0, 180) == pytest.approx(math.pi * 6371.0088)
    assert great_circle_km(-18, 179, -18, -179) == pytest.approx(2 * 111.19 * math.cos(math.radians(18)), rel=0.001)
    assert great_circle_km(90, 0, 90, 77) == pytest.approx(0, abs=1e-6)


def test_the_middle_lies_between() -> None:
    assert middle([(0, 179), (0, -179)]) == pytest.approx((0, 180), abs=0.05)
    assert middle([(80, 0), (80, 180)])[0] == pytest.approx(90, abs=0.05)
    assert middle([(10, 20)]) == pytest.approx((10, 20))
    assert unwrap(-179, 170) == 181


@given(st.text(), st.text())
def test_escaped_text_is_harmless_anywhere(text: str, other: str) -> None:
    assert not set(escape(text)) & set("<>\"'")
    assert escape(text + other).count("&") == sum(clean(text + other).count(char) for char in "&<>\"'")


def test_numbers_are_short() -> None:
    assert [number(value) for value in (0, -0.04, 0.5, -0.25, 12, 12.34, 100)] == ["0", "0", ".5", "-.2", "12", "12.3", "100"]


def test_right_to_left_scripts_are_anchored_by_the_paper() -> None:
    assert is_rtl("القائم") and is_rtl("(دير)") and not is_rtl("Al-Qaim القائم") and not is_rtl("")
    assert 'text-anchor="end" direction="rtl"' in text_element(0, 0, "القائم", "bb-local", 11)
    assert "text-anchor" not in text_element(0, 0, "القائم", "bb-local", 11, anchor="end")
    assert 'text-anchor="middle"' in text_element(0, 0, "القائم", "bb-local", 11, anchor="middle")


def test_texts_are_shortened_and_measured() -> None:
    assert shorten("Husaybah crossing", 9) == "Husaybah…"
    assert text_width("WWW", 10) > text_width("iii", 10)
    assert text_width("東京", 10) >= 20
    assert text_width("a\u0301", 10) == text_width("a", 10)


@pytest.mark.parametrize("level", ["local", "region", "world"])
def test_the_basemap_is_whole(level: str) -> None:
    found = tiles(level)  # type: ignore[arg-type]  # the three of them
    columns = found.columns
    assert len(columns["line_run"]) == len(columns["kind"]) + 1
    assert len(columns["run_point"]) == len(columns["west"]) + 1
    assert columns["line_run"][-1] == len(columns["west"]) and columns["run_point"][-1] == len(columns["dx"]) == len(columns["dy"])
    everything = GeoBox(-180, -90, 180, 90, around=True)
    rings = 0
    for line in found.lines(everything):
        assert all(-180.01 <= lon <= 192 and -90.01 <= lat <= 90.01 for lon, lat in line.points)
        if line.kind == LAND:
            rings += 1
            assert line.points[0] == line.points[-1]
    assert rings > 100


def test_a_frame_decodes_only_what_it_needs() -> None:
    lines = list(tiles("local").lines(GeoBox(38, 33, 44, 37)))
    assert 10 < len(lines) < 200
    assert sum(len(line.points) for line in lines) < 8000
    assert {line.name for line in lines} >= {"Syria", "Iraq"}
