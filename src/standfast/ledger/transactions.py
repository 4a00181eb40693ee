"""A ledger's database, opened: what reads it, what changes what readers see, and what does not."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import sqlalchemy as sa

from standfast.ledger import engine
from standfast.ledger import schema as t

_STATE = sa.select(t.changes.c.number)


class Transactions:
    """What every part of the ledger stands on."""

    def __init__(self, target: str | Path | None = None, *, create: bool = True) -> None:
        given = str(target) if target is not None else engine.default_target()
        self._engine = engine.open_engine(given, create=create)
        self.target = engine.shown(given)
        self._here = threading.local()

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def together(self) -> Iterator[None]:
        """What this thread reads within is of one state of the ledger, and read in one go.

        What it writes within it does not see until after.
        """
        with self._reading() as connection:
            before = getattr(self._here, "connection", None)
            self._here.connection = connection
            try:
                yield
            finally:
                self._here.connection = before

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        held: sa.Connection | None = getattr(self._here, "connection", None)
        if held is not None:
            yield held
            return
        with engine.faults(self.target), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        """A transaction that changes what readers see; it is counted."""
        with self.noting() as connection:
            self._counted(connection)  # first: whoever writes may end the transaction itself
            yield connection

    def _counted(self, connection: sa.Connection) -> None:
        """Note that the open transaction changes what readers see."""
        connection.execute(t.changes.update().values(number=t.changes.c.number + 1))

    @contextmanager
    def noting(self) -> Iterator[sa.Connection]:
        """A transaction of what readers do not see: accounts, log-ins, assignments."""
        writer = self._engine.execution_options(writes=True)
        with engine.faults(self.target), writer.begin() as connection:
            yield connection

    def state(self) -> int:
        """A number that grows with every change of what readers see, whoever makes it."""
        with self._reading() as connection:
            return int(connection.execute(_STATE).scalar_one())
