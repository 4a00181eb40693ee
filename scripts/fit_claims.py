"""Fits the weights of ranking and of confidence on the tuning half of our own claims.

    python scripts/fit_claims.py LEDGER          # the ledger holds the dossier; writes ranking.yaml

Ranking: logistic regression of whether a candidate is the record that the claim was written about.
Its weight for nearness in time is held at ``NEAR``: our own claims are all dated within weeks of
their documents, other reports are not. Confidence: logistic regression of whether the judgement is
the one that was written, on its kind, the record's log-odds and further differences. Both by folds
of documents first, so that the figures printed are not those of what was learned from.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from score_claims import GRAVEST, report
from score_claims import claims_of as written
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from standfast.claims.comparing import Setting
from standfast.claims.finding import find_claims
from standfast.claims.judging import judge
from standfast.claims.ranking import Candidate, odds
from standfast.ledger import Ledger
from standfast.model import JUDGEMENTS, Claim
from standfast.workflow.checking import Checker, _Day

INTO = Path(__file__).parents[1] / "src/standfast/claims/data/ranking.yaml"
NEAR = 3.0
CHEAP = ("words", "quote", "subjects", "themes", "parties", "named", "act", "sums")
FULL = ("words", "meaning", "subjects", "themes", "parties", "named", "act", "sums")
Found = list[tuple[Claim, list[Candidate], Setting]]
Rows = list[tuple[dict[str, Any], Found]]


def gathered(hold: Checker) -> Rows:
    """Every claim of the tuning half with its candidates."""
    rows = []
    for row in written("tuning"):
        document = report(row["claim"], row["date"])
        setting = Setting(hold._registry, document.date, hold._recall.text)
        day = _Day(document.date, setting)
        claims = find_claims(document, hold._extractor.read_sentences(document))
        found = [(c, hold._candidates(c, day) if c.act else [], setting) for c in claims]
        rows.append((row, found))
    return rows


def ranking(rows: Rows) -> dict[str, Any]:
    """Weights of both stages; the offset takes up what nearness is held back by."""
    features, right, groups = [], [], []
    for row, found in rows:
        for _, candidates, _ in found if row["doc"] else ():
            for one in candidates:
                act = one.member.act
                hit = act.doc == row["doc"] and act.start < row["end"] and row["start"] < act.end
                features.append(one.features)
                right.append(hit)
                groups.append(row["doc"])
    made = {}
    for stage, names in (("cheap", CHEAP), ("full", FULL)):
        table = np.array([[one[name] for name in (*names, "near")] for one in features])
        model = LogisticRegression(max_iter=2000)
        held_out = cross_val_predict(model, table, right, groups=groups, cv=GroupKFold(10))
        agree = float(np.mean(held_out == np.array(right)))
        model.fit(table, right)
        weights = dict(zip(names, model.coef_[0][:-1], strict=True))
        near = float(model.coef_[0][-1])
        typical = float(np.mean(table[np.array(right), -1]))
        base = float(model.intercept_[0]) + (near - NEAR) * typical
        print(f"{stage}: {agree:.3f} of candidates judged right by folds of documents")
        made[stage] = {"base": round(base, 2)}
        made[stage] |= {name: round(float(value), 2) for name, value in weights.items()}
        made[stage]["near"] = NEAR
    return made


def confidences(
    rows: list[tuple[dict[str, Any], Found]], weights: dict[str, Any]
) -> dict[str, Any]:
    """Log-odds that a judgement is right, by its kind and the record that it rests on."""
    table, right, groups = [], [], []
    for at, (row, found) in enumerate(rows):
        judged = []
        for claim, candidates, setting in found:
            again = [
                Candidate(one.member, one.direction, one.features, odds(one.features, weights))
                for one in candidates
            ]
            again.sort(key=lambda one: -one.odds)
            outcome = judge(claim, again, setting)
            record = outcome.record or (again[0] if again else None)
            judged.append((outcome.judged, record.odds if record else -8.0))
        one, likely = min(judged, key=lambda pair: GRAVEST.index(pair[0].judgement))
        if one.judgement == "not-checkable":
            continue
        likely = min(max(likely, -8.0), 3.0)
        kind = [float(one.judgement == name) for name in JUDGEMENTS]
        missing = one.judgement == "not-found"
        further = float(max(0, len(one.differences) - 1))
        table.append([*kind, 0.0 if missing else likely, likely if missing else 0.0, further])
        right.append(one.judgement == row["judgement"])
        groups.append(row["doc"] or f"none-{at}")
    model = LogisticRegression(C=2.0, max_iter=2000, fit_intercept=False)
    chances = cross_val_predict(
        model, table, right, groups=groups, cv=GroupKFold(10), method="predict_proba"
    )[:, 1]
    print(f"confidence: Brier score {np.mean((chances - np.array(right)) ** 2):.3f} by folds")
    for low, high in ((0, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 1.01)):
        some = (chances >= low) & (chances < high)
        if some.any():
            share = np.mean(np.array(right)[some])
            print(f"  said {chances[some].mean():.2f}, right {share:.2f} of {some.sum()}")
    fitted = model.fit(table, right).coef_[0]
    return {
        "odds": round(float(fitted[-3]), 2),
        "odds_not_found": round(float(fitted[-2]), 2),
        "further": round(float(fitted[-1]), 2),
        "kinds": {name: round(float(fitted[at]), 2) for at, name in enumerate(JUDGEMENTS)},
    }


def main() -> None:
    """Fit and write."""
    with Ledger(sys.argv[1], create=False) as ledger:
        rows = gathered(Checker(ledger))
    made = ranking(rows)
    made["confidence"] = confidences(rows, made["full"])
    head = (
        "# Weights of ranking and of confidence (ranking.py, confidence.py), written by\n"
        "# scripts/fit_claims.py from the tuning half of tests/claims/data. `cheap` is for all\n"
        "# candidates, `full` for the best of them.\n"
    )
    INTO.write_text(head + yaml.safe_dump(made, sort_keys=False), encoding="utf-8")
    print(INTO.read_text("utf-8"))


if __name__ == "__main__":
    main()
