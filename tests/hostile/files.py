"""Texts in the files that a site has for programs, as these read them."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from tinyhtml5.parser import HTMLParser

from .markdown import is_controls, of_control
from .pages import missing, one_spaced, strings
from .sweep import CONTROLS, Texts

LONG = 60
"""Characters."""
STORED = "pagefind of "
READ = (".atom", ".csv", ".geojson", ".json", ".pf_fragment")


def missing_in_files(site: Path, families: Mapping[int, Texts]) -> Iterator[str]:
    """Texts of families that do not stand in files as those of the control do."""
    stands = {name: one_spaced("\n".join(_texts(file))) for name, file in _files(site)}
    words = families[CONTROLS[1]]
    for name, control in stands.items():
        kind = "search" if name.startswith(STORED) else "file"
        for number, texts in families.items():
            other = of_control(name, number)
            if number not in CONTROLS and (is_controls(name) or any(word in control for word in words.values())):
                # In the summaries of feeds long texts are cut, and the search puts a full stop behind each paragraph.
                short = {place: word for place, word in words.items() if len(texts[place]) < LONG and "\n" not in texts[place]}
                yield from (f"{other}: {found}" for found in missing({kind: control}, short, {kind: stands[other]}, texts, once=True))


def _files(site: Path) -> Iterator[tuple[str, Path]]:
    """The files by their names; what the search stores of a page, by the page's address."""
    for file in sorted(site.rglob("*")):
        if file.suffix == ".pf_fragment":
            yield f"{STORED}{json.loads(_unpacked(file))['url']}", file
        elif file.suffix in READ and "schema" not in file.parts and "pagefind" not in file.parts:
            yield file.relative_to(site).as_posix(), file


def _unpacked(file: Path) -> bytes:
    return gzip.decompress(file.read_bytes()).removeprefix(b"pagefind_dcd")


def _texts(file: Path) -> Iterator[str]:
    if file.suffix == ".atom":
        for element in ElementTree.fromstring(file.read_bytes()).iter():
            yield from element.attrib.values()
            yield _of_html(element.text or "") if element.get("type") == "html" else element.text or ""
    elif file.suffix == ".csv":
        with file.open(encoding="utf-8-sig", newline="") as stream:
            yield from (cell for row in csv.reader(stream) for cell in row)
    else:
        data: Any = json.loads(_unpacked(file) if file.suffix == ".pf_fragment" else file.read_bytes())
        if file.suffix == ".pf_fragment":
            # Pagefind takes codes for characters twice in headings, and never in what stands for a picture. The first is shown as text.
            data = {"content": data["content"], "filters": data["filters"], "meta": {**data["meta"], "image_alt": ""}}
        for item in data.get("items", ()) if isinstance(data, dict) else ():
            if isinstance(item, dict) and "content_html" in item:
                item["content_html"] = _of_html(item["content_html"])
        yield from strings(data)


def _of_html(text: str) -> str:
    return "".join(HTMLParser().parse(f"<!doctype html><body>{text}").itertext())
