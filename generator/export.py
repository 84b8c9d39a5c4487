"""The Markdown and its settings, for any other builder of MkDocs sites."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml

from .errors import UsageError
from .loose_files import goes_along
from .pipeline import Publication

DOCS = "docs"
THEME = "theme"


def export(target: Path, made: Publication, content_dir: Path, templates_dir: Path, settings: dict[str, Any]) -> int:
    """Write a project that builds to the same pages without this package.

    Args:
        target: an empty or new folder.
        made: the generated pages and files.
        content_dir: its hand-written pages and pictures go along.
        templates_dir: its `theme/` goes along.
        settings: what mkdocs.yml says, without our plugin.

    Returns:
        The number of files below `docs/`.
    """
    if target.exists() and any(target.iterdir()):
        raise UsageError(f"{target} is not empty; choose a new folder")
    docs = target / DOCS
    docs.mkdir(parents=True, exist_ok=True)
    count = 0
    for file in sorted(content_dir.rglob("*")):
        name = file.relative_to(content_dir)
        if file.is_file() and goes_along(name.as_posix()):
            _copy(file, docs / name)
            count += 1
    generated = [(page.uri, page.text.encode()) for page in made.pages] + [(file.path, file.content) for file in made.files]
    for path, content in generated:
        file = docs / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        count += 1
    if (templates_dir / THEME).is_dir():
        shutil.copytree(templates_dir / THEME, target / THEME, dirs_exist_ok=True)
    text = yaml.safe_dump(settings, allow_unicode=True, sort_keys=False, width=1_000_000)
    (target / "mkdocs.yml").write_text(text, encoding="utf-8", newline="\n")
    return count


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
