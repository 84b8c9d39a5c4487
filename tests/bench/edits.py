"""A seeded stream of edits on a corpus, as editors make them: `for told in edits(folder, seed): …` applies one at a time.

After each, `briefbook check` finds nothing wrong. What was published is changed with an entry that tells of it, wherever
the record has a history, and in half of the other cases.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from random import Random

from generator.kinds import Kind
from generator.records import Ref

from .entities import slug
from .folder import Folder, Key
from .words import Words
from .yaml_text import Tree

LOOKED_AT = 40
"""So many records are tried for one on which an edit is possible; then it is another edit's turn."""
BACK = 15
"""Undone are the last edits; most of those before are built upon."""


def edits(folder: Path, seed: int) -> Iterator[str]:
    """Edit a project for ever: each step makes one edit in its files, and says which."""
    editor = _Editor(folder, Random(seed))
    while True:
        name = editor.words.pick(_SHARES)
        told = _EDITS[name](editor)
        if told:
            yield editor.folder.done(told)


class _Editor:
    def __init__(self, folder: Path, rng: Random) -> None:
        self.words, self.rng, self.folder, self.count = Words(rng), rng, Folder(folder), 0

    def sheets(self) -> Iterator[tuple[Key, Tree]]:
        """Some briefings that stand, in any order, each a copy to be changed."""
        yield from self.records("briefing")

    def records(self, *kinds: Kind) -> Iterator[tuple[Key, Tree]]:
        """The same of any kind."""
        for _ in range(LOOKED_AT):
            kind = self.rng.choice(kinds)
            name = self.rng.choice(list(self.folder.of(kind)))
            yield (kind, name), deepcopy(self.folder.trees[kind, name])

    def number(self) -> int:
        """One more each time: names that come from it are new."""
        self.count += 1
        return self.count

    def note(self) -> str:
        return self.words.prose(14, 4, 7, 23)

    def change(self, key: Key, tree: Tree, kind: str = "correction") -> None:
        self.folder.change(key, tree, kind, self.note(), tell=self.words.chance(0.5))

    def fresh_id(self, kind: Kind) -> str:
        while True:
            name = slug(self.words.name(2))
            if all((each, name) not in self.folder.trees for each in ("actor", "person", "source", kind)) and not self.folder.mentioned(
                name
            ):
                return name


def _standing(tree: Tree, group: str) -> list[Tree]:
    return [part for part in tree.get(group, ()) if "withdrawn" not in part]


def change_figure(editor: _Editor) -> str | None:
    """Another number in one figure: the smallest edit that readers see."""
    for key, tree in editor.sheets():
        figures = [figure for claim in _standing(tree, "claims") for figure in claim.get("figures", ()) if "value" in figure]
        if figures:
            figure = editor.rng.choice(figures)
            before, figure["value"] = figure["value"], str(editor.rng.randint(1, 90_000))
            editor.change(key, tree)
            return f"{key[1]}: the figure {figure['id']} from {before} to {figure['value']}"
    return None


_TEXTS: dict[Kind, tuple[str, ...]] = {
    "briefing": ("answer", "context"), "place": ("summary",), "actor": ("description",), "measure": ("scope", "comparability"),
    "source": ("grade_reason",), "person": ("name",),
}  # fmt: skip


def change_text(editor: _Editor) -> str | None:
    """Other words in a text of any kind of record."""
    for key, tree in editor.records("briefing", "briefing", "briefing", "place", "actor", "measure", "source", "person"):
        parts = _standing(tree, "claims") + _standing(tree, "quotes")
        part = editor.rng.choice([tree, *parts]) if parts else tree
        name = editor.rng.choice(_TEXTS[key[0]]) if part is tree else "text"
        if name not in part:
            continue
        part[name] = editor.words.name(2) if name == "name" else editor.words.prose(14, 5, 4, 31)
        editor.change(key, tree, "clarification")
        return f"{key[1]}: other words for {part.get('id', 'its')} {name}"
    return None


def add_claim(editor: _Editor) -> str | None:
    """A claim more, often with a figure, now and then one that overtakes or disputes another."""
    rng = editor.rng
    for key, tree in editor.sheets():
        name = f"added-{editor.number()}"
        if editor.folder.mentioned(name):
            continue
        claims = [claim for claim in _standing(tree, "claims") if claim["status"] == "reported"]
        claim: Tree = {
            "id": name, "text": editor.words.prose(12, 5, 4, 31), "said_by": [rng.choice(list(editor.folder.of("actor")))], "said_on": "2024-05-05",
            "places": [rng.choice(list(editor.folder.of("place")))], "sources": [rng.choice(list(editor.folder.of("source")))], "status": "reported",
            "status_note": editor.words.prose(12, 5, 4, 31),
        }  # fmt: skip
        if rng.random() < 0.5:
            measure, about = rng.choice(list(editor.folder.of("measure").items()))
            figure = {
                "id": f"figure-{name}",
                "measure": measure,
                "value": str(rng.randint(1, 900)),
                "unit": about["unit"],
                "as_of": "2024-05",
            }
            claim["figures"] = [figure]
        what = ""
        if claims and rng.random() < 0.4:
            other = rng.choice(claims)
            other["status"], field = rng.choice((("superseded", "supersedes"), ("disputed", "disputes")))
            claim[field] = [other["id"]]
            what = f", which {field} {other['id']}"
        tree["claims"].append(claim)
        editor.change(key, tree, "update")
        return f"{key[1]}: the new claim {name}{what}"
    return None


def add_sheet(editor: _Editor) -> str | None:
    """A sheet more, on the model of another, now and then one that overtakes a claim of that."""
    for key, tree in editor.sheets():
        if len(tree["claims"]) > 15:
            continue
        sheet = _alone(tree)
        name = editor.fresh_id("briefing")
        sheet |= {"title": editor.words.line(12, 2, 7, 16), "published": editor.folder.day(), "answer": editor.words.prose(49, 11, 34, 74)}
        claims = [claim for claim in _standing(tree, "claims") if claim["status"] == "reported"]
        if claims and editor.words.chance(0.5):
            claim = editor.rng.choice(claims)
            claim["status"] = "superseded"
            editor.change(key, tree, "update")
            sheet["claims"][0]["supersedes"] = [f"{key[1]}#{claim['id']}"]
            sheet["related"] = [key[1]]
        editor.folder.put(("briefing", name), sheet)
        return f"the new sheet {name}, on the model of {key[1]}"
    return None


def _alone(tree: Tree) -> Tree:
    """A sheet that names no other one, and has no past."""
    sheet = {name: value for name, value in deepcopy(tree).items() if name not in ("updates", "formerly", "related", "other_events")}
    sheet["claims"] = [
        {name: value for name, value in claim.items() if name not in ("disputes", "supersedes", "formerly")}
        | {"status": "reported" if claim["status"] != "corroborated" else "corroborated"}
        for claim in _standing(sheet, "claims")
    ]
    for group in ("quotes", "events"):
        if group in sheet:
            sheet[group] = [{name: value for name, value in part.items() if name != "formerly"} for part in _standing(sheet, group)]
    own = [name for name in sheet["highlights"] if "#" not in name]
    sheet["highlights"] = own or [sheet["claims"][0]["id"]]
    sheet["key_figures"] = [name for name in sheet.get("key_figures", ()) if "#" not in name]
    differences = [{**part, "claims": [name for name in part["claims"] if "#" not in name]} for part in sheet.get("disagreements", ())]
    sheet["disagreements"] = [part for part in differences if len(part["claims"]) > 1]
    return {name: value for name, value in sheet.items() if value != []}


def add_source(editor: _Editor) -> str | None:
    """A source that nothing names yet."""
    name = editor.fresh_id("source")
    editor.folder.put(
        ("source", name),
        {
            "publisher": editor.words.name(2), "title": editor.words.line(9, 4, 2, 20), "date": "2024-06-01", "language": "en", "type": "news_original",
            "grade": "B", "grade_reason": editor.words.prose(8, 3, 3, 15), "read": "excerpt",
        },
    )  # fmt: skip
    return f"the new source {name}"


def delete_source(editor: _Editor) -> str | None:
    """A source goes that nothing names, nor named before."""
    named = {reference.value for _, reference in editor.folder.named()}
    free = [name for name in editor.folder.of("source") if name not in named]
    editor.rng.shuffle(free)
    for name in free[:LOOKED_AT]:
        file = editor.folder.file(("source", name))
        if not editor.folder.mentioned(name, beside={file}):
            editor.folder.write(file, None)
            return f"the source {name}, which nothing named, is gone"
    return None


def rename_title(editor: _Editor) -> str | None:
    """What readers know a record by."""
    for key, tree in editor.records("briefing", "place", "actor", "person", "source", "measure"):
        name = "title" if "title" in tree else "name"
        tree[name] = editor.words.name(2)
        editor.change(key, tree, "clarification")
        return f"{key[0]} {key[1]} is called {tree[name]} now"
    return None


def rename_record(editor: _Editor) -> str | None:
    """Another id, with the one it had in `formerly`, and all that names it follows."""
    for key, _ in editor.records("briefing", "place", "actor", "person", "source", "measure"):
        kind, old = key
        new = editor.fresh_id(kind)
        followers = editor.folder.renamed(kind, old, new)
        tree = followers.pop(key, None) or deepcopy(editor.folder.trees[key])
        tree["formerly"] = [*tree.get("formerly", ()), old]
        editor.change(key, tree, "clarification")
        moved = editor.folder.trees[key]
        editor.folder.write(editor.folder.file(key), None)
        editor.folder.put((kind, new), moved)
        for other, followed in followers.items():
            editor.folder.change(other, followed, "clarification", editor.note())
        return f"{kind} {old} is {new} now, and {len(followers)} records that name it follow"
    return None


def rename_claim(editor: _Editor) -> str | None:
    """The same of a claim."""
    for key, tree in editor.sheets():
        old, new = editor.rng.choice(_standing(tree, "claims"))["id"], f"renamed-{editor.number()}"
        if editor.folder.mentioned(new):
            continue
        followers = editor.folder.renamed("briefing", key[1], new, part=old)
        tree = followers.pop(key, tree)
        claim = next(claim for claim in tree["claims"] if claim["id"] == old)
        claim |= {"id": new, "formerly": [*claim.get("formerly", ()), old]}
        for other, followed in {key: tree, **followers}.items():
            editor.folder.change(other, followed, "clarification", editor.note())
        return f"{key[1]}: the claim {old} is {new} now, and {len(followers)} other records that name it follow"
    return None


def withdraw_claim(editor: _Editor) -> str | None:
    """A claim on which nothing rests is taken back."""
    named = editor.folder.parts_named()
    for key, tree in editor.sheets():
        standing = _standing(tree, "claims")
        for claim in standing if len(standing) > 1 else ():
            parts = [claim["id"], *(figure["id"] for figure in claim.get("figures", ()))]
            if not any((key[1], part) in named for part in parts) and not {"disputes", "supersedes"} & claim.keys():
                claim["withdrawn"] = editor.words.prose(12, 3, 6, 20)
                editor.change(key, tree, "withdrawal")
                return f"{key[1]}: the claim {claim['id']} is withdrawn"
    return None


def withdraw_sheet(editor: _Editor) -> str | None:
    """A whole sheet is taken back that no other one names or is opposed by."""
    named = {briefing for (briefing, _), inside in _between(editor) if not inside}
    for key, tree in editor.sheets():
        opposes = any("#" in name for claim in tree["claims"] for field in ("disputes", "supersedes") for name in claim.get(field, ()))
        if key[1] not in named and not opposes and len(editor.folder.of("briefing")) > 10:
            tree["withdrawn"] = editor.words.prose(12, 3, 6, 20)
            editor.change(key, tree, "withdrawal")
            return f"the sheet {key[1]} is withdrawn"
    return None


def _between(editor: _Editor) -> Iterator[tuple[tuple[str, str], bool]]:
    """Every briefing that something names, or a part of it; and whether it does so itself."""
    for (_, record_id), reference in editor.folder.named():
        if isinstance(reference.target, Ref):
            yield (reference.value if "briefing" in reference.target.kinds else "", ""), reference.value == record_id
        else:
            other = reference.value.rpartition("#")[0]
            yield (other or record_id, ""), other in ("", record_id)


def withdraw_source(editor: _Editor) -> str | None:
    """A source is taken back that no claim needs: each has another, and none is corroborated by it or what repeats it."""
    needed: set[str] = set()
    for tree in editor.folder.of("briefing").values():
        for part in _standing(tree, "claims") + _standing(tree, "quotes"):
            cited = [source if isinstance(source, str) else source["source"] for source in part["sources"]]
            standing = [source for source in cited if source in editor.folder.of("source")]
            if part.get("status") == "corroborated" or len(standing) == 1:
                needed |= set(standing)
    waiting = list(needed)
    while waiting:
        for carried in editor.folder.trees["source", waiting.pop()].get("carries", ()):
            if ("source", carried) in editor.folder.trees and carried not in needed:
                needed.add(carried)
                waiting.append(carried)
    free = sorted(set(editor.folder.of("source")) - needed)
    if not free:
        return None
    key: Key = ("source", editor.rng.choice(free))
    editor.change(key, {**editor.folder.trees[key], "withdrawn": editor.words.prose(9, 3, 4, 20)}, "withdrawal")
    return f"the source {key[1]} is withdrawn"


def move_place(editor: _Editor) -> str | None:
    """Other coordinates."""
    for key, tree in editor.records("place"):
        if "coordinates" in tree:
            point = tree["coordinates"]
            point |= {name: f"{float(point[name]) + editor.rng.uniform(-0.5, 0.5):.5f}" for name in ("lat", "lon")}
            editor.change(key, tree)
            return f"the place {key[1]} is at {point['lat']}, {point['lon']} now"
    return None


def comment(editor: _Editor) -> str | None:
    """A note among editors: no reader sees it."""
    for key, _ in editor.records("briefing", "place", "source"):
        file = editor.folder.file(key)
        editor.folder.write(file, file.read_bytes() + f"# Looked at on {editor.folder.day()}.\n".encode())
        return f"a comment in {key[1]}"
    return None


_HEADING = re.compile(r"^## ([A-Z][a-z ]*?)(?: \(edition \d+\))? \{#", re.MULTILINE)
_SETTINGS = (
    (re.compile(r"^(site_description: .*?)(?: Edition \d+\.)?$", re.MULTILINE), r"\1 Edition {}."),
    (re.compile(r"^(copyright: .*?)(?: Edition \d+\.)?$", re.MULTILINE), r"\1 Edition {}."),
    (re.compile(r"(Switch to dark mode)(?: \d+)?$", re.MULTILINE), r"\1 {}"),
    (re.compile(r"^(  - Data and feeds)(?: \d+)?: ", re.MULTILINE), r"\1 {}: "),
)
_FEATURE = "    - toc.follow\n"


def template(editor: _Editor) -> str | None:
    """Another heading on all pages of a kind."""
    name = editor.rng.choice(("place", "actor", "person", "source", "measure", "briefing_full"))
    file = editor.folder.folder / "site_templates" / "pages" / f"{name}.md.j2"
    text = file.read_text(encoding="utf-8")
    headings = list(_HEADING.finditer(text))
    if not headings:
        return None
    found, number = editor.rng.choice(headings), editor.number()
    text = f"{text[: found.start()]}## {found[1]} (edition {number}) {{#{text[found.end() :]}"
    editor.folder.write(file, text.encode())
    return f"{file.name}: the heading “{found[1]}” says edition {number}"


def setting(editor: _Editor) -> str | None:
    """Another setting of the site or the theme."""
    file = editor.folder.folder / "mkdocs.yml"
    text = file.read_text(encoding="utf-8")
    if editor.words.chance(0.25):
        changed = text.replace(_FEATURE, "") if _FEATURE in text else text.replace("  features:\n", f"  features:\n{_FEATURE}")
        told = f"{'with' if _FEATURE in changed else 'without'} toc.follow"
    else:
        pattern, put = editor.rng.choice(_SETTINGS)
        changed = pattern.sub(put.format(editor.number()), text, count=1)
        told = next((line.strip() for line in changed.splitlines() if line not in text.splitlines()), "")
    if changed == text:
        return None
    editor.folder.write(file, changed.encode())
    return f"mkdocs.yml: {told}"


def asset(editor: _Editor) -> str | None:
    """A rule more in a style sheet."""
    name = editor.rng.choice(("theme/assets/briefbook.css", "theme/assets/card.css", "html/light.css"))
    file = editor.folder.folder / "site_templates" / name
    number = editor.number()
    editor.folder.write(file, file.read_bytes() + f".edition-{number} {{ color: inherit; }}\n".encode())
    return f"{name}: a rule for edition {number}"


def hand_written(editor: _Editor) -> str | None:
    """A paragraph more on a page of ours."""
    file = editor.folder.folder / "content" / "about" / "index.md"
    editor.folder.write(file, file.read_bytes() + f"\n{editor.words.prose(20, 5, 5, 40)}\n".encode())
    return "a paragraph more in about/index.md"


def undo(editor: _Editor) -> str | None:
    """One of the last edits, taken back byte for byte."""
    return editor.folder.undo(editor.rng.randint(1, BACK))


_EDITS: dict[str, Callable[[_Editor], str | None]] = {
    edit.__name__: edit
    for edit in (
        change_figure, change_text, add_claim, add_sheet, add_source, delete_source, rename_title, rename_record, rename_claim, withdraw_claim,
        withdraw_sheet, withdraw_source, move_place, comment, template, setting, asset, hand_written, undo,
    )
}  # fmt: skip
_SHARES: dict[str, float] = {**dict.fromkeys(_EDITS, 1), "change_figure": 4, "change_text": 4, "add_claim": 2, "undo": 3}
