"""Files of a size that take long to read, for readers that look at the same thing again and again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from generator.records import Kind

HEAD = "title: T\nlabel: update\npublished: 2021-05-04\nas_of: 2021-05-06\ncovers: 2021-05-04\nanswer: A.\n"


@dataclass(frozen=True)
class Bomb:
    """A file's beginning, what is repeated after it (`#` counts), and its end."""

    head: str
    again: str
    end: str = ""
    kind: Kind = "briefing"
    most: int = 10**9

    def of_size(self, size: int) -> bytes:
        """The file, no larger than so many bytes."""
        count = min(self.most, (size - len(self.head.encode()) - len(self.end.encode())) // len(self.again.replace("#", "123456").encode()))
        again = "".join(self.again.replace("#", str(number)) for number in range(count)) if "#" in self.again else self.again * count
        made = (self.head + again + self.end).encode()
        assert len(made) <= size
        return made


CLAIM = "- {id: c#, text: It rained., said_by: [fable-rescue], said_on: 2021-05-04, sources: [rescue-release], status: reported"
PICKED = f"{HEAD}highlights: [c0]\nclaims:\n{CLAIM.replace('#', '0')}}}\n"
VALUES = 95_000
"""As many values as a file may have, nearly."""

BOMBS: dict[str, Bomb] = {
    # What one character can do.
    **{f"only {mark!r}": Bomb("", mark) for mark in ["[", "{", '"', "'", "'''", "- ", "? ", "\x23", ": ", "\t", "&a ", "*a ", "%", "! ", "\n", " ", "\0", "\u200b", "\\", "x", "<<<<<<<\n", "\tx\n", "\u00a0x\n"]},
    **{f"a text of {mark!r}": Bomb("title: ", mark) for mark in ["[", "{", '"', "'", "- ", ": ", " \x23", "\n", " ", "x", "\u0301\u0327", "---\n"]},
    # What is looked for again and again.
    "spaces before the end of a text": Bomb("title: a: b", " ", "c\n"),
    "spaces in a date": Bomb("covers: 'a", " ", "b'\n"),
    "marks in an id": Bomb("related: ['", "\u0301\u0327", "']\n"),
    "directives": Bomb("", "%TAG !a#! b\n", "---\na: b\n"),
    "directives behind a record": Bomb("a: b\n", "%TAG !a#! b\n", "---\na: b\n"),
    "codes on one line": Bomb("a: [", '"\\t",', "]\n", most=VALUES),
    "codes on many lines": Bomb("a:\n", '- "\\t"\n', most=VALUES),
    "dashes joined to a text": Bomb("a:\n  title: x\n", "    - b\n"),
    "slips joined to a text": Bomb("a:\n  title: x\n", "    a:b\n"),
    "text cut off": Bomb("", "a#: b \x23c\n\n", most=VALUES // 2),
    # Many problems.
    "the same field": Bomb("", "a: b\n", most=VALUES // 2),
    "unknown fields": Bomb("", "summa#: v\n", most=VALUES // 2),
    "unknown fields on one line": Bomb("{", "summa#: v, ", "}", most=VALUES // 2),
    "ids that are none": Bomb(f"{HEAD}highlights: [", "A b,", "]\n", most=VALUES),
    "lists for groups": Bomb(f"{HEAD}claims: [", "[],", "]\n", most=VALUES),
    "groups without fields": Bomb(f"{HEAD}claims:\n", "- {id: a}\n", most=VALUES // 3),
    "more values than there may be": Bomb("a: [", "b,", "]\n"),
    # Records that can be read, with much to be held against much.
    "claims": Bomb(f"{HEAD}highlights: [c0]\nclaims:\n", f"{CLAIM}}}\n", most=VALUES // 16),
    "claims of one id": Bomb(f"{HEAD}highlights: [c0]\nclaims:\n", f"{CLAIM.replace('#', '0')}}}\n", most=VALUES // 16),
    "claims that dispute one": Bomb(f"{PICKED[:-2]}, disputes: [{'c1,' * 20_000}]}}\n", f"{CLAIM}#, disputes: [c0]}}\n", most=4_000),
    "claims that supersede in a circle": Bomb(f"{HEAD}highlights: [c0]\nclaims:\n", f"{CLAIM}, supersedes: [c0]}}\n", most=VALUES // 20),
    "claims that dispute what there is not": Bomb(f"{HEAD}highlights: [c0]\nclaims:\n", f"{CLAIM}, disputes: [x#]}}\n", most=VALUES // 20),
    "references of a broken sheet": Bomb(f"{HEAD}highlights: [{'c0, x0, ' * 10_000}]\nclaims:\n", f"{CLAIM}}}\n", most=4_000),
    "related sheets": Bomb(f"{PICKED}related: [", "b#,", "]\n", most=VALUES),
    "events of others": Bomb(f"{PICKED}other_events: [", "b#c#,", "]\n", most=VALUES),
    "former ids": Bomb(f"{PICKED}formerly: [", "b#,", "]\n", most=VALUES),
    "one former id": Bomb(f"{PICKED}formerly: [", "b,", "]\n", most=VALUES),
    "entries": Bomb(f"{PICKED}updates:\n", "- {at: 2021-05-04, kind: update, note: x, changes: []}\n", most=VALUES // 11),
    # Prose as long as it may be.
    **{
        f"prose of {mark!r}": Bomb(f"{HEAD}highlights: [c0]\nclaims:\n", f"{CLAIM.replace('It rained.', repr(mark * (9_900 // len(mark))))}}}\n")
        for mark in ["[", "[](", "[a](", "*a **", "_a __", "]( ", "![", "[a](<", "[a](https://x.example) ", "[a](place:upper-example) ", "*"]
    },
}  # fmt: skip


def nested(depth: int) -> dict[str, Callable[[], str]]:
    """Files as deep as that."""
    return {
        "lists in brackets": lambda: "title: " + "[" * depth + "]" * depth,
        "groups in brackets": lambda: "title: " + "{a: " * depth + "}" * depth,
        "lists": lambda: "- " * depth,
        "names": lambda: "? " * depth,
        "indentation": lambda: "".join(" " * number + "a:\n" for number in range(min(depth, 1_900))),
        "aliases": lambda: (
            "a0: &a0 [x]\n" + "".join(f"a{number}: &a{number} [*a{number - 1}, *a{number - 1}]\n" for number in range(1, depth))
        ),
    }
