"""What a template prints is escaped, and none can forget it: what is taken for safe is listed here, each with its reason."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import jinja2
import pytest
from jinja2 import nodes
from jinja2.defaults import DEFAULT_FILTERS
from markupsafe import Markup

from generator import render, standalone
from generator.outputs import Site
from tests.projects import ROOT

TEMPLATES = ROOT / "site_templates"
SITE = Site("Site", "https://facts.example/")
ENVIRONMENTS = {
    "pages": render._environment(TEMPLATES / "pages", SITE),
    "html": standalone.Standalone(TEMPLATES, SITE)._environment,
}
OWN = sorted(file for folder in ENVIRONMENTS for file in (TEMPLATES / folder).glob("*.j2"))
THEME = sorted(file for ending in ("html", "xml") for file in (TEMPLATES / "theme").rglob(f"*.{ending}"))

SAFE_BY = {"link", "links", "here", "there", "address", "picture", "file", "prose", "line", "code", "cites", "place_map", "whole_map"}
SAFE_BY |= {"figures_chart", "events_strip", "lang", "apart", "verbatim"}
"""Filters of pages that have escaped what they give."""
MAKERS = {
    "markup": "the owner of escaping",
    "render": "filters: links and addresses, of words and addresses that are escaped",
    "drawing": "pictures, whose texts are escaped by pictures.svg",
    "quotable": "an <iframe> to copy, and text with every space",
    "light": "a style sheet of ours",
    "outputs.jsonld": "only read, to take tags out of the site's terms",
}
"""Modules that say of a text that it is safe."""

AS_IT_IS = {
    "content_security_policy": "made of hashes",
    "entries(item.children)": "a macro of this file",
    "entries(nav.items)": "a macro of this file",
    "generated_entries": "lines of the sitemap, escaped where they are made",
    "item.url": "an address that MkDocs made",
    "line": "a line of the theme's own head",
    "loop.index0": "a number",
    "meta.description": "HTML by now",
    "meta.jsonld": "JSON that is safe inside a page",
    "heading": "HTML by now",
    "option.accent": "mkdocs.yml, of colours",
    "option.media": "mkdocs.yml, of colours",
    "option.primary": "mkdocs.yml, of colours",
    "option.scheme": "mkdocs.yml, of colours",
    "option.toggle.name": "mkdocs.yml, of colours",
    "page.meta.description": "HTML by now",
    "page.meta.moved": "an address of ours",
    "page.meta.record_kind": "a kind of record",
    "page.meta.title": "HTML by now",
    "section.url": "the anchor of a heading, made by Python-Markdown of letters and digits",
    "values": "facets, HTML by now",
}
"""What the theme's templates print without escaping. MkDocs has none of its own accord."""


def tree(file: Path) -> nodes.Template:
    environment = ENVIRONMENTS.get(file.parent.name) or jinja2.Environment()
    return environment.parse(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("environment", ENVIRONMENTS.values(), ids=ENVIRONMENTS)
def test_what_is_printed_is_escaped(environment: jinja2.Environment) -> None:
    assert environment.autoescape is True
    assert "<" not in environment.from_string("{{ x }}{{ x | upper }}{{ [x, x] | join('; ') }}{{ 'a' ~ x }}").render(x="<b>")


@pytest.mark.parametrize("file", OWN, ids=lambda file: file.name)
def test_no_template_says_that_something_is_safe(file: Path) -> None:
    found = tree(file)
    assert not {node.name for node in found.find_all(nodes.Filter)} & {"safe", "forceescape", "xmlattr", "urlize", "tojson"}
    assert not list(found.find_all((nodes.ScopedEvalContextModifier, nodes.MarkSafe, nodes.MarkSafeIfAutoescape)))
    assert not {node.name for node in found.find_all(nodes.Name)} & {"Markup", "markup"}


@pytest.mark.parametrize("file", [file for file in OWN if file.parent.name == "pages"], ids=lambda file: file.name)
def test_nothing_is_joined_to_what_is_escaped(file: Path) -> None:
    """Jinja would escape the other half for HTML, and not for Markdown."""
    for node in tree(file).find_all((nodes.Concat, nodes.Add, nodes.Mod)):
        assert not escaped_in(node), f"line {node.lineno}"
    for node in tree(file).find_all(nodes.Filter):
        if node.name in ("join", "format", "replace", "map"):
            assert not escaped_in(node), f"line {node.lineno}: {node.name}"


def escaped_in(node: nodes.Node) -> bool:
    names = {found.name for found in node.find_all(nodes.Filter)} | ({node.name} if isinstance(node, nodes.Filter) else set())
    calls = [
        found for found in node.find_all(nodes.Call) if isinstance(found.node, nodes.Getattr) and isinstance(found.node.node, nodes.Name)
    ]
    macros = [found for found in calls if found.node.node.name in ("bb", "further", "lists")]
    return bool(names & SAFE_BY or macros)


def test_filters_that_give_what_is_escaped_are_known() -> None:
    """By what they say of themselves."""
    own = {name: function for name, function in ENVIRONMENTS["pages"].filters.items() if name not in DEFAULT_FILTERS}
    made = {name for name, function in own.items() if getattr(function, "__annotations__", {}).get("return") in ("Markup", Markup)}
    assert made == SAFE_BY


def modules_that_make_markup() -> Iterator[str]:
    for file in sorted((ROOT / "generator").rglob("*.py")):
        calls = [node.func for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
        if any(
            (isinstance(call, ast.Name) and call.id == "Markup") or (isinstance(call, ast.Attribute) and call.attr == "Markup")
            for call in calls
        ):
            yield ".".join(file.relative_to(ROOT / "generator").with_suffix("").parts)


def test_modules_that_say_what_is_safe_are_known() -> None:
    assert set(modules_that_make_markup()) == set(MAKERS)


# --- the theme's own templates, which MkDocs does not escape -----------------------------------------------


def unescaped(node: nodes.Expr) -> Iterator[str]:
    """What of an expression is printed as it is, as it is written."""
    if isinstance(node, (nodes.TemplateData, nodes.Const)):
        return
    if isinstance(node, nodes.CondExpr):
        yield from unescaped(node.expr1)
        yield from unescaped(node.expr2) if node.expr2 else ()
    elif isinstance(node, nodes.Or):
        yield from unescaped(node.left)
        yield from unescaped(node.right)
    elif isinstance(node, nodes.Concat):
        for part in node.nodes:
            yield from unescaped(part)
    elif isinstance(node, nodes.Filter) and node.name in ("e", "escape"):
        return
    elif isinstance(node, nodes.Filter) and node.name in ("url", "replace"):
        # Only made an address of, or coded twice.
        yield from unescaped(node.node) if node.node else ()
    elif isinstance(node, nodes.Call) and words(node.node) in ("lang.t", "super"):
        return
    else:
        yield words(node)


def words(node: nodes.Node) -> str:
    match node:
        case nodes.Name():
            return node.name
        case nodes.Getattr():
            return f"{words(node.node)}.{node.attr}"
        case nodes.Call():
            return f"{words(node.node)}({', '.join(map(words, node.args))})"
    return f"{type(node).__name__} in line {node.lineno}"


TRUSTED = AS_IT_IS.keys() | {"config.site_url", "config.theme.favicon", "nav.homepage.url"}
"""And addresses from mkdocs.yml."""


def test_the_theme_prints_nothing_else_as_it_is() -> None:
    found = {said for file in THEME for output in tree(file).find_all(nodes.Output) for node in output.nodes for said in unescaped(node)}
    assert found == TRUSTED
