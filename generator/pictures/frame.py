"""What part of the Earth a map shows, and where on the paper each place falls."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .geometry import Box, Point
from .projection import Azimuthal, EqualEarth
from .sphere import EARTH_RADIUS_KM, middle, unit_vector, unwrap
from .tiles import GeoBox, Level

ONE_PLACE_KM = 310
"""Width of the map of a single place."""
LEAST_KM = 160
"""Least width of a map of several: Natural Earth's lines are good to a few kilometres, so closer would be false."""
_FILL = 0.66
"""The share of the frame that the points may take: the rest is for their labels."""
_WORLD_KM = 6200
"""Half a diagonal; a frame larger than this shows the world."""
_WORLD_RIM = 6.0
"""Units around the map of the world, so that markers at its rim are whole."""
_LOCAL_KM, _REGION_KM = 1300, 7000


@dataclass(frozen=True, slots=True)
class Frame:
    """A projection with a scale and a rectangle of `width` by `height` units of the picture, origin at the top left."""

    projection: Azimuthal | EqualEarth
    km_per_unit: float
    width: float
    height: float
    middle_y_km: float
    """Kilometres on the plane of the rectangle's middle; its x is always 0."""
    level: Level
    geo: GeoBox

    @property
    def box(self) -> Box:
        """The whole rectangle."""
        return Box(0, 0, self.width, self.height)

    @property
    def outline(self) -> list[Point]:
        """The rim of the world on the paper; of any other map its rectangle."""
        if not isinstance(self.projection, EqualEarth):
            return [(0, 0), (self.width, 0), (self.width, self.height), (0, self.height)]
        west, east = self.geo.west, self.geo.east
        lats = [self.geo.south + (self.geo.north - self.geo.south) * step / 45 for step in range(46)]
        return [*(self.place(lat, west) for lat in lats), *(self.place(lat, east) for lat in reversed(lats))]

    @property
    def is_world(self) -> bool:
        """True for a map of the whole world, which has no one scale."""
        return isinstance(self.projection, EqualEarth)

    def place(self, lat: float, lon: float) -> Point:
        """Where a point falls on the paper."""
        x, y = self.projection.forward(lat, lon)
        return self.width / 2 + x / self.km_per_unit, self.height / 2 - (y - self.middle_y_km) / self.km_per_unit

    def place_all(self, points: Iterable[Point]) -> list[Point]:
        """The same for many (lon, lat) points."""
        scale, left, top = self.km_per_unit, self.width / 2, self.height / 2 + self.middle_y_km / self.km_per_unit
        return [(left + x / scale, top - y / scale) for x, y in self.projection.forward_all(points)]


def fit(points: Sequence[tuple[float, float]], width: float, height: float, reach_km: Sequence[float] = ()) -> Frame:
    """A frame for (lat, lon) points: of one place its surroundings, of several all of them, of far-flung ones the world.

    `reach_km` is how much around each point shall be seen too.
    """
    lat, lon = middle(points)
    flat = Azimuthal(round(lat, 3), round(lon, 3))
    spread = [flat.forward(*point) for point in points]
    reach = [*reach_km, *[0.0] * (len(points) - len(reach_km))]
    half_x, half_y = (max(abs(at[axis]) + far for at, far in zip(spread, reach, strict=True)) for axis in (0, 1))
    one = len(set(points)) == 1
    wide = max(2 * half_x / _FILL, 2 * half_y / _FILL * width / height, ONE_PLACE_KM if one else LEAST_KM)
    if math.hypot(wide, wide * height / width) / 2 > _WORLD_KM or _no_middle(points, lat, lon):
        return world(points, width)
    return around(flat, wide, width, height)


def _no_middle(points: Sequence[tuple[float, float]], lat: float, lon: float) -> bool:
    """True when some point is more than 75 degrees from the middle."""
    x, y, z = unit_vector(lat, lon)
    limit = math.cos(math.radians(75))
    return any(x * a + y * b + z * c < limit for a, b, c in (unit_vector(*point) for point in points))


def around(flat: Azimuthal, wide_km: float, width: float, height: float, level: Level | None = None) -> Frame:
    """A frame `wide_km` across, in the middle of a projection; its lines are as fine as its scale asks, unless `level` says otherwise."""
    fitting: Level = "local" if wide_km <= _LOCAL_KM else "region" if wide_km <= _REGION_KM else "world"
    half = wide_km / 2
    return Frame(flat, wide_km / width, width, height, 0.0, level or fitting, _geo_box(flat, half, half * height / width))


def _geo_box(flat: Azimuthal, half_x: float, half_y: float) -> GeoBox:
    """Degrees that enclose a rectangle on the plane: the extremes lie on its rim, unless a pole lies inside."""
    rim = []
    for step in range(-20, 21):
        share = step / 20
        rim += [(share * half_x, half_y), (share * half_x, -half_y), (half_x, share * half_y), (-half_x, share * half_y)]
    found = [flat.inverse(x, y) for x, y in rim]
    lats, lons = [lat for lat, _ in found], [lon for _, lon in found]
    spare = 0.2 + (max(lats) - min(lats)) * 0.03
    south, north = max(-90.0, min(lats) - spare), min(90.0, max(lats) + spare)
    for pole in (90.0, -90.0):
        if pole * flat.lat < 0:
            continue  # the pole beyond the horizon
        x, y = flat.forward(pole, flat.lon)
        if abs(x) <= half_x * 1.05 and abs(y) <= half_y * 1.05:
            return GeoBox(-180, south if pole > 0 else -90, 180, 90 if pole > 0 else north, around=True)
    spare = 0.2 + (max(lons) - min(lons)) * 0.03
    return GeoBox(max(flat.lon - 180, min(lons) - spare), south, min(flat.lon + 180, max(lons) + spare), north)


def world(points: Sequence[tuple[float, float]], width: float) -> Frame:
    """The whole world, about a meridian that leaves the widest gap between points at the rim, without the empty far south."""
    flat = EqualEarth(_world_middle(points))
    edge = flat.forward(0, flat.lon + 180)[0]
    km_per_unit = 2 * edge / (width - 2 * _WORLD_RIM)
    south = -58.0 if all(lat > -55 for lat, _ in points) else -90.0
    north = 84.0 if all(lat < 80 for lat, _ in points) else 90.0
    bottom, top = flat.forward(south, flat.lon)[1], flat.forward(north, flat.lon)[1]
    height = round((top - bottom) / km_per_unit + 2 * _WORLD_RIM)
    return Frame(flat, km_per_unit, width, height, (top + bottom) / 2, "world", GeoBox(flat.lon - 180, south, flat.lon + 180, north))


def _world_middle(points: Sequence[tuple[float, float]]) -> float:
    """10 degrees, the usual one, where nothing is at the rim there; otherwise what is opposite the widest gap."""
    if all(abs(unwrap(lon, 10) - 10) < 172 for _, lon in points):
        return 10.0
    lons = sorted({round(unwrap(lon, 0), 3) for _, lon in points})
    gaps = [((lons[0] + 360 if index + 1 == len(lons) else lons[index + 1]) - lon, lon) for index, lon in enumerate(lons)]
    gap, start = max(gaps)
    return round(unwrap(start + gap / 2 + 180, 0) / 10) * 10.0


def true_width_km(frame: Frame) -> float:
    """Kilometres across the middle of a frame, for its description."""
    return min(frame.width * frame.km_per_unit, 2 * math.pi * EARTH_RADIUS_KM)
