"""What other sites show of a link: the head of each built page, and the pictures that it names."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin

import pytest
import tinyhtml5
import yaml
from PIL import Image

from generator.outputs import Site
from generator.pages import pages
from generator.pictures.link_picture import HEIGHT, WIDTH, can_draw, card
from generator.render import render
from tests.outputs.conftest import Made
from tests.projects import ROOT, Project

ADDRESS = "https://flood.example/facts/"
HOSTILE = "</title>\"><script>x()</script> 'a' & &lt; =1+1 ]]> {{ x }} السلام"


class Head:
    """A page's links and named meta elements, and its Open Graph, each property once."""

    def __init__(self, file: Path) -> None:
        tree = tinyhtml5.parse(file.read_text("utf-8"), namespace_html_elements=False)
        metas = list(tree.iter("meta"))
        self.links = [(link.get("rel", ""), link.get("href", "")) for link in tree.iter("link")]
        self.meta: dict[str, list[str]] = {}
        for meta in metas:
            self.meta.setdefault(meta.get("name", ""), []).append(meta.get("content", ""))
        properties = [(meta.get("property", ""), meta.get("content", "")) for meta in metas if meta.get("property")]
        self.graph = dict(properties)
        assert len(self.graph) == len(properties), file


def built_pages(project: Project) -> dict[str, Path]:
    """By address from the site's root, without the page that stands for missing ones."""
    return {
        file.parent.relative_to(project.site).as_posix().removeprefix(".") + "/": file
        for file in project.site.rglob("index.html")
        if not {"pagefind", "embed", "light"} & set(file.parts)
    }


def test_every_page_says_what_it_is(built: Project) -> None:
    found = built_pages(built)
    assert len(found) > 20
    for address, file in found.items():
        head = Head(file)
        told = head.graph
        assert told["og:url"] == urljoin(ADDRESS, address.lstrip("/")), address
        assert told["og:title"] and told["og:site_name"] == "Fable Valley Facts"
        assert told["og:description"] == head.meta["description"][0]
        assert told["og:locale"] == "en_GB"
        assert head.meta["twitter:card"] == ["summary_large_image"]
        picture = built.site / unquote(told["og:image"]).removeprefix(ADDRESS)
        assert Image.open(picture).size == (int(told["og:image:width"]), int(told["og:image:height"])) == (1200, 630)
        assert told["og:image:alt"]
        sheet = address == "briefings/fable-flood/"
        assert told["og:type"] == ("article" if sheet else "website")
        assert ("cards/briefings/" in told["og:image"]) == sheet


def test_a_sheet_says_when_it_was_published_and_changed(built: Project, base: Made) -> None:
    sheet = base.records.briefings["fable-flood"]
    told = Head(built.site / "briefings" / "fable-flood" / "index.html").graph
    assert told["og:title"] == sheet.title
    assert told["article:published_time"] == sheet.published.text
    assert told["article:modified_time"] == (sheet.updates[-1].at if sheet.updates else sheet.published).text
    assert told["og:image:alt"].startswith(sheet.title)


def test_every_page_has_one_canonical_address(project: Project) -> None:
    """Its own, those of lists and of earlier versions too, which are other texts; that of what has moved is where it went."""
    file = project.content / "briefings" / "fable-flood.yaml"
    sheet = yaml.safe_load(file.read_text("utf-8"))
    sheet["formerly"] = ["old-flood"]
    sheet["updates"] = [
        {"at": "2021-05-08", "kind": "correction", "note": "A word.", "changes": [{"path": "title", "from": "A", "to": sheet["title"]}]}
    ]
    file.write_text(yaml.safe_dump(sheet, allow_unicode=True, sort_keys=False), "utf-8")
    project.build()
    found = built_pages(project)
    assert "briefings/fable-flood/at/first/" in found
    for address, page in found.items():
        head = Head(page)
        here = address.lstrip("/").replace("briefings/old-flood/", "briefings/fable-flood/")
        assert [href for rel, href in head.links if rel == "canonical"] == [ADDRESS + here]
        assert (head.meta.get("robots") == ["noindex"]) == ("old-flood" in address or "/at/" in address or "/cite/" in address)
        assert len(head.meta["description"]) == 1


def test_hostile_words_stay_words(project: Project) -> None:
    file = project.content / "briefings" / "fable-flood.yaml"
    sheet = yaml.safe_load(file.read_text("utf-8"))
    sheet["title"] = sheet["answer"] = HOSTILE
    file.write_text(yaml.safe_dump(sheet, allow_unicode=True), "utf-8")
    project.build()
    told = Head(project.site / "briefings" / "fable-flood" / "index.html").graph
    # On one line, as every title and description.
    assert " ".join(told["og:title"].split()) == " ".join(HOSTILE.split())
    assert " ".join(told["og:description"].split()) == " ".join(HOSTILE.split())
    assert told["og:image"] == f"{ADDRESS}cards/site.png"


# --- cards --------------------------------------------------------------------------------------------


def inked(png: bytes) -> tuple[int, int, int, int]:
    """The box around all that is neither paper nor the bar at the top."""
    picture = Image.open(BytesIO(png)).convert("RGB")
    assert picture.size == (WIDTH, HEIGHT)
    dark = picture.convert("L").point([255 if value < 200 else 0 for value in range(256)])
    box = dark.crop((0, 16, WIDTH, HEIGHT)).getbbox()
    assert box
    return box


TITLES = [
    "River Fable floods two villages",
    "Наводнение в долине: что известно",
    "Πλημμύρα στην κοιλάδα – “τι ξέρουμε”",
    "Ça va? Ñandú, Łódź, Øre, cafe\u0301 1,500 %",
    "What was lost " * 16,
]


@pytest.mark.parametrize("title", TITLES)
def test_a_title_stays_within_the_margins(title: str) -> None:
    assert can_draw(title)
    left, _, right, bottom = inked(card("A site with a name " * 9, title, "Update · " * 30))
    assert left >= 60 and right <= WIDTH - 60 and bottom <= HEIGHT - 40
    assert card("x", title, "y") != card("x", title + "!", "y")


@pytest.mark.parametrize("title", ["القائم", "עברית", "北京", "क", "ไทย", "x" * 200, "a\u0336b", "Mixed العربية", "\U0001f30a"])
def test_what_the_font_cannot_set_has_no_card(title: str) -> None:
    assert not can_draw(title)
    with pytest.raises(ValueError, match="cannot be drawn"):
        card("x", title, "y")


def test_a_sheet_without_a_card_of_its_own_has_the_sites(content: Path, make: Callable[[Path], Made]) -> None:
    file = content / "briefings" / "fable-flood.yaml"
    sheet = yaml.safe_load(file.read_text("utf-8"))
    sheet["title"] = "فيضان"
    file.write_text(yaml.safe_dump(sheet, allow_unicode=True), "utf-8")
    made = make(content)
    assert [path for path in made.files if path.endswith(".png")] == ["cards/site.png"]
    text = {page.uri: page.text for page in render(pages(made.library), ROOT / "site_templates", Site("x"))}["briefings/fable-flood.md"]
    front: dict[str, Any] = yaml.safe_load(text.split("---\n")[1])
    assert "card" not in front and front["published"] == "2021-05-04"


def test_cards_are_small_and_the_same_wherever_they_are_drawn(real: Made) -> None:
    found = {path: content for path, content in real.files.items() if path.startswith("cards/")}
    assert len(found) == len(real.library.catalog.briefings) + 1
    assert max(map(len, found.values())) < 20_000
    sheet = real.library.catalog.briefings["raqqa-2017-10"]
    code = "import sys; from generator.pictures.link_picture import card; sys.stdout.buffer.write(card(*sys.argv[1:]))"
    below = f"{sheet.label.capitalize()} · {sheet.covers.words[:1].upper()}{sheet.covers.words[1:]}"
    settings = {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8", "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", code, "The site", sheet.title, below], capture_output=True, cwd=ROOT, env=settings, check=True
    )
    assert done.stdout == found["cards/briefings/raqqa-2017-10.png"]
