"""The verbs of what endures: joining acts into commitments, asking where they stand, deciding."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from standfast.ledger import ActQuery, Ledger
from standfast.lineage.guises import count_once
from standfast.lineage.nearest import COMPARED, candidate_names, nearest
from standfast.lineage.settling import settle
from standfast.model import Commitment, LedgerError, Standing
from standfast.parties import Registry
from standfast.workflow.fitting import fitting
from standfast.workflow.meanings import Told, keep_meanings
from standfast.workflow.rulings import rulings_of
from standfast.workflow.standings import keep_standings
from standfast.workflow.viewing import View

Source = Ledger | str | Path | None


@dataclass(frozen=True, slots=True)
class LinkReport:
    """What a joining made: acts, lines, and lines that more than one document speaks of."""

    acts: int
    lines: int
    followed: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Standings:
    """Commitments with where each stands, in the same order."""

    as_of: dt.date | None
    commitments: tuple[Commitment, ...]
    standings: tuple[Standing, ...]

    def __iter__(self) -> Iterator[tuple[Commitment, Standing]]:
        return iter(zip(self.commitments, self.standings, strict=True))

    def records(self) -> list[dict[str, Any]]:
        """As JSON: each commitment's record with its ``standing``."""
        return [{**one.record(), "standing": where.record()} for one, where in self]


@contextmanager
def opened(source: Source) -> Iterator[Ledger]:
    """A ledger that is open already, or one that is opened and closed again."""
    if isinstance(source, Ledger):
        yield source
    else:
        with Ledger(source, create=False) as ledger:
            yield ledger


def link(
    ledger: Source = None, *, registry: Registry | None = None, told: Told | None = None
) -> LinkReport:
    """Join all acts of a ledger into commitments, and write these in the place of the old ones.

    Afterwards membership does not depend on the order of reading; people's decisions hold, and
    identifiers persist where most of a line's members do. What new acts mean is worked out and kept
    for checking reports, which takes most of the time; ``told`` hears of that.
    """
    begun = time.monotonic()
    with opened(ledger) as held:
        members = held.members()
        lines = settle(
            members,
            registry or Registry.load(),
            before=held.commitments(),
            rulings=rulings_of(held.decisions("commitment")),
        )
        held.write_lines(lines)
        keep_standings(held)
        keep_meanings(held, members, told)
    followed = sum(len(one.documents) > 1 for one in lines)
    return LinkReport(len(members), len(lines), followed, time.monotonic() - begun)


def add_batch(ledger: Ledger, batch: int | None) -> int:
    """Add what a run of reading brought to the nearest commitments; how many acts were added.

    Memberships are provisional until the next :func:`link`. Nothing is done in a ledger that was
    never linked.
    """
    if batch is None or not ledger.linked():
        return 0
    fresh = ledger.members(ActQuery(batch=batch))
    held = ledger.lines_of([one.key for one in fresh])
    fresh = [one for one in fresh if one.key not in held]
    lines = ledger.nearby(candidate_names(fresh), COMPARED)
    ledger.add_to_lines(nearest(fresh, lines))
    return len(fresh)


def commitments(  # noqa: PLR0913 - keywords, one a filter
    ledger: Source = None,
    *,
    as_of: dt.date | None = None,
    by: Sequence[str] = (),
    to: Sequence[str] = (),
    theme: Sequence[str] = (),
    kind: Sequence[str] = (),
    state: Sequence[str] = (),
    text: str = "",
    mentions: int = 1,
) -> Standings:
    """Commitments and where they stand at the end of a day, the longest first.

    ``as_of`` is the day of the ledger's latest document unless given; mentions after it do not
    count. ``by`` are obligors (or, of a demand, those who ask), ``to`` targets, all of them party
    codes; ``text`` words of the name; ``mentions`` the least number of documents up to that day.
    """
    fits = fitting(by=by, to=to, theme=theme, kind=kind)
    words = text.casefold().split()
    with opened(ledger) as held:
        view = View(held)
        day = as_of or view.latest
        some = [one for one in view.lines if fits(one) and (not words or _named(one, words))]
        known = [one for one in (until(one, day) for one in some) if fits(one)]
        asked = [(one, view.standing(one, day)) for one in known if len(one.documents) >= mentions]
    pairs = [(one, where) for one, where in asked if where and (not state or where.state in state)]
    pairs.sort(key=lambda pair: (-count_once(pair[0].members), pair[0].id))
    return Standings(day, tuple(one for one, _ in pairs), tuple(where for _, where in pairs))


def commitment(
    name: str, ledger: Source = None, *, as_of: dt.date | None = None
) -> tuple[Commitment, Standing]:
    """One commitment and where it stands.

    Raises :class:`~standfast.model.LedgerError` where nobody had spoken of it by the day.
    """
    with opened(ledger) as held:
        view = View(held)
        one, day = held.commitment(name), as_of or view.latest
        where = view.standing(one, day)
        if where is None:
            raise LedgerError(name, f"nobody had spoken of it by {day}", f"first on {one.first}")
        return one, where


def until(one: Commitment, day: dt.date | None) -> Commitment:
    """The line with the mentions that there were by the end of a day."""
    known = tuple(m for m in one.members if not (day and m.date and m.date > day))
    return one if len(known) == len(one.members) else replace(one, members=known)


def _named(one: Commitment, words: Sequence[str]) -> bool:
    """Whether its name holds all words, which are in small letters."""
    name = one.name.casefold()
    return all(word in name for word in words)


def with_lines(ledger: Ledger, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Records of acts with ``commitments``, the identifiers of the lines that each belongs to."""
    rows = list(rows)
    lines = ledger.lines_of([row["id"] for row in rows])
    return [{**row, "commitments": list(lines.get(row["id"], ()))} for row in rows]
