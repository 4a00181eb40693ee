"""Forms: wordings that decide an act by themselves, from ``data/forms.yaml``.

Two of them are structural. *Aiming to secure commitments from Ukraine* is a request to Ukraine,
whatever the verbs around it say; *this includes commitments to …* goes on with what was sought.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from spacy.language import Language
from spacy.tokens import Doc, Token

from standfast.extraction import reading as readings
from standfast.extraction.knowledge import knowledge
from standfast.extraction.predicates import words
from standfast.extraction.reading import Draft, Parsed, Reading
from standfast.extraction.referents import head_of
from standfast.extraction.structures import structures
from standfast.model import ActKind

_MARK = 8
"""An item's first sentence begins this soon after the block's start: the list mark is before it."""

_SURE = 0.9
"""Confidence of an act that a form decided; forms are too rare in coded text to measure it."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression over a predicate's words, and the act that it decides."""

    id: str
    act: ActKind
    holds: re.Pattern[str]
    unless: re.Pattern[str] | None


@cache
def patterns() -> tuple[Pattern, ...]:
    """The patterns of ``data/forms.yaml`` in their order."""
    return tuple(
        Pattern(
            row["id"],
            cast(ActKind, row["act"]),
            re.compile(row["pattern"].strip()),
            re.compile(row["unless"].strip()) if row.get("unless") else None,
        )
        for row in knowledge("forms")["patterns"]
    )


@Language.factory("standfast_forms")
def make_forms(nlp: Language, name: str) -> Forms:
    """Make the component that lets forms decide."""
    return Forms()


class Forms:
    """Adds or corrects drafts where a form decides."""

    def __call__(self, doc: Doc) -> Doc:
        """Change ``reading.drafts``."""
        reading = readings.of(doc)
        before: Draft | None = None
        for index in sorted(reading.parsed):
            parsed = reading.parsed[index]
            sought = list(_sought(parsed))
            if not sought and before and index - before.parsed.sentence.index <= 1:
                sought = list(_continued(parsed, before))
            for one in structures(parsed, reading.document.issuers):
                decided = _set(reading, parsed, one.position, one.act, one.rule)
                decided.obligors = one.obligors or decided.obligors
                decided.targets = one.targets or decided.targets
            for position, obligors in sought:
                before = _set(reading, parsed, position, "request", "sought-from")
                before.obligors = obligors
            _match(reading, parsed, {position for position, _ in sought})
            if _is_bare(parsed):
                _drop_at_end(reading, parsed)
            elif parsed.sentence.stem:
                _under_stem(reading, parsed)
            _drop_fragments(reading, parsed)
        reading.drafts.sort(key=lambda d: (d.parsed.sentence.index, d.predicate))
        return doc


def _is_bare(parsed: Parsed) -> bool:
    """Whether a sentence only opens the list below it."""
    text = parsed.text.lower()
    if not text.rstrip(" *_").endswith(":"):
        return False
    bare, unless = _bare()
    return bool(bare.search(text)) and not unless.search(text)


@cache
def _bare() -> tuple[re.Pattern[str], re.Pattern[str]]:
    row = knowledge("forms")["bare"]
    return re.compile(row["pattern"]), re.compile(row["unless"])


def _drop_at_end(reading: Reading, parsed: Parsed) -> None:
    """Take back the act of a bare stem; one earlier in the sentence stays."""
    kept = []
    for draft in reading.drafts:
        rest = parsed.text[draft.within[1] :] if draft.parsed is parsed else "kept"
        if rest.strip(" :*_"):
            kept.append(draft)
    if len(kept) < len(reading.drafts):
        reading.note(parsed.sentence.index, "forms", "bare stem", "its items carry the act")
    reading.drafts[:] = kept


@cache
def stems() -> tuple[Pattern, ...]:
    """What a stem says of its items, in the order of ``data/forms.yaml``."""
    return tuple(
        Pattern(row["id"], cast(ActKind, row["act"]), re.compile(row["pattern"]), None)
        for row in knowledge("forms")["stems"]
    )


def _under_stem(reading: Reading, parsed: Parsed) -> None:
    """An item in which nothing was found carries the act of the stem above it.

    So does one that opens with a bare verb under a request: "we call on X to: — release …".
    """
    stem = parsed.sentence.stem.lower().strip(" *_")
    first_of_block = parsed.start - parsed.sentence.block.start < _MARK
    if not parsed.predicates or not first_of_block:
        return
    own = [draft for draft in reading.drafts if draft.parsed is parsed]
    for pattern in stems():
        if pattern.holds.search(stem):
            if pattern.id == "stem-help":
                _helped(reading, parsed, own)
                return
            opens = parsed.predicates[0].head.tag_ in {"VB", "VBP"}
            if not own or (pattern.act == "request" and own[0].act == "commitment" and opens):
                draft = _set(
                    reading, parsed, own[0].predicate if own else 0, pattern.act, pattern.id
                )
                if pattern.act == "request":
                    named = [one.parties for one in parsed.referents if one.kind == "stem"]
                    draft.obligors = named[0] if named else draft.obligors
            return


def _helped(reading: Reading, parsed: Parsed, own: Sequence[Draft]) -> None:
    """Each item under "we will help them with:" is promised by "us" to whoever is named there."""
    draft = own[0] if own else _set(reading, parsed, 0, "commitment", "stem-help")
    if draft.act == "commitment":
        ours = parsed.turn or reading.document.issuers
        named = [code for one in parsed.referents if one.kind == "stem" for code in one.parties]
        draft.obligors = ours
        draft.targets = tuple(dict.fromkeys(code for code in named if code not in ours))


def _drop_fragments(reading: Reading, parsed: Parsed) -> None:
    """Take back the act of a mere auxiliary: "we *do not* and will never recognise …"."""
    heads = parsed.predicates
    reading.drafts[:] = [
        draft
        for draft in reading.drafts
        if draft.parsed is not parsed or not _is_fragment(heads[draft.predicate].head)
    ]


def _is_fragment(head: Token) -> bool:
    below = {child.dep_ for child in head.children}
    whole = {"dobj", "attr", "prep", "xcomp", "ccomp"}
    return head.lemma_.lower() in {"do", "will", "can"} and "conj" in below and not below & whole


def _match(reading: Reading, parsed: Parsed, decided: set[int]) -> None:
    everything = parsed.text.lower()
    candidates = [p for p in patterns() if p.holds.search(everything)]
    for pattern in candidates:
        for position in range(len(parsed.predicates)):
            if position in decided:
                continue
            apart = set(range(len(parsed.predicates))) - {position}
            apart = {i for i in apart if parsed.predicates[i].joined}
            first, end = words(position, parsed.predicates, apart)
            own = parsed.doc[first:end].text.lower()
            found = pattern.holds.search(own)
            if found is None or (pattern.unless and pattern.unless.search(own)):
                continue
            reach = parsed.doc[first].idx
            if _said_below(reading, parsed, position, pattern.act, (reach, found)):
                continue
            heads = [token.idx - reach for token in parsed.predicates[position].tokens]
            if any(found.start() - 1 <= head <= found.end() for head in heads):
                _set(reading, parsed, position, pattern.act, pattern.id)
                decided |= {position, *_within(parsed, position)}


def _said_below(
    reading: Reading, parsed: Parsed, position: int, act: str, place: tuple[int, re.Match[str]]
) -> bool:
    """Whether another predicate within the form's words has the same act already."""
    reach, found = place
    return any(
        draft.parsed is parsed
        and draft.predicate != position
        and draft.act == act
        and found.start() <= parsed.predicates[draft.predicate].head.idx - reach < found.end()
        for draft in reading.drafts
    )


def _set(reading: Reading, parsed: Parsed, position: int, act: ActKind, rule: str) -> Draft:
    """The draft of a predicate, made or changed to ``act``."""
    # Acts within the form's words are part of it: a threat inside a message is not a second one.
    within = _within(parsed, position) if act in {"request", "warning"} else set()
    reading.drafts[:] = [
        d for d in reading.drafts if d.parsed is not parsed or d.predicate not in within
    ]
    taken = {d.predicate for d in reading.drafts if d.parsed is parsed} - {position}
    first, end = words(position, parsed.predicates, taken)
    for draft in reading.drafts:
        if draft.parsed is parsed and draft.predicate == position:
            draft.because("forms", rule, act if draft.act == act else f"{act}, not {draft.act}")
            draft.act, draft.confidence = act, max(draft.confidence, _SURE)
            draft.first, draft.end = first, end
            return draft
    draft = Draft(parsed, position, first, end, act, _SURE)
    draft.because("forms", rule, act)
    reading.drafts.append(draft)
    return draft


def _within(parsed: Parsed, position: int) -> set[int]:
    """Predicates that complete one: what the message says, what the promise is to do."""
    found: set[int] = set()
    for index, predicate in enumerate(parsed.predicates):
        parent, joined = predicate.parent, predicate.joined
        while parent is not None and parent != position:
            joined = parsed.predicates[parent].joined
            parent = parsed.predicates[parent].parent
        if parent == position and not joined and predicate.head.dep_ in {"ccomp", "acl", "xcomp"}:
            found.add(index)
    return found


def _sought(parsed: Parsed) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Predicates by which a promise is sought from somebody, with who is asked."""
    lists = knowledge("forms")["sought"]
    for position, predicate in enumerate(parsed.predicates):
        for token in predicate.tokens:
            if token.lemma_.lower() not in lists["verbs"]:
                continue
            for noun in _objects(token, lists):
                asked = _asked(token, noun, parsed, lists)
                if asked:
                    yield position, asked
                    break


def _objects(verb: Token, lists: dict[str, Any]) -> list[Token]:
    direct = [c for c in verb.children if c.dep_ == "dobj"]
    every = direct + [c for d in direct for c in d.conjuncts]
    return [token for token in every if token.lemma_.lower() in lists["nouns"]]


def _asked(verb: Token, noun: Token, parsed: Parsed, lists: dict[str, Any]) -> tuple[str, ...]:
    asked: list[str] = []
    for preposition in [*verb.children, *noun.children]:
        if preposition.dep_ != "prep" or preposition.lower_ not in lists["source"]:
            continue
        inside = {token.i for child in preposition.children for token in child.subtree}
        for referent in parsed.referents:
            head = head_of(referent, parsed.doc)
            if head is not None and head.i in inside and referent.form != "capital":
                asked += referent.parties
                break
    return tuple(dict.fromkeys(asked))


def _continued(parsed: Parsed, before: Draft) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the predicate of "this includes commitments to …": the same party is asked."""
    lists = knowledge("forms")["continued"]
    for position, predicate in enumerate(parsed.predicates):
        head = predicate.head
        if head.dep_ != "ROOT" or head.lemma_.lower() not in lists["verbs"]:
            continue
        subjects = [c for c in head.children if c.dep_ == "nsubj"]
        objects = [c for c in head.children if c.dep_ == "dobj"]
        plain = all(s.lemma_.lower() in lists["subjects"] for s in subjects)
        if subjects and plain and any(o.lemma_.lower() in lists["nouns"] for o in objects):
            yield position, before.obligors
