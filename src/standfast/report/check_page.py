"""A check as one self-contained page: the report on the left, what bears on it on the right."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from standfast.model import Checked
from standfast.report.segments import paragraphs
from standfast.report.signs import BEARINGS, SIGNS

if TYPE_CHECKING:
    from jinja2 import Environment


def check_page(checked: Checked) -> str:
    """The page, in HTML that needs no other file and no script; nothing in it becomes markup."""
    counts = Counter(one.judgement for one in checked.claims)
    places = range(len(checked.claims))
    later = {at: other for at in places if (other := checked.otherwise(at)) is not None}
    return (
        _pages()
        .get_template("check.html")
        .render(
            checked=checked,
            report=checked.report,
            paragraphs=paragraphs(checked),
            later=later,
            signs=SIGNS,
            bearings=BEARINGS,
            counts=[(kind, counts[kind]) for kind in SIGNS if counts[kind]],
        )
    )


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
