"""The sentence encoder: a small transformer with heads for predicates, sentences and roles.

MiniLM (Wang et al., "MiniLM: Deep Self-Attention Distillation", NeurIPS 2020; six layers, 384 wide)
fine-tuned on coded sentences, its weights as eight-bit integers in ONNX, which holds a graph and
arrays and cannot execute code. Run by ONNX Runtime on the processor; the heads are plain arrays.
The second reader (``second_reading.py``) is MPNet with the same heads, twelve layers and 768 wide.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from standfast.extraction.linear import Floats, softmax
from standfast.extraction.pieces import Pieces

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

LONGEST, CONTEXT = 192, 48
"""Word pieces of an input, and of its context at most. Sentences have 40 on average, 5 in 1000 more
than 140."""
_START, _BREAK, _MASK = 101, 102, 103
_MARKS = 2
"""Places of an input before its sentence that are not context: start and break."""
UNSAID = ("stem", "unsaid", "topic", "heading", "before")
"""Kinds of referents without words of their own; each has a learned vector."""


def context_words(kind: str, turn: str, issuers: Sequence[str], above: str, before: str) -> str:
    """What is put before a sentence: kind of document, issuers, heading, stem or what came before.

    ``above`` is the nearest heading or the title, ``before`` the list's stem, else the sentence
    before; it keeps its end, which is nearest.
    """
    return f"{kind} {turn} . {' '.join(issuers)} . {above[:80]} . {before[-120:]}"


@dataclass(frozen=True, slots=True)
class Encoded:
    """A sentence's hidden states, a row a word piece, the first for the whole; what reads them.

    ``starts`` are the character offsets of the sentence's word pieces, which begin at row
    ``first``.
    """

    hidden: Floats
    starts: tuple[int, ...]
    first: int
    heads: Heads

    def rows(self, chars: Sequence[int]) -> Floats:
        """States of the word pieces that hold characters of the sentence, a row each."""
        found = np.searchsorted(np.array(self.starts), np.array(chars), side="right") - 1
        rows = np.minimum(self.first + np.maximum(found, 0), len(self.hidden) - 2)
        states: Floats = self.hidden[rows]
        return states

    def at(self, char: int) -> Floats:
        """The state of the word piece that holds a character of the sentence."""
        state: Floats = self.hidden[row_of(char, self.starts, self.first, len(self.hidden))]
        return state


def row_of(char: int, starts: Sequence[int], first: int, size: int) -> int:
    """Row of the word piece that holds a character; of the last one kept where it was cut off."""
    return min(first + max(0, bisect_right(starts, char) - 1), size - 2)


@dataclass(frozen=True, slots=True)
class Input:
    """Word pieces as the network takes them: ``[CLS] context [SEP] sentence [SEP]``."""

    ids: tuple[int, ...]
    first: int
    starts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Heads:
    """Linear maps on top of the hidden states; ``names`` has what each one's columns are called."""

    names: dict[str, tuple[str, ...]]
    arrays: dict[str, Floats]

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels of predicates, in the order of their head's columns."""
        return self.names["labels"]

    def sentence(self, encoded: Encoded) -> dict[str, float]:
        """Probability that the sentence holds each act, by act; they need not sum to one."""
        chances = _sigmoid(
            encoded.hidden[0] @ self.arrays["sentence_w"].T, self.arrays["sentence_b"]
        )
        return dict(zip(self.names["acts"], chances.tolist(), strict=True))

    def themes(self, encoded: Encoded, predicate: int) -> dict[str, float]:
        """Probability of each theme of the act whose verb stands at a character."""
        state = np.concatenate([encoded.at(predicate), encoded.hidden[0]])
        chances = _sigmoid(state @ self.arrays["theme_w"].T, self.arrays["theme_b"])
        return dict(zip(self.names["themes"], chances.tolist(), strict=True))

    def strength(self, encoded: Encoded, predicate: int) -> dict[str, float]:
        """Probability of each strength of the commitment whose verb stands at a character."""
        state = np.concatenate([encoded.at(predicate), encoded.hidden[0]])
        chances = softmax(state @ self.arrays["strength_w"].T + self.arrays["strength_b"])
        return dict(zip(self.names["strengths"], chances.tolist(), strict=True))

    def predicates(self, encoded: Encoded, chars: Sequence[int]) -> Floats:
        """Probability of each label (columns, as :attr:`labels`) of predicates at ``chars``."""
        whole = encoded.hidden[0]
        return self.labels_of(
            np.stack([np.concatenate([encoded.at(char), whole]) for char in chars])
        )

    def labels_of(self, states: Floats) -> Floats:
        """Probability of each label for words given by their state and the sentence's."""
        return softmax(states @ self.arrays["pred_w"].T + self.arrays["pred_b"])

    def spans_of(self, states: Floats) -> Floats:
        """Probability that a word lies inside an act's words, begins them, ends them (columns)."""
        return _sigmoid(states @ self.arrays["span_w"].T, self.arrays["span_b"])

    def roles(
        self,
        encoded: Encoded,
        predicate: int,
        referents: Sequence[tuple[int, str, tuple[float, ...]]],
    ) -> Floats:
        """Probability of obligor, target, neither (columns) for referents.

        A referent is given as the character of its head, or -1, its kind, and its signs.
        """
        act, whole = encoded.at(predicate), encoded.hidden[0]
        unsaid, size = self.arrays["kind"], len(act)
        rows = np.empty((len(referents), 4 * size + len(referents[0][2])), dtype=np.float32)
        rows[:, :size], rows[:, 3 * size : 4 * size] = act, whole
        for row, (char, kind, signs) in zip(rows, referents, strict=True):
            row[size : 2 * size] = encoded.at(char) if char >= 0 else unsaid[_unsaid(kind)]
            row[4 * size :] = signs
        rows[:, 2 * size : 3 * size] = act * rows[:, size : 2 * size]
        inner = rows @ self.arrays["role1_w"].T + self.arrays["role1_b"]
        return softmax(_gelu(inner) @ self.arrays["role2_w"].T + self.arrays["role2_b"])


def _unsaid(kind: str) -> int:
    return UNSAID.index(kind) if kind in UNSAID else 0


def _sigmoid(scores: Floats, bias: Floats) -> Floats:
    result: Floats = 1 / (1 + np.exp(-(scores + bias)))
    return result


def _gelu(values: Floats) -> Floats:
    """Gaussian error linear unit (Hendrycks and Gimpel 2016), exact form."""
    from math import sqrt

    from scipy.special import erf

    result: Floats = (values * 0.5 * (1 + erf(values / sqrt(2)))).astype(np.float32)
    return result


def make_inputs(
    pieces: Pieces, sentences: Sequence[tuple[str, str]], *, context: int = CONTEXT
) -> list[Input]:
    """Word pieces of sentences given as (context, text), cut to :data:`LONGEST`.

    Of the context at most the last ``context`` pieces are kept.
    """
    inputs = []
    for words, own_words in sentences:
        around, _ = pieces(words)
        own, starts = pieces(own_words)
        before = around[max(0, len(around) - context) :]
        del own[LONGEST - len(before) - 3 :], starts[LONGEST - len(before) - 3 :]
        ids = (_START, *before, _BREAK, *own, _BREAK)
        inputs.append(Input(ids, len(before) + _MARKS, tuple(starts)))
    return inputs


class Encoder:
    """Turns sentences into hidden states.

    ``folder`` holds what training exports, the tokenizer lies beside it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with np.load(folder / "heads.npz", allow_pickle=False) as held:
            arrays = {
                name: held[name].astype(np.float32)
                for name in held.files
                if held[name].dtype.kind == "f"
            }
            self._context = int(held["context"][0])
            names = {
                name: tuple(held[name].tobytes().decode().split("\n"))
                for name in held.files
                if held[name].dtype == np.uint8
            }
        self.heads = Heads(names, arrays)
        self._session: InferenceSession = session_of(folder / "encoder.onnx")
        self._asked = {one.name for one in self._session.get_inputs()}
        self._pieces = Pieces(tokenizer_of(folder.parent / "tokenizer.json"))

    def __call__(
        self, sentences: Sequence[tuple[str, str]], *, context: int | None = None
    ) -> list[Encoded]:
        """Hidden states of sentences given as (context, text), in their order.

        ``context`` is how many word pieces of context are kept at most; what the network was
        taught with is never exceeded.
        """
        kept = self._context if context is None else min(context, self._context)
        return self._encoded(make_inputs(self._pieces, sentences, context=kept))

    def without(
        self, sentence: tuple[str, str], spans: Sequence[tuple[int, int]], *, like: Encoded
    ) -> list[Encoded]:
        """Hidden states of one sentence for each of some spans of characters that is masked.

        With as much context as ``like`` was read with, which is the sentence unmasked.
        """
        (whole,) = make_inputs(self._pieces, [sentence], context=like.first - _MARKS)
        variants = []
        for start, end in spans:
            ids = list(whole.ids)
            for at, char in enumerate(whole.starts):
                if start <= char < end:
                    ids[whole.first + at] = _MASK
            variants.append(Input(tuple(ids), whole.first, whole.starts))
        return self._encoded(variants)

    def _encoded(self, inputs: Sequence[Input]) -> list[Encoded]:
        """Each input alone: in a batch, activations are scaled by whatever else is in it."""
        return [Encoded(self._run(one), one.starts, one.first, self.heads) for one in inputs]

    def _run(self, one: Input) -> npt.NDArray[np.float32]:
        ids = np.array([one.ids], dtype=np.int64)
        kinds = np.zeros_like(ids)
        kinds[0, one.first :] = 1
        every = {"input_ids": ids, "token_type_ids": kinds, "attention_mask": np.ones_like(ids)}
        feed = {name: one for name, one in every.items() if name in self._asked}
        hidden: npt.NDArray[np.float32] = self._session.run(None, feed)[0][0]
        return hidden


def session_of(path: Path) -> InferenceSession:
    """An eight-bit network of a file, which says the same on every processor."""
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    # One thread: the same sums in the same order everywhere, and the user's other cores stay free.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # x86 processors without VNNI add pairs of products in sixteen bits, which overflow: hidden
    # states of the second reader had a cosine of 0.41 with what they should be, on an AMD EPYC
    # with AVX2. With this (ONNX Runtime's "Avx2PrecisionMode") they are the same to the last digit.
    options.add_session_config_entry("session.x64quantprecision", "1")
    return InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def tokenizer_of(path: Path) -> Tokenizer:
    """The tokenizer of a file, which neither pads nor cuts."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


@cache
def packaged_encoder(folder: Path) -> Encoder:
    """An encoder, loaded once a process."""
    return Encoder(folder)
