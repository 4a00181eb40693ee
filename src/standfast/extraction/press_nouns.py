"""Acts that a report names by a noun: "gave its backing to", "a pledge by", "words of praise"."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from standfast.extraction.knowledge import knowledge
from standfast.extraction.predicates import SUBJECTS, auxiliaries, is_passive
from standfast.extraction.press_words import (
    FRAMES,
    LIKELY,
    Told,
    after,
    denied,
    is_listed,
    object_of,
    strength_of,
    words_of,
)

_TO_COME = {"will", "shall", "would", "'ll", "’ll", "may", "might", "could"}
_TO_ASK = {"for", "on", "upon"}
"""What stands after a call that is no telephone call."""


def by_assurance(verb: Token, said_by: Token | None) -> Told | None:
    """Backing that somebody is assured of: "assured X of its *support*"."""
    backed = any(_named_in(one, "backing") for one in after(verb, "of"))
    if verb.lemma_.lower() != "assure" or not backed:
        return None
    return Told(verb, verb, "affirmation", "act", 0.8, None, denied(verb), said_by)


def position(verb: Token) -> Token | None:
    """The noun of backing or blaming that a verb without meaning of its own has as its object."""
    held = object_of(verb) if verb.lemma_.lower() in words_of("light") else None
    named = held is not None and any(_named_in(held, key) for key in ("backing", "blaming"))
    return held if named else None


def _named_in(noun: Token, key: str) -> bool:
    """Whether a noun is in a list, by its lemma or as it stands ("thanks")."""
    return not {noun.lemma_.lower(), noun.lower_}.isdisjoint(words_of("nouns", key))


def by_noun(verb: Token, said_by: Token | None) -> Told | None:
    """What a noun beside a verb without meaning of its own names."""
    if verb.lemma_.lower() not in words_of("light"):
        return None
    places = ("dobj", "nsubj", "nsubjpass", "attr", "pobj")
    drawn = is_listed(verb, "drawing") and (not is_passive(verb) or verb.lemma_.lower() == "meet")
    if drawn and {c.lower_ for c in auxiliaries(verb)} & _TO_COME:
        # "Will draw an answer from": who will answer warns.
        answer = next((t for t in _near(verb) if t.lemma_.lower() in words_of("answers")), None)
        if answer is not None:
            refused = denied(verb, answer)
            return Told(answer, answer, "warning", "get", LIKELY, None, refused, said_by)
    near = sorted(_near(verb), key=lambda one: places.index(one.dep_))
    if drawn:
        # "The plan won the approval of": what it won says more than what it is.
        near.sort(key=lambda one: one.dep_ in SUBJECTS)
    for token in near:
        aimed = token.lemma_.lower() in words_of("aimed_at")  # "was the target of"
        for noun in (token, *_worded(token)):
            one = by_name(noun, said_by, drawn=drawn or aimed, refused=denied(verb, noun))
            if one is not None:
                return one
    return None


def _worded(token: Token) -> list[Token]:
    """What words are words of: "words of *praise*"."""
    if token.lemma_.lower() not in words_of("wordings") | words_of("aimed_at"):
        return []
    return after(token, "of")


def by_name(
    token: Token, said_by: Token | None, *, drawn: bool = False, refused: str = ""
) -> Told | None:
    """What a noun names: "a pledge by", "the condemnation of"."""
    if token.lower_ == "words":
        # Somebody's word is a promise, their words may be anything.
        said, tones = {c.lower_ for c in token.children}, knowledge("press")["tones"]
        key = next((key for key in tones if said & words_of("tones", key)), "")
        return (
            Told(token, token, FRAMES[key], "act", LIKELY, None, refused, said_by) if key else None
        )
    if token.lemma_.lower() == "call" and any(c.lower_ in _TO_ASK for c in token.children):
        doing = next((t for t in token.subtree if t.pos_ == "VERB"), token)
        return Told(token, doing, "request", "ask", LIKELY, None, refused, said_by)
    for key in knowledge("press")["nouns"]:
        if _named_in(token, key):
            doing = next((c for c in token.children if c.dep_ in {"acl", "relcl"}), token)
            if key not in FRAMES:
                how, sure = strength_of(key), LIKELY if doing is token else 0.8
                frame = "get" if drawn and _of_another(token) else "act"
                return Told(token, doing, "commitment", frame, sure, how, refused, said_by)
            frame = "get" if drawn else "ask" if key == "asking" else "act"
            return Told(token, doing, FRAMES[key], frame, LIKELY, None, refused, said_by)
    return None


def _of_another(noun: Token) -> bool:
    """Whether it is said whose a promise is: "has Berlin's word", "won a pledge from Berlin"."""
    return any(
        (c.dep_ == "poss" and c.pos_ == "PROPN")
        or (c.dep_ == "prep" and c.lower_ in {"from", "by"})
        for c in noun.children
    )


def _near(verb: Token) -> Iterable[Token]:
    for child in verb.children:
        if child.dep_ in {"dobj", "nsubj", "nsubjpass", "attr"}:
            yield child
        elif child.dep_ == "prep":
            yield from (c for c in child.children if c.dep_ == "pobj")
