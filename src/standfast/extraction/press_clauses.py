"""Clauses as a report tells them: which verb, noun or adjective says what was done in words.

From the top of the parse down: what somebody *said* is in the clause below; how firmly it is meant
stands before what is meant ("is considering sending", "has refused to send").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from spacy.tokens import Doc, Token

from standfast.extraction.knowledge import knowledge
from standfast.extraction.predicates import SUBJECTS, auxiliaries, is_negated, is_passive
from standfast.model import ActKind, Strength

_BELOW = {"ccomp", "xcomp", "advcl", "pcomp", "acl"}
_VERBAL = {"VERB", "AUX"}
_AFTER = {"prt", "prep", "dobj"}
"""What may be part of a verb's name: "look into", "take delivery"."""
_TO_COME = {"will", "shall", "would", "'ll", "’ll", "may", "might", "could"}
_TO_ASK = {"for", "on", "upon"}
"""What stands after a call that is no telephone call."""
_LIKELY = 0.6
_DOUBTFUL, _GUESSED = 0.4, 0.3
"""From ``_LIKELY`` on a clause's own words say what it tells; below, its tense alone."""
_FRAMES: Mapping[str, ActKind] = {
    "asking": "request",
    "backing": "affirmation",
    "blaming": "condemnation",
    "warning": "warning",
}
_NAMING: Mapping[str, ActKind] = {**_FRAMES, "giving": "delivery", "performing": "commitment"}


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
def _words(*path: str) -> frozenset[str]:
    found: Any = knowledge("press")
    for name in path:
        found = found[name]
    return frozenset(found)


def told(root: Token) -> Iterator[Told]:
    """What a sentence tells, the main clause first, then those coordinated with it."""
    root = root if root.pos_ in _VERBAL else _first_verb(root)
    found = [_of(top) for top in (root, *(c for c in root.conjuncts if c.pos_ in _VERBAL))]
    some = [one for one in found if one is not None]
    if all(one.sure < _LIKELY for one in some):
        # The root may be a mere aside to the parser, or say what something is ("four billion is
        # what the bank plans to give"): plainer words below it go before.
        plain = (t for t in root.subtree if not _aside(t, root))
        below = next((one for one in map(_plainly, plain) if one is not None), None)
        some = [below] if below is not None else some
    yield from some


def anything(doc: Doc) -> Told | None:
    """The first word of a sentence that names any act, where no clause of it tells one."""
    for token in doc:
        if token.pos_ not in {*_VERBAL, "NOUN", "ADJ"}:
            continue
        for key, act in _NAMING.items():
            if token.lemma_.lower() in _words(key):
                return Told(token, token, act, "act", _GUESSED)
        for lists in ("control", "nouns", "states"):
            for key in set(knowledge("press")[lists]) - set(_FRAMES):
                if token.lemma_.lower() in _words(lists, key):
                    how = _strength(key)
                    return Told(token, token, "commitment", "act", _GUESSED, how)
    return None


def _plainly(token: Token) -> Told | None:
    """What a word below the root tells by itself, whatever clause it stands in."""
    if token.pos_ in _VERBAL and token.dep_ not in {"aux", "auxpass"}:
        return _by_control(token, None) or _by_verb(token, None) or _by_noun(token, None)
    return _by_name(token, None) if token.pos_ == "NOUN" else None


def _aside(token: Token, root: Token) -> bool:
    """Whether it is a participle before the main clause: "*Rejecting* talk of a freeze, ..."."""
    return token.dep_ == "advcl" and token.tag_ == "VBG" and token.i < root.i


def _first_verb(root: Token) -> Token:
    """The first verb with a subject of its own, where the parser has no verb at the top."""
    verbs = (t for t in root.doc if t.pos_ in _VERBAL and own_subject(t) is not None)
    return next(verbs, root)


def _of(top: Token) -> Told | None:
    inner, said_by = _unsaid(top)
    return _of_clause(inner, said_by) or (_of_clause(top, None) if inner is not top else None)


def _unsaid(top: Token) -> tuple[Token, Token | None]:
    """The clause that a verb of saying reports, and who said it."""
    token, who = top, None
    for _ in range(3):
        if token.lemma_.lower() not in _words("saying"):
            break
        below = [
            c
            for c in token.children
            if c.dep_ == "ccomp" and c.pos_ in _VERBAL and not (_has_to(c) and not _is_to(c))
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
        _by_control(verb, said_by)
        or _by_verb(verb, said_by)
        or _by_noun(verb, said_by)
        or _by_tense(verb, said_by)
    )


def names(verb: Token) -> set[str]:
    """A verb's lemma, alone and with its particle, preposition or object ("look into")."""
    own, form = verb.lemma_.lower(), verb.lower_
    after = {c.lower_ for c in verb.children if c.dep_ in _AFTER and c.i - verb.i < 4}
    # The form as well: irregular ones are not all known to the lemmatizer ("undertook").
    return {own, form} | {f"{own} {word}" for word in after}


def level(verb: Token, lists: str) -> str:
    """Which list of the file has a verb; a name with its particle goes before the bare one."""
    for name in sorted(names(verb), key=len, reverse=True):
        for key in knowledge("press")[lists]:
            if name in _words(lists, key):
                return str(key)
    return ""


def _listed(verb: Token, key: str) -> bool:
    return not names(verb).isdisjoint(_words(key))


def complement(verb: Token) -> Token | None:
    """The verb that completes one: "plans to *send*", "rules out *sending*", "that it *sends*"."""
    for child in verb.children:
        if child.dep_ in _BELOW - {"advcl", "acl", "pcomp"} and child.pos_ in _VERBAL:
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


def _by_control(verb: Token, said_by: Token | None) -> Told | None:
    how, cue = _controlling(verb)
    if not how or (verb.lemma_.lower() in {"want", "expect"} and _asks(verb)):
        return None
    if _listed(verb, "asking") and _of_whom(verb):
        return None  # "is sought from X"
    if how == "intent" and _position(verb) is not None:
        return None  # "offered thanks"
    doing = complement(cue) or complement(verb)
    bare = doing is None and not _object(verb) and not _with_particle(cue)
    if bare and (how in {"intent", "soft"} or is_passive(verb)):
        return None
    if how == "refused":
        return _refused(verb, cue, doing, said_by)
    if doing is not None and level(doing, "control") == "soft":
        how = "soft"
    refused = denied(verb)
    frame = _frame(doing) if doing is not None else "act"
    return Told(cue, doing or verb, "commitment", frame, 0.8, _strength(how), refused, said_by)


def _refused(verb: Token, cue: Token, doing: Token | None, said_by: Token | None) -> Told | None:
    """What is refused: "declines to condemn" a condemnation, "rules out sending" a promise."""
    if doing is None:
        if _object(verb) is None:
            return None
        return Told(cue, verb, "commitment", "act", 0.8, "firm", cue.lower_, said_by)
    if doing.lemma_.lower() in _words("never"):
        return None
    for key, act in _FRAMES.items():
        if _listed(doing, key):
            frame = "ask" if key == "asking" else "act"
            who = own_subject(verb) or said_by
            return Told(doing, doing, act, frame, 0.6, None, cue.lower_, who)
    return Told(cue, doing, "commitment", "act", 0.8, "firm", cue.lower_, said_by)


def _controlling(verb: Token) -> tuple[str, Token]:
    """How firmly a verb means what is below it, and the word that says so."""
    how = level(verb, "control")
    if verb.lemma_.lower() in _words("standing"):
        state = next((c for c in verb.children if c.dep_ in {"acomp", "attr"}), None)
        if state is not None and level(state, "states"):
            return level(state, "states"), state
        if any(c.dep_ == "xcomp" and _has_to(c) for c in verb.children) and not _equates(verb):
            return "firm", verb  # "are to place an order"
    return how or level_of_form(verb), verb


def _equates(verb: Token) -> bool:
    """Whether "is to" says what something is: "one goal is to secure"."""
    own = own_subject(verb)
    if own is None:
        return False
    of = [g for c in own.children if c.lower_ == "of" for g in c.children]
    return not _words("equated").isdisjoint(t.lemma_.lower() for t in (own, *of))


def _has_to(verb: Token) -> bool:
    return any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)


def _with_particle(verb: Token) -> bool:
    """Whether a verb is listed with what follows it ("look into", "toy with")."""
    some = names(verb) - {verb.lemma_.lower()}
    return any(not some.isdisjoint(_words("control", key)) for key in knowledge("press")["control"])


def level_of_form(verb: Token) -> str:
    """How firmly a participle means it ("is determined to")."""
    return next((k for k in ("firm", "intent") if verb.lower_ in _words("states", k)), "")


def _asks(verb: Token) -> bool:
    """Whether a verb of wishing has a clause with another subject below: "wants X to act"."""
    below = complement(verb)
    own = own_subject(below) if below is not None else None
    return own is not None or any(c.dep_ in {"dobj", "dative"} for c in verb.children)


def _of_whom(verb: Token) -> bool:
    """Whether it is said of whom something is wanted: "expects of X"."""
    return any(
        c.lower_ in {"of", "from"} and any(g.dep_ == "pobj" for g in c.children)
        for c in verb.children
        if c.dep_ == "prep"
    )


def _position(verb: Token) -> Token | None:
    """The noun of backing or blaming that a verb without meaning of its own has as its object."""
    held = _object(verb) if verb.lemma_.lower() in _words("light") else None
    named = held is not None and any(_named_in(held, key) for key in ("backing", "blaming"))
    return held if named else None


def _named_in(noun: Token, key: str) -> bool:
    """Whether a noun is in a list, by its lemma or as it stands ("thanks")."""
    return not {noun.lemma_.lower(), noun.lower_}.isdisjoint(_words("nouns", key))


def _object(verb: Token) -> Token | None:
    return next((c for c in verb.children if c.dep_ in {"dobj", "nsubjpass", "attr", "oprd"}), None)


def _by_verb(verb: Token, said_by: Token | None) -> Told | None:
    refused = denied(verb)
    helps = {c.lower_ for c in auxiliaries(verb)}
    wishes = verb.lemma_.lower() in {"want", "expect"} and not _asks(verb)
    orders = verb.lemma_.lower() == "tell" and any(
        c.dep_ in {"xcomp", "ccomp"} and _has_to(c) for c in verb.children
    )
    if orders or (_listed(verb, "asking") and not wishes):
        doing = complement(verb) or verb
        return Told(verb, doing, "request", "ask", 0.8, None, refused, said_by)
    if verb.lemma_.lower() in _words("never") and _never(verb):
        return Told(verb, verb, "condemnation", "act", 0.6, None, "", said_by)
    for key in ("warning", "blaming", "backing"):
        if _listed(verb, key) and not helps & {"will", "shall", "may", "might"}:
            return Told(verb, verb, _FRAMES[key], "act", 0.8, None, refused, said_by)
    if helps & {"must", "should", "ought"} and not is_passive(verb):
        return Told(verb, verb, "request", "duty", 0.5, None, refused, said_by)
    return None


def _never(verb: Token) -> bool:
    text = {c.lower_ for c in verb.children} | {g.lower_ for c in verb.children for g in c.subtree}
    return is_negated(verb) or bool(text & {"never", "no", "n't", "not"})


def _by_noun(verb: Token, said_by: Token | None) -> Told | None:
    if verb.lemma_.lower() not in _words("light"):
        return None
    places = ("dobj", "nsubj", "nsubjpass", "attr", "pobj")
    drawn = _listed(verb, "drawing") and (not is_passive(verb) or verb.lemma_.lower() == "meet")
    if drawn and {c.lower_ for c in auxiliaries(verb)} & _TO_COME:
        # "Will draw an answer from": who will answer warns.
        answer = next((t for t in _near(verb) if t.lemma_.lower() in _words("answers")), None)
        if answer is not None:
            refused = denied(verb, answer)
            return Told(answer, answer, "warning", "get", _LIKELY, None, refused, said_by)
    near = sorted(_near(verb), key=lambda one: places.index(one.dep_))
    if drawn:
        # "The plan won the approval of": what it won says more than what it is.
        near.sort(key=lambda one: one.dep_ in SUBJECTS)
    for token in near:
        for noun in (token, *_worded(token)):
            one = _by_name(noun, said_by, drawn=drawn, refused=denied(verb, noun))
            if one is not None:
                return one
    return None


def _worded(token: Token) -> list[Token]:
    """What words are words of: "words of *praise*"."""
    if token.lemma_.lower() not in _words("wordings"):
        return []
    return [g for c in token.children if c.lower_ == "of" for g in c.children if g.dep_ == "pobj"]


def _by_name(
    token: Token, said_by: Token | None, *, drawn: bool = False, refused: str = ""
) -> Told | None:
    """What a noun names: "a pledge by", "the condemnation of"."""
    if token.lower_ == "words":
        return None  # somebody's word is a promise, their words may be anything
    if token.lemma_.lower() == "call" and any(c.lower_ in _TO_ASK for c in token.children):
        doing = next((t for t in token.subtree if t.pos_ == "VERB"), token)
        return Told(token, doing, "request", "ask", _LIKELY, None, refused, said_by)
    for key in knowledge("press")["nouns"]:
        if _named_in(token, key):
            doing = next((c for c in token.children if c.dep_ in {"acl", "relcl"}), token)
            if key not in _FRAMES:
                how, sure = _strength(key), _LIKELY if doing is token else 0.8
                frame = "get" if drawn and _of_another(token) else "act"
                return Told(token, doing, "commitment", frame, sure, how, refused, said_by)
            frame = "get" if drawn else "ask" if key == "asking" else "act"
            return Told(token, doing, _FRAMES[key], frame, _LIKELY, None, refused, said_by)
    return None


def _of_another(noun: Token) -> bool:
    """Whether it is said whose a promise is: "has Berlin's word", "won a pledge from Berlin"."""
    return any(
        (c.dep_ == "poss" and c.pos_ == "PROPN")
        or (c.dep_ == "prep" and c.lower_ in {"from", "by"})
        for c in noun.children
    )


def _strength(key: str) -> Strength:
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


def _near(verb: Token) -> Iterable[Token]:
    for child in verb.children:
        if child.dep_ in {"dobj", "nsubj", "nsubjpass", "attr"}:
            yield child
        elif child.dep_ == "prep":
            yield from (c for c in child.children if c.dep_ == "pobj")


def _by_tense(verb: Token, said_by: Token | None) -> Told | None:
    """A plain verb: what will be is promised, what was is done."""
    if _listed(verb, "performing") and _object(verb) is not None:
        return Told(verb, verb, "commitment", "act", _LIKELY, "firm", said_by=said_by)
    if verb.pos_ not in _VERBAL or verb.lemma_.lower() in _words("saying"):
        return None
    frame, helps = _frame(verb), [c.lower_ for c in auxiliaries(verb)]
    refused = denied(verb, _object(verb) if _listed(verb, "giving") else None)
    told = partial(Told, verb, verb, refused=refused, said_by=said_by)
    open_ = set(helps) & {"may", "might", "could"}
    if open_ or set(helps) & {"will", "shall", "would", "'ll", "’ll"} or _is_to(verb):
        return told("commitment", frame, _LIKELY, "soft" if open_ else "firm")
    goes_on = verb.tag_ == "VBG" and not {"is", "are", "am"}.isdisjoint(helps)
    begins = verb.tag_ in {"VBZ", "VBP"} and _begins(verb)
    if goes_on or begins or "being" in helps:
        plain = goes_on and _listed(verb, "giving")  # "is handing jets over to"
        return told("commitment", frame, _LIKELY if plain else _DOUBTFUL, "firm")
    if verb.tag_ in {"VBD", "VBN"} and verb.lemma_.lower() != "be":
        plain = _listed(verb, "giving") or frame == "get"
        return told("delivery", frame, 0.6 if plain else _DOUBTFUL)
    return None


def _frame(verb: Token) -> str:
    """How parties hang on a plain verb."""
    frozen = any(
        c.dep_ in {"acomp", "oprd"} and (c.tag_ == "VBN" or c.lower_ in _words("held"))
        for c in verb.children
    )
    if _listed(verb, "bearing") or (verb.lemma_.lower() in {"stay", "remain"} and frozen):
        return "bear"
    if verb.lemma_.lower() == "have" and any(t.dep_ == "agent" for t in verb.subtree):
        return "get"  # "has had a system moved there by them"
    thing = _object(verb)
    received = thing is not None and thing.lemma_.lower() in _words("guests")
    ready = any(c.dep_ == "acomp" for c in verb.children)  # "is getting ready"
    gets = _listed(verb, "getting") and not is_passive(verb) and not received and not ready
    return "get" if gets else "act"


def _begins(verb: Token) -> bool:
    objects = {f"{verb.lemma_.lower()} {c.lower_}" for c in verb.children if c.dep_ == "dobj"}
    return not (names(verb) | objects).isdisjoint(_words("beginning"))


def _is_to(verb: Token) -> bool:
    """Whether it is what a party "is to" do."""
    helps = [c for c in verb.children if c.dep_ in {"aux", "auxpass"}]
    return any(c.lower_ == "to" for c in helps) and (
        verb.head.lemma_.lower() == "be" or any(c.lemma_.lower() == "be" for c in helps)
    )
