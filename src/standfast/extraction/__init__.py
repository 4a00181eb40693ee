"""Acts out of documents: a pipeline of named spaCy components, pure functions on the nouns."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from standfast.extraction.pipeline import Extractor, Profile, SentenceReading

__all__ = ["Extractor", "Profile", "SentenceReading"]


def __getattr__(name: str) -> object:
    # spaCy takes a second to import; who only lists a ledger's acts does not wait for it.
    if name in __all__:
        from standfast.extraction import pipeline

        return getattr(pipeline, name)
    raise AttributeError(name)
