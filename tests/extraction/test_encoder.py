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
