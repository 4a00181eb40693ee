"""Makes the set of claims that judging is tuned and tested on, from what was written by hand.

    python scripts/make_claims.py            # tests/claims/data/*.yaml → claims.jsonl

Each entry of ``tuning.yaml`` and ``test.yaml`` has a true claim about a place in a document of the
dossier and the same claim broken in named ways; ``invented`` and ``not-checkable`` ones are about
no document. A document's name may be cut after a word where its beginning is plain, so that no run
of a source's words stands here. What a break means for the judgement is said here once, so that
nobody labels by hand. Which half a document belongs to is decided by the hash of its name, before
anything is written.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parents[1] / "tests/claims/data"
MEANING = {
    "true": ("supported", ""),
    "parties-swapped": ("reversed", "parties"),
    "strength-raised": ("overstated", "strength"),
    "strength-lowered": ("understated", "strength"),
    "sum-raised": ("overstated", "amounts"),
    "sum-cut": ("understated", "amounts"),
    "date-extended": ("overstated", "deadline"),
    "date-shortened": ("understated", "deadline"),
    "member-widened": ("overstated", "obligors"),
    "act-done": ("overstated", "act"),
    "act-promised": ("overstated", "act"),
    "act-lowered": ("understated", "act"),
    "denied": ("contradicted", "act"),
    "opposed": ("contradicted", "act"),
    "part-added": ("partly-supported", ""),
    "superseded": ("superseded", ""),
    "invented": ("not-found", ""),
    "not-checkable": ("not-checkable", ""),
}
"""The judgement, and the field that decides it where there is one, of each way to break a claim."""


def half(doc: str) -> str:
    """``tuning`` or ``test``, by the first 32 bits of the name's SHA-256."""
    return "test" if int(hashlib.sha256(doc.encode()).hexdigest()[:8], 16) % 2 else "tuning"


def claims(name: str) -> Iterator[dict[str, Any]]:
    """Every claim of one half, labelled; refuses a document of the other half."""
    for at, entry in enumerate(yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))):
        doc = entry.get("doc", "")
        if doc and half(doc) != name:
            raise SystemExit(f"{doc} belongs to the other half")
        first = {"way": entry.get("way", "true"), "claim": entry["claim"]}
        for number, one in enumerate([first, *entry.get("breaks", ())]):
            judgement, field = MEANING[one["way"]]
            yield {
                "id": f"{name}-{at:03d}-{number}",
                "set": name,
                "doc": doc,
                "start": entry.get("start"),
                "end": entry.get("end"),
                "date": str(one.get("date", entry["date"])),
                "way": one["way"],
                "claim": one["claim"],
                "judgement": judgement,
                "field": field,
            }


if __name__ == "__main__":
    found = [one for name in ("tuning", "test") for one in claims(name)]
    lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in found)
    (FOLDER / "claims.jsonl").write_text(lines, encoding="utf-8")
    print(f"{len(found)} claims, {sum(one['set'] == 'test' for one in found)} for testing")
