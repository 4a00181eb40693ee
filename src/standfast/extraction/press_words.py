"""Words of reports as the parser has them: what stands in which list, and what hangs where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.tokens import Token

from standfast.extraction.knowledge import knowledge
from standfast.extraction.predicates import SUBJECTS, is_negated, is_passive
from standfast.model import ActKind, Strength

BELOW = {"ccomp", "xcomp", "advcl", "pcomp", "acl"}
VERBAL = {"VERB", "AUX"}
_AFTER = {"prt", "prep", "dobj"}
"""What may be part of a verb's name: "look into", "take delivery"."""
LIKELY = 0.6
"""From here on a clause's own words say what it tells; below, its tense alone."""
FRAMES: Mapping[str, ActKind] = {
    "asking": "request",
    "backing": "affirmation",
    "blaming": "condemnation",
    "warning": "warning",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What a clause tells.

    ``cue`` is the token that says it; ``doing`` the verb of what is promised, asked or done;
    ``frame`` how parties hang on the cue: ``act`` (its subject acts), ``ask`` (its object is
    asked), ``get`` (its subject receives). ``refused`` is the word that denies it.
    """

    cue: Token
    doing: Token
    act: ActKind
    frame: str
    sure: float
    strength: Strength | None = None
    refused: str = ""
    said_by: Token | None = None


@cache
def words_of(*path: str) -> frozenset[str]:
    """A list of ``press.yaml`` by its path."""
    found: Any = knowledge("press")
    for name in path:
        found = found[name]
    return frozenset(found)


def names(verb: Token) -> set[str]:
    """A verb's lemma, alone and with its particle, preposition or object ("look into")."""
    own, form = verb.lemma_.lower(), verb.lower_
    near = [c for c in verb.children if c.dep_ in _AFTER and c.i - verb.i < 4]
    after = {c.lower_ for c in near}
    after |= {f"{c.lower_} {g.lower_}" for c in near for g in c.children if g.dep_ == "pobj"}
    # The form as well: irregular ones are not all known to the lemmatizer ("undertook").
    return {own, form} | {f"{own} {word}" for word in after}


def level(verb: Token, lists: str) -> str:
    """Which list of the file has a verb; a name with its particle goes before the bare one."""
    for name in sorted(names(verb), key=len, reverse=True):
        for key in knowledge("press")[lists]:
            if name in words_of(lists, key):
                return str(key)
    return ""


def is_listed(verb: Token, key: str) -> bool:
    """Whether a verb stands in a list, alone or with what follows it."""
    return not names(verb).isdisjoint(words_of(key))


def complement(verb: Token) -> Token | None:
    """The verb that completes one: "plans to *send*", "rules out *sending*", "that it *sends*"."""
    for child in verb.children:
        if child.dep_ in BELOW - {"advcl", "acl", "pcomp"} and child.pos_ in VERBAL:
            return child
    for child in verb.children:
        if child.dep_ == "prep":
            inner = next((c for c in child.children if c.dep_ == "pcomp"), None)
            if inner is not None:
                return inner
        if child.dep_ == "advcl" and any(c.lower_ == "to" for c in child.children):
            return child
    return None


def own_subject(verb: Token) -> Token | None:
    """The subject that hangs on this verb itself."""
    return next((c for c in verb.children if c.dep_ in SUBJECTS), None)


def object_of(verb: Token) -> Token | None:
    """The object of a verb, the subject of a passive one, or what something is said to be."""
    return next((c for c in verb.children if c.dep_ in {"dobj", "nsubjpass", "attr", "oprd"}), None)


def after(token: Token, *before: str) -> list[Token]:
    """What stands after one of these prepositions that hang on a word."""
    return [
        g
        for c in token.children
        if c.dep_ in {"prep", "agent", "dative"} and c.lower_ in before
        for g in c.children
        if g.dep_ == "pobj"
    ]


def strength_of(key: str) -> Strength:
    """The strength of a promise by the list in which its word stands."""
    return "soft" if key == "soft" else "intent" if key == "intent" else "firm"


def denied(verb: Token, noun: Token | None = None) -> str:
    """The word that denies a clause: "not", "no longer", or "no" before the noun that names it."""
    if is_negated(verb):
        return "not"
    if any(
        c.lower_ == "longer" and any(g.lower_ == "no" for g in c.children) for c in verb.children
    ):
        return "no longer"
    none = noun is not None and any(c.lower_ == "no" and c.dep_ == "det" for c in noun.children)
    return "no" if none else ""


def has_to(verb: Token) -> bool:
    """Whether a verb is an infinitive with "to"."""
    return any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)


def is_to(verb: Token) -> bool:
    """Whether it is what a party "is to" do."""
    helps = [c for c in verb.children if c.dep_ in {"aux", "auxpass"}]
    return any(c.lower_ == "to" for c in helps) and (
        verb.head.lemma_.lower() == "be" or any(c.lemma_.lower() == "be" for c in helps)
    )


def frame_of(verb: Token) -> str:
    """How parties hang on a plain verb."""
    frozen = any(
        c.dep_ in {"acomp", "oprd"} and (c.tag_ == "VBN" or c.lower_ in words_of("held"))
        for c in verb.children
    )
    if is_listed(verb, "bearing") or (verb.lemma_.lower() in {"stay", "remain"} and frozen):
        return "bear"
    if verb.lemma_.lower() == "have" and any(t.dep_ == "agent" for t in verb.subtree):
        return "get"  # "has had a system moved there by them"
    thing = object_of(verb)
    received = thing is not None and thing.lemma_.lower() in words_of("guests")
    # "Is getting ready", "will get money out".
    ready = any(c.dep_ in {"acomp", "prt"} for c in verb.children)
    gets = is_listed(verb, "getting") and not is_passive(verb) and not received and not ready
    return "get" if gets else "act"
