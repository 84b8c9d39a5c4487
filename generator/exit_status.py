"""How a command ends that something went wrong with: what it says, and its exit status."""

from __future__ import annotations

import signal
import sqlite3
import sys
from typing import Any

import click

from .errors import BriefbookError, ContentError, UsageError
from .pipeline import BrokenContentError
from .terminal import tell

PROJECT = "briefbook.project"
"""Where a command remembers what it works on, for the report of what went wrong."""
MEMORY = "briefbook.memory"
"""The same of the folder with what builds remember."""


class Commands(click.Group):
    """Commands whose errors are told in lines. Their exit status is 1 for content, 2 for usage, and as shells have it for signals."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command, or say why it cannot be run."""
        try:
            return super().invoke(ctx)
        except ContentError as error:
            tell(ctx.meta[PROJECT], error.problems, error.records if isinstance(error, BrokenContentError) else None)
            ctx.exit(1)
        except UsageError as error:
            click.echo(f"briefbook: {error}", err=True)
            ctx.exit(2)
        except BriefbookError as error:
            click.echo(f"briefbook: {error}", err=True)
            ctx.exit(1)
        except sqlite3.Error as error:
            click.echo(f"briefbook: {ctx.meta[MEMORY]}: what builds remember cannot be kept: {error}", err=True)
            ctx.exit(1)
        except OSError as error:
            # A full disk or a missing right is no bug of ours: say which file, without a traceback.
            named = error.filename2 or error.filename  # of two, the one that was to be made
            where = f"{named}: " if named else ""
            click.echo(f"briefbook: {where}{error.strerror or error}", err=True)
            ctx.exit(1)
        except KeyboardInterrupt as interrupt:
            if sys.stderr.isatty():
                click.echo(err=True)  # ends the line with ^C
            click.echo("briefbook: interrupted", err=True)
            ctx.exit(128 + (interrupt.args[0] if interrupt.args else signal.SIGINT))
