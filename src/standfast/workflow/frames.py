"""Acts as a table for analysis."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from standfast.ledger import StoredAct
from standfast.model import Act

if TYPE_CHECKING:
    import pandas as pd


def frame(acts: Iterable[Act | StoredAct]) -> pd.DataFrame:
    """One row an act, columns as the codebook names them; parties and themes are lists of codes.

    Acts out of a ledger have ``id``, ``title``, ``date`` and ``source`` as well. ``amounts`` and
    ``items`` are lists of mappings. ``polars.from_dicts([act.record() for act in acts])`` gives the
    same for polars.
    """
    import pandas as pd

    rows: list[dict[str, Any]] = [act.record() for act in acts]
    for row in rows:
        row.pop("reasons")
    table = pd.DataFrame(rows)
    if "date" in table:
        table["date"] = pd.to_datetime(table["date"])
    return table
