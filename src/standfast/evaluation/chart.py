"""The reliability chart, as SVG."""

from __future__ import annotations

import math
from collections.abc import Mapping
from xml.etree import ElementTree as ET

from standfast.evaluation.calibration import Bin, Reliability

_WIDTH, _HEIGHT = 460, 430
_LEFT, _TOP, _SIDE = 64, 24, 340
"""The square from 0 to 1 on both axes, in pixels."""
_APART = 0.06
"""Least distance of a bin from all others for its number to stand beside it."""
_STYLE = """
.reliability{--ink:#1f2937;--faint:#9ca3af;--line:#e5e7eb;--dot:#2563eb}
@media (prefers-color-scheme:dark){
.reliability{--ink:#e5e7eb;--faint:#6b7280;--line:#374151;--dot:#60a5fa}}
.reliability text{font:12px system-ui,sans-serif;fill:var(--ink)}
.reliability .count{font-size:10px;fill:var(--ink);opacity:.75}
.reliability .grid{stroke:var(--line)}
.reliability .axis{stroke:var(--faint)}
.reliability .even{stroke:var(--faint);stroke-dasharray:5 4}
.reliability .whisker{stroke:var(--dot);stroke-opacity:.45;stroke-width:2}
.reliability .path{stroke:var(--dot);stroke-opacity:.6;fill:none}
.reliability .dot{fill:var(--dot)}
"""


def reliability_chart(
    found: Reliability, title: str = "Confidence and how often it is right"
) -> str:
    """An SVG picture: a dot a bin with its number of acts, its interval, and the diagonal.

    On the diagonal confidences are as they should be; below it they are too high. Legible on light
    and dark ground.
    """
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {_WIDTH} {_HEIGHT}",
            "width": str(_WIDTH),
            "height": str(_HEIGHT),
            "class": "reliability",
            "role": "img",
        },
    )
    _add(root, "title", {}, title)
    _add(root, "style", {}, _STYLE)
    _axes(root)
    if found.bins:
        points = " ".join(f"{_x(one.confidence)},{_y(one.right)}" for one in found.bins)
        _add(root, "polyline", {"class": "path", "points": points})
    for one in found.bins:
        # Where dots crowd, their numbers would lie on one another; pointing at a dot tells them.
        free = not any(
            abs(one.confidence - other.confidence) < _APART
            and abs(one.right - other.right) < _APART
            for other in found.bins
            if other is not one
        )
        _dot(root, one, found.count, labelled=free)
    return ET.tostring(root, encoding="unicode")


def _axes(root: ET.Element) -> None:
    for tenths in range(0, 11, 2):
        value = tenths / 10
        _line(root, "grid", (value, 0), (value, 1))
        _line(root, "grid", (0, value), (1, value))
        label = f"{value:.1f}"
        below = {"x": _x(value), "y": str(_TOP + _SIDE + 18), "text-anchor": "middle"}
        beside = {"x": str(_LEFT - 8), "y": str(float(_y(value)) + 4), "text-anchor": "end"}
        _add(root, "text", below, label)
        _add(root, "text", beside, label)
    _line(root, "axis", (0, 0), (1, 0))
    _line(root, "axis", (0, 0), (0, 1))
    _line(root, "even", (0, 0), (1, 1))
    middle = _LEFT + _SIDE / 2
    low = {"x": str(middle), "y": str(_HEIGHT - 22), "text-anchor": "middle"}
    _add(root, "text", low, "confidence of the extractor")
    at = _TOP + _SIDE / 2
    up = {"x": "18", "y": str(at), "text-anchor": "middle", "transform": f"rotate(-90 18 {at})"}
    _add(root, "text", up, "share that the coder marked too")


def _dot(root: ET.Element, one: Bin, total: int, *, labelled: bool) -> None:
    radius = 3 + 6 * math.sqrt(one.count / total)
    group = _add(root, "g", {})
    said = f"{one.count} acts: confidence {one.confidence:.2f}, right {one.right:.2f}"
    _add(group, "title", {}, f"{said} (95 %: {one.low:.2f}–{one.high:.2f})")
    _line(group, "whisker", (one.confidence, one.low), (one.confidence, one.high))
    place = {"cx": _x(one.confidence), "cy": _y(one.right), "r": f"{radius:.1f}", "class": "dot"}
    _add(group, "circle", place)
    if not labelled:
        return
    # Beside the dot, on the side that has room.
    right = one.confidence < 0.93
    aside = radius + 3 if right else -radius - 3
    where = {
        "x": f"{float(_x(one.confidence)) + aside:.1f}",
        "y": f"{float(_y(one.right)) + 12:.1f}",
        "text-anchor": "start" if right else "end",
        "class": "count",
    }
    _add(group, "text", where, str(one.count))


def _x(value: float) -> str:
    return f"{_LEFT + _SIDE * value:.1f}"


def _y(value: float) -> str:
    return f"{_TOP + _SIDE * (1 - value):.1f}"


def _line(
    parent: ET.Element, name: str, start: tuple[float, float], end: tuple[float, float]
) -> None:
    ends = {"x1": _x(start[0]), "y1": _y(start[1]), "x2": _x(end[0]), "y2": _y(end[1])}
    _add(parent, "line", {"class": name, **ends})


def _add(parent: ET.Element, tag: str, said: Mapping[str, str], text: str = "") -> ET.Element:
    element = ET.SubElement(parent, tag, dict(said))
    if text:
        element.text = text
    return element
