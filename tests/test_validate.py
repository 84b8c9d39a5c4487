"""Trees to typed records: what each kind of value takes, and what it says when it does not."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.parse import parse
from generator.records import KINDS, MODELS, Kind, Record
from generator.records.references import id_fault, suggested_id
from generator.records.values import url_fault
from generator.validate import field_names, nearest, validate

PLACE = "name: The Spot\nkind: crossing\n"
SOURCE = "publisher: P\ntitle: T\ndate: 2021\nlanguage: en\ntype: reference\ngrade: C\ngrade_reason: R\nread: full_text\n"


def read(kind: Kind, text: str) -> tuple[Record | None, list[str]]:
    document, problems = parse("x.yaml", text.encode())
    assert document, problems
    record, found = validate(kind, "x", document)
    return record, [str(problem) for problem in [*problems, *found]]


def coordinates(lat: str, lon: str) -> str:
    return f"{PLACE}coordinates:\n  lat: {lat}\n  lon: {lon}\n  precision_km: 1\n  sources: [a]\n"


@pytest.mark.parametrize(("lat", "lon"), [("90", "-180"), ("-90", "180"), ("0", "0"), ("0.000000001", "-0.5"), ("12.50", "45.0")])
def test_coordinates_stay_as_typed(lat: str, lon: str) -> None:
    record, problems = read("place", coordinates(lat, lon))
    assert problems == []
    point = record.coordinates  # type: ignore[union-attr]  # None would fail just as well
    assert point.lat == Decimal(lat)
    assert (point.model_dump()["lat"], point.model_dump()["lon"]) == (lat, lon)


@pytest.mark.parametrize(("lat", "lon"), [("90.000000001", "0"), ("0", "-180.1"), ("999", "0")])
def test_coordinates_end_at_the_poles(lat: str, lon: str) -> None:
    assert len(read("place", coordinates(lat, lon))[1]) == 1


HONEST_URLS = [
    "https://example.org/Bath_(city)", "https://example.org/?a=1&copy=2", "https://example.org/a'b*c_d_e", "http://example.org", "https://example.org:8080/x",
    "https://münchen.example/straße", "https://example.org/#:~:text=a,b", "https://[2001:db8::1]/x", "https://192.0.2.1/", "https://example.org/a;b=c|d", "https://example.org/%E2%80%8B",
    "https://example.org/@user", "https://example.org/a//b", "https://web.archive.example.org/web/2021/https://example.org/x", "HTTPS://EXAMPLE.ORG/X", "https://example.org/{a}[b]^",
]  # fmt: skip


@pytest.mark.parametrize("url", HONEST_URLS)
def test_honest_addresses_stay_as_typed(url: str) -> None:
    record, problems = read("source", f"{SOURCE}url: '{url.replace(chr(39), chr(39) * 2)}'\n")
    assert problems == []
    assert record.url == url  # type: ignore[union-attr]  # as above


@given(st.text(alphabet="htps:/@.\\ \taé%[]#?0", max_size=24) | st.text(max_size=30))
def test_any_address_is_judged(url: str) -> None:
    if not url_fault(url):
        assert url.lower().startswith(("http://", "https://"))
        assert "@" not in url.split("/")[2]
        assert url.isprintable() or not url.isascii()


@given(st.text(max_size=100))
def test_a_suggested_id_is_an_id(text: str) -> None:
    near = suggested_id(text)
    assert not near or not id_fault(near)
    if not id_fault(text):
        assert near == text


@given(st.recursive(st.text(max_size=8, alphabet=st.characters(codec="utf-8", exclude_categories=["Cc"])), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "text", "claims", "source", "from", "x"]), inner, max_size=3), max_leaves=12), st.sampled_from(KINDS))  # fmt: skip
def test_any_tree_is_a_record_or_problems(value: object, kind: Kind) -> None:
    """Whatever stands in a field, the answer is no exception and no silence."""
    for name in field_names(MODELS[kind]):
        # JSON is YAML too.
        document, problems = parse("x.yaml", json.dumps({name: value}, ensure_ascii=False).encode())
        record = None
        if document:
            record, problems = validate(kind, "x", document)
        assert record is None
        assert problems
        assert all(problem.found and problem.expected for problem in problems)


def test_one_bad_item_does_not_make_its_list_too_short() -> None:
    _, problems = read("place", f"{PLACE}control:\n  - holder: a b\n    when: 2021\n    sources: [B]\n")
    assert [line.split(": ")[1] for line in problems] == ["control[0].holder", "control[0].sources[0]"]


def test_a_misspelt_required_field_is_told_once() -> None:
    assert read("place", "nam: The Spot\nkind: crossing\n")[1] == [
        "x.yaml:1:1: nam: the unknown field `nam`; a field of this record; did you mean `name`?"
    ]


def test_an_id_in_the_file_does_not_hide_the_rest() -> None:
    _, problems = read("place", "id: spot\nname: [The Spot]\n")
    assert len(problems) == 3


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_says_what_it_is_for(kind: Kind) -> None:
    schema = MODELS[kind].model_json_schema(by_alias=True)
    for owner in (schema, *schema.get("$defs", {}).values()):
        for name, field in owner.get("properties", {}).items():
            assert field.get("description") or name in ("id", "sources"), f"{owner['title']}.{name}"


@pytest.mark.parametrize(
    ("text", "choices", "found"),
    [
        ("Update", ("update",), "update"),
        ("updaet", ("update", "final"), "update"),
        ("agency copy", ("agency_copy",), "agency_copy"),
        ("zzz", ("update",), ""),
        ("x", (), ""),
    ],
)
def test_nearest(text: str, choices: tuple[str, ...], found: str) -> None:
    assert nearest(text, choices) == found


def test_nearest_among_thousands() -> None:
    choices = tuple(f"agency-story-{number}" for number in range(5_000))
    assert nearest("agency-storry-4711", choices) == "agency-story-4711"
    assert nearest("nothing-of-the-kind", choices) == ""


def test_records_cannot_be_changed() -> None:
    record, _ = read("place", PLACE)
    with pytest.raises(ValueError, match="frozen"):
        record.name = "Elsewhere"  # type: ignore[union-attr]  # the assignment is what must fail
