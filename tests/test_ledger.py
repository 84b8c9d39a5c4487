"""Which units are to be done again, by what they asked."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ledger import Ledger, question
from generator.ledger_entries import Done
from generator.mentions import Mention
from generator.outputs.pieced import Pieced, with_others

PIECES = st.lists(st.sampled_from([b"x", b"xx", b"y\n", b"long " * 60, b""]), min_size=1, max_size=2)
"""Of one file. Some are alike, and in others."""
UNITS = st.sampled_from("abcdef")
RED, BLUE = ("mentions", "colour", "red"), ("mentions", "colour", "blue")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    found = Ledger(tmp_path / "ledger.sqlite")
    yield found
    found.close()


def done(unit: str, *asked: tuple[str, ...], says: tuple[Mention, ...] = ()) -> Done:
    return Done(unit, [question(*words) for words in asked], unit, says)


def test_who_asked_is_done_again_when_the_answer_is_another(ledger: Ledger) -> None:
    ledger.note([done("page/one", RED), done("page/two", BLUE), done("page/both", RED, BLUE), done("page/none")])
    assert ledger.todo() == set()
    ledger.note([done("first/a", says=(("colour", "red", ("a",)),))])
    assert ledger.todo() == {"page/one", "page/both"}


def test_a_build_that_is_killed_before_that_is_found_out_loses_nothing(ledger: Ledger, tmp_path: Path) -> None:
    ledger.note([done("page/one", RED), done("page/two", BLUE)])
    ledger.note([done("first/a", says=(("colour", "red", ("a",)),))])
    ledger.close()
    again = Ledger(tmp_path / "ledger.sqlite")
    assert again.todo() == {"page/one"}
    again.close()


def test_what_is_made_leaves_out_what_is_to_be_done_again(ledger: Ledger) -> None:
    ledger.note([done("page/one", RED), done("page/two", BLUE)])
    ledger.note([done("first/a", says=(("colour", "red", ("a",)),))])
    assert ledger.made("page/") == {"page/two": "page/two"}


def test_the_same_answer_concerns_nobody(ledger: Ledger) -> None:
    ledger.note([done("first/a", says=(("colour", "red", ("a",)),))])
    ledger.note([done("page/one", RED)])
    ledger.note([done("first/a", says=(("colour", "red", ("a",)),))])
    assert ledger.todo() == set()
    ledger.note([done("first/a", says=(("colour", "red", ("b",)),))])
    assert ledger.todo() == {"page/one"}


def test_what_a_unit_does_not_ask_any_more_does_not_concern_it(ledger: Ledger) -> None:
    ledger.note([done("page/one", RED, BLUE)])
    assert ledger.todo() == set()
    ledger.note([done("page/one", BLUE)])
    ledger.note([done("first/a", says=(("colour", "red", ("a",)),))])
    assert ledger.todo() == set()
    ledger.note([done("first/b", says=(("colour", "blue", ("b",)),))])
    assert ledger.todo() == {"page/one"}


def test_a_unit_that_is_no_more_concerns_those_who_asked_what_it_said(ledger: Ledger) -> None:
    ledger.note([done("first/a", says=(("colour", "red", ("a",)),)), done("page/two", BLUE)])
    ledger.note([done("page/one", RED)])
    ledger.drop(["first/a", "page/two"])
    assert ledger.todo() == {"page/one"}
    # Another unit may be given its number, and is not taken for it.
    ledger.note([done("page/one", RED), done("page/three")])
    ledger.note([done("first/b", says=(("colour", "blue", ("b",)),))])
    assert ledger.todo() == set()


@given(st.dictionaries(UNITS, PIECES, min_size=3), st.lists(st.tuples(UNITS, PIECES, st.booleans()), max_size=4))
def test_a_file_in_which_pieces_were_replaced_is_as_if_put_together(
    first: dict[str, list[bytes]], edits: list[tuple[str, list[bytes], bool]]
) -> None:
    """Whatever happens to pieces, and whether or not a build came as far as to the file."""
    pieced = Pieced("file", b"<", b",", b">", b"none")
    objects: dict[str, bytes] = {}

    def keep(content: bytes) -> str:
        objects[str(len(objects))] = content
        return str(len(objects) - 1)

    def change(name: str, replaced: Sequence[tuple[bytes, bytes]]) -> str | None:
        found = with_others(objects[name], replaced)
        return None if found is None else keep(found)

    with TemporaryDirectory() as folder:
        ledger = Ledger(Path(folder, "ledger.sqlite"))
        for units, is_seen in [(first, True), *(({unit: pieces}, is_seen) for unit, pieces, is_seen in edits), ({}, True)]:
            ledger.note(Done(unit, (), None, pieces=[("file", piece) for piece in pieces]) for unit, pieces in units.items())
            if is_seen:
                name = ledger.together("file", lambda: keep(pieced.file(ledger.pieces("file")).content), change)
                assert objects[name] == pieced.file(ledger.pieces("file")).content
        ledger.close()


def test_one_piece_of_many_is_replaced_where_it_is(ledger: Ledger) -> None:
    def refuse() -> str:
        raise AssertionError("it is put together anew")

    ledger.note(Done(unit, (), None, pieces=[("file", unit.encode())]) for unit in ("one", "two", "three"))
    assert ledger.together("file", lambda: "first", lambda name, replaced: None) == "first"
    ledger.note([Done("two", (), None, pieces=[("file", b"other")])])
    assert ledger.together("file", refuse, lambda name, replaced: f"{name} {replaced}") == "first [(b'two', b'other')]"
    assert ledger.together("file", refuse, lambda name, replaced: None) == "first [(b'two', b'other')]"


def test_a_file_is_put_together_anew_where_a_piece_is_damaged(ledger: Ledger, tmp_path: Path) -> None:
    long = b"long " * 100  # which is compressed
    ledger.note(Done(unit, (), None, pieces=[("file", unit.encode() + long)]) for unit in ("one", "two"))
    ledger.together("file", lambda: "first", lambda name, replaced: None)
    ledger.note([Done("two", (), None, pieces=[("file", b"other" + long)])])
    database = sqlite3.connect(tmp_path / "ledger.sqlite")
    database.execute("UPDATE replaced SET old = ?", (b"\x78damaged",))
    database.commit()
    database.close()
    assert ledger.together("file", lambda: "anew", lambda name, replaced: "changed") == "anew"


def test_it_says_whether_anything_has_to_be_made_again(tmp_path: Path) -> None:
    file = tmp_path / "ledger.sqlite"

    def begun(code: bytes) -> tuple[bool, set[str]]:
        ledger = Ledger(file)
        try:
            return ledger.begin(code), ledger.names(["page/"])
        finally:
            ledger.note([done("page/one")])
            ledger.close()

    assert begun(b"one") == (False, set()), "there was nothing"
    assert begun(b"one") == (False, {"page/one"})
    assert begun(b"two") == (True, set()), "by other code"
    with sqlite3.connect(file) as database:
        database.execute("PRAGMA user_version = 1")
    database.close()
    assert begun(b"two") == (True, set()), "in another form"
    file.write_bytes(b"no database" * 1000)
    assert begun(b"two") == (True, set()), "damaged"
