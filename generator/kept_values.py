"""Values that builds keep, read back: our own and plain ones, and nothing that a stranger could have put in their place."""

from __future__ import annotations

import functools
import io
import pickle
from typing import Any

_OURS = ("generator.", "decimal", "datetime", "pathlib")
"""Modules whose classes kept values may have: a folder that somebody else could write must not run anything."""


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        return _class(module, name)


@functools.cache
def _class(module: str, name: str) -> Any:
    """A class that kept values may have."""
    if (module.startswith(_OURS) and "." not in name) or (module, name) in _PLAIN:
        return pickle.Unpickler(io.BytesIO()).find_class(module, name)
    raise pickle.UnpicklingError(f"{module}.{name} is not kept here")


_PLAIN = {("builtins", "set"), ("builtins", "frozenset")}


def unpickled(value: bytes) -> Any:
    """A kept value; None when it is none of ours."""
    try:
        return _Unpickler(io.BytesIO(value)).load()
    except Exception:  # whatever a value that is none may lead to
        return None
