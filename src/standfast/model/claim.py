"""What others say was promised: claims of a report, and how each stands against the record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from standfast.model.act import Act
from standfast.model.commitment import Member
from standfast.model.document import Document

JudgementKind = Literal[
    "supported",
    "partly-supported",
    "overstated",
    "understated",
    "reversed",
    "superseded",
    "contradicted",
    "not-found",
    "not-checkable",
]
"""What the record says of a claim; *not found* never means false."""
JUDGEMENTS: tuple[JudgementKind, ...] = get_args(JudgementKind)

Effect = Literal["more", "less", "missing", "added", "contrary", "swapped", "changed", "other"]
"""How a report's value stands to the record's: it claims more, less, what the record does not say,
one more thing, the contrary, the parties exchanged, what was so once, or something else."""

Bearing = Literal["supports", "differs", "near", "quoted", "changes"]
"""What a record does: bears a claim out, decides against it, is only near it, is quoted word for
word, or changed later what the claim says."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement of a report, with what it is read as.

    ``start`` and ``end`` are character offsets into the report's text, end excluded, ``text`` the
    words between them; ``sentence`` the sentence that holds them. ``act`` is what it says was done
    in words (``None`` where nothing can be held against the record, ``why`` then says why).
    ``denied`` are the words by which it says that this was *not* done. ``parts`` are the single
    undertakings under one verb. ``alone`` is whether its sentence makes no other claim.
    """

    start: int
    end: int
    text: str
    sentence: str
    act: Act | None = None
    denied: str = ""
    parts: tuple[Claim, ...] = ()
    why: str = ""
    alone: bool = False

    @property
    def words(self) -> str:
        """What may say how much and by when: the whole sentence, where nothing else is claimed."""
        return self.sentence if self.alone else self.text

    @property
    def is_part(self) -> bool:
        """Whether it is one undertaking of several under one verb, with no sentence of its own."""
        return self.sentence == self.text and not self.alone

    @property
    def told(self) -> Act:
        """The act that it tells of; ``ValueError`` for one that cannot be checked."""
        if self.act is None:
            raise ValueError(f"“{self.text}” tells of no act: {self.why}")
        return self.act


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which report and record differ, each in its own words, and which way."""

    field: str
    report: str
    record: str
    effect: Effect
    why: str = ""

    def as_json(self) -> dict[str, str]:
        """As JSON."""
        return {
            "field": self.field,
            "report": self.report,
            "record": self.record,
            "effect": self.effect,
            "why": self.why,
        }


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of a document that bear on a claim.

    ``doc``, ``start`` and ``end`` say where ``quote`` stands; ``act`` is the key of the act there
    (empty for a bare quotation), ``likeness`` between 0 and 1 how surely it is about the same.
    """

    doc: str
    start: int
    end: int
    quote: str
    bearing: Bearing
    likeness: float
    date: dt.date | None = None
    title: str = ""
    source: str = ""
    act: str = ""
    sentence: str = ""
    commitments: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()

    @classmethod
    def of(
        cls,
        member: Member,
        bearing: Bearing,
        likeness: float,
        differences: Iterable[Difference] = (),
        commitments: tuple[str, ...] = (),
    ) -> Evidence:
        """An act of the record as evidence."""
        act = member.act
        return cls(
            act.doc,
            act.start,
            act.end,
            act.quote,
            bearing,
            likeness,
            member.date,
            member.title,
            member.source,
            member.key,
            member.sentence,
            commitments,
            tuple(differences),
        )

    def as_json(self) -> dict[str, Any]:
        """As JSON; ``document`` is the document's name."""
        return {
            "document": self.doc,
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
            "bearing": self.bearing,
            "likeness": round(self.likeness, 4),
            "date": self.date.isoformat() if self.date else None,
            "title": self.title,
            "source": self.source,
            "act": self.act,
            "commitments": list(self.commitments),
            "differences": [one.as_json() for one in self.differences],
        }


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim with its judgement as of a day.

    ``field`` decided it (empty where none did); ``reason`` says so in a sentence; ``review`` that
    a person should decide, the judgement being the machine's best guess all the same.
    """

    claim: Claim
    judgement: JudgementKind
    field: str
    confidence: float
    review: bool
    reason: str
    evidence: tuple[Evidence, ...] = ()
    differences: tuple[Difference, ...] = ()
    parts: tuple[Judged, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """As JSON, with what the claim was read as and its parts."""
        act = self.claim.act
        return {
            "start": self.claim.start,
            "end": self.claim.end,
            "text": self.claim.text,
            "judgement": self.judgement,
            "field": self.field,
            "confidence": round(self.confidence, 4),
            "review": self.review,
            "reason": self.reason,
            "act": act.act if act else None,
            "denied": bool(self.claim.denied),
            "obligors": list(act.obligors) if act else [],
            "targets": list(act.targets) if act else [],
            "speaker": list(act.speaker) if act else [],
            "themes": list(act.themes) if act else [],
            "differences": [one.as_json() for one in self.differences],
            "evidence": [one.as_json() for one in self.evidence],
            "parts": [one.as_json() for one in self.parts],
        }


@dataclass(frozen=True, slots=True)
class Reach:
    """How far the record reaches that a report was held against, up to a day."""

    documents: int
    acts: int
    first: dt.date | None
    last: dt.date | None
    publishers: Mapping[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "documents": self.documents,
            "acts": self.acts,
            "first": self.first.isoformat() if self.first else None,
            "last": self.last.isoformat() if self.last else None,
            "publishers": dict(self.publishers),
        }


@dataclass(frozen=True, slots=True)
class Checked:
    """A report held against the record.

    ``as_of`` is the day by which the record counts, the report's own unless it has none; ``later``
    are the claims judged as of ``also``, in the same order, where another day was asked for.
    ``notes`` are sentences for whoever reads the outcome.
    """

    report: Document
    as_of: dt.date | None
    claims: tuple[Judged, ...]
    reach: Reach
    also: dt.date | None = None
    later: tuple[Judged, ...] = ()
    notes: tuple[str, ...] = ()

    def otherwise(self, at: int) -> Judged | None:
        """The claim at a place as of the other day, where that changes its judgement."""
        if not self.later or not changed(self.claims[at], self.later[at]):
            return None
        return self.later[at]

    def records(self) -> list[dict[str, Any]]:
        """Each claim as JSON with ``as_of``; ``otherwise`` where another day changes it."""
        found = []
        for at, one in enumerate(self.claims):
            row = one.as_json()
            row["as_of"] = self.as_of.isoformat() if self.as_of else None
            row["otherwise"] = None
            if (other := self.otherwise(at)) is not None:
                row["otherwise"] = {
                    **other.as_json(),
                    "as_of": self.also.isoformat() if self.also else None,
                }
            found.append(row)
        return found


def changed(one: Judged, other: Judged) -> bool:
    """Whether two judgements of a claim differ, in whole or in a part."""
    return (one.judgement, one.field) != (other.judgement, other.field) or any(
        changed(part, later) for part, later in zip(one.parts, other.parts, strict=True)
    )
