"""Clauses as a report tells them: which verb, noun or adjective says what was done in words.

From the top of the parse down: what somebody *said* is in the clause below; how firmly it is meant
stands before what is meant ("is considering sending", "has refused to send").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from spacy.tokens import Doc, Token

from standfast.extraction.knowledge import knowledge
from standfast.extraction.predicates import auxiliaries, is_negated, is_passive
from standfast.extraction.press_control import asks, by_control
from standfast.extraction.press_nouns import by_assurance, by_name, by_noun
from standfast.extraction.press_words import (
    FRAMES,
    LIKELY,
    VERBAL,
    Told,
    complement,
    denied,
    frame_of,
    has_to,
    is_listed,
    is_to,
    names,
    object_of,
    own_subject,
    strength_of,
    words_of,
)
from standfast.model import ActKind

_DOUBTFUL, _GUESSED = 0.4, 0.3
"""How surely an act is read from a tense alone, and from a word outside any clause."""
_NAMING: Mapping[str, ActKind] = {**FRAMES, "giving": "delivery", "performing": "commitment"}


def told(root: Token) -> Iterator[Told]:
    """What a sentence tells, the main clause first, then those coordinated with it."""
    root = root if root.pos_ in VERBAL else _first_verb(root)
    found = [_of(top) for top in (root, *(c for c in root.conjuncts if c.pos_ in VERBAL))]
    some = [one for one in found if one is not None]
    if all(one.sure < LIKELY for one in some):
        # The root may be a mere aside to the parser, or say what something is ("four billion is
        # what the bank plans to give"): plainer words below it go before.
        plain = (_plainly(t) for t in root.subtree if not _aside(t, root))
        # Of equally plain ones a verb that has a subject: a noun may only say whose words it were.
        below = max(filter(None, plain), key=lambda one: (one.sure, _finite(one)), default=None)
        some = [below] if below is not None else some
    yield from some


def anything(doc: Doc) -> Told | None:
    """The first word of a sentence that names any act, where no clause of it tells one."""
    for token in doc:
        if token.pos_ not in {*VERBAL, "NOUN", "ADJ"}:
            continue
        for key, act in _NAMING.items():
            if token.lemma_.lower() in words_of(key):
                return Told(token, token, act, "act", _GUESSED)
        for lists in ("control", "nouns", "states"):
            for key in set(knowledge("press")[lists]) - set(FRAMES):
                if token.lemma_.lower() in words_of(lists, key):
                    how = strength_of(key)
                    return Told(token, token, "commitment", "act", _GUESSED, how)
    return None


def _plainly(token: Token) -> Told | None:
    """What a word below the root tells by itself, whatever clause it stands in."""
    if token.pos_ in VERBAL and token.dep_ not in {"aux", "auxpass"}:
        return by_control(token, None) or _by_verb(token, None) or by_noun(token, None)
    return by_name(token, None) if token.pos_ == "NOUN" else None


def _finite(one: Told) -> bool:
    """Whether what tells it is a verb with a subject of its own."""
    return one.cue.pos_ in VERBAL and own_subject(one.cue) is not None


def _aside(token: Token, root: Token) -> bool:
    """Whether it is a participle before the main clause: "*Rejecting* talk of a freeze, ..."."""
    return token.dep_ == "advcl" and token.tag_ == "VBG" and token.i < root.i


def _first_verb(root: Token) -> Token:
    """The first verb with a subject of its own, where the parser has no verb at the top."""
    verbs = (t for t in root.doc if t.pos_ in VERBAL and own_subject(t) is not None)
    return next(verbs, root)


def _of(top: Token) -> Told | None:
    inner, said_by = _unsaid(top)
    return _of_clause(inner, said_by) or (_of_clause(top, None) if inner is not top else None)


def _unsaid(top: Token) -> tuple[Token, Token | None]:
    """The clause that a verb of saying reports, and who said it."""
    token, who = top, None
    for _ in range(3):
        if token.lemma_.lower() not in words_of("saying"):
            break
        below = [
            c
            for c in token.children
            if c.dep_ == "ccomp" and c.pos_ in VERBAL and not (has_to(c) and not is_to(c))
        ]
        if not below:
            break
        who = _agent(token) if is_passive(token) else own_subject(token) or who
        token = below[0]
    return token, who


def _agent(verb: Token) -> Token | None:
    """Who does what a passive verb says: "was told by his counterpart"."""
    by = (c for c in verb.children if c.dep_ == "agent")
    return next((g for c in by for g in c.children if g.dep_ == "pobj"), None)


def _of_clause(verb: Token, said_by: Token | None) -> Told | None:
    """What a clause tells by its verb, by a noun after a light verb, or by its tense."""
    return (
        by_assurance(verb, said_by)
        or by_control(verb, said_by)
        or _by_verb(verb, said_by)
        or by_noun(verb, said_by)
        or _by_tense(verb, said_by)
    )


def _by_verb(verb: Token, said_by: Token | None) -> Told | None:
    refused = denied(verb)
    helps = {c.lower_ for c in auxiliaries(verb)}
    if "can" in helps and is_listed(verb, "awaiting"):
        return Told(verb, verb, "commitment", "get", LIKELY, "firm", refused, said_by)
    wishes = verb.lemma_.lower() in {"want", "expect"} and not asks(verb)
    orders = verb.lemma_.lower() == "tell" and any(
        c.dep_ in {"xcomp", "ccomp"} and has_to(c) for c in verb.children
    )
    if orders or (is_listed(verb, "asking") and not wishes):
        doing = complement(verb) or verb
        return Told(verb, doing, "request", "ask", 0.8, None, refused, said_by)
    if verb.lemma_.lower() in words_of("never") and _never(verb):
        return Told(verb, verb, "condemnation", "act", 0.6, None, "", said_by)
    for key in ("warning", "blaming", "backing"):
        if is_listed(verb, key) and not helps & {"will", "shall", "may", "might"}:
            return Told(verb, verb, FRAMES[key], "act", 0.8, None, refused, said_by)
    if helps & {"must", "should", "ought"} and not is_passive(verb):
        return Told(verb, verb, "request", "duty", 0.5, None, refused, said_by)
    return None


def _never(verb: Token) -> bool:
    text = {c.lower_ for c in verb.children} | {g.lower_ for c in verb.children for g in c.subtree}
    return is_negated(verb) or bool(text & {"never", "no", "n't", "not"})


def _by_tense(verb: Token, said_by: Token | None) -> Told | None:
    """A plain verb: what will be is promised, what was is done."""
    if is_listed(verb, "performing") and object_of(verb) is not None:
        return Told(verb, verb, "commitment", "act", LIKELY, "firm", said_by=said_by)
    if verb.pos_ not in VERBAL or verb.lemma_.lower() in words_of("saying"):
        return None
    frame, helps = frame_of(verb), [c.lower_ for c in auxiliaries(verb)]
    refused = denied(verb, object_of(verb) if is_listed(verb, "giving") else None)
    told = partial(Told, verb, verb, refused=refused, said_by=said_by)
    open_ = set(helps) & {"may", "might", "could"}
    if open_ or set(helps) & {"will", "shall", "would", "'ll", "’ll"} or is_to(verb):
        return told("commitment", frame, LIKELY, "soft" if open_ else "firm")
    goes_on = verb.tag_ == "VBG" and not {"is", "are", "am"}.isdisjoint(helps)
    begins = verb.tag_ in {"VBZ", "VBP"} and _begins(verb)
    if goes_on or begins or "being" in helps:
        plain = goes_on and is_listed(verb, "giving")  # "is handing jets over to"
        return told("commitment", frame, LIKELY if plain else _DOUBTFUL, "firm")
    if verb.tag_ in {"VBD", "VBN"} and verb.lemma_.lower() != "be":
        plain = is_listed(verb, "giving") or frame == "get"
        return told("delivery", frame, 0.6 if plain else _DOUBTFUL)
    return None


def _begins(verb: Token) -> bool:
    objects = {f"{verb.lemma_.lower()} {c.lower_}" for c in verb.children if c.dep_ == "dobj"}
    return not (names(verb) | objects).isdisjoint(words_of("beginning"))
