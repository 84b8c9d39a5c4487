"""A bar of a round number of kilometres."""

from __future__ import annotations

import math
from dataclasses import dataclass

from .frame import Frame


@dataclass(frozen=True, slots=True)
class ScaleBar:
    """`length` is in units of the picture."""

    km: int
    length: float


def scale_bar(frame: Frame, longest: float) -> ScaleBar | None:
    """The longest of 1, 2, 5 times a power of ten that fits; none for the world, where scale varies with latitude.

    The projection is true in the middle of the frame; `Frame.km_per_unit` is the scale there.
    """
    if frame.is_world:
        return None
    room = longest * frame.km_per_unit
    power = 10 ** math.floor(math.log10(room))
    km = max(int(power * factor) for factor in (1, 2, 5) if power * factor <= room)
    return ScaleBar(km, km / frame.km_per_unit)
