"""The pipeline component that reads reports: what journalists tell of what parties did in words.

Models trained on official texts find little in "Slovakia will get a Patriot battery from the United
States": no issuer speaks. What a clause tells is read off its wording (:mod:`press_clauses`), who
acts and who is meant off its grammar.
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.language import Language
from spacy.tokens import Doc, Token

from standfast.extraction import reading as readings
from standfast.extraction import said_roles
from standfast.extraction.knowledge import knowledge
from standfast.extraction.predicates import SUBJECTS, Predicate, is_passive, words
from standfast.extraction.press_clauses import Told, anything, own_subject, told
from standfast.extraction.reading import Draft, Parsed, Reading
from standfast.extraction.referents import Referent, head_of
from standfast.model import POSITIONS

Parties = tuple[str, ...]
_DENIED = "denied"
_SURE, _PLAIN = 0.85, 0.8
"""From the first on what the models found stays where the wording has it otherwise; from the
second on a wording is plain enough ("undertook to") to tell a promise from a deed."""


@Language.factory("standfast_press")
def make_press(nlp: Language, name: str) -> Press:
    """Make the component that reads the wordings of journalists."""
    return Press()


class Press:
    """Adds acts that reports tell, and the parties that their grammar gives."""

    def __call__(self, doc: Doc) -> Doc:
        """Change ``reading.drafts``."""
        reading = readings.of(doc)
        for index in sorted(reading.parsed):
            parsed = reading.parsed[index]
            root = next((t for t in parsed.doc if t.dep_ == "ROOT"), None)
            if root is not None and not _decided(reading, parsed):
                for one in told(root):
                    _add(reading, parsed, one)
                if not any(draft.parsed is parsed for draft in reading.drafts):
                    guess = anything(parsed.doc)
                    if guess is not None:
                        _add(reading, parsed, guess)
        reading.drafts.sort(key=lambda d: (d.parsed.sentence.index, d.first))
        return doc


def _decided(reading: Reading, parsed: Parsed) -> bool:
    """Whether forms decided the sentence already: they are stricter."""
    return any(
        reason.component == "forms" and reason.rule == "sought-from"
        for draft in reading.drafts
        if draft.parsed is parsed
        for reason in draft.reasons
    )


def _add(reading: Reading, parsed: Parsed, one: Told) -> None:
    obligors, targets, speaker = parties(parsed, one)
    if not (obligors or targets or speaker):
        # Grammar does not say who does what to whom: whoever is named has to do with it.
        named = [r.parties for r in parsed.referents if r.kind == "name"]
        speaker = tuple(dict.fromkeys(code for some in named for code in some))
        if not speaker:
            return
    same = [d for d in reading.drafts if d.parsed is parsed and _same_clause(d, one)]
    if any(reason.component == "press" for d in same for reason in d.reasons):
        return  # a plainer clause above it has spoken
    sure = next((d for d in same if d.confidence >= _SURE and not one.refused), None)
    if one.cue.dep_ == "ROOT" and one.act in POSITIONS and one.sure >= _PLAIN:
        sure = None  # "denounced the vow to": the main verb says it, whatever its object speaks of
    takes = one.frame == "get" or (is_passive(_verb(one.cue)) and set(targets) & _doers(sure))
    if sure is not None and not {sure.act, one.act} <= _like(sure.act):
        return
    if sure is not None and not obligors and not takes:
        return
    draft = same[0] if same else _draft(parsed, one)
    if not same:
        reading.drafts.append(draft)
    reading.drafts[:] = [d for d in reading.drafts if d not in same[1:]]
    draft.act = sure.act if sure is not None and one.sure < _PLAIN else one.act
    draft.confidence = max(one.sure, draft.confidence if same else 0.0)
    draft.strength = one.strength if draft.act == "commitment" else None
    draft.speaker = speaker
    if obligors or one.frame in {"get", "bear"} or is_passive(_verb(one.cue)):
        draft.obligors, draft.targets, draft.settled = obligors, targets, True
        if draft.act == "condemnation":
            draft.targets = _doers_of(parsed, one) or said_roles.blamed(draft) or targets
    draft.because("press", one.act, one.cue.text)
    if one.refused:
        draft.because("press", _DENIED, one.refused)


def _doers(draft: Draft | None) -> set[str]:
    return set(draft.obligors) if draft is not None else set()


def _like(act: str) -> set[str]:
    """Acts that a form of words may stand for both of: what is being given is promised or done."""
    return {"commitment", "delivery"} if act in {"commitment", "delivery"} else {act}


def _same_clause(draft: Draft, one: Told) -> bool:
    head = draft.parsed.predicates[draft.predicate].head
    if one.cue.dep_ == "conj" and own_subject(one.cue) is not None and head in one.cue.ancestors:
        return False  # "…, and it may share more": an act of its own
    below = {t.i for t in one.cue.subtree} | {t.i for t in one.doing.subtree}
    return head.i in below or one.cue in head.subtree


def _draft(parsed: Parsed, one: Told) -> Draft:
    head = one.cue if one.cue.pos_ in {"VERB", "AUX"} else one.cue.head
    at = next((i for i, p in enumerate(parsed.predicates) if p.head == head), None)
    if at is None:
        parsed.predicates.append(Predicate(head, (), None, False))
        at = len(parsed.predicates) - 1
    first, end = words(at, parsed.predicates, set())
    return Draft(parsed, at, first, end, one.act, one.sure)


def parties(parsed: Parsed, one: Told) -> tuple[Parties, Parties, Parties]:
    """Who acts, who is meant and who speaks, by the grammar of the clause."""
    saying = _named(parsed, [one.said_by]) if one.said_by is not None else ()
    subject = _leading(parsed, one)
    agents = _named(parsed, _agents(one))
    rest = _rest(parsed, one)
    if one.frame in {"ask", "duty"}:
        return _asked(parsed, one, agents, rest, saying)
    if one.frame == "get":
        from_whom = _sources(parsed, _verb(one.cue)) or _sources(parsed, one.doing)
        if one.cue.pos_ == "NOUN":
            from_whom = _of(parsed, one.cue) or from_whom
        gives = one.act in {"commitment", "delivery"}
        return from_whom, subject, saying or (() if gives else from_whom)
    if one.frame == "bear":
        return tuple(c for c in rest if c not in subject) or saying, subject, saying
    passive = is_passive(_verb(one.cue)) or is_passive(one.doing)
    acting = (agents or _sources(parsed, _verb(one.cue), "by")) if passive else subject or agents
    if not acting and one.cue.pos_ == "NOUN":
        acting = _owners(parsed, one.cue)
    others = tuple(code for code in rest if code not in subject)
    theirs = others or set(saying) & set(subject)
    if not acting and passive and theirs and one.doing.lemma_.lower() in _giving():
        # "German missiles will be sent to Poland": whose they are, sends them.
        acting, subject, rest = subject if _is_owned(one) else (), (), others
    if not acting and one.cue.lemma_.lower() in knowledge("press")["binding"]:
        acting = _named(parsed, [c for c in one.cue.children if c.dep_ == "dobj"])
    if not acting:
        acting = tuple(code for code in saying if code not in subject)
    if not acting and one.act in {"commitment", "delivery"}:
        acting = _named(parsed, _from(_verb(one.cue))) or _named(parsed, _from(_subject(one.doing)))
    meant = tuple(code for code in (*(subject if passive else ()), *rest) if code not in acting)
    return acting, tuple(dict.fromkeys(meant)), saying or acting


def _giving() -> frozenset[str]:
    return frozenset(knowledge("press")["giving"])


def _is_owned(one: Told) -> bool:
    """Whether the subject is something of a party, and no party itself."""
    head = _subject(one.doing)
    return head is not None and any(c.dep_ in {"amod", "poss", "compound"} for c in head.children)


def _leading(parsed: Parsed, one: Told) -> Parties:
    """Who the subject is; of an act named by a noun, the subject of its verb or whose it is."""
    if one.cue.pos_ != "NOUN":
        return _named(parsed, [_subject(one.cue), _subject(one.doing)])
    own = None if one.cue.dep_ in SUBJECTS else own_subject(_verb(one.cue))
    named = _named(parsed, [own])
    if named or one.frame == "get":
        return named
    return _owners(parsed, one.cue) or _named(parsed, [_subject(one.doing)])


def _asked(
    parsed: Parsed, one: Told, agents: Parties, rest: Parties, saying: Parties
) -> tuple[Parties, Parties, Parties]:
    """Who is asked, who gains by it, who asks."""
    subject = _named(parsed, [_subject(one.cue)])
    if one.frame == "duty":
        asking, asked = saying, subject
    elif is_passive(_verb(one.cue)):
        asking, asked = agents, subject
    else:
        below = own_subject(one.doing) if one.doing is not one.cue else None
        objects = [c for c in one.cue.children if c.dep_ in {"dobj", "dative"}]
        objects += [
            g
            for c in one.cue.children
            if c.dep_ == "prep" and c.lower_ in {"on", "upon", "to", "from", "of"}
            for g in c.children
            if g.dep_ == "pobj"
        ]
        asking = subject or _owners(parsed, one.cue)
        asked = _named(parsed, [below]) if below is not None else ()
        asked = asked or _named(parsed, objects) or tuple(c for c in rest if c not in asking)[:1]
    targets = tuple(code for code in rest if code not in (*asked, *asking))
    return asked, targets, asking or saying


def _verb(token: Token) -> Token:
    """The verb of a cue: itself, what it hangs on, or what its preposition hangs on."""
    if token.pos_ in {"VERB", "AUX"}:
        return token
    return token.head.head if token.dep_ == "pobj" else token.head


def _subject(token: Token) -> Token | None:
    """The subject of a verb or of what it hangs on by coordination or as a complement."""
    verb = _verb(token)
    for _ in range(4):
        own = own_subject(verb)
        if own is not None:
            return own
        if verb.dep_ not in {"conj", "xcomp", "advcl", "pcomp", "acl", "ccomp"}:
            return None
        verb = verb.head if verb.dep_ != "pcomp" else verb.head.head
    return None


def _agents(one: Told) -> list[Token]:
    """Who is behind a passive verb or a noun: "by X"."""
    found = []
    for token in (one.cue, one.doing, *(c for c in _verb(one.cue).children if c.dep_ == "pobj")):
        for child in token.children:
            if child.lower_ == "by" and child.dep_ in {"agent", "prep"}:
                found += [c for c in child.children if c.dep_ == "pobj"]
    after = [token for token in found if token.i > _verb(one.cue).i]
    return after or found


def _doers_of(parsed: Parsed, one: Told) -> Parties:
    """Who did what is blamed: "denounced the raid on Italy by *Libya*"."""
    if is_passive(_verb(one.cue)):
        return ()
    # As a noun's, not as a participle's: "joined by Canada" blames nobody.
    by = (t for t in _verb(one.cue).subtree if t.lower_ == "by" and t.dep_ == "prep")
    return _named(parsed, [c for t in by for c in t.children if c.dep_ == "pobj"])


def _owners(parsed: Parsed, noun: Token) -> Parties:
    """Whose promise it is: "Berlin's promise", "a promise by Berlin", "a promise of Berlin".

    Support, blame and demands are of what follows "of".
    """
    lists = knowledge("press")["nouns"]
    own = any(noun.lemma_.lower() in lists[level] for level in ("firm", "intent", "soft"))
    before = {"by", "from", "of"} if own else {"by", "from"}
    heads = [c for c in noun.children if c.dep_ in {"poss", "compound", "amod", "nmod"}]
    for child in (*noun.children, *noun.head.children):
        if child.dep_ in {"prep", "agent"} and child.lower_ in before:
            heads += [c for c in child.children if c.dep_ == "pobj"]
    return _named(parsed, heads)


def _of(parsed: Parsed, noun: Token) -> Parties:
    """Whose backing somebody has: "the backing of X"."""
    heads = [g for c in noun.children if c.lower_ == "of" for g in c.children]
    return _named(parsed, heads)


def _from(head: Token | None) -> list[Token]:
    """From whom something comes, right after its verb or its noun."""
    return [
        c
        for child in (head.children if head is not None else ())
        if child.dep_ == "prep" and child.lower_ == "from"
        for c in child.children
        if c.dep_ == "pobj"
    ]


def _sources(parsed: Parsed, verb: Token, *before: str) -> Parties:
    """From whom somebody gets something: "from X", "by X"."""
    heads: list[Token] = []
    for token in verb.subtree:
        if token.lower_ in (before or ("from", "by")) and token.dep_ in {"prep", "agent"}:
            heads += [c for c in token.children if c.dep_ == "pobj"]
    return _named(parsed, heads)


def _named(parsed: Parsed, heads: Iterable[Token | None]) -> Parties:
    """Parties named in noun phrases: their heads, owners and modifiers, and those joined to them.

    Pronouns count where no name stands there.
    """
    inside: set[int] = set()
    for head in heads:
        if head is not None:
            inside |= _phrase(head)
    names: list[str] = []
    others: list[str] = []
    for referent in parsed.referents:
        token = head_of(referent, parsed.doc)
        if token is not None and token.i in inside and referent.kind != "together":
            (names if referent.kind == "name" else others).extend(referent.parties)
    return tuple(dict.fromkeys(names or others))


def _phrase(head: Token) -> set[int]:
    """A noun phrase without its clauses; of its prepositions with "of", "with" and "between"."""
    found = {head.i}
    for child in head.children:
        if child.dep_ in {"relcl", "acl", "advcl", "ccomp", "punct"}:
            continue
        if child.dep_ == "prep" and child.lower_ not in {"of", "with", "between"}:
            rules = child.lower_ == "in" and head.lemma_.lower() in knowledge("press")["ruling"]
            if not rules:
                continue
        found |= _phrase(child)
    return found


def _rest(parsed: Parsed, one: Told) -> Parties:
    """Parties in the clause's words, but for places and for who acts."""
    top = _verb(one.cue)
    inside = {t.i for t in top.subtree} | {t.i for t in one.doing.subtree}
    if not is_passive(top):
        for token in top.subtree:
            if token.dep_ in SUBJECTS and token.head in {top, one.doing}:
                inside -= {t.i for t in token.subtree}
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
    if before is None or before.lower_ not in knowledge("press")["places"]:
        return False
    return referent.form == "capital" or before.head.pos_ in {"VERB", "AUX"}
