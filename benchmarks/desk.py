"""The desk's pages against a bare Starlette page, one reader and then many at once.

    python benchmarks/desk.py LEDGER [--rounds 40] [--readers 50] [--seconds 20] [--pages NAME …]

Opens the desk and an application with one short page, each in a process of its own under the same
server, and asks both by one connection, in turns, so that a busy machine slows both. Each page is
asked for by as many different addresses as there are rounds (other parties, documents, lines,
words, years), once cold (never asked before) and once warm (asked before, as by a second reader).
Prints medians and 95th percentiles in milliseconds, and the ratio of medians to the bare page's,
which is what to quote; and the ratio of the processor's time (Linux alone), which a busy machine
hardly changes. Then as many readers as asked, each with a connection, ask for pages drawn
at random. The ledger is opened as it is; give a copy.
"""

from __future__ import annotations

import argparse
import http.client
import random
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

import httpx

from standfast.ledger import Ledger
from standfast.workflow.viewing import View

_BARE = """
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route
app = Starlette(routes=[Route("/", lambda request: HTMLResponse("<!doctype html><p>A page.</p>"))])
"""
_DESK = """
import sys
from standfast.web import Settings, create_app
app = create_app(Settings(sys.argv[1], port=int(sys.argv[2])))
"""
_SERVE = """
import uvicorn
uvicorn.run(app, port=int(sys.argv[2]), log_level="warning", timeout_keep_alive=600)
"""
_ASKED = {"accept-encoding": "gzip", "accept": "text/html"}
_PATIENCE = 300.0


@dataclass(frozen=True)
class Known:
    """What a ledger's addresses can name."""

    parties: list[str]
    themes: list[str]
    documents: list[str]
    lines: list[str]
    occasions: list[str]
    keys: list[str]
    words: list[str]
    years: list[int]


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("ledger")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--pages", nargs="*", default=(), help="only these pages, by name")
    given = parser.parse_args()
    known = known_of(given.ledger)
    with served(_BARE) as bare, served(_DESK, given.ledger) as desk:
        desk.rest()
        one_reader(bare, desk, known, given.rounds, given.pages)
        if given.readers:
            many_readers(desk.port, known, given.readers, given.seconds)
    return 0


def known_of(path: str) -> Known:
    """What to ask for, from the ledger itself, in an order drawn once."""
    draw = random.Random(0)
    with Ledger(path, create=False) as ledger:
        acts, lines, documents = ledger.act_columns(), ledger.line_columns(), ledger.documents()
        rows = [int(one) for one in draw.sample(list(acts.ids), min(2000, len(acts)))]
        some = ledger.acts_of_rows(rows)
        occasions = [one.id for one in View(ledger).occasions if one.documents]
    words = {
        word.strip(".,;:()“”’\"'").casefold() for one in some for word in one.act.quote.split()
    }
    found = Known(
        parties=sorted({*acts.obligor.names, *acts.target.names}),
        themes=list(acts.theme.names),
        documents=[one.doc for one in documents if one.acts],
        lines=list(lines.names),
        occasions=occasions,
        keys=[one.key for one in some],
        words=sorted(word for word in words if len(word) > 3 and word.isalpha()),
        years=sorted({one.date.year for one in documents if one.date}),
    )
    for values in (found.parties, found.themes, found.documents, found.lines, found.words):
        draw.shuffle(values)
    return found


def pages(known: Known) -> dict[str, Callable[[int], str]]:
    """Pages by name: the n-th of their addresses; each n gives another where there are as many."""

    def nth(some: list[str], at: int) -> str:
        return quote(some[at % len(some)], safe="") if some else ""

    def search(path: str, at: int) -> str:
        asked = [("q", known.words[at % len(known.words)])] if at % 3 else []
        asked += [("by", known.parties[at % len(known.parties)])] if at % 2 else []
        asked += [("since", f"{known.years[at % len(known.years)]}-01-01")] if at % 5 == 0 else []
        return f"{path}?{urlencode(asked)}" if asked else f"{path}?page={at + 2}"

    return {
        "front": lambda _: "/",
        "changes": lambda at: f"/changes?page={at + 1}",
        "search": lambda at: search("/search", at),
        "commitments": lambda at: search("/commitments", at),
        "documents": lambda at: search("/documents", at),
        "commitment": lambda at: f"/commitments/{nth(known.lines, at)}",
        "document": lambda at: f"/documents/{nth(known.documents, at)}",
        "parties": lambda _: "/parties",
        "party": lambda at: f"/parties/{nth(known.parties, at)}",
        "themes": lambda _: "/themes",
        "theme": lambda at: f"/themes/{nth(known.themes, at)}",
        "occasions": lambda _: "/occasions",
        "occasion": lambda at: f"/occasions/{nth(known.occasions, at)}",
        "endurance": lambda _: "/endurance",
        "who to whom": lambda at: (
            f"/matrix?{urlencode({'until': known.years[at % len(known.years)]})}"
        ),
        "check form": lambda _: "/check",
        "add form": lambda _: "/add",
        "saved": lambda _: "/saved",
        "runs": lambda _: "/batches",
        "coding": lambda _: "/coding",
        "coding, an act": lambda at: f"/coding/acts/{nth(known.keys, at)}",
        "agreement": lambda _: "/coding/agreement",
        "adjudicate": lambda _: "/coding/adjudicate",
        "account": lambda _: "/me",
        "API, acts": lambda at: search("/api/v1/acts", at).replace("?page=", "?limit="),
    }


@dataclass(frozen=True)
class Served:
    """An application in a process."""

    port: int
    pid: int

    def spent(self) -> float:
        """Milliseconds of the processor that its threads have spent; 0 where nobody tells."""
        threads = Path(f"/proc/{self.pid}/task").glob("*/schedstat")
        return sum(int(one.read_text().split()[0]) for one in threads) / 1e6

    def rest(self) -> None:
        """Wait until it has done what it does beside its first pages."""
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            before = self.spent()
            time.sleep(2)
            if self.spent() - before < 50:
                return


@contextmanager
def served(program: str, ledger: str = "") -> Iterator[Served]:
    """A program's application on a free port, in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    code = "import sys\n" + program + _SERVE
    process = subprocess.Popen([sys.executable, "-c", code, ledger, str(port)])
    try:
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until and process.poll() is None:
            try:
                ask(http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE), "/")
                break
            except OSError:
                time.sleep(0.1)
        yield Served(port, process.pid)
    finally:
        process.terminate()
        process.wait()


def ask(held: http.client.HTTPConnection, address: str) -> tuple[float, int]:
    """Milliseconds until a page is wholly there, and its status."""
    begun = time.perf_counter()
    held.request("GET", address, headers=_ASKED)
    answer = held.getresponse()
    answer.read()
    return (time.perf_counter() - begun) * 1000, answer.status


def one_reader(
    bare: Served, desk: Served, known: Known, rounds: int, only: Collection[str] = ()
) -> None:
    """One page after another, each measured beside the bare one."""
    plain = http.client.HTTPConnection("127.0.0.1", bare.port, timeout=_PATIENCE)
    held = http.client.HTTPConnection("127.0.0.1", desk.port, timeout=_PATIENCE)
    for _ in range(20):
        ask(plain, "/")
    print(f"{'page':<16}{'first':>8}{'cold':>8}{'p95':>8}{'warm':>8}{'p95':>8}{'bare':>8}"
          f"{'p95':>8}{'cold/bare':>11}{'warm/bare':>11}{'cpu cold':>10}{'cpu warm':>10}"
    )  # fmt: skip
    for name, address in pages(known).items():
        if only and name not in only:
            continue
        first, status = ask(held, address(rounds))
        odd = {status} - {200}
        takes: dict[str, list[float]] = {"cold": [], "warm": [], "bare": []}
        cpu: dict[str, float] = {}
        for kind in ("cold", "warm"):
            spent = desk.spent(), bare.spent()
            for at in range(rounds):
                took, status = ask(held, address(at))
                takes[kind].append(took)
                odd |= {status} - {200}
                takes["bare"].append(ask(plain, "/")[0])
            cpu[kind] = (desk.spent() - spent[0]) / max(1e-9, bare.spent() - spent[1])
        told = {kind: (statistics.median(some), p95(some)) for kind, some in takes.items()}
        cells = "".join(f"{value:8.1f}" for kind in told for value in told[kind])
        ratios = [told[kind][0] / told["bare"][0] for kind in ("cold", "warm")]
        print(f"{name:<16}{first:8.0f}{cells}{ratios[0]:11.1f}{ratios[1]:11.1f}"
              f"{cpu['cold']:10.1f}{cpu['warm']:10.1f}"
              + (f"  status {sorted(odd)}" if odd else ""), flush=True)  # fmt: skip


def p95(takes: list[float]) -> float:
    """The value that 95 of 100 do not exceed."""
    return sorted(takes)[max(0, -(-len(takes) * 95 // 100) - 1)]


def many_readers(desk: int, known: Known, readers: int, seconds: float) -> None:
    """Readers at once, each asking for one page after another drawn at random."""
    some = [one for name, one in pages(known).items() if not name.startswith("API")]
    takes: list[float] = []
    wrong: list[str] = []
    until = time.monotonic() + seconds

    def read(number: int) -> None:
        draw = random.Random(number)
        with httpx.Client(base_url=f"http://127.0.0.1:{desk}", timeout=60) as client:
            while time.monotonic() < until:
                address = draw.choice(some)(draw.randrange(5000))
                begun = time.perf_counter()
                try:
                    answer = client.get(address, follow_redirects=True)
                    if answer.status_code not in {200, 202}:  # 202: it is being computed
                        wrong.append(f"{answer.status_code} {address}")
                except httpx.HTTPError as error:
                    wrong.append(f"{type(error).__name__} {address}")
                takes.append((time.perf_counter() - begun) * 1000)

    threads = [threading.Thread(target=read, args=(number,)) for number in range(readers)]
    begun = time.monotonic()
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    took = time.monotonic() - begun
    print(f"{readers} readers at once, {took:.0f} s: {len(takes)} pages, {len(wrong)} errors, "
          f"{len(takes) / took:.0f} a second, median {statistics.median(takes):.0f} ms, "
          f"95th percentile {p95(takes):.0f} ms")  # fmt: skip
    for fault in wrong[:10]:
        print(f"  {fault}")


if __name__ == "__main__":
    sys.exit(main())
