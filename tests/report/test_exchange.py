"""Web Annotation and ClaimReview: what the standards require, and nothing that they do not know."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from standfast.report.annotations import CONTEXT, web_annotations
from standfast.report.claim_review import claim_reviews
from tests.report.makers import TEXT, checked

TERMS = json.loads((Path(__file__).parent / "annotation_terms.json").read_text())


def items() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = web_annotations(checked())["first"]["items"]
    return found


def test_every_annotation_has_what_the_model_requires() -> None:
    for one in items():
        assert one["@context"] == CONTEXT
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", one["id"])
        assert one["type"] == "Annotation"
        assert one["target"]["source"]
        assert "bodyValue" not in one
    assert len({one["id"] for one in items()}) == len(items())


def test_the_collection_has_a_page_with_all_of_them() -> None:
    found = web_annotations(checked())
    assert found["type"] == "AnnotationCollection"
    assert found["total"] == len(found["first"]["items"]) == 3
    assert found["first"]["type"] == "AnnotationPage"


def test_selectors_lead_to_the_words() -> None:
    for one in items():
        position, quote = one["target"]["selector"]
        start, end = position["start"], position["end"]
        assert TEXT[start:end] == quote["exact"]
        assert TEXT[:start].endswith(quote["prefix"])
        assert TEXT[end:].startswith(quote["suffix"])


def _keys(value: Any) -> Iterator[tuple[str, str]]:
    """Every key below a value with the type of the object that it stands in."""
    if isinstance(value, list):
        for one in value:
            yield from _keys(one)
    elif isinstance(value, dict):
        for name, inner in value.items():
            if not name.startswith("@"):
                yield str(value.get("type", "target")), name
            yield from _keys(inner)


def test_every_key_and_type_is_a_term_of_the_context() -> None:
    for kind, name in _keys(web_annotations(checked())):
        assert name in TERMS["properties"], name
        assert kind == "target" or kind in TERMS["classes"], kind


def test_expanded_by_a_json_ld_processor_nothing_is_lost() -> None:
    pyld = pytest.importorskip("pyld")
    context: dict[str, Any] = {"id": "@id", "type": "@type"}
    context |= {name: {"@id": iri} for name, iri in TERMS["properties"].items() if iri[0] != "@"}
    context |= dict(TERMS["classes"].items()) | dict(TERMS["individuals"].items())
    typed = dict.fromkeys(("motivation", "purpose"), "@vocab") | {"source": "@id"}
    for name, kind in typed.items():
        context[name] = {"@id": TERMS["properties"][name], "@type": kind}
    loader = lambda url, _: {  # noqa: E731
        "contextUrl": None, "documentUrl": url, "contentType": "application/ld+json",
        "document": {"@context": context},
    }  # fmt: skip
    (found,) = pyld.jsonld.expand(web_annotations(checked()), {"documentLoader": loader})
    page = found["https://www.w3.org/ns/activitystreams#first"][0]
    (holder,) = [value for name, value in page.items() if name.endswith("#items")]
    for one in holder:
        assert one["@type"] == ["http://www.w3.org/ns/oa#Annotation"]
        assert one["http://www.w3.org/ns/oa#motivatedBy"] == [
            {"@id": "http://www.w3.org/ns/oa#assessing"}
        ]
        assert one["http://www.w3.org/ns/oa#hasTarget"]


def test_the_judgement_is_a_tag_and_evidence_a_link() -> None:
    first = items()[0]
    tags = [one["value"] for one in first["body"] if one.get("purpose") == "tagging"]
    assert tags == ["overstated", "field:amounts"]
    (link,) = [one for one in first["body"] if one["type"] == "SpecificResource"]
    assert link["source"] == "https://example.org/remarks?a=1&b=2"


SCHEMA = {
    "ClaimReview": {
        "claimReviewed", "reviewRating", "url", "author", "reviewBody", "itemReviewed",
        "datePublished", "citation", "inLanguage",
    },
    "Rating": {"alternateName", "bestRating", "worstRating", "ratingValue", "ratingExplanation"},
    "Claim": {"text", "appearance", "firstAppearance", "author", "datePublished"},
    "CreativeWork": {"url", "headline", "name", "identifier", "publisher", "datePublished"},
    "Quotation": {"text", "isPartOf"},
    "Organization": {"name"},
}  # fmt: skip
"""Properties that schema.org defines for these types or the types above them (release 29)."""


def _typed(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for one in value:
            yield from _typed(one)
    elif isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _typed(inner)


def test_claim_reviews_use_what_schema_org_defines() -> None:
    for one in _typed(claim_reviews(checked())):
        assert set(one) - {"@type", "@context"} <= SCHEMA[one["@type"]]


def test_claim_reviews_have_what_search_engines_require() -> None:
    found = claim_reviews(checked())
    assert len(found) == 2  # what cannot be checked has no review
    for one in found:
        assert one["@context"] == "https://schema.org"
        assert one["claimReviewed"]
        assert one["url"].startswith(("http", "urn:"))
        assert one["reviewRating"]["alternateName"]


def test_what_the_record_does_not_decide_has_no_number() -> None:
    first, second = claim_reviews(checked())
    assert first["reviewRating"]["ratingValue"] == 3
    assert second["reviewRating"]["alternateName"].endswith("for a person to decide")
    from dataclasses import replace

    whole = checked()
    bare = replace(whole, claims=(replace(whole.claims[0], judgement="not-found"),))
    (one,) = claim_reviews(bare)
    assert "ratingValue" not in one["reviewRating"]
