"""What every answer carries and every request must show, as one layer around the application."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from standfast.web.settings import host_name

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'"
)
"""Nothing inline and nothing from elsewhere: markup in a document or a note cannot run."""
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
_SAFE = {"GET", "HEAD", "OPTIONS"}


class Guard:
    """Refuses requests for other hosts and posts from other sites; sets the headers of all answers.

    A browser tells where a post comes from (``Origin``, ``Sec-Fetch-Site``); one that tells
    nothing is refused unless it shows a key, which no browser sends by itself, or is a program's
    call of the API (OWASP, Cross-Site Request Forgery Prevention, "Verifying Origin With Standard
    Headers"). ``HEAD`` is answered as ``GET`` is, without the body.
    """

    def __init__(self, app: ASGIApp, names: frozenset[str]) -> None:
        self._app, self._names = app, names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        head = scope["method"] == "HEAD"

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            elif head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        fault = self._fault(scope)
        if fault:
            await PlainTextResponse(fault[1], fault[0])(scope, receive, with_headers)
            return
        asked = {**scope, "method": "GET"} if head else scope
        await self._app(asked, receive, with_headers)

    def _fault(self, scope: Scope) -> tuple[int, str] | None:
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        host = hosts[0].casefold() if len(hosts) == 1 else ""
        if not host or not ({_name(host), "*"} & self._names):
            return 421, "This desk is not reached under that name; `--name` adds one."
        key = headers.get("authorization", "").lower().startswith("bearer ")
        if scope["method"] in _SAFE or key or _by_program(scope["path"], headers):
            return None
        site = headers.get("sec-fetch-site")
        origin = headers.get("origin") or headers.get("referer")
        same = _place(origin) == host if origin else site in {"same-origin", "none"}
        if not same or site not in {None, "same-origin", "none"}:
            return 403, "This was sent from another site, and was not done."
        return None


_TOLD_BY_BROWSERS = ("origin", "referer", "sec-fetch-site", "sec-fetch-mode", "cookie")


def _by_program(path: str, headers: Headers) -> bool:
    """Whether a call of the API bears no mark of a browser, and is what no form can send: JSON."""
    kind = headers.get("content-type", "").partition(";")[0].strip().casefold()
    return (
        path.startswith("/api/")
        and kind == "application/json"
        and not any(name in headers for name in _TOLD_BY_BROWSERS)
    )


def _place(address: str) -> str:
    """Host and port of an address; nothing where it is none."""
    try:
        return urlsplit(address).netloc.casefold()
    except ValueError:
        return ""


def _name(host: str) -> str:
    """A host header without its port."""
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host_name(host.rpartition(":")[0] if host.count(":") == 1 else host)
