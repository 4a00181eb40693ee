"""Judgements as W3C Web Annotations (https://www.w3.org/TR/annotation-model/, 2017).

One annotation a claim: its target is the report's words (by position and by quotation), its bodies
the judgement, the reason, and links to the words of each document that bear on it.
"""

from __future__ import annotations

import uuid
from importlib.metadata import version
from typing import Any

from standfast.model import Checked, Document, Evidence, Judged
from standfast.report.signs import SIGNS

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_SPACE = uuid.UUID("5f0f4a57-0f0a-5c1e-9d53-9b8d3e5f7a11")
"""Identifiers are hashes in this name space (RFC 9562, version 5): one check, the same ones."""
_AROUND = 40
"""Letters before and after a quotation that help to find it again."""


def web_annotations(checked: Checked) -> dict[str, Any]:
    """All judgements of a report as one annotation collection with a single page."""
    source = address(checked.report)
    items = [_annotation(checked, at, source) for at in range(len(checked.claims))]
    return {
        "@context": CONTEXT,
        "id": _name(source, "collection"),
        "type": "AnnotationCollection",
        "label": f"Standfast: {checked.report.title or checked.report.id}",
        "total": len(items),
        "first": {
            "id": _name(source, "page"),
            "type": "AnnotationPage",
            "startIndex": 0,
            "items": items,
        },
    }


def address(document: Document) -> str:
    """Where a document is to be found: its public address, else a name made of its hash."""
    if document.source.startswith(("http://", "https://")):
        return document.source
    return f"urn:sha256:{document.sha256}"


def _annotation(checked: Checked, at: int, source: str) -> dict[str, Any]:
    one = checked.claims[at]
    return {
        "@context": CONTEXT,
        "id": _name(source, f"{one.claim.start}-{one.claim.end}-{at}"),
        "type": "Annotation",
        "motivation": "assessing",
        "generator": {
            "id": "urn:standfast",
            "type": "Software",
            "name": f"Standfast {version('standfast')}",
        },
        "body": _bodies(one, checked),
        "target": {"source": source, "selector": _selectors(checked.report, one)},
    }


def _bodies(one: Judged, checked: Checked) -> list[dict[str, Any]]:
    tags: list[dict[str, Any]] = [
        {"type": "TextualBody", "purpose": "tagging", "value": one.judgement}
    ]
    if one.field:
        tags.append({"type": "TextualBody", "purpose": "tagging", "value": f"field:{one.field}"})
    if one.review:
        tags.append({"type": "TextualBody", "purpose": "tagging", "value": "for review"})
    day = f" As of {checked.as_of}." if checked.as_of else ""
    words = {
        "type": "TextualBody",
        "purpose": "assessing",
        "format": "text/plain",
        "language": "en",
        "value": f"{SIGNS[one.judgement].plain}. {one.reason}{day}",
    }
    return [*tags, words, *map(_link, one.evidence)]


def _link(one: Evidence) -> dict[str, Any]:
    source = one.source if one.source.startswith("http") else f"urn:standfast:{one.doc}"
    return {
        "type": "SpecificResource",
        "purpose": "linking",
        "source": source,
        "selector": [
            {"type": "TextPositionSelector", "start": one.start, "end": one.end},
            {"type": "TextQuoteSelector", "exact": one.quote},
        ],
    }


def _selectors(report: Document, one: Judged) -> list[dict[str, Any]]:
    start, end = one.claim.start, one.claim.end
    return [
        {"type": "TextPositionSelector", "start": start, "end": end},
        {
            "type": "TextQuoteSelector",
            "exact": report.text[start:end],
            "prefix": report.text[max(0, start - _AROUND) : start],
            "suffix": report.text[end : end + _AROUND],
        },
    ]


def _name(source: str, part: str) -> str:
    return f"urn:uuid:{uuid.uuid5(_SPACE, f'{source}#{part}')}"
