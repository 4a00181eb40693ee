"""Roles that grammar alone decides: who says, who is asked or told, who gives, who is blamed.

Where a verb of saying carries the act, its subject holds the position, makes the promise or asks,
and its object is asked or told: *Ukraine condemned X*, *they urged X to stop*, *X is urged to*.
What examples teach of the usual case (the issuer speaks) must not outvote that.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from standfast.extraction.knowledge import knowledge
from standfast.extraction.predicates import Predicate, is_passive, subject
from standfast.extraction.reading import Draft
from standfast.extraction.referents import Referent, head_of
from standfast.parties import Registry

Parties = tuple[str, ...]


def holder(draft: Draft) -> Parties:
    """The party named as subject of the verb of saying that carries the act, if there is one.

    Not for requests, where the subject asks: see :func:`asked`.
    """
    predicate = draft.parsed.predicates[draft.predicate]
    own = subject(predicate) or _just_before(draft, predicate.head)
    said = predicate.head.lemma_.lower() in knowledge("speech")["verbs"]
    if own is None or not said or is_passive(predicate.head) or draft.act == "request":
        return ()
    if predicate.head.lemma_.lower() in knowledge("speech")["talking"] and _owned(draft, predicate):
        return ()  # "the leaders discussed Italy's support": it is Italy's
    return _named(draft, own)


def _owned(draft: Draft, predicate: Predicate) -> bool:
    """Whether it is said whose the object of a verb is."""
    things = (c for c in predicate.head.children if c.dep_ == "dobj")
    owners = (c for thing in things for c in thing.children if c.dep_ in {"poss", "compound"})
    return any(_named(draft, one) for one in owners)


def _just_before(draft: Draft, head: Token) -> Token | None:
    """The name right before a verb that the parser took for a noun: "Ukraine pledges to …"."""
    for referent in draft.parsed.referents:
        if referent.kind == "name" and referent.end == head.i:
            return draft.parsed.doc[referent.end - 1]
    return None


def asked(draft: Draft) -> Parties:
    """The party that a verb of asking has as its object, or as its subject in the passive."""
    predicate = draft.parsed.predicates[draft.predicate]
    head, lists = predicate.head, knowledge("speech")
    if draft.act != "request" or head.lemma_.lower() not in lists["asking"]:
        return ()
    if is_passive(head):
        own = subject(predicate)
        return _named(draft, own) if own is not None else ()
    for token in _objects(head, lists["asked"]):
        parties = _named(draft, token)
        if parties or token.pos_ == "PROPN":
            return parties  # a name that is no party's is asked all the same
    return ()


def warned(draft: Draft) -> Parties:
    """The party that a verb of warning has as its object: "warned X that …"."""
    head = draft.parsed.predicates[draft.predicate].head
    if draft.act != "warning" or head.lemma_.lower() not in {"warn", "caution", "tell"}:
        return ()
    found = [_named(draft, token) for token in _objects(head, [])]
    return next((parties for parties in found if parties), ())


def _objects(verb: Token, prepositions: list[str]) -> Iterator[Token]:
    """Direct and prepositional objects; the subject of the clause below ("urge X to go")."""
    for child in verb.children:
        if child.dep_ in {"dobj", "dative"}:
            yield child
        elif child.dep_ in {"prep", "prt", "dative"} and child.lower_ in prepositions:
            yield from (c for c in child.children if c.dep_ in {"pobj", "dobj"})
        elif child.dep_ in {"ccomp", "xcomp"}:
            yield from (c for c in child.children if c.dep_ in {"nsubj", "nsubjpass"})


def _named(draft: Draft, token: Token) -> Parties:
    """Parties of the names that a token heads, with those coordinated with it."""
    joined = {token.i, *(other.i for other in token.conjuncts)}
    found: list[str] = []
    for referent in draft.parsed.referents:
        head = head_of(referent, draft.parsed.doc)
        if head is None or referent.kind not in {"name", "issuer", "together"}:
            continue
        if head.i in joined or (referent.start <= token.i < referent.end):
            found += referent.parties
    return tuple(dict.fromkeys(found))


def givers(draft: Draft) -> Parties:
    """Who gives in "enhancing NATO's support for Ukraine", where the verb's subject is no party."""
    own = subject(draft.parsed.predicates[draft.predicate])
    parsed, lists = draft.parsed, knowledge("forms")["given"]
    found: list[str] = []
    for referent in parsed.referents:
        head = head_of(referent, parsed.doc)
        if head is None or not draft.first <= head.i < draft.end:
            continue
        if own is not None and (head == own or own in head.ancestors):
            return ()
        owner = head.head if head.dep_ == "conj" and head.head.dep_ == "poss" else head
        noun = owner.head
        helps = any(c.dep_ == "prep" and c.lower_ in lists["for"] for c in noun.children)
        if owner.dep_ == "poss" and noun.lemma_.lower() in lists["nouns"] and helps:
            found += referent.parties
    return tuple(dict.fromkeys(found))


def told(draft: Draft) -> Referent | None:
    """Who is told in "a strong message to Russia that …"."""
    lists = knowledge("forms")["told"]
    for referent in draft.parsed.referents:
        head = head_of(referent, draft.parsed.doc)
        if head is None or not draft.first <= head.i < draft.end or head.dep_ != "pobj":
            continue
        step = head.head
        if step.lower_ in lists["for"] and step.head.lemma_.lower() in {*lists["nouns"], "send"}:
            return referent
    return None


def blamed(draft: Draft) -> Parties:
    """Who is blamed in "the attack of X on Y" or "X's attack on Y"."""
    lists = knowledge("forms")["blamed"]
    found: list[str] = []
    for referent in draft.parsed.referents:
        head = head_of(referent, draft.parsed.doc)
        if head is None or not draft.first <= head.i < draft.end or referent.kind != "name":
            continue
        noun = head.head
        if head.dep_ == "pobj" and noun.lower_ in lists["for"]:
            noun = noun.head
        elif head.dep_ != "poss":
            continue
        if noun.lemma_.lower() in lists["nouns"]:
            found += referent.parties
    return tuple(dict.fromkeys(code for code in found if code not in draft.obligors))


def only_named(draft: Draft) -> Parties:
    """The one party beside the holder that the act's words name; empty where there are several."""
    named = {one.parties for one in _names(draft)}
    found = {parties for parties in named if not set(parties) & set(draft.obligors)}
    return next(iter(found)) if len(found) == 1 else ()


def gains(draft: Draft, issuers: Parties) -> Parties:
    """The one other state that the words of a request to a state name: "urge X to leave Y".

    It gained or suffered by what was asked in 29 of 33 such requests of the coded training texts;
    where a group is asked ("all countries"), or a body is named, it did so in half of them.
    """
    states = Registry.load().codes("state")
    if draft.act != "request" or not draft.obligors or not states.issuperset(draft.obligors):
        return ()
    named = {code for one in _names(draft) for code in one.parties}
    others = (named & states).difference(draft.obligors, issuers)
    return tuple(others) if len(others) == 1 else ()


def _names(draft: Draft) -> Iterator[Referent]:
    """The names of parties within the act's words."""
    for referent in draft.parsed.referents:
        if referent.kind == "name" and draft.first <= referent.start < draft.end:
            yield referent
