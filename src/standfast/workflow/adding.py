"""The verb of the desk that adds: files, addresses and pasted words, in one batch."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from standfast.documents import Failure, Metadata, read_text
from standfast.documents import read as read_documents
from standfast.documents.formats import READERS, sniff, suffix_of
from standfast.documents.web import Policy
from standfast.extraction import Extractor
from standfast.ledger import ActQuery, Ledger
from standfast.model import Document
from standfast.workflow.reading import read_found
from standfast.workflow.standings import keep_standings

_FEW = 30
"""Sources up to which documents are written one by one, so that each is told of at once."""
_MANY_AT_ONCE = 16
_HEAD = 1024
"""Bytes by which a file whose name does not tell is known."""
_NOTED = 300
"""Letters of a batch's note."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent: where it lies for now, and the name that it is known by."""

    path: str
    name: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be added, and what was said of it, which wins over what it says itself."""

    files: tuple[Upload, ...] = ()
    addresses: tuple[str, ...] = ()
    text: str = ""
    given: Metadata = field(default_factory=Metadata)

    @property
    def names(self) -> tuple[str, ...]:
        """What people call each of them."""
        pasted = (self.given.title or "pasted text",) if self.text else ()
        return (*(one.name for one in self.files), *self.addresses, *pasted)


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of one document: a status of the ledger's, or ``failed`` with what is ``told``.

    ``new``, ``new version``, ``new source``, ``re-read`` or ``unchanged`` otherwise.
    """

    name: str
    status: str
    told: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """What a run brought: entries in their order, acts by kind, and the lines that they joined.

    ``batch`` is ``None`` where nothing was new, ``ended`` tells that it was ended before the last.
    """

    entries: tuple[Entry, ...]
    batch: int | None
    acts: Counter[str]
    lines: int
    seconds: float
    ended: bool


Told = Callable[[Entry], None]


def add(  # noqa: PLR0913 - keywords
    wanted: Wanted,
    ledger: Ledger,
    extractor: Extractor,
    *,
    who: str,
    policy: Policy | None = None,
    told: Told = lambda _: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Added:
    """Read what was sent into the ledger as one batch, join it to lines, keep where these stand.

    Each document is written whole or not at all; after ``stopped`` no further one is begun. The
    place of a file is its content and name, not where it lay for a moment.
    """
    entries: list[Entry] = []

    def note(one: Document | Failure, status: str) -> None:
        if isinstance(one, Failure):
            entry = Entry(one.path, "failed", f"{one.reason}; {one.remedy}")
        else:
            entry = Entry(one.title or one.id, status)
        entries.append(entry)
        told(entry)

    ended = False

    def until_stopped() -> Iterator[Document | Failure]:
        nonlocal ended
        for one in _documents(wanted, policy):
            yield one
            if ended := stopped():
                return

    label = f"added by {who}: {', '.join(wanted.names)}"
    few = len(wanted.names) <= _FEW and not any(".jsonl" in one.lower() for one in wanted.names)
    report = read_found(
        until_stopped(),
        ledger,
        extractor,
        note=label if len(label) <= _NOTED else label[:_NOTED] + " …",
        together=1 if few else _MANY_AT_ONCE,
        told=note,
    )
    lines = _lines(ledger, report.batch)
    keep_standings(ledger)
    return Added(tuple(entries), report.batch, report.acts, lines, report.seconds, ended)


def _lines(ledger: Ledger, batch: int | None) -> int:
    """How many commitments the acts of a batch belong to."""
    if batch is None:
        return 0
    keys = [one.key for one in ledger.acts(ActQuery(batch=batch))]
    return len({name for names in ledger.lines_of(keys).values() for name in names})


def _documents(wanted: Wanted, policy: Policy | None) -> Iterator[Document | Failure]:
    for file in wanted.files:
        yield from _of_file(file, wanted.given)
    for address in wanted.addresses:
        yield from read_documents([address], wanted.given, policy=policy)
    if wanted.text:
        one = read_text(wanted.text, wanted.given, id=_stem(wanted.given.title or ""))
        place = f"pasted:{one.sha256[:12]}"
        yield replace(one, path=place, source=one.source or place)


def _of_file(file: Upload, given: Metadata) -> Iterator[Document | Failure]:
    """Documents of a file, placed by its content and name; failures by its name."""
    with Path(file.path).open("rb") as held:
        suffix = suffix_of(file.name)
        if suffix and suffix not in READERS and sniff(held.read(_HEAD)) == ".txt":
            reason = f"{suffix} is no format that can be read"
            yield Failure(file.name, reason, "convert it to PDF, DOCX or plain text")
            return
        held.seek(0)
        digest = hashlib.file_digest(held, "sha256").hexdigest()
    place = f"upload:{digest[:12]}/{file.name}"
    for one in read_documents([file.path], given):
        if isinstance(one, Failure):
            yield replace(one, path=one.path.replace(file.path, file.name))
        else:
            path = one.path.replace(file.path, place)
            yield replace(one, path=path, source=one.source.replace(file.path, place))


def _stem(title: str) -> str:
    """A document's name out of a title."""
    kept = "".join(c if c.isalnum() else " " for c in title.casefold())
    return "-".join(kept.split())[:80] or "pasted"
