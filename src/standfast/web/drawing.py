"""Pictures for pages: columns by year, and any chart in the desk's colours, light or dark."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from fastapi import Request
from starlette.responses import Response

from standfast.report.signs import ACT_SIGNS
from standfast.web.downloads import file
from standfast.web.once import once
from standfast.web.pages import ACT_NAMES, shelf_of
from standfast.web.tallies import Tally

_LIGHT = {
    "paper": "#fcfbf8", "ink": "#1d1c1a", "faint": "#625f58", "rule": "#d9d5ca",
    "commitment": "#2a6637", "request": "#0d6470", "delivery": "#26569c",
    "affirmation": "#6a5637", "condemnation": "#a1281f", "warning": "#8a5300",
}  # fmt: skip
_DARK = {
    "paper": "#16181a", "ink": "#e9e6df", "faint": "#a5a199", "rule": "#3a3d40",
    "commitment": "#86c892", "request": "#74c7d2", "delivery": "#94b8f0",
    "affirmation": "#cdb48d", "condemnation": "#f0938a", "warning": "#e5b164",
}  # fmt: skip
_NIGHT = {
    "white": _DARK["paper"], "#1f2937": _DARK["ink"], "#6b7280": _DARK["faint"],
    "#eceff3": _DARK["rule"], "#0072B2": "#6cb6ea", "#D55E00": "#ff9a5c", "#009E73": "#4fd0a5",
    "#8A5A9E": "#cda2e6", "#B8860B": "#e2bb55", "#333333": "#d0cdc6",
}  # fmt: skip
"""Colours of the charts of lineage, by day and what stands for them by night."""
_FONT = "Source Sans 3, Segoe UI, Roboto, Helvetica Neue, Arial, Liberation Sans, sans-serif"
_WIDTH, _NARROW = 620, 296
"""Pixels of the columns by year: on a page, and on a telephone."""
_SCALE = 2.0
"""Of PNG, against the picture's own pixels."""


def wanted(request: Request) -> bool:
    """Whether a picture is asked for in the colours of the night."""
    return request.query_params.get("dark") == "1"


def narrow(request: Request) -> bool:
    """Whether a picture is asked for that fits a telephone."""
    return request.query_params.get("narrow") == "1"


def years_chart(
    counted: Sequence[Tally], kinds: Iterable[str], *, dark: bool, width: int = _WIDTH
) -> Any:
    """Columns by year, a row of them for each kind of act with its sign and name before it."""
    import altair as alt

    tone = _DARK if dark else _LIGHT
    shown = [kind for kind in kinds if any(one.kinds[kind] for one in counted)]
    names = {kind: f"{ACT_SIGNS[kind][0]} {ACT_NAMES[kind]}" for kind in shown}
    rows = [
        {"year": one.value, "act": names[kind], "number": one.kinds[kind]}
        for one in counted
        for kind in shown
    ]
    columns = alt.Chart(alt.InlineData(rows)).encode(
        alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap="greedy")),
        alt.Y("number:Q", title=None, axis=alt.Axis(tickCount=3, format=",d")),
    )
    colour = alt.Color(
        "act:N",
        legend=None,
        scale=alt.Scale(domain=list(names.values()), range=[tone[kind] for kind in shown]),
    )
    drawn = columns.mark_bar(size=_thin(len(counted), width)).encode(colour)
    head = alt.Header(
        labelAngle=0, labelAlign="left", labelOrient="top", labelAnchor="start", title=None,
        labelColor=tone["ink"], labelFontSize=12, labelPadding=3,
    )  # fmt: skip
    order = list(names.values())
    facets = drawn.properties(width=width, height=54).facet(
        row=alt.Row("act:N", sort=order, header=head), spacing=14
    )
    return _dressed(facets, tone)


def _thin(years: int, width: int) -> float:
    """The breadth of a column, in pixels: two thirds of what a year has."""
    return max(3.0, min(26.0, width * 2 / 3 / max(years, 1)))


def _dressed(chart: Any, tone: Mapping[str, str]) -> Any:
    return (
        chart.configure(font=_FONT, background=tone["paper"], padding=8)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=tone["faint"],
            gridColor=tone["rule"],
            domainColor=tone["faint"],
            tickColor=tone["faint"],
            labelFontSize=11,
        )
    )


def of_lineage(spec: Mapping[str, Any], *, dark: bool) -> dict[str, Any]:
    """A chart of :mod:`standfast.lineage.charts` on the desk's paper, by day or by night."""
    said = json.dumps(spec)
    if not dark:
        said = said.replace('"white"', json.dumps(_LIGHT["paper"]))
    for day, night in _NIGHT.items() if dark else ():
        said = said.replace(json.dumps(day), json.dumps(night))
    found: dict[str, Any] = json.loads(said)
    return found


def drawn(spec: Mapping[str, Any], style: str) -> bytes:
    """A chart as SVG or PNG, without a network."""
    import altair as alt
    import vl_convert

    dialect = ".".join(alt.SCHEMA_VERSION.lstrip("v").split(".")[:2])
    if style == "svg":
        return str(vl_convert.vegalite_to_svg(dict(spec), vl_version=dialect)).encode()
    return bytes(vl_convert.vegalite_to_png(dict(spec), vl_version=dialect, scale=_SCALE))


def years_picture(
    request: Request, name: str, counted: Sequence[Tally], kinds: Sequence[str], style: str
) -> Response:
    """The columns by year as an answer; drawn once for a state of the ledger and an address."""
    dark, width = wanted(request), _NARROW if narrow(request) else _WIDTH
    key = ("picture", request.url.path, str(request.url.query))

    def make() -> bytes:
        return drawn(years_chart(counted, kinds, dark=dark, width=width).to_dict(), style)

    return file(request, name, once(shelf_of(request), key, make), style, shown=True)
