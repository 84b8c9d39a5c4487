"""What an edit did, in plain words: a sentence, lines for a terminal, HTML for the page of a pull request."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from .comparison import Comparison, Edit
from .errors import printable
from .views.history import FieldChange
from .wording import counted, from_where_they_differ, shortened

NOTHING = "Nothing that readers see changed."
LENGTH = 160
"""Characters of a value that are shown on a line."""
VERBS = {"correction": "corrected", "update": "updated", "clarification": "clarified", "withdrawal": "withdrawn"}
ORDER = ("withdrawn", "removed", "corrected", "updated", "clarified", "changed", "added")
"""What was done to a part of which several things can be said: the first of these."""
_PART = re.compile(r"([a-z_]+)s\[([^\[\]]+)\]")


def summary(found: Comparison) -> str:
    """Such as `1 claim corrected, 1 source added; 3 pages changed, 1 new; 2 feeds`."""
    if not found:
        return NOTHING
    facts = Counter(fact for edit in found.edits for fact in _facts(edit))
    said = [f"{counted(count, noun)} {verb}" for (noun, verb), count in facts.items()]
    numbers = ((len(found.changed), "changed"), (len(found.added), "new"), (len(found.removed), "gone"))
    pages = [f"{count} {word}" for count, word in numbers if count]
    if pages:
        first = int(pages[0].split()[0])
        pages[0] = pages[0].replace(" ", " page " if first == 1 else " pages ", 1)
    return "; ".join(
        filter(None, [", ".join(said), ", ".join(pages) or "no page changed", counted(found.feeds, "feed") if found.feeds else ""])
    )


def _facts(edit: Edit) -> Iterator[tuple[str, str]]:
    """Each thing that an edit touched, and what was done to it."""
    if edit.how != "changed":
        yield edit.kind, edit.how
        return
    done: dict[tuple[str, str], set[str]] = {}
    for field in edit.fields:
        part = _PART.findall(field.path)
        done.setdefault(part[-1] if part else (edit.kind, ""), set()).add(_verb(edit, field))
    for (noun, _), verbs in done.items():
        yield noun, min(verbs, key=ORDER.index)
    if edit.entries:
        yield from [("entry", "added")] * edit.entries


def _verb(edit: Edit, field: FieldChange) -> str:
    if field.path.endswith("withdrawn") and field.after:
        return "withdrawn"
    if field.path.endswith("]") and not field.path.endswith("[]"):
        if field.before is None:
            return "added"
        if field.after is None:
            return "removed"
    told = (edit.told or {}).get(field.path)
    return VERBS[told] if told else "changed"


def as_lines(found: Comparison, most: int | None = None) -> Iterator[str]:
    """The sentence, then each fact from its old value to its new one, then each page.

    Args:
        found: what differs.
        most: of facts and of pages, no more than so many.
    """
    yield summary(found)
    facts = [f"  {edit.record.text}{words}" for edit in found.edits for words in _edit_lines(edit)]
    pages = [f"  {address}{word}" for address, word in _pages(found)]
    for lines in (facts, pages):
        yield from (printable(line) for line in lines[:most])
        if most is not None and len(lines) > most:
            yield f"  … and {len(lines) - most} more"


def _edit_lines(edit: Edit) -> Iterator[str]:
    if edit.how != "changed":
        yield f": {edit.how}"
    for field in edit.fields:
        before, after = _both(field)
        yield f": {_label(field)}{before or 'nothing'} → {after or 'nothing'}"
    if edit.entries:
        yield f": {counted(edit.entries, 'entry')} added"


def _label(field: FieldChange) -> str:
    return "".join(f"{part}: " for part in (field.target and _cut(field.target.text), field.name) if part)


def _both(field: FieldChange) -> tuple[str | None, str | None]:
    """A field's values, short, and so that it shows in what they differ."""
    before, after = field.before, field.after
    if before is not None and after is not None:
        before, after = from_where_they_differ(" ".join(before.split()), " ".join(after.split()), LENGTH)
    return before and _cut(before), after and _cut(after)


def _cut(text: str) -> str:
    return shortened(text, LENGTH)


def _pages(found: Comparison) -> Iterator[tuple[str, str]]:
    yield from ((address, "") for address in found.changed)
    yield from ((address, ", new") for address in found.added)
    yield from ((address, ", gone") for address in found.removed)


def as_html(found: Comparison, most: int) -> str:
    """The same for a page that takes HTML, such as the summary of a workflow on GitHub, which reads no Markdown inside it.

    Args:
        found: what differs.
        most: of facts and of pages, no more than so many.
    """
    lines = ["<h2>What readers will see</h2>", f"<p><strong>{_html(summary(found))}</strong></p>"]
    left = most
    for edit in found.edits:
        if left <= 0:
            lines.append("<p>… and more.</p>")
            break
        lines.append(f"<h3>{_html(edit.record.text)}</h3>")
        lines += _list([*_edit_items(edit)], left)
        left -= max(1, len(edit.fields))
    pages = [f"<code>{_html(address)}</code>{word}" for address, word in _pages(found)]
    if pages:
        lines += [f"<details><summary>{counted(len(pages), 'page')}</summary>", *_list(pages, most), "</details>"]
    return "\n".join(lines) + "\n"


def _list(items: Sequence[str], most: int) -> list[str]:
    shown = [f"<li>{item}</li>" for item in items[:most]]
    if len(items) > most:
        shown.append(f"<li>… and {len(items) - most} more</li>")
    return ["<ul>", *shown, "</ul>"]


def _edit_items(edit: Edit) -> Iterator[str]:
    if edit.how != "changed":
        yield edit.how.capitalize()
    for field in edit.fields:
        before, after = _both(field)
        gone = f"<del>{_html(before)}</del>" if before else "nothing"
        came = f"<ins>{_html(after)}</ins>" if after else "nothing"
        yield f"{_html(_label(field))}{gone} → {came}"
    if edit.entries:
        yield f"{counted(edit.entries, 'entry')} added"


def _html(text: str) -> str:
    """On one line: an empty one would end the HTML."""
    return html.escape(" ".join(printable(text).split()))
