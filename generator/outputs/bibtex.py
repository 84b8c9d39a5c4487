"""A citation as BibTeX, for the older styles and for biblatex.

Values are text: what TeX would take for more is written as the command for it. A brace counts for BibTeX even behind a
backslash, so one without its other half is written by name.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from ..edtf import Edtf
from ..views.citing import Work
from .citation import note, title
from .file import Site

_COMMANDS = str.maketrans(
    {
        "\\": r"{\textbackslash}",
        "%": r"\%",
        "&": r"\&",
        "#": r"\#",
        "$": r"\$",
        "_": r"\_",
        "~": r"{\textasciitilde}",
        "^": r"{\textasciicircum}",
    }
)
# In one pass with the others: the commands have backslashes and braces of their own.
_IN_PAIRS = _COMMANDS | str.maketrans({"{": r"\{", "}": r"\}"})
_BY_NAME = _COMMANDS | str.maketrans({"{": r"{\textbraceleft}", "}": r"{\textbraceright}"})
_BRACE = re.compile("[{}]")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def entry(work: Work, site: Site) -> str:
    """One entry. The outer braces of a field end it; the inner ones keep its capitals and, of a name, its words together."""
    fields = {
        "author": f"{{{escape(site.name)}}}",
        "title": f"{{{escape(title(work))}}}",
        **({"howpublished": escape(f"As given in “{work.sheet}”")} if work.said else {}),
        **_issued(work.issued),
        "version": work.version,
        "url": _address(site.page(work.permanent)),
        "note": escape(note(work)),
        "language": "english",
    }
    lines = [f"  {name} = {value if name == 'month' else f'{{{value}}}'},\n" for name, value in fields.items()]
    return f"@misc{{{work.key},\n{''.join(lines)}}}\n"


def _issued(day: Edtf) -> dict[str, str]:
    """`date` is biblatex's, the others are for styles that do not know it."""
    assert day.is_exact_day and day.start and day.start.month
    return {"date": day.text, "year": f"{day.start.year:04}", "month": _MONTHS[day.start.month - 1]}


def escape(text: str) -> str:
    """Plain text as the value of a field. Letters of all scripts stay as they are."""
    return text.translate(_IN_PAIRS if _paired(text) else _BY_NAME)


def _paired(text: str) -> bool:
    depth = 0
    for brace in _BRACE.findall(text):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def _address(url: str) -> str:
    """An address is taken as it is, so that only what no address holds needs care."""
    return quote(url, safe="%/:?#@!$&'()*+,;=~.-_[]")
