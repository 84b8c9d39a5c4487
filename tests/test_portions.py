"""Lists that go on over pages of their own: nothing is lost or doubled, and what is new changes few pages."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator.kinds import KINDS
from generator.urls import index_uri, page_path, paged_uri, record_uri, section_uri
from generator.views.portions import Form, Limit, Portion, Section, portion

SOME = Limit(10, 8)


def section(total: int, limit: Limit = SOME, *, in_time: bool = True) -> Section[int, int]:
    def show(entries: Sequence[int], start: int, stop: int) -> tuple[int, ...]:
        return tuple(entries[start:stop])

    def label(entries: Sequence[int]) -> str:
        return f"{entries[0]} – {entries[-1]}"

    form = Form("numbers", "numbers", "by size", limit, in_time)
    return Section("place", "rawa", "claims", "about", "Numbers", form, tuple(range(total)), label, show)


def in_order(found: Section[int, int]) -> list[tuple[int, Portion[int]]]:
    """Every page with its number, in the order of the list."""
    numbers = [*range(1, found.pages + 1)]
    return [(number, portion(found, number)) for number in ([*numbers, 0] if found.form.in_time else [0, *numbers])]


totals = st.integers(0, 500)
limits = st.integers(2, 60).flatmap(lambda own: st.builds(Limit, st.just(own), st.integers(1, own)))
either = st.booleans()


@given(totals, limits, either)
def test_every_entry_is_on_one_page_in_its_order(total: int, limit: Limit, in_time: bool) -> None:
    pages = in_order(section(total, limit, in_time=in_time))
    assert [entry for _, page in pages for entry in page.entries] == list(range(total))
    for _, page in pages:
        assert page.count == len(page.entries)
        assert not page.entries or page.begins == page.entries[0] + 1


@given(totals, limits, either)
def test_the_own_page_has_its_share_and_no_page_too_much(total: int, limit: Limit, in_time: bool) -> None:
    found = section(total, limit, in_time=in_time)
    own = portion(found, 0)
    assert own.total == total
    assert own.count == total if total <= limit.own else limit.own - limit.further < own.count <= limit.own
    for number in range(1, found.pages + 1):
        page = portion(found, number)
        assert page.count == limit.further or (not in_time and number == found.pages and 0 < page.count < limit.further)
        assert page.total is None


@given(totals, limits, either)
def test_each_page_leads_to_the_one_before_and_the_one_after(total: int, limit: Limit, in_time: bool) -> None:
    pages = in_order(section(total, limit, in_time=in_time))
    assert pages[0][1].previous is None and pages[-1][1].next is None
    for (_, before), (_, after) in pairwise(pages):
        assert before.next and before.next.target == after.here.target
        assert after.previous and after.previous.target == before.here.target
    assert len({page.here.target.uri for _, page in pages}) == len(pages)


@given(totals, limits, either)
def test_each_page_names_itself_the_own_page_and_the_first(total: int, limit: Limit, in_time: bool) -> None:
    found = section(total, limit, in_time=in_time)
    pages = in_order(found)
    for _, page in pages:
        named = [step.target.uri for step in page.steps if step]
        assert len(named) == len(set(named)) <= 16
        if found.pages:
            assert {page.here.target.uri, "places/rawa.md", pages[0][1].here.target.uri} <= set(named)
        else:
            assert not named, "there is nothing to lead to"


@given(st.integers(1, 500), limits)
def test_a_new_entry_changes_the_own_page_and_seldom_another(total: int, limit: Limit) -> None:
    before, after = section(total - 1, limit), section(total, limit)
    kept = range(1, before.pages + 1)
    changed = [number for number in kept if portion(before, number) != portion(after, number)]
    if after.pages == before.pages:
        assert changed == []
    else:
        assert after.pages == before.pages + 1
        assert changed == [before.pages] * (before.pages > 0), "which names the page that follows it now"


@given(totals, limits)
def test_what_is_not_the_oldest_is_on_a_page_that_stays(total: int, limit: Limit) -> None:
    """A link to a page shows the same for ever, as long as only new entries come."""
    found, grown = section(total, limit), section(total + 3 * limit.further, limit)
    assert [portion(found, n).entries for n in range(1, found.pages + 1)] == [portion(grown, n).entries for n in range(1, found.pages + 1)]


@given(totals, limits, either, st.integers(0, 30))
def test_a_page_resolves_its_own_entries_alone(total: int, limit: Limit, in_time: bool, number: int) -> None:
    asked: list[int] = []

    def show(entries: Sequence[int], start: int, stop: int) -> tuple[int, ...]:
        asked.extend(entries[start:stop])
        return tuple(entries[start:stop])

    found = section(total, limit, in_time=in_time)
    assume(number <= found.pages)
    watched = Section(
        found.kind, found.record_id, found.name, found.anchor, found.title, found.form, found.entries, lambda entries: str(entries[0]), show
    )
    assert asked == list(portion(watched, number).entries)


def test_what_is_left_out_is_told_where_it_will_not_change() -> None:
    found = section(2000)  # 249 pages
    words = [step.words if step else "…" for step in portion(found, 100).steps]
    assert words == ["1 to 8", "…", "777 to 784", "785 to 792", "793 to 800", "801 to 808", "the latest"]
    own = [step.words if step else "…" for step in portion(found, 0).steps]
    assert own[:5] == ["1 to 8", "…", "393 to 400", "…", "793 to 800"], "every fiftieth page"
    assert own[-4:] == ["…", "1,977 to 1,984", "1,985 to 1,992", "1,993 to 2,000"]


def test_the_own_page_is_reached_at_the_lists_place() -> None:
    step = portion(section(30), 1).steps[-1]
    assert step and (step.target.uri, step.target.anchor) == ("places/rawa.md", "about")


@pytest.mark.parametrize(
    ("number", "path"), [(0, "/people/ada-ferry/"), (1, "/people/ada-ferry/quotes/1/"), (120, "/people/ada-ferry/quotes/120/")]
)
def test_addresses(number: int, path: str) -> None:
    assert page_path(section_uri("person", "ada-ferry", "quotes", number)) == path


def test_no_record_whatever_its_id_is_in_the_way() -> None:
    """Nor is a page of the list of all records."""
    ids = ["page", "claims", "2", "quotes-2"]
    for kind in KINDS:
        others = [record_uri(kind, name) for name in ids] + [paged_uri(index_uri(kind), number) for number in (1, 2, 3)]
        pages = [section_uri(kind, name, "claims", number) for name in ids for number in (1, 2, 3)]
        assert len({page_path(uri) for uri in (*others, *pages)}) == len(others) + len(pages)
