"""What a preview answers, while its folder changes too."""

import threading
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import preview_server
from generator.preview_server import Window, live

POLICY = b'<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; script-src &#39;self&#39;">'
FILES = {
    "index.html": b"<head>" + POLICY + b"</head><body>home</body>",
    "a/index.html": b"<body>a</body>",
    "assets/x.css": b"css",
    "data.json": b"{}",
    "404.html": b"<body>nothing here</body>",
}


@pytest.fixture
def window(tmp_path: Path) -> Window:
    folder = tmp_path / "site"
    for path, content in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    (tmp_path / "secret.html").write_bytes(b"secret")
    window = Window(folder, "/facts/")
    window.shows(dict.fromkeys(FILES, "1"))
    return window


def ask(window: Window, path: str) -> tuple[str, dict[str, str], bytes]:
    """What it answers, by the rules of WSGI."""
    environ: dict[str, Any] = {"PATH_INFO": path.encode().decode("latin-1"), "QUERY_STRING": "", "SCRIPT_NAME": ""}
    setup_testing_defaults(environ)
    environ["wsgi.input"] = BytesIO()
    told: list[Any] = []

    def start(status: str, headers: list[tuple[str, str]], *_: Any) -> Any:
        told[:] = status, dict(headers)
        return lambda data: None

    answer: Iterable[bytes] = validator(window)(environ, start)
    body = b"".join(answer)
    answer.close()  # type: ignore[attr-defined]  # the validator has it
    return told[0], told[1], body


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/facts/", "200 OK", b"home"),
        ("/facts/a/", "200 OK", b"<body>a"),
        ("/facts/a/index.html", "200 OK", b"<body>a"),
        ("/facts/none/", "404 Not Found", b"nothing here"),
        ("/other/", "404 Not Found", b"nothing here"),
        ("/facts/../secret.html", "404 Not Found", b"nothing here"),
        ("/facts/../../secret.html", "404 Not Found", b"nothing here"),
        ("/facts//../../secret.html", "404 Not Found", b"nothing here"),
        ("/facts/a\0b", "404 Not Found", b"nothing here"),
        ("/facts/\u0645/", "404 Not Found", b"nothing here"),
        ("/facts/assets/x.css", "200 OK", b"css"),
        ("/facts/data.json", "200 OK", b"{}"),
    ],
)
def test_addresses(window: Window, path: str, status: str, told: bytes) -> None:
    found = ask(window, path)
    assert found[0] == status
    assert told in found[2]
    assert b"secret" not in found[2]


@pytest.mark.parametrize(("path", "to"), [("/", "/facts/"), ("/facts/a", "/facts/a/")])
def test_where_a_slash_is_missing(window: Window, path: str, to: str) -> None:
    status, headers, _ = ask(window, path)
    assert (status, headers["Location"]) == ("302 Found", to)


@given(st.text(st.characters(codec="utf-8"), max_size=20))
def test_any_address_is_answered(tmp_path_factory: pytest.TempPathFactory, path: str) -> None:
    window = Window(tmp_path_factory.getbasetemp() / "none", "/")
    assert ask(window, f"/{path}")[0] in ("404 Not Found", "200 OK") or path.startswith("livereload/")


def test_pages_can_be_loaded_again_and_nothing_else_is_touched(window: Window) -> None:
    _, headers, page = ask(window, "/facts/")
    assert page.startswith(
        b'<head><meta http-equiv="Content-Security-Policy" content="default-src &#x27;none&#x27;; script-src &#x27;self&#x27; '
    )
    assert b'"></head><body>home<script data-live="/livereload/" data-state="' in page
    assert page.endswith(b"</script></body>")
    assert int(headers["Content-Length"]) == len(page)
    assert ask(window, "/facts/data.json")[2] == FILES["data.json"]
    assert live(b"no end", "x").startswith(b'no end<script data-live="/livereload/" data-state="x">')


def state(window: Window, path: str, known: str = "none") -> str:
    return ask(window, f"/livereload/{known}{path}")[2].decode()


def test_a_page_knows_its_own_changes_alone(window: Window) -> None:
    before = {path: state(window, path) for path in ("/facts/", "/facts/a/", "/facts/none/", "/facts/new/")}
    assert f'data-state="{before["/facts/"]}"'.encode() in ask(window, "/facts/")[2]

    def changed(files: dict[str, str]) -> set[str]:
        window.shows(files)
        return {path for path, was in before.items() if state(window, path) != was}

    files = dict.fromkeys(FILES, "1")
    assert changed(files) == set()
    assert changed({**files, "a/index.html": "2"}) == {"/facts/a/"}
    assert changed({**files, "data.json": "2"}) == set()
    assert changed({**files, "assets/x.css": "2"}) == before.keys(), "every page shows with it"
    assert changed({**files, "new/index.html": "1"}) == {"/facts/new/"}
    assert changed({**files, "404.html": "2"}) == {"/facts/none/", "/facts/new/"}


def test_who_waits_is_told_when_the_page_changes(window: Window) -> None:
    known = state(window, "/facts/a/")
    told: list[str] = []
    waiting = threading.Thread(target=lambda: told.append(state(window, "/facts/a/", known)))
    waiting.start()
    window.shows({**dict.fromkeys(FILES, "1"), "data.json": "2"})
    assert told == []
    window.shows({**dict.fromkeys(FILES, "1"), "a/index.html": "2"})
    waiting.join(30)
    assert told == [state(window, "/facts/a/")]
    assert told != [known]


def test_nobody_waits_for_ever(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preview_server, "PATIENCE", 0.01)
    known = state(window, "/facts/a/")
    assert state(window, "/facts/a/", known) == known


def test_nobody_reads_while_it_changes(window: Window, tmp_path: Path) -> None:
    """A file that is taken away and put back was there all the time."""
    answers: list[str] = []
    with window.changing():
        (tmp_path / "site/index.html").unlink()
        reading = threading.Thread(target=lambda: answers.append(ask(window, "/facts/")[0]))
        reading.start()
        reading.join(0.05)
        assert answers == []
        (tmp_path / "site/index.html").write_bytes(b"back")
    reading.join(30)
    assert answers == ["200 OK"]
