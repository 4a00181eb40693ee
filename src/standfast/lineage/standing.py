"""Where a commitment stands on a day, and the events that brought it there.

A pure function of a line's members and of occasions: no clock, no ledger. What a mention, a
delivery, or the time without either does is ruled by ``data/standing.yaml`` and explained, with
examples, in ``docs/standing.md``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from standfast.lineage.standing_course import Course
from standfast.lineage.standing_mentions import Mentions, mentions_of
from standfast.model.commitment import Commitment, Member, Standing
from standfast.model.occasion import Occasion
from standfast.parties import Registry


def standing(
    commitment: Commitment,
    as_of: dt.date | None = None,
    occasions: Sequence[Occasion] = (),
    *,
    registry: Registry | None = None,
) -> Standing:
    """Where a line stands at the end of a day, with its events in the order of their days.

    Without ``as_of`` it is seen from the day of its last mention, so that nothing depends on the
    day of asking. ``occasions`` tell at which series it was usual to mention it; only those of
    which texts are at hand count. With a ``registry`` bodies stand as their members on the day of
    each mention; without one, as themselves.

    ``wording`` and ``strength`` are those of the last mention that says something itself, not of a
    report of delivery where there is another. ``missed`` is empty unless the line stands or is
    silent: of what was delivered nothing is expected.

    A line without any date is taken to stand (to be delivered, if all its members report that),
    with a note and no events. Raises :class:`ValueError` where nothing was said by the day.
    """
    mentions = mentions_of(commitment, as_of, registry)
    if not mentions.told:
        return _without_days(commitment, as_of, mentions)
    course = Course(commitment.kind, occasions, registry)
    for mention in mentions.told:
        course.wait_until(mention.date)
        course.follow(mention)
    end = as_of or mentions.told[-1].date
    course.wait_until(end)
    awaited = course.state in {"standing", "silent"}
    said = course.words
    return Standing(
        commitment=commitment.id,
        as_of=as_of,
        state=course.state,
        since=course.since,
        wording=said.act.quote,
        strength=said.act.strength,
        events=tuple(course.events),
        missed=course.custom.missed(end) if awaited else (),
        notes=tuple(_notes(commitment, mentions, course.custom.unread(end) if awaited else ())),
    )


def _without_days(commitment: Commitment, as_of: dt.date | None, mentions: Mentions) -> Standing:
    dated = any(one.date for one in commitment.members if one not in mentions.other)
    if dated or not mentions.undated:
        by = f" by {as_of}" if as_of else ""
        raise ValueError(f"nothing was said{by} of {commitment.id}, a {commitment.kind}")
    reports = all(one.act.act == "delivery" for one in mentions.undated)
    said = mentions.undated[0].act
    return Standing(
        commitment=commitment.id,
        as_of=as_of,
        state="delivered" if reports else "standing",
        since=None,
        wording=said.quote,
        strength=said.strength,
        events=(),
        notes=tuple(_notes(commitment, mentions, ())),
    )


def _notes(commitment: Commitment, mentions: Mentions, unread: Sequence[str]) -> Iterable[str]:
    if not mentions.told:
        yield "no mention has a date: whether it still stands cannot be told"
    if len(mentions.told) == 1:
        yield "one mention: there is nothing to compare it with"
    if mentions.told and not any(one.sayings for one in mentions.told):
        yield f"only its delivery is reported: no {commitment.kind} of it is in these texts"
    if mentions.told and mentions.undated:
        yield f"left out, without a date: {_texts(mentions.undated)}"
    if mentions.other:
        acts = ", ".join(sorted({one.act.act for one in mentions.other}))
        yield (
            f"left out, being no mention of a {commitment.kind}: {acts} in {_texts(mentions.other)}"
        )
    if unread:
        yield f"not counted as missed, since no text of it is at hand: {', '.join(unread)}"


def _texts(members: Iterable[Member]) -> str:
    count = len({one.origin or one.act.doc for one in members})
    return f"{count} text" if count == 1 else f"{count} texts"
