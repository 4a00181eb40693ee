"""A coded set out of a spreadsheet: one row a record, its document made from the sentences."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from standfast.documents.blocks import blocks
from standfast.evaluation import cells
from standfast.evaluation.coded import (
    FIELDS,
    CodedRecord,
    CodedSentence,
    CodedSet,
    incomplete_note,
)
from standfast.evaluation.sheets import Row, Sheet, read_sheet
from standfast.model import Document, StandfastError, UnreadableError
from standfast.parties import Registry

_ABOUT = ("issuers", "date", "kind")
"""Columns that say something of a whole document."""


@dataclass(slots=True)
class _Gathered:
    """One document's rows: what they say of it, and its sentences with their records in order.

    ``unread`` are sentences that were not read for what was missed in them.
    """

    id: str
    about: dict[str, Any] = field(default_factory=dict)
    sentences: dict[str, list[CodedRecord]] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)


def read_spreadsheet(
    path: Path, documents: Mapping[str, Document] | None, registry: Registry
) -> CodedSet:
    """Sentences and records of a CSV or TSV file.

    Rows with the same document and sentence are records of one sentence. Without ``documents`` the
    sentences of each document, in their order, one a paragraph, are its text. Without a column
    ``doc`` the rows that share issuers, date and kind make one document.
    """
    sheet = read_sheet(path)
    gathered = _gather(sheet, str(path), registry)
    found: list[Document] = []
    sentences: list[CodedSentence] = []
    for one in gathered:
        document, places = (
            _made(one) if documents is None else _found(one, documents, str(path), sheet.columns)
        )
        found.append(document)
        for number, (text, (start, end)) in enumerate(zip(one.sentences, places, strict=True)):
            name = f"{document.id}-{number:03}"
            records, read = tuple(one.sentences[text]), text not in one.unread
            sentences.append(CodedSentence(name, document.id, start, end, text, records, read))
    coded = frozenset(FIELDS) & set(sheet.columns)
    notes = (*_notes(sheet, found, documents is None), *incomplete_note(sentences))
    return CodedSet(sheet.name, tuple(found), tuple(sentences), coded, notes)


def _notes(sheet: Sheet, documents: list[Document], made: bool) -> Iterator[str]:
    if sheet.unused:
        yield "Columns not used: " + ", ".join(sheet.unused) + "."
    if "quote" not in sheet.columns:
        yield (
            "No column “quote”: a found act is paired with the coded one of its kind in its "
            "sentence, whatever its words."
        )
    if "doc" not in sheet.columns:
        yield (
            "No column “doc”: rows with the same issuers, date and kind are taken for one document."
        )
    if made and any(not document.issuers for document in documents):
        yield "Some documents have no issuers: “we” stands for nobody there."
    if made:
        yield "The documents are the coded sentences alone; what stood between them is not read."


def _gather(sheet: Sheet, path: str, registry: Registry) -> list[_Gathered]:
    found: dict[object, _Gathered] = {}
    above = ""
    for row in sheet.rows:
        place = f"{path} row {row.number}"
        sentence = " ".join(row["sentence"].split())
        if not sentence:
            raise UnreadableError(place, "no sentence", "write one, or leave the row empty")
        about = _about(row, place, registry)
        key: object = (about["issuers"], about["date"], about["kind"])
        if "doc" in sheet.columns:
            # In merged cells only the first row has the name.
            above = row["doc"] or above
            if not above:
                raise UnreadableError(place, "no doc", "say in which document the sentence stands")
            key = above
        one = found.setdefault(key, _Gathered(above or f"{sheet.name}-{len(found) + 1}"))
        for name in _ABOUT:
            if about[name] and one.about.setdefault(name, about[name]) != about[name]:
                reason = f"another {name} for “{one.id}” than further up"
                raise UnreadableError(place, reason, "say the same in all its rows, or only once")
        records = one.sentences.setdefault(sentence, [])
        one.rows.setdefault(sentence, row.number)
        if row["complete"] and not _read(row, "complete", place, cells.yes):
            one.unread.add(sentence)
        record = _record(row, sentence, place, registry, one.about.get("date"))
        if record is not None:
            records.append(record)
    return list(found.values())


def _about(row: Row, place: str, registry: Registry) -> dict[str, Any]:
    day = _read(row, "date", place, cells.date)
    issuers = _read(row, "issuers", place, lambda cell: cells.parties(cell, registry, day))
    return {"issuers": issuers, "date": day, "kind": row["kind"].lower()}


def _record(
    row: Row, sentence: str, place: str, registry: Registry, day: dt.date | None
) -> CodedRecord | None:
    act = _read(row, "act", place, cells.act)
    if act is None:
        _check_empty(row, place)
        return None

    def parties(cell: str) -> tuple[str, ...]:
        return cells.parties(cell, registry, day)

    quote = " ".join(row["quote"].split())
    if quote and quote not in sentence:
        reason = "the quote is not in the sentence word for word"
        raise UnreadableError(place, reason, "copy it from there, or leave it empty")
    return CodedRecord(
        act=act,
        quote=quote,
        obligors=_read(row, "obligors", place, parties),
        targets=_read(row, "targets", place, parties),
        themes=_read(row, "themes", place, cells.themes),
        strength=_read(row, "strength", place, cells.strength),
        reaffirms=_read(row, "reaffirms", place, cells.yes),
        conditional=_read(row, "conditional", place, cells.yes),
        deadline=_read(row, "deadline", place, cells.deadline),
        amounts=_read(row, "amounts", place, cells.amounts),
    )


def _check_empty(row: Row, place: str) -> None:
    for name in ("obligors", "targets", "themes", "strength", "deadline", "amounts"):
        if not cells.is_nothing(row[name]):
            remedy = "name the act, or empty the other cells"
            raise UnreadableError(place, f"{name}, but no act", remedy)


def _read(row: Row, column: str, place: str, reader: Any) -> Any:
    try:
        return reader(row[column])
    except StandfastError as error:
        reason = f"{error.reason} as “{error.subject}” in the column {column}"
        if not error.reason.startswith("no such"):
            reason = f"“{error.subject}” in the column {column} is {error.reason}"
        raise type(error)(place, reason, error.remedy) from error


def _made(one: _Gathered) -> tuple[Document, list[tuple[int, int]]]:
    """A document whose paragraphs are the sentences."""
    places: list[tuple[int, int]] = []
    at = 0
    for sentence in one.sentences:
        places.append((at, at + len(sentence)))
        at += len(sentence) + 2
    text = "\n\n".join(one.sentences)
    document = Document(
        id=one.id,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        title=one.id,
        date=one.about.get("date"),
        kind=one.about.get("kind", ""),
        issuers=one.about.get("issuers", ()),
        blocks=blocks(text),
    )
    return document, places


def _found(
    one: _Gathered, documents: Mapping[str, Document], path: str, columns: tuple[str, ...]
) -> tuple[Document, list[tuple[int, int]]]:
    """The whole document and where the sentences stand in it."""
    if "doc" not in columns:
        reason = "no column “doc” to tell in which document a sentence stands"
        raise UnreadableError(path, reason, "add it, or leave --documents out")
    document = documents.get(one.id) or documents.get(one.id.rsplit(".", 1)[0])
    if document is None:
        place = f"{path} row {min(one.rows.values())}"
        reason = f"no document “{one.id}” among the {len(documents)} read"
        raise UnreadableError(place, reason, "use the files' names without their endings")
    places: list[tuple[int, int]] = []
    at = 0
    for sentence in one.sentences:
        pattern = re.compile(r"\s+".join(map(re.escape, sentence.split())))
        match = pattern.search(document.text, at) or pattern.search(document.text)
        if match is None:
            reason = f"the sentence is not in “{document.id}” word for word"
            remedy = "copy it from there, or leave --documents out"
            raise UnreadableError(f"{path} row {one.rows[sentence]}", reason, remedy)
        places.append(match.span())
        at = match.end()
    # What the table says of a document wins over what was read from it.
    return dataclasses.replace(document, **one.about), places
