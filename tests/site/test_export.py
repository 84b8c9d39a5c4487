"""Another builder makes the same pages of the exported Markdown, without this package."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, tostring

import pytest
import yaml

from tests.projects import Project, links, only, read_html, run


@pytest.fixture(scope="module")
def exported(built: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export") / "elsewhere"
    done = built.run("export", folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def rebuilt(exported: Path) -> Path:
    """The site that ProperDocs makes of it, taking every warning for an error."""
    done = run("properdocs", "build", "--strict", "-f", "mkdocs.yml", cwd=exported)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stdout + done.stderr
    return exported / "site"


def test_the_export_holds_no_record_and_no_trace_of_us(exported: Path) -> None:
    assert [file for file in (exported / "docs").rglob("*") if file.suffix in (".yaml", ".yml")] == []
    settings = yaml.safe_load((exported / "mkdocs.yml").read_text(encoding="utf-8"))
    assert settings["plugins"] == []
    assert settings["docs_dir"] == "docs"
    assert settings["site_name"] == "Fable Valley Facts"
    assert "edit_uri" not in settings, "there is nothing to edit in an export"


def test_every_page_is_one_markdown_file(exported: Path, built: Project) -> None:
    pages = {file.relative_to(exported / "docs").with_suffix("").as_posix() for file in (exported / "docs").rglob("*.md")}
    found = {re.sub(r"(^|/)index$", "", page) for page in pages}
    # What stands without a theme is HTML there too.
    found |= {file.parent.relative_to(exported / "docs").as_posix() for file in (exported / "docs").rglob("index.html")}
    assert found == {
        ("/" + file.parent.relative_to(built.site).as_posix()).removeprefix("/").removeprefix(".")
        for file in built.site.rglob("index.html")
    }


def test_exporting_twice_writes_the_same(exported: Path, built: Project, tmp_path: Path) -> None:
    assert built.invoke("export", tmp_path / "again").returncode == 0
    for file in (exported / "docs").rglob("*"):
        if file.is_file():
            assert (tmp_path / "again" / file.relative_to(exported)).read_bytes() == file.read_bytes()


def articles(site: Path) -> Iterator[tuple[str, Element]]:
    for file in sorted(site.rglob("*.html")):
        yield file.relative_to(site).as_posix(), only(read_html(file.read_text(encoding="utf-8")), "article")


def without_edit_link(article: Element) -> str:
    """The article's HTML; the link to the record behind it is all that may differ."""
    for parent in article.iter():
        for child in list(parent):
            if child.tag == "a" and "md-content__button" in child.get("class", ""):
                parent.remove(child)
    return re.sub(r"\s+", " ", tostring(article, encoding="unicode"))


def test_another_builder_makes_the_same_pages(rebuilt: Path, built: Project) -> None:
    ours, theirs = dict(articles(built.site)), dict(articles(rebuilt))
    assert theirs.keys() == ours.keys()
    assert [name for name in ours if without_edit_link(theirs[name]) != without_edit_link(ours[name])] == []


def test_titles_and_descriptions_are_the_same(rebuilt: Path, built: Project) -> None:
    for file in built.site.rglob("*.html"):
        ours, theirs = (read_html(each.read_text(encoding="utf-8")) for each in (file, rebuilt / file.relative_to(built.site)))
        assert only(ours, "title").text == only(theirs, "title").text
        assert [meta.attrib for meta in ours.iter("meta") if meta.get("name") == "description"] == [
            meta.attrib for meta in theirs.iter("meta") if meta.get("name") == "description"
        ]
        assert {link for link in links(theirs) if "/edit/" in link} == set()


def test_pictures_go_along(rebuilt: Path, built: Project) -> None:
    assert (rebuilt / "images/bridge.png").read_bytes() == (built.site / "images/bridge.png").read_bytes()
