"""Sentences of reports that the models learn from: ours, of the tuning half alone, well placed."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from standfast.model import ACT_KINDS
from standfast.training.own_reports import read_reports

CLAIMS = Path(__file__).parents[1] / "claims/data/claims.jsonl"


def test_no_claim_of_the_test_half_is_learned_from() -> None:
    claims = {one["id"]: one for one in map(json.loads, CLAIMS.read_text("utf-8").splitlines())}
    documents, coded = read_reports()
    assert len(documents) > 1000
    assert {claims[one["doc"]]["set"] for one in coded} == {"tuning"}
    tested = {one["claim"] for one in claims.values() if one["set"] == "test"}
    assert tested.isdisjoint(one["text"] for one in coded)
    assert all(claims[one["doc"]]["claim"] == one["text"] for one in coded)


def test_every_record_has_its_words_and_an_act_of_the_codebook() -> None:
    _, coded = read_reports()
    records = [(one["text"], record) for one in coded for record in one["records"]]
    assert all(record["quote"] and record["quote"] in text for text, record in records)
    assert {record["act"] for _, record in records} == set(ACT_KINDS)


def test_where_parties_are_exchanged_the_codings_are_too() -> None:
    _, coded = read_reports()
    ways = Counter(
        (tuple(record["obligors"]), tuple(record["targets"]))
        for one in coded
        for record in one["records"]
    )
    assert ways[("USA",), ("UKR",)] > 100
    assert ways[("UKR",), ("USA",)] > 30
