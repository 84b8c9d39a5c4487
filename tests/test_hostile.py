"""Hostile texts in every field of every kind of record: refused where they stand, or shown as the texts they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.render import RenderedPage
from tests.hostile.door import placed_by_rules, refusals, taken_where_no_text_is, unlocated
from tests.hostile.fields import every_field, text_fields
from tests.hostile.markdown import faults, read_by_readers, rendered
from tests.hostile.pages import differences, seen
from tests.hostile.records import reached, slots
from tests.hostile.strings import CLASSES, STRINGS
from tests.hostile.sweep import by_class, plain, takes, with_controls


def test_every_field_of_text_is_reached() -> None:
    """A field that a model gets is one of these at once: then a text for it has to stand in the records of a family."""
    assert len(text_fields()) > 100
    assert reached() == set(text_fields())
    assert {field.takes for field in every_field()} == {"line", "prose", "verbatim", "url", "any", "closed"}, "another type of text"


def test_families_have_every_class_in_every_place() -> None:
    class_of = {text: name for name, texts in CLASSES.items() for text in texts}
    some = [by_class(number) for number in range(len(CLASSES))]
    for place in slots():
        found = {class_of.get(texts[place]) for texts in some} - {None}
        # All but what the door refuses; some in a place are of lists for its type alone.
        assert takes(place) == "url" or len(found) > len(CLASSES) * 0.7, place


# --- what is refused ------------------------------------------------------------------------------------


def test_what_is_refused_is_located() -> None:
    some = ["x\u202egnp.exe", "[x](javascript:alert(1))"]
    assert unlocated(refusals(some)) == []


def test_what_takes_no_free_text_takes_none_of_these() -> None:
    assert list(taken_where_no_text_is(STRINGS[::110])) == []


def test_what_has_to_name_something_takes_none_of_these(tmp_path: Path) -> None:
    assert placed_by_rules(tmp_path, ["<script>top.__hit=1</script>", "claims[cl-a].<b>"]) == []


# --- what is shown --------------------------------------------------------------------------------------


FAMILIES = with_controls([by_class(3)])


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, RenderedPage]:
    return rendered(tmp_path_factory.mktemp("hostile") / "project", FAMILIES)


def test_on_pages_it_is_text(pages: dict[str, RenderedPage]) -> None:
    assert list(faults(pages, FAMILIES)) == []


def test_every_field_of_text_is_shown(pages: dict[str, RenderedPage]) -> None:
    """Else a text that is missing on a page would be missing on that of ordinary words too, and nobody would see it."""
    assert read_by_readers(pages, FAMILIES) == set(slots().values())


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("<p>Ordinary 1 words 0 here<b>x</b></p>", "an element more: <b>"),
        ("<p class=bb-full>Ordinary 1 words 0 here</p>", "an element more: <p> # .bb-full"),
        ("<p>Ordinary 1 words 0 here <a href='https://evil.example/'>x</a></p>", "a link to https://evil.example/"),
        ("<p>Ordinary 1 words</p>", "stands 0 times instead of 1 in text"),
    ],
)
def test_a_difference_would_be_found(page: str, said: str) -> None:
    control = seen("<!doctype html><html><head><title>x</title></head><body><p>Ordinary 1 words 0 here</p></body></html>")
    other = seen(f"<!doctype html><html><head><title>x</title></head><body>{page}</body></html>")
    assert any(said in difference for difference in differences(control, plain(1), other, plain(1)))
