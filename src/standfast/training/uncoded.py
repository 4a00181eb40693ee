"""Uncoded text: which documents there are, and those of their sentences that may hold an act."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any

from standfast.documents import read
from standfast.extraction import finding, labelling
from standfast.extraction.acts import CONTINUED, NOTHING
from standfast.extraction.encoding import context_of
from standfast.extraction.parsing import model
from standfast.extraction.reading import Draft, Parsed, Reading, begin, of
from standfast.extraction.roles import NEITHER, place_of, role_signs
from standfast.extraction.weights import Weights
from standfast.model import Document
from standfast.training.examples import EncoderExample

SPOKEN, WRITTEN = 7500, 3500
"""Uncoded sentences of press conferences and speeches, the kind that is read least well, and of
other documents, of which a teacher says what it sees: about as many as there are in the corpus, and
enough that written text is not read less well for it (docs/extraction.md)."""
SPOKEN_FROM, WRITTEN_FROM = 0.03, 0.15
"""Chance of an act, by the linear models, from which a sentence is worth a teacher's opinion: a
little below that from which the encoder is asked in use (``likely_from``). In turns it is always
asked, so that the student has to learn from speech without an act, too."""
_KNOWN = 0.3
"""A document is known where this share of its paragraphs is in the coded ones."""


def uncoded(folder: Path, coded: Iterable[Document], most: int, seed: int = 0) -> list[Document]:
    """Texts of a folder, without those that are among the coded documents.

    At most ``most``: files each, then the spoken texts of a collection in one file (JSON Lines),
    since speech is rare and the kind that is read least well, then others of it at random from a
    fixed seed, each kind of document in the share that it has among the coded ones.
    """
    coded = list(coded)
    fresh = without([one for one in read([folder]) if isinstance(one, Document)], coded)
    alone = [one for one in fresh if not _of_many(one)]
    spoken = [one for one in fresh if _of_many(one) and one.spoken]
    rest = [one for one in fresh if _of_many(one) and not one.spoken]
    shares = Counter(one.kind for one in coded if not one.spoken)
    return [*alone, *spoken, *_in_shares(rest, shares, seed)][:most]


def without(documents: Iterable[Document], others: Iterable[Document]) -> list[Document]:
    """The documents that are none of the others, whatever they are called there."""
    known = {one for document in others for one in _paragraphs(document)}
    return [one for one in documents if not _known(one, known)]


def _in_shares(documents: Sequence[Document], shares: Counter[str], seed: int) -> list[Document]:
    """All documents, their kinds mixed in these shares for as long as there are any of each."""
    chooser = random.Random(seed)  # noqa: S311 - not for secrets
    seen: Counter[str] = Counter()
    places: list[tuple[float, Document]] = []
    for one in chooser.sample(documents, len(documents)):
        seen[one.kind] += 1
        places.append((seen[one.kind] / (shares[one.kind] or 0.1), one))
    return [one for _, one in sorted(places, key=lambda place: place[0])]


def _of_many(document: Document) -> bool:
    """Whether the document is a record of a file of many."""
    return Path(document.path.partition("#")[0]).name.endswith((".jsonl", ".jsonl.gz"))


def _paragraphs(document: Document) -> list[str]:
    return [line.strip() for line in document.text.splitlines() if len(line.strip()) > 60]


def _known(document: Document, known: set[str]) -> bool:
    own = _paragraphs(document)
    return bool(own) and sum(one in known for one in own) >= _KNOWN * len(own)


def likely(
    documents: Sequence[Document],
    weights: Weights,
    known: Set[tuple[str, str]] = frozenset(),
    most: tuple[int, int] = (SPOKEN, WRITTEN),
    seed: int = 0,
) -> list[EncoderExample]:
    """Sentences of uncoded documents, as the encoder will be asked about them.

    At most as many as ``most`` says of spoken and of written documents, which come in random order
    from a fixed seed; none of those ``known`` (document and text). Labels and sides only hold
    places: a teacher has to say them.
    """
    chooser = random.Random(seed)  # noqa: S311 - not for secrets
    spoken = [one for one in documents if one.spoken]
    written = [one for one in documents if not one.spoken]
    found: list[EncoderExample] = []
    for some, limit, begin_at in zip(
        (spoken, written), most, (SPOKEN_FROM, WRITTEN_FROM), strict=True
    ):
        all_of_them = _examples(chooser.sample(some, len(some)), weights, begin_at)
        fresh = (one for one in all_of_them if (one.doc, one.text) not in known)
        found.extend(islice(fresh, limit))
    return found


def chosen(
    documents: Sequence[Document], weights: Weights, file: Path, known: Set[tuple[str, str]]
) -> list[EncoderExample]:
    """The sentences to ask the teacher about, chosen once; ``known`` ones are left out.

    Linear weights fitted anew differ in their last digits, so that a second choice would not be
    quite the same and opinions on the first would be lost.
    """
    if file.exists():
        return [_of_record(json.loads(line)) for line in file.open(encoding="utf-8")]
    found = likely(documents, weights, known)
    partly = file.with_suffix(".part")
    with partly.open("w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(asdict(one)) + "\n" for one in found)
    partly.replace(file)
    return found


def _of_record(record: dict[str, Any]) -> EncoderExample:
    """JSON has lists where an example has tuples."""
    return EncoderExample(**{name: _tuples(value) for name, value in record.items()})


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


def _examples(
    documents: Iterable[Document], weights: Weights, likely_from: float
) -> Iterator[EncoderExample]:
    screening, parsing = finding.Screening(), finding.Parsing()
    weighing, acts = labelling.Weighing(), labelling.Acts(caution=0.5)
    screening.weights = weighing.weights = acts.weights = weights
    nothing = weights.acts.classes.index(NOTHING)
    begun = (begin(model().make_doc(one.text), one) for one in documents)
    started = (screening(finding.SentenceFinder()(doc)) for doc in begun)
    for doc in parsing.pipe(started):
        reading = of(acts(weighing(doc)))
        drafts = reading.drafts_by_sentence()
        for index, parsed in sorted(reading.parsed.items()):
            if parsed.may_act(nothing, likely_from):
                yield _example(reading, parsed, drafts.get(index, []))


def _example(reading: Reading, parsed: Parsed, drafts: Sequence[Draft]) -> EncoderExample:
    heads = [draft.parsed.predicates[draft.predicate].head.idx for draft in drafts]
    roles = [
        (head, place_of(one, parsed.doc), one.kind, signs, NEITHER)
        for head, draft in zip(heads, drafts, strict=True)
        for one in parsed.referents
        for signs in [role_signs(one, draft, reading.document.issuers)]
    ]
    return EncoderExample(
        reading.document.id,
        context_of(reading, parsed),
        parsed.text,
        tuple(one.head.idx for one in parsed.predicates),
        (CONTINUED,) * len(parsed.predicates),
        (),
        tuple(roles),
        tuple((head, (), "") for head in heads),
    )
