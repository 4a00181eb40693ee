"""Conditions: where their words begin and end, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfast.extraction.conditions import condition, condition_of, conditions


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We will act if the talks fail", "if the talks fail"),
        ("If the talks fail, the allies will act", "If the talks fail"),
        ("Aid resumes once the audit is done, and not before", "once the audit is done"),
        ("Funds stay blocked until the state pays its debts", "until the state pays its debts"),
        (
            "We pledge $5 million, subject to parliament’s consent",
            "subject to parliament’s consent",
        ),
        ("They will respond should Russia attack again", "should Russia attack again"),
        ("The ban holds unless both agree otherwise", "unless both agree otherwise"),
        ("Help goes on as long as the siege lasts", "as long as the siege lasts"),
        ("We consult in the event of an attack", "in the event of an attack"),
        ("a conditions-based transfer of command", "conditions-based"),
    ],
)
def test_condition(text: str, words: str) -> None:
    span = condition(text)
    assert span is not None
    assert text[slice(*span)] == words


@pytest.mark.parametrize(
    "text",
    [
        "We stand by them for as long as it takes",
        "We help for as long as necessary",
        "Measures are taken as appropriate",
        "They asked if the road was open",
        "The troops stay until 2030",
        "We decide whether to go",
        "It looks as if rain comes",
        "once again we thank them",
        "We act as soon as possible",
        "",
    ],
)
def test_no_condition(text: str) -> None:
    assert condition(text) is None


def test_a_condition_belongs_to_the_act_that_it_stands_beside() -> None:
    words = "If talks fail, Oslo will send ships; Rome will send planes if asked by both"
    oslo = (words.index("Oslo"), words.index(";"))
    rome = (words.index("Rome"), len(words))
    assert condition_of(words, *oslo) == (0, len("If talks fail"))
    assert condition_of(words, *rome) == (words.index("if asked"), len(words))


@given(st.text(max_size=60), st.sampled_from(["if ", "Once the ", "until it is ", ", subject to "]))
def test_spans_lie_inside_and_apart(text: str, opening: str) -> None:
    whole = f"{text} {opening}{text}"
    last = 0
    for start, end in conditions(whole):
        assert last <= start < end <= len(whole)
        last = end
