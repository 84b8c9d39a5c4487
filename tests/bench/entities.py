"""Made-up places, actors, people, measures and sources, as many and as full as the real ones.

Places, actors, people and measures come to 7 for every hundred briefings, and to 30 at least, in the real proportions
(23, 68, 36, 30). Sources come besides. Nineteen real sheets have 192, and as a site grows its sheets share more of them,
so there are as many as the square root of the number of sheets says: 440 for a hundred, 4,400 for ten thousand.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from random import Random

from .words import Skewed, Words
from .yaml_text import Tree

REAL = {"places": 23, "actors": 68, "people": 36, "measures": 30}
SOURCES_AT_ONE = 44
"""192 / √19."""
_LANDS = {
    "IQ": (33, 43), "SY": (35, 38.5), "PE": (-9, -75), "FR": (46.5, 2.5), "TD": (15, 19), "MM": (21, 96), "CO": (4, -73), "KZ": (48, 67),
}  # fmt: skip
"""A point well inside of each; places lie within two degrees of it."""
_MEDIA = {"news agency": 12, "broadcaster": 7, "news outlet": 6, "state media": 4, "newspaper": 3, "blog": 2}
_BODIES = {"state forces": 7, "government": 7, "monitor": 3, "armed group": 3, "UN body": 3, "coalition forces": 2, "aid organisation": 2}
_UNITS = {"people": 17, "per cent": 4, "km": 2, "flights": 1, "strikes": 1, "days": 1, "months": 1, "km²": 1, "hours": 1, "years": 1}
_NAMES = {"ar": ("راوة", "دير الزور", "القائم", "الميادين"), "el": ("Θεσσαλονίκη", "Καβάλα"), "ru": ("Пальмира", "Ракка")}
_TYPES = {"news_original": 69, "agency_copy": 58, "repost": 26, "reference": 20, "primary": 11, "scraper": 4, "analysis": 4}
_GRADES = {"news_original": "AABBBC", "agency_copy": "BBBBBC", "repost": "CCCCDD", "reference": "CCCB", "primary": "AAB", "scraper": "D", "analysis": "BC"}  # fmt: skip
_DATE_BASES = {"shown": 70, "inferred": 56, "from_url": 26, "index": 22, "not_seen": 18}
_TITLE_BASES = {"shown": 138, "from_url": 36, "described": 18}


@dataclass
class World:
    """What briefings can name. Ids are in order of how often they come up.

    Attributes:
        records: each record's tree, by its folder and id.
        kinds: of the measures: their units.
        standing, gone: sources that stand, and those that were withdrawn.
        original: what is its own origin: a source's id to its publisher.
        titles: by which a text calls a record.
    """

    records: dict[tuple[str, str], Tree] = field(default_factory=dict)
    ids: dict[str, list[str]] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    original: dict[str, str] = field(default_factory=dict)
    titles: dict[tuple[str, str], str] = field(default_factory=dict)


def counts(briefings: int) -> dict[str, int]:
    """How many records of each kind go with so many briefings."""
    total = max(30, math.ceil(briefings * 0.07))
    found = {folder: max(3, round(total * part / sum(REAL.values()))) for folder, part in REAL.items()}
    found["actors"] += total - sum(found.values())
    return {**found, "sources": max(60, round(SOURCES_AT_ONE * math.sqrt(briefings)))}


def world(words: Words, briefings: int) -> World:
    """All records that briefings can name."""
    made = World()
    many = counts(briefings)
    for folder, count in many.items():
        made.ids[folder] = [_new_id(made, folder, words) for _ in range(count)]
    citing = Skewed(words.rng, made.ids["sources"])
    for maker in (_actors, _places, _people, _measures):
        maker(made, words, citing)
    _sources(made, words)
    for (folder, _), tree in made.records.items():
        _past(tree, folder, words)
    return made


def _new_id(made: World, folder: str, words: Words) -> str:
    """An id that no record of any kind has, and what texts call the record."""
    parts = {"places": 1, "actors": 2, "people": 2, "measures": 3, "sources": 3}[folder]
    title = words.name(parts)
    record_id = slug(title)
    if folder == "sources":
        record_id += f"-{a_day(words.rng, 2012, 2024)}"
    made.titles[folder, record_id] = title
    return record_id


def slug(title: str) -> str:
    """The id that a title makes."""
    return title.lower().replace(" ", "-")


def a_day(rng: Random, first: int, last: int) -> str:
    """A day within these years."""
    return f"{rng.randint(first, last)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"


def _optional(words: Words, share: float, name: str, value: object) -> Tree:
    return {name: value} if value and words.chance(share) else {}


def _cited(words: Words, citing: Skewed, count: int) -> list[str | Tree]:
    return [located(words, source) for source in citing.some(count)]


def located(words: Words, source: str) -> str | Tree:
    """A source as it is cited, one in eight with the place in it."""
    return {"source": source, "locator": f"line {words.rng.randint(1, 40)}"} if words.chance(0.12) else source


def _names(words: Words, share: float) -> Tree:
    language = words.rng.choice(list(_NAMES))
    return _optional(words, share, "names", {language: words.rng.choice(_NAMES[language])})


def _variants(words: Words, share: float, most: int) -> Tree:
    return _optional(words, share, "variants", [words.name(words.rng.randint(1, 2)) for _ in range(words.rng.randint(1, most))])


def _actors(made: World, words: Words, citing: Skewed) -> None:
    ids = made.ids["actors"]
    for number, actor in enumerate(ids):
        kind = words.pick(_MEDIA if number % 2 else _BODIES)
        made.records["actors", actor] = {
            "name": made.titles["actors", actor], "kind": kind, **_names(words, 0.03), **_variants(words, 0.5, 3),
            **_optional(words, 0.12, "part_of", ids[(number // 4) * 2] if not number % 2 and number else ""),
            "description": words.prose(12.7, 6.3, 3, 37), "sources": _cited(words, citing, words.rng.choice((1, 1, 1, 1, 2))),
        }  # fmt: skip


def _places(made: World, words: Words, citing: Skewed) -> None:
    ids, rng = made.ids["places"], words.rng
    holders = Skewed(rng, made.ids["actors"][::2])
    lands = list(_LANDS)
    for number, place in enumerate(ids):
        land = lands[number * len(lands) // len(ids)]
        lat, lon = _LANDS[land]
        point = {"lat": f"{lat + rng.uniform(-2, 2):.5f}", "lon": f"{lon + rng.uniform(-2, 2):.5f}", "precision_km": rng.choice(("1", "2", "5", "0.5")),
                 "sources": _cited(words, citing, 1), **_optional(words, 0.3, "note", words.prose(10, 4, 4, 20))}  # fmt: skip
        control = [
            {"holder": holder, "when": when, "sources": _cited(words, citing, rng.randint(1, 2)), **_optional(words, 0.5, "note", words.prose(14, 5, 4, 30))}
            for holder, when in zip(holders.some(rng.randint(2, 3)), ("2014-07/2017-11-03", "../2017-11-17", "2018-02/.."), strict=False)
        ]  # fmt: skip
        made.records["places", place] = {
            "name": made.titles["places", place], "kind": rng.choice(("town", "town", "town", "city", "city", "governorate", "village", "region", "border crossing")),
            **_names(words, 0.3 if number else 1), **_variants(words, 0.87, 6), **_optional(words, 0.91, "country", land),
            **_optional(words, 0.78, "admin", [f"{words.name()} Governorate"]),
            **_optional(words, 0.61, "within", ids[number // 2] if number else ""),
            **(({"coordinates": point}) if number < 3 or words.chance(0.7) else {}),
            "summary": words.prose(25, 7.7, 12, 42, *link(made, words, "places", 0.3)),
            **_optional(words, 0.57, "control", control), "sources": _cited(words, citing, rng.choice((1, 2, 2))),
        }  # fmt: skip


def _people(made: World, words: Words, citing: Skewed) -> None:
    rng = words.rng
    bodies = Skewed(rng, made.ids["actors"][::2])
    for number, person in enumerate(made.ids["people"]):
        day = a_day(rng, 2014, 2022)
        when: Tree = {"as_of": day} if words.chance(0.8) else {"from": f"{int(day[:4]) - 3}", "to": day[:7]}
        role = {
            "title": words.line(7, 2.5, 2, 12),
            **_optional(words, 0.9, "actor", bodies.some(1)[0]),
            **when,
            "sources": _cited(words, citing, 1),
        }
        made.records["people", person] = {
            "name": made.titles["people", person], **_names(words, 0.05), **_variants(words, 0.42, 3), "roles": [role],
            **_optional(words, 0.2 if number else 1, "note", words.prose(17, 7.5, 8, 29)),
        }  # fmt: skip


def _measures(made: World, words: Words, citing: Skewed) -> None:
    for measure in made.ids["measures"]:
        made.units[measure] = unit = words.pick(_UNITS)
        made.records["measures", measure] = {
            "title": words.line(6, 1.8, 2, 10, made.titles["measures", measure]), "unit": unit,
            "scope": words.prose(14.4, 5, 6, 27, *link(made, words, "places", 0.3)), "comparability": words.prose(22, 12, 6, 59),
        }  # fmt: skip


def _sources(made: World, words: Words) -> None:
    """Sources of their own, and such as repeat others or an agency. Of the first, those that can be a witness are `original`."""
    rng, ids = words.rng, made.ids["sources"]
    media = made.ids["actors"][1::2]
    agencies = Skewed(rng, media)
    publishers = [words.name(2) for _ in range(len(ids) // 2)]
    standing: list[str] = []
    for number, source in enumerate(ids):
        actor = rng.choice(media) if words.chance(0.22) else ""
        publisher = made.titles["actors", actor] if actor else rng.choice(publishers)
        kind = words.pick(_TYPES)
        grade = rng.choice(_GRADES[kind])
        carried = _carried(kind, agencies, standing, rng)
        unnamed = not carried and words.chance(0.3)
        read = "not_read" if words.chance(0.01) else "full_text" if words.chance(0.05) else "excerpt"
        basis = words.pick(_DATE_BASES)
        withdrawn = number > 50 and words.chance(0.005)
        erratum = {
            "says": words.prose(10, 3, 5, 20),
            "instead": words.prose(10, 3, 5, 20),
            **_optional(words, 0.8, "sources", rng.sample(ids, 1)),
        }
        made.records["sources", source] = {
            "publisher": publisher, **({"publisher_actor": actor} if actor else {}), "title": words.line(9.2, 4.1, 1, 29),
            **_unless("title_basis", words.pick(_TITLE_BASES), "shown"), **_optional(words, 0.04, "author", words.name(2)),
            **({} if basis == "not_seen" else {"date": source[-10:]}), **_unless("date_basis", basis, "shown"),
            **_optional(words, 0.98, "url", f"https://example.org/{source}?id={rng.randrange(10**7)}"),
            "language": rng.choice(("de", "it", "nl", "pt", "es", "fr")) if words.chance(0.07) else "en", "type": kind, "grade": grade,
            "grade_reason": words.prose(7.7, 3.7, 2, 25), "read": read, **({"carries": carried} if carried else {}),
            **({"carries_unnamed": words.line(4, 1, 2, 8)} if unnamed else {}), **_optional(words, 0.23, "note", words.prose(15, 10, 2, 100)),
            **_optional(words, 0.07, "errata", [erratum]), **({"withdrawn": words.prose(9, 3, 4, 20)} if withdrawn else {}),
        }  # fmt: skip
        if withdrawn:
            made.gone.append(source)
            continue
        standing.append(source)
        if grade != "D" and read != "not_read" and not carried and not unnamed:
            made.original[source] = publisher
    made.ids["sources"] = standing


def _carried(kind: str, agencies: Skewed, standing: list[str], rng: Random) -> list[str]:
    if kind == "agency_copy":
        return agencies.some(rng.choice((1,) * 12 + (2,)))
    if kind in ("repost", "reference", "scraper") and rng.random() < 0.9:
        return rng.sample(standing, 1) if standing and rng.random() < 0.4 else agencies.some(1)
    return agencies.some(1) if rng.random() < 0.3 else []


def _unless(name: str, value: str, usual: str) -> Tree:
    return {} if value == usual else {name: value}


def link(made: World, words: Words, folder: str, share: float) -> list[str]:
    """A link in a text to a record, as often as that."""
    if not words.chance(share):
        return []
    kind = {"places": "place", "actors": "actor", "people": "person", "measures": "measure", "sources": "source"}[folder]
    record = words.rng.choice(made.ids[folder])
    return [f"[{made.titles[folder, record]}]({kind}:{record})"]


def _past(tree: Tree, folder: str, words: Words) -> None:
    """A former id for one in fifty, and a correction for another."""
    if words.chance(0.02):
        tree["formerly"] = [slug(words.name(2))]
    if words.chance(0.02) and folder in ("places", "measures", "actors"):
        field_name = {"places": "summary", "measures": "comparability", "actors": "description"}[folder]
        change = {"path": field_name, "from": words.prose(15, 5, 6, 30), "to": tree[field_name]}
        tree["updates"] = [
            {"at": a_day(words.rng, 2025, 2026), "kind": "correction", "note": words.prose(12, 4, 7, 23), "changes": [change]}
        ]
