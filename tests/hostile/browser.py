"""Pages of a site in a real browser: what runs, what is asked for, and what stands there."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Dialog, Page

from .markdown import is_controls, of_control
from .pages import MARKS, Seen, differences, line, one_spaced, read_twice, strings
from .sweep import CONTROLS, Texts

LISTEN = """
    window.__told = [];
    document.addEventListener("securitypolicyviolation", (event) => __told.push(`${event.effectiveDirective} ${event.blockedURI}`));
"""
"""Each page begins with it."""
_STATE = """() => ({
    hit: window.__hit ?? null, told: window.__told, title: document.title, width: document.documentElement.scrollWidth, at: location.pathname,
    mains: document.querySelectorAll("main").length, nested: document.querySelectorAll("form form, main main, a a, button button").length,
})"""
_IN_PAGE = """(known) => {
    const marks = new Set(known), outline = [], links = [], stands = {};
    const add = (kind, text) => (stands[kind] ??= []).push(text);
    const read = (node) => node.nodeType === Node.TEXT_NODE ? node.data : [...node.childNodes].map((child) => child.nodeType === Node.TEXT_NODE
        || (child.nodeType === Node.ELEMENT_NODE && !child.matches("script, style, svg, [data-copy]")) ? read(child) : "").join("");
    for (const element of document.querySelectorAll("*")) {
        const tag = element.localName, names = element.getAttributeNames().filter((name) => !(name === "title" && tag === "span")).sort();
        for (const name of names) add(`${tag} ${name}`, element.getAttribute(name));
        if (tag === "title" && !element.closest("svg")) add("title", element.textContent);
        if (element.parentElement?.closest("svg")) continue;
        if (element.getAttribute("data-copy") === "CSL-JSON" || (tag === "script" && element.type === "application/ld+json")) add("json", element.textContent);
        if (tag === "a" && names.join() === "href") links.push(element.getAttribute("href"));
        else if (!marks.has(tag) || names.length) outline.push([tag, element.id, element.getAttribute("class") ?? "", names.join(" ")]);
    }
    add("text", read(document.body));
    return { outline, links, stands };
}"""
"""Says of a page what `pages.seen` says of its text. The theme's script gives a title to a span that has too little room."""
_BY_SCRIPT = {"md-nav__link--active", "md-nav__link--passed"}
"""Classes that the theme's script gives by what is in view."""
NARROW = 360
"""Pixels of a phone."""


def addresses(site: Path) -> list[str]:
    """Of all pages."""
    return sorted(file.relative_to(site).as_posix().removesuffix("index.html") for file in site.rglob("*.html"))


def moves(site: Path, address: str) -> bool:
    """Whether a page only leads to another."""
    file = site / address / "index.html" if not address.endswith(".html") else site / address
    return 'http-equiv="refresh"' in file.read_text(encoding="utf-8").partition("</head>")[0]


def of_controls(site: Path) -> list[str]:
    """Of the control's own pages, but for those that only lead to others."""
    return [address for address in addresses(site) if is_controls(address) and not moves(site, address)]


def watch(page: Page) -> list[str]:
    """Listen to all that a page does; the list has whatever it should not, and dialogs are closed."""
    found: list[str] = []

    def on_dialog(dialog: Dialog) -> None:
        found.append(f"{page.url}: a dialog: {dialog.message}")
        dialog.dismiss()

    page.on("dialog", on_dialog)
    page.add_init_script(LISTEN)
    return found


def visit(page: Page, root: str, address: str) -> Iterator[str]:
    """Show a page, and say what it should not have done."""
    page.goto(root + address)
    state = page.evaluate(_STATE)
    if state["hit"] is not None or state["title"] == "taken":
        yield f"{address}: a script ran"
    yield from (f"{address}: blocked: {told}" for told in state["told"])
    if state["width"] > NARROW:
        yield f"{address}: {state['width']} pixels wide"
    if state["mains"] != 1 or state["nested"]:
        yield f"{address}: {state['mains']} <main>, {state['nested']} in their like"


def seen_in(page: Page) -> Seen:
    """What stands on the page that is shown."""
    found: dict[str, Any] = page.evaluate(_IN_PAGE, sorted(MARKS))
    texts = {kind: [*map(read_twice(kind), said)] for kind, said in found["stands"].items()}
    texts["json"] = [text for data in texts.get("json", ()) for text in strings(json.loads(data))]
    outline = Counter(
        line(tag, name, " ".join(set_ for set_ in classes.split() if set_ not in _BY_SCRIPT), names)
        for tag, name, classes, names in found["outline"]
    )
    return Seen(outline, tuple(found["links"]), {kind: one_spaced("\n".join(said)) for kind, said in texts.items()}, ())


def differing(page: Page, root: str, address: str, numbers: list[int], families: dict[int, Texts]) -> Iterator[str]:
    """Show a page of the control and those of families that are what it is, and say how they differ."""
    assert is_controls(address)
    yield from visit(page, root, address)
    control = seen_in(page)
    for number in numbers:
        other = of_control(address, number)
        yield from visit(page, root, other)
        yield from (f"{other}: {found}" for found in differences(control, families[CONTROLS[1]], seen_in(page), families[number]))
