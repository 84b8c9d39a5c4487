"""Pictures made at build time: SVG maps and charts, without scripts, styles or requests.

Every function takes values and returns the text of one `<svg>` element; the same values give the same
bytes. See README.md beside this file for the class names, the style sheet and the parts.
"""

from __future__ import annotations

from .chart import ChartValue, measure_chart
from .locator import locator_map
from .overview import overview_map
from .points import MapPoint
from .timeline import StripEvent, StripGroup, timeline_strip

__all__ = ["ChartValue", "MapPoint", "StripEvent", "StripGroup", "locator_map", "measure_chart", "overview_map", "timeline_strip"]
