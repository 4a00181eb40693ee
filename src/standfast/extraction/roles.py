"""Roles: for each referent of an act, whether it acts (obligor), is meant (target), or neither.

Direction is the thing to get right above all: *secure commitments from Ukraine* asks Ukraine,
*support for Ukraine* is for it. Both turn on the path from the verb to the name and on the
prepositions along it, not on who is named: no feature holds a party's name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

import numpy as np
from spacy.tokens import Doc, Token

from standfast.extraction.linear import LinearModel, pooled
from standfast.extraction.predicates import Predicate, is_passive, subject
from standfast.extraction.reading import Draft
from standfast.extraction.referents import Referent, ReferentKind, head_of
from standfast.model import ActKind

OBLIGOR, TARGET, NEITHER = "obligor", "target", "neither"
ENCODER_SIDES = (OBLIGOR, TARGET, NEITHER)
"""In the order of the encoder's head."""
_PATH = 5
_ELSEWHERE = {"topic", "heading", "before"}
"""Kinds of referents that stand outside the sentence."""
_PRONOUNS = {"person", "body", "several"}
CAPITAL_FROM = 0.6
"""From here on a capital is its state and a target: "the decision of Bucharest" is a place's."""
UNDERSTOOD_FROM = 0.9
"""From here on somebody who is not named in the sentence is a target beside one who is."""
OBLIGOR_LIKELY = 0.5
"""From here on a subject is taken to act."""


@dataclass(frozen=True, slots=True)
class Role:
    """What a referent is in an act, with the probability of each reading."""

    referent: Referent
    obligor: float
    target: float


def path_to(head: Token, predicate: Predicate) -> tuple[str, ...] | None:
    """Steps of the dependency path from the predicate (or its chain) down to a token.

    Prepositions are named (``prep:for``), other steps are the bare dependency. ``None`` where the
    token does not hang below the predicate.
    """
    starts = {token.i for token in predicate.tokens}
    steps: list[str] = []
    token = head
    while token.i not in starts:
        if token.dep_ == "ROOT":
            return None
        step = f"prep:{token.lower_}" if token.dep_ in {"prep", "agent"} else token.dep_
        if not (steps and step in {"conj", "appos"}):
            steps.append(step)
        token = token.head
    return tuple(reversed(steps))


def role_features(referent: Referent, draft: Draft, issuers: tuple[str, ...]) -> list[str]:
    """Names of the features of one referent with respect to one act."""
    predicate = draft.parsed.predicates[draft.predicate]
    act = draft.act
    lemma = predicate.head.lemma_.lower()
    base = list(_who(referent, issuers, draft))
    features = ["bias", f"act={act}", *base, *(f"{act}|{name}" for name in base)]
    own = subject(predicate)
    subj = _subject_kind(own, draft, issuers)
    features += [f"subj={subj}", f"{referent.kind}|subj={subj}|{act}"]
    if is_passive(predicate.head):
        features += ["passive", f"{referent.kind}|passive|{act}"]
    if referent.said:
        features += _place(referent, draft, predicate, own, lemma)
    else:
        features += _unsaid(referent, draft, lemma, subj)
    return features


def _who(referent: Referent, issuers: tuple[str, ...], draft: Draft) -> Iterator[str]:
    yield f"kind={referent.kind}"
    yield f"form={referent.form}"
    own = set(referent.parties) & set(issuers)
    standing = "issuer" if own else "other"
    yield f"standing={standing}"
    yield f"kind+standing={referent.kind}/{referent.form}/{standing}"
    if len(referent.parties) > 1:
        yield "several"
    others = [r for r in draft.parsed.referents if r.said and r.kind == "name"]
    yield f"names={min(len(others), 3)}"
    foreign = [r for r in others if not set(r.parties) & set(issuers)]
    if referent in foreign and len({r.parties for r in foreign}) == 1:
        yield f"only-other|{draft.act}"


def _subject_kind(own: Token | None, draft: Draft, issuers: tuple[str, ...]) -> str:
    if own is None:
        return "none"
    for referent in draft.parsed.referents:
        if referent.said and referent.start <= own.i < referent.end:
            if referent.kind == "name":
                return "issuer" if set(referent.parties) & set(issuers) else "party"
            return referent.kind
    return "other"


def _place(
    referent: Referent, draft: Draft, predicate: Predicate, own: Token | None, lemma: str
) -> Iterator[str]:
    act = draft.act
    parsed = draft.parsed.doc
    head = head_of(referent, parsed)
    if head is None:
        return
    inside = draft.first <= head.i < draft.end
    side = "before" if head.i < predicate.head.i else "after"
    yield f"{'inside' if inside else 'outside'}|{side}"
    yield f"{act}|{'inside' if inside else 'outside'}|{side}"
    if own is not None and (head == own or (own in head.ancestors and _coordinated(head, own))):
        yield "is-subject"
        yield f"is-subject|{act}"
        yield f"is-subject|{act}|{predicate.head.tag_}|{'p' if is_passive(predicate.head) else 'a'}"
        yield f"is-subject|{lemma}|{act}"
    path = path_to(head, predicate)
    if path is None:
        yield f"path=above|{act}"
    else:
        yield from _path(path, act, lemma, head)
    yield from _neighbours(referent, parsed, act)


def _coordinated(head: Token, own: Token) -> bool:
    while head != own:
        if head.dep_ not in {"conj", "appos", "poss", "compound"}:
            return False
        head = head.head
    return True


def _path(path: Sequence[str], act: str, lemma: str, head: Token) -> Iterator[str]:
    short = ">".join(path[:_PATH])
    yield f"path={short}"
    yield f"path={short}|{act}"
    yield f"first={path[0] if path else ''}|{act}"
    yield f"last={path[-1] if path else ''}|{act}"
    if path:
        yield f"{lemma}|{path[0]}|{act}"
        yield f"{lemma}|{short}"
    for step in path:
        if step.startswith("prep:"):
            yield f"along={step}|{act}"
    yield f"depth={min(len(path), 6)}|{act}"
    governor = _governor(head)
    if governor is not None:
        noun, how = governor
        yield f"of={noun}/{how}"
        yield f"of={noun}/{how}|{act}"
        yield f"of={noun}|{act}"


def _governor(head: Token) -> tuple[str, str] | None:
    """The word that a name belongs to and how: ``support/for``, ``aggression/poss``."""
    token = head
    while token.dep_ in {"conj", "appos", "compound"} and token.dep_ != "ROOT":
        token = token.head
    if token.dep_ == "pobj" and token.head.head is not None:
        return token.head.head.lemma_.lower(), token.head.lower_
    if token.dep_ != "ROOT":
        return token.head.lemma_.lower(), token.dep_
    return None


def _neighbours(referent: Referent, parsed: Doc, act: str) -> Iterator[str]:
    before = parsed[referent.start - 1].lower_ if referent.start > 0 else "^"
    before2 = parsed[referent.start - 2].lower_ if referent.start > 1 else "^"
    after = parsed[referent.end].lower_ if referent.end < len(parsed) else "$"
    after2 = parsed[referent.end + 1].lower_ if referent.end + 1 < len(parsed) else "$"
    yield f"before={before}|{act}"
    yield f"before={before2} {before}"
    yield f"after={after}|{act}"
    yield f"after={after} {after2}"


def _unsaid(referent: Referent, draft: Draft, lemma: str, subj: str) -> Iterator[str]:
    parsed, act, kind = draft.parsed, draft.act, referent.kind
    yield f"{kind}|{lemma}|{act}"
    same = any(r.said and set(r.parties) & set(referent.parties) for r in parsed.referents)
    yield f"{kind}|{'also-said' if same else 'unsaid'}|{act}"
    foreign = any(
        r.said and r.kind == "name" and not set(r.parties) & set(referent.parties)
        for r in parsed.referents
    )
    yield f"{kind}|{'others' if foreign else 'no-others'}|{act}|{subj}"
    yield f"{kind}|block={parsed.sentence.block.kind}|{subj}"
    if kind in _ELSEWHERE:
        for token in draft.span:
            if token.pos_ in {"NOUN", "VERB", "ADJ"}:
                yield f"elsewhere:{token.lemma_.lower()}"
                yield f"{kind}:{token.lemma_.lower()}"
        for other in parsed.referents:
            if other is not referent and set(other.parties) & set(referent.parties):
                yield f"{kind}={other.kind}|{act}"
        yield f"{kind}|share={min(int(4 * referent.share), 3)}|{act}"
        yield f"{kind}|{'titled' if referent.titled else 'untitled'}|{act}"
        alone = not any(r.said and r.kind == "name" for r in parsed.referents)
        yield f"{kind}|{'alone' if alone else 'with-names'}|{act}|{referent.kind}"


def elsewhere(referent: Referent, draft: Draft, others: Sequence[Draft]) -> bool:
    """Whether a referent stands in the words of another act of the sentence, not in this one's."""
    if not referent.said or draft.first <= referent.start < draft.end:
        return False
    return any(
        other.first <= referent.start < other.end
        for other in others
        if other is not draft and other.parsed is draft.parsed
    )


def place_of(referent: Referent, parsed: Doc) -> int:
    """Character of the sentence at which a referent's head stands; -1 where it is not said."""
    head = head_of(referent, parsed)
    return head.idx if head is not None else -1


def role_signs(referent: Referent, draft: Draft, issuers: tuple[str, ...]) -> tuple[float, ...]:
    """What the encoder is told of a referent beside its words: zeros and ones, :data:`SIGNS` long.

    The act, the kind of referent, whether it stands inside the act's words, before the verb, is the
    subject, is an issuer, is several parties; whether others are named, whether it is meant by
    another referent too, whether the title names it; its share of the text's names (0 to 1).
    """
    predicate, parsed = draft.parsed.predicates[draft.predicate], draft.parsed.doc
    head, own = head_of(referent, parsed), subject(predicate)
    place = (False, False, False)
    if head is not None:
        leads = own is not None and (
            head == own or (own in head.ancestors and _coordinated(head, own))
        )
        place = (draft.first <= head.i < draft.end, head.i < predicate.head.i, leads)
    return signs_of(referent, draft.parsed.referents, draft.act, place, issuers)


def signs_of(
    referent: Referent,
    every: Sequence[Referent],
    act: str,
    place: tuple[bool, bool, bool],
    issuers: tuple[str, ...],
) -> tuple[float, ...]:
    """The :data:`SIGNS` numbers of a referent among all of its sentence.

    ``place`` says whether it stands inside the act's words, before the verb, and leads.
    """
    parties = set(referent.parties)
    named = shared = False
    for one in every:
        if one is not referent:
            named = named or one.kind == "name"
            shared = shared or not parties.isdisjoint(one.parties)
    return (
        *_OF_ACT[act],
        *_OF_KIND[referent.kind],
        *map(float, place),
        float(not parties.isdisjoint(issuers)),
        float(len(parties) > 1),
        float(named),
        float(shared),
        float(referent.titled),
        referent.share,
    )


def _one_of(names: tuple[str, ...]) -> dict[str, tuple[float, ...]]:
    return {own: tuple(float(own == name) for name in names) for own in names}


_OF_ACT, _OF_KIND = _one_of(get_args(ActKind)), _one_of(get_args(ReferentKind))
SIGNS = len(_OF_ACT) + len(_OF_KIND) + 9


def roles(
    draft: Draft, issuers: tuple[str, ...], model: LinearModel, *, trust: float
) -> list[Role]:
    """The role of every referent of the draft's sentence in the draft.

    ``trust`` is the weight of the encoder's opinion, where the sentence was encoded.
    """
    parsed = draft.parsed
    if not parsed.referents:
        return []
    chances = np.stack(
        [model.probabilities(role_features(one, draft, issuers)) for one in parsed.referents]
    )
    if parsed.encoded is not None:
        places = [
            (place_of(one, parsed.doc), one.kind, role_signs(one, draft, issuers))
            for one in parsed.referents
        ]
        verb = parsed.predicates[draft.predicate].head.idx
        other = parsed.encoded.heads.roles(parsed.encoded, verb, places)
        order = [ENCODER_SIDES.index(name) for name in model.classes]
        chances = pooled(chances, other[:, order], trust)
    obligor, target = model.classes.index(OBLIGOR), model.classes.index(TARGET)
    return [
        Role(one, float(row[obligor]), float(row[target]))
        for one, row in zip(parsed.referents, chances, strict=True)
    ]


def beside_subject(found: list[Role], draft: Draft, *, sure_from: float) -> list[Role]:
    """Roles without doubtful second actors.

    Where the grammatical subject of an active verb is a party that acts, another name acts with it
    only if that is ``sure_from`` certain: "the United States will help people in Ukraine".
    """
    predicate = draft.parsed.predicates[draft.predicate]
    own = subject(predicate)
    if own is None or is_passive(predicate.head) or draft.act == "request":
        return found

    def is_subject(role: Role) -> bool:
        head = head_of(role.referent, draft.parsed.doc)
        return head is not None and (
            head == own or (own in head.ancestors and _coordinated(head, own))
        )

    if not any(is_subject(role) and role.obligor > OBLIGOR_LIKELY for role in found):
        return found
    return [
        role
        for role in found
        if role.obligor < role.target
        or is_subject(role)
        or not role.referent.said
        or role.obligor >= sure_from
    ]


def decide(
    found: list[Role], *, obligor_from: float, target_from: float
) -> tuple[tuple[str, ...], tuple[str, ...], list[Role]]:
    """Obligors and targets, in the order of the text, and the roles that decided.

    Everyone whose probability reaches the threshold, those not said only where nobody is said to
    act; where nobody acts, whoever is likeliest to.
    Nobody is both in one act: who acts is not its target.
    """
    acting = [role for role in found if role.obligor >= obligor_from and role.obligor > role.target]
    # A name comes before the stem, the stem before a pronoun, what is said before what is not.
    named = [r for r in acting if r.referent.said and r.referent.kind not in _PRONOUNS]
    stem = [r for r in acting if r.referent.kind == "stem"]
    said = [r for r in acting if r.referent.said]
    acting = said if named else stem or said or acting
    if not acting and found:
        acting = [max(found, key=lambda role: role.obligor)]
    meant = [
        role
        for role in found
        if role not in acting
        and role.target >= (CAPITAL_FROM if role.referent.form == "capital" else target_from)
    ]
    if any(role.referent.said for role in meant):
        # Who is only understood is meant where nobody is named: sanctions against one party are
        # for another's sake, and have the one.
        meant = [r for r in meant if r.referent.said or r.target >= UNDERSTOOD_FROM]
    obligors = _without_named(_codes(acting), acting, meant)
    targets = tuple(code for code in _codes(meant) if code not in obligors)
    return obligors, targets, [*acting, *meant]


def _without_named(
    obligors: tuple[str, ...], acting: list[Role], meant: list[Role]
) -> tuple[str, ...]:
    """Who acts, less those whom the act is for by name.

    In a joint text "we" are both sides; in "we will help Ukraine" one of them is helped. And where
    somebody acts by name, others who act only by a pronoun or as one of "both" do not if they are
    more surely meant: "the United States will work with both governments to help Ukraine".
    """
    by_name = any(role.referent.kind == "name" for role in acting)

    def is_meant(code: str) -> bool:
        acts = [role for role in acting if code in role.referent.parties]
        named = [
            role.target
            for role in meant
            if role.referent.kind == "name" and code in role.referent.parties
        ]
        if not named or any(role.referent.kind == "name" for role in acts):
            return False
        return not by_name or max(named) > max(role.obligor for role in acts)

    rest = tuple(code for code in obligors if not is_meant(code))
    return rest or obligors


def _codes(found: list[Role]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for role in found for code in role.referent.parties))


def said(role: Role, draft: Draft) -> tuple[str, str]:
    """A role in words: the rule and its detail, for a reason."""
    referent = role.referent
    words = draft.parsed.words(referent.start, referent.end) if referent.said else "not said"
    name = OBLIGOR if role.obligor >= role.target else TARGET
    chance = max(role.obligor, role.target)
    return f"{name}: {referent.kind}", f"“{words}” = {' '.join(referent.parties)} ({chance:.2f})"
