"""Coded sentences and the documents they come from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from standfast.documents import read
from standfast.extraction.roles import NEITHER, OBLIGOR, TARGET
from standfast.model import Document

Coded = dict[str, Any]
"""A coded sentence: ``id``, ``doc``, ``start``, ``end``, ``text``, ``records`` (the codebook's)."""


def read_gold(folder: Path, names: Sequence[str]) -> tuple[list[Document], list[Coded]]:
    """Documents and coded sentences of a folder (``documents/`` and ``NAME.jsonl``)."""
    documents = [one for one in read([folder / "documents"]) if isinstance(one, Document)]
    coded = [
        json.loads(line)
        for name in names
        for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    return documents, coded


def side_of(parties: set[str], obligors: set[str], targets: set[str]) -> str:
    """The side of a referent: all its parties are on it, or most of a group's members."""
    for side, held in ((OBLIGOR, obligors), (TARGET, targets)):
        if len(parties & held) > len(parties) / 2:
            return side
    return NEITHER
