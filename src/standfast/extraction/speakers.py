"""Speakers: whose words an act reports, and who has the turn in a transcript."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from standfast.extraction.knowledge import knowledge
from standfast.extraction.predicates import SUBJECTS, subject
from standfast.extraction.reading import Draft
from standfast.model import Document
from standfast.parties import Registry


@cache
def _lists() -> tuple[frozenset[str], frozenset[str]]:
    held = knowledge("speech")
    return frozenset(held["verbs"]), frozenset(held["questions"])


def asks(label: str | None) -> bool:
    """Whether a turn's label is that of somebody who only asks."""
    return label is not None and label.strip().upper() in _lists()[1]


def of_turn(label: str | None, document: Document, registry: Registry) -> tuple[str, ...]:
    """Parties of whoever has the turn; empty outside transcripts.

    An official whom the label does not name speaks for the first issuer, who hosts and publishes.
    """
    if label is None:
        return ()
    return registry.speaker(label, on=document.date) or document.issuers[:1]


def speaker(draft: Draft, issuers: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """Whose words the act reports, and the rule that says so.

    The subject of the verb of saying that it is or that it hangs on; else whoever has the turn;
    else the issuers.
    """
    parsed = draft.parsed
    token: Token | None = parsed.predicates[draft.predicate].head
    if token is not None and parsed.quoted(token.idx):
        return parsed.quoted(token.idx), "quotation"
    first = subject(parsed.predicates[draft.predicate])
    verbs = _lists()[0]
    while token is not None:
        if token.lemma_.lower() in verbs:
            own = next((c for c in token.children if c.dep_ in SUBJECTS), None)
            if own is None and token == parsed.predicates[draft.predicate].head:
                own = first
            parties = _parties(own, draft)
            if parties:
                return parties, f"subject of “{token.text}”"
        token = token.head if token.dep_ in {"ccomp", "xcomp", "advcl", "conj"} else None
    if parsed.turn:
        return parsed.turn, "turn"
    return issuers, "issuers"


def speaker_by_words(draft: Draft, issuers: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """As :func:`speaker`, where there is no parse.

    The name before a verb of saying that carries the act; else the turn, else the issuers.
    """
    parsed = draft.parsed
    head = parsed.predicates[draft.predicate].head
    if parsed.quoted(head.idx):
        return parsed.quoted(head.idx), "quotation"
    if head.lower_ in _forms():
        before = [r for r in parsed.referents if r.kind == "name" and -1 < r.start < head.i]
        acting = [r for r in before if set(r.parties) & set(draft.obligors)]
        for referent in acting or before[:1]:
            return referent.parties, f"name before “{head.text}”"
    if parsed.turn:
        return parsed.turn, "turn"
    return issuers, "issuers"


@cache
def _forms() -> frozenset[str]:
    """Verbs of saying with their regular endings."""
    found = set()
    for verb in _lists()[0]:
        stem = verb.removesuffix("e")
        short = verb[:-1] + "i" if verb.endswith("y") else verb
        found |= {verb, verb + "s", short + "ed", short + "es", stem + "ed", verb + verb[-1] + "ed"}
    return frozenset(found | {"said", "told", "made", "gave", "took"})


def _parties(own: Token | None, draft: Draft) -> tuple[str, ...]:
    if own is None:
        return ()
    found: list[str] = []
    for referent in draft.parsed.referents:
        if not referent.said:
            continue
        head = draft.parsed.doc[referent.start : referent.end].root
        if head == own or (own in head.ancestors and _joined(head, own)):
            found += referent.parties
    return tuple(dict.fromkeys(found))


def _joined(head: Token, own: Token) -> bool:
    while head != own:
        if head.dep_ not in {"conj", "compound", "poss", "appos"}:
            return False
        head = head.head
    return True
