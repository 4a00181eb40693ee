"""Coded sentences in the form that ``standfast evaluate`` and ``train`` read."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from standfast.coding.context import sentences
from standfast.evaluation.sheets import COLUMNS
from standfast.model import Document
from standfast.model.coding import act_of

Records = Sequence[Mapping[str, Any]]
Span = tuple[int, int]
_FIELDS = (
    "act", "quote", "obligors", "targets", "themes", "strength", "reaffirms", "conditional",
    "deadline", "amounts",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with what a coder found in it; ``coder`` is empty where it was adjudicated.

    ``start`` and ``end`` are character offsets into the text of the document ``doc``; ``records``
    are acts in the codebook's fields, with their offsets. ``complete`` says that it was read for
    what the machine missed as well.
    """

    doc: str
    start: int
    end: int
    text: str
    coder: str
    records: tuple[Mapping[str, Any], ...]
    complete: bool = False

    def line(self) -> dict[str, Any]:
        """As a line of a coded set."""
        name = f"{self.doc}:{self.start}-{self.end}" + (f":{self.coder}" if self.coder else "")
        held = {
            "id": name, "doc": self.doc, "start": self.start, "end": self.end, "text": self.text,
            "records": [{name: one.get(name) for name in _FIELDS} for one in self.records],
            "complete": self.complete,
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

    def where(self, wanted: Callable[[Sentence], bool]) -> Coded:
        """The sentences that are wanted, with their documents."""
        found = tuple(one for one in self.sentences if wanted(one))
        used = {one.doc for one in found}
        documents = tuple(one for one in self.documents if one.id in used)
        return replace(self, documents=documents, sentences=found)


@dataclass(frozen=True, slots=True)
class Told:
    """What a coder said of an item: the acts in its place, or those missing in a sentence.

    ``complete`` says of a sentence that no others are missing.
    """

    start: int
    end: int
    records: Records
    complete: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A document with the places of the acts that the machine found in it, by their keys."""

    document: Document
    acts: Mapping[str, tuple[int, int]]


def coded_sentences(
    documents: Sequence[Items],
    acts: Mapping[str, Mapping[str, Told]],
    missing: Mapping[str, Mapping[str, Sequence[Told]]],
) -> Coded:
    """Sentences that were coded whole, out of what was said of items.

    ``acts`` are readings of acts by coder and key, ``missing`` those of sentences by coder and
    document. A sentence is there where all acts that the machine found in it were decided on, and
    where at least one was or acts were added or found to be none.
    """
    found: list[Sentence] = []
    left_out = 0
    for one in documents:
        spans = sentences(one.document.text)
        for coder in sorted(acts.keys() | missing.keys()):
            said, added = acts.get(coder, {}), missing.get(coder, {}).get(one.document.id, ())
            units = _units(spans, one.acts.values(), added)
            for unit, (keys, some) in _placed(units, one.acts, added).items():
                known = [said[key] for key in keys if key in said]
                if len(known) == len(keys) and (keys or some):
                    found.append(_sentence(one.document, unit, coder, [*known, *some], spans))
                else:
                    left_out += bool(known or some)
    used = {one.doc for one in found}
    kept = tuple(one.document for one in documents if one.document.id in used)
    found.sort(key=lambda one: (one.doc, one.start, one.coder))
    return Coded(kept, tuple(found), left_out)


def _units(spans: Sequence[Span], acts: Iterable[Span], added: Sequence[Told]) -> list[Span]:
    """Sentences on whose words there is something; those that one act joins are one unit."""
    quotes = [(one["start"], one["end"]) for told in added for one in told.records]
    taken = sorted([*acts, *((one.start, one.end) for one in added), *quotes])
    found: list[Span] = []
    at = 0
    for start, end in taken:
        while at < len(spans) and spans[at][1] <= start:
            at += 1
        last = at
        while last + 1 < len(spans) and spans[last + 1][0] < end:
            last += 1
        low = min(spans[at][0], start) if at < len(spans) else start
        high = max(spans[last][1], end) if at < len(spans) else end
        if found and low < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((low, high))
    return found


def _placed(
    units: Sequence[Span], acts: Mapping[str, Span], added: Sequence[Told]
) -> dict[Span, tuple[list[str], list[Told]]]:
    """Keys of acts, and what was said of sentences, by the unit that they stand in."""
    found: dict[Span, tuple[list[str], list[Told]]] = {unit: ([], []) for unit in units}
    starts = [unit[0] for unit in units]
    for key, place in sorted(acts.items(), key=lambda pair: pair[1]):
        found[units[bisect_right(starts, place[0]) - 1]][0].append(key)
    for one in added:
        found[units[bisect_right(starts, one.start) - 1]][1].append(one)
    return found


def _sentence(
    document: Document, unit: Span, coder: str, told: Sequence[Told], spans: Sequence[Span]
) -> Sentence:
    """A sentence; it reaches as far as the quotes that were redrawn beyond it."""
    acts = [act_of(record) for one in told for record in one.records]
    start = min([unit[0], *(one.start for one in acts)])
    end = max([unit[1], *(one.end for one in acts)])
    read = {(one.start, one.end) for one in told if one.complete}
    inside = [span for span in spans if span[0] < end and start < span[1]]
    held = tuple(one.record() for one in sorted(acts, key=lambda one: one.start))
    complete = bool(inside) and all(span in read for span in inside)
    return Sentence(document.id, start, end, document.text[start:end], coder, held, complete)


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
        "complete": _cell(sentence.complete),
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
