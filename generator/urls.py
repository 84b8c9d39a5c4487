"""Where every page is. All links between pages are made here.

A page's address is its Markdown file's path, `places/rawa.md`; builders turn it into `/places/rawa/`.
Links are relative `.md` links, which MkDocs checks and resolves.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from .kinds import FOLDERS, Kind

HOME = "index.md"
TIMELINE = "timeline.md"
MAP = "map.md"
CHANGES = "changes.md"
SEARCH = "search.md"
DATA = "data.md"
YEARS = "years/index.md"
STATUSES = "statuses/index.md"


@dataclass(frozen=True, slots=True)
class Target:
    """Something to link to: the words of the link, the page, and the place on it.

    Attributes:
        text: plain words, not escaped.
        uri: the page's Markdown file, from the site's root.
        anchor: the place on the page, without `#`; empty for the whole page.
        lang: the language of the words, when not the site's own.
    """

    text: str
    uri: str
    anchor: str = ""
    lang: str = ""


def record_uri(kind: Kind, record_id: str) -> str:
    """The page of a record."""
    return f"{FOLDERS[kind]}/{record_id}.md"


def record_id_of(uri: str) -> str:
    """Whose page it is."""
    return posixpath.basename(uri).removesuffix(".md")


def index_uri(kind: Kind) -> str:
    """The page that lists all records of a kind."""
    return f"{FOLDERS[kind]}/index.md"


def year_uri(year: int) -> str:
    """The page that lists what tells of a year: `years/2017.md`."""
    return f"years/{year}.md"


def status_uri(status: str) -> str:
    """The page that lists where claims of a status are: `statuses/disputed.md`."""
    return f"statuses/{status}.md"


def version_uri(briefing_id: str, version: str) -> str:
    """A sheet as it stood: `briefings/rawa/at/2021-05-06.md`; `first` is as it was first published."""
    return f"{FOLDERS['briefing']}/{briefing_id}/at/{version}.md"


def cite_uri(briefing_id: str) -> str:
    """How to cite a sheet and its claims: `briefings/rawa/cite.md`."""
    return f"{FOLDERS['briefing']}/{briefing_id}/cite.md"


def cite_file(briefing_id: str, ending: str) -> str:
    """The same for reference managers: `briefings/rawa/cite.bib`."""
    return cite_uri(briefing_id).removesuffix("md") + ending


def card_uri(briefing_id: str, claim_id: str, version: str = "") -> str:
    """A claim to be shown on another page: `embed/rawa/taken.md`; as it stood, `embed/rawa/taken/at/2021-05-06.md`."""
    return f"embed/{briefing_id}/{claim_id}{f'/at/{version}' if version else ''}.md"


def light_uri(briefing_id: str) -> str:
    """A sheet in one small file: `light/rawa.md`."""
    return f"light/{briefing_id}.md"


def paged_uri(uri: str, number: int) -> str:
    """A page of a list whose first page is at `uri`: `places/page/2.md`, `changes/page/2.md`."""
    return uri if number == 1 else f"{uri.removesuffix('.md').removesuffix('/index')}/page/{number}.md"


def section_uri(kind: Kind, record_id: str, section: str, number: int) -> str:
    """A page of a record's long list: `places/rawa/claims/2.md`; page 0 is the record's own. No id has a `/`, nor is a list named by a number."""
    return f"{FOLDERS[kind]}/{record_id}/{section}/{number}.md" if number else record_uri(kind, record_id)


def record_file(kind: Kind, record_id: str) -> str:
    """The YAML file of a record, from the content folder."""
    return f"{FOLDERS[kind]}/{record_id}.yaml"


def relative(from_uri: str, target: Target) -> str:
    """The link from one page to a target: `../places/rawa.md#map`, or `#map` on the page itself."""
    if target.uri == from_uri and target.anchor:
        return f"#{target.anchor}"
    path = way(posixpath.dirname(from_uri), target.uri)
    return f"{path}#{target.anchor}" if target.anchor else path


def published(from_uri: str, target: Target) -> str:
    """The same for HTML that builders pass through unread: `../../places/rawa/#map`, from page to published page."""
    if target.uri == from_uri and target.anchor:
        return f"#{target.anchor}"
    path = way(page_path(from_uri), page_path(target.uri)) + "/"
    return f"{path}#{target.anchor}" if target.anchor else path


def way(folder: str, path: str) -> str:
    """The path as seen from a folder, like `posixpath.relpath`, which is slower: it asks where the process is."""
    here, there = [name for name in folder.split("/") if name], [name for name in path.split("/") if name]
    shared = 0
    while shared < len(here) and shared < len(there) and here[shared] == there[shared]:
        shared += 1
    return "/".join([*[".."] * (len(here) - shared), *there[shared:]]) or "."


def page_path(uri: str) -> str:
    """The published address of a page, from the site's root: `/places/rawa/`."""
    stem = uri.removesuffix(".md")
    stem = stem.removesuffix("index") if stem == "index" or stem.endswith("/index") else stem + "/"
    return f"/{stem}"
