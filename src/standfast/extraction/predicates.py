"""Predicates of a parsed sentence: the verbs that may carry an act, and the words of each.

Works on the dependency scheme of spaCy's English models (ClearNLP labels: ``nsubj``,
``nsubjpass``, ``auxpass``, ``xcomp``, ``ccomp``, ``advcl``, ``relcl``, ``conj``, …).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from standfast.extraction.knowledge import knowledge

_CLAUSES = {"ROOT", "conj", "ccomp", "advcl", "relcl", "acl", "parataxis", "pcomp", "dep", "csubj"}
_VERBAL = {"VERB", "AUX"}
SUBJECTS = {"nsubj", "nsubjpass", "csubj", "expl"}
_NOT_ACTS_OWN = {"aux", "auxpass"}


@dataclass(frozen=True, slots=True)
class Predicate:
    """A clause's head in one parsed sentence.

    ``head`` is the token that heads it; ``chain`` the verbs that complete it ("continue to
    support" is ``continue`` with the chain ``support``); ``parent`` the index of the predicate it
    hangs on, ``None`` at the top; ``joined`` whether it is coordinated with that one.
    """

    head: Token
    chain: tuple[Token, ...]
    parent: int | None
    joined: bool

    @property
    def tokens(self) -> tuple[Token, ...]:
        """Head and chain."""
        return (self.head, *self.chain)


def predicates(parsed: Doc) -> list[Predicate]:
    """Every verb that heads a clause, and the root even where it is no verb (headings, items).

    In the order of the text. Open complements (``xcomp``) belong to the chain of their verb.
    """
    heads = [token for token in parsed if _is_head(token)]
    number = {token.i: index for index, token in enumerate(heads)}
    found = []
    for token in heads:
        parent = _parent(token, number)
        joined = token.dep_ == "conj" and parent is not None
        found.append(Predicate(token, tuple(_chain(token, number)), parent, joined))
    return found


def _is_head(token: Token) -> bool:
    if token.dep_ == "ROOT":
        return not (token.is_punct or token.is_space)
    if token.pos_ == "NOUN":
        return _is_joined_noun(token)
    if token.pos_ not in _VERBAL or token.dep_ in _NOT_ACTS_OWN:
        return False
    if token.dep_ == "conj" and token.head.dep_ in _NOT_ACTS_OWN:
        return False
    return token.dep_ in _CLAUSES


def _is_joined_noun(token: Token) -> bool:
    """Whether a noun that names an act is coordinated with another: each has its own record."""
    if not _names_act(token):
        return False
    if token.dep_ == "conj":
        return _names_act(token.head)
    return token.dep_ == "dobj" and any(c.dep_ == "conj" and _names_act(c) for c in token.children)


def _names_act(token: Token) -> bool:
    return token.lemma_.lower() in knowledge("cues")["nouns"] and any(
        c.dep_ in {"prep", "acl", "relcl", "conj"} for c in token.rights
    )


def _parent(token: Token, number: dict[int, int]) -> int | None:
    for ancestor in token.ancestors:
        if ancestor.i in number:
            return number[ancestor.i]
    return None


def _chain(token: Token, number: dict[int, int]) -> Iterable[Token]:
    current, steps = token, 0
    while steps < 4:
        following = [c for c in current.children if c.dep_ == "xcomp" and c.i not in number]
        if not following:
            return
        current, steps = following[0], steps + 1
        yield current


def subject(predicate: Predicate) -> Token | None:
    """The token that heads the subject, taken from the coordinated verb before where it is shared.

    ``We condemn X and call on Y``: the subject of ``call`` is ``we``. A participle in an adverbial
    clause ("…, calling on Y") takes the subject of the clause that it hangs on.
    """
    token, steps = predicate.head, 0
    while steps < 6:
        for child in token.children:
            if child.dep_ in SUBJECTS:
                return child
        if token.dep_ in {"conj", "xcomp", "advcl", "pcomp"}:
            token = token.head
        elif token.dep_ in {"relcl", "acl"}:
            return token.head
        elif token.dep_ == "prep":
            token = token.head
        else:
            return None
        steps += 1
    return None


def is_passive(head: Token) -> bool:
    """Whether the clause is in the passive voice."""
    return any(c.dep_ in {"nsubjpass", "auxpass"} for c in head.children)


def auxiliaries(head: Token) -> tuple[Token, ...]:
    """Auxiliaries of a verb, those of the verb it is coordinated with where it has none of its own.

    ``will support and deepen``: ``deepen`` is future as well, if it has the same form.
    """
    own = tuple(c for c in head.children if c.dep_ in {"aux", "auxpass"})
    if own or head.dep_ != "conj" or head.tag_ != head.head.tag_:
        return own
    if any(c.dep_ in SUBJECTS for c in head.children):
        return own
    return auxiliaries(head.head)


def is_negated(head: Token) -> bool:
    """Whether the verb or its auxiliary is negated ("will not", "never")."""
    return any(c.dep_ == "neg" for c in head.children)


def words(predicate_index: int, found: list[Predicate], apart: set[int]) -> tuple[int, int]:
    """First and last token (end excluded) of a predicate's words.

    The subtree of its head, without the predicates in ``apart`` that are coordinated with it or
    hang below it: they speak for themselves. A subject that stands next to it belongs to it. What
    comes out is one stretch of the text that holds the head.
    """
    me = found[predicate_index]
    doc = me.head.doc
    keep = [True] * len(doc)
    for index in apart:
        if index == predicate_index or not _below(index, predicate_index, found):
            continue
        for token in found[index].head.subtree:
            keep[token.i] = False
    inside = {token.i for token in me.head.subtree if keep[token.i]}
    if me.head.dep_ != "ROOT":
        inside.add(me.head.i)
    first = last = me.head.i
    while first - 1 in inside:
        first -= 1
    while last + 1 in inside:
        last += 1
    return _tidy(doc, first, last + 1)


def _below(index: int, above: int, found: list[Predicate]) -> bool:
    parent = found[index].parent
    while parent is not None:
        if parent == above:
            return True
        parent = found[parent].parent
    return False


_EDGES = {",", ";", ":", ".", "-", "–", "—", "*", "**", "•", "and", "or", "but", "while", "that"}


def _tidy(doc: Doc, first: int, end: int) -> tuple[int, int]:
    while end - first > 1 and (doc[first].is_space or doc[first].lower_ in _EDGES):
        first += 1
    while end - first > 1 and (doc[end - 1].is_space or doc[end - 1].lower_ in _EDGES):
        end -= 1
    return first, end
