"""Earlier versions of a record, from its entries alone; and entries that do not lead back to any."""

from __future__ import annotations

import copy
import itertools
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.history import MisfitError, Version, changes_between, facts, versions
from generator.load import Loaded, load
from generator.parse import Document, parse
from generator.pipeline import check
from generator.records import Briefing, Kind
from generator.validate import validate
from tests.history_trees import Tree, exactly, real_trees
from tests.projects import BASE

FLOOD = "briefings/fable-flood.yaml"
(TREE,) = [tree for tree in real_trees("briefing") if tree["title"].startswith("River Fable")]


def loaded_from(kind: Kind, tree: Tree) -> Loaded:
    document = Document("x.yaml", tree, {})
    record, problems = validate(kind, "x", document)
    assert record, problems
    return Loaded(kind, record, document)


def entry(at: str, old: Tree, new: Tree) -> Tree:
    changes = [change.model_dump(by_alias=True, exclude_unset=True) for change in changes_between(Briefing, old, new)]
    return {"at": at, "kind": "update", "note": "Something came up.", **({"changes": changes} if changes else {})}


def test_the_base_before_its_update() -> None:
    (loaded,) = [each for each in load(BASE).records if each.record.id == "fable-flood"]
    now, first = versions(loaded)
    assert now.record is loaded.record
    assert isinstance(now.record, Briefing) and isinstance(first.record, Briefing)
    assert (now.entry, first.entry) == (loaded.record.updates[0], None)
    assert first.record.highlights == ("cl-rose",)
    assert first.record.updates == ()
    assert (
        first.record.model_copy(update={"highlights": now.record.highlights, "updates": now.record.updates}).claims[0]
        == now.record.claims[0]
    )


def test_a_record_without_updates_has_one_version() -> None:
    for loaded in load(BASE).records:
        if not loaded.record.updates:
            (only,) = versions(loaded)
            assert only == Version(None, loaded.record, facts(type(loaded.record), loaded.document.data))


def test_each_version_has_the_updates_that_it_had() -> None:
    """An entry that only notes something changes no fact, and is a version all the same."""
    tree = {**TREE, "updates": [entry(f"2021-05-0{day}", {}, {}) for day in (6, 6, 7)]}
    found = versions(loaded_from("briefing", tree))
    assert [len(version.record.updates) for version in found] == [3, 2, 1, 0]
    assert [version.entry and str(version.entry.at) for version in found] == ["2021-05-07", "2021-05-06", "2021-05-06", None]
    assert len({exactly(version.tree) for version in found}) == 1


@st.composite
def lives(draw: st.DrawFn) -> list[Tree]:
    """A briefing's versions, oldest first: each valid, each an editor's change of the one before."""
    tree = {name: value for name, value in TREE.items() if name != "updates"}
    found = [tree]
    for number in range(draw(st.integers(1, 5))):
        tree = copy.deepcopy(tree)
        claims = tree["claims"]
        for act in draw(
            st.lists(st.sampled_from(["text", "add", "insert", "remove", "turn", "rename", "figure", "quotes", "withdraw"]), max_size=4)
        ):
            claim = claims[draw(st.integers(0, len(claims) - 1))]
            if act == "text":
                claim["text"] = draw(st.sampled_from(["It rained.", "It\n\nrained.", "no", "1.10", "# 5: x"]))
            elif act in ("add", "insert"):
                new = {**copy.deepcopy(claims[0]), "id": f"cl-{number}-{len(claims)}", "figures": []}
                claims.insert(draw(st.integers(0, len(claims))) if act == "insert" else len(claims), new)
            elif act == "remove" and len(claims) > 1:
                claims.remove(claim)
            elif act == "turn":
                claims.reverse()
            elif act == "rename":
                claim["formerly"] = [*claim.get("formerly", []), claim["id"]]
                claim["id"] = f"cl-was-{number}-{len(claim['formerly'])}-{claims.index(claim)}"
            elif act == "figure":
                claim["figures"] = [
                    {"id": f"fg-{number}-{claims.index(claim)}", "measure": "m", "value": "1.10", "unit": "m", "as_of": "2021~"}
                ]
            elif act == "quotes":
                tree["quotes"] = [] if tree.get("quotes") else TREE["quotes"]
            elif act == "withdraw":
                claim["withdrawn"] = "It was another river."
        ids = [claim["id"] for claim in claims]
        if len(set(ids)) == len(ids):
            found.append(tree)
        else:
            tree = found[-1]
    return found


@settings(max_examples=80)
@given(lives())
def test_every_version_comes_back_exactly(life: list[Tree]) -> None:
    updates: list[Tree] = []
    for number, (old, new) in enumerate(itertools.pairwise(life)):
        updates.append(entry(f"2021-06-{number + 1:02}", old, new))
    loaded = loaded_from("briefing", {**life[-1], "updates": updates})
    found = versions(loaded)
    assert [exactly(version.tree) for version in found] == [exactly(facts(Briefing, tree)) for tree in reversed(life)]
    for version, tree in zip(found, reversed(life), strict=True):
        same = loaded_from("briefing", {**facts(Briefing, tree), "updates": updates[: len(version.record.updates)]}).record
        assert version.record == same or version is found[0]


def test_what_was_read_from_yaml_leads_back_too() -> None:
    """Values in quotes count as what they say, also where a number is wanted: an entry may quote as it likes."""
    now = TREE
    text = yaml.safe_dump({"updates": [{"at": "2021-05-07", "kind": "correction", "note": "Fewer.", "changes": [
        {"path": "claims[cl-moved].figures[fg-moved].value", "from": "100", "to": "200"}]}]})  # fmt: skip
    read, _ = parse("x.yaml", text.encode())
    assert read
    first = versions(loaded_from("briefing", {**now, "updates": read.data["updates"]}))[-1].record
    assert isinstance(first, Briefing)
    assert str(first.claims[1].figures[0].value) == "100"


def test_no_version_of_what_does_not_fit() -> None:
    change = {"path": "title", "from": "x", "to": "not what stands there"}
    loaded = loaded_from("briefing", {**TREE, "updates": [{"at": "2021-05-07", "kind": "update", "note": "N.", "changes": [change]}]})
    with pytest.raises(MisfitError):
        versions(loaded)


# --- told when checking -------------------------------------------------------------------------------------


def said(content: Path, *changes: str, note: str = "Why.") -> list[str]:
    """The problems with one entry more below that of the base."""
    file = content / FLOOD
    lines = "".join(f"      - {change}\n" for change in changes)
    text = file.read_text(encoding="utf-8").replace("updates:\n  - at: 2021-05-06\n", f"updates:\n  - at: 2021-05-06\n    kind: update\n    note: {note}\n    changes:\n{lines}  - at: 2021-05-06\n")  # fmt: skip
    file.write_text(text, encoding="utf-8")
    return [str(problem).removeprefix("content/briefings/fable-flood.yaml:").partition("; mend it; or")[0] for problem in check(content)[1]]


def test_an_older_entry_is_held_against_what_stood_there_then(content: Path) -> None:
    assert said(content, "{path: highlights, from: [cl-moved], to: [cl-rose]}") == []


def test_an_older_entry_that_skips_a_later_one(content: Path) -> None:
    assert said(content, "{path: highlights, from: [cl-moved], to: [cl-rose, cl-moved-later]}") == [
        "131:50: updates[0].changes[0].to: `cl-rose, cl-moved-later`, but `cl-rose` stands there; the value after this entry"
    ]


def test_an_entry_that_leads_back_to_no_record(content: Path) -> None:
    """What it says stood there could not have."""
    found = said(
        content, "{path: label, from: braking, to: update}", "{path: 'claims[cl-moved].figures[fg-moved].value', from: many, to: 200}"
    )
    assert found == [
        "127:5: updates[0]: before this entry, `claims[1].figures[0].value` had `many`; a number in plain digits, such as 1500 or 4.4; mend the `from` or `to` of its changes",
        "127:5: updates[0]: before this entry, `label` had the text `braking`; one of `breaking`, `update`, `explainer`, `final`; mend the `from` or `to` of its changes",
    ]


def test_an_entry_that_takes_away_what_was_needed(content: Path) -> None:
    assert said(content, "{path: answer, to: 'The River Fable rose over its banks on 2 May 2021, and about 300 people left [Upper Example](place:upper-example).'}") == [
        "127:5: updates[0]: before this entry, `the record` had no `answer`; `answer`: the story in one sentence; mend the `from` or `to` of its changes"
    ]  # fmt: skip


def test_nothing_is_said_of_what_came_before_an_entry_that_does_not_fit(content: Path) -> None:
    file = content / FLOOD
    file.write_text(file.read_text(encoding="utf-8").replace("to: [cl-rose, cl-moved-later]", "to: [cl-moved]"), encoding="utf-8")
    assert said(content, "{path: title, to: x}") == [
        "138:13: updates[1].changes[0].to: `cl-moved`, but `cl-rose, cl-moved-later` stands there; the value after this entry"
    ]
