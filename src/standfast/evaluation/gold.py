"""Reads coded sentences as JSON Lines: one sentence with its records a line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from standfast.evaluation.coded import (
    FIELDS,
    CodedRecord,
    CodedSentence,
    CodedSet,
    incomplete_note,
)
from standfast.model import (
    ACT_KINDS,
    STRENGTHS,
    Amount,
    Document,
    StandfastError,
    UnknownPartyError,
    UnreadableError,
)
from standfast.parties import Registry

Line = Mapping[str, Any]

_NEEDED: tuple[tuple[str, type], ...] = (
    ("id", str), ("doc", str), ("start", int), ("end", int), ("text", str), ("records", list),
)  # fmt: skip


def read_lines(path: Path, documents: Mapping[str, Document], registry: Registry) -> CodedSet:
    """Coded sentences of a file, with those of the documents that they stand in."""
    sentences: list[CodedSentence] = []
    fields: set[str] = set()
    seen: set[str] = set()
    for number, line in _lines(path):
        place = f"{path} line {number}"
        found = _object(line, place)
        try:
            sentence = _sentence(found, registry)
        except StandfastError as error:
            said = f"{error.subject}: {error.reason}" if error.subject else error.reason
            raise type(error)(place, said, error.remedy) from error
        if sentence.id in seen:
            reason = f"the id “{sentence.id}” a second time"
            raise UnreadableError(place, reason, "give each sentence an id of its own")
        seen.add(sentence.id)
        fields.update(key for record in found["records"] for key in record)
        _check(sentence, documents, place)
        sentences.append(sentence)
    if not sentences:
        raise UnreadableError(str(path), "no coded sentence in it", "write one a line")
    used = {sentence.doc for sentence in sentences}
    chosen = tuple(document for name, document in documents.items() if name in used)
    coded = frozenset(FIELDS) & fields if any(s.records for s in sentences) else frozenset(FIELDS)
    notes = incomplete_note(sentences)
    return CodedSet(path.stem, chosen, tuple(sentences), coded, notes)


def _lines(path: Path) -> Iterable[tuple[int, str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError(str(path), "not UTF-8", "save it again as UTF-8") from error
    except OSError as error:
        reason = f"cannot be opened ({error.strerror})"
        raise UnreadableError(str(path), reason, "check its permissions") from error
    # Only line feeds part lines: a text may hold the other breaks that Python knows.
    return [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]


def _object(line: str, place: str) -> Line:
    import orjson

    try:
        found: Any = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise UnreadableError(place, f"not a JSON object ({error})", "mend the line") from error
    if not isinstance(found, dict):
        raise UnreadableError(place, "not a JSON object", "write one object a line")
    for name, kind in _NEEDED:
        if not isinstance(found.get(name), kind) or found[name] == "":
            reason = f"no “{name}”, or not as it must be"
            needed = ", ".join(key for key, _ in _NEEDED)
            raise UnreadableError(place, reason, f"give each sentence {needed}")
    if not all(isinstance(record, dict) for record in found["records"]):
        raise UnreadableError(place, "a record that is no object", "write records as objects")
    return found


def _sentence(found: Line, registry: Registry) -> CodedSentence:
    return CodedSentence(
        id=found["id"],
        doc=found["doc"],
        start=found["start"],
        end=found["end"],
        text=found["text"],
        records=tuple(_record(record, registry) for record in found["records"]),
        complete=found.get("complete") is not False,
    )


def _record(found: Line, registry: Registry) -> CodedRecord:
    act, strength = found.get("act"), found.get("strength")
    if act not in ACT_KINDS:
        raise UnreadableError("act", f"no such act as “{act}”", f"use {', '.join(ACT_KINDS)}")
    if strength is not None and strength not in STRENGTHS:
        reason = f"no such strength as “{strength}”"
        raise UnreadableError("strength", reason, f"use {', '.join(STRENGTHS)} or null")
    return CodedRecord(
        act=act,
        quote=str(found.get("quote") or ""),
        obligors=_parties(found, "obligors", registry),
        targets=_parties(found, "targets", registry),
        themes=_words(found, "themes"),
        strength=strength,
        reaffirms=bool(found.get("reaffirms")),
        conditional=bool(found.get("conditional")),
        deadline=str(found["deadline"]) if found.get("deadline") else None,
        amounts=_amounts(found),
    )


def _words(found: Line, name: str) -> tuple[str, ...]:
    value = found.get(name) or []
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise UnreadableError(name, "not a list of words", 'write it as ["UKR", "POL"]')
    return tuple(value)


def _parties(found: Line, name: str, registry: Registry) -> tuple[str, ...]:
    codes: list[str] = []
    for word in _words(found, name):
        try:
            codes += registry.resolve(word)
        except UnknownPartyError as error:
            raise UnknownPartyError(name, f"no such party as “{word}”", error.remedy) from error
    return tuple(codes)


def _amounts(found: Line) -> tuple[Amount, ...]:
    value = found.get("amounts") or []
    try:
        return tuple(Amount(float(one["value"]), str(one["unit"])) for one in value)
    except (TypeError, KeyError, ValueError) as error:
        remedy = 'write them as [{"value": 500, "unit": "EUR"}]'
        raise UnreadableError("amounts", "not values with units", remedy) from error


def _check(sentence: CodedSentence, documents: Mapping[str, Document], place: str) -> None:
    """That the document is there and still says at the offsets what was coded."""
    document = documents.get(sentence.doc)
    if document is None:
        reason = f"its document “{sentence.doc}” is not among the {len(documents)} read"
        raise UnreadableError(place, reason, "add it, or give its folder with --documents")
    words = document.text[max(sentence.start, 0) : max(sentence.end, 0)].split()
    if words != sentence.text.split() or not words:
        reason = f"“{sentence.doc}” has other words at {sentence.start}–{sentence.end}"
        raise UnreadableError(place, reason, "give the documents as they were when coded")
