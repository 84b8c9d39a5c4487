"""The same addresses of links as MkDocs makes without our extension, and the same notes on where they lead."""

import itertools
from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from generator.quick_links import QuickLinks

URIS = [
    "index.md", "search.md", "a/index.md", "a/x.md", "a/x/index.md", "a/x/cite.md", "a/x/at/2020-01-01.md", "a/x-2.md", "a/y.md", "a/y/cite.md",
    "b/index.md", "b/x.md", "a b.md", "draft.md",
]  # fmt: skip
OTHER = ["https://example.org/x.md", "/a/x.md", "#here", "gone.md", "../../../out.md", "x", "a.png", "?q", "x.md?q#a", "", "mailto:a@b.c"]


def config_of(folder: Path, is_folder: bool, extensions: list[object]) -> MkDocsConfig:
    file = folder / "mkdocs.yml"
    (folder / "docs").mkdir(exist_ok=True)
    file.write_text(f"site_name: x\nuse_directory_urls: {str(is_folder).lower()}\nplugins: []\n", encoding="utf-8")
    config = load_config(str(file))
    config.markdown_extensions += extensions  # type: ignore[arg-type]  # MkDocs passes on what it finds
    return config


def files_of(config: MkDocsConfig) -> Files:
    drafts = {"draft.md": InclusionLevel.DRAFT}
    included = InclusionLevel.INCLUDED
    return Files([File(uri, None, config.site_dir, config.use_directory_urls, inclusion=drafts.get(uri, included)) for uri in URIS])


def read(config: MkDocsConfig, files: Files, uri: str, caplog: pytest.LogCaptureFixture) -> tuple[object, ...]:
    """What comes of a page with links of all sorts to all others."""
    file = files.get_file_from_path(uri)
    assert file
    here = Path("/", uri).parent
    ways = [Path("/", other).relative_to("/") for other in URIS]
    up = "../" * (len(here.parts) - 1)
    links = [f"{up}{way.as_posix().replace(' ', '%20')}{anchor}" for way, anchor in itertools.product(ways, ("", "#one", "#two%20words"))]
    links += [Path(way.name).as_posix() for way in ways if Path("/", way).parent == here and " " not in way.name]
    file.content_string = "\n\n".join(f"[link]({link})" for link in [*links, *OTHER])
    page = Page(None, file, config)
    caplog.clear()
    page.read_source(config)
    page.render(config, files)
    assert page.links_to_anchors is not None
    return page.content, {target.src_uri: found for target, found in page.links_to_anchors.items()}, sorted(caplog.messages)


@pytest.mark.parametrize("is_folder", [True, False], ids=["folders", "files"])
def test_links_are_the_same_from_every_page_to_every_other(tmp_path: Path, is_folder: bool, caplog: pytest.LogCaptureFixture) -> None:
    usual, quick = config_of(tmp_path, is_folder, []), config_of(tmp_path, is_folder, [QuickLinks()])
    files, others = files_of(usual), files_of(quick)
    for uri in URIS * 2:  # the second time all is known
        assert read(quick, others, uri, caplog) == read(usual, files, uri, caplog)


def test_known_links_are_not_worked_out_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Otherwise all would be the same, and the time be lost."""
    asked: list[str] = []

    class Counted(QuickLinks):
        def quick(self, links):  # type: ignore[no-untyped-def]  # as it is there
            usual = links.path_to_url
            links.path_to_url = lambda link: asked.append(link) or usual(link)
            return super().quick(links)

    config = config_of(tmp_path, True, [Counted()])
    files = files_of(config)
    read(config, files, "a/y.md", caplog)
    first = len(asked)
    read(config, files, "a/x-2.md", caplog)
    assert first > len(URIS)
    # Of those that it could know, it asks for what is below the page or its neighbour, and for what is no common link.
    assert not {"../b/x.md", "../b/x.md#one", "../search.md", "../index.md"} & set(asked[first:])
