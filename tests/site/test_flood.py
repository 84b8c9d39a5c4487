"""Another subject than the repository's own builds with no change to code or templates, and its pages hold together."""

import posixpath
import re
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element, tostring

import pytest

from generator.anchors import anchors
from generator.catalog import Catalog
from generator.edtf import parse
from generator.pipeline import check
from generator.records import FOLDERS, KINDS, Kind
from generator.views.listings import STATUSES
from tests.projects import Project, links, only, read_html, with_id, words

SITE_URL = "https://flood.example/facts/"
EDIT_URL = "https://flood.example/edit/content/"
OWNERS = ("fable-flood", "fable-water")
CLAIMS = ("cl-rose", "cl-moved", "cl-moved-later", "cl-dam-held", "cl-dam-leaked")
STATES = ("at/first/", "at/2021-05-06/")
AT_REST = {
    "/briefings/fable-water/",
    *(f"/briefings/{owner}/cite/" for owner in OWNERS),
    *(f"/light/{owner}/" for owner in OWNERS),
    *(f"/briefings/{owner}/{state}" for owner in OWNERS for state in STATES),
    *(f"/embed/{owner}/{claim}/" for owner in OWNERS for claim in CLAIMS),
    *(f"/embed/fable-flood/{claim}/{state}" for claim in CLAIMS for state in STATES),
}
"""What the flood's one entry and its former id leave at their addresses, and what there is beside its page."""
LISTS = ["/years/", "/years/2021/", "/statuses/", *(f"/statuses/{status}/" for status in STATUSES)]
INDEXES = [
    "/", *(f"/{FOLDERS[kind]}/" for kind in KINDS), *LISTS, "/timeline/", "/map/", "/changes/", "/data/", "/search/", "/about/method/",
]  # fmt: skip


@pytest.fixture(scope="session")
def catalog(built: Project) -> Catalog:
    records, problems = check(built.content)
    assert problems == ()
    return records


@pytest.fixture(scope="session")
def pages(built: Project) -> dict[str, Element]:
    """Every page by its address."""
    found = {}
    for file in built.site.rglob("*.html"):
        address = "/" + file.relative_to(built.site).as_posix().removesuffix("index.html")
        found[address] = read_html(file.read_text(encoding="utf-8"))
    return found


def record_addresses(catalog: Catalog) -> set[str]:
    return {f"/{FOLDERS[kind]}/{record_id}/" for kind in KINDS for record_id in catalog.of_kind(kind)}


def leads_to(page: str, link: str) -> str:
    """The address of a link within the site, with its anchor; links to other sites as they are."""
    if urlsplit(link).scheme:
        return link
    path, _, anchor = link.partition("#")
    joined = posixpath.normpath(posixpath.join(page, unquote(path))) if path else page
    if path.endswith(("/", "/.", "..", ".")) and joined != "/":
        joined += "/"
    return joined + (f"#{anchor}" if anchor else "")


def targets(pages: dict[str, Element], page: str) -> set[str]:
    return {leads_to(page, link) for link in links(only(pages[page], "article"))}


def test_every_page_is_at_its_address(pages: dict[str, Element], catalog: Catalog) -> None:
    assert set(pages) == {*INDEXES, *record_addresses(catalog), *AT_REST, "/404.html"}


def test_what_is_at_rest_is_for_those_who_have_its_address(built: Project, pages: dict[str, Element]) -> None:
    for address, page in pages.items():
        robots = [element.attrib["content"] for element in page.iter("meta") if element.get("name") == "robots"]
        assert robots == (["noindex"] if address in AT_REST else []), address
    sitemap = (built.site / "sitemap.xml").read_text(encoding="utf-8")
    assert "/briefings/fable-flood/<" in sitemap
    assert not any(f"{address}<" in sitemap for address in AT_REST)


def test_a_former_address_leads_to_the_record(pages: dict[str, Element]) -> None:
    page = pages["/briefings/fable-water/"]
    [refresh] = [element.attrib["content"] for element in page.iter("meta") if element.get("http-equiv") == "refresh"]
    assert refresh == "0; url=../fable-flood/"
    assert targets(pages, "/briefings/fable-water/") == {"/briefings/fable-flood/"}
    [canonical] = [element.attrib["href"] for element in page.iter("link") if element.get("rel") == "canonical"]
    assert canonical == SITE_URL + "briefings/fable-flood/"


def test_every_index_leads_to_all_its_records(pages: dict[str, Element], catalog: Catalog) -> None:
    for kind in KINDS:
        wanted = {f"/{FOLDERS[kind]}/{record_id}/" for record_id in catalog.of_kind(kind)}
        assert wanted <= targets(pages, f"/{FOLDERS[kind]}/"), kind


def test_every_part_of_a_briefing_is_an_anchor(pages: dict[str, Element], catalog: Catalog) -> None:
    briefing = catalog.briefings["fable-flood"]
    found = [anchor for _, anchor in anchors(briefing)]
    assert {"cl-rose", "qt-water", "fg-moved", "ev-rise", "ph-bridge", "df-dam", "un-cost", "upstream"} <= set(found)
    for anchor in found:
        with_id(pages["/briefings/fable-flood/"], anchor)


def test_no_anchor_stands_twice_on_a_page(pages: dict[str, Element]) -> None:
    for address, page in pages.items():
        ids = [element.attrib["id"] for element in page.iter() if "id" in element.attrib]
        assert len(ids) == len(set(ids)), f"{address}: {sorted(name for name in ids if ids.count(name) > 1)}"


def test_every_link_of_every_page_leads_somewhere(pages: dict[str, Element], built: Project) -> None:
    anchors_of = {address: {element.get("id") for element in page.iter()} | {""} for address, page in pages.items()}
    for address, page in pages.items():
        for link in [*links(page), *(image.attrib["src"] for image in page.iter("img"))]:
            target = leads_to(address, link.removeprefix("/facts") if address == "/404.html" else link)
            if urlsplit(target).scheme:
                continue
            path, _, anchor = target.partition("#")
            if path in pages:
                assert anchor in anchors_of[path] or anchor.startswith("__"), f"{address} -> {link}"
            else:
                assert (built.site / path.lstrip("/")).is_file(), f"{address} -> {link}"


def claim_address(claim_id: str) -> str:
    return f"/briefings/fable-flood/#{claim_id}"


def test_links_lead_both_ways(pages: dict[str, Element], catalog: Catalog) -> None:
    """Whatever a claim, quote, event or figure names has a page that leads back to it, and is led to from it."""
    briefing = catalog.briefings["fable-flood"]
    sheet = targets(pages, "/briefings/fable-flood/")
    wanted: set[tuple[str, str]] = set()
    for claim in briefing.claims:
        here = claim_address(claim.id)
        wanted |= {(f"/places/{place}/", here) for place in claim.places}
        wanted |= {(f"/sources/{citation.source}/", here) for citation in claim.sources}
        for speaker in (*claim.said_by, *claim.about):
            wanted.add((f"/{'actors' if speaker in catalog.actors else 'people'}/{speaker}/", here))
        wanted |= {(f"/measures/{figure.measure}/", claim_address(figure.id)) for figure in claim.figures}
    for event in briefing.events:
        wanted |= {(f"/places/{place}/", claim_address(event.id)) for place in event.places}
        wanted.add(("/timeline/", claim_address(event.id)))
    for quote in briefing.quotes:
        wanted |= {(f"/people/{speaker}/", claim_address(quote.id)) for speaker in quote.said_by}
        cited = [*quote.sources, *(citation for part in (*quote.alterations, *quote.variants) for citation in part.sources)]
        wanted |= {(f"/sources/{citation.source}/", claim_address(quote.id)) for citation in cited}
    assert len(wanted) > 20
    for page, here in sorted(wanted):
        assert here in targets(pages, page), f"{page} does not lead to {here}"
        if page != "/timeline/":
            assert page in sheet, f"the sheet does not lead to {page}"


def test_disputes_and_supersessions_show_on_both_sides(pages: dict[str, Element]) -> None:
    sheet = pages["/briefings/fable-flood/"]
    parts = re.split(r"(?=<h3)", tostring(only(sheet, "article"), encoding="unicode"))
    by_claim = {match[1]: part for part in parts if (match := re.search(r'id="(cl-[a-z-]+)"', part))}
    for one, other in (("cl-dam-held", "cl-dam-leaked"), ("cl-moved", "cl-moved-later")):
        assert f'href="#{other}"' in by_claim[one]
        assert f'href="#{one}"' in by_claim[other]


def test_records_of_other_records_lead_both_ways(pages: dict[str, Element]) -> None:
    pairs = [
        ("/places/upper-example/", "/places/fable-valley/"),
        ("/sources/gazette-wire-copy/", "/sources/example-wire-flood/"),
        ("/places/upper-example/", "/sources/gazette-own-report/"),
        ("/places/upper-example/", "/actors/fable-rescue/"),
        ("/people/ada-ferry/", "/sources/gazette-own-report/"),
    ]
    for one, other in pairs:
        assert other in targets(pages, one)
        assert one in targets(pages, other)


@pytest.mark.parametrize("kind", KINDS)
def test_edit_links_lead_to_the_record(pages: dict[str, Element], catalog: Catalog, kind: Kind) -> None:
    for record_id in catalog.of_kind(kind):
        page = pages[f"/{FOLDERS[kind]}/{record_id}/"]
        assert [link for link in links(page) if link.startswith(EDIT_URL)] == [f"{EDIT_URL}{FOLDERS[kind]}/{record_id}.yaml"]


def test_pages_made_of_many_records_have_no_edit_link(pages: dict[str, Element]) -> None:
    for address in INDEXES:
        found = [link for link in links(pages[address]) if link.startswith(EDIT_URL)]
        assert found == ([f"{EDIT_URL}about/method.md"] if address == "/about/method/" else []), address


def test_titles_say_the_record_and_the_site(pages: dict[str, Element]) -> None:
    assert words(only(pages["/"], "title")) == "Fable Valley Facts"
    assert words(only(pages["/places/upper-example/"], "title")) == "Upper Example – Fable Valley Facts"
    assert words(only(pages["/places/upper-example/"], "h1")) == "Upper Example"


def test_a_figure_keeps_its_qualifier_unit_and_date(pages: dict[str, Element]) -> None:
    for address in ("/briefings/fable-flood/", "/measures/people-moved/"):
        text = words(only(pages[address], "article"))
        assert "about 200 people" in text
        assert "between 280 and 320 people" in text
        assert parse("2021-05-03~").words in text


def test_nothing_of_the_repositorys_own_subject_is_left(built: Project) -> None:
    """Neither code nor templates know what the records are about."""
    for file in built.site.rglob("*.html"):
        assert not re.search(
            r"islamic|deir ez|qaim|syria|iraq|briefbook", file.read_text(encoding="utf-8").replace("briefbook.", ""), re.IGNORECASE
        ), file


def test_pages_ask_no_other_host(pages: dict[str, Element]) -> None:
    for address, page in pages.items():
        for element in page.iter():
            if element.tag == "link" and element.get("rel") == "canonical":
                of_sheet = address.startswith(("/embed/", "/light/"))
                # What was at the sheet's former address has moved with it.
                own = (
                    "briefings/fable-flood/"
                    if of_sheet
                    else address.lstrip("/").replace("briefings/fable-water/", "briefings/fable-flood/")
                )
                assert element.attrib["href"] == SITE_URL + own
                continue
            for name in ("src", "srcset", "data", "action", "poster") + (("href",) if element.tag in ("link", "use", "base") else ()):
                value = element.get(name, "")
                assert not re.match(r"(https?:)?//", value), f"{address}: <{element.tag} {name}={value}>"


def test_no_record_file_is_published(built: Project) -> None:
    assert [file for file in built.site.rglob("*") if file.suffix in (".yaml", ".yml", ".j2", ".md", ".py")] == []


def test_the_sitemap_names_every_page_with_its_records_date(built: Project, catalog: Catalog) -> None:
    text = (built.site / "sitemap.xml").read_text(encoding="utf-8")
    assert {found.removeprefix(SITE_URL.rstrip("/")) for found in re.findall("<loc>(.*?)</loc>", text)} == {
        *INDEXES,
        *record_addresses(catalog),
    }
    assert set(re.findall("<lastmod>(.*?)</lastmod>", text)) == {"2021-05-04", "2021-05-06"}


def test_records_stay_out_of_the_navigation(pages: dict[str, Element]) -> None:
    for address, page in pages.items():
        for nav in page.iter("nav"):
            if "md-nav--primary" in nav.get("class", ""):
                found = {leads_to(address, link.removeprefix("/facts") if address == "/404.html" else link) for link in links(nav)}
                assert not [target for target in found if re.fullmatch(r"/(places|sources)/[^/#]+/", target) and target != address]


def test_the_search_index_reads_records_and_hand_written_pages_only(pages: dict[str, Element], catalog: Catalog) -> None:
    indexed = {address for address, page in pages.items() if any("data-pagefind-body" in element.attrib for element in page.iter())}
    assert indexed == {*record_addresses(catalog), "/about/method/"}
