"""Acts that the machine missed: what a form on a sentence begins with, and what cannot be added."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from standfast.extraction.checkability import checkability
from standfast.model import Act, Document
from standfast.model.coding import act_of

Records = Sequence[Mapping[str, Any]]
_NEARLY = 0.8
"""Share of characters in common from which two acts of a kind are one."""


def blank(document: Document, start: int, end: int) -> dict[str, Any]:
    """What an act of this sentence is taken to be where a form says nothing of a field.

    The words are taken to be the issuers' own.
    """
    quote = document.text[start:end]
    return Act(document.id, start, end, quote, "commitment", speaker=document.issuers).record()


def within(records: Records, start: int, end: int) -> list[Mapping[str, Any]]:
    """Acts that share words with a stretch of the text, in its order."""
    found = [one for one in records if one["start"] < end and start < one["end"]]
    return sorted(found, key=lambda one: (one["start"], one["end"]))


def with_checkability(record: Mapping[str, Any]) -> dict[str, Any]:
    """An act that a person described, with how far it could be checked, told from its words."""
    act = act_of(record)
    found = checkability(
        act.quote, act=act.act, amounts=act.amounts, deadline=act.deadline, targets=act.targets,
        asked=act.obligors, condition=act.condition, items=act.items,
    )  # fmt: skip
    level, reason = (found.level, found.reason) if found else (None, "")
    return replace(act, checkability=level, checkability_reason=reason).record()


def faults(record: Mapping[str, Any], start: int, end: int, standing: Records) -> dict[str, str]:
    """Why an act cannot be added to the sentence between two places, by the form's fields.

    ``standing`` are acts that are there already, those that this sentence's readings brought aside.
    """
    if not start <= record["start"] < end:
        return {"quote": "These words begin in another sentence; choose them there."}
    if _stands(record, standing):
        told = "An act of this kind stands on these words already; mend it instead."
        return {"quote": told}
    return {}


def _stands(record: Mapping[str, Any], standing: Iterable[Mapping[str, Any]]) -> bool:
    for one in standing:
        both = min(one["end"], record["end"]) - max(one["start"], record["start"])
        either = max(one["end"], record["end"]) - min(one["start"], record["start"])
        if one["act"] == record["act"] and both >= _NEARLY * either:
            return True
    return False
