"""Structures that decide an act where parties are named: who must, who asks whom, who gave whom.

Coded texts are mostly by one publisher about itself, so that examples teach little of what others
ask and give; the grammar of these sentences is plain all the same. Words are those of
``data/forms.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from standfast.extraction.deeds import grade_of
from standfast.extraction.knowledge import knowledge
from standfast.extraction.predicates import auxiliaries, is_negated, is_passive, subject
from standfast.extraction.reading import Parsed
from standfast.extraction.referents import Referent, head_of
from standfast.model import ActKind

Parties = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Structure:
    """What a predicate's structure says: its act, by which rule, with the parties that it tells."""

    position: int
    act: ActKind
    rule: str
    obligors: Parties = ()
    targets: Parties = ()


def structures(parsed: Parsed, issuers: Parties) -> Iterator[Structure]:
    """Predicates of a sentence whose act their structure decides."""
    for position in range(len(parsed.predicates)):
        found = (
            _must(parsed, position, issuers)
            or _asks(parsed, position)
            or _gave(parsed, position)
            or _quoted(parsed, position)
        )
        if found is not None:
            yield found


def _must(parsed: Parsed, position: int, issuers: Parties) -> Structure | None:
    """Find "X must withdraw": a duty of a named party other than the issuers is asked of it."""
    predicate = parsed.predicates[position]
    own = subject(predicate)
    helps = {child.lower_ for child in predicate.head.children if child.dep_ == "aux"}
    plain = predicate.head.tag_ == "VB" and not is_passive(predicate.head)
    if own is None or not plain or not helps & set(knowledge("forms")["duty"]["words"]):
        return None
    if predicate.head.lemma_ in {"be", "have"} or predicate.head.dep_ not in {"ROOT", "conj"}:
        return None
    who = _party(parsed, own)
    if who is None or who.kind != "name" or set(who.parties) & set(issuers):
        return None
    return Structure(position, "request", "duty", who.parties)


def _asks(parsed: Parsed, position: int) -> Structure | None:
    """Find "X asked Y to …" and "X asked Y for …"."""
    head = parsed.predicates[position].head
    lists = knowledge("forms")["asks"]
    own = subject(parsed.predicates[position])
    if head.lemma_.lower() not in lists["verbs"] or head.tag_ not in {"VBD", "VBP", "VBZ"}:
        return None
    if own is None or is_passive(head) or is_negated(head) or head.dep_ not in {"ROOT", "conj"}:
        return None
    complement = any(
        child.dep_ in {"xcomp", "ccomp"} or (child.dep_ == "prep" and child.lower_ in lists["for"])
        for child in head.children
    )
    for child in head.children:
        below = [c for c in child.children if c.dep_ in {"nsubj"}]
        candidates = [child] if child.dep_ == "dobj" else below if child.dep_ == "ccomp" else []
        for token in candidates:
            who, asker = _party(parsed, token), _party(parsed, own)
            itself = set(who.parties if who else ()) & set(asker.parties if asker else ())
            if complement and who is not None and who.kind == "name" and not itself:
                return Structure(position, "request", "asks", who.parties)
    return None


def _gave(parsed: Parsed, position: int) -> Structure | None:
    """Find "X has sent Y …", "X will share … with Y" and "… has been given to Y by X".

    Both are named; done, or promised.
    """
    predicate = parsed.predicates[position]
    head, lists = predicate.head, knowledge("forms")["gave"]
    if head.lemma_.lower() not in lists["verbs"]:
        return None
    own, act = _agent(head) if is_passive(head) else subject(predicate), _when(head)
    if own is None or act is None or is_negated(head) or head.dep_ not in {"ROOT", "conj"}:
        return None
    giver = _party(parsed, own)
    if giver is None:
        return None
    for referent in parsed.referents:
        other = head_of(referent, parsed.doc)
        if other is None or referent.kind != "name" or set(referent.parties) & set(giver.parties):
            continue
        if other.i > head.i and _receives(other, head, lists["to"]):
            return Structure(position, act, "gave", giver.parties, referent.parties)
    return None


def _quoted(parsed: Parsed, position: int) -> Structure | None:
    """Find "“we will not close our border”": a quoted party says what it will do or leave undone.

    Only verbs whose doing can be seen (:func:`~standfast.extraction.deeds.grade_of`), so that
    "we will stand with them" stays a position. Quotations are rare in the coded texts.
    """
    predicate = parsed.predicates[position]
    head, own = predicate.head, subject(predicate)
    if own is None or own.lower_ not in {"we", "i"} or _when(head) != "commitment":
        return None
    source = parsed.quoted(head.idx)
    if not source or is_passive(head) or grade_of(head.lemma_) != "action":
        return None
    if any(child.dep_ in {"advcl", "mark"} for child in head.children):
        return None
    return Structure(position, "commitment", "quoted", source)


def _when(verb: Token) -> ActKind | None:
    """What giving is, by its tense: done, or promised."""
    helps = {aux.lemma_.lower() for aux in auxiliaries(verb)}
    if verb.tag_ == "VBN" and "have" in helps:
        return "delivery"
    bare = verb.tag_ == "VB" or is_passive(verb)
    return "commitment" if bare and helps & {"will", "shall"} else None


def _agent(verb: Token) -> Token | None:
    """Who does it, of a verb in the passive: "by X"."""
    by = [child for child in verb.children if child.dep_ == "agent"]
    return next((child for one in by for child in one.children if child.dep_ == "pobj"), None)


def _receives(token: Token, verb: Token, prepositions: list[str]) -> bool:
    """Whether a name is the verb's recipient: its dative, or after "to" or "with"."""
    if token.dep_ in {"dative", "dobj", "compound", "poss"} and token.head == verb:
        return True
    step = token.head
    if token.dep_ == "pobj" and step.lower_ in prepositions:
        return verb in step.ancestors
    # A dative before its object is often taken for a part of it: "sent Ukraine forty tanks".
    return token.i == verb.i + 1 and verb in token.ancestors


def _party(parsed: Parsed, token: Token) -> Referent | None:
    for referent in parsed.referents:
        head = head_of(referent, parsed.doc)
        if head is not None and (head == token or referent.start <= token.i < referent.end):
            return referent
    return None
