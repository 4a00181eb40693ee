"""Cue phrases of the lexicon, found in a parsed sentence by their lemmas."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from standfast.extraction.knowledge import knowledge


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue phrase at a place: token positions in the parsed sentence, end excluded."""

    family: str
    phrase: str
    start: int
    end: int


@cache
def families() -> dict[str, tuple[str, ...]]:
    """The lexicon ``data/cues.yaml``: family name to phrases in lemma form."""
    lists = knowledge("cues")["families"]
    return {name: tuple(dict.fromkeys(phrases)) for name, phrases in lists.items()}


class CueMatcher:
    """Finds the lexicon's phrases in parsed sentences of one vocabulary."""

    def __init__(self, vocab: Vocab, lexicon: dict[str, tuple[str, ...]] | None = None) -> None:
        self._vocab = vocab
        self._matcher = PhraseMatcher(vocab, attr="LEMMA")
        self._names: dict[int, tuple[str, str]] = {}
        for family, phrases in (lexicon or families()).items():
            for phrase in phrases:
                self._add(family, phrase)

    def _add(self, family: str, phrase: str) -> None:
        words = phrase.split()
        name = f"{family}:{phrase}"
        self._matcher.add(name, [Doc(self._vocab, words=words, lemmas=words)])
        self._names[self._vocab.strings[name]] = (family, phrase)

    def __call__(self, parsed: Doc) -> list[Cue]:
        """Cues in the order of the text; a phrase may be in two families, and phrases may nest.

        Lemmas are compared in lower case as the lemmatizer gives them.
        """
        found = [Cue(*self._names[key], start, end) for key, start, end in self._matcher(parsed)]
        return sorted(found, key=lambda cue: (cue.start, cue.end, cue.family))


def cue_names(cues: list[Cue]) -> dict[int, tuple[str, ...]]:
    """Feature names by token position: the family's name and the phrase's."""
    names: dict[int, tuple[str, ...]] = {}
    for cue in cues:
        names[cue.start] = (
            *names.get(cue.start, ()),
            cue.family,
            f"{cue.family}:{cue.phrase}",
        )
    return names
