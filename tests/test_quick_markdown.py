"""The same HTML as Python-Markdown makes without our extension, whatever it is given."""

import markdown
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown.treeprocessors import InlineProcessor

from generator.pipeline import Project, build_pages
from tests.projects import BASE, ROOT

EXTENSIONS = ["toc", "tables", "fenced_code", "attr_list", "md_in_html", "def_list"]
"""What MkDocs turns on by itself, and what mkdocs.yml does."""

WRITTEN = [
    "# Heading #\n\nText\n\nOther\n=====\n\nThird\n-----\n\n## Fourth {#id .class}",
    "a *b* **c** ***d*** _e_ __f__ snake_case *a **b** c*",
    "`code` ``co`de`` \\`no\\` \\* \\[x](y) &copy; &#34; & <b>x</b> <br> <!-- c -->",
    "[x](y) [x](y \"t\") [x](<a b>) [x](a(b)c) [x [y] z](w) [x](y 't') ![p](q) ![p](q \"t\") [*x*](y) [![p](q)](r) [x](\\*) [x]( y )",
    "[a][b] [b] [b][] ![b] ![p][b] [c][d]\n\n[b]: https://example.org \"Title\"",
    "[late] and [x](y)\n\n[late]: <https://example.org>\ntext after",
    "<https://example.org> <someone@example.org> a  \nb",
    "- a\n- b\n\n    c\n\n1. d\n2. e\n    - f\n\n* * *\n\n---\ntext\n___",
    "> quote\n> - list\n\ntext\n> lazy\n\n    code\n\n    more",
    "term\n: definition\n\n: another\n\ntext: no\n:   yes",
    "| a | b |\n|---|---|\n| c | `d|e` |\n\na | b\n--|--\nc | d\n\n| one |\n|-----|\n| x |",
    "text\n- - -\nmore\n# heading in a paragraph\nrest",
    '<div markdown="1">\n\n## In a block\n\n- x\n\n<details markdown="1">\n<summary>a *b*</summary>\n\ntext\n\n</details>\n\n</div>',
    '<div markdown="1">\n\n<figure class="bb-figure">\n<svg a="1"><text>x &amp; y</text><path d="M0 0"/></svg>\n</figure>\n\n</div>\n\n'
    '<figure class="bb-figure">\n<svg b="2"><title>t</title></svg>\n</figure>\n\ntext',
    '<pre class="bb-copy" data-copy="x">a &#34;b&#34; &#42;c&#42;</pre>\n\n<div markdown="1">\n\n<pre class="bb-copy">d &#60;e&#62;</pre>\n\n'
    '<pre><code tabindex="0">f&#10;g</code></pre>\n\n</div>\n\n<pre class="bb-copy">h</pre> i <pre>j *k*</pre>',
    "```\n<pre class=\"bb-copy\">a</pre>\n<figure class=\"bb-figure\">\n<svg b></svg>\n</figure>\n```",
    "[TOC]\n\n# A\n\n## B",
    "- x\n    {: .a }\n\n**w**{: .b .c } [l](m){: rel=\"n\" }\n{: #o }",
]  # fmt: skip

pieces = st.sampled_from(
    [*"\\`*_{}[]()<>#+-.!|~=&:;\"'x 1\n", "](", "[a]", "[a]: b\n", "![", "  \n", "\n\n", "    ", "- ", "1. ", "> ", ": ", "---\n", "===\n", "&#42;", "&lt;", "<b>", "</b>",
     "<div>", '<div markdown="1">\n', "</div>\n", "**", "__", "``", "| a | b |\n|--|--|\n", "# ", "{: .c }", "<!--", "https://", '<pre class="bb-copy">', "</pre>\n",
     '<figure class="bb-figure">\n', "<svg >", "</svg>\n", "</figure>\n"]
)  # fmt: skip


def both(text: str) -> tuple[str, str]:
    return markdown.markdown(text, extensions=EXTENSIONS), markdown.markdown(text, extensions=[*EXTENSIONS, "generator.quick_markdown"])


@pytest.mark.parametrize("text", WRITTEN)
def test_what_hands_write_is_the_same(text: str) -> None:
    usual, quick = both(text)
    assert quick == usual


@given(st.lists(pieces, max_size=40).map("".join))
@example('<pre class="bb-copy">a</pre> b <pre class="bb-copy">c</pre>')
def test_anything_is_the_same(text: str) -> None:
    usual, quick = both(text)
    assert quick == usual


def test_pages_are_the_same_also_one_after_the_other() -> None:
    pages = build_pages(Project(BASE, ROOT / "site_templates", "Name"))
    one, other = (markdown.Markdown(extensions=[*EXTENSIONS, *more]) for more in ([], ["generator.quick_markdown"]))
    for text in (page.text.partition("\n---\n")[2] for page in pages):
        assert other.reset().convert(text) == one.reset().convert(text)


def test_what_it_replaces_is_there() -> None:
    """Otherwise the HTML would stay the same, and the time be lost."""
    md = markdown.Markdown(extensions=EXTENSIONS)
    quick = markdown.Markdown(extensions=[*EXTENSIONS, "generator.quick_markdown"])
    for usual, ours in ((md.parser.blockprocessors, quick.parser.blockprocessors), (md.inlinePatterns, quick.inlinePatterns)):
        assert sorted(map(tuple, ours._priority)) == sorted(map(tuple, usual._priority))
    private = {name for name in vars(type(quick.treeprocessors["inline"])) if name.startswith("_InlineProcessor__")}
    assert private
    assert private | {"_InlineProcessor__applyPattern"} <= vars(InlineProcessor).keys()
