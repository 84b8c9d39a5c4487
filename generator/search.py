"""The search index, made by Pagefind from the finished pages."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from .errors import BriefbookError

FOLDER = "pagefind"
"""Where in the site the index goes. The theme's script looks for it there."""


class SearchError(BriefbookError):
    """Pagefind failed."""


def index(site_dir: Path) -> None:
    """Index the pages of a site, into the site.

    Raises:
        SearchError: Pagefind could not run or did not finish.
    """
    command = [sys.executable, "-m", "pagefind", "--site", str(site_dir), "--output-subdir", FOLDER, "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode or not (site_dir / FOLDER / "pagefind.js").is_file():
        raise SearchError(f"the search index could not be made: {(done.stderr or done.stdout).strip()[-500:]}")
