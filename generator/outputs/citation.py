"""How a sheet or one of its claims is cited, in words.

A citation leads to the state that it was made of, as far as that has an address. The site stands as the author: a sheet's
editors are not named, and a speaker did not write how the sheet puts what they said.
"""

from __future__ import annotations

from ..views.citing import CitedSource, Said, Work
from .file import Site


def sentence(work: Work, site: Site) -> str:
    """The whole citation, for a note or a text. Without an address when it is not known where the site stands."""
    sheet = f"“{_inner_quotes(work.sheet)}”, {site.name}"
    address = [site.page(work.permanent)] if site.url else []
    if work.said:
        claim = f"{_speakers(work.said)}, {work.said.on.words}: {_words(work.said)} ({work.said.status})."
        return ", ".join([f"{claim} As given in {sheet}", f"as of {work.as_of.words}", *address])
    changed = [f"last changed {work.changed.words}"] if work.changed else []
    seen = f"sources looked at up to {work.as_of.words}."
    return " ".join([", ".join([sheet, f"first published {work.published.words}", *changed, seen]), *address])


def title(work: Work) -> str:
    """What a list of references prints: for a claim, never its words without who said so, and when."""
    if not work.said:
        return work.sheet
    return f"{', '.join(work.said.by)}, {work.said.on.words}: {_words(work.said)}"


def _words(said: Said) -> str:
    return said.words.removesuffix(".")


def _speakers(said: Said) -> str:
    manner = "; ".join(_manner(said))
    return f"{', '.join(said.by)} ({manner})" if manner else ", ".join(said.by)


def _manner(said: Said) -> list[str]:
    """In what role a claim was made, and how."""
    return [part for part in (said.role, f"channel: {said.channel}" if said.channel else None) if part]


def note(work: Work) -> str:
    """What no field of a reference manager has a place for."""
    changed = f", last changed {work.changed.words}" if work.changed else ""
    stood = f"First published {work.published.words}{changed}; sources looked at up to {work.as_of.words}"
    if not work.said:
        return f"{stood}."
    manner = "".join(f"{part[:1].upper()}{part[1:]}. " for part in _manner(work.said))
    rests = "; ".join(_source(source) for source in work.said.sources)
    return f"{manner}Status: {work.said.status}. Rests on: {rests}. {stood}."


def _source(source: CitedSource) -> str:
    """A source in a line."""
    dated = f", {source.date.words}" if source.date else ""
    where = f" ({source.locator})" if source.locator else ""
    return f"{source.publisher}: {source.title}{dated}{where}"


def _inner_quotes(text: str) -> str:
    return text.replace("“", "‘").replace("”", "’")
