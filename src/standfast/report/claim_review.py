"""Judgements as ClaimReview (https://schema.org/ClaimReview), as search engines ask for it.

Required there are ``claimReviewed``, ``reviewRating`` and ``url``; of the rating ``alternateName``,
and best, worst and own value where it has a number (Google Search Central, "Fact check structured
data"). What the record does not decide has no number: *not found* is not false.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from standfast.model import Checked, Evidence, Judged
from standfast.report.annotations import address
from standfast.report.signs import SIGNS

_BEST, _WORST = 5, 1
_CLAIM = 280
"""Letters of ``claimReviewed`` at most, as its name says a short summary."""


def claim_reviews(
    checked: Checked, *, reviewed: dt.date | None = None, by: str = "Standfast"
) -> list[dict[str, Any]]:
    """One ClaimReview for each claim that can be checked.

    ``by`` is who publishes the review, ``reviewed`` its day, both to be filled in by the newsroom;
    without a day the property is left out.
    """
    page = address(checked.report)
    return [
        _review(one, checked, page, reviewed, by)
        for one in checked.claims
        if one.judgement != "not-checkable"
    ]


def _review(
    one: Judged, checked: Checked, page: str, reviewed: dt.date | None, by: str
) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": f"{page}#char={one.claim.start},{one.claim.end}",
        "claimReviewed": _short(one.claim.text),
        "reviewRating": _rating(one),
        "author": {"@type": "Organization", "name": by},
        "reviewBody": one.reason,
        "inLanguage": "en",
        "itemReviewed": _claim(one, checked, page),
        "citation": [_citation(proof) for proof in one.evidence],
    }
    if reviewed:
        found["datePublished"] = reviewed.isoformat()
    return found


def _rating(one: Judged) -> dict[str, Any]:
    sign = SIGNS[one.judgement]
    rating: dict[str, Any] = {
        "@type": "Rating",
        "alternateName": sign.plain + (", for a person to decide" if one.review else ""),
        "ratingExplanation": one.reason,
    }
    if sign.rating:
        rating |= {"bestRating": _BEST, "worstRating": _WORST, "ratingValue": sign.rating}
    return rating


def _claim(one: Judged, checked: Checked, page: str) -> dict[str, Any]:
    report = checked.report
    where: dict[str, Any] = {"@type": "CreativeWork", "url": page}
    if report.title:
        where["headline"] = report.title
    if report.publisher:
        where["publisher"] = {"@type": "Organization", "name": report.publisher}
    claim: dict[str, Any] = {"@type": "Claim", "text": one.claim.text, "appearance": where}
    if report.publisher:
        claim["author"] = {"@type": "Organization", "name": report.publisher}
    if report.date:
        claim["datePublished"] = report.date.isoformat()
    return claim


def _citation(one: Evidence) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@type": "Quotation",
        "text": one.quote,
        "isPartOf": {"@type": "CreativeWork", "name": one.title or one.doc, "identifier": one.doc},
    }
    if one.source.startswith("http"):
        found["isPartOf"]["url"] = one.source
    if one.date:
        found["isPartOf"]["datePublished"] = one.date.isoformat()
    return found


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _CLAIM else line[: _CLAIM - 2].rsplit(" ", 1)[0] + " …"
