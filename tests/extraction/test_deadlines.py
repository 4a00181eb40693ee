"""Deadlines: absolute and relative dates, and dates that are none."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfast.extraction.deadlines import deadline, deadline_of, deadline_spans

ON = dt.date(2023, 5, 20)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("no later than June 30, 2024", "2024-06-30"),
        ("to be signed on 3 July 2023 in Oslo", "2023-07-03"),
        ("they will meet on July 9-11, 2024", "2024-07-11"),
        ("will start on 1 September", "2023-09-01"),
        ("will start on 1 March", "2024-03-01"),
        ("adopt it by May 2024", "2024-05"),
        ("they will meet again in October", "2023-10"),
        ("between April and October 2024", "2024-10"),
        ("by 2030", "2030"),
        ("by 2030 and wholly by 2035", "2035"),
        ("through fiscal year 2025", "2025"),
        ("by the end of the year", "2023"),
        ("by the end of 2024", "2024"),
        ("before year-end", "2023"),
        ("this year", "2023"),
        ("next year", "2024"),
        ("later this summer", "2023-08"),
        ("this autumn", "2023-11"),
        ("in the first quarter of 2026", "2026-03"),
        ("in the first half of 2024", "2024-06"),
        ("over the next five years", "2028"),
        ("for ten years", "2033"),
        ("a seven-year extension of the treaty", "2030"),
        ("over the next three months", "2023-08"),
        ("within 180 days", "2023-11-16"),
        ("within the next year", "2024"),
        ("by the end of this decade", "2030"),
        ("carbon neutral by mid-century", "2050"),
        ("will be announced tomorrow", "2023-05-21"),
        ("next month", "2023-06"),
    ],
)
def test_deadline(text: str, date: str) -> None:
    assert deadline(text, ON) == date


@pytest.mark.parametrize(
    "text",
    [
        "before the next summit",
        "as soon as possible",
        "the summit of 20 May 2023",
        "since 2022 and in 2021",
        "agreed on 4 February 2022",
        "the conference held on 25 October in Berlin",
        "the 2030 Agenda for Sustainable Development",
        "ready for the challenges of tomorrow",
        "over the past five years",
        "five years ago",
        "they may consider it",
        "Resolution 2231 of the council",
        "beginning in 2024",
        "",
    ],
)
def test_no_deadline(text: str) -> None:
    assert deadline(text, ON) is None


def test_without_a_date_of_the_document_only_full_dates_count() -> None:
    assert deadline("by the end of the year", None) is None
    assert deadline("on 1 September", None) is None
    assert deadline("by 1 September 2031", None) == "2031-09-01"


def test_a_date_right_before_the_act_is_its_own_and_one_of_another_act_is_not() -> None:
    words = "In October 2023, both will open a school, and a third one was promised for 2025"
    start, end = words.index("both"), words.index(", and")
    assert deadline_of(words, start, end, ON) == "2023-10"


@given(st.dates(dt.date(2000, 1, 1), dt.date(2060, 12, 31)), st.booleans())
def test_written_dates_are_read_back(day: dt.date, american: bool) -> None:
    text = f"{day:%B} {day.day}, {day.year}" if american else f"{day.day} {day:%B} {day.year}"
    assert deadline(f"no later than {text}.", day - dt.timedelta(days=1)) == day.isoformat()
    assert deadline(f"no later than {text}.", day) is None


@given(st.text(max_size=80), st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)))
def test_spans_lie_inside(text: str, on: dt.date) -> None:
    for start, end, _ in deadline_spans(f"by 2030 {text} within 3 months", on):
        assert 0 <= start < end <= len(text) + 24
