"""Pages to Markdown, through the templates.

Whatever a template prints is escaped for Markdown unless it comes from a filter that has made it safe,
so a template cannot forget to escape.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import jinja2
import yaml
from markupsafe import Markup

from . import drawing, markup, quotable
from .edtf import Edtf
from .facets import joined
from .markup import apart, in_language
from .outputs import Site
from .page import Page
from .records import Coordinates, Kind
from .templates import mistakes_told
from .urls import Target, page_path, published, record_uri, relative
from .views.parts import CitationView, EventGroups, FigureView, PlacePoint
from .wording import country_name, language_name, position


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page as another builder takes it: front matter and Markdown, one file."""

    uri: str
    text: str
    edit_file: str | None
    updated: str | None
    at_rest: bool = False
    """Whether it is in no list, the sitemap included."""


def render(pages: Iterable[Page], templates_dir: Path, site: Site) -> list[RenderedPage]:
    """Write out every page.

    Args:
        pages: what to write.
        templates_dir: holds `pages/`, with a template for each kind of page.
        site: as the first page and citations say it.

    Raises:
        ContentError: a template is missing or broken; the problem says where.
    """
    renderer = Renderer(templates_dir, site)
    return [renderer.render(page) for page in pages]


class Renderer:
    """Writes out pages one by one."""

    def __init__(self, templates_dir: Path, site: Site, compiled: jinja2.BytecodeCache | None = None) -> None:
        """Take the folder that holds `pages/`, the site as pages say it, and where compiled templates are kept."""
        self._folder, self._site = templates_dir / "pages", site
        self._environment = _environment(self._folder, site)
        self._environment.bytecode_cache = compiled

    def render(self, page: Page) -> RenderedPage:
        """A page.

        Raises:
            ContentError: its template is missing or broken; the problem says where.
        """
        with mistakes_told(self._folder, page.template, page.uri):
            template = self._environment.get_template(page.template)
            body = template.render(view=page.view, page=page, permalink=_permalink(self._site, page.uri))
        return RenderedPage(page.uri, _front_matter(page) + _tidy(body), page.edit_file, page.updated, page.at_rest)


def _permalink(site: Site, uri: str) -> str:
    """The page's full address; nothing when it is not known where the site will stand."""
    return site.address(page_path(uri)) if site.url else ""


def _front_matter(page: Page) -> str:
    """The page's own settings. Titles are stored as HTML, since themes print them without escaping."""
    fields: dict[str, object] = {
        "title": markup.escape_html(page.title),
        "description": markup.escape_html(page.description) or None,
        "record_kind": page.kind,
        # In the form that the attributes of the page have, for the search.
        "facets": {name: markup.escape_html(joined(values)) for name, values in page.facets.items()},
        # Lists of records stay out of the search; hand-written pages, which lack this, are in it.
        "generated": "true",
        "updated": page.updated,
        "hide": ["toc"] if page.wide else None,
        "at_rest": "true" if page.at_rest else None,
        "alternates": [asdict(alternate) for alternate in page.alternates],
        "moved": page_path(page.moved.uri).lstrip("/") if page.moved else None,
        "published": page.published,
        "card": asdict(page.card) if page.card else None,
        # Already JSON, and safe inside a page: a builder prints it as it is.
        "jsonld": page.jsonld or None,
    }
    kept = {name: value for name, value in fields.items() if value}
    return "---\n" + yaml.dump(kept, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=1_000_000) + "---\n\n"


def _tidy(body: str) -> str:
    """No space at line ends, no more than one blank line, one newline at the end."""
    lines: list[str] = []
    for line in (line.rstrip() for line in body.split("\n")):
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).strip("\n") + "\n"


def _environment(folder: Path, site: Site) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        autoescape=True,
        finalize=_finalize,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # `{#` starts an anchor in Markdown, so comments are `{## … ##}` here.
        comment_start_string="{##",
        comment_end_string="##}",
        auto_reload=False,
    )
    copied = quotable.Quotable(site)
    environment.filters.update(
        link=_link,
        links=_links,
        here=_here,
        there=_there,
        address=_address,
        picture=_picture,
        file=_file,
        prose=_prose,
        line=_prose_line,
        code=_code,
        opening=_opening,
        cites=_cites,
        place_map=_place_map,
        whole_map=_whole_map,
        figures_chart=_figures_chart,
        events_strip=_events_strip,
        language=language_name,
        lang=in_language,
        apart=apart,
        country=country_name,
        position=_position,
        citation=copied.citation,
        bibtex=copied.bibtex,
        csl=copied.csl,
        embed_code=copied.embed_code,
        verbatim=quotable.verbatim,
    )
    environment.globals.update(site_name=site.name, cards=site.cards)
    return environment


def _finalize(value: object) -> Markup:
    """Escape what is printed, once. Dates are printed in words."""
    if isinstance(value, Markup):
        return value
    if value is None:
        return Markup()
    return markup.escape(value.words if isinstance(value, Edtf) else value)


def _page(context: jinja2.runtime.Context) -> Page:
    page = context["page"]
    assert isinstance(page, Page)
    return page


@jinja2.pass_context
def _link(context: jinja2.runtime.Context, target: Target, text: str | None = None) -> Markup:
    """A Markdown link to a target, by its own words or by others."""
    return Markup(_linked(_page(context).uri, target, text))


def _linked(here: str, target: Target, text: str | None = None) -> str:
    # Not by Markup.format, which looks at each part again: these are safe, and they are most of what a page is made of.
    words = markup.escape(text) if text else in_language(target.text, target.lang)
    return f"[{words}]({relative(here, target)})"


@jinja2.pass_context
def _links(context: jinja2.runtime.Context, targets: Iterable[Target]) -> Markup:
    """Several links with commas between."""
    here = _page(context).uri
    return Markup(", ".join(_linked(here, target) for target in targets))


@jinja2.pass_context
def _here(context: jinja2.runtime.Context, target: Target) -> Markup:
    """The address of a target, seen from this page, without words."""
    return Markup(relative(_page(context).uri, target))


@jinja2.pass_context
def _there(context: jinja2.runtime.Context, target: Target) -> Markup:
    """The same for HTML, to what is no page and so has no Markdown file."""
    return Markup(published(_page(context).uri, target))


@jinja2.pass_context
def _picture(context: jinja2.runtime.Context, file: str) -> Markup:
    """The way to a picture of the content, for the brackets of a Markdown link."""
    return Markup(markup.link_address(relative(_page(context).uri, Target("", f"images/{file}"))))


@jinja2.pass_context
def _file(context: jinja2.runtime.Context, path: str) -> Markup:
    """The way to a file of the site that is no page, for the brackets of a Markdown link."""
    return Markup(markup.link_address(relative(_page(context).uri, Target("", path))))


def _address(url: str) -> Markup:
    """A web address for the brackets of a Markdown link."""
    return Markup(markup.link_address(url))


@jinja2.pass_context
def _prose(context: jinja2.runtime.Context, text: str | None) -> Markup:
    """A prose field: its emphasis and links work, nothing else does."""
    here = _page(context).uri

    def record_link(kind: Kind, record_id: str, anchor: str) -> str:
        return relative(here, Target("", record_uri(kind, record_id), anchor))

    return markup.render_prose(text or "", record_link)


@jinja2.pass_context
def _prose_line(context: jinja2.runtime.Context, text: str | None) -> Markup:
    """A prose field on one line, for headings, list items and table cells."""
    return Markup(_prose(context, text).replace("\n\n", " "))


def _code(text: str) -> Markup:
    """Text for programs as it is, in a block of its own.

    It is one line of Markdown, in which no space is tidied away. Who has no mouse scrolls it by its focus.
    """
    shown = markup.escape_verbatim(text).replace("\n", "&#10;")
    return Markup(f'<pre><code tabindex="0">{shown}</code></pre>')


def _opening(date: Edtf) -> str:
    """A date in words at the start of a line: `Between 2 and 3 November 2017`."""
    return date.words[:1].upper() + date.words[1:]


@jinja2.pass_context
def _cites(context: jinja2.runtime.Context, citations: Iterable[CitationView]) -> Markup:
    """Sources as a reader follows them: by number where the page has a list, else by publisher and date."""
    found = list(citations)
    numbered = all(citation.number for citation in found)
    here = _page(context).uri
    return Markup((" " if numbered else ", ").join(_cite(here, citation) for citation in found))


def _cite(here: str, citation: CitationView) -> str:
    if citation.number:
        link = f"[{citation.number}](#ref-{citation.number})"
    else:
        date = f", {citation.source.date.words}" if citation.source.date else ""
        link = _linked(here, citation.target, apart(citation.source.publisher) + date)
    return f"{link} ({markup.escape(citation.locator)})" if citation.locator else link


@jinja2.pass_context
def _place_map(context: jinja2.runtime.Context, points: Sequence[PlacePoint], title: str) -> Markup:
    """A locator map of some places."""
    return drawing.place_map(_page(context).uri, points, title)


@jinja2.pass_context
def _whole_map(context: jinja2.runtime.Context, points: Sequence[PlacePoint], title: str) -> Markup:
    """A map of many places."""
    return drawing.whole_map(_page(context).uri, points, title)


@jinja2.pass_context
def _figures_chart(context: jinja2.runtime.Context, figures: Sequence[FigureView], title: str, unit: str, begins: int = 1) -> Markup:
    """A chart of stated values."""
    return drawing.figures_chart(_page(context).uri, figures, title, unit, begins)


@jinja2.pass_context
def _events_strip(context: jinja2.runtime.Context, groups: EventGroups, title: str) -> Markup:
    """A strip of events in groups."""
    return drawing.events_strip(_page(context).uri, groups, title)


def _position(point: Coordinates) -> str:
    """A place's point in words."""
    return position(point.lat, point.lon)
