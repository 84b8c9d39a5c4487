"""Records in any number, for what must hold of long lists."""

from __future__ import annotations

from tests.projects import Project

COUNTRIES = ("IQ", "SY", "CI", "AX", "FJ", "PE")
NAMES = ("Ash", "Élan", "birch", "Über", "Cedar", "Øre", "Zelkova", "de Elm", "Fir", "Gorse", "Łoza", "Hazel", "Ivy", "Juniper", "Kapok")
MONTHS_BACK = 300
EVENTS_EACH = 7
"""Events of a briefing: those of fifty go over one page of the timeline."""
FRONT = "fronts:\n  - {id: upstream, title: Upstream, text: The water came from there.}\n"


def name(number: int) -> str:
    """A name that occurs once, with its own initial often enough."""
    return f"{NAMES[number % len(NAMES)]} {number}"


def place(number: int) -> str:
    country = f"country: {COUNTRIES[number % len(COUNTRIES)]}\n" if number % 25 else ""
    lat, lon = 60 - number % 100, number * 7 % 340 - 170
    point = f"coordinates: {{lat: {lat}.5, lon: {lon}.25, precision_km: 2, sources: [old-atlas]}}\n" if number % 10 else ""
    return f"name: {name(number)}\nkind: town\n{country}{point}"


def source(number: int) -> str:
    year, month = 2020 - number % MONTHS_BACK // 12, number % 12 + 1
    date = f"date: {year}-{month:02}-{number % 28 + 1:02}" if number % 20 else "date_basis: not_seen"
    return (
        f"publisher: The {name(number)} Post\ntitle: Report number {number}\n{date}\nlanguage: en\ntype: news_original\n"
        "grade: A\ngrade_reason: Its own.\nread: full_text\n"
    )


def actor(number: int) -> str:
    return f"name: {name(number)}\nkind: newsroom\ndescription: One of many.\n"


def briefing(number: int) -> str:
    day = number % 28 + 1
    covered = f"{2020 - number % 9}-06-{day:02}"
    strand = "front: upstream, " if number % 2 else ""
    events = "".join(
        f"  - {{id: ev-{nth}, title: Something happened, date: {covered}, {strand}places: [upper-example], claims: [cl-one]}}\n"
        for nth in range(1, EVENTS_EACH + 1)
    )
    return (
        f"title: What happened on day {number}\nlabel: update\npublished: 2021-01-{day:02}\nas_of: 2021-01-{day:02}\n"
        f"covers: {covered}\nanswer: Something happened.\nhighlights: [cl-one]\n"
        f"{FRONT if strand else ''}"
        f"claims:\n  - id: cl-one\n    text: It was {number}.\n    said_by: [example-wire]\n    said_on: 2021-01-01\n"
        "    sources: [example-wire-flood]\n    status: reported\n"
        f"events:\n{events}"
        f"updates:\n  - at: 2021-02-{day:02}\n    kind: {('correction', 'update', 'clarification')[number % 3]}\n    note: It was {number}.\n"
        f"    changes: [{{path: 'claims[cl-one].text', from: It was <b>{number - 1}</b>., to: It was {number}.}}]\n"
    )


def add_many(project: Project, **counts: int) -> None:
    """Put that many records of each kind into the content: `places=250, sources=340`."""
    makers = {"places": place, "sources": source, "actors": actor, "briefings": briefing}
    for folder, count in counts.items():
        for number in range(1, count + 1):
            project.write(f"{folder}/many-{folder}-{number}.yaml", makers[folder](number))


def sheet(number: int, claims: int, quotes: int = 1) -> str:
    """A briefing of that many claims, said by one speaker, of one place and resting on one source, each with a value of one measure.

    Every third claim has a second source and is corroborated by it; every fifth of the others has another source too.
    """
    covered = f"{2010 + number % 12}-03-{number % 28 + 1:02}"
    said = f"{2010 + number % 12}-04"
    rows = []
    for nth in range(1, claims + 1):
        day = f"{said}-{(nth * 11) % 28 + 1:02}"
        second = ", gazette-own-report" if nth % 3 == 0 else ", old-atlas" if nth % 5 == 0 else ""
        rows.append(
            f"  - id: cl-{nth}\n    text: On sheet {number} it was said *{nth}* times.\n    said_by: [example-wire]\n    said_on: {day}\n"
            f"    places: [upper-example]\n    about: [fable-rescue]\n    sources: [rescue-release{second}]\n"
            f"    status: {'corroborated' if nth % 3 == 0 else 'reported'}\n"
            f"    figures:\n      - {{id: fg-{nth}, measure: people-moved, value: {number * 10 + nth}, unit: people, as_of: {day}}}\n"
        )
    spoken = "".join(
        f"  - {{id: qt-{nth}, text: It was {number} and {nth}, said_by: [ada-ferry], role: Mayor, said_on: {said}-{nth:02}, channel: radio,"
        " language: en, sources: [rescue-release]}\n"
        for nth in range(1, quotes + 1)
    )
    return (
        f"title: Sheet {number}\nlabel: update\npublished: 2022-01-01\nas_of: 2022-01-01\ncovers: {covered}\nanswer: Much was said.\n"
        f"highlights: [cl-1]\nclaims:\n{''.join(rows)}quotes:\n{spoken}"
    )
