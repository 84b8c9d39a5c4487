"""Maps of places anywhere: labels that do not collide, lines where they belong, a true scale."""

from __future__ import annotations

import gzip
import itertools
import math
import os
import random
import re
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.pictures import MapPoint, locator_map, overview_map
from generator.pictures.frame import fit
from generator.pictures.geometry import Box
from generator.pictures.overview import clusters
from generator.pictures.projection import Azimuthal
from generator.pictures.scalebar import scale_bar
from generator.pictures.sphere import great_circle_km
from tests.projects import ROOT

from .reading import SVG, circles, labels, markers, outside, overlapping, path, root, size, texts

QAIM = MapPoint("Al-Qaim", 34.36694, 41.13889, "القائم", "ar", "../places/al-qaim/", precision_km=4)
DEIR = MapPoint("Deir ez-Zor", 35.33588, 40.14084, "دير الزور", "ar", "../places/deir-ez-zor/")
KAMAL = MapPoint("Albu Kamal", 34.45226, 40.91854, "البوكمال", "ar")
BAGHOUZ = MapPoint("Baghouz", 34.45861, 40.95056)
CROSSING = MapPoint("Husaybah crossing", 34.39, 40.99)
SUVA = MapPoint("Suva", -18.1416, 178.4419)
APIA = MapPoint("Apia", -13.83, -171.77)
LONGYEARBYEN = MapPoint("Longyearbyen", 78.2232, 15.6267)
KINSHASA = MapPoint("Kinshasa", -4.3217, 15.3125)
SOUTH_POLE = MapPoint("Amundsen–Scott Station", -90, 0)

SETS = {
    "al-qaim": [QAIM],
    "euphrates": [QAIM, DEIR, KAMAL, BAGHOUZ, CROSSING],
    "suva": [SUVA],
    "longyearbyen": [LONGYEARBYEN],
    "kinshasa": [KINSHASA, MapPoint("Brazzaville", -4.2634, 15.2429)],
    "south pole": [SOUTH_POLE],
    "north pole": [MapPoint("North Pole", 90, 0), MapPoint("Alert", 82.5, -62.3)],
    "both sides of 180": [SUVA, APIA, MapPoint("Neiafu", -18.65, -173.98)],
    "on 180": [MapPoint("Taveuni", -16.85, 180), MapPoint("Rabi", -16.5, -179.99)],
    "antarctica": [MapPoint("McMurdo", -77.85, 166.67), MapPoint("Vostok", -78.46, 106.84), MapPoint("Rothera", -67.57, -68.12)],
    "mcmurdo": [MapPoint("McMurdo Station", -77.85, 166.67)],
    "vatican": [MapPoint("Vatican City", 41.9029, 12.4534, "Civitas Vaticana", "la", precision_km=0.2)],
    "two continents": [MapPoint("Casablanca", 33.57, -7.59, "الدار البيضاء", "ar"), MapPoint("Recife", -8.05, -34.9)],
    "singapore": [MapPoint("Singapore", 1.29, 103.85, "新加坡", "zh")],
    "nuku'alofa": [MapPoint("Nukuʻalofa", -21.139, -175.204)],
    "null island": [MapPoint("Null Island", 0, 0)],
    "kathmandu": [MapPoint("Kathmandu", 27.7172, 85.324, "काठमाडौँ", "ne")],
    "tokyo": [MapPoint("Tokyo", 35.6895, 139.6917, "東京", "ja")],
    "tbilisi": [MapPoint("Tbilisi", 41.7151, 44.8271, "თბილისი", "ka")],
    "jerusalem": [MapPoint("Jerusalem", 31.7767, 35.2345, "ירושלים", "he")],
    "pristina": [MapPoint("Pristina", 42.66, 21.16)],
    "fjords": [MapPoint("Bergen", 60.39, 5.32)],
    "an area": [MapPoint("Somewhere in Anbar", 33, 42, precision_km=60), MapPoint("Baghdad", 33.3, 44.4)],
    "fifty in a valley": [
        MapPoint(f"Town {index}", 46.3 + index * 0.004 + index % 7 * 0.01, 7.4 + index * 0.02, "Tal", "de", f"p{index}/")
        for index in range(50)
    ],
    "fifty in the world": [MapPoint(f"City {index}", index * 37 % 125 - 55, index * 71 % 360 - 180) for index in range(50)],
    "world": [QAIM, SUVA, MapPoint("Washington", 38.9, -77.0), MapPoint("Sydney", -33.87, 151.2)],
    "antipodes": [MapPoint("One", 0, 0), MapPoint("Other", 0, 180)],
    "poles": [MapPoint("North", 90, 0), SOUTH_POLE],
    "one spot": [MapPoint(f"Same {index}", 10, 10) for index in range(50)],
    "one line": [MapPoint(f"Place {index}", 34, 40 + index / 100) for index in range(30)],
    "long names": [
        MapPoint("Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 3, 53.22, -4.2),
        MapPoint("Æ" * 200, 53.3, -4.0),
    ],
}


@pytest.mark.parametrize("name", SETS)
def test_labels_keep_to_the_frame_and_off_one_another(name: str) -> None:
    svg = locator_map(SETS[name], "A map", "Where they are")
    assert overlapping(svg) == []
    assert outside(svg) == []
    assert len(gzip.compress(svg.encode())) <= 8_192


@pytest.mark.parametrize("name", SETS)
def test_every_place_has_its_marker_in_the_frame_and_its_name(name: str) -> None:
    svg = locator_map(SETS[name], "A map", "Where they are")
    width, height = size(svg)
    assert len(circles(svg, "bb-marker")) == len(SETS[name])
    assert all(box.left > 0 and box.right < width and box.top > 0 and box.bottom < height for box in markers(svg))
    words = " ".join(text.words for text in texts(svg))
    assert all(place.name[:15] in words for place in SETS[name])


@pytest.mark.parametrize("name", [name for name, places in SETS.items() if len(places) <= 8])
def test_a_map_of_a_few_places_is_small(name: str) -> None:
    assert len(gzip.compress(locator_map(SETS[name], "A map", "Where it is").encode())) <= 4_608


def country_names(svg: str) -> dict[str, Box]:
    return {text.words: text.box for text in texts(svg) if "bb-country" in text.classes}


@pytest.mark.parametrize(
    ("place", "countries", "features"),
    [
        (SUVA, {"Fiji"}, {"bb-land"}),
        (LONGYEARBYEN, {"Norway"}, {"bb-land"}),
        (KINSHASA, {"DR Congo", "Congo"}, {"bb-border", "bb-river"}),
        (QAIM, {"Iraq", "Syria"}, {"bb-border", "bb-river"}),
    ],
    ids=["Suva (Fiji)", "Longyearbyen", "Kinshasa", "Al-Qaim"],
)
def test_a_reader_recognises_where_it_is(place: MapPoint, countries: set[str], features: set[str]) -> None:
    svg = locator_map([place], "A map", "Where it is")
    assert overlapping(svg) == [] and outside(svg) == []
    assert {place.name, place.local_name} - {""} <= {text.words for text in texts(svg)}
    assert set(country_names(svg)) == countries
    alone = locator_map([place], "A map", "Where it is", with_inset=False)
    assert all(sum(map(len, path(alone, css))) > 5 for css in features)
    for box in country_names(alone).values():
        assert is_land(alone, (box.left + box.right) / 2, (box.top + box.bottom) / 2)
    assert len([node for node in root(svg).iter() if node.get("class") == "bb-level-world"]) == 1  # the inset
    assert any(text.words.startswith("Locator only") for text in texts(svg))
    assert any(text.words.endswith(" km") for text in texts(svg))
    assert len([text for text in texts(svg) if "bb-degree" in text.classes]) >= 3


@pytest.mark.parametrize("name", [name for name, places in SETS.items() if len(places) <= 8])
def test_country_names_keep_off_borders(name: str) -> None:
    svg = locator_map(SETS[name], "A map", "Where it is", with_inset=False)
    borders = path(svg, "bb-border") + path(svg, "bb-disputed")
    for country, box in country_names(svg).items():
        crossed = [line for line in borders for a, b in itertools.pairwise(line) if box.crossed_by(a, b)]
        assert not crossed, country


def test_a_country_named_like_its_town_is_named_once() -> None:
    words = [text.words for text in texts(locator_map(SETS["singapore"], "A map", "Where it is"))]
    assert words.count("Singapore") == 1


def test_contested_ground_is_given_to_nobody() -> None:
    assert country_names(locator_map([MapPoint("Simferopol", 44.95, 34.1)], "A map", "Where it is")) == {}


def test_an_island_far_from_any_land_shows_half_the_globe() -> None:
    def land(place: MapPoint) -> float:
        inset = next(node for node in root(locator_map([place], "A", "b")).iter() if node.get("class") == "bb-level-world")
        return sum(len(node.get("d", "")) for node in inset if node.get("class") == "bb-land")

    assert land(SUVA) > 500 and land(SETS["nuku'alofa"][0]) > 500


def test_no_line_runs_across_the_world() -> None:
    places = [MapPoint(str(lon), 0, lon) for lon in (100, -175, -120, -60)]  # the rim runs through Africa and Europe
    svg = locator_map(places, "A map", "Where")
    lines = path(svg, "bb-border") + path(svg, "bb-land")
    assert len(lines) > 50
    assert max(math.dist(a, b) for line in lines for a, b in itertools.pairwise(line)) < 60


@pytest.mark.parametrize("place", [MapPoint("North Pole", 90, 0), SOUTH_POLE, QAIM, SUVA], ids=lambda place: place.name)
def test_degrees_stand_at_their_meridians(place: MapPoint) -> None:
    frame = fit([(place.lat, place.lon)], 360, 270)
    assert isinstance(frame.projection, Azimuthal)
    found = [text for text in texts(locator_map([place], "A", "b")) if "bb-degree" in text.classes and text.words[-1] in "EW"]
    assert found
    for text in found:
        edge = 270 if text.box.top > 135 else 0
        x, y = (text.box.left - 2 - 180) * frame.km_per_unit, (135 - edge) * frame.km_per_unit
        lon = float(text.words[:-2]) * (1 if text.words[-1] == "E" else -1)
        assert (frame.projection.inverse(x, y)[1] - lon + 180) % 360 - 180 == pytest.approx(0, abs=1.5)


def test_a_vague_point_has_a_ring_in_the_frame_and_a_key() -> None:
    svg = locator_map([MapPoint("Somewhere", 33, 42, precision_km=400)], "A map", "Where it is")
    ((x, y, r),) = circles(svg, "bb-precision")
    assert Box(0, 0, 360, 270).holds(Box(x - r, y - r, x + r, y + r))
    assert any(text.words.endswith("ring: ±400 km") for text in texts(svg))
    exact = locator_map([QAIM], "A map", "Where it is")
    assert not circles(exact, "bb-precision") and "ring" not in exact


def test_numbered_markers_leave_the_keyboard_to_the_list() -> None:
    places = SETS["fifty in a valley"]
    links = list(root(locator_map(places, "A map", "Where they are")).iter(f"{SVG}a"))
    by_keyboard = [node for node in links if node.get("tabindex") != "-1"]
    assert [node.get("aria-label") for node in by_keyboard] == [place.name for place in places]
    assert len(links) == 100


anywhere = st.builds(
    MapPoint,
    name=st.text("abcXYZ é", min_size=1, max_size=30).filter(str.strip),
    lat=st.one_of(st.floats(-90, 90), st.sampled_from([-90.0, 90.0, 0.0])),
    lon=st.one_of(st.floats(-180, 180), st.floats(179, 181), st.sampled_from([-180.0, 0.0, 180.0])),
    local_name=st.sampled_from(["", "القائم", "東京", "ירושלים", "काठमाडौँ"]),
    href=st.sampled_from(["", "../places/here/"]),
    main=st.booleans(),
    precision_km=st.sampled_from([0.0, 1.0, 30.0, 5000.0]),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(anywhere, min_size=1, max_size=50))
def test_any_places_on_the_globe(places: list[MapPoint]) -> None:
    svg = locator_map(places, "A map", "Where they are")
    assert overlapping(svg) == [] and outside(svg) == []
    assert not re.search(r"\b(nan|inf)\b", re.sub(r">[^<]*<|aria-label=\"[^\"]*\"", "", svg))
    assert len(circles(svg, "bb-marker")) == len(places)
    width, height = size(svg)
    assert all(box.left >= 0 and box.right <= width and box.top >= 0 and box.bottom <= height for box in markers(svg))
    shown = [text.words for text in texts(svg) if text.classes & {"bb-name", "bb-legend"}]
    assert len(shown) == len(places)  # on the map, or in the list that explains the numbers


points = st.builds(
    MapPoint,
    name=st.text(st.characters(codec="utf-8"), min_size=1, max_size=40),
    lat=st.floats(-90, 90),
    lon=st.floats(-180, 180),
    local_name=st.sampled_from(["", "القائم", "東京", "Київ", "קהיר"]),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(points, min_size=1, max_size=8))
def test_places_anywhere(places: list[MapPoint]) -> None:
    svg = locator_map(places, "A map", "Where they are")
    assert overlapping(svg) == []
    assert outside(svg) == []
    assert len(svg.encode()) <= 40_960


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([0.05, 0.5, 3, 20, 80]), st.floats(-89, 89), st.floats(-180, 180))
def test_fifty_places_become_numbers(seed: int, spread: float, lat: float, lon: float) -> None:
    chance = random.Random(seed)
    places = [
        MapPoint(f"Place {index}", max(-90, min(90, lat + chance.gauss(0, spread))), lon + chance.gauss(0, spread)) for index in range(50)
    ]
    svg = locator_map(places, "A map", "Where they are")
    assert overlapping(svg) == []
    assert outside(svg) == []
    numbers = {text.words for text in labels(svg) if "bb-number" in text.classes}
    assert numbers == {str(index) for index in range(1, 51)}


def test_one_place_shows_about_300_km() -> None:
    frame = fit([(QAIM.lat, QAIM.lon)], 360, 270)
    assert frame.width * frame.km_per_unit == pytest.approx(310)


def test_places_across_180_degrees_are_near_one_another() -> None:
    frame = fit([(SUVA.lat, SUVA.lon), (APIA.lat, APIA.lon)], 360, 270)
    assert not frame.is_world
    suva, apia = frame.place(SUVA.lat, SUVA.lon), frame.place(APIA.lat, APIA.lon)
    assert 0 < suva[0] < apia[0] < 360
    assert math.dist(suva, apia) * frame.km_per_unit == pytest.approx(great_circle_km(SUVA.lat, SUVA.lon, APIA.lat, APIA.lon), rel=0.01)


def test_far_flung_places_show_the_world() -> None:
    assert fit([(QAIM.lat, QAIM.lon), (38.9, -77.0), (-33.87, 151.2)], 360, 270).is_world


@pytest.mark.parametrize("place", [QAIM, SUVA, LONGYEARBYEN, KINSHASA, SOUTH_POLE], ids=lambda place: place.name)
def test_scale_bar_is_as_long_as_it_says(place: MapPoint) -> None:
    frame = fit([(place.lat, place.lon)], 360, 270)
    bar = scale_bar(frame, 108)
    assert bar is not None and bar.km in (50, 100)
    assert hasattr(frame.projection, "inverse")
    # laid anywhere on the map, upright or level
    for x, y in ((0, 0), (-150, 100), (120, -110)):
        for dx, dy in ((bar.length, 0), (0, bar.length)):
            a = frame.projection.inverse(x * frame.km_per_unit, y * frame.km_per_unit)
            b = frame.projection.inverse((x + dx) * frame.km_per_unit, (y + dy) * frame.km_per_unit)
            assert great_circle_km(*a, *b) == pytest.approx(bar.km, rel=0.02)


def nearest_km(svg: str, css: str, place: MapPoint, others: list[MapPoint]) -> float:
    frame = fit([(other.lat, other.lon) for other in others], 360, 270)
    x, y = frame.place(place.lat, place.lon)
    least = math.inf
    for line in path(svg, css):
        for (ax, ay), (bx, by) in itertools.pairwise(line):
            dx, dy = bx - ax, by - ay
            share = max(0.0, min(1.0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy or 1)))
            least = min(least, math.hypot(ax + share * dx - x, ay + share * dy - y))
    return least * frame.km_per_unit


@pytest.mark.parametrize(
    ("place", "css", "km"),
    [
        (DEIR, "bb-river", 3),  # the Euphrates
        (QAIM, "bb-river", 5),
        (SUVA, "bb-land", 3),  # the coast
        (KINSHASA, "bb-border", 8),  # the Congo river is the border
        (MapPoint("Lagos", 6.45, 3.39), "bb-land", 5),
        (MapPoint("Entebbe", 0.05, 32.46), "bb-lake", 6),  # Lake Victoria
        (MapPoint("Labasa", -16.43, 179.36), "bb-land", 6),  # on an island that lies across 180 degrees
    ],
    ids=lambda value: getattr(value, "name", str(value)),
)
def test_known_lines_pass_by_known_towns(place: MapPoint, css: str, km: float) -> None:
    svg = locator_map([place], "A map", "Where it is", with_inset=False)
    assert nearest_km(svg, css, place, [place]) < km


def is_land(svg: str, x: float, y: float) -> bool:
    inside = False
    for css in ("bb-land", "bb-shelf"):
        for line in path(svg, css):
            for (ax, ay), (bx, by) in zip(line, [*line[1:], line[0]], strict=True):
                if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
                    inside = not inside
    return inside


@pytest.mark.parametrize(
    ("lat", "lon", "land"),
    [
        (34.37, 41.14, True),
        (0, -30, False),
        (-90, 0, True),
        (-88, 179.9, True),  # Antarctica, beside its seam
        (90, 0, False),
        (65.5, 179.9, True),  # Chukotka, which lies across 180 degrees
        (65.5, -179.9, True),
        (50, 75, True),  # far from any coast
        (42, 51, False),  # the Caspian Sea
        (-30, -160, False),
    ],
)
def test_land_is_land_and_sea_is_sea(lat: float, lon: float, land: bool) -> None:
    svg = locator_map([MapPoint("Here", lat, lon)], "A map", "Where it is", with_inset=False)
    assert is_land(svg, 180.05, 135.05) is land


def test_antarctica_has_no_coast_along_its_seam() -> None:
    place = MapPoint("Inland", -88, 180)
    svg = locator_map([place], "A map", "Where it is", with_inset=False)
    assert path(svg, "bb-shelf") and not path(svg, "bb-coast") and not path(svg, "bb-land")


def test_names_keep_their_language_and_direction() -> None:
    svg = locator_map([QAIM, DEIR], "A map", "Where they are")
    arabic = [text for text in texts(svg) if text.words == "القائم"]
    assert [(text.language, text.direction) for text in arabic] == [("ar", "rtl")]
    latin = next(text for text in texts(svg) if text.words == "Al-Qaim")
    assert (latin.language, latin.direction) == ("", "ltr")


def test_markers_lead_to_their_pages() -> None:
    linked = root(locator_map([QAIM, KAMAL], "A map", "Where they are"))
    assert [(node.get("href"), node.get("aria-label")) for node in linked.iter(f"{SVG}a")] == [("../places/al-qaim/", "Al-Qaim")]
    assert linked.get("role") == "group"
    assert root(locator_map([KAMAL], "A map", "Where it is")).get("role") == "img"


@pytest.mark.parametrize("href", ["javascript:alert(1)", " JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "data:text/html,x", "vbscript:x"])
def test_no_address_runs_a_script(href: str) -> None:
    svg = locator_map([MapPoint("Here", 1, 1, href=href)], "A map", "Where it is")
    assert not list(root(svg).iter(f"{SVG}a"))


HOSTILE = [
    "</text><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "&amp;lt; ]]> <!--",
    "a\x00b\x1b\ufffe\ud800c",
    "\u202eevil",
    "{{ 7*7 }}",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_stay_text(name: str) -> None:
    place = MapPoint(name, 34, 41, name + "ا", '"x" onload="y', href='x"><b')
    for svg in (locator_map([place], name, name), locator_map([place] * 30, name, name), overview_map([place, QAIM], name, name)):
        tags = {node.tag.removeprefix(SVG) for node in root(svg).iter()}
        assert tags <= {"svg", "title", "desc", "path", "rect", "circle", "line", "text", "g", "a"}
        assert not any(key.startswith("on") or key == "style" for node in root(svg).iter() for key in node.attrib)
        assert "\u202e" not in svg and "\x00" not in svg
        assert "\n" not in svg


def test_title_and_desc_name_the_picture() -> None:
    svg = root(locator_map([QAIM], "Al-Qaim & around", "On the <Euphrates>", id_prefix="m7"))
    assert (svg.get("aria-labelledby"), svg.get("aria-describedby")) == ("m7-title", "m7-desc")
    named = {node.get("id"): node.text for node in svg.iter() if node.get("id")}
    assert named == {"m7-title": "Al-Qaim & around", "m7-desc": "On the <Euphrates>"}


@pytest.mark.parametrize("prefix", ["", "1a", "a b", 'a"', "ä"])
def test_an_id_prefix_is_plain(prefix: str) -> None:
    with pytest.raises(ValueError, match="id prefix"):
        locator_map([QAIM], "A map", "Where", id_prefix=prefix)


@pytest.mark.parametrize(("lat", "lon"), [(91, 0), (float("nan"), 0), (0, float("inf"))])
def test_no_such_point(lat: float, lon: float) -> None:
    with pytest.raises(ValueError, match="no point"):
        MapPoint("Nowhere", lat, lon)


def test_no_places_no_map() -> None:
    for make in (locator_map, overview_map):
        with pytest.raises(ValueError, match="no places"):
            make([], "A map", "Of nothing")


PRINT = """
import sys
from generator.pictures import MapPoint, locator_map, overview_map
places = [MapPoint(f"P{i}", (i * 37) % 120 - 60, (i * 71) % 360 - 180) for i in range(40)]
print(locator_map(places[:3], "a", "b"), locator_map(places, "a", "b"), overview_map(places, "a", "b"))
"""


def test_the_same_bytes_every_time() -> None:
    runs = {
        subprocess.run(
            [sys.executable, "-c", PRINT],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert len(runs) == 1


def some_places(count: int) -> list[MapPoint]:
    chance = random.Random(count)
    return [
        MapPoint(f"Place {index}", max(-89, min(89, chance.gauss(33, 18))), chance.gauss(40, 60), href=f"p{index}/")
        for index in range(count)
    ]


@pytest.mark.parametrize("count", [1, 2, 12, 100, 3000])
def test_overview_counts_every_place_once(count: int) -> None:
    places = some_places(count)
    svg = overview_map(places, "All places", "Where they are", more_href="places/")
    assert overlapping(svg) == []
    assert outside(svg) == []
    shown = sum(int(text.words.replace(",", "")) for text in texts(svg) if "bb-count" in text.classes)
    assert shown + len(circles(svg, "bb-marker")) == count
    assert len(svg.encode()) <= 40_960
    boxes = markers(svg)
    assert not any(a.overlaps(b, -5) for index, a in enumerate(boxes) for b in boxes[index + 1 :])


def test_overview_does_not_depend_on_the_order_of_places() -> None:
    places = some_places(60)
    assert overview_map(places, "a", "b") == overview_map(places[::-1], "a", "b")
    frame = fit([(place.lat, place.lon) for place in places], 360, 220)
    assert sum(len(cluster.members) for cluster in clusters(places, frame)) == 60


def test_more_places_than_a_locator_map_takes() -> None:
    svg = locator_map(some_places(51), "a", "b")
    assert "bb-overview" in root(svg).get("class", "")


def test_country_names_stand_on_their_side_of_the_border() -> None:
    svg = locator_map([QAIM, DEIR], "A map", "Where they are")
    found = {text.words: text.box for text in texts(svg) if "bb-country" in text.classes}
    assert set(found) == {"Syria", "Iraq"}
    frame = fit([(QAIM.lat, QAIM.lon), (DEIR.lat, DEIR.lon)], 360, 270)
    assert found["Syria"].right < frame.place(34.9, 41.2)[0] < found["Iraq"].right
