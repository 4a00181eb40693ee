"""A small ledger that speaks of training, year after year, and of other things."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from standfast.ledger import Ledger
from standfast.model import Act, Document
from tests.ledger.ledger_makers import act, document, put

YEARS = {
    2021: "We will train the armed forces of Ukraine for as long as it takes.",
    2022: "We will train the armed forces of Ukraine for as long as we can.",
    2023: "We stand ready to train the armed forces of Ukraine.",
}
GRAIN = "We condemn the strikes on grain ships in the Black Sea."


def yearly(year: int, said: str = "") -> tuple[Document, list[Act]]:
    """A statement of a year: a promise of training, and a condemnation."""
    said = said or YEARS[year]
    text = f"Statement\n\n{said} {GRAIN}"
    note = document(
        f"statement-{year}",
        text,
        date=dt.date(year, 6, 14),
        issuers=("DEU",),
        blocks=(),
        origins={},
    )
    strength = "soft" if "ready" in said else "firm"
    promise = act(note, said, themes=("training-and-capacity",), strength=strength)
    blame = act(note, GRAIN, "condemnation", targets=("RUS",), themes=("food-security",))
    return note, [promise, blame]


def ledger_of(path: Path, years: tuple[int, ...] = tuple(YEARS)) -> str:
    """A ledger with these years' statements, in this order, not yet joined."""
    with Ledger(path) as opened:
        for year in years:
            put(opened, *yearly(year))
    return str(path)
