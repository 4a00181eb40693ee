"""What people decided, given out as coded sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Literal

from standfast.coding.export import Coded, Items, Told, coded_sentences
from standfast.ledger import Ledger
from standfast.model import LedgerError
from standfast.model.coding import Coding, by_item, fold

Kind = Literal["adjudicated", "raw"]
"""What is given out: what was decided in the end, or each coder's readings."""


def coded(ledger: Ledger, kind: Kind = "adjudicated", doc: str | None = None) -> Coded:
    """Coded sentences as :func:`~standfast.workflow.evaluate` and ``train`` read them.

    ``adjudicated`` has what stands in the end, one reading a sentence; ``raw`` each coder's. A
    sentence is left out where not every act that the machine found in it was decided on, since it
    would count as holding no more acts. ``doc`` is one document alone.
    """
    acts: dict[str, dict[str, Told]] = defaultdict(dict)
    missing: dict[str, dict[str, list[Told]]] = defaultdict(lambda: defaultdict(list))
    texts: dict[str, Items] = {}
    codings = ledger.codings(doc=doc)
    for name in sorted({one.doc for one in codings}):
        try:
            document = ledger.document(name)
        except LedgerError:  # it was taken back
            continue
        places = {one.key: (one.act.start, one.act.end) for one in ledger.machine_acts(name)}
        texts[name] = Items(document, places)
    for key, some in by_item(codings).items():
        for who, one in _holding(some, kind):
            if one.doc not in texts or not _stands(one, texts[one.doc].document.text):
                continue
            told = Told(
                one.was[0]["start"], one.was[0]["end"], one.value, one.verdict == "complete"
            )
            if one.of_sentence:
                missing[who][one.doc].append(told)
            else:
                acts[who][key] = told
    return coded_sentences(list(texts.values()), acts, missing)


def _holding(codings: list[Coding], kind: Kind) -> Iterator[tuple[str, Coding]]:
    """The readings of an item, or what was decided in the end under no name."""
    folded = fold(codings)
    if kind == "raw":
        yield from folded.said.items()
    elif folded.ruling is not None:
        yield "", folded.ruling


def _stands(one: Coding, text: str) -> bool:
    """Whether a coding is about this wording of its document."""
    first = one.was[0]
    return text[first["start"] : first["end"]] == str(first["quote"])
