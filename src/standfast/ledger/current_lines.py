"""Columns of all lines, with their standings as the ledger keeps them."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
import sqlalchemy as sa

from standfast.ledger import schema as t
from standfast.ledger.columns import LineColumns, Many, coded, many, ordinals


def line_columns(connection: sa.Connection) -> LineColumns:
    """Columns of all lines that have a standing or are waiting for one."""
    n, s = t.lines.c, t.standings.c
    columns = (
        n.id, n.line, n.name, n.kind, s.state, s.strength,
        *(sa.cast(one, sa.Text).label(one.name) for one in (n.obligors, n.targets, n.themes)),
        s.since, s.first, s.last, s.due, s.mentions,
    )  # fmt: skip
    query = sa.select(*columns).select_from(t.lines.outerjoin(t.standings))
    query = query.order_by(s.mentions.desc().nulls_last(), n.line)
    rows = connection.execute(query).all()
    return LineColumns(
        ids=np.array([row.id for row in rows], dtype=np.int64),
        names=tuple(row.line for row in rows),
        titles=tuple(row.name for row in rows),
        kind=coded([row.kind for row in rows]),
        state=coded([row.state for row in rows]),
        strength=coded([row.strength for row in rows]),
        since=ordinals([row.since for row in rows]),
        first=ordinals([row.first for row in rows]),
        last=ordinals([row.last for row in rows]),
        due=ordinals([row.due for row in rows]),
        mentions=np.array([row.mentions or 0 for row in rows], dtype=np.int64),
        obligor=_lists([row.obligors for row in rows]),
        target=_lists([row.targets for row in rows]),
        theme=_lists([row.themes for row in rows]),
    )


def _lists(values: Sequence[str]) -> Many:
    """Lists as JSON, one a row. Few differ, and each is read once."""
    known = {text: json.loads(text) for text in set(values)}
    return many(((at, name) for at, text in enumerate(values) for name in known[text]), len(values))
