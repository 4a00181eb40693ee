"""A check as one self-contained page: the report on the left, what bears on it on the right."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from standfast.model import Checked, Evidence, Judged, JudgementKind
from standfast.report.segments import Paragraph, paragraphs
from standfast.report.signs import BEARINGS, SIGNS

if TYPE_CHECKING:
    from jinja2 import Environment


@dataclass(frozen=True, slots=True)
class Sheet:
    """A checked report laid out: its paragraphs, and what is said of each claim by its place.

    ``later`` are judgements as of the other day where they differ, ``counts`` numbers by judgement,
    ``marked`` the claims whose words are marked (others lie wholly within shorter ones).
    """

    checked: Checked
    paragraphs: list[Paragraph]
    later: dict[int, Judged]
    counts: list[tuple[JudgementKind, int]]
    marked: frozenset[int]


def sheet_of(checked: Checked) -> Sheet:
    """The layout of a checked report."""
    counts = Counter(one.judgement for one in checked.claims)
    places = range(len(checked.claims))
    found = paragraphs(checked)
    return Sheet(
        checked,
        found,
        {at: other for at in places if (other := checked.otherwise(at)) is not None},
        [(kind, counts[kind]) for kind in SIGNS if counts[kind]],
        frozenset(run.claim for one in found for run in one.runs if run.claim is not None),
    )


def check_page(checked: Checked) -> str:
    """The page, in HTML that needs no other file and no script; nothing in it becomes markup."""
    template = _pages().get_template("check.html")
    return template.render(sheet=sheet_of(checked), place=_place, signs=SIGNS, bearings=BEARINGS)


def _place(one: Evidence) -> str:
    """The public address of the document that a piece of evidence is from, if it has one."""
    return one.source if one.source.startswith(("http://", "https://")) else ""


@cache
def _pages() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("standfast.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
