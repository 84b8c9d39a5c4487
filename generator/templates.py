"""What a template can get wrong, as a problem that names its file and line."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import jinja2

from .errors import ContentError, Problem

_MISTAKES = (jinja2.TemplateError, ArithmeticError, AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError)
"""What a template can bring about."""


@contextmanager
def mistakes_told(folder: Path, template: str, writing: str) -> Iterator[None]:
    """Tell what goes wrong in a template where it stands.

    Args:
        folder: the templates' own folder, such as `site_templates/pages`.
        template: the one that is used.
        writing: what is written with it.

    Raises:
        ContentError: a template is missing or broken; the problem says where.
    """
    try:
        yield
    except jinja2.TemplateSyntaxError as error:
        name = error.name or template
        raise ContentError([_problem(folder, name, error.lineno, error.message or "broken")]) from error
    except jinja2.TemplateNotFound as error:
        line, name = _line_in_template(error, template)
        raise ContentError([_problem(folder, name, line, f"no template `{error.name}`")]) from error
    except _MISTAKES as error:
        line, name = _line_in_template(error, template)
        raise ContentError([_problem(folder, name, line, f"{error} (while writing {writing})")]) from error


def _problem(folder: Path, name: str, line: int, message: str) -> Problem:
    return Problem(f"{folder.parent.name}/{folder.name}/{name}", line, 1, "", message, "a template that Jinja can use")


def _line_in_template(error: BaseException, fallback: str) -> tuple[int, str]:
    """Where in a template an error arose: the innermost template frame of its traceback."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename.endswith(".j2"):
            return frame.lineno or 1, Path(frame.filename).name
    return 1, fallback
