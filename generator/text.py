"""A file's bytes to text, and what no record's text should hold, whatever YAML makes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from .errors import Problem, quoted
from .mending import replaced

_BOMS = {b"\xff\xfe\x00\x00": "UTF-32", b"\x00\x00\xfe\xff": "UTF-32", b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
_REFUSED = re.compile(
    r"[^\t\n\r\x20-\x7e\xa0-\u2027\u202f-\u205f\u2065\u2070-\ud7ff\ue000-\U0010ffff]|[\u200b\u2060\ufeff\ufffe\uffff\U000e0000-\U000e007f]"
)
_CONFLICT_MARKS = ("<" * 7, ">" * 7, "|" * 7, "=" * 7)
_ODD_INDENT = re.compile(r"[ ]*(\t|[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000])")
_WHAT = {
    "\t": ("a tab", "use spaces"),
    "\0": ("a NUL character", "the file may be damaged, or not UTF-8"),
    "\x85": ("the line break NEL, U+0085", "use an ordinary line break"),
    "\u2028": ("the line break U+2028", "use an ordinary line break"),
    "\u2029": ("the paragraph break U+2029", "use a blank line"),
    "\u200b": ("an invisible zero-width space, U+200B", "delete it"),
    "\u2060": ("an invisible word joiner, U+2060", "delete it"),
    "\ufeff": ("an invisible byte-order mark, U+FEFF, inside the text", "delete it"),
}


def unseen(text: str) -> str:
    """The first character of a text that no reader could see, a tab included."""
    match = re.search(r"\t", text) or _REFUSED.search(text)
    return match[0] if match else ""


def what_is(char: str) -> tuple[str, str]:
    """A refused character by name, and what to do with it."""
    return _WHAT.get(char, (f"the invisible character U+{ord(char):04X}", "delete it"))


def other_encoding(raw: bytes) -> str:
    """What a file is in, if it begins as one in UTF-16 or UTF-32 does."""
    for bom, name in _BOMS.items():
        if raw.startswith(bom):
            return f"a file in {name}"
    return "what looks like UTF-16" if len(raw) > 3 and (raw[0] == 0) != (raw[1] == 0) else ""


def decode(path: str, raw: bytes) -> tuple[str | None, list[Problem]]:
    """The text of a file in UTF-8, with `\n` for every line break; or why it has none."""
    other = other_encoding(raw)
    if other:
        return None, [Problem(path, 1, 1, "", other, "UTF-8", "save it again as UTF-8")]
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = _with_line_breaks(raw[: error.start].decode("utf-8"))
        line, col = _line_col(before, len(before))
        found = f"the byte 0x{raw[error.start]:02X}, which is not UTF-8"
        return None, [Problem(path, line, col, "", found, "a file in UTF-8", "save it again as UTF-8")]
    return _with_line_breaks(text), []


def _with_line_breaks(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _line_col(text: str, offset: int) -> tuple[int, int]:
    before = text[:offset]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def suspicious_text(path: str, text: str) -> Iterator[Problem]:
    """Problems with characters and lines that no record should have."""
    for match in islice(_REFUSED.finditer(text), 20):
        line, col = _line_col(text, match.start())
        char = match[0]
        found, hint = what_is(char)
        fix = replaced(line, col, col + 1, "") if hint == "delete it" else None
        yield Problem(path, line, col, "", found, "visible text", hint, end=(line, col + 1), fix=fix)
    for number, line_text in enumerate(text.split("\n"), 1):
        if line_text.startswith(_CONFLICT_MARKS) and re.match(r"(<{7}|>{7}|\|{7})( |$)|={7}$", line_text):
            yield Problem(
                path, number, 1, "", f"the mark of a merge conflict, {quoted(line_text)}", "one version of the text",
                "choose between the two versions and delete the marks", end=(number, len(line_text) + 1),
            )  # fmt: skip
        indent = _ODD_INDENT.match(line_text)
        if indent and line_text.strip():
            odd = indent[1]
            name = "a tab" if odd == "\t" else f"U+{ord(odd):04X}, a space that YAML does not count,"
            # A space of another sort is as wide as an ordinary one; how deep a tab was meant to go, only its writer knows.
            lead = line_text[: len(line_text) - len(line_text.lstrip())]
            yield Problem(
                path, number, indent.end(), "", f"{name} in the indentation", "ordinary spaces", "replace it with spaces",
                end=(number, indent.end() + 1), fix=None if "\t" in lead else replaced(number, 1, len(lead) + 1, " " * len(lead)),
            )  # fmt: skip
