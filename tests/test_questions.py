"""What a record's pages and files ask of other records: as little as they show, since with the answer they are made again."""

from collections.abc import Iterator

import pytest

from generator.catalog import Catalog
from generator.kinds import FOLDERS, KINDS, Kind
from generator.outputs import Site
from generator.pages import library
from generator.pipeline import check
from generator.standalone import Standalone
from generator.units import FIRST, RECORD, Maker, first
from generator.update import key_of
from generator.views import reading
from generator.views.concerns import all_mentions
from generator.views.shelf import Broken, InMemory
from tests.projects import ROOT

Question = tuple[str, ...]


@pytest.fixture(scope="module")
def asked() -> dict[str, set[Question]]:
    """By unit, for every sheet, place, actor and other record of the real content: the questions that it asks."""
    catalog, _ = check(ROOT / "content")
    shelf = InMemory(catalog, lambda: all_mentions(library(catalog)))
    site = Site("Briefbook", cards="live")
    maker = Maker(site, Standalone(ROOT / "site_templates", site))
    found: dict[str, set[Question]] = {}
    for key in ((kind, record_id) for kind in KINDS for record_id in getattr(catalog, FOLDERS[kind])):
        for unit in (f"{FIRST}{'/'.join(key)}", f"{RECORD}{'/'.join(key)}"):
            questions = found[unit] = set()
            records = reading.library(shelf, None, lambda *words, questions=questions: questions.add(words))
            first(records, site, unit) if unit.startswith(FIRST) else maker.make(records, unit)
    return found


def whole_sheets(asked: dict[str, set[Question]]) -> Iterator[tuple[str, Question]]:
    """Each unit that asks for all that is in a sheet of which it is not made."""
    for unit, questions in asked.items():
        yield from ((unit, words) for words in questions if words[:2] == ("record", "briefing") and words[1:] != key_of(unit))


def test_no_record_reads_all_of_a_sheet(asked: dict[str, set[Question]]) -> None:
    assert list(whole_sheets(asked)) == []


def test_they_read_parts_of_sheets(asked: dict[str, set[Question]]) -> None:
    beside = [words for unit, questions in asked.items() for words in questions if words[0] == "part" and words[1] != key_of(unit)[1]]
    assert len(beside) > 100, "else the test above would look at nothing"


class Unread(InMemory):
    """A shelf on which no file may be looked into."""

    def broken(self, kind: Kind, record_id: str) -> Broken | None:
        raise AssertionError(f"{kind}/{record_id} is read")


def test_whether_a_record_is_broken_is_known_without_its_file() -> None:
    """A thousand records may name one, whose file would be parsed for each of them."""
    found = reading.library(Unread(Catalog({}, {}, {}, {}, {}, {}, {}, {}, broken={("place", "rawa"): None})))
    assert ("place", "rawa") in found.whole.broken
    assert ("place", "rawa-2") not in found.whole.broken
