"""Subjects far from each other, and sheets far from usual: hardly anything on them, or hundreds of everything."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.projects import BASE, FLOOD, ROOT, Project

Fields = dict[str, Any]

NOTHING: Fields = {"label": "final", "published": "2022-03-01", "as_of": "2022-03-01", "covers": "2022-02", "answer": "It is so."}


def source(publisher: str, title: str, **more: Any) -> Fields:
    return {
        "publisher": publisher, "title": title, "language": "en", "type": "news_original", "grade": "A", "grade_reason": "Its own.",
        "read": "full_text", **({} if more.get("date_basis") else {"date": "2022-02-03"}), **more,
    }  # fmt: skip


def claim(name: str, text: str, by: str, *sources: Any, **more: Any) -> Fields:
    return {"id": name, "text": text, "said_by": [by], "said_on": "2022-02-03", "sources": list(sources), "status": "reported", **more}


def actor(name: str, kind: str = "office", **more: Any) -> Fields:
    return {"name": name, "kind": kind, "description": f"{name} was made up.", **more}


def measure(title: str, unit: str) -> Fields:
    return {"title": title, "unit": unit, "scope": "All that were counted.", "comparability": "Counted in different ways."}


def figure(name: str, joins: str, unit: str, as_of: str = "2022-02-01", **more: Any) -> Fields:
    return {"id": name, "measure": joins, "unit": unit, "as_of": as_of, **more}


def election() -> dict[str, Fields]:
    """Many figures to a measure; neither fronts, quotes, events nor a point on a map."""
    parties = ("Alder", "Birch", "Cedar")
    claims = [
        claim(
            f"cl-{name.lower()}-{number}", f"The {name} list has {share} per cent after count {number}.", "returning-office",
            {"source": "count", "locator": f"table {number}"}, places=["northland"] if number == 1 else [],
            figures=[figure(f"fg-{name.lower()}-{number}", f"share-{name.lower()}", "per cent", f"2022-02-{number:02}", value=share)],
        )
        for party, name in enumerate(parties)
        for number in range(1, 9)
        for share in [round(20.05 + 7 * party + number * 0.37, 2)]
    ]  # fmt: skip
    claims.append(
        claim(
            "cl-turnout",
            "Turnout was above all before.",
            "returning-office",
            "count",
            figures=[
                figure("fg-turnout", "turnout", "per cent", low=61.05, high=64.9, qualifier="between"),
            ],
        )
    )
    return {
        "briefings/the-count": {
            **NOTHING, "title": "The count in Northland", "highlights": ["cl-alder-8", "cl-birch-8", "cl-turnout"], "claims": claims,
            "unknowns": [{"id": "un-post", "question": "How many votes came by post?", "text": "Nobody has said."}],
        },
        **{f"measures/share-{name.lower()}": measure(f"Share of the {name} list", "per cent") for name in parties},
        "measures/turnout": measure("Turnout", "per cent"),
        "measures/never-counted": measure("Spoilt papers", "papers"),
        "places/northland": {"name": "Northland", "kind": "constituency"},
        "actors/returning-office": actor("Returning Office"),
        "sources/count": source("Returning Office", "Tables", publisher_actor="returning-office", type="primary"),
    }  # fmt: skip


def trial() -> dict[str, Fields]:
    """Ranges with decimals, offices held over a life, titles in three scripts; one sheet says a single thing, another nothing more."""
    roles = [
        {"title": title, "actor": "institute", **when, "sources": ["bericht"]}
        for title, when in (
            ("Assistant", {"from": "1988", "to": "1991-09"}), ("Lecturer", {"from": "1991-10~"}), ("Head of virology", {"to": "2009?"}),
            ("Rector", {"as_of": "2010-05-04"}), ("Chair of the trial’s board", {"from": "2019", "to": "2022-02"}),
        )
    ]  # fmt: skip
    arms = [
        claim(
            f"cl-arm-{number}", f"In arm {number} the vaccine lowered the risk.", "eva-muster", *cited, role="Chair of the board",
            channel="conference", figures=[figure(f"fg-arm-{number}", "efficacy", "%", low=low, high=high, scope=f"arm {number}, 95% interval")],
        )
        for number, low, high, cited in ((1, 0.5, 12.25, ["bericht"]), (2, -3.1, 99.9, ["xinwen", "khabar"]))
    ]  # fmt: skip
    return {
        "briefings/one-claim": {**NOTHING, "title": "One claim", "highlights": ["cl-only"], "claims": [claim("cl-only", "It works.", "institute", "bericht")]},
        "briefings/the-trial": {
            **NOTHING, "title": "What the trial shows", "highlights": ["cl-arm-1", "cl-arm-2"], "claims": arms, "starting_point": "khabar",
            "quotes": [
                {"id": "qt-wirkt", "text": "Es wirkt.", "said_by": ["eva-muster"], "role": "Chair", "channel": "not stated", "said_on": "2022-02",
                 "language": "de", "sources": ["bericht"], "variants": [{"text": "有效。", "language": "zh", "sources": ["xinwen"]}]},
            ],
        },
        "measures/efficacy": measure("Vaccine efficacy", "%"),
        "people/eva-muster": {"name": "Eva Muster", "names": {"zh": "伊娃", "ar": "إيفا موستر"}, "roles": roles},
        "people/silent": {"name": "Silent Witness", "roles": roles[:1]},
        "actors/institute": actor("Institut für Beispiele", "institute", names={"de": "Institut für Beispiele"}),
        "sources/bericht": source("Institut für Beispiele", "Zwischenbericht über die Wirksamkeit", publisher_actor="institute", language="de"),
        "sources/xinwen": source("示例晚报", "疫苗试验中期结果公布：有效率为百分之七十", language="zh", title_basis="from_url"),
        "sources/khabar": source("صحيفة المثال", "نتائج التجربة (المرحلة 3): فعالية 70%", language="ar", author="ليلى", carries=["bericht"]),
        "sources/unused": source("Nobody", "Never cited", date_basis="not_seen", read="not_read", grade="D", carries_unnamed="agencies"),
    }  # fmt: skip


def fiji() -> dict[str, Fields]:
    """Both sides of the date line, five strands, a picture with and one without its file."""
    points = {
        "suva": (-18.14, 178.44),
        "taveuni": (-16.85, -179.97),
        "lau": (-18.2, -178.8),
        "rotuma": (-12.5, 177.05),
        "vanua-balavu": (-17.23, -178.95),
    }
    cited = {"sources": ["survey"]}
    return {
        **{
            f"places/{name}": {"name": name.replace("-", " ").title(), "kind": "island", "country": "FJ",
                               "coordinates": {"lat": lat, "lon": lon, "precision_km": 5, **cited}}
            for name, (lat, lon) in points.items()
        },
        "briefings/the-storm": {
            **NOTHING, "title": "Five islands under water", "highlights": ["cl-1"],
            "fronts": [{"id": f"st-{name}", "title": name.title(), "text": "Water came.", "places": [name]} for name in points],
            "claims": [
                claim(f"cl-{number}", f"Water stood in {name}.", "weather-office", "survey", places=[name], front=f"st-{name}")
                for number, name in enumerate(points, 1)
            ],
            "events": [{"id": "ev-one", "title": "Water rises", "date": "2022-02-03~", "phrase": "lately", "claims": ["cl-1"]}],
            "photos": [
                {"id": "ph-kept", "file": "bridge.png", "alt": "A bridge", "caption": "The bridge.", "credit": "A", "licence": "CC0", **cited},
                {"id": "ph-lost", "alt": "A pier", "caption": "The pier.", "credit": "not given", "licence": "not given", **cited},
            ],
        },
        "actors/weather-office": actor("Weather Office"),
        "sources/survey": source("Weather Office", "Survey", publisher_actor="weather-office"),
    }  # fmt: skip


def giant(claims: int = 400, sources: int = 300, events: int = 120, places: int = 60, disagreements: int = 60) -> dict[str, Fields]:
    """One sheet with hundreds of everything, words that do not break, titles of 300 characters."""
    word = "Donaudampfschifffahrtsgesellschaftskapitän" * 3
    title = (word + " and " + "very long words about it " * 12)[:300].strip()
    office = ("Deputy head of the office of the secretary of the commission for everything, " * 4)[:296].strip()
    address = "https://example.org/" + "a" * 400
    said = [
        claim(
            f"cl-{number}", f"{title} {number}." if number % 50 == 0 else f"Statement number {number} says what happened then.", "speaker",
            *(f"source-{(number * step) % sources}" for step in (1, 7, 11)), role=office, channel=office, places=[f"place-{number % places}"],
            status="disputed" if number < 2 * disagreements else "reported", front=f"st-{number % 3}",
            **({"disputes": [f"cl-{number + 1}"]} if number < 2 * disagreements and number % 2 == 0 else {}),
            **({"figures": [figure(f"fg-{number}", "long", "people", value=10 ** (number % 16))]} if number % 10 == 0 else {}),
        )
        for number in range(claims)
    ]  # fmt: skip
    return {
        "briefings/giant": {
            **NOTHING, "title": title, "answer": f"{word}: {title}.", "highlights": ["cl-0", "cl-50", "cl-2", "cl-3", "cl-4"], "claims": said,
            "fronts": [{"id": f"st-{number}", "title": title, "text": word, "places": [f"place-{number}"], "actors": ["speaker"]} for number in range(3)],
            "events": [
                {"id": f"ev-{number}", "title": title if number % 40 == 0 else f"Event {number}", "date": f"20{number % 20:02}-{number % 12 + 1:02}",
                 "front": f"st-{number % 3}", "phrase": word, "places": [f"place-{number % places}"], "claims": [f"cl-{number}"]}
                for number in range(events)
            ],
            "disagreements": [
                {"id": f"df-{number}", "question": title if number == 0 else f"Which of them is so {number}?", "claims": [f"cl-{2 * number}", f"cl-{2 * number + 1}"], "reading": "Open."}
                for number in range(disagreements)
            ],
            "quotes": [{"id": "qt-long", "text": word, "said_by": ["speaker"], "role": office, "channel": office, "said_on": "2022-02-03", "language": "de", "sources": ["source-0"]}],
        },
        **{f"sources/source-{number}": source(word + ".", title if number % 20 == 0 else f"Report {number}", url=address, archive_url=address) for number in range(sources)},
        **{
            f"places/place-{number}": {"name": word if number == 0 else f"Place {number}", "kind": word, "country": "FR",
                                       "admin": [word], "coordinates": {"lat": 45 + number / 50, "lon": 2 + number % 7 * 0.25, "precision_km": 1, "sources": ["source-1"]}}
            for number in range(places)
        },
        "people/speaker": {"name": word, "variants": [title], "roles": [{"title": office, "actor": "body", "as_of": "2022", "sources": ["source-1"]}]},
        "actors/body": actor(word, word),
        "measures/long": measure(title, "people"),
    }  # fmt: skip


def crowd(briefings: int = 300) -> dict[str, Fields]:
    """Hundreds of sheets that share their actors, places and sources."""
    return {
        **{
            f"briefings/sheet-{number}": {
                **NOTHING, "title": f"Sheet {number}", "covers": f"{1990 + number % 30}-{number % 12 + 1:02}", "highlights": ["cl-a"],
                "claims": [
                    claim("cl-a", f"Thing {number} was so.", f"actor-{number % 5}", "shared", places=[f"town-{number % 4}"], about=["minister"],
                          figures=[figure("fg-a", "things", "things", f"{1990 + number % 30}", value=number)]),
                ],
                "events": [{"id": "ev-a", "title": f"Thing {number}", "date": f"{1990 + number % 30}-{number % 12 + 1:02}", "places": [f"town-{number % 4}"],
                            "actors": ["minister"], "claims": ["cl-a"]}],
            }
            for number in range(briefings)
        },
        **{f"actors/actor-{number}": actor(f"Actor {number}") for number in range(5)},
        **{f"places/town-{number}": {"name": f"Town {number}", "kind": "town", "country": "PE"} for number in range(4)},
        "people/minister": {"name": "The Minister", "roles": [{"title": "Minister", "as_of": "2000", "sources": ["shared"]}]},
        "measures/things": measure("Things", "things"),
        "sources/shared": source("A Paper", "A yearbook"),
    }  # fmt: skip


def everything() -> dict[str, Fields]:
    """All but the election in one site, the sheet of everything and the crowd smaller than life."""
    return {**trial(), **fiji(), **giant(60, 30, 20, 12, 6), **crowd(20)}


SUBJECTS: dict[str, Callable[[], dict[str, Fields]]] = {"election": election, "everything": everything, "nothing": dict}


def make(folder: Path, records: dict[str, Fields]) -> Project:
    """A project of these records: JSON is YAML too."""
    shutil.copytree(ROOT / "site_templates", folder / "site_templates")
    shutil.copytree(BASE / "about", folder / "content" / "about")
    shutil.copytree(BASE / "images", folder / "content" / "images")
    shutil.copy(FLOOD / "mkdocs.yml", folder)
    project = Project(folder)
    for name, fields in records.items():
        project.write(f"{name}.yaml", json.dumps(fields, ensure_ascii=False, indent=1) + "\n")
    return project
