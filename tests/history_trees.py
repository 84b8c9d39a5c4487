"""Trees of records for the history: made from nothing, and real ones with anything done to them."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from generator.parse import parse
from generator.records import FOLDERS, Kind
from tests.projects import BASE, ROOT

Tree = Any

IDS = st.sampled_from(["a", "b", "cl-1", "cl-2", "2017", "x-y-z", "title"])
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp")), max_size=12) | st.sampled_from(
    ["no", "1.10", "two\nlines", "two\n\nparagraphs", " blanks ", "a: b", "# x", "shown", "false"]
)
CITATIONS = st.lists(IDS | st.fixed_dictionaries({"source": IDS}, optional={"locator": WORDS}), max_size=3)


def keyed(**fields: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    """A list whose items have ids, most of them each its own."""
    optional = {**fields, "formerly": st.lists(IDS, max_size=2)}
    item = st.fixed_dictionaries({"id": IDS}, optional=optional)
    return st.lists(item, max_size=5, unique_by=lambda each: each["id"]) | st.lists(item, max_size=2)


FIGURES = keyed(value=WORDS, as_of=WORDS, review_by=WORDS)
BRIEFINGS = st.fixed_dictionaries(
    {},
    optional={
        "title": WORDS,
        "answer": WORDS,
        "context": WORDS | st.lists(WORDS, max_size=1),
        "highlights": st.lists(IDS, max_size=3),
        "claims": keyed(text=WORDS, sources=CITATIONS, figures=FIGURES, places=st.lists(IDS, max_size=2), review_by=WORDS, withdrawn=WORDS),
        "quotes": keyed(
            text=WORDS, variants=st.lists(st.fixed_dictionaries({}, optional={"text": WORDS, "sources": CITATIONS}), max_size=2)
        ),
        "photos": keyed(file_photo=WORDS),
        "updates": st.lists(WORDS, max_size=1),
        "unheard_of": WORDS,
    },
)
PLACES = st.fixed_dictionaries(
    {},
    optional={
        "name": WORDS,
        "names": st.dictionaries(st.sampled_from(["ar", "ku", "zh-Hant", "no", "odd.key"]), WORDS, max_size=4),
        "coordinates": st.fixed_dictionaries({}, optional={"lat": WORDS, "lon": WORDS, "sources": CITATIONS}),
        "control": st.lists(st.fixed_dictionaries({}, optional={"holder": IDS, "when": WORDS}), max_size=3),
        "sources": CITATIONS | WORDS,
    },
)


def real_trees(kind: Kind) -> list[Tree]:
    """The trees of our records and of the tests' own."""
    files = [file for content in (BASE, ROOT / "content") for file in sorted((content / FOLDERS[kind]).glob("*.yaml"))]
    documents = [parse(file.name, file.read_bytes())[0] for file in files]
    return [document.data for document in documents if document]


def mutated(tree: Tree, chance: random.Random, times: int) -> Tree:
    """A copy with some things changed, added, removed, moved or renamed, anywhere."""
    result = copy.deepcopy(tree)
    for _ in range(times):
        holders = list(_holders(result))
        if not holders:
            break
        holder = chance.choice(holders)
        step = chance.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
        value = holder[step]
        act = chance.choice(["text", "remove", "shuffle", "rename", "double", "other", "swap"])
        if act == "text":
            holder[step] = f"{value} again" if isinstance(value, str) else value
        elif act == "remove":
            del holder[step]
        elif act == "shuffle" and isinstance(value, list):
            chance.shuffle(value)
        elif act == "rename" and isinstance(value, dict) and "id" in value:
            value["formerly"] = [*value.get("formerly", []), value["id"]]
            value["id"] = f"new-{chance.randrange(100)}"
        elif act == "double" and isinstance(holder, list):
            twin = {**copy.deepcopy(value), "id": f"twin-{chance.randrange(100)}"} if isinstance(value, dict) else value
            holder.insert(chance.randrange(len(holder) + 1), twin)
        elif act == "other":
            holder[step] = chance.choice(["text", [], {}, ["a"], {"source": "a"}, [{"id": "a"}]])
        elif act == "swap" and isinstance(holder, dict):
            holder[step] = holder.pop(step)
    return result


def _holders(tree: Tree) -> Iterator[Tree]:
    """All groups and lists of a tree that hold something."""
    if isinstance(tree, dict | list) and tree:
        yield tree
        for inner in tree.values() if isinstance(tree, dict) else tree:
            yield from _holders(inner)


def exactly(tree: Tree) -> str:
    """A tree as text in which all orders show."""
    return json.dumps(tree, ensure_ascii=False)
