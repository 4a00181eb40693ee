"""What was set out against what was secured, goal by goal."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from standfast.lineage.goal_scores import default_score, word_likeness
from standfast.lineage.goals import compare, secured, set_out
from standfast.lineage.occasions import known_occasions
from standfast.model import Act, Member
from standfast.parties import Registry
from tests.lineage.occasion_makers import meeting, member

KNOWN = {one.id: one for one in known_occasions()}
VILNIUS = replace(KNOWN["nato-2023-vilnius"], documents=("communique", "sheet"))
DAY = VILNIUS.start


def ask(quote: str = "We ask Germany to deliver twelve air-defence systems", **more: Any) -> Member:
    given: dict[str, Any] = {"obligors": ("DEU",), "speaker": ("UKR",), "date": "2023-02-01"}
    return member(quote, "request", **(given | more))


def promise(quote: str = "Germany will deliver twelve air-defence systems", **more: Any) -> Member:
    given: dict[str, Any] = {
        "obligors": ("DEU",),
        "speaker": ("DEU",),
        "doc": "communique",
        "date": "2023-07-11",
    }
    return member(quote, str(more.pop("act", "commitment")), **(given | more))


def status(asks: list[Member], answers: list[Member], **more: Any) -> list[str]:
    return [one.status for one in compare(asks, answers, **more)]


def test_requests_before_and_at_it() -> None:
    before, at = ask(), ask("Allies call on Georgia to hold fair elections", doc="communique",
                            obligors=("GEO",), speaker=("NATO",), date="2023-07-11")  # fmt: skip
    assert set_out(VILNIUS, [at, before]) == [before, at]


@pytest.mark.parametrize(
    "left_out",
    [
        {"date": "2022-05-01"},  # more than a year
        {"date": "2023-08-01"},  # after it
        {"date": None},
        {"obligors": ("BRA",)},  # of one who took no part
        {"speaker": ("BRA",)},
        {"obligors": ("UKR",)},  # of itself
        {"obligors": ("UKR", "private-sector")},  # of itself and of one who took no part
        {"obligors": ()},
    ],
)
def test_what_was_not_set_out(left_out: dict[str, Any]) -> None:
    assert set_out(VILNIUS, [ask(**left_out)]) == []


def test_what_was_asked_before_the_previous_one_is_not_set_out_anew() -> None:
    one = ask(date="2022-07-20")
    assert set_out(VILNIUS, [one]) == [one]
    madrid = meeting("madrid", "2022-07-28", "2022-07-30")
    assert set_out(VILNIUS, [one], previous=madrid) == []


def test_about_others_only_where_it_is_said() -> None:
    brussels = KNOWN["nato-2021-brussels"]
    one = ask(obligors=("UKR",), speaker=("NATO",), date="2021-05-01")
    assert set_out(brussels, [one]) == []
    assert set_out(brussels, [one], about=("UKR",)) == [one]


def test_an_intention_that_names_the_summit_is_an_aim() -> None:
    words = "We intend to agree a new training plan at the NATO summit"
    aim = member(words, "commitment", date="2023-06-01", strength="intent")
    firm = member(words, "commitment", "other", date="2023-06-01")
    elsewhere = member(
        "We intend to agree a plan", "commitment", date="2023-06-01", strength="soft"
    )
    assert set_out(VILNIUS, [aim, firm, elsewhere]) == [aim]


def test_secured_are_promises_and_deliveries_of_its_documents_each_once() -> None:
    one = promise()
    guise = promise(doc="sheet", origin="communique")
    done = promise("Germany has delivered four systems", act="delivery")
    other = promise("Germany will train crews", doc="elsewhere")
    asks = ask(doc="communique")
    assert secured(VILNIUS, [done, one, guise, other, asks]) == [done, one]


def test_a_promise_in_like_words_secures() -> None:
    (goal,) = compare(
        [ask()], [promise(), promise("Germany will host a youth forum", themes=("other",))]
    )
    assert goal.status == "secured"
    assert goal.answers[0].member == promise()
    assert goal.reasons == ("promised (firm) by DEU",)
    record = goal.record()
    assert record["asked"] == ["DEU"]
    assert record["answers"][0]["quote"] == promise().act.quote


def test_what_was_delivered_secures() -> None:
    (goal,) = compare(
        [ask()], [promise("Germany delivered twelve air-defence systems", act="delivery")]
    )
    assert (goal.status, goal.reasons) == ("secured", ("reported as done by DEU",))


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"strength": "intent"}, "intended only"),
        ({"strength": "soft"}, "only considered or hoped for"),
        ({"conditional": True, "condition": "once crews are trained"}, "once crews are trained"),
    ],
)
def test_half_a_promise_secures_in_part(more: dict[str, Any], reason: str) -> None:
    (goal,) = compare([ask()], [promise(**more)])
    assert goal.status == "partly"
    assert reason in goal.reasons[0]


def test_another_s_promise_is_none() -> None:
    (goal,) = compare([ask()], [promise(obligors=("FRA",))])
    assert (goal.status, goal.answers) == ("not found", ())
    assert "DEU" in goal.reasons[0]


def test_one_of_two_who_were_asked() -> None:
    (goal,) = compare([ask(obligors=("DEU", "FRA"))], [promise()])
    assert (goal.status, goal.reasons) == ("partly", ("no answer of FRA",))


def test_a_body_answers_for_its_member_and_a_member_in_part_for_its_body() -> None:
    registry = Registry.load()
    body, state = promise(obligors=("NATO",)), promise()
    assert status([ask()], [body], registry=registry, on=DAY) == ["secured"]
    to_body = [ask(obligors=("NATO",))]
    assert status(to_body, [state], registry=registry, on=DAY) == ["partly"]
    # Sweden was no member yet.
    swede = [ask(obligors=("SWE",))]
    assert status(swede, [body], registry=registry, on=DAY) == ["not found"]
    assert status(swede, [body], registry=registry, on=dt.date(2024, 7, 9)) == ["secured"]


def test_near_identical_goals_are_one() -> None:
    again = ask(
        "We ask Germany to deliver twelve air-defence systems soon", doc="b", date="2023-03-01"
    )
    other = ask("We ask Germany to train crews for air-defence systems", doc="c", date="2023-03-02")
    goals = compare([again, other, ask()], [])
    assert [len(one.asks) for one in goals] == [2, 1]
    assert goals[0].words == again.act.quote
    assert [one.status for one in goals] == ["not found", "not found"]


def test_a_score_of_one_s_own() -> None:
    def always(one: Act, other: Act) -> float:
        return 1.0

    assert status([ask()], [promise("Unlike", obligors=("FRA",))], score=always) == ["partly"]
    assert status([ask()], [promise("Unlike")], score=always) == ["secured"]


def test_nothing_asked_nothing_promised() -> None:
    assert compare([], [promise()]) == []
    assert status([ask()], []) == ["not found"]
    assert set_out(VILNIUS, []) == secured(VILNIUS, []) == []


def test_an_act_does_not_answer_itself() -> None:
    aim = member("We plan to train crews at the NATO summit", "commitment", "communique",
                 date="2023-07-10", strength="intent")  # fmt: skip
    assert status([aim], [aim]) == ["not found"]


def test_words_that_only_ask_or_promise_do_not_count() -> None:
    assert word_likeness("We call on them to", "We will continue to") == 0.0
    unlike = default_score()(ask().act, promise("Germany will host a forum", themes=("other",)).act)
    assert unlike < 0.4
