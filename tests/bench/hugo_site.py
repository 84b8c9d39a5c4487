"""Records as a site of Hugo's: each becomes a page with the record as its front matter, once, before anything is timed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import yaml

from generator.kinds import FOLDERS

SITE = Path(__file__).parent / "hugo"


def convert(project: Path, site: Path) -> None:
    """Write Hugo's site for a project's records, into a new folder."""
    shutil.copytree(SITE, site)
    for folder in FOLDERS.values():
        (site / "content" / folder).mkdir(parents=True)
        (site / "content" / folder / "_index.md").write_text(_front({"title": folder.capitalize()}), encoding="utf-8")
        for file in sorted((project / "content" / folder).glob("*.yaml")):
            convert_record(file, site)
    (site / "content" / "search.md").write_text(_front({"title": "Search", "layout": "search"}), encoding="utf-8")


def convert_record(file: Path, site: Path) -> None:
    """Write one record's page. JSON, since Hugo reads that quickest."""
    with file.open("rb") as stream:
        record: dict[str, Any] = yaml.load(stream, Loader=yaml.CBaseLoader)
    title = record.get("title") or record["name"]
    page = site / "content" / file.parent.name / f"{file.stem}.md"
    page.write_text(_front({"title": title, "params": _whole(record, file.stem)}), encoding="utf-8")


def _whole(value: Any, sheet: str, field: str = "") -> Any:
    """A record with its short forms written out: that a template can do without asking at each source and each claim."""
    if isinstance(value, dict):
        return {name: inner if name == "changes" else _whole(inner, sheet, name) for name, inner in value.items()}
    if field == "sources":
        return [cited if isinstance(cited, dict) else {"source": cited} for cited in value]
    if field in ("highlights", "key_figures", "disputes", "supersedes"):
        return [name if "#" in name else f"{sheet}#{name}" for name in value]
    if field == "claims" and value and isinstance(value[0], str):
        return [name if "#" in name else f"{sheet}#{name}" for name in value]
    return [_whole(item, sheet) for item in value] if isinstance(value, list) else value


def _front(fields: dict[str, Any]) -> str:
    return json.dumps(fields, ensure_ascii=False, indent=1) + "\n"
