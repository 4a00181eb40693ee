"""A report's text cut at the borders of its claims, paragraph by paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from standfast.model import Checked, Document, Judged

_GAP = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a paragraph; ``claim`` is the place of the claim that they belong to, from 0.

    ``first`` tells the first run of a claim from what else has words of it.
    """

    text: str
    claim: int | None = None
    first: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph's runs, and the claims that begin in it."""

    kind: str
    runs: tuple[Run, ...]
    claims: tuple[int, ...]


def paragraphs(checked: Checked) -> list[Paragraph]:
    """Every paragraph of the report, in order; words of no claim are runs without one.

    Where claims overlap the shortest has the words; sentences that nothing can be held against
    are marked too.
    """
    found = []
    seen: set[int | None] = {None}
    for kind, start, end in _blocks(checked.report):
        owners = _owners(checked.claims, start, end)
        runs = []
        at = start
        for owner, group in groupby(owners):
            size = len(list(group))
            runs.append(Run(checked.report.text[at : at + size], owner, owner not in seen))
            seen.add(owner)
            at += size
        begin = [i for i, one in enumerate(checked.claims) if start <= one.claim.start < end]
        found.append(Paragraph(kind, tuple(runs), tuple(begin)))
    return found


def _owners(claims: Sequence[Judged], start: int, end: int) -> list[int | None]:
    owners: list[int | None] = [None] * (end - start)
    by_length = sorted(
        range(len(claims)), key=lambda at: claims[at].claim.start - claims[at].claim.end
    )
    for at in by_length:
        one = claims[at].claim
        for place in range(max(start, one.start), min(end, one.end)):
            owners[place - start] = at
    return owners


def _blocks(report: Document) -> Iterator[tuple[str, int, int]]:
    if report.blocks:
        for block in report.blocks:
            yield block.kind, block.start, block.end
        return
    start = 0
    for match in [*_GAP.finditer(report.text), None]:
        end = match.start() if match else len(report.text)
        if report.text[start:end].strip():
            yield "paragraph", start, end
        start = match.end() if match else end
