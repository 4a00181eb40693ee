"""The verb that learns: the packaged models moved towards somebody's own coded texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from standfast.evaluation import CodedSet, Evaluation, assess, read_coded
from standfast.extraction import Extractor
from standfast.extraction.weights import packaged
from standfast.model import Act
from standfast.parties import Registry
from standfast.training.adapting import adapt
from standfast.training.examples import Examples, examples

FOLDS = 5
Told = Callable[[str], None]
"""Is told in a few words what is done now."""


@dataclass(frozen=True, slots=True)
class TrainReport:
    """What training on a coded set brought.

    ``before`` is the packaged extractor's evaluation of the set, ``after`` that of extractors which
    have each learned from all its documents but the ones that they read; both are ``None`` for a
    set of one document, where nothing can be held out. ``folder`` holds the weights learned from
    the whole set.
    """

    coded: CodedSet
    folder: Path
    before: Evaluation | None
    after: Evaluation | None


def train(  # noqa: PLR0913 - keywords, each with a default
    labels: str | Path | CodedSet,
    into: str | Path,
    *,
    documents: str | Path | None = None,
    folds: int = FOLDS,
    registry: Registry | None = None,
    told: Told | None = None,
) -> TrainReport:
    """Adapt the accurate profile's linear models to coded texts, and measure what it brings.

    ``labels`` and ``documents`` as :func:`~standfast.workflow.evaluate` takes them. Writes
    ``acts.npz``, ``roles.npz`` and ``screen.npz`` into the folder ``into``, for
    ``Extractor(weights=Weights.load(into))`` or ``--weights``. The encoder and the fast profile
    stay as they are (``python -m standfast.training`` trains those).
    """
    say = told or (lambda _: None)
    registry = registry or Registry.load()
    coded = (
        labels
        if isinstance(labels, CodedSet)
        else read_coded(labels, documents=documents, registry=registry)
    )
    say("reading the coded sentences")
    rows = examples(coded.documents, _as_learned(coded))
    before = after = None
    if len(rows) > 1:
        before, after = _measured(coded, rows, registry, min(folds, len(rows)), say)
    say("learning from all documents")
    folder = Path(into)
    folder.mkdir(parents=True, exist_ok=True)
    adapt(packaged(), Examples.of(rows.values())).save(folder)
    return TrainReport(coded, folder, before, after)


def _measured(
    coded: CodedSet, rows: dict[str, Examples], registry: Registry, folds: int, say: Told
) -> tuple[Evaluation, Evaluation]:
    """The set as read by the packaged models, and by models that learned from other documents."""
    say("measuring the packaged models")
    usual = Extractor(registry)
    before = assess(coded, _acts(usual, coded.documents), extractor=usual.version)
    names, found = sorted(rows), []
    for fold in range(folds):
        say(f"fold {fold + 1} of {folds}")
        out = set(names[fold::folds])
        weights = adapt(packaged(), Examples.of(rows[name] for name in names if name not in out))
        chosen = [document for document in coded.documents if document.id in out]
        found += _acts(Extractor(registry, weights=weights), chosen)
    return before, assess(coded, found, extractor=usual.version)


def _acts(extractor: Extractor, documents: Sequence[Any]) -> list[Act]:
    return [act for _, acts in extractor.pipe(documents) for act in acts]


def _as_learned(coded: CodedSet) -> list[dict[str, Any]]:
    """Coded sentences as the learner takes them; where no quote is, the sentence is the quote."""
    return [
        {
            "id": one.id,
            "doc": one.doc,
            "start": one.start,
            "end": one.end,
            "text": one.text,
            "records": [
                {**record.record(), "quote": record.quote or one.text} for record in one.records
            ],
        }
        for one in coded.sentences
    ]
