"""Texts made of others, by chance that is the same each time."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

ABOUT = 260
"""Longest of them, in characters: a line may have 300."""


def mutations(seed: int, texts: Sequence[str], count: int) -> list[str]:
    """So many texts: cut, doubled, coded, put into each other, into honest words and into marks of Markdown."""
    chance = Random(seed)
    return [_mutation(chance, texts)[:ABOUT] for _ in range(count)]


def _mutation(chance: Random, texts: Sequence[str]) -> str:
    one, other = chance.choice(texts), chance.choice(texts)
    at = chance.randrange(len(one) + 1)
    match chance.randrange(12):
        case 0:
            return one + other
        case 1:
            return f"{one} {other}"
        case 2:
            return one[:at] + other + one[at:]
        case 3:
            return one[:at] + one[at + 1 :] or other
        case 4:
            return one[:at] + other[chance.randrange(len(other) + 1) :]
        case 5:
            return "".join(f"&#{ord(char)};" if chance.random() < 0.3 else char for char in one)
        case 6:
            return "".join(f"&#x{ord(char):x}" if chance.random() < 0.2 else char for char in one)
        case 7:
            return one.swapcase()
        case 8:
            return chance.choice(
                ["*{}*", "**{}**", "_{}_", "`{}`", "[{}](https://evil.example/x)", "\\{}", "{}\\", '"{}', "'{}'", "<{}>", "({})", "{{{}}}"]
            ).format(one)
        case 9:
            return f"On Friday {one} was said of {other} there."
        case 10:
            return "".join(char + (chance.choice("\\`*_{}[]<>&|~^=#+!$\"':-\u00a0") if chance.random() < 0.1 else "") for char in one)
        case _:
            return one * chance.randrange(2, 5)
