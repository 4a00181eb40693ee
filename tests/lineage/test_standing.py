"""Standing: every change once, silence, copies of a text, days, voices; and what never varies."""

from __future__ import annotations

import datetime as dt
import doctest
import json
import re
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfast.lineage.ladders import drift_rules
from standfast.lineage.standing import standing
from standfast.lineage.standing_cues import standing_rules, taking_back
from standfast.model import CHANGES, Change, Commitment, Event, LineKind, Member, Occasion, Standing
from standfast.parties import Registry
from tests.lineage.makers import line, mention, yearly

DRONES = "We will supply the coast guard with patrol drones"


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def stands(
    *members: Member,
    by: str | None = None,
    at: Sequence[Occasion] = (),
    kind: LineKind = "promise",
    registry: Registry | None = None,
) -> Standing:
    on = day(by) if by else None
    return standing(line(*members, kind=kind), on, at, registry=registry)


def told(found: Standing) -> list[str]:
    return [one.change for one in found.events]


def last(found: Standing) -> Event:
    return found.events[-1]


def first(**more: Any) -> Member:
    return mention("2022-03-01", DRONES, **more)


def then(quote: str = DRONES, act: str = "commitment", **more: Any) -> Member:
    return mention("2023-03-01", quote, act, **more)


# Every change, by the mentions (and the day) that end in it, with a word that its reason has.
CASES: dict[Change, tuple[list[Member], str, str]] = {
    "made": ([first(deadline="2024")], "firm commitment", "standing"),
    "repeated": ([first(), then()], "in the same words", "standing"),
    "strengthened": (
        [first(), then("We are legally bound to supply the coast guard with patrol drones")],
        "bound by law",
        "standing",
    ),
    "weakened": (
        [first(), then("We hope to supply the coast guard with patrol drones", strength="soft")],
        "from firm to considered",
        "standing",
    ),
    "widened": (
        [
            mention("2022-03-01", "We will train some pilots of the coast guard"),
            then("We will train all pilots of the coast guard"),
        ],
        "some → all",
        "standing",
    ),
    "narrowed": (
        [first(targets=("UKR", "MDA")), then(targets=("UKR",))],
        "a party fewer narrower",
        "standing",
    ),
    "conditioned": (
        [first(), then(DRONES + " if parliament agrees", condition="if parliament agrees")],
        "if parliament agrees",
        "standing",
    ),
    "condition dropped": (
        [first(condition="if parliament agrees"), then()],
        "no longer on a condition",
        "standing",
    ),
    "sum raised": (
        [first(amounts=[(40, "drones")]), then(amounts=[(60, "drones")])],
        "by 50 percent",
        "standing",
    ),
    "sum cut": (
        [first(amounts=[(40, "drones")]), then(amounts=[(30, "drones")])],
        "by 25 percent",
        "standing",
    ),
    "deadline moved": (
        [first(deadline="2024"), then(deadline="2025")],
        "later than before",
        "standing",
    ),
    "delivered in part": (
        [first(), then("The first batch of patrol drones has reached the coast guard", "delivery")],
        "first batch",
        "standing",
    ),
    "delivered": (
        [first(), then("We have delivered the patrol drones in full", "delivery")],
        "in full",
        "delivered",
    ),
    "withdrawn": (
        [first(), then("We will no longer supply patrol drones")],
        "“no longer supply” takes it back",
        "withdrawn",
    ),
    "expired": ([first(deadline="2022-10")], "2022-10-31 passed", "expired"),
    "gone silent": ([first()], "not mentioned for 548 days", "silent"),
}


def test_the_cases_are_all_changes() -> None:
    assert set(CASES) == set(CHANGES)


@pytest.mark.parametrize("change", CASES)
def test_every_change(change: Change) -> None:
    members, why, state = CASES[change]
    timely = {"gone silent": "2024-03-01", "expired": "2022-12-01"}
    found = stands(*members, by=timely.get(change))
    assert told(found) == (["made", change] if change != "made" else ["made"])
    assert why in last(found).why
    assert found.state == state
    assert last(found).member == ("" if change in timely else members[-1].key)


def test_a_mention_may_change_several_things() -> None:
    less_sure = "We aim to supply the coast guard with patrol drones"
    found = stands(
        first(amounts=[(40, "drones")]),
        then(less_sure, strength="intent", amounts=[(60, "drones")]),
    )
    assert told(found) == ["made", "weakened", "sum raised"]
    assert (found.wording, found.strength) == (less_sure, "intent")


def test_a_condition_without_its_words_is_told_without_words() -> None:
    found = stands(first(conditional=True), then())
    assert last(found).why.startswith("against 2022-03-01: condition (no longer on a condition")


def test_adjectives_and_unlike_sentences_change_nothing() -> None:
    assert told(stands(first(), then(DRONES.replace("patrol", "robust patrol")))) == [
        "made",
        "repeated",
    ]
    other = then("Harbours may be dredged over winter", strength="soft", deadline="2030")
    assert told(stands(first(deadline="2029"), other)) == ["made", "repeated"]


def test_a_position_is_not_conditioned_and_has_no_day_or_sum() -> None:
    stance = "We condemn the raid on the harbour"
    found = stands(
        mention("2022-03-01", stance, "condemnation", deadline="2022-05"),
        then("We deplore the raid on the harbour", "condemnation", condition="if true"),
        then("The raid on the harbour was punished in full", "delivery", doc="other"),
        kind="position",
        by="2023-06-01",
    )
    assert told(found) == ["made", "weakened"]
    assert any("delivery" in note for note in found.notes)


# -- days ------------------------------------------------------------------------------------------


def test_expired_and_delivered_late() -> None:
    due = first(deadline="2022-10")
    late = then("We have delivered the patrol drones in full", "delivery")
    assert stands(due, by="2022-10-31").state == "standing"
    assert stands(due, by="2022-11-01").state == "expired"
    found = stands(due, late, by="2023-06-01")
    assert [(one.change, one.date) for one in found.events] == [
        ("made", day("2022-03-01")),
        ("expired", day("2022-10-31")),
        ("delivered", day("2023-03-01")),
    ]
    assert "after its day" in last(found).why
    assert "expired since 2022-10-31" in last(found).why
    assert (found.state, found.since) == ("delivered", day("2023-03-01"))
    assert found.wording == DRONES


def test_a_part_delivered_does_not_keep_a_day() -> None:
    part = mention("2022-06-01", "The first batch of patrol drones has arrived", "delivery")
    found = stands(first(deadline="2022-10"), part, by="2023-01-01")
    assert told(found) == ["made", "delivered in part", "expired"]
    after = then("The second batch of patrol drones has arrived", "delivery")
    assert stands(first(deadline="2022-10"), part, after).state == "expired"


def test_a_day_named_once_stays_in_force_until_it_is_moved() -> None:
    due = first(deadline="2023-06")
    assert told(stands(due, then(), by="2023-08-01")) == ["made", "repeated", "expired"]
    moved = stands(due, then(deadline="2024-06"), by="2023-08-01")
    assert told(moved) == ["made", "deadline moved"]
    assert moved.state == "standing"


def test_what_is_said_after_its_day_stands_again() -> None:
    found = stands(first(deadline="2022-10"), then(), by="2023-04-01")
    assert told(found) == ["made", "expired", "repeated"]
    assert "expired since 2022-10-31" in last(found).why
    assert (found.state, found.since) == ("standing", day("2023-03-01"))


def test_a_day_may_be_the_day_of_the_mention() -> None:
    assert told(stands(first(deadline="2022-03-01"), by="2022-03-02")) == ["made", "expired"]


def test_a_day_that_was_past_when_it_was_named_is_none() -> None:
    assert told(stands(first(deadline="2021"), by="2022-05-01")) == ["made"]


# -- silence ---------------------------------------------------------------------------------------

SUMMITS = yearly("port-forum", "2020-06-01", "2021-06-01", "2022-06-01", "2023-06-01")
USUAL = (mention("2020-06-01", DRONES), mention("2021-06-01", DRONES))


def test_silent_only_when_the_days_have_passed() -> None:
    assert stands(first(), by="2023-08-31").state == "standing"  # the 548th day
    assert stands(first(), by="2023-09-01").state == "silent"


def test_silent_after_two_usual_occasions_without_it() -> None:
    assert stands(*USUAL, at=SUMMITS, by="2022-06-04").missed == ()  # its texts may still come
    once = stands(*USUAL, at=SUMMITS, by="2022-06-05")
    assert (once.state, once.missed) == ("standing", ("port-forum 2022",))
    twice = stands(*USUAL, at=SUMMITS, by="2023-12-01")
    assert (twice.state, twice.since) == ("silent", day("2023-06-04"))
    assert twice.missed == ("port-forum 2022", "port-forum 2023")
    assert last(twice).change == "gone silent"
    assert "port-forum 2022 and port-forum 2023" in last(twice).why


def test_what_is_said_after_silence_stands_again() -> None:
    again = mention("2023-09-01", DRONES)
    found = stands(*USUAL, again, at=SUMMITS, by="2023-10-01")
    assert told(found) == ["made", "repeated", "gone silent", "repeated"]
    assert "silent since 2023-06-04" in last(found).why
    assert (found.state, found.since, found.missed) == ("standing", day("2023-09-01"), ())


def test_occasions_without_texts_are_not_missed_but_noted() -> None:
    unread = [*SUMMITS[:2], *yearly("port-forum", "2022-06-01", "2023-06-01", documents=False)]
    found = stands(*USUAL, at=unread, by="2023-12-01")
    assert (found.state, found.missed) == ("standing", ())
    assert any("port-forum 2022, port-forum 2023" in note for note in found.notes)
    assert stands(*USUAL, at=unread, by="2024-06-02").state == "silent"  # 1096 days
    assert stands(*USUAL, by="2022-12-02").state == "silent"  # 548 days, where no series tells


def test_once_or_seldom_is_not_usual() -> None:
    one = stands(USUAL[0], at=SUMMITS, by="2021-11-01")
    assert (one.state, one.missed) == ("standing", ())
    years = [f"{year}-06-01" for year in range(2015, 2022)]
    seldom = mention("2015-06-01", DRONES), mention("2021-06-01", DRONES)
    found = stands(*seldom, at=yearly("port-forum", *years, "2022-06-01"), by="2022-08-01")
    assert found.missed == ()


def test_a_report_of_delivery_breaks_the_silence() -> None:
    report = mention("2023-06-01", "The first batch of patrol drones has arrived", "delivery")
    assert told(stands(*USUAL, report, at=SUMMITS, by="2023-12-01"))[-1] == "delivered in part"


def test_what_was_delivered_is_not_missed() -> None:
    report = mention("2021-07-01", "The patrol drones were delivered in full", "delivery")
    found = stands(*USUAL, report, at=SUMMITS, by="2024-12-01")
    assert (found.state, found.missed) == ("delivered", ())


# -- texts -----------------------------------------------------------------------------------------


def test_one_text_in_several_guises_counts_once() -> None:
    copies = first(origin="pact"), then(origin="pact"), mention(None, DRONES, origin="pact")
    found = stands(*copies)
    assert told(found) == ["made"]
    assert found.notes == ("one mention: there is nothing to compare it with",)
    assert told(stands(first(origin="pact"), then(origin="other"))) == ["made", "repeated"]


def test_a_copy_at_an_occasion_counts_for_the_occasion() -> None:
    early = mention("2021-05-30", DRONES, origin="pact")
    copy = mention("2021-06-01", DRONES, origin="pact")
    found = stands(USUAL[0], early, copy, at=SUMMITS, by="2022-08-01")
    assert found.missed == ("port-forum 2022",)


def test_a_document_is_one_mention_that_of_its_strongest_words() -> None:
    weak = "We may supply the coast guard with patrol drones"
    one = mention("2023-03-01", weak, strength="soft", doc="note")
    two = mention("2023-03-01", DRONES, doc="note")
    found = stands(first(), one, two)
    assert told(found) == ["made", "repeated"]
    assert (last(found).member, found.wording, found.strength) == (two.key, DRONES, "firm")


def test_of_equally_strong_words_the_surest_count() -> None:
    unsure = replace(mention("2022-03-01", "A drone", doc="note"), confidence=0.4)
    sure = replace(mention("2022-03-01", DRONES, doc="note"), confidence=0.9)
    assert stands(unsure, sure).wording == DRONES


def test_words_are_held_against_the_likest_of_the_earlier_text() -> None:
    pilots = "We aim to train the pilots of the coast guard"
    text = first(doc="note"), mention("2022-03-01", pilots, strength="intent", doc="note")
    found = stands(*text, then(pilots.replace("aim to", "will")))
    assert told(found) == ["made", "strengthened"]


def test_undated_members_are_left_out_and_noted() -> None:
    found = stands(first(), then(), mention(None, DRONES + " soon"))
    assert told(found) == ["made", "repeated"]
    assert found.notes == ("left out, without a date: 1 text",)


def test_a_line_without_any_date_stands_with_a_note() -> None:
    found = stands(mention(None, DRONES), by="2024-01-01")
    assert (found.state, found.events, found.wording) == ("standing", (), DRONES)
    assert "no mention has a date" in found.notes[0]
    report = stands(mention(None, "The drones have arrived", "delivery"))
    assert report.state == "delivered"


def test_nothing_said_by_the_day_is_an_error() -> None:
    with pytest.raises(ValueError, match="nothing was said by 2022-02-28"):
        stands(first(), by="2022-02-28")
    with pytest.raises(ValueError, match="nothing was said"):
        stands(mention(None, DRONES), first(), by="2022-02-28")
    with pytest.raises(ValueError, match="a position"):
        stands(first(act="request"), kind="position")


def test_without_a_day_time_stops_at_the_last_mention() -> None:
    assert stands(first(deadline="2022-10")).state == "standing"


# -- withdrawal ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "kind", "back"),
    [
        ("We withdraw our offer of patrol drones", "promise", "withdraw our offer"),
        ("We have decided not to send drones", "promise", "have decided not to"),
        ("We will suspend all deliveries of drones", "promise", "will suspend all deliveries"),
        ("The pledge has been rescinded", "promise", "pledge has been rescinded"),
        ("We will never abandon our support", "promise", ""),
        ("We will stand by them until they no longer need us", "promise", ""),
        ("They must withdraw their support of the raiders", "demand", ""),
        ("We no longer insist on a pilot", "demand", "no longer insist"),
        ("We no longer recognise the blockade", "position", "no longer recognise"),
        (DRONES, "promise", ""),
    ],
)
def test_words_that_take_back(words: str, kind: LineKind, back: str) -> None:
    assert taking_back(words, kind) == back


def test_a_line_about_ending_something_is_not_taken_back_by_saying_so() -> None:
    words = "We will cease all shipments of coal"
    assert told(stands(mention("2022-03-01", words), then(words))) == ["made", "repeated"]


def test_withdrawn_again_and_then_promised_again() -> None:
    no = "We will no longer supply patrol drones"
    gone = stands(first(), then(no), mention("2023-05-01", no))
    assert told(gone) == ["made", "withdrawn", "withdrawn"]
    assert (gone.state, gone.since, gone.wording) == ("withdrawn", day("2023-03-01"), no)
    back = stands(first(), then(no), mention("2023-07-01", DRONES))
    assert told(back) == ["made", "withdrawn", "repeated"]
    assert "against 2022-03-01" in last(back).why
    assert "withdrawn since 2023-03-01" in last(back).why
    assert back.state == "standing"


def test_one_of_several_parties_steps_back() -> None:
    both = first(obligors=("NOR", "USA"))
    found = stands(both, then("We will no longer supply patrol drones"))
    assert told(found) == ["made", "withdrawn"]
    assert "still held by NOR" in last(found).why
    assert found.state == "standing"


def test_words_of_nobody_named_take_back_for_all() -> None:
    both = first(obligors=("NOR", "USA"))
    found = stands(both, then("The pledge of drones has been rescinded", obligors=()))
    assert found.state == "withdrawn"
    ask = mention("2022-03-01", "Open the strait to ferries", "request", speaker=("NOR",))
    drop = then("The demand has been dropped", "request", obligors=())
    assert stands(ask, drop, kind="demand").state == "withdrawn"


def test_a_demand_is_dropped_by_who_asked_and_met_by_who_was_asked() -> None:
    ask = "We call on the league to open the strait to ferries"
    asked: dict[str, Any] = {"obligors": ("league",), "speaker": ("NOR",)}
    one = mention("2022-03-01", ask, "request", **asked)
    two = mention(
        "2022-04-01",
        ask.replace("call on", "demand that"),
        "request",
        **asked | {"speaker": ("EST",)},
    )
    drop = then("We no longer insist that the strait be open to ferries", "request", **asked)
    left = stands(one, two, drop, kind="demand")
    assert told(left) == ["made", "strengthened", "withdrawn"]
    assert left.state == "standing"
    assert "still held by EST" in last(left).why
    assert stands(one, drop, kind="demand").state == "withdrawn"
    met = then(
        "The league has opened the strait to ferries in full", "delivery", obligors=("league",)
    )
    assert stands(one, two, met, kind="demand").state == "delivered"


# -- voices ----------------------------------------------------------------------------------------


def test_a_mention_is_held_against_the_last_of_the_same_voice() -> None:
    soft = "We hope to supply the coast guard with patrol drones"
    other = mention("2022-09-01", soft, strength="soft", obligors=("NOR",))
    found = stands(first(), other, then())
    assert told(found) == ["made", "weakened", "repeated"]
    assert "USA; this voice is new" in found.events[1].why
    assert "against 2022-03-01" in last(found).why


def test_a_member_speaks_for_its_body_as_of_the_day() -> None:
    registry = Registry.load()
    soft = "We hope to supply the coast guard with patrol drones"

    def heard(year: int) -> str:
        body = mention(f"{year}-01-10", DRONES, obligors=("NATO",))
        other = mention(f"{year}-01-11", soft, strength="soft", obligors=("CHL",))
        member = mention(f"{year}-01-12", DRONES, obligors=("FIN",))
        return last(stands(body, other, member, registry=registry)).why

    assert f"against {2024}-01-10" in heard(2024)
    assert f"against {2021}-01-11" in heard(2021)  # Finland was no member yet


# -- delivery --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("promise", "report", "change"),
    [
        ({"amounts": [(40, "drones")]}, {"amounts": [(40, "drones")]}, "delivered"),
        ({"amounts": [(40, "drones")]}, {"amounts": [(12, "Drones")]}, "delivered in part"),
        ({"amounts": [(40, "drones")]}, {"amounts": [(12, "boats")]}, "delivered in part"),
        ({}, {}, "delivered in part"),  # nothing says that it is the whole
    ],
)
def test_deliveries_by_sums(
    promise: dict[str, Any], report: dict[str, Any], change: Change
) -> None:
    words = "We supplied the coast guard with patrol drones"
    assert told(stands(first(**promise), then(words, "delivery", **report))) == ["made", change]


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("We supplied the coast guard with its last patrol drones in full", "delivered"),
        ("We supplied some of the patrol drones to the coast guard in full", "standing"),
    ],
)
def test_words_for_the_whole_and_for_a_part(words: str, state: str) -> None:
    assert stands(first(), then(words, "delivery")).state == state
    few = then(words, "delivery", amounts=[(12, "drones")])
    whole = then(words, "delivery", amounts=[(40, "drones")])
    promise = first(amounts=[(40, "drones")])
    assert stands(promise, whole).state == "delivered"  # sums go before words
    assert stands(promise, few).state == state  # unless they fall short


def test_sums_named_before_are_still_due() -> None:
    words = "We supplied the coast guard with patrol drones"
    report = mention("2023-05-01", words, "delivery", amounts=[(12, "drones")])
    found = stands(first(amounts=[(40, "drones")]), then(), report)
    assert last(found).why == "12 of 40 drones"


def test_what_is_done_once_is_done() -> None:
    promise = mention("2022-03-01", "We will sign a pact on coastal fishing")
    report = then("We have signed a pact on coastal fishing", "delivery")
    assert stands(promise, report).state == "delivered"
    other = then("We have signed a letter to the mayor", "delivery")
    assert told(stands(promise, other)) == ["made", "delivered in part"]


def test_one_of_several_parties_delivers() -> None:
    both = first(obligors=("NOR", "USA"))
    report = "We have delivered the patrol drones in full"
    one = then(report, "delivery")
    found = stands(both, one)
    assert told(found) == ["made", "delivered in part"]
    assert "still open for NOR" in last(found).why
    two = mention("2023-06-01", report, "delivery", obligors=("NOR",))
    assert told(stands(both, one, two)) == ["made", "delivered in part", "delivered"]
    assert stands(both, one, two).since == day("2023-06-01")


def test_a_promise_opens_what_was_delivered_an_affirmation_does_not() -> None:
    report = then("We have delivered the patrol drones in full", "delivery")
    cheer = mention("2023-04-01", "We welcome the patrol drones", "affirmation")
    more = mention("2023-05-01", DRONES)
    assert stands(first(), report, cheer).state == "delivered"
    again = stands(first(), report, cheer, more)
    assert (again.state, again.since) == ("standing", day("2023-05-01"))
    assert "delivered since 2023-03-01" in last(again).why


def test_only_deliveries_are_known() -> None:
    done = stands(then("We have supplied patrol drones", "delivery"))
    assert (done.state, told(done)) == ("delivered", ["delivered"])
    assert any("no promise" in note for note in done.notes)
    going_on = stands(then("We are supplying patrol drones", "delivery"))
    assert (going_on.state, told(going_on)) == ("standing", ["delivered in part"])


# -- what never varies -----------------------------------------------------------------------------

QUOTES = (
    DRONES,
    "We may supply the coast guard with some patrol drones",
    "We will no longer supply the coast guard with patrol drones",
    "We have delivered all of the patrol drones in full",
    "The first batch of drones has been delivered",
    "We will train all pilots of the coast guard for as long as it takes",
)


@st.composite
def members(draw: st.DrawFn) -> Member:
    when = draw(st.none() | st.dates(day("2020-01-01"), day("2025-12-31")))
    return mention(
        when.isoformat() if when else None,
        draw(st.sampled_from(QUOTES)),
        draw(st.sampled_from(["commitment", "commitment", "affirmation", "delivery", "request"])),
        doc=f"doc-{when}-{draw(st.integers(0, 1))}",
        origin=draw(st.sampled_from(["", "", "", "pact"])),
        obligors=draw(st.sampled_from([(), ("USA",), ("NOR", "USA"), ("G7",)])),
        strength=draw(st.sampled_from(["firm", "intent", "soft", None])),
        deadline=draw(st.sampled_from([None, None, "2022", "2024-06"])),
        amounts=draw(st.sampled_from([[], [(40, "drones")], [(12, "drones")]])),
    )


lists = st.lists(members(), min_size=1, max_size=8, unique_by=lambda one: one.key)
kinds = st.sampled_from(["promise", "demand", "position"])
OCCASIONS = [*SUMMITS, *yearly("council", *(f"{year}-03-01" for year in range(2020, 2026)))]
days = st.dates(day("2020-01-01"), day("2026-12-31"))


def settled(commitment: Commitment, on: dt.date | None) -> Standing | None:
    try:
        return standing(commitment, on, OCCASIONS, registry=Registry.load())
    except ValueError:
        return None


@given(lists, kinds, st.none() | days)
def test_events_are_in_order_explained_and_by_the_day(
    some: list[Member], kind: LineKind, on: dt.date | None
) -> None:
    found = settled(line(*some, kind=kind), on)
    if found is None:
        return
    when = [one.date for one in found.events if one.date]
    assert len(when) == len(found.events)
    assert when == sorted(when)
    assert on is None or not when or when[-1] <= on
    assert all(one.why for one in found.events)
    assert set(told(found)) <= {*standing_rules()["kinds"][kind]["changes"]}
    assert found.wording in {one.act.quote for one in some}
    json.dumps(found.record())


@given(lists, kinds, st.none() | days, st.randoms(use_true_random=False))
def test_the_order_of_members_does_not_matter(
    some: list[Member], kind: LineKind, on: dt.date | None, random: Any
) -> None:
    shuffled = random.sample(some, len(some))
    one, two = (Commitment("c", "c", kind, tuple(each)) for each in (some, shuffled))
    assert settled(one, on) == settled(two, on)


@given(lists, kinds, days, days)
def test_an_earlier_day_knows_the_same_mentions_up_to_then(
    some: list[Member], kind: LineKind, one: dt.date, other: dt.date
) -> None:
    early, late = (settled(line(*some, kind=kind), on) for on in sorted([one, other]))
    if early and late:
        known = [one for one in early.events if one.member]
        assert [one for one in late.events if one.member][: len(known)] == known


@given(lists, kinds)
def test_a_second_copy_of_every_text_changes_nothing(some: list[Member], kind: LineKind) -> None:
    one = line(*(_named(each) for each in some), kind=kind)
    two = line(*one.members, *(_copied(each) for each in one.members), kind=kind)
    assert settled(one, None) == settled(two, None)


def _named(one: Member) -> Member:
    return replace(one, origin=one.origin or one.act.doc)


def _copied(one: Member) -> Member:
    later = one.date + dt.timedelta(1) if one.date else None
    copy = replace(one.act, doc=f"copy-{one.act.doc}")
    return replace(one, key=f"copy-{one.key}", act=copy, date=later)


# -- the rules themselves --------------------------------------------------------------------------


def test_the_rules_name_only_what_there_is() -> None:
    rules = standing_rules()
    for kind in rules["kinds"].values():
        assert set(kind["changes"]) <= set(CHANGES)
        assert set(kind["undertakes"]) <= set(kind["mentions"])
    assert set(rules["least_like"]) == set(rules["readings"])
    assert set(rules["one_sided"]) <= set(rules["readings"])
    assert {change for row in rules["readings"].values() for change in row.values()} <= set(CHANGES)


PAGE = Path(__file__).parents[2] / "docs" / "standing.md"


def test_the_page_s_examples_hold() -> None:
    results = doctest.testfile(str(PAGE), module_relative=False)
    assert results.attempted > 5
    assert results.failed == 0


def test_the_page_names_every_change_and_every_rung_in_order() -> None:
    text = PAGE.read_text()
    for change in CHANGES:
        assert re.search(rf"^\| .*\b{change}\b.* \|", text, re.MULTILINE), change
    for ladder in drift_rules()["ladders"]:
        (row,) = re.findall(rf"^\| {ladder['dimension']}\b.*$", text, re.MULTILINE)
        places = [row.index(rung["name"], 10) for rung in ladder["rungs"]]
        assert places == sorted(places)


def test_thousands_of_lines_take_seconds() -> None:
    """60 lines of 20 members, each in words of its own, in under two seconds of a slow core."""
    registry = Registry.load()
    lines = [
        line(
            *(
                mention(f"20{year}-0{month}-01", f"{DRONES}, {number} of {year} and {month}")
                for year in range(18, 23)
                for month in (1, 3, 5, 7)
            )
        )
        for number in range(60)
    ]
    begun = time.process_time()
    for one in lines:
        standing(one, day("2024-01-01"), OCCASIONS, registry=registry)
    assert time.process_time() - begun < 2


def test_a_share_of_output_is_compared_in_whatever_words() -> None:
    held = line(
        mention("2023-07-11", "Members mean to reach two percent", amounts=[(2, "%GDP")]),
        mention("2024-06-25", "All shall lay out far more by 2035", amounts=[(5, "%GDP")]),
        mention("2024-06-26", "A shipment of other goods follows", amounts=[(9, "crates")]),
    )
    changes = [event.change for event in standing(held).events]
    assert changes[:2] == ["made", "sum raised"]
    assert "sum raised" not in changes[2:]
