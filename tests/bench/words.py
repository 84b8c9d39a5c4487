"""A made-up language: words that can be spoken, drawn as in a real one.

What a search costs hangs on how words are spread over pages. In a text of any language the second word comes half as
often as the first, the third a third as often (Zipf's law), and most words are rare. Twenty thousand words are about
what a newspaper uses.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate
from random import Random

SIZE = 20_000
_ONSETS = (
    "",
    "b",
    "br",
    "d",
    "dr",
    "f",
    "g",
    "gr",
    "h",
    "j",
    "k",
    "kl",
    "l",
    "m",
    "n",
    "p",
    "pr",
    "r",
    "s",
    "sh",
    "st",
    "t",
    "tr",
    "v",
    "z",
)
_VOWELS = ("a", "e", "i", "o", "u", "ai", "ea", "ou")
_CODAS = ("", "", "", "l", "m", "n", "nd", "r", "rt", "s", "st", "t")


class Words:
    """Draws words, sentences and names. The same seed gives the same ones, in the order of the calls."""

    def __init__(self, rng: Random, size: int = SIZE) -> None:
        self.rng = rng
        self._words = _vocabulary(rng, size)
        self._weights = list(accumulate(1 / rank for rank in range(1, size + 1)))
        self._rarer = self._words[200:]
        self._names: set[str] = set()

    def draw(self, count: int) -> list[str]:
        """Words as they come in running text."""
        return self.rng.choices(self._words, cum_weights=self._weights, k=count)

    def ranked(self, rank: int) -> str:
        """The word that is so many words down from the most frequent one."""
        return self._words[rank]

    def count(self, mean: float, spread: float, least: int, most: int) -> int:
        """A number of words, as spread as was measured."""
        return min(most, max(least, round(self.rng.gauss(mean, spread))))

    def line(self, mean: float, spread: float, least: int, most: int, *names: str) -> str:
        """Words without a full stop, with these names among them: a headline, an office, a question."""
        words = self.draw(self.count(mean, spread, least, most))
        for name in names:
            words[self.rng.randrange(len(words))] = name
        return _capital(" ".join(words))

    def prose(self, mean: float, spread: float, least: int, most: int, *names: str) -> str:
        """The same in sentences of a dozen words or so, with commas and the quotes of printed text."""
        words = self.draw(self.count(mean, spread, least, most))
        for name in names:
            words[self.rng.randrange(len(words))] = name
        for start in range(0, len(words), 13):
            words[start] = _capital(words[start])
            end = min(start + 12, len(words) - 1)
            words[end] += "."
            if end - start > 7:
                mark = self.rng.randrange(12)
                words[start + 4] = f"“{words[start + 4]}”" if mark == 0 else f"{words[start + 4]}{'’s' if mark == 1 else ','}"
        return " ".join(words)

    def name(self, parts: int = 1) -> str:
        """A name that nothing else has: words of any rank, each with a capital."""
        while True:
            name = " ".join(map(_capital, self.rng.choices(self._rarer, k=parts)))
            if name.casefold() not in self._names:
                self._names.add(name.casefold())
                return name

    def chance(self, share: float) -> bool:
        """Whether something that so large a share has is there."""
        return self.rng.random() < share

    def pick(self, shares: Mapping[str, float]) -> str:
        """One of these, as often as its share."""
        return self.rng.choices(list(shares), weights=list(shares.values()))[0]


def _vocabulary(rng: Random, size: int) -> list[str]:
    """Different words, the most frequent first: those tend to be short."""
    found: dict[str, float] = {}
    while len(found) < size:
        syllables = rng.choices((1, 2, 3), weights=(1, 8, 9))[0]
        word = "".join(rng.choice(_ONSETS) + rng.choice(_VOWELS) + rng.choice(_CODAS) for _ in range(syllables))
        if len(word) > 1:
            found.setdefault(word, len(word) + rng.random() * 6)
    return sorted(found, key=found.__getitem__)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


class Skewed:
    """Draws things of which a few come up very often: by Zipf's law, with the head cut off a little (Mandelbrot)."""

    HEAD = 10

    def __init__(self, rng: Random, things: list[str]) -> None:
        self._rng, self._things = rng, things
        self._weights = list(accumulate(1 / (rank + self.HEAD) for rank in range(1, len(things) + 1)))

    def some(self, count: int) -> list[str]:
        """So many different ones, or all there are."""
        found: dict[str, None] = {}
        while len(found) < min(count, len(self._things)):
            found.update(dict.fromkeys(self._rng.choices(self._things, cum_weights=self._weights, k=count)))
        return list(found)[:count]
