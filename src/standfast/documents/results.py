"""What reading gives and takes: metadata from the command line, and failures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from standfast.model import UnreadableError


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a document from one place; ``None`` and ``()`` mean that it does not say."""

    title: str | None = None
    date: dt.date | None = None
    kind: str | None = None
    publisher: str | None = None
    issuers: tuple[str, ...] = ()
    source: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that could not be read: which, why, and what to do."""

    path: str
    reason: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}; {self.remedy}"

    @classmethod
    def of(cls, error: UnreadableError) -> Failure:
        """The failure that an error describes."""
        return cls(error.subject, error.reason, error.remedy)


@dataclass(frozen=True, slots=True)
class Raw:
    """One document as a format's reader gives it, before metadata are decided.

    ``front`` is what the file says of itself in so many words (front matter, a record's keys);
    ``page`` what its format carries (HTML meta data, properties of a PDF or DOCX).
    """

    text: str
    data: bytes
    id: str = ""
    place: str = ""
    front: Mapping[str, Any] = field(default_factory=dict)
    page: Mapping[str, Any] = field(default_factory=dict)
