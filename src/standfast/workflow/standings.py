"""Keeping where lines stand: computed once after a joining, so that the desk can list them."""

from __future__ import annotations

from standfast.ledger import Ledger
from standfast.workflow.viewing import View

_AT_ONCE = 2000
"""Lines whose standings are written in one transaction."""


def keep_standings(ledger: Ledger) -> int:
    """Compute and keep the standing of every line that has none as of the latest document.

    Gives how many there were. Nothing is done where all are kept.
    """
    names = ledger.without_standing()
    if not names:
        return 0
    view = View(ledger)
    lines = view.lines if len(names) > _AT_ONCE else ledger.nearby(names, _ALL)
    wanted = set(names)
    found = [
        (one, where)
        for one in lines
        if one.id in wanted and (where := view.standing(one, view.latest)) is not None
    ]
    for first in range(0, len(found), _AT_ONCE):
        ledger.write_standings(found[first : first + _AT_ONCE])
    return len(found)


_ALL = 1_000_000
"""More members than a line has."""
