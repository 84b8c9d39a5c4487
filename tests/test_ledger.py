"""Which units are to be done again, by what they asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.ledger import Ledger, question
from generator.ledger_entries import Done
from generator.mentions import Mention

RED, BLUE = ("mentions", "colour", "red"), ("mentions", "colour", "blue")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    found = Ledger(tmp_path / "ledger.sqlite")
    yield found
    found.close()


def opened_again(ledger: Ledger) -> Ledger:
    """As after a build that was killed."""
    file = Path(ledger._file)
    ledger.close()
    return Ledger(file)


def done(unit: str, *asked: tuple[str, ...], says: tuple[Mention, ...] = ()) -> Done:
    return Done(unit, [question(*words) for words in asked], unit, says)


def test_who_asked_is_done_again_when_the_answer_is_another(ledger: Ledger) -> None:
    ledger.note([done("page/one", RED), done("page/two", BLUE), done("page/both", RED, BLUE), done("page/none")])
    assert ledger.todo() == set()
    ledger.note([done("first/a", says=(("colour", "red", ("a",)),))])
    assert ledger.todo() == {"page/one", "page/both"}


def test_a_build_that_is_killed_before_that_is_found_out_loses_nothing(ledger: Ledger) -> None:
    ledger.note([done("page/one", RED), done("page/two", BLUE)])
    ledger.note([done("first/a", says=(("colour", "red", ("a",)),))])
    again = opened_again(ledger)
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
