"""Scores judging on our own claims, and finding the record of newspaper sentences.

    python scripts/score_claims.py LEDGER [tuning|test]      # the ledger holds the dossier

A sentence in which several claims were found counts with the gravest judgement among them; one in
which none was found counts as not checkable.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from standfast.documents import Metadata, read_text
from standfast.ledger import Ledger
from standfast.model import JUDGEMENTS, Document, Judged
from standfast.parties import Registry
from standfast.workflow.checking import Checker

FOLDER = Path(__file__).parents[1] / "tests/claims/data"
GRAVEST = (
    "reversed", "contradicted", "overstated", "understated", "partly-supported", "superseded",
    "supported", "not-found", "not-checkable",
)  # fmt: skip


def report(text: str, date: str) -> Document:
    """A report of one sentence."""
    given = Metadata(date=dt.date.fromisoformat(date), kind="article")
    return read_text(text, given, registry=Registry.for_reports())


def outcome(hold: Checker, row: dict[str, Any]) -> Judged:
    """The gravest judgement of a sentence's claims."""
    found = hold(report(row["claim"], row["date"])).claims
    return min(found, key=lambda one: GRAVEST.index(one.judgement))


def claims_of(half: str) -> list[dict[str, Any]]:
    """The claims of a half, as ``scripts/make_claims.py`` wrote them."""
    lines = (FOLDER / "claims.jsonl").read_text("utf-8").splitlines()
    return [row for row in map(json.loads, lines) if row["set"] == half]


def judged(hold: Checker, half: str) -> Iterator[tuple[dict[str, Any], Judged]]:
    """Every claim of a half with what it was judged."""
    for row in claims_of(half):
        yield row, outcome(hold, row)


def figures(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    """F1 of each class that occurs, their mean; how often *reversed* is found, and wrongly so."""
    counts = Counter(pairs)
    names = [name for name in JUDGEMENTS if any(gold == name for gold, _ in pairs)]
    f1 = {}
    for name in names:
        hit = counts[name, name]
        coded = sum(n for (gold, _), n in counts.items() if gold == name)
        found = sum(n for (_, got), n in counts.items() if got == name)
        f1[name] = 2 * hit / (coded + found)
    turned = [got for gold, got in pairs if gold == "reversed"]
    others = [got for gold, got in pairs if gold != "reversed"]
    return {
        "f1": f1,
        "macro": sum(f1.values()) / len(f1),
        "reversed found": turned.count("reversed") / len(turned),
        "reversed wrongly": others.count("reversed") / len(others),
    }


def placed(hold: Checker, most: int = 3) -> tuple[int, int]:
    """Of how many newspaper sentences the right record is among the first pieces of evidence."""
    rows = yaml.safe_load((FOLDER / "papers.yaml").read_text("utf-8"))
    return sum(_rank(hold, row) < most for row in rows), len(rows)


def _rank(hold: Checker, row: dict[str, Any]) -> int:
    best = 99
    for one in hold(report(row["claim"], str(row["date"]))).claims:
        for at, proof in enumerate(one.evidence):
            if proof.doc == row["doc"] and proof.start < row["end"] and row["start"] < proof.end:
                best = min(best, at)
    return best


def table(pairs: list[tuple[str, str]]) -> str:
    """The confusion matrix: a row a class as written, a column a judgement as found."""
    counts = Counter(pairs)
    head = "written ↓ found →".ljust(18) + "".join(name[:10].rjust(11) for name in JUDGEMENTS)
    rows = [
        gold.ljust(18) + "".join(str(counts[gold, got] or "·").rjust(11) for got in JUDGEMENTS)
        for gold in JUDGEMENTS
        if any(one == gold for one, _ in pairs)
    ]
    return "\n".join([head, *rows])


if __name__ == "__main__":
    half = sys.argv[2] if len(sys.argv) > 2 else "tuning"
    with Ledger(sys.argv[1], create=False) as ledger:
        hold = Checker(ledger)
        rows = list(judged(hold, half))
        print(table([(row["judgement"], one.judgement) for row, one in rows]))
        print(
            json.dumps(figures([(row["judgement"], one.judgement) for row, one in rows]), indent=1)
        )
        ways: dict[str, Counter[str]] = {}
        for row, one in rows:
            ways.setdefault(row["way"], Counter())[one.judgement] += 1
        for way, count in sorted(ways.items()):
            print(way.ljust(18), dict(count.most_common()))
        if half == "test":
            print("newspaper sentences: right record among the first three", *placed(hold))
