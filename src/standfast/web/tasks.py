"""What workers do: check a report, add documents. Tasks travel to another process as they are."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Protocol

from standfast.documents import Failure, Metadata, read_text
from standfast.documents import read as read_documents
from standfast.documents.web import Policy
from standfast.extraction import Extractor
from standfast.ledger import Ledger
from standfast.model import Checked, Document, UnreadableError
from standfast.parties import Registry
from standfast.workflow.adding import Added, Upload, Wanted, add
from standfast.workflow.checking import Checker
from standfast.workflow.viewing import View

LETTERS = 200_000
"""Letters of a report at most."""


class StoppedError(Exception):
    """Somebody ended the task."""


class Kit:
    """What a worker keeps from one task to the next: a ledger, and extractors once loaded."""

    def __init__(self, ledger: Ledger, accurate: Extractor | None = None) -> None:
        self.ledger = ledger
        self._accurate = accurate
        self._checker: tuple[int, Checker] | None = None
        self._view: tuple[int, View] | None = None

    @cached_property
    def accurate(self) -> Extractor:
        """The extractor of documents."""
        return self._accurate or Extractor(profile="accurate")

    @cached_property
    def press(self) -> Extractor:
        """The extractor of reports."""
        return Extractor(profile="press")

    def checker(self) -> Checker:
        """A checker of the ledger as it is now; the last one while nothing has changed."""
        state = self.ledger.state()
        if self._checker is None or self._checker[0] != state:
            self._checker = state, Checker(self.ledger, self.press)
        return self._checker[1]

    def view(self) -> View:
        """A look at the ledger as it is now; the last one while nothing has changed."""
        state = self.ledger.state()
        if self._view is None or self._view[0] != state:
            self._view = state, View(self.ledger)
        return self._view[1]


Told = Callable[[Any], None]
Stopped = Callable[[], bool]


class Task(Protocol):
    """Something to do; ``told`` takes pairs (step, steps) or entries of a log."""

    def run(self, kit: Kit, told: Told, stopped: Stopped) -> Any:
        """Do it. Raises :class:`StoppedError` where it was stopped with nothing to show."""

    def discard(self) -> None:
        """Remove what it brought along; called once, however it came out."""


def policy_of(private: bool) -> Policy:
    """What may be fetched: on one's own machine anything, else the open web on its usual ports."""
    if private:
        return Policy(allows=_anything)
    return Policy(ports=frozenset({80, 443}))


def _anything(_: str) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class CheckTask:
    """Check a report: a text, a file or an address. ``private`` lets the address be anywhere."""

    text: str = ""
    address: str = ""
    file: Upload | None = None
    given: Metadata = field(default_factory=Metadata)
    as_of: dt.date | None = None
    private: bool = False
    folder: str = ""

    def run(self, kit: Kit, told: Told, stopped: Stopped) -> Checked:
        """The checked report."""
        report = self.report()
        if len(report.text) > LETTERS:
            reason = f"has {len(report.text):,} letters, more than {LETTERS:,}"
            raise UnreadableError("the report", reason, "check it in parts")

        def judged(done: int, total: int) -> None:
            if stopped():
                raise StoppedError
            told((done, total))

        checked = kit.checker()(report, self.as_of, judged)
        if not checked.claims:
            reason = "no sentence in it claims anything that the record could bear out"
            raise UnreadableError("the report", reason, "give the text of an article in English")
        return checked

    def report(self) -> Document:
        """The report, read; :class:`~standfast.model.UnreadableError` where it cannot be."""
        registry = Registry.for_reports()
        if self.text:
            return read_text(self.text, self.given, id="report", registry=registry)
        path = self.file.path if self.file else self.address
        found = read_documents(
            [path], self.given, registry=registry, policy=policy_of(self.private)
        )
        one, another = next(found, None), next(found, None)
        if another is not None:
            raise UnreadableError("the file", "holds several reports", "give one at a time")
        if isinstance(one, Document):
            name = self.file.name if self.file else self.address
            return _renamed(one, path, name)
        fault = one or Failure(path, "holds no text", "paste its words")
        name = fault.path.replace(self.file.path, self.file.name) if self.file else fault.path
        raise UnreadableError(name, fault.reason, fault.remedy)

    def discard(self) -> None:
        """Remove the file that was sent."""
        _remove(self.folder)


def _renamed(one: Document, path: str, name: str) -> Document:
    return replace(one, path=one.path.replace(path, name), source=one.source.replace(path, name))


@dataclass(frozen=True, slots=True)
class AddTask:
    """Add documents; ``folder`` holds the files that were sent."""

    wanted: Wanted
    who: str
    private: bool = False
    folder: str = ""

    def run(self, kit: Kit, told: Told, stopped: Stopped) -> Added:
        """What was added; where it was stopped, what was added until then."""
        return add(
            self.wanted,
            kit.ledger,
            kit.accurate,
            who=self.who,
            policy=policy_of(self.private),
            told=told,
            stopped=stopped,
        )

    def discard(self) -> None:
        """Remove the files that were sent."""
        _remove(self.folder)


def _remove(folder: str) -> None:
    if folder:
        shutil.rmtree(folder, ignore_errors=True)
