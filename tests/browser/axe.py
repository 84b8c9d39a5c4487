"""What axe finds wrong with a page."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules on colours. In the dark, nothing else is another."""


def faults(page: Page, *, colours_alone: bool = False) -> list[dict[str, Any]]:
    """The rules that a page breaks, each with where. What is in order is not told: on a long page that takes longer than to find it."""
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if colours_alone:
        options["runOnly"] = {"type": "rule", "values": COLOURS}
    found: list[dict[str, Any]] = Axe().run(page, options=options).response["violations"]
    return found
