"""A picture as a reader's program sees it: its texts with the room they take, its marks, its lines."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from itertools import combinations

from generator.pictures.geometry import Box
from generator.pictures.textwidth import text_width

SVG = "{http://www.w3.org/2000/svg}"
LABELS = {"bb-name", "bb-local", "bb-number", "bb-country", "bb-degree", "bb-count", "bb-value"}


@dataclass(frozen=True)
class Text:
    words: str
    classes: frozenset[str]
    box: Box
    language: str
    direction: str


def root(svg: str) -> ET.Element:
    return ET.fromstring(svg)


def texts(svg: str) -> list[Text]:
    found = []
    for node in root(svg).iter(f"{SVG}text"):
        classes = frozenset(node.get("class", "").split())
        size, x, y = (float(node.get(key, "0")) for key in ("font-size", "x", "y"))
        words = node.text or ""
        width = text_width(words, size, bold=node.get("font-weight") == "600")
        anchor, direction = node.get("text-anchor", "start"), node.get("direction", "ltr")
        left = {"start": 0.0, "middle": -0.5, "end": -1.0}[anchor] * width
        if direction == "rtl":
            left = -width - left
        # from the top of capitals to the foot of a descender
        found.append(
            Text(words, classes, Box(x + left, y - size * 0.75, x + left + width, y + size * 0.22), node.get("lang", ""), direction)
        )
    return found


def labels(svg: str) -> list[Text]:
    """Labels on the map or chart itself, not in the list or the strip below it."""
    bottom = plot_height(svg)
    return [text for text in texts(svg) if text.classes & LABELS and text.box.top < bottom]


def plot_height(svg: str) -> float:
    nested = [node for node in root(svg).iter(f"{SVG}svg") if node.get("viewBox", "").endswith("0") and node is not root(svg)]
    maps = [float(node.get("height", "0")) for node in nested if node.get("class", "").startswith("bb-level-")]
    return max(maps) if maps else size(svg)[1]


def size(svg: str) -> tuple[float, float]:
    _, _, width, height = (float(part) for part in root(svg).get("viewBox", "").split())
    return width, height


def circles(svg: str, css: str) -> list[tuple[float, float, float]]:
    return [
        (float(node.get("cx", "0")), float(node.get("cy", "0")), float(node.get("r", "0")))
        for node in root(svg).iter(f"{SVG}circle")
        if css in node.get("class", "").split()
    ]


def markers(svg: str) -> list[Box]:
    return [Box(x - r, y - r, x + r, y + r) for css in ("bb-marker", "bb-cluster") for x, y, r in circles(svg, css)]


def overlapping(svg: str) -> list[tuple[str, str]]:
    """Pairs of labels that share room, and labels on markers; a circle's own count is no offence."""
    found = labels(svg)
    bad = [(a.words, b.words) for a, b in combinations(found, 2) if a.box.overlaps(b.box, -0.3)]
    for text in found:
        if "bb-count" in text.classes:
            continue
        bad += [(text.words, "marker") for marker in markers(svg) if text.box.overlaps(marker, -0.3)]
    return bad


def outside(svg: str) -> list[str]:
    width, _ = size(svg)
    frame = Box(0, 0, width, plot_height(svg)).grown(0.1)
    return [text.words for text in labels(svg) if not frame.holds(text.box)]


def path(svg: str, css: str) -> list[list[tuple[float, float]]]:
    """The lines of a path made of `M`, relative `l` and `z`, in units of the picture (paths are in tenths)."""
    data = "".join(node.get("d", "") for node in root(svg).iter(f"{SVG}path") if css in node.get("class", "").split())
    lines = []
    for part in re.findall(r"M([^M]+)", data):
        numbers = [int(number) for number in re.findall(r"-?\d+", part)]
        x, y = numbers[0], numbers[1]
        line = [(x / 10, y / 10)]
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = x + dx, y + dy
            line.append((x / 10, y / 10))
        lines.append(line)
    return lines
