"""A site of many records: its lists go on over pages that hang together."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from generator.records import FOLDERS
from tests.many import COUNTRIES, EVENTS_EACH
from tests.projects import Project, links, only, run, with_id, words
from tests.site.test_flood import leads_to

LISTS = {"briefings": 4, "places": 3, "actors": 2, "people": 1, "sources": 5, "measures": 1, "map": 3, "changes": 1, "timeline": 2}
"""Each list and how many pages its records take."""


def addresses(name: str) -> list[str]:
    return [f"/{name}/", *(f"/{name}/page/{number}/" for number in range(2, LISTS[name] + 1))]


@pytest.fixture(scope="module")
def exported(many: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same pages for another builder, written out once."""
    folder = tmp_path_factory.mktemp("exported") / "out"
    done = many.invoke("export", folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def article(many: Project, address: str) -> Element:
    return only(many.page(address), "article")


def pager(page: Element) -> Element:
    (found,) = [element for element in page.iter("nav") if element.get("aria-label") == "Pages"]
    return found


def records_on(many: Project, name: str, address: str) -> list[str]:
    """The records that a page of a list leads to, in its order."""
    folder = "places" if name == "map" else name
    entries = (row for tag in ("li", "td", "h3") for row in article(many, address).iter(tag))
    found = [leads_to(address, link) for entry in entries for link in links(entry)]
    return [link for link in found if re.fullmatch(rf"/{folder}/(?!page/)[^/#]+/", link)]


@pytest.mark.parametrize("name", LISTS)
def test_there_are_just_these_pages(many: Project, name: str) -> None:
    found = {"/" + file.parent.relative_to(many.site).as_posix() + "/" for file in (many.site / name).glob("page/*/index.html")}
    assert found == set(addresses(name)[1:])


@pytest.mark.parametrize("name", [*FOLDERS.values(), "map"])
def test_every_record_is_on_one_page_of_its_list(many: Project, name: str) -> None:
    folder = "places" if name == "map" else name
    listed = [record for address in addresses(name) for record in records_on(many, name, address)]
    assert sorted(listed) == sorted(f"/{folder}/{file.stem}/" for file in (many.content / folder).glob("*.yaml"))


@pytest.mark.parametrize("name", [name for name, count in LISTS.items() if count > 1])
def test_pages_lead_on_and_back(many: Project, name: str) -> None:
    pages = addresses(name)
    for number, address in enumerate(pages):
        found = pager(article(many, address))
        by_rel = {link.attrib["rel"]: leads_to(address, link.attrib["href"]) for link in found.iter("a") if "rel" in link.attrib}
        assert by_rel.get("prev") == (pages[number - 1] if number else None)
        assert by_rel.get("next") == (pages[number + 1] if number + 1 < len(pages) else None)
        assert {leads_to(address, link) for link in links(found)} == {*pages} - {address}
        (current,) = [element for element in found.iter() if element.get("aria-current") == "page"]
        assert words(current).startswith(f"{number + 1} ")


@pytest.mark.parametrize("name", LISTS)
def test_a_list_on_one_page_has_no_pager(many: Project, name: str) -> None:
    navs = [element.get("aria-label") for element in article(many, f"/{name}/").iter("nav")]
    assert ("Pages" in navs) == (LISTS[name] > 1)


def test_titles_descriptions_and_canonical_addresses_are_each_pages_own(many: Project) -> None:
    def heads() -> Iterator[tuple[str, str, str]]:
        for name in LISTS:
            for address in addresses(name):
                page = many.page(address)
                (canonical,) = [link.attrib["href"] for link in page.iter("link") if link.get("rel") == "canonical"]
                assert canonical == "https://flood.example/facts" + address
                (about,) = [meta.attrib["content"] for meta in page.iter("meta") if meta.get("name") == "description"]
                yield words(only(only(page, "head"), "title")), words(only(only(page, "article"), "h1")), about

    found = list(heads())
    assert len({title for title, _, _ in found}) == len({about for _, _, about in found}) == len(found)
    assert ("Sources, page 2 – Fable Valley Facts", "Sources, page 2") in {(title, heading) for title, heading, _ in found}
    assert any(re.fullmatch(r"Sources, page 2 of 5: \d{4} to \d{4}\.", about) for _, _, about in found)


@pytest.mark.parametrize("name", sorted(set(LISTS) - {"timeline"}))
def test_no_page_is_long(exported: Path, name: str) -> None:
    """But the timeline's, which a reader narrows in place."""
    docs = exported / "docs"
    for address in addresses(name):
        stem = address.strip("/")
        file = next(file for file in (docs / f"{stem}.md", docs / stem / "index.md") if file.is_file())
        assert len(file.read_text(encoding="utf-8").splitlines()) < 400, address


def test_another_builder_takes_the_pages_without_a_warning(exported: Path) -> None:
    done = run("properdocs", "build", "--strict", "-f", "mkdocs.yml", cwd=exported)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (exported / "site/sources/page/2/index.html").is_file()


def test_what_a_place_has_no_room_for_is_on_pages_of_its_own(many: Project) -> None:
    name, events = "/places/upper-example/", 1 + 50 * EVENTS_EACH
    found: list[str] = []
    for number in [*range(1, 9), 0]:
        address = f"{name}events/{number}/" if number else name
        page = article(many, address)
        listed = next(element for element in page.iter("div") if element.get("class") == "bb-records")
        entries = [leads_to(address, next(links(row))) for row in listed.iter("li")]
        assert len(entries) == 40 if number else 0 < len(entries) <= 50
        found += entries
        # Sitemaps name it; the search finds each event where it is from.
        assert f"<loc>https://flood.example/facts{address}</loc>" in (many.site / "sitemap.xml").read_text(encoding="utf-8")
        assert any("data-pagefind-body" in element.attrib for element in page.iter()) == (not number)
    assert len(set(found)) == len(found) == events
    assert not (many.site / f"{name.strip('/')}/events/9").exists()


def test_the_pages_of_a_place_lead_to_where_they_are_from(many: Project) -> None:
    address = "/places/upper-example/events/3/"
    (found,) = [element for element in article(many, address).iter("nav") if element.get("aria-label") == "Pages: Events"]
    reached = {leads_to(address, link) for link in links(found)}
    assert reached == {*(f"/places/upper-example/events/{number}/" for number in (1, 2, 4)), "/places/upper-example/#events"}
    with_id(many.page("/places/upper-example/"), "events")


# --- what stands in which order -------------------------------------------------------------------------


def headings(many: Project, name: str) -> list[str]:
    return [words(heading) for address in addresses(name) for heading in article(many, address).iter("h2")]


def test_places_stand_under_their_countries(many: Project) -> None:
    found = [heading.removesuffix(", continued") for heading in headings(many, "places")]
    assert list(dict.fromkeys(found)) == [
        "Åland Islands",
        "Côte d’Ivoire",
        "Fiji",
        "Iraq",
        "Peru",
        "Syria",
        "XX",
        "In several countries or none",
    ]
    assert len(set(found)) > len(COUNTRIES)
    # Every group of the whole list can be reached from every page of it.
    for address in addresses("places"):
        (contents,) = [element for element in article(many, address).iter("nav") if element.get("aria-label") == "Parts of the list"]
        targets = [leads_to(address, link) for link in links(contents)]
        assert len(targets) == len(set(found))
        for target in targets:
            page, _, anchor = target.partition("#")
            assert "continued" not in words(with_id(many.page(page), anchor))


def test_sources_stand_newest_first_and_undated_ones_last(many: Project) -> None:
    found = list(dict.fromkeys(heading.removesuffix(", continued") for heading in headings(many, "sources")))
    assert found[-1] == "Date not seen"
    assert found[:-1] == sorted(found[:-1], reverse=True)
    assert {"2021", "2020", "1996"} <= set(found)


def test_actors_stand_under_letters_whatever_their_accents(many: Project) -> None:
    found = [heading.removesuffix(", continued") for heading in headings(many, "actors")]
    assert found == sorted(found)
    assert {"E", "L", "O", "U"} <= set(found)


def test_briefings_stand_by_year_of_their_events(many: Project) -> None:
    found = list(dict.fromkeys(heading.removesuffix(", continued") for heading in headings(many, "briefings")))
    assert found == [str(year) for year in range(2021, 2011, -1)]


def test_changes_stand_by_what_was_done(many: Project) -> None:
    found = list(dict.fromkeys(heading.removesuffix(", continued") for heading in headings(many, "changes")))
    assert found == ["Corrected", "Clarified", "Updated"]
    page = article(many, "/changes/")
    assert words(next(page.iter("del"))) == next(page.iter("del")).text == f"It was <b>{int(words(next(page.iter('ins')))[7:-1]) - 1}</b>."
    assert any(leads_to("/changes/", link).endswith("#cl-one") for link in links(page)), "what changed is linked, not only its sheet"


# --- the first page -------------------------------------------------------------------------------------


def section(many: Project, anchor: str) -> list[str]:
    """Where the first page leads from below one of its headings to the next."""
    page = list(article(many, "/").iter())
    start = page.index(with_id(many.page("/"), anchor))
    end = next((number for number, element in enumerate(page[start + 1 :], start + 1) if element.tag == "h2"), len(page))
    return [leads_to("/", element.attrib["href"]) for element in page[start:end] if element.tag == "a"]


def test_the_first_page_shows_the_latest_and_leads_to_the_rest(many: Project) -> None:
    latest = [link for link in section(many, "briefings") if link.startswith("/briefings/")]
    assert latest[0] == "/briefings/fable-flood/", "changed last"
    assert len(latest) < 12 and latest[-1] == "/briefings/"


def test_the_first_page_leads_to_what_is_used_most(many: Project) -> None:
    places, actors = section(many, "places"), section(many, "actors")
    assert {"/places/lower-example/", "/places/upper-example/", "/places/", "/map/"} <= {*places}
    assert actors[0] == "/actors/example-wire/", "every briefing has a claim of its"
    assert actors[-2:] == ["/actors/", "/people/"]
    assert not [link for link in actors if "many-" in link], "nobody tells of them"


def test_the_years_on_the_first_page_lead_to_their_briefings(many: Project) -> None:
    found = [link for link in section(many, "dates") if "#y" in link]
    assert [link.partition("#y")[2] for link in found] == [str(year) for year in range(2021, 2011, -1)]
    for link in found:
        address, _, anchor = link.partition("#")
        assert words(with_id(many.page(address), anchor)) == anchor[1:]
