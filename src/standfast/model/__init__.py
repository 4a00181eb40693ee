"""The nouns: documents, acts and parties. No input or output happens here."""

from standfast.model.act import (
    ACT_KINDS,
    CHECKABLES,
    STRENGTHS,
    Act,
    ActKind,
    Amount,
    Checkable,
    Item,
    Reason,
    Strength,
)
from standfast.model.document import BLOCK_KINDS, Block, BlockKind, Document, Origin
from standfast.model.errors import (
    LedgerError,
    StandfastError,
    UnknownPartyError,
    UnreadableError,
)
from standfast.model.party import Membership, Mention, MentionForm, Party, PartyKind

__all__ = [
    "ACT_KINDS",
    "BLOCK_KINDS",
    "CHECKABLES",
    "STRENGTHS",
    "Act",
    "ActKind",
    "Amount",
    "Block",
    "BlockKind",
    "Checkable",
    "Document",
    "Item",
    "LedgerError",
    "Membership",
    "Mention",
    "MentionForm",
    "Origin",
    "Party",
    "PartyKind",
    "Reason",
    "StandfastError",
    "Strength",
    "UnknownPartyError",
    "UnreadableError",
]
