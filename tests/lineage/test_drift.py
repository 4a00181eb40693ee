"""Drift: which words changed, on which ladder and field, which way; and what is no change."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfast.lineage.drift import Drift, drift, drift_between
from standfast.lineage.drift_fields import last_day
from standfast.lineage.ladders import drift_rules
from standfast.lineage.segments import plain
from standfast.model import Act
from standfast.parties import Registry
from tests.lineage.makers import say

SENTENCES = (
    "we will may explore all some of the drones boats for as long as it takes we can now "
    "unwavering firm demand urge condemn deplore $2 5,000 don’t , . ; harbour-side ready to"
)
texts = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(SENTENCES.split()), max_size=25).map(" ".join),
)


def read(found: Drift) -> list[tuple[str, str]]:
    return [(one.dimension, one.direction) for one in found.readings]


def between(a: Act, b: Act) -> list[tuple[str, str, str, str]]:
    return [(one.dimension, one.direction, one.before, one.after) for one in compare(a, b).readings]


def compare(a: Act, b: Act, on: dt.date | None = None) -> Drift:
    return drift_between(a, b, registry=Registry.load() if on else None, on=on)


def test_words_stay_go_and_come_in_reading_order() -> None:
    found = drift("We will mend the harbour.", "We may mend the old harbour.")
    assert [(one.kind, one.before, one.after) for one in found.segments] == [
        ("same", "We ", "We "),
        ("gone", "will ", ""),
        ("come", "", "may "),
        ("same", "mend the ", "mend the "),
        ("come", "", "old "),
        ("same", "harbour.", "harbour."),
    ]
    assert found.changed


def test_case_space_and_the_shape_of_apostrophes_are_no_change() -> None:
    found = drift("The  fleet’s boats", "the fleet's boats")
    assert [one.kind for one in found.segments] == ["same"]
    assert (found.before, found.after) == ("The  fleet’s boats", "the fleet's boats")
    assert not found.changed


@given(texts, texts)
def test_segments_put_together_give_both_wordings_back(before: str, after: str) -> None:
    found = drift(before, after)
    assert (found.before, found.after) == (before, after)
    assert all(one.before == "" for one in found.segments if one.kind == "come")
    assert all(one.after == "" for one in found.segments if one.kind == "gone")


@given(texts)
def test_a_wording_has_no_drift_from_itself(text: str) -> None:
    found = drift(text, text)
    assert not found.changed
    assert found.readings == ()
    assert compare(say(text), say(text)).readings == ()


BACK = {"stronger": "weaker", "weaker": "stronger", "wider": "narrower", "narrower": "wider"}


@given(texts, texts)
def test_there_and_back_again_reads_the_other_way_round(before: str, after: str) -> None:
    there = [(d, BACK[way]) for d, way in read(drift(before, after))]
    assert there == read(drift(after, before))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("We will dredge the port", "We intend to dredge the port", ("obligation", "weaker")),
        ("We hope to dredge it", "We undertake to dredge it", ("obligation", "stronger")),
        ("We will dredge it", "We will explore dredging it", ("obligation", "weaker")),
        ("aid for as long as it takes", "aid for as long as possible", ("duration", "weaker")),
        ("aid for the time being", "aid over the long term", ("duration", "stronger")),
        ("all pilots of the fleet", "some pilots of the fleet", ("quantity", "narrower")),
        ("several ferries", "every ferry", ("quantity", "wider")),
        ("our ironclad pact", "our firm pact", ("resolve", "weaker")),
        ("We invite them to leave", "We demand that they leave", ("asking", "stronger")),
        ("We deplore the raid", "We condemn the raid", ("reproach", "stronger")),
    ],
)
def test_ladders(before: str, after: str, expected: tuple[str, str]) -> None:
    (found,) = drift(before, after).readings
    assert (found.dimension, found.direction) == expected
    assert found.before in before.casefold()
    assert found.after in after.casefold()
    assert found.why.startswith("from ")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("We will sail", "We shall sail"),  # the same rung
        ("They showed political will", "They showed haste"),
        ("It ends in May 2031", "It ends in June 2031"),
        ("First of all, boats", "Boats"),
        ("An all-weather road", "A road"),  # within a word
        ("At, present or absent", "Absent"),  # a mark between the words
    ],
)
def test_what_only_looks_like_a_rung_says_nothing(before: str, after: str) -> None:
    assert drift(before, after).readings == ()


def test_a_wording_left_out_is_read_where_the_ladder_says_so() -> None:
    gone = drift("We will help as long as it takes", "We will help").readings
    assert [(one.dimension, one.direction, one.after) for one in gone] == [
        ("duration", "weaker", "")
    ]
    assert gone[0].why.startswith("left out")
    assert read(drift("Help", "Unwavering help")) == [("resolve", "stronger")]
    assert drift("All boats sail", "Boats sail").readings == ()  # quantity does not say so


def test_rungs_are_paired_in_order_and_told_once() -> None:
    found = drift("we will sail and we will row", "we may sail and we may row")
    assert read(found) == [("obligation", "weaker")]
    found = drift("all will sail", "some may sail")
    assert read(found) == [("obligation", "weaker"), ("quantity", "narrower")]


@pytest.mark.parametrize("ladder", drift_rules()["ladders"], ids=lambda row: row["dimension"])
def test_every_wording_of_a_ladder_is_found_on_its_own_rung(ladder: dict[str, object]) -> None:
    rungs: list[dict[str, list[str]]] = ladder["rungs"]  # type: ignore[assignment]
    top, bottom = rungs[0]["words"][0], rungs[-1]["words"][0]
    for place, rung in enumerate(rungs):
        for words in rung["words"]:
            assert words == plain(words)
            other = bottom if place == 0 else top
            found = {one.dimension: one for one in drift(f"x {other} x", f"x {words} x").readings}
            assert found[str(ladder["dimension"])].after == words
            assert found[str(ladder["dimension"])].direction == ladder["down" if place else "up"]


def test_strength_of_the_acts_goes_before_their_words() -> None:
    firm, soft = say("We will sail"), say("We may sail", strength="soft")
    assert [one[:2] for one in between(firm, soft)] == [("obligation", "weaker")]  # told once
    assert between(firm, say("We may sail")) == []  # the acts are equally strong
    assert between(firm, say("We sail", strength="intent")) == [
        ("strength", "weaker", "firm", "intent")
    ]
    assert [one[:2] for one in between(say("We may sail"), say("We will", strength="soft"))] == [
        ("strength", "weaker")
    ]


def test_conditions() -> None:
    free, tied = say("We will sail"), say("We will sail", condition="if asked")
    assert between(free, tied) == [("condition", "weaker", "", "if asked")]
    assert between(tied, free) == [("condition", "stronger", "if asked", "")]
    other = say("We will sail", condition="once paid")
    assert between(tied, other) == [("condition", "other", "if asked", "once paid")]


@pytest.mark.parametrize(
    ("old", "new", "way"),
    [
        ("2030", "2032", "weaker"),
        ("2030-06", "2030-03-01", "stronger"),
        ("2030", "2030-06", "other"),
        (None, "2030", "stronger"),
        ("2030", None, "weaker"),
    ],
)
def test_deadlines(old: str | None, new: str | None, way: str) -> None:
    found = between(say("By then", deadline=old), say("By then", deadline=new))
    assert found == [("deadline", way, old or "", new or "")]


def test_the_last_day_of_a_deadline() -> None:
    assert last_day("2023") == dt.date(2023, 12, 31)
    assert last_day("2024-02") == dt.date(2024, 2, 29)
    assert last_day("2024-02-03") == dt.date(2024, 2, 3)
    assert last_day("soon") is None
    assert last_day("2024-13") is None


def test_sums_raised_cut_and_on_top() -> None:
    ten = say("Ten million for ports", amounts=[(10e6, "EUR")])
    raised = compare(ten, say("12 million for ports", amounts=[(12e6, "EUR")])).readings
    assert [(one.direction, one.before, one.after) for one in raised] == [
        ("stronger", "10,000,000 EUR", "12,000,000 EUR")
    ]
    assert "by 20 percent" in raised[0].why
    (cut,) = between(ten, say("8 million for ports", amounts=[(8e6, "EUR")]))
    assert cut[1] == "weaker"
    (top,) = compare(ten, say("A further 3 million", amounts=[(3e6, "EUR")])).readings
    assert top.direction == "stronger"
    assert "on top" in top.why
    (parcel,) = compare(ten, say("A 4 million euro package", amounts=[(4e6, "EUR")])).readings
    assert parcel.direction == "stronger"
    two = say("10 and 3 for ports", amounts=[(10, "EUR"), (3, "EUR")])
    (second,) = between(two, say("10 and 4 for ports", amounts=[(10, "EUR"), (4, "EUR")]))
    assert second[1:] == ("stronger", "3 EUR", "4 EUR")  # what both name is the same
    assert between(ten, say("9 boats for ports", amounts=[(9, "boats")])) == []
    assert between(ten, say("Ten million for quays", amounts=[(10e6, "eur")])) == []


def test_parties_a_body_stands_for_its_members_as_of_the_day() -> None:
    before, after = dt.date(2021, 6, 14), dt.date(2024, 7, 10)
    seven = tuple(one.member for one in Registry.load().members("G7", after))
    bodies = say("We will", obligors=("G7",)), say("We will", obligors=seven)
    assert compare(*bodies, on=after).readings == ()
    (codes,) = compare(*bodies).readings
    assert (codes.dimension, codes.direction) == ("obligors", "other")
    alliance = say("We will", targets=("NATO",)), say("We will", targets=("NATO", "FIN"))
    (joined,) = compare(*alliance, on=before).readings
    assert (joined.dimension, joined.direction) == ("targets", "wider")
    assert compare(*alliance, on=after).readings == ()


def test_a_code_that_the_registry_does_not_have_stands_for_itself() -> None:
    acts = say("We will", targets=("harbour-league",)), say("We will", targets=("UKR",))
    assert read(compare(*acts, on=dt.date(2024, 1, 1))) == [("targets", "other")]


def test_themes_and_who_is_not_named() -> None:
    one, two = say("We", themes=("energy",)), say("We", themes=("energy", "trade-and-economy"))
    assert between(one, two) == [("themes", "wider", "energy", "energy trade-and-economy")]
    assert between(one, say("We", targets=())) == []


def test_records_are_json() -> None:
    found = compare(say("We will help as long as it takes"), say("We may help", strength="soft"))
    record = json.loads(json.dumps(found.record()))
    assert "".join(one["after"] for one in record["segments"]) == "We may help"
    assert {one["dimension"] for one in record["readings"]} == {"obligation", "duration"}
