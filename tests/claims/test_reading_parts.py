"""Figures, times, directions and additions: what is read from two texts to hold them together."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfast.claims.added import additions
from standfast.claims.directions import Roles, direction, relation
from standfast.claims.figures import figures, near, same_unit
from standfast.claims.times import times
from tests.claims.makers import REGISTRY

DAY = dt.date(2024, 7, 10)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("More than 500 fresh sanctions were unveiled", 500, "fresh sanctions"),
        ("at least 30 countries have helped", 30, "countries"),
        ("some $2.5 billion in grants", 2.5e9, "USD"),
        ("thirty ships will sail", 30, "ships"),
        ("two million doses of vaccine", 2e6, "doses"),
        ("kit for fourteen launchers", 14, "launchers"),
        ("eight member states have paid", 8, "member states"),
    ],
)
def test_figures_with_what_they_count(text: str, value: float, unit: str) -> None:
    (found,) = figures(text)
    assert (found.value, found.unit) == (value, unit)


@pytest.mark.parametrize(
    "text",
    [
        "They met on 4 May 2023",
        "from 2024 to 2027",
        "for ten years",
        "the G7 and the F-16",
        "5%",
        "all seven member states",
    ],
)
def test_dates_durations_and_names_are_no_figures(text: str) -> None:
    assert [one for one in figures(text) if one.unit != "%"] == []


def test_units_with_one_head_are_the_same() -> None:
    assert same_unit("doses", "vaccine doses")
    assert not same_unit("doses", "tanks")
    assert not same_unit("USD", "EUR")


@given(st.floats(min_value=1, max_value=1e12))
def test_a_figure_is_near_itself_and_not_its_double(value: float) -> None:
    assert near(value, value)
    assert not near(value, 2 * value)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("kept in force for another year", 365.25),
        ("within half a year", 182.625),
        ("to run for a decade", 3652.5),
        ("for three more months", 91.2),
    ],
)
def test_durations(text: str, days: float) -> None:
    found = [one for one in times(text, DAY) if one.kind == "lasting"]
    assert [round(one.days, 3) for one in found] == [days]


def test_a_decade_and_a_beginning_are_days() -> None:
    assert times("only in the second half of the 2040s", DAY)[-1].words == "2049"
    assert times("will be stationed from 2026", DAY)[-1].words == "2026"
    assert times("two years ago", DAY) == ()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("will meet on 12 December in Rome", "2024-12-12"),
        ("will meet on December 12th", "2024-12-12"),
        ("by the close of 2024", "2024"),
    ],
)
def test_days_to_come_without_their_year(text: str, day: str) -> None:
    on = dt.date(2024, 7, 12)
    assert [one.words for one in times(text, on) if one.kind == "day"] == [day]


def test_a_day_of_this_year_that_is_past_or_does_not_exist_is_none() -> None:
    on = dt.date(2024, 7, 12)
    assert times("they met on 3 March", on) == ()
    assert times("they met on 31 November", on) == ()


def test_members_stand_to_their_body_as_of_the_day() -> None:
    def how(one: str, other: str) -> str:
        return relation((one,), (other,), REGISTRY, DAY)

    assert how("DEU", "NATO") == "within"
    assert how("NATO", "DEU") == "wider"
    assert how("SWE", "NATO") == "within"
    assert relation(("SWE",), ("NATO",), REGISTRY, dt.date(2021, 6, 14)) == "other"
    assert how("DEU", "partners") == "unsaid"


def test_directions_straight_and_exchanged() -> None:
    claim, record = Roles(("UKR",), ("USA",)), Roles(("USA",), ("UKR",))
    found = direction(claim, record, REGISTRY, DAY)
    assert found.straight == 0
    assert found.swapped == 1
    same = direction(claim, claim, REGISTRY, DAY)
    assert (same.straight, same.swapped) == (1, 0)


def test_who_is_only_named_in_the_other_sentence_may_have_been_exchanged() -> None:
    claim, record = Roles(("G7",), ("ISR",)), Roles(("G7",), ("IRN",))
    both = frozenset({"G7", "ISR", "IRN"})
    assert direction(claim, record, REGISTRY, DAY, (both, both)).swapped > 0.5
    assert direction(claim, record, REGISTRY, DAY).swapped == 0


def test_additions_are_phrases_that_the_document_does_not_have() -> None:
    document = "We call on the party to accept the ceasefire and to release all hostages."
    said = "The leaders urged the party to accept the ceasefire and to hand its rockets to Egypt."
    assert list(additions(said, document)) == ["to hand its rockets to Egypt"]
    assert (
        list(additions("They urged it to accept and to release all its hostages.", document)) == []
    )
