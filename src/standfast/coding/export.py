"""Coded sentences in the form that ``standfast evaluate`` and ``train`` read."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from standfast.coding.comparing import Reading
from standfast.coding.context import sentence_span
from standfast.evaluation.sheets import COLUMNS
from standfast.model import Document
from standfast.model.coding import act_of

Records = Sequence[Mapping[str, Any]]
_FIELDS = (
    "act", "quote", "obligors", "targets", "themes", "strength", "reaffirms", "conditional",
    "deadline", "amounts",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with what a coder found in it; ``coder`` is empty where it was adjudicated.

    ``start`` and ``end`` are character offsets into the text of the document ``doc``; ``records``
    are acts in the codebook's fields, with their offsets.
    """

    doc: str
    start: int
    end: int
    text: str
    coder: str
    records: tuple[Mapping[str, Any], ...]

    def line(self) -> dict[str, Any]:
        """As a line of a coded set."""
        name = f"{self.doc}:{self.start}-{self.end}" + (f":{self.coder}" if self.coder else "")
        held = {
            "id": name, "doc": self.doc, "start": self.start, "end": self.end, "text": self.text,
            "records": [{name: one.get(name) for name in _FIELDS} for one in self.records],
        }  # fmt: skip
        return held | {"coder": self.coder} if self.coder else held


@dataclass(frozen=True, slots=True)
class Coded:
    """Coded sentences with their documents; ``left_out`` were decided on in part alone."""

    documents: tuple[Document, ...]
    sentences: tuple[Sentence, ...]
    left_out: int

    def of_document(self, doc: str, coder: str) -> list[Sentence]:
        """One coder's sentences of one document."""
        return [one for one in self.sentences if (one.doc, one.coder) == (doc, coder)]

    def coders(self) -> list[str]:
        """Who coded them; one empty name where they were adjudicated."""
        return sorted({one.coder for one in self.sentences})


def coded_sentences(
    documents: Sequence[tuple[Document, Mapping[str, Mapping[str, Any]]]],
    readings: Mapping[str, Mapping[str, Reading]],
) -> Coded:
    """Sentences that were coded whole, out of readings by coder and item.

    ``documents`` come with their items: records of the acts that the machine found, by key.
    """
    found: list[Sentence] = []
    left_out = 0
    for document, items in documents:
        for span, keys in _sentences(document.text, items).items():
            for coder, held in readings.items():
                known = [key for key in keys if key in held]
                if len(known) < len(keys):
                    left_out += bool(known)
                    continue
                records = [record for key in keys for record in held[key]]
                found.append(_sentence(document, span, coder, records))
    used = {one.doc for one in found}
    return Coded(tuple(one for one, _ in documents if one.id in used), tuple(found), left_out)


def _sentences(
    text: str, items: Mapping[str, Mapping[str, Any]]
) -> dict[tuple[int, int], list[str]]:
    """Keys of the items in each sentence; sentences that an item joins count as one."""
    found: list[tuple[tuple[int, int], list[str]]] = []
    ordered = sorted(items.items(), key=lambda pair: (pair[1]["start"], pair[1]["end"]))
    for key, record in ordered:
        low, high = sentence_span(text, record["start"], record["end"])
        if found and low < found[-1][0][1]:
            (first, last), keys = found[-1]
            found[-1] = ((min(first, low), max(last, high)), [*keys, key])
        else:
            found.append(((low, high), [key]))
    return dict(found)


def _sentence(document: Document, span: tuple[int, int], coder: str, records: Records) -> Sentence:
    """A sentence; it reaches as far as the quotes that were redrawn beyond it."""
    acts = [act_of(one) for one in records]
    start = min([span[0], *(one.start for one in acts)])
    end = max([span[1], *(one.end for one in acts)])
    held = tuple(one.record() for one in sorted(acts, key=lambda one: one.start))
    return Sentence(document.id, start, end, document.text[start:end], coder, held)


def as_lines(coded: Coded) -> str:
    """The sentences as JSON Lines: ``labels.jsonl``."""
    return "".join(json.dumps(one.line(), ensure_ascii=False) + "\n" for one in coded.sentences)


def documents_as_lines(coded: Coded) -> str:
    """The documents as JSON Lines, which keep every character where it was."""
    return "".join(
        json.dumps(
            {
                "id": one.id, "text": one.text, "title": one.title, "kind": one.kind,
                "date": one.date.isoformat() if one.date else None,
                "publisher": one.publisher, "issuers": list(one.issuers), "source": one.source,
            },
            ensure_ascii=False,
        ) + "\n"
        for one in coded.documents
    )  # fmt: skip


def as_csv(coded: Coded) -> str:
    """The sentences as a spreadsheet, one row a record, in the columns that ``evaluate`` knows."""
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\n")
    raw = coded.coders() not in ([""], [])
    writer.writerow([*COLUMNS, *(["coder"] if raw else [])])
    of = {one.id: one for one in coded.documents}
    for sentence in coded.sentences:
        for record in sentence.records or ({},):
            row = [*_row(of[sentence.doc], sentence, record), *([sentence.coder] if raw else [])]
            writer.writerow([_safe(cell) for cell in row])
    return held.getvalue()


def _row(document: Document, sentence: Sentence, record: Mapping[str, Any]) -> Iterator[str]:
    about = {
        "sentence": sentence.text, "doc": document.id, "kind": document.kind,
        "date": document.date.isoformat() if document.date else "",
        "issuers": " ".join(document.issuers), "act": record.get("act", "none"),
    }  # fmt: skip
    for name in COLUMNS:
        yield about[name] if name in about else _cell(record.get(name))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        if value and isinstance(value[0], Mapping):
            return "; ".join(f"{one['value']} {one['unit']}" for one in value)
        return " ".join(value)
    return str(value)


def _safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if re.match(r"[=+@\t\r]|-(?!$)", cell) else cell


def as_folder(coded: Coded) -> dict[str, str]:
    """Files of a folder that ``standfast evaluate`` and ``train`` read, by their names."""
    if coded.coders() in ([""], []):
        sets = {"labels.jsonl": coded}
    else:
        by: dict[str, list[Sentence]] = defaultdict(list)
        for one in coded.sentences:
            by[one.coder].append(one)
        sets = {
            f"{file_name(who)}.jsonl": replace(coded, sentences=tuple(some))
            for who, some in by.items()
        }
    files = {name: as_lines(some) for name, some in sets.items()}
    return files | {"documents/documents.jsonl": documents_as_lines(coded)}


def as_zip(files: Mapping[str, str]) -> bytes:
    """Files packed, the same bytes for the same files."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in sorted(files.items()):
            packed.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def file_name(text: str) -> str:
    """A name that is safe as one part of a path."""
    return re.sub(r"[^\w.-]+", "-", text).strip(".-") or "unnamed"
