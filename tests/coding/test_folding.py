"""What holds of decisions and of those that take them back."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from standfast.coding.comparing import same, side_by_side
from standfast.coding.settling import settled, stand
from standfast.model.coding import Coding, Step, Verdict, fold

MADE = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


def record(start: int = 0, **more: Any) -> dict[str, Any]:
    given: dict[str, Any] = {
        "doc": "note", "start": start, "end": start + 10, "quote": "We will go", "act": "request",
        "obligors": ["UKR"], "targets": [], "themes": ["reform"], "strength": None,
        "reaffirms": False, "conditional": False, "deadline": None, "amounts": [],
    }  # fmt: skip
    return given | more


def coding(
    id_: int, who: str, *value: dict[str, Any], step: Step = "coding",
    verdict: Verdict = "mend", undoes: int | None = None,
) -> Coding:  # fmt: skip
    return Coding(id_, MADE, who, "k", "note", step, verdict, value, (record(),), undoes)


@st.composite
def histories(draw: st.DrawFn) -> list[Coding]:
    """Decisions of three people, some of which take an earlier one back, once each."""
    found: list[Coding] = []
    for id_ in range(1, draw(st.integers(1, 12)) + 1):
        who = draw(st.sampled_from(["ann", "bo", "ed"]))
        step: Step = "ruling" if who == "ed" else "coding"
        taken = {one.undoes for one in found}
        open_ = [one.id for one in found if one.undoes is None and one.id not in taken]
        undoing: bool = draw(st.booleans())
        if open_ and undoing:
            found.append(
                coding(id_, who, step=step, verdict="undo", undoes=draw(st.sampled_from(open_)))
            )
        else:
            strength = draw(st.sampled_from(["firm", "soft"]))
            found.append(coding(id_, who, record(strength=strength), step=step))
    return found


def by_hand(history: list[Coding]) -> tuple[dict[str, int], int | None]:
    """The same by keeping a stack of decisions for each person."""
    stacks: dict[str, list[int]] = {}
    for one in history:
        if one.undoes is None:
            stacks.setdefault(one.who, []).append(one.id)
        else:
            for stack in stacks.values():
                if one.undoes in stack:
                    stack.remove(one.undoes)
    ruling = stacks.pop("ed", [])
    held = {who: stack[-1] for who, stack in stacks.items() if stack}
    return held, ruling[-1] if ruling else None


@given(histories())
def test_the_latest_that_is_not_taken_back_holds(history: list[Coding]) -> None:
    folded = fold(history)
    readings, ruling = by_hand(history)
    assert {who: one.id for who, one in folded.readings.items()} == readings
    assert (folded.ruling.id if folded.ruling else None) == ruling
    assert folded.last == history[-1].id


@given(histories())
def test_taking_the_last_decision_back_is_as_if_it_had_not_been(history: list[Coding]) -> None:
    last = history[-1]
    if last.undoes is None:
        back = coding(last.id + 1, last.who, step=last.step, verdict="undo", undoes=last.id)
        before, after = fold(history[:-1]), fold([*history, back])
        assert (before.readings, before.ruling) == (after.readings, after.ruling)


def test_what_follows_from_readings() -> None:
    one, other = record(strength="firm"), record(strength="soft")
    assert stand(fold([]), ()) == "open"
    alone = fold([coding(1, "ann", one)])
    assert stand(alone, ()) == "settled"
    assert stand(alone, {"ann", "bo"}) == "waiting"
    assert settled(alone, {"ann", "bo"}) is None
    both = fold([coding(1, "ann", one), coding(2, "bo", one)])
    assert settled(both, {"ann", "bo"}) == coding(1, "ann", one)
    assert stand(fold([coding(1, "ann", one), coding(2, "bo", other)]), ()) == "differing"
    skipped = fold([coding(1, "ann", one), coding(2, "bo", verdict="skip")])
    assert stand(skipped, {"ann", "bo"}) == "settled"
    ruled = fold([coding(1, "ann", one), coding(2, "ed", other, step="ruling")])
    assert stand(ruled, {"ann", "bo"}) == "ruled"


def test_order_and_spaces_make_no_difference() -> None:
    one = record(obligors=["USA", "DEU"], amounts=[{"value": 5, "unit": "EUR"}])
    other = record(obligors=["DEU", "USA"], amounts=[{"value": 5.0, "unit": "EUR"}])
    assert same([one, record(30)], [record(30), other | {"quote": "We  will\ngo"}])
    assert not same([one], [one | {"end": 11}])
    assert not same([record(themes=["a", "b"])], [record(themes=["b", "a"])])
    assert not same([], [one])


def test_acts_stand_beside_each_other_by_their_place() -> None:
    left, right = [record(0), record(20)], [record(21, act="warning"), record(50)]
    first, second, third = side_by_side([left, right])
    assert next(row.values for row in first) == ("request", None)
    assert next(row.values for row in second) == ("request", "warning")
    assert next(row.values for row in third) == (None, "request")
    assert [row.name for row in second if row.differs] == ["act"]
