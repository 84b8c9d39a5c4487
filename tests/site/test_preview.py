"""The live preview: it follows every edit, and while the records are broken it shows what to mend."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.previews import Preview, article, edit
from tests.projects import Project

from .test_again import made


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


def test_the_preview_follows_edits_and_survives_mistakes(serve: Callable[[], Preview], project: Project) -> None:
    preview = serve()
    place = "/places/upper-example/"
    shown = preview.wait(place, lambda text: "A village on the River Fable" in text)
    assert "Upper Example" in article(shown)
    assert "Content-Security-Policy" in shown

    # A record is edited.
    record = project.content / "places/upper-example.yaml"
    edit(record, "A village on the River Fable.", "A town by now.")
    preview.wait(place, lambda text: "A town by now." in text)
    told = preview.hears(r"1 place changed; 1 page changed\n")
    assert "places/upper-example/index.html can be seen" in told.partition("1 place changed")[0], "at once, before all else is made"
    preview.hears(r"Upper Example: summary: A village on the River Fable. → A town by now.\n")

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
    indexed = project.folder / ".cache/briefbook/search/last/last"
    at = indexed.stat().st_mtime_ns
    serve().wait("/places/upper-example/", lambda text: "A village on the River Fable" in text)
    assert made(project) == before
    assert indexed.stat().st_mtime_ns == at, "nor is everything indexed again"


def test_what_is_remembered_may_be_deleted_meanwhile(serve: Callable[[], Preview], project: Project) -> None:
    preview = serve()
    preview.wait("/places/upper-example/", lambda text: "A village on the River Fable" in text)
    shutil.rmtree(project.folder / ".cache")
    edit(project.content / "places/upper-example.yaml", "A village on the River Fable.", "A town by now.")
    preview.wait("/places/upper-example/", lambda text: "A town by now." in text)
    preview.wait("/places/lower-example/", lambda text: "Lower Example" in article(text))
    assert "Traceback" not in preview.log.read_text(encoding="utf-8")
