"""Keeping where lines stand: computed once after a joining, so that the desk can list them."""

from __future__ import annotations

from collections.abc import Collection

from standfast.ledger import Ledger
from standfast.workflow.viewing import View

_AT_ONCE = 2000
"""Lines whose standings are written in one transaction."""


def keep_standings(
    ledger: Ledger, names: Collection[str] | None = None, view: View | None = None
) -> int:
    """Compute and keep where lines stand as of the latest document; how many were kept.

    Without ``names`` every line that has no standing of that day; ``view`` is a look at the ledger
    that is at hand already.
    """
    wanted = set(ledger.without_standing() if names is None else names)
    if not wanted:
        return 0
    view = view or View(ledger)
    lines = view.lines if len(wanted) > _AT_ONCE else ledger.nearby(sorted(wanted))
    found = [
        (one, where)
        for one in lines
        if one.id in wanted and (where := view.standing(one, view.latest)) is not None
    ]
    for first in range(0, len(found), _AT_ONCE):
        ledger.write_standings(found[first : first + _AT_ONCE])
    return len(found)
