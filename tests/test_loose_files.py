"""Files of the content that are no records: what goes into the site, and what is said of what does not."""

from __future__ import annotations

import io
import struct
import sys
import zlib
from pathlib import Path

import pytest
from PIL import Image

from generator.load import load
from generator.loose_files import BYTES_LIMIT, goes_along
from tests.projects import Project, files_of

SCRIPT = b"<script>alert(1)</script>"
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def picture(form: str, size: tuple[int, int] = (8, 6), exif: Image.Exif | None = None) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size).save(stream, form, **({"exif": exif} if exif else {}))
    return stream.getvalue()


def huge_png(width: int, height: int) -> bytes:
    """The head of a picture that claims to be so large."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", len(head))
        + b"IHDR"
        + head
        + struct.pack(">I", zlib.crc32(b"IHDR" + head))
        + bytes(4)
        + b"IDAT"
    )


def located() -> Image.Exif:
    """What a phone notes of where it was: only the hemisphere, to be short."""
    exif = Image.Exif()
    exif[0x8825] = {1: "N"}
    return exif


def said(content: Path) -> list[str]:
    return [str(problem) for problem in load(content).problems]


def put(content: Path, name: str, raw: bytes) -> None:
    file = content / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(raw)


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("images/a.png", picture("PNG")),
        ("images/a.JPG", picture("JPEG")),
        ("images/2021/a.jpeg", picture("JPEG")),
        ("images/a.webp", picture("WEBP")),
        ("images/Straße im Regen.gif", picture("GIF")),
        ("about/team.md", b"# The team\n"),
        ("about/team/anna.png", picture("PNG")),
        ("about/form.pdf", b"%PDF-1.7"),
        ("about/.draft.html", SCRIPT),
        ("images/a.png~", b"a backup"),
    ],
)
def test_what_is_in_order(content: Path, name: str, raw: bytes) -> None:
    put(content, name, raw)
    assert said(content) == []


@pytest.mark.parametrize(
    ("name", "raw", "problem"),
    [
        ("images/a.svg", DRAWING, "an SVG drawing, which can hold scripts; a picture (.png, .jpg, .jpeg, .webp, .gif); save it as PNG"),
        ("images/a.html", SCRIPT, "a file that ends in `.html`; a picture (.png, .jpg, .jpeg, .webp, .gif); move it out of here"),
        ("images/a", picture("PNG"), "a file without an ending; a picture (.png, .jpg, .jpeg, .webp, .gif); move it out of here"),
        ("about/a.html", SCRIPT, "a file that ends in `.html`; a page in Markdown (.md), a picture or a PDF; move it out of here"),
        ("about/a/b.js", SCRIPT, "a file that ends in `.js`; a page in Markdown (.md), a picture or a PDF; move it out of here"),
        ("about/a.svg", DRAWING, "an SVG drawing, which can hold scripts; a page in Markdown (.md), a picture or a PDF; save it as PNG"),
        ("about/a.yaml", b"a: b\n", "a record outside the folder of its kind; a page in Markdown (.md), a picture or a PDF; move it there"),
        ("images/a.png", SCRIPT, "no picture, whatever its name says; a PNG picture; save the picture again, or delete the file"),
        ("images/a.png", DRAWING, "no picture, whatever its name says; a PNG picture; save the picture again, or delete the file"),
        ("images/a.png", b"", "no picture, whatever its name says; a PNG picture; save the picture again, or delete the file"),
        ("images/a.png", picture("JPEG"), "a JPEG picture; a PNG picture, as its name says; rename it, or save it in that form"),
        ("images/a.jpg", picture("TIFF"), "no picture, whatever its name says; a JPEG picture; save the picture again, or delete the file"),
        ("images/a.png", huge_png(60_000, 700), "a picture of 60,000 × 700 pixels; at most 40,000,000 pixels; save it smaller: 1,600 pixels across are enough"),
        ("images/a.png", huge_png(60_000, 60_000), "a picture of too many pixels; at most 40,000,000 pixels; save it smaller: 1,600 pixels across are enough"),
        ("images/a.gif", picture("GIF") + bytes(BYTES_LIMIT), "a picture of 5.0 MB; at most 5 MB; save it smaller: 1,600 pixels across are enough"),
        ("images/con.png", picture("PNG"), "the file name `con.png`, which not every system allows; another name; rename it"),
        ("images/a:b.png", picture("PNG"), "the file name `a:b.png` has `:`; letters, digits, `-`, `_` and `.`; rename it"),
        ("images/a\nb.png", picture("PNG"), "the file name `a b.png` has a line break; letters, digits, `-`, `_` and `.`; rename it"),
        ("images/a\u202eb.png", picture("PNG"), "the file name `a<U+202E>b.png` has the invisible character U+202E; letters, digits, `-`, `_` and `.`; rename it"),
    ],
)  # fmt: skip
def test_what_is_refused(content: Path, name: str, raw: bytes, problem: str) -> None:
    put(content, name, raw)
    where = name.replace("\n", "<U+000A>").replace("\u202e", "<U+202E>")
    assert said(content) == [f"content/{where}:1:1: {problem}"]


def test_a_picture_that_gives_away_a_place_is_told_and_shown(content: Path) -> None:
    for name, form in (("a.jpg", "JPEG"), ("a.webp", "WEBP")):
        put(content, f"images/{name}", picture(form, exif=located()))
    assert said(content) == [
        f"content/images/{name}:1:1: warning: a picture that tells where it was taken (GPS); a picture alone; "
        "take the place out of the file, should nobody know it"
        for name in ("a.jpg", "a.webp")
    ]


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_damaged_head_is_told_whatever_is_damaged(content: Path, form: str) -> None:
    whole = picture(form)
    for length in range(0, len(whole), 3):
        for raw in (whole[:length], whole[:length] + b"\xff\xff" + whole[length + 2 :]):
            put(content, f"images/a.{form.lower()}", raw)
            assert len(said(content)) <= 1


@pytest.mark.skipif(sys.platform == "darwin", reason="one file there")
def test_names_that_differ_in_capitals_only_are_one_on_some_systems(content: Path) -> None:
    put(content, "images/Bridge.png", picture("PNG"))
    assert said(content) == [
        "content/images/bridge.png:1:1: a name that differs from `Bridge.png` in capitals only; another name; rename or delete one of the two"
    ]


def test_links_out_of_the_content_are_not_followed(content: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "key.md").write_text("secret")
    (content / "about" / "folder").symlink_to(tmp_path / "secret")
    (content / "about" / "key.md").symlink_to(tmp_path / "secret" / "key.md")
    problem = "a symbolic link; a file of its own; copy the file here instead of linking to it"
    assert said(content) == [f"content/about/folder:1:1: {problem}", f"content/about/key.md:1:1: {problem}"]


def test_what_goes_along(built: Project, project: Project, tmp_path: Path) -> None:
    """The records, backups and notes to each other stay at home, in the site and in an export."""
    for name in ("README.md", "places/README~", "places/upper-example.yaml~", ".notes", "about/form.pdf~", "about/.draft.md"):
        put(project.content, name, SCRIPT)
    put(project.content, "about/form.pdf", b"%PDF-1.7")
    put(project.content, "images/2021/dam.jpg", picture("JPEG"))
    project.build()
    more = files_of(project.site).keys() - files_of(built.site).keys()
    assert {name for name in more if not name.startswith("pagefind/")} == {"about/form.pdf", "images/2021/dam.jpg"}
    assert project.invoke("export", tmp_path / "out").returncode == 0
    docs = files_of(tmp_path / "out" / "docs")
    assert {"about/method.md", "about/form.pdf", "images/bridge.png", "images/2021/dam.jpg"} <= docs.keys()
    assert not [name for name in docs if "README" in name or "~" in name or "draft" in name or name.endswith(".yaml")]


@pytest.mark.parametrize(
    ("path", "goes"),
    [
        ("about/a.md", True), ("images/a/b.png", True), ("about", False), ("places/a.yaml", False), ("README.md", False),
        ("images/.a.png", False), ("images/.a/b.png", False), ("images/a~", False),
    ],
)  # fmt: skip
def test_by_its_path_alone(path: str, goes: bool) -> None:
    assert goes_along(path) == goes
