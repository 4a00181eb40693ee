"""What endures: a commitment as the line of acts that make, repeat, change, deliver or drop it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, get_args

from standfast.model.act import Act, Strength

LineKind = Literal["promise", "demand", "position"]
"""Promises with their repetitions and deliveries; what is asked of somebody; what is held."""
LINE_KINDS: tuple[LineKind, ...] = get_args(LineKind)

Change = Literal[
    "made",
    "repeated",
    "strengthened",
    "weakened",
    "widened",
    "narrowed",
    "conditioned",
    "condition dropped",
    "sum raised",
    "sum cut",
    "deadline moved",
    "delivered in part",
    "delivered",
    "withdrawn",
    "expired",
    "gone silent",
]
"""What a mention, or the time that passed without one, did to a commitment."""
CHANGES: tuple[Change, ...] = get_args(Change)

State = Literal["standing", "delivered", "withdrawn", "expired", "silent"]
STATES: tuple[State, ...] = get_args(State)


@dataclass(frozen=True, slots=True)
class Member:
    """An act as a member of a line, with what is known of its document.

    ``key`` is the act's key in the ledger; ``date`` the document's (``None``: undated). ``origin``
    is the same for documents that are one text in several guises (a statement published twice, in
    two versions, in translation, or a communiqué and its fact sheet): their mentions count once.
    ``sentence`` is the quote with the words around it. ``confidence`` lies between 0 and 1.
    ``provisional`` memberships were added while reading, and ``pinned`` ones by a person.
    """

    key: str
    act: Act
    date: dt.date | None
    title: str = ""
    kind: str = ""
    source: str = ""
    issuers: tuple[str, ...] = ()
    origin: str = ""
    sentence: str = ""
    confidence: float = 1.0
    provisional: bool = False
    pinned: bool = False

    @property
    def place(self) -> tuple[str, str, int, str]:
        """Where it comes in the order of dates, undated ones last, then of documents and texts."""
        return (str(self.date or "9999"), self.act.doc, self.act.start, self.key)

    def record(self) -> dict[str, Any]:
        """As JSON: the act's record with where it stands and how surely it belongs."""
        return {
            "id": self.key,
            **self.act.record(),
            "title": self.title,
            "date": self.date.isoformat() if self.date else None,
            "source": self.source,
            "origin": self.origin,
            "belongs": round(self.confidence, 4),
            "provisional": self.provisional,
            "pinned": self.pinned,
        }


@dataclass(frozen=True, slots=True)
class Commitment:
    """A line: one undertaking, demand or position through all texts that speak of it.

    ``id`` persists while most of the line's members do. ``members`` are in the order of their
    dates, undated ones last. ``obligors``, ``targets`` and ``themes`` are those of the line, the
    commonest among its mentions first.
    """

    id: str
    name: str
    kind: LineKind
    members: tuple[Member, ...]
    obligors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    named: bool = False

    @property
    def first(self) -> dt.date | None:
        """Day of the first dated mention."""
        return next((one.date for one in self.members if one.date), None)

    @property
    def last(self) -> dt.date | None:
        """Day of the last dated mention."""
        return next((one.date for one in reversed(self.members) if one.date), None)

    @property
    def leading(self) -> frozenset[str]:
        """Who is bound by it or holds it; of a demand, those who ask as well."""
        if self.kind != "demand":
            return frozenset(self.obligors)
        return frozenset(self.obligors).union(*(one.act.speaker for one in self.members))

    @property
    def documents(self) -> tuple[str, ...]:
        """Documents that speak of it, each once, in the order of the members."""
        return tuple(dict.fromkeys(one.act.doc for one in self.members))

    def record(self) -> dict[str, Any]:
        """As JSON, with its members."""
        return {
            "id": self.id,
            "name": self.name,
            "named": self.named,
            "kind": self.kind,
            "obligors": list(self.obligors),
            "targets": list(self.targets),
            "themes": list(self.themes),
            "first": self.first.isoformat() if self.first else None,
            "last": self.last.isoformat() if self.last else None,
            "members": [one.record() for one in self.members],
        }


def longest_first(lines: Iterable[Commitment]) -> list[Commitment]:
    """Lines of most documents first, then of most members, then by identifier."""
    return sorted(lines, key=lambda one: (-len(one.documents), -len(one.members), one.id))


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to a commitment: a change, when, by which mention, and why it is read so.

    ``member`` is the key of the mentioning act, empty where time did it (*expired*, *gone silent*):
    that is so once the day is over. ``state`` is where the line stood after it.
    """

    change: Change
    date: dt.date | None
    member: str = ""
    why: str = ""
    state: State = "standing"

    def record(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "change": self.change,
            "date": self.date.isoformat() if self.date else None,
            "member": self.member,
            "why": self.why,
            "state": self.state,
        }


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a commitment stands as of a day, and the events that brought it there.

    ``wording`` is the latest mention's words, ``strength`` its strength, ``missed`` the names of
    occasions since at which it was to be expected and was not repeated.
    """

    commitment: str
    as_of: dt.date | None
    state: State
    since: dt.date | None
    wording: str
    strength: Strength | None
    events: tuple[Event, ...]
    missed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def record(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "commitment": self.commitment,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "state": self.state,
            "since": self.since.isoformat() if self.since else None,
            "wording": self.wording,
            "strength": self.strength,
            "events": [one.record() for one in self.events],
            "missed": list(self.missed),
            "notes": list(self.notes),
        }
