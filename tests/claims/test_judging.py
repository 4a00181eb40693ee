"""One claim, one record, one named difference: the judgement and the field that decides it."""

from __future__ import annotations

from typing import Any

import pytest

from standfast.model import Claim, Judged
from standfast.model.claim import changed
from tests.claims.makers import claim, judged, member

RECORD = "The United States will send Ukraine 31 Abrams tanks by the end of 2023"
SAID = "Washington has pledged to send Kyiv 31 Abrams tanks before the end of 2023."


def outcome(said: Claim, quote: str = RECORD, kind: str = "commitment", **more: Any) -> Judged:
    return judged(said, member(quote, kind, **{"deadline": "2023", **more}))


def test_the_same_in_other_words_is_supported_by_the_record() -> None:
    found = outcome(claim(SAID, deadline="2023"))
    assert (found.judgement, found.field) == ("supported", "")
    assert found.evidence[0].quote == RECORD
    assert found.evidence[0].bearing == "supports"


@pytest.mark.parametrize(
    ("text", "more", "judgement", "field"),
    [
        (SAID.replace("31", "90"), {}, "overstated", "amounts"),
        (SAID.replace("31", "11"), {}, "understated", "amounts"),
        (SAID.replace("2023", "2021"), {"deadline": "2021"}, "overstated", "deadline"),
        (SAID.replace("2023", "2025"), {"deadline": "2025"}, "understated", "deadline"),
        (SAID.replace("Washington has", "All NATO allies have"), {"obligors": ("NATO",)},
         "overstated", "obligors"),
        (SAID.replace("has pledged to send", "may send"), {"strength": "soft"},
         "understated", "strength"),
    ],
)  # fmt: skip
def test_one_changed_field_decides(
    text: str, more: dict[str, Any], judgement: str, field: str
) -> None:
    found = outcome(claim(text, **{"deadline": "2023", **more}))
    assert (found.judgement, found.field) == (judgement, field)
    decisive = next(one for one in found.differences if one.field == field)
    assert decisive.report
    assert decisive.record
    assert found.reason.endswith(".")


def test_an_intention_told_as_a_promise_is_overstated_by_strength() -> None:
    found = outcome(
        claim(SAID, deadline="2023"), RECORD.replace("will", "plans to"), strength="intent"
    )
    assert (found.judgement, found.field) == ("overstated", "strength")


def test_a_promise_told_as_done_is_overstated_by_the_act() -> None:
    text = "Washington has already handed over all of the 31 Abrams tanks to Kyiv."
    found = outcome(claim(text, "delivery"))
    assert (found.judgement, found.field) == ("overstated", "act")


def test_a_deed_told_as_a_mere_promise_is_understated() -> None:
    text = "Washington has so far only promised Kyiv 31 Abrams tanks."
    quote = "The United States has delivered 31 Abrams tanks to Ukraine"
    found = judged(claim(text), member(quote, "delivery"))
    assert (found.judgement, found.field) == ("understated", "act")


def test_a_refusal_where_the_record_promises_is_contradicted() -> None:
    text = "Washington has refused to send Kyiv 31 Abrams tanks before the end of 2023."
    found = outcome(claim(text, denied="refused", deadline="2023"))
    assert (found.judgement, found.field) == ("contradicted", "act")


def test_exchanged_parties_are_reversed_and_both_ways_are_told() -> None:
    text = "Kyiv has pledged to send Washington 31 Abrams tanks before the end of 2023."
    found = outcome(claim(text, obligors=("UKR",), targets=("USA",), deadline="2023"))
    assert (found.judgement, found.field) == ("reversed", "parties")
    (one,) = found.differences
    assert (one.report, one.record) == ("UKR → USA", "USA → UKR")


def test_an_exchanged_request_is_reversed() -> None:
    text = "Beijing urged the G7 to stop dumping cheap steel on world markets."
    said = claim(text, "request", obligors=("G7",), targets=(), speaker=("CHN",))
    quote = "We urge China to stop dumping cheap steel on world markets"
    found = judged(said, member(quote, "request", obligors=("CHN",), targets=(), speaker=("G7",)))
    assert (found.judgement, found.field) == ("reversed", "parties")


def test_who_asks_and_is_asked_back_is_exchanged_whatever_the_themes() -> None:
    text = "Beijing urged the G7 to stop dumping cheap steel on world markets."
    parties: dict[str, Any] = {"obligors": ("G7",), "targets": (), "speaker": ("CHN",)}
    said = claim(text, "request", themes=("environment",), **parties)
    parties = {"obligors": ("CHN",), "targets": (), "speaker": ("G7",)}
    for quote, kind in (
        ("We urge China to stop dumping cheap steel on world markets", "reversed"),
        ("We urge China to free the lawyers whom it arrested in May", "not-found"),
    ):
        found = judged(said, member(quote, "request", themes=("trade",), **parties))
        assert found.judgement == kind


def test_two_requests_of_different_matters_are_no_exchange() -> None:
    text = "NATO asked Ukraine to go on with its reforms so that it can defend itself from Russia."
    parties: dict[str, Any] = {"obligors": ("UKR",), "targets": ("RUS",), "speaker": ("NATO",)}
    quote = "NATO asks Russia to go back to its barracks and to leave Ukraine to defend itself"
    theirs: dict[str, Any] = {"obligors": ("RUS",), "targets": ("UKR",), "speaker": ("NATO",)}

    def found(themes: tuple[str, ...]) -> Judged:
        record = member(quote, "request", themes=("deterrence-and-defence",), **theirs)
        return judged(claim(text, "request", themes=themes, **parties), record)

    assert found(("deterrence-and-defence",)).judgement == "reversed"
    assert found(("reform",)).judgement == "not-found"


def test_a_record_both_ways_does_not_make_the_claim_reversed() -> None:
    other = "Ukraine will send the United States 31 Abrams tanks by the end of 2023"
    back = member(other, obligors=("UKR",), targets=("USA",), deadline="2023")
    found = judged(claim(SAID, deadline="2023"), member(RECORD, deadline="2023"), back)
    assert found.judgement == "supported"


def test_one_more_thing_makes_it_partly_supported() -> None:
    text = "Washington has pledged Kyiv 31 Abrams tanks and a new parliament building in marble."
    found = judged(claim(text), member(RECORD, deadline="2023"), text=f"Statement. {RECORD}.")
    assert (found.judgement, found.field) == ("partly-supported", "items")


def test_what_is_about_something_else_is_not_found_and_never_called_false() -> None:
    text = "Washington has promised Kyiv a fleet of beekeeping trucks for the orchards of Poltava."
    found = outcome(claim(text))
    assert (found.judgement, found.field) == ("not-found", "")
    assert "no sign that it is false" in found.reason
    assert {one.bearing for one in found.evidence} <= {"near"}


def test_without_any_record_nothing_is_found() -> None:
    found = judged(claim(SAID))
    assert (found.judgement, found.evidence) == ("not-found", ())


def test_without_an_act_nothing_can_be_checked() -> None:
    bare = Claim(0, 9, "Why not?", "Why not?", why="a question states nothing")
    found = judged(bare)
    assert (found.judgement, found.confidence, found.review) == ("not-checkable", 1.0, False)
    assert "a question" in found.reason


def test_a_changed_part_counts_as_a_change() -> None:
    one = outcome(claim(SAID, deadline="2023"))
    other = judged(claim(SAID))
    assert changed(one, other)
    assert not changed(one, one)
