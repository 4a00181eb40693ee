"""Agreement against the library krippendorff; the queue; sharing out; words found in a text."""

from __future__ import annotations

from itertools import combinations

import krippendorff
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from standfast.coding import queue
from standfast.coding.agreement import Read, agreements, alpha
from standfast.coding.assigning import share_out
from standfast.coding.context import locate, place, sentence_span
from tests.coding.test_folding import record


@settings(max_examples=60)
@given(st.lists(st.lists(st.integers(-1, 2), min_size=3, max_size=3), min_size=2, max_size=12))
def test_alpha_is_that_of_the_library(units: list[list[int]]) -> None:
    data = np.array(units, dtype=float).T
    data[data < 0] = np.nan
    pairable = [row for row in units if sum(value >= 0 for value in row) > 1]
    assume(len({value for row in pairable for value in row if value >= 0}) > 1)
    counts = np.array([[row.count(value) for value in range(3)] for row in units], dtype=float)
    expected = krippendorff.alpha(reliability_data=data, level_of_measurement="nominal")
    found = alpha(counts, resamples=50)
    assert found.value == pytest.approx(expected)
    if found.low is not None and found.high is not None:
        assert found.low <= found.high


def test_one_value_alone_has_no_alpha() -> None:
    assert alpha(np.array([[2.0, 0.0], [3.0, 0.0]])).value is None
    assert alpha(np.zeros((0, 0))).value is None


def test_spans_are_measured_apart_from_fields() -> None:
    text = "We will go to the mountains. They stay at home."
    whole = record(0, end=27, quote=text[:27])
    part = record(0, end=10, quote=text[:10])
    soft = whole | {"targets": ["POL"]}
    items = [
        Read("a", text, {"ann": [whole], "bo": [part]}),
        Read("b", text, {"ann": [whole], "bo": [soft], "cy": []}),
    ]
    found = {(one.name, one.coders): one for one in agreements(items)}
    assert found["spans", ("ann", "bo")].same == pytest.approx(9 / 12)
    assert found["obligors", ("ann", "bo")].same == 1
    assert found["targets", ("ann", "bo")].same == 0.5
    assert found["act", ("ann", "cy")].same == 0
    assert ("targets", ("ann", "cy")) not in found  # cy found no act there
    assert found["act", ()].units == 2


def weighed(**more: list[float]) -> queue.Weighed:
    size = len(next(iter(more.values())))
    given = {"confidence": [0.99] * size, **{
        name: [0.0] * size for name in ("mentions", "has_sum", "has_deadline", "commitment",
                                        "facets")}} | more  # fmt: skip
    return queue.Weighed(**{name: np.array(some) for name, some in given.items()})


def test_what_is_unsure_and_used_comes_first() -> None:
    assert queue.order(weighed(confidence=[0.99, 0.5, 0.7])).tolist() == [1, 2, 0]
    assert queue.order(weighed(mentions=[0, 40, 3])).tolist() == [1, 2, 0]
    for name in ("has_sum", "has_deadline", "commitment", "facets"):
        assert queue.order(weighed(**{name: [0.0, 1.0]})).tolist() == [1, 0], name
    assert "doubtful (20 in 100)" in queue.reason(weighed(confidence=[0.2]), 0)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_uncertainty_is_most_at_a_half(confidence: list[float]) -> None:
    found = queue.uncertainty(np.array(confidence))
    assert (found > 0).all()
    assert (found <= 1).all()
    assert queue.uncertainty(np.array([0.5]))[0] >= found.max()


@given(st.integers(0, 60), st.integers(1, 5), st.integers(0, 100))
def test_a_share_goes_to_two_and_pairs_are_even(many: int, coders: int, double: int) -> None:
    names, keys = [f"c{at}" for at in range(coders)], [str(at) for at in range(many)]
    found = share_out(keys, names, double / 100)
    by = {key: tuple(who for one, who in found if one == key) for key in keys}
    assert all(len(some) in {1, 2} for some in by.values())
    twice = [some for some in by.values() if len(some) == 2]
    assert len(twice) in ({0} if coders == 1 else {many * double // 100, many * double // 100 - 1})
    numbers = [twice.count(pair) for pair in combinations(names, 2)]
    assert max(numbers, default=0) - min(numbers, default=0) <= 1


around_it = st.text("ab. \n-", max_size=30)
an_act = st.text("ab. \n-", max_size=20).map(lambda words: words.strip() or "a")


@given(around_it, an_act, around_it)
def test_a_sentence_holds_its_act(before: str, act: str, after: str) -> None:
    text, start, end = before + act + after, len(before), len(before) + len(act)
    low, high = sentence_span(text, start, end)
    around = place(text, start, end)
    assert 0 <= low <= start < end <= high <= len(text)
    assert around.before <= around.start <= start < end <= around.end <= around.after


def test_surroundings_reach_one_sentence_further() -> None:
    text = "One here. Two there.\n\n- We will help. Three. Four."
    start = text.index("will")
    around = place(text, start, start + 4)
    assert text[around.start : around.end] == "We will help."
    assert text[around.before : around.after] == "Two there.\n\n- We will help. Three."


@given(st.lists(st.sampled_from(["we", "will", "help"]), min_size=1, max_size=12), st.data())
def test_words_are_found_where_they_stand_nearest(words: list[str], data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([" ", "\n", "  "])).join(words)
    low = data.draw(st.integers(0, len(words) - 1))
    high = data.draw(st.integers(low + 1, len(words)))
    wanted = " ".join(words[low:high])
    found = locate(text, wanted, data.draw(st.integers(0, len(text))))
    assert found is not None
    assert text[found[0] : found[1]].split() == words[low:high]
    assert locate(text, "elsewhere", 0) is None
    assert locate(text, "  ", 0) is None
