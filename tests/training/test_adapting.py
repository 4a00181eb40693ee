"""Adapting the packaged models to somebody's own coded sentences."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from standfast import extract, train
from standfast.cli.app import app
from standfast.extraction import Extractor
from standfast.extraction.linear import LinearModel
from standfast.extraction.weights import Weights, packaged
from standfast.training.adapting import adapted

CODED = Path(__file__).parents[1] / "evaluation" / "data" / "coded.csv"


def plain_model() -> LinearModel:
    weights = np.array([[0.0, 0.5], [0.3, -0.3]], dtype=np.float32)
    return LinearModel(("none", "commitment"), {"bias": 0, "verb=send": 1}, weights)


def test_without_rows_nothing_moves() -> None:
    model = plain_model()
    assert adapted(model, [], [], pull=1.0) is model


def test_a_label_that_the_model_lacks_is_refused() -> None:
    with pytest.raises(ValueError, match="threat"):
        adapted(plain_model(), [["bias"]], ["threat"], pull=1.0)


@given(
    st.lists(st.sampled_from(["bias", "verb=send", "verb=mull", "kind=speech"]), min_size=1),
    st.sampled_from(["none", "commitment"]),
    st.integers(2, 6),
)
def test_what_is_shown_becomes_likelier(features: list[str], label: str, times: int) -> None:
    model = plain_model()
    moved = adapted(model, [features] * times, [label] * times, pull=1.0)
    column = model.classes.index(label)
    before, after = model.probabilities(features), moved.probabilities(features)
    assert after[column] >= before[column] - 1e-6
    held = adapted(model, [features] * times, [label] * times, pull=1e6)
    assert np.allclose(held.probabilities(features), before, atol=1e-3)


def test_new_words_are_learned_if_they_come_twice() -> None:
    once = adapted(plain_model(), [["verb=mull"]], ["none"], pull=1.0)
    twice = adapted(plain_model(), [["verb=mull"], ["verb=mull"]], ["none"] * 2, pull=1.0)
    assert "verb=mull" not in once.index
    assert twice.probabilities(["verb=mull"])[0] > 0.5


def test_a_spreadsheet_teaches_and_is_measured(tmp_path: Path) -> None:
    report = train(CODED, tmp_path / "own", folds=2)
    assert report.before is not None
    assert report.after is not None
    assert report.after.figure("acts").value.value is not None
    own = Weights.load(tmp_path / "own")
    assert own.digest() != packaged().digest()
    usual, taught = Extractor(), Extractor(weights=own)
    assert taught.version != usual.version
    text = tmp_path / "text.txt"
    text.write_text("We will send Ukraine two hundred generators.", encoding="utf-8")
    assert [act.act for act in extract(text, extractor=taught)] == ["commitment"]


def test_the_command(tmp_path: Path) -> None:
    run = CliRunner().invoke(app, ["train", str(CODED), "--into", str(tmp_path / "w")])
    assert run.exit_code == 0, run.output
    assert "before" in run.output
    again = CliRunner().invoke(
        app,
        ["explain", "We will help Ukraine.", "--issuer", "G7", "--weights", str(tmp_path / "w")],
    )
    assert again.exit_code == 0
    assert "commitment" in again.output


def test_bad_weights_and_labels_get_one_line(tmp_path: Path) -> None:
    run = CliRunner().invoke(app, ["extract", str(CODED), "--weights", str(tmp_path)])
    assert run.exit_code == 2
    assert "holds no weights" in run.output
    fast = ["extract", str(CODED), "--weights", str(tmp_path), "--profile", "fast"]
    assert "fast profile" in CliRunner().invoke(app, fast).output
    missing = CliRunner().invoke(app, ["train", str(tmp_path / "none.csv")])
    assert missing.exit_code == 3
