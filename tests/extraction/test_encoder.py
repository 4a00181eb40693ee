"""The eight-bit networks say the same on every processor."""

from __future__ import annotations

import numpy as np
import pytest

from standfast.extraction.encoder import packaged_encoder
from standfast.extraction.weights import ENCODER, FOLDER, SECOND

SENTENCE = (
    "speech turn . NOR . .",
    "We will send forty bridges to Moldova before the spring, and we ask others to help.",
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (ENCODER.name, (0.441, 0.156, 0.804, 0.682, -0.329, 0.036)),
        (SECOND.name, (0.137, 0.153, -0.058, 0.302, -0.162, -0.276)),
    ],
)
def test_sums_do_not_overflow(name: str, expected: tuple[float, ...]) -> None:
    # Expected are the first states of the whole sentence with the same integers multiplied in
    # single precision, where no sum is cut off. On processors that add in sixteen bits, without
    # what `session_of` asks for, they are off by up to 0.3.
    (found,) = packaged_encoder(FOLDER / name)([SENTENCE])
    assert np.allclose(found.hidden[0][: len(expected)], expected, atol=0.02)


def test_context_can_be_cut_to_its_end_but_not_made_longer() -> None:
    encode = packaged_encoder(FOLDER / ENCODER.name)
    words = " ".join(f"word{number}" for number in range(60))
    sentence = (words, SENTENCE[1])
    whole, longer, short, none = (
        encode([sentence], context=kept)[0] for kept in (None, 1000, 8, 0)
    )
    assert np.array_equal(whole.hidden, longer.hidden)
    assert (short.first, none.first) == (10, 2)
    # What is kept is what stands nearest to the sentence.
    (end,) = encode([(words[-60:], SENTENCE[1])], context=8)
    assert np.array_equal(short.hidden, end.hidden)
    assert whole.starts == short.starts == none.starts


def test_a_masked_word_is_read_with_the_same_context() -> None:
    encode = packaged_encoder(FOLDER / ENCODER.name)
    sentence = ("report . NOR . . " + "before " * 40, SENTENCE[1])
    for kept in (None, 8):
        (whole,) = encode([sentence], context=kept)
        same, masked = encode.without(sentence, [(0, 0), (8, 12)], like=whole)
        assert np.array_equal(same.hidden, whole.hidden)
        assert masked.first == whole.first
        assert not np.array_equal(masked.hidden, whole.hidden)
