"""Who acts, who is meant and who speaks in what a report tells, by the grammar of its clause.

A verb's subject acts or is asked, and in the passive is acted on; a noun that names the act hangs
its parties on prepositions ("the demand of X on Y", "words of praise for X from Y").
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from standfast.extraction.predicates import SUBJECTS, is_passive
from standfast.extraction.press_words import Told, after, own_subject, words_of
from standfast.extraction.reading import Parsed
from standfast.extraction.referents import Referent, head_of
from standfast.model import POSITIONS

Parties = tuple[str, ...]


def parties(parsed: Parsed, one: Told) -> tuple[Parties, Parties, Parties]:
    """Who acts, who is meant and who speaks, by the grammar of the clause."""
    saying = _named(parsed, [one.said_by]) if one.said_by is not None else ()
    subject = _leading(parsed, one)
    agents = _named(parsed, _agents(one))
    rest = _rest(parsed, one)
    if one.frame in {"ask", "duty"}:
        return _asked(parsed, one, agents, rest, saying)
    if one.frame == "get":
        return _got(parsed, one, subject, saying)
    if one.frame == "bear":
        return tuple(c for c in rest if c not in subject) or saying, subject, saying
    passive = _is_passive(parsed, one, agents)
    acting = _behind(parsed, one, agents) if passive else subject or agents
    if not acting and one.cue.pos_ == "NOUN":
        acting = _owners(parsed, one.cue)
    others = tuple(code for code in rest if code not in subject)
    theirs = others or set(saying) & set(subject)
    if not acting and passive and theirs and one.doing.lemma_.lower() in words_of("giving"):
        # "German missiles will be sent to Poland": whose they are, sends them.
        acting, subject, rest = subject if _is_owned(one) else (), (), others
    acting = acting or _acting_elsewhere(parsed, one, saying, subject, passive=passive)
    meant = tuple(code for code in (*(subject if passive else ()), *rest) if code not in acting)
    return acting, tuple(dict.fromkeys(meant)), saying or acting


def _got(
    parsed: Parsed, one: Told, subject: Parties, saying: Parties
) -> tuple[Parties, Parties, Parties]:
    """Who gives, who gets it and who speaks, where the subject gets something."""
    from_whom = _sources(parsed, verb_of(one.cue)) or _sources(parsed, one.doing)
    if one.cue.pos_ == "NOUN":
        owned = _named(parsed, [c for c in one.cue.children if c.dep_ == "poss"])
        owned = owned or _of(parsed, one.cue) or _sources(parsed, one.cue)
        owned = owned or _named(parsed, after(one.cue, "with"))  # "found favour with"
        from_whom = owned or from_whom
        subject = subject or _doing_so(parsed, own_subject(verb_of(one.cue)))
    from_whom = from_whom or _giver(parsed, one, subject) or _later(parsed, one, "from", "by")
    gives = one.act in {"commitment", "delivery"}
    return from_whom, subject, saying or (() if gives else from_whom)


def _behind(parsed: Parsed, one: Told, agents: Parties) -> Parties:
    """Who is behind what is told in the passive."""
    owned = _owners(parsed, one.cue) if one.cue.pos_ == "NOUN" else ()
    by = owned or agents or _sources(parsed, verb_of(one.cue), "by")
    return by or _later(parsed, one, "by")


def _acting_elsewhere(
    parsed: Parsed, one: Told, saying: Parties, subject: Parties, *, passive: bool
) -> Parties:
    """Who acts where neither subject nor agent does: the owner, the speaker, the source."""
    found = (_owners_of_deeds(parsed, one) or _seat(parsed, one)) if passive else ()
    if not found and one.cue.lemma_.lower() in words_of("binding"):
        found = _named(parsed, [c for c in one.cue.children if c.dep_ == "dobj"])
    found = found or tuple(code for code in saying if code not in subject)
    if not found and (one.cue.pos_ == "NOUN" or one.act in {"commitment", "delivery"}):
        places = filter(None, (verb_of(one.cue), _subject(one.doing)))
        found = next(filter(None, (_named(parsed, after(one, "from")) for one in places)), ())
    return found


def _is_passive(parsed: Parsed, one: Told, agents: Parties) -> bool:
    """Whether the subject is acted on; not in "X is obliged to", nor in "X agreed that Y be"."""
    verb, doing = verb_of(one.cue), one.doing
    below = doing is not one.cue and doing is not verb
    if is_passive(verb):
        return agents != () or not (below and doing.dep_ == "xcomp" and not is_passive(doing))
    above = below and doing.dep_ == "ccomp" and _named(parsed, [own_subject(verb)])
    return is_passive(doing) and not above


def _owners_of_deeds(parsed: Parsed, one: Told) -> Parties:
    """Whose it is that is done: "a *Swedish* grant was paid", "put under *Swedish* sanctions"."""
    verb = verb_of(one.cue)
    nouns = [own_subject(verb), *(g for c in verb.children for g in c.children if g.dep_ == "pobj")]
    deeds = [
        noun for noun in nouns if noun is not None and noun.lemma_.lower() in words_of("deeds")
    ]
    return _named(parsed, [c for noun in deeds for c in noun.children if c.dep_ in _OWNING])


_OWNING = {"amod", "poss", "compound", "nmod"}


def _seat(parsed: Parsed, one: Told) -> Parties:
    """Where a position was taken, as who took it: "was welcomed in *Warsaw*"."""
    if one.act not in POSITIONS:
        return ()
    places = {t.i for t in after(verb_of(one.cue), "in")}
    found: list[str] = []
    for referent in parsed.referents:
        head = head_of(referent, parsed.doc)
        if head is not None and head.i in places and referent.form == "capital":
            found += referent.parties
    return tuple(found)


def _giver(parsed: Parsed, one: Told, getting: Parties) -> Parties:
    """Who gives what somebody gets: "gets *Swedish* help", "a radar that *Sweden* will send"."""
    things = [c for verb in (one.doing, one.cue) for c in verb.children if c.dep_ == "dobj"]
    if one.cue.pos_ == "NOUN":
        things = [*after(one.cue, "of"), one.cue]
    owners = [c for thing in things for c in thing.children if c.dep_ in _OWNING]
    clauses = [c for thing in things for c in thing.children if c.dep_ == "relcl"]
    found = _named(parsed, owners) or _named(parsed, [own_subject(one) for one in clauses])
    return tuple(code for code in found if code not in getting)


def _is_owned(one: Told) -> bool:
    """Whether the subject is something of a party, and no party itself."""
    head = _subject(one.doing)
    return head is not None and any(c.dep_ in {"amod", "poss", "compound"} for c in head.children)


def _leading(parsed: Parsed, one: Told) -> Parties:
    """Who the subject is; of an act named by a noun, the subject of its verb or whose it is."""
    if one.cue.pos_ != "NOUN":
        return _named(parsed, [_subject(one.cue)]) or _named(parsed, [_subject(one.doing)])
    own = None if one.cue.dep_ in SUBJECTS else own_subject(verb_of(one.cue))
    if one.cue.dep_ == "attr" and after(one.cue, "of", "by", "from"):
        own = None  # "Poland's safety is a commitment of Sweden"
    named = _named(parsed, [own])
    if named or one.frame == "get":
        return named
    return _owners(parsed, one.cue) or _named(parsed, [_subject(one.doing)])


def _asked(
    parsed: Parsed, one: Told, agents: Parties, rest: Parties, saying: Parties
) -> tuple[Parties, Parties, Parties]:
    """Who is asked, who gains by it, who asks."""
    subject, cue = _subject(one.cue), one.cue
    if one.frame == "duty":
        asking, asked = saying, _named(parsed, [subject])
    elif cue.pos_ != "NOUN" and is_passive(cue):
        # "Germany was asked to", "it was asked of Germany", "its release by Germany was asked".
        from_whom = _named(parsed, after(cue, "of", "from"))
        asking = agents
        asked = from_whom or _named(parsed, [subject])
        asked = asked or _doing_so(parsed, subject)
    else:
        below = own_subject(one.doing) if one.doing is not cue else None
        objects = _named(parsed, [c for c in cue.children if c.dep_ in {"dobj", "dative"}])
        objects = objects or _named(parsed, after(cue, "on", "upon", "to", "from", "of", "for"))
        owners = _owners(parsed, cue)
        leading = () if subject is None or cue in subject.subtree else _named(parsed, [subject])
        passive = cue.pos_ == "NOUN" and is_passive(verb_of(cue))
        asking = owners or (agents if passive else leading or _named(parsed, [subject]))
        if cue.pos_ != "NOUN":
            asking = leading or owners
        elif owners and not passive and set(leading).isdisjoint(owners):
            objects = objects or leading  # "India faces a request from"
        # Two branches of one government have one code.
        objects = tuple(code for code in objects if code not in asking) or objects
        named = _named(parsed, [below]) if below is not None else ()
        plain = below is not None and below.pos_ != "PRON"
        asked = (named or objects) if plain else (objects or named)
        asked = asked or tuple(c for c in rest if c not in asking)[:1]
    targets = tuple(code for code in rest if code not in (*asked, *asking))
    return asked, targets, asking or saying


def _doing_so(parsed: Parsed, noun: Token | None) -> Parties:
    """Who does what a noun names: "the release of prisoners by *X*"."""
    by = (t for t in noun.subtree if t.lower_ == "by") if noun is not None else ()
    return _named(parsed, [c for t in by for c in t.children if c.dep_ == "pobj"])


def verb_of(token: Token) -> Token:
    """The verb of a cue: itself, or the nearest that it hangs on."""
    if token.pos_ in {"VERB", "AUX"}:
        return token
    near = token.head.head if token.dep_ == "pobj" else token.head
    verbs = (t for t in (near, *near.ancestors) if t.pos_ in {"VERB", "AUX"})
    return next(verbs, near)


def _subject(token: Token) -> Token | None:
    """The subject of a verb or of what it hangs on by coordination or as a complement."""
    verb = verb_of(token)
    for _ in range(4):
        own = own_subject(verb)
        if own is not None:
            return own
        if verb.dep_ not in {"conj", "xcomp", "advcl", "pcomp", "acl", "ccomp"}:
            return _just_before(verb)
        verb = verb.head if verb.dep_ != "pcomp" else verb.head.head
    return None


def _just_before(verb: Token) -> Token | None:
    """The noun before a verb that the parser hung elsewhere: "in Rome, *envoys* again met"."""
    for token in reversed(list(verb.doc[: verb.i])):
        if token.pos_ in {"NOUN", "PROPN"}:
            return token if token.dep_ == "appos" else None
        if token.pos_ not in {"ADV", "AUX"}:
            return None
    return None


def _agents(one: Told) -> list[Token]:
    """Who is behind a passive verb or a noun: "by X"."""
    found = []
    verb = verb_of(one.cue)
    for token in dict.fromkeys([one.cue, one.doing, verb]):
        for child in token.children:
            if child.lower_ == "by" and child.dep_ in {"agent", "prep"}:
                found += [c for c in child.children if c.dep_ == "pobj"]
    behind = [token for token in found if token.i > verb.i]
    return behind or found


def blamed_for(parsed: Parsed, one: Told) -> Parties:
    """Who did what is blamed: "denounced the raid on Italy by *Libya*"."""
    if is_passive(verb_of(one.cue)):
        return ()
    # As a noun's, not as a participle's: "joined by Canada" blames nobody.
    by = (t for t in verb_of(one.cue).subtree if t.lower_ == "by" and t.dep_ == "prep")
    return _named(parsed, [c for t in by for c in t.children if c.dep_ == "pobj"])


def _owners(parsed: Parsed, noun: Token) -> Parties:
    """Whose promise it is: "Berlin's promise", "a promise by Berlin", "a promise of Berlin".

    Support, blame and demands are of what follows "of".
    """
    own = any(noun.lemma_.lower() in words_of("nouns", key) for key in ("firm", "intent", "soft"))
    before = {"by", "from", "of"} if own else {"by", "from"}
    heads = [c for c in noun.children if c.dep_ in _OWNING]
    found = _named(parsed, [*heads, *after(noun, *before)])
    return found or _named(parsed, after(noun.head, *before))


def _of(parsed: Parsed, noun: Token) -> Parties:
    """Whose backing somebody has: "the backing of X"."""
    heads = [g for c in noun.children if c.lower_ == "of" for g in c.children]
    return _named(parsed, heads)


def _sources(parsed: Parsed, verb: Token, *before: str) -> Parties:
    """From whom somebody gets something: "from X", "by X"."""
    heads: list[Token] = []
    own = own_subject(verb)
    acting = set(own.subtree) if own is not None else set()
    for token in verb.subtree:
        if token in acting and token.i < verb.i:
            continue  # "the raids by X drew a rebuke from Y"
        if token.lower_ in (before or ("from", "by")) and token.dep_ in {"prep", "agent"}:
            heads += [c for c in token.children if c.dep_ == "pobj"]
    return _named(parsed, heads)


def _later(parsed: Parsed, one: Told, *before: str) -> Parties:
    """Who stands after one of these words anywhere behind the verb: long lists mislead parsers."""
    verb = verb_of(one.cue)
    later = (t for t in verb.doc[verb.i + 1 :] if t.lower_ in before)
    some = (list(t.children) for t in later if t.dep_ in {"prep", "agent"})
    return next(filter(None, (_named(parsed, heads) for heads in some)), ())


def _named(parsed: Parsed, heads: Iterable[Token | None]) -> Parties:
    """Parties named in noun phrases: their heads, owners and modifiers, and those joined to them.

    Pronouns count where no name stands there.
    """
    heads, inside = list(heads), set[int]()
    for head in heads:
        if head is not None:
            inside |= _phrase(head)
    names: list[str] = []
    others: list[str] = []
    for referent in parsed.referents:
        token = head_of(referent, parsed.doc)
        if token is not None and token.i in inside and referent.kind != "together":
            (names if referent.kind == "name" else others).extend(referent.parties)
    return tuple(dict.fromkeys(names or others)) or _unnamed(heads)


def _unnamed(heads: Iterable[Token | None]) -> Parties:
    """Who is spoken of without a name: "thirty countries", "every state"."""
    for head in heads:
        if head is None or head.lemma_.lower() not in words_of("unnamed", "heads"):
            continue
        before = {c.lower_ for c in head.children}
        if not before.isdisjoint(words_of("unnamed", "all")):
            return ("all-states",)
        if head.tag_ == "NNS" and before.isdisjoint(words_of("unnamed", "known")):
            return ("partners",)
    return ()


def _is_free(one: Told) -> bool:
    """Whether it is what something is said to be: "a brigade is *what Canada plans*"."""
    return verb_of(one.cue).dep_ == "ccomp" and verb_of(one.cue).head.lemma_ == "be"


def _phrase(head: Token, *more: str) -> set[int]:
    """A noun phrase without its clauses; of its prepositions with "of", "with" and "between".

    And with ``more``.
    """
    found = {head.i}
    for child in head.children:
        if child.dep_ in {"relcl", "acl", "advcl", "ccomp", "punct"}:
            continue
        if child.dep_ == "prep" and child.lower_ not in {"of", "with", "between", *more}:
            rules = child.lower_ == "in" and head.lemma_.lower() in words_of("ruling")
            if not rules:
                continue
        found |= _phrase(child, *more)
    return found


def _rest(parsed: Parsed, one: Told) -> Parties:
    """Parties in the clause's words, but for places and for who acts."""
    top = verb_of(one.cue)
    inside = {t.i for t in top.subtree} | {t.i for t in one.doing.subtree}
    for token in top.subtree:
        if token.lower_ == "according":
            inside -= {t.i for t in token.subtree}
    if not is_passive(top):
        for token in top.subtree:
            if token.dep_ in SUBJECTS and token.head in {top, one.doing}:
                inside -= {t.i for t in token.subtree}
                if one.cue.pos_ == "NOUN":
                    # "Praise of X came from Y", "X's safety is a commitment of Y".
                    inside |= _phrase(token, "for", "to", "by", "against", "on")
    equal = own_subject(top.head) if _is_free(one) else None
    if equal is not None:
        inside |= _phrase(equal, "for", "to", "by", "against", "on")
    found: list[str] = []
    for referent in parsed.referents:
        head = head_of(referent, parsed.doc)
        named = referent.kind != "together" and not _is_place(referent, parsed)
        if head is not None and head.i in inside and named:
            found += referent.parties
    return tuple(dict.fromkeys(found))


def _is_place(referent: Referent, parsed: Parsed) -> bool:
    """Whether it is a place here and no party: "in Geneva", "said in Switzerland"."""
    before = parsed.doc[referent.start - 1] if referent.start else None
    if before is None or before.lower_ not in words_of("places"):
        return False
    return referent.form == "capital" or before.head.pos_ in {"VERB", "AUX"}
