"""Figures: as the scorer of the coded sentences has them, and as they must be by themselves."""

from __future__ import annotations

import dataclasses
import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from standfast.evaluation import CodedRecord, CodedSentence, read_coded, score
from standfast.evaluation.measures import NAMES
from standfast.model import ACT_KINDS, Act, Amount
from tests.evaluation.makers import as_act, both, coded, faultless, sentences

HELP = CodedRecord("commitment", "we will help Ukraine", ("NATO",), ("UKR",), strength="firm")
STOP = CodedRecord("request", "Russia must stop", ("RUS",), ("UKR",))
BOTH = coded("we will help Ukraine and Russia must stop", HELP, STOP)


def as_line(one: CodedSentence) -> dict[str, Any]:
    records = [record.record() for record in one.records]
    kept = {"id": one.id, "doc": one.doc, "start": one.start, "end": one.end, "text": one.text}
    return {**kept, "records": records}


def disturbed(several: list[CodedSentence], seed: int) -> list[Act]:
    """What an extractor with every kind of fault might find."""
    chance = random.Random(seed)
    acts: list[Act] = []
    for act in faultless(several):
        fate = chance.random()
        changed: dict[str, Any] = {}
        if fate < 0.1:
            continue
        if fate < 0.2:
            changed["act"] = chance.choice(ACT_KINDS)
        if fate < 0.3:
            changed |= {"obligors": act.targets, "targets": act.obligors}
        if 0.3 < fate < 0.4:
            words = act.quote.split()
            changed["quote"] = " ".join(words[: len(words) // 2])
        if 0.35 < fate < 0.5:
            changed |= {"start": act.start - 40, "end": act.end - 20}
        if 0.5 < fate < 0.6:
            changed |= {"themes": ("other",), "strength": "soft", "reaffirms": not act.reaffirms}
        if 0.6 < fate < 0.7:
            changed |= {"amounts": (Amount(7, "x"), *act.amounts), "deadline": "2030"}
            changed["conditional"] = True
        acts += [dataclasses.replace(act, **changed)] * (1 + (fate > 0.95))
    chance.shuffle(acts)
    return acts


@pytest.mark.shared
@pytest.mark.parametrize("seed", range(3))
def test_figures_are_those_of_the_scorer(shared: Path, scorer: Any, seed: int) -> None:
    several = list(read_coded(shared / "gold" / "labels.jsonl").sentences)
    acts = disturbed(several, seed)
    text = (shared / "gold" / "labels.jsonl").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in text.splitlines() if line.strip()]
    expected, _ = scorer.score(lines, [act.record() for act in acts])
    assert score(several, acts).plain() == expected
    assert 0.4 < expected["acts"] < 0.95
    assert 0 < expected["reversed"] < 0.5


@pytest.mark.shared
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(both())
def test_figures_are_those_of_the_scorer_for_anything(
    scorer: Any, drawn: tuple[list[CodedSentence], list[Act]]
) -> None:
    several, acts = drawn
    lines = [as_line(one) for one in several]
    expected, _ = scorer.score(lines, [act.record() for act in acts])
    assert score(several, acts).plain() == expected


@given(sentences())
def test_what_is_found_as_coded_is_right_throughout(several: list[CodedSentence]) -> None:
    found = score(several, faultless(several))
    for name in NAMES:
        hit, extra, missed = found.total(name)
        assert extra == 0
        if name != "reversed":
            assert missed == 0
            assert found.value(name) == (1.0 if hit else 0.0)
    assert found.value("reversed") == 0.0


@given(both())
def test_figures_lie_between_0_and_1(drawn: tuple[list[CodedSentence], list[Act]]) -> None:
    found = score(*drawn)
    assert all(0 <= found.value(name) <= 1 for name in NAMES)
    assert (found.counts >= 0).all()


def test_nothing_found_is_nothing_right() -> None:
    found = score([BOTH], [])
    assert found.value("acts") == 0
    assert found.total("records") == (0, 0, 2)


def test_an_act_counts_for_the_sentence_that_it_shares_most_of() -> None:
    first, second = coded("we will help", id="1"), coded("Ukraine with bread", start=13, id="2")
    act = as_act(HELP, first, start=8, end=25)
    judged = score([first, second], [act]).judged
    assert [len(one.found) for one in judged] == [0, 1]


def test_an_act_outside_of_coded_sentences_does_not_count() -> None:
    elsewhere = as_act(HELP, coded(HELP.quote, start=500))
    other = as_act(HELP, coded(HELP.quote, doc="b"))
    assert score([BOTH], [elsewhere, other]).total("acts") == (0, 0, 2)


def test_swapped_sides_are_seen() -> None:
    turned = as_act(HELP, BOTH, obligors=("UKR",), targets=("NATO",))
    found = score([BOTH], [turned, as_act(STOP, BOTH)])
    assert found.value("reversed") == 0.5


def test_a_record_without_a_quote_goes_with_any_act_of_its_kind() -> None:
    bare = dataclasses.replace(HELP, quote="")
    one = coded("we will help Ukraine with bread, tanks, oil and much else that it needs", bare)
    assert score([one], [as_act(HELP, one)]).value("records") == 1


def test_fields_that_were_not_coded_have_no_figure() -> None:
    names = {measure.name for measure in score([BOTH], [], {"quote", "targets"}).measures}
    assert {"acts", "commitment", "records", "targets"} <= names
    assert not names & {"obligors", "themes", "strength", "reversed", "deadline"}
