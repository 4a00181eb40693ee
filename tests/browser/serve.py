"""Opens several desks in one process: ``serve.py NAME=MODE=LEDGER …``; one line tells their ports.

A process of its own, as people's desks have: the browser meets a real server, sockets and all.
"""

from __future__ import annotations

import asyncio
import json
import socket
import sys

import uvicorn

from standfast.web import Mode, Settings, create_app

MODES: dict[str, Mode] = {"own": "own", "team": "team", "public": "public"}


def bound() -> socket.socket:
    """A socket on a free port of this machine."""
    made = socket.socket()
    made.bind(("127.0.0.1", 0))
    return made


async def main(desks: list[str]) -> None:
    """Serve until the process is ended."""
    servers, ports = [], {}
    for one in desks:
        name, mode, ledger = one.split("=", 2)
        held = bound()
        ports[name] = held.getsockname()[1]
        settings = Settings(ledger, MODES[mode], port=ports[name], who="me")
        config = uvicorn.Config(create_app(settings), log_level="warning", server_header=False)
        servers.append(uvicorn.Server(config).serve(sockets=[held]))
    print(json.dumps(ports), flush=True)
    await asyncio.gather(*servers)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
