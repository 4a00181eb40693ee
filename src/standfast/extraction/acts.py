"""Acts: which predicate of a sentence carries which act, and on which words.

A linear model over the predicate's features gives each predicate one of eight labels: one of the
six acts, ``cont`` (goes on with the act of the verb that it is coordinated with) or ``none``.
Structural rules (``forms.py``) come first where the form alone decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast, get_args

import numpy as np

from standfast.extraction.cues import CueMatcher, cue_names
from standfast.extraction.encoder import Encoded
from standfast.extraction.features import Context, predicate_features, shared
from standfast.extraction.linear import Floats, LinearModel, pooled
from standfast.extraction.predicates import Predicate, auxiliaries, words
from standfast.extraction.reading import Draft, Parsed, Weighed
from standfast.extraction.referents import Referent
from standfast.model import ActKind

CONTINUED, NOTHING = "cont", "none"
_ACTS = set(get_args(ActKind))
_LEAST = 1e-4
"""Chance that is always left to "no act"."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A predicate's label with its probability, the runner-up, and the features behind it."""

    label: str
    probability: float
    second: str
    features: list[str]


def features_of(
    parsed: Parsed, context: Context, cues: CueMatcher, issuers: tuple[str, ...]
) -> list[list[str]]:
    """One list of feature names a predicate of the sentence."""
    names = cue_names(cues(parsed.doc))
    common = shared(parsed.doc, context, names, masks(parsed.referents, issuers))
    return [
        predicate_features(index, parsed.predicates, common)
        for index in range(len(parsed.predicates))
    ]


def masks(referents: list[Referent], issuers: tuple[str, ...]) -> dict[int, str]:
    """What each token of a name is called in the features: its role, never its name.

    The model sees ``issuer`` or ``party``, so that what it learns of one party holds for all.
    Further tokens of the same name are called nothing.
    """
    mask: dict[int, str] = {}
    for referent in referents:
        if referent.kind != "name":
            continue
        if referent.form == "group":
            continue
        own = set(referent.parties) & set(issuers)
        mask[referent.start] = "ISSUER" if own else "PARTY"
        for position in range(referent.start + 1, referent.end):
            mask[position] = ""
    return mask


def weigh(rows: list[list[str]], model: LinearModel) -> Weighed:
    """The linear model's opinion of predicates given by their features."""
    if not rows:
        return Weighed([], np.zeros((0, len(model.classes)), dtype=np.float32))
    return Weighed(rows, np.stack([model.probabilities(features) for features in rows]))


@dataclass(frozen=True, slots=True)
class Shares:
    """How much each opinion counts, between 0 and 1.

    ``encoder`` beside the linear model; ``second``, where a second reader was asked, beside the
    encoder; ``whole``, in the second reader's own, what it says of the sentence as a whole.
    """

    encoder: float
    second: float = 0.0
    whole: float = 0.0


def chances(weighed: Weighed, classes: tuple[str, ...], parsed: Parsed, shares: Shares) -> Floats:
    """Probability of each label (columns, as ``classes``) of each predicate.

    The linear model's opinion, pooled with the encoder's where the sentence was encoded, and with
    the second reader's where that was asked.
    """
    if parsed.encoded is None or not weighed.rows:
        return weighed.chances
    opinion = view(parsed.encoded, classes, parsed)
    if parsed.second is not None:
        whole = parsed.second.heads.sentence(parsed.second)
        other = with_whole(view(parsed.second, classes, parsed), whole, classes, shares.whole)
        opinion = pooled(opinion, other, shares.second)
    return pooled(weighed.chances, opinion, shares.encoder)


def view(encoded: Encoded, classes: tuple[str, ...], parsed: Parsed) -> Floats:
    """Probability of each label of each predicate by a network alone."""
    heads = encoded.heads
    found = heads.predicates(encoded, [one.head.idx for one in parsed.predicates])
    return found[:, [heads.labels.index(name) for name in classes]]


def with_whole(
    found: Floats, whole: dict[str, float], classes: tuple[str, ...], share: float
) -> Floats:
    """Predicates' labels, where each act's likeliest predicate hears what the sentence says of it.

    ``whole`` is the chance that the sentence holds an act, by act; it counts for ``share``.
    """
    mixed = found.copy()
    for act, chance in whole.items():
        column = classes.index(act)
        row = int(found[:, column].argmax())
        mixed[row, column] += share * (chance - found[row, column])
    nothing = classes.index(NOTHING)
    mixed[:, nothing] = np.maximum(_LEAST, 1 - (mixed.sum(axis=1) - mixed[:, nothing]))
    scaled: Floats = mixed / mixed.sum(axis=1, keepdims=True)
    return scaled


def label(
    rows: list[list[str]],
    chances: Floats,
    classes: tuple[str, ...],
    found: list[Predicate],
    *,
    caution: float,
) -> list[Labelled]:
    """The likeliest label of each predicate.

    ``caution`` multiplies the odds of ``none``: below 1 more acts are found, above 1 fewer.
    """
    labelled = []
    for features, own, predicate in zip(rows, chances, found, strict=True):
        weighed = own.copy()
        weighed[classes.index(NOTHING)] *= caution
        if _turns(predicate, found):
            # What would have gone on is a promise of its own: it speaks of what will be done.
            weighed[classes.index("commitment")] += weighed[classes.index(CONTINUED)]
            weighed[classes.index(CONTINUED)] = 0.0
        order = weighed.argsort()[::-1]
        best, second = classes[order[0]], classes[order[1]]
        labelled.append(Labelled(best, float(own[order[0]]), second, features))
    return labelled


def _turns(predicate: Predicate, found: list[Predicate]) -> bool:
    """Whether a coordinated verb turns from what is to what will be: it begins an act of its own.

    "We condemn the attack and will help": the second verb has an auxiliary that the first lacks.
    """
    if not predicate.joined or predicate.parent is None:
        return False
    own = {aux.lemma_.lower() for aux in auxiliaries(predicate.head)} & {"will", "shall"}
    return bool(own) and not any(
        aux.lemma_.lower() in own for aux in auxiliaries(found[predicate.parent].head)
    )


def drafts(parsed: Parsed, labelled: list[Labelled]) -> list[Draft]:
    """One draft for each predicate that carries an act, on its own words."""
    acts = {index for index, one in enumerate(labelled) if one.label in _ACTS}
    apart = acts | {
        index
        for index, one in enumerate(labelled)
        if one.label == NOTHING and parsed.predicates[index].joined
    }
    found = []
    for index in sorted(acts):
        first, end = words(index, parsed.predicates, apart)
        one = labelled[index]
        act = cast(ActKind, one.label)
        found.append(Draft(parsed, index, first, end, act, one.probability))
    return found


def verb_of(predicate: Predicate) -> str:
    """Head and chain as lemmas: ``continue support``."""
    return " ".join(token.lemma_.lower() for token in predicate.tokens)
