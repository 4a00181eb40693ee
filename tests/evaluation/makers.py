"""Coded sentences and found acts for tests, and what Hypothesis draws of them."""

from __future__ import annotations

import dataclasses
from typing import Any

from hypothesis import strategies as st

from standfast.evaluation import CodedRecord, CodedSentence
from standfast.model import ACT_KINDS, STRENGTHS, Act, Amount

WORDS = (
    "we", "will", "help", "train", "arm", "warn", "blame", "praise", "Ukraine", "with", "bread",
)  # fmt: skip
PARTIES = ("UKR", "RUS", "NATO", "G7")
THEMES = ("energy", "sanctions", "cyber", "food-security")


def coded(
    text: str, *records: CodedRecord, doc: str = "a", start: int = 0, id: str = ""
) -> CodedSentence:
    return CodedSentence(id or f"{doc}-{start}", doc, start, start + len(text), text, records)


def as_act(record: CodedRecord, sentence: CodedSentence, **changed: Any) -> Act:
    """The act that a faultless extractor finds for a record."""
    quote = record.quote or sentence.text
    at = sentence.start + max(sentence.text.find(quote), 0)
    act = Act(
        doc=sentence.doc,
        start=at,
        end=at + len(quote),
        quote=quote,
        act=record.act,
        obligors=record.obligors,
        targets=record.targets,
        themes=record.themes,
        strength=record.strength,
        reaffirms=record.reaffirms,
        conditional=record.conditional,
        deadline=record.deadline,
        amounts=record.amounts,
        confidence=0.9,
    )
    return dataclasses.replace(act, **changed)


def faultless(sentences: list[CodedSentence]) -> list[Act]:
    return [as_act(record, one) for one in sentences for record in one.records]


def _some(values: tuple[str, ...], most: int = 2) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=most, unique=True).map(tuple)


AMOUNTS = st.builds(
    Amount, st.sampled_from([1.0, 2.5, 4e10]), st.sampled_from(["EUR", "eur", "tanks"])
)


@st.composite
def records(draw: st.DrawFn, text: str) -> CodedRecord:
    words = text.split()
    start = draw(st.integers(0, len(words) - 1))
    end = draw(st.integers(start + 1, len(words)))
    return CodedRecord(
        act=draw(st.sampled_from(ACT_KINDS)),
        quote=" ".join(words[start:end]),
        obligors=draw(_some(PARTIES)),
        targets=draw(_some(PARTIES)),
        themes=draw(_some(THEMES)),
        strength=draw(st.sampled_from([None, *STRENGTHS])),
        reaffirms=draw(st.booleans()),
        conditional=draw(st.booleans()),
        deadline=draw(st.sampled_from([None, "2024", "2025-01-31"])),
        amounts=draw(st.lists(AMOUNTS, max_size=2).map(tuple)),
    )


@st.composite
def sentences(draw: st.DrawFn) -> list[CodedSentence]:
    """Sentences of up to three documents, one after another in each."""
    found: list[CodedSentence] = []
    for doc in ("a", "b", "c")[: draw(st.integers(1, 3))]:
        at = 0
        for _ in range(draw(st.integers(1, 4))):
            text = " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=2, max_size=9)))
            several = draw(st.lists(records(text), max_size=3))
            found.append(coded(text, *several, doc=doc, start=at))
            at += len(text) + 1
    return found


@st.composite
def found_in(draw: st.DrawFn, several: list[CodedSentence]) -> list[Act]:
    """Acts somewhere in and around sentences, some as coded, some otherwise."""
    acts: list[Act] = []
    for one in several:
        kept = [record for record in one.records if draw(st.booleans())]
        acts += [as_act(record, one, confidence=draw(st.floats(0, 1))) for record in kept]
        for record in draw(st.lists(records(one.text), max_size=2)):
            shift = draw(st.integers(-6, 6))
            act = as_act(record, one, confidence=draw(st.floats(0, 1)))
            start = max(act.start + shift, 0)
            acts.append(dataclasses.replace(act, start=start, end=start + len(act.quote)))
    return draw(st.permutations(acts))


def both() -> st.SearchStrategy[tuple[list[CodedSentence], list[Act]]]:
    return sentences().flatmap(lambda some: st.tuples(st.just(some), found_in(some)))
