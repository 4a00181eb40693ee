"""Two wordings word by word, as a reviewer sees a diff: which words stay, go and come."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

SegmentKind = Literal["same", "gone", "come"]

# A word (with inner hyphens, apostrophes, points and commas of figures) or a mark, and what space
# follows it; space at the very beginning is a piece of its own.
_PIECE = re.compile(r"\A\s+|(?:\w(?:[\w’'.,-]*\w)?|[^\w\s])\s*")


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of words that both wordings have, or one of them.

    ``before`` and ``after`` are the words as each wording writes them, with the space that follows;
    in ``same`` segments they may differ in case, space and the shape of apostrophes only. Put one
    after another, the ``before`` of all segments are the earlier wording, the ``after`` the later.
    """

    kind: SegmentKind
    before: str
    after: str

    def record(self) -> dict[str, str]:
        """As JSON."""
        return {"kind": self.kind, "before": self.before, "after": self.after}


def segments(before: str, after: str) -> tuple[Segment, ...]:
    """The runs of words that stay, go and come from one wording to the next, in reading order.

    Method: the longest common runs of words first (Ratcliff and Metzener, "Pattern Matching: The
    Gestalt Approach", Dr. Dobb's Journal, 1988), as ``difflib`` has it.

    >>> [(one.kind, one.before or one.after) for one in segments("We will help", "We may help")]
    [('same', 'We '), ('gone', 'will '), ('come', 'may '), ('same', 'help')]
    """
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    # Without "junk": a word that is frequent in a long text is still a word.
    matcher = SequenceMatcher(
        None, [plain(one) for one in old], [plain(one) for one in new], autojunk=False
    )
    found: list[Segment] = []
    for tag, i, j, k, m in matcher.get_opcodes():
        gone, come = "".join(old[i:j]), "".join(new[k:m])
        if tag == "equal":
            found.append(Segment("same", gone, come))
            continue
        found += [Segment("gone", gone, "")] if gone else []
        found += [Segment("come", "", come)] if come else []
    return tuple(found)


@lru_cache(maxsize=1 << 14)
def pieces(text: str) -> tuple[str, ...]:
    """The words and marks of a text, each as :func:`plain` has it."""
    return tuple(one.strip() for one in _PIECE.findall(plain(text)))


def plain(text: str) -> str:
    """Without space around, case and the shape of apostrophes: how words are compared."""
    return text.strip().replace("’", "'").casefold()
