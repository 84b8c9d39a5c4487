"""The fixtures of this folder notice what they are there to notice."""

import os
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tools import browser as tool

ROOT = Path(__file__).resolve().parents[2]

PAGES = {
    "good.html": "<link rel=icon href=data:,><title>Good</title>",
    "console.html": "<script>console.error('it broke')</script>",
    "thrown.html": "<script>throw new Error('thrown away')</script>",
    "rejected.html": "<script>Promise.reject(new Error('promised'))</script>",
    "foreign.html": "<img src='https://elsewhere.example/pixel.png'>",
    "foreign-address.html": "<script>fetch('http://192.0.2.7/data').catch(() => 0)</script>",
    "foreign-socket.html": "<script>new WebSocket('wss://elsewhere.example/live')</script>",
    "missing.html": "<img src='gone.png'>",
}
EXPECTED = {
    "good.html": [],
    "console.html": ["console error: it broke"],
    "thrown.html": ["page error: thrown away"],
    "rejected.html": ["page error: promised"],
    "foreign.html": ["foreign request: https://elsewhere.example/pixel.png"],
    "foreign-address.html": ["foreign request: http://192.0.2.7/data"],
    "foreign-socket.html": ["foreign request: wss://elsewhere.example/live"],
    "missing.html": ["failed request: {base}/gone.png: 404"],
}


@pytest.fixture
def base(tmp_path, serve_folder):
    for name, text in PAGES.items():
        (tmp_path / name).write_text("<!doctype html>" + text)
    return serve_folder(tmp_path)


@pytest.mark.parametrize("name", PAGES)
def test_a_problem_is_noticed(page, problems, base, name):
    page.goto(f"{base}/{name}")
    page.evaluate("new Promise(done => setTimeout(done, 100))")
    for wanted in EXPECTED[name]:
        assert any(wanted.format(base=base) in problem for problem in problems), problems
    assert bool(problems) == bool(EXPECTED[name]), problems
    problems.clear()


def test_a_problem_fails_the_test(browser, tmp_path):
    """Run pytest itself: three pages with a problem, one without, none of them looked at by its test."""
    (tmp_path / "conftest.py").write_text((ROOT / "tests/browser/conftest.py").read_text())
    pages = {name: PAGES[name] for name in ("good.html", "console.html", "foreign.html", "missing.html")}
    (tmp_path / "test_pages.py").write_text(
        "import pytest\n"
        f"PAGES = {pages!r}\n"
        "@pytest.mark.parametrize('name', PAGES)\n"
        "def test_page(page, serve_folder, tmp_path, name):\n"
        "    (tmp_path / name).write_text(PAGES[name])\n"
        "    page.goto(serve_folder(tmp_path) + '/' + name)\n"
    )
    command = [sys.executable, "-m", "pytest", "-q", "-c", str(ROOT / "pyproject.toml"), "-p", "no:cacheprovider", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "4 passed, 3 errors" in done.stdout
    for wanted in ("it broke", "https://elsewhere.example/pixel.png", "gone.png: 404"):
        assert wanted in done.stdout


def test_the_server_is_a_plain_static_host(tmp_path, serve_folder):
    for name in ("index.html", "wasm.en.pagefind", "a.wasm", "fragment/en_1.pf_fragment"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    base = serve_folder(tmp_path, under="/project")
    types = {
        "/": "text/html; charset=utf-8",
        "/a.wasm": "application/wasm",
        "/wasm.en.pagefind": "application/octet-stream",
        "/fragment/en_1.pf_fragment": "application/octet-stream",
    }
    for path, wanted in types.items():
        with urllib.request.urlopen(base + path) as answer:
            assert answer.headers["Content-Type"] == wanted
    for outside in (base + "/gone", base.removesuffix("/project") + "/index.html"):
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(outside)


def test_an_unusable_browser_that_was_asked_for_is_an_error(monkeypatch):
    monkeypatch.setenv(tool.VARIABLE, "/no/such/browser")
    with pytest.raises(tool.BrowserError, match="/no/such/browser"):
        tool.find_browser()
    assert tool.main() == 1


def test_a_browser_that_does_not_start_is_passed_over(monkeypatch, tmp_path):
    for name, code in (("chromium", 1), ("google-chrome", 0)):
        (tmp_path / name).write_text(f"#!/bin/sh\nexit {code}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.delenv(tool.VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path) + os.pathsep + "/nowhere")
    assert tool.find_browser() == str(tmp_path / "google-chrome")


@pytest.mark.parametrize(("ci", "code"), [("true", 1), ("", 0)])
def test_no_browser_is_an_error_only_under_ci(monkeypatch, capsys, ci, code):
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(tool, "find_browser", lambda: None)
    monkeypatch.setattr(tool, "install_browser", lambda: None)
    assert tool.main() == code
    assert tool.NONE_FOUND in capsys.readouterr().err


@pytest.mark.parametrize(("ci", "outcome"), [("true", "1 error"), ("", "1 skipped")])
def test_without_a_browser_a_test_is_skipped_but_under_ci_it_fails(tmp_path, ci, outcome):
    source = (ROOT / "tests/browser/conftest.py").read_text()
    (tmp_path / "conftest.py").write_text(source + "\n\ndef find_browser():\n    return None\n")
    (tmp_path / "test_one.py").write_text("def test_one(page):\n    pass\n")
    command = [sys.executable, "-m", "pytest", "-q", "-c", str(ROOT / "pyproject.toml"), "-p", "no:cacheprovider", str(tmp_path)]
    environment = os.environ | {"CI": ci}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert outcome in done.stdout, done.stdout + done.stderr
    assert tool.NONE_FOUND in done.stdout


@pytest.mark.parametrize("under", ["", "/project"])
def test_the_built_site_opens(page, built_site, serve_folder, under):
    page.goto(serve_folder(built_site, under=under) + "/")
    assert page.title()
    assert page.locator("h1").count() == 1
