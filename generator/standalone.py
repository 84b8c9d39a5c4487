"""HTML that stands alone, without the theme. Whatever a template prints is escaped, and nothing on these pages runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jinja2

from .edtf import Edtf
from .markup import apart, in_language, plain
from .outputs import OutputFile, Site
from .templates import mistakes_told
from .urls import Target, page_path, published

FOLDER = "html"


class Standalone:
    """Writes such pages."""

    def __init__(self, templates_dir: Path, site: Site, compiled: jinja2.BytecodeCache | None = None) -> None:
        """Take the folder that holds `html/`, with the templates, the site as pages name it, and where compiled templates are kept."""
        self._folder, self._site = templates_dir / FOLDER, site
        self._loader = jinja2.FileSystemLoader(self._folder)
        self._environment = jinja2.Environment(
            loader=self._loader,
            autoescape=True,
            finalize=_finalize,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=compiled,
        )
        self._environment.filters.update(to=_to, lang=in_language, apart=apart, plain=plain)

    def page(self, template: str, uri: str, **values: Any) -> str:
        """The page at an address.

        Raises:
            ContentError: the template is missing or broken; the problem says where.
        """
        with mistakes_told(self._folder, template, page_path(uri)):
            return self._environment.get_template(template).render(uri=uri, site=self._site, **values)

    def text(self, name: str) -> str:
        """A file of the templates' folder, as it is.

        Raises:
            ContentError: it is missing.
        """
        with mistakes_told(self._folder, name, name):
            return self._loader.get_source(self._environment, name)[0]


def html_file(uri: str, html: str) -> OutputFile:
    """The file of a page, where builders put those of Markdown."""
    return OutputFile(f"{page_path(uri).lstrip('/')}index.html", html.encode())


def _finalize(value: object) -> object:
    """Dates are printed in words."""
    return value.words if isinstance(value, Edtf) else "" if value is None else value


@jinja2.pass_context
def _to(context: jinja2.runtime.Context, target: Target) -> str:
    """The address of a target, seen from this page."""
    return published(context["uri"], target)
