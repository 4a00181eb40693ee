"""Passwords: what may be one, how it is kept, and whether one that is given is right.

Kept as argon2id hashes with the library's parameters (RFC 9106's second recommended option). Each
takes 64 MiB while it is computed, so that only a few are computed at once.
"""

from __future__ import annotations

import threading
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from standfast.model import StandfastError

SHORTEST, LONGEST = 12, 1000
"""Characters of a password."""
_AT_ONCE = threading.BoundedSemaphore(2)
_DIFFERENT = 5
"""Different characters that a password has at least."""


def fit(password: str, name: str) -> None:
    """Refuse a password that is easily guessed: short, all the same, or the name itself.

    Length is asked for and nothing else: rules about digits and signs make passwords no better
    (NIST SP 800-63B, 5.1.1.2). Raises :class:`StandfastError`.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        reason = f"has {len(password)} characters"
        raise StandfastError("password", reason, f"take {SHORTEST} to {LONGEST}: a few words do")
    if len(set(password)) < _DIFFERENT or _begins(password, name):
        raise StandfastError("password", "would soon be guessed", "take a few words of your own")


def _begins(password: str, name: str) -> bool:
    return bool(name) and password.casefold().startswith(name.casefold())


def hashed(password: str) -> str:
    """What is kept of a password."""
    with _AT_ONCE:
        return _hasher().hash(_plain(password))


def right(kept: str | None, password: str) -> bool:
    """Whether a password is the one that this is kept of; as slow for none (``None``) as for one.

    An account's name must not be told from how long the answer takes.
    """
    with _AT_ONCE:
        try:
            _hasher().verify(kept or _nobody(), _plain(password))
        except (VerificationError, InvalidHashError):
            return False
    return kept is not None


def outdated(kept: str) -> bool:
    """Whether it was kept with parameters that are not used any more, and is to be hashed anew."""
    return _hasher().check_needs_rehash(kept)


def _plain(password: str) -> str:
    """The same characters however a keyboard composes them; half characters are replaced."""
    whole = password.encode("utf-8", "replace").decode("utf-8")
    return unicodedata.normalize("NFKC", whole)


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobody() -> str:
    return _hasher().hash("the password of nobody")
