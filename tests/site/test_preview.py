"""The live preview: it follows every edit, and while the records are broken it shows what to mend."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.projects import ROOT, Project, read_html, words

from .test_again import made

DEADLINE = 30
"""Seconds to wait for a change to show; it takes less than two on an idle machine."""


class Preview:
    """A running `briefbook serve`."""

    def __init__(self, project: Project, temporary: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.project = project
        self.address = f"http://127.0.0.1:{port}/facts"
        self.log = temporary / "log.txt"
        command = [sys.executable, "-m", "generator", "-C", str(project.folder), "serve", "--address", f"127.0.0.1:{port}"]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env={**os.environ, "TMPDIR": str(temporary)}
            )

    def get(self, path: str) -> str:
        """A page's text, whether it is there or not."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=DEADLINE) as answer:
                return str(answer.read().decode("utf-8"))
        except urllib.error.HTTPError as answer:
            return answer.read().decode("utf-8")
        except (urllib.error.URLError, ConnectionError):
            return ""

    def wait(self, path: str, holds: Callable[[str], object]) -> str:
        """Ask for a page until it is as wanted."""
        end = time.monotonic() + DEADLINE
        text = ""
        while time.monotonic() < end:
            assert self.process.poll() is None, f"the preview has ended:\n{self.log.read_text(encoding='utf-8')}"
            text = self.get(path)
            if text and holds(text):
                return text
            time.sleep(0.05)
        pytest.fail(f"{path} never became as wanted. It says:\n{article(text)}\n\n{self.log.read_text(encoding='utf-8')}")

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def article(text: str) -> str:
    found = re.search("<article.*?</article>", text, re.DOTALL)
    return words(read_html(found[0])) if found else text[:200]


@pytest.fixture
def serve(project: Project, tmp_path: Path) -> Iterator[Callable[[], Preview]]:
    """Give a function that starts the preview of the project."""
    started: list[Preview] = []
    temporary = tmp_path / "temporary"
    temporary.mkdir()

    def start() -> Preview:
        started.append(Preview(project, temporary))
        return started[0]

    yield start
    for preview in started:
        preview.stop()


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_the_preview_follows_edits_and_survives_mistakes(serve: Callable[[], Preview], project: Project) -> None:
    preview = serve()
    place = "/places/upper-example/"
    shown = preview.wait(place, lambda text: "A village on the River Fable" in text)
    assert "Upper Example" in article(shown)
    assert "Content-Security-Policy" not in shown, "it would stop the script that reloads the page"

    # A record is edited.
    record = project.content / "places/upper-example.yaml"
    edit(record, "A village on the River Fable.", "A town by now.")
    preview.wait(place, lambda text: "A town by now." in text)
    told = preview.log.read_text(encoding="utf-8")
    assert re.search(r"1 place changed; 1 page changed\n", told), told
    assert "Upper Example: summary: A village on the River Fable. → A town by now.\n" in told

    # It is broken: the page that the editor looks at says where and what to do.
    edit(record, "summary:", "sumary:")
    shown = article(preview.wait(place, lambda text: "in the content" in article(text)))
    assert "1 problem in the content" in shown
    assert re.search(r"content/places/upper-example\.yaml, line \d+, column 1", shown)
    assert "did you mean summary?" in shown.replace("`", "")
    assert re.search(r"\d+ \| sumary: A town by now\. .* Mended: \d+ \| summary: A town by now\.", shown)
    # Every other page says so too, so that nobody takes an old page for the present state.
    assert "1 problem in the content" in article(preview.get("/briefings/fable-flood/"))

    # It is mended.
    edit(record, "sumary:", "summary:")
    preview.wait(place, lambda text: "A town by now." in text)

    # A template is edited, broken, mended.
    template = project.templates / "place.md.j2"
    before = template.read_text(encoding="utf-8")
    edit(template, "# {{ place.name }}", "# Place: {{ place.name }}")
    preview.wait(place, lambda text: "Place: Upper Example" in article(text))
    edit(template, "{{ place.name }}", "{{ place.nmae }}")
    shown = article(preview.wait(place, lambda text: "in the content" in article(text)))
    assert "site_templates/pages/place.md.j2" in shown
    assert "nmae" in shown
    template.write_text(before, encoding="utf-8")
    preview.wait(place, lambda text: "A town by now." in text and "Place: " not in article(text))

    # A new record has a page; a deleted one has none.
    project.write("places/new-place.yaml", "name: New Place\nkind: village\n")
    preview.wait("/places/new-place/", lambda text: "New Place" in article(text))
    assert '"new-place"' in (project.folder / "schema" / "place.json").read_text(encoding="utf-8"), "editors complete it"
    (project.content / "places/new-place.yaml").unlink()
    preview.wait("/places/new-place/", lambda text: "New Place" not in article(text))

    assert "Traceback" not in preview.log.read_text(encoding="utf-8")
    assert not project.site.exists(), "a preview publishes nothing"


def test_the_preview_starts_with_broken_records(serve: Callable[[], Preview], project: Project) -> None:
    record = project.content / "places/upper-example.yaml"
    edit(record, "summary:", "sumary:")
    preview = serve()
    for path in ("/", "/places/upper-example/"):
        shown = article(preview.wait(path, lambda text: "in the content" in article(text)))
        assert "content/places/upper-example.yaml" in shown
        assert "did you mean" in shown
    edit(record, "sumary:", "summary:")
    preview.wait("/places/upper-example/", lambda text: "A village on the River Fable" in article(text))
    assert "Traceback" not in preview.log.read_text(encoding="utf-8")


def test_a_preview_makes_use_of_what_was_built(serve: Callable[[], Preview], project: Project) -> None:
    project.build()
    before = made(project)
    serve().wait("/places/upper-example/", lambda text: "A village on the River Fable" in text)
    assert made(project) == before


def test_what_is_remembered_may_be_deleted_meanwhile(serve: Callable[[], Preview], project: Project) -> None:
    preview = serve()
    preview.wait("/places/upper-example/", lambda text: "A village on the River Fable" in text)
    shutil.rmtree(project.folder / ".cache")
    edit(project.content / "places/upper-example.yaml", "A village on the River Fable.", "A town by now.")
    preview.wait("/places/upper-example/", lambda text: "A town by now." in text)
    preview.wait("/places/lower-example/", lambda text: "Lower Example" in article(text))
    assert "Traceback" not in preview.log.read_text(encoding="utf-8")
