"""Speech coded by us: places and fields are kept here, the words stay in the corpus.

``data/speech.jsonl`` has a line a document: its identifier, a digest of its text, and its coded
sentences as ``[start, end, records]``, where a record has ``from`` and ``to`` (characters of the
sentence) instead of a quote and leaves out what is empty. How it came about stands in the model
card. ``python -m standfast.training.own_codings CORPUS CODED.jsonl…`` writes it anew from files in
the form of coded sentences.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from standfast.documents import read
from standfast.model import Document
from standfast.training.coded import Coded

FILE = Path(__file__).parent / "data" / "speech.jsonl"
_EMPTY: Coded = {
    "targets": [],
    "strength": None,
    "reaffirms": False,
    "conditional": False,
    "deadline": None,
    "amounts": [],
}
"""What a record has where it does not say."""


def read_codings(corpus: Path, file: Path = FILE) -> tuple[list[Document], list[Coded]]:
    """The documents of a corpus that were coded by us, and their coded sentences.

    A document that the corpus lacks, or has with another text, is left out.
    """
    held = {one["digest"]: one for one in map(json.loads, file.read_text("utf-8").splitlines())}
    documents: list[Document] = []
    coded: list[Coded] = []
    for document in read([corpus]):
        if isinstance(document, Document) and _digest(document) in held:
            line = held.pop(_digest(document))
            documents.append(document)
            coded += [_sentence(document, *one) for one in line["sentences"]]
    return documents, coded


def _digest(document: Document) -> str:
    return hashlib.sha256(document.text.encode()).hexdigest()[:16]


def _sentence(document: Document, start: int, end: int, records: list[Any]) -> Coded:
    text = document.text[start:end]
    return {
        "id": f"{document.id}-{start}",
        "doc": document.id,
        "start": start,
        "end": end,
        "text": text,
        "records": [with_quote(text, one) for one in records],
    }


def with_quote(text: str, record: Coded) -> Coded:
    """A record as it is kept, with its quote from a sentence and with what is empty."""
    return _EMPTY | {"quote": text[record["from"] : record["to"]]} | record


def lines_of(documents: Iterable[Document], coded: Sequence[Coded]) -> list[str]:
    """Coded sentences of documents as lines of the file, without their words."""
    found = []
    for document in documents:
        own = sorted((one for one in coded if one["doc"] == document.id), key=lambda o: o["start"])
        if own:
            sentences = [
                [one["start"], one["end"], [_places(one["text"], r) for r in one["records"]]]
                for one in own
            ]
            line = {"doc": document.id, "digest": _digest(document), "sentences": sentences}
            found.append(json.dumps(line, separators=(",", ":")))
    return found


def _places(text: str, record: Coded) -> Coded:
    """A record with the places of its quote in a sentence instead of the quote."""
    start = text.index(record["quote"])
    kept = {
        name: value
        for name, value in record.items()
        if name != "quote" and (name not in _EMPTY or value != _EMPTY[name])
    }
    return {"from": start, "to": start + len(record["quote"])} | kept


def main() -> None:
    """Write the file anew."""
    parser = argparse.ArgumentParser(prog="standfast.training.own_codings", description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("coded", type=Path, nargs="+", metavar="CODED.jsonl")
    given = parser.parse_args()
    coded = [json.loads(line) for file in given.coded for line in file.read_text().splitlines()]
    wanted = {one["doc"] for one in coded}
    documents = [
        one for one in read([given.corpus]) if isinstance(one, Document) and one.id in wanted
    ]
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text("".join(f"{line}\n" for line in lines_of(documents, coded)), encoding="utf-8")


if __name__ == "__main__":
    main()
