"""An extension of Python-Markdown that changes nothing but the time it takes: the HTML is the same, byte for byte.

Python-Markdown asks each of its processors about each block and each text, one after the other, and most have no
business there. Here they are asked only where the one character stands that they look for.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import LinkInlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import InlineProcessor, UnescapeTreeprocessor
from markdown.util import STX, AtomicString

TAGS = 256
"""So many names of elements are remembered, with whether they make blocks: HTML has fewer."""


class QuickMarkdown(Extension):
    """To be named after all others."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Put our processors in the places of its own."""
        md.is_block_level = lru_cache(TAGS)(md.is_block_level)  # type: ignore[method-assign]  # it looks through a list
        md.preprocessors.register(_Verbatim(md), "verbatim", 22)  # after fenced code, before `html_block`, which reads it tag by tag
        for name, (priority, may_begin) in _BLOCKS.items():
            if name in md.parser.blockprocessors:
                asked = _AskedRarely(md.parser, md.parser.blockprocessors[name], may_begin)
                md.parser.blockprocessors.register(asked, name, priority)
        md.inlinePatterns.register(_Link(r"(?<!\!)\[", md), "link", 160)
        md.treeprocessors.register(_Inline(md), "inline", 20)
        md.treeprocessors.register(_Unescape(md), "unescape", 0)


def makeExtension(**settings: object) -> QuickMarkdown:  # noqa: N802 - as above
    """Make it, for those who name it in their settings."""
    return QuickMarkdown(**settings)


class _Verbatim(Preprocessor):
    """Takes the pictures and the texts to be copied out of the way: no Markdown is in them, and they are long."""

    _COPIED = re.compile(r'^(<pre class="bb-copy"[^<>]*>|<pre><code tabindex="0">)([^<>]+)(?=</)')

    def run(self, lines: list[str]) -> list[str]:
        store = self.md.htmlStash.store
        kept = []
        before = ""
        for line in lines:
            if line.startswith("<svg ") and before == '<figure class="bb-figure">' and line.endswith("</svg>"):
                kept.append(store(line))
            elif line.startswith("<pre"):
                kept.append(self._COPIED.sub(lambda found: found[1] + store(found[2]), line))
            else:
                kept.append(line)
            before = line
        return kept


def _begins(block: str, marks: str) -> bool:
    """Whether some line of a block may begin with a mark: its first does, or there are others."""
    return "\n" in block or block.lstrip(" ")[:1] in marks


_BLOCKS: dict[str, tuple[int, Callable[[str], bool]]] = {
    "markdown_block": (105, lambda block: block.startswith(STX)),
    "table": (75, lambda block: "|" in block),
    "hashheader": (70, lambda block: "#" in block),
    "setextheader": (60, lambda block: "\n=" in block or "\n-" in block),
    "hr": (50, lambda block: _begins(block, "-_*")),
    "deflist": (25, lambda block: ": " in block and _begins(block, ":")),
    "quote": (20, lambda block: ">" in block and _begins(block, ">")),
    "reference": (15, lambda block: "]:" in block),
}
"""Python-Markdown's processors of blocks: the priority of each, and which blocks it could take."""


class _AskedRarely(BlockProcessor):
    """A processor of blocks that is asked only about those that it could take."""

    def __init__(self, parser: BlockParser, asked: BlockProcessor, may_begin: Callable[[str], bool]) -> None:
        super().__init__(parser)
        self._asked, self._may_begin = asked, may_begin

    def test(self, parent: Element, block: str) -> bool:
        return self._may_begin(block) and self._asked.test(parent, block)

    def run(self, parent: Element, blocks: list[str]) -> bool | None:
        return self._asked.run(parent, blocks)


_MARKS = {
    "backtick": "`",
    "escape": "\\",
    "reference": "[",
    "link": "](",
    "image_link": "![",
    "image_reference": "![",
    "short_reference": "[",
    "short_image_ref": "![",
    "autolink": "<",
    "automail": "<",
    "linebreak": "  \n",
    "html": "<",
    "entity": "&",
}
"""What stands in each text in which an inline pattern finds something. A pattern that is not named here may find it anywhere."""
_REFERENCES = {name for name in _MARKS if "ref" in name}
"""They find only what the page has defined."""
_EMPHASIS = "em_strong"
"""It looks for two characters."""
_ANY_MARK = re.compile(r"[`\\\[<&*_]|  \n")


class _Inline(InlineProcessor):
    """Applies the inline patterns, each only to texts with its mark."""

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        patterns = self.inlinePatterns
        names = {patterns.get_index_for_name(name): name for name in (*_MARKS, _EMPHASIS) if name in patterns}
        defined = bool(self.md.references)
        self._steps = [
            (number, pattern, _MARKS.get(names.get(number, ""), ""))
            for number, pattern in enumerate(patterns)
            if defined or names.get(number) not in _REFERENCES
        ]
        self._any_mark = _ANY_MARK if len(names) == len(patterns) else re.compile("")
        return super().run(tree, ancestors)

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803 - replaces a private method
        """Apply the patterns from this number on. Should Python-Markdown rename its method, only the time is lost."""
        if isinstance(data, AtomicString) or not self._any_mark.search(data):
            return data
        for number, pattern, mark in self._steps:
            if number >= patternIndex and mark in data:
                start, found = 0, True
                while found:
                    data, found, start = self._InlineProcessor__applyPattern(pattern, data, number, start)  # type: ignore[attr-defined]  # it is private
        return data


class _Link(LinkInlineProcessor):
    """Reads the common link at once, without brackets inside, title or blanks; Python-Markdown goes letter by letter."""

    _COMMON = re.compile(rf"([^\[\]]*)\]\(([^\s()<>\"'\\{STX}]*)\)")

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | str | None, int | None, int | None]:  # type: ignore[override]  # noqa: N802 - as Python-Markdown has it
        common = self._COMMON.match(data, m.end())
        if not common:
            return super().handleMatch(m, data)
        link = Element("a")
        link.text = common[1]
        link.set("href", common[2])
        return link, m.start(), common.end()


class _Unescape(UnescapeTreeprocessor):
    """Puts back what was escaped, where something was."""

    def unescape(self, text: str) -> str:
        return super().unescape(text) if STX in text else text
