"""The bridge to MkDocs, and the only module that imports it.

As a plugin it gives MkDocs our pages, so `mkdocs build` and `mkdocs serve` work as ever; its functions run
those two for our own commands. Everything before this module would work with another builder.
"""

from __future__ import annotations

import errno
import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote, urlsplit

import markdown
from mkdocs.commands import build as mkdocs_build
from mkdocs.commands import serve as mkdocs_serve
from mkdocs.config import base, config_options, load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException, PluginError
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.utils.yaml import yaml_load

from . import digest, edtf, policy, preview, search
from .catalog import Catalog
from .comparison import Edition, compare
from .edtf import Edtf
from .errors import ContentError, Problem, UsageError, quoted
from .pipeline import BrokenContentError, Project, Publication, checked, explain, publication
from .records import FOLDERS
from .render import RenderedPage
from .report import Report
from .schema import write_schemas
from .urls import HOME
from .wording import counted

log = get_plugin_logger("briefbook")

THEME_SCRIPTS = tuple(f"partials/javascripts/{name}.html" for name in ("base", "palette", "content"))
"""The theme's partials with a script that it writes into every page."""

CHANGES_SAID = 8
"""Of what an edit did, so many facts and pages are said after each save."""

NO_DATE = "1980-01-01"
"""Stands in the sitemap's compressed copy when no page has a date: the clock must not."""


class _Day(base.BaseConfigOption[Edtf | None]):
    """A day in the settings; none when it is empty."""

    def run_validation(self, value: object) -> Edtf | None:
        try:
            return edtf.parse(str(value)) if value else None
        except edtf.EdtfError as error:
            raise base.ValidationError(str(error)) from None


class _Options(base.Config):  # type: ignore[no-untyped-call]  # MkDocs leaves its hook untyped
    templates_dir = config_options.Dir(exists=True, default="site_templates")
    """The folder with `pages/`, from mkdocs.yml."""
    ids_under = config_options.Optional(config_options.URL())
    """What the ids in feeds begin with, for ever: the first address of a site that has moved. By default site_url."""
    review_day = _Day()
    """By which day reviews are judged to be due, such as 2018-01-31; without one, none is."""


class BriefbookPlugin(BasePlugin[_Options]):  # type: ignore[no-untyped-call]  # as above
    """Turns the records in `docs_dir` into pages of the site."""

    def __init__(self) -> None:
        self._serving = False
        self._made = Publication([], [])
        self._shown: Edition | None = None
        self._report: Report | None = None
        self._scripts: tuple[str, ...] = ()
        self._blocked: dict[tuple[str, str], Problem] = {}

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember the command. That this method exists makes MkDocs keep the plugin between previews."""
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Make the pages now, while a failure still leaves the old site alone."""
        _insist_on_the_theme(config)
        project = project_of(config)
        config.watch.append(str(project.templates_dir))
        # The theme's first script names this; otherwise it would differ from page to page, and so would its hash.
        config.extra["scope"] = quote(urlsplit(config.site_url or "").path or "/", safe="/%:@~+,;=")
        self._blocked = {}
        try:
            records = checked(project)
            self._complete_while_editing(config, records)
            self._made = publication(project, records)
            self._report = None
            self._say_what_changed(Edition(records, self._made.pages, self._made.files))
        except ContentError as error:
            known = error.records if isinstance(error, BrokenContentError) else None
            self._complete_while_editing(config, known)
            self._report = explain(project, error.problems, known, limit=preview.SHOWN)
            for problem in error.problems:
                log.error(str(problem))
            if not self._serving:
                raise PluginError(f"{counted(len(error.problems), 'problem')} in the content; the site was left as it is") from error
            if not self._made.pages:
                self._made = Publication([RenderedPage(HOME, "---\ntitle: Problems\n---\n", None, None)], [])
        return config

    def _complete_while_editing(self, config: MkDocsConfig, records: Catalog | None) -> None:
        """Keep the schemas for editors up to date while somebody edits. Without them, editing goes on."""
        if self._serving and records:
            try:
                write_schemas(Path(config.config_file_path).parent, records)
            except OSError as error:
                log.warning(f"no schemas for editors: {error}")

    def _say_what_changed(self, edition: Edition) -> None:
        """After each save of a preview: what became of facts and pages since the last time that all was well."""
        if self._serving:
            if self._shown:
                for line in digest.as_lines(compare(self._shown, edition), CHANGES_SAID):
                    log.info(line)
            self._shown = edition

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Put our pages among the site's files, and keep the records themselves out of it."""
        for file in list(files):
            if file.src_uri.endswith((".yaml", ".yml")):
                files.remove(file)
        in_nav = set(_nav_uris(config.nav))
        for page in self._made.pages:
            handwritten = files.get_file_from_path(page.uri)
            if handwritten:
                log.warning(f"{page.uri}: a hand-written page has the address of a generated one; it is not used")
                files.remove(handwritten)
            # Themes write the whole navigation into every page: records stay out of it.
            inclusion = InclusionLevel.INCLUDED if page.uri in in_nav else InclusionLevel.NOT_IN_NAV
            file = File.generated(config, page.uri, content=page.text, inclusion=inclusion)
            if page.edit_file:
                file.edit_uri = page.edit_file
            files.append(file)
        for output in self._made.files:
            files.append(File.generated(config, output.path, content=output.content))
        return files

    def on_page_markdown(self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """While the records are broken, every page of the preview says so."""
        return preview.problems_page(self._report) if self._report else markdown

    def on_post_template(self, output_content: str, /, *, template_name: str, config: MkDocsConfig) -> str:
        """While the records are broken, so does an address that has no page yet."""
        if template_name.endswith(".html"):
            self._look_for_faults(output_content, None, config)
        if not self._report or template_name != "404.html":
            return output_content
        problems = markdown.markdown(preview.problems_page(self._report))
        return re.sub("(<article[^>]*>).*?(</article>)", lambda found: f"{found[1]}{problems}{found[2]}", output_content, flags=re.DOTALL)

    def on_env(self, env: Any, /, *, config: MkDocsConfig, files: Files) -> Any:
        """Date the pages by their records, not by the clock, and say what they may run."""
        partials = (env.get_template(name) for name in THEME_SCRIPTS)
        # From the theme alone: a page may also hold what should not run.
        self._scripts = tuple(
            script
            for partial in partials
            for script in policy.inline_scripts(partial.render(config=config, features=config.theme.get("features", [])))
        )
        if not self._serving:  # the preview's reload is an inline script too
            env.globals["content_security_policy"] = policy.content_security_policy(self._scripts)
        pages = [file.page for file in files.documentation_pages() if file.page]
        for page in pages:
            page.update_date = str(page.meta.get("updated", ""))
        if pages and not any(page.update_date for page in pages):
            pages[0].update_date = NO_DATE
        return env

    def on_post_page(self, output: str, /, *, page: Page, config: MkDocsConfig) -> str:
        """Look for what the page's own policy would block."""
        self._look_for_faults(output, page, config)
        return output

    def _look_for_faults(self, html: str, page: Page | None, config: MkDocsConfig) -> None:
        for fault in policy.faults(html, self._scripts):
            path, line, where = _source_of(fault, page, config)
            # The theme's own pages come first: what they have, every page has.
            if (_theme_source(config)[0], fault.tag) not in self._blocked:
                found = f"{fault.found} in {quoted(fault.tag)}{where}"
                problem = Problem(
                    path, line, 1, "", found, "nothing that the pages' Content-Security-Policy blocks", _HINTS.get(fault.found, "")
                )
                self._blocked.setdefault((path, fault.tag), problem)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Refuse pages that would not work as they were written, and index the finished ones for the search."""
        if self._blocked:
            error = ContentError(self._blocked.values())
            for problem in error.problems:
                log.error(str(problem))
            if not self._serving:
                raise PluginError(f"{counted(len(error.problems), 'problem')} in the pages") from error
        if not self._report:
            search.index(Path(config.site_dir))


_HINTS = {
    "an inline script": "put the script into a file of the theme and name it under extra_javascript",
    "a style attribute": "give the element a class, and the class a rule in the theme's style sheet",
    "something loaded from another host": "keep a copy beside the pages",
    "data in place of a file": "put it into a file beside the pages",
}


def _insist_on_the_theme(config: MkDocsConfig) -> None:
    if not all(any(Path(folder, script).is_file() for folder in config.theme.dirs) for script in THEME_SCRIPTS):
        theme = f"theme `{config.theme.name}`" if config.theme.name else "theme"
        error = UsageError(
            f"{Path(config.config_file_path).name}: the {theme} cannot show these pages, which are made for `material`; "
            "`briefbook export` writes them as Markdown for any theme"
        )
        raise PluginError(str(error)) from error


def _theme_source(config: MkDocsConfig) -> tuple[str, str]:
    """Where the project's own part of the theme is; without one, where the theme is named, and its name."""
    settings = Path(config.config_file_path)
    if config.theme.custom_dir:
        return Path(os.path.relpath(config.theme.custom_dir, settings.parent)).as_posix(), ""
    return settings.name, f" of the theme {config.theme.name}"


def _source_of(fault: policy.Fault, page: Page | None, config: MkDocsConfig) -> tuple[str, int, str]:
    """The file that a fault came from, its line as far as it can be told, and where it is in the page otherwise."""
    if page is None:
        path, where = _theme_source(config)
        return path, 1, where
    file = page.file
    folder = Path(config.docs_dir).name
    text = "" if file.generated_by else file.content_string
    if fault.tag in text:
        return f"{folder}/{file.src_uri}", text[: text.index(fault.tag)].count("\n") + 1, ""
    return f"{folder}/{file.edit_uri or file.src_uri}", 1, f", line {fault.line} of the page {file.url}"


def _nav_uris(nav: Any) -> Iterator[str]:
    """Every file that the navigation in mkdocs.yml names."""
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, list):
        for item in nav:
            yield from _nav_uris(item)
    elif isinstance(nav, dict):
        for value in nav.values():
            yield from _nav_uris(value)


# --- our own commands ---------------------------------------------------------------------------------


def load_settings(config_file: Path, **overrides: Any) -> MkDocsConfig:
    """Read mkdocs.yml.

    Raises:
        UsageError: it is missing or wrong.
    """
    with _warnings() as warnings:
        try:
            config = load_config(config_file=str(config_file), **overrides)
        except (ConfigurationError, Abort) as error:
            # MkDocs tells its log what is wrong, and the error only that something is.
            raise UsageError(f"{config_file}: {'; '.join(warnings) or error}") from error
    for warning in warnings:
        log.warning(warning)
    if "briefbook" not in config.plugins:
        raise UsageError(f"{config_file}: the plugin `briefbook` is not among its plugins")
    return config


def project_of(config: MkDocsConfig) -> Project:
    """Where the site comes from, as mkdocs.yml says."""
    options = config.plugins["briefbook"].config
    return Project(
        content_dir=Path(config.docs_dir),
        templates_dir=Path(options.templates_dir),
        site_name=str(config.site_name),
        site_url=config.site_url or "",
        site_description=config.site_description or "",
        terms=config.copyright or "",
        ids_under=options.ids_under or "",
        review_day=options.review_day,
    )


def build_site(config_file: Path, site_dir: Path) -> None:
    """Run MkDocs into an empty folder, strictly.

    Raises:
        ContentError: the records have problems.
        UsageError: the settings are wrong.
        SiteError: MkDocs found something wrong while building, such as a dead link.
    """
    config = load_settings(config_file, site_dir=str(site_dir), strict=True)
    with _warnings() as warnings:
        try:
            config.plugins.on_startup(command="build", dirty=False)
            try:
                mkdocs_build.build(config)
            finally:
                config.plugins.on_shutdown()
        except (MkDocsException, SystemExit) as error:
            for cause in _causes(error):
                if isinstance(cause, (ContentError, UsageError)):
                    raise cause from error
            raise SiteError(warnings or [str(error)], Path(config.docs_dir).name) from error


def _causes(error: BaseException) -> Iterator[BaseException]:
    """What led to an error, and to that: MkDocs answers what a plugin raises with an error of its own."""
    cause = error.__cause__ or error.__context__
    while cause:
        yield cause
        cause = cause.__cause__ or cause.__context__


class SiteError(ContentError):
    """MkDocs refused to finish the site."""

    def __init__(self, messages: list[str], content: str) -> None:
        super().__init__(self._problem(message, content) for message in messages)

    @staticmethod
    def _problem(message: str, content: str) -> Problem:
        """MkDocs names the page it found fault with, but no line."""
        page = re.search(r"Doc file '([^']+)'", message)
        return Problem(f"{content}/{page[1]}" if page else "mkdocs.yml", 1, 1, "", message, "a site without warnings")


@contextmanager
def _warnings() -> Iterator[list[str]]:
    """Collect what MkDocs warns of."""
    found: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(record.getMessage())

    handler = Collector(logging.WARNING)
    logger = logging.getLogger("mkdocs")
    logger.addHandler(handler)
    try:
        yield found
    finally:
        logger.removeHandler(handler)


def serve_site(config_file: Path, address: str | None = None) -> None:
    """Run MkDocs' preview until it is stopped."""
    load_settings(config_file)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    try:
        mkdocs_serve.serve(str(config_file), livereload=True, dev_addr=address, strict=False)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        raise UsageError("the address is in use; try another: briefbook serve --address 127.0.0.1:8001") from error


def export_settings(config_file: Path) -> dict[str, Any]:
    """mkdocs.yml as plain values, without our plugin and with folders named as the export has them."""
    with config_file.open("rb") as stream:
        settings: dict[str, Any] = yaml_load(stream)
    plugins = [plugin for plugin in settings.get("plugins", []) if _plugin_name(plugin) != "briefbook"]
    theme = settings.get("theme")
    if isinstance(theme, dict) and "custom_dir" in theme:
        settings["theme"] = {**theme, "custom_dir": "theme"}
    for name in ("site_dir", "edit_uri", "watch"):
        settings.pop(name, None)
    # There, records are pages like any other, and a builder would miss them in the navigation.
    not_in_nav = "".join(f"/{folder}/*\n" for folder in (*FOLDERS.values(), "years", "statuses", "*/page")) + str(
        settings.get("not_in_nav") or ""
    )
    return {**settings, "docs_dir": "docs", "not_in_nav": not_in_nav, "plugins": plugins}


def _plugin_name(plugin: Any) -> str:
    return str(next(iter(plugin))) if isinstance(plugin, dict) else str(plugin)
