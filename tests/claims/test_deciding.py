"""From records to grounds, from grounds to signs, from signs to chances of each judgement."""

from __future__ import annotations

import typing
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfast.claims.added import known_share, things_unknown
from standfast.claims.comparing import Setting
from standfast.claims.deciding import chances, log_odds
from standfast.claims.grounds import Grounds, presumable
from standfast.claims.judging import together
from standfast.claims.knowledge import knowledge
from standfast.claims.ranking import compared, ranked
from standfast.claims.records import Record
from standfast.claims.signs import signs
from standfast.model import Claim, JudgementKind, Member
from tests.claims.makers import DAY, REGISTRY, claim, judged, member

RECORD = "The United States will send Ukraine 31 Abrams tanks by the end of 2023"
SAID = "Washington has pledged to send Kyiv 31 Abrams tanks before the end of 2023."
SETTING = Setting(REGISTRY, DAY, lambda _: "")
KINDS = [kind for kind in typing.get_args(JudgementKind) if kind != "superseded"]
NAMES = sorted(knowledge("deciding")["signs"])
some_signs = st.dictionaries(st.sampled_from(NAMES), st.floats(-3, 3), max_size=12)


def grounds(said: Claim, *records: Member) -> Grounds:
    found = compared(said, [Record(one, REGISTRY) for one in records], REGISTRY, DAY)
    return Grounds.of(said, ranked(said, found), SETTING)


def test_every_judgement_but_what_changed_since_is_weighed() -> None:
    assert sorted(knowledge("deciding")["base"]) == sorted(KINDS)
    for row in knowledge("deciding")["signs"].values():
        assert set(row) <= set(KINDS)


@given(some_signs, st.sets(st.sampled_from(KINDS), min_size=1))
def test_chances_are_of_what_is_possible_and_leave_the_rest_to_others(
    found: dict[str, float], possible: set[JudgementKind]
) -> None:
    likely = chances(found, possible)
    assert set(likely) == possible
    assert all(0 <= one <= 1 for one in likely.values())
    whole = chances(found, KINDS)
    assert sum(whole.values()) == pytest.approx(1)
    assert all(likely[kind] == pytest.approx(whole[kind]) for kind in possible)


@given(some_signs)
def test_a_sign_that_the_data_file_does_not_know_weighs_nothing(found: dict[str, float]) -> None:
    for kind in KINDS:
        assert log_odds({**found, "colour of the tie": 3.0}, kind) == log_odds(found, kind)


def test_a_record_as_told_is_ground_for_support_and_none_for_an_exchange() -> None:
    found = grounds(claim(SAID, deadline="2023"), member(RECORD, deadline="2023"))
    assert found.chosen
    assert found.across is None
    assert {"supported", "not-found", "not-checkable"} == set(found.judgements(SETTING))


def test_an_exchanged_record_is_ground_for_nothing_but_an_exchange() -> None:
    said = claim(SAID, obligors=("UKR",), targets=("USA",), deadline="2023")
    found = grounds(said, member(RECORD, deadline="2023"))
    assert found.across
    assert found.chosen is None
    assert {"reversed", "not-found", "not-checkable"} == set(found.judgements(SETTING))


def test_the_gravest_difference_is_the_ground_of_its_judgement() -> None:
    said = claim(SAID.replace("31", "90"), strength="firm")
    record = RECORD.replace("will", "plans to").replace(" by the end of 2023", "")
    found = grounds(said, member(record, strength="intent")).judgements(SETTING)
    ground = found["overstated"]
    assert ground
    assert (ground.field, ground.report) == ("amounts", "90 Abrams tanks")


def test_a_record_with_another_day_goes_before_one_without_any() -> None:
    said = claim(SAID.replace("2023", "2021"), deadline="2021")
    dated = member(RECORD, deadline="2023")
    silent = member("The United States will send Ukraine 31 Abrams tanks")
    found = grounds(said, silent, dated)
    assert found.chosen
    assert found.chosen.candidate.member is dated
    # Without a day in the report nothing speaks for it.
    plain = grounds(claim("Washington has pledged to send Kyiv 31 Abrams tanks."), silent, dated)
    assert plain.chosen
    assert plain.chosen.candidate.member is silent


def test_wording_alone_suggests_a_deed_and_decides_nothing() -> None:
    said = claim("Washington has already sent Kyiv the tanks.", "delivery")
    record = member("The United States has sent Ukraine the tanks", "delivery")
    (one,) = presumable(said, record, SETTING)
    assert (one.field, one.effect, one.report) == ("act", "more", "already")
    assert not list(
        presumable(said, member("The tanks have already been sent", "delivery"), SETTING)
    )
    assert grounds(said, record).chosen
    assert not grounds(said, record).chosen.differences  # type: ignore[union-attr]


def test_a_member_named_beside_the_others_is_only_presumably_too_many() -> None:
    said = claim(SAID, obligors=("USA", "CAN"))
    fields = [(one.field, one.report) for one in presumable(said, member(RECORD), SETTING)]
    assert fields == [("obligors", "USA CAN")]
    assert not list(presumable(claim(SAID), member(RECORD), SETTING))
    body = member(RECORD, obligors=("NATO",))
    assert not list(presumable(claim(SAID, obligors=("USA", "NATO")), body, SETTING))


def test_signs_tell_how_far_the_claim_is_in_the_record() -> None:
    near = signs(grounds(claim(SAID), member(RECORD)), SETTING)
    far = signs(grounds(claim("Washington will open a zoo in Poltava."), member(RECORD)), SETTING)
    assert near["words: in the record"] > far.get("words: in the record", 0.0)
    assert near["odds: as told"] > far["odds: as told"]
    assert near["told: commitment"] == 1.0
    assert near["record: commitment told as commitment"] == 1.0


def test_signs_of_a_claim_without_any_record_are_those_of_its_words() -> None:
    found = signs(grounds(claim(SAID)), SETTING)
    assert {name.split(":")[0] for name in found} == {"told", "odds"}
    assert all(abs(value) <= 3 for value in found.values())


def test_a_thing_beside_others_is_known_or_not() -> None:
    told = "Washington will send Kyiv tanks, helicopters and a marble parliament."
    document = "The United States will send Ukraine tanks and helicopters."
    found = dict(things_unknown(told, document))
    assert found["helicopters"] == 0
    assert found["a marble parliament"] > 0.5
    assert known_share("It will send helicopters", document) == 1.0
    assert known_share("Nurses will sing", document) < 0.5


OTHER = "The United States supports the reform of the courts of Ukraine"


def test_the_same_parties_alone_are_no_ground() -> None:
    about = claim("Washington has pledged to train Kyiv's mine divers.")
    assert grounds(about, member(RECORD)).candidates
    assert set(grounds(about, member(RECORD)).judgements(SETTING)) == {
        "not-found",
        "not-checkable",
    }
    assert "supported" in grounds(claim(SAID), member(RECORD)).judgements(SETTING)


def test_a_part_needs_more_in_common_with_a_record_than_a_sentence() -> None:
    text = "advice to lawyers in Kyiv"
    whole = claim(text, "affirmation")
    part = replace(whole, alone=False)
    assert part.is_part
    assert not whole.is_part
    record = member(OTHER, "affirmation")
    (one,) = grounds(whole, record).candidates
    limits = knowledge("judging")["matter"]
    assert limits["whole"]["meaning"] <= one.features["meaning"] < limits["part"]["meaning"]
    assert grounds(whole, record).chosen
    assert not grounds(part, record).chosen


def test_where_no_part_is_found_the_whole_is_not() -> None:
    whole = judged(claim(SAID), member(RECORD))
    assert whole.judgement == "supported"
    lost = judged(claim("Washington has pledged to train Kyiv's mine divers."), member(RECORD))
    unsure = replace(lost, review=True)
    found = together(whole, [unsure, unsure])
    assert (found.judgement, found.confidence, found.review) == ("not-found", lost.confidence, True)
    assert together(whole, [unsure, replace(whole, review=True)]).judgement == "supported"
