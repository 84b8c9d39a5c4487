"""Takes the README's pictures from a built site: `python -m tools.screenshots SITE_DIR`."""

import functools
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright

from tools.browser import FLAGS, NONE_FOUND, BrowserError, find_browser

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "images"
SHOTS = (
    ("briefing-desktop", "briefings/deir-ez-zor-al-qaim-2017-11-03/", 1280, 900, "light"),
    ("briefing-phone", "briefings/deir-ez-zor-al-qaim-2017-11-03/#one-minute", 360, 720, "dark"),
)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def take(site: Path) -> None:
    """Open each page in a browser and keep what is seen."""
    path = find_browser()
    if path is None:
        raise BrowserError(NONE_FOUND)
    PICTURES.mkdir(parents=True, exist_ok=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
            for name, address, width, height, scheme in SHOTS:
                page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]  # one of the words it takes
                answer = page.goto(f"http://127.0.0.1:{server.server_port}/{address}", wait_until="networkidle")
                if not answer or not answer.ok:
                    raise BrowserError(f"no page {address} in {site}")
                page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")
                print(PICTURES / f"{name}.png")
            browser.close()
    finally:
        server.shutdown()
        server.server_close()


if __name__ == "__main__":
    take(Path(sys.argv[1]))
