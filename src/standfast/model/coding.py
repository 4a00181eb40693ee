"""What people decide about single acts: codings, and which of them hold.

A coding says which acts should stand in the place of one act that a machine found, the **item**,
or, where the item is a sentence, which acts the machine missed in it. Codings are only ever added;
to undo one is to add another that names it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from standfast.model.act import Act, Amount, Item, Reason

Verdict = Literal[
    "accept", "mend", "redraw", "split", "reject", "skip", "take", "undo", "add", "complete"
]
"""``take`` is an editor's for one of the readings as it is; ``skip`` says nothing.

The last two are of sentences: ``add`` says that these acts are missing, perhaps others too,
``complete`` that these and no others are.
"""
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
Step = Literal["coding", "agreed", "ruling"]
"""``coding`` is a coder's reading, ``agreed`` what follows from readings by itself, ``ruling`` an
editor's decision."""

_LISTS = ("obligors", "targets", "speaker", "themes")
_PLAIN = ("doc", "start", "end", "quote", "act", "strength", "reaffirms", "conditional",
          "condition", "deadline", "checkability", "confidence", "extractor")  # fmt: skip
SENTENCE = "sentence"
"""Stands for the kind of act in the record of an item that is a sentence."""
DECIDED = "coding"
"""Component of the reason that acts decided by people carry."""


@dataclass(frozen=True, slots=True)
class Coding:
    """One decision of one person on one item; ``id`` counts up.

    ``value`` are the records of the acts that should stand in the item's place, ``was`` those that
    the machine had found there; of a sentence the acts that the machine missed, and the sentence
    itself (see :func:`sentence_record`) before what the machine had found on its words.
    ``undoes`` is the coding that this one takes back.
    """

    id: int
    made: dt.datetime
    who: str
    act_key: str
    doc: str
    step: Step
    verdict: Verdict
    value: tuple[Mapping[str, Any], ...]
    was: tuple[Mapping[str, Any], ...]
    undoes: int | None = None
    why: str = ""

    @property
    def of_sentence(self) -> bool:
        """Whether its item is a sentence, not an act that the machine found."""
        return _is_sentence(self.was)

    def record(self) -> dict[str, Any]:
        """As JSON, the time in ISO 8601."""
        return {
            "id": self.id, "made": self.made.isoformat(), "who": self.who, "act": self.act_key,
            "doc": self.doc, "step": self.step, "verdict": self.verdict,
            "value": [dict(one) for one in self.value], "was": [dict(one) for one in self.was],
            "undoes": self.undoes, "why": self.why,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class NewCoding:
    """A decision before it is kept; fields as in :class:`Coding`."""

    who: str
    act_key: str
    doc: str
    step: Step
    verdict: Verdict
    value: tuple[Mapping[str, Any], ...] = ()
    was: tuple[Mapping[str, Any], ...] = ()
    undoes: int | None = None
    why: str = ""

    @property
    def of_sentence(self) -> bool:
        """As of a :class:`Coding`."""
        return _is_sentence(self.was)


def _is_sentence(was: Sequence[Mapping[str, Any]]) -> bool:
    return bool(was) and was[0].get("act") == SENTENCE


@dataclass(frozen=True, slots=True)
class Folded:
    """What holds of one item's codings.

    ``readings`` are the latest of each coder that is not undone (skips too), ``ruling`` what is
    shown to readers if anything was decided: an editor's ruling before what was agreed.
    ``undone`` are identifiers of codings that were taken back, ``last`` the latest identifier.
    """

    readings: Mapping[str, Coding] = field(default_factory=dict)
    ruling: Coding | None = None
    undone: frozenset[int] = frozenset()
    last: int = 0

    @property
    def said(self) -> dict[str, Coding]:
        """Readings that say something."""
        return {who: one for who, one in self.readings.items() if one.verdict != "skip"}


def fold(codings: Iterable[Coding]) -> Folded:
    """What holds of the codings of one item, given in the order they were made.

    A coding that takes another back cannot be taken back itself: one decides anew instead.
    """
    several = sorted(codings, key=lambda one: one.id)
    undone = frozenset(one.undoes for one in several if one.undoes is not None)
    holding = [one for one in several if one.undoes is None and one.id not in undone]
    readings = {one.who: one for one in holding if one.step == "coding"}
    agreed = [one for one in holding if one.step == "agreed"]
    ruled = [one for one in holding if one.step == "ruling"]
    ruling = next(iter([*ruled[-1:], *agreed[-1:]]), None)
    return Folded(readings, ruling, undone, several[-1].id if several else 0)


def sentence_record(doc: str, text: str, start: int, end: int) -> dict[str, Any]:
    """A sentence of a document's text as the record of an item; offsets as in an act's."""
    quote = text[start:end]
    return {"doc": doc, "start": start, "end": end, "quote": quote, "act": SENTENCE}


def by_item(codings: Iterable[Coding]) -> dict[str, list[Coding]]:
    """Codings by the key of their item, items in the order of their first coding."""
    found: dict[str, list[Coding]] = defaultdict(list)
    for one in codings:
        found[one.act_key].append(one)
    return dict(found)


def fold_all(codings: Iterable[Coding]) -> dict[str, Folded]:
    """What holds of each item, by its key, in the order of their first coding."""
    return {key: fold(some) for key, some in by_item(codings).items()}


def act_of(record: Mapping[str, Any]) -> Act:
    """The act that a record (:meth:`Act.record`) holds."""
    held: dict[str, Any] = {name: record[name] for name in _PLAIN if name in record}
    held |= {name: tuple(record.get(name, ())) for name in _LISTS}
    return Act(
        **held,
        amounts=tuple(Amount(one["value"], one["unit"]) for one in record.get("amounts", ())),
        items=tuple(
            Item(one["start"], one["end"], one["quote"], tuple(one["themes"]))
            for one in record.get("items", ())
        ),
        checkability_reason=record.get("checkability_reason") or "",
        reasons=tuple(Reason(**one) for one in record.get("reasons", ())),
    )
