"""Sentences of reports coded by us: the tuning half of our own claims.

``data/reports.jsonl`` has a line a sentence: its ``id``, the ``date`` of the report, the ``text``
and its records, with ``from`` and ``to`` (characters of the sentence) instead of a quote and
without what is empty. Most are twins, in which parties are exchanged or a promise is made stronger
or weaker: who acts, and on whom, cannot be learned from them by heart. How they came about stands
in the model card.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from standfast.documents import Metadata, read_text
from standfast.model import Document
from standfast.parties import Registry
from standfast.training.coded import Coded
from standfast.training.examples import Examples, examples
from standfast.training.own_codings import with_quote

REPORT_TIMES = 2
"""How often the encoder sees each sentence of a report where it sees others once: there are few."""
FILE = Path(__file__).parent / "data" / "reports.jsonl"


def read_reports(file: Path = FILE) -> tuple[list[Document], list[Coded]]:
    """The sentences, each as a document of its own, and their codings."""
    registry = Registry.for_reports()
    documents: list[Document] = []
    coded: list[Coded] = []
    for line in map(json.loads, file.read_text("utf-8").splitlines()):
        given = Metadata(date=dt.date.fromisoformat(line["date"]), kind="article")
        text = line["text"]
        documents.append(read_text(text, given, id=line["id"], registry=registry))
        records = [with_quote(text, one) for one in line["records"]]
        place = {"doc": line["id"], "start": 0, "end": len(text)}
        coded.append({"id": line["id"], **place, "text": text, "records": records})
    return documents, coded


def reports() -> list[Examples]:
    """What can be learned from them, each by itself."""
    documents, coded = read_reports()
    return list(examples(documents, coded, Registry.for_reports()).values())
