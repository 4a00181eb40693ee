"""Each kind of difference is told once, with what was coded and what was found."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from standfast.evaluation import MISTAKES, CodedRecord, CodedSentence, Mistake, mistakes, score
from standfast.model import Act, Amount
from tests.evaluation.makers import as_act, both, coded, faultless, sentences

HELP = CodedRecord(
    "commitment", "we will help Ukraine", ("NATO",), ("UKR",), ("energy",), strength="firm"
)
ONE = coded("we will help Ukraine with bread and tanks", HELP)


def told(*acts: Act, sentence: CodedSentence = ONE) -> list[Mistake]:
    return mistakes(score([sentence], acts).judged)


@pytest.mark.parametrize(
    ("changed", "kind", "detail"),
    [
        ({"act": "affirmation"}, "confused", "commitment taken for affirmation"),
        ({"quote": "bread and tanks", "start": 26, "end": 41}, "boundaries", "commitment"),
        ({"obligors": ("UKR",), "targets": ("NATO",)}, "reversed", "NATO → UKR read as UKR → NATO"),
        ({"obligors": ("NATO", "EU")}, "obligors", "NATO read as NATO EU"),
        ({"targets": ()}, "targets", "UKR read as none"),
        ({"strength": "soft"}, "strength", "firm read as soft"),
        ({"themes": ("energy", "cyber")}, "themes", "energy read as energy cyber"),
        ({"reaffirms": True}, "reaffirms", "no read as yes"),
        ({"conditional": True}, "condition", "no read as yes"),
        ({"deadline": "2024"}, "date", "none read as 2024"),
        ({"amounts": (Amount(5, "EUR"),)}, "sum", "none read as 5 EUR"),
    ],
)
def test_one_difference_is_one_mistake(changed: dict[str, Any], kind: str, detail: str) -> None:
    (mistake,) = told(as_act(HELP, ONE, **changed))
    assert (mistake.kind, mistake.detail) == (kind, detail)
    assert mistake.coded == HELP
    assert mistake.found is not None
    assert mistake.sentence == ONE


def test_missed_and_extra_have_one_side_only() -> None:
    (missed,) = told()
    assert (missed.kind, missed.coded, missed.found) == ("missed", HELP, None)
    extra = told(as_act(HELP, ONE), as_act(HELP, ONE, act="warning"))
    assert [(one.kind, one.coded) for one in extra] == [("extra", None)]


def test_order_of_members_and_case_of_units_make_no_difference() -> None:
    record = CodedRecord(
        "commitment", "we will help", ("G7", "EU"), themes=("a", "b"), amounts=(Amount(5, "Tanks"),)
    )
    sentence = coded("we will help", record)
    act = as_act(
        record, sentence, obligors=("EU", "G7"), themes=("b", "a"), amounts=(Amount(5.0, "tanks"),)
    )
    assert told(act, sentence=sentence) == []


def test_fields_that_were_not_coded_are_not_told() -> None:
    act = as_act(HELP, ONE, obligors=(), themes=(), strength=None)
    assert mistakes(score([ONE], [act]).judged, {"targets"}) == []


@given(sentences())
def test_what_is_found_as_coded_has_no_mistakes(several: list[CodedSentence]) -> None:
    found = mistakes(score(several, faultless(several)).judged)
    # Two records of the same words may be paired crosswise; nothing else may differ.
    assert {one.kind for one in found}.isdisjoint({"missed", "extra", "confused", "boundaries"})


@given(both())
def test_counts_of_whole_acts_are_those_of_the_figures(
    drawn: tuple[list[CodedSentence], list[Act]],
) -> None:
    scores = score(*drawn)
    found = mistakes(scores.judged)
    _, extra, missed = scores.total("records")
    kinds = [one.kind for one in found]
    assert set(kinds) <= set(MISTAKES)
    two = kinds.count("confused") + kinds.count("boundaries")
    assert kinds.count("missed") + two == missed
    assert kinds.count("extra") + two == extra
    assert kinds == sorted(kinds, key=list(MISTAKES).index)
