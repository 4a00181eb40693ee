"""The course of a line: what each mention, each delivery and the time between does to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Literal

from standfast.lineage.drift_fields import last_day, reach
from standfast.lineage.standing_changes import Heard, changes_of, hear, names
from standfast.lineage.standing_cues import delivered, standing_rules
from standfast.lineage.standing_mentions import NOBODY, Mention
from standfast.lineage.standing_silence import Custom
from standfast.model.commitment import Change, Event, LineKind, Member, State
from standfast.model.occasion import Occasion
from standfast.parties import Registry

_Stage = Literal["standing", "delivered", "withdrawn", "expired"]


class Course:
    """A line as it goes on; to be told of mentions and of time in the order of their days.

    Every party that owes it (is asked, holds it) has a stage of its own, since of several that
    promised together one may deliver or step back. The line stands while it stands for any of
    them; after that it has expired if it has for any, else it is in the stage reached last.
    """

    def __init__(
        self, kind: LineKind, occasions: Iterable[Occasion], registry: Registry | None
    ) -> None:
        self.state: State = "standing"
        self.since: dt.date | None = None
        self.events: list[Event] = []
        self.said: list[tuple[Heard, ...]] = []
        """What was said at each mention that says something: what ends the line or is strongest
        first."""
        self._reported: list[Member] = []
        self.custom = Custom(occasions)
        self._kind, self._registry = kind, registry
        self._changes = frozenset(standing_rules()["kinds"][kind]["changes"])
        self._silent = False
        self._askers: set[str] = set()
        self._stages: dict[str, _Stage] = {}
        self._due: dict[str, dt.date] = {}
        self._reached: _Stage = "standing"

    @property
    def words(self) -> Member:
        """Whose words stand: the last mention that says something, else the delivery told last."""
        return self.said[-1][0].saying.member if self.said else self._reported[-1]

    def wait_until(self, day: dt.date) -> None:
        """Let the time before a day pass: set days run out, and a line falls silent."""
        while self.state in {"standing", "silent"} and self.events:
            run_out = min((due for due in self._due.values() if due < day), default=None)
            silence = None if self._silent else self.custom.silence(day)
            if silence and (run_out is None or silence.date < run_out):
                self._silent = True
                self._tell("gone silent", silence.date, silence.why)
            elif run_out:
                self._expire(run_out)
            else:
                return

    def follow(self, mention: Mention) -> None:
        """Take in a mention: first what it says was delivered, then what it says."""
        ended = f"; it had been {self.state} since {self.since}"
        suffix = "" if self.state == "standing" else ended
        self.custom.hear(mention.date, mention.documents)
        self._silent = False
        if mention.deliveries:
            self._deliver(mention.date, mention.deliveries, suffix)
        if mention.sayings:
            self._say(mention, suffix)

    def _say(self, mention: Mention, suffix: str) -> None:
        """The events of the strongest saying, or of one that takes the line back."""
        heard = [hear(one, mention.date, self.said, self._kind) for one in mention.sayings]
        heard.sort(key=lambda one: not one.takes_back)
        for one in heard:
            if not one.takes_back:
                self._open(one)
        first = heard[0]
        if first.takes_back:
            self._take_back(first, suffix)
        else:
            for change, why in changes_of(first, self._kind, self._registry).items():
                self._tell(change, mention.date, why + suffix, first.saying.member)
                suffix = ""
        self.said.append(tuple(heard))

    def _open(self, one: Heard) -> None:
        """Who says it owes it again; a mere affirmation opens nothing that was delivered."""
        due = last_day(one.act.deadline) if one.act.deadline else None
        for party in one.saying.owing:
            if one.saying.undertakes or self._stages.get(party) != "delivered":
                self._stages[party] = "standing"
                self._due.pop(party, None)
                if due and due >= one.date and "expired" in self._changes:
                    self._due[party] = due
        self._askers |= one.saying.voice

    def _take_back(self, one: Heard, suffix: str) -> None:
        """By whom it was said, or by all if nobody knows by whom; a demand, by all who asked."""
        parties, left = one.saying.owing, list[str]()
        if self._kind == "demand":
            self._askers -= self._askers if one.saying.voice == NOBODY else one.saying.voice
            parties, left = frozenset(), [*self._askers]
        if not left:
            self._close(parties - NOBODY or frozenset(self._stages), "withdrawn")
            left = self._still("standing")
        again = " again" if one.earlier and one.earlier.takes_back else ""
        why = _but(f"“{one.takes_back}” takes it back{again}", "still held by", left)
        self._tell("withdrawn", one.date, why + suffix, one.saying.member)

    def _deliver(self, day: dt.date, reports: Sequence[Member], suffix: str) -> None:
        """One event for all reports of a text: that of the one that covers most."""
        told = []
        late = False
        for one in reports:
            parties = reach(one.act.obligors, self._registry, day)
            parties = parties or frozenset(self._stages) or NOBODY
            promise = self._promised_by(parties)
            if promise is None:
                for party in parties:
                    self._stages.setdefault(party, "standing")
            found = delivered(one.act, promise.act if promise else None)
            told.append((found, one))
            if found.whole:
                late = late or any(self._stages.get(party) == "expired" for party in parties)
                self._close([party for party in parties if party in self._stages], "delivered")
        found, member = max(told, key=lambda pair: pair[0].whole)
        left = self._still("standing", "expired")
        why = f"{found.why}, after its day" if late else found.why
        why = _but(why, "still open for", left if found.whole else ())
        change: Change = "delivered" if found.whole and not left else "delivered in part"
        self._tell(change, day, why + suffix, member)
        self._reported.append(member)

    def _promised_by(self, parties: frozenset[str]) -> Heard | None:
        """The last saying by which one of these owes it; else the last of all."""
        spoken = [[one for one in mention if not one.takes_back] for mention in self.said]
        for mention in reversed(spoken):
            for one in mention:
                if not one.saying.owing.isdisjoint(parties):
                    return one
        return next((mention[0] for mention in reversed(spoken) if mention), None)

    def _expire(self, day: dt.date) -> None:
        self._close([one for one, due in self._due.items() if due == day], "expired")
        why = f"{day} passed without a report that all of it was delivered"
        self._tell("expired", day, _but(why, "still open for", self._still("standing")))

    def _close(self, parties: Iterable[str], stage: _Stage) -> None:
        for party in parties:
            self._stages[party] = self._reached = stage
            self._due.pop(party, None)

    def _still(self, *stages: _Stage) -> list[str]:
        return [party for party, stage in self._stages.items() if stage in stages]

    def _tell(self, change: Change, day: dt.date, why: str, member: Member | None = None) -> None:
        """Note an event that has been taken in, and where the line stands by it."""
        state: State = self._reached
        if self._still("standing"):
            state = "silent" if self._silent else "standing"
        elif self._still("expired"):
            state = "expired"
        if state != self.state or self.since is None:
            self.state, self.since = state, day
        self.events.append(Event(change, day, member.key if member else "", why, state))


def _but(why: str, what: str, parties: Iterable[str]) -> str:
    return f"{why}; {what} {names(parties)}" if parties else why
