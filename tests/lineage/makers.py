"""Members, commitments and occasions of our own for tests of drift and standing."""

from __future__ import annotations

import datetime as dt
from typing import Any

from standfast.model import Act, Amount, Commitment, Member, Occasion


def say(quote: str, act: str = "commitment", doc: str = "paper", **more: Any) -> Act:
    """An act of the United States for Ukraine; a commitment is firm. ``amounts`` as pairs."""
    given: dict[str, Any] = {"obligors": ("USA",), "targets": ("UKR",)}
    if act == "commitment":
        given["strength"] = "firm"
    if "condition" in more:
        given["conditional"] = True
    more["amounts"] = tuple(Amount(*pair) for pair in more.get("amounts", ()))
    return Act(doc=doc, start=0, end=len(quote), quote=quote, act=act, **(given | more))  # type: ignore[arg-type]


def mention(date: str | None, quote: str, act: str = "commitment", **more: Any) -> Member:
    """A mention on a day; its document is that of the day unless one is named."""
    of_member = {name: more.pop(name) for name in ("origin", "issuers") if name in more}
    one = say(quote, act, more.pop("doc", f"doc-{date}"), **more)
    day = dt.date.fromisoformat(date) if date else None
    return Member(key=f"{one.doc}:{quote[:40]}", act=one, date=day, **of_member)


def line(*members: Member, kind: str = "promise") -> Commitment:
    """A commitment of these members, in the order of their dates, undated ones last."""
    order = sorted(members, key=lambda one: one.date or dt.date.max)
    return Commitment(id="line-1", name="A line", kind=kind, members=tuple(order))  # type: ignore[arg-type]


def yearly(series: str, *days: str, documents: bool = True) -> list[Occasion]:
    """Occasions of a series on these days, each with the day's document."""
    return [
        Occasion(
            id=f"{series}-{day}",
            name=f"{series} {day[:4]}",
            kind="summit",
            start=dt.date.fromisoformat(day),
            end=dt.date.fromisoformat(day),
            series=series,
            documents=(f"doc-{day}",) if documents else (),
        )
        for day in days
    ]
