"""Reliability of confidences, and its picture."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfast.evaluation import CodedRecord, reliability, reliability_chart, score
from standfast.evaluation.calibration import confidences
from tests.evaluation.makers import as_act, coded

PAIRS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=200)


@given(PAIRS)
def test_bins_hold_every_act_once_and_rise(pairs: list[tuple[float, bool]]) -> None:
    found = reliability(pairs)
    assert sum(one.count for one in found.bins) == len(pairs)
    levels = [one.confidence for one in found.bins]
    assert levels == sorted(levels)
    for one in found.bins:
        assert 0 <= one.low <= one.right + 1e-9
        assert one.right - 1e-9 <= one.high <= 1
    if pairs:
        assert found.error is not None
        assert found.brier is not None
        assert 0 <= found.error <= 1
        assert 0 <= found.brier <= 1


def test_bins_are_of_equal_numbers() -> None:
    found = reliability([(index / 100, True) for index in range(100)])
    assert [one.count for one in found.bins] == [10] * 10


def test_equal_confidences_share_a_bin() -> None:
    found = reliability([(0.5, True)] * 60 + [(0.9, True)] * 40)
    assert [one.count for one in found.bins] == [60, 40]


def test_confidence_that_comes_true_has_no_error() -> None:
    found = reliability([(0.75, True)] * 3 + [(0.75, False)])
    assert found.error == pytest.approx(0)
    assert found.brier == pytest.approx(0.1875)


def test_false_certainty_is_as_wrong_as_can_be() -> None:
    found = reliability([(1.0, False)] * 8)
    assert (found.error, found.brier) == (1.0, 1.0)


def test_nothing_found_has_no_figures() -> None:
    found = reliability([])
    assert (found.count, found.bins, found.error, found.brier) == (0, (), None, None)
    ET.fromstring(reliability_chart(found))


def test_right_is_a_kind_that_the_coder_marked() -> None:
    record = CodedRecord("commitment", "we will help")
    one = coded("we will help", record)
    acts = [as_act(record, one, confidence=0.8), as_act(record, one, act="warning", confidence=0.3)]
    assert confidences(score([one], acts).judged) == [(0.8, True), (0.3, False)]


def test_the_chart_is_svg_with_a_dot_a_bin_and_labelled_axes() -> None:
    found = reliability([(index / 50, index % 3 > 0) for index in range(50)])
    picture = reliability_chart(found, "A < B & C")
    root = ET.fromstring(picture)
    space = "{http://www.w3.org/2000/svg}"
    assert root.tag == f"{space}svg"
    assert len(list(root.iter(f"{space}circle"))) == len(found.bins) == 10
    said = " ".join(root.itertext())
    assert "A < B & C" in said
    assert "confidence of the extractor" in said
    assert "share that the coder marked too" in said
    for circle in root.iter(f"{space}circle"):
        assert 0 <= float(circle.get("cx", "-1")) <= 460
