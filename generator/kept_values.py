"""Values that builds keep, and read back: our own and plain ones, and nothing that a stranger could have put in their place.

They are compressed: of ten thousand sheets there are two gigabytes, and a disk that has to find them takes longer than that.
"""

from __future__ import annotations

import dataclasses
import functools
import io
import pickle
import zlib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import BaseModel

_PLAIN = {(kind.__module__, kind.__qualname__): kind for kind in (set, frozenset, date, Decimal, type(Path()), PurePosixPath)}
"""Classes of others that kept values may have, as this Python names them."""


class _Pickler(pickle.Pickler):
    """Writes ours down as their class and what it is called with.

    Without this it would be their class and their state, and those that may not change take eight times as long to be read back
    from that (`dataclasses._dataclass_setstate` is Python, and asks for the fields of each anew).
    """

    def reducer_override(self, value: Any) -> Any:
        kind = type(value)
        if fields := _fields(kind):  # type: ignore[arg-type]  # classes can be keys
            return kind, fields(value)
        if isinstance(value, BaseModel) and value.__pydantic_extra__ is None and value.__pydantic_private__ is None:
            return _model, (kind, value.__dict__, value.__pydantic_fields_set__)
        return NotImplemented


@functools.cache
def _fields(kind: type) -> Callable[[Any], tuple[Any, ...]] | None:
    """What takes out of a dataclass what it is called with; None for any other class, and where that is not all of its fields."""
    fields = dataclasses.fields(kind) if dataclasses.is_dataclass(kind) else ()
    if not fields or not all(field.init and not field.kw_only for field in fields):
        return None
    names = [field.name for field in fields]
    return lambda value: tuple([getattr(value, name) for name in names])


def _model(kind: type[BaseModel], values: dict[str, Any], given: set[str]) -> BaseModel:
    """A record or a part of one as it was: it was valid then, and need not be looked at again."""
    made = kind.__new__(kind)
    put = object.__setattr__
    put(made, "__dict__", values)
    put(made, "__pydantic_fields_set__", given)
    put(made, "__pydantic_extra__", None)
    put(made, "__pydantic_private__", None)
    return made


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        return _class(module, name)


@functools.cache
def _class(module: str, name: str) -> Any:
    """A class that kept values may have: a folder that somebody else could write must not run anything.

    Raises:
        pickle.UnpicklingError: it may not.
    """
    if (module, name) in _PLAIN:
        return _PLAIN[module, name]
    if (module, name) == (__name__, _model.__name__):
        return _model
    if module.startswith("generator.") and "." not in name:
        found = pickle.Unpickler(io.BytesIO()).find_class(module, name)
        # Such as only hold values: others may do something as soon as they are made.
        if isinstance(found, type) and (dataclasses.is_dataclass(found) or issubclass(found, (BaseModel, str, tuple))):
            return found
    raise pickle.UnpicklingError(f"{module}.{name} is not kept here")


SMALL, LARGE = 200, 1_000_000
"""Bytes between which a value is compressed: of less there is nothing to gain, and more is written sooner than compressed."""
MOST = 2**30
"""Bytes that a value may have."""
_COMPRESSED = b"\x78"
"""How what zlib has compressed begins (RFC 1950). A pickle begins otherwise."""


def pickled(value: object, *, plain: bool = False) -> bytes:
    """A value as it is kept.

    Args:
        value: the value.
        plain: not compressed: for what every build reads, all of it, which takes longer than the disk.
    """
    written = io.BytesIO()
    _Pickler(written, 5).dump(value)
    return written.getvalue() if plain else squeezed(written.getvalue())


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
