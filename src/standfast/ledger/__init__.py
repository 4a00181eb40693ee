"""The ledger, on SQLite by default and PostgreSQL for teams; the only package that knows SQL."""

from standfast.ledger.accounts import ROLES, Account, Failures, Role, Token
from standfast.ledger.coded_items import Assignment, sentence_keys
from standfast.ledger.codings import NewerError, Outcome
from standfast.ledger.columns import (
    NO_DAY,
    ActColumns,
    Coded,
    LineColumns,
    Many,
    among,
    coded,
    many,
    same,
)
from standfast.ledger.courses import EventColumns
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
from standfast.ledger.searching import AsOf, Bearing
from standfast.ledger.words import marks, spans_of
from standfast.ledger.writing import Batch

__all__ = [
    "NO_DAY",
    "ROLES",
    "Account",
    "ActColumns",
    "ActQuery",
    "AsOf",
    "Assignment",
    "Batch",
    "BatchInfo",
    "Bearing",
    "Coded",
    "Decision",
    "Difference",
    "DocumentInfo",
    "EventColumns",
    "Failures",
    "Ledger",
    "LineColumns",
    "LineEvent",
    "Many",
    "NewerError",
    "Outcome",
    "Role",
    "SavedSearch",
    "Status",
    "StoredAct",
    "Token",
    "among",
    "coded",
    "default_target",
    "many",
    "marks",
    "same",
    "sentence_keys",
    "spans_of",
]
