"""Cards and light copies: small pages without the theme, and what a card says has become of its claim."""

from __future__ import annotations

import gzip
import posixpath
import shutil
from collections.abc import Callable
from hashlib import sha512
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from generator.cards import cards
from generator.errors import ContentError
from generator.light import LIMIT, light_copies
from generator.markup import plain
from generator.outputs import OutputFile
from generator.pages import pages
from generator.standalone import Standalone
from generator.urls import page_path
from generator.views.versions import as_of, readable_versions, version_targets
from tests.extremes import NOTHING, actor, claim, figure, measure, source
from tests.extremes import make as make_project
from tests.outputs.conftest import SITE, Made
from tests.projects import ROOT, links, read_html, with_id, words
from tests.test_html import errors

TEMPLATES = ROOT / "site_templates"
STYLE = (TEMPLATES / "theme" / "assets" / "card.css").read_bytes()
CARD_LIMIT = 14_000
FLOOD = "briefings/fable-flood.yaml"
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=\"alert(2)\"> ]]> {{ 7*7 }} =1+1 & 'q' שלום"


def written(made: Made) -> dict[str, str]:
    """Every page that stands alone, by its address."""
    alone = Standalone(TEMPLATES, SITE)
    found: list[OutputFile] = [*cards(made.library, alone), *light_copies(made.library, alone)]
    assert len({file.path for file in found}) == len(found)
    return {file.path.removesuffix("index.html"): file.content.decode() for file in found}


@pytest.fixture(scope="module")
def real_pages(real: Made) -> dict[str, str]:
    return written(real)


@pytest.fixture(scope="module", params=["real", "base"])
def both(request: pytest.FixtureRequest) -> tuple[Made, dict[str, str]]:
    """Some records, and the pages made of them."""
    made = request.getfixturevalue(request.param)
    return made, request.getfixturevalue("real_pages") if request.param == "real" else written(made)


@pytest.fixture
def flood(content: Path, make: Callable[[Path], Made]) -> Callable[..., dict[str, str]]:
    """Give what is written of the flood after some changes of its file, each an old and a new passage."""

    def change(*passages: tuple[str, str], entries: str = "") -> dict[str, str]:
        file = content / FLOOD
        text = file.read_text(encoding="utf-8")
        for old, new in passages:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        file.write_text(text + entries, encoding="utf-8")
        return written(make(content))

    return change


def body(page: str) -> Element:
    return next(read_html(page).iter("main"))


def said(page: str) -> str:
    return words(body(page))


# --- all of them --------------------------------------------------------------------------------------------


def test_every_page_is_valid_small_and_runs_nothing(real_pages: dict[str, str]) -> None:
    for number, (address, page) in enumerate(real_pages.items()):
        assert page.startswith("<!doctype html>\n<html lang=\"en\">"), address  # fmt: skip
        # The strict parser takes its time; a tenth of the cards has every form that there is.
        assert number % 10 or errors(page) == [], address
        tree = read_html(page)
        assert not [element.tag for element in tree.iter() if element.tag in ("script", "img", "iframe", "object", "form")], address
        assert not [name for element in tree.iter() for name in element.attrib if name.startswith("on") or name == "style"], address
        metas = {element.get("http-equiv") or element.get("name"): element.get("content") for element in tree.iter("meta")}
        assert str(metas["Content-Security-Policy"]).startswith("default-src 'none'; style-src ")
        assert metas["robots"] == "noindex"
        if address.startswith("embed/"):
            assert len(page.encode()) + len(STYLE) <= CARD_LIMIT, address
        else:
            assert len(gzip.compress(page.encode())) <= LIMIT, address


def test_every_link_of_ours_leads_somewhere(real: Made, real_pages: dict[str, str]) -> None:
    there = {page_path(page.uri) for page in pages(real.library)}
    for address, page in real_pages.items():
        for link in links(read_html(page)):
            path = posixpath.normpath(posixpath.join(f"/{address}", link.partition("#")[0])) + "/"
            assert path in there, f"{address}: {link}"


def test_links_of_a_card_lead_out_of_its_frame(real_pages: dict[str, str]) -> None:
    for address, page in real_pages.items():
        if address.startswith("embed/"):
            assert all((link.get("target"), link.get("rel")) == ("_top", "noopener") for link in read_html(page).iter("a")), address


def test_a_card_for_each_claim_of_each_state(both: tuple[Made, dict[str, str]]) -> None:
    some, written_pages = both
    made = {address for address in written_pages if address.startswith("embed/")}
    expected = set()
    for briefing in some.records.briefings.values():
        expected |= {f"embed/{owner}/{claim.id}/" for claim in briefing.claims for owner in (briefing.id, *briefing.formerly)}
        names = [target.uri.removesuffix(".md").rpartition("/")[2] for target in reversed(version_targets(briefing))]
        for version, name in zip(readable_versions(some.library, briefing), names, strict=False):
            then = as_of(some.library, version).whole.briefings[briefing.id]
            expected |= {f"embed/{briefing.id}/{claim.id}/at/{name}/" for claim in then.claims}
    assert made == expected
    assert any("/at/first/" in address for address in made)


def test_a_card_says_all_that_a_claim_must_not_go_without(both: tuple[Made, dict[str, str]]) -> None:
    some, made = both
    for briefing in some.library.catalog.briefings.values():
        for item in briefing.claims:
            text = said(made[f"embed/{briefing.id}/{item.id}/"])
            assert plain(item.text) in text
            assert item.said_on.words in text and item.status.capitalize() in text
            assert f"{briefing.title}, The site, as of {briefing.as_of.words}" in text
            for speaker in item.said_by:
                assert (some.records.actors.get(speaker) or some.records.people[speaker]).name in text
            for cited in item.sources:
                assert some.records.sources[cited.source].publisher in text
            for each in item.figures:
                assert each.unit in text and each.as_of.words in text and (each.qualifier or "") in text


# --- what became of a claim ---------------------------------------------------------------------------------

CORRECTED = """  - at: 2021-05-07
    kind: correction
    note: It was looked at again.
    changes:
      - {path: "claims[cl-dam-held].text", from: The dam stood., to: The dam above Lower Example held.}
"""


def test_a_claim_that_was_corrected(flood: Callable[..., dict[str, str]]) -> None:
    made = flood(entries=CORRECTED)
    live = said(made["embed/fable-flood/cl-dam-held/"])
    assert "Changed since it was first published" in live
    assert "Corrected 7 May 2021: It was looked at again." in live and "The dam stood → The dam above Lower Example held" in live.replace(
        ".", ""
    )
    before = body(made["embed/fable-flood/cl-dam-held/at/first/"])
    assert words(next(before.iter("h1"))) == "The dam stood."
    assert "As it was first published 4 May 2021. Changed since." in words(before) and "Corrected 7 May 2021" in words(before)
    assert "The dam stood" in [words(element).removesuffix(".") for element in before.iter("del")]
    after = said(made["embed/fable-flood/cl-dam-held/at/2021-05-07/"])
    assert "As it stood after the entry of 7 May 2021. Nothing in it has changed since." in after
    # Another claim is not touched by it.
    assert "Nothing in it has changed since." in said(made["embed/fable-flood/cl-rose/at/first/"])
    assert "Changed since it was first published" not in said(made["embed/fable-flood/cl-rose/"])


def test_a_claim_that_was_withdrawn(flood: Callable[..., dict[str, str]]) -> None:
    gone = """claims:
  - id: cl-gone
    text: The bridge fell.
    said_by: [example-gazette]
    said_on: 2021-05-02
    sources: [gazette-own-report]
    status: reported
    withdrawn: The paper took it back.
"""
    entry = """  - at: 2021-05-08
    kind: withdrawal
    note: The paper took it back.
    changes: [{path: "claims[cl-gone].withdrawn", to: The paper took it back.}]
"""
    made = flood(("claims:\n  - id: cl-rose\n", gone + "  - id: cl-rose\n"), entries=entry)
    live = body(made["embed/fable-flood/cl-gone/"])
    assert words(live).startswith("Withdrawn. The paper took it back. The bridge fell. This claim does not stand any more.")
    assert [words(element) for element in live.iter("del")] == ["The bridge fell."]
    assert list(links(live)) == ["../../../briefings/fable-flood/#cl-gone"]
    assert said(made["embed/fable-flood/cl-gone/at/2021-05-08/"]) == words(live)
    before = said(made["embed/fable-flood/cl-gone/at/2021-05-06/"])
    assert "As it stood after the entry of 6 May 2021. Withdrawn since: The paper took it back." in before
    assert "Example Gazette, 2 May 2021 The bridge fell." in before


def test_a_claim_that_was_superseded(flood: Callable[..., dict[str, str]]) -> None:
    entry = """  - at: 2021-05-07
    kind: update
    note: A later number.
    changes:
      - {path: "claims[cl-moved].status", from: reported, to: superseded}
      - {path: "claims[cl-moved-later].supersedes", to: [cl-moved]}
"""
    made = flood(entries=entry)
    before = body(made["embed/fable-flood/cl-moved/at/first/"])
    assert "Changed since. Updated 7 May 2021: A later number. status: reported → superseded" in words(before)
    assert "Now superseded by Fable Valley Rescue, 4 May 2021: About 300 people left their homes." in words(before)
    assert "../../../../../briefings/fable-flood/#cl-moved-later" in list(links(before))
    assert "Reported (by one party or chain of sources)" in words(before)
    assert "Superseded (overtaken" in said(made["embed/fable-flood/cl-moved/"])


def test_a_claim_that_its_sheet_has_no_more(flood: Callable[..., dict[str, str]]) -> None:
    entry = """  - at: 2021-05-07
    kind: update
    note: It belongs on another sheet.
    changes:
      - path: claims[cl-wet]
        from: {id: cl-wet, text: It was wet., said_by: [example-gazette], said_on: 2021-05-02, sources: [gazette-own-report], status: reported}
"""
    made = flood(entries=entry)
    assert "embed/fable-flood/cl-wet/" not in made
    assert "The sheet does not have it any more." in said(made["embed/fable-flood/cl-wet/at/first/"])


def test_a_card_keeps_its_address_when_an_id_changes(flood: Callable[..., dict[str, str]]) -> None:
    made = flood(
        ("  - id: cl-dam-leaked\n", "  - id: cl-leak\n    formerly: [cl-dam-leaked]\n"),
        ("[cl-dam-held, cl-dam-leaked]", "[cl-dam-held, cl-leak]"),
    )
    assert made["embed/fable-flood/cl-dam-leaked/"] == made["embed/fable-flood/cl-leak/"] == made["embed/fable-water/cl-leak/"]


def test_a_sheet_that_was_withdrawn(flood: Callable[..., dict[str, str]]) -> None:
    made = flood(entries="withdrawn: It never rained.\n")
    assert said(made["embed/fable-flood/cl-rose/"]).startswith("Withdrawn. It never rained.")
    assert "Withdrawn. It never rained." in said(made["light/fable-flood/"])
    assert made["light/fable-flood/"] == made["light/fable-water/"]


# --- light copies -------------------------------------------------------------------------------------------


def test_a_light_copy_has_the_sheet_in_words(both: tuple[Made, dict[str, str]]) -> None:
    some, made = both
    for briefing in some.library.catalog.briefings.values():
        page = made[f"light/{briefing.id}/"]
        text = said(page)
        assert plain(briefing.answer) in text
        for item in briefing.claims:
            assert plain(item.text) in words(with_id(read_html(page), item.id))
        assert all(item.question in text for item in (*briefing.disagreements, *briefing.unknowns))
        assert "Left out here" not in text
        assert f'<link rel="canonical" href="{SITE.url}briefings/{briefing.id}/">' in page


@pytest.mark.parametrize(("claims", "rows", "left"), [(200, 5, ("claims",)), (320, 150, ("claims", "points of disagreement"))])
def test_a_sheet_too_long_for_it_is_cut_from_the_end_and_says_so(
    tmp_path: Path, make: Callable[[Path], Made], claims: int, rows: int, left: tuple[str, ...]
) -> None:
    # Words that do not compress.
    said_so = [
        claim(
            f"cl-{number}", f"{sha512(str(number).encode()).hexdigest()}.", "speaker", "report",
            **({"status": "disputed", "disputes": [f"cl-{number + 1}"]} if number % 2 == 0 else {"status": "disputed"}),
        )
        for number in range(claims)
    ]  # fmt: skip
    differ = [
        {"id": f"df-{n}", "question": f"Which {n}?", "claims": [f"cl-{2 * n}", f"cl-{2 * n + 1}"], "reading": "Open."} for n in range(rows)
    ]
    project = make_project(
        tmp_path / "long",
        {
            "briefings/long": {**NOTHING, "title": "Long", "highlights": ["cl-0"], "claims": said_so, "disagreements": differ},
            "actors/speaker": actor("Speaker"),
            "sources/report": source("Speaker", "Report", publisher_actor="speaker"),
        },
    )  # fmt: skip
    (file,) = light_copies(make(project.content).library, Standalone(TEMPLATES, SITE))
    text = said(file.content.decode())
    weight = len(gzip.compress(file.content))
    # There was room for no more: nearly all of it is used.
    assert LIMIT * 0.95 < weight <= LIMIT
    notice = text.partition("Left out here to keep this copy small: ")[2].partition(", from the end.")[0]
    listed = len([item for item in read_html(file.content.decode()).iter("li") if item.get("id")])
    assert f"{claims - listed} of {claims} claims" in notice
    assert all(name in notice for name in left)
    assert notice.count(" of ") == len(left) + notice.count("points of")


# --- hostile text and broken templates ----------------------------------------------------------------------


def test_hostile_text_is_text(tmp_path: Path, make: Callable[[Path], Made]) -> None:
    cited = {"source": "odd-source", "locator": HOSTILE}
    number = figure("fg", "odd-measure", HOSTILE, value=1, scope=HOSTILE, printed_as=HOSTILE)
    project = make_project(
        tmp_path / "odd",
        {
            "briefings/odd": {
                **NOTHING, "title": HOSTILE, "answer": HOSTILE, "highlights": ["cl"],
                "claims": [claim("cl", HOSTILE, "odd-actor", cited, role=HOSTILE, channel=HOSTILE, figures=[number])],
                "unknowns": [{"id": "un", "question": HOSTILE, "text": HOSTILE}],
            },
            "actors/odd-actor": actor(HOSTILE),
            "sources/odd-source": source(HOSTILE, HOSTILE, publisher_actor="odd-actor"),
            "measures/odd-measure": measure(HOSTILE, HOSTILE),
        },
    )  # fmt: skip
    made = written(make(project.content))
    for address, least in (("embed/odd/cl/", 8), ("light/odd/", 9)):
        page = made[address]
        assert errors(page) == []
        assert said(page).count(HOSTILE) >= least, address
        assert {element.tag for element in read_html(page).iter()}.isdisjoint({"script", "img"})


@pytest.mark.parametrize(
    ("name", "text", "line", "found"),
    [
        ("card.html.j2", "<p>\n{{ view.nothing }}", 2, "nothing"),
        ("card.html.j2", "\n\n{% if %}", 3, "Expected an expression"),
        ("card.html.j2", "{{ 1 // 0 }}", 1, "zero"),
        ("macros.html.j2", "\n{% macro %}", 2, "expected token"),
        ("light.html.j2", None, 1, "no template `light.html.j2`"),
        ("light.css", None, 1, "no template `light.css`"),
    ],
)
def test_a_mistake_in_a_template_is_told_where_it_stands(
    tmp_path: Path, base: Made, name: str, text: str | None, line: int, found: str
) -> None:
    folder = Path(shutil.copytree(TEMPLATES / "html", tmp_path / "site_templates" / "html"))
    if text is None:
        (folder / name).unlink()
    else:
        (folder / name).write_text(text, encoding="utf-8")
    alone = Standalone(folder.parent, SITE)
    with pytest.raises(ContentError) as told:
        list(light_copies(base.library, alone) if name.startswith("light") else cards(base.library, alone))
    (problem,) = told.value.problems
    assert (problem.path, problem.line) == (f"site_templates/html/{name}", line)
    assert found in problem.found
