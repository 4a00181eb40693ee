"""Which sentences of a report claim that a party promised, asked, gave, condemned or warned."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from standfast.claims.knowledge import knowledge
from standfast.extraction import SentenceReading
from standfast.model import Act, Claim, Document

_FEWEST = 4
"""Words that a sentence has at least: fewer are a mark or a rest of a heading."""
_LEAST_PARTS = 2


@cache
def _kinds() -> tuple[tuple[re.Pattern[str], str, bool], ...]:
    return tuple(
        (re.compile(row["pattern"].strip()), row["why"], row.get("always", False))
        for row in knowledge("checkable")["kinds"]
    )


def find_claims(report: Document, sentences: Iterable[SentenceReading]) -> list[Claim]:
    """Every sentence's claims, in the order of the text; one that makes none says why.

    ``sentences`` are the report's as the profile for reports reads them. Headings and crumbs of
    fewer than four words are passed over.
    """
    headings = [(b.start, b.end) for b in report.blocks if b.kind == "heading"]
    found: list[Claim] = []
    for one in sentences:
        if len(one.text.split()) < _FEWEST or any(s <= one.start < e for s, e in headings):
            continue
        found += _claims(one)
    return found


def _claims(one: SentenceReading) -> Iterator[Claim]:
    text = " ".join(one.text.split())
    why = _uncheckable(text, one.acts)
    acts = [] if why else [act for act in one.acts if act.obligors or act.targets or act.speaker]
    if not acts:
        reasons = knowledge("checkable")["reasons"]
        why = why or reasons["nobody" if one.acts else "nothing"]
        yield Claim(one.start, one.end, one.text, text, why=why)
        return
    acts = [act for act in acts if not _is_crumb(act, acts)]
    for act in acts:
        denied = next(
            (r.detail for r in act.reasons if (r.component, r.rule) == ("press", "denied")), ""
        )
        whole = Claim(act.start, act.end, act.quote, text, act, denied, alone=len(acts) == 1)
        yield replace(whole, parts=tuple(_parts(whole, act)))


def _is_crumb(act: Act, acts: Sequence[Act]) -> bool:
    """A verb and no more ("This includes"), beside an act that says what."""
    return len(act.quote.split()) < _FEWEST and len(acts) > 1


def _uncheckable(text: str, acts: Sequence[Act]) -> str:
    """Why a sentence cannot be held against documents; empty where it can.

    An opinion that reports an act with somebody behind it is still a claim about the act.
    """
    plain = text.lower()
    told = any(act.obligors and act.confidence >= _sure() for act in acts)
    for pattern, why, always in _kinds():
        if (always or not told) and pattern.search(plain):
            return why
    return ""


@cache
def _sure() -> float:
    return float(knowledge("judging")["told_from"])


def _parts(whole: Claim, act: Act) -> Iterator[Claim]:
    """The undertakings under one verb, each as a claim with the act's parties."""
    if len(act.items) < _LEAST_PARTS:
        return
    for item in act.items:
        narrowed = replace(
            act, start=item.start, end=item.end, quote=item.quote, items=(),
            themes=item.themes or act.themes, amounts=(),
        )  # fmt: skip
        yield replace(
            whole,
            start=item.start,
            end=item.end,
            text=item.quote,
            sentence=item.quote,
            act=narrowed,
            parts=(),
            alone=False,
        )
