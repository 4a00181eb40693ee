"""Agreement beyond chance between the coder and the extractor: Krippendorff's alpha.

F1 says how much is found; alpha says how much of the agreement two readers would not have reached
by guessing as often as they do. Both take each sentence, or each matched pair, as one unit with two
nominal values: the coder's and the extractor's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from standfast.evaluation.matching import Judged
from standfast.evaluation.resampling import Estimate, Values, estimate
from standfast.model import ACT_KINDS

Unit = tuple[str, str, str]
"""The document, the coder's value, the extractor's value."""

NOTHING = "none"


@dataclass(frozen=True, slots=True)
class Decision:
    """What two readers decided over and over, and where."""

    name: str
    units: tuple[Unit, ...]

    def table(self, documents: Sequence[str]) -> NDArray[np.int64]:
        """How often the values met, by document, coder's value and extractor's value."""
        values = sorted({value for unit in self.units for value in unit[1:]})
        place = {value: index for index, value in enumerate(values)}
        of_doc = {name: index for index, name in enumerate(documents)}
        found = np.zeros((len(documents), len(values), len(values)), dtype=np.int64)
        for doc, coded, seen in self.units:
            found[of_doc[doc], place[coded], place[seen]] += 1
        return found


def decisions(judged: Iterable[Judged], fields: Collection[str]) -> list[Decision]:
    """Every decision whose agreement is measured.

    Whether a sentence holds each of the six acts; ``acts``, the whole set of them at once;
    ``strength`` of matched commitments; ``themes``, the main theme of matched records.
    """
    several = list(judged)
    found = [Decision("acts", tuple(_sets(several)))]
    found += [Decision(kind, tuple(_holds(several, kind))) for kind in ACT_KINDS]
    pairs = [(one.sentence.doc, *pair) for one in several for pair in one.pairs]
    if "strength" in fields:
        strengths = (
            (doc, record.strength or NOTHING, act.strength or NOTHING)
            for doc, record, act in pairs
            if record.act == "commitment"
        )
        found.append(Decision("strength", tuple(strengths)))
    if "themes" in fields:
        themes = ((doc, _main(record.themes), _main(act.themes)) for doc, record, act in pairs)
        found.append(Decision("themes", tuple(themes)))
    return found


def alpha(tables: NDArray[Any]) -> Values:
    """Krippendorff's alpha of tables of how often two readers' nominal values met.

    One table in the last two axes, or many at once; not a number where only one value occurs.
    """
    together = tables.astype(np.float64)
    together = together + np.swapaxes(together, -1, -2)
    of_value = together.sum(axis=-1)
    total = of_value.sum(axis=-1)
    differing = total - np.trace(together, axis1=-2, axis2=-1)
    by_chance = total**2 - (of_value**2).sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        found: Values = np.where(by_chance > 0, 1 - (total - 1) * differing / by_chance, np.nan)
    return found


def agreement(decision: Decision, documents: Sequence[str], drawn: Values | None) -> Estimate:
    """Alpha with its interval over drawings of documents."""
    return estimate(decision.table(documents), alpha, drawn)


def _sets(judged: Iterable[Judged]) -> Iterable[Unit]:
    for one in judged:
        coded, found = (
            " ".join(sorted(acts)) or NOTHING for acts in (one.sentence.acts(), one.found_acts())
        )
        yield one.sentence.doc, coded, found


def _holds(judged: Iterable[Judged], kind: str) -> Iterable[Unit]:
    for one in judged:
        coded, found = (
            kind if kind in acts else NOTHING for acts in (one.sentence.acts(), one.found_acts())
        )
        yield one.sentence.doc, coded, found


def _main(themes: Sequence[str]) -> str:
    return themes[0] if themes else NOTHING
