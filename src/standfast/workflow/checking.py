"""The verb that checks: a report held against the ledger, claim by claim."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

from standfast.claims.changes import superseded
from standfast.claims.comparing import Setting
from standfast.claims.finding import find_claims
from standfast.claims.judging import Outcome, judge, together
from standfast.claims.knowledge import knowledge
from standfast.claims.looking import Wanted, wanted
from standfast.claims.quoting import Quoted, found_in, quotations
from standfast.claims.ranking import Candidate, compared, ranked
from standfast.claims.telling import notes_on
from standfast.documents import Failure, Metadata, read_text
from standfast.documents import read as read_documents
from standfast.extraction import Extractor
from standfast.ledger import Ledger
from standfast.model import (
    Checked,
    Claim,
    Commitment,
    Document,
    Evidence,
    Judged,
    LedgerError,
    Member,
    UnreadableError,
)
from standfast.parties import Registry
from standfast.workflow.linking import Source, opened
from standfast.workflow.recalling import Recall


def check(
    report: str | Path | Document,
    ledger: Source = None,
    *,
    as_of: dt.date | None = None,
    given: Metadata | None = None,
    extractor: Extractor | None = None,
) -> Checked:
    """Hold a report against the ledger.

    ``report`` is a text, a path, an address (``https://…``) or a :class:`Document`. It is judged as
    of its own day, which ``given`` may tell; a report without one as of the ledger's latest
    document. With ``as_of`` it is judged as of that day as well. Raises
    :class:`~standfast.model.UnreadableError` where it cannot be read, and
    :class:`~standfast.model.LedgerError` where the ledger is empty.
    """
    with checker(ledger, extractor) as hold:
        return hold(_document(report, given), as_of)


def check_all(
    paths: Iterable[str | Path],
    ledger: Source = None,
    *,
    as_of: dt.date | None = None,
    given: Metadata | None = None,
    extractor: Extractor | None = None,
) -> Iterator[Checked | Failure]:
    """Many reports, one after another; a failure in the place of what cannot be read."""
    with checker(ledger, extractor) as hold:
        for one in read_documents(paths, given, registry=Registry.for_reports()):
            yield one if isinstance(one, Failure) else hold(one, as_of)


@contextmanager
def checker(ledger: Source, extractor: Extractor | None = None) -> Iterator[Checker]:
    """A :class:`Checker` on a ledger, opened and closed again where it was not open."""
    with opened(ledger) as held:
        yield Checker(held, extractor)


def _document(report: str | Path | Document, given: Metadata | None) -> Document:
    if isinstance(report, Document):
        return report
    if isinstance(report, str) and not report.startswith(("http://", "https://")):
        if not report.strip():
            raise UnreadableError("the report", "holds no text", "paste its words")
        return read_text(report, given, id="report", registry=Registry.for_reports())
    one = next(iter(read_documents([report], given, registry=Registry.for_reports())))
    if isinstance(one, Failure):
        raise UnreadableError(one.path, one.reason, one.remedy)
    return one


Progress = Callable[[int, int], None]
"""Called with how many claims are judged and how many there are (twice as many for two days)."""


def _counting(told: Progress | None, total: int) -> Callable[[], None]:
    """What to call after each claim; it tells at once that there are so many."""
    if told is None:
        return lambda: None
    done = count()
    told(next(done), total)
    return lambda: told(next(done), total)


@dataclass(slots=True)
class _Day:
    """The record as of a day."""

    until: dt.date | None
    setting: Setting
    looked_for: dict[Claim, Wanted] = field(default_factory=dict)

    def wanted(self, claim: Claim) -> Wanted:
        """What to look for, for a claim; worked out once."""
        if claim not in self.looked_for:
            self.looked_for[claim] = wanted(claim, self.setting.registry, self.until)
        return self.looked_for[claim]


def _bearing_out(outcome: Outcome) -> Member | None:
    """The record that bears a claim out, where it is known when it was said."""
    if outcome.record is None or outcome.judged.judgement != "supported":
        return None
    proof = outcome.record.member
    return proof if proof.key and proof.date is not None else None


class Checker:
    """Holds reports against one ledger; what was looked up for one claim serves the next."""

    def __init__(self, ledger: Ledger, extractor: Extractor | None = None) -> None:
        self._ledger, self._registry = ledger, Registry.for_reports()
        self._extractor = extractor or Extractor(profile="press")
        self._recall = Recall(ledger, self._registry, self._extractor)
        self._latest = ledger.latest_day()
        if not ledger.has_acts():
            reason = "holds no acts to check a report against"
            raise LedgerError(ledger.target, reason, "fill it with `standfast read PATH…`")

    def __call__(
        self, report: Document, also: dt.date | None = None, told: Progress | None = None
    ) -> Checked:
        """Judge every claim of a report as of its own day, and as of another.

        ``told`` is called after each claim; what it raises ends the check.
        """
        # Anew for each report: somebody may have written to the ledger since the last one.
        self._recall = Recall(self._ledger, self._registry, self._extractor)
        day = report.date or self._latest
        dated = replace(report, date=day)
        claims = find_claims(report, self._extractor.read_sentences(dated))
        twice = also is not None and also != day
        one_more = _counting(told, len(claims) * (1 + twice))
        judged = self._as_of(report, claims, day, one_more)
        later = self._as_of(report, claims, also, one_more) if twice else ()
        reach = self._recall.reach(day)
        checked = Checked(report, day, judged, reach, also if later else None, later)
        return replace(checked, notes=tuple(notes_on(checked, self._registry)))

    def _as_of(
        self,
        report: Document,
        claims: Sequence[Claim],
        until: dt.date | None,
        told: Callable[[], None],
    ) -> tuple[Judged, ...]:
        day = _Day(until, Setting(self._registry, report.date or until, self._recall.text))
        quotes = [(one, self._quote(one, until)) for one in quotations(report.text)]
        found = []
        for first in range(0, len(claims), _AT_ONCE):
            some = [(claim, *claim.parts) for claim in claims[first : first + _AT_ONCE]]
            with self._ledger.together():
                self._prepare((one for each in some for one in each if one.act), day)
            outcomes = []
            for each in some:
                with self._ledger.together():
                    outcomes.append([self._outcome(one, day) for one in each])
                told()
            with self._ledger.together():
                self._prepare_lines([one for group in outcomes for one in group], until)
                for group in outcomes:
                    whole, *parts = [self._judged(one, day) for one in group]
                    found.append(self._with_quotes(together(whole, parts), quotes))
        return tuple(found)

    def _prepare(self, claims: Iterable[Claim], day: _Day) -> None:
        """Fetch what claims and their parts will need."""
        self._recall.prepare((one, day.wanted(one)) for one in claims)

    def _prepare_lines(self, outcomes: Sequence[Outcome], until: dt.date | None) -> None:
        """Fetch the commitments of all evidence, and when those were said last that may change."""
        self._recall.commitments([p.act for one in outcomes for p in one.judged.evidence if p.act])
        proofs = filter(None, map(_bearing_out, outcomes))
        self._recall.prepare_lines([proof.key for proof in proofs], until)

    def _outcome(self, claim: Claim, day: _Day) -> Outcome:
        """How a claim is judged by the records, whatever became of them since."""
        candidates = () if claim.act is None else self._candidates(claim, day)
        return judge(claim, candidates, day.setting)

    def _judged(self, outcome: Outcome, day: _Day) -> Judged:
        """A judgement by what became of the record since, with the commitments of its evidence."""
        lines = self._lines(outcome, day.until)
        judged = superseded(outcome.judged.claim, outcome.judged, lines, day.setting, day.until)
        return replace(judged, evidence=self._placed(judged.evidence))

    def _candidates(self, claim: Claim, day: _Day) -> list[Candidate]:
        """Acts that may bear on a claim; where none does, sentences without any act too."""
        looked_for = day.wanted(claim)
        on, records = day.setting.on, self._recall.records(looked_for)
        cheap = compared(claim, records, self._registry, on)
        found = ranked(claim, cheap, self._recall.vectors)
        if found and found[0].odds >= knowledge("judging")["passages_below"]:
            return found
        passages = self._recall.passages(claim, looked_for, records)
        more = compared(claim, passages, self._registry, on)
        return ranked(claim, [*cheap, *more], self._recall.vectors) if more else found

    def _lines(self, outcome: Outcome, until: dt.date | None) -> list[Commitment]:
        """The lines of the record that bears a claim out, where they went on after it."""
        proof = _bearing_out(outcome)
        if proof is None or proof.date is None:
            return []
        return self._recall.later_lines(proof.key, proof.date, until)

    def _placed(self, proofs: Sequence[Evidence]) -> tuple[Evidence, ...]:
        """Evidence with the commitments that each act belongs to."""
        names = self._recall.commitments([one.act for one in proofs if one.act])
        return tuple(
            replace(one, commitments=names.get(one.act, one.commitments)) for one in proofs
        )

    def _quote(self, one: Quoted, until: dt.date | None) -> Evidence | None:
        words = tuple(word for word in one.text.split() if len(word) > _LETTERS)
        return found_in(one.text, self._recall.quoting(words[:_QUOTED], until, _DOCUMENTS))

    def _with_quotes(
        self, judged: Judged, quotes: Sequence[tuple[Quoted, Evidence | None]]
    ) -> Judged:
        """A judgement with the places of what its sentence quotes."""
        claim = judged.claim
        mine = [
            proof
            for one, proof in quotes
            if proof is not None and " ".join(one.text.split())[:_HEAD] in claim.sentence
        ]
        return replace(judged, evidence=(*judged.evidence, *mine)) if mine else judged


_AT_ONCE = 32
"""Claims for which acts are fetched together."""
_LETTERS, _QUOTED, _DOCUMENTS, _HEAD = 4, 12, 5, 40
"""Of a quotation: letters that a telling word has more than, how many words are looked for, in how
many documents, and letters by which it is found in a claim's sentence."""
