"""A check as Markdown: the counts, then claim by claim, report's words beside the record's."""

from __future__ import annotations

from collections.abc import Iterator

from standfast.model import Checked, Difference, Evidence, Judged
from standfast.report.signs import SIGNS


def check_markdown(checked: Checked) -> str:
    """The whole check; sentences that cannot be checked are counted and not listed."""
    return "\n".join(_lines(checked)).rstrip() + "\n"


def _lines(checked: Checked) -> Iterator[str]:
    report = checked.report
    yield f"# {_plain(report.title or report.id)}, held against the record"
    yield ""
    yield f"As of {checked.as_of or 'no day'}."
    yield ""
    for note in checked.notes:
        yield f"> {_plain(note)}"
    yield ""
    for at, one in enumerate(checked.claims):
        if one.claim.act is None:
            continue
        yield from _claim(one, at + 1)
        if (other := checked.otherwise(at)) is not None:
            yield f"As of {checked.also}: {_told(other)}. {_plain(other.reason)}"
            yield from _proofs(other)
            yield ""


def _claim(one: Judged, number: int) -> Iterator[str]:
    yield f"## {number}. {_told(one)}"
    yield ""
    yield f"“{_plain(one.claim.text)}”"
    yield ""
    yield _plain(one.reason)
    yield ""
    if one.differences:
        yield from _table(one.differences)
    yield from _proofs(one)
    for part in one.parts:
        yield f"- {_told(part)}: “{_plain(part.claim.text)}”"
        yield from (f"  {line}" for line in _proofs(part) if line)
    yield ""


def _told(one: Judged) -> str:
    sign = SIGNS[one.judgement]
    review = ", for a person to decide" if one.review else ""
    return f"{sign.mark} {sign.plain} ({one.confidence:.2f}{review})"


def _table(found: tuple[Difference, ...]) -> Iterator[str]:
    yield "| field | the report | the record |"
    yield "| --- | --- | --- |"
    for one in found:
        cells = (one.field, one.report, one.record or "nothing")
        yield "| " + " | ".join(_plain(cell).replace("|", "\\|") for cell in cells) + " |"
    yield ""


def _proofs(one: Judged) -> Iterator[str]:
    for proof in one.evidence:
        yield f"- *{proof.bearing}*: “{_plain(proof.quote)}” ({_place(proof)})"
    yield ""


def _place(one: Evidence) -> str:
    title = _plain(one.title or one.doc)
    linked = f"[{title}]({one.source})" if one.source.startswith("http") else title
    return f"{linked}, {one.date or 'undated'}, {one.start}–{one.end}"


def _plain(text: str) -> str:
    """One line, in which nothing is markup."""
    line = " ".join(text.split())
    for mark in "\\`*_[]<>#":
        line = line.replace(mark, f"\\{mark}")
    return line
