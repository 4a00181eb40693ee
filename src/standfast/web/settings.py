"""How a desk is opened: on which ledger, where, and for whom."""

from __future__ import annotations

import getpass
import ipaddress
from dataclasses import dataclass, field
from typing import Literal

from standfast.model import StandfastError

Mode = Literal["own", "team", "public"]
"""``own``: one's own machine, no log-in. ``team``: log-in before anything. ``public``: anybody
reads, and who has an account logs in."""


def _me() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no such user in the machine's list, as in a container
        return "me"


@dataclass(frozen=True, slots=True)
class Settings:
    """``ledger`` is a path or URL; ``hosts`` are further names under which the desk is reached."""

    ledger: str
    mode: Mode = "own"
    host: str = "127.0.0.1"
    port: int = 8765
    hosts: tuple[str, ...] = ()
    who: str = field(default_factory=_me)

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/"

    @property
    def names(self) -> frozenset[str]:
        """Host names that requests may be for; others are refused (DNS rebinding)."""
        local = {"127.0.0.1", "localhost", "[::1]", "::1"} if is_loopback(self.host) else set()
        return frozenset({*local, self.host, *self.hosts})


def is_loopback(host: str) -> bool:
    """Whether nobody outside this machine reaches an address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def choose_mode(host: str, *, accounts: bool, public: bool) -> Mode:
    """The mode for what was asked; a :class:`StandfastError` where it would be open to a network.

    >>> choose_mode("127.0.0.1", accounts=False, public=False)
    'own'
    """
    if public:
        return "public"
    if accounts:
        return "team"
    if is_loopback(host):
        return "own"
    remedy = "make an account with `standfast account add NAME --role admin`, or say --public"
    raise StandfastError(host, "would be open to everybody on the network", remedy)
