"""What stands around a map: degrees at its rim, and the strip below with the scale and the note."""

from __future__ import annotations

from collections.abc import Sequence

from .frame import Frame
from .geometry import Box
from .graticule import LABEL_SIZE, DegreeLabel
from .scalebar import scale_bar
from .svg import attributes, number, shorten, text_element
from .textwidth import text_width

STRIP = 18.0
NOTE_SIZE = 8.5
_MUTED = "#59636e"


def degree_labels(labels: Sequence[DegreeLabel], taken: Sequence[Box]) -> tuple[list[str], list[Box]]:
    """Those degree labels that are free of all else, each text once."""
    texts: list[str] = []
    boxes: list[Box] = []
    used: set[str] = set()
    for label in labels:
        if label.text in used or any(label.box.overlaps(box, 1) for box in (*taken, *boxes)):
            continue
        used.add(label.text)
        boxes.append(label.box)
        texts.append(text_element(label.x, label.y, label.text, "bb-degree bb-halo", LABEL_SIZE, fill=_MUTED))
    return texts, boxes


def strip(frame: Frame, note: str) -> str:
    """The scale bar on the left and the note on the right, below the map."""
    bar = scale_bar(frame, frame.width * 0.3)
    base = frame.height + 12.0
    parts = []
    used = 0.0
    if bar:
        end = 1 + bar.length
        data = f"M1 {number(base - 4)}V{number(base)}H{number(end)}V{number(base - 4)}"
        parts.append(
            f"<path{attributes((('class', 'bb-scale'), ('fill', 'none'), ('stroke', _MUTED), ('stroke-width', 1.2), ('d', data)))}/>"
        )
        label = f"{bar.km:,} km"
        parts.append(text_element(end + 4, base, label, "bb-note", NOTE_SIZE, fill=_MUTED))
        used = end + 4 + text_width(label, NOTE_SIZE) + 6
    room = frame.width - used
    while note and text_width(note, NOTE_SIZE) > room:
        note = shorten(note, len(note) - 1) if len(note) > 2 else ""
    if note:
        parts.append(text_element(frame.width - 1, base, note, "bb-note", NOTE_SIZE, anchor="end", fill=_MUTED))
    return "".join(parts)


def rim(frame: Frame) -> str:
    """The line around the map: a rectangle, or the outline of the world."""
    (x, y), *rest = frame.outline if frame.is_world else frame.box.grown(-0.5).corners
    data = f"M{number(x)} {number(y)}L" + " ".join(f"{number(a)} {number(b)}" for a, b in rest) + "z"
    look = (
        ("class", "bb-rim"),
        ("d", data),
        ("fill", "none"),
        ("stroke", "#8c959f"),
        ("stroke-width", 1),
        ("vector-effect", "non-scaling-stroke"),
    )
    return f"<path{attributes(look)}/>"
