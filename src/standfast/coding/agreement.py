"""How far coders agree beyond chance: Krippendorff's alpha, spans apart from fields.

Alpha (Krippendorff, *Content Analysis*, 4th ed., 2018, chapter 12) for nominal values, any number
of coders, and units that not all of them coded. Intervals come from drawing units anew with
replacement (the bootstrap), 1,000 times with a fixed seed. For spans a unit is a word of the
sentence, marked by each coder as part of the act or not, which tells how far quotes overlap
whatever is said of them; for ``act`` a unit is an item, with the kinds of act that each coder sees
there; for the other fields it is an act that the coders found both, and one value is the whole set
of parties, themes or sums. A sentence that several read completely is an item too, in which each
saw the acts that the machine missed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from standfast.coding.comparing import FIELDS, Reading, paired, plain
from standfast.coding.context import sentence_span
from standfast.evaluation.resampling import Estimate, drawings

Unit = Mapping[str, str]
"""What coders said of one unit, by their names."""
SPANS = "spans"
MEASURED = (SPANS, *(name for name in FIELDS if name != "quote"))
NOTHING = "none"


@dataclass(frozen=True, slots=True)
class Read:
    """One item with its text and each coder's reading; ``span`` where it is a sentence."""

    key: str
    text: str
    readings: Mapping[str, Reading]
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far some coders agree on one thing; ``coders`` is empty for all together."""

    name: str
    coders: tuple[str, ...]
    units: int
    same: float | None
    alpha: Estimate

    def record(self) -> dict[str, object]:
        """As JSON; ``same`` is the share of pairs of values that are equal."""
        return {
            "measured": self.name, "coders": list(self.coders), "units": self.units,
            "same": self.same, "alpha": self.alpha.value, "low": self.alpha.low,
            "high": self.alpha.high,
        }  # fmt: skip


def agreements(items: Sequence[Read]) -> list[Agreement]:
    """Agreement on everything that is measured: of all coders, then of each pair."""
    held = {name: _units(items, name) for name in MEASURED}
    everyone = sorted({who for one in items for who in one.readings})
    found = [_agreement(name, (), units) for name, units in held.items()]
    for pair in combinations(everyone, 2):
        for name, units in held.items():
            both = [{who: one[who] for who in pair} for one in units if set(pair) <= set(one)]
            if both:
                found.append(_agreement(name, pair, both))
    return found


def _units(items: Sequence[Read], name: str) -> list[Unit]:
    if name == SPANS:
        return [unit for one in items for unit in _words(one)]
    if name == "act":
        return [{who: _kinds(reading) for who, reading in one.readings.items()} for one in items]
    return [unit for one in items for unit in _fields(one, name)]


def _kinds(reading: Reading) -> str:
    return " ".join(sorted(str(one["act"]) for one in reading)) or NOTHING


def _words(one: Read) -> list[Unit]:
    """Words of the sentence, each in or out of what a coder quoted."""
    places = [(rec["start"], rec["end"]) for some in one.readings.values() for rec in some]
    places += [one.span] if one.span else []
    if not places:
        return []
    low, high = min(start for start, _ in places), max(end for _, end in places)
    low, high = sentence_span(one.text, low, high)
    return [
        {
            who: "in" if any(r["start"] < m.end() and m.start() < r["end"] for r in some) else "out"
            for who, some in one.readings.items()
        }
        for m in re.compile(r"\w[\w’'-]*").finditer(one.text, low, high)
    ]


def _fields(one: Read, name: str) -> list[Unit]:
    """Acts that several coders found, with what each says of a field."""
    coders = [who for who, some in one.readings.items() if some]
    found: list[Unit] = []
    for slot in paired([one.readings[who] for who in coders]):
        said = {
            who: plain(record, name) or NOTHING
            for who, record in zip(coders, slot, strict=True)
            if record is not None and (name != "strength" or record["act"] == "commitment")
        }
        if len(said) > 1:
            found.append(said)
    return found


def _agreement(name: str, coders: tuple[str, ...], units: Sequence[Unit]) -> Agreement:
    several = [one for one in units if len(one) > 1]
    counts = _counts(several)
    return Agreement(name, coders, len(several), _same(counts), alpha(counts))


def _counts(units: Sequence[Unit]) -> npt.NDArray[np.float64]:
    """How many coders said each value of each unit: a row a unit, a column a value."""
    values = sorted({value for one in units for value in one.values()})
    place = {value: at for at, value in enumerate(values)}
    found = np.zeros((len(units), len(values)))
    for at, one in enumerate(units):
        for value in one.values():
            found[at, place[value]] += 1
    return found


def _same(counts: npt.NDArray[np.float64]) -> float | None:
    number = counts.sum(axis=1)
    pairs = float((number * (number - 1)).sum())
    return float((counts * (counts - 1)).sum()) / pairs if pairs else None


def alpha(counts: npt.NDArray[np.float64], resamples: int = 1000) -> Estimate:
    """Alpha of nominal values with its 95 % interval, from how often each value was said of a unit.

    ``None`` where fewer than two values occur, since chance alone would always agree.
    """
    counts = counts[counts.sum(axis=1) > 1]
    if not len(counts):
        return Estimate(None)
    number = counts.sum(axis=1)
    equal = (counts * (counts - 1)).sum(axis=1) / (number - 1)

    def figure(times: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        of_value, total = times @ counts, times @ number
        differing = 1 - (times @ equal) / total
        by_chance = 1 - (of_value * (of_value - 1)).sum(axis=-1) / (total * (total - 1))
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(by_chance > 0, 1 - differing / by_chance, np.nan)

    value = float(figure(np.ones(len(counts))))
    if np.isnan(value):
        return Estimate(None)
    if len(counts) < 2:
        return Estimate(value)
    spread = figure(drawings(len(counts), resamples))
    if np.isnan(spread).all():
        return Estimate(value)
    low, high = np.nanpercentile(spread, [2.5, 97.5])
    return Estimate(value, float(low), float(high))
