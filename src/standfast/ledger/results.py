"""What the ledger takes and gives: queries, stored acts, documents, batches, differences."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal

from standfast.model import Act

Status = Literal["new", "unchanged", "new version", "new source", "re-read"]


@dataclass(frozen=True, slots=True)
class ActQuery:
    """Which acts: several values of one field are alternatives, fields narrow one another.

    ``by`` are obligors, ``to`` targets, all of them party codes; ``since`` and ``until`` are days
    of the documents, both included; ``text`` words or "phrases" of quotes and titles;
    ``batch`` the run of reading that brought them; ``within`` two offsets into the texts between
    which their quotes have words.
    """

    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    speaker: tuple[str, ...] = ()
    act: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    strength: tuple[str, ...] = ()
    checkability: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    text: str | None = None
    document: str | None = None
    batch: int | None = None
    within: tuple[int, int] | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class StoredAct:
    """An act in the ledger: its key, which later extractors keep, and its document's metadata."""

    key: str
    act: Act
    title: str
    date: dt.date | None
    source: str

    def record(self) -> dict[str, Any]:
        """As JSON: the act's record with ``id``, ``title``, ``date`` and ``source``."""
        return {
            "id": self.key,
            **self.act.record(),
            "title": self.title,
            "date": self.date.isoformat() if self.date else None,
            "source": self.source,
        }


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """A document's current version in a list."""

    doc: str
    title: str
    date: dt.date | None
    kind: str
    publisher: str
    issuers: tuple[str, ...]
    language: str
    sources: tuple[str, ...]
    versions: int
    acts: int

    def record(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "doc": self.doc,
            "title": self.title,
            "date": self.date.isoformat() if self.date else None,
            "kind": self.kind,
            "publisher": self.publisher,
            "issuers": list(self.issuers),
            "language": self.language,
            "sources": list(self.sources),
            "versions": self.versions,
            "acts": self.acts,
        }


@dataclass(frozen=True, slots=True)
class BatchInfo:
    """One run of reading. Counts are of what it brought that is still there."""

    id: int
    note: str
    extractor: str
    started: dt.datetime
    finished: dt.datetime | None
    taken_back: dt.datetime | None
    documents: int
    acts: int

    def record(self) -> dict[str, Any]:
        """As JSON, times in ISO 8601."""
        return {
            "id": self.id,
            "note": self.note,
            "extractor": self.extractor,
            "started": self.started.isoformat(),
            "finished": self.finished.isoformat() if self.finished else None,
            "taken_back": self.taken_back.isoformat() if self.taken_back else None,
            "documents": self.documents,
            "acts": self.acts,
        }


@dataclass(frozen=True, slots=True)
class Difference:
    """Something in the ledger that is not as it was written."""

    doc: str
    what: str

    def __str__(self) -> str:
        return f"{self.doc}: {self.what}"

    def record(self) -> dict[str, str]:
        """As JSON."""
        return {"doc": self.doc, "what": self.what}


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about a subject, with who, when and why; ``id`` counts up."""

    id: int
    made: dt.datetime
    who: str
    why: str
    subject: str
    key: str
    field: str
    value: Any
