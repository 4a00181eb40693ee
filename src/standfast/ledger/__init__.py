"""The ledger, on SQLite by default and PostgreSQL for teams; the only package that knows SQL."""

from standfast.ledger.columns import NO_DAY, ActColumns, Coded, LineColumns, Many
from standfast.ledger.engine import default_target
from standfast.ledger.ledger import Ledger
from standfast.ledger.results import (
    ActQuery,
    BatchInfo,
    Decision,
    Difference,
    DocumentInfo,
    Status,
    StoredAct,
)
from standfast.ledger.searching import Bearing
from standfast.ledger.writing import Batch

__all__ = [
    "NO_DAY",
    "ActColumns",
    "ActQuery",
    "Batch",
    "BatchInfo",
    "Bearing",
    "Coded",
    "Decision",
    "Difference",
    "DocumentInfo",
    "Ledger",
    "LineColumns",
    "Many",
    "Status",
    "StoredAct",
    "default_target",
]
