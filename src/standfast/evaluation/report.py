"""The report: a page of its own with figures, calibration, and every mistake in its sentence."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from itertools import pairwise

from standfast.evaluation.agreement import NOTHING
from standfast.evaluation.chart import reliability_chart
from standfast.evaluation.coded import CodedRecord
from standfast.evaluation.errors import MISTAKES, Mistake, said_sums
from standfast.evaluation.html import Html, element, joined, page, table
from standfast.evaluation.measures import GROUPS
from standfast.evaluation.resampling import Estimate
from standfast.evaluation.result import Evaluation, Figure, interval, number
from standfast.model import ACT_KINDS, Act


def html_report(evaluation: Evaluation) -> str:
    """A readable HTML page that needs no other file and no network."""
    title = f"How well “{evaluation.coded.name}” was found"
    style = (resources.files("standfast.evaluation") / "report.css").read_text(encoding="utf-8")
    return page(
        title,
        style,
        element(
            "main",
            element("h1", title),
            element("p", evaluation.summary(), class_="lead"),
            element("p", f"Extractor {evaluation.extractor}", class_="faint"),
            _notes(evaluation),
            element("h2", "Figures"),
            _figures(evaluation),
            _reading(),
            element("h2", "Confidence"),
            _calibration(evaluation),
            element("h2", "Which act was found as which"),
            _confusion(evaluation),
            element("h2", "Differences, one by one"),
            *_mistakes(evaluation),
        ),
    )


def _notes(evaluation: Evaluation) -> Html:
    if not evaluation.notes:
        return Html("")
    return element("ul", *(element("li", note) for note in evaluation.notes), class_="notes")


def _figures(evaluation: Evaluation) -> Html:
    head = ("", "", "95 %", "", "precision", "recall", "α", "coded", "found", "what it counts")
    rows: list[Html] = []
    for group, heading in GROUPS.items():
        title = element("th", heading, colspan=str(len(head)), scope="rowgroup")
        rows.append(element("tr", title, class_="group"))
        rows += [_figure(one) for one in evaluation.figures if one.measure.group == group]
    return element("div", table(head, rows, class_="figures"), class_="wide")


def _figure(one: Figure) -> Html:
    value = one.value
    agreed = joined([_number(one.alpha), " ", _small(interval(one.alpha))])
    return element(
        "tr",
        element("th", one.measure.title, scope="row"),
        _cell(element("strong", _number(value))),
        _cell(interval(value), "faint number"),
        element("td", _bar(value)),
        _cell(_number(one.precision)),
        _cell(_number(one.recall)),
        _cell(agreed),
        _cell(f"{one.coded:,}"),
        _cell(f"{one.found:,}"),
        _cell(one.measure.meaning, "faint"),
    )


def _number(one: Estimate | None) -> str:
    if one is None:
        return ""
    return "–" if one.value is None else number(one.value)


def _small(text: str) -> Html:
    return element("small", text, class_="faint") if text else Html("")


def _cell(content: str, kind: str = "number") -> Html:
    return element("td", content, class_=kind)


def _bar(one: Estimate) -> Html:
    """A figure and its interval on a line from 0 to 1."""
    if one.value is None:
        return Html("")
    parts = []
    if one.low is not None and one.high is not None:
        wide = f"left:{one.low:.2%};width:{max(one.high - one.low, 0.004):.2%}"
        parts.append(element("i", class_="range", style=wide))
    parts.append(element("i", class_="point", style=f"left:{one.value:.2%}"))
    return element("span", *parts, class_="bar")


def _reading() -> Html:
    return element(
        "p",
        "Figures are F1, or a share where there is no precision. Intervals hold 95 % of a thousand "
        "drawings of whole documents. α is Krippendorff’s alpha between coder and extractor: 0 is "
        "what guessing gives, 1 is full agreement; for acts of all kinds it compares the whole set "
        "of a sentence, for themes the main one. A dash: nothing to measure.",
        class_="faint",
    )


def _calibration(evaluation: Evaluation) -> Html:
    found = evaluation.reliability
    if found.error is None or found.brier is None:
        return element("p", "Nothing was found in the coded sentences.")
    said = element(
        "p",
        f"On the dashed line a confidence of 0.8 is right eight times in ten; below it the "
        f"extractor is too sure. Over {found.count:,} found acts the two lie "
        f"{found.error:.3f} apart on average (expected calibration error); the Brier score is "
        f"{found.brier:.3f}. Right is an act of a kind that the coder marked in the sentence. "
        f"A dot is of some {round(found.count / len(found.bins)):,} acts, the line through it its "
        "95 % interval.",
    )
    return element("div", Html(reliability_chart(found)), said, class_="beside")


def _confusion(evaluation: Evaluation) -> Html:
    counts = evaluation.confusion()
    names = (*ACT_KINDS, NOTHING)
    most = max((n for pair, n in counts.items() if pair[0] != pair[1]), default=1)
    rows = []
    for coded in names:
        cells = []
        for found in names:
            number = counts[coded, found]
            kind = "same" if coded == found else "other"
            shade = f"--share:{number / most:.2f}" if kind == "other" else ""
            text = f"{number:,}" if number else "·"
            cells.append(element("td", text, class_=f"number {kind}", style=shade))
        rows.append(element("tr", element("th", coded, scope="row"), *cells))
    corner = element("th", "coded ↓  found →", scope="col", class_="faint")
    return element("div", table((corner, *names), rows, class_="confusion"), class_="wide")


def _mistakes(evaluation: Evaluation) -> Iterator[Html]:
    by_kind = evaluation.mistakes_by_kind()
    if not by_kind:
        yield element("p", "None: everything was found as it was coded.")
        return
    yield element(
        "p",
        "In the sentences the coder’s words are ",
        element("span", "shaded", class_="coded"),
        " and the extractor’s ",
        element("span", "underlined", class_="found"),
        ".",
        class_="faint",
    )
    for kind, several in by_kind.items():
        head = element(
            "summary",
            element("b", kind),
            f" {len(several):,} ",
            element("span", MISTAKES[kind], class_="faint"),
        )
        yield element("details", head, *map(_mistake, several), id=f"mistakes-{kind}")


def _mistake(one: Mistake) -> Html:
    place = element("p", f"{one.sentence.doc} · {one.detail}", class_="faint")
    sides = element(
        "div",
        _side("coded", one.coded),
        _side("found", one.found),
        class_="sides",
    )
    return element("article", place, element("p", _marked(one), class_="words"), sides)


def _side(name: str, one: CodedRecord | Act | None) -> Html:
    head = element("span", name, class_="faint")
    if one is None:
        return element("div", head, " ", element("span", "nothing", class_="faint"))
    who = " ".join(one.obligors) or "nobody"
    whom = f" → {' '.join(one.targets)}" if one.targets else ""
    rest = (
        " ".join(one.themes),
        one.strength or "",
        "reaffirms" if one.reaffirms else "",
        "conditional" if one.conditional else "",
        f"until {one.deadline}" if one.deadline else "",
        said_sums(one),
        f"confidence {one.confidence:.2f}" if isinstance(one, Act) else "",
    )
    return element(
        "div",
        head,
        " ",
        element("b", one.act),
        f" {who}{whom}",
        element("br"),
        element("span", " · ".join(filter(None, rest)), class_="faint"),
    )


def _marked(one: Mistake) -> Html:
    """The sentence with the coder's and the extractor's words marked."""
    text = one.sentence.text
    borders = {0, len(text)}
    spans: dict[str, tuple[int, int]] = {}
    if one.coded and one.coded.quote in text:
        at = text.index(one.coded.quote)
        spans["coded"] = (at, at + len(one.coded.quote))
    if one.found:
        start, end = (at - one.sentence.start for at in (one.found.start, one.found.end))
        spans["found"] = (max(0, start), min(len(text), end))
    for span in spans.values():
        borders.update(span)
    places = sorted(place for place in borders if 0 <= place <= len(text))
    pieces = []
    for start, end in pairwise(places):
        names = [name for name, (a, b) in spans.items() if a <= start and end <= b]
        words = text[start:end]
        pieces.append(element("span", words, class_=" ".join(names)) if names else words)
    return joined(pieces)
