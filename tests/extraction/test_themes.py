"""Themes, the lexicon behind them, and the model's file."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfast.extraction.knowledge import knowledge
from standfast.extraction.lexicon import cues_in, tokens
from standfast.extraction.theme_model import Reading, ThemeModel, features, theme_model
from standfast.extraction.themes import theme_titles, themes, weighed_themes


@pytest.mark.parametrize(
    ("quote", "main"),
    [
        ("We will ship more grain out of the Black Sea ports", "food-security"),
        ("They will freeze the bank’s assets and tighten export controls", "sanctions"),
        ("The alliance will send howitzers and ammunition", "military-assistance"),
        ("intelligence sharing", "intelligence-sharing"),
        ("The states pledge to fight corruption in the courts", "reform"),
        ("We will cut methane emissions by a third", "climate"),
        ("The fund pays for vaccines and hospitals", "health"),
        ("They will bring those guilty of war crimes to justice", "accountability"),
        ("Allies will spend two percent of GDP on defence", "defence-spending"),
        ("We support its accession to the European Union", "membership"),
        ("inspectors at the nuclear power plant and the IAEA", "nuclear"),
        ("rebuilding homes and demining fields", "reconstruction"),
        ("shelter and relief for refugees", "humanitarian"),
    ],
)
def test_main_theme(quote: str, main: str) -> None:
    assert themes(quote)[0] == main


@pytest.mark.parametrize("quote", ["", "…", "qwxz vrrk"])
def test_nothing_known_is_other(quote: str) -> None:
    assert themes(quote) == ("other",)


def test_two_topics_give_two_themes() -> None:
    assert set(themes("fight corruption in the courts and repair the power grid")) >= {"energy"}
    assert len(themes("humanitarian relief for refugees and cyber security of networks")) == 2


@given(st.text(max_size=80), st.text(max_size=80))
def test_one_or_two_known_themes(quote: str, context: str) -> None:
    found = themes(quote, context)
    assert 1 <= len(found) <= 2
    assert len(set(found)) == len(found)
    assert set(found) <= set(theme_titles())


def test_the_explanation_names_the_words() -> None:
    assert "fertilizer" in weighed_themes("cheaper fertiliser")["food-security"]


def test_titles_cover_the_codebook() -> None:
    assert len(theme_titles()) == 28
    assert set(theme_model().themes) == set(theme_titles())


def test_cues_match_stems_gaps_and_spellings() -> None:
    assert tokens("Defence-industrial programmes") == ["defense", "industrial", "programs"]
    held = {cue.phrase for cue in cues_in(tokens("hold those men responsible"))}
    assert "hold ~ responsible" in held
    assert not {c.phrase for c in cues_in(tokens("hold all of those four men responsible"))} & {
        "hold ~ responsible"
    }


def test_model_survives_its_file(tmp_path: Path) -> None:
    model = ThemeModel(
        ("energy", "health"),
        {"word=gas": 0, "word=flu": 1},
        np.ones(2, np.float32),
        np.array([[4, -4], [-4, 4]], np.float32),
        np.zeros(2, np.float32),
        0.5,
    )
    model.save(tmp_path / "model.npz")
    again = ThemeModel.load(io.BytesIO((tmp_path / "model.npz").read_bytes()))
    for text in ("gas", "flu", "gas and flu"):
        rows = model.values(features(Reading(text)))
        assert again.probabilities(rows) == pytest.approx(model.probabilities(rows), abs=1e-3)
    rows = again.values(features(Reading("gas")))
    assert list(again.weighed(rows, "energy")) == ["word=gas"]


def test_a_file_with_objects_is_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "bad.npz", themes=np.array([{"a": 1}], dtype=object))
    with pytest.raises(ValueError, match="pickle"):
        ThemeModel.load(io.BytesIO((tmp_path / "bad.npz").read_bytes()))


def strings(held: object) -> list[object]:
    """All leaves of a data file that are meant as patterns or words."""
    if isinstance(held, dict):
        return [leaf for value in held.values() for leaf in strings(value)]
    return [leaf for value in held for leaf in strings(value)] if isinstance(held, list) else [held]


@pytest.mark.parametrize("name", ["conditions", "strength", "reaffirms", "items", "themes"])
def test_yaml_reads_every_word_as_text(name: str) -> None:
    """`on`, `no`, a number or a colon without quotes would silently become something else."""
    wrong = [leaf for leaf in strings(knowledge(name)) if isinstance(leaf, bool | float)]
    lists = [v for v in knowledge(name).values() if isinstance(v, list)]
    assert wrong == []
    assert all(isinstance(entry, str | list) for held in lists for entry in held)


def test_words_of_amounts_are_text() -> None:
    data = knowledge("amounts")
    lists = [held for held in data.values() if isinstance(held, list)]
    assert all(isinstance(word, str) for held in lists for word in held)
