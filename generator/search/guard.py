"""Words that the second index must know of though none of its pages has them.

When no word of an index begins with what is asked for, Pagefind takes the longest word that it begins with: who asks
for `fighters` gets `fight`; and when there is none either, it leaves out what was asked for. In a small index that happens
all the time. So the second one gets every word of the first, on no page, and the search page is told which words only the
second one has.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from pathlib import Path

from .files import as_json
from .form import CHUNKS, read, write

Words = Mapping[str, Sequence[str]]
"""By language."""

PER_FILE = 2000


def add_words(index: Path, words: Words) -> list[str]:
    """Put words on no page into an index. Returns those of its own with which no word of the others begins."""
    entry_file = index / "pagefind-entry.json"
    entry = json.loads(entry_file.read_bytes())
    new: set[str] = set()
    for tag, language in entry["languages"].items():
        contents_file = index / f"pagefind.{language['hash']}.pf_meta"
        contents = read(contents_file)
        files = [index / "index" / f"{name}.pf_index" for _, _, name in contents[CHUNKS]]
        known = {word[0]: word for file in files for word in read(file)[0]}
        others = words.get(tag, ())
        new |= {word for word in known if not _begins(others, word)}
        whole = [word for _, word in sorted(({word: [word, [], []] for word in others} | known).items())]
        for old in (contents_file, *files):
            old.unlink()
        parts = [whole[start : start + PER_FILE] for start in range(0, len(whole), PER_FILE)]
        contents[CHUNKS] = [[part[0][0], part[-1][0], write(index / "index", f"{tag}_", ".pf_index", [part])] for part in parts]
        language["hash"] = write(index, f"pagefind.{tag}_", ".pf_meta", contents)
    entry_file.write_bytes(as_json(entry))
    return sorted(new)


def _begins(words: Sequence[str], beginning: str) -> bool:
    """Whether one of some sorted words begins so."""
    place = bisect_left(words, beginning)
    return place < len(words) and words[place].startswith(beginning)
