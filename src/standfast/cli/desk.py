"""``standfast desk``: the web application on a ledger."""

from __future__ import annotations

from typing import Annotated

import typer

from standfast.cli import options as o
from standfast.cli.output import err


def desk(
    ledger: o.LedgerOption = None,
    host: Annotated[
        str, typer.Option("--host", help="Address to listen at; this machine alone unless given.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port.")] = 8765,
    name: Annotated[
        list[str] | None,
        typer.Option("--name", help="Host name under which it is reached; may be repeated."),
    ] = None,
    public: Annotated[
        bool, typer.Option("--public", help="Let anybody read; who has an account logs in.")
    ] = False,
    proxy: Annotated[
        str | None,
        typer.Option(
            "--proxy",
            metavar="ADDRESS",
            help="Trust what a proxy at this address says of those it asks for (X-Forwarded-For, "
            "-Proto), and send log-ins by https alone.",
        ),
    ] = None,
) -> None:
    """Open the desk: a web application to read, code and decide in a browser.

    Without accounts it needs no log-in and listens on this machine alone; with accounts, or as a
    public record, it may be on a network.

    Example:
      standfast desk --ledger ukraine.db

    """
    import uvicorn

    from standfast.ledger import Ledger, default_target
    from standfast.web import Settings, choose_mode, create_app

    target = ledger or default_target()
    with Ledger(target, create=False) as held:
        mode = choose_mode(
            host, accounts=bool(held.accounts()), public=public, names=tuple(name or ())
        )
        err().print(f"Opening {held.target} …", markup=False)
    settings = Settings(target, mode, host, port, tuple(name or ()), secure=proxy is not None)
    app = create_app(settings)
    err().print(f"The desk is open at {settings.address} (Ctrl+C closes it)", markup=False)
    uvicorn.run(
        app,
        host=host,
        port=port,
        log_level="warning",
        server_header=False,
        # Not even those of this machine are believed unless told: uvicorn would.
        proxy_headers=proxy is not None,
        forwarded_allow_ips=proxy,
    )
