"""The rows that one act becomes, and what a row gives back."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from standfast.ledger import schema as t
from standfast.model import Act

_ROLES = ("obligors", "targets", "speaker")
_ROLE_NAMES = {"obligors": "obligor", "targets": "target", "speaker": "speaker"}


def zoned(moment: dt.datetime) -> dt.datetime:
    """A moment as a database gives it, with its zone, which SQLite does not keep."""
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def act_key(text_sha256: str, act: Act) -> str:
    """Twelve hexadecimal digits that stay with an act whichever extractor finds it again."""
    return item_key(text_sha256, act.start, act.end, act.act)


def item_key(text_sha256: str, start: int, end: int, kind: str) -> str:
    """The same for an item of this kind at this place of a text: an act, or a sentence."""
    told = f"{text_sha256}:{start}:{end}:{kind}"
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def act_row(extraction: int, position: int, act: Act, text_sha256: str) -> dict[str, Any]:
    """An act's own row; what it has several of is in :data:`PARTS`."""
    return {
        "extraction_id": extraction,
        "key": act_key(text_sha256, act),
        "position": position,
        "start": act.start,
        "end": act.end,
        "quote": act.quote,
        "act": act.act,
        "strength": act.strength,
        "reaffirms": act.reaffirms,
        "conditional": act.conditional,
        "condition": act.condition,
        "deadline": act.deadline,
        "checkability": act.checkability,
        "checkability_reason": act.checkability_reason or None,
        "confidence": act.confidence,
        "reasons": [reason.record() for reason in act.reasons],
    }


def _party_rows(id_: int, act: Act) -> list[dict[str, Any]]:
    return [
        {"act_id": id_, "role": _ROLE_NAMES[role], "position": position, "party": party}
        for role in _ROLES
        for position, party in enumerate(getattr(act, role))
    ]


def _theme_rows(id_: int, act: Act) -> list[dict[str, Any]]:
    return [{"act_id": id_, "position": i, "theme": theme} for i, theme in enumerate(act.themes)]


def _amount_rows(id_: int, act: Act) -> list[dict[str, Any]]:
    return [
        {"act_id": id_, "position": i, "value": amount.value, "unit": amount.unit}
        for i, amount in enumerate(act.amounts)
    ]


def _item_rows(id_: int, act: Act) -> list[dict[str, Any]]:
    return [
        {
            "act_id": id_,
            "position": i,
            "start": item.start,
            "end": item.end,
            "quote": item.quote,
            "themes": list(item.themes),
        }
        for i, item in enumerate(act.items)
    ]


PARTS = (
    (t.act_parties, _party_rows),
    (t.act_themes, _theme_rows),
    (t.amounts, _amount_rows),
    (t.items, _item_rows),
)
"""Each table of what an act has several of, with the rows that an act has in it."""
