"""What a journalist should know of a check as a whole, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from standfast.model import Checked
from standfast.parties import Registry

_LONG = 200
"""Claims from which a report is called long."""


def notes_on(checked: Checked, registry: Registry) -> Iterator[str]:
    """Sentences about the report's date, the record's reach and what was not found."""
    report, reach = checked.report, checked.reach
    if report.date is None and checked.as_of:
        yield (
            f"The report has no date: it is judged by everything up to {checked.as_of}, the day of "
            "the latest document. Say its day with --date."
        )
    if reach.documents == 0 and checked.as_of:
        yield (
            f"The report is of {checked.as_of}, before every document here: nothing can be found "
            "for it. Judge it as of a later day with --as-of."
        )
    claims = [one for one in checked.claims if one.claim.act]
    if not claims:
        yield (
            "No claim was found in it: no sentence says that a party promised, asked, gave, "
            "backed, condemned or warned of something."
        )
    if len(claims) > _LONG:
        yield f"A long report: {len(claims)} claims. Look at those marked for review first."
    yield from _unknown(checked, registry)
    yield from _reach(checked)


def _unknown(checked: Checked, registry: Registry) -> Iterator[str]:
    """Parties of claims of which the record knows nothing."""
    asked = {
        code
        for one in checked.claims
        if one.judgement == "not-found" and one.claim.act and not one.evidence
        for code in (*one.claim.act.obligors, *one.claim.act.targets)
    }
    if asked:
        names = ", ".join(sorted(registry.get(code).name for code in asked))
        yield f"The record has nothing by or about {names} on what the report says of them."


def _reach(checked: Checked) -> Iterator[str]:
    reach = checked.reach
    if not reach.documents:
        return
    most = sorted(reach.publishers.items(), key=lambda pair: (-pair[1], pair[0]))[:3]
    by = ", ".join(f"{name or 'no publisher named'} ({number})" for name, number in most)
    days = f"{reach.first} to {reach.last}" if reach.first else "undated"
    yield f"Searched: {reach.documents} documents, {days}, most by {by}; {reach.acts} acts in them."
