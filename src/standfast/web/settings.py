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
    """``ledger`` is a path or URL; ``hosts`` are further names under which the desk is reached.

    ``secure`` says that browsers reach it by https whatever this program sees, so that cookies are
    never sent otherwise. Raises :class:`StandfastError` for a desk without log-in that others than
    this machine could reach.
    """

    ledger: str
    mode: Mode = "own"
    host: str = "127.0.0.1"
    port: int = 8765
    hosts: tuple[str, ...] = ()
    who: str = field(default_factory=_me)
    secure: bool = False

    def __post_init__(self) -> None:
        if self.mode == "own" and not is_loopback(self.host):
            raise _open_to_all(self.host)
        if self.mode == "own" and "*" in self.hosts:
            raise StandfastError("--name *", "would let any web page ask for this desk", "name it")

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/"

    @property
    def names(self) -> frozenset[str]:
        """Host names that requests may be for; others are refused (DNS rebinding)."""
        local = {"127.0.0.1", "localhost", "[::1]"} if is_loopback(self.host) else set()
        return frozenset({*local, *map(host_name, (self.host, *self.hosts))})


def host_name(host: str) -> str:
    """A host as a browser names it: small letters, IPv6 in brackets.

    >>> host_name("FD00::1"), host_name("Desk.Example.")
    ('[fd00::1]', 'desk.example')
    """
    plain = host.strip("[]").casefold().rstrip(".")
    return f"[{plain}]" if ":" in plain else plain


def is_loopback(host: str) -> bool:
    """Whether nobody outside this machine reaches an address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def choose_mode(host: str, *, accounts: bool, public: bool, names: tuple[str, ...] = ()) -> Mode:
    """The mode for what was asked; a :class:`StandfastError` where it would be open to a network.

    ``names`` are host names that others reach the desk by, as through a proxy on this machine.

    >>> choose_mode("127.0.0.1", accounts=False, public=False)
    'own'
    """
    if public:
        return "public"
    if accounts:
        return "team"
    for one in (host, *names):
        if not is_loopback(one):
            raise _open_to_all(one)
    return "own"


def _open_to_all(host: str) -> StandfastError:
    remedy = "make an account with `standfast account add NAME --role admin`, or say --public"
    return StandfastError(host, "would be open to everybody on the network", remedy)
