"""The test between two groups of commitments: Mantel's log-rank test (1966), by SciPy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from standfast.lineage.endurance import Group, Lifetime, settings
from standfast.lineage.survival import number
from standfast.model.errors import StandfastError


@dataclass(frozen=True, slots=True)
class Comparison:
    """A log-rank test of whether commitments of two groups end at the same rate.

    ``statistic`` is chi-squared with one degree of freedom, ``p`` the chance of one at least as
    large if both rates were the same; both are ``None`` where nothing has ended that could be
    compared. ``both`` counts commitments that belong to both groups and are left out of the test.
    """

    a: Group
    b: Group
    n_a: int
    n_b: int
    ended_a: int
    ended_b: int
    both: int
    statistic: float | None
    p: float | None
    cautions: tuple[str, ...] = ()

    def record(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "a": str(self.a),
            "b": str(self.b),
            "n": [self.n_a, self.n_b],
            "ended": [self.ended_a, self.ended_b],
            "both": self.both,
            "statistic": self.statistic,
            "p": self.p,
            "cautions": list(self.cautions),
        }


def compare(found: Sequence[Lifetime], a: Group, b: Group) -> Comparison:
    """Test whether two groups end at the same rate, by the log-rank test.

    Raises :class:`StandfastError` where a group is empty.
    """
    from scipy.stats import logrank

    grown = [one for one in found if not one.young]
    in_a, in_b = ([one for one in grown if group.holds(one)] for group in (a, b))
    names = {one.commitment for one in in_a} & {one.commitment for one in in_b}
    for group, held in ((a, in_a), (b, in_b)):
        only = [one for one in held if one.commitment not in names]
        if not only:
            raise _empty(group, grown, shared=bool(held))
    first, second = ([one for one in held if one.commitment not in names] for held in (in_a, in_b))
    ended_a, ended_b = (sum(one.ended for one in held) for held in (first, second))
    statistic, p = None, None
    if _comparable(first, second):
        result = logrank(_followed(first), _followed(second))
        # SciPy gives the normal deviate; its square is chi-squared with one degree of freedom.
        statistic, p = float(result.statistic) ** 2, float(result.pvalue)
    cautions = _cautions(len(first), len(second), ended_a + ended_b, len(names), statistic)
    return Comparison(
        a, b, len(first), len(second), ended_a, ended_b, len(names), statistic, p, cautions
    )


def _followed(held: Sequence[Lifetime]) -> Any:
    from scipy.stats import CensoredData

    return CensoredData.right_censored([one.days for one in held], [not one.ended for one in held])


def _comparable(first: Sequence[Lifetime], second: Sequence[Lifetime]) -> bool:
    """Whether anything ended while commitments of both groups were still followed."""
    common = min(max(one.days for one in held) for held in (first, second))
    return any(one.ended and one.days <= common for held in (first, second) for one in held)


def _cautions(
    n_a: int, n_b: int, ended: int, both: int, statistic: float | None
) -> tuple[str, ...]:
    said = []
    if statistic is None:
        said.append("Nothing ended while both groups were followed: there is nothing to compare.")
    elif ended < settings()["least_ends"]:
        said.append(f"Only {number(ended, 'end')}: the p-value is a rough one.")
    if min(n_a, n_b) < settings()["least_group"]:
        said.append(f"A group has fewer than {settings()['least_group']} commitments.")
    if both:
        said.append(f"{number(both, 'commitment')} in both groups left out.")
    return tuple(said)


def _empty(group: Group, grown: Sequence[Lifetime], *, shared: bool) -> StandfastError:
    if shared:
        return StandfastError(
            str(group), "all its commitments are in the other group too", "compare other groups"
        )
    known = sorted({name for one in grown for name in one.groups(group.by)})
    remedy = f"there are {', '.join(known)}" if known else "no commitment is old enough to count"
    return StandfastError(str(group), "no commitment is in this group", remedy)
