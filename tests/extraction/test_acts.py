"""Behaviour of the whole extractor on sentences of our own: who does what to whom."""

from __future__ import annotations

import pytest

from standfast.extraction import Extractor
from tests.conftest import Find, make

CASES = [
    # commitment: active, passive, negated, nominal, with a group
    ("We will send Ukraine two hundred generators.", "commitment", {"G7"}, {"UKR"}),
    ("Ukraine pledges to reform its courts.", "commitment", {"UKR"}, set()),
    ("We will not recognise the annexation of Crimea by Russia.", "condemnation", {"G7"}, {"RUS"}),
    ("Canada intends to train engineers of Ukraine.", "commitment", {"CAN"}, {"UKR"}),
    # request: whoever is asked is the obligor
    ("We urge Russia to withdraw its troops.", "request", {"RUS"}, set()),
    ("We call on Belarus to stop its support.", "request", {"BLR"}, set()),
    ("The allies aim to secure commitments from Ukraine on reform.", "request", {"UKR"}, set()),
    # delivery
    (
        "The United States has delivered air defence systems to Ukraine.",
        "delivery",
        {"USA"},
        {"UKR"},
    ),
    # positions
    ("We condemn the brutal attack of Russia on Ukraine.", "condemnation", {"G7"}, {"RUS"}),
    ("We reaffirm our support for the independence of Ukraine.", "affirmation", {"G7"}, {"UKR"}),
    # warnings
    ("Any use of chemical weapons will be met with severe consequences.", "warning", {"G7"}, set()),
]


@pytest.mark.parametrize(("text", "act", "obligors", "targets"), CASES)
def test_who_does_what_to_whom(
    find: Find, text: str, act: str, obligors: set[str], targets: set[str]
) -> None:
    found = find(text, "G7")
    assert [one.act for one in found] == [act]
    assert set(found[0].obligors) == obligors
    assert targets <= set(found[0].targets)
    assert not obligors & set(found[0].targets)


def test_several_acts_in_a_sentence(find: Find) -> None:
    found = find("We condemn the attack by Russia and will provide Ukraine with shelters.", "G7")
    assert [one.act for one in found] == ["condemnation", "commitment"]
    assert found[0].end <= found[1].start


def test_a_list_item_takes_verb_and_party_from_its_stem(find: Find) -> None:
    text = (
        "This year, Canada and Japan will:\n\n- train pilots of Ukraine\n- repair its power grid\n"
    )
    found = find(text, "CAN", "JPN", kind="joint-statement")
    items = [one for one in found if one.start > text.index("-")]
    assert [one.act for one in items] == ["commitment", "commitment"]
    assert all(set(one.obligors) == {"CAN", "JPN"} for one in items)


def test_both_sides_are_the_issuers(find: Find) -> None:
    (one,) = find("Both sides will deepen their cooperation on energy.", "USA", "UKR")
    assert set(one.obligors) == {"USA", "UKR"}


def test_reported_speech_keeps_its_speaker(find: Find) -> None:
    (one,) = find("Ukraine committed to strengthening its anti-corruption court.", "USA")
    assert (one.act, one.obligors, one.speaker) == ("commitment", ("UKR",), ("UKR",))
    (asked,) = find("The United States urged Russia to end the war.", "USA")
    assert (asked.obligors, asked.speaker) == (("RUS",), ("USA",))


@pytest.mark.parametrize(("asked", "other"), [("Russia", "Moldova"), ("Rwanda", "Burundi")])
def test_who_gains_by_a_request(find: Find, asked: str, other: str) -> None:
    (one,) = find(f"We urge {asked} to withdraw its soldiers from {other}.", "G7")
    wanted = [find(f"We will lend {name} a bridge.", "G7")[0].targets for name in (asked, other)]
    assert [one.obligors, one.targets] == wanted


def test_everybody_is_asked_and_never_meant(find: Find) -> None:
    found = find("We will shield all countries from the cost of the blockade.", "G7")
    assert found
    assert all("all-states" not in one.targets for one in found)


def test_turns_say_whose_we_it_is(find: Find) -> None:
    text = "PRESIDENT ZELENSKYY: Thank you.\n\nWe will reform our courts.\n\nQ: Will you?\n"
    found = find(text, "USA", "UKR", kind="speech")
    promises = [one for one in found if one.act == "commitment"]
    assert [one.obligors for one in promises] == [("UKR",)]
    assert all("Will you" not in one.quote for one in found)


def test_fields_of_one_promise(find: Find) -> None:
    text = (
        "If parliament agrees, we will continue to provide Ukraine with training, shelter and "
        "EUR 3 million by the end of 2025."
    )
    (one,) = find(text, "G7", date="2024-05-01")
    assert (one.strength, one.reaffirms, one.conditional) == ("firm", True, True)
    assert one.condition is not None
    assert "parliament" in one.condition
    assert one.deadline == "2025"
    assert [(amount.value, amount.unit) for amount in one.amounts] == [(3e6, "EUR")]
    assert text[one.start : one.end] == one.quote
    assert all(text[item.start : item.end] == item.quote for item in one.items)
    assert {reason.component for reason in one.reasons} >= {"acts", "direction", "strength"}
    assert one.extractor


def test_pure_narrative_holds_no_act(find: Find) -> None:
    assert find("The meeting took place in the morning.", "G7") == []
    assert find("", "G7") == []


def test_the_same_input_gives_the_same_output(extractor: Extractor) -> None:
    document = make("We will help Ukraine. We urge all countries to do the same.", "G7")
    assert extractor.extract(document) == Extractor().extract(document)


def test_parties_are_treated_alike(find: Find) -> None:
    """Swapping the names of two states swaps them in the acts and changes nothing else."""
    text = "{} will provide two hundred generators to {} this winter."
    for first, second in (("France", "Italy"), ("Iran", "Canada"), ("Russia", "Ukraine")):
        one = find(text.format(first, second), "UN")
        other = find(text.format(second, first), "UN")
        assert [a.act for a in one] == [a.act for a in other] == ["commitment"]
        assert one[0].obligors == other[0].targets
        assert one[0].targets == other[0].obligors


def test_very_long_sentences_are_read(find: Find) -> None:
    text = "We will help " + "Ukraine and " * 3000 + "others."
    for one in find(text, "G7"):
        assert text[one.start : one.end] == one.quote


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Together as Allies, we are helping Moldova guard its networks.", "NATO"),
        ("As G7 members, we will fund the schools of Moldova.", "G7"),
        ("As the G7, we will fund the schools of Moldova.", "G7"),
        ("As partners of Norway, we will send it generators.", "JPN"),
        ("As Norway knows, we will send generators to Moldova.", "JPN"),
    ],
)
def test_we_are_whom_the_words_before_name(find: Find, text: str, who: str) -> None:
    (act,) = find(text, "JPN")
    assert act.obligors == (who,)
