"""A judgement in one sentence that a journalist understands."""

from __future__ import annotations

from standfast.claims.knowledge import knowledge
from standfast.model import Act, Difference, Evidence, Judged


def reason(judged: Judged) -> str:
    """Why a claim is judged so, in words of ``data/words.yaml``."""
    words = knowledge("words")
    if judged.judgement == "not-checkable":
        return f"Cannot be checked: {judged.claim.why or words['nothing']}."
    if judged.judgement == "not-found":
        return str(words["not_found"])
    where = _where(judged.evidence[0]) if judged.evidence else ""
    if judged.field == "items" and judged.parts:
        return _of_parts(judged)
    told = str(words["judgements"][judged.judgement])
    decisive = next((one for one in judged.differences if one.field == judged.field), None)
    if decisive is None:
        return f"{told}{where}."
    return f"{told}{where}: {_difference(decisive)}."


def _where(one: Evidence) -> str:
    """Which text, of which day: ``(G7 Leaders’ Statement, 2023-02-24)``."""
    title = " ".join((one.title or one.doc).split())
    short = title if len(title) <= _LETTERS else title[:_LETTERS].rsplit(" ", 1)[0] + " …"
    return f" ({short}, {one.date})" if one.date else f" ({short})"


_LETTERS = 70


def _difference(one: Difference) -> str:
    if one.effect == "swapped":
        return f"the report has {one.report}, the record {one.record}"
    return one.why


def _of_parts(judged: Judged) -> str:
    good = [one.claim.text for one in judged.parts if one.judgement == "supported"]
    bad = [one.claim.text for one in judged.parts if one.judgement != "supported"]
    said = "; ".join(f"“{text}”" for text in good)
    rest = "; ".join(f"“{text}”" for text in bad)
    return f"The record bears out {said}, but not, or not so, {rest}."


def parties_of(act: Act) -> str:
    """Who for whom: ``USA → UKR``; in a request, who asks whom."""
    if act.act == "request":
        return f"{' '.join(act.speaker) or 'somebody'} asks {' '.join(act.obligors) or 'somebody'}"
    return f"{' '.join(act.obligors) or 'somebody'} → {' '.join(act.targets) or 'somebody'}"
