"""Data flows one way: each module imports only from earlier stages, and only the ends touch files."""

import ast
import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.pipeline import Project, build_pages
from tests.projects import BASE, ROOT

PACKAGE = ROOT / "generator"

STAGES = (
    ("errors", "edtf", "kinds", "facets"),
    ("excerpt", "mending", "prose", "wording"),
    ("text", "slips"),
    ("syntax",),
    ("records.refusal",),
    ("records.values", "records.references"),
    ("records.text",),
    ("records.base",),
    ("records.briefing", "records.entities"),
    ("records",),
    ("parse",),
    ("validate", "loose_files"),
    ("load",),
    ("references", "anchors"),
    ("catalog",),
    ("independence", "living", "review", "urls"),
    ("examples",),
    ("report",),
    ("views", "views.names"),
    ("mentions",),
    ("views.rows", "views.dates"),
    ("views.backlinks",),
    ("views.excerpts",),
    ("views.library",),
    ("views.shelf",),
    ("views.reading",),
    ("guesses", "dangling", "rules"),
    ("history.paths",),
    ("history.facts",),
    ("history.changes",),
    ("history.apply",),
    ("history.versions",),
    ("history.published",),
    ("history",),
    ("markup",),
    ("pictures",),
    ("views.alphabet", "views.difference", "views.renames", "views.withdrawn"),
    ("views.paging",),
    ("views.portions",),
    ("views.parts",),
    ("views.sections", "views.facets", "views.key_figures", "views.neighbours"),
    ("views.history",),
    ("views.versions",),
    ("views.citing", "views.card"),
    ("views.briefing", "views.entities", "views.timeline", "views.indexes", "views.listings", "views.changes", "views.concerns"),
    ("views.home",),
    ("outputs.file",),
    ("outputs.pieced",),
    ("outputs.values", "outputs.feed", "outputs.citation"),
    ("outputs.bibtex", "outputs.csl"),
    (
        "outputs.computed",
        "outputs.api_schema",
        "outputs.csvw",
        "outputs.atom",
        "outputs.json_feed",
        "outputs.feed_html",
        "outputs.robots",
        "outputs.link_pictures",
        "outputs.jsonld_nodes",
    ),
    ("outputs.feed_entries",),
    ("outputs.api", "outputs.tables", "outputs.feeds", "outputs.jsonld_sheet", "outputs.citations"),
    ("outputs.geojson", "outputs.jsonld"),
    ("outputs.alternates",),
    ("outputs", "outputs.guide"),
    ("titles", "drawing", "quotable", "templates"),
    ("page",),
    ("record_pages", "list_pages"),
    ("pages",),
    ("render", "standalone"),
    ("cards", "light"),
    ("impact", "pipeline", "listing", "comparison"),
    ("kept_values", "disk", "hashing"),
    ("database",),
    ("cache", "forked", "quick_markdown", "quick_links", "progress", "policy"),
    ("ledger_entries",),
    ("fingerprint", "ledger", "compiled"),
    ("shelf", "questions"),
    ("update",),
    ("units", "content"),
    ("site_builder", "judgement"),
    ("search.files",),
    ("search.form",),
    ("search.merging", "search.guard"),
    ("search.pagefind", "search.facets"),
    ("search.state", "search.kept"),
    ("search.second", "search.whole"),
    ("search.meanwhile",),
    ("search", "preview", "preview_server", "watching", "export", "formats", "schema", "git", "entries", "digest"),
    ("site_tree",),
    ("spare_site",),
    ("publish", "forms", "amend", "terminal"),
    ("finished", "exit_status"),
    ("mkdocs_settings",),
    ("mkdocs_html", "mkdocs_files", "mkdocs_faults", "mkdocs_preview", "mkdocs_theme"),
    ("mkdocs_plugin",),
    ("mkdocs_run",),
    ("cli",),
    ("__main__",),
)
"""Each module may import from the stages before its own, and from no other. Pictures are drawn by a package that stands alone."""
PLACE = {module: number for number, stage in enumerate(STAGES) for module in stage}
OUTPUTS = (
    "cache",
    "database",
    "disk",
    "hashing",
    "compiled",
    "progress",
    "forked",
    "fingerprint",
    "ledger",
    "shelf",
    "update",
    "content",
    "site_builder",
    "judgement",
    "search",
    "search.files",
    "search.form",
    "search.pagefind",
    "search.guard",
    "search.facets",
    "search.merging",
    "search.kept",
    "search.state",
    "search.second",
    "search.whole",
    "search.meanwhile",
    "preview",
    "preview_server",
    "watching",
    "export",
    "formats",
    "schema",
    "site_tree",
    "spare_site",
    "publish",
    "forms",
    "git",
    "entries",
    "digest",
    "amend",
    "terminal",
    "exit_status",
    "mkdocs_faults",
    "mkdocs_files",
    "mkdocs_html",
    "mkdocs_plugin",
    "mkdocs_preview",
    "mkdocs_run",
    "mkdocs_settings",
    "mkdocs_theme",
    "cli",
    "__main__",
)
"""What comes after the pipeline. Everything else is values in, values out."""

THE_BRIDGE = {"mkdocs_faults", "mkdocs_files", "mkdocs_html", "mkdocs_plugin", "mkdocs_preview", "mkdocs_run", "mkdocs_theme"}
THE_BRIDGE |= {"mkdocs_settings", "quick_markdown", "quick_links"}
ONLY_THE_BRIDGE = {"mkdocs", "material", "markdown", "pymdownx"}
"""The extensions of Python-Markdown, which the bridge names to MkDocs, know the second last too."""
MAY_READ = {
    "load": {"open", "read", "scandir", "is_dir", "is_symlink", "stat"},
    "loose_files": {"open", "scandir", "is_dir", "is_symlink", "stat"},
}
FILE_CALLS = frozenset(
    """open read read_text read_bytes write write_text write_bytes mkdir makedirs unlink remove rename rmtree rmdir touch copy copyfile copytree move
    chmod symlink_to hardlink_to scandir listdir iterdir glob rglob walk stat exists is_dir is_file is_symlink resolve""".split()  # noqa: SIM905 - a list of names
)
IMPURE = {
    "time",
    "random",
    "locale",
    "secrets",
    "uuid",
    "socket",
    "tempfile",
    "subprocess",
    "threading",
    "urllib.request",
    "http",
    "shutil",
    "glob",
    "platform",
}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for file in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(file.relative_to(PACKAGE).with_suffix("").parts).removesuffix("__init__").removesuffix(".")
        if name:
            yield name, ast.parse(file.read_text(encoding="utf-8"))


TREES = dict(modules())
PLACE |= {name: PLACE["pictures"] for name in TREES if name.startswith("pictures.")}


def imported(name: str, tree: ast.AST) -> Iterator[str]:
    """Full names of what a module imports: our own begin with `generator`."""
    package = f"generator.{name}".split(".")
    if not (PACKAGE.joinpath(*name.split("."), "__init__.py")).is_file():
        package = package[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            whole = ".".join([*base, node.module] if node.module else base)
            for alias in node.names:
                inner = f"{whole}.{alias.name}"
                yield inner if inner.removeprefix("generator.") in TREES else whole


def own_imports(name: str) -> set[str]:
    return {full.removeprefix("generator.") for full in imported(name, TREES[name]) if full.startswith("generator.")}


def test_every_module_has_a_place() -> None:
    assert set(TREES) | {"pictures"} == set(PLACE)


def is_picture(*names: str) -> bool:
    return all(name.partition(".")[0] == "pictures" for name in names)


def test_pictures_stand_alone() -> None:
    """They draw what they are given: no record, address or template is known to them. Nor do they go in circles."""
    for name in TREES:
        if is_picture(name):
            assert {other for other in own_imports(name) if not is_picture(other)} <= {"errors", "edtf"}
    waiting = {name: {other for other in own_imports(name) if is_picture(other)} for name in TREES if is_picture(name)}
    while waiting:
        free = {name for name, needs in waiting.items() if not needs & waiting.keys()}
        assert free, f"these import each other: {sorted(waiting)}"
        waiting = {name: needs for name, needs in waiting.items() if name not in free}


@pytest.mark.parametrize("name", sorted(TREES))
def test_imports_come_from_earlier_stages(name: str) -> None:
    late = {other for other in own_imports(name) if PLACE[other] >= PLACE[name] and not is_picture(name, other)}
    assert not late, f"{name} imports {', '.join(sorted(late))}, which come later"


@pytest.mark.parametrize("name", sorted(set(TREES) - THE_BRIDGE))
def test_only_the_bridge_knows_the_site_builder(name: str) -> None:
    assert not {full.partition(".")[0] for full in imported(name, TREES[name])} & ONLY_THE_BRIDGE


def test_the_pipeline_runs_without_the_site_builder() -> None:
    """Also at run time: nothing that makes pages pulls the builder in by another way."""
    code = "import generator.pipeline, generator.export, generator.schema, generator.forms, sys; print(sorted({'mkdocs', 'material', 'markdown'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"


def calls(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node.func.attr
            elif isinstance(node.func, ast.Name):
                yield node.func.id


@pytest.mark.parametrize("name", sorted(set(TREES) - set(OUTPUTS)))
def test_only_load_reads_and_only_the_last_stages_write(name: str) -> None:
    # Maps are drawn from data of the package's own.
    allowed = {"read", "read_bytes", "read_text"} if is_picture(name) else MAY_READ.get(name, set())
    assert set(calls(TREES[name])) & FILE_CALLS <= allowed


@pytest.mark.parametrize("name", sorted(set(TREES) - set(OUTPUTS)))
def test_pages_depend_on_nothing_but_the_content(name: str) -> None:
    """No clock, chance, locale, process or network on the way from records to pages."""
    assert not set(imported(name, TREES[name])) & IMPURE
    names = {node.attr for node in ast.walk(TREES[name]) if isinstance(node, ast.Attribute)}
    assert not names & {"environ", "getenv", "now", "utcnow", "today", "getcwd", "cwd", "home"}


@pytest.mark.parametrize("name", sorted(TREES))
def test_no_module_rebinds_its_names(name: str) -> None:
    assert not [node for node in ast.walk(TREES[name]) if isinstance(node, ast.Global)]


def tables() -> dict[str, str]:
    """What every list, dict and set of our modules holds."""
    return {
        f"{name}.{key}": repr(sorted(map(repr, value.items() if isinstance(value, dict) else value)))
        for name in TREES
        if name != "__main__"
        for key, value in vars(importlib.import_module(f"generator.{name}")).items()
        if isinstance(value, dict | list | set) and not key.startswith("__")
    }


def test_no_module_remembers_anything() -> None:
    """Two runs leave every table of the package as it was, and give the same pages."""
    before = tables()
    project = Project(Path(BASE), ROOT / "site_templates", "Name")
    assert build_pages(project) == build_pages(project)
    assert tables() == before
