"""PINs as Argon2 hashes, made and compared in a thread of their own: each takes tens of milliseconds."""

from __future__ import annotations

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

# What OWASP names as enough; the library's own defaults take three times as long and four processors,
# on a machine that talks to other callers meanwhile.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


async def hash_pin(pin: str) -> str:
    """Return a salted hash that tells its own parameters."""
    return await asyncio.to_thread(_HASHER.hash, pin)


async def is_pin(pin_hash: str, keyed: str) -> bool:
    """Say whether `keyed` is the PIN of a hash."""
    try:
        return await asyncio.to_thread(_HASHER.verify, pin_hash, keyed)
    except VerifyMismatchError:
        return False


async def is_nobodys_pin(keyed: str) -> bool:
    """Say no, after as long as it takes to compare a PIN: nobody hears that there is nobody of that id."""
    await hash_pin(keyed)
    return False
