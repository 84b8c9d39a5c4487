"""Claims to look at again: a list for editors, a badge for readers, a warning, and never by the clock unless asked."""

from __future__ import annotations

from tests.projects import Project, told, words

FLOOD = "content/briefings/fable-flood.yaml"
LINE = f"2021-06-01  {FLOOD}:60: cl-moved-later: About 300 people left their homes."
BADGE = "due for review since 1 June 2021"


def test_the_list(project: Project) -> None:
    done = project.invoke("due")
    assert (done.returncode, done.stdout.splitlines()) == (0, [LINE])
    assert done.stderr == "1 claim to look at again.\n"
    assert project.invoke("due", "--by", "2021-06-01").stdout.splitlines() == [LINE]
    assert project.invoke("due", "--by", "2021-05-31").stdout == ""
    assert project.invoke("due", "--today").stdout.splitlines() == [LINE]


def test_a_warning_once_the_day_has_passed(project: Project) -> None:
    assert told(project.invoke("check", "--by", "2021-06-01")) == told(project.invoke("check"))
    for late in (["--by", "2021-06-02"], ["--today"]):
        done = project.invoke("check", *late)
        assert done.returncode == 0, "a warning stops nothing"
        assert told(done)[0].startswith(f"{FLOOD}:60:16: warning: claims[2].review_by: 1 June 2021, which has passed")


def test_what_is_no_day(project: Project) -> None:
    assert project.invoke("due", "--by", "soon").returncode == 2
    assert project.invoke("check", "--by", "2021-06-01", "--today").returncode == 2


def test_the_badge(project: Project) -> None:
    def sheet() -> str:
        project.build()
        return words(project.page("/briefings/fable-flood/"))

    assert BADGE not in sheet(), "no clock"
    settings = project.folder / "mkdocs.yml"
    asked = settings.read_text(encoding="utf-8")
    assert "- briefbook:" in asked
    for day, shows in (("2021-06-01", False), ("2021-06-02", True)):
        settings.write_text(asked.replace("- briefbook:", f"- briefbook:\n      review_day: {day}", 1), encoding="utf-8")
        assert (BADGE in sheet()) is shows, day


def test_a_setting_that_is_no_day(project: Project) -> None:
    settings = project.folder / "mkdocs.yml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("- briefbook:", "- briefbook:\n      review_day: soon", 1), encoding="utf-8"
    )
    done = project.invoke("build")
    assert done.returncode == 2
    assert "review_day" in done.stderr
