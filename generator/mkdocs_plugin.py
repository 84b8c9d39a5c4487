"""The bridge to MkDocs: as a plugin it gives it our pages, so `mkdocs build` and `mkdocs serve` work as ever.

Everything but this module and others that begin with that name would work with another builder.
"""

from __future__ import annotations

import gc
import re
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Literal
from urllib.parse import quote, urlsplit

import jinja2
import markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from . import mkdocs_html, policy, preview, search
from .cache import Cache
from .compiled import Compiled
from .content import Content
from .errors import ContentError, UsageError
from .fingerprint import of_code
from .finished import take
from .loose_files import LOOSE_FOLDERS, goes_along
from .mkdocs_faults import Blocked
from .mkdocs_files import StoredFile, StoredFiles, check_links, sitemap_entries
from .mkdocs_html import PageMaker
from .mkdocs_preview import Following
from .mkdocs_settings import Options, cache_of, configured_site_url, project_of
from .mkdocs_theme import list_visible
from .pipeline import BrokenContentError, Project, explain
from .progress import Progress, of_stream
from .publish import last_index
from .quick_links import QuickLinks
from .quick_markdown import QuickMarkdown
from .report import Report
from .shelf import LedgerShelf
from .site_builder import Site, SiteBuilder
from .titles import title_of
from .urls import HOME
from .views import reading
from .views.library import Library
from .wording import counted

log = get_plugin_logger("briefbook")

THEME_SCRIPTS = tuple(f"partials/javascripts/{name}.html" for name in ("base", "palette", "content"))
"""The theme's partials with a script that it writes into every page."""

NO_DATE = "1980-01-01"
"""Stands in the sitemap's compressed copy when no page has a date: the clock must not."""


class BriefbookPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]  # MkDocs leaves its hook untyped
    """Turns the records in `docs_dir` into pages of the site."""

    def __init__(self) -> None:
        self.objects: dict[str, str] | None = None
        """By path in the site, which object of the cache is to stand there. Whoever sets it sees to that, and MkDocs does not."""
        self.searched: tuple[str, ...] = ()
        """Those of them that are pages for the search."""
        self.search_folder: Path | None = None
        """Where these may be indexed while the rest of the site is made."""
        self._indexing: search.Indexing | None = None
        self.progress: Progress = of_stream()
        """Is told how far long work is."""
        self._cache: Cache | None = None
        self._serving = False
        self._made = Site({}, {})
        self._others: dict[str, frozenset[str]] = {}
        self._following = Following()
        self._report: Report | None = None
        self._scripts: tuple[str, ...] = ()
        self._titles: dict[str, str] = {}
        self._blocked = Blocked()
        self._faults: dict[str, tuple[str | None, tuple[policy.Fault, ...]]] = {}

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember the command, and collect rubbish less often. That this method exists makes MkDocs keep the plugin between previews."""
        self._serving = command == "serve"
        # Hundreds of thousands of objects stay until the end, and looking for others among them took a quarter of the time.
        gc.set_threshold(200_000, 50, 100)

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Make the pages now, while a failure still leaves the old site alone."""
        _insist_on_the_theme(config)
        list_visible(config.theme)
        if self._serving:
            # Not the preview's own address: its pages are those of the site, so that each makes use of what the other made.
            config.site_url = configured_site_url(config)
        project = project_of(config)
        config.watch.append(str(project.templates_dir))
        # The theme's first script names this; otherwise it would differ from page to page, and so would its hash.
        config.extra["scope"] = quote(urlsplit(config.site_url or "").path or "/", safe="/%:@~+,;=")
        if mkdocs_html.can_keep(config):
            # Named last, since it does the work of others. Theirs may be such that it cannot: then all is as it was.
            config.markdown_extensions += [QuickMarkdown(), QuickLinks()]  # type: ignore[list-item]  # MkDocs passes on what it finds
        elif others := [*(name for name in config.plugins if name != "briefbook"), *config.hooks]:
            log.info(f"what others do to pages is done to hand-written ones alone: {', '.join(others)}")
        self._blocked, self._faults = Blocked(), {}
        with closing(Content(project, self.open_cache(config), self.progress)) as content:
            try:
                shelf = content.check()
                library = reading.library(shelf)
                if self._serving:
                    self._following.write_schemas(config, library.whole)
                self._made = self._make(config, content, shelf, library)
                self._report = None
                self._following.note(content.before)
                if self._serving:
                    self._following.say_what_changed(library, self._made)
            except ContentError as error:
                self._tell_problems(config, project, error)
                self._following.note(content.before)
        if self.search_folder and not self._report:
            # Only now: another process would keep the records from other builds.
            pages = {page.path: page.object for page in self._made.pages.values() if page.searched}
            cache = self.open_cache(config)
            self._indexing = search.Indexing(pages, cache.found, LOOSE_FOLDERS, last_index(cache.folder), self.search_folder)
        return config

    def _tell_problems(self, config: MkDocsConfig, project: Project, error: ContentError) -> None:
        """Say what is wrong; a preview goes on and shows it."""
        known = error.records if isinstance(error, BrokenContentError) else None
        if self._serving:
            self._following.write_schemas(config, known)
        self._report = explain(project, error.problems, known, limit=preview.SHOWN)
        for problem in error.problems:
            log.error(str(problem))
        if not self._serving:
            self.close_cache()
            raise PluginError(f"{counted(len(error.problems), 'problem')} in the content; the site was left as it is") from error

    def _make(self, config: MkDocsConfig, content: Content, shelf: LedgerShelf, library: Library) -> Site:
        """All of our site, as far as it is not what it was."""
        cache = self.open_cache(config)
        env = config.theme.get_env()
        self._remember_templates(env, config)
        self._prepare(env, config)
        maker = PageMaker(config, env, lambda output: policy.faults(output, self._scripts))
        around = mkdocs_html.surroundings(config)
        self._titles = maker.begin(around, lambda uri: title_of(library, uri))
        builder = SiteBuilder(content, cache, maker, around, take)
        if self._serving:
            for objects in builder.ahead(shelf):
                self._following.glimpse(objects, cache)
        told = builder.build(shelf)
        self._faults = told.faults
        for _, said in sorted(told.said.items()):
            for level, message in said:
                log.log(level, message)
        return told.site

    def open_cache(self, config: MkDocsConfig) -> Cache:
        """What builds remember; when its folder cannot be used, only this one does."""
        if self._cache is None:
            folder = cache_of(config)
            try:
                self._cache = Cache(folder)
            except (OSError, sqlite3.Error) as error:
                self.progress.say(f"nothing is remembered for the next time: {folder}: {getattr(error, 'strerror', None) or error}")
                aside = tempfile.TemporaryDirectory(prefix="briefbook-", ignore_cleanup_errors=True)
                self._cache = Cache(Path(aside.name))
                self._cache.home = aside  # which is removed with it
        return self._cache

    def hand_over_cache(self, config: MkDocsConfig) -> Cache:
        """Give it to somebody who closes it. MkDocs keeps plugins for the next build in the same process."""
        found, self._cache = self.open_cache(config), None
        return found

    def hand_over_indexing(self) -> search.Indexing | None:
        """Give what indexes pages meanwhile to somebody who stops it."""
        found, self._indexing = self._indexing, None
        return found

    def close_cache(self) -> None:
        """Let go of it."""
        if self._cache:
            self._cache.close()
            self._cache = None

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Put our pages among the site's files, and keep out whatever of the content does not go along as it is."""
        cache, made = self.open_cache(config), self._made
        for file in list(files):
            if file.src_dir == config.docs_dir and not goes_along(file.src_uri):
                files.remove(file)
            elif file.src_uri in made.pages:
                log.warning(f"{file.src_uri}: a hand-written page has the address of a generated one; it is not used")
                files.remove(file)
        if self._report:
            # While the records are broken, there is nothing but what is wrong with them.
            files.append(File.generated(config, HOME, content="", inclusion=InclusionLevel.INCLUDED))
            return files

        def find(uri: str) -> StoredFile | None:
            if page := made.pages.get(uri):
                return StoredFile(uri, page.path, page.object, cache, config, page.key)
            return StoredFile(uri, uri, made.files[uri], cache, config) if uri in made.files else None

        # `briefbook build` and a preview put them into a folder of their own, with less to do.
        if self.objects is not None or self._serving:
            return StoredFiles(files, find)
        for uri in (*made.pages, *made.files):
            found = find(uri)
            assert found
            files.append(found)
        return files

    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        """From now on our pages can be linked to, and those of the navigation have their titles."""
        mkdocs_html.titles_as_html(nav)
        for page in nav.pages:
            if page.file.src_uri in self._titles:
                page.title = self._titles[page.file.src_uri]
        for file in [page.file for page in nav.pages] if isinstance(files, StoredFiles) else files:
            if isinstance(file, StoredFile):
                file.finished = True
        if isinstance(files, StoredFiles):
            files.finish()
        return nav

    def on_page_markdown(self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """While the records are broken, every page of the preview says so."""
        return preview.problems_page(self._report) if self._report else markdown

    def on_post_template(self, output_content: str, /, *, template_name: str, config: MkDocsConfig) -> str:
        """While the records are broken, so does an address that has no page yet."""
        if template_name.endswith(".html"):
            self._blocked.add(policy.faults(output_content, self._scripts), None, config)
        if not self._report or template_name != "404.html":
            return output_content
        problems = markdown.markdown(preview.problems_page(self._report))
        return re.sub("(<article[^>]*>).*?(</article>)", lambda found: f"{found[1]}{problems}{found[2]}", output_content, flags=re.DOTALL)

    def on_env(self, env: jinja2.Environment, /, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """Date the pages by their records, not by the clock, and say what they may run."""
        self._prepare(env, config)
        self._remember_templates(env, config)
        pages = [file.page for file in files.documentation_pages() if file.page]
        self._others = {page.file.src_uri: frozenset(page.present_anchor_ids or ()) for page in pages}
        for page in pages:
            if page.file.src_uri not in self._made.pages:
                mkdocs_html.words_as_html(page)
            page.update_date = str(page.meta.get("updated", ""))
        # The first stands for those that MkDocs does not make.
        newest = max((page.updated or "" for page in self._made.pages.values()), default="")
        if pages:
            pages[0].update_date = max(newest, *(page.update_date for page in pages)) or NO_DATE
        return env

    def _remember_templates(self, env: jinja2.Environment, config: MkDocsConfig) -> None:
        """Compile templates once for all builds."""
        env.bytecode_cache = Compiled(self.open_cache(config).compiled(of_code()))

    def _prepare(self, env: jinja2.Environment, config: MkDocsConfig) -> None:
        """Say what pages may run."""
        partials = (env.get_template(name) for name in THEME_SCRIPTS)
        # From the theme alone: a page may also hold what should not run.
        self._scripts = tuple(
            script
            for partial in partials
            for script in policy.inline_scripts(partial.render(config=config, features=config.theme.get("features", [])))
        )
        env.globals["content_security_policy"] = policy.content_security_policy(self._scripts)

    def on_template_context(self, context: TemplateContext, /, *, template_name: str, config: MkDocsConfig) -> TemplateContext:
        """The sitemap has all pages, those too that were made before."""
        if template_name == "sitemap.xml":
            context["generated_entries"] = sitemap_entries(self._made.pages, config)  # type: ignore[typeddict-unknown-key]  # for our template
        return context

    def on_post_page(self, output: str, /, *, page: Page, config: MkDocsConfig) -> str:
        """Look for what the page's own policy would block."""
        self._blocked.add(policy.faults(output, self._scripts), page.file, config)
        return output

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Refuse pages that would not work as they were written, and index the finished ones for the search."""
        cache = self.open_cache(config)
        if not self._report:
            check_links(self._made.pages, self._others, self._made.files, config, cache)
        for uri, (edit_file, found) in sorted(self._faults.items()):
            file = File.generated(config, uri, content="")
            file.edit_uri = edit_file
            self._blocked.add(found, file, config)
        if self._blocked.problems:
            error = ContentError(self._blocked.problems)
            for problem in error.problems:
                log.error(str(problem))
            if not self._serving:
                raise PluginError(f"{counted(len(error.problems), 'problem')} in the pages") from error
        if self._serving:
            self._show(config, cache)
            return
        if self.objects is not None:
            self.searched = tuple(page.path for page in self._made.pages.values() if page.searched)
            self.objects.update({page.path: page.object for page in self._made.pages.values()} | dict(self._made.files))
            return
        self.close_cache()
        if not self._report:
            search.index(Path(config.site_dir))

    def _show(self, config: MkDocsConfig, cache: Cache) -> None:
        """Put what was built into the folder of the preview, as far as it is not there."""
        made = self._made
        objects = {} if self._report else {page.path: page.object for page in made.pages.values()} | dict(made.files)
        searched = () if self._report else [page.path for page in made.pages.values() if page.searched]
        self._following.show(Path(config.site_dir), objects, searched, cache, self.progress)
        self.close_cache()

    def on_serve(self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Callable[..., None]) -> LiveReloadServer:
        """Let the preview show its own folder: MkDocs empties its at each change."""
        self._following.serve_from(server, [config.docs_dir, config.config_file_path])
        return server

    def on_shutdown(self) -> None:
        """Tidy up."""
        if indexing := self.hand_over_indexing():
            indexing.stop()
        self._following.close()
        self.close_cache()

    def on_build_error(self, *, error: Exception) -> None:
        """Keep what was made, for the next time."""
        self.close_cache()


def _insist_on_the_theme(config: MkDocsConfig) -> None:
    if not all(any(Path(folder, script).is_file() for folder in config.theme.dirs) for script in THEME_SCRIPTS):
        theme = f"theme `{config.theme.name}`" if config.theme.name else "theme"
        error = UsageError(
            f"{Path(config.config_file_path).name}: the {theme} cannot show these pages, which are made for `material`; "
            "`briefbook export` writes them as Markdown for any theme"
        )
        raise PluginError(str(error)) from error
