"""The pages' policy allows the theme's own scripts and nothing else, and what it would block stops a build."""

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest

from generator.policy import content_security_policy, faults, inline_scripts
from tests.projects import Project

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
    }
    found = {match and match[1] for match in policies}
    assert len(found) == 1
    policy = str(found.pop())
    home = (built.site / "index.html").read_text(encoding="utf-8")
    assert sorted(re.findall(r"'sha256-[^']+'", policy)) == sorted(map(digest, inline_scripts(home)))
    assert policy.count("sha256-") == 3


# --- what it blocks -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<script>other()</script>", "an inline script"),
        ("<SCRIPT>other()</SCRIPT>", "an inline script"),
        ("<script type='text/javascript'>other()</script>", "an inline script"),
        ("<script type=module>own()\n</script>", "an inline script"),
        ("<script type='importmap'>{}</script>", "an inline script"),
        ("<script>never closed", "an inline script"),
        ("<a href=/ onclick='x()'>y</a>", "a script in the attribute onclick"),
        ('<img src="x"onerror=x()>', "a script in the attribute onerror"),
        ("<svg/onload=x()></svg>", "a script in the attribute onload"),
        ("<a\nONCLICK\n=\nx()>y</a>", "a script in the attribute onclick"),
        ("<a href='javascript:x()'>y</a>", "a script in the attribute href"),
        ("<a href=' JavaScript:x()'>y</a>", "a script in the attribute href"),
        ("<p style=color:red>x</p>", "a style attribute"),
        ("<style>p{color:red}</style>", "the element <style>"),
        ("<iframe src=/x></iframe>", "the element <iframe>"),
        ("<base href=/x>", "the element <base>"),
        ("<img src=https://elsewhere.example/x.png alt=''>", "something loaded from another host"),
        ("<script src='//elsewhere.example/x.js'></script>", "something loaded from another host"),
        ("<link rel=stylesheet href=https://elsewhere.example/x.css>", "something loaded from another host"),
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
        '<img src="data:image/png;base64,AA//AA==" alt="">',
        '<span data-style="x" class="on">x</span>',
        "<!-- <script>x()</script> -->",
    ],
)
def test_words_are_not_taken_for_code(text: str) -> None:
    assert faults(PAGE.format(text), OWN) == ()


# --- a build ------------------------------------------------------------------------------------------


def test_a_hand_written_page_with_a_script_stops_the_build(project: Project) -> None:
    project.write("about/method.md", '# Method\n\nText.\n\n<p onclick="x()">a</p>\n\n<script>x()</script>\n')
    done = project.invoke("build")
    assert done.returncode == 1
    lines = done.stdout.splitlines()
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


def test_the_address_of_the_site_changes_the_scripts_hash_and_nothing_else(project: Project) -> None:
    settings = project.folder / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    seen = []
    for address in ("https://flood.example/", "https://flood.example/a/b/"):
        settings.write_text(text.replace("https://flood.example/facts/", address), encoding="utf-8")
        assert project.invoke("build").returncode == 0
        pages = [file.read_text(encoding="utf-8") for file in (project.site / "index.html", project.site / "places" / "index.html")]
        seen.append({inline_scripts(page) for page in pages})
    assert [len(scripts) for scripts in seen] == [1, 1]
    assert seen[0] != seen[1]


def test_the_policy_is_not_in_an_export(project: Project, tmp_path: Path) -> None:
    """There, nothing of ours runs, and the theme's scripts differ from page to page."""
    assert project.invoke("export", tmp_path / "out").returncode == 0
    assert "scope" not in (tmp_path / "out" / "mkdocs.yml").read_text(encoding="utf-8")
