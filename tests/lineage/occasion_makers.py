"""Documents, acts and members of our own for tests of occasions and goals."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from standfast.model import Act, Document, Member, Occasion


def paper(
    id_: str, title: str, date: str | None, text: str = "", *issuers: str, kind: str = "statement"
) -> Document:
    """A document with a title, a day and issuers (the United States where none is given)."""
    text = text or f"Text of {id_}."
    return Document(
        id=id_,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        title=title,
        date=dt.date.fromisoformat(date) if date else None,
        kind=kind,
        issuers=issuers or ("USA",),
    )


def member(
    quote: str, act: str, doc: str = "paper", date: str | None = None, **more: Any
) -> Member:
    """An act as a member; its key is its document and its first words."""
    given: dict[str, Any] = {"obligors": ("USA",), "themes": ("military-assistance",)}
    if act == "commitment":
        given["strength"] = "firm"
    origin = more.pop("origin", "")
    one = Act(doc=doc, start=0, end=len(quote), quote=quote, act=act, **(given | more))  # type: ignore[arg-type]
    return Member(
        key=f"{doc}:{quote[:40]}",
        act=one,
        date=dt.date.fromisoformat(date) if date else None,
        origin=origin,
    )


def meeting(id_: str, start: str, end: str = "", **more: Any) -> Occasion:
    """An occasion that a person gives."""
    given: dict[str, Any] = {"name": id_, "kind": "meeting", "origin": "given"}
    first = dt.date.fromisoformat(start)
    last = dt.date.fromisoformat(end) if end else first
    return Occasion(id=id_, start=first, end=last, **(given | more))
