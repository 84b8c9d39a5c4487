"""Changes between versions of a record: there and back again, exactly, whatever was done to it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from generator.history import MisfitError, backward, changes_between, facts, forward
from generator.prose import paragraphs
from generator.records import KINDS, MODELS, Briefing, Citation, Kind, Place, Source
from generator.records.base import Change
from tests.history_trees import BRIEFINGS, PLACES, Tree, exactly, mutated, real_trees

CLAIMS = {"claims": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}, {"id": "c", "text": "C"}]}


def there_and_back(model: type[BaseModel], old: Tree, new: Tree) -> tuple[Change, ...]:
    changes = changes_between(model, old, new)
    assert exactly(forward(model, old, changes)) == exactly(facts(model, new))
    assert exactly(backward(model, new, changes)) == exactly(facts(model, old))
    assert len({change.path for change in changes}) == len(changes)
    return changes


@settings(max_examples=300)
@given(BRIEFINGS, BRIEFINGS)
def test_any_briefing_to_any_other(old: Tree, new: Tree) -> None:
    there_and_back(Briefing, old, new)


@settings(max_examples=300)
@given(PLACES, PLACES)
def test_any_place_to_any_other(old: Tree, new: Tree) -> None:
    there_and_back(Place, old, new)


@settings(max_examples=30)
@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_a_real_record_with_anything_done_to_it(kind: Kind, data: st.DataObject) -> None:
    tree = data.draw(st.sampled_from(real_trees(kind)))
    there_and_back(MODELS[kind], tree, mutated(tree, data.draw(st.randoms(use_true_random=False)), data.draw(st.integers(1, 20))))


@given(BRIEFINGS)
def test_facts_of_facts_are_the_same(tree: Tree) -> None:
    assert exactly(facts(Briefing, facts(Briefing, tree))) == exactly(facts(Briefing, tree))


@pytest.mark.parametrize("kind", KINDS)
def test_the_facts_of_a_real_record_are_the_record(kind: Kind) -> None:
    """Nothing is lost that the model would read: but for what is left out on purpose, it is the same record."""
    unread: Any = {"updates": True, "claims": {"__all__": {"review_by"}}} if kind == "briefing" else {"updates"}
    for tree in real_trees(kind):
        ours, theirs = (
            MODELS[kind].model_validate({**each, "id": "x"}).model_dump(exclude=unread) for each in (facts(MODELS[kind], tree), tree)
        )
        assert exactly(as_read(ours)) == exactly(as_read(theirs))


def as_read(value: Any) -> Any:
    """With each text as its paragraphs."""
    if isinstance(value, dict):
        return {name: as_read(part) for name, part in value.items()}
    return [as_read(part) for part in value] if isinstance(value, list | tuple) else paragraphs(str(value))


# --- what the changes are -----------------------------------------------------------------------------------


def told(model: type[BaseModel], old: Tree, new: Tree) -> list[tuple[Any, ...]]:
    return [(change.path, change.from_, change.to) for change in there_and_back(model, old, new)]


def test_a_field_changed_added_removed() -> None:
    old = {"title": "Old", "answer": "Yes.", "label": "final"}
    new = {"title": "New", "context": "There.", "label": "final"}
    assert told(Briefing, old, new) == [("title", "Old", "New"), ("answer", "Yes.", None), ("context", None, "There.")]
    assert [change.model_fields_set for change in changes_between(Briefing, old, new)] == [
        {"path", "from_", "to"},
        {"path", "from_"},
        {"path", "to"},
    ]


def test_items_are_named_by_their_ids() -> None:
    old = {"claims": [{"id": "cl-losses", "figures": [{"id": "fg-x", "low": "1", "high": "3"}]}], "quotes": [{"id": "qt-1", "text": "So"}]}
    new = {"claims": [{"id": "cl-losses", "figures": [{"id": "fg-x", "low": "1", "high": "4"}]}], "quotes": [{"id": "qt-1", "text": "No"}]}
    assert told(Briefing, old, new) == [("claims[cl-losses].figures[fg-x].high", "3", "4"), ("quotes[qt-1].text", "So", "No")]


def test_an_item_at_the_end_comes_and_goes_by_itself() -> None:
    new = {"claims": [*CLAIMS["claims"], {"id": "d", "text": "D"}]}
    assert told(Briefing, CLAIMS, new) == [("claims[d]", None, {"id": "d", "text": "D"})]
    assert told(Briefing, new, CLAIMS) == [("claims[d]", {"id": "d", "text": "D"}, None)]


def test_an_item_elsewhere_tells_its_place() -> None:
    first, *rest = CLAIMS["claims"]
    gone = {"claims": rest}
    assert told(Briefing, CLAIMS, gone) == [("claims[a]", first, None), ("claims[]", ["a", "b", "c"], ["b", "c"])]
    assert told(Briefing, gone, CLAIMS) == [("claims[a]", None, first), ("claims[]", ["b", "c"], ["a", "b", "c"])]


def test_another_order_is_one_change() -> None:
    turned = {"claims": CLAIMS["claims"][::-1]}
    assert told(Briefing, CLAIMS, turned) == [("claims[]", ["a", "b", "c"], ["c", "b", "a"])]


def test_the_order_of_a_list_in_an_item() -> None:
    figures = [{"id": "f", "value": "1"}, {"id": "g", "value": "2"}]
    old, new = ({"claims": [{"id": "a", "figures": each}]} for each in (figures, figures[::-1]))
    assert told(Briefing, old, new) == [("claims[a].figures[]", ["f", "g"], ["g", "f"])]


def test_a_list_without_ids_is_one_value() -> None:
    old = {"highlights": ["a", "b"], "claims": [{"id": "a", "sources": ["s", {"source": "t", "locator": "p. 1"}]}]}
    new = {"highlights": ["b", "a"], "claims": [{"id": "a", "sources": ["s", {"source": "t", "locator": "p. 2"}]}]}
    assert told(Briefing, old, new) == [
        ("highlights", ["a", "b"], ["b", "a"]),
        ("claims[a].sources", ["s", {"source": "t", "locator": "p. 1"}], ["s", {"source": "t", "locator": "p. 2"}]),
    ]
    assert told(Place, {"control": [{"holder": "a"}]}, {"control": [{"holder": "b"}]}) == [
        ("control", [{"holder": "a"}], [{"holder": "b"}])
    ]


def test_a_list_that_comes_or_goes_is_one_value() -> None:
    quotes = [{"id": "q", "text": "So"}]
    assert told(Briefing, {}, {"quotes": quotes}) == [("quotes", None, quotes)]
    assert told(Briefing, {"quotes": quotes}, {"quotes": []}) == [("quotes", quotes, None)]


def test_a_renamed_item_is_the_same_item() -> None:
    old = {"claims": [{"id": "a", "text": "A", "figures": [{"id": "f", "value": "1"}]}, {"id": "b", "text": "B"}]}
    new = {"claims": [{"id": "z", "formerly": ["a"], "text": "Z", "figures": [{"id": "g", "formerly": ["f"], "value": "2"}]}, {"id": "b", "text": "B"}]}  # fmt: skip
    assert sorted(told(Briefing, old, new), key=str) == [
        ("claims[z].figures[g].formerly", None, ["f"]),
        ("claims[z].figures[g].id", "f", "g"),
        ("claims[z].figures[g].value", "1", "2"),
        ("claims[z].formerly", None, ["a"]),
        ("claims[z].id", "a", "z"),
        ("claims[z].text", "A", "Z"),
    ]


def test_an_id_given_on_to_another_item_is_no_renaming() -> None:
    """What stands there under an id is that item, whatever another says of its past."""
    old = {"claims": [{"id": "b"}, {"id": "a"}]}
    new = {"claims": [{"id": "b", "formerly": ["a"]}, {"id": "c", "formerly": ["b"]}]}
    assert {path for path, _, _ in told(Briefing, old, new)} == {"claims[a]", "claims[b].formerly", "claims[c]"}


def test_names_are_told_by_language_and_in_their_order() -> None:
    old = {"names": {"ar": "راوة", "ku": "Rawa"}}
    assert told(Place, old, {"names": {"ar": "راوه", "ku": "Rawa", "tr": "Rava"}}) == [
        ("names.ar", "راوة", "راوه"),
        ("names.tr", None, "Rava"),
    ]
    assert told(Place, old, {"names": {"ku": "Rawa", "ar": "راوة"}}) == [("names", old["names"], {"ku": "Rawa", "ar": "راوة"})]


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("briefing", {"claims": [{"id": "a", "sources": ["s"]}]}, {"claims": [{"id": "a", "sources": [{"source": "s"}]}]}),
        ("briefing", {"answer": "One line.\n"}, {"answer": "  One\n  line."}),
        ("briefing", {"quotes": [{"id": "a", "text": "Two\nlines"}]}, {"quotes": [{"id": "a", "text": " Two\nlines\n"}]}),
        ("briefing", {"photos": [{"id": "a"}], "fronts": []}, {"photos": [{"id": "a", "file_photo": "false"}]}),
        ("briefing", {"claims": [{"id": "a"}]}, {"claims": [{"id": "a", "review_by": "2021-01-01"}], "updates": [{"at": "2021-01-01"}]}),
        ("source", {"title": "T"}, {"title_basis": "shown", "title": "T", "carries": []}),
        ("place", {"names": {}, "name": "P"}, {"name": "P"}),
    ],
)
def test_what_makes_no_difference_to_readers_is_no_change(kind: Kind, one: Tree, other: Tree) -> None:
    assert changes_between(MODELS[kind], one, other) == changes_between(MODELS[kind], other, one) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"quotes": [{"id": "a", "text": "Two\nlines"}]}, {"quotes": [{"id": "a", "text": "Two lines"}]}),
        ({"answer": "One.\n\nTwo."}, {"answer": "One.\nTwo."}),
        ({"claims": [{"id": "a", "figures": [{"id": "f", "value": "1.1"}]}]}, {"claims": [{"id": "a", "figures": [{"id": "f", "value": "1.10"}]}]}),
    ],
)  # fmt: skip
def test_what_readers_would_see_is_a_change(old: Tree, new: Tree) -> None:
    assert changes_between(Briefing, old, new)


def test_a_citation_by_itself_is_read_as_one() -> None:
    assert facts(Citation, {"source": "s", "locator": " p. 1 "}) == {"source": "s", "locator": "p. 1"}


# --- changes that do not fit --------------------------------------------------------------------------------

A_PATH = "a path such as answer or claims[cl-losses].figures[fg-losses].high"
BY_ID = "items of a list stand in brackets, by their id"
CLAIM_A = {"claims": [{"id": "a", "text": "A", "places": ["x"]}], "title": "T", "names": "x"}


@pytest.mark.parametrize(
    ("change", "part", "said"),
    [
        ({"path": "claims[a", "to": "x"}, "path", f"`claims[a`; {A_PATH}; {BY_ID}"),
        ({"path": "claims[].text", "to": "x"}, "path", f"`claims[].text`; {A_PATH}; {BY_ID}"),
        ({"path": "claims[a][b]", "to": "x"}, "path", f"`claims[a][b]`; {A_PATH}; {BY_ID}"),
        ({"path": "claims.", "to": "x"}, "path", f"`claims.`; {A_PATH}; {BY_ID}"),
        ({"path": "Claims[a] text", "to": "x"}, "path", f"`Claims[a] text`; {A_PATH}; {BY_ID}"),
        ({"path": "title"}, "path", "a change with neither `from` nor `to`; what stood there, what stands there, or both"),
        ({"path": "titel", "to": "x"}, "path", f"`titel`, which is no field with a history; {A_PATH}; did you mean `title`?"),
        (
            {"path": "updates", "to": []},
            "path",
            f"`updates`, which is no field with a history; {A_PATH}; it may change without an entry: delete this",
        ),
        (
            {"path": "claims[a].review_by", "to": "2021-01-01"},
            "path",
            f"`review_by`, which is no field with a history; {A_PATH}; it may change without an entry: delete this",
        ),
        ({"path": "claims[b].text", "from": "x", "to": "A"}, "path", "`b`, which is not there; the id of an item"),
        ({"path": "claims[0].text", "from": "x", "to": "A"}, "path", "`0`, which is not there; the id of an item"),
        ({"path": "title.x", "from": "x", "to": "A"}, "path", "`x` in `T`; a field of a group of fields"),
        ({"path": "title[x]", "from": "x", "to": "A"}, "to", "`A`; the whole item, with `id: x`"),
        (
            {"path": "claims[a].places[x]", "to": {"id": "x"}},
            "path",
            "an id in `claims[a].places`; a list whose items have ids; write the whole of `claims[a].places`",
        ),
        ({"path": "title", "from": "x", "to": "Other"}, "to", "`Other`, but `T` stands there; the value after this entry"),
        ({"path": "title", "from": "T"}, "to", "nothing, but `T` stands there; the value after this entry"),
        ({"path": "context", "to": "C"}, "to", "`C`, but nothing stands there; the value after this entry"),
        (
            {"path": "claims[a]", "to": {"id": "a", "text": "B"}},
            "to",
            "`id: a; text: B`, but `id: a; text: A; places: x` stands there; the value after this entry",
        ),
        (
            {"path": "claims[a]", "from": {"id": "b"}, "to": {"id": "a", "text": "A", "places": ["x"]}},
            "from",
            "`id: b`; the whole item, with `id: a`",
        ),
        ({"path": "claims[a].id", "from": "z", "to": "y"}, "to", "`y`; `a`, the id by which the path names it; give both ids"),
        ({"path": "claims[a].id", "from": ["z"], "to": "a"}, "to", "`a`; `a`, the id by which the path names it; give both ids"),
        ({"path": "claims[]", "from": ["a", "b"], "to": ["a"]}, "from", "`a, b`; the ids a, in their order; give all of them, each once"),
    ],
)
def test_a_change_that_does_not_fit_is_refused(change: Tree, part: str, said: str) -> None:
    with pytest.raises(MisfitError) as caught:
        backward(Briefing, CLAIM_A, [Change.model_validate(change)])
    (misfit,) = caught.value.misfits
    assert (misfit.index, misfit.part) == (0, part)
    assert "; ".join(filter(None, (misfit.found, misfit.expected, misfit.hint))) == said


def test_a_renamed_item_needs_an_id_of_its_own() -> None:
    two = {"claims": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}]}
    change = Change.model_validate({"path": "claims[a].id", "from": "b", "to": "a"})
    with pytest.raises(MisfitError) as caught:
        backward(Briefing, two, [change])
    assert (caught.value.misfits[0].part, str(caught.value)) == ("from", "`b`, which another item has; an id of its own")
    with pytest.raises(MisfitError) as caught:
        forward(Briefing, two, [change])
    assert (caught.value.misfits[0].part, str(caught.value)) == ("to", "`a`, which another item has; an id of its own")


def test_forward_looks_at_what_was_before() -> None:
    with pytest.raises(MisfitError) as caught:
        forward(Briefing, CLAIM_A, [Change.model_validate({"path": "title", "from": "Other", "to": "x"})])
    assert caught.value.misfits[0].part == "from"
    assert str(caught.value) == "`Other`, but `T` stood there; the value before this entry"


@pytest.mark.parametrize(
    ("paths", "found"),
    [
        (["title", "title"], "`title` twice in one entry"),
        (["claims", "claims[a].text"], "`claims[a].text` inside of `claims`, in one entry"),
        (["claims[a].text", "claims[a]"], "`claims[a].text` inside of `claims[a]`, in one entry"),
    ],
)
def test_an_entry_tells_each_value_once(paths: list[str], found: str) -> None:
    """Else it would depend on the order of its changes what they mean."""
    tree = {"title": "T", "claims": [{"id": "a", "text": "A"}]}
    values = {"title": "T", "claims": tree["claims"], "claims[a]": {"id": "a", "text": "A"}, "claims[a].text": "A"}
    with pytest.raises(MisfitError) as caught:
        backward(Briefing, tree, [Change.model_validate({"path": path, "from": "x" if path.endswith(("text", "title")) else values[path], "to": values[path]}) for path in paths])  # fmt: skip
    assert [(misfit.found, misfit.expected, misfit.hint) for misfit in caught.value.misfits] == [
        (found, "each value once in an entry", "leave one of the two")
    ]


def test_all_that_does_not_fit_is_told_at_once() -> None:
    changes = [Change.model_validate({"path": path, "to": "x"}) for path in ("title", "context", "claims[z].text")]
    with pytest.raises(MisfitError) as caught:
        backward(Briefing, CLAIM_A, changes)
    assert [misfit.index for misfit in caught.value.misfits] == [0, 1, 2]


def test_values_by_hand_need_not_be_in_one_form() -> None:
    """An entry that spells a value in another way than the record still fits it."""
    changes = [
        Change.model_validate({"path": "claims[a].sources", "from": [{"source": "r"}], "to": [{"source": "s"}]}),
        Change.model_validate({"path": "claims[a].disputes", "from": [], "to": ["b"]}),
        Change.model_validate({"path": "context", "from": "Two\nlines.\n", "to": "One\nline."}),
    ]
    new = {"context": "One line.", "claims": [{"id": "a", "sources": ["s"], "disputes": ["b"]}]}
    old = {"context": "Two lines.", "claims": [{"id": "a", "sources": ["r"]}]}
    assert backward(Briefing, new, changes) == old
    assert forward(Briefing, old, changes) == new


def test_the_trees_that_come_in_stay_as_they_are() -> None:
    tree = {"claims": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}]}
    before = exactly(tree)
    changes = changes_between(Briefing, tree, {"claims": [{"id": "b", "text": "C"}, {"id": "d", "figures": [{"id": "f"}]}]})
    after = forward(Briefing, tree, changes)
    after["claims"][1]["figures"].append("x")
    assert exactly(tree) == before
    assert "x" not in exactly([change.to for change in changes])


def test_a_source_keeps_what_is_no_default() -> None:
    assert told(Source, {"title": "T"}, {"title": "T", "title_basis": "described"}) == [("title_basis", None, "described")]
