"""Documents and acts for the ledger's tests: texts of our own, offsets found in them."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

import sqlalchemy as sa

from standfast.ledger import Ledger
from standfast.ledger import schema as t
from standfast.model import Act, Amount, Block, Document, Item, Reason

EXTRACTOR = "rules-1"
TEXT = (
    "Joint note of the two governments\n\n"
    "We will deliver four air-defence batteries and train 200 crews before winter. "
    "Kyiv was asked to publish its audit. Zürich’s offer of €30 million stands."
)


def document(id_: str = "note", text: str = TEXT, **more: Any) -> Document:
    """A document whose bytes are its text, read from ``/in/<id>.txt`` unless said otherwise."""
    path = more.pop("path", f"/in/{id_}.txt")
    given: dict[str, Any] = {
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "title": f"Note on {id_}",
        "date": dt.date(2024, 7, 10),
        "kind": "statement",
        "publisher": "Chancellery",
        "issuers": ("DEU", "UKR"),
        "source": path,
        "path": path,
        "blocks": (Block("heading", 0, min(33, len(text)), level=1),),
        "origins": {"title": "text", "date": "front matter"},
    }
    return Document(id=id_, text=text, **(given | more))


def act(of: Document, words: str, kind: Any = "commitment", **more: Any) -> Act:
    """An act on the first place of ``words`` in a document's text."""
    start = of.text.index(words)
    given: dict[str, Any] = {"obligors": ("DEU",), "targets": ("UKR",), "extractor": EXTRACTOR}
    return Act(of.id, start, start + len(words), words, kind, **(given | more))


def full_act(of: Document) -> Act:
    """An act with a value in every field; ``of`` has the text above."""
    words = "We will deliver four air-defence batteries and train 200 crews before winter."
    promised = []
    for part, theme in (("four air-defence batteries", "air-defence"), ("train 200 crews", "x")):
        start = of.text.index(part)
        promised.append(Item(start, start + len(part), part, (theme,)))
    return act(
        of,
        words,
        obligors=("DEU", "NLD"),
        speaker=("DEU",),
        themes=("air-defence", "training"),
        strength="firm",
        reaffirms=True,
        conditional=True,
        condition="if crews are there",
        deadline="before winter",
        amounts=(Amount(4, "air-defence batteries"), Amount(200.5, "crews")),
        items=tuple(promised),
        checkability="specific",
        checkability_reason="names an action (deliver) and a quantity (4 air-defence batteries)",
        confidence=0.75,
        reasons=(Reason("forms", "will", "We will deliver"), Reason("themes", "lexicon")),
    )


def acts_of(of: Document) -> list[Act]:
    """One commitment with everything and one request."""
    asked = act(
        of,
        "publish its audit",
        "request",
        obligors=("UKR",),
        targets=(),
        speaker=("DEU", "NLD"),
        themes=("reform",),
        checkability="partly",
        checkability_reason="no date",
    )
    return [full_act(of), asked]


def put(
    ledger: Ledger,
    of: Document,
    acts: list[Act] | None = None,
    extractor: str = EXTRACTOR,
    again: bool = False,
) -> str:
    """Add one document in a batch of its own; what became of it."""
    with ledger.batch(f"read {of.path}", extractor) as batch:
        return batch.add(of, acts_of(of) if acts is None else acts, again=again)


def rows(ledger: Ledger) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, by table; but for the count of changes, which only grows."""
    with ledger._engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(sa.select(table))]
            for table in t.metadata.sorted_tables
            if table is not t.changes
        }


def run_sql(ledger: Ledger, statement: str) -> None:
    """Change the database behind the ledger's back."""
    with ledger._engine.begin() as connection:
        connection.exec_driver_sql(statement)
