"""Files of the content that are no records, and go into the site as they are: pictures, and pages written by hand.

A browser takes what a site holds for the site's own word: a page or a drawing that somebody left here could run scripts
in its name. So nothing goes along but kinds of files that run nothing, and pictures that are what their names say.
"""

from __future__ import annotations

import os
import stat
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from .errors import Problem, quoted
from .text import unseen, what_is

PAGES, PICTURES = "about", "images"
"""The folders with pages written by hand, and with pictures."""
LOOSE_FOLDERS = (PAGES, PICTURES)

FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP", ".gif": "GIF"}
"""By the ending of its name, what a picture must be, as Pillow calls it. All browsers show these, and none runs anything in them."""
DOCUMENTS = (".md", ".pdf")
BYTES_LIMIT = 5_000_000
"""Bytes of a picture. A phone takes a minute for so many on a slow line."""
PIXELS_LIMIT = 40_000_000
"""Pixels of a picture: what the largest cameras make. A file of a few bytes can claim any number, and cost a browser its memory."""
NOT_IN_NAMES = frozenset('\n\r\\:*?"<>|')
"""Characters that a name cannot have on every system."""
RESERVED = frozenset(
    "con prn aux nul com1 com2 com3 com4 com5 com6 com7 com8 com9 lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9".split()  # noqa: SIM905 - reads as a list of names
)
"""Names that Windows keeps for itself, whatever their ending."""
WITH_PLACE = ("JPEG", "WEBP")
"""Forms in which cameras and phones note where they were. To ask others would take drawing them."""
GPS = 0x8825
"""The part of a camera's notes (EXIF) that says where a picture was taken."""


class Loose(NamedTuple):
    """A file that goes along.

    Attributes:
        name: its path from the content folder.
        problems: what is wrong with it.
    """

    name: str
    problems: tuple[Problem, ...]


def is_editors_own(name: str) -> bool:
    """Whether a name is that of a hidden file or a backup, as text editors and systems leave them."""
    return name.startswith(".") or name.endswith("~")


def goes_along(path: str) -> bool:
    """Whether a file of the content is part of the site as it is.

    Args:
        path: from the content folder.
    """
    first, *rest = path.split("/")
    return first in LOOSE_FOLDERS and bool(rest) and not any(map(is_editors_own, rest))


def loose_files(folder: str, name: str, shown_as: str) -> Iterator[Loose]:
    """Everything below one of the loose folders, in order of the names.

    Args:
        folder: where it is.
        name: its path from the content folder.
        shown_as: how problems name the content folder.
    """
    shown = f"{shown_as}/{name}"
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        yield Loose(name, (Problem(shown, 1, 1, "", f"a folder that cannot be read ({error.strerror})", "a readable folder"),))
        return
    first: dict[str, str] = {}
    for entry in entries:
        path = f"{name}/{entry.name}"
        if is_editors_own(entry.name):
            continue
        fault = _name_fault(entry.name, first.setdefault(entry.name.casefold(), entry.name)) or _kind_fault(entry, path)
        if fault:
            found_, expected, hint = fault
            yield Loose(path, (Problem(f"{shown_as}/{path}", 1, 1, "", found_, expected, hint),))
        elif entry.is_dir(follow_symlinks=False):
            yield from loose_files(entry.path, path, shown_as)
        else:
            yield Loose(path, tuple(_picture_problems(Path(entry.path), f"{shown_as}/{path}")) if _ending(path) in FORMATS else ())


Fault = tuple[str, str, str]
"""What there is, what should be there, and how to get from one to the other."""


def _name_fault(name: str, twin: str) -> Fault | None:
    if twin != name:
        return f"a name that differs from {quoted(twin)} in capitals only", "another name", "rename or delete one of the two"
    odd = unseen(name)
    bad = what_is(odd)[0] if odd else next((quoted(char) if char > " " else "a line break" for char in name if char in NOT_IN_NAMES), "")
    if bad:
        return f"the file name {quoted(name)} has {bad}", "letters, digits, `-`, `_` and `.`", "rename it"
    if name.partition(".")[0].casefold() in RESERVED or name.endswith((".", " ")):
        return f"the file name {quoted(name)}, which not every system allows", "another name", "rename it"
    return None


def _kind_fault(entry: os.DirEntry[str], path: str) -> Fault | None:
    if entry.is_symlink():
        return "a symbolic link", "a file of its own", "copy the file here instead of linking to it"
    mode = entry.stat(follow_symlinks=False).st_mode
    if stat.S_ISDIR(mode):
        return None
    of_pages = path.startswith(f"{PAGES}/")
    wanted = "a page in Markdown (.md), a picture or a PDF" if of_pages else f"a picture ({', '.join(FORMATS)})"
    if not stat.S_ISREG(mode):
        return "a special file", wanted, "move it out of here"
    ending = _ending(path)
    if ending in FORMATS or (of_pages and ending in DOCUMENTS):
        return None
    if ending in (".svg", ".svgz"):
        return "an SVG drawing, which can hold scripts", wanted, "save it as PNG"
    if ending in (".yaml", ".yml"):
        return "a record outside the folder of its kind", wanted, "move it there"
    return f"a file that ends in {quoted(ending)}" if ending else "a file without an ending", wanted, "move it out of here"


def _ending(path: str) -> str:
    return Path(path).suffix.lower()


def _picture_problems(file: Path, shown: str) -> Iterator[Problem]:
    """What is wrong with a picture, as far as its head tells: it is not drawn, so a hostile one costs nothing."""
    from PIL import Image, UnidentifiedImageError  # here, since most commands meet no picture, and it takes a while

    wanted = FORMATS[_ending(file.name)]

    def problem(found: str, expected: str, hint: str = "", *, warning: bool = False) -> Problem:
        return Problem(shown, 1, 1, "", found, expected, hint, "warning" if warning else "error")

    smaller = "save it smaller: 1,600 pixels across are enough"
    try:
        size = file.stat().st_size
        if size > BYTES_LIMIT:
            yield problem(f"a picture of {size / 1e6:.1f} MB", f"at most {BYTES_LIMIT / 1e6:.0f} MB", smaller)
            return
        with file.open("rb") as stream, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of sizes, which are judged here
            picture = Image.open(stream, formats=sorted(set(FORMATS.values())))
            is_located = picture.format in WITH_PLACE and bool(picture.getexif().get_ifd(GPS))
    except UnidentifiedImageError:
        yield problem("no picture, whatever its name says", f"a {wanted} picture", "save the picture again, or delete the file")
    except Image.DecompressionBombError:
        yield problem("a picture of too many pixels", f"at most {PIXELS_LIMIT:,} pixels", smaller)
    except OSError as error:
        yield problem(f"a file that cannot be read ({error.strerror or error})", "a readable file")
    except Exception:  # readers of pictures raise what they like at a damaged head
        yield problem("a damaged picture", f"a {wanted} picture", "save the picture again")
    else:
        if picture.format != wanted:
            yield problem(f"a {picture.format} picture", f"a {wanted} picture, as its name says", "rename it, or save it in that form")
        elif picture.width * picture.height > PIXELS_LIMIT:
            found = f"a picture of {picture.width:,} × {picture.height:,} pixels"
            yield problem(found, f"at most {PIXELS_LIMIT:,} pixels", smaller)
        elif is_located:
            yield problem(
                "a picture that tells where it was taken (GPS)", "a picture alone",
                "take the place out of the file, should nobody know it", warning=True,
            )  # fmt: skip
