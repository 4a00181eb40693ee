"""What pages are made from, held in memory for one state of the ledger.

Columns of acts and lines, names and documents are read when they are first asked for, or made ready
beside the shelf of the state before (:mod:`standfast.web.shelves`); they go together when the
ledger changed, whoever changed it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable
from functools import cached_property, lru_cache
from typing import Any

from standfast.ledger import ActColumns, BatchInfo, DocumentInfo, Ledger, LineColumns, same
from standfast.parties import Registry
from standfast.web.keeping import Pages
from standfast.workflow.viewing import View


class Shelf:
    """One state of the ledger; every value is read once, and never changed.

    ``older`` are values of earlier states that take long to make anew, by the names under which
    they are kept (:func:`standfast.web.once.soon`): they are shown, as such, until then.
    """

    def __init__(self, ledger: Ledger, state: int, registry: Registry | None = None) -> None:
        self.ledger, self.state = ledger, state
        self.registry = registry or Registry.load()
        self.view = View(ledger, self.registry)
        self.pages = Pages()
        self.older: dict[Hashable, Any] = {}

    @property
    def used(self) -> bool:
        """Whether anybody has asked for acts here, so that a next shelf is worth making ready."""
        return "acts" in self.__dict__

    def next(self, state: int) -> Shelf:
        """The shelf of a later state with what changed read, and all the rest taken from here.

        What was found to be the same is the very same, so that what is made from it stays too.
        """
        found = Shelf(self.ledger, state, self.registry)
        found.acts = self.ledger.act_columns(self.acts)
        lines = self.ledger.line_columns()
        found.lines = self.lines if same(lines, self.lines) else lines
        documents = {one.doc: one for one in self.ledger.documents()}
        # In their order: a day that was corrected moves a document.
        as_before = list(documents.items()) == list(self.documents.items())
        found.documents = self.documents if as_before else documents
        if found.acts.readings == self.acts.readings:
            found.view.take_over(self.view)
        return found

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
    def batches(self) -> list[BatchInfo]:
        """Runs of reading, the latest first; counting their acts takes long."""
        return self.ledger.batches()

    def title(self, line: str) -> str:
        """A line's title; its identifier where it has gone."""
        at = self.line_at.get(line)
        return self.lines.titles[at] if at is not None else line

    def party(self, code: str) -> str:
        """A party's name; its code where it has none."""
        return names_of(self.registry).get(code, code)


@lru_cache(maxsize=8)
def names_of(registry: Registry) -> dict[str, str]:
    """Names of all parties by their codes."""
    return {one.code: one.name for one in registry.parties()}
