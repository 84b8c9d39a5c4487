"""Long lists in pages: nothing is lost or doubled, and every page says what is on it."""

from itertools import groupby, pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.urls import page_path, paged_uri, record_uri
from generator.views.alphabet import capital, initial, name_key
from generator.views.paging import AROUND, SHOWN_ALL, Heading, ListPage, by_letter, names_label, paginate, short

URI = "places/index.md"


def decade(number: int) -> Heading:
    return Heading(f"{number // 10}0s", f"d{number // 10}")


def listed(count: int, size: int = 10) -> tuple[ListPage[int], ...]:
    return paginate(range(count), URI, size=size, heading=decade, label=lambda part: f"{part[0]} – {part[-1]}")


counts = st.integers(0, 400)
sizes = st.integers(1, 50)


@given(counts, sizes)
def test_every_entry_is_on_one_page_in_its_order(count: int, size: int) -> None:
    pages = listed(count, size)
    assert [entry for page in pages for entry in page.entries] == list(range(count))
    assert all(page.total == count and page.count == len(pages) for page in pages)


@given(counts, sizes)
def test_pages_are_full_but_not_too_full(count: int, size: int) -> None:
    lengths = [len(page.entries) for page in listed(count, size)]
    assert max(lengths) <= size
    assert max(lengths) - min(lengths) <= 1
    assert len(lengths) == max(1, -(-count // size)), "no more pages than it takes"


@given(counts, sizes)
def test_previous_and_next_go_through_all_pages_and_back(count: int, size: int) -> None:
    pages = listed(count, size)
    assert pages[0].previous is None and pages[-1].next is None
    for before, after in pairwise(pages):
        assert before.next == after.here
        assert after.previous == before.here
    assert [page.here.number for page in pages] == list(range(1, len(pages) + 1))
    assert len({page.here.uri for page in pages}) == len(pages)


@given(counts, sizes)
def test_the_pager_names_its_page_the_ends_and_the_neighbours(count: int, size: int) -> None:
    pages = listed(count, size)
    for page in pages:
        named = [step.number for step in page.steps if step]
        assert named == sorted(set(named))
        near = range(max(1, page.here.number - AROUND), min(page.count, page.here.number + AROUND) + 1)
        assert {1, page.count, *near} <= set(named)
        assert len(page.steps) <= max(SHOWN_ALL, 2 * AROUND + 7), "short, however many pages there are"
        # A gap stands exactly where at least two pages are left out.
        for hidden, steps in groupby(range(1, page.count + 1), key=lambda number: number not in named):
            assert not hidden or len(list(steps)) > 1
        assert page.steps.count(None) == sum(after - before > 1 for before, after in pairwise(named))


@given(counts, sizes)
def test_each_step_says_what_is_on_its_page(count: int, size: int) -> None:
    pages = listed(count, size)
    for step in (step for page in pages for step in page.steps if step):
        entries = pages[step.number - 1].entries
        assert step.label == (f"{entries[0]} – {entries[-1]}" if entries else "")
        assert step.uri == paged_uri(URI, step.number)


@given(counts, sizes)
def test_groups_hold_together_and_the_contents_lead_to_where_each_begins(count: int, size: int) -> None:
    pages = listed(count, size)
    seen = set()
    begins = []
    for page in pages:
        anchors = [group.heading.anchor for group in page.groups if group.heading]
        assert len(set(anchors)) == len(anchors) == len(page.groups)
        for group in page.groups:
            assert group.heading
            assert {decade(entry) for entry in group.entries} == {group.heading}
            assert group.continued == (group.heading in seen)
            if not group.continued:
                begins.append((group.heading.text, page.here.uri, group.heading.anchor))
            seen.add(group.heading)
    for page in pages:
        assert [(target.text, target.uri, target.anchor) for target in page.contents] == (begins if len(pages) > 1 else [])


def test_no_entries_are_one_page_that_says_so() -> None:
    (page,) = listed(0)
    assert (page.entries, page.groups, page.here.uri) == ((), (), URI)


@pytest.mark.parametrize(
    ("uri", "number", "path"),
    [
        ("places/index.md", 1, "/places/"),
        ("places/index.md", 2, "/places/page/2/"),
        ("changes.md", 1, "/changes/"),
        ("changes.md", 13, "/changes/page/13/"),
    ],
)
def test_addresses(uri: str, number: int, path: str) -> None:
    assert page_path(paged_uri(uri, number)) == path


def test_a_record_called_page_is_in_nobodys_way() -> None:
    assert record_uri("place", "page") not in {paged_uri(URI, number) for number in range(1, 5)}
    assert page_path(record_uri("place", "page")) == "/places/page/"


# --- order of names -----------------------------------------------------------------------------------


def test_names_stand_where_a_reader_looks_for_them() -> None:
    expected = ["“Abadi” Brigade", "Al-Qaim", "Al Qalamoun", "Élan", "elm", "Łódź", "Lower", "Øre 9", "Øre 10", "Zagreb"]
    assert sorted(set(expected), key=name_key) == expected


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("Al-Qaim", "A"), ("élan", "E"), ("Łódź", "L"), ("“Quoted”", "Q"), ("(the) North", "T"), ("7th Army", "0"), ("٣", "0"), ("—", ""), ("〇", ""),
        ("Ялта", "Я"), ("القائم", "ا"), ("თბილისი", "თ"), ("Ιthaca", "Ι"), ("ısparta", "I"), ("İzmir", "I"), ("ℝ", "R"), ("𝐀", "A"), ("straße", "S"),
    ],
)  # fmt: skip
def test_initials(name: str, letter: str) -> None:
    assert capital(initial(name)) == letter


@given(st.lists(st.text(max_size=8)))
@example(["i", "z", "ı"])
@example(["I", "z", "İ"])
@example(["—", "a", "〇"])
@example(["9", "a", "፩"])
@example(["a", "z", "𝐀"])
def test_equal_initials_stand_together(names: list[str]) -> None:
    initials = [letter for letter, _ in groupby(sorted(names, key=name_key), key=initial)]
    assert len(set(initials)) == len(initials)
    shown = [capital(letter) for letter in initials]
    assert len(set(shown)) == len(shown), "nor do two letters look alike"


def test_letters_stand_over_many_names_and_not_over_few() -> None:
    few = [f"{letter}x" for letter in "abc"]
    assert by_letter(few)("ax") is None
    many = [f"{letter}{number}" for letter in "abcé" for number in range(10)]
    heading = by_letter(many)
    assert heading("a1") == Heading("A", "letter-a")
    assert heading("é1") == Heading("E", "letter-e")
    assert heading("—") == Heading("Other", "letter-other")
    assert heading("7th") == Heading("0–9", "letter-0")
    assert heading("თ") == Heading("თ", "letter-10d7")


def test_a_script_of_many_signs_has_no_letters() -> None:
    signs = [chr(0x4E00 + number) for number in range(100)]
    assert by_letter(signs)(signs[0]) is None


@given(st.lists(st.text(max_size=5), min_size=31, max_size=60))
def test_letters_make_anchors(names: list[str]) -> None:
    heading = by_letter(names)
    found = {heading(name) for name in names} - {None}
    anchors = {head.anchor for head in found if head}
    assert len(anchors) == len(found)
    assert all(anchor.isascii() and anchor.replace("-", "").isalnum() for anchor in anchors)


# --- labels -------------------------------------------------------------------------------------------


def test_labels_are_short() -> None:
    assert names_label("Abadi", "Dillon") == "Abadi – Dillon"
    assert names_label("Abadi", "Abadi") == "Abadi"
    assert short("International Organization for Migration") == "International…"
    assert short("Rindfleischetikettierungsüberwachung") == "Rindfleischetikettier…"


@given(st.text(), st.integers(9, 40))
def test_a_shortened_text_is_a_beginning(text: str, limit: int) -> None:
    cut = short(text, limit)
    assert len(cut) <= limit
    assert cut == text or text.startswith(cut.removesuffix("…"))
