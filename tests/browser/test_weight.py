"""What a reader on a slow connection has to wait for."""

import gzip
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, Response

BRIEFING = "briefings/deir-ez-zor-al-qaim-2017-11-03/"
KB = 1000


def test_the_briefing_is_light(page: Page, site: str, built_site: Path) -> None:
    """Cold and compressed as a host sends it, and our own style and script in it. Pictures are loaded as they come into view."""
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(site + BRIEFING, wait_until="networkidle")
    weights = {urlsplit(answer.url).path: len(gzip.compress(answer.body(), mtime=0)) for answer in answers}
    said = "\n".join(f"{weight:7} {path}" for path, weight in weights.items())
    assert {urlsplit(answer.url).netloc for answer in answers} == {urlsplit(site).netloc}
    assert len(answers) <= 10, said
    assert sum(weights.values()) <= 110 * KB, said
    ours = {file.name for file in (built_site / "assets").iterdir() if file.suffix in (".css", ".js")}
    own = {path: weight for path, weight in weights.items() if Path(path).name in ours}
    assert len(own) >= 3, said
    assert sum(own.values()) <= 10 * KB, said
