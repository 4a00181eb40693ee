"""Survival curves as a picture: an Altair chart, to SVG or PNG without a network or a browser.

Each curve is told by colour, by dashes and by its name at the right margin, so that it can be read
in print without colour. Under it stand how many commitments were still followed, as is the custom
in medicine, and the note on what the corpus does not hold. The colours are those of Okabe and Ito
(*Color Universal Design*, 2008), which readers who see fewer colours can tell apart.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from standfast.lineage.curve_layers import (
    FAINT,
    PAGE,
    Frame,
    risk_table,
    shaded,
    survival_plot,
)
from standfast.lineage.endurance import By, settings
from standfast.lineage.survival import Curve, Curves
from standfast.model.errors import StandfastError

if TYPE_CHECKING:
    import altair as alt

_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#8A5A9E", "#B8860B", "#333333")
_DASHES = ((1, 0), (7, 3), (2, 2), (9, 3, 2, 3), (4, 4), (12, 3))
_FONT = "Arial, Helvetica, Liberation Sans, DejaVu Sans, sans-serif"
_INK = "#1f2937"
_PADDING = {"left": 8, "top": 14, "right": 34, "bottom": 14}
"""In pixels; at the right so much that names are whole where a wider face stands in for ours."""
_BY: dict[By, str] = {
    "strength": "by strength at the first mention",
    "theme": "by theme",
    "obligor": "by who owes them",
    "deadline": "with and without a date set at the first mention",
}


def survival_chart(
    found: Curves,
    caption: str = "",
    *,
    title: str = "",
    names: Mapping[str, str] | None = None,
    frame: Frame = PAGE,
) -> alt.VConcatChart:
    """The chart of these curves.

    ``caption`` is set in small print below, after what was left out; ``names`` are names to print
    for groups ("Canada" for "CAN"), ``frame`` says how large it is. Raises
    :class:`StandfastError` where no group is large enough to have a curve, saying what there is.
    """
    import altair as alt

    drawn = sorted(found.curves, key=lambda one: -one.n)[: settings()["most_drawn"]]
    shown = [one for one in found.curves if one in drawn]
    if not shown:
        why = " ".join(found.remarks()) or "there are no commitments"
        raise StandfastError("survival curves", why, "read more documents, or group otherwise")
    names = names or {}
    labels = [names.get(one.group, one.group) for one in shown]
    scales = {
        "color": alt.Scale(domain=labels, range=list(_COLOURS[: len(labels)])),
        "strokeDash": alt.Scale(domain=labels, range=[list(one) for one in _DASHES[: len(labels)]]),
    }
    below = [*found.remarks(), *_undrawn(found, shown, names), caption]
    heading = title or _heading(found.by)
    percent = round(settings()["confidence"] * 100)
    intervals = "bands" if shaded(shown) else "bars"
    chart = alt.vconcat(
        survival_plot(shown, labels, scales, frame),
        risk_table(shown, labels, scales, frame),
        spacing=8,
    ).properties(
        title=alt.TitleParams(
            textwrap.wrap(heading, frame.letters // 2),
            subtitle=textwrap.wrap(
                f"Share of commitments by years since the first mention; {intervals}: {percent}%"
                " intervals; short strokes: still standing when last looked at",
                frame.letters,
            ),
            anchor="start",
            frame="group",
            offset=14,
        )
    )
    return _dressed(alt.vconcat(chart, _small_print(" ".join(below), frame), spacing=10))


def as_svg(chart: alt.VConcatChart) -> str:
    """The picture as SVG; texts stay texts."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(chart.to_dict(), vl_version=_dialect()))


def as_png(chart: alt.VConcatChart, scale: float = 3.0) -> bytes:
    """The picture as PNG; at a scale of 3 it prints sharply at a page's width."""
    import vl_convert

    return bytes(vl_convert.vegalite_to_png(chart.to_dict(), vl_version=_dialect(), scale=scale))


def _dialect() -> str:
    """Altair's version of the Vega-Lite language, as vl-convert names it."""
    import altair as alt

    return ".".join(alt.SCHEMA_VERSION.lstrip("v").split(".")[:2])


def _heading(by: By | None) -> str:
    return f"Commitments still standing, {_BY[by]}" if by else "Commitments still standing"


def _undrawn(found: Curves, shown: Sequence[Curve], names: Mapping[str, str]) -> list[str]:
    left = [names.get(one.group, one.group) for one in found.curves if one not in shown]
    if not left:
        return []
    return [f"Only the {len(shown)} largest groups are drawn; not {', '.join(left)}."]


def _small_print(text: str, frame: Frame) -> alt.Chart:
    """The caption: text on an empty ground."""
    import altair as alt

    lines = textwrap.wrap(text, frame.letters)
    small: alt.Chart = (
        alt.Chart(alt.InlineData([{"said": lines or [""]}]))
        .mark_text(align="left", baseline="top", fontSize=10, lineHeight=13, color=FAINT)
        .encode(x=alt.value(0), y=alt.value(0), text=alt.Text("said:N"))
        .properties(width=frame.width, height=13 * max(len(lines), 1))
    )
    return small


def _dressed(chart: alt.VConcatChart) -> alt.VConcatChart:
    dressed: alt.VConcatChart = (
        chart.configure(font=_FONT, background="white", padding=_PADDING)
        .configure_view(stroke=None)
        .configure_title(fontSize=15, subtitleFontSize=11, subtitleColor=FAINT, color=_INK)
        .configure_axis(
            labelFontSize=11,
            titleFontSize=11,
            titleFontWeight="normal",
            labelColor=_INK,
            titleColor=_INK,
            gridColor="#eceff3",
            domainColor=FAINT,
            tickColor=FAINT,
        )
        .configure_text(fontSize=11)
    )
    return dressed
