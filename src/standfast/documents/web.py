"""Reading from an address: only public ones, within limits of size and time.

Every hop of a redirect is checked before it is asked, and the connection goes to the very address
that was checked, so that a name which resolves elsewhere a moment later gains nothing.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from standfast.documents.formats import CONTENT_TYPES
from standfast.model import UnreadableError

Check = Callable[[str], bool]


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet (IANA special-purpose registries)."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    return ip.is_global and not ip.is_multicast


@dataclass(frozen=True, slots=True)
class Policy:
    """What may be fetched: ``allows`` judges an IP address; sizes in bytes, times in seconds.

    ``ports`` are those that may be asked, all of them where it is ``None``.
    """

    allows: Check = is_public
    most_bytes: int = 30_000_000
    seconds: float = 30.0
    hops: int = 5
    ports: frozenset[int] | None = None
    agent: str = "standfast (a reader of public documents)"


def fetch(url: str, policy: Policy | None = None) -> tuple[bytes, str, str]:
    """Bytes, the suffix of their format, and the address they came from in the end.

    Raises :class:`UnreadableError` with the reason.
    """
    policy = policy or Policy()
    current, until = url, time.monotonic() + policy.seconds
    for _ in range(policy.hops + 1):
        data, suffix, location = _ask(url, current, policy, until)
        if location is None:
            return data, suffix, current
        current = urljoin(current, location)
    raise UnreadableError(url, f"more than {policy.hops} redirects", "give the final address")


def _ask(url: str, current: str, policy: Policy, until: float) -> tuple[bytes, str, str | None]:
    import httpx

    parts = urlsplit(current)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise UnreadableError(url, f"“{current}” is no web address", "give one with http or https")
    address = _address(url, current, policy)
    headers = {"Host": parts.netloc.rpartition("@")[2], "User-Agent": policy.agent}
    host = f"[{address}]" if ":" in address else address
    port = f":{parts.port}" if parts.port else ""
    target = parts._replace(netloc=host + port, fragment="").geturl()
    left = max(0.1, until - time.monotonic())
    try:
        with (
            httpx.Client(timeout=left, follow_redirects=False, trust_env=False) as client,
            client.stream(
                "GET", target, headers=headers, extensions={"sni_hostname": parts.hostname}
            ) as answer,
        ):
            if answer.is_redirect:
                return b"", "", answer.headers.get("location", "")
            if answer.status_code != 200:
                reason = f"the server answered {answer.status_code}"
                raise UnreadableError(url, reason, "check the address in a browser")
            suffix = _suffix(url, answer.headers.get("content-type", ""))
            return _body(url, answer, policy, until), suffix, None
    except httpx.TimeoutException as error:
        raise _slow(url, policy) from error
    except httpx.HTTPError as error:
        reason = f"could not be fetched ({type(error).__name__})"
        raise UnreadableError(url, reason, "check the address and the connection") from error


def _address(url: str, current: str, policy: Policy) -> str:
    parts = urlsplit(current)
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
    except (OSError, ValueError) as error:
        reason = f"no such host “{parts.hostname}”"
        raise UnreadableError(url, reason, "check the address and the connection") from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    port = parts.port or (80 if parts.scheme == "http" else 443)
    if policy.ports is not None and port not in policy.ports:
        reason = f"port {port} is not one that web pages have"
        raise UnreadableError(url, reason, "save the document and add the file")
    refused = [address for address in addresses if not policy.allows(address)]
    if refused:
        how = "leads to" if url == current else "redirects to"
        reason = f"{how} a private address ({parts.hostname})"
        raise UnreadableError(url, reason, "save the document and read the file")
    return addresses[0]


def _suffix(url: str, content_type: str) -> str:
    kind = content_type.split(";", maxsplit=1)[0].strip().lower()
    if kind in CONTENT_TYPES:
        return CONTENT_TYPES[kind]
    if kind.startswith("text/") or kind in {"", "application/octet-stream"}:
        return ""
    raise UnreadableError(url, f"not text but {kind}", "give the address of a page or document")


def _body(url: str, answer: Any, policy: Policy, until: float) -> bytes:
    chunks, size = [], 0
    for chunk in answer.iter_bytes():
        size += len(chunk)
        if size > policy.most_bytes:
            reason = f"larger than {policy.most_bytes // 1_000_000 or 1} MB"
            raise UnreadableError(url, reason, "download it and read the file")
        if time.monotonic() > until:
            raise _slow(url, policy)
        chunks.append(chunk)
    return b"".join(chunks)


def _slow(url: str, policy: Policy) -> UnreadableError:
    reason = f"took longer than {policy.seconds:g} seconds"
    return UnreadableError(url, reason, "try again later or read a saved copy")
