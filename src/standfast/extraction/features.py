"""Features of a predicate in its sentence, as names that a person can read.

``act.lemma=condemn`` or ``sig=will+VB`` say what they are, so that ``standfast explain`` can show
which of them weighed. The features are what the codebook's definitions turn on: the verb with its
auxiliaries, voice and negation, who the subject is, what the clause is about, and the context that
a coder sees (kind of document, stem of the list, turn, words of the sentence).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from standfast.extraction.predicates import (
    SUBJECTS,
    Predicate,
    auxiliaries,
    is_negated,
    is_passive,
    subject,
    words,
)

_FUNCTION = {"DET", "PUNCT", "SPACE", "CCONJ", "PART"}
_FIRST = {"we", "i", "us", "our"}
_LONG, _SHORT = 40, 8


@dataclass(frozen=True, slots=True)
class Context:
    """What a coder sees beside the sentence.

    ``kind`` is the document's, ``stem`` the words above a list item, ``before`` the sentence
    before, ``turn`` is ``""`` outside transcripts, else ``question`` or ``answer``, ``block`` the
    layout role.
    """

    kind: str = ""
    block: str = "paragraph"
    stem: str = ""
    before: str = ""
    turn: str = ""


def signature(head: Token) -> str:
    """Auxiliaries and form of a verb: ``will+VB``, ``have+VBN``, ``be+VBG``, ``VBD``."""
    parts = [aux.lemma_.lower() for aux in auxiliaries(head)]
    return "+".join([*parts, head.tag_])


def subject_type(predicate: Predicate, mask: dict[int, str]) -> str:
    """``first``, ``none``, ``ISSUER`` or ``PARTY`` for a name, else the lemma of its head."""
    head = subject(predicate)
    if head is None:
        return "none"
    if head.lower_ in _FIRST:
        return "first"
    return _name(head, mask)


def _name(token: Token, mask: dict[int, str]) -> str:
    """A token's lemma, or the role of the name that it belongs to."""
    position = token.i
    while position in mask:
        if mask[position]:
            return mask[position]
        position -= 1
    return token.lemma_.lower()


@dataclass(frozen=True, slots=True)
class Shared:
    """What the predicates of a sentence have in common, worked out once.

    ``words`` has one entry a token: its form in the features, empty for white space and for the
    further tokens of a name; ``features`` are those of the whole sentence and its surroundings.
    """

    words: list[str]
    mask: dict[int, str]
    cues: dict[int, tuple[str, ...]]
    kind: str
    features: list[str]


def shared(
    doc: Doc, context: Context, cues: dict[int, tuple[str, ...]], mask: dict[int, str]
) -> Shared:
    """What holds for every predicate of a parsed sentence.

    ``cues`` maps token positions of the parsed sentence to the identifiers of the cue patterns
    that begin there; ``mask`` maps positions of names to what they are called instead.
    """
    words = [_norm(token, mask) for token in doc]
    features = ["bias", *context_features(context, doc)]
    features += {
        f"s:{word}" for word, t in zip(words, doc, strict=True) if word and t.pos_ not in _FUNCTION
    }
    return Shared(words, mask, cues, context.kind, features)


def predicate_features(index: int, found: list[Predicate], common: Shared) -> list[str]:
    """Features of the predicate at ``index`` among the sentence's predicates."""
    me, mask, cues = found[index], common.mask, common.cues
    features = [*_verb(me, mask), *_arguments(me, mask), *_place(index, found, mask)]
    apart = {i for i, p in enumerate(found) if i != index and (p.joined or p.parent is not None)}
    start, end = words(index, found, apart)
    own = [word for word in common.words[start:end] if word]
    features += _ngrams("c", own)
    features += (f"open:{' '.join(own[:size])}" for size in range(1, min(4, len(own)) + 1))
    for position in range(start, end):
        features += [f"cue={cue}" for cue in cues.get(position, ())]
    near = range(max(0, me.head.i - 1), min(len(common.words), me.head.i + 4))
    for position in near:
        features += [f"cue@={cue}" for cue in cues.get(position, ())]
    features.append(f"sig={signature(me.head)}|{common.kind}")
    return features + common.features


def _verb(me: Predicate, mask: dict[int, str]) -> Iterator[str]:
    sig, lemma = signature(me.head), me.head.lemma_.lower()
    yield f"lemma={lemma}"
    yield f"sig={sig}"
    yield f"lemma+sig={lemma}/{sig}"
    who = subject_type(me, mask)
    yield f"subj={who}"
    yield f"subj+lemma={who}/{lemma}"
    yield f"subj+sig={who}/{sig}"
    for token in me.chain:
        yield f"chain={token.lemma_.lower()}"
        yield f"lemma+chain={lemma}/{token.lemma_.lower()}"
    if is_negated(me.head):
        yield "negated"
        yield f"negated={lemma}"
    if is_passive(me.head):
        yield "passive"


def _arguments(me: Predicate, mask: dict[int, str]) -> Iterator[str]:
    for token in me.tokens:
        for child in token.children:
            if child.dep_ in SUBJECTS or child.dep_ in {"punct", "aux", "auxpass"}:
                continue
            lemma = _name(child, mask)
            yield f"{child.dep_}={lemma}"
            if child.dep_ in {"dobj", "attr", "acomp", "prep", "mark", "prt", "neg"}:
                yield f"{token.lemma_.lower()}>{child.dep_}={lemma}"
            if child.dep_ in {"dobj", "attr", "nsubjpass"}:
                for grandchild in child.children:
                    if grandchild.dep_ in {"amod", "compound", "poss", "prep", "acl"}:
                        yield f"{child.dep_}>{_name(grandchild, mask)}"
            if child.dep_ in {"prep", "acomp", "agent"}:
                for grandchild in child.children:
                    yield f"{child.dep_}:{lemma}>{_name(grandchild, mask)}"
                    if grandchild.dep_ in {"xcomp", "pcomp", "prep"}:
                        yield f"{lemma}>{grandchild.dep_}"


def _place(index: int, found: list[Predicate], mask: dict[int, str]) -> Iterator[str]:
    me = found[index]
    yield f"dep={me.head.dep_}"
    yield f"nth={min(index, 3)}"
    yield "only" if len(found) == 1 else "several"
    yield f"pos={me.head.pos_}"
    if me.parent is not None:
        above = found[me.parent]
        lemma, sig = above.head.lemma_.lower(), signature(above.head)
        yield f"above={lemma}"
        yield f"above.sig={sig}"
        yield f"above+dep={lemma}/{me.head.dep_}"
        yield f"above.sig+sig={sig}/{signature(me.head)}/{me.head.dep_}"
        yield f"above.subj={subject_type(above, mask)}"
        if me.joined:
            own = any(c.dep_ in SUBJECTS for c in me.head.children)
            yield f"joined.{'own' if own else 'shared'}"
            same = signature(me.head) == sig
            yield f"joined.{'same' if same else 'other'}/{me.head.tag_}"
            yield f"joined+lemma={me.head.lemma_.lower()}"
    below = [p for p in found if p.parent == index]
    for other in below:
        yield f"below={other.head.dep_}/{other.head.lemma_.lower()}"
        yield f"below.sig={other.head.dep_}/{signature(other.head)}"


def _norm(token: Token, mask: dict[int, str]) -> str:
    if token.i in mask:
        return mask[token.i]
    if token.is_space:
        return ""
    if token.like_num:
        return "#"
    return token.lower_.replace("’", "'")


def _ngrams(prefix: str, tokens: list[str]) -> Iterator[str]:
    for i, word in enumerate(tokens):
        yield f"{prefix}:{word}"
        if i + 1 < len(tokens):
            yield f"{prefix}:{word} {tokens[i + 1]}"
        if i + 2 < len(tokens) and i < 12:
            yield f"{prefix}:{word} {tokens[i + 1]} {tokens[i + 2]}"


def context_features(context: Context, doc: Doc) -> Iterator[str]:
    """Features of the sentence's surroundings, shared by all its predicates."""
    yield f"kind={context.kind}"
    yield f"block={context.block}"
    yield f"turn={context.turn}"
    size = len(doc)
    yield "length=" + ("short" if size < _SHORT else "long" if size > _LONG else "middle")
    if size:
        yield f"last={doc[-1].text}"
    if context.stem:
        tail = context.stem.lower().rstrip(": ").split()[-4:]
        yield "stem"
        for word in tail:
            yield f"stem:{word}"
        yield f"stem:{' '.join(tail[-2:])}"
        for word in ("will", "intend", "commit", "agreed", "includes", "including", "announced"):
            if word in context.stem.lower():
                yield f"stem~{word}"
    if context.before:
        for word in context.before.lower().split()[-3:]:
            yield f"before:{word.strip('.,;:')}"
        yield f"before.last={context.before[-1]}"
