"""The pages' policy allows the theme's own scripts and nothing else, and what it would block stops a build."""

import os
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.policy import Fault, allowing, content_security_policy, faults, inline_scripts
from tests.projects import Project, told

PAGE = '<!doctype html>\n<title>x</title>\n<script>own()</script>\n<script src="a.js" type="module"></script>\n<p>{}</p>\n'
OWN = ("own()",)


def digest(script: str) -> str:
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


# --- the policy ---------------------------------------------------------------------------------------


def test_only_what_the_theme_runs_is_allowed_inline() -> None:
    html = '<script>a("<b>")</script><script src="x.js">no</script><script type="application/json">{}</script><script type=module>b()\n</script>'
    assert inline_scripts(html) == ('a("<b>")', "b()\n")
    policy = content_security_policy(inline_scripts(html))
    assert set(re.findall(r"'sha256-[^']+'", policy)) == {digest('a("<b>")'), digest("b()\n")}
    assert "unsafe-inline" not in policy
    assert '"' not in policy


def test_every_page_has_the_same_policy_with_three_scripts_of_the_theme(built: Project) -> None:
    policies = {
        re.search(
            r'<head>\s*<meta charset="utf-8">\s*<meta http-equiv="Content-Security-Policy" content="([^"]+)">', file.read_text("utf-8")
        )
        for file in built.site.rglob("*.html")
        # These stand without the theme, and run nothing.
        if file.relative_to(built.site).parts[0] not in ("embed", "light")
    }
    found = {match and match[1] for match in policies}
    assert len(found) == 1
    policy = str(found.pop())
    home = (built.site / "index.html").read_text(encoding="utf-8")
    assert sorted(re.findall(r"'sha256-[^']+'", policy)) == sorted(map(digest, inline_scripts(home)))
    assert policy.count("sha256-") == 3


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("default-src 'none'; script-src 'self'; connect-src 'self'", "default-src 'none'; script-src 'self' {}; connect-src 'self'"),
        ("default-src 'none'; style-src 'x'", "default-src 'none'; style-src 'x'; script-src {}; connect-src 'self'"),
        ("script-src 'none'; base-uri 'none'", "script-src {}; base-uri 'none'; connect-src 'self'"),
        ("script-src {};  upgrade-insecure-requests ;", "script-src {}; upgrade-insecure-requests; connect-src 'self'"),
    ],
)
def test_one_script_more(before: str, after: str) -> None:
    assert allowing("own()", before.format(digest("own()"))) == after.format(digest("own()"))


# --- what it blocks -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<script>other()</script>", "an inline script"),
        ("<SCRIPT>other()</SCRIPT>", "an inline script"),
        ("<script type='text/javascript'>other()</script>", "an inline script"),
        ("<script type=module>own()\n</script>", "an inline script"),
        ('<script type="application/javascript">other()</script>', "an inline script"),
        ("<script type='importmap'>{}</script>", "an inline script"),
        ("<script>never closed", "an inline script"),
        ("<a href=/ onclick='x()'>y</a>", "a script in the attribute onclick"),
        ('<img src="x"onerror=x()>', "a script in the attribute onerror"),
        ("<svg/onload=x()></svg>", "a script in the attribute onload"),
        ("<a\nONCLICK\n=\nx()>y</a>", "a script in the attribute onclick"),
        ("<p onclick>x</p>", "a script in the attribute onclick"),
        ('<p title="a > b" onclick="a < b">x</p>', "a script in the attribute onclick"),
        ("<a href='javascript:x()'>y</a>", "a script in the attribute href"),
        ("<a href=' JavaScript:x()'>y</a>", "a script in the attribute href"),
        ('<a href="java&#115;cript:x()">y</a>', "a script in the attribute href"),
        ('<a href="java&Tab;script:x()">y</a>', "a script in the attribute href"),
        ("<button formaction=javascript:x()>y</button>", "a script in the attribute formaction"),
        ("<p style=color:red>x</p>", "a style attribute"),
        ("<style>p{color:red}</style>", "the element <style>"),
        ("<iframe src=/x></iframe>", "the element <iframe>"),
        ("<base href=/x>", "the element <base>"),
        ("<img src=https://elsewhere.example/x.png alt=''>", "something loaded from another host"),
        ("<script src='//elsewhere.example/x.js'></script>", "something loaded from another host"),
        ("<link rel=stylesheet href=https://elsewhere.example/x.css>", "something loaded from another host"),
        ("<link rel='alternate stylesheet' href=//elsewhere.example/x.css>", "something loaded from another host"),
        ('<link rel="icon" href="https://elsewhere.example/x.png">', "something loaded from another host"),
        ('<link rel="manifest" href="https://elsewhere.example/x.json">', "something loaded from another host"),
        ('<link rel="preload" as="image" imagesrcset="https://elsewhere.example/x.png 2x">', "something loaded from another host"),
        ('<img src="x.png" srcset="x.png 1x,https://elsewhere.example/x.png 2x" alt="">', "something loaded from another host"),
        ('<source srcset="x.png, //elsewhere.example/x.png">', "something loaded from another host"),
        ('<video poster="https://elsewhere.example/x.png"></video>', "something loaded from another host"),
        ('<td background="https://elsewhere.example/x.png">', "something loaded from another host"),
        ('<svg-x filter="url( &quot;https://elsewhere.example/x.svg#a&quot;)"/>', "something loaded from another host"),
        ('<image href="https://elsewhere.example/x.png"/>', "something loaded from another host"),
        ('<use xlink:href="https://elsewhere.example/x.svg#a"/>', "something loaded from another host"),
        (r'<img src="\\elsewhere.example/x.png" alt="">', "something loaded from another host"),
        (r'<img src="/\elsewhere.example/x.png" alt="">', "something loaded from another host"),
        ('<img src="/&#9;/elsewhere.example/x.png" alt="">', "something loaded from another host"),
        ('<img src="http:elsewhere.example/x.png" alt="">', "something loaded from another host"),
        ('<form action="https://elsewhere.example/"></form>', "something sent to another host"),
        ('<a href="x" ping="x https://elsewhere.example/">y</a>', "something sent to another host"),
        ('<a href="x" attributionsrc="https://elsewhere.example/">y</a>', "something sent to another host"),
        ('<link rel="prerender" href="https://elsewhere.example/">', "something loaded from another host"),
        ('<meta http-equiv="refresh" content="0;url=https://elsewhere.example/">', "something that leads to another host by itself"),
        ("<META HTTP-EQUIV=Refresh content=' 5 ; URL = \"//elsewhere.example/\"'>", "something that leads to another host by itself"),
        ("<script src=data:,x()></script>", "data in place of a file"),
        ('<audio src="data:audio/wav;base64,AA=="></audio>', "data in place of a file"),
        ('<use href="data:image/svg+xml,x#a"/>', "data in place of a file"),
    ],
)
def test_a_page_with_something_blocked_is_told(html: str, found: str) -> None:
    (fault,) = faults(PAGE.format(html), OWN)
    assert (fault.found, fault.line) == (found, 5)
    assert html.startswith(fault.tag)


@pytest.mark.parametrize(
    "text",
    [
        "&lt;script&gt;x()&lt;/script&gt; and &lt;p style=x onclick=y&gt;",
        "x on = y, a style = z, and onward=",
        "the scheme javascript: is a word here",
        '<a href="https://elsewhere.example/">a link is no request</a>',
        '<script type="application/ld+json">{"a": "<p style=x>"}</script>',
        '<link rel="alternate" href="https://elsewhere.example/feed">',
        '<link rel="icon" href="data:,"><link rel="manifest" href="x.json">',
        '<img src="data:image/png;base64,AA//AA==" alt="">',
        '<img src="x.png" srcset="x.png 1x, data:image/png;base64,AA//AA== 2x" alt=""><video poster="data:,"></video>',
        '<image href="data:image/png;base64,AA//AA=="/><use href="x.svg#a" filter="url(#b)"/>',
        '<img src="/x:y//z.png" alt=""><form action="search/?at=https://elsewhere.example/"></form>',
        '<span data-style="x" class="on">x</span>',
        '<meta http-equiv="refresh" content="0; url=../new/"><meta http-equiv="refresh" content="300"><link rel="canonical" href="https://a.example/">',
        '<meta http-equiv="Content-Security-Policy" content="connect-src https://elsewhere.example"><meta name="x" content="0;url=//elsewhere.example">',
        "<!-- <script>x()</script> -->",
    ],
)
def test_words_are_not_taken_for_code(text: str) -> None:
    assert faults(PAGE.format(text), OWN) == ()


TAGS = [
    "a", "area", "audio", "base", "button", "feimage", "form", "html", "iframe", "image", "img", "input", "link", "meta", "object", "p",
    "script", "source", "style", "svg", "use", "video", "x-y", "script-x", "LINK", "Script", "sTyle", 'link rel="canonical"',
    'link rel="icon"', 'link rel="alternate"', 'script type="application/json"', 'script type="application/ld+json"',
    'script id="x"', 'meta http-equiv="refresh"', 'meta http-equiv="Content-Security-Policy"',
]  # fmt: skip
ATTRIBUTES = [
    "action", "attributionsrc", "background", "class", "content", "http-equiv", "data-x", "filter", "formaction", "hidden", "href", "id", "imagesrcset", "mask", "on", "onclick",
    "ping", "poster", "rel", "src", "srcset", "style", "title", "type", "xlink:href", "HREF", "onLoad", "Src", "STYLE",
]  # fmt: skip
VALUES = [
    "x", "x/y#z", "../x.png", "/x", "/", "//e.example/x", "///e.example", "/&#9;/e.example", r"\\e.example", r"/\e.example", "x:y", "/x:y",
    "https://e.example/", "https:e.example", "data:,x", "data:image/png,x", "javascript:x()", "java&#115;cript:x()", "&#106;avascript:x",
    "#a", "?a", "url(#a)", "url(//e.example)", "a 1x,//e.example 2x", "mailto:a@e.example", "application/json", "application/javascript",
    "module", "icon", "alternate stylesheet", "a > b", "a < b", "<p onclick=x>", "<script>", "<!--", "-->", "it's", "", " javascript:x",
    "\n//e.example", "refresh", "0;url=//e.example",
]  # fmt: skip


def _seen_in_full(html: str) -> tuple[Fault, ...]:
    """Most pages are passed at a glance, but not one that begins with a fault."""
    return faults(f"<base>{html}", ())[1:]


def test_no_plain_tag_with_a_fault_is_passed_at_a_glance() -> None:
    tags = (f'<{tag} {attribute}="{value}">' for tag in TAGS for attribute in ATTRIBUTES for value in VALUES)
    assert [html for html in tags if faults(html, ()) != _seen_in_full(html)] == []


@st.composite
def _markup(draw: st.DrawFn) -> str:
    """Tags as people, machines and intruders write them."""
    parts = []
    for _ in range(draw(st.integers(1, 2))):
        parts.append(f"<{draw(st.sampled_from(TAGS))}")
        for _ in range(draw(st.integers(0, 2))):
            parts.append(draw(st.sampled_from([" ", " ", " ", "\n", "\t", "/", "", "  "])) + draw(st.sampled_from(ATTRIBUTES)))
            if draw(st.integers(0, 4)):
                parts.append(draw(st.sampled_from(["=", "=", "=", " = ", "==", "=\n"])))
                parts.append(
                    draw(st.sampled_from(['"{}"', '"{}"', '"{}"', "'{}'", "{}", '"{}', "{}'", '{}"'])).format(draw(st.sampled_from(VALUES)))
                )
        parts.append(draw(st.sampled_from([">", ">", ">", "/>", " />", "\n>", "", "></script>", "><!--", "-->"])))
    return "".join(parts)


@settings(max_examples=500)
@given(_markup())
def test_nor_is_any_other_writing_of_one(html: str) -> None:
    assert faults(html, ()) == _seen_in_full(html)


# --- a build ------------------------------------------------------------------------------------------


def test_a_hand_written_page_with_a_script_stops_the_build(project: Project) -> None:
    project.write("about/method.md", '# Method\n\nText.\n\n<p onclick="x()">a</p>\n\n<script>x()</script>\n')
    done = project.invoke("build")
    assert done.returncode == 1
    lines = told(done)
    assert [line.partition(";")[0] for line in lines] == [
        'content/about/method.md:5:1: a script in the attribute onclick in `<p onclick="x()">`',
        "content/about/method.md:7:1: an inline script in `<script>`",
    ]
    assert not project.site.exists()


def test_a_script_out_of_a_record_is_not_blessed(project: Project) -> None:
    """A template that forgets to escape is the way in; the script must not come under the theme's hashes."""
    template = project.templates / "place.md.j2"
    template.write_text(template.read_text(encoding="utf-8") + "\n{{ '<script>stolen()</script>' | safe }}\n", encoding="utf-8")
    done = project.invoke("build")
    assert done.returncode == 1
    assert re.search(
        r"^content/places/[\w-]+\.yaml:1:1: an inline script in `<script>`, line \d+ of the page places/", done.stdout, re.MULTILINE
    )


def test_a_fault_of_the_theme_is_told_once(project: Project) -> None:
    header = project.folder / "site_templates" / "theme" / "partials" / "header.html"
    header.write_text(header.read_text(encoding="utf-8") + '<p style="color: red">x</p>', encoding="utf-8")
    done = project.invoke("build")
    assert done.returncode == 1
    assert done.stdout.startswith('site_templates/theme:1:1: a style attribute in `<p style="color: red">`;')
    assert done.stdout.count("\n") == 1


def test_a_theme_outside_the_project_is_named_from_there(project: Project, tmp_path: Path) -> None:
    theme = (project.folder / "site_templates" / "theme").rename(tmp_path / "shared")
    config = project.folder / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8").replace("site_templates/theme", os.fspath(theme)), encoding="utf-8")
    header = theme / "partials" / "header.html"
    header.write_text(header.read_text(encoding="utf-8") + "<p onclick=x()>x</p>", encoding="utf-8")
    done = project.invoke("build")
    assert done.returncode == 1
    expected = Path(os.path.relpath(theme, project.folder)).as_posix()
    assert done.stdout.startswith(f"{expected}:1:1: a script in the attribute onclick in `<p onclick=x()>`;")
    assert expected.startswith("../")


def test_a_fault_of_the_bare_theme_is_told_where_the_theme_is_chosen(project: Project) -> None:
    config = project.folder / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    for line in ("  custom_dir: site_templates/theme\n", "  font: false\n"):
        assert line in text
        text = text.replace(line, "")
    config.write_text(text, encoding="utf-8")
    done = project.invoke("build")
    assert done.returncode == 1
    assert all(line.startswith("mkdocs.yml:1:1: ") and " of the theme material;" in line for line in done.stdout.splitlines())
    assert "something loaded from another host in `<link" in done.stdout


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs"])
def test_a_theme_that_cannot_show_the_pages_is_refused(project: Project, tmp_path: Path, theme: str) -> None:
    config = project.folder / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8").replace("name: material", f"name: {theme}"), encoding="utf-8")
    done = project.invoke("build")
    assert done.returncode == 2
    assert done.stderr.startswith(f"briefbook: mkdocs.yml: the theme `{theme}` cannot show these pages, which are made for `material`;")
    assert not project.site.exists()
    # What the message says instead.
    assert project.invoke("export", tmp_path / "out").returncode == 0
    assert f"name: {theme}" in (tmp_path / "out" / "mkdocs.yml").read_text(encoding="utf-8")


def test_the_address_of_the_site_changes_the_scripts_hash_and_nothing_else(project: Project) -> None:
    config = project.folder / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    seen = []
    for address in ("https://flood.example/", "https://flood.example/a/b/"):
        config.write_text(text.replace("https://flood.example/facts/", address), encoding="utf-8")
        assert project.invoke("build").returncode == 0
        pages = [file.read_text(encoding="utf-8") for file in (project.site / "index.html", project.site / "places" / "index.html")]
        seen.append({inline_scripts(page) for page in pages})
    assert [len(scripts) for scripts in seen] == [1, 1]
    assert seen[0] != seen[1]


def test_the_policy_is_not_in_an_export(project: Project, tmp_path: Path) -> None:
    """There, nothing of ours runs, and the theme's scripts differ from page to page."""
    assert project.invoke("export", tmp_path / "out").returncode == 0
    assert "scope" not in (tmp_path / "out" / "mkdocs.yml").read_text(encoding="utf-8")
