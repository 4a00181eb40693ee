"""What pages are made from, held in memory for one state of the ledger.

Columns of acts and lines, names, documents and occasions are read when they are first asked for and
thrown away together when the ledger changed, whoever changed it.
"""

from __future__ import annotations

import datetime as dt
import threading
from functools import cached_property

from standfast.ledger import ActColumns, BatchInfo, DocumentInfo, Ledger, LineColumns
from standfast.model import Commitment, Occasion, Standing
from standfast.parties import Registry
from standfast.web.keeping import Pages
from standfast.workflow.viewing import View


class Shelf:
    """One state of the ledger; every value is read once, and never changed."""

    def __init__(self, ledger: Ledger, state: int) -> None:
        self.ledger, self.state = ledger, state
        self.registry = Registry.load()
        self.view = View(ledger, self.registry)
        self.pages = Pages()

    @cached_property
    def acts(self) -> ActColumns:
        """Current acts, by date."""
        return self.ledger.act_columns()

    @cached_property
    def lines(self) -> LineColumns:
        """Commitments, the longest first."""
        return self.ledger.line_columns()

    @cached_property
    def line_at(self) -> dict[str, int]:
        """Place of each line in :attr:`lines`, by its identifier."""
        return {name: at for at, name in enumerate(self.lines.names)}

    @cached_property
    def documents(self) -> dict[str, DocumentInfo]:
        """Documents by name, in the order of their dates."""
        return {one.doc: one for one in self.ledger.documents()}

    @cached_property
    def latest(self) -> dt.date | None:
        """Day of the latest document: the day as of which things stand, unless another is asked."""
        return max((one.date for one in self.documents.values() if one.date), default=None)

    @cached_property
    def occasions(self) -> dict[str, Occasion]:
        """Occasions of which there are documents, by identifier, in the order of their days."""
        return {one.id: one for one in self.view.occasions if one.documents}

    @cached_property
    def batches(self) -> list[BatchInfo]:
        """Runs of reading, the latest first; counting their acts takes long."""
        return self.ledger.batches()

    def standing(self, one: Commitment, day: dt.date | None) -> Standing | None:
        """Where a line stood on a day: as kept for the latest one, else followed anew."""
        kept = self.ledger.standings([one.id]).get(one.id) if day == self.latest else None
        return kept if kept and kept.as_of == day else self.view.standing(one, day)

    def title(self, line: str) -> str:
        """A line's title; its identifier where it has gone."""
        at = self.line_at.get(line)
        return self.lines.titles[at] if at is not None else line

    def party(self, code: str) -> str:
        """A party's name; its code where it has none."""
        return self._names.get(code, code)

    @cached_property
    def _names(self) -> dict[str, str]:
        return {one.code: one.name for one in self.registry.parties()}


class Shelves:
    """The present :class:`Shelf`; a new one once the ledger's state is another."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._lock = threading.Lock()
        self._present = Shelf(ledger, ledger.state())

    def present(self) -> Shelf:
        """The shelf of the ledger as it is now."""
        state = self._ledger.state()
        with self._lock:
            if state != self._present.state:
                self._present = Shelf(self._ledger, state)
            return self._present
