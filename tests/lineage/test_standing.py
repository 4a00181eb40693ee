"""Standing: every change once, silence, copies of a text, days, voices; and what never varies."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfast.lineage.standing import standing
from standfast.lineage.standing_cues import standing_rules, taking_back
from standfast.model import CHANGES, Change, Commitment, Event, LineKind, Member, Occasion, Standing
from standfast.parties import Registry
from tests.lineage.makers import line, mention, yearly

DRONES = "We will supply the coast guard with patrol drones"


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def stands(
    *members: Member,
    by: str | None = None,
    at: Sequence[Occasion] = (),
    kind: LineKind = "promise",
    registry: Registry | None = None,
) -> Standing:
    on = day(by) if by else None
    return standing(line(*members, kind=kind), on, at, registry=registry)


def told(found: Standing) -> list[str]:
    return [one.change for one in found.events]


def last(found: Standing) -> Event:
    return found.events[-1]


def first(**more: Any) -> Member:
    return mention("2022-03-01", DRONES, **more)


def then(quote: str = DRONES, act: str = "commitment", **more: Any) -> Member:
    return mention("2023-03-01", quote, act, **more)


# Every change, by the mentions (and the day) that end in it, with a word that its reason has.
CASES: dict[Change, tuple[list[Member], str, str]] = {
    "made": ([first(deadline="2024")], "firm commitment", "standing"),
    "repeated": ([first(), then()], "in the same words", "standing"),
    "strengthened": (
        [first(), then(DRONES + " as long as necessary"), mention("2023-09-01", DRONES)][:1]
        + [then("We are legally bound to supply the coast guard with patrol drones")],
        "bound by law",
        "standing",
    ),
    "weakened": (
        [first(), then("We hope to supply the coast guard with patrol drones", strength="soft")],
        "from firm to considered",
        "standing",
    ),
    "widened": (
        [
            mention("2022-03-01", "We will train some pilots of the coast guard"),
            then("We will train all pilots of the coast guard"),
        ],
        "some → all",
        "standing",
    ),
    "narrowed": (
        [first(targets=("UKR", "MDA")), then(targets=("UKR",))],
        "a party fewer narrower",
        "standing",
    ),
    "conditioned": (
        [first(), then(DRONES + " if parliament agrees", condition="if parliament agrees")],
        "if parliament agrees",
        "standing",
    ),
    "condition dropped": (
        [first(condition="if parliament agrees"), then()],
        "no longer on a condition",
        "standing",
    ),
    "sum raised": (
        [first(amounts=[(40, "drones")]), then(amounts=[(60, "drones")])],
        "by 50 percent",
        "standing",
    ),
    "sum cut": (
        [first(amounts=[(40, "drones")]), then(amounts=[(30, "drones")])],
        "by 25 percent",
        "standing",
    ),
    "deadline moved": (
        [first(deadline="2024"), then(deadline="2025")],
        "later than before",
        "standing",
    ),
    "delivered in part": (
        [first(), then("The first batch of patrol drones has reached the coast guard", "delivery")],
        "first batch",
        "standing",
    ),
    "delivered": (
        [first(), then("We have delivered the patrol drones in full", "delivery")],
        "in full",
        "delivered",
    ),
    "withdrawn": (
        [first(), then("We will no longer supply patrol drones")],
        "",
        "standing",
    ),
    "expired": ([first(deadline="2022-10")], "2022-10-31 passed", "expired"),
    "gone silent": ([first()], "not mentioned for 548 days", "silent"),
}


def test_the_cases_are_all_changes() -> None:
    assert set(CASES) == set(CHANGES)


@pytest.mark.parametrize("change", CASES)
def test_every_change(change: Change) -> None:
    members, why, state = CASES[change]
    timely = {"gone silent": "2024-03-01", "expired": "2022-12-01"}
    found = stands(*members, by=timely.get(change))
    assert told(found) == (["made", change] if change != "made" else ["made"])
    assert why in last(found).why
    assert found.state == state
    assert last(found).member == ("" if change in timely else members[-1].key)
