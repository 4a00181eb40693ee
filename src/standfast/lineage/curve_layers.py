"""The layers of a survival chart: curves, intervals, censored lives, names, and numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from standfast.lineage.endurance import settings
from standfast.lineage.survival import Curve

if TYPE_CHECKING:
    import altair as alt

FAINT = "#6b7280"
_ROW = 17
"""Height of a line of the table below the plot, in pixels."""
_MOST_SHADED = 3
"""Bands of more curves lie over one another in a grey cloud: bars stand in for them."""
_APART = 0.06
"""Least distance of two names at the right margin, as a share of the plot's height."""
_BESIDE = 0.008
"""Distance of two bars of one year, as a share of the axis."""
_BEYOND = 1.02
"""Where the names stand, in lengths of the axis."""


@dataclass(frozen=True, slots=True)
class Frame:
    """How large a picture is drawn: the plot in pixels, the letters of a line of small print.

    ``margin`` are the pixels that names have beside the plot, ``brief`` says less there.
    """

    width: int
    height: int
    letters: int
    margin: int
    brief: bool = False


PAGE = Frame(600, 340, 132, 400)
"""For a page's width, on a screen or in print."""
PHONE = Frame(184, 240, 56, 104, brief=True)
"""For a telephone held upright: 350 pixels in all."""


def shaded(shown: Sequence[Curve]) -> bool:
    """Whether intervals are bands along the curves; else they are bars at the axis's ticks."""
    return len(shown) <= _MOST_SHADED


def _years(days: float) -> float:
    return float(days / settings()["days_of_a_year"])


def _longest(shown: Sequence[Curve]) -> float:
    """The end of the axis, in years; a little wide of the longest life."""
    return max(_years(one.steps[-1].days) for one in shown) * 1.01 or 1.0


def _ticks(shown: Sequence[Curve]) -> list[float]:
    end = _longest(shown)
    step = 0.25 if end < 1 else 0.5 if end < 3 else 1 if end < 10 else math.ceil(end / 8)
    return [step * count for count in range(int(end / step) + 1)]


def _axis(shown: Sequence[Curve], **said: Any) -> alt.X:
    import altair as alt

    return alt.X(
        "years:Q",
        scale=alt.Scale(domain=[0, _longest(shown)], nice=False),
        axis=alt.Axis(values=_ticks(shown), **said),
    )


def survival_plot(
    shown: Sequence[Curve],
    labels: Sequence[str],
    scales: Mapping[str, alt.Scale],
    frame: Frame = PAGE,
) -> alt.LayerChart:
    """The curves with their intervals, a stroke where lives are censored, and their names."""
    import altair as alt

    lines, strokes = [], []
    for one, label in zip(shown, labels, strict=True):
        lines.append({"group": label, "order": 0, "years": 0, "s": 1, "low": 1, "high": 1})
        for order, step in enumerate(one.steps, 1):
            at = {"group": label, "years": _years(step.days), "s": step.survival}
            lines.append({**at, "order": order, "low": step.low, "high": step.high})
            if step.censored:
                strokes.append(at)
    x = _axis(shown, title="years since the first mention", grid=False, labelFlush=False)
    y = alt.Y(
        "s:Q",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format=".0%", values=[0, 0.25, 0.5, 0.75, 1], title="still standing"),
    )
    colour = alt.Color("group:N", scale=scales["color"], legend=None)
    dash = alt.StrokeDash("group:N", scale=scales["strokeDash"], legend=None)
    base = alt.Chart(alt.InlineData(lines))
    if shaded(shown):
        interval = base.mark_area(interpolate="step-after", opacity=0.14)
    else:
        bars = alt.InlineData(list(_bars(shown, labels)))
        interval = alt.Chart(bars).mark_rule(strokeWidth=1.4, opacity=0.75)
    band = interval.encode(x, alt.Y("low:Q").stack(None), alt.Y2("high:Q"), colour)
    curve = base.mark_line(interpolate="step-after", strokeWidth=2).encode(
        x, y, colour, dash, order="order:Q"
    )
    half = alt.Chart(alt.InlineData([{"s": 0.5}])).mark_rule(color=FAINT, strokeDash=[1, 3])
    seen = alt.Chart(alt.InlineData(strokes)).mark_point(
        shape="stroke", angle=90, size=55, strokeWidth=1.1, opacity=0.9
    )
    text = alt.Chart(alt.InlineData(_margin(shown, labels))).mark_text(
        align="left", dx=8, limit=frame.margin
    )
    layers = [
        half.encode(y),
        band,
        curve,
        seen.encode(x, y, colour),
        _leaders(shown, labels).encode(x, y, colour, detail="group:N"),
        text.encode(x, y, alt.Text("said:N"), colour),
    ]
    return alt.LayerChart(layer=layers, width=frame.width, height=frame.height)


def _bars(shown: Sequence[Curve], labels: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Each curve's interval at each tick but the first, side by side."""
    middle = (len(shown) - 1) / 2
    for place, (one, label) in enumerate(zip(shown, labels, strict=True)):
        aside = (place - middle) * _BESIDE * _longest(shown)
        for years in _ticks(shown)[1:]:
            if share := one.at(years):
                at = {"group": label, "years": years + aside}
                yield {**at, "low": share.low, "high": share.high}


def _leaders(shown: Sequence[Curve], labels: Sequence[str]) -> alt.Chart:
    """A hairline from each curve's end to its name."""
    import altair as alt

    place = {one["group"]: one for one in _margin(shown, labels)}
    ends = [
        {"group": label, "years": _years(one.steps[-1].days), "s": one.steps[-1].survival}
        for one, label in zip(shown, labels, strict=True)
    ]
    points = [point for end in ends for point in (end, place[end["group"]])]
    chart: alt.Chart = alt.Chart(alt.InlineData(points)).mark_line(strokeWidth=0.8, opacity=0.45)
    return chart


def _margin(shown: Sequence[Curve], labels: Sequence[str]) -> list[dict[str, Any]]:
    """Each curve's name at the right, by its end, none upon another."""
    ends = sorted(zip((one.steps[-1].survival for one in shown), labels, strict=True), reverse=True)
    heights = _spread([value for value, _ in ends])
    beyond = _longest(shown) * _BEYOND
    return [
        {"years": beyond, "s": height, "group": label, "said": label}
        for height, (_, label) in zip(heights, ends, strict=True)
    ]


def _spread(heights: Sequence[float]) -> list[float]:
    """Falling heights moved apart by as little as need be, each crowd about its own middle."""
    crowds: list[list[float]] = []
    for height in heights:
        crowd = [height]
        while crowds and _middle(crowds[-1]) - _middle(crowd) < _APART * _half(crowds[-1], crowd):
            crowd = crowds.pop() + crowd
        crowds.append(crowd)
    placed = []
    for crowd in crowds:
        reach = _APART * (len(crowd) - 1) / 2
        middle = _middle(crowd)
        placed += [middle + reach - _APART * index for index in range(len(crowd))]
    return placed


def _middle(crowd: Sequence[float]) -> float:
    """Where a crowd wants to stand; it may reach neither below the axis nor above the plot."""
    reach = _APART * (len(crowd) - 1) / 2
    return max(min(sum(crowd) / len(crowd), 1 - reach), reach)


def _half(upper: Sequence[float], lower: Sequence[float]) -> float:
    """How many names' distance two crowds need between their middles."""
    return (len(upper) + len(lower)) / 2


def risk_table(
    shown: Sequence[Curve],
    labels: Sequence[str],
    scales: Mapping[str, alt.Scale],
    frame: Frame = PAGE,
) -> alt.LayerChart:
    """How many commitments were still followed at each tick of the axis."""
    import altair as alt

    cells = [
        {"group": label, "years": years, "said": str(one.at_risk(_days(years)))}
        for one, label in zip(shown, labels, strict=True)
        for years in _ticks(shown)
    ]
    ends = [
        {
            "group": label,
            "years": _longest(shown) * _BEYOND,
            "said": f"{'' if frame.brief else f'{label}: '}{one.ended} of {one.n} ended",
        }
        for one, label in zip(shown, labels, strict=True)
    ]
    x = _axis(shown, title=None, labels=False, ticks=False, domain=False, grid=False)
    y = alt.Y("group:N", sort=list(labels), axis=None)
    colour = alt.Color("group:N", scale=scales["color"], legend=None)
    text = alt.Text("said:N")
    counts = alt.Chart(alt.InlineData(cells)).mark_text().encode(x, y, text, colour)
    sums = alt.Chart(alt.InlineData(ends)).mark_text(align="left", dx=8, limit=frame.margin)
    sums = sums.encode(x, y, text, colour)
    return alt.LayerChart(
        layer=[counts, sums],
        width=frame.width,
        height=_ROW * len(labels),
        title=alt.TitleParams("Still followed", anchor="start", fontSize=11, color=FAINT, offset=2),
    )


def _days(years: float) -> float:
    return float(years * settings()["days_of_a_year"])
