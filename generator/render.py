"""Pages to Markdown, through the templates.

Whatever a template prints is escaped for Markdown unless it comes from a filter that has made it safe,
so a template cannot forget to escape.
"""

from __future__ import annotations

import traceback
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import jinja2
import yaml
from markupsafe import Markup

from . import drawing, markup
from .edtf import Edtf
from .errors import ContentError, Problem
from .outputs import Site
from .pages import Page
from .records import Coordinates, Kind
from .urls import Target, page_path, record_uri, relative
from .views.parts import CitationView, EventGroups, FigureView, PlacePoint
from .wording import country_name, language_name, position


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page as another builder takes it: front matter and Markdown, one file."""

    uri: str
    text: str
    edit_file: str | None
    updated: str | None


SITE_LANGUAGE = "en"
"""The language of the templates."""


def render(pages: Iterable[Page], templates_dir: Path, site: Site) -> list[RenderedPage]:
    """Write out every page.

    Args:
        pages: what to write.
        templates_dir: holds `pages/`, with a template for each kind of page.
        site: as the first page and citations say it.

    Raises:
        ContentError: a template is missing or broken; the problem says where.
    """
    environment = _environment(templates_dir / "pages", site.name)
    rendered = []
    for page in pages:
        try:
            body = environment.get_template(page.template).render(view=page.view, page=page, permalink=_permalink(site, page.uri))
        except jinja2.TemplateSyntaxError as error:
            name = error.name or page.template
            raise ContentError([_template_problem(templates_dir, name, error.lineno, error.message or "broken")]) from error
        except jinja2.TemplateNotFound as error:
            line, name = _line_in_template(error, page.template)
            raise ContentError([_template_problem(templates_dir, name, line, f"no template `{error.name}`")]) from error
        except _MISTAKES as error:
            line, name = _line_in_template(error, page.template)
            raise ContentError([_template_problem(templates_dir, name, line, f"{error} (while writing {page.uri})")]) from error
        rendered.append(RenderedPage(page.uri, _front_matter(page) + _tidy(body), page.edit_file, page.updated))
    return rendered


def _permalink(site: Site, uri: str) -> str:
    """The page's full address; nothing when it is not known where the site will stand."""
    return site.address(page_path(uri)) if site.url else ""


_MISTAKES = (jinja2.TemplateError, ArithmeticError, AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError)
"""What a template can bring about."""


def _template_problem(templates_dir: Path, name: str, line: int, message: str) -> Problem:
    return Problem(f"{templates_dir.name}/pages/{name}", line, 1, "", message, "a template that Jinja can use")


def _line_in_template(error: BaseException, fallback: str) -> tuple[int, str]:
    """Where in a template an error arose: the innermost template frame of its traceback."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename.endswith(".j2"):
            return frame.lineno or 1, Path(frame.filename).name
    return 1, fallback


def _front_matter(page: Page) -> str:
    """The page's own settings. Titles are stored as HTML, since themes print them without escaping."""
    fields: dict[str, object] = {
        "title": markup.escape_html(page.title),
        "description": markup.escape_html(page.description) or None,
        "record_kind": page.kind,
        # Lists of records stay out of the search; hand-written pages, which lack this, are in it.
        "generated": "true",
        "updated": page.updated,
        "hide": ["toc"] if page.wide else None,
        "at_rest": "true" if page.at_rest else None,
        "alternates": [asdict(alternate) for alternate in page.alternates],
        "moved": page_path(page.moved.uri).lstrip("/") if page.moved else None,
    }
    kept = {name: value for name, value in fields.items() if value}
    return "---\n" + yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=1_000_000) + "---\n\n"


def _tidy(body: str) -> str:
    """No space at line ends, no more than one blank line, one newline at the end."""
    lines: list[str] = []
    for line in (line.rstrip() for line in body.split("\n")):
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).strip("\n") + "\n"


def _environment(folder: Path, site_name: str) -> jinja2.Environment:
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
    environment.filters.update(
        link=_link,
        links=_links,
        here=_here,
        address=_address,
        picture=_picture,
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
        lang=_lang,
        apart=_apart,
        country=country_name,
        position=_position,
    )
    environment.globals.update(site_name=site_name)
    return environment


def _finalize(value: object) -> Markup:
    """Escape what is printed, once. Dates are printed in words."""
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
    words = markup.escape(text) if text else _lang(target.text, target.lang)
    return Markup("[{}]({})").format(words, Markup(relative(_page(context).uri, target)))


@jinja2.pass_context
def _links(context: jinja2.runtime.Context, targets: Iterable[Target]) -> Markup:
    """Several links with commas between."""
    return Markup(", ").join(_link(context, target) for target in targets)


@jinja2.pass_context
def _here(context: jinja2.runtime.Context, target: Target) -> Markup:
    """The address of a target, seen from this page, without words."""
    return Markup(relative(_page(context).uri, target))


@jinja2.pass_context
def _picture(context: jinja2.runtime.Context, file: str) -> Markup:
    """The way to a picture of the content, for the brackets of a Markdown link."""
    return Markup(markup.link_address(relative(_page(context).uri, Target("", f"images/{file}"))))


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
    return Markup('<pre><code tabindex="0">{}</code></pre>').format(Markup(shown))


def _opening(date: Edtf) -> str:
    """A date in words at the start of a line: `Between 2 and 3 November 2017`."""
    return date.words[:1].upper() + date.words[1:]


@jinja2.pass_context
def _cites(context: jinja2.runtime.Context, citations: Iterable[CitationView]) -> Markup:
    """Sources as a reader follows them: by number where the page has a list, else by publisher and date."""
    found = list(citations)
    numbered = all(citation.number for citation in found)
    return Markup(" " if numbered else ", ").join(_cite(context, citation) for citation in found)


def _cite(context: jinja2.runtime.Context, citation: CitationView) -> Markup:
    if citation.number:
        link = Markup("[{0}](#ref-{0})").format(citation.number)
    else:
        date = f", {citation.source.date.words}" if citation.source.date else ""
        link = _link(context, citation.target, _apart(citation.source.publisher) + date)
    return Markup("{} ({})").format(link, markup.escape(citation.locator)) if citation.locator else link


@jinja2.pass_context
def _place_map(context: jinja2.runtime.Context, points: Sequence[PlacePoint], title: str) -> Markup:
    """A locator map of some places."""
    return drawing.place_map(_page(context).uri, points, title)


@jinja2.pass_context
def _whole_map(context: jinja2.runtime.Context, points: Sequence[PlacePoint], title: str) -> Markup:
    """A map of many places."""
    return drawing.whole_map(_page(context).uri, points, title)


@jinja2.pass_context
def _figures_chart(context: jinja2.runtime.Context, figures: Sequence[FigureView], title: str, unit: str) -> Markup:
    """A chart of stated values."""
    return drawing.figures_chart(_page(context).uri, figures, title, unit)


@jinja2.pass_context
def _events_strip(context: jinja2.runtime.Context, groups: EventGroups, title: str) -> Markup:
    """A strip of events in groups."""
    return drawing.events_strip(_page(context).uri, groups, title)


def _lang(text: str, tag: str) -> Markup:
    """Words in another language than the templates', marked as such for voices, fonts and direction."""
    if not tag or tag.partition("-")[0] == SITE_LANGUAGE:
        return _apart(text)
    return Markup('<span lang="{}" dir="auto">{}</span>').format(tag, markup.escape(text))


def _apart(text: str) -> Markup:
    """Words that may run from right to left, kept from turning round what stands beside them."""
    words = markup.escape(text)
    return Markup("<bdi>{}</bdi>").format(words) if any(unicodedata.bidirectional(char) in ("R", "AL") for char in text) else words


def _position(point: Coordinates) -> str:
    """A place's point in words."""
    return position(point.lat, point.lon)
