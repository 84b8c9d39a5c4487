"""A picture for links: a title in large letters, with a line above and one below, as PNG.

The same words give the same bytes. The letters are those of one font that the package carries, set one after the other:
scripts whose letters change with their neighbours, run from right to left or carry marks would come out wrong so, and
what runs them together differs from machine to machine. A title in them is not drawn.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib import resources
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 630
_MARGIN, _ROOM = 72, WIDTH - 2 * 72
_TOP, _BOTTOM = 146, 524
"""Between these the title stands."""
_ABOVE, _BELOW = 124, 540
"""Its letters keep between these, accents and all, and those of the lines above and below keep outside."""
_SIZES = (66, 60, 54, 48, 42, 36)
_SMALL = 32
_LEADING = 1.2

_PAPER, _INK, _ACCENT = (255, 255, 255), (31, 42, 55), (11, 92, 173)
_SHADES = 6
"""Of each colour, from paper on: edges of letters need no more, and a pixel takes half a byte."""
_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "GEORGIAN", "CJK", "HIRAGANA", "KATAKANA", "HANGUL SYLLABLE")


def can_draw(title: str) -> bool:
    """Whether the font can set all of a title, and it finds room."""
    return _layout(title) is not None


def card(above: str, title: str, below: str) -> bytes:
    """Draw it.

    Args:
        above, below: lines of their own, shortened to the room that there is; left out when the font cannot set them.
        title: one that can be drawn.
    """
    layout = _layout(title)
    if layout is None:
        raise ValueError(f"a title that cannot be drawn: {title}")
    size, lines = layout
    picture = Image.new("L", (WIDTH, HEIGHT))
    draw = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        draw.text((_MARGIN, _TOP + number * round(size * _LEADING)), line, fill=255, font=_font(size))
    draw.rectangle((0, 0, WIDTH, 15), fill=255)
    for top, line in ((64, _tidy(above)), (554, _tidy(below))):
        if all(map(_can_set, line)):
            draw.text((_MARGIN, top), _cut(line), fill=255, font=_font(_SMALL))
    return _png(picture)


def _tidy(words: str) -> str:
    return " ".join(unicodedata.normalize("NFC", words).split())


def _layout(title: str) -> tuple[int, list[str]] | None:
    """The largest size at which a title finds room, and its lines."""
    title = _tidy(title)
    if not all(map(_can_set, title)):
        return None
    fitting = ((size, lines) for size in _SIZES if (lines := _lines(title, size)) is not None)
    return next(fitting, None)


def _png(drawn: Image.Image) -> bytes:
    """What is drawn, in two colours, each in its own shades: the title in ink, what is above and below it in the accent."""
    for top, bottom, shades in ((0, _ABOVE, _ACCENT_SHADES), (_ABOVE, _BELOW, _INK_SHADES), (_BELOW, HEIGHT, _ACCENT_SHADES)):
        drawn.paste(drawn.crop((0, top, WIDTH, bottom)).point(shades), (0, top))
    picture = Image.frombytes("P", drawn.size, drawn.tobytes())
    picture.putpalette(_PALETTE)
    out = BytesIO()
    # Runs alone: looking for more makes it a little smaller and takes ten times as long.
    picture.save(out, "PNG", bits=4, compress_type=3)
    return out.getvalue()


_INK_SHADES = [value * _SHADES // 256 for value in range(256)]
_ACCENT_SHADES = [shade and shade + _SHADES for shade in _INK_SHADES]
_PALETTE = [
    (paper * (_SHADES - 1 - shade) + full * shade) // (_SHADES - 1)
    for colour in (_INK, _ACCENT)
    for shade in range(_SHADES)
    for paper, full in zip(_PAPER, colour, strict=True)
]


def _lines(title: str, size: int) -> list[str] | None:
    """The title in lines, when it finds room at this size."""
    lines = [""]
    for word in title.split():
        longer = f"{lines[-1]} {word}".strip()
        if _width(longer, size) <= _ROOM:
            lines[-1] = longer
        else:
            lines.append(word)
    fits = len(lines) * size * _LEADING <= _BOTTOM - _TOP and all(_width(line, size) <= _ROOM for line in lines)
    return lines if fits else None


def _cut(line: str) -> str:
    """A line of its own, shortened to the room that there is."""
    short = line
    while _width(short, _SMALL) > _ROOM:
        short = short.removesuffix("…")[:-1].rstrip() + "…"
    return short


def _width(line: str, size: int) -> float:
    return _font(size).getlength(line)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    content = resources.files(__package__).joinpath("lettering", "FiraGO-Bold.ttf").read_bytes()
    # The other engine is better at it, but is not on every machine.
    return ImageFont.truetype(BytesIO(content), size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _can_set(char: str) -> bool:
    """Whether the font has the character, and it stands as it is beside any other."""
    if char == " ":
        return True
    category = unicodedata.category(char)
    if category[0] in "MC" or unicodedata.bidirectional(char) in ("R", "AL", "AN"):
        return False
    if category[0] == "L" and not unicodedata.name(char, "").startswith(_SCRIPTS):
        return False
    shape = _font(_SMALL).getmask(char)
    return bytes(shape) != bytes(_font(_SMALL).getmask("\U0010ffff"))
