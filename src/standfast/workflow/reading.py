"""The verbs that read: documents into a ledger, documents into acts, a sentence explained."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from standfast.documents import Failure, Metadata, read_text
from standfast.documents import read as read_documents
from standfast.extraction import Extractor, Profile, SentenceReading
from standfast.ledger import Ledger
from standfast.model import Act, Document, UnreadableError
from standfast.parties import Registry
from standfast.workflow.linking import add_batch

Told = Callable[[Document | Failure, str], None]
"""Called after each document with what became of it: a ledger's status, or ``failed``."""

_TOGETHER = 16
"""Documents whose sentences are parsed together, and that are written in one transaction."""


@dataclass(slots=True)
class ReadReport:
    """What a run of reading brought."""

    documents: Counter[str] = field(default_factory=Counter)
    acts: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)
    batch: int | None = None
    seconds: float = 0.0

    @property
    def total(self) -> int:
        """Number of documents met, the failed ones among them."""
        return self.documents.total()


def read(  # noqa: PLR0913 - keywords, each with a default
    paths: str | Path | Iterable[str | Path],
    ledger: Ledger | str | Path | None = None,
    *,
    given: Metadata | None = None,
    again: bool = False,
    profile: Profile = "accurate",
    extractor: Extractor | None = None,
    told: Told | None = None,
) -> ReadReport:
    """Read documents into a ledger, each whole with its acts or not at all.

    What the ledger holds already is passed over before any extraction; ``again`` extracts anew
    what another version of the extractor, or other metadata, brought. In a ledger whose acts were
    joined, new ones are added to the nearest commitments, provisionally. ``profile`` is
    ``accurate`` or ``fast``; an ``extractor`` has its own. Faults of single files are in the
    report; a ledger that cannot be opened raises :class:`~standfast.model.LedgerError`.
    """
    if not isinstance(ledger, Ledger):
        with Ledger(ledger) as opened:
            return read(
                paths,
                opened,
                given=given,
                again=again,
                profile=profile,
                extractor=extractor,
                told=told,
            )
    some = [paths] if isinstance(paths, str | Path) else list(paths)
    extractor = extractor or Extractor(profile=profile)
    said = "read " + " ".join(map(str, some))
    found = read_documents(some, given)
    return read_found(found, ledger, extractor, note=said, again=again, told=told)


def read_found(  # noqa: PLR0913 - keywords, each with a default
    found: Iterable[Document | Failure],
    ledger: Ledger,
    extractor: Extractor,
    *,
    note: str,
    again: bool = False,
    together: int = _TOGETHER,
    told: Told | None = None,
) -> ReadReport:
    """Read documents that are at hand, as :func:`read` does; ``note`` says what the batch is.

    ``together`` is how many are parsed and written at a time: fewer are told of sooner.
    """
    report, begun = ReadReport(), time.monotonic()

    def became(one: Document | Failure, status: str) -> None:
        report.documents[status] += 1
        if told:
            told(one, status)

    with ledger.batch(note, extractor.version) as batch:
        stream = iter(found)
        while group := list(islice(stream, together)):
            fresh = list(_fresh(group, ledger, again, report, became))
            extracts = list(extractor.pipe(fresh))
            statuses = batch.add_all(extracts, again=again)
            for (document, acts), status in zip(extracts, statuses, strict=True):
                if status != "unchanged":
                    report.acts.update(act.act for act in acts)
                became(document, status)
        report.batch = batch.id
    add_batch(ledger, report.batch)
    report.seconds = time.monotonic() - begun
    return report


def _fresh(
    group: Sequence[Document | Failure],
    ledger: Ledger,
    again: bool,
    report: ReadReport,
    note: Told,
) -> Iterator[Document]:
    """Documents that the ledger does not know; the others and the failures are noted."""
    documents = [one for one in group if isinstance(one, Document)]
    known = {} if again else dict(zip(map(id, documents), ledger.known(documents), strict=True))
    for one in group:
        if isinstance(one, Failure):
            report.failures.append(one)
            note(one, "failed")
        elif known.get(id(one)):
            note(one, "unchanged")
        else:
            yield one


def extract(
    source: str | Path | Document | Iterable[str | Path],
    *,
    given: Metadata | None = None,
    profile: Profile = "accurate",
    extractor: Extractor | None = None,
) -> list[Act]:
    """Acts of documents, without a ledger.

    ``source`` is a path, several, or a :class:`Document`. Raises
    :class:`~standfast.model.UnreadableError` for the first that cannot be read.
    """
    found: list[Act] = []
    for _, acts in extracted(source, given=given, profile=profile, extractor=extractor):
        if isinstance(acts, Failure):
            raise UnreadableError(acts.path, acts.reason, acts.remedy)
        found += acts
    return found


def extracted(
    source: str | Path | Document | Iterable[str | Path],
    *,
    given: Metadata | None = None,
    profile: Profile = "accurate",
    extractor: Extractor | None = None,
) -> Iterator[tuple[Document | None, list[Act] | Failure]]:
    """Documents with their acts one after another; a failure in the place of what it spoils."""
    extractor = extractor or Extractor(profile=profile)
    if isinstance(source, Document):
        yield source, extractor.extract(source)
        return
    stream = read_documents([source] if isinstance(source, str | Path) else source, given)
    while group := list(islice(stream, _TOGETHER)):
        for one in group:
            if isinstance(one, Failure):
                yield None, one
        yield from extractor.pipe(one for one in group if isinstance(one, Document))


def explain(
    text: str,
    *,
    given: Metadata | None = None,
    extractor: Extractor | None = None,
    why: bool = True,
) -> list[SentenceReading]:
    """How each sentence of a text is read: acts, the rules behind each field, what was dropped.

    ``why`` adds what each word weighs for and against, which takes a moment a sentence.
    """
    registry = Registry.load()
    document = read_text(text, given, registry=registry)
    return (extractor or Extractor(registry)).read_sentences(document, why=why)
