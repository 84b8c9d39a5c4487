"""The preview is told of changes, of nothing else, and by whom it can rely on."""

import queue
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from watchdog.events import FileSystemEvent, FileSystemEventHandler

from generator.watching import is_shared, observer_of_changes

MOUNTS = """\
22 1 0:21 / / rw,relatime - ext4 /dev/root rw
23 22 0:22 / {folder} rw,relatime shared:1 - {kind} server:/x rw
24 22 0:23 / {folder}/my\\040own rw - ext4 /dev/x rw
"""


@pytest.mark.skipif(sys.platform != "linux", reason="it is Linux that says so")
@pytest.mark.parametrize(("kind", "expected"), [("nfs4", True), ("fuse.sshfs", True), ("9p", True), ("ext4", False), ("tmpfs", False)])
def test_files_that_others_may_change(tmp_path: Path, kind: str, expected: bool) -> None:
    mounts = tmp_path / "mounts"
    folder = tmp_path / "project"
    (folder / "my own").mkdir(parents=True)
    mounts.write_text(MOUNTS.format(folder=folder, kind=kind), encoding="utf-8")
    assert is_shared(folder / "content", mounts) == expected
    assert not is_shared(folder / "my own" / "content", mounts)
    assert not is_shared(tmp_path / "elsewhere", mounts)
    assert is_shared(folder, tmp_path / "no such list"), "who does not know does not rely on it"


@pytest.fixture
def seen(tmp_path: Path) -> Iterator["queue.Queue[FileSystemEvent]"]:
    """Changes in a folder with a file."""
    (tmp_path / "a.yaml").write_text("a: 1\n", encoding="utf-8")
    observer = observer_of_changes([tmp_path])
    if observer is None:
        pytest.skip("this system tells nobody")
    found: queue.Queue[FileSystemEvent] = queue.Queue()
    handler = FileSystemEventHandler()
    handler.on_any_event = found.put  # type: ignore[method-assign]  # as MkDocs does
    observer.schedule(handler, str(tmp_path), recursive=True)
    observer.start()
    yield found
    observer.stop()
    observer.join()


def next_of(seen: "queue.Queue[FileSystemEvent]") -> str:
    while (event := seen.get(timeout=30)).is_directory:
        pass
    return Path(str(event.src_path)).name


def test_writing_is_told_and_reading_is_not(seen: "queue.Queue[FileSystemEvent]", tmp_path: Path) -> None:
    for _ in range(3):
        (tmp_path / "a.yaml").read_text(encoding="utf-8")
    (tmp_path / "b.yaml").write_text("b: 1\n", encoding="utf-8")
    assert next_of(seen) == "b.yaml"


def test_what_editors_put_in_the_place_of_a_file_is_told(seen: "queue.Queue[FileSystemEvent]", tmp_path: Path) -> None:
    aside = tmp_path / ".a.yaml.swp"
    aside.write_text("a: 2\n", encoding="utf-8")
    aside.replace(tmp_path / "a.yaml")
    names = {next_of(seen)}
    while "moved" not in {(event := seen.get(timeout=30)).event_type}:
        names.add(Path(str(event.src_path)).name)
    assert Path(str(event.dest_path)).name == "a.yaml"
