"""Pipeline components that fill the fields of acts already found.

Each asks one function of this package and notes why. What the quote does not say, its sentence or
the stem of its list may.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from standfast.extraction import reading as readings
from standfast.extraction.amounts import amount_spans
from standfast.extraction.checkability import checkability
from standfast.extraction.conditions import condition_of
from standfast.extraction.deadlines import deadline
from standfast.extraction.items import items
from standfast.extraction.reading import Draft, Reading
from standfast.extraction.strength import explain_reaffirms, explain_strength
from standfast.extraction.theme_model import AROUND
from standfast.extraction.themes import themes, weighed_themes
from standfast.model import Item

THEME_TRUST = 0.5
"""Weight of the encoder's opinion on themes beside the linear model's."""

Fill = Callable[[Draft, Reading], None]
Component = Callable[[Doc], Doc]


def _component(fill: Fill) -> Component:
    """A pipeline component that fills each draft in turn."""

    def run(doc: Doc) -> Doc:
        reading = readings.of(doc)
        for draft in reading.drafts:
            fill(draft, reading)
        return doc

    return run


@Language.factory("standfast_strength")
def make_strength(nlp: Language, name: str) -> Component:
    """Make the component for strength and repetition."""
    return _component(_strength)


def _strength(draft: Draft, reading: Reading) -> None:
    quote = draft.quote
    if draft.act == "commitment" and draft.strength is None:
        head = draft.parsed.predicates[draft.predicate].head.text
        level, words = explain_strength(quote, head)
        if not words and draft.parsed.sentence.stem:
            level, words = explain_strength(f"{draft.parsed.sentence.stem} {quote}")
        draft.strength = level
        draft.because("strength", level, words or "no wording of its own")
    repeated = explain_reaffirms(quote, draft.act)
    draft.reaffirms = repeated is not None
    if repeated:
        draft.because("strength", "reaffirms", repeated)


@Language.factory("standfast_conditions")
def make_conditions(nlp: Language, name: str) -> Component:
    """Make the component for conditions."""
    return _component(_condition)


def _condition(draft: Draft, reading: Reading) -> None:
    text = draft.parsed.text
    found = condition_of(text, *draft.within)
    if found is None:
        return
    draft.condition = text[slice(*found)]
    draft.because("conditions", "condition", draft.condition)


@Language.factory("standfast_deadlines")
def make_deadlines(nlp: Language, name: str) -> Component:
    """Make the component for deadlines."""
    return _component(_deadline)


def _deadline(draft: Draft, reading: Reading) -> None:
    if draft.act not in {"commitment", "request"}:
        return
    draft.deadline = deadline(draft.quote, reading.document.date)
    if draft.deadline:
        draft.because("deadlines", "date in the act's words", draft.deadline)


@Language.factory("standfast_amounts")
def make_amounts(nlp: Language, name: str) -> Component:
    """Make the component for sums and quantities."""
    return _component(_amounts)


def _amounts(draft: Draft, reading: Reading) -> None:
    if draft.act not in {"commitment", "request", "delivery"}:
        return
    text = draft.quote
    spans = amount_spans(text)
    draft.amounts = tuple(dict.fromkeys(span.amount for span in spans))
    for span in spans:
        draft.because("amounts", span.amount.unit, text[span.start : span.end])


@Language.factory("standfast_items")
def make_items(nlp: Language, name: str) -> Component:
    """Make the component that lists the undertakings under one verb."""
    return _component(_items)


def _items(draft: Draft, reading: Reading) -> None:
    head = draft.parsed.predicates[draft.predicate].head
    found = []
    for span in items(draft.span, head):
        start = draft.parsed.start + span.start_char
        end = draft.parsed.start + span.end_char
        found.append(Item(start, end, span.text, themes(span.text, act=draft.act)))
    draft.items = tuple(found)
    if found:
        draft.because("items", "coordination", f"{len(found)} undertakings")


@Language.factory("standfast_themes")
def make_themes(nlp: Language, name: str) -> Component:
    """Make the component for themes."""
    return _component(_themes)


def _heard(draft: Draft) -> dict[str, float] | None:
    """What the encoder says of the act's themes, where the sentence was encoded."""
    encoded = draft.parsed.encoded
    if encoded is None:
        return None
    return encoded.heads.themes(encoded, draft.parsed.predicates[draft.predicate].head.idx)


def _themes(draft: Draft, reading: Reading) -> None:
    parsed, text = draft.parsed, reading.document.text
    end = parsed.start + len(parsed.text)
    before = text[max(0, parsed.start - AROUND) : parsed.start]
    weighed = weighed_themes(
        draft.quote,
        parsed.text,
        act=draft.act,
        before=f"{parsed.sentence.stem} {before}".strip(),
        after=text[end : end + AROUND],
        heard=_heard(draft),
        trust=THEME_TRUST,
    )
    draft.themes = tuple(weighed)
    said = "; ".join(f"{name}: {', '.join(words)}" for name, words in weighed.items() if words)
    draft.because("themes", " ".join(weighed), said)


@Language.factory("standfast_checkability")
def make_checkability(nlp: Language, name: str) -> Component:
    """Make the component that says whether an act could be checked."""
    return _component(_checkability)


def _checkability(draft: Draft, reading: Reading) -> None:
    found = checkability(
        draft.quote,
        act=draft.act,
        amounts=draft.amounts,
        deadline=draft.deadline,
        targets=draft.targets,
        asked=draft.obligors,
        condition=draft.condition,
        items=draft.items,
        head=draft.parsed.predicates[draft.predicate].head.lemma_,
    )
    if found is not None:
        draft.checkability, draft.checkability_reason = found.level, found.reason
        draft.because("checkability", found.level, found.reason)
