"""What a corpus does not hold, said beside every figure on endurance.

A curve drawn from texts shows what was said in the texts that were read. These notes count what was
not: they are data, so that a chart's caption, a terminal and a file say the same.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from standfast.lineage.endurance import Lifetime, settings
from standfast.lineage.survival import number

About = Literal[
    "span",
    "undated documents",
    "thin months",
    "absent parties",
    "undated commitments",
    "one mention",
    "first day",
    "young",
    "silence",
]


class Text(Protocol):
    """What is asked of a document; :class:`standfast.model.document.Document` has it."""

    @property
    def id(self) -> str:
        """Its identifier."""

    @property
    def date(self) -> dt.date | None:
        """Its day, if known."""

    @property
    def issuers(self) -> tuple[str, ...]:
        """The parties whose text it is."""


class Line(Protocol):
    """What is asked of a line; :class:`standfast.model.commitment.Commitment` has it."""

    @property
    def id(self) -> str:
        """Its identifier."""

    @property
    def first(self) -> dt.date | None:
        """Day of its first dated mention."""


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that the corpus does not hold.

    ``text`` is a sentence or two; ``count`` the number in it, ``total`` that out of which it is,
    and ``items`` what was counted: months (``2022-03``), party codes, document or commitment
    identifiers. ``caption`` says whether it belongs under a chart and not only into the data.
    """

    about: About
    text: str
    count: int = 0
    total: int = 0
    items: tuple[str, ...] = ()
    caption: bool = True

    def record(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "about": self.about,
            "text": self.text,
            "count": self.count,
            "total": self.total,
            "items": list(self.items),
        }


def notes(
    documents: Iterable[Text],
    lines: Sequence[Line],
    lives: Sequence[Lifetime],
    *,
    expected: Collection[str] = (),
) -> tuple[Note, ...]:
    """The honest note on curves drawn from these lives.

    ``lines`` are the commitments the lives were taken from, with those that have none because they
    are undated. ``expected`` are parties of which texts should be there (the members of a group);
    those who owe a commitment are expected anyway.
    """
    texts = list(documents)
    days = sorted(one.date for one in texts if one.date)
    said = [_span(texts, days), _undated_documents(texts), _thin_months(days)]
    said += [_absent_parties(texts, lives, expected), _undated_commitments(lines)]
    said += [_one_mention(lives), _first_day(days, lives), _young(lives), _silence(lives)]
    return tuple(one for one in said if one)


def caption(found: Iterable[Note]) -> str:
    """The notes as running text, for under a chart."""
    return " ".join(one.text for one in found if one.caption)


def _span(texts: Sequence[Text], days: Sequence[dt.date]) -> Note:
    if not days:
        return Note("span", f"{number(len(texts), 'document')}, none with a date.", 0, len(texts))
    span = f"from {days[0].isoformat()} to {days[-1].isoformat()}"
    text = f"{number(len(days), 'dated document')} {span}: what was said elsewhere is not counted."
    return Note("span", text, len(days), len(texts), (days[0].isoformat(), days[-1].isoformat()))


def _undated_documents(texts: Sequence[Text]) -> Note | None:
    names = tuple(one.id for one in texts if not one.date)
    if not names:
        return None
    text = f"{number(len(names), 'document')} without a date, left out."
    return Note("undated documents", text, len(names), len(texts), names)


def _thin_months(days: Sequence[dt.date]) -> Note | None:
    """Months between the first and the last document with few of them, or none."""
    if not days:
        return None
    held = Counter((day.year, day.month) for day in days)
    span = _months(days[0], days[-1])
    few = settings()["few_documents"]
    thin = [month for month in span if held[month] < few]
    if not thin:
        return None
    empty = sum(not held[month] for month in thin)
    text = (
        f"{len(thin)} of its {number(len(span), 'month')} have fewer than"
        f" {number(few, 'document')}, {empty} of them none."
    )
    names = tuple(f"{year}-{month:02}" for year, month in thin)
    return Note("thin months", text, len(thin), len(span), names)


def _months(first: dt.date, last: dt.date) -> list[tuple[int, int]]:
    start, stop = (day.year * 12 + day.month - 1 for day in (first, last))
    return [(index // 12, index % 12 + 1) for index in range(start, stop + 1)]


def _absent_parties(
    texts: Sequence[Text], lives: Sequence[Lifetime], expected: Collection[str]
) -> Note | None:
    """Parties that are bound by a promise, or expected, and issued none of the texts."""
    present = {party for one in texts for party in one.issuers}
    bound = Counter(party for one in lives for party in one.obligors)
    wanted = sorted({*bound, *expected}, key=lambda party: (-bound[party], party))
    absent = tuple(party for party in wanted if party not in present)
    if not absent:
        return None
    shown = ", ".join(absent[:6]) + (f" and {len(absent) - 6} more" if len(absent) > 6 else "")
    text = f"No text of their own from {shown}: their promises are seen in others' words."
    return Note("absent parties", text, len(absent), len(wanted), absent)


def _undated_commitments(lines: Sequence[Line]) -> Note | None:
    names = tuple(one.id for one in lines if not one.first)
    if not names:
        return None
    text = f"{number(len(names), 'commitment')} without any dated mention, left out."
    return Note("undated commitments", text, len(names), len(lines), names)


def _one_mention(lives: Sequence[Lifetime]) -> Note | None:
    once = tuple(one.commitment for one in lives if one.mentions == 1)
    if not once:
        return None
    gone = sum(one.mentions == 1 and one.how == "silence" and not one.days for one in lives)
    text = f"{len(once)} of {number(len(lives), 'commitment')} mentioned in one text only"
    text += f", {gone} of them since gone silent and counted with 0 days." if gone else "."
    return Note("one mention", text, len(once), len(lives), once)


def _first_day(days: Sequence[dt.date], lives: Sequence[Lifetime]) -> Note | None:
    """Left truncation: what is first seen at the corpus's beginning may be older."""
    if not days or not lives:
        return None
    until = days[0] + dt.timedelta(days=settings()["settling_days"])
    early = tuple(one.commitment for one in lives if one.first <= until)
    text = (
        f"Promises made before {days[0].isoformat()} look younger than they are, and those dropped"
        f" before it are not seen: {len(early)} of {len(lives)} are first met in the first"
        f" {settings()['settling_days']} days."
    )
    return Note("first day", text, len(early), len(lives), early)


def _young(lives: Sequence[Lifetime]) -> Note | None:
    """Lives that no curve counts; no part of the caption, as the curves' own remarks say it."""
    young = tuple(one.commitment for one in lives if one.young)
    if not young:
        return None
    text = (
        f"{len(young)} of {number(len(lives), 'commitment')} first made in the last"
        f" {settings()['settling_days']} days, too recent to have been found silent: left out."
    )
    return Note("young", text, len(young), len(lives), young, caption=False)


def _silence(lives: Sequence[Lifetime]) -> Note | None:
    silent = tuple(one.commitment for one in lives if one.how == "silence")
    if not silent:
        return None
    ended = sum(one.ended for one in lives)
    text = (
        f"{len(silent)} of {number(ended, 'end')} are silences: a promise no longer repeated may"
        " still be kept, and the day it was dropped is not known."
    )
    return Note("silence", text, len(silent), ended, silent)
