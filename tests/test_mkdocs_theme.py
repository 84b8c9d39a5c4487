"""MkDocs copies the same files of the theme, whether it looks through all or not."""

from pathlib import Path

from mkdocs.config import load_config
from mkdocs.structure.files import Files

from generator.mkdocs_theme import list_visible
from tests.projects import ROOT


def test_the_same_files_are_copied(tmp_path: Path) -> None:
    copied = []
    for is_quick in (False, True):
        config = load_config(str(ROOT / "mkdocs.yml"))
        before = config.theme.get_env().list_templates()
        if is_quick:
            list_visible(config.theme)
            assert len(config.theme.get_env().list_templates()) < len(before) / 10
        files = Files([])
        env = config.theme.get_env()
        files.add_files_from_theme(env, config)
        copied.append([(file.src_uri, file.abs_src_path, file.dest_uri) for file in files])
        assert env.get_template("main.html")
    assert copied[0]
    assert copied[1] == copied[0]
