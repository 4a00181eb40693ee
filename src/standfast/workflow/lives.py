"""Lives of all commitments as of a day, taken once, so that curves of some of them cost little."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from standfast.ledger import Ledger
from standfast.lineage.corpus_notes import notes
from standfast.lineage.endurance import PROMISES, By, Lifetime, lifetimes
from standfast.lineage.survival import curves
from standfast.model import LINE_KINDS, Commitment, LineKind, StandfastError, Standing
from standfast.workflow.enduring import Endurance, Text, compared
from standfast.workflow.fitting import fitting
from standfast.workflow.linking import until
from standfast.workflow.viewing import View


@dataclass(frozen=True, slots=True)
class Seen:
    """A commitment as it was on a day, without its words; ``life`` is none where it has no date.

    ``leading`` are its obligors and, of a demand, those who ask; ``texts`` how many documents had
    spoken of it.
    """

    id: str
    kind: LineKind
    leading: frozenset[str]
    targets: frozenset[str]
    themes: frozenset[str]
    texts: int
    first: dt.date | None
    life: Lifetime | None


@dataclass(frozen=True, slots=True)
class Lives:
    """All commitments as of a day, and the documents that the notes are about."""

    as_of: dt.date
    seen: tuple[Seen, ...]
    texts: tuple[Text, ...]

    def endurance(  # noqa: PLR0913 - keywords, one a filter
        self,
        *,
        by: Collection[str] = (),
        to: Collection[str] = (),
        theme: Collection[str] = (),
        kind: Collection[LineKind] = PROMISES,
        mentions: int = 1,
        split: By | None = None,
        between: Sequence[str] = (),
    ) -> Endurance:
        """What :func:`standfast.workflow.endurance` gives for the same filters.

        Raises :class:`StandfastError` where nothing fits.
        """
        fits = fitting(by=by, to=to, theme=theme, kind=kind)
        chosen = [one for one in self.seen if one.texts >= mentions and fits(one)]
        if not chosen:
            remedy = "ask for fewer things at once"
            raise StandfastError("endurance", "no commitments that fit", remedy)
        lives = [one.life for one in chosen if one.life]
        lives.sort(key=lambda one: (one.first, one.commitment))
        drawn = curves(lives, split)
        said = notes(self.texts, chosen, lives, expected=by)
        return Endurance(self.as_of, tuple(lives), drawn, compared(lives, drawn, between), said)


def lives_of(view: View, ledger: Ledger, as_of: dt.date | None = None) -> Lives:
    """The lives of all commitments at the end of a day, that of the latest document unless given.

    Standings that the ledger keeps for that day are taken from it. Raises :class:`StandfastError`
    where acts were not joined yet, or no document has a date.
    """
    if not ledger.linked():
        raise StandfastError("endurance", "acts were not joined yet", "run `standfast link`")
    documents = ledger.documents()
    latest = max((one.date for one in documents if one.date), default=None)
    day = as_of or latest
    if day is None:
        raise StandfastError("endurance", "no commitments that fit", "read documents with dates")
    lines = ledger.commitments()
    kept = ledger.standings([one.id for one in lines]) if day == latest else {}
    found = []
    for one in lines:
        where = kept.get(one.id)
        if where is None or where.as_of != day:
            where = view.standing(one, day)
        if where is not None:
            found.append(_seen(one, where, day))
    texts = tuple(Text(one.doc, one.date, one.issuers) for one in documents)
    return Lives(day, tuple(found), texts)


def _seen(one: Commitment, where: Standing, day: dt.date) -> Seen:
    known = until(one, day)
    lives = lifetimes([(one, where)], day, kinds=LINE_KINDS)
    return Seen(
        one.id,
        one.kind,
        known.leading,
        frozenset(one.targets),
        frozenset(one.themes),
        len(known.documents),
        known.first,
        lives[0] if lives else None,
    )
