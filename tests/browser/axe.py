"""What axe finds wrong with a page."""

from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

COLOURS = ["color-contrast", "link-in-text-block"]
Rules = Literal["all", "of colours", "other"]
"""In the dark, only colours are others. On a long page they take axe nearly all of its time."""


def faults(page: Page, rules: Rules = "all") -> list[dict[str, Any]]:
    """The rules that a page breaks, each with where. What is in order is not told: on a long page that takes longer than to find it."""
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if rules == "of colours":
        options["runOnly"] = {"type": "rule", "values": COLOURS}
    if rules == "other":
        options["rules"] = {name: {"enabled": False} for name in COLOURS}
    found: list[dict[str, Any]] = Axe().run(page, options=options).response["violations"]
    return found
