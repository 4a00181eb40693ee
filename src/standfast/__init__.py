"""Standfast: a ledger of international commitments.

>>> from standfast import read, extract, Ledger, frame
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from standfast.documents import Metadata
    from standfast.ledger import ActQuery, Ledger
    from standfast.model import Act, Document
    from standfast.workflow import (
        check,
        check_all,
        commitment,
        commitments,
        drift_of,
        endurance,
        evaluate,
        explain,
        extract,
        frame,
        link,
        occasions,
        read,
        summit,
        train,
    )

__version__ = "0.1.0"
__all__ = [
    "Act", "ActQuery", "Document", "Ledger", "Metadata", "check", "check_all", "commitment",
    "commitments", "drift_of", "endurance", "evaluate", "explain", "extract", "frame", "link",
    "occasions", "read", "summit", "train",
]  # fmt: skip

_HOMES = {
    "standfast.workflow": (
        "check", "check_all", "commitment", "commitments", "drift_of", "endurance", "evaluate",
        "explain", "extract", "frame", "link", "occasions", "read", "summit", "train",
    ),
    "standfast.ledger": ("ActQuery", "Ledger"),
    "standfast.documents": ("Metadata",),
    "standfast.model": ("Act", "Document"),
}  # fmt: skip


def __getattr__(name: str) -> object:
    # Loaded on first use: the command line's help must not wait for spaCy.
    from importlib import import_module

    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module 'standfast' has no attribute {name!r}")
