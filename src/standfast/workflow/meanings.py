"""Keeps what the acts of a ledger mean, so that checking a report need not work it out."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from standfast.claims.meaning import key_of, packed, vectors
from standfast.claims.ranking import wording
from standfast.ledger import Ledger
from standfast.model import Member

_AT_ONCE = 200
"""Vectors written in one transaction: what is broken off loses no more."""
Told = Callable[[int, int], None]
"""Called with how many vectors are made and how many there are to make."""


def keep_meanings(ledger: Ledger, members: Iterable[Member], told: Told | None = None) -> int:
    """Keep the vectors of all acts' wordings, and of no others; how many were made.

    A vector takes some milliseconds, and 768 bytes.
    """
    wanted = {key_of(text): text for text in map(wording, members)}
    kept = ledger.vector_keys()
    ledger.drop_vectors(kept - wanted.keys())
    missing = sorted(wanted.keys() - kept)
    for first in range(0, len(missing), _AT_ONCE):
        some = missing[first : first + _AT_ONCE]
        found = vectors([wanted[key] for key in some])
        ledger.keep_vectors({key: packed(one) for key, one in zip(some, found, strict=True)})
        if told:
            told(first + len(some), len(missing))
    return len(missing)
