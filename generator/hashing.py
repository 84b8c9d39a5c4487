"""By what things are known to be the same without being compared."""

from __future__ import annotations

import hashlib

DIGEST = 20
"""Bytes of a digest."""


def digest(*parts: str | bytes) -> bytes:
    """A digest of some texts or bytes, in which it counts where one ends and the next begins."""
    hashed = hashlib.blake2b(digest_size=DIGEST)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        hashed.update(len(data).to_bytes(8))
        hashed.update(data)
    return hashed.digest()
