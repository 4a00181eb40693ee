"""What pages have reckoned from the whole record: functions, and the task that takes them along."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from standfast.ledger import Ledger
from standfast.model import Occasion
from standfast.web.tasks import Kit, Stopped, Told
from standfast.workflow.gathering import Summit, summit
from standfast.workflow.lives import Lives, lives_of
from standfast.workflow.viewing import View

Reckon = Callable[[View, Ledger], Any]
"""A function of this module with its first arguments, so that another process has it as well."""


@dataclass(frozen=True, slots=True)
class ReckonTask:
    """Reckon something from a ledger elsewhere."""

    reckon: Reckon

    def run(self, kit: Kit, told: Told, stopped: Stopped) -> Any:  # noqa: ARG002 - as every task
        """What it comes to."""
        return self.reckon(kit.view(), kit.ledger)

    def discard(self) -> None:
        """Nothing was brought along."""


def find_every_occasion(view: View, _: Ledger) -> list[Occasion]:
    """Occasions in the order of their days; those of which no document is there among them."""
    return view.every_occasion


def find_summit(name: str, known: Sequence[Occasion], _: View, ledger: Ledger) -> Summit:
    """What an occasion set out to secure against what it secured; ``known`` are all occasions."""
    return summit(name, ledger, known=known)


def find_lives(
    as_of: dt.date | None, known: Sequence[Occasion] | None, view: View, ledger: Ledger
) -> Lives:
    """Lives of all commitments as of a day; ``known`` spares finding all occasions.

    Raises :class:`~standfast.model.StandfastError` where there cannot be any.
    """
    if known is not None:
        view.every_occasion = list(known)
    return lives_of(view, ledger, as_of)
