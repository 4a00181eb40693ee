"""A small linked ledger for the desk's tests: our own sentences, one of every kind of act."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from standfast.ledger import Ledger
from standfast.model import Act, Amount, Document, Item
from standfast.workflow import link
from tests.ledger.ledger_makers import act, document, put
from tests.workflow.line_makers import YEARS, yearly

BATTERIES = "We will deliver four air-defence batteries to Ukraine by the end of 2024."
SENT = "Germany has delivered 200 trucks worth €30 million to Ukraine."
ASKED = "President Zelenskyy asked Allies to lift limits on long-range fires."
HELD = "We stand by the sovereignty of Ukraine within its borders."
WARNED = "Any attack on Moldova will be met with severe costs."
MARKUP = 'We will publish <script>alert("quote")</script> & <b>bold</b> terms for Ukraine.'


def summit() -> tuple[Document, list[Act]]:
    """A communiqué of a known summit with a promise, a delivery, a request and positions."""
    said = (BATTERIES, SENT, ASKED, HELD, WARNED)
    text = "Vilnius Summit Communiqué\n\n" + "\n\n".join(said)
    note = document(
        "vilnius-2023", text, title="Vilnius Summit Communiqué", date=dt.date(2023, 7, 11),
        kind="communique", publisher="NATO", issuers=("NATO",), blocks=(), origins={},
    )  # fmt: skip
    start = text.index("four air-defence batteries")
    item = Item(start, start + 26, "four air-defence batteries", ("air-defence",))
    return note, [
        act(note, BATTERIES, obligors=("NATO",), speaker=("NATO",), themes=("air-defence",),
            strength="firm", deadline="2024", amounts=(Amount(4, "air-defence batteries"),),
            items=(item,), checkability="specific", checkability_reason="names a number",
            confidence=0.92),
        act(note, SENT, "delivery", speaker=("NATO",), themes=("military-support",),
            amounts=(Amount(200, "trucks"), Amount(30e6, "EUR")), confidence=0.81),
        act(note, ASKED, "request", obligors=("NATO",), targets=("UKR",), speaker=("UKR",),
            themes=("long-range-fires",), confidence=0.55),
        act(note, HELD, "affirmation", obligors=("NATO",), themes=("sovereignty",)),
        act(note, WARNED, "warning", obligors=("NATO",), targets=("RUS",), confidence=0.4),
    ]  # fmt: skip


def hostile() -> tuple[Document, list[Act]]:
    """A document whose title, publisher, address and words are markup that must not run."""
    note = document(
        "x%2F..'\"<i>", f"Terms\n\n{MARKUP}", title="<img src=x onerror=alert(1)> & terms",
        date=dt.date(2023, 9, 1), publisher="<script>alert(2)</script>",
        source="javascript:alert(3)", path="/in/hostile.txt", issuers=("GBR",), blocks=(),
        origins={},
    )  # fmt: skip
    promise = act(note, MARKUP, obligors=("GBR",), strength="intent", themes=("reform",))
    return note, [promise]


def undated() -> tuple[Document, list[Act]]:
    """A memo of which nobody knows the day."""
    words = "We stand ready to support grain exports of Ukraine."
    note = document("memo", f"Memo\n\n{words}", date=None, issuers=("POL",), blocks=(), origins={})
    return note, [act(note, words, obligors=("POL",), themes=("food-security",), strength="soft")]


def make_ledger(path: Path) -> Path:
    """Eight documents in one linked ledger: three years' statements, a summit, odd ones."""
    with Ledger(path) as opened:
        for year in YEARS:
            put(opened, *yearly(year))
        put(opened, document())
        for note, acts in (summit(), hostile(), undated()):
            put(opened, note, acts)
    link(path)
    return path
