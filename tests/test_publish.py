"""The published folder is whole at every instant."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator import publish as publishing
from generator.errors import UsageError
from generator.publish import MUST_EXIST, PublishError, publish
from tests.projects import files_of


def filler(word: str, more: int = 0) -> Callable[[Path], None]:
    """A build of a tiny site whose every file says one word."""

    def build(folder: Path) -> None:
        for name in (*MUST_EXIST, *(f"p{number}/index.html" for number in range(more))):
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(word, encoding="utf-8")

    return build


def staging_folders(parent: Path) -> list[str]:
    return sorted(path.name for path in parent.iterdir() if path.name.startswith(".briefbook-"))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "site"


@pytest.fixture
def gone() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_first_and_next(site: Path) -> None:
    assert publish(site, filler("one", more=3)) == 5
    assert (site / "p2/index.html").read_text() == "one"
    assert publish(site, filler("two")) == 2
    assert set(files_of(site)) == set(MUST_EXIST), "what the new site lacks is gone"
    assert (site / "index.html").read_text() == "two"
    assert staging_folders(site.parent) == []


def test_the_folder_can_be_read_by_a_web_server(site: Path) -> None:
    publish(site, filler("one"))
    publish(site, filler("two"))
    assert site.stat().st_mode & 0o777 == 0o755


class BrokenBuildError(Exception):
    """What a build may raise."""


@pytest.mark.parametrize("error", [BrokenBuildError, KeyboardInterrupt, SystemExit, OSError])
def test_a_failing_build_leaves_the_old_site(site: Path, error: type[BaseException]) -> None:
    publish(site, filler("one"))
    before = files_of(site)

    def build(folder: Path) -> None:
        filler("two")(folder)
        raise error

    with pytest.raises(error):
        publish(site, build)
    assert files_of(site) == before
    assert staging_folders(site.parent) == []


def test_a_failing_first_build_leaves_nothing(site: Path) -> None:
    def build(folder: Path) -> None:
        (folder / "index.html").write_text("half")
        raise BrokenBuildError

    with pytest.raises(BrokenBuildError):
        publish(site, build)
    assert list(site.parent.iterdir()) == []


@pytest.mark.parametrize("lacking", MUST_EXIST)
def test_half_a_site_is_not_published(site: Path, lacking: str) -> None:
    publish(site, filler("one"))
    before = files_of(site)

    def build(folder: Path) -> None:
        filler("two")(folder)
        (folder / lacking).unlink()

    with pytest.raises(PublishError, match=lacking):
        publish(site, build)
    assert files_of(site) == before


def test_an_empty_page_is_not_published(site: Path) -> None:
    def build(folder: Path) -> None:
        filler("two", more=1)(folder)
        (folder / "p0/index.html").write_text("")

    with pytest.raises(PublishError, match=r"empty pages, such as p0.index\.html"):
        publish(site, build)
    assert not site.exists()


def test_leftovers_of_dead_builds_are_removed_and_those_of_living_ones_kept(site: Path, gone: int) -> None:
    parent = site.parent
    for name in (
        f".briefbook-staging-{gone}-abc",
        f".briefbook-staging-{os.getppid()}-abc",
        ".briefbook-staging-notes",
        f".briefbook-retired-{gone}-site",
    ):
        filler("left")(parent / name)
    publish(site, filler("one"))
    publish(site, filler("two"))
    assert staging_folders(parent) == sorted([f".briefbook-staging-{os.getppid()}-abc", ".briefbook-staging-notes"])
    assert (site / "index.html").read_text() == "two"


def test_a_site_that_was_set_aside_comes_back(site: Path, gone: int) -> None:
    """Where folders cannot be exchanged, a kill between the two renames leaves the old site under another name."""
    filler("old")(site.parent / f".briefbook-retired-{gone}-site")

    def build(folder: Path) -> None:
        raise BrokenBuildError

    with pytest.raises(BrokenBuildError):
        publish(site, build)
    assert (site / "index.html").read_text() == "old"


def test_without_exchange_it_is_two_renames(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "_exchange", lambda one, other: False)
    publish(site, filler("one"))
    publish(site, filler("two"))
    assert (site / "index.html").read_text() == "two"
    assert staging_folders(site.parent) == []


def test_an_interrupt_between_the_two_brings_the_old_site_back(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "_exchange", lambda one, other: False)
    publish(site, filler("one"))
    usual = Path.rename

    def rename(path: Path, target: Path) -> Path:
        if target == site and path.name.startswith(".briefbook-staging-"):
            raise KeyboardInterrupt
        return usual(path, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(KeyboardInterrupt):
        publish(site, filler("two"))
    assert (site / "index.html").read_text() == "one"
    assert staging_folders(site.parent) == []


def test_a_site_is_on_the_disk_before_it_is_in_its_place(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Were the power cut after that, its files could be empty."""
    shown: list[str] = []
    usual = publishing._write_down

    def write_down(folder: Path) -> None:
        usual(folder)
        shown.append((site / "index.html").read_text() if site.exists() else "nothing")

    monkeypatch.setattr(publishing, "_write_down", write_down)
    for word in ("one", "two"):
        publish(site, filler(word))
    assert shown == ["nothing", "one"]


@pytest.mark.skipif(sys.platform != "linux", reason="looks at inodes as Linux swaps them")
def test_the_swap_is_an_exchange(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No rename takes part once there is a site, so no instant passes without one."""
    publish(site, filler("one"))

    def rename(*paths: Path) -> None:
        raise AssertionError("renamed")

    monkeypatch.setattr(Path, "rename", rename)
    old = site.stat().st_ino
    publish(site, filler("two"))
    assert site.stat().st_ino != old
    assert (site / "index.html").read_text() == "two"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is an instant without a site")
def test_a_reader_never_sees_half_a_site(site: Path) -> None:
    """Whatever the moment, the folder is there, and all files below it are of one build."""
    publish(site, filler("0", more=20))
    names = sorted(files_of(site))
    stop = threading.Event()
    wrong: list[str] = []
    looks = 0

    def read() -> None:
        nonlocal looks
        while not stop.is_set():
            try:
                folder = os.open(site, os.O_RDONLY | os.O_DIRECTORY)
            except OSError as error:
                wrong.append(f"no site: {error}")
                continue
            said = set(_words(folder, names))
            os.close(folder)
            looks += 1
            if len(said - {""}) > 1:
                wrong.append(f"a site of several builds: {said}")

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for number in range(1, 60):
        publish(site, filler(str(number), more=20))
    stop.set()
    for reader in readers:
        reader.join()
    assert not wrong
    assert looks > 60


def _words(folder: int, names: list[str]) -> Iterator[str]:
    """What the files say; those of a site that was just retired may be gone already."""
    for name in names:
        try:
            file = os.open(name, os.O_RDONLY, dir_fd=folder)
        except FileNotFoundError:
            continue
        yield os.read(file, 10).decode()
        os.close(file)


def test_a_killed_build_leaves_the_old_site_and_the_next_one_clears_up(site: Path) -> None:
    publish(site, filler("one"))
    before = files_of(site)
    code = (
        "import os, signal, sys; from pathlib import Path; from generator.publish import publish\n"
        "def build(folder):\n"
        "    (folder / 'index.html').write_text('half')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "publish(Path(sys.argv[1]), build)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(site)], check=False)
    assert done.returncode != 0
    assert files_of(site) == before
    assert len(staging_folders(site.parent)) == 1
    publish(site, filler("two"))
    assert staging_folders(site.parent) == []


# --- what must not be replaced --------------------------------------------------------------------------


def refuse(site: Path) -> None:
    def build(folder: Path) -> None:
        raise AssertionError("built")

    with pytest.raises(UsageError):
        publish(site, build)


def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    refuse(tmp_path)
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


def test_a_history_in_the_site_is_not_lost(site: Path) -> None:
    """Some keep what they publish in a repository of its own."""
    publish(site, filler("one"))
    (site / ".git").write_text("gitdir: elsewhere")
    refuse(site)
    assert (site / ".git").read_text() == "gitdir: elsewhere"


def test_an_empty_folder_is_fine(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    publish(tmp_path / "site", filler("one"))
    assert (tmp_path / "site/index.html").read_text() == "one"


def test_links_files_and_the_root_are_refused(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    refuse(tmp_path / "link")
    (tmp_path / "dangling").symlink_to(tmp_path / "nothing")
    refuse(tmp_path / "dangling")
    (tmp_path / "file").write_text("x")
    refuse(tmp_path / "file")
    refuse(Path("/"))


def test_a_folder_that_cannot_be_made_is_a_usage_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    refuse(tmp_path / "file" / "site")
