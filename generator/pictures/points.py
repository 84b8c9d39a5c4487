"""What a map is told about a place."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A place on a map.

    Attributes:
        name: in Latin letters, as the site writes it.
        lat: degrees north (WGS 84), -90 to 90.
        lon: degrees east; any full turns are taken off.
        local_name: the name in the place's own script; may be empty.
        language: the language tag of the local name, such as `ar`.
        href: where the marker leads; may be empty.
        main: True for the place that the map is about, when others are there for context.
        precision_km: how good the point is; drawn as a ring when that is larger than the marker.
    """

    name: str
    lat: float
    lon: float
    local_name: str = ""
    language: str = ""
    href: str = ""
    main: bool = False
    precision_km: float = 0.0

    def __post_init__(self) -> None:
        if not (math.isfinite(self.lat) and math.isfinite(self.lon) and -90 <= self.lat <= 90):
            raise ValueError(f"no point on the Earth: {self.lat}, {self.lon}")
