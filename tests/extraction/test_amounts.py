"""Amounts: notations of money, shares of GDP, counted things, and what is none of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfast.extraction.amounts import amount_spans, amounts
from standfast.extraction.numbers import number


def found(text: str) -> list[tuple[float, str]]:
    return [(amount.value, amount.unit) for amount in amounts(text)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("a fund of $1.7 billion", 1.7e9, "USD"),
        ("€50 billion until 2027", 50e9, "EUR"),
        ("EUR 550 million for shelters", 550e6, "EUR"),
        ("USD 2.3bn in guarantees", 2.3e9, "USD"),
        ("61 billion dollars", 61e9, "USD"),
        ("350 billion extra U.S. dollars", 350e9, "USD"),
        ("JPY 3 trillion", 3e12, "JPY"),
        ("7 trillion JPY", 7e12, "JPY"),
        ("£50m of demining kit", 50e6, "GBP"),
        ("more than A$40 million", 40e6, "AUD"),
        ("half a billion euros", 5e8, "EUR"),
        ("one and a half billion dollars", 1.5e9, "USD"),
        ("25 million Norwegian kroner", 25e6, "NOK"),
        ("$2-3 billion", 3e9, "USD"),
        ("€12,500,000", 12.5e6, "EUR"),
        ("2 percent of GDP on defence", 2, "%GDP"),
        ("3.5% of their GDP", 3.5, "%GDP"),
        ("the two percent guideline", 2, "%GDP"),
        ("20,000 troops", 20_000, "troops"),
        ("over 100 field hospitals", 100, "field hospitals"),
        ("twelve additional patrol boats for the coast", 12, "patrol boats"),
        ("two million rounds of artillery ammunition", 2e6, "rounds of artillery ammunition"),
        ("90 individuals and entities", 90, "individuals and entities"),
        ("15 bcm of gas", 15, "bcm"),
        ("from four to six frigates", 6, "frigates"),
    ],
)
def test_one_amount(text: str, value: float, unit: str) -> None:
    assert found(text) == [(value, unit)]


def test_several_amounts_keep_their_order_and_come_once() -> None:
    text = "30 howitzers worth €60 million, of which €60 million are paid, and 5,000 shells"
    assert found(text) == [(30, "howitzers"), (60e6, "EUR"), (5000, "shells")]


@pytest.mark.parametrize(
    "text",
    [
        "the meeting of 24 February 2022",
        "both sides and the two sides",
        "G7 partners met the G20",
        "F-16 pilots",
        "the 75th anniversary of the treaty",
        "Article 5 applies",
        "under paragraph 3 and Section 12 measures",
        "one of the aims",
        "within 180 days and for ten years",
        "in 2024 the allies",
        "three leaders spoke",
        "a three-star general",
        "at COP26 and under SDG 7 targets",
        "no figure at all",
        "",
    ],
)
def test_no_amount(text: str) -> None:
    assert found(text) == []


def test_a_unit_ends_before_the_next_preposition_on() -> None:
    assert found("40 engineers on loan to agencies") == [(40, "engineers")]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("two hundred", 200.0),
        ("two hundred and fifty thousand", 250_000.0),
        ("three and a half million", 3.5e6),
        ("twenty-three", 23.0),
        ("a dozen", 12.0),
        ("1,250.5", 1250.5),
        ("", None),
        ("several", None),
    ],
)
def test_number(words: str, value: float | None) -> None:
    assert number(words) == value


SCALES = {"": 1, " thousand": 10**3, " million": 10**6, "bn": 10**9, " trillion": 10**12}


@given(
    st.integers(1, 99_999),
    st.sampled_from(sorted(SCALES)),
    st.sampled_from([("$", "USD"), ("€", "EUR"), ("£", "GBP"), ("USD ", "USD"), ("CHF ", "CHF")]),
    st.booleans(),
)
def test_generated_notations_are_read_back(
    figure: int, scale: str, money: tuple[str, str], commas: bool
) -> None:
    sign, code = money
    digits = f"{figure:,}" if commas else str(figure)
    assert found(f"They pledged {sign}{digits}{scale} this week.") == [
        (float(figure * SCALES[scale]), code)
    ]


@given(st.text(alphabet="0123456789 ,.$€%-–abdeilmnorst\n’GDPUSX", max_size=60))
def test_spans_lie_inside_and_apart(text: str) -> None:
    last = 0
    for span in amount_spans(text):
        assert last <= span.start < span.end <= len(text)
        assert span.amount.unit
        last = span.end
