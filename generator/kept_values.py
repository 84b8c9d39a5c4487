"""Values that builds keep, and read back: our own and plain ones, and nothing that a stranger could have put in their place.

They are compressed: of ten thousand sheets there are two gigabytes, and a disk that has to find them takes longer than that.
"""

from __future__ import annotations

import functools
import io
import pickle
import zlib
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


SMALL, LARGE = 200, 1_000_000
"""Bytes between which a value is compressed: of less there is nothing to gain, and more is written sooner than compressed."""
MOST = 2**30
"""Bytes that a value may have."""
_COMPRESSED = b"\x78"
"""How what zlib has compressed begins (RFC 1950). A pickle begins otherwise."""


def pickled(value: object) -> bytes:
    """A value as it is kept."""
    return squeezed(pickle.dumps(value, 5))


def squeezed(data: bytes) -> bytes:
    """Bytes as they are kept."""
    if not data.startswith(_COMPRESSED) and not SMALL <= len(data) <= LARGE:
        return data
    return zlib.compress(data, 1)


def unsqueezed(data: bytes) -> bytes:
    """The same read back.

    Raises:
        zlib.error: they are damaged.
    """
    if not data.startswith(_COMPRESSED):
        return data
    # At most a thousand times as much comes out; to say so takes three times as long.
    return zlib.decompress(data) if len(data) <= LARGE else zlib.decompressobj().decompress(data, MOST)


def unpickled(value: bytes) -> Any:
    """A kept value; None when it is none of ours."""
    try:
        return _Unpickler(io.BytesIO(unsqueezed(value))).load()
    except Exception:  # whatever a value that is none may lead to
        return None
