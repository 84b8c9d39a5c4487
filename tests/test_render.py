"""Pages to Markdown: front matter, escaping by default, and template mistakes with their place."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from generator.edtf import parse as parse_date
from generator.errors import ContentError, Problem
from generator.outputs import Site
from generator.page import Page
from generator.pipeline import Project, build_pages
from generator.render import RenderedPage, render
from generator.urls import Target
from tests.projects import BASE, ROOT

Write = Callable[..., RenderedPage]


TARGET = Target("Words *here*", "places/rawa.md", "map")


@dataclass(frozen=True)
class View:
    """Whatever a template may show."""

    value: object = None
    target: Target = TARGET


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    folder = tmp_path / "site_templates"
    (folder / "pages").mkdir(parents=True)
    return folder


@pytest.fixture
def write(templates: Path) -> Write:
    """Render one page with a template of our own."""

    def write(
        template: str, value: object = None, *, title: str = "Title", description: str = "", uri: str = "places/x.md"
    ) -> RenderedPage:
        (templates / "pages" / "own.md.j2").write_text(template, encoding="utf-8")
        return render([Page(uri, "own.md.j2", title, description, View(value))], templates, Site("The *Site*"))[0]

    return write


def body(page: RenderedPage) -> str:
    return page.text.partition("\n---\n")[2].lstrip("\n")


def problem(error: ContentError) -> Problem:
    assert len(error.problems) == 1
    return error.problems[0]


def front_matter(page: RenderedPage) -> dict[str, object]:
    _, text, _ = page.text.split("---\n", 2)
    found = yaml.safe_load(text)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    "title",
    [
        "no",
        "1.10",
        "12:30",
        "~",
        "Null",
        "2017-11-03",
        "a: b",
        "- x",
        "'",
        '"',
        "#x",
        "{{ x }}",
        "&copy; <b>",
        "---",
        "@x",
        "!x",
        "%x",
        "é 東京",
    ],
)
def test_front_matter_keeps_any_title(write: Write, title: str) -> None:
    meta = front_matter(write("x", title=title, description=title))
    html = title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;").replace("'", "&#x27;")
    assert meta["title"] == html
    assert meta["description"] == html


def test_front_matter_comes_first_so_no_line_is_taken_for_it(write: Write) -> None:
    page = write("Note: the convoy left\n")
    assert page.text.startswith("---\n")
    assert page.text.endswith("---\n\nNote: the convoy left\n")


def test_what_a_template_prints_is_escaped(write: Write) -> None:
    assert (
        body(write("{{ view.value }} {{ site_name }}", "<b> *x* {{ y }}"))
        == "&#60;b&#62; &#42;x&#42; &#123;&#123; y &#125;&#125; The &#42;Site&#42;\n"
    )


def test_what_a_template_sets_and_joins_is_escaped(write: Write) -> None:
    template = (
        '{% set a = view.value[0] ~ "*" %}{{ a }} {{ view.value | join("; ") }} {% macro m(x) %}{{ x }}{% endmacro %}{{ m(view.value[0]) }}'
    )
    assert body(write(template, ["_", "|"])) == "&#95;&#42; &#95;; &#124; &#95;\n"


def test_nothing_is_printed_for_none_and_dates_are_words(write: Write) -> None:
    assert body(write("[{{ view.value }}]")) == "[]\n"
    assert body(write("{{ view.value }}", parse_date("2017-11-03"))) == "3 November 2017\n"


@pytest.mark.parametrize(
    ("template", "made"),
    [
        ("{{ view.target | link }}", "[Words &#42;here&#42;](rawa.md#map)"),
        ('{{ view.target | link("other <words>") }}', "[other &#60;words&#62;](rawa.md#map)"),
        ("{{ [view.target, view.target] | links }}", "[Words &#42;here&#42;](rawa.md#map), [Words &#42;here&#42;](rawa.md#map)"),
        ("{{ view.target | here }}", "rawa.md#map"),
        ('{{ "https://example.org/a b)" | address }}', "https://example.org/a%20b%29"),
        ('{{ "*a* [b](place:rawa)\n\nc_" | prose }}', "<em>a</em> [b](rawa.md)\n\nc&#95;"),
        ('{{ "*a*\n\nb" | line }}', "<em>a</em> b"),
        ('{{ "ar" | language }} {{ "qqq" | language }}', "Arabic qqq"),
    ],
)
def test_filters(write: Write, template: str, made: str) -> None:
    assert body(write(template)) == made + "\n"


def test_lines_are_tidy(write: Write) -> None:
    assert body(write("\n\n\na  \n\n\n\nb\n\n\n")) == "a\n\nb\n"


# --- mistakes in templates ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("template", "line", "said"),
    [
        ("one\n{% if view.value %}\nthree", 3, "end of template"),
        ("one\n\n{{ view.value }", 3, "unexpected"),
        ("one\n{% nonsense %}", 2, "nonsense"),
        ("one\n{{ view.valu }}", 2, "valu"),
        ("one\ntwo\n{{ vieww.value }}", 3, "vieww"),
        ("{{ view.value | shout }}", 1, "shout"),
        ("\n\n\n{{ view.value.missing.deeper }}", 4, "missing"),
        ("one\n{{ 1 / 0 }}", 2, "zero"),
        ("one\n{{ '{:d}'.format('x') }}", 2, "format code"),
        ("one\n{{ view.target() }}", 2, "callable"),
        ("{% macro m() %}{{ m() }}{% endmacro %}\n{{ m() }}", 1, "recursion"),
        ("one\n{% include 'other.md.j2' %}", 2, "no template `other.md.j2`"),
    ],
)
def test_a_mistake_in_a_template_is_a_located_problem(write: Write, template: str, line: int, said: str) -> None:
    with pytest.raises(ContentError) as raised:
        write(template)
    found = problem(raised.value)
    assert (found.path, found.line) == ("site_templates/pages/own.md.j2", line)
    assert said in found.found


def test_a_mistake_in_a_shared_file_is_located_there(templates: Path, write: Write) -> None:
    (templates / "pages" / "macros.md.j2").write_text("one\n{% macro m(x) %}\n{{ x.nothing }}\n{% endmacro %}\n", encoding="utf-8")
    with pytest.raises(ContentError) as raised:
        write('{% import "macros.md.j2" as bb with context %}\n\n\n{{ bb.m(view) }}')
    assert (problem(raised.value).path, problem(raised.value).line) == ("site_templates/pages/macros.md.j2", 3)
    (templates / "pages" / "macros.md.j2").write_text("one\n\n\n{% macro %}\n", encoding="utf-8")
    with pytest.raises(ContentError) as raised:
        write('{% import "macros.md.j2" as bb with context %}')
    assert (problem(raised.value).path, problem(raised.value).line) == ("site_templates/pages/macros.md.j2", 4)


@pytest.mark.parametrize("name", ["briefing.md.j2", "macros.md.j2", "home.md.j2"])
def test_a_missing_template_is_a_problem(tmp_path: Path, name: str) -> None:
    shutil.copytree(ROOT / "site_templates", tmp_path / "site_templates")
    (tmp_path / "site_templates" / "pages" / name).unlink()
    with pytest.raises(ContentError) as raised:
        build_pages(Project(BASE, tmp_path / "site_templates", "Name"))
    assert f"no template `{name}`" in problem(raised.value).found


def test_a_template_in_another_encoding_is_a_problem(templates: Path) -> None:
    (templates / "pages" / "own.md.j2").write_bytes("naïve".encode("latin-1"))
    with pytest.raises(ContentError) as raised:
        render([Page("x.md", "own.md.j2", "Title", "", View())], templates, Site("Site"))
    assert problem(raised.value).path == "site_templates/pages/own.md.j2"


# --- the project's own templates ------------------------------------------------------------------------


def test_pages_know_their_file_and_their_date() -> None:
    made = {page.uri: page for page in build_pages(Project(BASE, ROOT / "site_templates", "Name"))}
    briefing = made["briefings/fable-flood.md"]
    assert (briefing.edit_file, briefing.updated) == ("briefings/fable-flood.yaml", "2021-05-06")
    assert front_matter(briefing)["record_kind"] == "briefing"
    assert made["index.md"].edit_file is None
    assert "record_kind" not in front_matter(made["index.md"])
    for page in made.values():
        assert page.text.endswith("\n") and not page.text.endswith("\n\n")
        assert "\r" not in page.text
        assert not [line for line in page.text.split("\n") if line != line.rstrip()]
        assert "None" not in page.text


def test_words_of_another_language_say_so(write: Write) -> None:
    arabic = '<span lang="ar" dir="auto">القائم &#42;</span>'
    assert body(write("{{ view.value | lang('ar') }}", "القائم *")) == f"{arabic}\n"
    assert body(write("{{ view.value | link }}", Target("القائم *", "places/rawa.md", lang="ar"))) == f"[{arabic}](rawa.md)\n"


@pytest.mark.parametrize("tag", ["en", "en-GB", "", None])
def test_words_of_the_templates_language_need_no_mark(write: Write, tag: str | None) -> None:
    assert body(write(f"{{{{ view.value | lang({tag!r}) }}}}", "Rawa")) == "Rawa\n"


def test_a_page_knows_its_full_address_when_the_site_has_one(templates: Path) -> None:
    (templates / "pages" / "own.md.j2").write_text("<{{ permalink }}>", encoding="utf-8")
    page = Page("places/rawa.md", "own.md.j2", "Rawa", "", None)
    for site_url, address in (("https://facts.example/site/", "https://facts.example/site/places/rawa/"), ("", "")):
        assert body(render([page], templates, Site("Site", site_url))[0]) == f"<{address}>\n"
