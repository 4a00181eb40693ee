"""The verb that measures: coded texts beside what is found in them."""

from __future__ import annotations

from pathlib import Path

from standfast.evaluation import CodedSet, Evaluation, assess, read_coded
from standfast.extraction import Extractor, Profile
from standfast.model import Act
from standfast.parties import Registry
from standfast.workflow.reading import Told


def evaluate(  # noqa: PLR0913 - keywords, each with a default
    labels: str | Path | CodedSet,
    *,
    profile: Profile = "accurate",
    documents: str | Path | None = None,
    registry: Registry | None = None,
    extractor: Extractor | None = None,
    told: Told | None = None,
) -> Evaluation:
    """Find acts in the documents of a coded set and measure how well.

    ``labels`` is a folder with ``documents/`` and ``labels.jsonl``, such a file, a CSV or TSV file
    out of a spreadsheet, or a set read before; ``documents`` a folder of the whole documents, where
    it is not beside the labels. ``profile`` is ``accurate`` or ``fast``; an ``extractor`` has its
    own. ``told`` is called after each document. Raises :class:`~standfast.model.StandfastError`
    for labels that cannot be used.
    """
    registry = registry or Registry.load()
    coded = (
        labels
        if isinstance(labels, CodedSet)
        else read_coded(labels, documents=documents, registry=registry)
    )
    extractor = extractor or Extractor(registry, profile=profile)
    found: list[Act] = []
    for document, acts in extractor.pipe(coded.documents):
        found += acts
        if told:
            told(document, "read")
    return assess(coded, found, extractor=extractor.version)
