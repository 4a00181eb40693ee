"""What an occasion set out to secure, and what of it was secured, goal by goal.

Set out is what was asked of parties, or aimed at, before the occasion and at it; secured is what
its documents promise or report as done. Absence of an answer says what these texts hold, not what
was never said.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from standfast.lineage.goal_scores import (
    Score,
    default_score,
    goal_rules,
    members_of,
    telling_words,
)
from standfast.lineage.occasion_list import all_series
from standfast.model import Act, Member, Occasion
from standfast.parties import Registry

GoalStatus = Literal["secured", "partly", "not found"]


@dataclass(frozen=True, slots=True)
class Answer:
    """A promise or delivery that may answer a goal, and how well, between 0 and 1."""

    member: Member
    score: float


@dataclass(frozen=True, slots=True)
class Goal:
    """One thing asked, in the words of every act that asks it, and what answers it.

    ``asks`` are in the order of their dates; ``answers`` the best first. ``reasons`` say in words
    why the status is what it is.
    """

    asks: tuple[Member, ...]
    answers: tuple[Answer, ...]
    status: GoalStatus
    reasons: tuple[str, ...]

    @property
    def asked(self) -> tuple[str, ...]:
        """Parties that any of the acts asks, each once."""
        return tuple(dict.fromkeys(code for one in self.asks for code in one.act.obligors))

    @property
    def words(self) -> str:
        """The latest wording."""
        return self.asks[-1].act.quote

    def record(self) -> dict[str, Any]:
        """As JSON, with the acts behind it."""
        return {
            "words": self.words,
            "asked": list(self.asked),
            "status": self.status,
            "reasons": list(self.reasons),
            "asks": [one.record() for one in self.asks],
            "answers": [
                {**one.member.record(), "score": round(one.score, 4)} for one in self.answers
            ],
        }


def set_out(
    occasion: Occasion,
    members: Iterable[Member],
    previous: Occasion | None = None,
    about: Sequence[str] = (),
) -> list[Member]:
    """Requests and aims before an occasion and at it, in the order of their dates.

    At it: requests in its documents. Before it, since the ``previous`` of the series and at most a
    year: requests that a participant makes of another one or of a party in ``about``, and requests
    and mere intentions of participants that name the series. What a party asks of itself is left
    out, and so is what has no date and is in none of its documents.
    """
    first = first_day(occasion, previous)
    series = all_series().get(occasion.series)
    ours = {*occasion.participants, *([series.body] if series and series.body else [])}

    def counts(one: Member) -> bool:
        act = one.act
        named = bool(series and series.words.search(act.quote)) or occasion.name in act.quote
        if act.act == "commitment":
            aims = act.strength in {"intent", "soft"} and bool(set(act.obligors) & ours)
            return aims and named and one.date is not None and first <= one.date < occasion.start
        if act.act != "request" or not act.obligors or set(act.obligors) <= set(act.speaker):
            return False
        if act.doc in occasion.documents:
            return True
        if one.date is None or not first <= one.date <= occasion.end:
            return False
        asked_of = (set(act.obligors) - set(act.speaker)) & {*ours, *about}
        return named or bool(set(act.speaker) & {*ours, *about} and asked_of)

    return _distinct(one for one in members if counts(one))


def first_day(occasion: Occasion, previous: Occasion | None = None) -> dt.date:
    """The day from which on what was asked counts: after the ``previous`` one, within a year."""
    first = occasion.start - dt.timedelta(days=goal_rules()["window"]["days"])
    return max(first, previous.end + dt.timedelta(days=1)) if previous else first


def secured(occasion: Occasion, members: Iterable[Member]) -> list[Member]:
    """Commitments and deliveries in an occasion's documents, each wording once."""
    return _distinct(
        one
        for one in members
        if one.act.act in {"commitment", "delivery"} and one.act.doc in occasion.documents
    )


def compare(
    goals: Sequence[Member],
    commitments: Sequence[Member],
    score: Score | None = None,
    *,
    registry: Registry | None = None,
    on: dt.date | None = None,
) -> list[Goal]:
    """Goals with what answers each, near-identical ones together, in the order they were asked.

    ``score`` judges a request and a promise between 0 and 1; the default one goes by themes,
    parties and words in common. ``on`` is the day whose memberships count, the occasion's first.
    """
    judge = score or default_score(registry, on)
    rules = goal_rules()["status"]
    found: list[Goal] = []
    for group in _groups(goals):
        keys = {one.key for one in group}
        scored = [
            Answer(one, max(judge(ask.act, one.act) for ask in group))
            for one in commitments
            if one.key not in keys
        ]
        near = sorted(
            (one for one in scored if one.score >= rules["partly"]),
            key=lambda one: (-one.score, one.member.date or dt.date.max, one.member.key),
        )
        status, reasons = _judgement(group, near, scored, registry, on)
        found.append(Goal(tuple(group), tuple(near[: rules["answers"]]), status, reasons))
    return found


def _judgement(
    group: Sequence[Member],
    near: Sequence[Answer],
    scored: Sequence[Answer],
    registry: Registry | None,
    on: dt.date | None,
) -> tuple[GoalStatus, tuple[str, ...]]:
    asked = tuple(dict.fromkeys(code for one in group for code in one.act.obligors))
    whom = " ".join(asked) or "nobody named"
    if not near:
        best = max((one.score for one in scored), default=0.0)
        told = f"; the nearest has {best:.2f}" if best else ""
        return "not found", (f"no promise of {whom} in these texts comes near it{told}",)
    good = [one for one in near if one.score >= goal_rules()["status"]["secured"]]
    if not good:
        return "partly", (f"the nearest promise is on a like matter only ({near[0].score:.2f})",)
    lacks = [_lack(one.member.act) for one in good]
    left = [code for code in asked if not _answered(code, good, registry, on)]
    reasons: list[str] = []
    if all(lacks):
        reasons.append(lacks[0])
    if left:
        reasons.append(f"no answer of {' '.join(left)}")
    if reasons:
        return "partly", tuple(reasons)
    act = next(one.member.act for one, lack in zip(good, lacks, strict=True) if not lack)
    how = "reported as done" if act.act == "delivery" else f"promised ({act.strength or 'plainly'})"
    return "secured", (f"{how} by {' '.join(act.obligors) or 'the text'}",)


def _lack(act: Act) -> str:
    """What a promise lacks to answer in full."""
    if act.act == "commitment" and act.strength in {"intent", "soft"}:
        return "intended only" if act.strength == "intent" else "only considered or hoped for"
    if act.conditional:
        return f"on a condition ({act.condition})" if act.condition else "on a condition"
    return ""


def _answered(
    code: str, answers: Sequence[Answer], registry: Registry | None, on: dt.date | None
) -> bool:
    """Whether a party, or a body that it belongs to, promises; a single member is not the body."""
    promising = {one for answer in answers for one in answer.member.act.obligors}
    if not promising or code in promising:
        return True
    if any(code in members_of(one, registry, on) for one in promising):
        return True
    members = members_of(code, registry, on)
    return bool(members) and members <= promising


def _groups(goals: Sequence[Member]) -> list[list[Member]]:
    """Requests to the same parties in nearly the same words, held against the first of a group."""
    from rapidfuzz.fuzz import token_sort_ratio

    least = goal_rules()["same_goal"]["words"]
    groups: list[list[Member]] = []
    for one in _distinct(goals):
        words = telling_words(one.act.quote)
        for group in groups:
            head = group[0].act
            same = set(head.obligors) == set(one.act.obligors) and head.act == one.act.act
            if same and token_sort_ratio(telling_words(head.quote), words) >= least:
                group.append(one)
                break
        else:
            groups.append([one])
    return groups


def _distinct(members: Iterable[Member]) -> list[Member]:
    """By date, undated last; the same words of documents that are one text in two guises once."""
    seen: set[tuple[str, str, str]] = set()
    found: list[Member] = []
    for one in sorted(
        members, key=lambda one: (one.date or dt.date.max, one.act.doc, one.act.start)
    ):
        guise = (one.origin or one.act.doc, one.act.act, " ".join(one.act.quote.split()))
        if guise not in seen:
            seen.add(guise)
            found.append(one)
    return found
