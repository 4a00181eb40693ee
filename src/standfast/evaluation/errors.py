"""Where coder and extractor differ, by kind, each with its sentence."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from standfast.evaluation.coded import FIELDS, CodedRecord, CodedSentence
from standfast.evaluation.matching import Judged, Pair, likest
from standfast.evaluation.scoring import sums, swapped
from standfast.model import Act

MISTAKES: dict[str, str] = {
    "missed": "an act that the coder marked and nothing stands for",
    "extra": "an act that the coder did not mark",
    "confused": "one act taken for another",
    "boundaries": "the right act, but less than half the words are the same",
    "reversed": "the two sides swapped",
    "obligors": "other obligors",
    "targets": "other targets",
    "strength": "another strength",
    "themes": "other themes",
    "reaffirms": "taken for new, or for reaffirmed",
    "condition": "a condition missed, or seen where none is",
    "date": "another deadline",
    "sum": "other sums",
}
"""Kinds of mistake, those about whole acts first."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One difference: what was coded and what was found, either of them perhaps nothing.

    ``detail`` says in a few words what differs.
    """

    kind: str
    sentence: CodedSentence
    detail: str
    coded: CodedRecord | None = None
    found: Act | None = None

    def record(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "kind": self.kind,
            "detail": self.detail,
            "doc": self.sentence.doc,
            "sentence": self.sentence.id,
            "text": self.sentence.text,
            "coded": self.coded.record() if self.coded else None,
            "found": self.found.record() if self.found else None,
        }


def mistakes(judged: Iterable[Judged], fields: Collection[str] = FIELDS) -> list[Mistake]:
    """Every difference, in the order of :data:`MISTAKES`, then of the text.

    Fields that the coder did not use are not compared. A pair with its sides swapped is not told
    again for its obligors and targets.
    """
    found = [
        mistake
        for one in judged
        for mistake in (*_of_acts(one), *(m for p in one.pairs for m in _of_pair(one, p, fields)))
    ]
    order = {kind: index for index, kind in enumerate(MISTAKES)}
    return sorted(found, key=lambda mistake: order[mistake.kind])


def _of_acts(judged: Judged) -> Iterator[Mistake]:
    """What has no counterpart; two left over that belong together are one mistake."""
    missed, extra = list(judged.missed), list(judged.extra)
    for record in list(missed):
        act = next((one for one in extra if one.act == record.act), None)
        if act is not None:
            missed.remove(record)
            extra.remove(act)
            yield Mistake("boundaries", judged.sentence, str(record.act), record, act)
    places = likest(missed, extra, same_kind=False)
    for i, j in places:
        said = f"{missed[i].act} taken for {extra[j].act}"
        yield Mistake("confused", judged.sentence, said, missed[i], extra[j])
    records, acts = {i for i, _ in places}, {j for _, j in places}
    for i, record in enumerate(missed):
        if i not in records:
            yield Mistake("missed", judged.sentence, record.act, coded=record)
    for j, act in enumerate(extra):
        if j not in acts:
            yield Mistake("extra", judged.sentence, act.act, found=act)


def said_sums(one: CodedRecord | Act) -> str:
    """Sums in words: ``40000000000 EUR; 12 generators``."""
    return "; ".join(f"{a.record()['value']} {a.unit}" for a in one.amounts)


_Shown = Callable[[Any], str]

_COMPARED: tuple[tuple[str, str, Callable[[Any], object], _Shown], ...] = (
    ("obligors", "obligors", lambda one: set(one.obligors), lambda one: " ".join(one.obligors)),
    ("targets", "targets", lambda one: set(one.targets), lambda one: " ".join(one.targets)),
    ("themes", "themes", lambda one: set(one.themes), lambda one: " ".join(one.themes)),
    ("reaffirms", "reaffirms", lambda one: one.reaffirms, lambda one: _yes(one.reaffirms)),
    ("condition", "conditional", lambda one: one.conditional, lambda one: _yes(one.conditional)),
    ("date", "deadline", lambda one: one.deadline or None, lambda one: one.deadline or ""),
    ("sum", "amounts", lambda one: sums(one.amounts), said_sums),
)
"""Kind of mistake, field, what is compared, and how it is said."""


def _of_pair(judged: Judged, pair: Pair, fields: Collection[str]) -> Iterator[Mistake]:
    """Fields of a pair that differ."""
    record, act = pair
    sided = {"obligors", "targets"} <= set(fields)
    turned = bool(sided and swapped(record, act))
    if turned:
        said = f"{_sides(record)} read as {_sides(act)}"
        yield Mistake("reversed", judged.sentence, said, record, act)
    for kind, field, value, shown in _COMPARED:
        told = turned and field in {"obligors", "targets"}
        if field in fields and not told and value(record) != value(act):
            said = f"{shown(record) or 'none'} read as {shown(act) or 'none'}"
            yield Mistake(kind, judged.sentence, said, record, act)
    if "strength" in fields and record.act == "commitment" and record.strength != act.strength:
        said = f"{record.strength or 'none'} read as {act.strength or 'none'}"
        yield Mistake("strength", judged.sentence, said, record, act)


def _sides(one: CodedRecord | Act) -> str:
    return f"{' '.join(one.obligors) or 'nobody'} → {' '.join(one.targets) or 'nobody'}"


def _yes(value: bool) -> str:
    return "yes" if value else "no"
