"""Changes of files as the system tells them, where it does: MkDocs looks through all of them twice a second."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from watchdog.events import FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

CHANGES = [FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent]
"""That a file was read is an event too, and each build would be the cause of the next."""
_SHARED = ("9p", "drvfs", "nfs", "nfs4", "cifs", "smb3", "smbfs", "vboxsf", "vmhgfs", "prl_fs", "virtiofs", "fakeowner", "afs", "ceph")
"""File systems whose files another system can change without ours being told; so are all that begin with `fuse`."""


def observer_of_changes(paths: Iterable[Path]) -> BaseObserver | None:
    """Who tells of changes in these files and folders; None where nobody reliably does."""
    paths = list(paths)
    if any(is_shared(path) for path in paths):
        return None
    trial, found = _Changes(), _Changes()
    try:
        for path in paths:
            trial.schedule(FileSystemEventHandler(), str(path), recursive=True)
        trial.start()
    except OSError:  # the system allows no more
        return None
    finally:
        if trial.is_alive():
            trial.stop()
            trial.join()
    return found


class _Changes(Observer):  # type: ignore[misc,valid-type]  # which class that is depends on the system
    def schedule(self, event_handler: FileSystemEventHandler, path: str | Path, **given: Any) -> Any:
        """Watch for changes alone."""
        return super().schedule(event_handler, path, **{"event_filter": CHANGES, **given})


def is_shared(path: Path, mounts: Path = Path("/proc/self/mountinfo")) -> bool:
    """Whether files there may change without this system being told. Linux says what they are on, see proc(5)."""
    if sys.platform != "linux":
        return False
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return True
    real = path.resolve()
    found: list[tuple[int, str]] = []
    for line in lines:
        fields, _, rest = line.partition(" - ")
        point = fields.split(" ")[4].replace("\\040", " ")
        if rest and (point == "/" or real.is_relative_to(point)):
            found.append((len(point), rest.split(" ")[0]))
    kind = max(found, key=lambda each: each[0], default=(0, ""))[1]
    return kind.startswith("fuse") or kind in _SHARED
