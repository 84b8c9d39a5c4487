"""The theme's files listed without its icons, through all of which MkDocs looks at each build, to copy none."""

from __future__ import annotations

import os
from pathlib import Path

import jinja2
from mkdocs.theme import Theme


class VisibleTemplates(jinja2.FileSystemLoader):
    """Templates by their files, listed without those that are hidden or in hidden folders. These can be loaded all the same."""

    def list_templates(self) -> list[str]:
        """The names of all others."""
        found = set()
        for root in self.searchpath:
            for here, folders, files in os.walk(root, followlinks=self.followlinks):
                folders[:] = [name for name in folders if not name.startswith(".")]
                inside = Path(here).relative_to(root)
                found |= {(inside / name).as_posix() for name in files if not name.startswith(".")}
        return sorted(found)


def list_visible(theme: Theme) -> None:
    """Have a theme list its files so: MkDocs copies no others."""
    usual = theme.get_env

    def get_env() -> jinja2.Environment:
        env = usual()
        env.loader = VisibleTemplates(theme.dirs)
        return env

    theme.get_env = get_env  # type: ignore[method-assign]  # there is no other place for it
