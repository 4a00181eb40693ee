"""What is found: a speech act at its exact place, its items and the reasons for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

ActKind = Literal["commitment", "request", "delivery", "affirmation", "condemnation", "warning"]
POSITIONS: frozenset[ActKind] = frozenset({"affirmation", "condemnation", "warning"})
"""Acts by which a position is held, as against what is done, promised or asked."""
ACT_KINDS: tuple[ActKind, ...] = get_args(ActKind)

Strength = Literal["firm", "intent", "soft"]
STRENGTHS: tuple[Strength, ...] = get_args(Strength)

Checkable = Literal["specific", "partly", "vague"]
CHECKABLES: tuple[Checkable, ...] = get_args(Checkable)


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure promised, asked or delivered.

    ``unit`` is an ISO 4217 code for money, ``%GDP``, or a plural noun as the text has it
    ("air-defence systems").
    """

    value: float
    unit: str

    def record(self) -> dict[str, Any]:
        """As JSON; whole numbers without a decimal point."""
        value = int(self.value) if float(self.value).is_integer() else self.value
        return {"value": value, "unit": self.unit}


@dataclass(frozen=True, slots=True)
class Item:
    """One undertaking under an act's verb, with offsets into the document's text."""

    start: int
    end: int
    quote: str
    themes: tuple[str, ...] = ()

    def record(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
            "themes": list(self.themes),
        }


@dataclass(frozen=True, slots=True)
class Reason:
    """Which component decided what, by which rule, on which words."""

    component: str
    rule: str
    detail: str = ""

    def record(self) -> dict[str, str]:
        """As JSON."""
        return {"component": self.component, "rule": self.rule, "detail": self.detail}


@dataclass(frozen=True, slots=True)
class Act:
    """One speech act in a document; the codebook says what each field means.

    ``start`` and ``end`` are character offsets into the document's text, end excluded, and
    ``quote`` is the text between them, unchanged. ``obligors`` act, are asked, or hold the
    position; ``targets`` are whom it is for or against; ``speaker`` is the party whose words it
    reports (who asks, in a request). ``confidence`` lies between 0 and 1. ``condition`` holds the
    words of the condition. ``checkability`` says how far someone could later tell whether a
    commitment or request was kept, with the reason in words. ``extractor`` is the version that
    found the act.
    """

    doc: str
    start: int
    end: int
    quote: str
    act: ActKind
    obligors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    speaker: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    strength: Strength | None = None
    reaffirms: bool = False
    conditional: bool = False
    condition: str | None = None
    deadline: str | None = None
    amounts: tuple[Amount, ...] = ()
    items: tuple[Item, ...] = ()
    checkability: Checkable | None = None
    checkability_reason: str = ""
    confidence: float = 1.0
    reasons: tuple[Reason, ...] = ()
    extractor: str = ""

    def record(self) -> dict[str, Any]:
        """As a JSON-ready mapping with the codebook's field names."""
        return {
            "doc": self.doc,
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
            "act": self.act,
            "obligors": list(self.obligors),
            "targets": list(self.targets),
            "speaker": list(self.speaker),
            "themes": list(self.themes),
            "strength": self.strength,
            "reaffirms": self.reaffirms,
            "conditional": self.conditional,
            "condition": self.condition,
            "deadline": self.deadline,
            "amounts": [amount.record() for amount in self.amounts],
            "items": [item.record() for item in self.items],
            "checkability": self.checkability,
            "checkability_reason": self.checkability_reason,
            "confidence": round(self.confidence, 4),
            "reasons": [reason.record() for reason in self.reasons],
            "extractor": self.extractor,
        }
