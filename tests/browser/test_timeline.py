"""The timeline as a reader uses it: narrowed, grouped, shared, gone back to, printed, and without any script."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from playwright.sync_api import Locator, Page, expect

from generator.pipeline import check
from generator.records import Event
from generator.views.timeline import EVENTS_PER_PAGE
from tests.projects import ROOT, flood_project

TIMELINE = "timeline/"
HALF = EVENTS_PER_PAGE
"""Events on each of two pages, when one has no room for them all."""
RECORDED = [event for briefing in check(ROOT / "content")[0].briefings.values() for event in briefing.events]
ALL = len(RECORDED)
IRAQ = "Iraq: the border town of Al-Qaim – What Islamic State lost at Deir ez-Zor and Al-Qaim in November 2017, and what it kept"
"""A strand, with its briefing: there are several."""


def at(place: str, actor: str = "") -> int:
    """How many events are recorded at a place, or there with an actor."""
    return sum(place in event.places and (not actor or actor in event.actors) for event in RECORDED)


def years(found: Iterable[Event]) -> list[str]:
    """The years in which events begin, in order."""
    return sorted({str(event.date.start.year) for event in found if event.date.start})


def events(page: Page) -> Locator:
    return page.locator("article ol > li[data-place]:visible")


def shown(page: Page) -> Locator:
    return page.locator("#bb-shown")


def choice(page: Page, name: str) -> Locator:
    return page.get_by_role("combobox", name=name, exact=True)


def chosen(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


@pytest.fixture
def timeline(page: Page, site: str) -> Page:
    page.goto(site + TIMELINE)
    expect(shown(page)).to_have_text(f"{ALL} of {ALL} events")
    return page


def test_narrowing_to_a_place_an_actor_and_a_strand(timeline: Page) -> None:
    choice(timeline, "Place").select_option("Albu Kamal")
    expect(shown(timeline)).to_have_text(f"{at('albu-kamal')} of {ALL} events: Albu Kamal")
    expect(events(timeline)).to_have_count(at("albu-kamal"))
    choice(timeline, "Actor").select_option("Hezbollah")
    both = at("albu-kamal", "hezbollah")
    assert 0 < both < at("albu-kamal")
    expect(shown(timeline)).to_have_text(f"{both} of {ALL} events: Albu Kamal, Hezbollah")
    assert chosen(timeline) == {"place": ["albu-kamal"], "actor": ["hezbollah"]}
    choice(timeline, "Strand").select_option(IRAQ)
    expect(shown(timeline)).to_contain_text(f"0 of {ALL} events")
    expect(events(timeline)).to_have_count(0)
    timeline.get_by_role("button", name="Clear").click()
    expect(shown(timeline)).to_have_text(f"{ALL} of {ALL} events")
    expect(events(timeline)).to_have_count(ALL)
    assert chosen(timeline) == {}


def test_parts_without_events_are_hidden(timeline: Page) -> None:
    choice(timeline, "Place").select_option("Rawa")
    expect(events(timeline)).to_have_count(2)
    assert timeline.locator("#bb-events :is(h2, h3):visible").all_inner_texts() == ["2017", "October 2017", "November 2017"]
    choice(timeline, "Place").select_option("")
    choice(timeline, "Actor").select_option("Islamic State")
    assert timeline.locator("#bb-events h2:visible").all_inner_texts() == years(
        event for event in RECORDED if "islamic-state" in event.actors
    )
    contents = timeline.get_by_role("navigation", name="Table of contents").get_by_role("link")
    choice(timeline, "Place").select_option("Hajin")
    expect(contents).to_have_text(["2018"])


def test_the_picture_shows_what_the_list_shows(timeline: Page) -> None:
    """An event at several of the places that are shown is at each of them."""
    marks = timeline.locator(".bb-strip a:has(.bb-mark):visible title")
    expect(marks.first).to_be_attached()
    assert len(set(marks.all_text_contents())) == ALL
    choice(timeline, "Place").select_option("Rawa")
    expect(shown(timeline)).to_have_text(f"2 of {ALL} events: Rawa")
    assert sorted(set(marks.all_text_contents())) == [
        "Iraqi forces take Rawa, 17 November 2017",
        "The offensive on Al-Qaim and Rawa begins, 26 October 2017",
    ]


def test_a_narrowed_timeline_can_be_shared(page: Page, site: str) -> None:
    page.goto(site + TIMELINE + "?place=rawa&actor=us-led-coalition&group=place")
    expect(shown(page)).to_have_text(f"{at('rawa', 'us-led-coalition')} of {ALL} events: Rawa, U.S.-led coalition")
    expect(choice(page, "Place")).to_have_value("rawa")
    expect(choice(page, "Group by")).to_have_value("place")


@pytest.mark.parametrize("query", ["?place=nowhere", '?actor="><b>x', "?strand=a%20b"])
def test_an_address_that_fits_nothing_says_so(page: Page, site: str, query: str) -> None:
    page.goto(site + TIMELINE + query)
    expect(shown(page)).to_contain_text(f"0 of {ALL} events: ")
    page.get_by_role("button", name="Clear").click()
    expect(events(page)).to_have_count(ALL)


def test_an_address_with_an_unknown_grouping_is_by_time(page: Page, site: str) -> None:
    page.goto(site + TIMELINE + "?group=constructor")
    expect(events(page)).to_have_count(ALL)
    expect(choice(page, "Group by")).to_have_value("")


def test_back_and_forward_go_through_what_was_chosen(timeline: Page) -> None:
    choice(timeline, "Place").select_option("Rawa")
    choice(timeline, "Place").select_option("Hajin")
    expect(shown(timeline)).to_have_text(f"1 of {ALL} events: Hajin")
    timeline.go_back()
    expect(shown(timeline)).to_have_text(f"2 of {ALL} events: Rawa")
    expect(choice(timeline, "Place")).to_have_value("rawa")
    timeline.go_back()
    expect(shown(timeline)).to_have_text(f"{ALL} of {ALL} events")
    timeline.go_forward()
    expect(shown(timeline)).to_have_text(f"2 of {ALL} events: Rawa")


def test_back_from_an_event_finds_the_list_as_it_was(timeline: Page) -> None:
    choice(timeline, "Place").select_option("Rawa")
    events(timeline).get_by_role("link", name="Iraqi forces take Rawa").click()
    expect(timeline).to_have_url(re.compile("#event-rawa$"))
    timeline.go_back()
    expect(shown(timeline)).to_have_text(f"2 of {ALL} events: Rawa")
    expect(events(timeline)).to_have_count(2)


def test_grouping_by_place_and_by_strand(timeline: Page) -> None:
    headings = timeline.locator("article h2:visible")
    choice(timeline, "Group by").select_option("Place")
    texts = headings.all_inner_texts()
    assert texts[:3] == ["Al Anbar Governorate", "Al-Ayadiya", "Al-Mayadin"] and texts[-1] == "None named"
    expect(events(timeline)).to_have_count(sum(max(1, len(event.places)) for event in RECORDED))  # once at each of its places
    expect(shown(timeline)).to_have_text(f"{ALL} of {ALL} events")
    choice(timeline, "Group by").select_option("Strand")
    texts = headings.all_inner_texts()
    assert IRAQ in texts and texts[-1] == "None named"
    choice(timeline, "Group by").select_option("Time")
    expect(events(timeline)).to_have_count(ALL)
    assert headings.all_inner_texts() == years(RECORDED)


def test_by_keyboard_alone(timeline: Page) -> None:
    choice(timeline, "Place").focus()
    timeline.keyboard.type("Raw")
    expect(shown(timeline)).to_have_text(f"2 of {ALL} events: Rawa")
    timeline.keyboard.press("Tab")
    expect(choice(timeline, "Actor")).to_be_focused()
    for _ in range(3):
        timeline.keyboard.press("Tab")
    clear = timeline.get_by_role("button", name="Clear")
    expect(clear).to_be_focused()
    timeline.keyboard.press("Enter")
    expect(shown(timeline)).to_have_text(f"{ALL} of {ALL} events")
    expect(clear).to_be_focused()


def test_paper_shows_what_the_screen_showed(timeline: Page) -> None:
    choice(timeline, "Place").select_option("Rawa")
    timeline.emulate_media(media="print")
    expect(events(timeline)).to_have_count(2)
    expect(shown(timeline)).to_be_visible()
    expect(timeline.locator("#bb-narrow")).to_be_hidden()


def test_without_javascript_the_list_is_whole(new_page: Callable[..., Page], site: str) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(site + TIMELINE + "?place=rawa")
    expect(events(page)).to_have_count(ALL)
    expect(page.locator("#bb-narrow")).to_be_hidden()
    page.locator(".bb-strip").get_by_role("link", name="Iraqi forces take Rawa").click()
    expect(page).to_have_url(re.compile("#event-rawa$"))


def test_other_pages_do_not_load_the_script(page: Page, site: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.goto(site, wait_until="networkidle")
    assert any(path.endswith("/briefbook.js") for path in asked)
    assert not any(path.endswith("/timeline.js") for path in asked)


def test_the_choice_goes_along_to_the_next_page(page: Page, tmp_path: Path, serve_folder: Callable[..., str]) -> None:
    project = flood_project(tmp_path / "project")
    name = "briefings/fable-flood.yaml"
    record = yaml.safe_load((project.content / name).read_text(encoding="utf-8"))
    (event,) = record["events"]
    record["events"] = [
        {**event, "id": f"ev-{number}", "title": f"Event {number}", "date": f"{1700 + number}-05-02",
         "claims": ["cl-rose"], "places": ["lower-example" if number == HALF else "upper-example"]}
        for number in range(2 * HALF)
    ]  # fmt: skip
    project.write(name, yaml.safe_dump(record))
    project.build()
    page.goto(serve_folder(project.site) + "/timeline/")
    expect(shown(page)).to_have_text(f"{HALF} of {HALF} events on this page")
    choice(page, "Place").select_option("Upper Example")
    page.get_by_role("link", name="Next page").first.click()
    expect(page).to_have_url(re.compile(r"/timeline/page/2/\?place=upper-example$"))
    expect(shown(page)).to_have_text(f"{HALF - 1} of {HALF} events on this page: Upper Example")
    expect(events(page)).to_have_count(HALF - 1)
