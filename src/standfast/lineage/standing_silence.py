"""When a line goes silent: occasions at which it was usual pass without it, or days do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from standfast.lineage.standing_cues import standing_rules
from standfast.model.occasion import Occasion


@dataclass(frozen=True, slots=True)
class Silence:
    """A line has gone silent when ``date`` has passed; ``why`` says by which occasions or days."""

    date: dt.date
    why: str


class Custom:
    """At which series a line is usual, told by the occasions at which it was mentioned so far."""

    def __init__(self, occasions: Iterable[Occasion]) -> None:
        self._series: dict[str, list[Occasion]] = {}
        self._of_document: dict[str, list[Occasion]] = {}
        for one in sorted(occasions, key=lambda one: (one.start, one.id)):
            if one.series:
                self._series.setdefault(one.series, []).append(one)
                for document in one.documents:
                    self._of_document.setdefault(document, []).append(one)
        self._heard: dict[str, set[str]] = {}
        self._first: dt.date | None = None
        self._last = dt.date.min

    def hear(self, day: dt.date, documents: Iterable[str]) -> None:
        """Take note of a mention, in the order of their days."""
        self._first, self._last = self._first or day, day
        for document in documents:
            for one in self._of_document.get(document, ()):
                self._heard.setdefault(one.series, set()).add(one.id)

    def silence(self, before: dt.date) -> Silence | None:
        """Whether and when a line of which nothing more is heard goes silent before a day."""
        rules = standing_rules()["silence"]
        usual = self._usual()
        days = rules["days_with_series" if usual else "days"]
        found = [Silence(self._last + dt.timedelta(days), f"not mentioned for {days} days")]
        for series in usual:
            passed = self._passed(series, before)[: rules["missed"]]
            if len(passed) == rules["missed"]:
                names = " and ".join(one.name for one in passed)
                why = f"not mentioned at {names}, though usual at such occasions"
                found.append(Silence(_over(passed[-1]), why))
        first = min(found, key=lambda one: one.date)
        return first if first.date < before else None

    def missed(self, before: dt.date) -> tuple[str, ...]:
        """Names of occasions since the last mention at which it was usual, in their order."""
        passed = [one for series in self._usual() for one in self._passed(series, before)]
        return tuple(one.name for one in sorted(passed, key=lambda one: (one.start, one.id)))

    def unread(self, before: dt.date) -> tuple[str, ...]:
        """Names of such occasions of which no text is at hand."""
        return tuple(
            one.name
            for series in self._usual()
            for one in self._since(series, before)
            if not one.documents
        )

    def _usual(self) -> Sequence[str]:
        rules, first = standing_rules()["silence"], self._first
        found = []
        for series, heard in self._heard.items():
            held = [
                one
                for one in self._series[series]
                if one.id in heard
                or (one.documents and first and first <= one.start and one.end <= self._last)
            ]
            if len(heard) >= rules["usual_mentions"] and (
                len(heard) / len(held) >= rules["usual_share"]
            ):
                found.append(series)
        return found

    def _passed(self, series: str, before: dt.date) -> list[Occasion]:
        return [one for one in self._since(series, before) if one.documents]

    def _since(self, series: str, before: dt.date) -> list[Occasion]:
        """Occasions since the last mention that were over before a day, without those heard."""
        heard = self._heard.get(series, set())
        return [
            one
            for one in self._series[series]
            if one.start > self._last and _over(one) < before and one.id not in heard
        ]


def _over(one: Occasion) -> dt.date:
    """The last day on which a text of the occasion may be dated."""
    return one.end + dt.timedelta(standing_rules()["silence"]["grace_days"])
