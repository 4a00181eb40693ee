"""Which found act belongs to which coded sentence, and to which of its records.

A found act counts for the coded sentence whose characters it shares most; one that shares none is
left out, since not every sentence of a document need be coded. Within a sentence, records pair
with found acts of the same kind whose words are at least half the same, the likest first.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from standfast.evaluation.coded import CodedRecord, CodedSentence
from standfast.model import Act

ENOUGH = 0.5
"""Least likeness of two quotes of one act."""
_WORD = re.compile(r"[\w€$£%]+")

Pair = tuple[CodedRecord, Act]


@dataclass(frozen=True, slots=True)
class Judged:
    """A coded sentence, what was found in it, and what of both belongs together."""

    sentence: CodedSentence
    found: tuple[Act, ...]
    pairs: tuple[Pair, ...]
    missed: tuple[CodedRecord, ...]
    extra: tuple[Act, ...]

    def found_acts(self) -> frozenset[str]:
        """The kinds of act found in it."""
        return frozenset(act.act for act in self.found)


def judge(sentences: Sequence[CodedSentence], acts: Iterable[Act]) -> list[Judged]:
    """Each coded sentence, in order, with the acts found in it."""
    found = _assigned(sentences, acts)
    return [_judged(sentence, found[index]) for index, sentence in enumerate(sentences)]


def likeness(one: str, other: str) -> float:
    """How many of two texts' words are the same: 1 for all, 0 for none (Dice).

    >>> likeness("We will help Ukraine", "will help")
    0.6666666666666666
    """
    left, right = _words(one), _words(other)
    total = left.total() + right.total()
    return 2 * (left & right).total() / total if total else 0.0


def likest(
    records: Sequence[CodedRecord], acts: Sequence[Act], *, same_kind: bool
) -> list[tuple[int, int]]:
    """Places of records and acts that go together, each used once, the likest pairs first.

    Either only acts of the record's kind are considered, or only those of another. A record without
    a quote goes with any of them. Of pairs equally like the later in the text comes first.
    """
    ranked: list[tuple[float, int, int]] = []
    for i, record in enumerate(records):
        for j, act in enumerate(acts):
            if (record.act == act.act) is same_kind:
                value = likeness(record.quote, act.quote)
                if value >= ENOUGH or not record.quote:
                    ranked.append((value, i, j))
    pairs: list[tuple[int, int]] = []
    left, right = set(range(len(records))), set(range(len(acts)))
    for _, i, j in sorted(ranked, reverse=True):
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            pairs.append((i, j))
    return pairs


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text.lower()))


def _assigned(sentences: Sequence[CodedSentence], acts: Iterable[Act]) -> dict[int, list[Act]]:
    """Found acts by the place of their sentence among the coded ones."""
    of_doc: dict[str, list[int]] = defaultdict(list)
    for index, sentence in enumerate(sentences):
        of_doc[sentence.doc].append(index)
    found: dict[int, list[Act]] = defaultdict(list)
    for act in acts:
        shared = {
            index: min(sentences[index].end, act.end) - max(sentences[index].start, act.start)
            for index in of_doc.get(act.doc, ())
        }
        best = max(shared, key=shared.__getitem__, default=None)  # the first of several
        if best is not None and shared[best] > 0:
            found[best].append(act)
    return found


def _judged(sentence: CodedSentence, found: Sequence[Act]) -> Judged:
    places = likest(sentence.records, found, same_kind=True)
    records, acts = {i for i, _ in places}, {j for _, j in places}
    return Judged(
        sentence,
        tuple(found),
        tuple((sentence.records[i], found[j]) for i, j in places),
        tuple(record for i, record in enumerate(sentence.records) if i not in records),
        tuple(act for j, act in enumerate(found) if j not in acts),
    )
