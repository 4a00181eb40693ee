"""Fits the weights of ranking and of deciding on the tuning half of our own claims.

    python scripts/fit_claims.py LEDGER ranking     # the ledger holds the dossier
    python scripts/fit_claims.py LEDGER deciding    # after that, since signs tell of the ranking

Ranking: logistic regression of whether a candidate is the record that the claim was written about.
Its weight for nearness in time is held at ``NEAR``: our own claims are all dated within weeks of
their documents, other reports are not. Deciding: multinomial logistic regression of the judgement
that was written, on the signs. Both by folds of documents first, so that the figures printed are
not those of what was learned from.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from score_claims import claims_of as written
from score_claims import report
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from standfast.claims.comparing import Setting
from standfast.claims.finding import find_claims
from standfast.claims.grounds import Grounds
from standfast.claims.knowledge import knowledge
from standfast.claims.ranking import Candidate
from standfast.claims.signs import signs
from standfast.ledger import Ledger
from standfast.model import Claim, JudgementKind
from standfast.workflow.checking import Checker, _Day

INTO = Path(__file__).parents[1] / "src/standfast/claims/data"
NEAR = 3.0
FREELY = 0.02
"""How freely weights of deciding may grow (inverse of the penalty, signs scaled to one)."""
ALL = 10**6
"""More than there are."""
LEAST = 0.01
"""Scaled weights below it are left out."""
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


def deciding(rows: Rows) -> dict[str, Any]:
    """Weights of signs for each judgement; what changed since is looked at later, not here."""
    table, right, possible, groups = [], [], [], []
    for at, (row, found) in enumerate(rows):
        for claim, candidates, setting in found:
            if claim.act is None:
                continue
            grounds = Grounds.of(claim, candidates, setting)
            table.append(signs(grounds, setting))
            possible.append(set(grounds.judgements(setting)))
            right.append("supported" if row["judgement"] == "superseded" else row["judgement"])
            groups.append(row["doc"] or f"none-{at}")
    names = DictVectorizer(sparse=False)
    values = names.fit_transform(table)
    model = make_pipeline(StandardScaler(), LogisticRegression(C=FREELY, max_iter=2000))
    shares = cross_val_predict(
        model, values, right, groups=groups, cv=GroupKFold(10), method="predict_proba"
    )
    kinds = [str(one) for one in np.unique(right)]
    reliability(shares, kinds, right, possible)
    model.fit(values, right)
    return written_out(model, [str(one) for one in names.get_feature_names_out()], kinds)


def reliability(
    shares: Any, kinds: list[str], right: list[str], possible: list[set[JudgementKind]]
) -> None:
    """Print how often judgements are right by folds of documents, and how sure they are."""
    said, hits = [], []
    for row, wanted, some in zip(shares, right, possible, strict=True):
        among = {kind: row[kinds.index(kind)] for kind in kinds if kind in some}
        best = max(among, key=lambda kind: among[kind])
        said.append(among[best])
        hits.append(best == wanted)
    sure, right_of = np.array(said), np.array(hits)
    print(f"deciding: {right_of.mean():.3f} of claims with an act judged right by folds")
    for low, high in ((0, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 1.01)):
        some_of = (sure >= low) & (sure < high)
        if some_of.any():
            print(f"  said {sure[some_of].mean():.2f}, right {right_of[some_of].mean():.2f}"
                  f" of {some_of.sum()}")  # fmt: skip


def written_out(model: Any, names: list[str], kinds: list[str]) -> dict[str, Any]:
    """Weights of signs as they are told, not scaled; what weighs next to nothing is left out."""
    scaler, fitted = model[0], model[-1]
    base = dict(zip(kinds, map(float, fitted.intercept_), strict=True))
    rows: dict[str, dict[str, float]] = {}
    for at, name in enumerate(names):
        for kind, scaled in zip(kinds, fitted.coef_[:, at], strict=True):
            if abs(scaled) >= LEAST:
                weight = float(scaled / scaler.scale_[at])
                rows.setdefault(name, {})[kind] = round(weight, 3)
                base[kind] -= weight * float(scaler.mean_[at])
    return {"base": {kind: round(value, 3) for kind, value in base.items()}, "signs": rows}


def main() -> None:
    """Fit what is named, and write it."""
    path, what = sys.argv[1:3]
    if what == "ranking":
        # From all candidates: of those that the present ranking lets through, parties tell less.
        knowledge("judging")["candidates"].update(compared=ALL, looked_at=ALL, within=ALL)
    with Ledger(path, create=False) as ledger:
        rows = gathered(Checker(ledger))
    if what == "ranking":
        meaning = "`cheap` is for all candidates, `full` for the best of them."
        write(what, meaning, ranking(rows))
    else:
        meaning = "What each sign adds to the log-odds of each judgement."
        write(what, meaning, deciding(rows))


def write(name: str, meaning: str, made: dict[str, Any]) -> None:
    """A data file that says where it comes from."""
    head = (
        f"# Weights of {name}.py, written by scripts/fit_claims.py from the tuning half of\n"
        f"# tests/claims/data. {meaning}\n"
    )
    text = yaml.safe_dump(made, sort_keys=False, width=100, default_flow_style=None)
    (INTO / f"{name}.yaml").write_text(head + text, encoding="utf-8")


if __name__ == "__main__":
    main()
