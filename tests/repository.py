"""A project under git, for what depends on what was published before."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.projects import Project

WHO = {
    f"GIT_{role}_{part}": value for role in ("AUTHOR", "COMMITTER") for part, value in (("NAME", "E. Ditor"), ("EMAIL", "e@example.org"))
}
ALONE = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


def git(folder: Path, *arguments: str, **environment: str) -> str:
    """Run git in a folder, with nobody's settings."""
    settings = {**{name: value for name, value in os.environ.items() if not name.startswith("GIT_")}, **WHO, **ALONE, **environment}
    done = subprocess.run(["git", "-C", folder, *arguments], env=settings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"git {' '.join(arguments)}: {done.stderr}"
    return done.stdout.strip()


@dataclass(frozen=True)
class Repository:
    """A project whose folder, or one above it, is a git repository."""

    project: Project
    folder: Path

    def git(self, *arguments: str, **environment: str) -> str:
        return git(self.folder, *arguments, **environment)

    def commit(self, message: str = "Published") -> str:
        """Publish what is there; the commit's id."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message)
        return self.git("rev-parse", "HEAD")


def published(project: Project, folder: Path | None = None, *options: str) -> Repository:
    """The project, all of it committed to a new repository."""
    made = Repository(project, folder or project.folder)
    made.git("init", "--quiet", "--initial-branch=main", *options)
    made.commit()
    return made
