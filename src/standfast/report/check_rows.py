"""A check as rows, and as the files that it can be had as: one maker a format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from standfast.model import Checked
from standfast.report.annotations import web_annotations
from standfast.report.check_markdown import check_markdown
from standfast.report.check_page import check_page
from standfast.report.claim_review import claim_reviews
from standfast.report.rows import as_csv, json

Row = dict[str, Any]

COLUMNS = (
    "report", "publisher", "date", "as_of", "start", "end", "text", "judgement", "field",
    "confidence", "review", "reason", "act", "obligors", "targets", "themes", "evidence",
    "as_of_other", "judgement_other",
)  # fmt: skip
"""Columns of CSV, a row a claim."""


def records(one: Checked) -> list[Row]:
    """Claims as JSON, with the report that each is of."""
    report = {
        "report": one.report.id,
        "publisher": one.report.publisher,
        "date": one.report.date.isoformat() if one.report.date else None,
    }
    return [{**row, **report} for row in one.records()]


def flat(one: Checked) -> list[Row]:
    """Claims as rows of a table: the other day's judgement in columns of its own."""
    rows = []
    for row in records(one):
        other = row["otherwise"] or {}
        rows.append(
            row | {"as_of_other": other.get("as_of"), "judgement_other": other.get("judgement")}
        )
    return rows


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A file that a check can be had as: what people call it, its name's end, how it is made."""

    title: str
    suffix: str
    media: str
    make: Callable[[Checked], str]


def _pretty(value: object) -> str:
    return json(value, pretty=True) + "\n"


FORMATS: Mapping[str, FileFormat] = {
    "html": FileFormat("HTML", ".html", "text/html", check_page),
    "markdown": FileFormat("Markdown", ".md", "text/markdown", check_markdown),
    "csv": FileFormat("CSV", ".csv", "text/csv", lambda one: as_csv(flat(one), COLUMNS)),
    "json": FileFormat("JSON", ".json", "application/json", lambda one: _pretty(records(one))),
    "jsonl": FileFormat(
        "JSON Lines",
        ".jsonl",
        "application/jsonl",
        lambda one: "".join(json(row) + "\n" for row in records(one)),
    ),
    "claimreview": FileFormat(
        "ClaimReview", ".claimreview.json", "application/json",
        lambda one: _pretty(claim_reviews(one)),
    ),
    "annotation": FileFormat(
        "Web Annotation", ".annotation.json", "application/ld+json",
        lambda one: _pretty(web_annotations(one)),
    ),
}  # fmt: skip
"""Formats of one check, by the names that ``standfast check --format`` has."""
