"""A page before it is written out."""

from __future__ import annotations

from dataclasses import dataclass, field

from .outputs.alternates import Alternate
from .outputs.link_pictures import Card
from .records import Kind
from .urls import Target
from .views.facets import Facets
from .views.history import ChangeView


@dataclass(frozen=True, slots=True)
class Page:
    """A page before it is written out.

    Attributes:
        uri: its Markdown file, from the site's root.
        template: the file in `site_templates/pages/`.
        title: for the browser's title bar and the search; plain text.
        description: one plain sentence for search engines; may be empty.
        view: what the template shows.
        edit_file: the YAML file to edit, from the content folder; None for pages made of many.
        updated: ISO day of the last change, of the record or of what the page shows of others; None where no record knows one.
        kind: the kind of record for the search's filter; None keeps the page out of the search.
        facets: what else the search can sort it out by.
        wide: whether it takes the room of the page's own contents list too.
        moved: where to, for an address that a record had before.
        at_rest: whether the page is kept for those who have its address, and for no search or list.
        history: entries of the record's history, newest first.
        alternates: what the page can be had as.
        published: ISO day on which it was first published; None when there is none.
        jsonld: what stands there as linked data, in JSON that is safe inside a page; may be empty.
        card: its picture for links to it; None for the site's.
    """

    uri: str
    template: str
    title: str
    description: str
    view: object
    edit_file: str | None = None
    updated: str | None = None
    kind: Kind | None = None
    facets: Facets = field(default_factory=dict)
    wide: bool = False
    moved: Target | None = None
    at_rest: bool = False
    history: tuple[ChangeView, ...] = ()
    alternates: tuple[Alternate, ...] = ()
    published: str | None = None
    jsonld: str = ""
    card: Card | None = None
