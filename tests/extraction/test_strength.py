"""Strength of commitments, and whether an act repeats an earlier one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfast.extraction.strength import explain_strength, reaffirms, strength
from standfast.model import ACT_KINDS, STRENGTHS


@pytest.mark.parametrize(
    ("quote", "level"),
    [
        ("We will deliver two batteries", "firm"),
        ("Both states commit to publish the accounts", "firm"),
        ("The ministers agreed to open an office", "firm"),
        ("We are determined to see them tried", "firm"),
        ("$60 million for the training of crews", "firm"),
        ("The committee will hold its session in May", "firm"),
        ("We will carry out the action plan", "firm"),
        ("The cabinet intends to raise its share", "intent"),
        ("We stand ready to impose further duties", "intent"),
        ("They are prepared to send engineers", "intent"),
        ("We will seek to widen the group", "intent"),
        ("The union aims to halve its imports", "intent"),
        ("We look forward to signing the pact", "soft"),
        ("The sides agreed to explore a joint fund", "soft"),
        ("They will consider new routes", "soft"),
        ("Support may include spare parts", "soft"),
        ("We hope to conclude the talks", "soft"),
    ],
)
def test_strength(quote: str, level: str) -> None:
    assert strength(quote) == level


def test_a_long_subject_does_not_hide_the_verb() -> None:
    quote = (
        "The states of the north and of the south and all their friends in the east intend to go"
    )
    assert strength(quote, "intend") == "intent"


def test_the_words_that_decided_are_told() -> None:
    assert explain_strength("Oslo plans to send ships") == ("intent", "plans")
    assert explain_strength("Ships for the coast guard") == ("firm", "")


@pytest.mark.parametrize(
    ("quote", "act", "repeats"),
    [
        ("We will continue to train crews", "commitment", True),
        ("They reaffirmed their pledge to pay", "commitment", True),
        ("We remain committed to helping them rebuild", "commitment", True),
        ("We will further tighten the rules", "commitment", True),
        ("Oslo will send ships, as agreed at the last summit", "commitment", True),
        ("We reiterate our call for a truce", "request", True),
        ("We reiterate our condemnation of the raid", "condemnation", True),
        ("We will also send ships", "commitment", False),
        ("We will keep you informed of the plan", "commitment", False),
        ("We invest in renewable power", "commitment", False),
        ("We welcome the continued work of the court", "affirmation", False),
        ("We urge both sides to continue the talks", "request", False),
        ("We condemn the continued shelling", "condemnation", False),
    ],
)
def test_reaffirms(quote: str, act: str, repeats: bool) -> None:
    assert reaffirms(quote, act) is repeats


@given(st.text(max_size=80), st.text(max_size=12), st.sampled_from(ACT_KINDS))
def test_any_text_has_a_strength(text: str, verb: str, act: str) -> None:
    level, words = explain_strength(text, verb)
    assert level in STRENGTHS
    assert words or level == "firm"
    assert reaffirms(text, act) in {True, False}
