"""MkDocs run by our own commands: its settings read, a site built, a preview served, the settings of an export."""

from __future__ import annotations

import errno
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from mkdocs.commands import build as mkdocs_build
from mkdocs.commands import serve as mkdocs_serve
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException
from mkdocs.utils.yaml import yaml_load

from . import cache
from .cache import LostError
from .errors import ContentError, Problem, UsageError
from .mkdocs_plugin import BriefbookPlugin, log
from .mkdocs_settings import cache_of
from .progress import Progress
from .publish import Made
from .records import FOLDERS


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


def build_site(config_file: Path, staging: Path, progress: Progress) -> Made:
    """Run MkDocs into an empty folder, strictly.

    Args:
        config_file: mkdocs.yml.
        staging: the folder.
        progress: is told how far it is.

    Returns:
        What belongs into the site besides what is in the folder. Its cache is to be closed by whoever takes it.

    Raises:
        ContentError: the records have problems.
        UsageError: the settings are wrong.
        SiteError: MkDocs found something wrong while building, such as a dead link.
    """
    config = load_settings(config_file, site_dir=str(staging), strict=True)
    plugin = config.plugins["briefbook"]
    assert isinstance(plugin, BriefbookPlugin)
    plugin.objects, plugin.progress = {}, progress
    plugin.search_folder = staging.with_name(f"{staging.name}-search")
    with _warnings() as warnings:
        try:
            config.plugins.on_startup(command="build", dirty=False)
            try:
                mkdocs_build.build(config)
                made = Made(plugin.hand_over_cache(config), plugin.objects, plugin.searched, plugin.hand_over_indexing())
            finally:
                config.plugins.on_shutdown()
        except (MkDocsException, SystemExit) as error:
            for cause in _causes(error):
                if isinstance(cause, (ContentError, LostError, UsageError)):
                    raise cause from error
            raise SiteError(warnings or [str(error)], Path(config.docs_dir).name) from error
    return made


def forget(config_file: Path) -> None:
    """Delete all that builds remember."""
    config = load_settings(config_file)
    with suppress(OSError):
        cache.forget(cache_of(config))


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
    ours = (*FOLDERS.values(), "years", "statuses", "*/page")
    not_in_nav = "".join(f"/{folder}/*\n" for folder in ours) + str(settings.get("not_in_nav") or "")
    return {**settings, "docs_dir": "docs", "not_in_nav": not_in_nav, "plugins": plugins}


def _plugin_name(plugin: Any) -> str:
    return str(next(iter(plugin))) if isinstance(plugin, dict) else str(plugin)
