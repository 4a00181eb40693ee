"""Claims, acts and members of our own words, for judging without a ledger."""

from __future__ import annotations

import datetime as dt
from typing import Any

from standfast.claims.comparing import Setting
from standfast.claims.judging import judge
from standfast.claims.ranking import compared, ranked
from standfast.claims.records import Record
from standfast.model import Act, Claim, Judged, Member
from standfast.parties import Registry

DAY = dt.date(2023, 7, 14)
REGISTRY = Registry.for_reports()


def act(quote: str, kind: str = "commitment", **more: Any) -> Act:
    """An act on a whole quote."""
    fields: dict[str, Any] = {"obligors": ("USA",), "targets": ("UKR",), "themes": ("other",)}
    if kind == "commitment":
        fields["strength"] = "firm"
    return Act("text", 0, len(quote), quote, kind, **{**fields, **more})  # type: ignore[arg-type]


def claim(text: str, kind: str = "commitment", *, denied: str = "", **more: Any) -> Claim:
    """A claim on a whole sentence."""
    return Claim(0, len(text), text, text, act(text, kind, **more), denied, alone=True)


def member(
    quote: str, kind: str = "commitment", date: dt.date | None = None, **more: Any
) -> Member:
    """A record on a whole sentence; its key is made of the quote."""
    key = format(abs(hash(quote)), "x")
    return Member(key, act(quote, kind, **more), date or DAY, "A statement", sentence=quote)


def judged(one: Claim, *records: Member, text: str = "") -> Judged:
    """A claim judged by records alone."""
    found = ranked(one, compared(one, [Record(m, REGISTRY) for m in records], REGISTRY, DAY))
    return judge(one, found, Setting(REGISTRY, DAY, lambda _: text)).judged
