"""Columns of lists as CSV and tables give them, the same on the command line and on the desk."""

from __future__ import annotations

ACT_COLUMNS = (
    "id", "doc", "start", "end", "quote", "act", "obligors", "targets", "speaker", "themes",
    "strength", "reaffirms", "conditional", "condition", "deadline", "amounts", "items",
    "checkability", "checkability_reason", "confidence", "extractor", "title", "date", "source",
    "commitments",
)  # fmt: skip
LINE_COLUMNS = (
    "id", "name", "kind", "state", "since", "strength", "texts", "first", "last", "obligors",
    "targets", "themes", "wording",
)  # fmt: skip
DOCUMENT_COLUMNS = (
    "doc", "title", "date", "kind", "publisher", "issuers", "language", "sources", "versions",
    "acts",
)  # fmt: skip
