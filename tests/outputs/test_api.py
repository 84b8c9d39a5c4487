"""The API: its files follow their schemas, and hold all that the records do."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import simplejson
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from generator.anchors import anchored
from generator.history.facts import facts
from generator.kinds import FOLDERS, KINDS
from generator.pages import pages
from generator.records import MODELS
from generator.urls import page_path, record_uri
from tests.outputs.conftest import SITE, Made

API = "api/v1"


def read(made: Made, path: str) -> Any:
    return simplejson.loads(made.files[path], use_decimal=True)


def documents(made: Made) -> Iterator[tuple[str, Any]]:
    for path in made.files:
        if path.startswith(f"{API}/") and "/schema/" not in path:
            yield path, read(made, path)


def schema_of(made: Made, document: Any) -> Draft202012Validator:
    schema = read(made, document["schema"].removeprefix(SITE.url))
    assert schema["$id"] == document["schema"]
    return Draft202012Validator(schema)


def test_every_schema_is_one(some: Made) -> None:
    names = {path for path in some.files if "/schema/" in path}
    assert names == {f"{API}/schema/{name}.json" for name in [*FOLDERS.values(), "list", "index"]}
    for path in names:
        Draft202012Validator.check_schema(read(some, path))


def test_every_file_follows_its_schema(some: Made) -> None:
    for path, document in documents(some):
        fault = best_match(schema_of(some, document).iter_errors(document))
        assert fault is None, f"{path}: {fault}"


def spoilt(document: Any) -> Iterator[tuple[str, Any]]:
    """A document with one of its fields gone, of another type, or one too many, for every field."""

    def places(value: Any, where: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
        if isinstance(value, dict | list):
            for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
                yield (*where, step)
                yield from places(inner, (*where, step))

    seen = set()
    for where in places(document):
        # One of each list's items will do.
        form = tuple("" if isinstance(step, int) else step for step in where)
        if form in seen:
            continue
        seen.add(form)
        # What a change was from and to can be anything; languages, statuses and names are keys of their own.
        if {"from", "to", "changes", "names", "claims_by_status"} & set(where):
            continue
        for how in ("gone", "another", "more"):
            copied = copy.deepcopy(document)
            holder = copied
            for step in where[:-1]:
                holder = holder[step]
            if how == "another":
                holder[where[-1]] = {"no": ["such", "value"]}
            elif how == "gone" and isinstance(holder, dict):
                del holder[where[-1]]
            elif how == "more" and isinstance(holder, dict):
                holder["surplus"] = 1
            else:
                continue
            yield f"{where} {how}", copied


@pytest.mark.parametrize("folder", FOLDERS.values())
def test_a_schema_finds_every_planted_fault(base: Made, folder: str) -> None:
    path = next(path for path in sorted(base.files) if path.startswith(f"{API}/{folder}/"))
    document = read(base, path)
    schema = schema_of(base, document)
    assert schema.is_valid(document)
    tried = 0
    for what, faulty in spoilt(document):
        assert not schema.is_valid(faulty), what
        tried += 1
    assert tried > 20


def as_written(value: Any, briefing: str) -> Any:
    """From the API back to what an editor wrote."""
    match value:
        case {"edtf": text}:
            return text
        case {"kind": _, "briefing": owner, "id": found, "api": _}:
            return found if owner == briefing else f"{owner}#{found}"
        case {"kind": _, "id": found, "api": _}:
            return found
        case dict():
            inner = {
                name: as_written(item, briefing)
                for name, item in value.items()
                if name != "computed" and item is not None and item != [] and item != {}
            }
            return inner["source"] if list(inner) == ["source"] else inner
        case list():
            return [as_written(item, briefing) for item in value]
        case bool():
            return "true" if value else "false"
        case str():
            return value
    return f"{value:f}" if not isinstance(value, int) else str(value)


def test_the_records_can_be_had_back(some: Made) -> None:
    """Every fact and the whole history, from the API alone, as the editors' files have them."""
    count = 0
    for (kind, record_id), loaded in some.records.documents.items():
        written = loaded.document.data
        data = read(some, f"{API}/{FOLDERS[kind]}/{record_id}.json")["record"]
        back = as_written(data, record_id)
        assert facts(MODELS[kind], back) == own(facts(MODELS[kind], written), record_id), record_id
        assert back.get("updates", []) == [trimmed(update) for update in written.get("updates", [])]
        count += 1
    assert count == len(some.records.documents) > 10


def own(value: Any, briefing: str) -> Any:
    """References to parts of the same briefing, in their short form."""
    if isinstance(value, dict):
        return {name: own(item, briefing) for name, item in value.items()}
    if isinstance(value, list):
        return [own(item, briefing) for item in value]
    return value.removeprefix(f"{briefing}#") if isinstance(value, str) else value


def trimmed(update: Any) -> Any:
    """Folded text as it was read."""
    if isinstance(update, dict):
        return {name: trimmed(value) for name, value in update.items()}
    if isinstance(update, list):
        return [trimmed(value) for value in update]
    return update.strip() if isinstance(update, str) else update


def addresses(value: Any) -> Iterator[tuple[str, str]]:
    """Every address of ours in a document: what it is for, and its path."""
    if isinstance(value, dict):
        for name in ("url", "api", "schema"):
            if isinstance(value.get(name), str) and value[name].startswith(SITE.url):
                yield name, value[name].removeprefix(SITE.url)
        for inner in value.values():
            yield from addresses(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from addresses(inner)


def test_every_address_is_a_page_or_a_file(real: Made) -> None:
    places = {page_path(page.uri).removeprefix("/") for page in pages(real.library)}
    for briefing in real.records.briefings.values():
        here = page_path(record_uri("briefing", briefing.id)).removeprefix("/")
        places |= {f"{here}#{part.id}" for _, part in anchored(briefing)}
    seen = 0
    for path, document in documents(real):
        for name, address in addresses(document):
            assert address in (places if name == "url" else real.files), f"{path}: {address}"
            seen += 1
    assert seen > 5000


def test_lists_name_every_record(some: Made) -> None:
    root = read(some, f"{API}/index.json")
    assert [entry["kind"] for entry in root["kinds"]] == list(KINDS)
    for entry in root["kinds"]:
        listed = read(some, entry["api"].removeprefix(SITE.url))["records"]
        assert [record["id"] for record in listed] == sorted(some.records.of_kind(entry["kind"]))
        assert entry["count"] == len(listed)


def test_a_former_id_says_where_its_record_is(content: Path, make: Callable[[Path], Made]) -> None:
    place = content / "places" / "upper-example.yaml"
    place.write_text(place.read_text(encoding="utf-8") + "formerly: [old-example]\n", encoding="utf-8")
    made = make(content)
    moved = read(made, f"{API}/places/old-example.json")
    assert moved["moved_to"]["id"] == "upper-example"
    assert schema_of(made, moved).is_valid(moved)


def test_what_was_withdrawn_stays_and_nothing_follows_from_it(content: Path, make: Callable[[Path], Made]) -> None:
    briefing = content / "briefings" / "fable-flood.yaml"
    text = briefing.read_text(encoding="utf-8")
    gone = """claims:
  - id: cl-gone
    text: The river never rose.
    said_by: [example-gazette]
    said_on: 2021-05-02
    sources: [gazette-own-report]
    status: disputed
    disputes: [cl-rose]
    withdrawn: The paper took it back.
"""
    briefing.write_text(text.replace("claims:\n", gone, 1), encoding="utf-8")
    (content / "measures" / "unused.yaml").write_text(
        "title: Unused\nunit: people\nscope: None.\ncomparability: None.\nwithdrawn: Nobody used it.\n", encoding="utf-8"
    )
    made = make(content)
    for _, document in documents(made):
        assert schema_of(made, document).is_valid(document)
    claims = {claim["id"]: claim for claim in read(made, f"{API}/briefings/fable-flood.json")["record"]["claims"]}
    assert claims["cl-gone"]["withdrawn"] == "The paper took it back."
    assert claims["cl-gone"]["computed"]["independent_origins"] == []
    assert claims["cl-rose"]["computed"]["disputed_by"] == []
    assert read(made, f"{API}/measures/unused.json")["computed"] is None
    assert [record["withdrawn"] for record in read(made, f"{API}/measures.json")["records"] if record["id"] == "unused"] == [
        "Nobody used it."
    ]


def test_numbers_keep_their_digits(content: Path, make: Callable[[Path], Made]) -> None:
    place = content / "places" / "upper-example.yaml"
    lines = [
        "  precision_km: 1.10" if line.strip().startswith("precision_km:") else line
        for line in place.read_text(encoding="utf-8").splitlines()
    ]
    place.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert b'"precision_km": 1.10,' in make(content).files[f"{API}/places/upper-example.json"]
