"""A small ledger of our own about a summit: what was asked before it, and what came of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from standfast.ledger import ActQuery, Ledger
from standfast.model import Act, Commitment, Document
from tests.ledger.ledger_makers import act, document, put

ASK = "We ask Germany and France to deliver twelve air-defence systems."
SHIPS = "We ask Norway to lend us three mine-hunting ships."
OLD = "We ask Germany to deliver forty army bridges."
ANSWER = "Germany will deliver twelve air-defence systems."
BESIDE = "Germany will repair the grain silos of Odesa."
LATER = "Germany will deliver forty army bridges."


def _paper(id_: str, title: str, day: str, *said: tuple[str, dict[str, Any]]) -> Any:
    text = "\n\n".join((title, *(words for words, _ in said)))
    date = dt.date.fromisoformat(day)
    note = document(id_, text, title=title, date=date, issuers=("UKR",), blocks=(), origins={})
    return note, [act(note, words, **more) for words, more in said]


def _asked(*of: str, theme: str = "air-defence") -> dict[str, Any]:
    return {
        "kind": "request",
        "obligors": of,
        "targets": ("UKR",),
        "speaker": ("UKR",),
        "themes": (theme,),
    }


def _promised(theme: str = "air-defence") -> dict[str, Any]:
    return {"strength": "firm", "themes": (theme,)}


def summit_ledger(path: Path) -> str:
    """Requests to Germany, France and Norway, the Vilnius summit's communiqué, and a later note."""
    papers = (
        _paper("wish", "Letter to Allies", "2023-05-02", (ASK, _asked("DEU", "FRA"))),
        _paper("ships", "Letter to Oslo", "2023-06-01", (SHIPS, _asked("NOR", theme="maritime"))),
        _paper("old", "Letter of an earlier year", "2021-03-01", (OLD, _asked("DEU"))),
        _paper(
            "communique",
            "Vilnius NATO Summit Communiqué",
            "2023-07-11",
            (ANSWER, _promised()),
            (BESIDE, _promised("food-security")),
        ),
        _paper("later", "Note on bridges", "2023-11-01", (LATER, _promised())),
    )
    with Ledger(path) as opened:
        for note, acts in papers:
            put(opened, note, acts)
    return str(path)


def promise_ledger(path: Path, number: int = 12, *, joined: bool = True) -> str:
    """Firm promises for 2021 with a date, of which half are repeated later, and soft ones."""
    firm = [f"We will send you {index + 2} crates of kind {index}." for index in range(number)]
    soft = [f"We hope to send you {index + 2} carts of kind {index}." for index in range(number)]
    dated = {"strength": "firm", "themes": ("humanitarian",), "deadline": "2022-06-30"}
    loose = {"strength": "soft", "themes": ("energy",)}
    papers: list[tuple[Document, list[Act]]] = [
        _paper(
            "first",
            "First note",
            "2021-06-14",
            *((words, dated) for words in firm),
            *((words, loose) for words in soft),
        ),
        _paper("second", "Second note", "2022-06-14", *((words, dated) for words in firm[::2])),
        _paper("third", "Third note", "2024-06-14", *((words, loose) for words in soft[:1])),
    ]
    with Ledger(path) as opened:
        for note, acts in papers:
            put(opened, note, acts)
        if joined:
            opened.write_lines(_lines(opened, [*firm, *soft]))
    return str(path)


def _lines(opened: Ledger, words: Sequence[str]) -> list[Commitment]:
    """One commitment a wording, so that nothing here hangs on how acts are joined."""
    members = opened.members(ActQuery())
    found = []
    for place, said in enumerate(words):
        same = sorted(
            (one for one in members if one.act.quote == said), key=lambda one: str(one.date)
        )
        of = same[0].act
        name = f"line-{place}"
        found.append(
            Commitment(name, name, "promise", tuple(same), of.obligors, of.targets, of.themes)
        )
    return found
