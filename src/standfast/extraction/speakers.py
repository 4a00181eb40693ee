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
