"""Which acts of a group agree with the rest of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from standfast.lineage.joinable import Joinable

GIVE_UP_SHARE = 5
"""Of the acts below the bar, one in so many leaves before the rest is looked at again."""


def agreeing(group: Sequence[Joinable], bias: float, loose: float, bar: float) -> list[Joinable]:
    """The acts whose mean log-odds with those of other documents reach the bar, in their order.

    The least alike leave first and the rest is looked at again, until all reach it or one document
    is left. ``bias`` is what two acts have before their words are looked at, ``loose`` what is
    taken off where only a theme brought the act here.
    """
    documents = sorted({one.doc for one in group})
    if len(documents) == 1:
        return list(group)
    vectors = _matrix(group)
    place = {doc: at for at, doc in enumerate(documents)}
    doc_of = np.array([place[one.doc] for one in group])
    less = np.array([loose if one.loose else 0.0 for one in group])
    # Ties are broken by the acts' keys, so that the order of reading does not matter.
    rank = np.argsort(np.argsort([one.key for one in group]))
    alive = np.arange(len(group))
    while len(np.unique(doc_of[alive])) > 1:
        odds = bias - less[alive] + _mean_products(vectors[alive], doc_of[alive])
        below = np.flatnonzero(odds < bar)
        if not len(below):
            break
        first = below[np.lexsort((rank[alive][below], odds[below]))]
        alive = np.delete(alive, first[: 1 + len(below) // GIVE_UP_SHARE])
    return [group[int(at)] for at in alive]


def _mean_products(vectors: Any, doc_of: Any) -> Any:
    """Of each row the mean product with the rows of other documents."""
    from scipy.sparse import csr_matrix

    rows = np.arange(len(doc_of))
    names, own = np.unique(doc_of, return_inverse=True)
    by_document = csr_matrix((np.ones(len(rows)), (own, rows)), (len(names), len(rows))) @ vectors
    whole = np.asarray(vectors.sum(axis=0)).ravel()
    same = np.asarray(vectors.multiply(by_document[own]).sum(axis=1)).ravel()
    others = len(rows) - np.bincount(own)[own]
    return np.asarray(vectors @ whole - same) / others


def _matrix(group: Sequence[Joinable]) -> Any:
    """Vectors as the rows of a sparse matrix."""
    from scipy.sparse import csr_matrix

    column: dict[str, int] = {}
    starts, columns, values = [0], [], []
    for one in group:
        for name, value in one.vector.items():
            columns.append(column.setdefault(name, len(column)))
            values.append(value)
        starts.append(len(columns))
    return csr_matrix((values, columns, starts), (len(group), len(column)))
