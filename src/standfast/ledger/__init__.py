"""The ledger, on SQLite by default and PostgreSQL for teams; the only package that knows SQL."""

from standfast.ledger.accounts import ROLES, Account, Role, Token
from standfast.ledger.columns import NO_DAY, ActColumns, Coded, LineColumns, Many
from standfast.ledger.engine import default_target
from standfast.ledger.latest import LineEvent
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
from standfast.ledger.saved import SavedSearch
from standfast.ledger.searching import Bearing
from standfast.ledger.words import marks, spans_of
from standfast.ledger.writing import Batch

__all__ = [
    "NO_DAY",
    "ROLES",
    "Account",
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
    "LineEvent",
    "Many",
    "Role",
    "SavedSearch",
    "Status",
    "StoredAct",
    "Token",
    "default_target",
    "marks",
    "spans_of",
]
