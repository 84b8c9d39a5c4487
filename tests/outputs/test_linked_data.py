"""Linked data: read from pages as browsers do, as a graph, and held against schema.org's own vocabulary."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import rdflib
import simplejson
import tinyhtml5
import yaml
from rdflib import Namespace, URIRef
from schema_org import registry

from generator.anchors import anchored
from generator.kinds import KINDS
from generator.markup import plain
from generator.outputs import Site
from generator.outputs.jsonld import LinkedData, licence
from generator.pages import library, pages
from generator.records import Claim, Figure, Quote
from generator.urls import HOME, page_path, record_uri
from generator.views import parts
from tests.outputs.conftest import SITE, Made
from tests.projects import Project

Node = dict[str, Any]
SDO = Namespace("https://schema.org/")

HOSTILE = "</script><script>x()</script> <!-- ]]> \"q\" 'a' \\ & &lt; =1+1 {{ x }} {% y %} السلام עברית"


def linked(made: Made, site: Site = SITE) -> dict[str, Node]:
    """The linked data of every page that has some, by the page's file."""
    told = LinkedData(made.library, site, made.files)
    found = {
        record_uri(kind, name): told.of_record(kind, record)
        for kind in KINDS
        for name, record in made.library.catalog.of_kind(kind).items()
    }
    return {uri: as_read(text) for uri, text in {HOME: told.of_site(), **found}.items()}


def as_read(text: str) -> Node:
    """What a reader of pages takes from the page that this stands in."""
    (found,) = data_blocks(f'<!doctype html><title>x</title><script type="application/ld+json">{text}</script><p>After it.</p>')
    return found


def data_blocks(html: str) -> list[Node]:
    """The linked data in a page, which is parsed as browsers do, down to where a script ends."""
    tree = tinyhtml5.parse(html, namespace_html_elements=False)
    assert len(list(tree.iter("p"))) > 0
    return [json.loads(element.text or "") for element in tree.iter("script") if element.get("type") == "application/ld+json"]


def nodes(value: Any) -> Iterator[Node]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from nodes(inner)


def described(found: dict[str, Node]) -> dict[str, set[str]]:
    """The types under which each id is described anywhere on the site."""
    types: dict[str, set[str]] = {}
    for node in (node for page in found.values() for node in nodes(page)):
        if "@id" in node and "@type" in node:
            types.setdefault(node["@id"], set()).add(node["@type"])
    return types


# --- the vocabulary -----------------------------------------------------------------------------------


def of_type(name: str) -> frozenset[str]:
    """The type and all that it is a kind of."""
    return frozenset((name, *registry.ancestry(name)))


def is_iso(text: str) -> bool:
    try:
        date.fromisoformat(text + "-01" * (2 - text.count("-")))
    except ValueError:
        return False
    return True


def is_a_value(value: Any, ranges: tuple[str, ...]) -> bool:
    match value:
        case bool():
            return "Boolean" in ranges
        case int() | float():
            return bool({"Number", "Integer"} & set(ranges))
        case str():
            return (
                "Text" in ranges
                or ("URL" in ranges and re.match(r"https?://|/", value) is not None)
                or ("Date" in ranges and is_iso(value))
            )
    return False


def faults(node: Node, types: dict[str, set[str]], via: str = "") -> Iterator[str]:
    """What of a node schema.org does not know, or puts elsewhere."""
    kind = node.get("@type")
    if kind not in registry.CLASS_METADATA:
        yield f"no type {kind}"
        return
    for name, value in node.items():
        if name.startswith("@"):
            continue
        found = registry.PROPERTY_BY_SCHEMA.get(name)
        # A role stands between two things, and repeats the property that leads to it.
        repeated = "Role" in of_type(kind) and name == via
        if found is None or found.superseded_by or not (repeated or set(found.domains) & of_type(kind)):
            yield f"{kind} has no {name}"
            continue
        for item in value if isinstance(value, list) else [value]:
            if not isinstance(item, dict):
                if not is_a_value(item, found.ranges):
                    yield f"{kind}.{name}: {item!r} is none of {found.ranges}"
            elif "@value" in item:
                if "Text" not in found.ranges or not re.fullmatch(r"[a-z]{2,3}(-\w+)*", item["@language"]):
                    yield f"{kind}.{name}: {item}"
            else:
                inner = {item["@type"]} if "@type" in item else types.get(item["@id"], set())
                if not inner:
                    yield f"{kind}.{name}: {item['@id']} is described nowhere"
                for one in inner & registry.CLASS_METADATA.keys():
                    if not (of_type(one) & set(found.ranges)) and "Role" not in of_type(one):
                        yield f"{kind}.{name}: a {one} is none of {found.ranges}"
                if "@type" in item:
                    yield from faults(item, types, name)


def test_every_page_is_in_the_words_of_schema_org(some: Made) -> None:
    found = linked(some)
    types = described(found)
    assert [f"{uri}: {fault}" for uri, page in found.items() for fault in faults(page, types)] == []
    assert {page["@context"] for page in found.values()} == {"https://schema.org"}
    used = {node["@type"] for page in found.values() for node in nodes(page) if "@type" in node}
    expected = {"Report", "Claim", "Observation", "Quotation", "Person", "StatisticalVariable", "WebSite", "Dataset", "DataDownload"}
    assert expected <= used


PLANTED = [
    ("Claim", "said_by", [{"@type": "Person", "name": "x"}], "has no said_by"),
    ("Claim", "itemReviewed", {"@type": "Claim"}, "has no itemReviewed"),
    ("Claim", "@type", "Assertion", "no type Assertion"),
    ("Claim", "author", {"@type": "Place", "name": "x"}, "a Place is none of"),
    ("Claim", "appearance", {"@id": "https://example.org/nowhere/"}, "is described nowhere"),
    ("Claim", "datePublished", "2021-05-02~", "is none of"),
    ("Claim", "datePublished", "on 2 May", "is none of"),
    ("Observation", "minValue", "about 200", "is none of"),
    ("Observation", "text", "about 200", "has no text"),
    ("Report", "publisher", "The site", "is none of"),
    ("Report", "latitude", 1, "has no latitude"),
]


@pytest.mark.parametrize(("kind", "name", "value", "fault"), PLANTED)
def test_a_planted_fault_is_found(base: Made, kind: str, name: str, value: Any, fault: str) -> None:
    found = copy.deepcopy(linked(base))
    types = described(found)
    node = next(node for node in nodes(found["briefings/fable-flood.md"]) if node.get("@type") == kind)
    node[name] = value
    assert fault in " ".join(faults(found["briefings/fable-flood.md"], types))


# --- joined up ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("site", [SITE, Site("No address")])
def test_every_id_is_a_page_or_a_place_on_one_and_one_thing(real: Made, site: Site) -> None:
    root = site.address("/")
    places = {site.address(page_path(page.uri)) for page in pages(real.library)}
    for briefing in real.library.catalog.briefings.values():
        here = site.address(page_path(record_uri("briefing", briefing.id)))
        places |= {f"{here}#{part.id}" for _, part in anchored(briefing)}
    found = linked(real, site)
    ids = [node["@id"] for page in found.values() for node in nodes(page) if "@id" in node]
    assert set(ids) <= places and len(ids) > 1900
    assert {name for name, types in described(found).items() if len(types) > 1} == set()
    assert {page["@id"] for page in found.values()} == {site.address(page_path(uri)) for uri in found}
    assert found[HOME]["@id"] == root == found["briefings/raqqa-2017-10.md"]["isPartOf"]["@id"]


def test_every_record_that_stands_has_a_node_and_pages_at_rest_have_none(some: Made) -> None:
    told = {page.uri: page.jsonld for page in pages(some.library, LinkedData(some.library, SITE, some.files))}
    assert {uri: as_read(text) for uri, text in told.items() if text} == linked(some)
    assert len([uri for uri, text in told.items() if not text]) > 8


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_the_pages_make_one_graph_in_which_every_claim_leads_to_names(some: Made) -> None:
    """From each claim to the names of who said it and of who published its sources, though they stand on other pages."""
    graph = rdflib.Graph()
    for page in linked(some).values():
        # The context, which stands on the web, says no more than this of the terms used.
        graph.parse(data=json.dumps({**page, "@context": {"@vocab": str(SDO)}}), format="json-ld")
    catalog = some.library.catalog
    for (briefing, name), claim in catalog.claims.items():
        node = URIRef(f"{SITE.address(page_path(record_uri('briefing', briefing)))}#{name}")
        assert {str(found) for who in graph.objects(node, SDO.author) for found in graph.objects(who, SDO["name"])} == {
            (catalog.actors.get(who) or catalog.people[who]).name for who in claim.said_by
        }
        publishers = (graph.objects(source, SDO.publisher / SDO["name"]) for source in graph.objects(node, SDO.appearance))
        assert sum(len(set(found)) > 0 for found in publishers) == len({citation.source for citation in claim.sources})
        (sheet,) = graph.subjects(SDO.hasPart, node)
        assert str(graph.value(sheet, SDO.headline)) == catalog.briefings[briefing].title


# --- nothing goes out barer than on the page ----------------------------------------------------------


def named(found: dict[str, Node]) -> dict[str, Node]:
    """The fullest description of each id."""
    best: dict[str, Node] = {}
    for node in (node for page in found.values() for node in nodes(page)):
        if "@id" in node and len(node) > len(best.get(node["@id"], {})):
            best[node["@id"]] = node
    return best


def test_claims_numbers_and_quotations_keep_who_when_where_and_how_sure(some: Made) -> None:
    every = named(linked(some))
    catalog = some.library.catalog
    seen = dict.fromkeys((Claim, Figure, Quote), 0)

    def url(kind: Any, record_id: str) -> str:
        return SITE.address(page_path(record_uri(kind, record_id)))

    def who(names: tuple[str, ...]) -> list[str]:
        return [url("actor" if name in catalog.actors else "person", name) for name in names]

    def ids(value: Any) -> list[str]:
        return [node["@id"] for node in value]

    for briefing in catalog.briefings.values():
        here = url("briefing", briefing.id)
        for claim in briefing.claims:
            node = every[f"{here}#{claim.id}"]
            assert node["text"] == plain(claim.text)
            assert ids(node["author"]) == who(claim.said_by)
            assert ids(node["appearance"]) == [url("source", citation.source) for citation in claim.sources]
            assert node["description"].lower().startswith(claim.status)
            assert node.get("datePublished") == (claim.said_on.text if claim.said_on.is_exact_day else None)
            assert claim.said_on.is_exact_day or claim.said_on.words in node["description"]
            assert ids(node.get("mentions", [])) == [f"{here}#{figure.id}" for figure in claim.figures]
            seen[Claim] += 1
            for figure in claim.figures:
                node = every[f"{here}#{figure.id}"]
                assert node["name"].startswith(parts.figure_words(figure)) and figure.as_of.words in node["name"]
                assert not figure.qualifier or figure.qualifier in node["name"]
                assert node["unitText"] == figure.unit
                bare = figure.value is not None and figure.qualifier in (None, "about")
                assert ("value" in node) == bare
                given = {node[name] for name in ("value", "minValue", "maxValue") if name in node}
                assert given == {float(number) for number in (figure.value, figure.low, figure.high) if number is not None}
                assert node.get("observationDate") == (figure.as_of.text if figure.as_of.is_exact_day else None)
                seen[Figure] += 1
        for quote in briefing.quotes:
            node = every[f"{here}#{quote.id}"]
            assert node["text"] == quote.text
            assert ids(node["creator"]) == who(quote.said_by)
            assert ids(node["isBasedOn"]) == [url("source", citation.source) for citation in quote.sources]
            assert quote.role in node["description"] and quote.channel in node["description"]
            assert node.get("dateCreated") == (quote.said_on.text if quote.said_on.is_exact_day else None)
            if quote.language != "en":
                assert node.get("inLanguage") != quote.language and ("translationOfWork" in node) == bool(quote.translation)
            seen[Quote] += 1
    assert min(seen.values()) >= 1


def test_a_number_keeps_its_digits_and_is_an_end_where_its_word_says_so(content: Path, make: Callable[[Path], Made]) -> None:
    file = content / "briefings" / "fable-flood.yaml"
    file.write_text(
        file.read_text("utf-8").replace("value: 200\n        qualifier: about", "value: 200.10\n        qualifier: nearly"), "utf-8"
    )
    made = make(content)
    briefing = made.library.catalog.briefings["fable-flood"]
    text = LinkedData(made.library, SITE).of_record("briefing", briefing)
    claim = simplejson.loads(text, use_decimal=True)["hasPart"][1]
    (number,) = claim["mentions"]
    assert (str(number["maxValue"]), number["name"]) == ("200.10", "nearly 200.10\u00a0people, as of 2 May 2021")
    assert "value" not in number and "minValue" not in number


def test_dates_are_no_finer_than_known(some: Made) -> None:
    found = linked(some)
    for node in (node for page in found.values() for node in nodes(page)):
        for name in ("datePublished", "dateModified", "dateCreated", "observationDate"):
            assert name not in node or date.fromisoformat(node[name]), node
    flood = linked(some).get("briefings/fable-flood.md")
    if flood:
        assert flood["temporalCoverage"] == "2021-05-02/2021-05-04"
        assert flood["hasPart"][1]["temporalCoverage"] == "between 1 and 2 May 2021"


def test_a_date_that_was_inferred_is_told_in_words(real: Made) -> None:
    found = linked(real)
    inferred = [source for source in real.library.catalog.sources.values() if source.date and source.date_basis == "inferred"]
    for source in inferred:
        node = found[record_uri("source", source.id)]
        assert "datePublished" not in node
        assert f"Dated {source.date.words}, inferred." in node["description"]
    assert len(inferred) > 20


def test_what_was_corrected_is_told_with_old_and_new(real: Made) -> None:
    sheet = linked(real)["briefings/deir-ez-zor-al-qaim-2017-11-03.md"]
    briefing = real.library.catalog.briefings["deir-ez-zor-al-qaim-2017-11-03"]
    assert sheet["version"] == len(briefing.updates) + 1
    entries = [entry for entry in briefing.updates if entry.kind == "correction"]
    assert len(sheet["correction"]) == len(entries) > 0
    for node, entry in zip(sheet["correction"], reversed(entries), strict=True):
        assert node["text"].startswith(plain(entry.note).rstrip("."))
        assert node["text"].count(" → ") == len(entry.changes)


def test_a_withdrawn_claim_is_not_told(content: Path, make: Callable[[Path], Made]) -> None:
    file = content / "briefings" / "fable-flood.yaml"
    record = yaml.safe_load(file.read_text("utf-8"))
    record["quotes"][0]["withdrawn"] = "It was never said."
    file.write_text(yaml.safe_dump(record, allow_unicode=True), "utf-8")
    parts_told = linked(make(content))["briefings/fable-flood.md"]["hasPart"]
    assert {node["@type"] for node in parts_told} == {"Claim"}


# --- the site -----------------------------------------------------------------------------------------


def test_the_first_page_offers_the_files_that_are_there_and_no_others(base: Made) -> None:
    paths = ["api/v1/index.json", "data/claims.csv", "data/other.csv"]
    told = as_read(LinkedData(base.library, SITE, paths).of_site())
    assert [item["distribution"]["contentUrl"] for item in told["hasPart"]["dataset"]] == [SITE.address(path) for path in paths[:2]]
    assert "hasPart" not in as_read(LinkedData(base.library, SITE).of_site())
    for item in linked(base)[HOME]["hasPart"]["dataset"]:
        assert item["distribution"]["contentUrl"].removeprefix(SITE.url) in base.files


@pytest.mark.parametrize(
    ("terms", "address"),
    [
        ("The records may be used under CC BY 4.0; quotations belong to others.", "https://creativecommons.org/licenses/by/4.0/"),
        ("CC BY-NC-SA 3.0", "https://creativecommons.org/licenses/by-nc-sa/3.0/"),
        ("CC0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("CC BY", None),
        ("All rights reserved.", None),
        ("Text: CC BY 4.0. Pictures: CC BY-SA 4.0.", None),
    ],
)
def test_a_licence_is_named_only_without_doubt(terms: str, address: str | None) -> None:
    assert licence(terms) == address


def test_terms_go_with_the_licence(base: Made) -> None:
    site = replace(SITE, terms='<a href="/x">CC BY 4.0</a>, but &copy; others')
    sheet = linked(base, site)["briefings/fable-flood.md"]
    assert sheet["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert sheet["copyrightNotice"] == "CC BY 4.0, but © others"


# --- in pages -----------------------------------------------------------------------------------------


def test_hostile_words_come_back_from_a_built_page_as_they_were(project: Project) -> None:
    file = project.content / "briefings" / "fable-flood.yaml"
    record = yaml.safe_load(file.read_text("utf-8"))
    record["title"] = record["quotes"][0]["text"] = record["quotes"][0]["role"] = HOSTILE
    file.write_text(yaml.safe_dump(record, allow_unicode=True), "utf-8")
    place = project.content / "places" / "upper-example.yaml"
    record = yaml.safe_load(place.read_text("utf-8"))
    record["name"], record["names"] = HOSTILE, {"ar": HOSTILE}
    place.write_text(yaml.safe_dump(record, allow_unicode=True), "utf-8")
    project.build()
    (sheet,) = of_page(project.site / "briefings" / "fable-flood" / "index.html")
    quote = next(node for node in nodes(sheet) if node.get("@type") == "Quotation")
    assert sheet["headline"] == quote["text"] == HOSTILE
    assert quote["description"].startswith(HOSTILE)
    (town,) = of_page(project.site / "places" / "upper-example" / "index.html")
    assert town["name"] == town["alternateName"][0]["@value"] == HOSTILE


def test_no_character_ends_the_script_or_a_line_of_it(base: Made) -> None:
    """Records hold no line separators, but settings may."""
    name = f"{HOSTILE} \u2028\u2029"
    text = LinkedData(base.library, Site(name)).of_site()
    assert not set("<>&\n\u2028\u2029") & set(text)
    assert as_read(text)["name"] == name


def of_page(file: Path) -> list[Node]:
    return data_blocks(file.read_text("utf-8"))


def test_built_and_exported_pages_carry_it(built: Project, base: Made, tmp_path: Path) -> None:
    for uri in ("index.md", "briefings/fable-flood.md", "places/upper-example.md", "sources/gazette-wire-copy.md"):
        (node,) = of_page(built.site / page_path(uri).strip("/") / "index.html")
        assert node["@id"] == f"https://flood.example/facts{page_path(uri)}"
    assert of_page(built.site / "places" / "index.html") == []
    assert built.invoke("export", tmp_path / "out").returncode == 0
    front = (tmp_path / "out" / "docs" / "places" / "upper-example.md").read_text("utf-8").split("---\n")[1]
    assert as_read(yaml.safe_load(front)["jsonld"])["name"] == base.records.places["upper-example"].name


def test_records_made_in_memory_have_pages_without_it(base: Made) -> None:
    assert not any(page.jsonld for page in pages(library(base.records)))
