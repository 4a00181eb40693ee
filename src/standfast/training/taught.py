"""What the fast profile's network learns from: the accurate profile's reading, and coded sentences.

Knowledge distillation (Hinton, Vinyals and Dean, "Distilling the Knowledge in a Neural Network",
2015): the student sees the teacher's probabilities, not its decisions alone, on text that nobody
coded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from standfast.extraction.acts import CONTINUED, NOTHING
from standfast.extraction.encoding import brief_context_of
from standfast.extraction.linear import Floats
from standfast.extraction.reading import Draft, Parsed, Reading
from standfast.extraction.tagging import place_of, signs
from standfast.model import ACT_KINDS
from standfast.training.coded import side_of

LABELS = (*ACT_KINDS, CONTINUED, NOTHING)
Role = tuple[int, int, str, tuple[float, ...], str]


@dataclass(frozen=True, slots=True)
class TaughtExample:
    """One sentence with what to say of its words.

    ``words`` are the characters at which words start; ``labels`` (words by labels) and ``spans``
    (words by inside, begins, ends) are probabilities. ``roles`` has for each referent of each act
    the characters of verb and referent (-1: not said), its kind, signs and side; ``themes`` the
    verb's character with its themes.
    """

    context: str
    text: str
    words: tuple[int, ...]
    labels: Floats
    spans: Floats
    roles: tuple[Role, ...]
    themes: tuple[tuple[int, tuple[str, ...]], ...]

    def record(self) -> dict[str, Any]:
        """As JSON; only what differs from "no act" is written of the labels."""
        rows = np.flatnonzero(self.labels[:, -1] < 1)
        return {
            "context": self.context,
            "text": self.text,
            "words": self.words,
            "labels": [[int(row), *np.round(self.labels[row], 4).tolist()] for row in rows],
            "spans": np.argwhere(self.spans > 0).tolist(),
            "roles": self.roles,
            "themes": self.themes,
        }

    @classmethod
    def of(cls, record: dict[str, Any]) -> TaughtExample:
        """From what :meth:`record` gives."""
        labels = np.zeros((len(record["words"]), len(LABELS)), dtype=np.float32)
        spans = np.zeros((len(record["words"]), 3), dtype=np.float32)
        labels[:, -1] = 1.0
        for row, *chances in record["labels"]:
            labels[row] = chances
        for row, column in record["spans"]:
            spans[row, column] = 1.0
        return cls(
            record["context"],
            record["text"],
            tuple(record["words"]),
            labels,
            spans,
            tuple(
                (verb, who, kind, tuple(s), side) for verb, who, kind, s, side in record["roles"]
            ),
            tuple((verb, tuple(names)) for verb, names in record["themes"]),
        )


def example(reading: Reading, parsed: Parsed, drafts: Sequence[Draft]) -> TaughtExample:
    """A sentence as the network is to read it: these drafts, with the doubts about its verbs."""
    doc = parsed.doc
    labels = np.zeros((len(doc), len(LABELS)), dtype=np.float32)
    spans = np.zeros((len(doc), 3), dtype=np.float32)
    labels[:, LABELS.index(NOTHING)] = 1.0
    if parsed.chances is not None:
        for predicate, row in zip(parsed.predicates, parsed.chances, strict=True):
            labels[predicate.head.i] = _without_continued(row)
    roles: list[Role] = []
    themes = []
    for draft in drafts:
        head = parsed.predicates[draft.predicate].head
        row, act = labels[head.i], LABELS.index(draft.act)
        row *= (1 - draft.confidence) / max(1e-6, 1 - row[act])
        row[act] = draft.confidence
        row /= row.sum()
        spans[draft.first : draft.end, 0] = 1
        spans[draft.first, 1] = spans[draft.end - 1, 2] = 1
        place = (head.i, draft.first, draft.end)
        for one in parsed.referents:
            said = signs(one, parsed.referents, draft.act, place, reading.document.issuers)
            side = side_of(set(one.parties), set(draft.obligors), set(draft.targets))
            roles.append((head.idx, place_of(one, doc), one.kind, said, side))
        themes.append((head.idx, draft.themes))
    return TaughtExample(
        brief_context_of(reading, parsed),
        parsed.text,
        tuple(token.idx for token in doc),
        labels,
        spans,
        tuple(roles),
        tuple(themes),
    )


def _without_continued(row: Floats) -> Floats:
    """Labels of a verb where "goes on with the one before" counts as no act of its own.

    The order of the linear model's labels is the alphabet's, the network's is the codebook's.
    """
    by_name = dict(zip(sorted(LABELS), row, strict=True))
    by_name[NOTHING] += by_name.pop(CONTINUED)
    moved: Floats = np.array([by_name.get(name, 0.0) for name in LABELS], dtype=np.float32)
    return moved
