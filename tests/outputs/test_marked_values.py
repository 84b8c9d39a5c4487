"""What a page shows, a program gets: every number and quotation on a page is in the data with the same words and attribution."""

from __future__ import annotations

import csv
import io
import posixpath
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import markdown
import pytest
import simplejson
import yaml

from generator.edtf import parse
from generator.pages import pages
from generator.render import render
from generator.wording import language_name
from tests.outputs.conftest import SITE, Made
from tests.projects import ROOT, Project, fragment, only, words

Find = Callable[[str], Element]
"""Give the page with an address such as `briefings/fable-flood`."""


@pytest.fixture(scope="session")
def real_page(real: Made) -> Find:
    """The pages of the site's own content, as MkDocs' own Markdown reads them; without what the theme puts around them."""
    made = {page.uri.removesuffix(".md"): page.text for page in render(pages(real.library), ROOT / "site_templates", SITE)}

    @cache
    def find(address: str) -> Element:
        return fragment(markdown.markdown(made[address].partition("\n---\n")[2], **reader()))

    return find


def reader() -> dict[str, Any]:
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    # Without the lines that name the environment: they have a tag of MkDocs' own.
    found = yaml.safe_load("\n".join(line for line in settings.splitlines() if "!ENV" not in line))["markdown_extensions"]
    names = [next(iter(item)) if isinstance(item, dict) else item for item in found]
    return {
        "extensions": names,
        "extension_configs": {name: options for item in found if isinstance(item, dict) for name, options in item.items()},
    }


@pytest.fixture(params=["built", "real"])
def shown(request: pytest.FixtureRequest, real: Made, base: Made) -> tuple[Find, Made]:
    """Pages, and the data made of the same records: of a whole build, and of the site's own content."""
    if request.param == "real":
        find: Find = request.getfixturevalue("real_page")
        return find, real
    project: Project = request.getfixturevalue("built")
    return lambda address: only(project.page(f"/{address}/"), "article"), base


# --- what the data says -------------------------------------------------------------------------------


def briefing_data(made: Made, briefing: str) -> Any:
    return simplejson.loads(made.files[f"api/v1/briefings/{briefing}.json"], use_decimal=True)["record"]


def claims_of(made: Made, briefing: str) -> dict[str, Any]:
    return {claim["id"]: claim for claim in briefing_data(made, briefing)["claims"] if not claim["withdrawn"]}


def figures_of(made: Made, briefing: str) -> dict[str, tuple[Any, Any]]:
    """Each figure, and the claim that states it."""
    return {figure["id"]: (figure, claim) for claim in claims_of(made, briefing).values() for figure in claim["figures"]}


def spaced(text: str) -> str:
    return " ".join(text.split())


def number_in_words(figure: Any) -> str:
    """From the fields of the data alone, not from its words."""
    ends = [figure["value"]] if figure["value"] is not None else [figure["low"], figure["high"]]
    number = (" and " if figure["qualifier"] == "between" else " to ").join(f"{end:,}".replace("-", "−") for end in ends)
    unit = figure["unit"] if figure["unit"].startswith("%") else f" {figure['unit']}"
    return f"{figure['qualifier'] or ''} {number}{unit}".strip()


# --- what the page shows ------------------------------------------------------------------------------


def of_class(page: Element, name: str) -> Iterator[Element]:
    return (element for element in page.iter() if name in element.get("class", "").split())


def pointed_at(link: Element, here: str) -> tuple[str, str]:
    """The briefing and the part that a link leads to."""
    address = urlsplit(link.attrib["href"])
    return posixpath.basename(address.path.rstrip("/")).removesuffix(".md") or here, address.fragment


def following(page: Element, heading: Element, *, css: str = "", tag: str = "") -> Element:
    """The next element of a class or a kind below a heading."""
    elements = list(page.iter())
    after = elements[elements.index(heading) + 1 :]
    return next(element for element in after if (css and css in element.get("class", "").split()) or (tag and element.tag == tag))


def check_attribution(said: str, claim: Any, *, manner: bool = True) -> None:
    """Who says so, when, and how well it stands."""
    for speaker in claim["said_by"]:
        assert spaced(speaker["name"]) in said
    assert claim["status"].capitalize() in said
    if manner:
        assert claim["said_on"]["words"] in said
        for name in ("role", "channel"):
            assert spaced(claim[name] or "") in said


def briefings(made: Made) -> Iterator[str]:
    return (briefing.id for briefing in made.records.briefings.values() if not briefing.withdrawn)


def test_every_claim_and_every_number_in_it(shown: tuple[Find, Made]) -> None:
    find, made = shown
    for briefing in briefings(made):
        page, claims, figures = find(f"briefings/{briefing}"), claims_of(made, briefing), figures_of(made, briefing)
        seen, now = set(), ""
        for element in page.iter():
            if "bb-claim" in element.get("class", "").split():
                now = element.attrib["id"]
                assert words(element) == spaced(claims[now]["computed"]["plain_text"])
                check_attribution(words(following(page, element, css="bb-chip")), claims[now])
                seen.add(now)
            # The mark of a figure: an anchor that begins with its value.
            elif element.get("id") and len(element) and element[0].tag == "strong" and not (element.text or "").strip():
                figure, claim = figures[element.attrib["id"]]
                said = words(element)
                assert claim["id"] == now
                assert words(element[0]) == number_in_words(figure) == spaced(figure["computed"]["words"])
                assert said.startswith(
                    (f"{words(element[0])}, {figure['as_of']['words']}", f"{words(element[0])}, as of {figure['as_of']['words']}")
                )
                assert spaced(figure["scope"] or "") in said and spaced(figure["printed_as"] or "") in said
                assert spaced(figure["measure"]["name"]) in said
                seen.add(figure["id"])
        assert seen == {*claims, *figures}


def test_every_key_figure_and_main_point(shown: tuple[Find, Made]) -> None:
    find, made = shown
    numbers = points = 0
    for briefing in briefings(made):
        page = find(f"briefings/{briefing}")
        for item in (item for box in of_class(page, "bb-figures") for item in box.iter("li")):
            for stated in of_class(item, "bb-stated"):
                owner, anchor = pointed_at(only(stated, "a"), briefing)
                figure, claim = figures_of(made, owner)[anchor]
                assert words(stated) == number_in_words(figure)
                assert figure["as_of"]["words"] in words(item) and spaced(figure["scope"] or "") in words(item)
                check_attribution(words(item), claim, manner=False)
                numbers += 1
            for also in of_class(item, "bb-also"):
                for link in also.iter("a"):
                    owner, anchor = pointed_at(link, briefing)
                    if anchor:
                        figure, claim = figures_of(made, owner)[anchor]
                        assert words(link) == number_in_words(figure)
                        assert figure["as_of"]["words"] in (link.tail or "") and claim["said_by"][0]["name"] in spaced(link.tail or "")
                        numbers += 1
        for item in (item for box in of_class(page, "bb-highlights") for item in box.iter("li")):
            owner, anchor = next(
                pointed_at(link, briefing) for link in item.iter("a") if "evidence" in f"{link.get('aria-label', '')}{words(link)}".lower()
            )
            claim = claims_of(made, owner)[anchor]
            assert spaced(claim["computed"]["plain_text"]) in words(item)
            check_attribution(words(item), claim)
            points += 1
    assert numbers >= 1 and points >= 2


def test_every_quotation(shown: tuple[Find, Made]) -> None:
    find, made = shown
    for briefing in briefings(made):
        page = find(f"briefings/{briefing}")
        quotes = {quote["id"]: quote for quote in briefing_data(made, briefing)["quotes"] if not quote["withdrawn"]}
        seen, heading = set(), page
        for element in page.iter():
            if element.tag == "h3":
                heading = element
            elif element.tag == "blockquote":
                quote, said = quotes[heading.attrib["id"]], words(following(page, heading, css="bb-chip"))
                assert words(element) == f"“{spaced(quote['text'])}”"
                for expected in (quote["role"], quote["channel"], quote["said_on"]["words"], language_name(quote["language"])):
                    assert spaced(expected) in said
                assert all(spaced(speaker["name"]) in said for speaker in quote["said_by"])
                # One link for each source, by number.
                assert said.count("source") and len({source["source"]["id"] for source in quote["sources"]}) == len(quote["sources"])
                below = words(page)
                for altered in quote["alterations"]:
                    assert f"“{spaced(altered['shown'])}” stands for “{spaced(altered['original'])}”" in below
                seen.add(quote["id"])
        assert seen == set(quotes)


def test_every_number_of_a_measure_is_in_the_table(shown: tuple[Find, Made]) -> None:
    find, made = shown
    table = csv.DictReader(io.StringIO(made.files["data/figures.csv"].decode(), newline=""), strict=True)
    rows = {row["figure"]: row for row in table}
    seen = set()
    for measure in made.library.catalog.measures:
        for line in find(f"measures/{measure}").iter("tr"):
            if len(cells := list(line.iter("td"))) == 3:
                _, value, who = cells
                number = only(value, "strong")
                key = "#".join(pointed_at(only(number, "a"), ""))
                row = rows[key]
                assert words(number) == spaced(row["words"]).removeprefix("'")
                assert words(number).startswith(row["qualifier"]) and words(number).endswith(row["unit"])
                ends = [Decimal(row[name]) for name in ("value", "low", "high") if row[name]]
                assert all(f"{end:,}".replace("-", "−") in words(number) for end in ends) and ends
                assert (
                    words(value).partition(words(number))[2].removeprefix(", ").removeprefix("as of ").startswith(parse(row["as_of"]).words)
                )
                assert spaced(row["scope"]) in words(value) and spaced(row["printed_as"]) in words(value)
                assert all(spaced(name) in words(who) for name in row["said_by_names"].split("\n"))
                assert parse(row["said_on"]).words in words(who) and row["status"].capitalize() in words(who)
                assert row["measure"] == measure
                seen.add(key)
    assert seen == set(rows) and len(rows) >= 2
