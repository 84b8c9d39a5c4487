"""Templates compiled once for all builds."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket

from .hashing import digest


class Compiled(jinja2.BytecodeCache):
    """A folder of compiled templates. Python runs them as they are, so that one that is not as it was left must not be taken."""

    def __init__(self, folder: Path) -> None:
        """Take the folder."""
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read a template."""
        with contextlib.suppress(OSError):
            seal, _, code = self._file(bucket).read_bytes().partition(b"\n")
            if seal == _seal(bucket, code):
                bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write a template, or not: the next build can do that too."""
        code, file = bucket.bytecode_to_string(), self._file(bucket)
        aside = file.with_name(f"{file.name}-{os.getpid()}")
        try:
            aside.write_bytes(_seal(bucket, code) + b"\n" + code)
            aside.replace(file)
        except OSError:
            with contextlib.suppress(OSError):
                aside.unlink()

    def _file(self, bucket: Bucket) -> Path:
        return self._folder / bucket.key


def _seal(bucket: Bucket, code: bytes) -> bytes:
    return digest(bucket.key, code).hex().encode()
