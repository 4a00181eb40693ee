"""The pipeline component that reads reports: what journalists tell of what parties did in words.

Models trained on official texts find little in "Slovakia will get a Patriot battery from the United
States": no issuer speaks. What a clause tells is read off its wording (:mod:`press_clauses`), who
acts and who is meant off its grammar.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from standfast.extraction import reading as readings
from standfast.extraction import said_roles
from standfast.extraction.predicates import Predicate, is_passive, words
from standfast.extraction.press_clauses import anything, told
from standfast.extraction.press_parties import blamed_for, parties, verb_of
from standfast.extraction.press_words import Told, own_subject
from standfast.extraction.reading import Draft, Parsed, Reading
from standfast.model import POSITIONS

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
    takes = one.frame == "get" or (is_passive(verb_of(one.cue)) and set(targets) & _doers(sure))
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
    if obligors or one.frame in {"get", "bear"} or is_passive(verb_of(one.cue)):
        draft.obligors, draft.targets, draft.settled = obligors, targets, True
        if draft.act == "condemnation":
            draft.targets = blamed_for(parsed, one) or said_roles.blamed(draft) or targets
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
