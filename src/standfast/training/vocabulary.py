"""Leaves word pieces out that no English text needs: a twelfth of the table that ships."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

_SPECIAL = 104
"""The first word pieces keep their places: padding, start, break, mask and what lies between."""
_LATIN, _MARKS, _LAST = 0x24F, 0x2000, 0x2BFF
"""Code points: the end of Latin Extended-B, and punctuation to symbols, which hold currencies."""


def needed(tokenizer: dict[str, Any]) -> list[int]:
    """Places of the word pieces in Latin script, with digits, marks and special ones."""
    vocabulary: dict[str, int] = tokenizer["model"]["vocab"]
    return sorted(at for piece, at in vocabulary.items() if at < _SPECIAL or _needs(piece))


def _needs(piece: str) -> bool:
    if piece.startswith("[unused"):
        return False
    text = piece.removeprefix("##") or piece
    return all(ord(char) <= _LATIN or _MARKS <= ord(char) <= _LAST for char in text)


def shortened(path: Path, into: Path) -> list[int]:
    """Write a tokenizer's file with the needed word pieces alone; give their former places.

    A word with another script's letters becomes the unknown one.
    """
    tokenizer = json.loads(path.read_text(encoding="utf-8"))
    places = needed(tokenizer)
    names = {at: piece for piece, at in tokenizer["model"]["vocab"].items()}
    tokenizer["model"]["vocab"] = {names[at]: new for new, at in enumerate(places)}
    tokenizer["truncation"] = tokenizer["padding"] = None
    into.write_text(json.dumps(tokenizer, ensure_ascii=False, indent=0), encoding="utf-8")
    return places
