"""The basemap's lines, read from the files in basemap/ (their format and source: basemap/README.md).

The lines are cut into short runs, each with its bounding box, so that a map decodes only the runs in its
frame. Land is not cut into squares: polygons cut so would show their seams.
"""

from __future__ import annotations

import json
import sys
import zlib
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import accumulate
from typing import Literal

Level = Literal["local", "region", "world"]
LAND, LAKE, BORDER, DISPUTED, RIVER, ADMIN, COUNTRY = range(7)
_CELL = 10
"""Degrees; lines are looked up by the squares that their boxes touch."""
_LARGE = 6
"""A line whose box touches more squares than this is tried for every map."""


@dataclass(frozen=True, slots=True)
class GeoBox:
    """Degrees; `east` may be beyond 180, so that west is always less. `around` is the full circle about a pole."""

    west: float
    south: float
    east: float
    north: float
    around: bool = False


@dataclass(frozen=True, slots=True)
class GeoLine:
    """A ring or a line as (lon, lat) in degrees, with what the map says about it; of a country, points where its name may stand."""

    kind: int
    rank: int
    points: list[tuple[float, float]]
    name: str = ""


class Tiles:
    """One level of lines. It never changes after it is read."""

    def __init__(self, content: bytes) -> None:
        head, _, body = content.partition(b"\n")
        header = json.loads(head)
        self.units: int = header["units"]
        self.names: list[str] = header["names"]
        columns: dict[str, array[int]] = {}
        at = 0
        for key, code, count in header["columns"]:
            column = array(code)
            column.frombytes(body[at : at + count * column.itemsize])
            at += count * column.itemsize
            if sys.byteorder == "big":
                column.byteswap()
            columns[key] = column
        self.columns = columns
        self.boxes: list[tuple[int, int, int, int]] = []
        self.cells: dict[tuple[int, int], list[int]] = {}
        self.large: list[int] = []
        self._index()

    def _index(self) -> None:
        columns, size = self.columns, _CELL * self.units
        starts = columns["line_run"]
        for line in range(len(columns["kind"])):
            first, last = starts[line], starts[line + 1]
            west, south = min(columns["west"][first:last]), min(columns["south"][first:last])
            east, north = max(columns["east"][first:last]), max(columns["north"][first:last])
            self.boxes.append((west, south, east, north))
            xs, ys = range(west // size, east // size + 1), range(south // size, north // size + 1)
            if len(xs) * len(ys) > _LARGE:
                self.large.append(line)
                continue
            for x in xs:
                for y in ys:
                    self.cells.setdefault((x, y), []).append(line)

    def lines(self, box: GeoBox) -> Iterator[GeoLine]:
        """Lines and rings in a box, by kind, with longitudes as the box counts them. Rings come whole, outside it only roughly."""
        found: list[tuple[int, int]] = []
        for turn in (0,) if box.around else (-360, 0, 360):
            near = self._near(box, turn)
            found.extend((line, turn) for line in near)
        for line, turn in sorted(found):
            kind = self.columns["kind"][line]
            name = self.names[self.columns["name"][line]]
            for points in self._pieces(line, box, turn, ring=kind in (LAND, LAKE)):
                yield GeoLine(kind, self.columns["rank"][line], points, name)

    def _limits(self, box: GeoBox, turn: int) -> tuple[float, float, float, float]:
        """The box in units, as the lines count before they are turned."""
        units = self.units
        if box.around:
            return -400 * units, box.south * units, 400 * units, box.north * units
        return (box.west - turn) * units, box.south * units, (box.east - turn) * units, box.north * units

    def _near(self, box: GeoBox, turn: int) -> set[int]:
        west, south, east, north = self._limits(box, turn)
        size = _CELL * self.units
        wanted = set(self.large)
        for x in range(int(max(west, -200 * self.units) // size), int(min(east, 200 * self.units) // size) + 1):
            for y in range(int(south // size), int(north // size) + 1):
                wanted.update(self.cells.get((x, y), ()))
        return {
            line
            for line in wanted
            if self.boxes[line][0] <= east and self.boxes[line][2] >= west and self.boxes[line][1] <= north and self.boxes[line][3] >= south
        }

    def _pieces(self, line: int, box: GeoBox, turn: int, *, ring: bool) -> Iterator[list[tuple[float, float]]]:
        """Runs in the box in full; a ring's other runs by their first point alone.

        A run outside lies wholly to one side of the box, and so does the straight line that replaces it:
        what the ring encloses inside the box stays the same.
        """
        columns = self.columns
        west, south, east, north = self._limits(box, turn)
        piece: list[tuple[float, float]] = []
        for run in range(columns["line_run"][line], columns["line_run"][line + 1]):
            inside = (
                columns["west"][run] <= east
                and columns["east"][run] >= west
                and columns["south"][run] <= north
                and columns["north"][run] >= south
            )
            if inside:
                points = self._decode(run, turn)
                piece.extend(points[1:] if piece and not ring else points[:-1] if ring else points)
            elif ring:
                piece.append((columns["x"][run] / self.units + turn, columns["y"][run] / self.units))
            elif piece:
                yield piece
                piece = []
        if ring and piece:
            piece.append(piece[0])
        if piece:
            yield piece

    def _decode(self, run: int, turn: int) -> list[tuple[float, float]]:
        columns, units = self.columns, self.units
        first, last = columns["run_point"][run], columns["run_point"][run + 1]
        xs = accumulate(columns["dx"][first:last], initial=columns["x"][run])
        ys = accumulate(columns["dy"][first:last], initial=columns["y"][run])
        return [(x / units + turn, y / units) for x, y in zip(xs, ys, strict=True)]


@cache
def tiles(level: Level) -> Tiles:
    """A level, read once in a process: the files belong to the package and do not change under it."""
    path = resources.files(__package__).joinpath("basemap", f"{level}.bin")
    return Tiles(zlib.decompress(path.read_bytes()))
