"""Who acts: parties with stable codes, dated memberships, and mentions of them in a text."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal

PartyKind = Literal["state", "body", "group"]
"""A state; a body with members or organs of its own; an unnamed group ("partners")."""

MentionForm = Literal["name", "demonym", "capital", "organ", "office-holder", "group"]


@dataclass(frozen=True, slots=True)
class Party:
    """A state or body with its stable code (ISO 3166-1 alpha-3 for states)."""

    code: str
    name: str
    kind: PartyKind


@dataclass(frozen=True, slots=True)
class Membership:
    """``member`` belonged to ``group`` from ``since`` until ``until`` (that day excluded)."""

    group: str
    member: str
    since: dt.date
    until: dt.date | None = None
    source: str = ""

    def holds(self, on: dt.date) -> bool:
        """Whether the member belonged to the group on that day."""
        return self.since <= on and (self.until is None or on < self.until)

    def record(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "group": self.group,
            "member": self.member,
            "since": self.since.isoformat(),
            "until": self.until.isoformat() if self.until else None,
            "source": self.source,
        }


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a text that stand for one or more parties; offsets into that text."""

    start: int
    end: int
    text: str
    parties: tuple[str, ...]
    form: MentionForm
