"""How firmly a party means what a report tells: "plans to send", "has refused to send"."""

from __future__ import annotations

from spacy.tokens import Token

from standfast.extraction.knowledge import knowledge
from standfast.extraction.predicates import is_passive
from standfast.extraction.press_nouns import position
from standfast.extraction.press_words import (
    FRAMES,
    Told,
    after,
    complement,
    denied,
    frame_of,
    has_to,
    is_listed,
    level,
    names,
    object_of,
    own_subject,
    strength_of,
    words_of,
)


def by_control(verb: Token, said_by: Token | None) -> Told | None:
    """What a verb of meaning, offering or refusing tells of the clause below it."""
    how, cue = _controlling(verb)
    if not how or (verb.lemma_.lower() in {"want", "expect"} and asks(verb)):
        return None
    if is_listed(verb, "asking") and after(verb, "of", "from"):
        return None  # "is sought from X"
    if how == "intent" and position(verb) is not None:
        return None  # "offered thanks"
    doing = complement(cue) or complement(verb)
    bare = doing is None and not object_of(verb) and not _with_particle(cue)
    if bare and (how in {"intent", "soft"} or is_passive(verb)):
        return None
    if how == "refused":
        return _refused(verb, cue, doing, said_by)
    if doing is not None and level(doing, "control") == "soft":
        how = "soft"
    refused = denied(verb)
    frame = frame_of(doing) if doing is not None else "act"
    return Told(cue, doing or verb, "commitment", frame, 0.8, strength_of(how), refused, said_by)


def _refused(verb: Token, cue: Token, doing: Token | None, said_by: Token | None) -> Told | None:
    """What is refused: "declines to condemn" a condemnation, "rules out sending" a promise."""
    if doing is None:
        if object_of(verb) is None:
            return None
        return Told(cue, verb, "commitment", "act", 0.8, "firm", cue.lower_, said_by)
    if doing.lemma_.lower() in words_of("never"):
        return None
    for key, act in FRAMES.items():
        if is_listed(doing, key):
            frame = "ask" if key == "asking" else "act"
            who = own_subject(verb) or said_by
            return Told(doing, doing, act, frame, 0.6, None, cue.lower_, who)
    return Told(cue, doing, "commitment", "act", 0.8, "firm", cue.lower_, said_by)


def _controlling(verb: Token) -> tuple[str, Token]:
    """How firmly a verb means what is below it, and the word that says so."""
    how = level(verb, "control")
    if verb.lemma_.lower() in words_of("standing"):
        state = next((c for c in verb.children if c.dep_ in {"acomp", "attr"}), None)
        if state is not None and level(state, "states"):
            return level(state, "states"), state
        if any(c.dep_ == "xcomp" and has_to(c) for c in verb.children) and not _equates(verb):
            return _hoped(verb) or "firm", verb  # "are to place an order"
    return how or level_of_form(verb), verb


def _hoped(verb: Token) -> str:
    """How firm a subject makes what it "is to" be: "the minister's hope is to send"."""
    own = own_subject(verb)
    how = level(own, "nouns") if own is not None else ""
    return how if how in {"intent", "soft"} else ""


def _equates(verb: Token) -> bool:
    """Whether "is to" says what something is: "one goal is to secure"."""
    own = own_subject(verb)
    if own is None:
        return False
    of = [g for c in own.children if c.lower_ == "of" for g in c.children]
    return not words_of("equated").isdisjoint(t.lemma_.lower() for t in (own, *of))


def _with_particle(verb: Token) -> bool:
    """Whether a verb is listed with what follows it ("look into", "toy with")."""
    some, lists = names(verb) - {verb.lemma_.lower()}, knowledge("press")["control"]
    return any(not some.isdisjoint(words_of("control", key)) for key in lists)


def level_of_form(verb: Token) -> str:
    """How firmly a participle means it ("is determined to")."""
    return next((k for k in ("firm", "intent") if verb.lower_ in words_of("states", k)), "")


def asks(verb: Token) -> bool:
    """Whether a verb of wishing has a clause with another subject below: "wants X to act"."""
    below = complement(verb)
    own = own_subject(below) if below is not None else None
    return own is not None or any(c.dep_ in {"dobj", "dative"} for c in verb.children)
