"""Ten sentences of each act in our own words (``behaviour.yaml``), under the accurate profile."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from standfast.model import ACT_KINDS
from tests.conftest import Find

CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "behaviour.yaml").read_text(encoding="utf-8")
)
ROWS = [(act, row) for act, rows in CASES.items() for row in rows]


def test_ten_sentences_of_each_act_show_every_trait() -> None:
    assert {act: len(rows) for act, rows in CASES.items()} == dict.fromkeys(ACT_KINDS, 10)
    traits = {row["trait"] for _, row in ROWS}
    assert traits >= {
        "negation",
        "passive",
        "reported",
        "conditional",
        "list item",
        "two acts",
        "swapped direction",
    }


@pytest.mark.parametrize(
    ("act", "row"), ROWS, ids=[f"{act}-{row['trait'].replace(' ', '-')}" for act, row in ROWS]
)
def test_it_is_read_right(find: Find, act: str, row: dict[str, Any]) -> None:
    found = find(row["text"], *str(row.get("issuers", "G7")).split())
    assert Counter(one.act for one in found) == Counter(name for name, _, _ in row["acts"])
    for name, obligors, targets in row["acts"]:
        same = [
            one for one in found if one.act == name and set(one.obligors) == set(obligors.split())
        ]
        assert same, f"{name} by {obligors}, not by {[one.obligors for one in found]}"
        if targets != "ANY":
            assert any(set(one.targets) == set(targets.split()) for one in same), [
                one.targets for one in same
            ]
