"""The command `briefbook`."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from . import digest, edtf, forms, git, impact, review, schema
from .amend import amend
from .anchors import is_the_pages_own
from .cache import LostError
from .catalog import Catalog
from .comparison import Edition, compare, made_of
from .edtf import Edtf
from .errors import UsageError, errors_only, printable
from .exit_status import MEMORY, PROJECT, Commands
from .export import export
from .history import Published, shown_both
from .judgement import Judgement, judgement
from .load import RESERVED_IDS
from .markup import plain
from .pipeline import BrokenContentError, Project, check_now, checked, pages_of, publication
from .progress import Quiet, of_stream
from .publish import publish
from .records import FOLDERS, KINDS, Kind
from .records.base import UPDATE_KINDS
from .records.references import ID_RULE, id_fault, suggested_id
from .terminal import FORMATS, tell
from .wording import counted

# Material prints a notice about its own future on every run; this is its documented switch.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

T = TypeVar("T")
SETTINGS = "mkdocs.yml"
DIFFERENCES = 200
"""So many facts and pages are told on a page; the summary of a workflow takes a megabyte."""


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-C",
    "--project",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder with mkdocs.yml; by default this one or the nearest above.",
)
@click.version_option(package_name="briefbook")
@click.pass_context
def main(ctx: click.Context, project: Path | None) -> None:
    """Fact sheets from YAML records: who said what, when, on what evidence, and what changed since."""
    ctx.obj = project
    for stream in (sys.stdout, sys.stderr):
        # Not every locale has every letter of a record, nor any locale a name that is not UTF-8. What is told of them is told anyway.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _settings_file(project: Path | None) -> Path:
    """The project's mkdocs.yml: in the folder named, or in this one or the nearest above."""
    folders = [project.absolute()] if project else [Path.cwd(), *Path.cwd().parents]
    for folder in folders:
        if (folder / SETTINGS).is_file():
            return folder / SETTINGS
    raise UsageError(f"no {SETTINGS} in {project or 'this folder or above it'}")


def _settings(settings_file: Path) -> Any:
    """Read the project's settings, and remember where its files are."""
    from . import mkdocs_run
    from .mkdocs_settings import cache_of, project_of

    settings = mkdocs_run.load_settings(settings_file)
    click.get_current_context().meta.update({PROJECT: project_of(settings), MEMORY: cache_of(settings)})
    return settings


def _project(project: Path | None) -> Project:
    """Where the site comes from."""
    _settings(_settings_file(project))
    return _source()


def _source() -> Project:
    source: Project = click.get_current_context().meta[PROJECT]
    return source


@contextmanager
def _judged(settings: Any, published: Published | None = None, by: Edtf | None = None) -> Iterator[Judgement]:
    """The records and what is wrong with them, by a day other than that in the settings if need be."""
    from .mkdocs_settings import cache_of

    source = _source()
    with judgement(source, cache_of(settings), of_stream(), published, by or source.review_day) as found:
        yield found


@main.command("check")
@click.option("--against", metavar="REV", help="Hold the records against those of a git revision too: what was published.")
@click.option(
    "--format", "output", type=click.Choice(FORMATS), default="text",
    help="How to print problems: for people, for programs, or as annotations of a pull request.",
)  # fmt: skip
@click.option("--all", "everything", is_flag=True, help="Print every problem, however many there are, and each of them.")
@click.option("--by", metavar="DATE", help="Warn of claims that were to be looked at again before this day.")
@click.option("--today", is_flag=True, help="The same, by the day that the clock says it is.")
@click.pass_obj
def check_command(project: Path | None, against: str | None, output: str, everything: bool, by: str | None, today: bool) -> None:
    """Say everything that is wrong with the records. Changes none of them."""
    settings, published = _settings(_settings_file(project)), None
    source = _source()
    if against is not None:
        published = git.published(source.content_dir, git.find_revision(source.content_dir, against))
    with _judged(settings, published, _day(by, today)) as found:
        if found.problems or output == "json":
            tell(source, found.problems, found.records, output, everything=everything)
        counts = [(len(found.records.of_kind(kind)), kind) for kind in KINDS]
    if errors_only(found.problems):
        sys.exit(1)
    if output == "json":
        return
    told = [*counts, *((found.parts[name], name) for name in ("claim", "figure", "quote", "event"))]
    click.echo("No problems in " + ", ".join(counted(count, name) for count, name in told) + ".")
    if published:
        total, different = len(published.names), len(published.changed)
        click.echo(
            f"Of {total} records published in {published.revision}, {different} changed since, and their entries tell all they must."
        )


def _also_from_nothing(settings_file: Path, make: Callable[[], T]) -> T:
    """Do it again when somebody deleted or damaged what builds remember, or changed a file of the site in its place."""
    from . import mkdocs_run

    try:
        return make()
    except sqlite3.OperationalError:
        raise
    except (LostError, sqlite3.DatabaseError, FileExistsError, IsADirectoryError, NotADirectoryError):
        mkdocs_run.forget(settings_file)
        return make()


@main.command()
@click.option(
    "--site-dir", type=click.Path(file_okay=False, path_type=Path), help="Where to publish; by default as mkdocs.yml says, `site`."
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but what is wrong.")
@click.pass_obj
def build(project: Path | None, site_dir: Path | None, quiet: bool) -> None:
    """Check, render, build, index and publish the site."""
    from . import mkdocs_run
    from .mkdocs_settings import cache_of

    settings_file = _settings_file(project)
    settings = _settings(settings_file)
    target = site_dir or Path(settings.site_dir)
    progress = Quiet() if quiet else of_stream()

    def made() -> int:
        return publish(target, lambda staging: mkdocs_run.build_site(settings_file, staging, progress), progress, cache_of(settings))

    pages = _also_from_nothing(settings_file, made)
    if quiet:
        return
    shown = os.path.relpath(target)
    click.echo(f"Published {pages} pages in {shown if not shown.startswith('..') else target}.")
    click.echo(f"To read them: python3 -m http.server --bind 127.0.0.1 --directory {shown}, then open http://localhost:8000/")


@main.command()
@click.option("--address", metavar="HOST:PORT", help="Where to listen; by default 127.0.0.1:8000.")
@click.pass_obj
def serve(project: Path | None, address: str | None) -> None:
    """Preview the site in a browser; it follows every edit of the records and templates."""
    from . import mkdocs_run

    settings_file = _settings_file(project)
    _also_from_nothing(settings_file, lambda: mkdocs_run.serve_site(settings_file, address))


@main.command("amend")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--kind", type=click.Choice(UPDATE_KINDS), required=True, help="`correction` when what stood there was wrong.")
@click.option("--note", metavar="TEXT", required=True, help="Why, in one sentence.")
@click.option("--against", metavar="REV", help="What was published; by default main as its upstream has it, or else HEAD.")
@click.option("--known", metavar="DATE", help="Since when it was known, where that is earlier.")
@click.option("--at", metavar="DATE", help="The day of the entry; by default today.")
@click.pass_obj
def amend_command(project: Path | None, file: Path, kind: str, note: str, against: str | None, known: str | None, at: str | None) -> None:
    """Tell in a record's history what you changed in it since it was published."""
    content_dir = _project(project).content_dir
    said = {"at": at or date.today().isoformat(), **({"known": known} if known else {}), "kind": kind, "note": note}
    done = amend(content_dir, file, said, against)
    if not done.was_published:
        click.echo(f"{done.path} has never been published: {done.revision} does not have it, so no entry is needed.")
        return
    if not done.changes:
        click.echo(f"{done.path}: nothing changed since {done.revision} that its entries do not tell.")
        return
    click.echo(f"{done.path}: an entry of {said['at']} that tells what changed since {done.revision}:")
    for change in done.changes:
        before, after = shown_both(change.from_, change.to)
        click.echo(f"  {printable(change.path)}: {printable(before)} → {printable(after)}")
    if kind == "withdrawal" and not done.withdraws:
        click.echo(
            "briefbook: warning: nothing in it is withdrawn; say `withdrawn: why` in what no longer stands, and run this again", err=True
        )


def _edition(project: Project, records: Catalog) -> Edition:
    made = publication(project, records)
    return Edition(records, made_of(made.pages, made.files))


@main.command("diff")
@click.option("--against", metavar="REV", help="What was published; by default main as its upstream has it, or else HEAD.")
@click.option("--format", "output", type=click.Choice(("text", "html")), default="text", help="For a terminal, or for a page.")
@click.pass_obj
def diff_command(project: Path | None, against: str | None, output: str) -> None:
    """Say what readers will see of your edits: facts from old to new, and which pages change."""
    source = _project(project)
    revision = git.find_revision(source.content_dir, against)
    now = _edition(source, checked(source))
    with tempfile.TemporaryDirectory(prefix="briefbook-") as folder:
        before = replace(source, content_dir=Path(folder) / source.content_dir.name)
        git.extract(source.content_dir, revision, before.content_dir)
        # It may have what was allowed when it was published.
        published, _ = check_now(before.content_dir, before.content_dir.name)
        found = compare(_edition(before, published), now)
    if output == "html":
        click.echo(digest.as_html(found, DIFFERENCES), nl=False)
        return
    for line in digest.as_lines(found):
        click.echo(line)
    click.echo(f"Compared with {revision.name}.", err=True)


@main.command("impact")
@click.argument("name")
@click.pass_obj
def impact_command(project: Path | None, name: str) -> None:
    """Say what becomes of the site if a record or a claim changes, and what it loses if that goes.

    NAME is an id such as `rawa`, `place:rawa` where several kinds have it, a file, or `sheet#claim` for a claim.
    """
    source = _project(project)
    records = checked(source)
    subject = impact.find(records, name)
    with_another_name = impact.renamed(records, subject)
    found = compare(
        Edition(records, made_of(pages_of(source, records))), Edition(with_another_name, made_of(pages_of(source, with_another_name)))
    )
    for line in impact.told(records, subject, (*found.changed, *found.added)):
        click.echo(line)


@main.command("due")
@click.option("--by", metavar="DATE", help="Only what is to be looked at again by this day.")
@click.option("--today", is_flag=True, help="The same, by the day that the clock says it is.")
@click.pass_obj
def due_command(project: Path | None, by: str | None, today: bool) -> None:
    """List the claims that are to be looked at again, the most urgent first."""
    with _judged(_settings(_settings_file(project))) as known:
        if errors_only(known.problems):
            raise BrokenContentError(known.problems, known.records)
        day = _day(by, today) or _source().review_day
        found = review.due(known.records, day)
        for item in found:
            document = item.loaded.document
            line = document.mark(("claims", item.index, "review_by")).line
            click.echo(f"{item.by.text}  {document.path}:{line}: {item.claim.id}: {printable(plain(item.claim.text))}")
    until = f" by {day.words}" if day else ""
    click.echo(f"{counted(len(found), 'claim')} to look at again{until}.", err=True)


def _day(by: str | None, today: bool) -> Edtf | None:
    """The day that the two options name."""
    if by is not None and today:
        raise UsageError("--by and --today: one day is enough")
    if today:
        by = date.today().isoformat()
    try:
        return edtf.parse(by) if by is not None else None
    except edtf.EdtfError as error:
        raise UsageError(f"--by: {error}") from None


@main.command()
@click.argument("kind", type=click.Choice([*KINDS, *forms.PARTS]), metavar="KIND")
@click.argument("record_id", metavar="ID")
@click.pass_obj
def new(project: Path | None, kind: str, record_id: str) -> None:
    """Write a commented record to fill in; or print a part of a briefing, to paste into one.

    KIND of a record: briefing, place, actor, person, source or measure.
    Of a part: front, claim, figure, quote, event, photo, disagreement or unknown.
    """
    from . import mkdocs_run

    chosen = cast(Kind, kind)
    is_part = kind in forms.PARTS
    is_taken = is_the_pages_own(record_id) if is_part else record_id in RESERVED_IDS
    fault = "a name the system keeps for itself" if is_taken else id_fault(record_id)
    if fault:
        near = f"the-{record_id}" if is_taken else suggested_id(record_id)
        raise UsageError(f"the id `{record_id}` has {fault}; an id is {ID_RULE}" + (f"; did you mean `{near}`?" if near else ""))
    if is_part:
        click.echo(forms.part_form(kind, record_id), nl=False)
        return
    settings_file = _settings_file(project)
    file = Path(mkdocs_run.load_settings(settings_file).docs_dir) / FOLDERS[chosen] / f"{record_id}.yaml"
    if file.exists():
        raise UsageError(f"{file} exists already")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(forms.form(chosen, record_id), encoding="utf-8")
    _write_schemas(settings_file)
    click.echo(f"Wrote {os.path.relpath(file)}. Fill it in, then run: briefbook check")


def _write_schemas(settings_file: Path) -> list[Path]:
    """The schemas with the ids of the records that there are, whatever else is wrong with them."""
    with _judged(_settings(settings_file)) as found:
        return schema.write_schemas(settings_file.parent, found.records)


@main.command("schema")
@click.option("--write", is_flag=True, help="Write one file per kind into schema/, where the first line of each record points.")
@click.argument("kind", type=click.Choice(KINDS), required=False)
@click.pass_obj
def schema_command(project: Path | None, write: bool, kind: str | None) -> None:
    """Print the JSON Schema of a kind of record, or of all."""
    if write:
        for file in _write_schemas(_settings_file(project)):
            click.echo(os.path.relpath(file))
    elif kind:
        click.echo(schema.schema_text(schema.schema(cast(Kind, kind))), nl=False)
    else:
        click.echo(json.dumps({each: schema.schema(each) for each in KINDS}, indent=2, ensure_ascii=False))


@main.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.pass_obj
def export_command(project: Path | None, folder: Path) -> None:
    """Write the Markdown and its MkDocs settings, for any other builder."""
    from . import mkdocs_run

    settings_file = _settings_file(project)
    source = _project(project)
    count = export(
        folder, publication(source, checked(source)), source.content_dir, source.templates_dir, mkdocs_run.export_settings(settings_file)
    )
    click.echo(f"Wrote {count} files for another builder to {folder}.")
