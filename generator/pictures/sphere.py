"""Distances and directions on a sphere of the Earth's mean radius."""

from __future__ import annotations

import math
from collections.abc import Sequence

EARTH_RADIUS_KM = 6371.0088
"""Mean radius R1 of the WGS 84 ellipsoid (IUGG): (2a + b) / 3."""


def great_circle_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Kilometres along the great circle between two points in degrees (haversine formula)."""
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    half_lat = (phi2 - phi1) / 2
    half_lon = math.radians(lon2 - lon1) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(phi1) * math.cos(phi2) * math.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(chord)))


def unit_vector(lat: float, lon: float) -> tuple[float, float, float]:
    """The direction of a point from the Earth's centre."""
    phi, lam = math.radians(lat), math.radians(lon)
    return math.cos(phi) * math.cos(lam), math.cos(phi) * math.sin(lam), math.sin(phi)


def middle(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """A point in the midst of (lat, lon) points, as good across 180 degrees and at the poles as anywhere.

    Badoiu and Clarkson's approximation of the smallest enclosing ball, on unit vectors: step towards the
    farthest point, by less each time. Points all round the globe give some point, without meaning.
    """
    vectors = [unit_vector(lat, lon) for lat, lon in points]
    x, y, z = (sum(vector[axis] for vector in vectors) / len(vectors) for axis in range(3))
    for step in range(1, 65):
        far = max(vectors, key=lambda vector: (vector[0] - x) ** 2 + (vector[1] - y) ** 2 + (vector[2] - z) ** 2)
        share = 1 / (step + 1)
        x, y, z = x + (far[0] - x) * share, y + (far[1] - y) * share, z + (far[2] - z) * share
    if math.hypot(x, y, z) < 1e-9:
        return 0.0, 0.0
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


def unwrap(lon: float, around: float) -> float:
    """The longitude plus or minus full turns that is nearest to `around`: within 180 degrees of it."""
    return lon - 360 * math.floor((lon - around + 180) / 360)
