"""The several undertakings under one verb.

"We will provide training, intelligence and equipment" is one act with three items. Which words
are coordinated is taken from the dependency parse (ClearNLP labels of spaCy's English models);
where commas and "and" plainly contradict it, they decide, since the parser often hangs the parts
of a long enumeration on one another.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from standfast.extraction.knowledge import knowledge

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_COMPLEMENTS = {"xcomp", "ccomp", "acomp"}
_VERBAL = {"VERB", "AUX"}
_SUBJECTS = {"nsubj", "nsubjpass", "expl"}
_OBJECTS = {"dobj", "nsubjpass", "attr", "oprd"}
_DEEPEST = 5
"""Complements nested deeper than this are not followed (a guard; texts have two or three)."""


@dataclass(frozen=True, slots=True)
class _Words:
    pairs: frozenset[tuple[str, str]]
    prepositions: frozenset[str]
    openers: frozenset[str]
    carriers: frozenset[str]


def items(span: Span, verb: Token) -> list[Span]:
    """Spans of the undertakings under ``verb``, in order, without overlap, all inside ``span``.

    A single undertaking gives none: the act itself says it already. Coordinated verbs come first
    ("train pilots and repair the grid"), then those in the verb's complement ("commit to …"), then
    coordinated objects, then a list that "including" opens, then one after "by". Parties that are
    helped or asked together are no undertakings. Offsets are those of ``span``'s document.

    For "The allies will send generators, transformers and repair crews" the spans are
    "generators", "transformers" and "repair crews".
    """
    for heads in _coordinations(verb, span, 0):
        found = _split(heads, span)
        if len(found) > 1:
            return found
    return []


def _coordinations(head: Token, span: Span, depth: int) -> Iterator[list[Token]]:
    """Groups of coordinated words that may be the undertakings, the best first."""
    if depth > _DEEPEST:
        return
    words = _words()
    yield _conjuncts(head, span)
    children = [child for child in head.children if _inside(child, span)]
    objects = [child for child in children if child.dep_ in _OBJECTS]
    for child in children:
        if _is_complement(child, with_object=bool(objects)):
            yield from _coordinations(child, span, depth + 1)
    for thing in objects:
        if thing.lower_ in words.carriers:
            for child in thing.children:
                yield from _below(child, span, depth)
        yield _things(thing, span)
    prepositions = [child for child in children if child.dep_ in {"prep", "dative"}]
    about = set() if objects else words.prepositions
    for child in (child for child in prepositions if child.lower_ in about):
        yield from _below(child, span, depth)
    for child in [*objects, *prepositions]:
        yield from _opened(child, span)
    for child in (child for child in prepositions if child.lower_ == "by"):
        yield from _below(child, span, depth)


def _below(head: Token, span: Span, depth: int) -> Iterator[list[Token]]:
    """Coordinations of what a preposition governs, or of an infinitive."""
    if head.dep_ == "acl" and head.pos_ in _VERBAL and _inside(head, span):
        yield from _coordinations(head, span, depth + 1)
    for child in head.children:
        if not _inside(child, span):
            continue
        if child.dep_ == "pcomp":
            yield from _coordinations(child, span, depth + 1)
        elif child.dep_ == "pobj":
            yield _things(child, span)
            yield from _opened(child, span)


def _opened(head: Token, span: Span) -> Iterator[list[Token]]:
    """Lists that "including" or "such as" opens anywhere under ``head``."""
    openers = _words().openers
    for token in head.subtree:
        if token.dep_ == "prep" and token.lower_ in openers and _inside(token, span):
            for child in token.subtree:
                if child.dep_ in {"pobj", "pcomp"} and child.head.i <= token.i + 1:
                    yield _things(child, span)
                    break


def _things(head: Token, span: Span) -> list[Token]:
    """Coordinated nouns; none where they are all names (of parties)."""
    heads = _conjuncts(head, span)
    return [] if all(token.pos_ in {"PROPN", "PRON"} for token in heads) else heads


def _conjuncts(head: Token, span: Span) -> list[Token]:
    """``head`` and all that is coordinated with it, without clauses that have their own subject."""
    found, waiting = [head], [head]
    while waiting:
        for child in waiting.pop().children:
            alike = (child.pos_ in _VERBAL) == (head.pos_ in _VERBAL)
            joined = child.dep_ == "conj" and _inside(child, span) and not _has_subject(child)
            if joined and alike:
                found.append(child)
                waiting.append(child)
    found.sort(key=lambda token: token.i)
    if len(found) > 1 and head.tag_ in {"VBP", "VBZ", "VBD"} and found[1].tag_ == "VB":
        return [_infinitive(head, found[1]), *found[1:]]
    return found


def _infinitive(head: Token, joined: Token) -> Token:
    """The last infinitive under ``head`` before a base form that the parse joined to ``head``.

    "They agreed to expand trade, cut tariffs": "cut" goes with "expand", not with "agreed".
    """
    below = [t for t in head.subtree if head.i < t.i < joined.i and t.tag_ == "VB" and _has_to(t)]
    return below[-1] if below else head


def _split(heads: list[Token], span: Span) -> list[Span]:
    """Cut the enumeration at the commas and "and" that join its parts."""
    if len(heads) < 2:
        return []
    first = _start(heads[0])
    starts = [max(first, span.start)]
    starts += [start for head in heads[1:] if (start := _start(head)) > starts[0]]
    starts = sorted({*starts, *_missed(heads, starts, span)})
    joints = {start: _joint(start, span) for start in starts[1:]}
    bare = {_start(head) for head in heads if _shares_object(head)}
    joints = {
        start: joint
        for start, joint in joints.items()
        if joint and not (joint == "and" and bare & {max(s for s in starts if s < start)})
    }
    kept = [starts[0], *_kept(joints, span)]
    end = min(span.end, max(_end(head) for head in heads))
    parts = [_trimmed(a, b, span) for a, b in zip(kept, [*kept[1:], end], strict=True)]
    return [part for part in parts if part is not None]


def _kept(joints: dict[int, str], span: Span) -> list[int]:
    """Joints that part undertakings, not words within one.

    With a comma before the last "and" ("A, B and C, and D"), a bare "and" joins words of one part;
    without it, only the last bare "and" of a list with commas parts.
    """
    bare = [start for start, joint in joints.items() if joint == "and"]
    commas = [start for start, joint in joints.items() if joint != "and"]
    serial = any(joint == ", and" for joint in joints.values())
    if commas and serial:
        return sorted(commas)
    if commas:
        return sorted(
            [*commas, *(start for start in bare if start > max(commas))][: len(commas) + 1]
        )
    return [start for start in bare if not _is_pair(start, span)]


def _missed(heads: list[Token], starts: list[int], span: Span) -> Iterator[int]:
    """Starts of parts that the parse has hung elsewhere: a comma, then a word of the same form."""
    doc, first = span.doc, heads[0]
    if first.tag_ not in {"VBG", "VB"}:
        return
    for place in range(starts[0] + 1, max(starts)):
        word = doc[place]
        after_comma = doc[place - 1].lower_ == ","
        gerund = first.tag_ == "VBG" and word.lower_.endswith("ing") and word.tag_ in {"VBG", "NN"}
        if after_comma and place not in starts and (gerund or (word.tag_ == "VB" == first.tag_)):
            yield place


def _joint(start: int, span: Span) -> str:
    """What stands before a part: ``,``, ``and``, ``, and`` or nothing."""
    doc = span.doc
    before = [doc[place].lower_ for place in range(max(span.start, start - 4), start)]
    while before and before[-1] in {"also", "further", "as", "well", "then", "to", "both"}:
        before.pop()
    if not before:
        return ""
    if before[-1] in {"and", "or", "&"}:
        return ", and" if len(before) > 1 and before[-2] in {",", ";"} else "and"
    return "," if before[-1] in {",", ";"} else ""


def _is_pair(start: int, span: Span) -> bool:
    """Whether the bare "and" before ``start`` joins two words that are one notion."""
    doc = span.doc
    if start < 2:
        return False
    left = doc[start - 2].lower_
    right = next((t for t in doc[start : start + 3] if t.lower_ != "territorial"), doc[start])
    return (left, right.lower_) in _words().pairs


def _start(head: Token) -> int:
    """First word of a part: a verb's "to" or adverb, a noun's first modifier."""
    if head.pos_ in _VERBAL and head.dep_ not in _OBJECTS:
        left = [c.i for c in head.lefts if c.dep_ in {"aux", "advmod", "neg"} and c.tag_ != "MD"]
        return min([head.i, *left])
    return int(head.left_edge.i)


def _end(head: Token) -> int:
    return int(head.right_edge.i) + 1


def _trimmed(start: int, end: int, span: Span) -> Span | None:
    """The part without what joins it to the next one; ``None`` where nothing is left."""
    doc = span.doc
    joining = {",", ";", "and", "or", "&", ".", ":", "—", "–", "including"}
    while end > start and (
        doc[end - 1].lower_ in {*joining, "as", "well"} or doc[end - 1].is_space
    ):
        end -= 1
    while start < end and (doc[start].lower_ in joining or doc[start].is_space):
        start += 1
    return doc[start:end] if start < end else None


def _is_complement(child: Token, *, with_object: bool) -> bool:
    """Whether the child completes its verb: "agree to sign", "is ready to help"."""
    if child.dep_ == "advcl":
        return not with_object and _has_to(child)
    return child.dep_ in _COMPLEMENTS and (_has_to(child) or not _has_subject(child))


def _shares_object(head: Token) -> bool:
    """Whether a verb leaves its object to the next one ("to expand and deepen cooperation")."""
    if head.pos_ not in _VERBAL:
        return False
    beside = _SUBJECTS | {"aux", "auxpass", "cc", "conj", "advmod", "punct", "mark", "neg"}
    return all(child.dep_ in beside for child in head.children)


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in _SUBJECTS for child in verb.children)


def _has_to(verb: Token) -> bool:
    return any(child.tag_ == "TO" for child in verb.children)


def _inside(token: Token, span: Span) -> bool:
    return bool(span.start <= token.i < span.end)


@cache
def _words() -> _Words:
    data = knowledge("items")
    return _Words(
        pairs=frozenset((left, right) for left, right in data["pairs"]),
        prepositions=frozenset(data["prepositions"]),
        openers=frozenset(data["openers"]),
        carriers=frozenset(data["carriers"]),
    )
