"""Finds a Chromium-like browser for the tests; run as a program, it also tries to install one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

VARIABLE = "BRIEFBOOK_BROWSER"
NAMES = (
    "chromium-headless-shell",  # the same engine without windows: opens a page in a third of the time
    "chrome-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
)
MAC_PATHS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""How to start it, so that it does what a page asks and nothing else."""
NONE_FOUND = f"no Chromium-like browser found: install Chromium, Chrome or Edge, or set {VARIABLE} to the path of one"


class BrowserError(Exception):
    """The browser that was asked for cannot be used."""


def find_browser() -> str | None:
    """Give the path of a browser that starts: the one asked for, else an installed one, else Playwright's own."""
    if wanted := os.environ.get(VARIABLE):
        path = shutil.which(wanted)
        if path is None or not _starts(path):
            raise BrowserError(f"{VARIABLE} is {wanted}, which is not a browser that starts")
        return path
    installed = [path for name in NAMES if (path := shutil.which(name))]
    for path in [*installed, *(path for path in MAC_PATHS if Path(path).exists())]:
        if _starts(path):
            return path
    own = _playwrights_own()
    return own if own and _starts(own) else None


def _starts(path: str) -> bool:
    """Ubuntu has a `chromium-browser` that only says what to install, and a download may lack its libraries."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install_browser() -> None:
    """Try Playwright's download, then Debian's package; a failure is for `find_browser` to notice."""
    _try([sys.executable, "-m", "playwright", "install", "chromium"])
    if not find_browser() and shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        _try(["apt-get", "update"])
        _try(["apt-get", "install", "-y", "--no-install-recommends", "chromium-headless-shell"])
        if not find_browser():  # Debian has had the shell in a package of its own since 2025
            _try(["apt-get", "install", "-y", "--no-install-recommends", "chromium"])


def _try(command: list[str]) -> None:
    print("Trying:", " ".join(command), flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=600, check=False, env=environment)
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"  {error}", flush=True)
        return
    if done.returncode:
        print("  failed:", *(done.stderr or done.stdout).strip().splitlines()[-3:], sep="\n    ", flush=True)


def main() -> int:
    """See to it that the tests have a browser: under CI it is an error if they have none, elsewhere a warning."""
    try:
        if find_browser():
            return 0
        print("No browser for the tests yet.", flush=True)
        install_browser()
        if find_browser():
            return 0
    except BrowserError as error:
        print(error, file=sys.stderr)
        return 1
    print(NONE_FOUND, file=sys.stderr)
    if os.environ.get("CI"):
        return 1
    print("The browser tests will be skipped.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
