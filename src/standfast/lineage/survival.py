"""Survival curves of commitments, and their table.

The product-limit estimate is that of Kaplan and Meier (1958), its pointwise interval Greenwood's on
the scale of log(-log S), which never leaves 0 to 1 (Kalbfleisch and Prentice, *The Statistical
Analysis of Failure Time Data*); both are computed by SciPy. What each figure may be
taken to say is in ``docs/endurance.md``.
"""

from __future__ import annotations

import math
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from standfast.lineage.endurance import ENDS, By, End, Lifetime, settings

_HAIR = 1e-9
"""Rounding error that does not keep a curve from having reached one half."""
ALL = "all commitments"
At = Callable[[int], float]
"""A share after a number of days."""


@dataclass(frozen=True, slots=True)
class Step:
    """One point of a curve, a number of days after the first mention.

    ``survival`` is the share still standing after what happened on that day, ``low`` and ``high``
    its interval, ``at_risk`` how many stood until that day, ``ended`` and ``censored`` the
    identifiers of the commitments that ended there, or were last seen standing.
    """

    days: int
    survival: float
    low: float
    high: float
    at_risk: int
    ended: tuple[str, ...] = ()
    censored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """The share still standing after some years, with its interval; between 0 and 1."""

    years: float
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Curve:
    """The curve of one group; ``by`` is ``None`` for all commitments together.

    ``steps`` begin at day 0. ``ends`` counts how commitments ended. ``half_life`` is the first day
    on which no more than half still stand, ``None`` where the curve stays above one half; ``early``
    and ``late`` are the same for the interval's two edges.
    """

    by: By | None
    group: str
    steps: tuple[Step, ...]
    ends: Mapping[End, int]
    half_life: int | None
    early: int | None
    late: int | None

    @property
    def n(self) -> int:
        """Commitments in the group."""
        return self.steps[0].at_risk

    @property
    def ended(self) -> int:
        """Those among them that ended."""
        return sum(self.ends.values())

    def at(self, years: float) -> Share | None:
        """The share still standing; ``None`` where no commitment was followed for so long."""
        days = years * settings()["days_of_a_year"]
        step = [one for one in self.steps if one.days <= days][-1]
        if step is self.steps[-1] and step.days < days and step.survival > 0:
            return None
        return Share(years, step.survival, step.low, step.high)

    def at_risk(self, days: float) -> int:
        """How many have been followed for at least so many days without an end before them."""
        return next((one.at_risk for one in self.steps if one.days >= days), 0)


@dataclass(frozen=True, slots=True)
class Curves:
    """The curves of all groups that are large enough, and the sizes of those that are not.

    Largest groups come first, those of strength in the order of strength. ``young`` counts the
    commitments that no curve counts because they were first made too recently. A commitment with
    several themes or obligors is in several groups.
    """

    by: By | None
    curves: tuple[Curve, ...]
    small: Mapping[str, int]
    young: int

    def remarks(self) -> tuple[str, ...]:
        """What is not drawn, in sentences."""
        said = []
        if self.small:
            names = ", ".join(f"{name} ({size})" for name, size in self.small.items())
            least = settings()["least_group"]
            said.append(f"Groups of fewer than {least} commitments have no curve: {names}.")
        if self.young:
            days = settings()["settling_days"]
            said.append(
                f"Left out: {number(self.young, 'commitment')} first made in the last {days} days,"
                " too recent to have been found silent."
            )
        return tuple(said)

    def record(self) -> dict[str, Any]:
        """As JSON: every point with the commitments behind it."""
        return {
            "by": self.by,
            "curves": [
                {
                    "group": curve.group,
                    "n": curve.n,
                    "ended": curve.ended,
                    "ends": dict(curve.ends),
                    "half_life_days": curve.half_life,
                    "half_life_low": curve.early,
                    "half_life_high": curve.late,
                    "steps": [
                        {
                            "days": one.days,
                            "standing": round(one.survival, 6),
                            "low": round(one.low, 6),
                            "high": round(one.high, 6),
                            "at_risk": one.at_risk,
                            "ended": list(one.ended),
                            "censored": list(one.censored),
                        }
                        for one in curve.steps
                    ],
                }
                for curve in self.curves
            ],
            "small": dict(self.small),
            "young": self.young,
            "remarks": list(self.remarks()),
        }


def curves(found: Iterable[Lifetime], by: By | None = None) -> Curves:
    """The curve of each group, or of all together; too young lives are left out."""
    everyone = list(found)
    grown = [one for one in everyone if not one.young]
    groups: dict[str, list[Lifetime]] = defaultdict(list)
    for one in grown:
        for name in one.groups(by) if by else (ALL,):
            groups[name].append(one)
    order = sorted(groups, key=lambda name: (_rank(by, name), -len(groups[name]), name))
    least = settings()["least_group"]
    return Curves(
        by,
        tuple(_curve(by, name, groups[name]) for name in order if len(groups[name]) >= least),
        {name: len(groups[name]) for name in order if len(groups[name]) < least},
        len(everyone) - len(grown),
    )


def table(found: Curves) -> list[dict[str, Any]]:
    """One row a curve: size, ends, half-life, and the share still standing after some years.

    ``half_life`` is in days, or the words "not reached"; a share is "not observed" after more years
    than any commitment was followed. Shares and intervals lie between 0 and 1.
    """
    rows = []
    for curve in found.curves:
        row: dict[str, Any] = {"group": curve.group, "n": curve.n, "ended": curve.ended}
        row |= {how: curve.ends.get(how, 0) for how in ENDS}
        row["half_life"] = _reached(curve.half_life)
        row["half_life_low"] = _reached(curve.early)
        row["half_life_high"] = _reached(curve.late)
        for years in settings()["years"]:
            share = curve.at(years)
            name = f"standing_{years}y"
            row[name] = round(share.value, 4) if share else "not observed"
            row[f"{name}_low"] = round(share.low, 4) if share else None
            row[f"{name}_high"] = round(share.high, 4) if share else None
        rows.append(row)
    return rows


def _curve(by: By | None, group: str, held: Sequence[Lifetime]) -> Curve:
    standing, lower, upper = _estimate(held)
    on: dict[int, list[Lifetime]] = defaultdict(list)
    for one in sorted(held, key=lambda one: one.commitment):
        on[one.days].append(one)
    steps: list[Step] = []
    for days in sorted({0, *on}):
        value = _within(standing(days), 0.0)
        # Where none is left the formula has no value above; what held the day before still holds.
        top = steps[-1].high if steps and value == 0 else upper(days)
        steps.append(
            Step(
                days,
                value,
                min(_within(lower(days), 0.0), value),
                max(_within(top, 1.0), value),
                sum(one.days >= days for one in held),
                tuple(one.commitment for one in on[days] if one.ended),
                tuple(one.commitment for one in on[days] if not one.ended),
            )
        )
    ends = Counter(one.how for one in held)
    return Curve(
        by,
        group,
        tuple(steps),
        {how: ends[how] for how in ENDS if ends[how]},
        _half([(one.days, one.survival) for one in steps]),
        _half([(one.days, one.low) for one in steps]),
        _half([(one.days, one.high) for one in steps]),
    )


def _estimate(held: Sequence[Lifetime]) -> tuple[At, At, At]:
    """The share standing after a number of days, and the edges of its interval."""
    from scipy.stats import CensoredData, ecdf

    followed = CensoredData.right_censored(
        [one.days for one in held], [not one.ended for one in held]
    )
    share = ecdf(followed).sf
    with warnings.catch_warnings():
        # Where nobody has ended, or nobody is left, the formula has no value: NaN, seen to below.
        warnings.simplefilter("ignore", RuntimeWarning)
        edges = share.confidence_interval(settings()["confidence"], method="log-log")
    return share.evaluate, edges.low.evaluate, edges.high.evaluate


def _within(value: float, otherwise: float) -> float:
    """The share as a number between 0 and 1, ends without rounding error."""
    value = float(value)
    if math.isnan(value):
        return otherwise
    if abs(value - round(value)) < _HAIR:
        value = round(value)
    return min(max(float(value), 0.0), 1.0)


def _half(points: Iterable[tuple[int, float]]) -> int | None:
    return next((days for days, value in points if value <= 0.5 + _HAIR), None)


def _reached(days: int | None) -> int | str:
    return "not reached" if days is None else days


def _rank(by: By | None, name: str) -> int:
    order = {"strength": ("firm", "intent", "soft")}.get(by or "", ())
    return order.index(name) if name in order else len(order)


def number(count: int, noun: str) -> str:
    """A count with its noun, which takes an s."""
    return f"{count} {noun}" + ("" if count == 1 else "s")
