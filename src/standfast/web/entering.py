"""Logging in: limits, passwords, sessions. Who may enter what is said in ``access``."""

from __future__ import annotations

import datetime as dt
import ipaddress
import threading
from dataclasses import dataclass

from standfast.ledger import Account, Failures, Ledger, Role
from standfast.model import LedgerError
from standfast.web import passwords
from standfast.web.access import LASTS, digest, new_secret

WINDOW = dt.timedelta(hours=1)
"""Failed log-ins of this time count."""
FREE_BY_NAME, FREE_BY_ADDRESS = 5, 20
"""So many may fail before one has to wait: under a name, and from an address that many share."""
FIRST_WAIT, LONGEST_WAIT = dt.timedelta(seconds=15), dt.timedelta(minutes=15)
"""The wait doubles with every further failure, up to the longest: nobody is shut out for good."""
_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a log-in: a ``secret`` for the cookie, a ``wait``, or neither."""

    secret: str = ""
    wait: dt.timedelta = dt.timedelta(0)


def log_in(ledger: Ledger, name: str, password: str, address: str) -> Outcome:
    """Try a name and password from an address; a new session where they are right.

    A failure is noted before the password is looked at, so that many tries at once do not pass
    the limits together; it is forgotten when the password proves right.
    """
    name, place = name.strip()[:100], network(address)
    with _one_at_a_time:
        wait = waiting(ledger, name, place)
        if wait:
            return Outcome(wait=wait)
        ledger.note_attempt(name, place)
    account = _open_account(ledger, name)
    if not passwords.right(account.password if account else None, password) or account is None:
        return Outcome()
    ledger.forget_attempts(name)
    if passwords.outdated(account.password):
        ledger.change_account(name, password=passwords.hashed(password))
    return Outcome(begin(ledger, name))


def begin(ledger: Ledger, name: str) -> str:
    """Begin a session; its secret, of which the ledger keeps the hash."""
    secret = new_secret()
    ledger.begin_session(name, digest(secret), dt.datetime.now(dt.UTC) + LASTS)
    return secret


def waiting(ledger: Ledger, name: str, place: str) -> dt.timedelta:
    """How long one has to wait before the next try; zero where one need not."""
    now = dt.datetime.now(dt.UTC)
    by_name, by_address = ledger.attempts(name, place, now - WINDOW)
    return max(
        _wait(by_name, FREE_BY_NAME, now), _wait(by_address, FREE_BY_ADDRESS, now), dt.timedelta(0)
    )


def _wait(failed: Failures, free: int, now: dt.datetime) -> dt.timedelta:
    if failed.last is None or failed.number < free:
        return dt.timedelta(0)
    doubled: dt.timedelta = FIRST_WAIT * 2 ** min(failed.number - free, 10)
    return failed.last + min(doubled, LONGEST_WAIT) - now


def network(address: str) -> str:
    """What limits count by: an IPv4 address, the /64 of an IPv6 one, which one person has whole.

    >>> network("2001:db8::7"), network("192.0.2.7")
    ('2001:db8::/64', '192.0.2.7')
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address[:100]
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def make_account(ledger: Ledger, name: str, role: Role, password: str) -> Account:
    """Make an account; the first is an admin's, for nobody else could make a second."""
    passwords.fit(password, name.strip())
    if role != "admin" and not ledger.accounts():
        raise LedgerError(name, f"the first account, cannot be a {role}'s", "make an admin first")
    return ledger.add_account(name, role, passwords.hashed(password))


def set_password(ledger: Ledger, name: str, password: str) -> None:
    """Give an account another password; it is logged out everywhere."""
    held = ledger.account(name)
    passwords.fit(password, held.name)
    ledger.change_account(held.name, password=passwords.hashed(password))


def _open_account(ledger: Ledger, name: str) -> Account | None:
    try:
        account = ledger.account(name)
    except LedgerError:
        return None
    return None if account.closed else account


def in_words(wait: dt.timedelta) -> str:
    """A wait as people say it: *40 seconds*, *3 minutes*."""
    seconds = max(1, -int(-wait.total_seconds() // 1))
    if seconds < 90:
        return f"{seconds} second{'s' if seconds != 1 else ''}"
    return f"{-(-seconds // 60)} minutes"
