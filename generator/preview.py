"""What the preview shows while the content is broken."""

from __future__ import annotations

from collections.abc import Iterator

from . import markup
from .errors import printable
from .excerpt import Excerpt
from .report import Entry, Report

SHOWN = 50


def problems_page(report: Report) -> str:
    """The problems as a Markdown page. It goes away by itself once they are mended and the page reloads."""
    count = len(report.problems)
    lines = [
        f"# {count} problem{'' if count == 1 else 's'} in the content",
        "",
        "The preview shows your pages again as soon as this is mended.",
        "",
    ]
    for entry in report.entries:
        # As one piece of HTML, in which nothing is Markdown.
        lines += ["<section>", *_entry(entry), "</section>", ""]
    if report.left_out:
        lines.append(f"… and {report.left_out} more.")
    return "\n".join(lines) + "\n"


def _entry(entry: Entry) -> Iterator[str]:
    problem = entry.problem
    field = f" ({_text(problem.field)})" if problem.field else ""
    yield f"<p><strong>{_text(f'{problem.path}, line {problem.line}, column {problem.col}')}</strong>{field}</p>"
    if entry.here:
        yield _lines(entry.here)
    yield "<ul>"
    for label, said in (("Found", problem.found), ("Expected", problem.expected), ("Try", problem.hint)):
        if said:
            yield f"<li>{label}: {_text(said)}</li>"
    if entry.known:
        known = ", ".join(f"<code>{_text(known.id)}</code>" + (f" ({_text(known.name)})" if known.name else "") for known in entry.known)
        yield f"<li>Known {_text(entry.known_as)}: {known}</li>"
    if entry.alike:
        places = ", ".join(f"{alike.path}, line {alike.line}" for alike in entry.alike)
        yield f"<li>And {len(entry.alike)} more like it: {_text(places)}</li>"
    yield "</ul>"
    if entry.related and problem.related:
        note = problem.related.note[:1].upper() + problem.related.note[1:]
        yield f"<p>{_text(f'{note}, {problem.related.path}, line {problem.related.line}')}:</p>"
        yield _lines(entry.related)
    if entry.mended:
        yield "<p>Mended:</p>"
        yield _lines(*entry.mended)
    if entry.example:
        yield f"<p>{_text(f'As in {entry.example.path}, line {entry.example.line}')}:</p>"
        yield _lines(*entry.example.lines, marked=False)


def _lines(*excerpts: Excerpt, marked: bool = True) -> str:
    """Lines with their numbers, the place in them marked: in a browser, no font has letters of one width for every script."""
    shown = (
        f"{excerpt.number:>4} | " + _text(excerpt.before) + f"<mark>{_text(excerpt.place) or ' '}</mark>" + _text(excerpt.after)
        if marked
        else f"{excerpt.number:>4} | {_text(excerpt.line)}"
        for excerpt in excerpts
    )
    return "<pre><code>" + "\n".join(shown) + "</code></pre>"


def _text(text: str) -> str:
    return markup.escape_verbatim(printable(text))
