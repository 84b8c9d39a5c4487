"""An entry put into a file: it reads back exactly, and every other byte is as it was, however the file is written."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.entries import WIDTH, with_entry
from generator.errors import BriefbookError
from generator.parse import parse
from generator.records import Measure, Place
from generator.text import unseen
from tests.history_trees import Tree

ENTRY = {"at": "2021-05-07", "kind": "correction", "note": "Metres, not feet.", "changes": [{"path": "unit", "from": "ft", "to": "m"}]}
WRITTEN = """\
  - at: 2021-05-07
    kind: correction
    note: Metres, not feet.
    changes:
      - path: unit
        from: ft
        to: m
"""
HEAD = "title: Depth\nunit: m\nscope: There.\ncomparability: One gauge.\n"
OLD = "  - at: 2021-05-06\n    kind: update\n    note: New.\n"


def amended(text: str | bytes, entry: dict[str, Any] = ENTRY) -> bytes:
    raw = text.encode() if isinstance(text, str) else text
    new = with_entry("x.yaml", raw, Measure, entry)
    read, problems = parse("x.yaml", new)
    assert read and not problems
    assert read.data["updates"][-1] == entry
    return new


def added(text: str, entry: dict[str, Any] = ENTRY) -> str:
    """What was put in: one piece, all around it being as before."""
    raw, new = text.encode(), amended(text, entry)
    size = len(new) - len(raw)
    places = [at for at in range(len(raw) + 1) if raw[:at] + new[at : at + size] + raw[at:] == new]
    assert places, "something else was changed"
    return new[places[-1] : places[-1] + size].decode()


def test_the_first_entry() -> None:
    assert amended(HEAD).decode() == HEAD + "updates:\n" + WRITTEN


def test_one_more_entry() -> None:
    assert amended(f"{HEAD}updates:\n{OLD}").decode() == f"{HEAD}updates:\n{OLD}{WRITTEN}"


def test_between_other_fields() -> None:
    """What stands above the next field belongs to it; what is indented, to the list."""
    before = f"title: Depth\nupdates:  # since May\n{OLD}    # not sure of that\n\n  # more to come\n"
    behind = "\n# --- What it is ---\n\nunit: m\nscope: There.\ncomparability: One gauge.\n"
    assert amended(before + behind).decode() == before + WRITTEN + behind


def test_dashes_that_are_not_indented() -> None:
    start = "title: Depth\n"
    old = "updates:\n- at: 2021-05-06\n  kind: update\n  note: New.\n  changes:\n  - path: scope\n    from: Here.\n    to: There.\n"
    rest = "# the rest\nunit: m\nscope: There.\ncomparability: One gauge.\n"
    lines = "- at: 2021-05-07\n  kind: correction\n  note: Metres, not feet.\n  changes:\n  - path: unit\n    from: ft\n    to: m\n"
    assert amended(start + old + rest).decode() == start + old + lines + rest


def test_a_first_entry_follows_the_other_lists() -> None:
    plain = f"{HEAD}formerly:\n- height\n"
    assert amended(plain).decode().endswith("updates:\n- at: 2021-05-07\n  kind: correction\n  note: Metres, not feet.\n  changes:\n  - path: unit\n    from: ft\n    to: m\n")  # fmt: skip
    assert amended(f"{HEAD}formerly:\n    - height\n").decode().endswith("    - height\nupdates:\n" + WRITTEN)


def test_a_record_that_is_indented_as_a_whole() -> None:
    text = "".join(f"   {line}\n" for line in HEAD.splitlines())
    assert amended(text).decode() == text + "".join(f"   {line}\n" for line in ("updates:\n" + WRITTEN).splitlines())


@pytest.mark.parametrize("eol", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", [True, False])
@pytest.mark.parametrize("old", ["", "updates:\n" + OLD])
def test_line_breaks_and_byte_order_mark(eol: str, mark: str, end: bool, old: str) -> None:
    whole = f"{HEAD}{old}".replace("\n", eol)
    text = mark + (whole if end else whole.removesuffix(eol))
    expected = mark + (f"{HEAD}{old}" + ("" if old else "updates:\n") + WRITTEN).replace("\n", eol)
    assert amended(text).decode() == (expected if end else expected.removesuffix(eol))


def test_line_breaks_of_two_kinds_stay_as_they_are() -> None:
    text = HEAD.replace("unit: m\n", "unit: m\r\n") + "updates:\r\n" + OLD.replace("\n", "\r\n") + "# end\n"
    assert added(text) == WRITTEN.replace("\n", "\r\n")


def test_a_mark_of_the_end() -> None:
    assert added(f"---\n{HEAD}...\n# told\n") == "updates:\n" + WRITTEN
    assert added(f"---\n{HEAD}updates:\n{OLD}\n# over\n...") == WRITTEN


@pytest.mark.parametrize(
    ("empty", "instead"),
    [("updates: []\n", "updates:\n"), ("updates: [ ]  # none yet\n", "updates:  # none yet\n"), ('"updates":   []\n', '"updates":\n')],
)
@pytest.mark.parametrize("first", [True, False])
def test_an_empty_list(empty: str, instead: str, first: bool) -> None:
    before, behind = ("", HEAD) if first else (HEAD, "# end\n")
    assert amended(before + empty + behind).decode() == before + instead + WRITTEN + behind
    assert amended("\ufeff" + before + empty + behind).decode() == "\ufeff" + before + instead + WRITTEN + behind


def test_an_empty_list_at_the_very_end() -> None:
    assert amended(f"{HEAD}updates: []").decode() == f"{HEAD}updates:\n{WRITTEN}".removesuffix("\n")


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "updates: [{at: 2021-05-06, kind: update, note: 'New [1].'}]  # [sic]\n",
        HEAD + "updates: [\n  {at: 2021-05-06, kind: update, note: New},\n]\n# that's [all]\n",
        "updates:\n  [{at: 2021-05-06, kind: update, note: New}\n  ]\n" + HEAD,
        HEAD + "updates: [\n]\n",
    ],
)
def test_a_list_in_brackets(text: str) -> None:
    assert added(text).lstrip(", ").startswith('{"at": "2021-05-07", "kind": "correction"')


@pytest.mark.parametrize(
    "text",
    [
        "{title: Depth, unit: m, scope: There., comparability: One gauge.}\n",
        HEAD + "updates:\n  [{at: 2021-05-06, kind: update, note: New},  # one\n  # ]\n  ]  # ]]]]\n",
    ],
)
def test_what_cannot_be_extended_safely_is_refused(text: str) -> None:
    with pytest.raises(BriefbookError, match=r"x\.yaml: `updates` is written in a way that cannot be extended safely"):
        with_entry("x.yaml", text.encode(), Measure, ENTRY)


def test_an_id_that_would_get_a_line_break_is_refused() -> None:
    """`|` gives a text the line break that it ends in, and this one has none yet."""
    place = b"name: P\nkind: town\nwithin: |\n  upper-example"
    with pytest.raises(BriefbookError, match="cannot be extended safely"):
        with_entry("x.yaml", place, Place, ENTRY)
    assert with_entry("x.yaml", place.replace(b"|\n  ", b""), Place, ENTRY)


def test_a_kept_line_break_is_not_cut_off() -> None:
    """`|+` makes the blank lines behind a text part of it."""
    text = f"updates:\n{OLD.replace('note: New.', 'note: |+{0}      New.{0}{0}').format(chr(10))}# next\n{HEAD}"
    assert added(text) == WRITTEN


def test_a_text_in_quotes_over_several_lines() -> None:
    """Its last line looks like a comment above the next field."""
    text = f'updates:\n  - at: 2021-05-06\n    kind: update\n    note: "New\n\n# and odd"\n{HEAD}'
    assert added(text) == WRITTEN


# --- values -------------------------------------------------------------------------------------------------

SEEN = st.characters(codec="utf-8").filter(lambda char: char == "\n" or not unseen(char))
PIECES = st.sampled_from(
    ["\n", "\n\n", " ", "  ", ": ", ":", " #", "#", "- ", "-", "? ", "---", "...", "[", "]", "{", "}", "'", '"', "\\", "|", ">", "&a", "*a", "!t", "%", "@", "`", ",", "~", "no", "1.10", "<<", "=", "“", "”", "\xa0", "\u3000", "\u200d", "دير الزور", "🌊", "\r", "word " * 30, "x" * 150, "<<<<<<< a", "======="]
)  # fmt: skip
TEXTS = st.text(SEEN, max_size=20) | st.lists(PIECES | st.text(SEEN, max_size=3), max_size=8).map("".join)
KEYS = st.sampled_from(["id", "text", "on", "no", "zh-Hant", "a b", "1", "- x", "#"])
TREES = st.recursive(TEXTS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=6)
LAYOUTS = [HEAD, f"{HEAD}updates:\n{OLD}", f"updates:\n{OLD.replace('  - ', '- ').replace('    ', '  ')}{HEAD}", f"{HEAD}updates: []\r\n", f"{HEAD}updates: [{{at: 2021-05-06, kind: update, note: New}}]"]  # fmt: skip


@settings(max_examples=400)
@given(TREES, TREES, st.sampled_from(LAYOUTS))
def test_any_value_reads_back_exactly(before: Tree, after: Tree, layout: str) -> None:
    entry = {**ENTRY, "changes": [{"path": "scope", "from": before, "to": after}]}
    amended(layout, entry)


@settings(max_examples=200)
@given(TEXTS)
def test_any_note_reads_back_exactly(note: str) -> None:
    amended(HEAD, {**ENTRY, "note": note})


def lines_for(value: Tree) -> list[str]:
    text = amended(HEAD, {**ENTRY, "changes": [{"path": "scope", "to": value}]}).decode()
    return text.partition("      - path: scope\n        ")[2].splitlines()


@pytest.mark.parametrize(
    ("value", "lines"),
    [
        ("Plain words, as typed.", ["to: Plain words, as typed."]),
        ("1500", ["to: 1500"]),
        ("no", ["to: no"]),
        ("2017-10-27~", ["to: 2017-10-27~"]),
        ("https://example.org/#x", ["to: https://example.org/#x"]),
        ("Two: parts", ['to: "Two: parts"']),
        ('He said: "no"', ["to: 'He said: \"no\"'"]),
        ('It\'s "C:\\": no', ["to: 'It''s \"C:\\\": no'"]),
        ("", ['to: ""']),
        (" blank", ['to: " blank"']),
        ("دير الزور: “x”", ['to: "دير الزور: “x”"']),
        (["a", "b"], ["to: [a, b]"]),
        ([], ["to: []"]),
        ({}, ["to: {}"]),
        (["a", {"source": "b", "locator": "p. 1"}], ["to:", "          - a", "          - source: b", "            locator: p. 1"]),
        ({"id": "a", "x y": "z"}, ["to:", "          id: a", '          "x y": z']),
        ("One line.\nAnother: line.", ["to: |-", "          One line.", "          Another: line."]),
        ("Ends so.\n", ["to: |", "          Ends so."]),
        ("  Indented\nfirst.", ["to: |2-", "            Indented", "          first."]),
        ("tab\tinside", ["to: tab\tinside"]),
        ("a\rb", ['to: "a\\rb"']),
    ],
)
def test_values_are_written_for_editors(value: Tree, lines: list[str]) -> None:
    assert lines_for(value) == lines


def test_a_long_text_is_filled_into_lines() -> None:
    text = "The river: it rose, and “kept rising”  # twice, " * 8
    first, *rest = lines_for(text.strip())
    assert first == "to: >-"
    assert len(rest) > 3
    assert max(map(len, rest)) <= WIDTH
    assert all(line.startswith("          ") and not line.endswith(" ") for line in rest)


def test_what_a_record_cannot_hold_is_refused() -> None:
    with pytest.raises(BriefbookError, match="a text that cannot be written into a record"):
        amended(HEAD, {**ENTRY, "note": "line\n\tbreak"})
