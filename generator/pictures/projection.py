"""Two map projections of the sphere, both of equal area; coordinates in kilometres, x to the right and y up.

Formulas: J. P. Snyder, Map Projections: A Working Manual (USGS Professional Paper 1395), chapter 24, for
the azimuthal one; B. Šavrič, T. Patterson and B. Jenny, The Equal Earth map projection (2018), for the world.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from .sphere import EARTH_RADIUS_KM, unwrap


class Projection(Protocol):
    """From the sphere to the plane."""

    @property
    def lon(self) -> float:
        """Longitude of the middle of the map."""

    def forward(self, lat: float, lon: float) -> tuple[float, float]:
        """Degrees to kilometres on the plane."""

    def forward_all(self, points: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
        """The same for many (lon, lat) points."""


@dataclass(frozen=True, slots=True)
class Azimuthal:
    """Lambert's azimuthal equal-area projection about any point: north is up in its middle, poles are no exception.

    Lengths are true in the middle; 500 km from it they are off by 0.08 %, 3,000 km from it by 2.8 %.
    """

    lat: float
    lon: float

    def forward(self, lat: float, lon: float) -> tuple[float, float]:
        """Snyder 24-2 to 24-4; a point opposite the middle goes to the rim."""
        return self.forward_all(((lon, lat),))[0]

    def forward_all(self, points: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
        """The same for many (lon, lat) points."""
        sin, cos, sqrt, radians = math.sin, math.cos, math.sqrt, math.radians
        sin0, cos0, lon0 = sin(radians(self.lat)), cos(radians(self.lat)), self.lon
        found = []
        for lon, lat in points:
            phi, lam = radians(lat), radians(lon - lon0)
            sin1, cos1, cos_lam = sin(phi), cos(phi), cos(lam)
            near = 1 + sin0 * sin1 + cos0 * cos1 * cos_lam
            k = EARTH_RADIUS_KM * sqrt(2 / (near if near > 1e-9 else 1e-9))
            found.append((k * cos1 * sin(lam), k * (cos0 * sin1 - sin0 * cos1 * cos_lam)))
        return found

    def inverse(self, x: float, y: float) -> tuple[float, float]:
        """Snyder 20-14, 20-15 and 24-16: kilometres back to degrees, the longitude within 180 of the middle's."""
        rho = math.hypot(x, y)
        if rho < 1e-9:
            return self.lat, self.lon
        angle = 2 * math.asin(min(1.0, rho / (2 * EARTH_RADIUS_KM)))
        phi0, sin_c, cos_c = math.radians(self.lat), math.sin(angle), math.cos(angle)
        phi = math.asin(max(-1.0, min(1.0, cos_c * math.sin(phi0) + y * sin_c * math.cos(phi0) / rho)))
        lam = math.atan2(x * sin_c, rho * math.cos(phi0) * cos_c - y * math.sin(phi0) * sin_c)
        return math.degrees(phi), self.lon + math.degrees(lam)


_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = math.sqrt(3) / 2


@dataclass(frozen=True, slots=True)
class EqualEarth:
    """The whole world about a meridian."""

    lon: float

    def forward(self, lat: float, lon: float) -> tuple[float, float]:
        """A longitude 180 degrees from the middle keeps its side: east of it if it is given as larger."""
        lam = math.radians(lon - self.lon if abs(lon - self.lon) <= 180 else unwrap(lon, self.lon) - self.lon)
        theta = math.asin(_M * math.sin(math.radians(lat)))
        t2 = theta * theta
        t6 = t2 * t2 * t2
        x = lam * math.cos(theta) / (_M * (_A1 + 3 * _A2 * t2 + t6 * (7 * _A3 + 9 * _A4 * t2)))
        y = theta * (_A1 + _A2 * t2 + t6 * (_A3 + _A4 * t2))
        return EARTH_RADIUS_KM * x, EARTH_RADIUS_KM * y

    def forward_all(self, points: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
        """The same for many (lon, lat) points."""
        return [self.forward(lat, lon) for lon, lat in points]
