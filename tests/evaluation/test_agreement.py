"""Alpha beyond chance, and intervals over documents."""

from __future__ import annotations

import math

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfast.evaluation import CodedRecord, CodedSet, assess
from standfast.evaluation.agreement import Decision, Unit, alpha, decisions
from standfast.evaluation.resampling import RESAMPLES, drawings, estimate
from standfast.evaluation.scoring import ratios, score
from tests.evaluation.makers import as_act, coded, faultless

VALUES = st.sampled_from(["none", "firm", "soft"])
UNITS = st.lists(st.tuples(st.sampled_from(["a", "b"]), VALUES, VALUES), min_size=1, max_size=40)


def alpha_of(units: list[Unit]) -> float:
    return float(alpha(Decision("x", tuple(units)).table(["a", "b"]).sum(axis=0)))


@given(UNITS)
def test_alpha_is_that_of_the_library(units: list[Unit]) -> None:
    values = sorted({value for unit in units for value in unit[1:]})
    if len(values) < 2:
        assert math.isnan(alpha_of(units))
        return
    data = [[values.index(unit[reader]) for unit in units] for reader in (1, 2)]
    expected = krippendorff.alpha(reliability_data=data, level_of_measurement="nominal")
    assert alpha_of(units) == pytest.approx(expected)


def test_alpha_of_a_textbook_s_table() -> None:
    # Two readers, ten units, one difference: 1 - 19 * 2 / (20² - 11² - 9²).
    units = [("a", "yes", "yes")] * 5 + [("a", "no", "no")] * 4 + [("a", "yes", "no")]
    assert alpha_of(units) == pytest.approx(1 - 19 * 2 / (400 - 11**2 - 9**2))


def test_readers_who_always_say_the_same_have_no_alpha() -> None:
    assert math.isnan(alpha_of([("a", "none", "none")] * 5))


def test_decisions_are_of_sentences_and_of_matched_pairs() -> None:
    record = CodedRecord("commitment", "we will help", themes=("energy",), strength="firm")
    one, other = coded("we will help", record), coded("nothing here", start=20)
    judged = score([one, other], [as_act(record, one, themes=("food", "energy"))]).judged
    found = {
        decision.name: decision.units for decision in decisions(judged, ["strength", "themes"])
    }
    assert found["commitment"] == (("a", "commitment", "commitment"), ("a", "none", "none"))
    assert found["strength"] == (("a", "firm", "firm"),)
    assert found["themes"] == (("a", "energy", "food"),)
    assert "strength" not in {decision.name for decision in decisions(judged, [])}


def documents(number: int) -> CodedSet:
    record = CodedRecord("commitment", "we will help", ("NATO",))
    several = [
        coded(text, *records, doc=f"d{doc}", start=start)
        for doc in range(number)
        for start, text, records in ((0, "we will help", (record,)), (20, "it rained", ()))
    ]
    return CodedSet("set", (), tuple(several))


def test_an_interval_holds_the_figure_and_is_the_same_each_time() -> None:
    several = documents(12)
    acts = [act for act in faultless(list(several.sentences)) if act.doc not in {"d0", "d1", "d2"}]
    first, second = assess(several, acts), assess(several, acts)
    found = first.figure("commitment").value
    assert found == second.figure("commitment").value
    assert found.value is not None
    assert found.low is not None
    assert found.high is not None
    assert 0.5 < found.low < found.value < found.high <= 1
    recall = first.figure("commitment").recall
    assert recall is not None
    assert recall.value == pytest.approx(9 / 12)


def test_one_document_has_no_interval_and_the_output_says_so() -> None:
    several = documents(1)
    found = assess(several, faultless(list(several.sentences)))
    assert found.figure("commitment").value.low is None
    assert any("One document only" in note for note in found.notes)


def test_what_cannot_be_measured_has_no_value() -> None:
    several = documents(2)
    found = assess(several, faultless(list(several.sentences)))
    assert found.figure("warning").value.value is None
    assert found.figure("warning").alpha is not None
    assert found.record()["figures"]["warning"]["value"] is None


def test_every_drawing_draws_as_many_documents_as_there_are() -> None:
    drawn = drawings(7)
    assert drawn.shape == (RESAMPLES, 7)
    assert (drawn.sum(axis=1) == 7).all()


def test_drawings_without_a_case_do_not_count() -> None:
    counts = np.array([[1, 0, 0], [0, 0, 1], *[[0, 0, 0]] * 6])
    found = estimate(counts, lambda some: ratios(some, "f1"), drawings(8))
    assert found.low is not None
    assert not math.isnan(found.low)
