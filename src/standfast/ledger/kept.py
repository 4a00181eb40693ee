"""What the ledger keeps for those who look through it: standings, columns, rows by page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

import sqlalchemy as sa

from standfast.ledger import (
    courses,
    current_acts,
    current_lines,
    latest,
    queries,
    standings,
    words,
)
from standfast.ledger import schema as t
from standfast.ledger.columns import ActColumns, Ints, LineColumns
from standfast.ledger.courses import EventColumns
from standfast.ledger.latest import LineEvent
from standfast.ledger.results import StoredAct
from standfast.ledger.transactions import Transactions
from standfast.ledger.words import Alike, Holding, itself
from standfast.model import Change, Commitment, LineKind, Standing


class Kept(Transactions):
    """Lists and counts without following every line anew."""

    def write_standings(self, found: Sequence[tuple[Commitment, Standing]]) -> None:
        """Keep where these lines stand, in the place of what was kept for them."""
        with self._writing() as connection:
            standings.write(connection, found)

    def standings(self, names: Sequence[str]) -> dict[str, Standing]:
        """Where lines stood at the latest document, as kept; none for those not computed yet."""
        with self._reading() as connection:
            return standings.read(connection, names)

    def without_standing(self) -> list[str]:
        """Identifiers of lines whose standing is not kept as of the latest document."""
        with self._reading() as connection:
            latest = connection.execute(
                sa.select(sa.func.max(t.versions.c.date)).where(t.versions.c.current)
            ).scalar()
            return standings.missing(connection, latest)

    def act_columns(self, before: ActColumns | None = None) -> ActColumns:
        """All current acts as columns, for lists and counts.

        With columns of an earlier state only documents that changed since are read; the very same
        columns come back where none did.
        """
        with self._reading() as connection:
            return current_acts.act_columns(connection, before)

    def line_columns(self) -> LineColumns:
        """All lines as columns, with their standings as kept."""
        with self._reading() as connection:
            return current_lines.line_columns(connection)

    def event_columns(self) -> EventColumns:
        """All dated events of lines as columns, with where each line stood after them."""
        with self._reading() as connection:
            return courses.event_columns(connection)

    def deadlines(self) -> tuple[Ints, Ints]:
        """Rows of the acts that name a deadline, and its last day as an ordinal (0: none)."""
        with self._reading() as connection:
            return courses.deadlines(connection)

    def acts_of_rows(self, ids: Sequence[int]) -> list[StoredAct]:
        """Acts of these rows of :meth:`act_columns`, in the order asked for."""
        with self._reading() as connection:
            return queries.by_rows_in_order(connection, ids)

    def holding(self, text: str, alike: Alike = itself) -> list[Holding]:
        """For each word or phrase of a text the acts and titles that hold it.

        ``alike`` gives further spellings of a word or phrase. Some rows may not be current.
        """
        with self._reading() as connection:
            return words.holding(connection, text, alike)

    def versions_with(self, text: str, alike: Alike = itself) -> Ints:
        """Rows of the versions of documents whose title or text holds every word of a text.

        Some rows may not be current; those that are stand in :attr:`ActColumns.readings`.
        """
        with self._reading() as connection:
            return words.versions_with(connection, text, alike)

    def latest_events(  # noqa: PLR0913 - keywords, one a filter
        self,
        changes: Sequence[Change] = (),
        *,
        most: int = 20,
        skip: int = 0,
        among: Collection[int] | None = None,
        kinds: Sequence[LineKind] = (),
        until: dt.date | None = None,
    ) -> list[LineEvent]:
        """What happened to lines, the latest first; of some changes, lines (rows) and kinds.

        With ``until`` only what could be known at the end of that day.
        """
        with self._reading() as connection:
            return latest.events(
                connection, changes, most=most, skip=skip, among=among, kinds=kinds, until=until
            )

    def event_counts(self, kinds: Sequence[LineKind] = ()) -> list[tuple[Change, int, dt.date]]:
        """How many dated events there are of each change, and the day of the last."""
        with self._reading() as connection:
            return latest.event_counts(connection, kinds)

    def wordings(self, ids: Sequence[int]) -> dict[int, str]:
        """The latest words of the lines of these rows of :meth:`line_columns`."""
        with self._reading() as connection:
            return latest.wordings(connection, ids)

    def line_members(self) -> list[tuple[int, str]]:
        """Rows of lines with the keys of their acts."""
        with self._reading() as connection:
            return latest.members(connection)
