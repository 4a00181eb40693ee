"""A check on a terminal: the report with its claims marked, then each beside the record's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from standfast.cli.tables import plain_table
from standfast.model import JUDGEMENTS, Checked, Evidence, Judged
from standfast.report.saying import shorten
from standfast.report.segments import paragraphs
from standfast.report.signs import BEARINGS, SIGNS

Row = dict[str, Any]
_QUOTE, _NEAR = 320, 1
"""Letters of a quote, and pieces of evidence that are only near, that are printed."""


def annotated(checked: Checked, console: Console) -> None:
    """Print the report with signs and numbers, then claim by claim what the record says."""
    console.print(Text(checked.report.title or checked.report.id, style="bold"))
    console.print(Text(f"as of {checked.as_of or 'no day'}", style="dim"))
    for note in checked.notes:
        console.print(Text(note, style="dim"))
    console.print()
    for one in paragraphs(checked):
        line = Text()
        for run in one.runs:
            line.append(_run(checked, run.claim, run.text))
        console.print(line)
        console.print()
    for at, judged in enumerate(checked.claims):
        if judged.claim.act is None:
            continue
        console.print(_head(judged, at + 1))
        for line in _body(judged):
            console.print(Padding(line, (0, 0, 0, 4)))
        if (other := checked.otherwise(at)) is not None:
            _later(checked, other, console)
        console.print()
    console.print(_counts(checked))


def _later(checked: Checked, other: Judged, console: Console) -> None:
    head = Text(f"As of {checked.also}: ", style="dim")
    head.append_text(_told(other))
    console.print(Padding(head, (0, 0, 0, 4)))
    for line in _body(other):
        console.print(Padding(line, (0, 0, 0, 6)))


def _run(checked: Checked, claim: int | None, text: str) -> Text:
    if claim is None:
        return Text(text)
    judged = checked.claims[claim]
    sign = SIGNS[judged.judgement]
    if judged.claim.act is None:
        return Text(text, style="dim")
    found = Text(f"{sign.mark}{claim + 1} ", style=f"bold {sign.colour}")
    found.append(text, style=sign.colour)
    return found


def _told(judged: Judged) -> Text:
    sign = SIGNS[judged.judgement]
    found = Text(f"{sign.mark} {sign.plain}", style=f"bold {sign.colour}")
    if judged.field:
        found.append(f" by {judged.field}", style="dim")
    found.append(f"  {judged.confidence:.2f}", style="dim")
    if judged.review:
        found.append("  for a person to decide", style="italic")
    return found


def _head(judged: Judged, number: int) -> Text:
    found = Text(f"{number:>2}. ", style="bold")
    return found.append_text(_told(judged))


def _body(judged: Judged) -> Iterator[Text]:
    yield Text(f"“{shorten(judged.claim.text, _QUOTE)}”", style="italic")
    yield Text(judged.reason)
    for one in judged.differences:
        line = Text(f"{one.field}: ", style="dim")
        line.append(f"{shorten(one.report, 90)} / {shorten(one.record, 90) or 'nothing'}")
        yield line
    yield from _proofs(judged)
    for part in judged.parts:
        line = Text("– ")
        line.append_text(_told(part))
        line.append(f"  “{shorten(part.claim.text, 120)}”", style="italic")
        yield line
        for proof in list(_proofs(part))[:1]:
            yield Text("  ").append_text(proof)


def _proofs(judged: Judged) -> Iterator[Text]:
    near = 0
    for one in judged.evidence:
        near += one.bearing == "near"
        if one.bearing != "near" or near <= _NEAR:
            yield _proof(one)


def _proof(one: Evidence) -> Text:
    found = Text(f"{BEARINGS[one.bearing]}: ", style="dim")
    found.append(f"“{shorten(one.quote, _QUOTE)}”")
    place = f" {one.date or 'undated'}, {shorten(one.title or one.doc, 70)}, {one.start}–{one.end}"
    found.append(place, style="dim")
    return found


def _counts(checked: Checked) -> Text:
    counts = Counter(one.judgement for one in checked.claims)
    found = Text()
    for kind, sign in SIGNS.items():
        if counts[kind]:
            found.append(f"{sign.mark} {counts[kind]} {sign.plain.lower()}   ", style=sign.colour)
    return found


def outlets_table(rows: Sequence[Row]) -> Table:
    """Reports and outlets by how often each judgement falls, of the claims that can be checked."""
    shown = [kind for kind in JUDGEMENTS if kind != "not-checkable"]
    table = plain_table("outlet", "report", "claims", *(SIGNS[kind].mark for kind in shown))
    for column in table.columns[2:]:
        column.justify = "right"
    names = sorted({(row["publisher"] or "", row["report"]) for row in rows})
    outlets = list(dict.fromkeys(name for name, _ in names))
    for outlet in outlets:
        own = [row for row in rows if (row["publisher"] or "") == outlet]
        for name in (report for publisher, report in names if publisher == outlet):
            some = [row for row in own if row["report"] == name]
            table.add_row(Text(outlet), Text(name), *_numbers(some, shown))
        table.add_row(Text(outlet or "no outlet named"), "all", *_shares(own, shown), style="bold")
    table.caption = "  ".join(f"{SIGNS[kind].mark} {SIGNS[kind].plain.lower()}" for kind in shown)
    return table


def _checkable(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if row["judgement"] != "not-checkable"]


def _numbers(rows: Sequence[Row], shown: Sequence[str]) -> list[str]:
    some = _checkable(rows)
    counts = Counter(row["judgement"] for row in some)
    return [str(len(some)), *(str(counts[kind] or "·") for kind in shown)]


def _shares(rows: Sequence[Row], shown: Sequence[str]) -> list[str]:
    some = _checkable(rows)
    counts = Counter(row["judgement"] for row in some)
    total = max(1, len(some))
    return [str(len(some)), *(f"{counts[kind] / total:.0%}" for kind in shown)]
