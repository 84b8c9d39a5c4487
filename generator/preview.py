"""What the preview shows while the content is broken."""

from __future__ import annotations

from collections.abc import Sequence

from . import markup
from .errors import Problem, printable

SHOWN = 50


def problems_page(problems: Sequence[Problem]) -> str:
    """The problems as a Markdown page. It goes away by itself once they are mended and the page reloads."""
    count = len(problems)
    lines = [
        f"# {count} problem{'' if count == 1 else 's'} in the content",
        "",
        "The preview shows your pages again as soon as this is mended.",
        "",
    ]
    for problem in problems[:SHOWN]:
        lines += [_item(problem), ""]
    if count > SHOWN:
        lines.append(f"… and {count - SHOWN} more.")
    return "\n".join(lines) + "\n"


def _item(problem: Problem) -> str:
    where = markup.escape(f"{problem.path}, line {problem.line}, column {problem.col}")
    field = f" ({markup.escape(problem.field)})" if problem.field else ""
    said = [f"    - {label}: {markup.escape(printable(text))}" for label, text in
            (("Found", problem.found), ("Expected", problem.expected), ("Try", problem.hint)) if text]  # fmt: skip
    return "\n".join([f"- **{where}**{field}", "", *said])
