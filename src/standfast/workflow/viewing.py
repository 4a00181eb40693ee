"""A ledger looked at as a whole: its texts, occasions and lines, and where lines stand."""

from __future__ import annotations

import datetime as dt
from functools import cached_property

from standfast.ledger import Ledger
from standfast.lineage.occasions import find_occasions
from standfast.lineage.standing import standing
from standfast.model import Commitment, Document, Occasion, Standing
from standfast.parties import Registry


class View:
    """A ledger's documents, occasions and lines, each read when it is first asked for."""

    def __init__(self, ledger: Ledger, registry: Registry | None = None) -> None:
        self._ledger = ledger
        self.registry = registry or Registry.load()

    def take_over(self, other: View) -> None:
        """Take texts and occasions from a look at the same documents, so far as it has them."""
        for name in ("texts", "latest", "every_occasion"):
            if name in other.__dict__:
                self.__dict__[name] = other.__dict__[name]

    @cached_property
    def texts(self) -> list[Document]:
        """Documents in their current versions."""
        return self._ledger.texts()

    @cached_property
    def latest(self) -> dt.date | None:
        """Day of the latest document."""
        return max((one.date for one in self.texts if one.date), default=None)

    @cached_property
    def lines(self) -> list[Commitment]:
        """Commitments as joined last."""
        return self._ledger.commitments()

    @cached_property
    def every_occasion(self) -> list[Occasion]:
        """All occasions; the listed ones of which no document is there are among them."""
        return find_occasions(self.texts, (), self.registry, everything=True)

    @cached_property
    def occasions(self) -> list[Occasion]:
        """Occasions that documents of the ledger came of."""
        return [one for one in self.every_occasion if one.documents or one.origin != "listed"]

    def standing(self, one: Commitment, day: dt.date | None) -> Standing | None:
        """Where a line stands at the end of a day; ``None`` where nobody had spoken of it."""
        try:
            return standing(one, day, self.occasions, registry=self.registry)
        except ValueError:
            return None
