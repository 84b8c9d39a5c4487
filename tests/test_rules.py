"""What must hold between records: each rule with what passes and what does not."""

from __future__ import annotations

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import rules
from generator.catalog import Catalog
from generator.independence import claim_origins, source_origins
from generator.load import Content, Loaded
from generator.parse import Document, parse
from generator.pipeline import judged
from generator.records import FOLDERS, Kind
from generator.validate import validate

KINDS: dict[str, Kind] = {folder: kind for kind, folder in FOLDERS.items()}


def source(publisher: str = "Nowhere Press", **fields: str) -> str:
    lines = {
        "publisher": publisher,
        "title": "T",
        "date": "2021",
        "language": "en",
        "type": "reference",
        "grade": "B",
        "grade_reason": "R",
        "read": "full_text",
    } | fields
    return "".join(f"{name}: {value}\n" for name, value in lines.items())


def actor(name: str, **fields: str) -> str:
    return "".join(f"{key}: {value}\n" for key, value in ({"name": name, "kind": "body", "description": "D"} | fields).items())


def claim(claim_id: str, status: str = "reported", sources: str = "[s1]", **fields: str) -> str:
    lines = {"id": claim_id, "text": "T", "said_by": "[speaker]", "said_on": "2021", "sources": sources, "status": status} | fields
    return "  - " + "    ".join(f"{name}: {value}\n" for name, value in lines.items())


def briefing(*claims: str) -> str:
    first = claims[0].split("\n")[0].removeprefix("  - id: ")
    return (
        f"title: T\nlabel: update\npublished: 2021-05-04\nas_of: 2021-05-04\ncovers: 2021\nanswer: A\nhighlights: [{first}]\nclaims:\n"
        + "".join(claims)
    )


BASE = {"actors/speaker": actor("Speaker"), "sources/s1": source("First Press"), "sources/s2": source("Second Press")}


def read(files: Mapping[str, str]) -> tuple[Catalog, list[str]]:
    """The catalog of some records, and what the rules say of it."""
    records: list[Loaded] = []
    broken: dict[tuple[Kind, str], Document | None] = {}
    for name, text in (BASE | dict(files)).items():
        folder, record_id = name.split("/")
        document, problems = parse(f"{name}.yaml", text.encode())
        assert document, problems
        record, problems = validate(KINDS[folder], record_id, document)
        if record:
            records.append(Loaded(KINDS[folder], record, document))
        else:
            broken[KINDS[folder], record_id] = document
    built, problems = judged(Content(tuple(records), broken, frozenset(), ()))
    return built, [str(problem) for problem in problems]


def told(files: Mapping[str, str]) -> list[str]:
    return read(files)[1]


def corroborated(sources: str, **files: str) -> list[str]:
    return told(
        {"briefings/b": briefing(claim("cl-a", "corroborated", sources)), **{f"sources/{name}": text for name, text in files.items()}}
    )


# --- independence ---------------------------------------------------------------------------------


def test_two_publishers_are_two_origins() -> None:
    assert corroborated("[s1, s2]") == []


def test_one_source_is_one_origin() -> None:
    assert corroborated("[s1]") == [
        "briefings/b.yaml:14:13: claims[0].status: `corroborated`, but all its sources go back to `first press`; sources of two independent origins; "
        "add a source of another origin, or say status: reported"
    ]


def test_two_stories_of_one_publisher_are_one_origin() -> None:
    assert "all its sources go back to `first press`" in corroborated("[s1, other]", other=source("FIRST PRESS"))[0]


def test_ten_copies_of_one_story_count_once() -> None:
    files = {"actors/wire": actor("The Wire")}
    files["sources/story"] = source("The Wire", publisher_actor="wire")
    for number in range(10):
        carried = ("story", "wire", f"copy-{number - 1}")[number % 3 if number else 0]
        files[f"sources/copy-{number}"] = source(f"Paper {number}", carries=f"[{carried}]")
    names = ", ".join(f"copy-{number}" for number in range(10))
    files["briefings/b"] = briefing(claim("cl-a", "corroborated", f"[story, {names}]"))
    records, problems = read(files)
    assert claim_origins(records, records.claims["b", "cl-a"]) == {"wire"}
    assert "all its sources go back to `wire`" in problems[0]
    # One that stands on its own makes it two.
    assert told(files | {"briefings/b": briefing(claim("cl-a", "corroborated", f"[s1, {names}]"))}) == []


def test_two_routes_lead_to_one_origin() -> None:
    routes = {"left": source("Left", carries="[root]"), "right": source("Right", carries="[root]"), "root": source("Root")}
    assert "all its sources go back to `root`" in corroborated("[left, right]", **routes)[0]
    assert "all its sources go back to `root`" in corroborated("[both]", both=source("Both", carries="[left, right]"), **routes)[0]


def test_a_source_that_carries_two_is_still_one_witness() -> None:
    files = {"both": source("Both", carries="[s1, s2]")}
    refused = "no two of its sources are independent of each other"
    assert refused in corroborated("[both]", **files)[0]
    assert refused in corroborated("[both, both]", **files)[0]
    # Nor is it one beside what it repeats, or beside its own copy.
    assert refused in corroborated("[both, s1]", **files)[0]
    assert refused in corroborated("[both, copy]", copy=source("Copy", carries="[both]"), **files)[0]
    assert corroborated("[both, s1, s2]", **files) == []


def test_parts_of_one_body_are_one_origin() -> None:
    files = {"actors/army": actor("Army"), "actors/command": actor("Command", part_of="army")}
    files["sources/one"] = source("Army", publisher_actor="army")
    files["sources/two"] = source("Command", publisher_actor="command")
    files["briefings/b"] = briefing(claim("cl-a", "corroborated", "[one, two]"))
    assert "all its sources go back to `army`" in told(files)[0]


def test_what_nobody_has_read_is_no_origin() -> None:
    assert len(corroborated("[s1, unread]", unread=source("Unread", read="not_read"))) == 1


def test_grade_d_is_no_origin() -> None:
    assert len(corroborated("[s1, d]", d=source("Rumour", grade="D"))) == 1
    # Nor does what it carries count through it.
    assert len(corroborated("[s1, d]", d=source("Rumour", grade="D", carries="[s2]"))) == 1
    assert "none of its sources has a known origin" in corroborated("[d]", d=source("Rumour", grade="D"))[0]


def test_repeating_without_a_name_is_no_origin() -> None:
    assert len(corroborated("[s1, u]", u=source("Repeater", carries_unnamed="agencies"))) == 1
    assert (
        "none of its sources has a known origin"
        in corroborated("[u, v]", u=source("U", carries_unnamed="agencies"), v=source("V", carries_unnamed="agencies"))[0]
    )
    # What it does name counts.
    assert corroborated("[s1, u]", u=source("Repeater", carries_unnamed="agencies", carries="[s2]")) == []


def test_a_cycle_of_carries_ends_and_is_told() -> None:
    problems = corroborated("[s1, a, b]", a=source("A", carries="[b]"), b=source("B", carries="[a]"))
    assert len(problems) == 2
    assert any("a cycle: a → b → a" in line for line in problems)
    assert any("`first press`" in line for line in problems)


def test_a_ladder_of_carries_is_climbed_once() -> None:
    """Each rung doubles the routes; 60 rungs have more routes than anyone could follow."""
    files = {"sources/rung-0": source("Root")}
    for rung in range(1, 60):
        files[f"sources/rung-{rung}"] = source("P", carries=f"[left-{rung}, right-{rung}]")
        files[f"sources/left-{rung}"] = source("P", carries=f"[rung-{rung - 1}]")
        files[f"sources/right-{rung}"] = source("P", carries=f"[rung-{rung - 1}]")
    records, problems = read(files)
    assert problems == []
    assert source_origins(records, "rung-59") == {"root"}


def test_a_long_chain_of_carries_is_followed() -> None:
    files = {"sources/copy-0": source("Root")} | {f"sources/copy-{n}": source("P", carries=f"[copy-{n - 1}]") for n in range(1, 2_000)}
    records, problems = read(files)
    assert problems == []
    assert source_origins(records, "copy-1999") == {"root"}


def test_a_publisher_who_is_an_actor_is_named_as_one() -> None:
    files = {"actors/wire": actor("The Wire", variants="[Wire Service]"), "sources/copy": source("Paper", carries="[wire]")}
    assert told(files | {"sources/story": source("The Wire", publisher_actor="wire")}) == []
    for name in ("The Wire", "the wire", "Wire Service"):
        (line,) = told(files | {"sources/story": source(name)})
        assert line.endswith(f"publisher: `{name}`, who is the actor `wire`; `publisher_actor` beside it; add publisher_actor: wire")


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=12))
def test_copies_never_add_an_origin(pairs: list[tuple[int, int]]) -> None:
    carries: dict[int, set[str]] = {n: set() for n in range(6)}
    for later, earlier in pairs:
        if later > earlier:
            carries[later].add(f"n-{earlier}")
    files = {
        f"sources/n-{n}": source(f"P{n}", **({"carries": f"[{', '.join(sorted(found))}]"} if found else {})) for n, found in carries.items()
    }
    records, _ = read(files)
    for n, found in carries.items():
        expected = frozenset().union(*(source_origins(records, name) for name in found)) if found else {f"p{n}"}
        assert source_origins(records, f"n-{n}") == expected


# --- disputes and supersession ----------------------------------------------------------------------


def test_a_dispute_is_stored_on_one_side() -> None:
    assert told({"briefings/b": briefing(claim("cl-a", "disputed"), claim("cl-b", "disputed", disputes="[cl-a]"))}) == []
    assert told({"briefings/b": briefing(claim("cl-a", "disputed")), "briefings/c": briefing(claim("cl-b", disputes="[b#cl-a]"))}) == []
    (line,) = told({"briefings/b": briefing(claim("cl-a", "disputed"))})
    assert "`disputed`, but no claim disputes it" in line
    (line,) = told({"briefings/b": briefing(claim("cl-a", "disputed", disputes="[cl-b]"), claim("cl-b", "disputed", disputes="[cl-a]"))})
    assert "a dispute that `cl-b` states too" in line


def test_supersession_is_said_on_both_sides() -> None:
    assert told({"briefings/b": briefing(claim("cl-a", "superseded"), claim("cl-b", supersedes="[cl-a]"))}) == []
    assert told({"briefings/b": briefing(claim("cl-a", "superseded")), "briefings/c": briefing(claim("cl-b", supersedes="[b#cl-a]"))}) == []
    (line,) = told({"briefings/b": briefing(claim("cl-a", "superseded"))})
    assert "`superseded`, but no claim supersedes it" in line
    (line,) = told({"briefings/b": briefing(claim("cl-a")), "briefings/c": briefing(claim("cl-b", supersedes="[b#cl-a]"))})
    assert "`reported`, though `c#cl-b` supersedes it" in line


def test_what_a_broken_briefing_says_still_counts() -> None:
    other = briefing(claim("cl-x", supersedes="[b#cl-a]", wrong="x"), claim("cl-y", disputes="[b#cl-b]"))
    assert told({"briefings/b": briefing(claim("cl-a", "superseded"), claim("cl-b", "disputed")), "briefings/c": other}) == []
    (line,) = told({"briefings/b": briefing(claim("cl-a", "superseded"), claim("cl-b", "superseded")), "briefings/c": other})
    assert "claims[1].status: `superseded`, but no claim" in line


@pytest.mark.parametrize("field", ["disputes", "supersedes"])
def test_nothing_opposes_itself(field: str) -> None:
    status = "superseded" if field == "supersedes" else "disputed"
    (line,) = told({"briefings/b": briefing(claim("cl-a", status, **{field: "[cl-a]"}))})
    assert f"claims[0].{field}[0]: `cl-a` itself; another claim; remove it" in line


def test_cycles_of_supersession_are_told() -> None:
    ring = [claim(f"cl-{n}", "superseded", supersedes=f"[cl-{(n + 1) % 4}]") for n in range(4)]
    (line,) = told({"briefings/b": briefing(*ring)})
    assert "claims[0].supersedes[0]: a cycle: cl-0 → cl-1 → cl-2 → cl-3 → cl-0" in line
    (line,) = told(
        {
            "briefings/b": briefing(claim("cl-a", "superseded", supersedes="[c#cl-b]")),
            "briefings/c": briefing(claim("cl-b", "superseded", supersedes="[b#cl-a]")),
        }
    )
    assert "a cycle: cl-a → c#cl-b → cl-a" in line


def test_a_long_chain_of_supersession_is_followed() -> None:
    size, each = 5_000, 500
    files = {}
    for start in range(0, size, each):
        claims = []
        for n in range(start, start + each):
            earlier = {"supersedes": f"[b-{(n - 1) // each}#cl-{n - 1}]"} if n else {}
            claims.append(claim(f"cl-{n}", "reported" if n == size - 1 else "superseded", **earlier))
        files[f"briefings/b-{start // each}"] = briefing(*claims)
    assert told(files) == []


# --- figures and families ---------------------------------------------------------------------------

MEASURE = "title: Depth\nunit: m\nscope: S\ncomparability: C\n"


@pytest.mark.parametrize(("unit", "count"), [("m", 0), ("km", 1), ("M", 1)])
def test_figures_use_the_unit_of_their_measure(unit: str, count: int) -> None:
    figure = f"[{{id: fg-a, measure: depth, value: 1, unit: {unit}, as_of: 2021}}]"
    problems = told({"measures/depth": MEASURE, "briefings/b": briefing(claim("cl-a", figures=figure))})
    assert len(problems) == count
    assert all(f"the unit `{unit}`; `m`, as measure `depth` has it" in line for line in problems)


def test_families_have_no_cycles() -> None:
    assert told({"actors/a": actor("A", part_of="b"), "actors/b": actor("B")}) == []
    (line,) = told({"actors/a": actor("A", part_of="b"), "actors/b": actor("B", part_of="a")})
    assert "a cycle: a → b → a; an actor that does not lead back to itself" in line
    places = {f"places/p-{n}": f"name: P\nkind: K\nwithin: p-{(n + 1) % 3}\n" for n in range(3)}
    (line,) = told(places)
    assert "a cycle: p-0 → p-1 → p-2 → p-0" in line


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdefg"), max_size=3)))
def test_cycles_are_found_exactly_when_there_are_some(graph: dict[str, list[str]]) -> None:
    known = {node: [target for target in targets if target in graph] for node, targets in graph.items()}
    try:
        TopologicalSorter(known).prepare()
        cyclic = False
    except CycleError:
        cyclic = True
    found = list(rules._cycles(graph))
    assert bool(found) == cyclic
    for cycle in found:
        assert cycle[0] == min(cycle)
        assert all(later in known[earlier] for earlier, later in zip(cycle, [*cycle[1:], cycle[0]], strict=True))


def test_every_rule_is_in_the_list() -> None:
    named = {
        name
        for name, value in vars(rules).items()
        if callable(value) and getattr(value, "__module__", "") == rules.__name__ and not name.startswith("_")
    }
    assert named - {"check", "nothing_rests_on_what_was_withdrawn"} == {rule.__name__ for rule in rules.RULES}
