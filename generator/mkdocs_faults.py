"""What the pages' own policy would block, as problems in the files that it came from."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from . import policy
from .errors import Problem, quoted

_HINTS = {
    "an inline script": "put the script into a file of the theme and name it under extra_javascript",
    "a style attribute": "give the element a class, and the class a rule in the theme's style sheet",
    "something loaded from another host": "keep a copy beside the pages",
    "something that leads to another host by itself": "make it a link, which readers can follow or not",
    "data in place of a file": "put it into a file beside the pages",
}


class Blocked:
    """What is found in a build, each thing once however many pages have it."""

    def __init__(self) -> None:
        """Begin without any."""
        self._found: dict[tuple[str, str], Problem] = {}

    @property
    def problems(self) -> list[Problem]:
        """In the order in which they were found."""
        return list(self._found.values())

    def add(self, faults: Iterable[policy.Fault], file: File | None, config: MkDocsConfig) -> None:
        """Take what was found in a page.

        Args:
            faults: what was found.
            file: where the page comes from; None for one of the theme's own.
            config: says where the theme is.
        """
        for fault in faults:
            path, line, where = _source_of(fault, file, config)
            # The theme's own pages come first: what they have, every page has.
            if (_theme_source(config)[0], fault.tag) not in self._found:
                found = f"{fault.found} in {quoted(fault.tag)}{where}"
                expected = "nothing that the pages' Content-Security-Policy blocks"
                problem = Problem(path, line, 1, "", found, expected, _HINTS.get(fault.found, ""))
                self._found.setdefault((path, fault.tag), problem)


def _theme_source(config: MkDocsConfig) -> tuple[str, str]:
    """Where the project's own part of the theme is; without one, where the theme is named, and its name."""
    settings = Path(config.config_file_path)
    if config.theme.custom_dir:
        return Path(os.path.relpath(config.theme.custom_dir, settings.parent)).as_posix(), ""
    return settings.name, f" of the theme {config.theme.name}"


def _source_of(fault: policy.Fault, file: File | None, config: MkDocsConfig) -> tuple[str, int, str]:
    """The file that a fault came from, its line as far as it can be told, and where it is in the page otherwise."""
    if file is None:
        path, where = _theme_source(config)
        return path, 1, where
    folder = Path(config.docs_dir).name
    text = "" if file.generated_by else file.content_string
    if fault.tag in text:
        return f"{folder}/{file.src_uri}", text[: text.index(fault.tag)].count("\n") + 1, ""
    return f"{folder}/{file.edit_uri or file.src_uri}", 1, f", line {fault.line} of the page {file.url}"
