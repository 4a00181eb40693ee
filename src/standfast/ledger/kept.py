"""What the ledger keeps for those who look through it: standings, columns, rows by page."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from standfast.ledger import columns, queries, standings
from standfast.ledger import schema as t
from standfast.ledger.columns import ActColumns, LineColumns
from standfast.ledger.results import StoredAct
from standfast.ledger.transactions import Transactions
from standfast.model import Commitment, Standing


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

    def act_columns(self) -> ActColumns:
        """All current acts as columns, for lists and counts."""
        with self._reading() as connection:
            return columns.act_columns(connection)

    def line_columns(self) -> LineColumns:
        """All lines as columns, with their standings as kept."""
        with self._reading() as connection:
            return columns.line_columns(connection)

    def acts_of_rows(self, ids: Sequence[int]) -> list[StoredAct]:
        """Acts of these rows of :meth:`act_columns`, in the order asked for."""
        with self._reading() as connection:
            return queries.by_rows_in_order(connection, ids)

    def rows_with(self, text: str) -> list[int]:
        """Rows of the acts whose quote or whose document's title holds every word of a text."""
        with self._reading() as connection:
            return queries.rows_with(connection, text)
